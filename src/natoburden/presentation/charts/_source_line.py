"""A line of sources below axes, folded to the width that the axes have when drawn."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.font_manager import FontProperties
from matplotlib.text import Annotation

__all__ = ["SourceLine", "folded"]


class SourceLine(Annotation):
    """Text below axes; when it is drawn, it is folded between words to the width of the axes."""

    def __init__(self, ax: Axes, text: str, **style: Any) -> None:
        super().__init__(
            text, (0, 0), (0, -38), xycoords="axes fraction", textcoords="offset points", va="top", **style
        )
        self.whole = text
        ax.add_artist(self)
        self.set_clip_on(False)  # it is outside the axes

    def update_positions(self, renderer: Any) -> None:
        """Fold the text, then place it; Matplotlib calls this before it measures and before it draws."""
        axes = self.axes
        if axes is not None:
            width = axes.get_window_extent(renderer).width
            self.set_text(folded(self.whole, width, renderer, self.get_fontproperties()))
        super().update_positions(renderer)


def folded(text: str, width: float, renderer: Any, font: FontProperties) -> str:
    """Return a text folded between words to a width in pixels."""

    def measured(line: str) -> float:
        return float(renderer.get_text_width_height_descent(line, font, ismath=False)[0])

    lines: list[str] = []
    for word in text.split(" "):  # not at no-break spaces
        if lines and measured(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "\n".join(lines)
