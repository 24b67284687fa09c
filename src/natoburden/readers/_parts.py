"""The parts of a workbook: their elements are counted while the parts are unpacked, before the parts are used."""

from __future__ import annotations

import zipfile
from collections import Counter
from typing import IO, Any, Final
from xml.parsers.expat import ExpatError, ParserCreate

from natoburden.errors import ReaderError
from natoburden.readers._limits import Budget

__all__ = ["Parts", "checked_parts"]

_CHUNK: Final = 1 << 20
_LONGEST_NAME: Final = 1_000  # characters of a namespace, which a parser puts before the name of each element in it
_BEFORE: Final = b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n"
_SHEETS: Final = "worksheets/"
_DEAR: Final = 8  # a style, a shared string or a relation costs openpyxl about eight times as much as a cell
_READINGS: Final = 2  # a sheet is read twice: for its dimensions and for its cells


class Parts(zipfile.ZipFile):
    """An archive with counted elements; if a part is read more than twice, its elements are counted again each time."""

    def __init__(self, content: IO[bytes], budget: Budget, elements: dict[str, int]) -> None:
        super().__init__(content)
        self._budget, self._elements, self._read = budget, elements, Counter[str]()

    def open(self, name: Any, *args: Any, **kwargs: Any) -> IO[bytes]:
        """Open a part; raises `ReaderError` if many sheets share the part and reading it again exceeds the limits."""
        part = str(getattr(name, "filename", name))
        self._read[part] += 1
        if self._read[part] > _READINGS:
            self._budget.spend("elements", self._elements.get(part, 0), part)
        return super().open(name, *args, **kwargs)


def checked_parts(archive: zipfile.ZipFile, budget: Budget, expected: str) -> dict[str, int]:
    """Return the number of elements that is counted for each part.

    Every part that begins like XML is checked, regardless of its name, since only the workbook's content says what a
    part is. Raises `ReaderError` for parts that are encrypted, have a document type, or exceed the limits.
    """
    found: dict[str, int] = {}
    for part in archive.infolist():
        if part.flag_bits & 1:
            raise ReaderError(budget.file, part.filename, "the part is encrypted", expected)
        with archive.open(part) as file:
            found[part.filename] = _elements(file, part.filename, budget, expected)
    return found


def _elements(file: IO[bytes], name: str, budget: Budget, expected: str) -> int:
    chunk = file.read(_CHUNK)
    bare = chunk.lstrip(_BEFORE)
    is_xml = bare.startswith(b"<") or not chunk.strip()  # blanks may come before it
    # The properties of an office server, beside the sheets, are in UTF-16.
    is_beside = name.startswith("customXml/") and chunk.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_xml and b"\x00" in chunk and not is_beside:
        raise ReaderError(budget.file, name, "a part that is not in UTF-8", expected)
    parser, found = _parser(name, budget, expected), 0
    while chunk:
        budget.spend("size", len(chunk), name)
        if is_xml:
            marks = chunk.count(b"<")
            if not marks and len(chunk) == _CHUNK:
                raise ReaderError(budget.file, name, "a text or an attribute of more than 1 MB", expected)
            elements = (marks - chunk.count(b"</")) * (1 if _SHEETS in name else _DEAR)
            budget.spend("elements", elements, name)
            found += elements
            try:
                parser.Parse(chunk)
            except ExpatError as error:
                raise ReaderError(budget.file, name, f"not well-formed XML: {error}", expected) from error
        chunk = file.read(_CHUNK)
    return found


def _parser(name: str, budget: Budget, expected: str) -> Any:
    """Return a parser that only checks: it raises an error for a document type and for a very long namespace name."""
    parser = ParserCreate(namespace_separator=" ")

    def no_type(*_: object) -> None:
        raise ReaderError(budget.file, name, "a part with a DOCTYPE", expected)

    def no_long_name(_prefix: str | None, address: str | None) -> None:
        if address and len(address) > _LONGEST_NAME:
            raise ReaderError(budget.file, name, "a namespace with a name of a thousand characters", expected)

    parser.StartDoctypeDeclHandler = no_type
    parser.StartNamespaceDeclHandler = no_long_name
    return parser
