"""Workbooks in the format used before 2007 (.xls), which some publishers still offer; xlrd reads these workbooks."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from natoburden.errors import MissingExtraError, ReaderError
from natoburden.readers._files import read_file
from natoburden.readers._limits import Budget, Limits

__all__ = ["OldCell", "old_rows", "old_sheet_names"]

_LEAST_OF_A_CELL = 4  # bytes of the file, which limit its cells before anything is parsed; a figure takes ten or more


@attrs.frozen(kw_only=True)
class OldCell:
    """One cell, with the attributes that readers use in cells of newer workbooks."""

    value: object
    coordinate: str
    number_format: str


def old_sheet_names(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets; none if the file cannot be read, or without the extra ``readers``."""
    with contextlib.suppress(ReaderError, MissingExtraError):
        return tuple(map(str, _opened(path, "", None).sheet_names()))
    return ()


def old_rows(path: Path, sheet: str, expected: str, limits: Limits | None) -> Iterator[tuple[int, tuple[OldCell, ...]]]:
    """Read the non-empty rows of one sheet, each with its number; needs the extra ``readers``.

    Raises `ReaderError` for a file that is not an old workbook, and for a sheet that is too large.
    """
    book = _opened(path, expected, limits)
    try:
        table = book.sheet_by_name(sheet)
        budget, where = Budget(limits, path.name), f"sheet {sheet!r}"
        budget.spend("rows", table.nrows, where)
        budget.check("columns", table.ncols, where)
        budget.spend("cells", sum(map(table.row_len, range(table.nrows))), where)
        rows = [(row + 1, _cells(book, table, row)) for row in range(table.nrows) if table.row_len(row)]
    except ReaderError:
        raise
    except Exception as error:  # xlrd passes on whatever errors its parsing raises
        raise ReaderError(path.name, f"sheet {sheet!r}", f"the sheet cannot be read: {error}", expected) from error
    finally:
        book.release_resources()
    for number, row in rows:
        if any(cell.value is not None for cell in row):
            yield number, row


def _opened(path: Path, expected: str, limits: Limits | None) -> Any:
    try:
        import xlrd
    except ImportError as error:
        raise MissingExtraError("reading a workbook of before 2007", "xlrd", "readers") from error
    content = read_file(path, limits)
    Budget(limits, path.name).check("cells", len(content) // _LEAST_OF_A_CELL)
    silent = io.StringIO()  # xlrd writes warnings to standard output
    try:
        return xlrd.open_workbook(
            file_contents=content, logfile=silent, on_demand=True, formatting_info=True, ragged_rows=True
        )
    except Exception as error:  # xlrd passes on whatever errors its parsing raises
        raise ReaderError(path.name, "", f"the workbook cannot be read: {error}", expected) from error


def _cells(book: Any, table: Any, row: int) -> tuple[OldCell, ...]:
    return tuple(_cell(book, cell, row, column) for column, cell in enumerate(table.row(row)))


def _cell(book: Any, cell: Any, row: int, column: int) -> OldCell:
    import xlrd

    value: object = cell.value
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
        value = None
    elif cell.ctype == xlrd.XL_CELL_DATE:
        value = xlrd.xldate_as_datetime(cell.value, book.datemode)
    elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
        value = bool(cell.value)
    elif cell.ctype == xlrd.XL_CELL_ERROR:
        value = xlrd.error_text_from_code.get(cell.value, "#ERROR!")
    style = book.xf_list[cell.xf_index] if cell.xf_index is not None and cell.xf_index < len(book.xf_list) else None
    form = book.format_map.get(style.format_key) if style is not None else None
    return OldCell(
        value=value,
        coordinate=f"{xlrd.colname(column)}{row + 1}",
        number_format=str(form.format_str) if form else "General",
    )
