"""Charts that compare allies: by share, by shortfall, by two targets at once, and across editions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from natoburden.calculators._arguments import several, several_tables
from natoburden.calculators.results import ResultTable
from natoburden.calculators.targets import AllyQuadrant, Compliance, GroupGap
from natoburden.calculators.targets._measured import measure_of
from natoburden.errors import TooFewError
from natoburden.model._checks import expect
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.sources import Status
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._series import title_of
from natoburden.presentation.charts._style import (
    DARK,
    LIGHT,
    PAGE,
    UNKNOWN,
    axes_for,
    finished,
    percent_axis,
    points,
    whole_years,
)
from natoburden.presentation.formatting import basis_text, country_name, format_number, format_share
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["quadrants", "ranked", "revision_fan", "shortfalls"]


@in_letters
def ranked(results: Compliance | Sequence[Compliance], *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Return axes with allies as bars, the largest share first, and a line for each target; needs the extra ``plots``.

    `results` are results of one year, for one target or several. Bars that reach the first target are dark, and the
    title explains the colour.

    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> ax = ranked(nb.targets.compliance(table, 2025, nb.HAGUE_CORE))
    >>> len(ax.patches), ax.get_yticklabels()[0].get_text()
    (31, 'Poland')
    """
    _ = translation(locale)
    hint = "give what targets.compliance returns, or a list of it"
    given = (results,) if isinstance(results, Compliance) else several(results, Compliance, "allies to rank", hint)
    if not given or not given[0].rows:
        raise TooFewError("a chart of allies", 0, 1)
    rows = sorted(given[0], key=lambda row: row.share, reverse=True)
    ax = axes_for(ax, (7, 0.24 * len(rows) + 1.4))
    shares = [float(row.share.as_percent) for row in rows]
    ax.barh(range(len(rows)), shares, color=[DARK if row.is_met else LIGHT for row in rows])
    ax.set_yticks(range(len(rows)), [country_name(row.country, locale=locale) for row in rows], fontsize=points(8))
    ax.set_ylim(len(rows) - 0.4, -0.7)
    right = max(*shares, *(float(result[0].target.share.as_percent) for result in given)) * 1.03
    for number, row in enumerate(rows):  # inside the bars, which cover the lines of targets
        fits = shares[number] > 0.15 * right
        ax.annotate(
            format_share(row.share, 2, locale=locale),
            (shares[number], number),
            (-3 if fits else 3, 0),
            textcoords="offset points",
            ha="right" if fits else "left",
            va="center_baseline",
            color="white" if fits and row.is_met else "black",
            fontsize=points(7),
            bbox=None if fits else {"facecolor": "white", "edgecolor": "none", "pad": 0.4},
        )
    for result in given:
        target = result[0].target
        line = float(target.share.as_percent)
        ax.axvline(line, color="black", linewidth=1, linestyle="--", zorder=0.5)
        ax.text(line, -0.9, format_share(target.share, locale=locale), ha="center", fontsize=points(8))
    ax.set_xlim(right=right)
    percent_axis(ax.xaxis, locale=locale)
    has_estimates = any(item.is_estimate for row in rows for item in row.inputs)
    title = title_of(measure_of(given[0].target), rows[0].year, str(given[0].edition), has_estimates, _)
    first = rows[0].target
    dark = _("{title}; dark: {share} or less") if first.sign == "≤" else _("{title}; dark: {share} or more")
    title = dark.format(title=title, share=format_share(first.share, locale=locale))
    return finished(ax, title, given[0].sources, _, above=22)  # room for the names of targets


@in_letters
def shortfalls(found: GroupGap, *, largest: int = 10, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Return axes with a bar for each member's shortfall, the largest first; the smallest shortfalls share one bar.

    The bars add up to the gross gap, which the title states. Surpluses are not drawn, since one ally's surplus does not
    fill the gap of another ally. Raises `TooFewError` if no member has a shortfall.

    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> ax = shortfalls(nb.targets.group_gap(table, "NATO Europe and Canada", 2025, nb.HAGUE_CORE), largest=3)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Germany', 'France', 'United Kingdom', '23 others']
    """
    _ = translation(locale)
    expect(found, GroupGap, "shortfalls to draw", "give what targets.group_gap returns")
    rows = sorted((row for row in found.members if row.amount.amount > 0), key=lambda row: -row.amount.amount)
    if not rows:
        raise TooFewError("members below the target", 0, 1)
    drawn, rest = (rows, []) if len(rows) <= largest + 1 else (rows[:largest], rows[largest:])
    names = [country_name(row.country, locale=locale) for row in drawn]
    amounts = [row.amount.in_billions for row in drawn]
    if rest:
        names.append(_("{count} others").format(count=len(rest)))
        amounts.append(sum((row.amount.in_billions for row in rest), Decimal(0)))
    ax = axes_for(ax, (7, 0.27 * len(names) + 1.5))
    ax.barh(range(len(drawn)), [float(amount) for amount in amounts[: len(drawn)]], color=DARK)
    ax.barh(range(len(drawn), len(names)), [float(amount) for amount in amounts[len(drawn) :]], color=UNKNOWN)
    ax.set_yticks(range(len(names)), names, fontsize=points(8))
    ax.set_ylim(len(names) - 0.4, -0.6)
    for number, amount in enumerate(amounts):
        figure = format_number(amount, 1, locale=locale)
        look: dict[str, Any] = {"va": "center", "fontsize": points(7)}
        ax.annotate(figure, (float(amount), number), (3, 0), textcoords="offset points", **look)
    ax.set_xlim(right=float(max(amounts)) * 1.08)
    ax.xaxis.set_visible(False)  # each bar has its figure as a label
    ax.spines["bottom"].set_visible(False)
    lines = _("{group}: what members lack to {share} of GDP, {year}\n{total}, {prices}; edition {edition}")
    if found.status is Status.ESTIMATE:
        lines = _(
            "{group}: what members lack to {share} of GDP, {year}\n{total}, {prices}; edition {edition}; with estimates"
        )
    title = lines.format(
        share=format_share(found.target.share, locale=locale),
        year=found.year,
        group=_(str(found.group)),
        total=_("{currency} {figure} billion").format(
            currency=found.gross.currency, figure=format_number(found.gross.in_billions, 1, locale=locale)
        ),
        prices=basis_text(found.gross.basis, locale=locale),
        edition=rows[0].inputs[0].edition,
    )
    return finished(ax, title, found, _)


@in_letters
def quadrants(results: ResultTable[AllyQuadrant], *, ax: Axes | None = None, locale: str = "en") -> Axes:
    """Return axes with a point for each ally, by its shares of GDP and of equipment, and lines for both targets.

    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> ax = quadrants(nb.targets.quadrants(table, 2025, nb.WALES_GUIDELINE, nb.WALES_EQUIPMENT))
    >>> len(ax.texts) > 30
    True
    """
    _ = translation(locale)
    rows = several(results, AllyQuadrant, "allies in two tests", "give what targets.quadrants returns")
    if not rows:
        raise TooFewError("a chart of allies", 0, 1)
    ax = axes_for(ax, (PAGE, 6))
    places = [(float(row.share.as_percent), float(row.equipment.as_percent)) for row in rows]
    first, second = rows[0].share_target.share, rows[0].equipment_target.share
    both = [row.share >= first and row.equipment >= second for row in rows]
    ax.scatter(
        [x for x, _y in places],
        [y for _x, y in places],
        c=[DARK if met else "white" for met in both],
        edgecolors=DARK,
        s=22,
        zorder=3,
    )
    ax.axvline(float(first.as_percent), color="black", linewidth=1, linestyle="--")
    ax.axhline(float(second.as_percent), color="black", linewidth=1, linestyle="--")
    ax.margins(0.08)
    edge: dict[str, Any] = {"fontsize": points(8), "ha": "right", "va": "bottom"}
    goals = [format_share(share, locale=locale) for share in (first, second)]
    ax.text(float(first.as_percent), 0, goals[0], transform=ax.get_xaxis_transform(), **edge)
    ax.text(1, float(second.as_percent), goals[1], transform=ax.get_yaxis_transform(), **edge)
    percent_axis(ax.xaxis, locale=locale)
    percent_axis(ax.yaxis, locale=locale)
    ax.set_xlabel(_("share of GDP"))
    ax.set_ylabel(_("equipment, share of expenditure"))
    finished(ax, _("The two tests of the Wales guidelines, {year}").format(year=rows[0].year), results, _)
    from natoburden.presentation.charts._labels import place_labels

    place_labels(ax, places, [country_name(row.country, locale=locale) for row in rows], points(7))
    return ax


@in_letters
def revision_fan(
    tables: Iterable[ExpenditureTable], entity: EntityLike, *, ax: Axes | None = None, locale: str = "en"
) -> Axes:
    """Return axes with a country's share of GDP in each edition; hollow marks are estimates, filled marks are outcomes.

    The newest edition is drawn in black. A year without a figure leaves a gap in the line. `tables` is a list of
    editions, even for a single edition.

    >>> import natoburden as nb
    >>> ax = revision_fan(nb.datasets.defence_expenditure_editions("2024-06", "2026-07"), "Germany")
    >>> [line.get_label() for line in ax.lines]
    ['2024-06', '2026-07']
    """
    _ = translation(locale)
    who, editions = find_entity(entity), sorted(several_tables(tables), key=lambda table: table.edition.key)
    found = [(table, tuple(table.select(measure=Measure.SHARE_OF_GDP, entity=who))) for table in editions]
    drawn = [(table, figures) for table, figures in found if figures]
    if not drawn:
        raise TooFewError(f"editions with a share of {who}", 0, 1)
    ax = axes_for(ax, (7, 4.2))
    for number, (table, figures) in enumerate(drawn):
        newest = number == len(drawn) - 1
        colour = "black" if newest else str(0.75 - 0.4 * number / len(drawn))
        shares = {item.year: float(item.value.as_percent) for item in figures}
        years = range(min(shares), max(shares) + 1)
        values = [shares.get(year, float("nan")) for year in years]  # no line across a year without a figure
        ax.plot(years, values, color=colour, linewidth=2 if newest else 1.2, label=table.edition.key)
        outcomes = [item.status.value != "estimate" for item in figures]
        ax.scatter(
            list(shares),
            list(shares.values()),
            s=18,
            edgecolors=colour,
            c=[colour if firm else "white" for firm in outcomes],
            zorder=3,
        )
    percent_axis(ax.yaxis, locale=locale)
    whole_years(ax)
    ax.legend(title=_("edition"), frameon=False, fontsize=points(8), title_fontsize=points(10))
    name = country_name(who, locale=locale)
    keys = [table.edition.key for table, _figures in drawn]
    title = _("{ally}: share of GDP in the edition {edition}; estimates are open")
    if len(keys) > 1:
        title = _("{ally}: share of GDP in {count} editions, {first} to {last}; estimates are open")
    return finished(
        ax,
        title.format(ally=name, edition=keys[0], count=len(keys), first=keys[0], last=keys[-1]),
        [table.edition.source for table, _figures in drawn],
        _,
    )
