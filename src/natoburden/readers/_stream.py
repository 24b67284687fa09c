"""Files that are too large for memory, packed or not: they are read line by line, and progress is reported."""

from __future__ import annotations

import contextlib
import csv
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, TypeAlias

from natoburden.errors import ReaderError
from natoburden.readers._files import open_file, unchanged
from natoburden.readers._limits import Budget, Limits
from natoburden.readers._packed import is_packed, unpacked_chunks
from natoburden.readers._text import decoded, refuse_other_kinds

__all__ = ["Progress", "lines_of", "opened", "stream_records"]

Progress: TypeAlias = Callable[[int, int], None]

_TOLD_EVERY = 1 << 20  # bytes
_LONGEST_LINE = 1_000_000  # bytes of a line of a table; TED's longest lines have about twenty thousand


@contextlib.contextmanager
def opened(path: Path, expected: str, limits: Limits | None) -> Iterator[IO[bytes]]:
    """Yield an open file that can be read in any order; a file packed with gzip or zip is first unpacked.

    Raises `ReaderError` for an empty file, a web page or a workbook, for a file that cannot be unpacked, and for a file
    larger than the limits. Also raises `ReaderError` at the end if the file was changed while it was read.
    """
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(open_file(path))
        stack.enter_context(unchanged(file, path.name))
        if is_packed(file.read(4)):
            file = stack.enter_context(tempfile.TemporaryFile())
            for chunk in unpacked_chunks(path, expected, limits):
                file.write(chunk)
        else:
            Budget(limits, path.name).check("streamed", file.seek(0, 2))
        file.seek(0)
        refuse_other_kinds(path.name, file.read(512), expected)
        file.seek(0)
        yield file


def lines_of(
    file: IO[bytes], name: str, *, longest: int = _LONGEST_LINE, progress: Progress | None = None
) -> Iterator[tuple[int, int, bytes]]:
    """Yield each line with its number and its offset in bytes; raises `ReaderError` for a line that is too long."""
    size = file.seek(0, 2)
    offset = told = file.seek(0)
    for number, line in enumerate(iter(lambda: file.readline(longest + 1), b""), start=1):
        if len(line) > longest:
            raise ReaderError(name, f"line {number}", f"a line of more than {longest // 1_000_000} MB", "shorter lines")
        yield number, offset, line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
        offset += len(line)
        if progress is not None and offset - told >= _TOLD_EVERY:
            told = offset
            progress(offset, size)
    if progress is not None:
        progress(size, size)


def stream_records(
    path: Path, expected: str, progress: Progress | None = None, limits: Limits | None = None
) -> Iterator[tuple[str, list[str]]]:
    """Yield the records of a table with their places, the header first; the header shows the delimiter.

    A line that is not UTF-8 is read as Windows-1252 or ISO 8859-1. A record may have line breaks inside quotation
    marks.
    """
    budget = Budget(limits, path.name)
    with opened(path, expected, limits) as file:
        number = 0

        def texts() -> Iterator[str]:
            nonlocal number
            for number, _, line in lines_of(file, path.name, progress=progress):  # the line that errors name
                if b"\x00" in line:
                    raise ReaderError(path.name, f"line {number}", "a NUL byte", f"{expected}, in UTF-8")
                budget.check("columns", max(map(line.count, (b",", b";", b"\t"))), f"line {number}")
                yield decoded(line)

        lines = texts()
        header = next(lines)
        delimiter = max(",;\t", key=header.count)
        start = 1
        try:
            yield "line 1", next(csv.reader([header], delimiter=delimiter))
            reader = csv.reader(lines, delimiter=delimiter)
            for cells in reader:
                start, where = number, f"line {start + 1}"
                if any(cell.strip() for cell in cells):
                    yield where, cells
        except csv.Error as error:
            raise ReaderError(
                path.name, f"line {start + 1}", f"no record that can be read: {error}", expected
            ) from error
