"""Quantities of energy: exact, in their unit, and never mixed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

import natoburden as nb
from natoburden import CalorificBasis, Energy, EnergyUnit
from natoburden.errors import (
    GasBasisError,
    InexactNumberError,
    InvalidNumberError,
    MixedQuantitiesError,
    NatoBurdenError,
    UnexpectedValueError,
)
from natoburden.model import FuelFamily, FuelMass, FuelMassUnit, GasBasis, GasReference, GasUnit, GasVolume, LngMass
from natoburden.model.quantities import EnergyQuantity, parse_quantity
from tests.strategies import ENERGIES, GAS_VOLUMES, QUANTITIES

NET, GROSS = CalorificBasis.NET, CalorificBasis.GROSS
STANDARD = GasBasis(GROSS, GasReference.STANDARD)
TWH = Energy(1, EnergyUnit.TWH, NET)


@given(QUANTITIES)
def test_a_quantity_reads_as_it_is_written(quantity: EnergyQuantity) -> None:
    data = nb.serialization.to_data(quantity)
    assert parse_quantity(data) == quantity
    assert nb.serialization.from_data(data, type(quantity)) == quantity


@given(ENERGIES)
def test_a_quantity_less_itself_is_nothing_and_its_double_less_itself_is_itself(energy: Energy) -> None:
    assert (energy - energy).amount == 0
    assert 2 * energy - energy == energy
    assert (-energy).amount == -energy.amount


@given(ENERGIES, ENERGIES)
def test_only_quantities_of_one_kind_add_and_compare(left: Energy, right: Energy) -> None:
    if left.kind == right.kind:
        assert left + right == right + left == Energy.total([left, right])
        assert (left < right) is (left.amount < right.amount)
        assert (left >= right) is not (left < right)
        assert (left > right) is not (left <= right)
    else:
        for operation in ("__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__", "__truediv__", "share_of"):
            with pytest.raises(MixedQuantitiesError):
                getattr(left, operation)(right)


@given(GAS_VOLUMES)
def test_gas_meets_neither_energy_nor_lng(volume: GasVolume) -> None:
    others: list[Any] = [TWH, LngMass(1), nb.model.OilVolume(1)]
    for other in others:
        with pytest.raises(MixedQuantitiesError):
            volume + other


def test_masses_of_two_fuels_do_not_meet_nor_do_they_meet_lng() -> None:
    oil = FuelMass(1, FuelMassUnit.KT, FuelFamily.OIL)
    others: list[Any] = [FuelMass(1, FuelMassUnit.KT, FuelFamily.COAL), FuelMass(1, FuelMassUnit.T, FuelFamily.OIL)]
    for other in (*others, LngMass(1), nb.model.OilVolume(1)):
        with pytest.raises(MixedQuantitiesError):
            oil + other
    assert (oil + oil).in_column == ("kt_of_oil", Decimal(2))
    assert parse_quantity("12.5 kt of oil shale").kind == "kt of oil shale"


def test_a_quantity_meets_no_plain_number_but_as_a_factor() -> None:
    energy: Any = TWH
    with pytest.raises(TypeError, match="unsupported operand"):
        energy + 1
    for factor in ("2", TWH):
        with pytest.raises(TypeError):
            energy * factor
    with pytest.raises(TypeError):
        energy / "2"
    assert TWH * nb.Share.percent(50) == TWH / 2 == TWH * Decimal("0.5")


def test_a_ratio_of_one_kind_is_a_number_and_a_part_a_share() -> None:
    assert Decimal("0.25") == TWH / (TWH * 4)
    assert TWH.share_of(TWH * 4) == nb.Share.percent(25)
    with pytest.raises(InvalidNumberError, match="not a number"):
        TWH / 0
    with pytest.raises(InvalidNumberError, match="not a number"):
        TWH / (TWH - TWH)


def test_nothing_has_no_total() -> None:
    with pytest.raises(InvalidNumberError, match="at least one"):
        Energy.total([])


def test_a_float_is_refused() -> None:
    with pytest.raises(InexactNumberError):
        Energy(1.5, EnergyUnit.TWH)  # type: ignore[arg-type] # refused on purpose


def test_the_unit_is_a_unit_of_its_own_kind() -> None:
    with pytest.raises(UnexpectedValueError, match="unit of energy"):
        Energy(1, GasUnit.BCM)  # type: ignore[arg-type] # refused on purpose
    with pytest.raises(UnexpectedValueError, match="basis for gas"):
        GasVolume(1, GasUnit.BCM, NET)  # type: ignore[arg-type] # refused on purpose


def test_a_basis_says_gross_or_net() -> None:
    with pytest.raises(GasBasisError):
        GasBasis(CalorificBasis.UNSTATED, GasReference.STANDARD)


def test_what_is_unstated_is_assumed_once_and_in_sight() -> None:
    volume = GasVolume("0.7", GasUnit.BCM).assuming(STANDARD)
    assert volume.basis == STANDARD
    with pytest.raises(GasBasisError, match="cannot be assumed away"):
        volume.assuming(STANDARD)
    energy = Energy(1, EnergyUnit.TWH).assuming(GROSS)
    assert str(energy) == "1.00 TWh (gross)"
    with pytest.raises(GasBasisError, match="cannot be assumed away"):
        energy.assuming(NET)


@pytest.mark.parametrize(
    "text",
    ["", "4", "4 furlong", "4 bcm (wet)", "4 bcm (gross)", "4 TWh (dry)", "4 Mt of LNG (net)", "4 st of LNG", "x bcm"],
)
def test_what_is_no_quantity_is_refused(text: str) -> None:
    with pytest.raises(NatoBurdenError):
        parse_quantity(text)


def test_documents_say_what_kind_they_want() -> None:
    for data, words in (("4 bcm", "a quantity of the kind Energy"), (4, "write it as text, with its unit")):
        with pytest.raises(nb.errors.DocumentError) as caught:
            nb.serialization.from_data(data, Energy)
        assert words in str(caught.value)


def test_units_print_as_the_trade_writes_them() -> None:
    units = [nb.EnergyUnit.MMBTU, nb.model.GasUnit.BCM, nb.model.OilUnit.BARREL, nb.model.MassUnit.MT]
    assert [str(unit) for unit in units] == ["MMBtu", "bcm", "barrel", "Mt"]
    assert str(nb.datasets.conversion_set("bp-2021")) == "BP/EI set, 2021"
