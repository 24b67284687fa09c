"""Tables of text, written for a terminal or as Markdown, and rows written as CSV."""

from __future__ import annotations

import csv
import io
import shutil
import textwrap
from collections.abc import Iterable, Sequence
from typing import IO

import attrs

from natoburden.errors import MissingExtraError
from natoburden.presentation._harmless import for_cell, for_markdown, visible

__all__ = ["Heading", "TextTable", "as_csv", "folded", "width_of"]

# Wide enough for any table here, since a pipe has no width.
_PIPE_WIDTH = 240


@attrs.frozen
class Heading:
    """The heading of a column, in one or two lines; a column of figures is aligned to the right.

    `full` is the heading in whole words, for use if the table is not too wide.
    """

    first_line: str = attrs.field(converter=visible)
    second_line: str = attrs.field(default="", converter=visible)
    is_figure: bool = attrs.field(default=True, kw_only=True)
    full: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    @property
    def in_full(self) -> Heading:
        """The heading in whole words."""
        return Heading(*self.full, is_figure=self.is_figure) if self.full else self

    @property
    def is_broken(self) -> bool:
        """Whether a word of the heading is broken to keep the column narrow."""
        return self.first_line.endswith(("-", "/"))

    @property
    def title(self) -> str:
        """The heading in one line."""
        if self.full:
            return " ".join(self.full)
        if self.is_broken:
            return f"{self.first_line.rstrip('-')}{self.second_line}"
        return f"{self.first_line} {self.second_line}".strip()


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(visible, texts))


def _rows(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_lines, rows))


@attrs.frozen(kw_only=True)
class TextTable:
    """A table of text: a title, lines above, headings, rows, rows of totals, and notes below.

    Control characters are escaped when the table is made. `sort_keys` contains the keys by which a web page sorts the
    cells. A sort key is a plain figure, an empty text for an unknown figure, or None for a cell that is sorted by its
    own text.
    """

    title: str = attrs.field(converter=visible)
    lead: tuple[str, ...] = attrs.field(default=(), converter=_lines)
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...] = attrs.field(converter=_rows)
    totals: tuple[tuple[str, ...], ...] = attrs.field(default=(), converter=_rows)
    notes: tuple[str, ...] = attrs.field(default=(), converter=_lines)
    sort_keys: tuple[tuple[str | None, ...], ...] = attrs.field(default=(), repr=False)

    @property
    def in_full(self) -> TextTable:
        """The table with headings in whole words."""
        return attrs.evolve(self, headings=tuple(heading.in_full for heading in self.headings))

    def to_markdown(self) -> str:
        """Return the table as GitHub's Markdown; text that Markdown or HTML would interpret is escaped."""
        lines = [
            f"**{for_markdown(self.title)}**",
            "",
            *(["\n".join(f"{for_markdown(line)}  " for line in self.lead), ""] if self.lead else []),
            _markdown_row(for_markdown(heading.title) for heading in self.headings),
            _markdown_row("---:" if heading.is_figure else ":---" for heading in self.headings),
            *(_markdown_row(map(for_markdown, row)) for row in self.rows),
            *(_markdown_row(f"**{for_markdown(cell)}**" if cell else "" for cell in row) for row in self.totals),
            "",
            *map(for_markdown, self.notes),
        ]
        return "\n".join(lines) + "\n"

    def write_text(self, file: IO[str]) -> None:
        """Write the table to a file; in a terminal, lines are folded to fit the terminal's width.

        Raises `MissingExtraError` if Rich, which the extra ``cli`` installs, is missing.
        """
        try:
            from rich.console import Console
            from rich.table import Table
            from rich.text import Text
        except ImportError as error:
            raise MissingExtraError("a table for the terminal", "rich", "cli") from error
        width = width_of(file)
        console = Console(file=file, width=width or _PIPE_WIDTH, highlight=False, emoji=False)
        table = Table(box=None, padding=(0, 0, 0, 1), pad_edge=False, header_style="bold")
        in_full = self.in_full
        headings = self.headings if 0 < width < in_full.widest else in_full.headings
        two_lines = any(heading.second_line for heading in headings)
        for heading in headings:
            table.add_column(
                Text(f"{heading.first_line}\n{heading.second_line}" if two_lines else heading.first_line),
                justify="right" if heading.is_figure else "left",
                overflow="fold",  # a digit is never cut off
            )
        for row in self.rows:
            table.add_row(*map(Text, row))
        if self.totals:
            table.add_row()
        for row in self.totals:
            table.add_row(*map(Text, row), style="bold")
        blocks = self._blocks() if 0 < width < self._narrowest else ()
        with console.capture() as text:  # Rich itself would end the program if a pipe ends early
            for part in (self.title, *self.lead, "", *(blocks or (table,)), "", *self.notes):
                shown = folded(part, width) if isinstance(part, str) else part
                console.print(shown, markup=False, soft_wrap=isinstance(part, str))
        file.write(text.get())

    @property
    def widest(self) -> int:
        """The smallest width at which no line is folded."""
        heads = zip(*((head.first_line, head.second_line) for head in self.headings), strict=True)
        columns = zip(*heads, *self.rows, *self.totals, strict=True)
        return sum(max(map(len, cells)) + 1 for cells in columns)

    @property
    def _narrowest(self) -> int:
        """The smallest width at which no word is broken."""
        widths = [0] * len(self.headings)
        for row in ([f"{head.first_line} {head.second_line}" for head in self.headings], *self.rows, *self.totals):
            widths = [max(width, *map(len, cell.split(" "))) for width, cell in zip(widths, row, strict=True)]
        return sum(widths) + len(widths)

    def _blocks(self) -> list[str]:
        """Return each row as a block of lines: the first cell, then a line for every other cell, after its heading."""
        titles = ["", *(heading.title for heading in self.headings[1:])]
        width = max(map(len, titles))
        return [
            f"  {title:{width}} {cell}" if title else cell
            for row in (*self.rows, *self.totals)
            for title, cell in zip(titles, row, strict=True)
            if cell
        ]


def width_of(file: IO[str]) -> int:
    """Return the width of a terminal; 0 for a file that is not a terminal."""
    return shutil.get_terminal_size().columns if file.isatty() else 0


def folded(line: str, width: int) -> str:
    """Return a line folded to a width, with an indent from the second line on; with width 0, the line is unchanged.

    >>> print(folded("  one two three", 9))
      one two
        three
    """
    indent = " " * (len(line) - len(line.lstrip(" ")) + 2)
    return textwrap.fill(line, width, subsequent_indent=indent, break_on_hyphens=False) if width else line


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV, with decimal points, empty cells for missing values, and Unix line ends.

    An apostrophe is put before a text that a spreadsheet would read as a formula, and control characters are escaped.
    Figures are unchanged.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(for_cell, header))
    writer.writerows([for_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
