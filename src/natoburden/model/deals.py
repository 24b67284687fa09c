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
)
from natoburden.model._checks import exactly
from natoburden.model._numbers import checked_decimal, checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.dates import Announced
from natoburden.model.energy import Fuel
from natoburden.model.keyed import Keyed
from natoburden.model.money import Money
from natoburden.model.quantities import Energy, EnergyUnit, Quantity
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = [
    "DealStatus",
    "Delivery",
    "EnergyDeal",
    "EnergyDeals",
    "EnergyPledge",
    "Fee",
    "PriceFormula",
    "UnitPrice",
]


class Delivery(enum.Enum):
    """Where the buyer takes over: at the loading port (FOB) or at the port of arrival, the seller shipping (DES)."""

    FOB = "FOB"
    DES = "DES"
    FOB_AND_DES = "FOB and DES"
    UNSTATED = "unstated"

    def __str__(self) -> str:
        return self.value


class DealStatus(enum.Enum):
    """How firm a deal is; one that was terminated adds nothing to anything."""

    BINDING = "binding"
    CONDITIONAL = "conditional"
    PRELIMINARY = "preliminary"
    TERMINATED = "terminated"

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


def _is_count(_instance: object, _attribute: object, value: int | None) -> None:
    if value is not None and not (type(value) is int and 0 < value <= 100):
        raise InvalidYearError(f"{value!r} years", "a term of 1 to 100 years")


def _is_year(_instance: object, _attribute: object, value: int | None) -> None:
    if value is not None:
        checked_year(value)


@attrs.frozen(kw_only=True)
class EnergyDeal:
    """A contract for energy, as filings or the press tell it; what they do not tell stays empty.

    `origin` is where the energy comes from, which need not be the seller's country. `per_year` and `total` are both
    as reported: they need not agree. `is_portfolio` marks a buyer that sells on wherever it pays, so that its
    purchases are nobody's imports. Raises `MissingSourceError` without a source.
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
    per_year: Quantity | None = None
    total: Quantity | None = None
    years: int | None = attrs.field(default=None, validator=_is_count)
    start: int | None = attrs.field(default=None, validator=_is_year)
    end: int | None = attrs.field(default=None, validator=_is_year)
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
        if self.start and self.end and self.end < self.start:
            raise InvalidYearError(f"an end in {self.end}", f"{self.start} or later, when deliveries start")

    @property
    def last_year(self) -> int | None:
        """The last year of deliveries: by start and term, or else as reported; unknown where neither is told."""
        if self.start is not None and self.years is not None:
            return self.start + self.years - 1
        return self.end

    @property
    def is_dated(self) -> bool:
        """Whether first and last year are known."""
        return self.start is not None and self.last_year is not None

    @property
    def is_national(self) -> bool:
        """Whether the buyer's purchases count as its country's imports: no portfolio buyer's do."""
        return not self.is_portfolio

    def delivers_in(self, year: int) -> bool:
        """Tell whether deliveries are due in a year; never of a terminated or undated deal."""
        if self.status is DealStatus.TERMINATED or self.start is None or self.last_year is None:
            return False
        return self.start <= year <= self.last_year

    def __str__(self) -> str:
        told = [f"{self.per_year} a year" if self.per_year else "", f"{self.total} in all" if self.total else ""]
        much = ", ".join(filter(None, told)) or "volume unstated"
        term = f", {self.start or '?'} to {self.last_year or '?'}" if self.start or self.last_year else ""
        return f"{self.key}: {self.buyer} from {self.seller}, {much}{term} ({self.status})"


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
