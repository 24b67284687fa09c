"""Prices of energy per unit, and series of dated prices as published."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias, get_args

import attrs

from natoburden.errors import MixedQuantitiesError, NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import exactly, expect, first_twice
from natoburden.model._frames import Cell, Tabular
from natoburden.model._measured import column_name
from natoburden.model._rows import columns_of, source_lines
from natoburden.model._vocabulary import nearest
from natoburden.model.evidence import Documented
from natoburden.model.keyed import Keyed
from natoburden.model.money import Money
from natoburden.model.periods import Period, in_runs, to_period
from natoburden.model.quantities import CoalUnit, EnergyQuantity, EnergyUnit, GasUnit, MassUnit, OilUnit
from natoburden.model.shares import Share
from natoburden.model.sources import Source, Status, distinct

__all__ = ["EnergyPrices", "PricePoint", "PriceSeries", "PriceUnit", "UnitPrice"]

PriceUnit: TypeAlias = EnergyUnit | GasUnit | OilUnit | MassUnit | CoalUnit


_BY_TEXT: Mapping[str, PriceUnit] = {str(unit): unit for kind in get_args(PriceUnit) for unit in kind}


def find_price_unit(text: str) -> PriceUnit:
    """Return the unit of a price from a text; raises `UnknownNameError` with similar units for an unknown text.

    >>> find_price_unit("Mcf"), find_price_unit("t of coal")
    (GasUnit.MCF, CoalUnit.T)
    """
    found = _BY_TEXT.get(text) or _BY_SPELLING.get(text.strip().casefold())
    if found is None:
        near = (str(_BY_SPELLING[name]) for name in nearest(text.casefold(), _BY_SPELLING))
        raise UnknownNameError("unit of a price", text, tuple(_BY_TEXT), tuple(near))
    return found


_BY_SPELLING = {text.casefold(): unit for text, unit in _BY_TEXT.items()}


def _to_price_unit(unit: PriceUnit | str) -> PriceUnit:
    return find_price_unit(unit) if isinstance(unit, str) else unit


def _is_unit(_instance: object, _attribute: object, value: object) -> None:
    hint = "write EnergyUnit.MMBTU, GasUnit.MCF, OilUnit.BARREL, or another unit of these kinds"
    expect(value, PriceUnit, "a unit that energy is priced in", hint)


@attrs.frozen
class UnitPrice:
    """A price in one currency per unit of energy, per volume of gas or oil, or per mass of LNG or coal.

    The unit may be given by its text, such as ``"MMBtu"`` or ``"barrel"``.

    >>> print(UnitPrice(Money("3.00", "USD"), EnergyUnit.MMBTU))
    USD 3.00 (current prices) per MMBtu
    """

    amount: Money = attrs.field(validator=exactly(Money, "money"))
    per: PriceUnit = attrs.field(default=EnergyUnit.MMBTU, converter=_to_price_unit, validator=_is_unit)

    @property
    def kind(self) -> str:
        """The currency and the unit in the usual notation."""
        return f"{self.amount.currency.code} per {self.per}"

    @property
    def in_column(self) -> tuple[str, Decimal]:
        """The name of a column for this currency and unit, and the price as a number."""
        return f"{self.amount.currency.code.lower()}_per_{column_name(str(self.per))}", self.amount.amount

    @property
    def energy_unit(self) -> EnergyUnit:
        """The unit of energy in the price; raises `UnexpectedValueError` for a price per volume or mass."""
        if not isinstance(self.per, EnergyUnit):
            hint = "give it per unit of energy, such as MMBtu: a volume is energy only by a named set of factors"
            raise UnexpectedValueError("a price of energy", str(self), hint)
        return self.per

    def cost_of(self, quantity: EnergyQuantity) -> Money:
        """Return the cost of a quantity, which must be in the unit of the price.

        Raises `MixedQuantitiesError` for a quantity in a different unit: convert the quantity first.

        >>> from natoburden.model.quantities import GasVolume
        >>> print(UnitPrice(Money("6.412", "USD"), GasUnit.MCF).cost_of(GasVolume(1000, GasUnit.MCF)))
        USD 6,412.00 (current prices)
        """
        if quantity.unit is not self.per:
            raise MixedQuantitiesError(f"a price per {self.per}", f"{type(quantity).__name__} in {quantity.unit}")
        return self.amount * quantity.amount

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


@attrs.frozen(kw_only=True)
class PricePoint(Documented):
    """The price of a series in a year or month; `note` explains a price that the publisher did not print.

    The price may still change if it is provisional, or if it was read before its period ended.
    """

    series: str
    period: Period
    price: UnitPrice
    is_provisional: bool = attrs.field(default=False, validator=exactly(bool, "true or false"))
    source: Source = attrs.field(repr=False)
    note: str = attrs.field(default="", repr=False)

    @property
    def firmness(self) -> Status:
        """The status of the price: an estimate if the price is provisional, otherwise an outcome."""
        return Status.ESTIMATE if self.is_provisional else Status.ACTUAL

    @property
    def working(self) -> str:
        """The price, its status, and how the price was computed."""
        return f"{self} ({self.firmness}){f': {self.note}' if self.note else ''}"

    def __str__(self) -> str:
        return f"{self.series}, {self.period}: {self.price}"


@attrs.frozen(kw_only=True)
class PriceSeries(Tabular):
    """The prices of one kind of energy at one place, by year and month; a missing yearly price is never computed.

    `place` is where the energy is priced: the port of loading, a hub or the port of arrival. Raises
    `UnexpectedValueError` for a price of another series or unit, and for two prices of one period.
    """

    key: str
    title: str
    place: str
    per: PriceUnit
    edition: str
    points: tuple[PricePoint, ...] = attrs.field(repr=lambda points: f"<{len(points)} prices>")
    note: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        for point in self.points:
            if (point.series, point.price.per) != (self.key, self.per):
                hint = f"it holds prices of {self.key} per {self.per}"
                raise UnexpectedValueError("a price of this series", str(point), hint)
        if len(self.by_period) < len(self.points):
            period = first_twice((point.period,) for point in self.points)
            raise UnexpectedValueError("prices", self.key, f"two prices stand for one period: {period}; keep one")

    @functools.cached_property
    def by_period(self) -> Mapping[Period, PricePoint]:
        """The prices by period."""
        return {point.period: point for point in self.points}

    @property
    def caption(self) -> tuple[str, ...]:
        """The priced goods, the edition and the sources."""
        return (f"{self}, edition {self.edition}", *source_lines(self.sources))

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per price."""
        return columns_of(self.points)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the prices come from, each once."""
        return distinct(point.source for point in self.points)

    def price(self, period: Period | int | str) -> PricePoint:
        """Return the price of a year or month; raises `NoObservationError` if the price is missing."""
        when = to_period(period)
        found = self.by_period.get(when)
        if found is not None:
            return found
        kinds = dict.fromkeys(point.period.kind for point in self.points)
        there = "; ".join(in_runs(item for item in self.by_period if item.kind == kind) for kind in kinds)
        what = "price of the year" if when.is_year else f"price of {when}"
        hint = "a mean of months is not the price of a year, nor a year's price that of a month"
        raise NoObservationError(what, self.key, when.year, self.edition, there, hint)

    def __str__(self) -> str:
        return f"{self.title} ({self.place}), per {self.per}"


@attrs.frozen(kw_only=True)
class EnergyPrices(Keyed[PriceSeries]):
    """Series of prices by key; an unknown key raises `UnknownNameError` with the nearest keys."""

    items: tuple[PriceSeries, ...] = attrs.field(repr=lambda items: f"<{len(items)} series>")

    def __attrs_post_init__(self) -> None:
        if len(self.by_key) < len(self.items):
            raise UnexpectedValueError(
                "series of prices", first_twice((key,) for key in self.keys()), "give each key once"
            )

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per price of every series."""
        return columns_of(point for item in self.items for point in item.points)

    def keys(self) -> tuple[str, ...]:
        """Return the keys of the series, in order."""
        return tuple(item.key for item in self.items)

    def series(self, key: str) -> PriceSeries:
        """Return one series by its key."""
        return self[key]

    def price(self, key: str, period: Period | int | str) -> PricePoint:
        """Return the published price of a series in a year or month; raises `NoObservationError` if it is missing."""
        return self[key].price(period)
