"""Charts, with Matplotlib: each takes axes and gives them back, and bears its sources."""

from natoburden.presentation.charts.allies import quadrants, ranked, revision_fan
from natoburden.presentation.charts.burden import lorenz, paths
from natoburden.presentation.charts.suppliers import before_and_after, composition, energy_by_origin

__all__ = [
    "before_and_after",
    "composition",
    "energy_by_origin",
    "lorenz",
    "paths",
    "quadrants",
    "ranked",
    "revision_fan",
]
