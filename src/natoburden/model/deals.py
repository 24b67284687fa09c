"""Energy deals and pledges, with their buyers, sellers, origins, volumes, firmness and prices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import ClassVar

import attrs

from natoburden.errors import (
    DocumentFault,
    InvalidYearError,
    MissingSourceError,
    UnexpectedValueError,
)
from natoburden.errors._documents import raise_faults
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
    """How firm a deal is, according to its sources; a terminated deal is never counted."""

    BINDING = "binding"
    CONDITIONAL = "conditional"
    PRELIMINARY = "preliminary"
    TERMINATED = "terminated"
    UNSTATED = "unstated"


def _to_slope(value: str | int | Decimal | None) -> Decimal | None:
    return None if value is None else checked_decimal(value, "slope")


@attrs.frozen(kw_only=True)
class Fee:
    """The fixed part of a price, which is due even if no cargo is taken; `quantity` is the yearly volume, if stated.

    `indexed` is the part of the fee that follows consumer prices.
    """

    price: UnitPrice
    quantity: Energy | None = None
    indexed: Share = attrs.field(factory=lambda: Share.percent(0))


@attrs.frozen(kw_only=True)
class PriceFormula:
    """A price that follows an index: slope × index + fee. American LNG is sold at prices that follow an index.

    `slope` is None if the source does not state it. Without the slope, the fees can be computed, but not the price. A
    deal with several fees charges each fee on its own quantity.
    """

    column_parts: ClassVar[tuple[str, ...]] = ("index", "slope")

    index: str
    slope: Decimal | None = attrs.field(default=None, converter=_to_slope)
    fees: tuple[Fee, ...] = ()
    note: str = ""


@attrs.frozen(kw_only=True)
class EnergyDeal(Documented):
    """A contract for energy, from filings or press reports; details that were not reported stay empty.

    `origin` is where the energy comes from, which need not be the seller's country. `per_year` and `total` are the
    reported volumes, which need not agree. If the volume changes, or if a deal joins several contracts, `spans` contain
    the years and volumes instead. `bound` states whether the volume is an upper or a lower bound. `is_portfolio` marks
    a buyer that resells energy where prices are best; purchases of such a buyer are not imports of the buyer's country.
    Raises `MissingSourceError` without a source, and `UnexpectedValueError` if years or volumes are given together with
    spans.
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
        _ = self.deliveries  # building the span raises an error for invalid values

    @property
    def working(self) -> str:
        """The deal in words, with its status."""
        return f"{self} ({self.firmness})"

    @property
    def firmness(self) -> Status:
        """The status of the deal: always a projection, because contracted energy is not yet delivered."""
        return Status.PROJECTION

    @property
    def deliveries(self) -> tuple[DeliverySpan, ...]:
        """The delivery spans of the deal, or one span made from the deal's years and volumes."""
        return self.spans or (DeliverySpan(**{name: getattr(self, name) for name in _OF_A_SPAN}),)

    @property
    def first_year(self) -> int | None:
        """The first year of deliveries; None if a span does not give its first year."""
        starts = [span.start for span in self.deliveries if span.start is not None]
        return min(starts) if len(starts) == len(self.deliveries) else None

    @property
    def last_year(self) -> int | None:
        """The last year of deliveries; None if a span does not give its last year."""
        ends = [span.last_year for span in self.deliveries if span.last_year is not None]
        return max(ends) if len(ends) == len(self.deliveries) else None

    @property
    def is_dated(self) -> bool:
        """Whether the first and last year of each span are known."""
        return all(span.is_dated for span in self.deliveries)

    @property
    def is_national(self) -> bool:
        """Whether the purchases count as imports of the buyer's country; False for a portfolio buyer."""
        return not self.is_portfolio

    def delivers_in(self, year: int) -> bool:
        """Return whether deliveries are due in a year; always False for a terminated or undated deal."""
        return self.status is not DealStatus.TERMINATED and any(span.covers(year) for span in self.deliveries)

    def may_deliver_in(self, year: int) -> bool:
        """Return whether deliveries may be due in a year, as far as is known; always False for a terminated deal."""
        return self.status is not DealStatus.TERMINATED and any(span.may_cover(year) for span in self.deliveries)

    def quantities_in(self, year: int) -> tuple[EnergyQuantity, ...]:
        """Return the volume due in a year from each span; spans without a volume are left out."""
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
    """A record of energy deals; `collected` is the day on which the record was closed.

    The deals are a sample unless `kind` states otherwise.

    Raises one `DocumentError` for keys that are used twice.
    """

    items: tuple[EnergyDeal, ...] = attrs.field(repr=lambda items: f"<{len(items)} deals>")
    collected: dt.date
    kind: RecordKind = attrs.field(default=RecordKind.SAMPLE, validator=exactly(RecordKind, "a kind of record"))

    def __attrs_post_init__(self) -> None:
        twice = (item.key for item in self.items if self.by_key[item.key] is not item)
        faults = (DocumentFault(f"deals[{key}].key", "this key is used twice") for key in twice)
        raise_faults("energy deals", faults)

    def select(self, keep: Callable[[EnergyDeal], bool]) -> EnergyDeals:
        """Return the deals that pass a test."""
        return attrs.evolve(self, items=tuple(filter(keep, self.items)), kind=self.kind.selected)

    def of(self, country: CountryLike) -> EnergyDeals:
        """Return the deals of buyers in one country, without portfolio buyers."""
        wanted = Country.find(country)
        return self.select(lambda item: item.buyer_country == wanted and item.is_national)

    def extended(self, items: Iterable[EnergyDeal]) -> EnergyDeals:
        """Return the record with deals of your own; keys must stay unique."""
        return attrs.evolve(self, items=(*self.items, *items), kind=self.kind.extended)

    def without(self, *keys: str) -> EnergyDeals:
        """Return the record without the deals with the given keys; raises `UnknownNameError` for an unknown key."""
        gone = {self[key].key for key in keys}
        return self.select(lambda item: item.key not in gone)


@attrs.frozen(kw_only=True)
class EnergyPledge:
    """A stated intention to buy energy for an amount of money in a span of years; it is not a contract."""

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
        """The number of years of the pledge, including the first and the last."""
        return self.last_year - self.first_year + 1

    @property
    def per_year(self) -> Money:
        """The amount divided by the number of years, because no schedule was pledged."""
        return self.amount / self.years
