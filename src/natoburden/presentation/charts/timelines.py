"""Charts of allies over the years: lines in one chart with names at the ends, or a small panel for each ally."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from natoburden.errors import UnexpectedValueError
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.spending_commitments import Target
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._series import (
    Series,
    checked_targets,
    drawn_measure,
    entities_of,
    marked_axis,
    series_of,
    written,
)
from natoburden.presentation.charts._style import (
    COLOURS,
    DARK,
    axes_for,
    finished,
    folded_into,
    points,
    room_for,
    source_below,
    whole_years,
)
from natoburden.presentation.formatting import country_name, format_share
from natoburden.presentation.messages import Translate, translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["over_time", "small_multiples"]

_LINES = tuple(
    colour for colour in COLOURS if colour not in ("#F0E442", "#000000")
)  # yellow is too faint, and black is for targets
_MARKS = ("", "o", "s", "^", "D", "v")
_MOST = len(_LINES) * len(_MARKS)


@in_letters
def over_time(
    table: ExpenditureTable,
    allies: EntityLike | Iterable[EntityLike],
    *,
    measure: Measure | str = Measure.SHARE_OF_GDP,
    targets: Iterable[Target | str] | Target | str = (),
    since: int | None = None,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """Return axes with a line for each ally or group, and its name at the end of the line; needs the extra ``plots``.

    Estimates are dashed, and a year without a figure is a gap. A target is a line that begins in the year of its
    adoption. `measure` is a share, a rate of change or military personnel. `since` is the first year to show. For a
    group that NATO's table lacks, the line is the joint share of GDP of each year's members.

    Raises `TooFewError` for an ally without figures, and `TargetMismatchError` for a target of another measure.

    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> ax = over_time(table, ["POL", "DEU", "NATO Europe"], targets=[nb.HAGUE_CORE, nb.WALES_GUIDELINE])
    >>> [text.get_text() for text in ax.texts][:3]
    ['Poland 4.68%', 'Germany 2.69%', 'NATO Europe 2.57%']
    """
    _ = translation(locale)
    measured = drawn_measure(measure)
    drawn = series_of(table, entities_of(allies), measured, since)
    if len(drawn) > _MOST:
        hint = f"give at most {_MOST}, or draw small_multiples"
        raise UnexpectedValueError("allies in one chart", str(len(drawn)), hint)
    held = checked_targets(targets, measured)
    from natoburden.presentation.charts._ends import label_ends

    ax = axes_for(ax, (7.4, max(4.4, 0.16 * (len(drawn) + len(held)) + 1.6)))
    ends: list[tuple[str, tuple[float, float], str]] = []
    for number, series in enumerate(drawn):
        colour, mark = _LINES[number % len(_LINES)], _MARKS[number // len(_LINES)]
        _draw(ax, series, color=colour, marker=mark, markersize=3, linewidth=1.6)
        ends.append((f"{country_name(series.entity, locale=locale)} {_last(series, locale)}", series.last, colour))
    first = min(min(series.values) for series in drawn)
    last = max(max(series.values) for series in drawn)
    for target in held:
        share = float(target.share.as_percent)
        ax.plot([_from(target, first, last), last], [share, share], color="black", linewidth=0.9, linestyle=(0, (1, 2)))
        said = _("{share}: {target}").format(share=format_share(target.share, locale=locale), target=_(target.name))
        ends.append((said, (last, share), "black"))
    ax.margins(x=0.01)
    if measured is Measure.SHARE_OF_GDP:
        ax.set_ylim(bottom=0)
    marked_axis(ax.yaxis, drawn[0].values.values(), _)
    whole_years(ax)
    label_ends(ax, ends, points(8))
    return finished(ax, _title(table, drawn, measured, first, last, _), [*(one.rests_on for one in drawn), *held], _)


@in_letters
def small_multiples(
    table: ExpenditureTable,
    allies: EntityLike | Iterable[EntityLike],
    *,
    measure: Measure | str = Measure.SHARE_OF_GDP,
    target: Target | str | None = None,
    behind: EntityLike | None = "NATO Total",
    since: int | None = None,
    columns: int = 4,
    figure: Figure | None = None,
    locale: str = "en",
) -> Figure:
    """Return a figure with a small panel for each ally, all on one scale; a grey line behind shows the alliance.

    `behind` is the ally or group drawn in grey; with None, there is no grey line. Estimates are dashed, and each panel
    gives the last figure. The line of a `target` begins in the year of its adoption. `figure` is a Matplotlib figure of
    your own to draw on; without `figure`, a new figure is made.

    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> figure = small_multiples(table, ["POL", "DEU", "ESP"], target=nb.WALES_GUIDELINE)
    >>> [ax.get_title(loc="left") for ax in figure.axes]
    ['Poland', 'Germany', 'Spain']
    """
    _ = translation(locale)
    measured = drawn_measure(measure)
    if type(columns) is not int or columns < 1:
        raise UnexpectedValueError("a number of columns", repr(columns), "give a whole number of at least one")
    drawn = series_of(table, entities_of(allies), measured, since)
    [grey] = series_of(table, [find_entity(behind)], measured, since) if behind is not None else [None]
    held = () if target is None else checked_targets(target, measured)
    across = min(columns, len(drawn))
    down = math.ceil(len(drawn) / across)
    made = _figure(figure, (1.85 * across + 0.6, 1.5 * down + 1.2))
    panels = made.subplots(down, across, sharex=True, sharey=True, squeeze=False).flatten().tolist()
    every = [*drawn, *([grey] if grey else [])]
    first, last = min(min(one.values) for one in every), max(max(one.values) for one in every)
    for number, (panel, series) in enumerate(zip(panels, drawn, strict=False)):
        if grey:
            _draw(panel, grey, color="0.72", linewidth=1.2)
        for each in held:
            share, begun = float(each.share.as_percent), _from(each, first, last)
            panel.plot([begun, last], [share, share], color="black", linewidth=0.8, linestyle=(0, (1, 2)))
        _draw(panel, series, color=DARK, linewidth=1.7)
        _panel(panel, series, locale)
        panel.xaxis.set_tick_params(labelbottom=number + across >= len(drawn))
    for panel in panels[len(drawn) :]:
        panel.remove()
    marked_axis(panels[0].yaxis, drawn[0].values.values(), _)
    if measured is Measure.SHARE_OF_GDP:
        panels[0].set_ylim(bottom=0)
    low, high = panels[0].get_ylim()
    panels[0].set_ylim(low, high + 0.14 * (high - low))  # room for the last figure
    panels[0].set_xlim(first - 0.5, last + 0.5)
    panels[0].set_xticks([first, last])
    title = _panels_title(_title(table, every, measured, first, last, _), grey, held, _)
    folded_into(made, made.suptitle("", x=0.01, ha="left", fontsize=points(11)), title)
    source_below(made, [*(one.rests_on for one in every), *held], _)
    return made


def _draw(ax: Axes, series: Series, **style: Any) -> None:
    """Draw the line of one ally or group, with estimates dashed."""
    years, firm, open_ = series.lines()
    ax.plot(years, firm, **style)
    if series.estimates:
        ax.plot(years, open_, **{**style, "linestyle": (0, (3, 1.2))})


def _from(target: Target, first: int, last: int) -> int:
    """Return the first year of a target's line; the year is early enough to make the line visible.

    The line of a target without a day of adoption begins in the first year.
    """
    since = first if target.adopted is None else target.adopted.year
    return min(max(since, first), last - 1)


def _last(series: Series, locale: str) -> str:
    return written(series.values[max(series.values)], locale)


def _panel(panel: Axes, series: Series, locale: str) -> None:
    """Write a panel's name, and its last figure at the top right, above all its lines."""
    panel.set_title(country_name(series.entity, locale=locale), loc="left", fontsize=points(8), pad=3)
    panel.plot(*series.last, marker="o", markersize=3, color=DARK)
    said = _last(series, locale)
    panel.text(1.0, 0.99, said, transform=panel.transAxes, ha="right", va="top", fontsize=points(8), color=DARK)
    panel.tick_params(labelsize=points(7))
    for side in ("top", "right"):
        panel.spines[side].set_visible(False)


def _figure(figure: Figure | None, size: tuple[float, float]) -> Figure:
    """Return the figure to draw on, or a new and empty one if none is given; needs the extra ``plots``."""
    if figure is not None:
        room_for(figure.bbox.width / figure.dpi, figure.bbox.height / figure.dpi, size)
        return figure
    made: Any = axes_for(None, size).figure
    made.clear()
    return made  # type: ignore[no-any-return]


def _title(
    table: ExpenditureTable, drawn: Iterable[Series], measure: Measure, first: int, last: int, _: Translate
) -> str:
    """Return a title with the measure, the years, the edition, and the meaning of dashes."""
    what = _(str(measure))
    lines = _("{what}, {first} to {last}\nedition {edition}")
    if any(series.estimates for series in drawn):
        lines = _("{what}, {first} to {last}\nedition {edition}; estimates are dashed")
    return lines.format(what=what[:1].upper() + what[1:], first=first, last=last, edition=table.edition.key)


def _panels_title(title: str, grey: Series | None, held: Iterable[Target], _: Translate) -> str:
    """Return a title that also explains the grey line and the dotted line."""
    said = [title]
    if grey:
        said.append(_("grey: {who}").format(who=country_name(grey.entity, locale=_.locale)))
    for target in held:
        share = format_share(target.share, locale=_.locale)
        said.append(_("dotted: {target}, {share}").format(target=_(target.name), share=share))
    return "; ".join(said)
