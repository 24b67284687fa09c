"""Draw the charts of the README and of the first page: American LNG by month, and what became of counts.

Run it from the project's root after the exports were renewed or an edition was added:
``.venv/bin/python scripts/draw_readme_chart.py``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import natoburden as nb

FOLDER = Path(__file__).parents[1] / "docs" / "_static"

DAY_OF_THE_DEMAND = dt.date(2025, 2, 14)


def main() -> None:
    """Write the pictures."""
    exports = nb.datasets.us_energy_exports("lng", every="month")
    ax: Any = nb.charts.lng_by_month(exports, "NATO Europe", DAY_OF_THE_DEMAND)
    ax.figure.savefig(FOLDER / "american-lng.png", dpi=110)
    counts = nb.targets.headline_counts(nb.datasets.defence_expenditure_editions(), nb.WALES_GUIDELINE)
    ax = nb.charts.headline_counts(counts)
    ax.figure.savefig(FOLDER / "headline-counts.png", dpi=110)


if __name__ == "__main__":
    main()
