"""A map of Europe's allies by value; allies without a figure are hatched."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from natoburden.calculators._arguments import expect_table
from natoburden.calculators.targets._measured import measure_of
from natoburden.datasets._shapes import outlines, outlines_source
from natoburden.datasets.targets import target
from natoburden.errors import TooFewError
from natoburden.model._numbers import checked_year
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Bloc
from natoburden.model.shares import Rate
from natoburden.model.spending_commitments import Target
from natoburden.presentation.charts._fonts import in_letters
from natoburden.presentation.charts._series import checked_targets, drawn_measure, height, title_of
from natoburden.presentation.charts._style import PAGE, axes_for, finished, points
from natoburden.presentation.formatting import format_number, format_rate
from natoburden.presentation.messages import Translate, translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["europe"]

_Point = tuple[float, float]
_CENTRE = (math.radians(12), math.radians(53))
_ACROSS, _UP = (-0.44, 0.43), (-0.31, 0.34)  # the size of the map, in radii of the earth
_OTHERS, _EDGE = "#EDEDED", "white"
_OWN = ("wales-guideline", "wales-equipment", "hague-core")  # targets with shares that are borders of classes


@in_letters
def europe(
    table: ExpenditureTable,
    year: int,
    *,
    measure: Measure | str = Measure.SHARE_OF_GDP,
    targets: Iterable[Target | str] | Target | str | None = None,
    ax: Axes | None = None,
    locale: str = "en",
) -> Axes:
    """Return axes with a map of Europe's allies: a darker colour means a larger value, and hatching means no figure.

    The map does not show Canada, the United States, or the borders of other countries. Areas have their true
    proportions (Lambert's azimuthal equal-area projection). `measure` is a share, a rate of change or military
    personnel. A class of colours begins at each of the `targets`: allies below and above a target have different
    colours. The default is NATO's own targets for the measure.

    Raises `TooFewError` for a year without figures, and `TargetMismatchError` for a target of another measure.

    >>> import natoburden as nb
    >>> ax = europe(nb.datasets.defence_expenditure("2026-07"), 2025)
    >>> ax.get_legend().texts[-1].get_text()
    'no figure'
    """
    _ = translation(locale)
    expect_table(table)
    measured, when = drawn_measure(measure), checked_year(year)
    members = {ally.key: ally for ally in Bloc.find("NATO").members(when) if ally.key in outlines()}
    found = {item.entity: item for item in table.select(measure=measured, year=when) if item.entity.key in members}
    if not found:
        raise TooFewError(f"allies on the map for {when}", 0, 1)
    import matplotlib as mpl
    from matplotlib.patches import Patch

    values = {ally.key: height(item.value) for ally, item in found.items()}
    own = [each for each in map(target, _OWN) if measure_of(each) is measured]
    held = checked_targets(own if targets is None else targets, measured)
    bounds = _bounds(list(values.values()), {height(each.share) for each in held})
    scale = mpl.colormaps["Blues"]
    colours = [scale(0.15 + 0.8 * number / max(len(bounds) - 2, 1)) for number in range(len(bounds) - 1)]
    ax = axes_for(ax, (PAGE, 5.4))
    for code, parts in outlines().items():
        drawn = [[_placed(point) for point in part] for part in parts]
        look: dict[str, Any] = {"facecolor": _OTHERS}
        if code in values:
            number = _class_of(values[code], bounds)
            look = {"facecolor": colours[number]}
            _label(ax, members[code].alpha_2, drawn, is_dark=number >= 0.55 * len(colours))
        elif code in members:
            look = {"facecolor": "white", "hatch": "/////"}
            _label(ax, members[code].alpha_2, drawn, is_dark=False)
        for part in drawn:
            edge = "0.6" if "hatch" in look else _OTHERS if code not in members else _EDGE  # not the borders of others
            ax.fill(*zip(*part, strict=True), edgecolor=edge, linewidth=0.5, **look)
    shown = [
        Patch(facecolor=colour, label=f"{_said(low, _, measured)} – {_said(high, _, measured)}")
        for colour, low, high in zip(colours, bounds[:-1], bounds[1:], strict=True)
    ]
    others = Patch(facecolor=_OTHERS, label=_("not an ally"))
    unknown = Patch(facecolor="white", edgecolor="0.6", hatch="/////", label=_("no figure"))
    ax.legend(
        handles=[*reversed(shown), others, unknown],
        frameon=False,
        fontsize=points(8),
        loc="upper left",
        bbox_to_anchor=(1, 1),
    )
    ax.set(xlim=_ACROSS, ylim=_UP, xticks=[], yticks=[], aspect="equal")
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    title = title_of(measured, when, table.edition.key, any(item.is_estimate for item in found.values()), _)
    return finished(ax, title, [*found.values(), outlines_source()], _)


def _bounds(values: Sequence[float], targets: set[float]) -> list[float]:
    """Return the bounds of classes: the targets, and round numbers that are not close to a target."""
    from matplotlib.ticker import MaxNLocator

    round_ = [float(each) for each in MaxNLocator(7, steps=[1, 2, 5, 10]).tick_values(min(values), max(values))]
    step = round_[1] - round_[0]
    within = {each for each in targets if round_[0] < each < round_[-1]}
    far = [each for each in round_[1:-1] if all(abs(each - target) >= step / 2 for target in within)]
    return sorted({round_[0], *far, *within, round_[-1]})


def _said(bound: float, _: Translate, measure: Measure) -> str:
    value = Decimal(str(round(bound, 4)))
    if measure is Measure.MILITARY_PERSONNEL:
        return format_number(value, 0, locale=_.locale)
    return format_rate(Rate.percent(str(value)), 0 if value == int(value) else 1, locale=_.locale)


def _class_of(value: float, bounds: Sequence[float]) -> int:
    """Return the class of a value; a value at a bound belongs to the class above it."""
    return max(number for number, low in enumerate(bounds[:-1]) if low <= value)


def _placed(point: _Point) -> _Point:
    """Return the map position of a point given in degrees, by Lambert's azimuthal equal-area projection."""
    east, north = math.radians(point[0]) - _CENTRE[0], math.radians(point[1])
    middle = _CENTRE[1]
    cosine = math.sin(middle) * math.sin(north) + math.cos(middle) * math.cos(north) * math.cos(east)
    stretch = math.sqrt(2 / (1 + cosine))
    up = math.cos(middle) * math.sin(north) - math.sin(middle) * math.cos(north) * math.cos(east)
    return stretch * math.cos(north) * math.sin(east), stretch * up


def _label(ax: Axes, code: str, parts: Sequence[Sequence[_Point]], *, is_dark: bool) -> None:
    """Write a country's code at the widest place of the country's largest area."""
    largest = max(parts, key=_area)
    x, y = _widest(largest)
    colour = "white" if is_dark else "black"
    ax.text(x, y, code, fontsize=points(6), ha="center", va="center", color=colour, zorder=4, clip_on=True)


def _area(part: Sequence[_Point]) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in zip(part, [*part[1:], part[0]], strict=True))) / 2


def _widest(part: Sequence[_Point]) -> _Point:
    """Return the middle of the widest west-to-east line inside an outline, away from its north and south ends."""
    low, high = min(y for _x, y in part), max(y for _x, y in part)
    best = (-1.0, part[0])
    for step in range(3, 10):
        y = low + (high - low) * step / 12 + 1e-9
        sides = zip(part, [*part[1:], part[0]], strict=True)
        cuts = sorted(a + (y - b) * (c - a) / (d - b) for (a, b), (c, d) in sides if (b > y) != (d > y))
        for west, east in zip(cuts[::2], cuts[1::2], strict=True):
            best = max(best, (east - west, ((west + east) / 2, y)))
    return best[1]
