"""Aid to a country at war, as published by trackers: by donor, month and kind, with the weapons given."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import attrs

from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model._checks import member
from natoburden.model._numbers import add_up
from natoburden.model._terms import Term
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country, CountryLike
from natoburden.model.money import Money
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = ["AidMonth", "AidPart", "AidTracker", "DonorShare", "ProcurementMonth", "WeaponsGiven"]


class AidPart(Term):
    """A kind of aid: allocations by purpose, commitments, and the part of commitments that is not yet allocated."""

    TOTAL = "total"
    MILITARY = "military"
    FINANCIAL = "financial"
    HUMANITARIAN = "humanitarian"
    COMMITMENTS = "commitments"
    TO_BE_ALLOCATED = "to be allocated"


@attrs.frozen(kw_only=True)
class AidMonth:
    """The aid of one donor in one month; a donor without a country is an institution of the European Union."""

    donor: str
    country: Country | None
    year: int
    month: int
    total: Money
    financial: Money
    humanitarian: Money
    military: Money
    commitments: Money
    to_be_allocated: Money

    def part(self, part: AidPart) -> Money:
        """Return the aid of one kind in the month."""
        amount: Money = getattr(self, part.name.lower())
        return amount


@attrs.frozen(kw_only=True)
class DonorShare:
    """A donor's aid as a share of its GDP: its own aid, its share of the European Union's aid, and the sum."""

    donor: str
    country: Country | None
    bilateral: Share
    through_eu: Share
    total: Share
    amount_through_eu: Money


@attrs.frozen(kw_only=True)
class ProcurementMonth:
    """Military aid of one month by the origin of the arms: stocks, new production or unknown."""

    year: int
    month: int
    stockpile: Money
    procurement: Money
    unspecified: Money
    through_purl: Money  # NATO's Prioritised Ukraine Requirements List


@attrs.frozen(kw_only=True)
class WeaponsGiven:
    """Heavy weapons of one kind that a donor gave, with their value."""

    donor: str
    country: Country | None
    category: str
    number: Decimal
    value: Money
    listed: str


@attrs.frozen(kw_only=True)
class AidTracker:
    """One release of an aid tracker; tables that were not given are empty."""

    edition: str
    source: Source = attrs.field(repr=False)
    months: tuple[AidMonth, ...] = attrs.field(default=(), repr=lambda rows: f"<{len(rows)} rows>")
    shares: tuple[DonorShare, ...] = attrs.field(default=(), repr=lambda rows: f"<{len(rows)} rows>")
    procurement: tuple[ProcurementMonth, ...] = attrs.field(default=(), repr=lambda rows: f"<{len(rows)} rows>")
    weapons: tuple[WeaponsGiven, ...] = attrs.field(default=(), repr=lambda rows: f"<{len(rows)} rows>")

    @property
    def donors(self) -> tuple[str, ...]:
        """The donors with any allocation, in the order of the file."""
        return tuple(dict.fromkeys(row.donor for row in self.months))

    def allocated(self, donor: CountryLike | None = None, part: AidPart | str = AidPart.TOTAL) -> Money:
        """Return the sum of one kind of aid over all months, for one donor or for all donors.

        A donor is a country, or an institution by its name in the tracker. Raises `UnknownNameError` for a donor
        without any row, because the files do not show whether the donor gave nothing or is not tracked.
        """
        chosen = member(AidPart, part)
        amounts = [row.part(chosen) for row in self._of(donor)]
        # one release has one price basis, which it does not name
        return amounts[0].with_amount(add_up(amount.amount for amount in amounts))

    def _of(self, donor: CountryLike | None) -> Iterator[AidMonth]:
        if not self.months:
            hint = "read the tracker's file data_explorer.csv too"
            raise UnexpectedValueError("a tracker of allocations", "no months", hint)
        if donor is None:
            yield from self.months
            return
        rows = [row for row in self.months if donor in (row.donor, row.country)]
        if not rows:
            country = Country.find(donor)
            rows = [row for row in self.months if row.country == country]
        if not rows:
            raise UnknownNameError("donor", str(donor), self.donors, nearest(str(donor), self.donors))
        yield from rows
