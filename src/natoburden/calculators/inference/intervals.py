"""Bootstrap intervals: how far inequality and fair shares depend on which allies are counted."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, Literal, TypeAlias, TypedDict

import attrs

from natoburden.calculators._arguments import checked_choice, checked_draws, checked_level, checked_seed
from natoburden.calculators._members import group_of
from natoburden.calculators.burden import FairKey, burdens, fair_shares, inequality
from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.findings import Finding, Findings, percent, places
from natoburden.calculators.inference.arrangements import FEWEST_DRAWS, numerics
from natoburden.calculators.inference.changes import InequalityIndex, indexed
from natoburden.calculators.results import ResultTable
from natoburden.errors import TooFewError, UnexpectedValueError
from natoburden.model._numbers import Number
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import GroupLike
from natoburden.model.money import PriceBasis
from natoburden.model.shares import Share

__all__ = ["BootstrapInterval", "BootstrapMethod", "bootstrap_fair_shares", "bootstrap_inequality"]

BootstrapMethod: TypeAlias = Literal["BCa", "percentile"]

_LEVEL = Share.percent(95)
_FEWEST = 3
_BATCH = 2_000
_SAME = 1e-12  # of draws that differ by the rounding of floats alone


@attrs.frozen(kw_only=True)
class BootstrapInterval(BurdenResult):
    """A statistic, and its interval over many draws of allies with replacement.

    With the method ``"percentile"``, the interval leaves out the same number of draws at each end. With the method
    ``"BCa"``, both ends are shifted to correct for bias and skewness. `below` and `above` count the draws outside the
    interval. An end of the interval is unreliable if very few draws lie beyond this end. For a ratio of one ally,
    `country` is this ally, which is part of every draw. `country` is None for a statistic of the whole group. `error`
    is the standard deviation of the draws.
    """

    note = (
        "The allies are all there are, not a sample of them: the interval says how far the figure hangs on which of "
        "them are counted, not how well it is measured."
    )

    country: Country | None
    figure: str
    allies: int
    value: Decimal
    low: float
    high: float
    below: int
    above: int
    error: float
    level: Share
    method: BootstrapMethod
    draws: int
    seed: int

    @property
    def headline(self) -> str:
        whose = f" of {self.country}" if self.country else ""
        return f"{self.figure}{whose} with other allies drawn, {self._where}, {self.allies} allies"

    @property
    def formula(self) -> str:
        held = "the ally kept, the others" if self.country else "allies"
        how = "bias-corrected and accelerated (Efron 1987)" if self.method == "BCa" else "percentiles"
        return f"{held} drawn with replacement, {self.draws} draws, seed {self.seed}; {how}"

    @property
    def findings(self) -> Findings:
        ends = (self.low, self.high)
        return (
            Finding(self.figure, self.value, places(4)),
            Finding(f"interval of {percent(self.level, 0)}", ends, lambda pair: f"{pair[0]:.4f} to {pair[1]:.4f}"),
            Finding("draws outside", (self.below, self.above), lambda pair: f"{pair[0]} below, {pair[1]} above"),
            Finding("standard error", self.error, places(4)),
        )


def bootstrap_inequality(
    table: ExpenditureTable,
    year: int,
    index: InequalityIndex = "gini",
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
    method: BootstrapMethod = "percentile",
    level: Share = _LEVEL,
    draws: int = 9_999,
    seed: int = 0,
) -> BootstrapInterval:
    """Compute how much a group's Gini or Theil index depends on single allies, as a bootstrap interval.

    Allies are drawn with replacement, and each draw has the size of the group. Each ally is drawn with its expenditure
    and GDP. NATO is a whole population and not a sample: see the note of `BootstrapInterval`. More than a third of all
    draws lack the United States, and describe a different alliance. The method is ``"percentile"`` or ``"BCa"``, and
    SciPy computes both methods. If one ally dominates the index, BCa can shift an end of the interval beyond almost all
    draws. `below` and `above` count the draws below and above the interval.

    Raises `TooFewError` for fewer than three allies. Raises `UnexpectedValueError` if all draws are alike, and for a
    level that is not between 0 and 100 %. The function needs the extra ``stats``.

    >>> from natoburden.datasets import defence_expenditure
    >>> found = bootstrap_inequality(defence_expenditure("2026-07"), 2025)
    >>> print(f"{found.value:.3f}, {found.low:.3f} to {found.high:.3f}")
    0.103, 0.045 to 0.123
    """
    checked_choice("index of inequality", index, InequalityIndex)
    value = getattr(inequality(table, year, group=group, basis=basis, terms=terms), index)
    rows = burdens(table, year, group=group, basis=basis, terms=terms).rows
    amounts = [[float(row.carried.amount) for row in rows], [float(row.gdp.amount) for row in rows]]
    found = _interval(amounts, lambda spent, produced: indexed(index, spent, produced), method, level, draws, seed)
    return BootstrapInterval(
        edition=table.edition.key,
        year=year,
        group=group_of(group),
        basis=rows[0].basis,
        given=rows[0].given,
        country=None,
        figure=index.capitalize(),
        allies=len(rows),
        value=value,
        level=level,
        method=method,
        draws=draws,
        seed=seed,
        inputs=tuple(dict.fromkeys(figure for row in rows for figure in row.inputs)),
        **found,
    )


def bootstrap_fair_shares(
    table: ExpenditureTable,
    year: int,
    key: FairKey | str | CountryFigures = FairKey.GDP,
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
    elasticity: Number | None = None,
    method: BootstrapMethod = "percentile",
    level: Share = _LEVEL,
    draws: int = 1_999,
    seed: int = 0,
) -> ResultTable[BootstrapInterval]:
    """Compute how much each ally's ratio of burden to fair share depends on the other allies, as bootstrap intervals.

    The ally itself is part of each draw. The other allies are drawn with replacement, each with its burden and with its
    weight under the fair-share key. The ratio is defined as in `burden.fair_shares`. Under a progressive key, every
    draw uses the weights of the whole group. The note of `BootstrapInterval` explains what it means to draw from a
    whole population.

    Raises the errors of `burden.fair_shares` and of `bootstrap_inequality`. The function needs the extra ``stats``.

    >>> from natoburden.datasets import defence_expenditure
    >>> row = bootstrap_fair_shares(defence_expenditure("2026-07"), 2025)["Germany"]
    >>> print(f"{row.value:.3f}, {row.low:.3f} to {row.high:.3f}")
    0.805, 0.735 to 1.009
    """
    rows = fair_shares(table, year, key, group=group, basis=basis, terms=terms, elasticity=elasticity).rows
    carried = [float(row.carried.amount) for row in rows]
    weights = [float(row.fair_share.as_fraction) for row in rows]

    def of(place: int) -> BootstrapInterval:
        row, own, due = rows[place], carried[place], weights[place]
        others = [[*values[:place], *values[place + 1 :]] for values in (carried, weights)]

        def ratio(spent: Any, part: Any) -> Any:
            whole = (spent.sum(axis=-1) + own) / (part.sum(axis=-1) + due)
            return own / due / whole

        return BootstrapInterval(
            edition=table.edition.key,
            year=year,
            group=row.group,
            basis=row.basis,
            given=row.given,
            country=row.country,
            figure=f"ratio to the fair share by {row.key}",
            allies=len(rows),
            value=row.ratio,
            level=level,
            method=method,
            draws=draws,
            seed=seed,
            inputs=row.inputs,
            **_interval(others, ratio, method, level, draws, seed),
        )

    return ResultTable(rows=tuple(of(place) for place in range(len(rows))))


class _Ends(TypedDict):
    low: float
    high: float
    below: int
    above: int
    error: float


def _interval(
    samples: list[list[float]],
    statistic: Callable[[Any, Any], Any],
    method: BootstrapMethod,
    level: Share,
    draws: int,
    seed: int,
) -> _Ends:
    """Return the ends of an interval and the standard error, by SciPy; the figures of one ally are drawn together."""
    checked_choice("method", method, BootstrapMethod)
    checked_draws(draws, FEWEST_DRAWS)
    checked_seed(seed)
    part = checked_level(level, with_ends=False)
    if len(samples[0]) < _FEWEST:
        raise TooFewError("a bootstrap", len(samples[0]), _FEWEST, "allies")
    np = numerics()
    from scipy.stats import bootstrap

    def vectorised(spent: Any, part: Any, axis: int = -1) -> Any:  # noqa: ARG001 # SciPy asks for it, and gives the last
        return statistic(spent, part)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of draws that are all alike, which is told below
        found = bootstrap(
            tuple(np.asarray(values) for values in samples),
            vectorised,
            n_resamples=draws,
            batch=_BATCH,
            vectorized=True,
            paired=True,
            confidence_level=part,
            method=method,
            random_state=np.random.default_rng(seed),
        )
    low, high = float(found.confidence_interval.low), float(found.confidence_interval.high)
    error = float(found.standard_error)
    if not (np.isfinite(low) and np.isfinite(high)) or error <= _SAME * abs(high):
        raise UnexpectedValueError(
            "draws of allies", "all alike", "there is nothing to make an interval of: take a wider group"
        )
    drawn = found.bootstrap_distribution
    below, above = int((drawn < low).sum()), int((drawn > high).sum())
    return _Ends(low=low, high=high, below=below, above=above, error=error)
