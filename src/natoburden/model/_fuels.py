"""Fuels by the codes of the standard classification (SIEC), and by their names."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import TypeAlias

import attrs

from natoburden.model._checks import exactly, member
from natoburden.model._terms import Term

__all__ = ["AnyFuel", "Fuel", "FuelLike", "OtherFuel", "find_fuel", "fuel_named"]


class Fuel(Term):
    """A fuel, identified by Eurostat's code in the standard classification of energy products (SIEC).

    ``GAS`` is natural gas including LNG, and ``LNG`` is liquefied natural gas alone. ``PIPELINE_GAS`` is natural gas
    without LNG, and Eurostat has no code for it. ``DISTILLATE`` is gas oil and diesel, which is nearly the same as
    distillate fuel oil in American tables. Energy deals so far cover gas only.
    """

    GAS = "G3000"
    LNG = "G3200"
    PIPELINE_GAS = "G3000-G3200"
    OIL = "O4000XBIO"
    CRUDE = "O4100_TOT"
    DISTILLATE = "O4671XR5220B"
    SOLID = "C0000X0350-0370"
    ALL = "TOTAL"

    @classmethod
    def find(cls, fuel: Fuel | str) -> Fuel:
        """Return a fuel by its code or name, in capitals or not; raises `UnknownNameError` with the valid codes.

        >>> Fuel.find("lng").value, Fuel.find("crude oil").value
        ('G3200', 'O4100_TOT')
        """
        return _by_name().get(str(fuel).strip().casefold()) or member(cls, fuel)

    @property
    def label(self) -> str:
        """The fuel in words."""
        return _FUELS[self]

    def __str__(self) -> str:
        return self.label


_FUELS = {
    Fuel.GAS: "natural gas (LNG included)",
    Fuel.LNG: "LNG",
    Fuel.PIPELINE_GAS: "pipeline gas",
    Fuel.OIL: "oil and petroleum products",
    Fuel.CRUDE: "crude oil",
    Fuel.DISTILLATE: "gas oil and diesel (distillate)",
    Fuel.SOLID: "solid fossil fuels",
    Fuel.ALL: "all fuels",
}


@functools.cache
def _by_name() -> Mapping[str, Fuel]:
    return {
        text.casefold(): fuel
        for fuel in Fuel
        for text in (fuel.value, fuel.name, fuel.name.replace("_", " "), str(fuel))
    }


@attrs.frozen(order=True)
class OtherFuel:
    """A fuel that the library does not know, with its code in the source."""

    code: str = attrs.field(validator=exactly(str, "a code"))

    @property
    def value(self) -> str:
        """The code of the fuel in its source."""
        return self.code

    def __str__(self) -> str:
        return self.code


AnyFuel: TypeAlias = Fuel | OtherFuel
FuelLike: TypeAlias = Fuel | OtherFuel | str


def find_fuel(code: str) -> AnyFuel:
    """Return the fuel with a code of the standard classification; an unknown code becomes an `OtherFuel`.

    >>> find_fuel("G3200").value, find_fuel("RA000")
    ('G3200', OtherFuel(code='RA000'))
    """
    known = {fuel.value: fuel for fuel in Fuel}
    return known.get(code) or OtherFuel(code)


def fuel_named(fuel: FuelLike) -> AnyFuel:
    """Return a fuel, given as a `Fuel`, a code or a name, in capitals or not; an unknown code becomes an `OtherFuel`.

    >>> fuel_named("lng").value, fuel_named("crude oil").value, fuel_named("RA000")
    ('G3200', 'O4100_TOT', OtherFuel(code='RA000'))
    """
    if not isinstance(fuel, str):
        return fuel
    return _by_name().get(fuel.strip().casefold()) or OtherFuel(fuel)
