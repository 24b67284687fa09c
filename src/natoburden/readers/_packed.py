"""Files packed with gzip or zip; the only file of data in such a file is unpacked within the limits."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Final

from natoburden.errors import ReaderError
from natoburden.readers._files import open_file, unchanged
from natoburden.readers._limits import Budget, Limits

__all__ = ["ARCHIVE_ERRORS", "data_member", "is_packed", "open_archive", "unpacked_chunks"]

# The standard library's errors for archives that are broken, encrypted, or of an unknown kind.
ARCHIVE_ERRORS: Final = (
    *(OSError, EOFError, ValueError, KeyError, OverflowError, NotImplementedError, RuntimeError),
    *(zlib.error, lzma.LZMAError, struct.error, zipfile.BadZipFile),
)

_CHUNK = 1 << 20
_ENTRY = 1_000  # bytes of a part's entry in the list of an archive's parts; most entries have a tenth
_END = struct.Struct("<4s4H2LH")  # the end of an archive, after the list of its parts
_END_64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_DATA = (".csv", ".tsv", ".txt", ".json", ".jsonl")
_BESIDE = ("metadata_", "readme", "__macosx")  # files beside the data in archives of the World Bank and of macOS


def is_packed(start: bytes) -> bool:
    """Return whether the first bytes are the beginning of a gzip or zip file; workbooks are zip archives too."""
    return start.startswith((b"\x1f\x8b", b"PK\x03\x04"))


@contextmanager
def open_archive(content: IO[bytes], budget: Budget) -> Iterator[zipfile.ZipFile]:
    """Yield a zip archive; the number of its parts is checked against the limits before the archive is read."""
    size = content.seek(0, 2)
    content.seek(max(0, size - (1 << 16) - _END.size))
    end = content.read()
    if (at := end.rfind(b"PK\x05\x06")) >= 0 and len(end) - at >= _END.size:
        listed = _END.unpack_from(end, at)[5]
        if at >= _LOCATOR.size and end.startswith(b"PK\x06\x07", at - _LOCATOR.size):  # an archive of the long form
            content.seek(_LOCATOR.unpack_from(end, at - _LOCATOR.size)[2])
            listed = _END_64.unpack(content.read(_END_64.size))[8]
        budget.check("parts", listed // _ENTRY)
    content.seek(0)
    with zipfile.ZipFile(content) as archive:
        budget.check("parts", len(archive.filelist))
        yield archive


def unpacked_chunks(path: Path, expected: str, limits: Limits | None) -> Iterator[bytes]:
    """Yield the content of a packed file in pieces.

    Raises `ReaderError` if the file cannot be unpacked, if its content exceeds the limits, or if it does not contain
    exactly one file of data.
    """
    budget = Budget(limits, path.name)
    try:
        with ExitStack() as stack:
            file = stack.enter_context(open_file(path))
            stack.enter_context(unchanged(file, path.name))
            content = _content(file, path.name, stack, expected, budget)
            while chunk := content.read(_CHUNK):
                budget.spend("size", len(chunk))
                yield chunk
    except ReaderError:
        raise
    except ARCHIVE_ERRORS as error:
        raise ReaderError(path.name, "", f"the packed file cannot be unpacked: {error}", expected) from error


def _content(file: IO[bytes], name: str, stack: ExitStack, expected: str, budget: Budget) -> IO[bytes]:
    is_gzip = file.read(2) == b"\x1f\x8b"
    file.seek(0)
    if is_gzip:
        return io.BufferedReader(stack.enter_context(gzip.GzipFile(fileobj=file)))
    archive = stack.enter_context(open_archive(file, budget))
    return stack.enter_context(archive.open(data_member(name, archive, expected)))


def data_member(name: str, archive: zipfile.ZipFile, expected: str) -> str:
    """Return the name of the only file of data in an archive; files that describe the data are ignored."""
    members = [member for member in archive.namelist() if not member.endswith("/")]
    if any(member.startswith(("xl/", "word/", "ppt/")) for member in members):
        raise ReaderError(name, "", "the file is a workbook or another document", expected)
    found = [
        member
        for member in members
        if member.lower().endswith(_DATA) and not member.lower().rpartition("/")[2].startswith(_BESIDE)
    ]
    if len(found) != 1:
        shown = ", ".join(found[:5]) or "none"
        raise ReaderError(name, "", f"an archive with {len(found)} files of data: {shown}", "one: unpack it first")
    return found[0]
