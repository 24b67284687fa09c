"""Workbooks of other publishers: the archive is checked against the limits before its content is parsed."""

from __future__ import annotations

import contextlib
import io
import warnings
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import attrs

from natoburden.errors import MissingExtraError, ReaderError
from natoburden.readers._cells import shows_percent
from natoburden.readers._containers import OLE, unread_workbook
from natoburden.readers._files import open_file, read_file
from natoburden.readers._limits import Budget, Limits
from natoburden.readers._packed import ARCHIVE_ERRORS, open_archive
from natoburden.readers._parts import Parts, checked_parts

__all__ = ["Look", "Looks", "open_workbook", "rows_of"]


_LONG_TEXT = 200  # characters


@attrs.frozen(kw_only=True)
class _Uncomputed:
    """A cell with a formula but without its result, since the program that wrote the cell did not compute it."""

    value: str
    coordinate: str


@contextlib.contextmanager
def open_workbook(path: Path, expected: str, limits: Limits | None) -> Iterator[Any]:
    """Yield an .xlsx workbook with the formats of its cells; needs the extra ``readers``.

    Raises `ReaderError` for a file that is not a workbook, for a document type, and for more content than the limits
    allow. The content is counted while the parts are unpacked, before the parts are used.
    """
    budget, content = Budget(limits, path.name), _content(path, expected, limits)
    elements = _checked(content, budget, expected)
    try:
        import defusedxml.ElementTree  # noqa: F401 # the sheets are read with it
        import openpyxl  # type: ignore[import-untyped] # noqa: F401 # it ships no types
        from openpyxl.reader.excel import ExcelReader  # type: ignore[import-untyped] # it ships no types
        from openpyxl.styles import cell_style  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingExtraError("reading a workbook", "openpyxl", "readers") from error
    vars(cell_style)["print"] = _silent  # openpyxl warns about missing styles
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # warnings about styles and extensions that openpyxl leaves out
        try:
            reader = ExcelReader(content, read_only=True, data_only=True, keep_links=False)
            reader.archive.close()
            reader.archive = Parts(content, budget, elements)
            reader.read()
        except ReaderError:
            raise
        except Exception as error:  # openpyxl passes on whatever errors its parsers raise
            raise ReaderError(path.name, "", f"the workbook cannot be read: {error}", expected) from error
        if not reader.wb.worksheets:
            raise ReaderError(path.name, "", "a workbook without a sheet of cells", expected)
        reader.wb.natoburden_budget = budget
        try:
            yield reader.wb
        finally:
            reader.wb.close()


def _silent(*_words: object, **_options: object) -> None:
    """Print nothing."""


def _content(path: Path, expected: str, limits: Limits | None) -> io.BytesIO:
    with open_file(path) as file:
        start = file.read(512)
    if not start.strip():
        raise ReaderError(path.name, "", "the file is empty", expected)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype", b"<html")):
        raise ReaderError(path.name, "", "the file is a web page", expected)
    if unread := unread_workbook(path, start):
        raise ReaderError(path.name, "", unread, expected)
    if start.startswith(OLE):
        problem = "a workbook in the format of before 2007 (.xls): save it as .xlsx"
        raise ReaderError(path.name, "", problem, expected)
    return io.BytesIO(read_file(path, limits))


def _checked(content: io.BytesIO, budget: Budget, expected: str) -> dict[str, int]:
    try:
        with open_archive(content, budget) as archive:
            return checked_parts(archive, budget, expected)
    except ReaderError:
        raise
    except ARCHIVE_ERRORS as error:
        raise ReaderError(budget.file, "", f"the file is not a workbook, or is cut short: {error}", expected) from error


def rows_of(sheet: Any, file: str) -> Generator[tuple[int, tuple[Any, ...]], None, None]:
    """Return the non-empty rows of a sheet, with their numbers; raises `ReaderError` if the sheet is too large.

    Each row is as wide as the widest row so far. If the file does not store the result of a formula, the value of the
    cell is the text of the formula. Every cell that is not empty is read, wherever it is.
    """
    from openpyxl.cell.read_only import EMPTY_CELL  # type: ignore[import-untyped] # it ships no types

    where, budget, width = f"sheet {sheet.title!r}", sheet.parent.natoburden_budget, 1
    try:
        for number, found in _filled(sheet):
            place = f"{where}, row {number}"
            widest = max(found)
            width = max(width, widest)
            budget.check("columns", widest, place)
            budget.spend("rows", 1, place)
            budget.spend("cells", width, place)
            row = [EMPTY_CELL] * width
            for column, cell in found.items():
                row[column - 1] = cell
                if type(cell.value) is str and len(cell.value) > _LONG_TEXT:
                    budget.spend("size", len(cell.value), place)  # cells can share one text, and each is read
            yield number, tuple(row)
    except ReaderError:
        raise
    except Exception as error:  # openpyxl passes on whatever errors its parsers raise
        raise ReaderError(file, where, f"the sheet cannot be read: {error}") from error


def _filled(sheet: Any) -> Iterator[tuple[int, dict[int, Any]]]:
    """Yield the rows that are not empty: the number of each, and its cells by their columns.

    The loop of openpyxl over a sheet makes objects for things other than cells, drops cells that are out of order, and
    fills gaps. Therefore only openpyxl's method for a single cell is used here.
    """
    from defusedxml.ElementTree import iterparse
    from openpyxl.cell.read_only import ReadOnlyCell
    from openpyxl.utils.cell import coordinate_to_tuple  # type: ignore[import-untyped]
    from openpyxl.worksheet._reader import (  # type: ignore[import-untyped]
        CELL_TAG,
        FORMULA_TAG,
        ROW_TAG,
        WorkSheetParser,
    )

    if not getattr(sheet, "_worksheet_path", ""):
        return
    book = sheet.parent
    with sheet._get_source() as source:  # noqa: SLF001 # it is not offered otherwise
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,  # noqa: SLF001
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,  # noqa: SLF001
            timedelta_formats=book._timedelta_formats,  # noqa: SLF001
        )
        for _, element in iterparse(source):
            if element.tag != ROW_TAG:
                continue
            number = element.get("r")
            parser.row_counter = int(float(number)) if number else parser.row_counter + 1
            parser.col_counter = 0
            found: dict[int, Any] = {}
            for part in element:
                if part.tag != CELL_TAG:
                    continue
                if not len(part):  # the cell is empty, but the next cell may not name its own column
                    named = part.get("r")
                    parser.col_counter = coordinate_to_tuple(named)[1] if named else parser.col_counter + 1
                    continue
                cell = parser.parse_cell(_with_text(part) if part.get("t") == "inlineStr" else part)
                value: Any = None
                if cell["value"] is not None:
                    value = ReadOnlyCell(sheet, **cell)
                elif (formula := part.find(FORMULA_TAG)) is not None:
                    value = _Uncomputed(value=f"={formula.text or ''}", coordinate=_coordinate(cell))
                if value is not None:
                    if cell["column"] in found:
                        raise ValueError(f"the cell {_coordinate(cell)} stands twice")
                    found[cell["column"]] = value
            element.clear()
            if found:
                yield parser.row_counter, found


def _with_text(part: Any) -> Any:
    """Return a cell with its inline text as its plain value, since openpyxl would make many objects of inline text."""
    from openpyxl.worksheet._reader import INLINE_STRING, VALUE_TAG

    inline = part.find(INLINE_STRING)
    space = INLINE_STRING.rpartition("}")[0] + "}"
    runs = [] if inline is None else [inline, *inline.iterfind(f"{space}r")]
    found = [text for run in runs if (text := run.findtext(f"{space}t"))]
    part.set("t", "str")
    value = part.find(VALUE_TAG)
    if value is None:
        value = part.makeelement(VALUE_TAG, {})
        part.append(value)
    value.text = "".join(found)
    return part


def _coordinate(cell: dict[str, Any]) -> str:
    from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

    return f"{get_column_letter(cell['column'])}{cell['row']}"


@attrs.frozen
class Look:
    """The appearance of a cell: the colour of its text, and whether it shows a number as a percentage.

    The colour has six hexadecimal digits; it is empty if the text has no colour of its own.
    """

    colour: str = ""
    is_percent: bool = False


class Looks:
    """The appearance of a workbook's cells: cells share a few styles, and each style is resolved once."""

    def __init__(self) -> None:
        self._by_style: dict[int, Look] = {}

    def of(self, cell: Any) -> Look:
        """Return the appearance of a cell; a cell without a style has a plain appearance."""
        style = getattr(cell, "_style_id", None)
        if style is None:
            return Look()
        found = self._by_style.get(style)
        if found is None:
            found = self._by_style[style] = Look(_colour_of(cell), shows_percent(str(cell.number_format or "")))
        return found

    def in_percent(self, cell: Any) -> bool:
        """Return whether a cell shows a number as a percentage."""
        return self.of(cell).is_percent


def _colour_of(cell: Any) -> str:
    """Return a colour that the workbook gives directly or as a number in the palette common to all spreadsheets."""
    colour = getattr(getattr(cell, "font", None), "color", None)
    if colour is None:
        return ""
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper()
    if colour.type == "indexed":
        from openpyxl.styles.colors import COLOR_INDEX  # type: ignore[import-untyped] # it ships no types

        return str(COLOR_INDEX[colour.indexed])[-6:] if colour.indexed < len(COLOR_INDEX) else ""
    return ""
