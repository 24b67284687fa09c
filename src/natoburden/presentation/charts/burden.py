"""Paths to a target with their uncertainty, and the distribution of a burden among allies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from natoburden.calculators._arguments import several
from natoburden.calculators.burden import Inequality
from natoburden.calculators.pathways import SharePath
from natoburden.calculators.simulation import Simulation
from natoburden.errors import TooFewError
from natoburden.model._checks import expect
from natoburden.model.countries import CountryLike
from natoburden.model.memberships import EntityLike
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._style import COLOURS, DARK, axes_for, finished, percent_axis, points, whole_years
from natoburden.presentation.formatting import country_name
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["lorenz", "paths"]

_STYLES = ("-", "--", ":", "-.")


@in_letters
def paths(
    plans: Mapping[str, SharePath],
    *,
    simulation: Simulation | None = None,
    entity: EntityLike | CountryLike | None = None,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """Return axes with paths to a target, and with bands from a simulation of one ally's plan.

    The wider band lies between the lowest and highest quantiles of the simulation. The narrower band lies between the
    second-lowest and the second-highest quantiles. The bands show what the assumptions imply, not how likely the future
    is.

    >>> import natoburden as nb
    >>> plan = nb.pathways.path(nb.Share.percent("2.2"), nb.Share.percent("3.5"), first_year=2025, last_year=2035)
    >>> paths({"even steps": plan}).get_lines()[0].get_label()
    'even steps'
    """
    _ = translation(locale)
    expect(plans, Mapping, "paths to draw", "give a mapping of labels to paths: {'linear': pathways.path(...)}")
    if not plans:
        raise TooFewError("a chart of paths", 0, 1)
    ax = axes_for(ax, (7, 4.2))
    if simulation is not None:
        rows = [row for row in simulation if entity is None or row.entity == simulation[entity].entity]
        years = [row.year for row in rows]
        count = len(rows[0].levels)
        for number in range(count // 2):
            low = [float(row.shares[number].as_percent) for row in rows]
            high = [float(row.shares[count - 1 - number].as_percent) for row in rows]
            span = f"{rows[0].levels[number].as_percent:g} – {rows[0].levels[count - 1 - number].as_percent:g} %"
            ax.fill_between(years, low, high, color=DARK, alpha=0.15 + 0.12 * number, linewidth=0, label=span)
    for number, (name, plan) in enumerate(plans.items()):
        ax.plot(
            list(plan.by_year),
            [float(share.as_percent) for share in plan.shares],
            color=("black", *COLOURS)[number % 9],
            linestyle=_STYLES[number % len(_STYLES)],
            marker="o",
            markersize=3,
            label=name,
        )
    percent_axis(ax.yaxis, locale=locale)
    whole_years(ax)
    ax.legend(frameon=False, fontsize=points(8))
    rested = [item for plan in plans.values() for item in plan.inputs]
    whose = [country_name(item.entity, locale=locale) for item in rested]
    title = _("Paths of defence expenditure as a share of GDP")
    if whose:
        title = _("Paths of defence expenditure as a share of GDP: {who} (edition {edition})")
    return finished(ax, _of(title, whose, [item.edition.key for item in rested]), plans.values(), _)


@in_letters
def lorenz(results: Inequality | Iterable[Inequality], *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Return axes with the Lorenz curve of a burden by GDP; on the diagonal, all members spend the same share of GDP.

    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> ax = lorenz([nb.burden.inequality(table, year) for year in (2014, 2026)])
    >>> [line.get_label() for line in ax.lines][1:]
    ['2014: Gini 0.249', '2026: Gini 0.091']
    """
    _ = translation(locale)
    hint = "give what burden.inequality returns, or a list of it"
    given = (results,) if isinstance(results, Inequality) else several(results, Inequality, "burdens to draw", hint)
    if not given:
        raise TooFewError("a chart of burdens", 0, 1)
    ax = axes_for(ax, (5.2, 5))
    ax.plot([0, 100], [0, 100], color="0.6", linewidth=1, label=_("the same share for all"))
    for number, found in enumerate(given):
        ax.plot(
            [0.0, *(float(point.gdp.as_percent) for point in found.lorenz)],
            [0.0, *(float(point.expenditure.as_percent) for point in found.lorenz)],
            color=("0.45", "black", *COLOURS)[number % 10],
            linestyle=_STYLES[number % len(_STYLES)],
            marker=".",
            label=f"{found.year}: Gini {found.gini:.3f}",
        )
    for axis in (ax.xaxis, ax.yaxis):
        percent_axis(axis, locale=locale)
    ax.set_aspect("equal")
    ax.set_xlabel(_("part of the group's GDP"))
    ax.set_ylabel(_("part of its expenditure"))
    ax.legend(frameon=False, fontsize=points(8))
    title = _("How the burden lies: {who} (edition {edition})")
    groups = [country_name(found.group, locale=locale) for found in given]
    return finished(ax, _of(title, groups, [found.edition for found in given]), given[-1], _)


def _of(title: str, names: Iterable[str], editions: Iterable[str]) -> str:
    """Return a title that lists the allies or groups in the chart, and the editions, each once."""
    return title.format(who=", ".join(dict.fromkeys(names)), edition=", ".join(sorted(set(editions))))
