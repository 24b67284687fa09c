"""Figures of a workbook, kept as columns; each figure is checked when read, and becomes an observation on request."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from natoburden.model._figures import Figures, Kind
from natoburden.model._numbers import checked_decimal
from natoburden.model.expenditure import Edition, Measure, Observation
from natoburden.model.memberships import Entity
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Status

__all__ = ["Observed", "Series"]

_SHARES = (Measure.SHARE_OF_GDP, *(measure for measure in Measure if measure.is_category))
_SMALLEST, _LARGEST = -40, 29  # powers of ten that money and rates can always hold


class _Kept:
    """The columns that all series share, in the order of the file."""

    __slots__ = ("figures", "series", "statuses", "years")

    def __init__(self) -> None:
        self.series: list[Series] = []
        self.years: list[int] = []
        self.figures: list[Decimal] = []
        self.statuses: list[Status] = []


class Series:
    """Figures of one kind and one ally or group by year: money, persons, and shares and rates as fractions."""

    __slots__ = ("_is_share", "_kept", "entity", "kind", "places")

    def __init__(self, kind: Kind, entity: Entity, kept: _Kept) -> None:
        self.kind, self.entity = kind, entity
        self.places: dict[int, int] = {}
        self._kept = kept
        self._is_share = kind[0] in _SHARES

    def add(self, year: int, figure: Decimal, status: Status) -> int:
        """Add a figure and return its index in the shared columns.

        Raises `ShareOutOfRangeError`, and `InvalidNumberError` for a figure that is too large or too small.
        """
        if figure and (not _SMALLEST <= figure.adjusted() <= _LARGEST or (self._is_share and not 0 < figure <= 1)):
            self.value(figure)
        kept = self._kept
        place = self.places[year] = len(kept.figures)
        kept.series.append(self)
        kept.years.append(year)
        kept.figures.append(figure)
        kept.statuses.append(status)
        return place

    def differs(self, year: int, figure: Decimal, status: Status) -> bool:
        """Return whether the stored figure or status of a year differs from the given figure or status."""
        place = self.places[year]
        return self._kept.figures[place] != figure or self._kept.statuses[place] is not status

    def value(self, figure: Decimal) -> Money | Share | Rate | Decimal:
        """Return a figure as money, a share, a rate or a plain number, depending on the kind of the series."""
        measure, currency, basis = self.kind
        if currency is not None and basis is not None:
            return Money(figure, currency, basis)
        if self._is_share:
            return Share.fraction(figure)
        return Rate.fraction(figure) if measure.is_change else checked_decimal(figure, "figure")


class Observed:
    """The series of a workbook, by kind and by ally or group."""

    def __init__(self) -> None:
        self._series: dict[tuple[Kind, Entity], Series] = {}
        self._kept = _Kept()

    def __len__(self) -> int:
        return len(self._kept.figures)

    def series(self, kind: Kind, entity: Entity) -> Series:
        """Return the series of one kind and one ally or group; a new series is empty."""
        found = self._series.get((kind, entity))
        if found is None:
            found = self._series[kind, entity] = Series(kind, entity, self._kept)
        return found

    def figures(self, edition: Edition) -> Figures[Observation[Any]]:
        """Return all figures as observations of an edition."""
        kept = self._kept

        def make(place: int) -> Observation[Any]:
            series = kept.series[place]
            return Observation(
                measure=series.kind[0],
                entity=series.entity,
                year=kept.years[place],
                value=series.value(kept.figures[place]),
                status=kept.statuses[place],
                edition=edition,
            )

        places = {row: series.places for row, series in self._series.items() if series.places}
        return Figures(places, len(self), make)
