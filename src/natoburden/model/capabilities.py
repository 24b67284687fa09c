"""Capability areas: one taxonomy, and how SIPRI's and the EU's vocabularies map onto it."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from natoburden.model._terms import Term
from natoburden.model._vocabulary import read_vocabulary

__all__ = ["CapabilityArea", "InteroperabilityArea", "cpv_areas", "sipri_area"]


class CapabilityArea(Term):
    """The military capability that a purchase serves; this taxonomy of the library is coarse enough for every source.

    ``AIRCRAFT`` is for sources that do not state the kind of aircraft; each kind lies `within` ``AIRCRAFT``.
    ``LONG_RANGE_FIRES`` lies within ``ARTILLERY``. No register of arms covers ``ARTIFICIAL_INTELLIGENCE`` or ``CYBER``.

    >>> CapabilityArea.COMBAT_AIRCRAFT.within
    CapabilityArea.AIRCRAFT
    """

    AIRCRAFT = "aircraft"
    COMBAT_AIRCRAFT = "combat aircraft"
    HELICOPTERS = "helicopters"
    MARITIME_PATROL_AIRCRAFT = "maritime patrol aircraft"
    UNCREWED_AIRCRAFT = "uncrewed aircraft"
    OTHER_AIRCRAFT = "other aircraft"
    ARMOURED_VEHICLES = "armoured vehicles"
    ARTILLERY = "artillery"
    LONG_RANGE_FIRES = "long-range fires"
    AIR_AND_MISSILE_DEFENCE = "air and missile defence"
    MISSILES = "missiles"
    AMMUNITION = "ammunition"
    NAVAL_VESSELS = "naval vessels"
    NAVAL_WEAPONS = "naval weapons"
    ENGINES = "engines"
    SENSORS = "sensors"
    SPACE = "space"
    ELECTRONIC_SYSTEMS = "electronic systems"
    ARTIFICIAL_INTELLIGENCE = "artificial intelligence"
    CYBER = "cyber"
    OTHER = "other"

    @property
    def within(self) -> CapabilityArea | None:
        """The wider area that contains this area; None for an area that no wider area contains."""
        return _WITHIN.get(self)

    def covers(self, area: CapabilityArea) -> bool:
        """Return whether another area is the same as this area or lies within this area."""
        return self in (area, area.within)


_WITHIN = {
    CapabilityArea.COMBAT_AIRCRAFT: CapabilityArea.AIRCRAFT,
    CapabilityArea.HELICOPTERS: CapabilityArea.AIRCRAFT,
    CapabilityArea.MARITIME_PATROL_AIRCRAFT: CapabilityArea.AIRCRAFT,
    CapabilityArea.UNCREWED_AIRCRAFT: CapabilityArea.AIRCRAFT,
    CapabilityArea.OTHER_AIRCRAFT: CapabilityArea.AIRCRAFT,
    CapabilityArea.LONG_RANGE_FIRES: CapabilityArea.ARTILLERY,
}


class InteroperabilityArea(Term):
    """The four areas in which American officials asked for closer interoperability (wire report, February 2025)."""

    MISSILE_SYSTEMS = "missile systems"
    AMMUNITION = "ammunition"
    ARTIFICIAL_INTELLIGENCE = "artificial intelligence"
    CYBER = "cyber"

    @property
    def areas(self) -> tuple[CapabilityArea, ...]:
        """The capability areas that make up the interoperability area."""
        return _INTEROPERABILITY[self]

    @property
    def is_covered(self) -> bool:
        """Whether registers of arms cover the area: registers list equipment, but neither software nor cyber."""
        return self in (InteroperabilityArea.MISSILE_SYSTEMS, InteroperabilityArea.AMMUNITION)


_INTEROPERABILITY = {
    InteroperabilityArea.MISSILE_SYSTEMS: (
        CapabilityArea.AIR_AND_MISSILE_DEFENCE,
        CapabilityArea.LONG_RANGE_FIRES,
        CapabilityArea.MISSILES,
    ),
    InteroperabilityArea.AMMUNITION: (CapabilityArea.AMMUNITION,),
    InteroperabilityArea.ARTIFICIAL_INTELLIGENCE: (CapabilityArea.ARTIFICIAL_INTELLIGENCE,),
    InteroperabilityArea.CYBER: (CapabilityArea.CYBER,),
}


def sipri_area(description: str, category: str = "") -> CapabilityArea | None:
    """Return the capability area for SIPRI's weapon description; None if unknown.

    If the description is unknown, SIPRI's armament category decides. The function recognises SIPRI's abbreviated
    descriptions and SIPRI's full descriptions.

    >>> print(sipri_area("SAM system"), "|", sipri_area("a new wording", "Aircraft"), "|", sipri_area("a new wording"))
    air and missile defence | aircraft | None
    """
    found = _mapped().get(("SIPRI description", description.strip().casefold())) or _mapped().get(
        ("SIPRI category", category.strip().casefold())
    )
    return found[0] if found else None


def cpv_areas(code: str) -> tuple[CapabilityArea, ...]:
    """Return the capability areas that a code in division 35 of the EU's procurement vocabulary (CPV) may mean.

    A group of division 35 can contain several capability areas; for such a group, all its areas are returned. The code
    may end with its check digit. Codes outside the military groups return no areas.

    >>> [area.value for area in cpv_areas("35600000-3")], [area.value for area in cpv_areas("35723000")]
    (['aircraft', 'missiles', 'space'], ['sensors'])
    """
    digits = code.strip().partition("-")[0]
    return _mapped().get(("CPV", digits)) or _mapped().get(("CPV", digits[:3]), ())


@functools.cache
def _mapped() -> Mapping[tuple[str, str], tuple[CapabilityArea, ...]]:
    return {
        (row["scheme"], row["code"].casefold()): tuple(map(CapabilityArea, row["areas"].split("; ")))
        for row in read_vocabulary("capability_areas.csv")
    }
