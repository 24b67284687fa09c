"""Random draws in NumPy: each block has a fixed size and its own random stream, and blocks run in threads."""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from natoburden.calculators.simulation.assumptions import Assumptions
from natoburden.errors import MissingExtraError

__all__ = [
    "DOLLAR",
    "HALF_OF_A_PRINTED_DIGIT",
    "AllyPlan",
    "Drawn",
    "Estimated",
    "Kept",
    "draw",
    "draw_year",
    "probability",
]

DOLLAR = "USD"  # amounts are in it: it has no rate against itself
BLOCK = 4_096  # draws of one stream, so that no result depends on the number of threads
HALF_OF_A_PRINTED_DIGIT = 0.00005  # shares are published with two decimals of a percent, rounded half up


class AllyPlan(NamedTuple):
    """The inputs of one ally's draws: code, GDP of the start year, planned share and money of each year, assumptions.

    The name of the money can be any text that is the same for all allies of one currency.
    """

    key: str
    gdp: float
    plan: Sequence[float]
    moneys: Sequence[str]
    assumed: Assumptions


class Estimated(NamedTuple):
    """A figure of the draws, and its Monte Carlo standard error, which is None if there are too few draws."""

    value: float
    error: float | None


class Drawn(NamedTuple):
    """For each year: the plan, quantiles of shares and of amounts, and the probability of reaching each threshold."""

    plan: list[float]
    shares: list[list[Estimated]]
    amounts: list[list[Estimated]]
    probabilities: list[list[Estimated]]


class Kept(NamedTuple):
    """Two arrays for one year, with axes for allies and draws: shares as published, and GDP in millions of dollars."""

    share: Any
    gdp: Any


class _Block(NamedTuple):
    """Three arrays with axes for years and draws: shares as published, amounts spent, and GDP."""

    share: Any
    spent: Any
    gdp: Any


def draw(
    allies: Sequence[AllyPlan],
    *,
    draws: int,
    seed: int,
    levels: Sequence[float],
    thresholds: Sequence[float],
    follows_gdp: bool,
    progress: Callable[[int, int], None] | None = None,
) -> list[Drawn]:
    """Draw each ally in turn, and then all allies together.

    The memory needed is that of six arrays with one number for each year and draw, for any number of allies.
    """
    np = _numpy()
    years = len(allies[0].plan)
    blocks = [slice(low, min(low + BLOCK, draws)) for low in range(0, draws, BLOCK)]
    share, spent, common = (np.empty((years, draws)) for _ in range(3))
    all_published, all_spent, all_gdp = (np.zeros((years, draws)) for _ in range(3))
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:

        def on_all(task: Callable[[int], None], numbers: Iterable[int]) -> None:
            list(pool.map(task, numbers))  # a failure in a thread is raised here

        def draw_common(number: int) -> None:
            at = blocks[number]
            common[:, at] = _normal(np, _stream(np, seed, "common", number), (years, at.stop - at.start))

        def summary(plan: list[float], shares: Any, amounts: Any) -> Drawn:
            found: list[tuple[list[Estimated], list[Estimated], list[Estimated]]] = [([], [], [])] * years

            def summarise(year: int) -> None:  # it reorders the arrays, which are drawn anew for the next ally
                least = [threshold - HALF_OF_A_PRINTED_DIGIT for threshold in thresholds]
                met = [probability(int(np.count_nonzero(shares[year] >= threshold)), draws) for threshold in least]
                found[year] = _quantiles(np, shares[year], levels), _quantiles(np, amounts[year], levels), met

            on_all(summarise, range(years))
            return Drawn(plan, *(list(column) for column in zip(*found, strict=True)))

        on_all(draw_common, range(len(blocks)))
        results = []
        for ally in allies:

            def draw_ally(number: int, ally: AllyPlan = ally) -> None:
                at = blocks[number]
                made = _block(np, ally, seed, number, common[:, at], follows_gdp=follows_gdp)
                share[:, at], spent[:, at] = made.share, made.spent
                all_published[:, at] += made.share * made.gdp
                all_spent[:, at] += made.spent
                all_gdp[:, at] += made.gdp

            on_all(draw_ally, range(len(blocks)))
            results.append(summary(list(ally.plan), share, spent))
            if progress is not None:
                progress(len(results), len(allies))
        results.append(summary(_joint_plan(allies), all_published / all_gdp, all_spent))
    return results


def draw_year(allies: Sequence[AllyPlan], year: int, *, draws: int, seed: int, follows_gdp: bool) -> Kept:
    """Draw all years as `draw` does, with the same random numbers, and keep one year for each ally.

    `year` is the index of the year. The memory needed is that of two arrays with one number for each ally and draw.
    """
    np = _numpy()
    years = len(allies[0].plan)
    blocks = [slice(low, min(low + BLOCK, draws)) for low in range(0, draws, BLOCK)]
    kept = Kept(np.empty((len(allies), draws)), np.empty((len(allies), draws)))

    def draw_block(number: int) -> None:
        at = blocks[number]
        common = _normal(np, _stream(np, seed, "common", number), (years, at.stop - at.start))
        for place, ally in enumerate(allies):
            made = _block(np, ally, seed, number, common, follows_gdp=follows_gdp)
            kept.share[place, at], kept.gdp[place, at] = made.share[year], made.gdp[year]

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        list(pool.map(draw_block, range(len(blocks))))  # a failure in a thread is raised here
    return kept


def _quantiles(np: Any, drawn: Any, levels: Sequence[float]) -> list[Estimated]:
    """Return quantiles with their standard errors, which are computed without a density.

    The number of draws below a quantile is binomial; the level of the quantile has a standard error of √(q(1 − q)/n).
    The quantiles at two such errors below and above this level are four standard errors apart.
    """
    apart = [2 * math.sqrt(level * (1 - level) / len(drawn)) for level in levels]
    known = [0 < apart_by <= min(level, 1 - level) for level, apart_by in zip(levels, apart, strict=True)]
    around = [
        (level, *((level - by, level + by) if is_known else (level, level)))
        for level, by, is_known in zip(levels, apart, known, strict=True)
    ]
    found = np.quantile(drawn, around, overwrite_input=True).tolist()
    return [
        Estimated(value, (high - low) / 4 if is_known else None)
        for (value, low, high), is_known in zip(found, known, strict=True)
    ]


def probability(met: int, draws: int) -> Estimated:
    """Return a frequency with its binomial standard error; a frequency of zero or one is not certainty.

    The error is computed with two more draws, one on each side of the threshold, and is therefore never zero.
    """
    guarded = (met + 1) / (draws + 2)
    return Estimated(met / draws, math.sqrt(guarded * (1 - guarded) / draws))


def _block(np: Any, ally: AllyPlan, seed: int, number: int, common: Any, *, follows_gdp: bool) -> _Block:
    """Draw one block of an ally: each array has one number for each year and draw of the block.

    Growth and prices change GDP by the product of two log-normal factors, which is one log-normal factor. Arrays are
    reused, since allocating new ones costs more time than the arithmetic.
    """
    assumed, shape, stream = ally.assumed, common.shape, _stream(np, seed, ally.key, number)
    rho = float(assumed.correlation.as_fraction)
    gdp = _normal(np, stream, shape)
    gdp *= math.sqrt(1 - rho)
    gdp += math.sqrt(rho) * common
    gdp *= math.hypot(assumed.gdp_growth.deviation, assumed.inflation.deviation)
    np.cumsum(gdp, axis=0, out=gdp)
    np.exp(gdp, out=gdp)  # how far GDP is from its median path; its level follows below
    expected = _exchange_rates(np, ally, seed, number, shape)
    expected += np.asarray(_median_growth(ally))[:, None]
    np.exp(expected, out=expected)
    expected *= ally.gdp
    gdp *= expected
    spent = _normal(np, stream, shape)
    spent *= assumed.execution.deviation
    spent += assumed.execution.drift
    np.exp(spent, out=spent)
    spent *= np.asarray(ally.plan)[:, None]
    spent *= gdp if follows_gdp else expected
    share = _normal(np, stream, shape)
    share *= assumed.revision.deviation
    share += assumed.revision.drift
    np.exp(share, out=share)
    share *= spent
    share /= gdp
    return _Block(share, spent, gdp)


def _exchange_rates(np: Any, ally: AllyPlan, seed: int, number: int, shape: tuple[int, int]) -> Any:
    """Draw how far the dollar value of an ally's money is from its median path, as logarithms.

    All allies with one money draw from the same stream, and so have the same shocks. The dollar has no shocks.
    """
    rates = np.zeros(shape)
    for money in dict.fromkeys(ally.moneys):
        if money != DOLLAR:
            years = [of_year == money for of_year in ally.moneys]
            rates[years] = _normal(np, _stream(np, seed, f"currency {money}", number), shape)[years]
    rates *= ally.assumed.exchange_rate.deviation
    np.cumsum(rates, axis=0, out=rates)
    return rates


def _median_growth(ally: AllyPlan) -> list[float]:
    """Return the logarithm of the growth of GDP in dollars up to each year, on its median path."""
    at_home = ally.assumed.gdp_growth.drift + ally.assumed.inflation.drift
    abroad = ally.assumed.exchange_rate.drift
    return list(itertools.accumulate(at_home + (0 if money == DOLLAR else abroad) for money in ally.moneys))


def _normal(np: Any, stream: Any, shape: tuple[int, int]) -> Any:
    """Draw normal deviates with seven digits, which are enough and take less than half the time."""
    return stream.standard_normal(shape, dtype=np.float32).astype(np.float64)


def _joint_plan(allies: Sequence[AllyPlan]) -> list[float]:
    """Return the joint planned share of all allies, on the median paths of their GDP."""
    growth = [_median_growth(ally) for ally in allies]
    joint = []
    for year in range(len(allies[0].plan)):
        gdps = [ally.gdp * math.exp(grown[year]) for ally, grown in zip(allies, growth, strict=True)]
        planned = math.fsum(ally.plan[year] * gdp for ally, gdp in zip(allies, gdps, strict=True))
        joint.append(planned / math.fsum(gdps))
    return joint


def _stream(np: Any, seed: int, key: str, block: int) -> Any:
    """Return the random stream (SFC64) of a block of an ally, a currency or all allies, by seed, name and number."""
    return np.random.Generator(np.random.SFC64([seed, block, *key.encode()]))


def _numpy() -> Any:
    try:
        import numpy as np
    except ImportError as error:
        raise MissingExtraError("a simulation", "numpy", "stats") from error
    return np
