"""Whether revisions could have been predicted: regressions with cluster-robust errors."""

from __future__ import annotations

import enum
from collections.abc import Hashable, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple, TypeAlias, get_args

import attrs

from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.calculators.simulation.real_time import Vintage, Vintages
from natoburden.errors import MissingExtraError, TooFewError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import expect

__all__ = ["Cluster", "RevisionRegression", "RevisionTest", "mincer_zarnowitz", "news_or_noise"]

Cluster: TypeAlias = Literal["ally", "year"]

_FEWEST_CLUSTERS = 4  # two restrictions, and more clusters than those
_RESTRICTIONS = 2


class RevisionTest(enum.Enum):
    """A test of revisions: its regression and its null hypothesis."""

    EFFICIENCY = "outcome on estimate"
    NEWS = "revision on estimate"
    NOISE = "revision on outcome"

    def __str__(self) -> str:
        return self.value


_NULLS = {
    RevisionTest.EFFICIENCY: "intercept 0 and slope 1: estimates are unbiased and efficient",
    RevisionTest.NEWS: "intercept 0 and slope 0: the estimate does not predict its revision (news)",
    RevisionTest.NOISE: "intercept 0 and slope 0: the revision is unrelated to the outcome (noise)",
}


class _Fit(NamedTuple):
    intercept: float
    slope: float
    errors: tuple[float, float]
    statistic: float
    p: float
    clusters: int


@attrs.frozen(kw_only=True)
class RevisionRegression(TableResult):
    """A least-squares line with cluster-robust errors, and a joint test of its intercept and slope.

    Shares are in percent, and the intercept is in percentage points. `p` is from an F test of the joint null hypothesis
    in `null`. The F test's denominator has as many degrees of freedom as there are clusters, minus one.
    """

    note = (
        "Few editions carry little power: the allies of one year share its shocks, so that years, not rows, are what "
        "there is to learn from. A large p does not show that estimates are efficient."
    )

    test: RevisionTest
    observations: int
    cluster_by: str
    clusters: int
    editions: tuple[str, ...]
    intercept: Decimal
    slope: Decimal
    intercept_error: Decimal
    slope_error: Decimal
    statistic: Decimal
    p: Decimal

    @property
    def null(self) -> str:
        """The null hypothesis."""
        return _NULLS[self.test]

    @property
    def headline(self) -> str:
        return f"{str(self.test).capitalize()}: {self.observations} shares of {len(self.editions)} editions"

    @property
    def formula(self) -> str:
        return (
            f"least squares; covariance robust to clusters by {self.cluster_by}, (G / (G - 1)) x ((N - 1) / (N - 2)); "
            f"Wald test of both coefficients, F(2, {self.clusters - 1}), upper tail"
        )

    @property
    def findings(self) -> Findings:
        write = places(3)
        return (
            Finding("null", self.null),
            Finding("intercept", self.intercept, write),
            Finding("its standard error", self.intercept_error, write),
            Finding("slope", self.slope, write),
            Finding("its standard error", self.slope_error, write),
            Finding(f"clusters, by {self.cluster_by}", self.clusters),
            Finding("F", self.statistic, places(2)),
            Finding("p", self.p, places(4)),
        )


def mincer_zarnowitz(rows: Vintages, *, cluster: Cluster = "year") -> RevisionRegression:
    """Compute the regression of outcomes on estimates; the null is an intercept of 0 and a slope of 1.

    Give only estimates of one horizon: `vintages(...).of(Horizon.RUNNING_YEAR)`. Standard errors are clustered by year,
    since allies share the shocks of a year, or by ally. Source: Mincer and Zarnowitz, "The Evaluation of Economic
    Forecasts" (1969).

    Raises `TooFewError` for fewer than four clusters. Raises `UnexpectedValueError` if all estimates are the same, or
    if clusters do not differ enough for a test. Raises `MissingExtraError` without SciPy (the extra ``stats``).

    >>> from natoburden.calculators.simulation import Horizon, vintages
    >>> from natoburden.datasets import defence_expenditure_editions
    >>> editions = defence_expenditure_editions("2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2026-07")
    >>> found = mincer_zarnowitz(vintages(editions).of(Horizon.RUNNING_YEAR))
    >>> print(f"{found.slope:.3f} ({found.slope_error:.3f})", found.clusters, f"{found.p:.3f}")
    0.913 (0.026) 5 0.055
    """
    return _regression(rows, RevisionTest.EFFICIENCY, cluster)


def news_or_noise(rows: Vintages, *, cluster: Cluster = "year") -> ResultTable[RevisionRegression]:
    """Compute the regressions of revisions on estimates and on outcomes.

    If the slope of the regression on estimates is zero, the revision is news: the estimate used all known information.
    If the slope of the regression on outcomes is zero, the revision is noise: the estimate is the outcome with a
    measurement error. The regression on estimates gives the same F and p as `mincer_zarnowitz`, because the two tests
    are equivalent. Source: Mankiw and Shapiro, "News or Noise?" (1986). Raises the errors of `mincer_zarnowitz`.
    """
    return ResultTable(rows=tuple(_regression(rows, test, cluster) for test in (RevisionTest.NEWS, RevisionTest.NOISE)))


def _regression(rows: Vintages, test: RevisionTest, cluster: Cluster) -> RevisionRegression:
    expect(rows, Vintages, "revisions", "give what simulation.vintages returns")
    if cluster not in get_args(Cluster):
        raise UnknownNameError("cluster", str(cluster), get_args(Cluster))
    horizons = sorted({str(row.horizon) for row in rows})
    if len(horizons) > 1:
        problem = "give the rows of one, such as rows.of(Horizon.RUNNING_YEAR)"
        raise UnexpectedValueError("horizons", ", ".join(horizons), problem)
    estimates, outcomes = ([float(share.as_percent) for share in side] for side in _sides(rows.rows))
    revisions = [later - first for first, later in zip(estimates, outcomes, strict=True)]
    x, y, slope = {
        RevisionTest.EFFICIENCY: (estimates, outcomes, 1.0),
        RevisionTest.NEWS: (estimates, revisions, 0.0),
        RevisionTest.NOISE: (outcomes, revisions, 0.0),
    }[test]
    found = _fit(x, y, [row.country if cluster == "ally" else row.year for row in rows], slope)
    return RevisionRegression(
        test=test,
        observations=len(x),
        cluster_by=cluster,
        clusters=found.clusters,
        editions=tuple(sorted({row.edition for row in rows})),
        intercept=_decimal(found.intercept),
        slope=_decimal(found.slope),
        intercept_error=_decimal(found.errors[0]),
        slope_error=_decimal(found.errors[1]),
        statistic=_decimal(found.statistic),
        p=_decimal(found.p),
        inputs=tuple(item for row in rows for item in row.inputs[:2]),
    )


def _sides(rows: Sequence[Vintage]) -> tuple[list[Any], list[Any]]:
    return [row.printed for row in rows], [row.latest for row in rows]


def _fit(x: Sequence[float], y: Sequence[float], clusters: Sequence[Hashable], slope: float) -> _Fit:
    """Return the line, its cluster-robust errors, and the Wald test of an intercept of 0 and a given slope."""
    try:
        import numpy as np
        from scipy import stats
    except ImportError as error:
        raise MissingExtraError("a test of revisions", "scipy", "stats") from error
    names = list(dict.fromkeys(clusters))
    if len(names) < _FEWEST_CLUSTERS:
        raise TooFewError("a test of revisions", len(names), _FEWEST_CLUSTERS, "clusters")
    if len(set(x)) < _RESTRICTIONS:
        raise UnexpectedValueError(
            "revisions", "the same share in every row", "a slope needs different ones: give more rows"
        )
    design = np.column_stack([np.ones(len(x)), np.asarray(x)])
    bread = np.linalg.inv(design.T @ design)
    line = bread @ design.T @ np.asarray(y)
    scores = design * (np.asarray(y) - design @ line)[:, None]
    place = np.asarray([names.index(name) for name in clusters])
    sums = np.stack([scores[place == number].sum(axis=0) for number in range(len(names))])
    small = len(names) / (len(names) - 1) * (len(x) - 1) / (len(x) - 2)
    covariance = small * bread @ (sums.T @ sums) @ bread
    away = line - np.asarray([0.0, slope])
    if np.linalg.cond(covariance) > 1e12 or not covariance.any():
        raise UnexpectedValueError(
            "revisions", "no spread between clusters", "a test needs rows that differ: give more of them"
        )
    statistic = float(away @ np.linalg.solve(covariance, away)) / _RESTRICTIONS
    return _Fit(
        intercept=float(line[0]),
        slope=float(line[1]),
        errors=(float(covariance[0, 0] ** 0.5), float(covariance[1, 1] ** 0.5)),
        statistic=statistic,
        p=float(stats.f.sf(statistic, _RESTRICTIONS, len(names) - 1)),
        clusters=len(names),
    )


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.8f}")
