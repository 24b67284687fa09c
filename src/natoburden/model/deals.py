"""Energy deals and pledges: who buys from whom, where it comes from, how much, how firmly, and at what price."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable, Iterable
from decimal import Decimal

import attrs

from natoburden.errors import (
    DocumentError,
    DocumentFault,
    InvalidYearError,
    MissingSourceError,
    MixedQuantitiesError,
    UnexpectedValueError,
)
from natoburden.model._checks import exactly
from natoburden.model._numbers import checked_decimal, checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.dates import Announced
from natoburden.model.deliveries import Delivery, DeliverySpan
from natoburden.model.energy import Fuel
from natoburden.model.keyed import Keyed
from natoburden.model.money import Money
from natoburden.model.procurement import Bound
from natoburden.model.quantities import Energy, EnergyQuantity, EnergyUnit
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = [
    "DealStatus",
    "EnergyDeal",
    "EnergyDeals",
    "EnergyPledge",
    "Fee",
    "PriceFormula",
    "UnitPrice",
]


class DealStatus(enum.Enum):
    """How firm a deal is, where its sources tell; one that was terminated adds nothing to anything."""

    BINDING = "binding"
    CONDITIONAL = "conditional"
    PRELIMINARY = "preliminary"
    TERMINATED = "terminated"
    UNSTATED = "unstated"

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class UnitPrice:
    """A price per unit of energy, in one currency.

    >>> print(UnitPrice(Money("3.00", "USD"), EnergyUnit.MMBTU))
    USD 3.00 (current prices) per MMBtu
    """

    amount: Money = attrs.field(validator=exactly(Money, "money"))
    per: EnergyUnit = attrs.field(default=EnergyUnit.MMBTU, validator=exactly(EnergyUnit, "a unit of energy"))

    def cost_of(self, energy: Energy) -> Money:
        """Give what an amount of energy costs, counted in the price's own unit.

        Raises `MixedQuantitiesError` for another unit: convert the energy first.
        """
        if energy.unit is not self.per:
            raise MixedQuantitiesError(f"a price per {self.per}", f"energy in {energy.unit}")
        return self.amount * energy.amount

    def __add__(self, other: UnitPrice) -> UnitPrice:
        if other.per is not self.per:
            raise MixedQuantitiesError(f"a price per {self.per}", f"a price per {other.per}")
        return UnitPrice(self.amount + other.amount, self.per)

    def __sub__(self, other: UnitPrice) -> UnitPrice:
        return self + UnitPrice(-other.amount, other.per)

    def __mul__(self, factor: int | Decimal | Share) -> UnitPrice:
        return UnitPrice(self.amount * factor, self.per)

    def __str__(self) -> str:
        return f"{self.amount} per {self.per}"


def _to_slope(value: str | int | Decimal | None) -> Decimal | None:
    return None if value is None else checked_decimal(value, "slope")


@attrs.frozen(kw_only=True)
class Fee:
    """The fixed part of a price, due whether cargoes are taken or not, on a yearly quantity where that is stated.

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

    index: str
    slope: Decimal | None = attrs.field(default=None, converter=_to_slope)
    fees: tuple[Fee, ...] = ()
    note: str = ""


@attrs.frozen(kw_only=True)
class EnergyDeal:
    """A contract for energy, as filings or the press tell it; what they do not tell stays empty.

    `origin` is where the energy comes from, which need not be the seller's country. `per_year` and `total` are both
    as reported: they need not agree. A deal whose volume changes, or that joins several contracts, tells its years and
    volumes in `spans` instead. `bound` says whether the volume is an upper or a lower bound. `is_portfolio` marks a
    buyer that sells on wherever it pays, so that its purchases are nobody's imports. Raises `MissingSourceError`
    without a source, and `UnexpectedValueError` for years or volumes beside spans.
    """

    key: str
    buyer: str
    buyer_country: Country
    buyer_type: str = ""
    is_portfolio: bool = attrs.field(default=False, validator=exactly(bool, "true or false"))
    seller: str
    seller_country: Country
    origin: Country | None = None
    fuel: Fuel = Fuel.LNG
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
            hint = "years and volumes of a deal with spans stand in the spans"
            raise UnexpectedValueError(f"deal {self.key}", ", ".join(own), hint)
        _ = self.deliveries  # makes the span, which refuses what is not one

    @property
    def deliveries(self) -> tuple[DeliverySpan, ...]:
        """Its spans, or one made of its own years and volumes."""
        return self.spans or (DeliverySpan(**{name: getattr(self, name) for name in _OF_A_SPAN}),)

    @property
    def first_year(self) -> int | None:
        """The first year of deliveries; unknown where a span does not tell it."""
        starts = [span.start for span in self.deliveries if span.start is not None]
        return min(starts) if len(starts) == len(self.deliveries) else None

    @property
    def last_year(self) -> int | None:
        """The last year of deliveries; unknown where a span does not tell it."""
        ends = [span.last_year for span in self.deliveries if span.last_year is not None]
        return max(ends) if len(ends) == len(self.deliveries) else None

    @property
    def is_dated(self) -> bool:
        """Whether first and last year are known, of each span."""
        return all(span.is_dated for span in self.deliveries)

    @property
    def is_national(self) -> bool:
        """Whether the buyer's purchases count as its country's imports: no portfolio buyer's do."""
        return not self.is_portfolio

    def delivers_in(self, year: int) -> bool:
        """Tell whether deliveries are due in a year; never of a terminated or undated deal."""
        return self.status is not DealStatus.TERMINATED and any(span.covers(year) for span in self.deliveries)

    def may_deliver_in(self, year: int) -> bool:
        """Tell whether deliveries can be due in a year, as far as the years are told; never of a terminated deal."""
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

    Raises one `DocumentError` for keys used twice.
    """

    items: tuple[EnergyDeal, ...] = attrs.field(repr=lambda items: f"<{len(items)} deals>")
    collected: dt.date

    def __attrs_post_init__(self) -> None:
        faults = [
            DocumentFault(f"deals[{item.key}].key", "this key is used twice")
            for item in self.items
            if self.by_key[item.key] is not item
        ]
        if faults:
            raise DocumentError("energy deals", faults)

    def select(self, keep: Callable[[EnergyDeal], bool]) -> EnergyDeals:
        """Keep those that a test holds for."""
        return attrs.evolve(self, items=tuple(filter(keep, self.items)))

    def of(self, country: CountryLike) -> EnergyDeals:
        """Give what buyers of one country contracted, without portfolio buyers."""
        wanted = Country.find(country)
        return self.select(lambda item: item.buyer_country == wanted and item.is_national)

    def extended(self, items: Iterable[EnergyDeal]) -> EnergyDeals:
        """Add deals of your own; keys must stay unique."""
        return attrs.evolve(self, items=(*self.items, *items))

    def without(self, *keys: str) -> EnergyDeals:
        """Leave deals out by key; raises `UnknownNameError` for one that is not there."""
        gone = {self[key].key for key in keys}
        return self.select(lambda item: item.key not in gone)


@attrs.frozen(kw_only=True)
class EnergyPledge:
    """A stated intention to buy energy for an amount of money over some years; it is no contract."""

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
        """How many years it runs, first and last included."""
        return self.last_year - self.first_year + 1

    @property
    def per_year(self) -> Money:
        """The amount in equal parts; nobody pledged a schedule."""
        return self.amount / self.years
