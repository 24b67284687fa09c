"""Aid to a country at war, as trackers publish it: by donor and month, in parts, with the weapons given."""

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
    """What aid consists of; commitments are promises, the other parts are allocations."""

    TOTAL = "total"
    MILITARY = "military"
    FINANCIAL = "financial"
    HUMANITARIAN = "humanitarian"
    COMMITMENTS = "commitments"
    TO_BE_ALLOCATED = "to be allocated"


@attrs.frozen(kw_only=True)
class AidMonth:
    """What one donor allocated in a month; a donor without a country is an institution of the European Union."""

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
        """Return one part of the month's aid."""
        amount: Money = getattr(self, part.name.lower())
        return amount


@attrs.frozen(kw_only=True)
class DonorShare:
    """A donor's aid against its GDP: its own, its part of the European Union's, and both."""

    donor: str
    country: Country | None
    bilateral: Share
    through_eu: Share
    total: Share
    amount_through_eu: Money


@attrs.frozen(kw_only=True)
class ProcurementMonth:
    """Military aid of a month by where the arms come from: stocks, new production, or not known."""

    year: int
    month: int
    stockpile: Money
    procurement: Money
    unspecified: Money
    through_purl: Money  # NATO's Prioritised Ukraine Requirements List


@attrs.frozen(kw_only=True)
class WeaponsGiven:
    """Heavy weapons of one kind that a donor gave, with what they are worth."""

    donor: str
    country: Country | None
    category: str
    number: Decimal
    value: Money
    listed: str


@attrs.frozen(kw_only=True)
class AidTracker:
    """One release of a tracker; a table that was not given is empty."""

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
        """Return the sum over all months of one part of what a donor, or every donor, allocated.

        A donor is a country, or the name of an institution as the tracker writes it. Raises `UnknownNameError` for a
        donor without any row; the files do not say whether it gave nothing or is not tracked.
        """
        chosen = member(AidPart, part)
        amounts = [row.part(chosen) for row in self._of(donor)]
        # one release is at one price basis, though it does not say which
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
