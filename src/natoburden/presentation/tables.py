"""Pages, in every format: each follows from the columns, rows and notes that a page declares."""

from __future__ import annotations

import abc
import io
import json
from collections.abc import Callable, Iterable, Sequence
from typing import IO, TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from natoburden.errors import MissingExtraError, UnknownNameError
from natoburden.model.sources import Source
from natoburden.presentation.columns import Columns, as_data, laid_out, to_csv
from natoburden.presentation.html_page import page_of
from natoburden.presentation.layout import TextTable
from natoburden.presentation.messages import translation
from natoburden.serialization import to_data

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Format", "Page"]

Format: TypeAlias = Literal["table", "csv", "json", "markdown", "html"]


class Page(abc.ABC):
    """What a command shows, and what `print` shows: one page, in any format."""

    __slots__ = ()

    @property
    @abc.abstractmethod
    def rows(self) -> Sequence[Any]:
        """The rows, in the order of CSV and JSON."""

    @property
    def totals(self) -> Sequence[Any]:
        """The rows below a line."""
        return ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents behind the figures, each once."""
        return ()

    @property
    def exit_code(self) -> int:
        """What the command exits with: 0 unless the page tells of a failure."""
        return 0

    @property
    def failures(self) -> tuple[str, ...]:
        """What could not be done, for the standard error."""
        return ()

    @abc.abstractmethod
    def title(self, *, locale: str = "en") -> str:
        """Return what the page shows, in one line."""

    @abc.abstractmethod
    def columns(self, *, locale: str = "en") -> Columns[Any]:
        """Return the columns, with their headings in a locale's language."""

    def lead(self, *, locale: str = "en") -> tuple[str, ...]:  # noqa: ARG002 # for those that have one
        """Return the lines above the table."""
        return ()

    def notes(self, *, locale: str = "en") -> tuple[str, ...]:  # noqa: ARG002 # for those that have some
        """Return the lines below the table, but for the sources."""
        return ()

    def facts(self) -> dict[str, Any]:
        """Return what holds for the whole page, as plain data for JSON."""
        return {}

    def ordered(self, *, locale: str) -> Iterable[Any]:  # noqa: ARG002 # for those sorted by names
        """Return the rows as a table shows them, those sorted by name by their names in the locale."""
        return self.rows

    def chart(self, *, locale: str) -> Axes | None:  # noqa: ARG002 # for those that have one
        """Return the chart of the web page, if it has one."""
        return None

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Return the page as a table of text, laid out for reading."""
        _ = translation(locale)
        label, columns = _("Source:"), self.columns(locale=locale)
        headings, (rows, totals) = laid_out(columns, self.ordered(locale=locale), self.totals, locale=locale)
        return TextTable(
            title=self.title(locale=locale),
            lead=self.lead(locale=locale),
            headings=headings,
            rows=rows,
            totals=totals,
            notes=(*self.notes(locale=locale), *(f"{label} {source}" for source in self.sources)),
        )

    def to_csv(self) -> str:
        """Return the page as CSV, figures unrounded."""
        return to_csv(self.columns(), (*self.rows, *self.totals))

    def to_dict(self) -> dict[str, Any]:
        """Return the page as plain data, in English."""
        columns = self.columns()
        return {
            "title": self.title(),
            **self.facts(),
            "rows": [as_data(columns, row) for row in self.rows],
            "totals": [as_data(columns, row) for row in self.totals],
            "notes": [*self.lead(), *self.notes()],
            "sources": [to_data(source) for source in self.sources],
        }

    def to_json(self) -> str:
        """Return the page as JSON; exact figures are texts, so that nothing is rounded."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2, default=str) + "\n"

    def to_html(self, *, locale: str = "en") -> str:
        """Return one self-contained web page; a chart in it needs the extra ``plots``."""
        return page_of(self.to_table(locale=locale), locale=locale, chart=self.chart(locale=locale))

    def to_text(self, *, locale: str = "en") -> str:
        """Return the page as it stands on a terminal; as Markdown where Rich, the extra ``cli``, is missing."""
        text = io.StringIO()
        try:
            self._write_on_terminal(text, locale=locale)
        except MissingExtraError:
            return self.to_table(locale=locale).to_markdown()
        return text.getvalue()

    def write(self, file: IO[str], form: Format = "table", *, locale: str = "en") -> None:
        """Write the page to an open text file in one of its formats; raises `UnknownNameError` for another."""
        writers: dict[str, Callable[[], str]] = {
            "csv": self.to_csv,
            "json": self.to_json,
            "markdown": lambda: self.to_table(locale=locale).to_markdown(),
            "html": lambda: self.to_html(locale=locale),
        }
        if form == "table":
            self._write_on_terminal(file, locale=locale)
        elif form in writers:
            file.write(writers[form]())
        else:
            raise UnknownNameError("format", str(form), get_args(Format))

    def _write_on_terminal(self, file: IO[str], *, locale: str) -> None:
        self.to_table(locale=locale).write_text(file)

    def __str__(self) -> str:
        return self.to_text().rstrip("\n")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.title()}; {len(self.rows)} rows>"
