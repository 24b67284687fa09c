"""How long randomisations of a panel of all allies take, and how the time grows with them; ratios in one run."""

from __future__ import annotations

import time
from collections.abc import Callable

import natoburden as nb


def main() -> None:
    """Print the time of 31 allies in 13 years at several numbers of draws, and each against the first."""
    table = nb.datasets.defence_expenditure("2026-07")
    kinds: dict[str, Callable[[int], object]] = {
        "exploitation, each of 13 years": lambda draws: nb.burden.series(
            nb.inference.randomised_exploitation, table, draws=draws
        ),
        "response over 13 years": lambda draws: nb.inference.randomised_response(table, draws=draws),
        "change of Gini": lambda draws: nb.inference.randomised_inequality_change(table, 2014, 2026, draws=draws),
    }
    nb.inference.randomised_exploitation(table, 2025)  # so that no import is counted
    print(f"{'test':32}{'draws':>9}{'seconds':>10}{'ratio':>8}")
    for name, run in kinds.items():
        first = 0.0
        for draws in (1_000, 10_000, 100_000):
            start = time.perf_counter()
            run(draws)
            taken = time.perf_counter() - start
            first = first or taken
            print(f"{name:32}{draws:9}{taken:10.2f}{taken / first:8.1f}")


if __name__ == "__main__":
    main()
