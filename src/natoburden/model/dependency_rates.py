"""Published rates of energy import dependency."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

import attrs

from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._figures import spans
from natoburden.model._numbers import checked_year
from natoburden.model.energy import AnyFuel, Fuel, Place, PlaceLike, find_place, status_of
from natoburden.model.shares import Rate
from natoburden.model.sources import Source, Status

__all__ = ["DependencyRate", "DependencyRates"]


@attrs.frozen(kw_only=True)
class DependencyRate:
    """A published rate of energy import dependency; below 0 % for a net exporter, above 100 % when stocks are built."""

    place: Place
    fuel: AnyFuel
    year: int
    rate: Rate | None
    flags: str = ""
    source: Source = attrs.field(repr=False)

    @property
    def status(self) -> Status:
        """How firm the figure is, by its flags."""
        return status_of(self.flags)


@attrs.frozen(kw_only=True)
class DependencyRates:
    """Published rates of dependency, looked up by place, year and fuel; a missing one raises `NoObservationError`."""

    edition: str
    items: tuple[DependencyRate, ...] = attrs.field(repr=lambda items: f"<{len(items)} rates>")

    def __attrs_post_init__(self) -> None:
        if len(self._cells) < len(self.items):
            raise UnexpectedValueError("rates of dependency", self.edition, "two figures stand for one cell")

    @functools.cached_property
    def _cells(self) -> Mapping[tuple[Place, int, AnyFuel], DependencyRate]:
        return {(item.place, item.year, item.fuel): item for item in self.items}

    def __iter__(self) -> Iterator[DependencyRate]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def rate(self, place: PlaceLike, year: int, fuel: AnyFuel = Fuel.ALL) -> Rate:
        """Return a published rate, of all fuels unless you name one."""
        where = find_place(place)
        found = self._cells.get((where, checked_year(year), fuel))
        if found is None or found.rate is None:
            years = spans(item.year for item in self.items if (item.place, item.fuel) == (where, fuel) and item.rate)
            raise NoObservationError(
                f"dependency rate of {fuel}", str(where), year, self.edition, f"{where}: {years or 'no year'}"
            )
        return found.rate
