"""A table of text, ready to be read: for a terminal and as Markdown; and rows as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import IO

import attrs

from natoburden.errors import MissingExtraError
from natoburden.presentation._harmless import for_cell, for_markdown, visible

__all__ = ["Heading", "TextTable", "as_csv"]

# Wide enough for any table here: a pipe has no width to fit into.
_PIPE_WIDTH = 240


@attrs.frozen
class Heading:
    """What stands over a column, in one or two lines; figures stand to the right."""

    first_line: str = attrs.field(converter=visible)
    second_line: str = attrs.field(default="", converter=visible)
    is_figure: bool = attrs.field(default=True, kw_only=True)

    @property
    def title(self) -> str:
        """The heading in one line."""
        if self.first_line.endswith(("-", "/")):  # a word that was broken to keep the column narrow
            return f"{self.first_line.rstrip('-')}{self.second_line}"
        return f"{self.first_line} {self.second_line}".strip()


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(visible, texts))


def _rows(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_lines, rows))


@attrs.frozen(kw_only=True)
class TextTable:
    """A table ready to be read: title, lines that lead in, headings, rows, rows of totals, and notes below.

    Control characters are escaped as they come in, so that no output has to do it.
    """

    title: str = attrs.field(converter=visible)
    lead: tuple[str, ...] = attrs.field(default=(), converter=_lines)
    headings: tuple[Heading, ...]
    rows: tuple[tuple[str, ...], ...] = attrs.field(converter=_rows)
    totals: tuple[tuple[str, ...], ...] = attrs.field(default=(), converter=_rows)
    notes: tuple[str, ...] = attrs.field(default=(), converter=_lines)

    def to_markdown(self) -> str:
        """Return a GitHub-style Markdown table; text that Markdown or HTML would act upon is escaped."""
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
        """Write the table for a terminal, fitted to its width; plain and unfolded where the file is not a terminal.

        Raises `MissingExtraError` without Rich, the extra ``cli``.
        """
        try:
            from rich.console import Console
            from rich.table import Table
            from rich.text import Text
        except ImportError as error:
            raise MissingExtraError("a table for the terminal", "rich", "cli") from error
        on_terminal = file.isatty()
        console = Console(file=file, width=None if on_terminal else _PIPE_WIDTH, highlight=False, emoji=False)
        table = Table(box=None, padding=(0, 0, 0, 1), pad_edge=False, header_style="bold")
        for heading in self.headings:
            table.add_column(
                Text(f"{heading.first_line}\n{heading.second_line}"),
                justify="right" if heading.is_figure else "left",
                overflow="fold",  # a digit is never cut off
            )
        for row in self.rows:
            table.add_row(*map(Text, row))
        if self.totals:
            table.add_row()
        for row in self.totals:
            table.add_row(*map(Text, row), style="bold")
        with console.capture() as text:  # Rich itself would end the program where a pipe ends early
            for part in (self.title, *self.lead, "", table, "", *self.notes):
                console.print(part, markup=False, soft_wrap=isinstance(part, str) and not on_terminal)
        file.write(text.get())


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV: points as decimal marks, empty for missing, Unix line ends.

    A text that a spreadsheet would take for a formula gets an apostrophe, and control characters are escaped. Figures
    stay as they are.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(for_cell, header))
    writer.writerows([for_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return text.getvalue()


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
