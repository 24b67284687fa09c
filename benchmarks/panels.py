"""How long a panel, its spend-ins and a response function take, each against one fit of linearmodels alone."""

from __future__ import annotations

import time
from collections.abc import Callable

import natoburden as nb
from natoburden.calculators.panels._fits import fitted


def seconds(work: Callable[[], object], repeats: int = 5) -> float:
    """Return the shortest of several times."""
    taken = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print the times for 31 allies and 13 years, and each as a ratio to the bare fit."""
    table, panels = nb.datasets.defence_expenditure("2026-07"), nb.panels
    panel = panels.panel(table)
    far = panels.SpatialWeights.inverse_distance(panel.countries, nb.datasets.capitals())
    allies = [country.alpha_3 for country, _ in panel.cells]
    years = [year for _, year in panel.cells]
    y = [panel.values["burden"][place] for place in panel.cells]
    x = {"gdp": [panel.values["gdp"][place] for place in panel.cells]}
    cases: dict[str, Callable[[], object]] = {
        "bare fit": lambda: fitted(
            y, x, allies, years, effects="two-way", errors="by ally", bandwidth=None, level=0.95
        ),
        "panel": lambda: panels.panel(table),
        "spend-in": lambda: panels.spend_in(panel, far),
        "response": lambda: panels.response(panel, far, effects="two-way"),
        "two-stage": lambda: panels.response(panel, far, effects="two-way", estimator="two-stage"),
        "clubs": lambda: panels.club_convergence(panel),
    }
    bare = 0.0
    print(f"{'case':<12}{'seconds':>9}{'ratio':>8}")
    for name, work in cases.items():
        work()
        taken = seconds(work)
        bare = bare or taken
        print(f"{name:<12}{taken:9.3f}{taken / bare:8.1f}")


if __name__ == "__main__":
    main()
