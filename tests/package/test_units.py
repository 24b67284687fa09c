"""Conversions: exact between units, named between mass, volume and energy, and never implicit."""

from __future__ import annotations

import decimal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import CalorificBasis, Energy, EnergyUnit, units
from natoburden.errors import GasBasisError, InvalidNumberError, UnexpectedValueError
from natoburden.model import (
    FuelFamily,
    FuelMass,
    FuelMassUnit,
    GasBasis,
    GasReference,
    GasUnit,
    GasVolume,
    LngMass,
    MassUnit,
    OilUnit,
    OilVolume,
)
from tests.strategies import ENERGIES, FUEL_MASSES, GAS_VOLUMES, LNG_MASSES, OIL_VOLUMES, figures

BP = nb.datasets.conversion_set("bp-2021")
FILING = nb.datasets.conversion_set("sabine-pass-filing")
HANDBOOK = nb.datasets.conversion_set("giignl-type")
ENERDYNAMICS = nb.datasets.conversion_set("enerdynamics")
NET = GasBasis(CalorificBasis.NET, GasReference.STANDARD)
THEIRS: Any = pint.UnitRegistry()
ALL_UNITS: list[Any] = [EnergyUnit, GasUnit, OilUnit, MassUnit, FuelMassUnit]


def close(left: Decimal, right: Decimal, relative: str = "1e-25") -> bool:
    return abs(left - right) <= max(abs(left), abs(right)) * Decimal(relative)


# --- between units ---------------------------------------------------------------------------------------


@given(ENERGIES | GAS_VOLUMES | LNG_MASSES | OIL_VOLUMES | FUEL_MASSES, st.data())
def test_a_conversion_and_back_is_the_same(quantity: Any, data: st.DataObject) -> None:
    other = data.draw(st.sampled_from(type(quantity.unit)))
    there = units.convert(quantity, other)
    back = units.convert(there, quantity.unit)
    assert there.unit is other
    assert close(back.amount, quantity.amount)
    assert attrs.evolve(back, amount=quantity.amount) == quantity


@pytest.mark.parametrize("kind", ALL_UNITS)
def test_every_unit_converts_to_every_other_of_its_kind_and_back_to_one(kind: Any) -> None:
    for unit in kind:
        for other in kind:
            assert close(units.factor(unit, other) * units.factor(other, unit), Decimal(1))


def test_an_oil_barrel_is_158_987_litres_and_not_another_barrel() -> None:
    cubic_metres = units.convert(OilVolume(1), OilUnit.CUBIC_METRE)
    assert round(cubic_metres.amount, 6) == Decimal("0.158987")


@pytest.mark.parametrize(
    ("unit", "other", "expected"),
    [
        (EnergyUnit.TWH, EnergyUnit.PJ, "3.6"),
        (EnergyUnit.MMBTU, EnergyUnit.GJ, "1.05505585262"),
        (EnergyUnit.MMBTU, EnergyUnit.THERM, "10"),
        (EnergyUnit.TBTU, EnergyUnit.MMBTU, "1000000"),
        (EnergyUnit.TOE, EnergyUnit.GJ, "41.868"),
        (EnergyUnit.BOE, EnergyUnit.MMBTU, "5.8"),
        (GasUnit.BCM, GasUnit.MCM, "1000"),
        (MassUnit.MT, MassUnit.T, "1000000"),
        (FuelMassUnit.KT, FuelMassUnit.T, "1000"),
        (FuelMassUnit.MT, FuelMassUnit.KT, "1000"),
    ],
)
def test_units_are_what_they_are_defined_to_be(unit: Any, other: Any, expected: str) -> None:
    assert units.factor(unit, other) == Decimal(expected)


def test_gas_does_not_become_energy_by_a_change_of_unit() -> None:
    with pytest.raises(UnexpectedValueError, match="units of its own kind"):
        units.convert(GasVolume(1, GasUnit.BCM), EnergyUnit.TWH)  # type: ignore[call-overload] # refused on purpose


def test_no_result_depends_on_the_callers_decimal_context() -> None:
    script = (
        "import decimal; decimal.getcontext().prec = 5\n"
        "from natoburden import units, EnergyUnit\nprint(units.factor(EnergyUnit.GJ, EnergyUnit.TOE))"
    )
    shown = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    with decimal.localcontext(prec=34):
        assert close(Decimal(shown), 1 / Decimal("41.868"), "1e-30")


def test_threads_get_the_same_factors() -> None:
    pairs = [(unit, other) for unit in EnergyUnit for other in EnergyUnit] * 5
    units.factor.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda pair: units.factor(*pair), pairs))
    assert found == [units.factor(*pair) for pair in pairs]


# --- by a named set --------------------------------------------------------------------------------------


def test_a_gas_volume_without_a_basis_raises_and_says_how_to_go_on() -> None:
    with pytest.raises(GasBasisError, match=r"assuming\(basis\)"):
        units.to_energy(GasVolume(1, GasUnit.BCM), EnergyUnit.TWH, BP)
    with pytest.raises(GasBasisError):
        units.to_reference(GasVolume(1, GasUnit.BCM), GasReference.NORMAL)


def test_there_is_no_default_set() -> None:
    with pytest.raises(GasBasisError, match="conversion_sets"):
        units.to_energy(LngMass(1), EnergyUnit.TWH, None)  # type: ignore[call-overload] # refused on purpose


def test_energy_is_only_written_in_the_unit() -> None:
    assert units.to_energy(Energy("3.6", EnergyUnit.PJ), EnergyUnit.TWH) == Energy(1, EnergyUnit.TWH)


def test_no_ratio_of_net_to_gross_is_assumed() -> None:
    gross = GasVolume(1, GasUnit.BCM, GasBasis(CalorificBasis.GROSS, GasReference.STANDARD))
    with pytest.raises(GasBasisError, match="no ratio of net to gross"):
        units.to_energy(gross, EnergyUnit.TWH, BP)
    with pytest.raises(GasBasisError, match="no ratio of net to gross"):
        units.to_volume(Energy(1, EnergyUnit.TWH, CalorificBasis.GROSS), GasUnit.BCM, BP)
    with pytest.raises(GasBasisError, match="no ratio of net to gross"):
        units.to_mass(Energy(1, EnergyUnit.TWH, CalorificBasis.UNSTATED), MassUnit.MT, FILING)


def test_what_a_set_has_no_factor_for_raises() -> None:
    with pytest.raises(GasBasisError, match="volume per tonne"):
        units.to_volume(LngMass(1), GasUnit.BCM, FILING)
    with pytest.raises(GasBasisError, match="energy per cubic metre"):
        units.to_volume(Energy(1, EnergyUnit.TWH), GasUnit.BCM, FILING)
    with pytest.raises(GasBasisError, match="gross or net"):
        units.to_energy(LngMass(1), EnergyUnit.TWH, attrs.evolve(BP, gas_from_lng=ENERDYNAMICS.gas_from_lng))


@pytest.mark.parametrize("quantity", [OilVolume(1), FuelMass(1, FuelMassUnit.T, FuelFamily.COAL)])
def test_oil_and_coal_have_no_factor_in_a_set_for_gas(quantity: OilVolume | FuelMass) -> None:
    with pytest.raises(GasBasisError, match="no factors for oil or other fuels"):
        units.to_energy(quantity, EnergyUnit.TWH, BP)


def test_a_million_tonnes_of_lng_by_the_bp_set() -> None:
    """R078: the printed 48.747 PJ contradicts the other columns of its own table and is not used."""
    lng = LngMass(1)
    assert units.to_volume(lng, GasUnit.BCM, BP).amount == Decimal("1.36")
    assert close(units.to_volume(lng, GasUnit.BCF, BP).amount, Decimal("48.028"), "0.001")
    assert close(units.to_energy(lng, EnergyUnit.MTOE, BP).amount, Decimal("1.169"), "0.001")
    assert close(units.to_energy(lng, EnergyUnit.TBTU, BP).amount, Decimal("46.405"), "0.001")
    assert close(units.to_energy(lng, EnergyUnit.PJ, BP).amount, Decimal("48.96"))


def test_a_bcm_by_the_bp_set() -> None:
    """R079."""
    gas = GasVolume(1, GasUnit.BCM, NET)
    assert units.to_energy(gas, EnergyUnit.PJ, BP).amount == 36
    assert units.to_energy(gas, EnergyUnit.TWH, BP).amount == 10
    assert close(units.to_energy(gas, EnergyUnit.MTOE, BP).amount, Decimal("0.860"), "0.001")
    assert close(units.to_mass(gas, MassUnit.MT, BP).amount, Decimal("0.735"), "0.001")
    assert close(units.to_energy(gas, EnergyUnit.TBTU, BP).amount, Decimal("34.121"), "0.001")
    assert close(units.convert(gas, GasUnit.BCF).amount, Decimal("35.315"), "0.001")


def test_other_conventions_differ_and_say_so() -> None:
    """R080 and R081."""
    by_enerdynamics = units.to_volume(LngMass(1), GasUnit.BCM, ENERDYNAMICS)
    assert (by_enerdynamics.amount, by_enerdynamics.basis) == (Decimal("1.379"), None)
    assert close(units.convert(by_enerdynamics, GasUnit.BCF).amount, Decimal("48.7"), "0.001")
    tonne = LngMass(1, MassUnit.T)
    assert units.to_energy(tonne, EnergyUnit.MMBTU, HANDBOOK) == Energy("51.02", EnergyUnit.MMBTU, CalorificBasis.GROSS)
    standard = units.to_reference(units.to_volume(tonne, GasUnit.M3, HANDBOOK), GasReference.STANDARD)
    assert close(units.convert(standard, GasUnit.BCF).amount * 10**9, Decimal(47530), "0.01")


def test_the_filings_tonnes_are_its_mmbtu() -> None:
    """R083: 5.5 Mt a year are 286.5 million MMBtu a year, within 0.1 %."""
    energy = units.to_energy(LngMass("5.5"), EnergyUnit.MMBTU, FILING)
    assert close(energy.amount, Decimal(286_500_000), "0.001")
    assert energy.calorific is CalorificBasis.GROSS


def test_a_normal_volume_is_5_49_percent_larger_at_15_degrees() -> None:
    normal = GasVolume(1, GasUnit.BCM, GasBasis(CalorificBasis.NET, GasReference.NORMAL))
    standard = units.to_reference(normal, GasReference.STANDARD)
    assert round(standard.amount, 4) == Decimal("1.0549")
    assert close(units.to_energy(normal, EnergyUnit.PJ, BP).amount, 36 * standard.amount)


@given(figures(0, 10**6), st.sampled_from(MassUnit), st.sampled_from([BP, FILING, HANDBOOK]))
def test_lng_to_energy_and_back_is_the_same_mass(
    amount: Decimal, unit: MassUnit, using: nb.model.ConversionSet
) -> None:
    there = units.to_energy(LngMass(amount, unit), EnergyUnit.GJ, using)
    assert close(units.to_mass(there, unit, using).amount, amount)


@given(figures(0, 10**6), st.sampled_from([BP, HANDBOOK]))
def test_lng_to_gas_and_back_is_the_same_mass(amount: Decimal, using: nb.model.ConversionSet) -> None:
    assert close(units.to_mass(units.to_volume(LngMass(amount), GasUnit.BCM, using), MassUnit.MT, using).amount, amount)


@given(figures(0, 10**6), st.sampled_from(GasReference))
def test_gas_to_energy_and_back_is_the_same_gas(amount: Decimal, reference: GasReference) -> None:
    gas = GasVolume(amount, GasUnit.MCM, GasBasis(CalorificBasis.NET, reference))
    back = units.to_volume(units.to_energy(gas, EnergyUnit.TOE, BP), GasUnit.MCM, BP)
    assert close(units.to_reference(back, reference).amount, amount)


def test_gas_becomes_lng_through_its_energy_where_the_set_has_no_volume_per_tonne() -> None:
    both = attrs.evolve(BP, gas_from_lng=None, heat_of_lng=Energy(50, EnergyUnit.GJ, CalorificBasis.NET))
    assert units.to_mass(GasVolume(1, GasUnit.BCM, NET), MassUnit.T, both).amount == 36 * 10**6 / 50


# --- a user's own Pint -----------------------------------------------------------------------------------


@given(ENERGIES | GAS_VOLUMES | LNG_MASSES | OIL_VOLUMES)
def test_any_registry_understands_a_pair(quantity: Any) -> None:
    magnitude, unit = units.to_pair(quantity)
    THEIRS.Quantity(float(magnitude), unit)
    assert unit in ("joule", "meter ** 3", "kilogram")


def test_energy_comes_in_from_a_registry_of_the_users() -> None:
    quantity = THEIRS.Quantity(2.5, "GWh")
    assert units.energy_from_pair(quantity.magnitude, quantity.units, EnergyUnit.TJ) == Energy(9, EnergyUnit.TJ)
    volume = THEIRS.Quantity(3, "m**3")
    assert units.gas_from_pair(volume.magnitude, volume.units, GasUnit.M3, NET) == GasVolume(3, GasUnit.M3, NET)
    assert units.energy_from_pair("1", "MMBtu", EnergyUnit.MJ).amount == Decimal("1055.05585262")


@pytest.mark.parametrize("magnitude", [np.float64(2.5), np.float32(2.5), np.float16(2.5), 2.5, Decimal("2.5")])
def test_magnitudes_out_of_an_array_are_the_numbers_that_they_are(magnitude: Any) -> None:
    assert units.energy_from_pair(magnitude, "TWh", EnergyUnit.TJ).amount == 9000
    assert units.gas_from_pair(magnitude, "bcm", GasUnit.MCM).amount == 2500
    whole, short = np.array([2]), np.array([0.1], dtype=np.float32)
    two: Any = whole[0]
    tenth: Any = short[0]
    assert units.energy_from_pair(two, "TWh", EnergyUnit.TJ).amount == 7200
    assert units.energy_from_pair(tenth, "GJ").amount == Decimal("0.1")


@pytest.mark.parametrize("unit", ["furlong", "bcm", "m", "TWh**2", "(", "", " ", "1", "x" * 10**6, "kg; import os"])
def test_what_is_no_unit_of_energy_is_refused(unit: str) -> None:
    with pytest.raises(UnexpectedValueError, match="unit of energy"):
        units.energy_from_pair(1, unit)


@pytest.mark.parametrize("magnitude", [float("nan"), float("inf"), np.float64("nan"), np.float32("inf")])
def test_what_is_no_number_is_refused(magnitude: float) -> None:
    with pytest.raises(InvalidNumberError):
        units.energy_from_pair(magnitude, "GJ")
