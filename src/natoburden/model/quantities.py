"""Exact quantities of energy, gas, oil, LNG and other fuels, with their units; a volume of gas also has a basis."""

from __future__ import annotations

import contextlib
import re
from typing import TypeAlias

import attrs

from natoburden.errors import GasBasisError, UnexpectedValueError
from natoburden.model._checks import exactly, spelled
from natoburden.model._measured import _Measured
from natoburden.model._terms import Term
from natoburden.model._units import (
    CoalUnit,
    EnergyUnit,
    FuelMassUnit,
    GasUnit,
    MassUnit,
    OilUnit,
    to_energy_unit,
    to_fuel_mass_unit,
    to_gas_unit,
    to_mass_unit,
    to_oil_unit,
)
from natoburden.model.evidence import Documented
from natoburden.model.sources import Source

__all__ = [
    "CalorificBasis",
    "CoalUnit",
    "ConversionSet",
    "Energy",
    "EnergyQuantity",
    "EnergyUnit",
    "FuelFamily",
    "FuelMass",
    "FuelMassUnit",
    "GasBasis",
    "GasReference",
    "GasUnit",
    "GasVolume",
    "LngMass",
    "MassUnit",
    "OilUnit",
    "OilVolume",
    "parse_quantity",
]

_QUANTITY = re.compile(r"(?P<amount>[0-9eE.+-]+) (?P<unit>[^()]+?)(?: \((?P<basis>[^()]+)\))?")


class FuelFamily(Term):
    """A section of the standard classification of fuels (SIEC); tonnes of two sections cannot be added."""

    COAL = "coal"
    PEAT = "peat"
    OIL_SHALE = "oil shale"
    OIL = "oil"
    BIOFUEL = "biofuel"
    OTHER = "fuel"

    @classmethod
    def of_code(cls, code: str) -> FuelFamily:
        """Return the section of a fuel by Eurostat's code; ``OTHER`` for a fuel that is unknown or not weighed.

        >>> FuelFamily.of_code("O4100_TOT"), FuelFamily.of_code("C0121")
        (FuelFamily.OIL, FuelFamily.COAL)
        """
        return _SECTIONS.get(code[:2], cls.OTHER)


_SECTIONS = {
    "C0": FuelFamily.COAL,
    "P1": FuelFamily.PEAT,
    "S2": FuelFamily.OIL_SHALE,
    "O4": FuelFamily.OIL,
    "R5": FuelFamily.BIOFUEL,
}


class CalorificBasis(Term):
    """Whether energy includes the heat in the steam from burning (gross) or not (net).

    ``UNSTATED`` means that the source does not state the basis. Gas is sold by gross energy; most energy balances are
    net.
    """

    GROSS = "gross"
    NET = "net"
    UNSTATED = "unstated"


class GasReference(Term):
    """The temperature at which a volume of gas is counted: normal cubic metres at 0 °C, standard ones at 15 °C."""

    NORMAL = "0 °C"
    STANDARD = "15 °C"


def _to_calorific(basis: CalorificBasis | str) -> CalorificBasis:
    return spelled(CalorificBasis, basis)


def _to_reference(reference: GasReference | str) -> GasReference:
    return spelled(GasReference, reference)


def _to_family(family: FuelFamily | str) -> FuelFamily:
    return spelled(FuelFamily, family)


def _is_stated(_instance: object, _attribute: object, value: CalorificBasis) -> None:
    if value is CalorificBasis.UNSTATED:
        raise GasBasisError(f"the basis {str(value)!r}", "gross or net", "leave the basis out where it is not stated")


@attrs.frozen
class GasBasis:
    """The basis needed to convert a volume of gas to energy: gross or net heat, and the reference temperature.

    >>> print(GasBasis(CalorificBasis.GROSS, GasReference.STANDARD))
    gross, 15 °C
    """

    calorific: CalorificBasis = attrs.field(
        converter=_to_calorific, validator=[exactly(CalorificBasis, "gross or net"), _is_stated]
    )
    reference: GasReference = attrs.field(
        converter=_to_reference, validator=exactly(GasReference, "a reference temperature")
    )

    def __str__(self) -> str:
        return f"{self.calorific}, {self.reference}"


@attrs.frozen(repr=False)
class Energy(_Measured):
    """An amount of energy in a unit, which is marked as gross or net if the source states the basis.

    Units and bases may be given as text, in capitals or small letters. Adding and comparing need the same unit and the
    same calorific basis. Raises `MixedQuantitiesError` for amounts that do not match, and `UnknownNameError` for an
    unknown unit. Raises `InvalidNumberError` or `InexactNumberError` for an unusable number.

    >>> Energy("36", EnergyUnit.PJ, CalorificBasis.NET) * 2, Energy("36", "PJ", "net") * 2
    (Energy('72 PJ (net)'), Energy('72 PJ (net)'))
    >>> Energy(1, EnergyUnit.TWH, CalorificBasis.NET) + Energy(1, EnergyUnit.TWH, CalorificBasis.GROSS)
    Traceback (most recent call last):
        ...
    natoburden.errors.MixedQuantitiesError: cannot combine Energy in TWh (net) with Energy in TWh (gross); ...
    """

    unit: EnergyUnit = attrs.field(converter=to_energy_unit, validator=exactly(EnergyUnit, "a unit of energy"))
    calorific: CalorificBasis = attrs.field(
        default=CalorificBasis.UNSTATED,
        converter=_to_calorific,
        validator=exactly(CalorificBasis, "gross, net or unstated"),
    )

    @property
    def kind(self) -> str:
        """The unit, and whether the amount is gross or net."""
        return str(self.unit) if self.calorific is CalorificBasis.UNSTATED else f"{self.unit} ({self.calorific})"

    def assuming(self, calorific: CalorificBasis) -> Energy:
        """Return an amount without a stated basis as gross or as net energy, by your assumption.

        Raises `GasBasisError` for an amount with a known basis.
        """
        if self.calorific is not CalorificBasis.UNSTATED:
            raise GasBasisError(str(self), "an amount whose basis is unstated", "a stated basis cannot be assumed away")
        return Energy(self.amount, self.unit, calorific)


@attrs.frozen(repr=False)
class GasVolume(_Measured):
    """A volume of gas, with its basis if the source states one.

    A volume is not an amount of energy: `natoburden.units.to_energy` needs the basis and a named set of factors.

    >>> GasVolume("0.7", GasUnit.BCM)
    GasVolume('0.7 bcm')
    >>> GasVolume("0.7", GasUnit.BCM).assuming(GasBasis(CalorificBasis.GROSS, GasReference.STANDARD))
    GasVolume('0.7 bcm (gross, 15 °C)')
    """

    unit: GasUnit = attrs.field(converter=to_gas_unit, validator=exactly(GasUnit, "a unit of gas volume"))
    basis: GasBasis | None = attrs.field(default=None, validator=exactly(GasBasis, "a basis for gas", optional=True))

    @property
    def kind(self) -> str:
        """The unit of the volume, and its basis."""
        return str(self.unit) if self.basis is None else f"{self.unit} ({self.basis})"

    def assuming(self, basis: GasBasis) -> GasVolume:
        """Return the volume with a basis that you assume; the volume itself must not state a basis.

        Raises `GasBasisError` for a volume with a known basis.
        """
        if self.basis is not None:
            raise GasBasisError(str(self), "a volume without a basis", "a stated basis cannot be assumed away")
        return GasVolume(self.amount, self.unit, basis)


@attrs.frozen(repr=False)
class LngMass(_Measured):
    """A mass of liquefied natural gas.

    >>> print(LngMass("5.5", MassUnit.MT))
    5.50 Mt of LNG
    """

    unit: MassUnit = attrs.field(
        default=MassUnit.MT, converter=to_mass_unit, validator=exactly(MassUnit, "a unit of mass")
    )

    @property
    def kind(self) -> str:
        """The unit and the fuel, which is LNG."""
        return f"{self.unit} of LNG"


@attrs.frozen(repr=False)
class OilVolume(_Measured):
    """A volume of oil.

    >>> OilVolume(1, OilUnit.BARREL)
    OilVolume('1 barrel')
    """

    unit: OilUnit = attrs.field(
        default=OilUnit.BARREL, converter=to_oil_unit, validator=exactly(OilUnit, "a unit of oil volume")
    )

    @property
    def kind(self) -> str:
        """The unit."""
        return str(self.unit)


@attrs.frozen(repr=False)
class FuelMass(_Measured):
    """A mass of oil, coal or another fuel, as in Eurostat's statistics of imports.

    The library has no factors that convert a tonne of oil or coal to energy.

    >>> print(FuelMass("1893.5", FuelMassUnit.KT, FuelFamily.OIL))
    1,893.50 kt of oil
    """

    unit: FuelMassUnit = attrs.field(
        converter=to_fuel_mass_unit, validator=exactly(FuelMassUnit, "a unit of a fuel's mass")
    )
    family: FuelFamily = attrs.field(converter=_to_family, validator=exactly(FuelFamily, "a family of fuels"))

    @property
    def kind(self) -> str:
        """The unit and the family of the fuel."""
        return f"{self.unit} of {self.family}"


EnergyQuantity: TypeAlias = Energy | GasVolume | LngMass | OilVolume | FuelMass


def parse_quantity(text: str) -> EnergyQuantity:
    """Read a quantity from a text: ``2 Mt of LNG``, ``4 bcm (gross, 15 °C)``, ``36 PJ (net)``, ``5 kt of oil``.

    Raises `UnexpectedValueError` for an unknown unit.

    >>> parse_quantity("0.7 bcm"), parse_quantity("36 PJ (net)"), parse_quantity("2 Mt of LNG")
    (GasVolume('0.7 bcm'), Energy('36 PJ (net)'), LngMass('2 Mt of LNG'))
    """
    found = _QUANTITY.fullmatch(text.strip())
    if found:
        amount, unit, basis = found["amount"], found["unit"], found["basis"]
        with contextlib.suppress(ValueError):  # not the name of a member
            if unit in _ENERGY_UNITS:
                return Energy(amount, EnergyUnit(unit), CalorificBasis(basis or "unstated"))
            if unit in _GAS_UNITS:
                return GasVolume(amount, GasUnit(unit), _parse_basis(basis) if basis else None)
            if basis is None and unit in _FUEL_UNITS:
                return FuelMass(amount, *_FUEL_UNITS[unit])
            if basis is None:
                return (
                    LngMass(amount, MassUnit(unit[:-7]))
                    if unit.endswith(" of LNG")
                    else OilVolume(amount, OilUnit(unit))
                )
    raise UnexpectedValueError("a quantity", repr(text), "write it as 2 Mt of LNG, 0.7 bcm or 36 PJ (net)")


_ENERGY_UNITS = {unit.value for unit in EnergyUnit}
_GAS_UNITS = {unit.value for unit in GasUnit}
_FUEL_UNITS = {f"{unit} of {family}": (unit, family) for unit in FuelMassUnit for family in FuelFamily}


def _parse_basis(text: str) -> GasBasis:
    calorific, _, reference = text.partition(", ")
    return GasBasis(CalorificBasis(calorific), GasReference(reference))


@attrs.frozen(kw_only=True)
class ConversionSet(Documented):
    """One publisher's factors between mass, volume and energy of gas; factors that were not published stay empty.

    `heat_of_gas` is the energy in a cubic metre of gas, counted at the temperature `reference`. `heat_of_lng` is the
    energy in a tonne of LNG. `gas_from_lng` is the volume of gas from one tonne of LNG. No set is the default: you must
    always choose a set. `further_sources` are the sources of another set that completes this set.
    """

    key: str
    name: str
    heat_of_gas: Energy | None = None
    reference: GasReference | None = None
    heat_of_lng: Energy | None = None
    gas_from_lng: GasVolume | None = None
    source: Source
    further_sources: tuple[Source, ...] = attrs.field(default=(), repr=False)
    note: str = attrs.field(default="", repr=False)

    @property
    def working(self) -> str:
        """The name of the set of factors."""
        return f"conversion: {self}"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the factors come from."""
        return (self.source, *self.further_sources)

    @property
    def calorific(self) -> CalorificBasis | None:
        """Whether the factors refer to gross or net heat; None if no factor states the basis."""
        heats = (self.heat_of_gas, self.heat_of_lng)
        told = [heat.calorific for heat in heats if heat is not None]
        if self.gas_from_lng is not None and self.gas_from_lng.basis is not None:
            told.append(self.gas_from_lng.basis.calorific)
        return next(iter(told), None)

    def completed_by(self, other: ConversionSet) -> ConversionSet:
        """Return this set with its missing factors taken from another set; the result keeps both names and all sources.

        Raises `GasBasisError` if one set states gross heat and the other set states net heat.

        >>> from natoburden.datasets import conversion_set
        >>> both = conversion_set("sabine-pass-filing").completed_by(conversion_set("norwegian-shelf"))
        >>> print(both, "|", both.heat_of_lng, "|", both.heat_of_gas)
        Sabine Pass contract filing, 2012, completed by Norwegian shelf | 52.09 MMBtu (gross) | 40.00 MJ (gross)
        """
        bases = {self.calorific, other.calorific} - {None}
        if len(bases) > 1:
            needed = f"a set that counts heat {self.calorific}"
            raise GasBasisError(f"{self} with {other}", needed, "gross and net factors are not mixed in one set")
        own = self.heat_of_gas is not None
        return ConversionSet(
            key=f"{self.key}+{other.key}",
            name=f"{self}, completed by {other}",
            heat_of_gas=self.heat_of_gas if own else other.heat_of_gas,
            reference=self.reference if own else other.reference,
            heat_of_lng=self.heat_of_lng or other.heat_of_lng,
            gas_from_lng=self.gas_from_lng or other.gas_from_lng,
            source=self.source,
            further_sources=(*self.further_sources, *other.sources),
            note=" ".join(filter(None, (self.note, other.note))),
        )

    def __str__(self) -> str:
        return self.name
