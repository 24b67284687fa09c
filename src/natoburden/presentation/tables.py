"""Tables of text, and how they are written: for a terminal, as Markdown, as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Literal, TypeAlias

import attrs

from natoburden.errors import MissingExtraError

__all__ = ["Column", "Format", "TextTable", "as_csv", "write_in"]

Format: TypeAlias = Literal["table", "csv", "json", "markdown", "html"]

# Wide enough for any table here: a pipe has no width to fit into.
_PIPE_WIDTH = 240


@attrs.frozen
class Column:
    """A column's heading, in one or two lines, and whether it holds figures."""

    heading: str
    second_line: str = ""
    is_figure: bool = True

    @property
    def title(self) -> str:
        """The heading in one line."""
        if self.heading.endswith(("-", "/")):  # a word that was broken to keep the column narrow
            return f"{self.heading.rstrip('-')}{self.second_line}"
        return f"{self.heading} {self.second_line}".strip()


@attrs.frozen(kw_only=True)
class TextTable:
    """A table ready to be read: title, lines that lead in, columns, rows, rows of totals, and notes below."""

    title: str
    lead: tuple[str, ...] = ()
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, ...], ...] = ()
    notes: tuple[str, ...] = ()

    def to_markdown(self) -> str:
        """Write a GitHub-style Markdown table."""
        lines = [
            f"**{self.title}**",
            "",
            *(["\n".join(f"{line}  " for line in self.lead), ""] if self.lead else []),
            _markdown_row(column.title for column in self.columns),
            _markdown_row("---:" if column.is_figure else ":---" for column in self.columns),
            *map(_markdown_row, self.rows),
            *(_markdown_row(f"**{cell}**" if cell else "" for cell in row) for row in self.totals),
            "",
            *self.notes,
        ]
        return "\n".join(lines) + "\n"

    def write_text(self, file: IO[str]) -> None:
        """Write for a terminal, fitted to its width; plain and unfolded where the file is no terminal.

        Raises `MissingExtraError` without Rich, the extra ``cli``.
        """
        try:
            from rich.console import Console
            from rich.table import Table
        except ImportError as error:
            raise MissingExtraError("a table for the terminal", "rich", "cli") from error
        on_terminal = file.isatty()
        console = Console(file=file, width=None if on_terminal else _PIPE_WIDTH, highlight=False, emoji=False)
        table = Table(box=None, padding=(0, 0, 0, 1), pad_edge=False, header_style="bold")
        for column in self.columns:
            table.add_column(
                f"{column.heading}\n{column.second_line}",
                justify="right" if column.is_figure else "left",
                overflow="fold",  # a digit is never cut off
            )
        for row in self.rows:
            table.add_row(*row)
        if self.totals:
            table.add_row()
        for row in self.totals:
            table.add_row(*row, style="bold")
        with console.capture() as text:  # Rich itself would end the program where a pipe ends early
            for part in (self.title, *self.lead, "", table, "", *self.notes):
                console.print(part, markup=False, soft_wrap=isinstance(part, str) and not on_terminal)
        file.write(text.get())


def as_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Write rows as CSV: points as decimal marks, empty for missing, Unix line ends."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return text.getvalue()


def write_in(
    form: Format,
    file: IO[str],
    *,
    table: Callable[[], TextTable],
    csv: Callable[[], str],
    json: Callable[[], str],
    locale: str = "en",
) -> None:
    """Write what can be a table, CSV or JSON to an open text file, in one of the formats."""
    if form == "table":
        table().write_text(file)
    else:
        writers: dict[str, Callable[[], str]] = {
            "csv": csv,
            "json": json,
            "markdown": lambda: table().to_markdown(),
            "html": lambda: _page(table(), locale),
        }
        file.write(writers[form]())


def _page(table: TextTable, locale: str) -> str:
    from natoburden.presentation.html_page import page_of

    return page_of(table, locale=locale)


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
