"""Charts saved to files; a file is either written completely or left unchanged."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from natoburden._whole import written_whole
from natoburden.errors import UnexpectedValueError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["save"]


def save(chart: Axes | Figure, path: str | os.PathLike[str], *, dpi: float = 150) -> Path:
    """Write a chart to a file as SVG, PDF or PNG, according to its suffix, and return the path.

    If the whole file cannot be written, nothing is written. `dpi` is the resolution of a PNG. The text of an SVG is
    real text in the reader's own font. In a PDF, the font is embedded. The same chart gives the same file in every run.
    Raises `UnexpectedValueError` for a suffix that Matplotlib does not write.

    >>> import tempfile
    >>> import natoburden as nb
    >>> table = nb.datasets.defence_expenditure("2026-07")
    >>> save(nb.charts.over_time(table, ["POL", "DEU"]), f"{tempfile.mkdtemp()}/poland.svg").name
    'poland.svg'
    """
    from matplotlib.axes import Axes
    from matplotlib.figure import SubFigure

    figure: Any = chart.get_figure() if isinstance(chart, Axes) else chart
    while isinstance(figure, SubFigure):  # axes may be in a subfigure
        figure = figure.figure
    if figure is None:
        raise UnexpectedValueError("a chart to save", repr(chart), "its axes were removed from their figure")
    file = Path(path)
    known = figure.canvas.get_supported_filetypes()
    if file.suffix[1:].lower() not in known:
        hint = f"end the name with one of {', '.join(f'.{kind}' for kind in sorted(known))}"
        raise UnexpectedValueError("a file for a chart", file.name, hint)
    kind = file.suffix[1:].lower()
    with written_whole(file, "wb") as out:
        if kind in ("svg", "svgz"):
            from natoburden.presentation.charts._svg import written_as_svg

            written_as_svg(figure, out, format=kind)
        else:
            figure.savefig(out, format=kind, dpi=dpi)
    return file
