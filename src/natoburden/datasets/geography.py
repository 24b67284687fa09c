"""The geography of allies: their capitals, and the pairs of allies that share a land border."""

from __future__ import annotations

from decimal import Decimal

from natoburden._once import once
from natoburden.datasets._files import editions
from natoburden.model._numbers import divide
from natoburden.model.countries import Country
from natoburden.model.geography import Capital, LandBorder

__all__ = ["capitals", "land_borders"]

_MANIFEST = "geography/manifest.toml"


@once
def capitals() -> tuple[Capital, ...]:
    """Return the capitals of the 32 Allies with their coordinates, from the CIA's World Factbook.

    Coordinates are printed in whole minutes, which is accurate to a nautical mile.

    >>> print(*(capital for capital in capitals() if capital.country.alpha_3 in ("POL", "USA")), sep="; ")
    Warsaw, Poland: 52.25, 21; Washington, D.C., United States: 38.8833, -77.0333
    """
    file = editions(_MANIFEST)["capitals"]
    return tuple(
        Capital(
            country=Country(row["country"]),
            name=row["capital"],
            latitude=_degrees(row["latitude"]),
            longitude=_degrees(row["longitude"]),
            source=file.source,
        )
        for row in file.rows()
    )


@once
def land_borders() -> tuple[LandBorder, ...]:
    """Return the pairs of Allies that share a land border, from the CIA's World Factbook.

    Iceland shares no border with an ally. In this list, the United Kingdom shares no border with an ally, since the
    border of Gibraltar is left out. Canada and Denmark share a border on an island off Greenland.

    >>> [str(border.other) for border in land_borders() if border.one.alpha_3 == "LTU"]
    ['Latvia', 'Poland']
    """
    file = editions("borders/manifest.toml")["world-factbook-2026"]
    allies = {row["country"] for row in file.rows()}
    pairs = sorted(
        {
            tuple(sorted((row["country"], row["neighbour"])))
            for row in file.rows()
            if row["neighbour"] in allies and not row["territory"]
        }
    )
    return tuple(LandBorder(one=Country(one), other=Country(other), source=file.source) for one, other in pairs)


def _degrees(printed: str) -> Decimal:
    """Return degrees and minutes, such as ``52 15 N``, as decimal degrees; south and west are negative."""
    degrees, minutes, side = printed.split()
    size = Decimal(degrees) + divide(Decimal(minutes), Decimal(60))
    return -size if side in "SW" else size
