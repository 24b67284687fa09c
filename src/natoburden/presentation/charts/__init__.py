"""Charts with Matplotlib: each function draws on axes, returns the axes, and prints its sources below the chart."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.presentation.charts.allies import quadrants as quadrants
    from natoburden.presentation.charts.allies import ranked as ranked
    from natoburden.presentation.charts.allies import revision_fan as revision_fan
    from natoburden.presentation.charts.allies import shortfalls as shortfalls
    from natoburden.presentation.charts.american import american_share as american_share
    from natoburden.presentation.charts.american import ceilings_by_area as ceilings_by_area
    from natoburden.presentation.charts.american import effort as effort
    from natoburden.presentation.charts.american import lng_by_month as lng_by_month
    from natoburden.presentation.charts.burden import lorenz as lorenz
    from natoburden.presentation.charts.burden import paths as paths
    from natoburden.presentation.charts.counts import count_distribution as count_distribution
    from natoburden.presentation.charts.fiscal import debt_with_and_without as debt_with_and_without
    from natoburden.presentation.charts.headlines import headline_counts as headline_counts
    from natoburden.presentation.charts.maps import europe as europe
    from natoburden.presentation.charts.publishers import by_definition as by_definition
    from natoburden.presentation.charts.saving import save as save
    from natoburden.presentation.charts.suppliers import before_and_after as before_and_after
    from natoburden.presentation.charts.suppliers import composition as composition
    from natoburden.presentation.charts.suppliers import energy_by_origin as energy_by_origin
    from natoburden.presentation.charts.timelines import over_time as over_time
    from natoburden.presentation.charts.timelines import small_multiples as small_multiples
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "allies": "quadrants ranked revision_fan shortfalls",
            "american": "american_share ceilings_by_area effort lng_by_month",
            "burden": "lorenz paths",
            "fiscal": "debt_with_and_without",
            "counts": "count_distribution",
            "headlines": "headline_counts",
            "timelines": "over_time small_multiples",
            "maps": "europe",
            "publishers": "by_definition",
            "saving": "save",
            "suppliers": "before_and_after composition energy_by_origin",
        },
    )
