"""A file or a frame as a grid of cells; each row has the number that a spreadsheet shows."""

from __future__ import annotations

import csv
import datetime as dt
import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs

from natoburden.errors import MissingExtraError, ReaderError, UnexpectedValueError, UnknownNameError
from natoburden.model._vocabulary import nearest
from natoburden.readers._cells import fault_of, figure_of, shows_percent
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._text import read_text, rows_in
from natoburden.readers._workbook import open_workbook, rows_of

__all__ = ["EXPECTED", "Cell", "Grid", "grids_of"]

EXPECTED: Final = "a table of contracts, .csv, .tsv, .txt or .xlsx"
_MOST_ROWS = 100_000
_NEEDS = "a path of a CSV file or a workbook, or a frame of Polars, pandas, PyArrow, or with Arrow's interface"
_BROKEN = re.compile(r"#(?:REF|NAME|VALUE|DIV/0|NUM|NULL|NOM|WERT|BEZUG)[!?]?")
_SCALED = "the cell's format shows it in thousands or millions, which it does not hold: remove the format"
_SEPARATOR = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_SHOWN_CURRENCY = re.compile(r'\[\$([^\]-]+)|"([^"]+)"|\\?([€£₺])')


@attrs.frozen
class Cell:
    """The content of a cell: a text without blanks around it, a number, a day, or None.

    `shown` is the text that the cell's format adds to a number, such as a currency sign. `fault` describes the fault of
    a broken cell.
    """

    value: str | int | Decimal | dt.date | None = None
    shown: str = ""
    fault: str = ""

    @property
    def text(self) -> str:
        """The cell as text."""
        return "" if self.value is None else str(self.value)


@attrs.frozen(kw_only=True)
class Grid:
    """The rows of one table that are not empty, each with its number."""

    name: str
    sheet: str = ""
    rows: tuple[tuple[int, tuple[Cell, ...]], ...] = attrs.field(repr=lambda rows: f"<{len(rows)} rows>")


def grids_of(data: object, sheet: str | None, limits: Limits | None) -> tuple[Grid, ...]:
    """Return the tables of a file or frame; for a workbook, the tables of all sheets or of the given sheet."""
    if isinstance(data, str | Path):
        path = Path(data)
        if Glimpse.of(path).kind in ("workbook", "old workbook", "unread workbook"):
            return _of_workbook(path, sheet, limits)
        if sheet is not None:
            raise UnexpectedValueError("sheet", repr(sheet), f"{path.name} is not a workbook")
        return (_of_text(path, limits),)
    if sheet is not None:
        raise UnexpectedValueError("sheet", repr(sheet), "a frame has no sheets")
    return (_of_frame(data),)


# --- text --------------------------------------------------------------------------------------------------


def _of_text(path: Path, limits: Limits | None) -> Grid:
    text = read_text(path, EXPECTED, limits, wide_ok=True).removeprefix("\ufeff")
    first, _, rest = text.partition("\n")
    told = _SEPARATOR.fullmatch(first.strip())
    delimiters = told[1] if told else _delimiter(text)
    rows = rows_in(rest if told else text, path.name, EXPECTED, limits, delimiters=delimiters)
    start = 2 if told else 1
    grid = [(number, tuple(map(_of_word, row))) for number, (_, row) in enumerate(rows, start=start)]
    return _checked(path.name, "", grid)


def _delimiter(text: str) -> str:
    """Return the delimiter that gives the most cells in lines of the same width."""
    lines = text[:20_000].split("\n")[:50]

    def weight(delimiter: str) -> int:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    return max(";\t,", key=weight)


def _of_word(text: str) -> Cell:
    bare = text.strip(" \t\n\u00a0\u202f")
    fault = (
        f"the cell shows {bare}"
        if re.fullmatch(r"#(?:REF|NAME|VALUE|DIV/0|NUM|NULL|NOM|WERT|BEZUG)[!?]?", bare)
        else ""
    )
    return Cell(bare or None, fault=fault)


# --- workbooks ---------------------------------------------------------------------------------------------


def _of_workbook(path: Path, sheet: str | None, limits: Limits | None) -> tuple[Grid, ...]:
    with open_workbook(path, EXPECTED, limits) as book:
        names = [found.title for found in book.worksheets]
        if sheet is not None and sheet not in names:
            raise UnknownNameError("sheet", sheet, tuple(names), nearest(sheet, names))
        wanted = [found for found in book.worksheets if sheet in (None, found.title)]
        return tuple(
            _checked(path.name, found.title, [(row, _of_cells(cells)) for row, cells in rows_of(found, path.name)])
            for found in wanted
        )


def _of_cells(cells: Sequence[Any]) -> tuple[Cell, ...]:
    return tuple(map(_of_cell, cells))


def _of_cell(cell: Any) -> Cell:
    value = cell.value
    if isinstance(value, str):
        is_missing = value.strip().upper() == "#N/A"  # the result of a look-up that finds nothing
        return Cell("n/a") if is_missing else attrs.evolve(_of_word(value), fault=fault_of(cell))
    if type(value) not in (int, float):
        return _of_value(value)
    shown, fault = _added_by(str(getattr(cell, "number_format", "") or ""))
    return Cell(_plain(value), shown=shown, fault=fault)


@functools.lru_cache(maxsize=256)
def _added_by(number_format: str) -> tuple[str, str]:
    """Return what a format adds to a number, such as a currency sign, and the fault of a figure with this format."""
    if shows_percent(number_format):
        return "", "the figure is formatted as a percentage"
    if re.search(r"[0#],+(?:[^0#,]|$)", number_format.partition(";")[0]):
        return "", _SCALED
    named = _SHOWN_CURRENCY.search(number_format)
    return (next(filter(None, named.groups()), "").strip() if named else ""), ""


# --- frames ------------------------------------------------------------------------------------------------


def _of_frame(data: object) -> Grid:
    """Return a frame as a grid with its header as the first row; rows are counted from 0, as in frames."""
    try:
        import narwhals as nw
    except ImportError as error:
        raise MissingExtraError("reading a frame", "narwhals", "frames") from error
    try:
        frame: Any = nw.from_native(data)
    except TypeError as error:
        if not hasattr(data, "__arrow_c_stream__"):
            raise UnexpectedValueError("data", f"a {type(data).__name__}", f"give {_NEEDS}") from error
        frame = _of_arrow(nw, data)
    found = frame.collect() if isinstance(frame, nw.LazyFrame) else frame
    header = (-1, tuple(Cell(str(name)) for name in found.columns))
    rows = ((number, tuple(map(_of_value, row))) for number, row in enumerate(found.iter_rows()))
    return _checked("the frame", "", (header, *rows))


def _of_arrow(nw: Any, data: object) -> Any:
    for backend in ("polars", "pyarrow"):
        try:
            return nw.from_arrow(data, backend=backend)
        except ImportError:
            continue
    raise MissingExtraError("reading an Arrow stream", "polars or pyarrow", "frames")


def _of_value(value: Any) -> Cell:
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return Cell()
    plain = value.item() if hasattr(value, "item") else value
    if isinstance(plain, bool):
        return Cell(str(plain).lower())
    if isinstance(plain, dt.datetime):
        return Cell(plain.date())
    if isinstance(plain, int | float | Decimal):
        return Cell(None if plain != plain else _plain(plain))  # noqa: PLR0124 # NaN, which pandas has for nothing
    return Cell(plain) if isinstance(plain, dt.date) else _of_word(str(plain))


def _plain(value: float | Decimal) -> int | Decimal | str:
    """Return a number as an exact one; a number that is not finite becomes text, which is then refused as a figure."""
    if isinstance(value, int):
        return value
    if not math.isfinite(value):
        return str(value)
    exact = value if isinstance(value, Decimal) else figure_of(value)
    return int(exact) if exact == exact.to_integral_value() and abs(exact) < 10**15 else exact


def _checked(name: str, sheet: str, rows: Iterable[tuple[int, tuple[Cell, ...]]]) -> Grid:
    return Grid(name=name, sheet=sheet, rows=tuple(_bounded(name, rows)))


def _bounded(name: str, rows: Iterable[tuple[int, Sequence[Cell]]]) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for count, (number, row) in enumerate(rows):
        if count > _MOST_ROWS:
            raise ReaderError(name, f"row {number}", "the table is too large", f"at most {_MOST_ROWS:,} rows")
        if any(cell.value is not None for cell in row):
            yield number, tuple(row)
