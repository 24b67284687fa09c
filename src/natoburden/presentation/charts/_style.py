"""The look of charts: colours that also differ in lightness, a source line, figures in the reader's locale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from natoburden.errors import MissingExtraError
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
    "percent_axis",
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


def axes_for(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """Return the axes to draw on, new ones where none are given; needs the extra ``plots``."""
    if ax is not None:
        return ax
    try:
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtraError("a chart", "matplotlib", "plots") from error
    figure = Figure(figsize=size, layout="constrained")
    made: Axes = figure.add_subplot()
    return made


def percent_axis(axis: Any, *, locale: str) -> None:
    """Write the ticks of an axis in the reader's locale, with their percent sign and the decimals that they need."""

    def written(value: float, _position: object) -> str:
        decimals = max(
            len(f"{other:.2f}".rstrip("0").partition(".")[2]) for other in (value, *axis.get_majorticklocs())
        )
        return format_rate(Rate.percent(str(round(float(value), 6))), decimals, locale=locale)

    axis.set_major_formatter(written)


def whole_years(ax: Axes) -> None:
    """Put ticks at whole years only."""
    from matplotlib.ticker import MaxNLocator

    ax.xaxis.set_major_locator(MaxNLocator(integer=True))


def finished(ax: Axes, title: str, cited: object, _: Translate, *, above: float | None = None) -> Axes:
    """Return axes with a title to the left, no frame above or to the right, and below the sources of what is cited.

    The title folds where the figure ends, and the source line to the width of the axes. It names the first of many
    sources, and how many more there are.
    `above` is the room between the axes and the title, in points.
    """
    ax.set_title(title, loc="left", fontsize=11, pad=above, wrap=True)
    for side in ("top", "right"):
        ax.spines[side].set_visible(False)
    from natoburden.presentation.charts._source_line import SourceLine

    if said := _said(cited, _):
        SourceLine(ax, said, fontsize=7)
    return ax


def source_below(figure: Figure, cited: object, _: Translate) -> None:
    """Write the sources of what is cited below all axes of a figure, folded to the width that it has now."""
    folded_into(figure, figure.supxlabel("", x=0.01, ha="left", fontsize=7), _said(cited, _))


def folded_into(figure: Figure, text: Text, said: str) -> None:
    """Write lines into a text of a figure, each folded to the width that the figure has now."""
    from matplotlib.backends.backend_agg import RendererAgg

    from natoburden.presentation.charts._source_line import folded

    width = 0.97 * figure.bbox.width
    renderer: Any = RendererAgg(width, 100, figure.dpi)  # type: ignore[no-untyped-call]
    text.set_text("\n".join(folded(line, width, renderer, text.get_fontproperties()) for line in said.split("\n")))


def _said(cited: object, _: Translate) -> str:
    """Return a line of sources: the first of many, and how many more there are."""
    said = list(
        dict.fromkeys(", ".join(filter(None, (source.publisher, source.title))) for source in cite(cited).items)
    )
    if len(said) > _MOST_SOURCES:
        more = _("and {count} more").format(count=len(said) - _MOST_SOURCES)
        said = [*said[:_MOST_SOURCES], more]
    return visible(" ".join((_("Source:"), "; ".join(said)))) if said else ""
