"""Figures that stay columns until somebody asks for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar, overload

__all__ = ["Figures"]

K = TypeVar("K")
T_co = TypeVar("T_co", covariant=True)


class Figures(Sequence[T_co], Generic[K, T_co]):
    """A sequence of figures, found by series and year; each is made when it is first asked for.

    `series` maps what a series counts to the place of each year's figure, and `make` makes the figure of a place.
    """

    __slots__ = ("_made", "_make", "series")

    def __init__(self, series: Mapping[K, Mapping[int, int]], count: int, make: Callable[[int], T_co]) -> None:
        self.series = series
        self._make = make
        self._made: list[T_co | None] = [None] * count

    @classmethod
    def of(cls, figures: Sequence[T_co], key: Callable[[T_co], tuple[K, int]]) -> Figures[K, T_co]:
        """Return figures that are made already; `key` tells the series and the year of each."""
        series: dict[K, dict[int, int]] = {}
        for place, figure in enumerate(figures):
            row, year = key(figure)
            series.setdefault(row, {})[year] = place
        return cls(series, len(figures), figures.__getitem__)

    def __len__(self) -> int:
        return len(self._made)

    @overload
    def __getitem__(self, place: int) -> T_co: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, place: int | slice) -> T_co | tuple[T_co, ...]:
        if isinstance(place, slice):
            return tuple(self[number] for number in range(*place.indices(len(self))))
        found = self._made[place]
        if found is None:
            found = self._made[place] = self._make(place)
        return found

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Figures):
            return NotImplemented
        return self is other or (len(self) == len(other) and tuple(self) == tuple(other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.series, len(self), tuple(self).__getitem__)
