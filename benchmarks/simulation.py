"""How long a simulation of all allies takes, and how the time grows with the draws; ratios in one run."""

from __future__ import annotations

import resource
import time

import natoburden as nb


def main() -> None:
    """Print the time of ten years of all allies at several numbers of draws, and each against the first."""
    table, percent = nb.datasets.defence_expenditure("2026-07"), nb.Rate.percent
    uncertain = nb.simulation.Uncertain
    assumed = nb.simulation.Assumptions(
        gdp_growth=uncertain(percent("1.5"), percent(2)),
        inflation=uncertain(percent(2), percent(1)),
        exchange_rate=uncertain(percent(0), percent(6)),
        execution=uncertain(percent(-2), percent(3)),
        revision=uncertain(percent(0), percent(4)),
        correlation=nb.Share.percent(50),
    )
    target = nb.HAGUE_CORE.share
    plans = {
        ally: nb.pathways.path(table.share_of_gdp(ally, 2025), target, first_year=2025, last_year=2035).by_year
        for ally in table.reporting_members("NATO", 2025)
    }
    first = 0.0
    print(f"{'draws':>9}{'seconds':>10}{'ratio':>8}{'peak MiB':>10}")
    for draws in (10_000, 100_000, 1_000_000):
        start = time.perf_counter()
        nb.simulation.simulate(table, plans, assumed, seed=1, start_year=2025, targets=[nb.HAGUE_CORE], draws=draws)
        taken = time.perf_counter() - start
        first = first or taken
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{draws:9}{taken:10.2f}{taken / first:8.1f}{peak:10.0f}")


if __name__ == "__main__":
    main()
