"""One table from a text file or a workbook: rows of cells as text, each row with its place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from natoburden.errors import ReaderError
from natoburden.readers._cells import plain_text
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._old_workbook import old_rows
from natoburden.readers._text import rows_in
from natoburden.readers._workbook import Looks, open_workbook, rows_of

__all__ = ["sheet_rows", "text_rows"]


def text_rows(text: str, file: str, expected: str, limits: Limits | None) -> Iterator[tuple[str, list[str]]]:
    """Return rows of cells, each row with its line number."""
    return ((f"line {line}", row) for line, row in rows_in(text, file, expected, limits))


def sheet_rows(path: Path, sheet: str, expected: str, limits: Limits | None) -> Iterator[tuple[str, list[str]]]:
    """Read the rows of one sheet of a workbook (.xlsx or .xls), each with its place; needs the extra ``readers``.

    Raises `ReaderError` if the workbook lacks the sheet.
    """
    glimpse = Glimpse.of(path)
    if sheet not in glimpse.sheets:
        raise ReaderError(
            path.name, "", f"the sheets are {', '.join(glimpse.sheets[:12])}", f"{expected}, sheet {sheet!r}"
        )
    if glimpse.kind == "old workbook":
        for number, row in old_rows(path, sheet, expected, limits):
            yield f"sheet {sheet!r}, row {number}", [plain_text(cell, path.name, sheet) for cell in row]
        return
    file, looks = path.name, Looks()
    with open_workbook(path, expected, limits) as book:
        for number, row in rows_of(book[sheet], file):
            yield f"sheet {sheet!r}, row {number}", [plain_text(cell, file, sheet, looks.in_percent) for cell in row]
