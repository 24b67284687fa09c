"""The draws themselves, in NumPy: blocks of a fixed size, each with its own stream, on as many threads as there are."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple

from natoburden.calculators.simulation.assumptions import Assumptions
from natoburden.errors import MissingExtraError

__all__ = ["AllyPlan", "Drawn", "draw"]

BLOCK = 4_096  # draws of one stream, so that no result depends on the number of threads
_HALF_OF_A_PRINTED_DIGIT = 0.00005  # shares are published with two decimals of a percent, rounded half up


class AllyPlan(NamedTuple):
    """What is drawn for one ally: its code, GDP of the start year, planned shares, and what is assumed."""

    key: str
    gdp: float
    plan: Sequence[float]
    assumed: Assumptions


class Drawn(NamedTuple):
    """By year: the plan, quantiles of shares and of amounts, and the probability of each threshold."""

    plan: list[float]
    shares: list[list[float]]
    amounts: list[list[float]]
    probabilities: list[list[float]]


class _Block(NamedTuple):
    """Arrays of years by draws: the share that would be published, what is spent, and GDP."""

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
    """Draw every ally in its turn, and all of them together at last.

    Memory is that of six arrays of years by draws, however many allies there are.
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
            found: list[tuple[list[float], list[float], list[float]]] = [([], [], [])] * years

            def summarise(year: int) -> None:  # it reorders the arrays, which are drawn anew for the next ally
                least = [threshold - _HALF_OF_A_PRINTED_DIGIT for threshold in thresholds]
                met = [float(np.count_nonzero(shares[year] >= threshold)) / draws for threshold in least]
                found[year] = (
                    *(np.quantile(of[year], levels, overwrite_input=True).tolist() for of in (shares, amounts)),
                    met,
                )

            on_all(summarise, range(years))
            return Drawn(plan, *(list(column) for column in zip(*found, strict=True)))

        on_all(draw_common, range(len(blocks)))
        results = []
        for ally in allies:

            def draw_ally(number: int, ally: AllyPlan = ally) -> None:
                at = blocks[number]
                made = _block(np, ally, _stream(np, seed, ally.key, number), common[:, at], follows_gdp=follows_gdp)
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


def _block(np: Any, ally: AllyPlan, stream: Any, common: Any, *, follows_gdp: bool) -> _Block:
    """Draw one block of an ally: arrays of years by draws of the block.

    Growth and prices move GDP by the product of two log-normal factors, which is one log-normal factor. Arrays are
    reused, since the memory of new ones costs more than the arithmetic.
    """
    assumed, shape = ally.assumed, common.shape
    elapsed = np.arange(1, shape[0] + 1)[:, None]
    rho = float(assumed.correlation.as_fraction)
    gdp = _normal(np, stream, shape)
    gdp *= math.sqrt(1 - rho)
    gdp += math.sqrt(rho) * common
    gdp *= math.hypot(assumed.gdp_growth.deviation, assumed.inflation.deviation)
    np.cumsum(gdp, axis=0, out=gdp)
    np.exp(gdp, out=gdp)  # how far GDP is from its median path; its level follows below
    expected = _normal(np, stream, shape)
    expected *= assumed.exchange_rate.deviation
    np.cumsum(expected, axis=0, out=expected)
    expected += sum(rate.drift for rate in (assumed.gdp_growth, assumed.inflation, assumed.exchange_rate)) * elapsed
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


def _normal(np: Any, stream: Any, shape: tuple[int, int]) -> Any:
    """Draw normal deviates; seven digits of them are enough, and cost less than half the time."""
    return stream.standard_normal(shape, dtype=np.float32).astype(np.float64)


def _joint_plan(allies: Sequence[AllyPlan]) -> list[float]:
    """Give the share that all plan together, on the median paths of their GDP."""
    plans = []
    for number in range(len(allies[0].plan)):
        sizes = [
            ally.gdp
            * math.exp(
                (number + 1)
                * sum(
                    rate.drift for rate in (ally.assumed.gdp_growth, ally.assumed.inflation, ally.assumed.exchange_rate)
                )
            )
            for ally in allies
        ]
        planned = sum(ally.plan[number] * size for ally, size in zip(allies, sizes, strict=True))
        plans.append(planned / sum(sizes))
    return plans


def _stream(np: Any, seed: int, key: str, block: int) -> Any:
    """Give the stream of an ally's block: SFC64, seeded by the seed, the code and the number of the block."""
    return np.random.Generator(np.random.SFC64([seed, block, *key.encode()]))


def _numpy() -> Any:
    try:
        import numpy as np
    except ImportError as error:
        raise MissingExtraError("simulations", "numpy", "stats") from error
    return np
