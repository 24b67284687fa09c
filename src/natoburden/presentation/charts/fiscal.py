"""The debt of an ally with and without a path of defence expenditure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from natoburden.calculators.fiscal import FiscalSpace
from natoburden.model._checks import expect
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._style import COLOURS, axes_for, finished, percent_axis, points, whole_years
from natoburden.presentation.formatting import country_name, format_share
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["debt_with_and_without"]


@in_letters
def debt_with_and_without(found: FiscalSpace, *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Return axes with an ally's debt in percent of GDP, with and without a path; needs the extra ``plots``.

    Years beyond the outlook have a grey background, since their figures are assumed. After the last outcome, all
    figures of the outlook are the IMF's forecasts.

    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> ax = debt_with_and_without(nb.fiscal.space(table, nb.datasets.macro(), "Italy", 2026))
    >>> [line.get_label() for line in ax.get_lines()]
    ['with the path', 'without (IMF)']
    """
    _ = translation(locale)
    expect(found, FiscalSpace, "a fiscal space", "compute one: natoburden.fiscal.space(...)")
    ax = axes_for(ax, (7, 4.2))
    years = [row.year for row in found.years]
    with_path = [float(row.debt_with.value) for row in found.years]
    without = [float(row.debt.value) for row in found.years]
    ax.plot(years, with_path, color=COLOURS[0], marker="o", markersize=3, label=_("with the path"))
    ax.plot(years, without, color="0.35", linestyle="--", marker="o", markersize=3, label=_("without (IMF)"))
    ax.fill_between(years, without, with_path, color=COLOURS[0], alpha=0.15, linewidth=0)
    printed = found.baseline.last_forecast
    if years[-1] > printed:
        ax.axvspan(printed + 0.5, years[-1] + 0.5, color="0.93", zorder=0, label=_("assumed"))
    percent_axis(ax.yaxis, locale=locale)
    whole_years(ax)
    ax.legend(frameon=False, fontsize=points(8))
    title = _("Gross debt of {who} as a share of GDP\nwith and without {start} to {target} of GDP by {year}").format(
        who=country_name(found.country, locale=locale),
        start=format_share(found.path.start, 2, locale=locale),
        target=format_share(found.path.target, 2, locale=locale),
        year=found.path.last_year,
    )
    return finished(ax, title, found, _)
