"""Labels at the ends of lines, moved apart until they do not overlap, for axes of any size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.text import Annotation

from natoburden.presentation.charts._style import ink

__all__ = ["EndLabel", "label_ends", "spread"]

_GAP = 1.2  # the height of a line of text, with the space around it
_AWAY = 8.0  # points from the edge of the axes


class EndLabel(Annotation):
    """A label with a line's name, to the right of the axes and as close to the line's end as other labels allow."""

    def __init__(self, ax: Axes, text: str, end: tuple[float, float], **style: Any) -> None:
        line = {"arrowstyle": "-", "linewidth": 0.5, "color": style.get("color", "0.5"), "shrinkA": 0, "shrinkB": 3}
        super().__init__(
            text,
            end,
            (1.0, 0.0),
            xycoords="data",
            textcoords=("axes fraction", "axes pixels"),
            va="center",
            annotation_clip=False,
            arrowprops=line,
            **style,
        )
        self.beside: Sequence[EndLabel] = (self,)
        ax.add_artist(self)
        self.set_clip_on(False)  # it is outside the axes

    def update_positions(self, renderer: Any) -> None:
        """Move the labels apart, then place this one; Matplotlib calls this before it measures and before it draws."""
        axes = self.axes
        if axes is not None:
            around = axes.get_window_extent(renderer)
            ends = [float(axes.transData.transform(label.xy)[1]) - around.y0 for label in self.beside]
            heights = [label.get_fontsize() * renderer.points_to_pixels(1.0) * _GAP for label in self.beside]
            place = spread(ends, max(heights))[self.beside.index(self)]
            right = 1 + _AWAY * renderer.points_to_pixels(1.0) / max(around.width, 1.0)
            self.set_position((right, place))
        super().update_positions(renderer)


def label_ends(ax: Axes, labels: Sequence[tuple[str, tuple[float, float], str]], size: float = 8) -> None:
    """Write labels at the ends of lines; each label is given by a text, the last point of its line, and a colour."""
    written = [EndLabel(ax, text, end, color=ink(colour), fontsize=size) for text, end, colour in labels]
    for label in written:
        label.beside = written


def spread(places: Sequence[float], gap: float) -> list[float]:
    """Return positions in the same order, moved as little as possible until all are at least a gap apart.

    >>> spread([10, 11, 30], 4)
    [8.5, 12.5, 30.0]
    """
    order = sorted(range(len(places)), key=lambda number: places[number])
    groups: list[tuple[float, int]] = []  # for neighbours that touch: the place of the first, and their number
    for number in order:
        groups.append((float(places[number]), 1))
        while len(groups) > 1 and groups[-2][0] + gap * groups[-2][1] > groups[-1][0]:
            (last, count), (first, before) = groups.pop(), groups.pop()
            both = before + count
            groups.append(((first * before + (last - gap * before) * count) / both, both))
    found = [math.nan] * len(places)
    moved = (first + gap * step for first, count in groups for step in range(count))
    for number, place in zip(order, moved, strict=True):
        found[number] = place
    return found
