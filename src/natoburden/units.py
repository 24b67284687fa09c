"""Conversions between units, and between mass, volume and energy of gas by a named set of factors.

Pint does the arithmetic of units with a small registry of the library, which is built when it is first needed. No Pint
quantity is returned or accepted. To use a Pint registry of your own, exchange magnitudes and units by `to_pair` and
`energy_from_pair`.
"""

from __future__ import annotations

import decimal
import functools
import math
import numbers
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar, overload

import attrs

from natoburden._once import once
from natoburden.errors import GasBasisError, InvalidNumberError, UnexpectedValueError
from natoburden.model._checks import spelled
from natoburden.model._numbers import CONTEXT, Number, divide, multiply
from natoburden.model.quantities import (
    CalorificBasis,
    ConversionSet,
    Energy,
    EnergyQuantity,
    EnergyUnit,
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

__all__ = [
    "convert",
    "energy_from_pair",
    "factor",
    "gas_from_pair",
    "to_energy",
    "to_mass",
    "to_pair",
    "to_reference",
    "to_volume",
]


def __dir__() -> list[str]:
    return list(__all__)


AnyUnit: TypeAlias = EnergyUnit | GasUnit | OilUnit | MassUnit | FuelMassUnit
U = TypeVar("U", EnergyUnit, GasUnit, OilUnit, MassUnit, FuelMassUnit)

# The names of our units in the definitions file, if they differ.
_NAMES: Final[dict[AnyUnit, str]] = {
    GasUnit.M3: "gas_m3",
    OilUnit.BARREL: "oil_barrel",
    OilUnit.THOUSAND_BARRELS: "oil_thousand_barrels",
    OilUnit.GALLON: "oil_gallon",
    OilUnit.CUBIC_METRE: "oil_m3",
    MassUnit.T: "lng_tonne",
    MassUnit.MT: "lng_megatonne",
    FuelMassUnit.T: "fuel_tonne",
    FuelMassUnit.KT: "fuel_kilotonne",
    FuelMassUnit.MT: "fuel_megatonne",
}
# For each kind of quantity, a unit of ours and the SI name that every registry knows.
_SI: Final[dict[type[Any], tuple[AnyUnit, str, int]]] = {
    Energy: (EnergyUnit.MJ, "joule", 6),
    GasVolume: (GasUnit.M3, "meter ** 3", 0),
    OilVolume: (OilUnit.CUBIC_METRE, "meter ** 3", 0),
    LngMass: (MassUnit.T, "kilogram", 3),
    FuelMass: (FuelMassUnit.T, "kilogram", 3),
}
_UNIT_NAME: Final = re.compile(r"[A-Za-z][A-Za-z_]{0,60}[0-9]?")
# Ideal gas: the same molecules take 288.15/273.15 of the volume at 15 °C that they take at 0 °C.
_KELVIN: Final = {GasReference.NORMAL: Decimal("273.15"), GasReference.STANDARD: Decimal("288.15")}


@once
def _registry() -> Any:
    """Return the registry, with the library's definitions, exact numbers and no cache on disk."""
    import pint

    definitions = Path(__file__).with_name("units.txt")
    make: Any = pint.UnitRegistry  # its signature differs between versions
    return make(str(definitions), non_int_type=Decimal, cache_folder=None)


def _ratio(unit: str, other: str) -> Decimal:
    """Return how many of another unit make one unit."""
    registry = _registry()
    with decimal.localcontext(CONTEXT):
        found: Decimal = registry.Quantity(Decimal(1), unit).to(other).magnitude
        return Decimal(found)


@functools.cache
def factor(unit: U, other: U) -> Decimal:
    """Return the factor that converts figures in one unit to another unit of the same kind.

    >>> factor(EnergyUnit.TWH, EnergyUnit.PJ)
    Decimal('3.6')
    >>> factor(OilUnit.BARREL, OilUnit.CUBIC_METRE)
    Decimal('0.158987294928')
    """
    if type(unit) is not type(other):
        raise UnexpectedValueError("a unit to convert to", str(other), f"{unit} converts to units of its own kind")
    return _tidy(_ratio(_NAMES.get(unit, str(unit)), _NAMES.get(other, str(other))))


def _tidy(value: Decimal) -> Decimal:
    """Return a number without trailing zeros; whole numbers stay whole: 1000, not 1E+3."""
    short = value.normalize(CONTEXT)
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1), context=CONTEXT) if isinstance(exponent, int) and exponent > 0 else short


@overload
def convert(quantity: Energy, unit: EnergyUnit | str) -> Energy: ...
@overload
def convert(quantity: GasVolume, unit: GasUnit | str) -> GasVolume: ...
@overload
def convert(quantity: OilVolume, unit: OilUnit | str) -> OilVolume: ...
@overload
def convert(quantity: LngMass, unit: MassUnit | str) -> LngMass: ...
@overload
def convert(quantity: FuelMass, unit: FuelMassUnit | str) -> FuelMass: ...
def convert(quantity: Any, unit: Any) -> Any:
    """Convert a quantity to another unit of its kind, given as a unit or as text; the calorific basis stays the same.

    Raises `UnexpectedValueError` for a unit of another kind: `to_energy` converts gas to energy.

    >>> convert(Energy("36", EnergyUnit.PJ, CalorificBasis.NET), EnergyUnit.TWH)
    Energy('10 TWh (net)')
    >>> convert(GasVolume("100", GasUnit.BCF), GasUnit.BCM)
    GasVolume('2.8316846592 bcm')
    """
    found = spelled(type(quantity.unit), unit)
    ratio = factor(quantity.unit, found)
    return attrs.evolve(quantity, amount=multiply(quantity.amount, ratio), unit=found)


def to_reference(volume: GasVolume, reference: GasReference) -> GasVolume:
    """Convert a volume of gas to another reference temperature, as an ideal gas at the same pressure.

    V(15 °C) = V(0 °C) × 288.15 / 273.15. Raises `GasBasisError` for a volume without a basis.

    >>> normal = GasVolume(1, GasUnit.BCM, GasBasis(CalorificBasis.GROSS, GasReference.NORMAL))
    >>> print(round(to_reference(normal, GasReference.STANDARD).amount, 4))
    1.0549
    """
    basis = _basis_of(volume)
    amount = divide(multiply(volume.amount, _KELVIN[reference]), _KELVIN[basis.reference])
    return GasVolume(amount, volume.unit, GasBasis(basis.calorific, reference))


@overload
def to_energy(quantity: EnergyQuantity, unit: EnergyUnit | str, using: ConversionSet) -> Energy: ...
@overload
def to_energy(quantity: Energy, unit: EnergyUnit | str, using: ConversionSet | None = None) -> Energy: ...
def to_energy(quantity: EnergyQuantity, unit: EnergyUnit | str, using: ConversionSet | None = None) -> Energy:
    """Convert gas or LNG to energy by a named set of factors; energy itself only changes its unit.

    The result is gross or net, like the set's factor. If a volume has a different reference temperature from the set,
    it is first converted to the set's temperature. `GasBasisError` is raised if volume and set have different calorific
    bases, since no ratio of net to gross is assumed. LNG is converted by the set's energy per tonne, or through its
    volume if the set has no such factor.

    Raises `GasBasisError` for a volume without a basis, and for a quantity without a factor in the set, such as oil.

    >>> from natoburden.datasets import conversion_set
    >>> bp = conversion_set("bp-2021")
    >>> net = GasBasis(CalorificBasis.NET, GasReference.STANDARD)
    >>> to_energy(GasVolume(1, GasUnit.BCM, net), EnergyUnit.TWH, bp)
    Energy('10 TWh (net)')
    >>> to_energy(GasVolume(1, GasUnit.BCM), EnergyUnit.TWH, bp)
    Traceback (most recent call last):
        ...
    natoburden.errors.GasBasisError: 1.00 bcm does not say what is needed; valid: gross or net, and 0 °C or 15 °C; ...
    """
    if isinstance(quantity, Energy):
        return convert(quantity, unit)
    if isinstance(quantity, OilVolume | FuelMass):
        raise GasBasisError(str(quantity), "gas or LNG", "the sets hold no factors for oil or other fuels")
    if using is None:
        raise GasBasisError(str(quantity), "a named set of factors", "natoburden.datasets.conversion_sets() names them")
    if isinstance(quantity, LngMass):
        if using.heat_of_lng is None:
            return to_energy(to_volume(quantity, GasUnit.M3, using), unit, using)
        tonnes = convert(quantity, MassUnit.T).amount
        return convert(using.heat_of_lng * tonnes, unit)
    heat, reference = _heat_of_gas(using)
    basis = _basis_of(quantity)
    if basis.calorific is not heat.calorific:
        needed = f"a volume counted {heat.calorific}, as {using} gives it"
        raise GasBasisError(str(quantity), needed, "no ratio of net to gross is assumed; name another set")
    cubic_metres = convert(to_reference(quantity, reference), GasUnit.M3).amount
    return convert(heat * cubic_metres, unit)


def to_volume(quantity: LngMass | Energy, unit: GasUnit | str, using: ConversionSet) -> GasVolume:
    """Convert LNG or energy to a volume of gas, on the basis of the set's factor.

    Raises `GasBasisError` if the set has no factor for the quantity, or if the energy and the set's factor have
    different calorific bases.

    >>> from natoburden.datasets import conversion_set
    >>> print(to_volume(LngMass(1), GasUnit.BCM, conversion_set("bp-2021")))
    1.36 bcm (net, 15 °C)
    """
    if isinstance(quantity, LngMass):
        if using.gas_from_lng is None:
            raise GasBasisError(str(using), "a volume per tonne of LNG", "the set has no such factor; name another")
        return convert(using.gas_from_lng * convert(quantity, MassUnit.T).amount, unit)
    heat, reference = _heat_of_gas(using)
    _check_calorific(quantity, heat, using)
    cubic_metres = divide(convert(quantity, heat.unit).amount, heat.amount)
    return convert(GasVolume(cubic_metres, GasUnit.M3, GasBasis(heat.calorific, reference)), unit)


def to_mass(quantity: GasVolume | Energy, unit: MassUnit | str, using: ConversionSet) -> LngMass:
    """Convert energy or a volume of gas to a mass of LNG.

    Raises `GasBasisError` in the same cases as `to_energy`.

    >>> from natoburden.datasets import conversion_set
    >>> filing = conversion_set("sabine-pass-filing")
    >>> print(to_mass(Energy("286.5", EnergyUnit.TBTU, CalorificBasis.GROSS), MassUnit.MT, filing))
    5.50 Mt of LNG
    """
    if isinstance(quantity, GasVolume):
        per_tonne = using.gas_from_lng
        if per_tonne is None or per_tonne.basis is None:
            return to_mass(to_energy(quantity, EnergyUnit.MJ, using), unit, using)
        counted = to_reference(quantity, per_tonne.basis.reference)
        tonnes = divide(convert(counted, per_tonne.unit).amount, per_tonne.amount)
        return convert(LngMass(tonnes, MassUnit.T), unit)
    if using.heat_of_lng is None:
        return to_mass(to_volume(quantity, GasUnit.M3, using), unit, using)
    _check_calorific(quantity, using.heat_of_lng, using)
    energy = convert(quantity, using.heat_of_lng.unit)
    return convert(LngMass(divide(energy.amount, using.heat_of_lng.amount), MassUnit.T), unit)


def _heat_of_gas(using: ConversionSet) -> tuple[Energy, GasReference]:
    """Return the energy in a cubic metre: as stated, or from the heat and the volume of a tonne of LNG."""
    if using.heat_of_gas is not None and using.reference is not None:
        return using.heat_of_gas, using.reference
    heat, volume = using.heat_of_lng, using.gas_from_lng
    if heat is None or volume is None or volume.basis is None or volume.basis.calorific is not heat.calorific:
        hint = "the set has no such factor; name another, or complete it: using.completed_by(another)"
        raise GasBasisError(str(using), "an energy per cubic metre", hint)
    return heat / convert(volume, GasUnit.M3).amount, volume.basis.reference


def _basis_of(volume: GasVolume) -> GasBasis:
    if volume.basis is None:
        needed = "gross or net, and 0 °C or 15 °C"
        raise GasBasisError(str(volume), needed, "volume.assuming(basis) states the basis that you assume")
    return volume.basis


def _check_calorific(energy: Energy, heat: Energy, using: ConversionSet) -> None:
    if energy.calorific is not heat.calorific:
        needed = f"{heat.calorific} energy, as {using} counts it"
        raise GasBasisError(str(energy), needed, "no ratio of net to gross is assumed; name another set")


# --- a user's own Pint -----------------------------------------------------------------------------------


def to_pair(quantity: EnergyQuantity) -> tuple[Decimal, str]:
    """Return magnitude and unit in SI, which any Pint registry understands: ``registry.Quantity(*to_pair(energy))``.

    Pint cannot express the calorific basis or the reference temperature, and this information is lost.

    >>> to_pair(Energy("1", EnergyUnit.GWH))
    (Decimal('3600000000000'), 'joule')
    """
    unit, name, power = _SI[type(quantity)]
    ours: Any = convert
    return _tidy(ours(quantity, unit).amount.scaleb(power, context=CONTEXT)), name


def energy_from_pair(
    magnitude: Number | float,
    unit: object,
    to: EnergyUnit = EnergyUnit.GJ,
    calorific: CalorificBasis = CalorificBasis.UNSTATED,
) -> Energy:
    """Convert a Pint quantity's magnitude and unit to energy: ``energy_from_pair(q.magnitude, q.units)``.

    Units are read by name (``terawatt_hour``, ``MMBtu``, ``toe``). A float, including a NumPy float, is read as the
    shortest decimal that prints the same. Raises `UnexpectedValueError` for a unit that is unknown or does not measure
    energy.

    >>> energy_from_pair(2.5, "gigawatt_hour", EnergyUnit.TJ)
    Energy('9 TJ')
    """
    return Energy(_from_pair(magnitude, unit, str(to), "energy"), to, calorific)


def gas_from_pair(
    magnitude: Number | float, unit: object, to: GasUnit = GasUnit.M3, basis: GasBasis | None = None
) -> GasVolume:
    """Convert a Pint quantity's magnitude and unit to a volume of gas; you state the `basis`.

    A Pint registry states the size of a volume, but not that the volume consists of gas. Raises `UnexpectedValueError`
    for a unit that is neither a cubic metre nor one of this library's units of gas.

    >>> gas_from_pair(4, "bcm", GasUnit.MCM)
    GasVolume('4000 mcm')
    >>> gas_from_pair(4000000, "meter ** 3", GasUnit.MCM)
    GasVolume('4 mcm')
    """
    name = "gas_m3" if str(unit) in ("meter ** 3", "m ** 3", "m³", "m3", "cubic_meter") else unit
    return GasVolume(_from_pair(magnitude, name, _NAMES.get(to, str(to)), "gas volume"), to, basis)


def _figure(magnitude: Any) -> Number:
    """Return a float, including a NumPy float, as the shortest decimal that prints the same."""
    is_float = isinstance(magnitude, numbers.Real) and not isinstance(magnitude, numbers.Integral)
    if not is_float:
        exact: Number = magnitude
        return exact
    if not math.isfinite(magnitude):
        raise InvalidNumberError("quantity", str(magnitude), hint="a missing figure is left out")
    return str(magnitude)


def _from_pair(magnitude: Number | float, unit: object, other: str, kind: str) -> Decimal:
    figure = _figure(magnitude)
    import pint

    hint = f"write a unit of {kind} by its name, such as {other}"
    if not _UNIT_NAME.fullmatch(str(unit)):  # Pint would accept an expression, and fail in many ways
        raise UnexpectedValueError("a unit", repr(str(unit)), hint)
    try:
        ratio = _ratio(str(unit), other)
    except (pint.UndefinedUnitError, pint.DimensionalityError) as error:
        raise UnexpectedValueError("a unit", repr(str(unit)), hint) from error
    return multiply(Energy(figure, EnergyUnit.MJ).amount, ratio)
