"""Pages in every format; each format is made from the columns, rows and notes that a page declares."""

from __future__ import annotations

import abc
import io
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from natoburden._whole import written_whole
from natoburden.errors import MissingExtraError, UnknownNameError
from natoburden.model.sources import Source
from natoburden.presentation._harmless import for_json, visible
from natoburden.presentation.columns import Columns, as_data, laid_out, sort_keys, to_csv
from natoburden.presentation.formats import BINARY, Format, form_of
from natoburden.presentation.html_page import RowFilter, fragment_of, page_of
from natoburden.presentation.layout import TextTable, folded, width_of
from natoburden.presentation.messages import Translate, translation
from natoburden.serialization import to_data

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Format", "Page"]


class Page(abc.ABC):
    """A page that a command can write in any format; `print` shows the page as a terminal does."""

    __slots__ = ()

    @property
    @abc.abstractmethod
    def rows(self) -> Sequence[Any]:
        """The rows of the page, in the order of CSV and JSON."""

    @property
    def totals(self) -> Sequence[Any]:
        """The rows of totals, which are shown below all other rows."""
        return ()

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents on which the figures are based, each once."""
        return ()

    @property
    def exit_code(self) -> int:
        """The exit code of the command that writes the page: 0 unless the page reports a failure."""
        return 0

    @property
    def further(self) -> Page | None:
        """A page with a second table below the first; CSV and JSON have only the first table."""
        return None

    @property
    def failures(self) -> tuple[str, ...]:
        """The failures that the command writes to standard error."""
        return ()

    def title(self, *, locale: str = "en") -> str:
        """Return the subject of the page, in one line."""
        return self._title(translation(locale))

    @abc.abstractmethod
    def _title(self, _: Translate) -> str:
        """Return the subject of the page, in one line."""

    @abc.abstractmethod
    def _columns(self, _: Translate) -> Columns[Any]:
        """Return the columns, with headings in a locale's language."""

    def _lead(self, _: Translate) -> Iterable[str]:
        """Return the lines above the table."""
        return ()

    def _notes(self, _: Translate) -> Iterable[str]:
        """Return the lines below the table, without the sources."""
        return ()

    def _as_lines(self, _: Translate) -> Iterable[str] | None:
        """Return the lines that a terminal shows instead of the table; None if the terminal shows the table."""
        return None

    def _facts(self) -> dict[str, Any]:
        """Return facts on the whole page, as plain data for JSON."""
        return {}

    def _ordered(self, _: Translate) -> Iterable[Any]:
        """Return the rows in the order of the table; rows sorted by name have the alphabetical order of the locale."""
        return self.rows

    def _chart(self, _: Translate) -> Axes | None:
        """Return the chart of the web page."""
        return None

    def _filters(self, _: Translate) -> Sequence[RowFilter]:
        """Return the groups by which the web page can filter its rows."""
        return ()

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Return the page as a table of text."""
        _ = translation(locale)
        label, columns = _("Source:"), self._columns(_)
        ordered = [*self._ordered(_)]
        headings, (rows, totals) = laid_out(columns, _, ordered, self.totals)
        return TextTable(
            title=self.title(locale=locale),
            lead=self._lead(_),
            headings=headings,
            rows=rows,
            totals=totals,
            sort_keys=sort_keys(columns, ordered),
            notes=(*self._notes(_), *(f"{label} {source}" for source in self.sources)),
        )

    def to_csv(self) -> str:
        """Return the page as CSV; figures have at most 15 digits, as in a spreadsheet."""
        return to_csv(self._columns(translation("en")), (*self.rows, *self.totals))

    def to_dict(self) -> dict[str, Any]:
        """Return the page as plain data for JSON, in English."""
        _ = translation("en")
        columns = self._columns(_)
        return {
            "title": self.title(),
            **self._facts(),
            "rows": [as_data(columns, row) for row in self.rows],
            "totals": [as_data(columns, row) for row in self.totals],
            "notes": [*self._lead(_), *self._notes(_)],
            "sources": [to_data(source) for source in self.sources],
        }

    def to_json(self) -> str:
        """Return the page as JSON; exact figures are written as texts, and are not rounded."""
        return for_json(json.dumps(self.to_dict(), ensure_ascii=False, indent=2, default=str)) + "\n"

    def to_html(self, *, locale: str = "en") -> str:
        """Return the page as HTML that loads no other file; a chart in the page needs the extra ``plots``."""
        _ = translation(locale)
        return page_of(
            self.to_table(locale=locale),
            locale=locale,
            chart=self._chart(_),
            filters=self._filters(_),
            further=None if self.further is None else self.further.to_table(locale=locale),
        )

    def _repr_html_(self) -> str:
        return fragment_of(self.to_table())

    def to_text(self, *, locale: str = "en") -> str:
        """Return the page as a terminal shows it, or as Markdown if Rich (extra ``cli``) is not installed."""
        text = io.StringIO()
        try:
            self._write_on_terminal(text, locale=locale)
        except MissingExtraError:
            return self.to_markdown(locale=locale)
        return text.getvalue()

    def to_markdown(self, *, locale: str = "en") -> str:
        """Return the page as Markdown."""
        below = "" if self.further is None else f"\n{self.further.to_markdown(locale=locale)}"
        return f"{self.to_table(locale=locale).to_markdown()}{below}"

    def to_latex(self, *, locale: str = "en") -> str:
        """Return the page as tables for LaTeX, with the rules of booktabs."""
        from natoburden.presentation.latex import to_latex

        below = "" if self.further is None else f"\n{self.further.to_latex(locale=locale)}"
        return f"{to_latex(self.to_table(locale=locale))}{below}"

    def to_xlsx(self, *, locale: str = "en") -> bytes:
        """Return the page as an Excel workbook, with notes and sources on their own sheet; needs openpyxl."""
        from natoburden.presentation.workbook import to_xlsx

        return to_xlsx(self, locale=locale)

    def to_parquet(self) -> bytes:
        """Return the columns of CSV as a Parquet file, with notes and sources as metadata; needs PyArrow or Polars."""
        from natoburden.presentation.parquet import to_parquet

        return to_parquet(self)

    def save(self, path: Path | str, form: Format | None = None, *, locale: str = "en") -> None:
        """Write the page to a file, in the format of its suffix; for a file without a suffix, `form` is the format.

        An existing file is replaced only after everything is written; if writing fails, the file is unchanged. The
        suffixes are ``.xlsx``, ``.csv``, ``.json``, ``.md``, ``.html``, ``.tex``, ``.parquet`` and ``.txt``. Raises
        `UnknownNameError` for an unknown suffix.
        """
        found = form_of(path, form, valid=self.formats)
        with written_whole(path, "wb" if found in BINARY else "w") as file:
            self.write(file, found, locale=locale)

    @property
    def formats(self) -> tuple[Format, ...]:
        """The formats that the page can be written in."""
        return ("table", *self._writers(locale="en"))

    def write(self, file: IO[Any], form: Format = "table", *, locale: str = "en") -> None:
        """Write the page to an open file in one of the page's formats; raises `UnknownNameError` for an unknown format.

        For ``xlsx`` and ``parquet``, the file must be opened in binary mode. ``bibtex`` is a format of a `Bibliography`
        only.
        """
        writers = self._writers(locale=locale)
        if form == "table":
            self._write_on_terminal(file, locale=locale)
        elif form in writers:
            file.write(writers[form]())
        else:
            raise UnknownNameError("format", str(form), ("table", *writers))

    def _writers(self, *, locale: str) -> dict[Format, Callable[[], str | bytes]]:
        """Return the function that writes each format except the table."""
        return {
            "csv": self.to_csv,
            "json": self.to_json,
            "markdown": lambda: self.to_markdown(locale=locale),
            "html": lambda: self.to_html(locale=locale),
            "xlsx": lambda: self.to_xlsx(locale=locale),
            "latex": lambda: self.to_latex(locale=locale),
            "parquet": self.to_parquet,
        }

    def _write_on_terminal(self, file: IO[str], *, locale: str) -> None:
        lines = self._as_lines(translation(locale))
        if lines is None:
            self.to_table(locale=locale).write_text(file)
        else:
            file.writelines(f"{folded(visible(line), width_of(file))}\n" for line in lines)
        if self.further is not None:
            file.write("\n")
            self.further.write(file, locale=locale)

    def __str__(self) -> str:
        return self.to_text().rstrip("\n")

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.title()}; {len(self.rows)} rows>"
