"""The figures of allies and groups by year, for drawing as lines: estimates are separate, and gaps stay gaps."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators._arguments import expect_table
from natoburden.calculators.targets import aggregate_share
from natoburden.calculators.targets._measured import measure_of
from natoburden.datasets.targets import target as target_with
from natoburden.errors import TargetMismatchError, TooFewError, UnexpectedValueError
from natoburden.model._checks import member
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Entity, EntityLike, Group, find_entity
from natoburden.model.shares import Rate, Share
from natoburden.model.spending_commitments import Target
from natoburden.presentation.charts._style import percent_axis
from natoburden.presentation.formatting import format_number, format_rate, format_share
from natoburden.presentation.messages import Translate

__all__ = [
    "Series",
    "checked_targets",
    "drawn_measure",
    "entities_of",
    "marked_axis",
    "series_of",
    "title_of",
    "written",
]


@attrs.frozen(kw_only=True)
class Series:
    """One ally's or group's figures by year, the years that are estimates, and the observations or results used."""

    entity: Entity
    values: Mapping[int, Any]
    estimates: frozenset[int]
    rests_on: tuple[Any, ...]

    @property
    def last(self) -> tuple[float, float]:
        """The last year with a figure, and the figure of that year."""
        year = max(self.values)
        return float(year), height(self.values[year])

    def lines(self) -> tuple[list[int], list[float], list[float]]:
        """Return years, outcomes and estimates; estimates begin at the last outcome, which keeps the line unbroken."""
        years = list(range(min(self.values), max(self.values) + 1))
        firm = [self._height(year) if year not in self.estimates else math.nan for year in years]
        open_ = [self._height(year) if {year, year + 1} & self.estimates else math.nan for year in years]
        return years, firm, open_

    def _height(self, year: int) -> float:
        return height(self.values[year]) if year in self.values else math.nan


def height(value: Any) -> float:
    """Return a figure as a plain number for an axis, in percent if it is a share or a rate."""
    if isinstance(value, Share | Rate):
        return float(value.as_percent)
    return float(value)


def written(value: Any, locale: str) -> str:
    """Return a figure as text for a label."""
    if isinstance(value, Share):
        return format_share(value, 2, locale=locale)
    if isinstance(value, Rate):
        return format_rate(value, locale=locale)
    return format_number(Decimal(str(height(value))), 1, locale=locale, trim=True)


def drawn_measure(measure: Measure | str) -> Measure:
    """Return a measure that lines can show: a share, a rate or persons; raises an error for amounts of money."""
    found = member(Measure, measure)
    if found in _AMOUNTS:
        hint = "draw a share, a rate of change or military personnel; amounts have a currency and a price basis each"
        raise UnexpectedValueError("a measure to draw over time", found.name.lower(), hint)
    return found


_AMOUNTS = (Measure.EXPENDITURE, Measure.GDP, Measure.EXPENDITURE_PER_CAPITA, Measure.GDP_PER_CAPITA)


def entities_of(allies: EntityLike | Iterable[EntityLike]) -> tuple[Entity, ...]:
    """Return the allies and groups to draw, without repetitions; one ally or group may be given without a list."""
    given = (allies,) if isinstance(allies, str | Country | Group) else allies
    if not isinstance(given, Iterable):
        raise UnexpectedValueError("allies to draw", repr(given), 'give several: ["POL", "DEU", "NATO Europe"]')
    return tuple(dict.fromkeys(map(find_entity, given)))


def checked_targets(targets: Iterable[Target | str] | Target | str, measure: Measure) -> tuple[Target, ...]:
    """Return targets, which may be given by key; raises `TargetMismatchError` for a target of another measure."""
    given = (targets,) if isinstance(targets, str) or not isinstance(targets, Iterable) else tuple(targets)
    found = tuple(target_with(each) if isinstance(each, str) else each for each in given)
    for each in found:
        if measure_of(each) is not measure:
            raise TargetMismatchError(str(each), f"a target that is measured by the {measure}")
    return found


def series_of(
    table: ExpenditureTable, entities: Sequence[Entity], measure: Measure, since: int | None
) -> tuple[Series, ...]:
    """Return the figures of each ally or group by year; raises `TooFewError` for an ally or group without a figure.

    If the table has no row for a group, its figures are totals of its members. Such totals exist only for shares of
    GDP.
    """
    expect_table(table)
    if not entities:
        raise TooFewError("a chart over time", 0, 1)
    return tuple(_series(table, entity, measure, since) for entity in entities)


def _series(table: ExpenditureTable, entity: Entity, measure: Measure, since: int | None) -> Series:
    figures: list[tuple[int, Any, bool, Any]] = [
        (item.year, item.value, item.is_estimate, item) for item in table.select(measure=measure, entity=entity)
    ]
    if not figures and measure is Measure.SHARE_OF_GDP and isinstance(entity, Group):
        figures = [_of_group(table, entity, year) for year in table.years]
    kept = [figure for figure in figures if since is None or figure[0] >= since]
    if not kept:
        raise TooFewError(f"years of {entity} with a {measure}", 0, 1)
    return Series(
        entity=entity,
        values={year: value for year, value, _open, _item in kept},
        estimates=frozenset(year for year, _value, is_open, _item in kept if is_open),
        rests_on=tuple(item for *_rest, item in kept),
    )


def _of_group(table: ExpenditureTable, group: Group, year: int) -> tuple[int, Share, bool, Any]:
    found = aggregate_share(table, group, year)
    return year, found.share, any(item.is_estimate for item in found.inputs), found


def marked_axis(axis: Any, values: Iterable[Any], _: Translate) -> None:
    """Write the ticks of an axis as percentages for shares and rates, and as plain numbers for persons."""
    if any(isinstance(value, Share | Rate) for value in values):
        percent_axis(axis, locale=_.locale)
    else:
        axis.set_major_formatter(
            lambda value, _at: format_number(Decimal(str(round(value, 4))), 2, locale=_.locale, trim=True)
        )


def title_of(measure: Measure, year: int, edition: str, has_estimates: bool, _: Translate) -> str:
    """Return the title of a chart of one year: the measure, the year, the edition, and a remark on estimates."""
    what = _(str(measure))
    lines = _("{what}, {year}\nedition {edition}")
    if has_estimates:
        lines = _("{what}, {year}\nedition {edition}; with estimates")
    return lines.format(what=what[:1].upper() + what[1:], year=year, edition=edition)
