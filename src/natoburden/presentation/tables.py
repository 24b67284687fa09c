"""Pages and their tables of text, and how they are written: for a terminal, as Markdown, CSV, JSON and HTML."""

from __future__ import annotations

import abc
import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import IO, Literal, TypeAlias, get_args

import attrs

from natoburden.errors import MissingExtraError, UnknownNameError
from natoburden.presentation._harmless import for_cell, for_markdown, visible

__all__ = ["Column", "Format", "Page", "TextTable", "as_csv"]

Format: TypeAlias = Literal["table", "csv", "json", "markdown", "html"]

# Wide enough for any table here: a pipe has no width to fit into.
_PIPE_WIDTH = 240


@attrs.frozen
class Column:
    """A column's heading, in one or two lines, and whether it holds figures."""

    heading: str = attrs.field(converter=visible)
    second_line: str = attrs.field(default="", converter=visible)
    is_figure: bool = True

    @property
    def title(self) -> str:
        """The heading in one line."""
        if self.heading.endswith(("-", "/")):  # a word that was broken to keep the column narrow
            return f"{self.heading.rstrip('-')}{self.second_line}"
        return f"{self.heading} {self.second_line}".strip()


def _lines(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(visible, texts))


def _rows(rows: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(map(_lines, rows))


@attrs.frozen(kw_only=True)
class TextTable:
    """A table ready to be read: title, lines that lead in, columns, rows, rows of totals, and notes below.

    Control characters are written out as they come in, so that whatever shows the table shows them too.
    """

    title: str = attrs.field(converter=visible)
    lead: tuple[str, ...] = attrs.field(default=(), converter=_lines)
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...] = attrs.field(converter=_rows)
    totals: tuple[tuple[str, ...], ...] = attrs.field(default=(), converter=_rows)
    notes: tuple[str, ...] = attrs.field(default=(), converter=_lines)

    def to_markdown(self) -> str:
        """Return a GitHub-style Markdown table; text that Markdown or HTML would act upon is escaped."""
        lines = [
            f"**{for_markdown(self.title)}**",
            "",
            *(["\n".join(f"{for_markdown(line)}  " for line in self.lead), ""] if self.lead else []),
            _markdown_row(for_markdown(column.title) for column in self.columns),
            _markdown_row("---:" if column.is_figure else ":---" for column in self.columns),
            *(_markdown_row(map(for_markdown, row)) for row in self.rows),
            *(_markdown_row(f"**{for_markdown(cell)}**" if cell else "" for cell in row) for row in self.totals),
            "",
            *map(for_markdown, self.notes),
        ]
        return "\n".join(lines) + "\n"

    def write_text(self, file: IO[str]) -> None:
        """Write for a terminal, fitted to its width; plain and unfolded where the file is no terminal.

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
        for column in self.columns:
            table.add_column(
                Text(f"{column.heading}\n{column.second_line}"),
                justify="right" if column.is_figure else "left",
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

    A text that a spreadsheet would take for a formula begins with an apostrophe, and control characters are written
    out. Figures stay as they are.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(map(for_cell, header))
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _csv_cell(cell: object) -> object:
    if isinstance(cell, str):
        return for_cell(cell)
    return "" if cell is None else cell


class Page(abc.ABC):
    """What a command shows, and what `print` shows: one page, in any format."""

    __slots__ = ()

    @abc.abstractmethod
    def to_table(self, *, locale: str = "en") -> TextTable:
        """Return the page as a table of text, laid out for reading."""

    @abc.abstractmethod
    def to_csv(self) -> str:
        """Return the page as CSV, figures unrounded."""

    @abc.abstractmethod
    def to_json(self) -> str:
        """Return the page as JSON, figures unrounded."""

    def to_text(self, *, locale: str = "en") -> str:
        """Return the page as it stands on a terminal; as Markdown where Rich, the extra ``cli``, is missing."""
        text = io.StringIO()
        try:
            self._write_on_terminal(text, locale)
        except MissingExtraError:
            return self.to_table(locale=locale).to_markdown()
        return text.getvalue()

    def to_html(self, *, locale: str = "en") -> str:
        """Return one self-contained web page."""
        from natoburden.presentation.html_page import page_of

        return page_of(self.to_table(locale=locale), locale=locale)

    def write(self, file: IO[str], form: Format = "table", *, locale: str = "en") -> None:
        """Write the page to an open text file in one of its formats; raises `UnknownNameError` for another."""
        writers: dict[str, Callable[[], str]] = {
            "csv": self.to_csv,
            "json": self.to_json,
            "markdown": lambda: self.to_table(locale=locale).to_markdown(),
            "html": lambda: self.to_html(locale=locale),
        }
        if form == "table":
            self._write_on_terminal(file, locale)
        elif form in writers:
            file.write(writers[form]())
        else:
            raise UnknownNameError("format", str(form), get_args(Format))

    def _write_on_terminal(self, file: IO[str], locale: str) -> None:
        self.to_table(locale=locale).write_text(file)

    def __str__(self) -> str:
        return self.to_text().rstrip("\n")

    def __repr__(self) -> str:
        table = self.to_table()
        return f"<{type(self).__name__}: {table.title}; {len(table.rows)} rows>"


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
