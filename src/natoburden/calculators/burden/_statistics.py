"""Rank statistics, computed with SciPy, and checks of their input figures."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from natoburden.errors import MissingExtraError, TooFewError, UnexpectedValueError

__all__ = [
    "Correlation",
    "SignedRanks",
    "determined",
    "kendall",
    "partial",
    "partial_p",
    "randomised_p",
    "signed_ranks",
    "smaller_sums",
    "spearman",
]


_SAME = 1e-15  # of parts of one whole


class Correlation(NamedTuple):
    """A rank correlation coefficient, with a one-sided p-value for a positive correlation and a two-sided p-value."""

    coefficient: float
    p: float
    p_two_sided: float


class SignedRanks(NamedTuple):
    """Wilcoxon's two sums of ranks of the pairs that differ, the normal deviate of the smaller sum, and the p-value."""

    above: float
    below: float
    pairs: int
    z: float
    p: float
    exact: bool


def _stats() -> Any:
    try:
        from scipy import stats
    except ImportError as error:
        raise MissingExtraError("a statistic of ranks", "scipy", "stats") from error
    return stats


def _check(left: Sequence[float], right: Sequence[float]) -> None:
    if len(left) < 3:
        raise TooFewError("a rank correlation", len(left), 3)
    for values in (left, right):
        if len(set(values)) == 1:
            raise UnexpectedValueError(
                "figures to rank", str(values[0]), "all are equal, and equal figures have no order"
            )


def spearman(left: Sequence[float], right: Sequence[float]) -> Correlation:
    """Return Spearman's rho on mid-ranks, with p-values from Student's t-distribution."""
    return _correlation(_stats().spearmanr, left, right)


def kendall(left: Sequence[float], right: Sequence[float]) -> Correlation:
    """Return Kendall's tau-b, with its p-values: exact for few figures without ties, asymptotic otherwise."""
    return _correlation(_stats().kendalltau, left, right)


def _correlation(statistic: Any, left: Sequence[float], right: Sequence[float]) -> Correlation:
    _check(left, right)
    larger, apart = (statistic(left, right, alternative=side) for side in ("greater", "two-sided"))
    return Correlation(float(larger.statistic), float(larger.pvalue), float(apart.pvalue))


def partial(r12: float, r13: float, r23: float) -> float:
    """Return the correlation of two variables with a third held constant: (r12 − r13 r23) / √((1 − r13²)(1 − r23²))."""
    for name, value in (("r12", r12), ("r13", r13), ("r23", r23)):
        if not -1 <= value <= 1:
            raise UnexpectedValueError(f"correlation {name}", repr(value), "a correlation lies between −1 and 1")
    rest = (1 - r13 * r13) * (1 - r23 * r23)
    if rest <= 0:
        raise UnexpectedValueError(
            "a variable to hold",
            f"r13 = {r13:g}, r23 = {r23:g}",
            "it ranks the allies as one of the others does, and nothing is left to hold: leave it out",
        )
    return max(-1.0, min(1.0, (r12 - r13 * r23) / math.sqrt(rest)))


def partial_p(coefficient: float, count: int, held: int) -> tuple[float, float]:
    """Return the one-sided and the two-sided p-value of a partial correlation.

    Both p-values are from Student's t-distribution with `count` − 2 − `held` degrees of freedom. `count` is the number
    of figures, and `held` is the number of variables held constant.
    """
    degrees = count - 2 - held
    if degrees < 1:
        raise TooFewError(f"a correlation with {held} variables held", count, held + 3, "allies")
    if abs(coefficient) == 1:
        return (0.0 if coefficient > 0 else 1.0), 0.0
    deviate = coefficient * math.sqrt(degrees / (1 - coefficient**2))
    return float(_stats().t.sf(deviate, degrees)), float(2 * _stats().t.sf(abs(deviate), degrees))


def determined(variable: Sequence[float], held: Sequence[Sequence[float]]) -> float:
    """Return R² of the regression of a variable's ranks on the ranks of the variables in `held`."""
    import numpy as np

    rank = _stats().rankdata
    ranks = np.array([rank(values) - (len(variable) + 1) / 2 for values in (variable, *held)])
    of_variable, of_held = ranks[0], ranks[1:].T
    weights, *_rest = np.linalg.lstsq(of_held, of_variable, rcond=None)
    rest = of_variable - of_held @ weights
    return float(1 - rest @ rest / (of_variable @ of_variable))


def signed_ranks(differences: Sequence[float]) -> SignedRanks:
    """Return Wilcoxon's two-sided signed-rank test of equal medians; pairs without a difference are dropped.

    The test is exact for up to 50 pairs without ties. Otherwise, the test uses the normal approximation, corrected for
    ties.
    """
    apart = [value for value in differences if value]
    if len(apart) < 3:
        raise TooFewError("a signed-rank test", len(apart), 3, "pairs that differ")
    sizes = [abs(value) for value in apart]
    ranks = [float(rank) for rank in _stats().rankdata(sizes)]
    above = sum(rank for rank, value in zip(ranks, apart, strict=True) if value > 0)
    below = sum(ranks) - above
    n, tied = len(apart), [len(list(same)) for _, same in itertools.groupby(sorted(sizes))]
    variance = n * (n + 1) * (2 * n + 1) / 24 - sum(t**3 - t for t in tied) / 48
    exact = n <= 50 and max(tied) == 1
    found = _stats().wilcoxon(apart, method="exact" if exact else "asymptotic", correction=False)
    return SignedRanks(
        above, below, n, (min(above, below) - n * (n + 1) / 4) / math.sqrt(variance), float(found.pvalue), exact
    )


def smaller_sums(parts: Any, due: Any) -> Any:
    """Return the smaller of Wilcoxon's two sums of ranks for each row of `parts`, compared with the shares in `due`."""
    import numpy as np

    apart = parts - due
    apart[np.abs(apart) < _SAME] = 0.0  # what rounding of floats leaves of no difference
    rank = _stats().rankdata(np.where(apart != 0, np.abs(apart), np.inf), axis=-1)
    ranks = np.where(apart != 0, rank, 0.0)
    return np.minimum((ranks * (apart > 0)).sum(axis=-1), (ranks * (apart < 0)).sum(axis=-1))


def randomised_p(burden: Sequence[float], benefit: Sequence[float], draws: int, seed: int) -> float:
    """Return the share of random assignments in which the smaller sum of ranks is at most the observed sum.

    `burden` and `benefit` are shares of the group's total. The allies' ratios of burden to benefit are reassigned among
    the allies at random, `draws` times. The sums of ranks are computed for each random assignment. The observed
    assignment is counted too.
    """
    import numpy as np

    generator = np.random.default_rng(seed)
    carried, due = np.asarray(burden), np.asarray(benefit)
    dealt = generator.permuted(np.tile(carried / due, (draws, 1)), axis=1) * due
    seen = smaller_sums(carried.copy(), due)
    as_small = int((smaller_sums(dealt / dealt.sum(axis=1, keepdims=True), due) <= seen).sum())
    return (1 + as_small) / (1 + draws)
