"""Phillips and Sul's log t regression and clustering, over rows of figures; errors use Andrews' estimator."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from natoburden.errors import MissingExtraError, UnexpectedValueError

__all__ = ["CRITICAL", "LogTFit", "clubs_of", "log_t", "one_sided_p", "prepared"]

CRITICAL = -1.65  # of t, one-sided at 5 %
_STEP, _LARGEST = 0.05, 50.0  # by how much the sieve is narrowed, and how far


class LogTFit(NamedTuple):
    """The slope of the log t regression, with its standard error, its t, and the number of years in the regression."""

    slope: float
    standard_error: float
    t: float
    periods: int


def _numpy() -> tuple[Any, Any]:
    try:
        import numpy as np
        from statsmodels.stats import sandwich_covariance
    except ImportError as error:
        raise MissingExtraError("the log t test", "statsmodels", "econometrics") from error
    return np, sandwich_covariance


def log_t(figures: Any, discarded: int) -> LogTFit:
    """Return the regression of log(H1/Ht) − 2 log log t on log t, for the years t after the discarded years.

    `figures` has a row for each member and a column for each year. Each figure is divided by the mean of its year; Ht
    is the mean squared distance of these ratios from one. The standard error is that of least squares, with the
    long-run variance of the residuals. The long-run variance uses Andrews' quadratic spectral kernel. The bandwidth of
    the kernel follows from a first-order autoregression.
    """
    np, _ = _numpy()
    dispersion = ((figures / figures.mean(axis=0) - 1) ** 2).mean(axis=0)
    if not (dispersion > 0).all():
        raise UnexpectedValueError("figures", "all alike in a year", "the log t test needs members that differ")
    times = np.arange(discarded + 1, figures.shape[1] + 1)
    x = np.log(times)
    y = np.log(dispersion[0] / dispersion[discarded:]) - 2 * np.log(x)
    design = np.column_stack([np.ones_like(x), x])
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ y
    error = math.sqrt(inverse[1, 1] * _long_run_variance(y - design @ coefficients))
    slope = float(coefficients[1])
    return LogTFit(slope, error, slope / error if error else math.copysign(math.inf, slope), len(times))


def _long_run_variance(residuals: Any) -> float:
    """Return the long-run variance; the kernel and bandwidth are Andrews' (1991), and the sum is from statsmodels.

    As in Phillips and Sul's program, covariances use all residuals but the last. The divisor is the number of residuals
    minus one.
    """
    np, sandwich = _numpy()
    n = len(residuals)
    before, after = residuals[:-1], residuals[1:]
    carried = float(before @ after / (before @ before)) if before @ before else 0.0
    bandwidth = 1.3221 * (4 * carried**2 / (1 - carried) ** 4 * n) ** 0.2

    def kernel(lags: int) -> Any:
        at = 6 * np.pi / 5 * np.arange(1, lags + 1) / max(bandwidth, 1e-8)
        return np.concatenate([[1.0], 3 / at**2 * (np.sin(at) / at - np.cos(at))])

    covariances = float(sandwich.S_hac_simple(before, nlags=n - 2, weights_func=kernel)[0, 0])
    return (covariances + float(residuals[-1] ** 2)) / (n - 1)


def clubs_of(figures: Any, discarded: int) -> tuple[list[list[int]], list[int]]:
    """Return the rows of each club, highest club first, and the rows that are in no club."""
    np, _ = _numpy()
    rest = sorted(range(len(figures)), key=lambda row: -figures[row, -1])
    clubs: list[list[int]] = []

    def t(rows: Sequence[int]) -> float:
        return log_t(figures[np.array(rows)], discarded).t

    while len(rest) > 1:
        if t(rest) > CRITICAL:
            return [*clubs, rest], []
        core = _core(rest, t)
        if not core:
            break
        club = _sieved(core, [row for row in rest if row not in core], t)
        clubs.append([row for row in rest if row in club])
        rest = [row for row in rest if row not in club]
    return clubs, rest


def _core(ordered: list[int], t: Any) -> list[int]:
    """Return the core, which begins with the first pair that converges and has the size with the largest t.

    Members are added in order until t falls to the critical value.
    """
    for start in range(len(ordered) - 1):
        best, found = CRITICAL, []
        for end in range(start + 2, len(ordered) + 1):
            reached = t(ordered[start:end])
            if reached <= CRITICAL:
                break
            if reached > best:
                best, found = reached, ordered[start:end]
        if found:
            return found
    return []


def _sieved(core: list[int], others: list[int], t: Any) -> list[int]:
    """Return the core and all members that converge with it; the critical t rises until the club converges."""
    alone = {row: t([*core, row]) for row in others}
    bar = 0.0
    while bar <= _LARGEST:
        club = [*core, *(row for row, reached in alone.items() if reached > bar)]
        if len(club) == len(core) or t(club) > CRITICAL:
            return club
        bar += _STEP
    return core


def prepared(rows: Sequence[Sequence[float]], smoothing: float | None) -> Any:
    """Return rows as an array; with `smoothing`, the filter of Hodrick and Prescott removes the cycle."""
    np, _ = _numpy()
    if smoothing is None:
        return np.array(rows)
    from statsmodels.tsa.filters.hp_filter import hpfilter

    return np.array([hpfilter(row, smoothing)[1] for row in rows])


def one_sided_p(t: float) -> float:
    """Return the probability of a t at least as low under convergence, by the normal distribution."""
    from scipy.stats import norm

    return float(norm.cdf(t))
