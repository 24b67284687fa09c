"""Units, bases and fuels given as text."""

from __future__ import annotations

from typing import Any

import pytest

import natoburden as nb
from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model import (
    GasBasis,
    GasReference,
    GasUnit,
    GasVolume,
    LngMass,
    MassUnit,
    OilUnit,
    OilVolume,
    UnitPrice,
)
from natoburden.model.energy import EnergyFlow, OtherFuel


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (nb.Energy(1, "TWh", "net"), nb.Energy(1, nb.EnergyUnit.TWH, nb.CalorificBasis.NET)),
        (nb.Energy(1, "mmbtu"), nb.Energy(1, nb.EnergyUnit.MMBTU)),
        (GasVolume(1, "BCM"), GasVolume(1, GasUnit.BCM)),
        (
            GasVolume(1, "bcf", GasBasis("gross", "15 °C")),
            GasVolume(1, GasUnit.BCF, GasBasis(nb.CalorificBasis.GROSS, GasReference.STANDARD)),
        ),
        (LngMass(1, "mt"), LngMass(1, MassUnit.MT)),
        (OilVolume(1, "thousand barrels"), OilVolume(1, OilUnit.THOUSAND_BARRELS)),
        (nb.model.FuelMass(1, "kt", "oil").unit, nb.model.FuelMassUnit.KT),
        (UnitPrice(nb.Money(1, "USD"), "Barrel").per, OilUnit.BARREL),
        (nb.units.convert(nb.Energy(1, "TWh"), "gwh"), nb.Energy(1000, "GWh")),
        (nb.Fuel.find("Pipeline gas"), nb.Fuel.PIPELINE_GAS),
    ],
)
def test_a_text_is_the_member_that_it_names(given: object, wanted: object) -> None:
    assert given == wanted


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: nb.Energy(1, "TWk"), "unknown energy unit 'TWk'; .*did you mean 'TWh'"),
        (lambda: GasVolume(1, "bbl"), "unknown gas unit 'bbl'"),
        (lambda: nb.units.convert(nb.Energy(1, "TWh"), "bcm"), "unknown energy unit 'bcm'"),
        (lambda: UnitPrice(nb.Money(1, "USD"), "mmbtuu"), "did you mean 'MMBtu'"),
    ],
)
def test_a_text_that_names_no_unit_is_told_the_nearest(make: Any, words: str) -> None:
    with pytest.raises(UnknownNameError, match=words):
        make()


def test_what_is_neither_unit_nor_text_is_refused() -> None:
    wrong: Any = 3
    with pytest.raises(UnexpectedValueError, match="a unit of energy"):
        nb.Energy(1, wrong)


def test_a_flow_and_its_table_take_fuels_by_name() -> None:
    flows = nb.datasets.gas_imports()
    assert flows.flow("POL", "USA", "lng", 2022) == flows.flow("POL", "USA", nb.Fuel.LNG, 2022)
    assert flows.omission("POL", "USA", "LNG", 2022) is None
    flow = flows.flow("POL", "USA", "LNG", 2022)
    cell = {name: getattr(flow, name) for name in ("importer", "partner", "period")}
    named: dict[str, Any] = cell | {"quantity": None}
    assert EnergyFlow(fuel="LNG", source=flow.source, **named).fuel is nb.Fuel.LNG
    assert EnergyFlow(fuel="RA000", source=flow.source, **named).fuel == OtherFuel("RA000")


def test_calculators_take_units_and_fuels_by_name() -> None:
    flows, deals = nb.datasets.gas_imports(), nb.datasets.energy_deals()
    bp = nb.datasets.conversion_set("sabine-pass-filing")
    assert nb.energy.supply_shares(flows, "Poland", 2022, fuel="LNG") == nb.energy.supply_shares(
        flows, "Poland", 2022, fuel=nb.Fuel.LNG
    )
    assert nb.energy.contracted(deals, [2028], using=bp, unit="twh") == nb.energy.contracted(deals, [2028], using=bp)
    price = nb.energy.implied_price(deals["E22"], using=bp, per="MWh").price
    assert price.per is nb.EnergyUnit.MWH


def test_loans_are_found_by_any_name_of_the_country() -> None:
    loans = nb.datasets.safe_loans()
    assert loans["Poland"] is loans["POL"] is loans[nb.Country("POL")] is loans["Pologne"]
    assert "Polska" in loans
    assert "Atlantis" not in loans
    assert 3 not in loans
    with pytest.raises(UnknownNameError, match="unknown safe loan 'Germany'"):
        loans["Germany"]
    with pytest.raises(UnknownNameError, match="unknown safe loan 'Polnd'"):
        loans["Polnd"]
    deals = nb.datasets.energy_deals()
    assert "Poland" not in deals
    assert "x" not in nb.model.Keyed(())
