"""All or random arrangements of figures, and the p-value that follows from the statistic of each arrangement."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any, Literal, TypeAlias

import attrs

from natoburden.calculators._arguments import checked_choice, checked_draws, checked_seed
from natoburden.errors import MissingExtraError, TooFewError, UnexpectedValueError

__all__ = [
    "MOST_ORDERED",
    "MOST_SIGNED",
    "Randomised",
    "Sides",
    "compared",
    "numerics",
    "orders",
    "permutation_spearman",
]

Sides: TypeAlias = Literal["two-sided", "greater", "less"]

MOST_ORDERED = 9  # 362,880 orders
MOST_SIGNED = 16  # 65,536 ways to give the signs
FEWEST_DRAWS = 99
_BLOCK = 2_000  # arrangements in memory at a time
_SAME = 1e-12  # of a statistic computed in floats, so that an equal arrangement counts as equal


@attrs.frozen(kw_only=True)
class Randomised:
    """A statistic, and the probability of a value at least as extreme if the figures are arranged by chance.

    `as_extreme` is the number of arrangements with a statistic at least as extreme as the observed statistic. For a
    two-sided test, only the rarer side is counted. If all arrangements were enumerated, p is exact, and `seed` and
    `error` are None. If b of n random arrangements are at least as extreme, p is (b + 1) / (n + 1), since the observed
    arrangement is counted too. For random arrangements, `error` is the Monte Carlo standard error of p. A two-sided p
    is twice the p of the rarer side, and at most 1, as in SciPy.
    """

    statistic: float
    p: float
    error: float | None
    sides: Sides
    arrangements: int
    as_extreme: int
    seed: int | None

    @property
    def is_exact(self) -> bool:
        """Whether all arrangements were enumerated."""
        return self.seed is None

    @property
    def method(self) -> str:
        """How p was computed, in words."""
        if self.is_exact:
            return f"exact: all {self.arrangements:,} arrangements"
        return f"at random: {self.arrangements:,} arrangements, seed {self.seed}, the observed one counted with them"

    def __str__(self) -> str:
        error = "" if self.error is None else f" ± {self.error:.4f}"
        return f"{self.statistic:+.4f}, p {self.p:.4f}{error} ({self.sides}; {self.method})"


def numerics() -> Any:
    """Return NumPy; raise `MissingExtraError` without it."""
    try:
        import numpy as np
    except ImportError as error:
        raise MissingExtraError("a randomisation test", "numpy", "stats") from error
    return np


def compared(
    observed: float, found: Iterator[Any], *, sides: Sides, seed: int | None, statistic: float | None = None
) -> Randomised:
    """Return the p-value of an observed statistic, given the statistics of arrangements in blocks.

    `observed` may be any figure that ranks the arrangements in the same order as the statistic. If `observed` is not
    the statistic itself, give the statistic as `statistic`, which the result then reports.
    """
    near = _SAME * max(1.0, abs(observed))
    above = below = total = 0
    for block in found:
        above += int((block >= observed - near).sum())
        below += int((block <= observed + near).sum())
        total += len(block)
    count = {"greater": above, "less": below, "two-sided": min(above, below)}[sides]
    one = count / total if seed is None else (count + 1) / (total + 1)
    p = min(1.0, 2 * one) if sides == "two-sided" else one
    factor = 2 if sides == "two-sided" else 1
    return Randomised(
        statistic=observed if statistic is None else statistic,
        p=p,
        error=None if seed is None else factor * math.sqrt(one * (1 - one) / total),
        sides=sides,
        arrangements=total,
        as_extreme=count,
        seed=seed,
    )


def asked(sides: Sides, draws: int, seed: int) -> None:
    """Raise unless sides, draws and seed are valid for a test."""
    checked_choice("sides", sides, Sides)
    checked_draws(draws, FEWEST_DRAWS)
    checked_seed(seed)


def orders(figures: Any, draws: int, seed: int) -> tuple[Iterator[Any], int | None]:
    """Return orders of figures in blocks, and the seed: one block of all orders and None, or random orders."""
    np = numerics()
    if len(figures) <= MOST_ORDERED:
        places = np.zeros((1, 0), dtype=int)
        for size in range(len(figures)):
            places = np.concatenate([np.insert(places, at, size, axis=1) for at in range(size + 1)])
        return iter([figures[places]]), None
    generator = np.random.default_rng(seed)
    return (generator.permuted(np.tile(figures, (size, 1)), axis=1) for size in blocks(draws)), seed


def signs(count: int, draws: int, seed: int) -> tuple[Iterator[Any], int | None]:
    """Return rows of true and false in blocks, and the seed: one block of all rows and None, or random rows."""
    np = numerics()
    if count <= MOST_SIGNED:
        return iter([(np.arange(2**count)[:, None] >> np.arange(count) & 1).astype(bool)]), None
    generator = np.random.default_rng(seed)
    return (generator.integers(0, 2, (size, count)).astype(bool) for size in blocks(draws)), seed


def blocks(draws: int) -> Iterator[int]:
    """Yield the sizes of blocks; together, the blocks have the given number of draws."""
    yield from (min(_BLOCK, draws - start) for start in range(0, draws, _BLOCK))


def permutation_spearman(
    left: Sequence[float], right: Sequence[float], *, sides: Sides = "two-sided", draws: int = 9_999, seed: int = 0
) -> Randomised:
    """Compute Spearman's rho of two rows of figures, with a p-value from other orders of the second row.

    For up to nine pairs, p is exact, because all orders are enumerated. For ten or more pairs, p is estimated from
    `draws` random orders with a `seed`. Equal figures have the mean of their ranks. `burden.exploitation` uses
    Student's t, which is only an approximation in small samples.

    Raises `UnexpectedValueError` for rows of different lengths and for a row of equal figures, and `TooFewError` for
    fewer than three pairs. Raises `InvalidNumberError` for fewer than 99 or more than a million draws, and for a
    negative seed. Needs the extra ``stats``.

    >>> print(permutation_spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]))
    +0.8000, p 0.1333 (two-sided; exact: all 120 arrangements)
    """
    asked(sides, draws, seed)
    if len(left) != len(right):
        raise UnexpectedValueError(
            "figures to rank", f"{len(left)} beside {len(right)}", "give two rows of the same length"
        )
    if len(left) < 3:
        raise TooFewError("a rank correlation", len(left), 3)
    np = numerics()
    doubled = [_centred(values) for values in (left, right)]
    of_left, of_right = doubled
    found, used = orders(of_right, draws, seed)
    observed = int(of_left @ of_right)
    rho = observed / math.sqrt(float(of_left @ of_left) * float(of_right @ of_right))
    products = (block @ of_left for block in found)
    return compared(observed, products, sides=sides, seed=used, statistic=float(np.clip(rho, -1, 1)))


def _centred(values: Sequence[float]) -> Any:
    """Return twice the deviations of mid-ranks from their mean, which are whole numbers and add up exactly."""
    from scipy.stats import rankdata

    np = numerics()
    if wrong := [value for value in values if not _is_plain(value)]:
        hint = "give plain numbers, and leave out what is unknown"
        raise UnexpectedValueError("figures to rank", repr(wrong[0]), hint)
    if endless := [value for value in values if not math.isfinite(value)]:
        hint = "it is not a finite number: leave out what is unknown, in both rows"
        raise UnexpectedValueError("figures to rank", str(endless[0]), hint)
    if len(set(values)) == 1:
        raise UnexpectedValueError("figures to rank", str(values[0]), "all are equal, and equal figures have no order")
    return np.rint(2 * rankdata(values)).astype(np.int64) - (len(values) + 1)


def _is_plain(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real | Decimal)
