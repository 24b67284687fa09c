"""The statistics of ranks, by SciPy: what is asked of it, and what it must not be asked."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from natoburden.errors import MissingExtraError, TooFewError, UnexpectedValueError

__all__ = ["Correlation", "SignedRanks", "kendall", "partial", "partial_p", "signed_ranks", "spearman"]


class Correlation(NamedTuple):
    """A coefficient, and how probable one at least as large is without any association."""

    coefficient: float
    p: float


class SignedRanks(NamedTuple):
    """Wilcoxon's two sums of ranks, over the pairs that differ, the normal deviate of the smaller, and its p."""

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
        raise MissingExtraError("statistics of ranks", "scipy", "stats") from error
    return stats


def _check(left: Sequence[float], right: Sequence[float]) -> None:
    if len(left) < 3:
        raise TooFewError("a rank correlation", len(left), 3)
    for values in (left, right):
        if len(set(values)) == 1:
            raise UnexpectedValueError("figures to rank", str(values[0]), "all are equal: there are no ranks")


def spearman(left: Sequence[float], right: Sequence[float]) -> Correlation:
    """Give Spearman's rho on mid-ranks, with the one-sided p of Student's t."""
    _check(left, right)
    found = _stats().spearmanr(left, right, alternative="greater")
    return Correlation(float(found.statistic), float(found.pvalue))


def kendall(left: Sequence[float], right: Sequence[float]) -> Correlation:
    """Give Kendall's tau-b, with its one-sided p: exact for few and no ties, asymptotic otherwise."""
    _check(left, right)
    found = _stats().kendalltau(left, right, alternative="greater")
    return Correlation(float(found.statistic), float(found.pvalue))


def partial(r12: float, r13: float, r23: float) -> float:
    """Give the correlation of the first and second, the third held: (r12 − r13 r23) / √((1 − r13²)(1 − r23²))."""
    for name, value in (("r12", r12), ("r13", r13), ("r23", r23)):
        if not -1 <= value <= 1:
            raise UnexpectedValueError(f"correlation {name}", repr(value), "a correlation lies between −1 and 1")
    rest = (1 - r13 * r13) * (1 - r23 * r23)
    if rest <= 0:
        raise UnexpectedValueError(
            "a variable to hold", f"r13 = {r13:g}, r23 = {r23:g}", "it ranks as one of the others does: nothing is left"
        )
    return max(-1.0, min(1.0, (r12 - r13 * r23) / math.sqrt(rest)))


def partial_p(coefficient: float, count: int, held: int) -> float:
    """Give the one-sided p of a partial correlation, by Student's t with two degrees and one per variable held less."""
    degrees = count - 2 - held
    if degrees < 1:
        raise TooFewError(f"a correlation with {held} variables held", count, held + 3)
    if abs(coefficient) == 1:
        return 0.0 if coefficient > 0 else 1.0
    return float(_stats().t.sf(coefficient * math.sqrt(degrees / (1 - coefficient**2)), degrees))


def signed_ranks(differences: Sequence[float]) -> SignedRanks:
    """Give Wilcoxon's signed-rank test of equal medians, two-sided; pairs without difference are dropped.

    Exact for up to 50 pairs without ties, by the normal approximation corrected for ties otherwise.
    """
    apart = [value for value in differences if value]
    if len(apart) < 3:
        raise TooFewError("a signed-rank test of pairs that differ, which are", len(apart), 3)
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
