"""Outlines of Europe's countries, for a map."""

from __future__ import annotations

from collections.abc import Mapping

from natoburden._once import once
from natoburden.datasets._files import editions
from natoburden.model.sources import Source

__all__ = ["outlines", "outlines_source"]

_MANIFEST, _KEY = "map/shapes.toml", "natural-earth-50m"


def outlines_source() -> Source:
    """Return the source of the outlines."""
    return editions(_MANIFEST)[_KEY].source


@once
def outlines() -> Mapping[str, tuple[tuple[tuple[float, float], ...], ...]]:
    """Return outlines by alpha-3 code: for each part of a country, its points in degrees east and north.

    >>> len(outlines()["ITA"])
    3
    """
    found: dict[str, list[tuple[tuple[float, float], ...]]] = {}
    for row in editions(_MANIFEST)[_KEY].rows():
        degrees = [float(number) for number in row["outline"].split()]
        points = tuple(zip(degrees[::2], degrees[1::2], strict=True))
        found.setdefault(row["country"], []).append(points)
    return {country: tuple(parts) for country, parts in found.items()}
