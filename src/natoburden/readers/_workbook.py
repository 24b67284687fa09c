"""Workbooks of other publishers, read behind a guard: the archive is looked at before anything in it is parsed."""

from __future__ import annotations

import contextlib
import html
import re
import warnings
import zipfile
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from natoburden.errors import MissingExtraError, ReaderError
from natoburden.readers._cells import shows_percent
from natoburden.readers._containers import OLE, unread_workbook
from natoburden.readers._packed import ARCHIVE_ERRORS

__all__ = ["Look", "Looks", "open_workbook", "rows_of"]

# A workbook of the publishers that the readers know has some hundred parts and at most ten megabytes.
_MOST_PARTS = 2_000
_LARGEST_PART = 64_000_000  # bytes, unpacked
_LARGEST_WHOLE = 256_000_000
_GREATEST_RATIO = 400  # unpacked to packed; text of numbers packs twentyfold
_MOST_ROWS = 20_000
_MOST_COLUMNS = 500

# A cell whose formula nothing follows: the program that wrote it did not compute it.
_UNCOMPUTED = re.compile(
    rb'<(?:\w{1,10}:)?c\b[^<>]{0,200}?\br="([A-Z]{1,3}[0-9]{1,7})"[^<>]{0,200}>\s{0,20}'
    rb"<(?:\w{1,10}:)?f\b(?:[^<>]{0,200}/>|[^<>]{0,200}>([^<>]{0,9000})</(?:\w{1,10}:)?f>)\s{0,20}"
    rb"(?:<(?:\w{1,10}:)?v\s?/>|<(?:\w{1,10}:)?v></(?:\w{1,10}:)?v>)?\s{0,20}</(?:\w{1,10}:)?c>"
)


@attrs.frozen(kw_only=True)
class _Uncomputed:
    """A cell with a formula and without its result."""

    value: str
    coordinate: str


@contextlib.contextmanager
def open_workbook(path: Path, expected: str) -> Iterator[Any]:
    """Yield an .xlsx workbook, whose cells have their formats; needs the extra ``readers``.

    Raises `ReaderError` for a file that is not a workbook, and for one that would unpack into more than a published
    table can need: too many parts, parts too large, packed too densely, or with a document type of its own.
    """
    _check_archive(path, expected)
    try:
        import openpyxl  # type: ignore[import-untyped] # it ships no types
    except ImportError as error:
        raise MissingExtraError("reading a workbook", "openpyxl", "readers") from error
    with warnings.catch_warnings(), path.open("rb") as file:  # by its name openpyxl refuses what is not called .xlsx
        warnings.simplefilter("ignore")  # of styles and extensions that openpyxl leaves out
        try:
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception as error:  # openpyxl lets through whatever its parsers raise
            raise ReaderError(path.name, "", f"the workbook cannot be read: {error}", expected) from error
        try:
            yield book
        finally:
            book.close()


def _check_archive(path: Path, expected: str) -> None:
    with path.open("rb") as file:
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
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(path.name, archive, expected)
    except ReaderError:
        raise
    except ARCHIVE_ERRORS as error:
        raise ReaderError(path.name, "", f"the file is not a workbook, or is cut short: {error}", expected) from error


def _check_parts(name: str, archive: zipfile.ZipFile, expected: str) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS:
        raise ReaderError(name, "", f"the workbook has {len(parts)} parts", f"at most {_MOST_PARTS}")
    if sum(part.file_size for part in parts) > _LARGEST_WHOLE:
        raise ReaderError(name, "", "the workbook unpacks into too much", f"at most {_LARGEST_WHOLE // 1_000_000} MB")
    for part in parts:
        if part.file_size > _LARGEST_PART:
            raise ReaderError(name, part.filename, "too large unpacked", f"at most {_LARGEST_PART // 1_000_000} MB")
        if part.file_size > _GREATEST_RATIO * max(part.compress_size, 1):
            raise ReaderError(name, part.filename, "packed too densely", f"at most {_GREATEST_RATIO} to one")
        if part.flag_bits & 1:
            raise ReaderError(name, part.filename, "the part is encrypted", expected)
        if part.filename.endswith((".xml", ".rels")):
            with archive.open(part) as file:
                head = file.read(2_000)
                if part.filename.startswith("customXml/") and head.startswith((b"\xff\xfe", b"\xfe\xff")):
                    head = (
                        (head + file.read()).decode("utf-16", "replace").encode()
                    )  # an office server's, beside the sheets
            if b"<!DOCTYPE" in head or b"<!ENTITY" in head or b"\x00" in head:
                raise ReaderError(name, part.filename, "a part with a document type, or not in UTF-8", expected)


def rows_of(sheet: Any, file: str) -> Generator[tuple[int, tuple[Any, ...]], None, None]:
    """Return the rows of a sheet that hold anything, each with its number; raises `ReaderError` for too large a sheet.

    Rows are as wide as the widest so far. A formula whose result the file does not store is a cell whose value is the
    text of the formula.
    """
    from openpyxl.cell.read_only import EMPTY_CELL  # type: ignore[import-untyped] # it ships no types

    rows = sheet.iter_rows(max_row=_MOST_ROWS + 1, max_col=_MOST_COLUMNS + 1)
    width, beyond = 1, (EMPTY_CELL,) * _MOST_COLUMNS
    try:
        formulas = _formulas(sheet)
        for number, row in enumerate(rows, start=1):
            if not _are_same(row[width:], beyond):
                width = max(at for at, cell in enumerate(row, start=1) if cell is not EMPTY_CELL)
                beyond = (EMPTY_CELL,) * (len(row) - width)
            cells = _computed(row[:width], formulas) if formulas else row[:width]
            if all(cell.value is None for cell in cells):
                continue
            if number > _MOST_ROWS or (len(cells) > _MOST_COLUMNS and cells[-1].value is not None):
                most = f"at most {_MOST_ROWS} rows and {_MOST_COLUMNS} columns"
                raise ReaderError(file, f"sheet {sheet.title!r}, row {number}", "the sheet is too large", most)
            yield number, cells
    except ReaderError:
        raise
    except Exception as error:  # openpyxl lets through whatever its parsers raise
        raise ReaderError(file, f"sheet {sheet.title!r}", f"the sheet cannot be read: {error}") from error


def _are_same(cells: tuple[Any, ...], empty: tuple[Any, ...]) -> bool:
    """Return whether all cells are the empty one of openpyxl's, of which a row has hundreds."""
    try:
        return cells == empty
    except AttributeError:  # openpyxl's cells cannot be compared with its empty one
        return False


def _computed(row: tuple[Any, ...], formulas: Mapping[str, _Uncomputed]) -> tuple[Any, ...]:
    return tuple(formulas.get(getattr(cell, "coordinate", ""), cell) for cell in row)


def _formulas(sheet: Any) -> dict[str, _Uncomputed]:
    """Return the formulas of a sheet that have no result, by their cells; openpyxl shows them as empty."""
    source = getattr(sheet, "_worksheet_path", "")
    if not source:
        return {}
    with sheet.parent._archive.open(source.removeprefix("/")) as part:  # noqa: SLF001 # it is not offered otherwise
        content = part.read(_LARGEST_PART)
    if b"<f" not in content and b":f" not in content:  # no formula; the pattern below takes longer to see that
        return {}
    return {
        (place := found[1].decode()): _Uncomputed(
            value=f"={html.unescape((found[2] or b'').decode('utf-8', 'replace'))}", coordinate=place
        )
        for found in _UNCOMPUTED.finditer(content)
    }


@attrs.frozen
class Look:
    """How a cell shows what it holds: the colour of its text, and whether a number in it is a percentage.

    The colour has six hexadecimal digits; it is empty where the text has none of its own.
    """

    colour: str = ""
    is_percent: bool = False


class Looks:
    """The looks of a workbook's cells; cells share a few styles, and each is resolved once."""

    def __init__(self) -> None:
        self._by_style: dict[int, Look] = {}

    def of(self, cell: Any) -> Look:
        """Return the look of a cell; a plain one for a cell without a style."""
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
    """Return a colour that the workbook writes outright, or as a number in the palette of every spreadsheet."""
    colour = getattr(getattr(cell, "font", None), "color", None)
    if colour is None:
        return ""
    if colour.type == "rgb":
        return str(colour.rgb)[-6:].upper()
    if colour.type == "indexed":
        from openpyxl.styles.colors import COLOR_INDEX  # type: ignore[import-untyped] # it ships no types

        return str(COLOR_INDEX[colour.indexed])[-6:] if colour.indexed < len(COLOR_INDEX) else ""
    return ""
