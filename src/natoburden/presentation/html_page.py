"""A table and its chart as one web page that can be sorted and printed, and that loads no other file."""

from __future__ import annotations

import functools
import html
import io
import re
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import TYPE_CHECKING

import attrs

from natoburden.cldr import locale_of
from natoburden.presentation.layout import Heading, TextTable
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["RowFilter", "page_of", "svg_of"]

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
caption { font-weight: bold; padding: 1rem .5rem .5rem; text-align: left; }
th, td { padding: .15rem .5rem; text-align: right; vertical-align: top; white-space: nowrap; }
th.text, td.text { text-align: left; }
thead th { border-bottom: 2px solid currentColor; vertical-align: bottom; }
thead button { all: unset; cursor: pointer; font: inherit; }
thead button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
th[aria-sort=ascending] button::after { content: " \\25B4"; }
th[aria-sort=descending] button::after { content: " \\25BE"; }
tbody tr:nth-child(even of :not(.out)) { background: color-mix(in srgb, currentColor 6%, transparent); }
tfoot td { border-top: 1px solid currentColor; font-weight: bold; }
figure { margin: 1.5rem 0; }
figure svg { background: white; height: auto; max-width: 100%; }
.notes { font-size: .85rem; }
.tools { font-size: .85rem; }
.tools select { font: inherit; margin-right: .5rem; }
@media screen { tr.out { display: none; } td.text { max-width: 34rem; white-space: normal; } }
@page { size: landscape; margin: 10mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 8pt; line-height: 1.25; margin: 0; max-width: none; padding: 0; }
  h1 { font-size: 11pt; margin: 0 0 4pt; }
  p { margin: 0 0 2pt; }
  caption { padding: 4pt 3pt 2pt; }
  th, td { padding: .4pt 3pt; }
  td.text { white-space: normal; }
  tbody td { border-bottom: .25pt solid #bbb; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, figure, .below { break-inside: avoid; }
  h1, caption { break-after: avoid; }
  .scroll { overflow: visible; }
  .tools { display: none; }
  .below { margin-top: 6pt; }
  .below.beside { display: grid; gap: 8mm; grid-template-columns: auto minmax(60mm, 1fr); }
  figure { margin: 0; }
  figure svg { max-height: 185mm; width: auto; }
  .notes { font-size: 8pt; }
}
"""
_CREDIT = "sortable-tablesort 4.1.7, Jonas Earendel, the Unlicense, https://github.com/tofsjonas/sortable"


@attrs.frozen
class RowFilter:
    """A group by which a page's rows can be filtered: its key, its name, and which of the rows are its members."""

    key: str
    name: str
    rows: tuple[bool, ...]


def page_of(
    table: TextTable,
    *,
    locale: str,
    chart: Axes | None = None,
    filters: Sequence[RowFilter] = (),
    further: TextTable | None = None,
) -> str:
    """Return a web page in the language of a locale, with all text escaped; `further` is a second table below."""
    figure = "" if chart is None else _figure(chart)
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in table.notes)
    lead = "".join(f"<p>{html.escape(line)}</p>" for line in table.lead)
    title, beside = html.escape(table.title), " beside" if chart is not None else ""
    below = "" if further is None else fragment_of(further, sortable=True)
    return (
        f'<!DOCTYPE html>\n<html lang="{str(locale_of(locale)).replace("_", "-")}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{lead}"
        f'{_tools(filters, locale)}<div class="scroll"><table id="rows" class="sortable n-last">\n'
        f'{_inner(table, filters, sortable=True)}</table></div>\n<div class="below{beside}">\n{figure}'
        f'<div class="notes">{notes}</div>\n</div>\n{below}{_scripts()}</body>\n</html>\n'
    )


def fragment_of(table: TextTable, *, sortable: bool = False) -> str:
    """Return a table alone as HTML, for use inside a page or notebook, with all text escaped."""
    lines = (*table.lead, *table.notes)
    said = "".join(f"<p>{html.escape(line)}</p>" for line in lines)
    caption = f"<caption>{html.escape(table.title)}</caption>"
    if sortable:
        inner = _inner(table, (), sortable=True)
        shown = f'<div class="scroll"><table class="sortable n-last">\n{caption}\n{inner}</table></div>'
        return f'{shown}\n<div class="notes">{said}</div>\n'
    return f"<table>\n{caption}\n{_inner(table)}</table>\n{said}"


def _tools(filters: Sequence[RowFilter], locale: str) -> str:
    """Return the controls above a table; they are shown only if the browser runs scripts, and are never printed."""
    _ = translation(locale)
    hint = html.escape(_("A click on a heading sorts the table."))
    if not filters:
        return f'<p class="tools" hidden>{hint}</p>\n'
    show, everything = html.escape(_("Show:")), html.escape(_("all"))
    options = "".join(f'<option value="{html.escape(item.key)}">{html.escape(item.name)}</option>' for item in filters)
    label = f'<label>{show} <select><option value="">{everything}</option>{options}</select></label>'
    return f'<p class="tools" hidden>{label}<output aria-live="polite"></output> {hint}</p>\n'


def _inner(table: TextTable, filters: Sequence[RowFilter] = (), *, sortable: bool = False) -> str:
    head = "".join(_heading(heading, sortable=sortable) for heading in table.in_full.headings)
    kinds = [_kind(heading) if sortable else "" for heading in table.headings]
    keys = table.sort_keys if sortable else ()
    groups = [
        f' data-groups="{" ".join(html.escape(item.key) for item in filters if item.rows[number])}"' if filters else ""
        for number in range(len(table.rows))
    ]
    rows = "".join(f"<tr{of}>{line}</tr>\n" for of, line in zip(groups, _rows(table.rows, kinds, keys), strict=True))
    totals = "".join(f"<tr>{line}</tr>\n" for line in _rows(table.totals, kinds))
    return f"<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n<tfoot>\n{totals}</tfoot>\n"


def _heading(heading: Heading, *, sortable: bool) -> str:
    first, second = html.escape(heading.first_line), html.escape(heading.second_line)
    if not sortable:
        return f'<th scope="col">{first}<br>{second}</th>'
    # A page has room for a word that would be broken on a terminal.
    text = html.escape(heading.title) if heading.is_broken else f"{first}<br>{second}" if second else first
    return f'<th scope="col"{_kind(heading)}><button type="button">{text}</button></th>'


def _kind(heading: Heading) -> str:
    return "" if heading.is_figure else ' class="text"'


def _rows(
    rows: Sequence[Sequence[str]], kinds: Sequence[str], keys: Sequence[Sequence[str | None]] = ()
) -> Iterator[str]:
    """Yield the cells of each row, with the kinds of the columns and the sort keys of the cells."""
    for number, row in enumerate(rows):
        by = [
            "" if key is None else f' data-sort="{html.escape(key)}"'
            for key in (keys[number] if keys else (None,) * len(row))
        ]
        yield "".join(f"<td{of}{key}>{html.escape(cell)}</td>" for of, key, cell in zip(kinds, by, row, strict=True))


@functools.cache
def _scripts() -> str:
    """Return the scripts of a page; they load no other file."""
    place = files("natoburden.presentation") / "scripts"
    sort, narrow = ((place / name).read_text(encoding="utf-8").strip() for name in ("sortable.min.js", "narrow.js"))
    return f"<script>\n// {_CREDIT}\n{sort}\n</script>\n<script>\n{narrow}\n</script>\n"


def _figure(chart: Axes) -> str:
    """Return a chart as a figure; a screen reader announces it by the chart's title."""
    named = html.escape("; ".join(chart.get_title(loc="left").splitlines()))
    return f'<figure role="img" aria-label="{named}">{svg_of(chart)}</figure>\n'


def svg_of(chart: Axes) -> str:
    """Return a chart as SVG for use inside a page: without an XML prologue, and identical in every run."""
    from natoburden.presentation.charts._svg import written_as_svg

    text = io.StringIO()
    written_as_svg(chart.figure, text)
    drawn = text.getvalue()
    return re.sub(r' xmlns:xlink="[^"]*"', "", drawn[drawn.index("<svg") :]).replace("xlink:href", "href")
