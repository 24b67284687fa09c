"""Draw the chart of the README: American LNG to NATO's European members by month.

Run it from the project's root after the exports were renewed: ``.venv/bin/python scripts/draw_readme_chart.py``.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import natoburden as nb

TARGET = Path(__file__).parents[1] / "docs" / "_static" / "american-lng.png"

DAY_OF_THE_DEMAND = dt.date(2025, 2, 14)


def main() -> None:
    """Write the picture."""
    exports = nb.datasets.us_energy_exports("lng", every="month")
    ax: Any = nb.charts.lng_by_month(exports, "NATO Europe", DAY_OF_THE_DEMAND)
    ax.figure.savefig(TARGET, dpi=110)


if __name__ == "__main__":
    main()
