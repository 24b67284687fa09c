"""Labels beside points that overlap neither each other nor the points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["place_labels"]

_ANGLES = tuple(math.radians(angle) for angle in (0, 180, 90, 270, 45, 135, 225, 315, 20, 160, 200, 340))
_DISTANCES = (6, 10, 15, 21, 28, 36, 46, 58, 72)  # points
_POINT = 4  # points around a mark that stay free of labels


def place_labels(ax: Axes, points: Sequence[tuple[float, float]], labels: Sequence[str], size: float = 7) -> None:
    """Write each label at the nearest free place around its point, the most crowded points first.

    A label further away has a thin line to its point. Where no place is free the nearest is taken.
    """
    figure: Any = ax.figure
    figure.draw_without_rendering()
    scale = figure.dpi / 72
    marks = [tuple(map(float, ax.transData.transform(point))) for point in points]
    taken = [(x - _POINT * scale, y - _POINT * scale, x + _POINT * scale, y + _POINT * scale) for x, y in marks]
    bounds = ax.get_window_extent()
    order = sorted(range(len(points)), key=lambda number: sum(math.dist(marks[number], other) for other in marks))
    for number in order:
        text = ax.annotate(
            labels[number],
            points[number],
            (0, 0),
            textcoords="offset points",
            fontsize=size,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.2},  # a line of a target does not cross it
            zorder=2.9,
        )
        extent = text.get_window_extent()
        width, height = extent.width, extent.height
        best = None
        for distance in _DISTANCES:
            for angle in _ANGLES:
                box = _box(marks[number], angle, distance * scale, width, height)
                inside = box[0] >= bounds.x0 and box[2] <= bounds.x1 and box[1] >= bounds.y0 and box[3] <= bounds.y1
                if inside and not any(_meet(box, other) for other in taken):
                    best = (box, distance)
                    break
            if best:
                break
        box, distance = best or (_box(marks[number], 0, _DISTANCES[0] * scale, width, height), 0)
        taken.append(box)
        x, y = marks[number]
        text.set_position(((box[0] - x) / scale, (box[1] - y) / scale))
        if distance > _DISTANCES[2]:
            ax.annotate(
                "",
                points[number],
                ((box[0] + box[2]) / 2 / scale - x / scale, (box[1] + box[3]) / 2 / scale - y / scale),
                textcoords="offset points",
                arrowprops={"arrowstyle": "-", "linewidth": 0.4, "color": "0.5", "shrinkA": 5, "shrinkB": 3},
            )


_Box = tuple[float, float, float, float]


def _box(mark: tuple[float, ...], angle: float, distance: float, width: float, height: float) -> _Box:
    """Return a label's box in a direction from a mark, with its nearest side at the distance."""
    x = mark[0] + math.cos(angle) * distance
    y = mark[1] + math.sin(angle) * distance
    left = x if math.cos(angle) > 0.3 else x - width if math.cos(angle) < -0.3 else x - width / 2
    low = y if math.sin(angle) > 0.3 else y - height if math.sin(angle) < -0.3 else y - height / 2
    return left, low, left + width, low + height


def _meet(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
