"""Figures that are kept as columns, and built only when somebody asks for them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar, overload

from natoburden.errors._root import listed
from natoburden.model.memberships import Entity
from natoburden.model.money import Currency, PriceBasis

__all__ = ["Figures", "Kind", "spans"]

T_co = TypeVar("T_co", covariant=True)

Kind: TypeAlias = tuple[Any, Currency | None, PriceBasis | None]  # a measure, with currency and price basis for amounts


class Figures(Sequence[T_co]):
    """A sequence of figures that are found by kind, entity and year; each figure is built when it is first read.

    `series` maps a kind and an entity to the positions of their figures by year. `make` builds the figure at a
    position.
    """

    __slots__ = ("_made", "_make", "series")

    def __init__(
        self, series: Mapping[tuple[Kind, Entity], Mapping[int, int]], count: int, make: Callable[[int], T_co]
    ) -> None:
        self.series = series
        self._make = make
        self._made: list[T_co | None] = [None] * count

    @classmethod
    def of(cls, figures: Iterable[T_co], row: Callable[[T_co], tuple[Kind, Entity, int]]) -> Figures[T_co]:
        """Return a sequence of ready figures; `row` returns the kind, entity and year of a figure."""
        made = tuple(figures)
        series: dict[tuple[Kind, Entity], dict[int, int]] = {}
        for place, (kind, entity, year) in enumerate(map(row, made)):
            series.setdefault((kind, entity), {})[year] = place
        return cls(series, len(made), made.__getitem__)

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

    def there_is(self, kind: Kind, entity: Entity) -> tuple[str, str]:
        """Return a kind in words, and the available figures: of the entity, or else of other rows or related kinds."""
        rows = {row: years for (other, row), years in self.series.items() if other == kind}
        if entity in rows:
            return _in_words(kind), f"{entity}: {spans(rows[entity])}"
        if rows:
            return _in_words(
                kind
            ), f"{len(rows)} other row{'s' if len(rows) > 1 else ''}, {spans(set().union(*rows.values()))}"
        known = {other for other, _ in self.series if other[0] is kind[0]}
        alike = {other for other in known if other[1] == kind[1]} or known  # in the wanted currency, if there are any
        return _in_words(kind), listed(sorted(map(_in_words, alike)), most=4) or "nothing of this measure"


def _in_words(kind: Kind) -> str:
    measure, currency, basis = kind
    return f"{measure}{f' in {currency}' if currency else ''}{f' at {basis}' if basis else ''}"


def spans(years: Iterable[int]) -> str:
    """Return years as text, with consecutive years joined into spans.

    >>> spans([2014, 2015, 2016, 2018])
    '2014-2016, 2018'
    """
    spans: list[list[int]] = []
    for year in sorted(set(years)):
        if spans and spans[-1][-1] == year - 1:
            spans[-1][1:] = [year]
        else:
            spans.append([year])
    return ", ".join("-".join(map(str, span)) for span in spans)
