"""Prices of energy: per unit, in series by year and month, and never the mean of months."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import EnergyUnit, Money
from natoburden.errors import (
    DocumentError,
    MixedQuantitiesError,
    NoObservationError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model import (
    CoalUnit,
    EnergyPrices,
    GasUnit,
    GasVolume,
    LngMass,
    MassUnit,
    OilUnit,
    OilVolume,
    Period,
    PricePoint,
    PriceSeries,
    UnitPrice,
)
from natoburden.serialization import from_data, to_data
from natoburden.units import convert

PRICE = UnitPrice(Money("3", "USD"))
SOURCE = nb.Source(title="A table of prices", publisher="A statistical office")


def point(period: str, amount: str, **given: Any) -> PricePoint:
    price = UnitPrice(Money(amount, "USD"), GasUnit.MCF)
    made = PricePoint(series="lng", period=Period.parse(period), price=price, source=SOURCE)
    return attrs.evolve(made, **given)


POINTS = (
    point("2023", "5"),
    point("2023-01", "6"),
    point("2023-02", "7"),
    point("2023-04", "7.5", is_provisional=True, note="to 10 April"),
)
SERIES = PriceSeries(key="lng", title="LNG", place="at the port", per=GasUnit.MCF, edition="e", points=POINTS)
PRICES = EnergyPrices(items=(SERIES, attrs.evolve(SERIES, key="hub", points=())))


def test_a_price_costs_energy_in_its_own_unit() -> None:
    assert PRICE.cost_of(nb.Energy("3700000", EnergyUnit.MMBTU)) == Money.millions("11.1", "USD")
    with pytest.raises(MixedQuantitiesError):
        PRICE.cost_of(nb.Energy(1, EnergyUnit.TWH))
    per_twh = UnitPrice(Money(1, "USD"), EnergyUnit.TWH)
    with pytest.raises(MixedQuantitiesError):
        PRICE + per_twh
    assert PRICE - PRICE * nb.Share.percent(50) == UnitPrice(Money("1.5", "USD"))
    assert per_twh - per_twh * nb.Share.percent(50) == UnitPrice(Money("0.5", "USD"), EnergyUnit.TWH)
    assert str(PRICE) == "USD 3.00 (current prices) per MMBtu"
    with pytest.raises(UnexpectedValueError):
        UnitPrice("3")  # type: ignore[arg-type] # refused on purpose


def test_a_price_by_volume_costs_the_matching_volume_only() -> None:
    volume = GasVolume("2311231", GasUnit.MMCF)
    per_thousand = UnitPrice(Money("6.412", "USD"), GasUnit.MCF)
    assert round(per_thousand.cost_of(convert(volume, GasUnit.MCF)).in_billions, 1) == nb.Money("14.8", "USD").amount
    with pytest.raises(MixedQuantitiesError, match="a price per Mcf with GasVolume in MMcf"):
        per_thousand.cost_of(volume)
    with pytest.raises(MixedQuantitiesError):
        PRICE.cost_of(volume)
    per_barrel = UnitPrice(Money(70, "USD"), OilUnit.BARREL)
    assert per_barrel.cost_of(convert(OilVolume(2, OilUnit.THOUSAND_BARRELS), OilUnit.BARREL)) == Money(140000, "USD")
    assert convert(OilVolume(1), OilUnit.GALLON) == OilVolume(42, OilUnit.GALLON)
    assert convert(GasVolume(1, GasUnit.BCF), GasUnit.MMCF) == GasVolume(1000, GasUnit.MMCF)


def test_a_price_of_coal_costs_no_lng() -> None:
    coal = UnitPrice(Money(100, "USD"), CoalUnit.T)
    with pytest.raises(MixedQuantitiesError, match="a price per t of coal with LngMass in t"):
        coal.cost_of(LngMass(1, MassUnit.T))
    assert coal.in_column == ("usd_per_t_of_coal", nb.Money(100, "USD").amount)
    assert UnitPrice(Money(9, "USD"), MassUnit.T).cost_of(LngMass(2, MassUnit.T)) == Money(18, "USD")


def test_what_needs_a_price_of_energy_says_so() -> None:
    assert PRICE.energy_unit is EnergyUnit.MMBTU
    with pytest.raises(UnexpectedValueError, match="give it per unit of energy, such as MMBtu"):
        _ = UnitPrice(Money(1, "USD"), GasUnit.MCF).energy_unit
    with pytest.raises(UnexpectedValueError, match=r"write EnergyUnit\.MMBTU, GasUnit\.MCF"):
        UnitPrice(Money(1, "USD"), nb.Currency("USD"))  # type: ignore[arg-type] # refused on purpose
    assert UnitPrice(Money(1, "USD"), "mcf") == UnitPrice(Money(1, "USD"), GasUnit.MCF)


@pytest.mark.parametrize("per", [EnergyUnit.MMBTU, GasUnit.MCF, OilUnit.BARREL, OilUnit.GALLON, MassUnit.T, CoalUnit.T])
def test_a_price_reads_back_in_its_unit(per: Any) -> None:
    price = UnitPrice(Money("1.5", "USD"), per)
    assert to_data(price)["per"] == str(per)
    assert from_data(to_data(price), UnitPrice) == price


@pytest.mark.parametrize(
    ("per", "words"), [("mcd", "did you mean 'mcm'"), (3, "write it as text: 'MMBtu', 'Mcf', 'barrel'")]
)
def test_an_unknown_unit_of_a_price_is_a_fault_with_the_nearest(per: object, words: str) -> None:
    with pytest.raises(DocumentError) as caught:
        from_data({"amount": {"amount": "1", "currency": "USD"}, "per": per}, UnitPrice)
    assert words in str(caught.value)


def test_a_price_is_found_by_series_and_period() -> None:
    assert PRICES.price("lng", 2023) is PRICES.series("lng").price("2023") is POINTS[0]
    assert PRICES.price("lng", "2023-02").price.amount == Money(7, "USD")
    assert PRICES.keys() == ("lng", "hub")
    assert str(SERIES) == "LNG (at the port), per Mcf"
    assert SERIES.sources == (SOURCE,)
    with pytest.raises(UnknownNameError, match=r"unknown price series 'lgn'; .*did you mean 'lng'"):
        PRICES.series("lgn")


def test_a_year_is_never_the_mean_of_its_months() -> None:
    with pytest.raises(NoObservationError, match="2023; 2023-01 to 2023-02, 2023-04; a mean of months is not"):
        PRICES.price("lng", 2024)
    with pytest.raises(NoObservationError, match="no price of 2023-03 of lng for 2023"):
        PRICES.price("lng", "2023-03")


def test_a_provisional_price_says_that_it_is_one() -> None:
    assert POINTS[3].firmness is nb.Status.ESTIMATE
    assert POINTS[3].working == "lng, 2023-04: USD 7.50 (current prices) per Mcf (estimate): to 10 April"
    assert POINTS[0].working.endswith("(actual)")


def test_a_series_holds_one_price_a_period_in_its_own_unit() -> None:
    for points in ((*POINTS, POINTS[0]), (attrs.evolve(POINTS[0], series="x"),), (point("2022", "1", price=PRICE),)):
        with pytest.raises(UnexpectedValueError):
            attrs.evolve(SERIES, points=points)
    with pytest.raises(UnexpectedValueError, match="give each key once"):
        EnergyPrices(items=(SERIES, SERIES))
