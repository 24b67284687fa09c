"""Energy deals and pledges: who buys from whom, where it comes from, how much, how firmly, and at what price."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import ClassVar

import attrs

from natoburden.errors import (
    DocumentError,
    DocumentFault,
    InvalidYearError,
    MissingSourceError,
    UnexpectedValueError,
)
from natoburden.model._checks import exactly
from natoburden.model._numbers import checked_decimal, checked_year
from natoburden.model._terms import Term
from natoburden.model.countries import Country, CountryLike
from natoburden.model.dates import Announced
from natoburden.model.deliveries import Delivery, DeliverySpan
from natoburden.model.energy import Fuel
from natoburden.model.evidence import Documented
from natoburden.model.keyed import Keyed
from natoburden.model.money import Money
from natoburden.model.prices import UnitPrice
from natoburden.model.procurement import Bound
from natoburden.model.quantities import Energy, EnergyQuantity
from natoburden.model.record_coverage import RecordKind
from natoburden.model.shares import Share
from natoburden.model.sources import Source, Status

__all__ = [
    "DealStatus",
    "EnergyDeal",
    "EnergyDeals",
    "EnergyPledge",
    "Fee",
    "PriceFormula",
]


def _to_fuel(fuel: Fuel | str) -> Fuel:
    return Fuel.find(fuel)


class DealStatus(Term):
    """How firm a deal is, as its sources say; a terminated deal counts nowhere."""

    BINDING = "binding"
    CONDITIONAL = "conditional"
    PRELIMINARY = "preliminary"
    TERMINATED = "terminated"
    UNSTATED = "unstated"


def _to_slope(value: str | int | Decimal | None) -> Decimal | None:
    return None if value is None else checked_decimal(value, "slope")


@attrs.frozen(kw_only=True)
class Fee:
    """The fixed part of a price, due whether or not cargoes are taken, on a yearly quantity where that is stated.

    `indexed` is the part of it that follows consumer prices.
    """

    price: UnitPrice
    quantity: Energy | None = None
    indexed: Share = attrs.field(factory=lambda: Share.percent(0))


@attrs.frozen(kw_only=True)
class PriceFormula:
    """A price tied to an index: slope × index + fee, as American LNG is sold.

    `slope` is missing where the source does not state it; the price then cannot be computed, but the fees can. Deals
    with several fees charge each on its own quantity.
    """

    column_parts: ClassVar[tuple[str, ...]] = ("index", "slope")

    index: str
    slope: Decimal | None = attrs.field(default=None, converter=_to_slope)
    fees: tuple[Fee, ...] = ()
    note: str = ""


@attrs.frozen(kw_only=True)
class EnergyDeal(Documented):
    """A contract for energy, as filings or the press report it; what they do not report stays empty.

    `origin` is where the energy comes from, which need not be the seller's country. `per_year` and `total` are both
    as reported: they need not agree. A deal whose volume changes, or that joins several contracts, has its years and
    volumes in `spans` instead. `bound` says whether the volume is an upper or a lower bound. `is_portfolio` marks a
    buyer that resells where prices are best, so that its purchases are not a country's imports. Raises
    `MissingSourceError` without a source, and `UnexpectedValueError` for years or volumes beside spans.
    """

    key: str
    buyer: str
    buyer_country: Country
    buyer_type: str = ""
    is_portfolio: bool = attrs.field(default=False, validator=exactly(bool, "true or false"))
    seller: str
    seller_country: Country
    origin: Country | None = None
    fuel: Fuel = attrs.field(default=Fuel.LNG, converter=_to_fuel)
    project: str = ""
    per_year: EnergyQuantity | None = None
    total: EnergyQuantity | None = None
    bound: Bound = Bound.EXACT
    years: int | None = None
    start: int | None = None
    end: int | None = None
    spans: tuple[DeliverySpan, ...] = ()
    signed: Announced = attrs.field(factory=Announced.unknown)
    delivery: Delivery = Delivery.UNSTATED
    price_index: str = ""
    price: PriceFormula | None = None
    take_or_pay: Share | None = None
    options: tuple[str, ...] = ()
    status: DealStatus
    status_note: str = ""
    value: Money | None = None
    sources: tuple[Source, ...] = attrs.field(repr=False)
    note: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.sources:
            raise MissingSourceError(f"deal {self.key}")
        own = [name for name in _OF_A_SPAN if getattr(self, name) is not None]
        if self.spans and own:
            hint = "a deal with spans gives its years and volumes in the spans"
            raise UnexpectedValueError(f"deal {self.key}", ", ".join(own), hint)
        _ = self.deliveries  # builds the span, which raises for what is not one

    @property
    def working(self) -> str:
        """The deal in words. Contracted energy is not yet delivered."""
        return f"{self} ({self.firmness})"

    @property
    def firmness(self) -> Status:
        """A projection: what was contracted is not yet delivered."""
        return Status.PROJECTION

    @property
    def deliveries(self) -> tuple[DeliverySpan, ...]:
        """Its spans, or one made of its own years and volumes."""
        return self.spans or (DeliverySpan(**{name: getattr(self, name) for name in _OF_A_SPAN}),)

    @property
    def first_year(self) -> int | None:
        """The first year of deliveries; unknown where a span does not give it."""
        starts = [span.start for span in self.deliveries if span.start is not None]
        return min(starts) if len(starts) == len(self.deliveries) else None

    @property
    def last_year(self) -> int | None:
        """The last year of deliveries; unknown where a span does not give it."""
        ends = [span.last_year for span in self.deliveries if span.last_year is not None]
        return max(ends) if len(ends) == len(self.deliveries) else None

    @property
    def is_dated(self) -> bool:
        """Whether the first and last year of each span are known."""
        return all(span.is_dated for span in self.deliveries)

    @property
    def is_national(self) -> bool:
        """Whether the buyer's purchases count as its country's imports; those of a portfolio buyer do not."""
        return not self.is_portfolio

    def delivers_in(self, year: int) -> bool:
        """Return whether deliveries are due in a year; never true of a terminated or undated deal."""
        return self.status is not DealStatus.TERMINATED and any(span.covers(year) for span in self.deliveries)

    def may_deliver_in(self, year: int) -> bool:
        """Return whether deliveries can be due in a year, as far as is known; never true of a terminated deal."""
        return self.status is not DealStatus.TERMINATED and any(span.may_cover(year) for span in self.deliveries)

    def quantities_in(self, year: int) -> tuple[EnergyQuantity, ...]:
        """Return what is due in a year, by span; nothing of a span without a volume."""
        if self.status is DealStatus.TERMINATED:
            return ()
        due = (span.yearly for span in self.deliveries if span.covers(year))
        return tuple(quantity for quantity in due if quantity is not None)

    def __str__(self) -> str:
        told = "; ".join(filter(None, map(str, self.deliveries)))
        stated = any(span.per_year or span.total for span in self.deliveries)
        bound = f"{self.bound} " if stated and self.bound is not Bound.EXACT else ""
        much = f"{bound}{told}" if stated else ", ".join(filter(None, ("volume unstated", told)))
        return f"{self.key}: {self.buyer} from {self.seller}, {much} ({self.status})"


_OF_A_SPAN = ("per_year", "total", "years", "start", "end")


@attrs.frozen(kw_only=True)
class EnergyDeals(Keyed[EnergyDeal]):
    """Deals, by key, buyer and status; `collected` is the day on which the record was closed.

    They are a sample unless `kind` says otherwise.

    Raises one `DocumentError` for keys used twice.
    """

    items: tuple[EnergyDeal, ...] = attrs.field(repr=lambda items: f"<{len(items)} deals>")
    collected: dt.date
    kind: RecordKind = attrs.field(default=RecordKind.SAMPLE, validator=exactly(RecordKind, "a kind of record"))

    def __attrs_post_init__(self) -> None:
        faults = [
            DocumentFault(f"deals[{item.key}].key", "this key is used twice")
            for item in self.items
            if self.by_key[item.key] is not item
        ]
        if faults:
            raise DocumentError("energy deals", faults)

    def select(self, keep: Callable[[EnergyDeal], bool]) -> EnergyDeals:
        """Return the deals that a test holds for."""
        return attrs.evolve(self, items=tuple(filter(keep, self.items)), kind=self.kind.selected)

    def of(self, country: CountryLike) -> EnergyDeals:
        """Return what buyers of one country contracted, without portfolio buyers."""
        wanted = Country.find(country)
        return self.select(lambda item: item.buyer_country == wanted and item.is_national)

    def extended(self, items: Iterable[EnergyDeal]) -> EnergyDeals:
        """Return the record with deals of your own; keys must stay unique."""
        return attrs.evolve(self, items=(*self.items, *items), kind=self.kind.extended)

    def without(self, *keys: str) -> EnergyDeals:
        """Return the record without some deals, by key; raises `UnknownNameError` for one that is not there."""
        gone = {self[key].key for key in keys}
        return self.select(lambda item: item.key not in gone)


@attrs.frozen(kw_only=True)
class EnergyPledge:
    """A stated intention to buy energy for an amount of money over some years; it is not a contract."""

    key: str
    buyer: str
    seller: Country
    amount: Money
    first_year: int = attrs.field(converter=checked_year)
    last_year: int = attrs.field(converter=checked_year)
    source: Source
    note: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        if self.last_year < self.first_year:
            raise InvalidYearError(f"a last year {self.last_year}", f"{self.first_year} or later")

    @property
    def years(self) -> int:
        """The number of years of the deal, first and last included."""
        return self.last_year - self.first_year + 1

    @property
    def per_year(self) -> Money:
        """The amount divided equally over the years, since no schedule was pledged."""
        return self.amount / self.years
