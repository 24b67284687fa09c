"""Units of energy, gas, oil and mass, which can be given as members or as texts."""

from __future__ import annotations

from natoburden.model._checks import spelled
from natoburden.model._terms import Term

__all__ = [
    "CoalUnit",
    "EnergyUnit",
    "FuelMassUnit",
    "GasUnit",
    "MassUnit",
    "OilUnit",
    "to_energy_unit",
    "to_fuel_mass_unit",
    "to_gas_unit",
    "to_mass_unit",
    "to_oil_unit",
]


class EnergyUnit(Term):
    """A unit of energy; ``MMBTU`` is a million Btu, the unit of gas trade, and ``TBTU`` is a million ``MMBTU``."""

    MJ = "MJ"
    GJ = "GJ"
    TJ = "TJ"
    PJ = "PJ"
    MWH = "MWh"
    GWH = "GWh"
    TWH = "TWh"
    THERM = "therm"
    MMBTU = "MMBtu"
    TBTU = "TBtu"
    TOE = "toe"
    KTOE = "ktoe"
    MTOE = "Mtoe"
    BOE = "boe"


class GasUnit(Term):
    """A unit of gas volume: ``MCM`` is a million and ``BCM`` a billion cubic metres.

    ``MCF`` is a thousand, ``MMCF`` a million and ``BCF`` a billion cubic feet, in the notation of the American trade.
    """

    M3 = "m³"
    MCM = "mcm"
    BCM = "bcm"
    MCF = "Mcf"
    MMCF = "MMcf"
    BCF = "bcf"


class OilUnit(Term):
    """A unit of oil volume; a barrel of oil has 42 American gallons."""

    BARREL = "barrel"
    THOUSAND_BARRELS = "thousand barrels"
    GALLON = "gallon"
    CUBIC_METRE = "m³ of oil"


class MassUnit(Term):
    """A unit of the mass of LNG: tonnes or million tonnes."""

    T = "t"
    MT = "Mt"


class CoalUnit(Term):
    """A unit in prices of coal: the tonne of coal, which is kept apart from the tonne of LNG."""

    T = "t of coal"


class FuelMassUnit(Term):
    """A unit of mass of fuels other than LNG: tonnes, thousand tonnes (Eurostat's unit) or million tonnes."""

    T = "t"
    KT = "kt"
    MT = "Mt"


def to_energy_unit(unit: EnergyUnit | str) -> EnergyUnit:
    return spelled(EnergyUnit, unit)


def to_gas_unit(unit: GasUnit | str) -> GasUnit:
    return spelled(GasUnit, unit)


def to_oil_unit(unit: OilUnit | str) -> OilUnit:
    return spelled(OilUnit, unit)


def to_mass_unit(unit: MassUnit | str) -> MassUnit:
    return spelled(MassUnit, unit)


def to_fuel_mass_unit(unit: FuelMassUnit | str) -> FuelMassUnit:
    return spelled(FuelMassUnit, unit)
