"""A table and its chart as one self-contained web page that prints well and fetches nothing."""

from __future__ import annotations

import html
import io
import re
from typing import TYPE_CHECKING, Any

from natoburden.presentation.layout import Heading, TextTable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["page_of", "svg_of"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
th, td { padding: .15rem .5rem; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
thead th { border-bottom: 2px solid currentColor; vertical-align: bottom; }
tbody tr:nth-child(even) { background: color-mix(in srgb, currentColor 6%, transparent); }
tfoot td { border-top: 1px solid currentColor; font-weight: bold; }
figure { margin: 1.5rem 0; }
figure svg { background: white; height: auto; max-width: 100%; }
.notes { font-size: .85rem; }
@media print { body { margin: 0; max-width: none; } figure, tr { break-inside: avoid; } }
"""


def page_of(table: TextTable, *, locale: str, chart: Axes | None = None, below: str = "") -> str:
    """Return a web page in a language, with everything in the table escaped; `below` is HTML already."""
    figure = "" if chart is None else f"<figure>{svg_of(chart)}</figure>"
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in table.notes)
    lead = "".join(f"<p>{html.escape(line)}</p>" for line in table.lead)
    title = html.escape(table.title)
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(locale.replace("_", "-"))}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{lead}"
        f'<div class="scroll"><table>\n{_inner(table)}</table></div>\n{figure}\n'
        f'<div class="notes">{notes}</div>\n{below}</body>\n</html>\n'
    )


def fragment_of(table: TextTable) -> str:
    """Return the table alone as HTML, for use inside a page or notebook, with everything in it escaped."""
    lines = (*table.lead, *table.notes)
    said = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    return f"<table>\n<caption>{html.escape(table.title)}</caption>\n{_inner(table)}</table>\n{said}"


def _inner(table: TextTable) -> str:
    head = "".join(f'<th scope="col">{_in_lines(heading)}</th>' for heading in table.headings)
    return (
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{_rows(table.rows)}</tbody>\n"
        f"<tfoot>\n{_rows(table.totals)}</tfoot>\n"
    )


def _in_lines(heading: Heading) -> str:
    """Return a heading in its lines, or in one where a word was broken for a narrow terminal."""
    if heading.first_line.endswith("-"):
        return html.escape(heading.title)
    return f"{html.escape(heading.first_line)}<br>{html.escape(heading.second_line)}"


def _rows(rows: tuple[tuple[str, ...], ...]) -> str:
    lines = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in rows)
    return "".join(f"<tr>{line}</tr>\n" for line in lines)


def svg_of(chart: Axes) -> str:
    """Return a chart as SVG for use inside a page: without a prologue, and identical in every run."""
    import matplotlib as mpl

    figure: Any = chart.figure
    text = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "natoburden", "svg.fonttype": "path"}):
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    drawn = text.getvalue()
    return re.sub(r' xmlns:xlink="[^"]*"', "", drawn[drawn.index("<svg") :]).replace("xlink:href", "href")
