"""Charts as SVG with real text; the same chart gives the same file in every run."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from typing import Any

__all__ = ["written_as_svg"]

_DRAWING = threading.Lock()  # Matplotlib's settings apply to the whole process, and pages are made in threads


@contextlib.contextmanager
def _as_text() -> Iterator[None]:
    import matplotlib as mpl

    with _DRAWING, mpl.rc_context({"svg.hashsalt": "natoburden", "svg.fonttype": "none"}):
        yield


def written_as_svg(figure: Any, out: Any, **options: Any) -> None:
    """Write a figure as SVG with text that can be searched, selected and read aloud, in the reader's own font.

    Letters drawn as outlines would look the same everywhere. However, outlines would make the file two to three times
    larger, and could not be searched.
    """
    with _as_text():
        figure.savefig(out, metadata={"Date": None, "Creator": None}, **{"format": "svg", **options})
