"""Tables of text for LaTeX, with the rules of the package booktabs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from natoburden.presentation._harmless import visible
from natoburden.presentation.layout import Heading, TextTable

__all__ = ["escaped", "to_latex"]

_LONG_TABLE = 45  # with more rows, a table goes over several pages
_LINE, _BETWEEN = 85, 2  # characters of a line of text, and of the space between two columns
_WIDE_CELL = 30  # with more characters, a column is folded
_SIGNS = {
    **{sign: f"\\{sign}" for sign in "&%$#_{}"},
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "\N{NO-BREAK SPACE}": "~",
    "\N{NARROW NO-BREAK SPACE}": r"\,",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{EN DASH}": "--",
    "\N{MINUS SIGN}": "$-$",
    "\N{MULTIPLICATION SIGN}": r"$\times$",
    "\N{GREATER-THAN OR EQUAL TO}": r"$\geq$",
    "\N{LESS-THAN OR EQUAL TO}": r"$\leq$",
    "\N{GREEK CAPITAL LETTER SIGMA}": r"$\Sigma$",
    "\N{EURO SIGN}": r"\texteuro{}",
    "\N{POUND SIGN}": r"\pounds{}",
}


def escaped(text: str) -> str:
    r"""Return a text that LaTeX prints unchanged, without reading any part of the text as a command.

    >>> print(escaped("5 % of R&D, \\input{x}"))
    5 \% of R\&D, \textbackslash{}input\{x\}
    """
    return "".join(_SIGNS.get(sign, sign) for sign in visible(text))


def to_latex(table: TextTable) -> str:
    r"""Return a table that a document can ``\input``: the title is the caption, and notes and sources are below.

    The document must load the LaTeX packages that the first line of the result lists.
    """
    whole = table.in_full
    columns = [*zip(*whole.rows, *whole.totals, strict=True)] or [()] * len(whole.headings)
    folded = [
        not heading.is_figure and max(map(len, cells), default=0) > _WIDE_CELL
        for heading, cells in zip(whole.headings, columns, strict=True)
    ]
    is_long = len(whole.rows) + len(whole.totals) > _LONG_TABLE
    widths = [
        max(map(len, (heading.first_line, heading.second_line, *cells)))
        for heading, cells in zip(whole.headings, columns, strict=True)
    ]
    beside = sum(width + _BETWEEN for width, is_folded in zip(widths, folded, strict=True) if not is_folded)
    form = "".join(
        "r" if heading.is_figure else _column(sum(folded), beside) if is_folded else "l"
        for heading, is_folded in zip(whole.headings, folded, strict=True)
    )
    packages = ["booktabs", *(["longtable"] if is_long else []), *(["array"] if any(folded) else [])]
    lines = _long(whole, form) if is_long else _short(whole, form)
    return "\n".join([f"% \\usepackage{{{','.join(packages)}}}", *lines]) + "\n"


def _column(folded: int, beside: int) -> str:
    """Return a column that folds its text; such columns divide the width that the other columns leave free."""
    left = min(0.7, max(0.2, 0.95 - beside / _LINE))
    return rf">{{\raggedright\arraybackslash}}p{{{left / folded:.2f}\linewidth}}"


def _short(table: TextTable, form: str) -> Iterator[str]:
    yield from (r"\begin{table}", r"\centering", rf"\caption{{{escaped(table.title)}}}")
    yield from (rf"\begin{{tabular}}{{{form}}}", r"\toprule", *_head(table.headings), r"\midrule")
    yield from _body(table)
    yield from (r"\bottomrule", r"\end{tabular}", *_notes(table), r"\end{table}")


def _long(table: TextTable, form: str) -> Iterator[str]:
    head = (r"\toprule", *_head(table.headings), r"\midrule")
    yield from (rf"\begin{{longtable}}{{{form}}}", rf"\caption{{{escaped(table.title)}}}\\", *head, r"\endfirsthead")
    yield from (*head, r"\endhead", r"\bottomrule", r"\endfoot")
    yield from _body(table)
    yield from (r"\end{longtable}", *_notes(table))


def _head(headings: Iterable[Heading]) -> Iterator[str]:
    """Yield the lines of the headings; an empty second line is left out."""
    rows = zip(*((heading.first_line, heading.second_line) for heading in headings), strict=True)
    yield from (_line(map(escaped, row)) for row in rows if any(row))


def _body(table: TextTable) -> Iterator[str]:
    yield from (_line(_cells(table, row)) for row in table.rows)
    if table.totals:
        yield r"\midrule"
        yield from (_line(rf"\textbf{{{cell}}}" if cell else "" for cell in _cells(table, row)) for row in table.totals)


def _cells(table: TextTable, row: Iterable[str]) -> Iterator[str]:
    for heading, cell in zip(table.headings, row, strict=True):
        minus = heading.is_figure and cell.startswith("-")  # a hyphen is too short for a minus
        yield f"$-${escaped(cell[1:])}" if minus else escaped(cell)


def _line(cells: Iterable[str]) -> str:
    # After the end of a line, LaTeX would read "[" as the beginning of a distance.
    return " & ".join(f"{{}}{cell}" if cell.startswith(("[", "*")) else cell for cell in cells) + r" \\"


def _notes(table: TextTable) -> Iterator[str]:
    said = [line.strip() for line in (*table.lead, *table.notes) if line.strip()]
    if said:
        yield from (r"\par\smallskip", r"\begin{minipage}{\linewidth}\footnotesize")
        yield "\\par\n".join(map(escaped, said))
        yield r"\end{minipage}"
