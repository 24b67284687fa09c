"""The style of charts: colours that also differ in lightness, a source line, and figures in the reader's locale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from natoburden.errors import MissingExtraError, UnexpectedValueError
from natoburden.model.shares import Rate
from natoburden.presentation._harmless import visible
from natoburden.presentation.citations import cite
from natoburden.presentation.formatting import format_rate
from natoburden.presentation.messages import Translate

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.text import Text

__all__ = [
    "COLOURS",
    "DARK",
    "HATCHES",
    "LIGHT",
    "PAGE",
    "UNKNOWN",
    "axes_for",
    "finished",
    "folded_into",
    "ink",
    "is_narrow",
    "percent_axis",
    "points",
    "room_for",
    "source_below",
    "whole_years",
]

# Okabe and Ito, Color Universal Design, in an order in which neighbours also differ in lightness.
COLOURS = ("#0072B2", "#E69F00", "#D55E00", "#56B4E9", "#F0E442", "#009E73", "#000000", "#CC79A7")
HATCHES = ("", "//", "", "..", "xx", "", "\\\\", "")
UNKNOWN = "#BBBBBB"
PAGE = 7.6  # inches: within the 736 pixels of a page of documentation
_MOST_SOURCES = 3
DARK, LIGHT = "#0072B2", "#A6CBE3"


_LEAST: Final = 0.48  # as a part of a chart's usual size: in smaller charts, letters would overlap
_SMALLEST: Final = 5  # points: the smallest letters that journals print
_SPARE: Final = 1.45  # at two thirds of its usual size, a chart still has room for letters of full size
_ROOM: ContextVar[float] = ContextVar("_ROOM", default=1.0)  # the present chart's size, as a part of its usual size


def points(size: float) -> float:
    """Return a font size that suits the chart being drawn: smaller in small axes, but never too small to read."""
    return min(size, max(_SMALLEST, size * _ROOM.get()))


def is_narrow() -> bool:
    """Return whether the chart being drawn is so small that it has smaller letters than usual."""
    return _ROOM.get() < 1


def room_for(width: float, height: float, size: tuple[float, float]) -> None:
    """Set the scale of a chart's letters from the available inches; raise an error if they are too few."""
    room = min(1.0, width / size[0], height / size[1])
    if room < _LEAST:
        across, down = (math.ceil(length * _LEAST * 10) / 10 for length in size)
        raise UnexpectedValueError(
            "a place for this chart",
            f"{width:.1f} x {height:.1f} inches",
            f"its letters need {across} x {down} or more: give figsize=, fewer charts in a figure, or no ax",
        )
    _ROOM.set(min(1.0, room * _SPARE))


def axes_for(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return the axes to draw on, or new axes if none are given; needs the extra ``plots``.

    Letters are smaller if the axes are smaller than `size`. Raises `UnexpectedValueError`, which names the smallest
    possible size, if the axes are too small.
    """
    if ax is not None:
        room_for(*_place(ax), size)
        for axis in (ax.xaxis, ax.yaxis):
            axis.set_tick_params(labelsize=points(10))
            axis.label.set_fontsize(points(10))
        return ax
    _ROOM.set(1.0)
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("a chart", "matplotlib", "plots") from error
    figure = Figure(figsize=size, layout="constrained")
    made: Axes = figure.add_subplot()
    return made


def _place(ax: Axes) -> tuple[float, float]:
    """Return the width and height, in inches, that a figure leaves for axes and their labels."""
    figure: Any = ax.figure
    width, height = figure.bbox.width / figure.dpi, figure.bbox.height / figure.dpi
    cell = ax.get_subplotspec()
    if cell is not None:
        grid = cell.get_gridspec()
        return width * len(cell.colspan) / grid.ncols, height * len(cell.rowspan) / grid.nrows
    box = ax.get_position()
    return width * min(1.0, box.width * 1.25), height * min(1.0, box.height * 1.25)


def ink(colour: str) -> str:
    """Return a colour dark enough for letters on white: its contrast is at least 4.5, as WCAG requires."""
    from matplotlib.colors import to_hex, to_rgb

    parts: tuple[float, ...] = to_rgb(colour)
    while 1.05 / (_luminance(parts) + 0.05) < 4.5:
        parts = tuple(0.95 * part for part in parts)
    return str(to_hex(parts))  # type: ignore[arg-type] # a colour of three parts


def _luminance(parts: Iterable[float]) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def percent_axis(axis: Any, *, locale: str) -> None:
    """Write the ticks of an axis as percentages in the reader's locale, with as many decimals as the ticks need."""

    def written(value: float, _position: object) -> str:
        decimals = max(
            len(f"{other:.2f}".rstrip("0").partition(".")[2]) for other in (value, *axis.get_majorticklocs())
        )
        return format_rate(Rate.percent(str(round(float(value), 6))), decimals, locale=locale)

    axis.set_major_formatter(written)


def whole_years(ax: Axes) -> None:
    """Place ticks only at whole years."""
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(integer=True))


def finished(ax: Axes, title: str, cited: object, _: Translate, *, above: float | None = None) -> Axes:
    """Return axes with a title at the left, without a frame at the top or right, and with the sources of `cited` below.

    The title is folded at the edge of the figure, and the source line at the width of the axes. The source line names
    the first few sources and gives the number of the others. `above` is the distance between the axes and the title, in
    points.
    """
    written = ax.set_title(title, loc="left", fontsize=points(11), pad=above, wrap=True)
    figure: Any = ax.figure
    if above and above > 0.1 * 72 * figure.bbox.height / figure.dpi:
        # Before layout, the title is above the figure, where Matplotlib would fold it after each word.
        written.set_wrap(False)
        folded_into(figure, written, title)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    from natoburden.presentation.charts._source_line import SourceLine

    if said := _said(cited, _):
        SourceLine(ax, said, fontsize=points(7))
    return ax


def source_below(figure: Figure, cited: object, _: Translate) -> None:
    """Write the sources of `cited` below all axes of a figure, folded to the present width of the figure."""
    folded_into(figure, figure.supxlabel("", x=0.01, ha="left", fontsize=points(7)), _said(cited, _))


def folded_into(figure: Figure, text: Text, said: str) -> None:
    """Write lines into a text of a figure; each line is folded to the present width of the figure."""
    from matplotlib.backends.backend_agg import RendererAgg

    from natoburden.presentation.charts._source_line import folded

    width = 0.97 * figure.bbox.width
    renderer: Any = RendererAgg(width, 100, figure.dpi)  # type: ignore[no-untyped-call]
    text.set_text("\n".join(folded(line, width, renderer, text.get_fontproperties()) for line in said.split("\n")))


def _said(cited: object, _: Translate) -> str:
    """Return a line that names the first few sources and gives the number of the others."""
    said = list(
        dict.fromkeys(", ".join(filter(None, (source.publisher, source.title))) for source in cite(cited).items)
    )
    if len(said) > _MOST_SOURCES:
        more = _("and {count} more").format(count=len(said) - _MOST_SOURCES)
        said = [*said[:_MOST_SOURCES], more]
    return visible(" ".join((_("Source:"), "; ".join(said)))) if said else ""
