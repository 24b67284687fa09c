"""Labels beside points; the labels overlap neither each other nor the points."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Annotation, Text

__all__ = ["place_labels"]

_ANGLES = tuple(math.radians(angle) for angle in (0, 180, 90, 270, 45, 135, 225, 315, 20, 160, 200, 340))
_DISTANCES = (6, 10, 15, 21, 28, 36, 46, 58, 72)  # points
_Box: TypeAlias = tuple[float, float, float, float]
_POINT = 4  # points around a mark that stay free of labels


class PointLabel(Annotation):
    """A label with a point's name, at the nearest free place beside the point, for axes of any size."""

    def __init__(self, ax: Axes, text: str, point: tuple[float, float], size: float) -> None:
        super().__init__(
            text,
            point,
            (0, 0),
            textcoords="offset points",
            fontsize=size,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.2},  # hides the line of a target behind it
            arrowprops={"arrowstyle": "-", "linewidth": 0.4, "color": "0.5", "shrinkA": 0, "shrinkB": 3},
            zorder=2.9,
        )
        self.around = _Around(ax, (self,))
        ax.add_artist(self)

    def update_positions(self, renderer: Any) -> None:
        """Find the places of all labels, then place this label; Matplotlib calls this before it measures and draws."""
        offset, is_far = self.around.places(renderer)[self]
        self.set_position(offset)
        super().update_positions(renderer)
        line: Any = self.arrow_patch
        line.set_visible(is_far)


class _Around:
    """The labels of axes with their places; the places are found again when the axes have changed."""

    def __init__(self, ax: Axes, labels: Sequence[PointLabel], lines: Sequence[Line2D] = ()) -> None:
        self.ax, self.labels, self.lines = ax, labels, lines
        self._seen: object = None
        self._found: dict[PointLabel, tuple[tuple[float, float], bool]] = {}

    def places(self, renderer: Any) -> dict[PointLabel, tuple[tuple[float, float], bool]]:
        """Return each label's offset from its mark, in typographic points, and whether a line joins the two."""
        scale = float(renderer.points_to_pixels(1.0))
        marks = [tuple(map(float, self.ax.transData.transform(label.xy))) for label in self.labels]
        bounds = self.ax.get_window_extent(renderer)
        seen = (tuple(marks), bounds.bounds, scale)
        if seen != self._seen:
            sizes = [self._size(label, renderer) for label in self.labels]
            self._seen, self._found = seen, self._free(marks, sizes, bounds, scale)
        return self._found

    @staticmethod
    def _size(label: PointLabel, renderer: Any) -> tuple[float, float]:
        extent = Text.get_window_extent(label, renderer)  # of the text: an annotation would ask for its place
        return extent.width, extent.height

    def _free(
        self, marks: Sequence[tuple[float, ...]], sizes: Sequence[tuple[float, float]], bounds: Any, scale: float
    ) -> dict[PointLabel, tuple[tuple[float, float], bool]]:
        """Return places for labels, the most crowded marks first; if no place is free, the nearest place is used."""
        free = _POINT * scale
        taken = [(x - free, y - free, x + free, y + free) for x, y in marks]
        crossed = [box for line in self.lines if (box := _line_box(line, scale)) is not None]
        order = sorted(range(len(marks)), key=lambda number: sum(math.dist(marks[number], other) for other in marks))
        found: dict[PointLabel, tuple[tuple[float, float], bool]] = {}
        for number in order:
            mark = marks[number]
            box, distance = next(
                _open(mark, sizes[number], bounds, scale, [*taken, *crossed]),
                next(
                    _open(mark, sizes[number], bounds, scale, taken),
                    (_box(mark, 0, _DISTANCES[0] * scale, *sizes[number]), 0),
                ),
            )
            taken.append(box)
            found[self.labels[number]] = (
                ((box[0] - mark[0]) / scale, (box[1] - mark[1]) / scale),
                distance > _DISTANCES[2],
            )
        return found


def place_labels(ax: Axes, points: Sequence[tuple[float, float]], labels: Sequence[str], size: float = 7) -> None:
    """Write each label at the nearest free place around its point, the most crowded points first.

    A label far from its point is joined to the point by a thin line. Labels avoid the lines of the axes. If no place is
    free, the nearest place is used.
    """
    lines = [*ax.lines]
    written = [PointLabel(ax, label, point, size) for label, point in zip(labels, points, strict=True)]
    around = _Around(ax, written, lines)
    for label in written:
        label.around = around


def _open(
    mark: tuple[float, ...], size: tuple[float, float], bounds: Any, scale: float, taken: Sequence[_Box]
) -> Iterator[tuple[_Box, float]]:
    """Yield free places inside the axes for a label of a given size, the nearest first."""
    for distance in _DISTANCES:
        for angle in _ANGLES:
            box = _box(mark, angle, distance * scale, *size)
            inside = box[0] >= bounds.x0 and box[2] <= bounds.x1 and box[1] >= bounds.y0 and box[3] <= bounds.y1
            if inside and not any(_meet(box, other) for other in taken):
                yield box, distance


def _line_box(line: Line2D, scale: float) -> _Box | None:
    """Return the box around a vertical or horizontal line; None for an oblique line."""
    ends = line.get_transform().transform(line.get_xydata())
    (x0, y0), (x1, y1) = ends.min(axis=0), ends.max(axis=0)
    if min(x1 - x0, y1 - y0) > scale:
        return None
    return float(x0) - scale, float(y0) - scale, float(x1) + scale, float(y1) + scale


def _box(mark: tuple[float, ...], angle: float, distance: float, width: float, height: float) -> _Box:
    """Return a label's box in a given direction from a mark, at a given distance from its nearest side."""
    x = mark[0] + math.cos(angle) * distance
    y = mark[1] + math.sin(angle) * distance
    left = x if math.cos(angle) > 0.3 else x - width if math.cos(angle) < -0.3 else x - width / 2
    low = y if math.sin(angle) > 0.3 else y - height if math.sin(angle) < -0.3 else y - height / 2
    return left, low, left + width, low + height


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
