"""One ally's share of GDP according to several publishers, as dots on one line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from natoburden.calculators._arguments import several
from natoburden.calculators.definitions import DefinitionBurdens
from natoburden.errors import TooFewError
from natoburden.model._numbers import checked_year
from natoburden.model.expenditure import CountedBy, Measure
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._style import COLOURS, axes_for, finished, percent_axis, points
from natoburden.presentation.formatting import country_name
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["by_definition"]

_MARKS: Final = {CountedBy.NATO: "o", CountedBy.SIPRI: "s", CountedBy.EUROSTAT: "^", CountedBy.EDA: "D"}


@in_letters
def by_definition(
    results: DefinitionBurdens | Sequence[DefinitionBurdens], year: int, *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Return axes with a line for each ally and a dot for each publisher's share of GDP, the largest NATO share first.

    `results` are results of `definitions.beside`, for one ally or several. A publisher without a share for the year has
    no dot. Needs the extra ``plots``. Raises `TooFewError` if no publisher has a share for the year.

    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> ax = by_definition([nb.definitions.beside(table, [], ally) for ally in ("Poland", "Germany")], 2025)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Poland', 'Germany']
    """
    _ = translation(locale)
    hint = "give what definitions.beside returns, or a list of it"
    given = (
        (results,) if isinstance(results, DefinitionBurdens) else several(results, DefinitionBurdens, "burdens", hint)
    )
    wanted = checked_year(year)
    shares = {
        found.country: {
            row.definition: float(row.share.as_percent) for row in found if row.year == wanted and row.share is not None
        }
        for found in given
    }
    known = {country: dots for country, dots in shares.items() if dots}
    if not known:
        raise TooFewError("a chart of definitions", 0, 1)
    order = sorted(known, key=lambda country: -known[country].get(CountedBy.NATO, max(known[country].values())))
    ax = axes_for(ax, (7, 0.32 * len(order) + 1.8))
    for number, country in enumerate(order):
        dots = known[country].values()
        ax.plot([min(dots), max(dots)], [number, number], color="#999999", linewidth=1, zorder=1)
    names = {CountedBy.NATO: _("NATO"), CountedBy.EDA: _("European Defence Agency")}
    for definition, colour in zip(CountedBy, COLOURS, strict=False):
        places = [(known[country][definition], at) for at, country in enumerate(order) if definition in known[country]]
        if places:
            across, down = zip(*places, strict=True)
            label = names.get(definition, str(definition))
            mark = _MARKS[definition]
            ax.scatter(across, down, color=colour, edgecolor="black", linewidth=0.5, marker=mark, label=label, zorder=2)
    ax.set_yticks(range(len(order)), [country_name(country, locale=locale) for country in order])
    ax.set_ylim(len(order) - 0.5, -0.5)
    ax.set_xlim(left=0)
    percent_axis(ax.xaxis, locale=locale)
    ax.legend(frameon=False, fontsize=points(8), loc="lower right")
    what = _(str(Measure.SHARE_OF_GDP))
    title = _("{what}, {year}, as each publisher counts it").format(what=what[:1].upper() + what[1:], year=wanted)
    cited = tuple(
        dict.fromkeys(item.source for found in given for row in found if row.year == wanted for item in row.inputs)
    )
    return finished(ax, title, cited, _)
