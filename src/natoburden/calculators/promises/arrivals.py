"""When a target would be met, by promises alone and by the recent trend; and whether a plan is credible."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

import attrs

from natoburden.calculators._arguments import checked_target, expect_table, number_of_years, warn_of_definition
from natoburden.calculators._editions import check_one_edition
from natoburden.calculators.findings import Finding, Findings, listed, or_none, yes_or_no
from natoburden.calculators.promises._reading import checked_core_target
from natoburden.calculators.promises.stated import StatedPath
from natoburden.calculators.results import Projection
from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import checked_year, divide
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.spending_commitments import Target, TargetLike

__all__ = ["Arrival", "Credibility", "arrival", "credibility"]


@attrs.frozen(kw_only=True)
class Arrival(Projection):
    """When a country would meet a target: by its promises, and by the trend of its shares.

    `on_promises` and `on_trend` are years, or None if the target would never be met. `on_promises` uses the low end of
    the path.
    """

    country: Country
    target: Target
    on_promises: int | None
    on_trend: int | None
    trend: PercentagePoints
    trend_years: int

    def lateness(self, year: int | None) -> int | None:
        """Return the number of years from the target's deadline to a later year; 0 for an earlier year.

        Returns None if `year` is None.
        """
        if year is None:
            return None
        return max(0, year - (self.target.due_from or year))

    @property
    def headline(self) -> str:
        return f"When {self.country} would meet the {self.target}"

    @property
    def formula(self) -> str:
        return (
            "on promises: the first year in which the low end of the stated path reaches the target; on the trend: "
            f"the present share plus {self.trend} a year, the mean change of the last {self.trend_years} years"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("on promises", self.on_promises, self._told),
            Finding("on the trend", self.on_trend, self._told),
        )

    def _told(self, year: int | None) -> str:
        late = self.lateness(year)
        return "never" if late is None else f"{year}, {f'{late} year{_plural(late)} late' if late else 'in time'}"


def _plural(number: int) -> str:
    return "" if number == 1 else "s"


def arrival(
    table: ExpenditureTable,
    stated: StatedPath,
    target: TargetLike,
    *,
    trend_years: int = 5,
    mixed_editions_ok: bool = False,
    mixed_definitions_ok: bool = False,
) -> Arrival:
    """Compute when a country would meet a target: by its promises, and by the recent trend of its shares.

    The trend is the mean yearly change in percentage points over `trend_years` years, up to the year from which the
    path starts. The trend uses the most precise shares that the edition has. If the published share, at two decimals,
    already meets the target, the target is met in the year of that share.

    Raises `TargetMismatchError` for a target that is not of core expenditure, and `InvalidNumberError` for less than
    one year of trend. Raises `NoObservationError` if the table does not go back far enough. Raises `MixedEditionsError`
    if the path and the table are from different editions, unless ``mixed_editions_ok=True``. Warns with
    `MixedDefinitionsWarning` if the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> import datetime as dt
    >>> from natoburden.calculators.promises.stated import stated_path
    >>> from natoburden.datasets import commitments, defence_expenditure
    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> table = defence_expenditure("2026-07")
    >>> path = stated_path(table, commitments(), "SVN", on=dt.date(2026, 7, 1))
    >>> when = arrival(table, path, HAGUE_CORE)
    >>> when.on_promises, when.on_trend, str(when.trend)
    (None, 2052, '+0.07 pp')
    """
    expect_table(table)
    expect(stated, StatedPath, "a stated path", "lay one: natoburden.promises.stated_path(...)")
    number_of_years(trend_years, "years of trend")
    warn_of_definition([table], acknowledged=mixed_definitions_ok)
    goal = checked_core_target(target)
    share = goal.share
    year = stated.first_year
    then = table.share_of_gdp(stated.country, year - trend_years)
    check_one_edition((*stated.inputs, then), mixed_editions_ok=mixed_editions_ok)
    change = stated.start - then.value
    trend = PercentagePoints(divide(change.value, Decimal(trend_years)))
    is_met = stated.start.published() >= share
    reached = (when for when, promised in stated.shares.items() if promised.low >= share)
    return Arrival(
        country=stated.country,
        target=goal,
        on_promises=year if is_met else next(reached, None),
        on_trend=year if is_met else _on_trend(stated.start, year, trend, share),
        trend=trend,
        trend_years=trend_years,
        inputs=(*stated.inputs, then),
    )


def _on_trend(share: Share, year: int, trend: PercentagePoints, target: Share) -> int | None:
    """Return the year in which a share reaches a higher target, if the share rises by equal points a year."""
    lacking = target - share
    if trend.value <= 0:
        return None
    return year + int(divide(lacking.value, trend.value).to_integral_value(ROUND_CEILING))


@attrs.frozen(kw_only=True)
class Credibility(Projection):
    """Whether a yearly plan never falls and reaches its target in time."""

    target: Target
    plan: Mapping[int, Share] = attrs.field(hash=False)
    falls_in: tuple[int, ...]
    reached_in: int | None
    steepest: tuple[int, PercentagePoints] | None

    @property
    def is_credible(self) -> bool:
        """Whether the plan never falls and reaches its target in time."""
        return not self.falls_in and self.reached_in is not None

    @property
    def headline(self) -> str:
        return f"A yearly plan from {min(self.plan)} to {max(self.plan)}, and the {self.target}"

    @property
    def formula(self) -> str:
        by = f" by {self.target.deadline}" if self.target.deadline else ""
        return f"credible if no year's share is below the year before's, and {self.target.share} is reached{by}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("credible", self.is_credible, yes_or_no),
            Finding("falls in", self.falls_in, lambda years: listed(years) or "no year"),
            Finding("reaches the target in", self.reached_in, or_none(str, "no year in time")),
            Finding("steepest rise", self.steepest, or_none(_rise, "one year only")),
        )


def _rise(rise: tuple[int, PercentagePoints]) -> str:
    year, points = rise
    return f"{points} in {year}"


def credibility(plan: Mapping[int, Share], target: TargetLike) -> Credibility:
    """Compute whether a yearly plan is credible: it never falls, and reaches its target in time.

    The Hague declaration gives no formula. Here, a plan is credible if no year's share is below the share of the year
    before, and if the plan reaches the target by its deadline. `plan` maps years to shares, as ``path(...).by_year``
    does. The result shows the steepest rise, because a plan that postpones the whole rise to its last year is also
    credible. Raises `UnexpectedValueError` for an empty plan, and for values that are not shares.

    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> plan = {2026: Share.percent("2.5"), 2030: Share.percent("2.4"), 2035: Share.percent("3.5")}
    >>> result = credibility(plan, HAGUE_CORE)
    >>> result.is_credible, result.falls_in, result.reached_in
    (False, (2030,), 2035)
    """
    expect(plan, Mapping, "a plan", "give a mapping of years to shares: path(...).by_year")
    goal = checked_target(target)
    for year, share in plan.items():
        checked_year(year)
        expect(share, Share, f"the share of {year}", "write Share.percent('2.5')")
    if not plan:
        raise UnexpectedValueError("a plan", "an empty mapping", "give at least one year with its share")
    years = sorted(plan)
    rises = {year: plan[year] - plan[before] for before, year in itertools.pairwise(years)}
    in_time = (year for year in years if goal.deadline is None or year <= goal.deadline)
    steepest = max(rises, key=lambda year: rises[year], default=None)
    return Credibility(
        target=goal,
        plan=dict(sorted(plan.items())),
        falls_in=tuple(year for year, rise in rises.items() if rise.value < 0),
        reached_in=next((year for year in in_time if goal.is_met_by(plan[year])), None),
        steepest=None if steepest is None else (steepest, rises[steepest]),
    )
