"""Transfers of major arms as SIPRI records them, and its trend-indicator value, which is not money."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import ClassVar, Self

import attrs

from natoburden.errors import AmbiguousCountryError, UnexpectedValueError
from natoburden.model._amounts import Amount
from natoburden.model._checks import exactly
from natoburden.model._numbers import Number, checked_decimal, plain, rounded
from natoburden.model._terms import Term
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country, country_or_none
from natoburden.model.evidence import Documented
from natoburden.model.record_coverage import RecordKind
from natoburden.model.sources import Source, Status

__all__ = ["Condition", "Tiv", "TivEntry", "TivTable", "TradeParty", "Transfer", "Transfers"]


def _to_figure(value: Number) -> Decimal:
    written = value.removesuffix(" m") if isinstance(value, str) else value  # as `repr` writes it
    return checked_decimal(written, "a trend-indicator value")


@attrs.frozen(repr=False)
class Tiv(Amount):
    """A volume of arms deliveries in millions of SIPRI's trend-indicator value, which is an index and not a price.

    Volumes can only be added to each other, and ``Tiv + Money`` raises `TypeError`. SIPRI warns against comparing
    volumes with spending or GDP.

    >>> Tiv("55") * 6
    Tiv('330 m')
    >>> from natoburden.model.money import Money
    >>> Tiv("55") + Money.millions("55", "USD")
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for +: 'Tiv' and 'Money'
    """

    millions: Decimal = attrs.field(converter=_to_figure)

    @classmethod
    def total(cls, amounts: Iterable[Self]) -> Self:
        """Return the exact sum of volumes; an empty sum is zero."""
        return super().total(itertools.chain((cls(0),), amounts))

    @property
    def _figure(self) -> Decimal:
        return self.millions

    def _meets(self, other: object) -> bool:
        return isinstance(other, Tiv)

    def with_amount(self, amount: Number) -> Self:
        """Return a given number of millions as a volume."""
        return type(self)(amount)

    def __repr__(self) -> str:
        return f"Tiv('{plain(self.millions)} m')"

    def __str__(self) -> str:
        return f"{plain(rounded(self.millions, 2))} m TIV"


def _to_count(value: Number) -> Decimal:
    return checked_decimal(value, "a count of weapons")


class Condition(Term):
    """The state of a delivered weapon: SIPRI counts used weapons at 40 % and modernised weapons at 66 % of new ones."""

    NEW = "new"
    SECOND_HAND = "second hand"
    MODERNISED = "second hand but modernised"


@attrs.frozen(kw_only=True)
class TradeParty:
    """A recipient or supplier, under its name in SIPRI's register.

    `country` is None for parties that ISO 3166-1 does not list, such as former states, organisations, armed groups and
    unknown parties.

    >>> TradeParty.named("Turkiye").country, TradeParty.named("Soviet Union").country
    (Country('TUR'), None)
    """

    name: str
    country: Country | None = None

    @classmethod
    def named(cls, name: str) -> TradeParty:
        """Return a party with this name; its `country` is set if the name belongs to exactly one country."""
        try:
            return cls(name=name, country=country_or_none(name))
        except AmbiguousCountryError:
            return cls(name=name)

    @property
    def is_unknown(self) -> bool:
        """Whether the register gives the party as unknown."""
        return self.name.casefold().startswith("unknown")

    @property
    def label(self) -> str:
        """The name of the party's country, or the party's name in the register if the party is not a country."""
        return self.country.name if self.country else self.name

    def __str__(self) -> str:
        return self.label


@attrs.frozen(kw_only=True)
class Transfer(Documented):
    """One line of SIPRI's register: a deal, or the deliveries of a deal in one year.

    If `delivery_years` has several years, the register does not state how much was delivered in each year. `line` is
    the position of the record in its file. Flags that end in ``is_estimate`` are SIPRI's own marks of uncertainty.
    """

    key: str
    recipient: TradeParty
    supplier: TradeParty
    designation: str
    description: str
    category: str = ""
    area: CapabilityArea | None = None
    condition: Condition
    order_year: int | None = None
    order_year_is_estimate: bool = False
    ordered: int | None = None
    ordered_is_estimate: bool = False
    delivered: Decimal = attrs.field(converter=_to_count)
    delivered_is_estimate: bool = False
    delivery_years: tuple[int, ...] = ()
    delivery_year_is_estimate: bool = False
    tiv_when_new: Tiv | None = None
    tiv_per_unit: Tiv | None = None
    tiv_ordered: Tiv | None = None
    tiv_delivered: Tiv | None = None
    is_local_production: bool | None = None
    comments: str = ""
    line: int
    source: Source = attrs.field(repr=False)

    stands_by_reference: ClassVar[bool] = True

    @property
    def firmness(self) -> Status:
        """An outcome, or an estimate if `is_estimate` is true."""
        return Status.ESTIMATE if self.is_estimate else Status.ACTUAL

    @property
    def reference(self) -> str:
        """The line of the record in the register, and its key."""
        return f"line {self.line} ({self.key})"

    @property
    def is_estimate(self) -> bool:
        """Whether SIPRI marks the delivered number or the delivery year as uncertain."""
        return self.delivered_is_estimate or self.delivery_year_is_estimate

    def __str__(self) -> str:
        years = ", ".join(map(str, self.delivery_years)) or "not delivered"
        return f"{self.supplier} to {self.recipient}: {plain(self.delivered)} {self.designation} ({years})"


@attrs.frozen(kw_only=True)
class Transfers:
    """The records of one export of SIPRI's register, in the order of the file.

    `layout` is ``"order"`` (one line per deal) or ``"delivery"`` (one line per deal and year). `generated` is the time
    of the export; None if the file has lost its preamble.
    """

    items: tuple[Transfer, ...] = attrs.field(repr=lambda items: f"<{len(items)} transfers>")
    layout: str
    source: Source
    generated: dt.datetime | None = None
    kind: RecordKind = attrs.field(default=RecordKind.REGISTER, validator=exactly(RecordKind, "a kind of record"))

    def __attrs_post_init__(self) -> None:
        if self.layout not in ("order", "delivery"):
            raise UnexpectedValueError("a layout of the register", repr(self.layout), "it is 'order' or 'delivery'")

    def __iter__(self) -> Iterator[Transfer]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def select(self, keep: Callable[[Transfer], bool]) -> Transfers:
        """Return the transfers that satisfy a condition."""
        return attrs.evolve(self, items=tuple(filter(keep, self.items)), kind=self.kind.selected)


@attrs.frozen(kw_only=True)
class TivEntry:
    """One cell of a TIV table: a volume in one year; `is_below_half` marks a 0 that means less than half a million.

    `region` is given only in tables by region.
    """

    party: TradeParty
    year: int
    volume: Tiv
    is_below_half: bool = False
    region: str = ""


@attrs.frozen(kw_only=True)
class TivTable:
    """A table of SIPRI's volumes by country and year; an empty cell (nothing identified) is not an entry.

    `parties` states what the rows are: ``"recipients"`` (imports) or ``"suppliers"`` (exports, or the suppliers of one
    importer). `totals` are the printed totals, which differ from the sums of the entries because of rounding.
    """

    parties: str
    entries: tuple[TivEntry, ...] = attrs.field(repr=lambda entries: f"<{len(entries)} entries>")
    totals: tuple[TivEntry, ...] = attrs.field(repr=lambda entries: f"<{len(entries)} totals>")
    years: tuple[int, ...]
    source: Source
    generated: dt.datetime | None = None

    def volume(self, party: str, year: int) -> Tiv | None:
        """Return one volume, by the name of a party or of its country; None if nothing was identified."""
        wanted = TradeParty.named(party).label
        return next((item.volume for item in self.entries if item.year == year and item.party.label == wanted), None)
