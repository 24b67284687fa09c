"""Files packed with gzip or zip, as publishers offer them: unpacked behind a guard, the one file of data in them."""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, Final

from natoburden.errors import ReaderError

__all__ = ["ARCHIVE_ERRORS", "data_member", "is_packed", "unpacked_chunks"]

# What the standard library lets through for archives that are broken, encrypted, or of a kind that it does not know.
ARCHIVE_ERRORS: Final = (
    *(OSError, EOFError, ValueError, KeyError, OverflowError, NotImplementedError, RuntimeError),
    *(zlib.error, lzma.LZMAError, struct.error, zipfile.BadZipFile),
)

_CHUNK = 1 << 20
_GREATEST_RATIO = 200  # unpacked to packed; JSON of many alike releases packs fortyfold
_UNJUDGED = 64 * _CHUNK  # bytes unpacked before the ratio is looked at
_DATA = (".csv", ".tsv", ".txt", ".json", ".jsonl")
_BESIDE = ("metadata_", "readme", "__macosx")  # beside the data in the World Bank's archives, and in macOS's


def is_packed(start: bytes) -> bool:
    """Return whether the first bytes are those of gzip or zip; workbooks are zip too."""
    return start.startswith((b"\x1f\x8b", b"PK\x03\x04"))


def unpacked_chunks(path: Path, expected: str) -> Iterator[bytes]:
    """Yield the content of a packed file piece by piece.

    Raises `ReaderError` for a file that cannot be unpacked, that unpacks into far more than text does, or that holds
    no file of data, or more than one.
    """
    most = max(_UNJUDGED, _GREATEST_RATIO * path.stat().st_size)
    done = 0
    try:
        with ExitStack() as stack:
            content = _content(path, stack, expected)
            while chunk := content.read(_CHUNK):
                done += len(chunk)
                if done > most:
                    raise ReaderError(path.name, "", "packed too densely", f"at most {_GREATEST_RATIO} to one")
                yield chunk
    except ReaderError:
        raise
    except ARCHIVE_ERRORS as error:
        raise ReaderError(path.name, "", f"the packed file cannot be unpacked: {error}", expected) from error


def _content(path: Path, stack: ExitStack, expected: str) -> IO[bytes]:
    with path.open("rb") as file:
        if file.read(2) == b"\x1f\x8b":
            return io.BufferedReader(stack.enter_context(gzip.open(path)))
    archive = stack.enter_context(zipfile.ZipFile(path))
    return stack.enter_context(archive.open(data_member(path.name, archive, expected)))


def data_member(name: str, archive: zipfile.ZipFile, expected: str) -> str:
    """Return the name of the one file of data in an archive, beside what describes it."""
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
