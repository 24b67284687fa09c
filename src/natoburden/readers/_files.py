"""Opening and reading of whole files: only regular files, within the limits, and unchanged while being read."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from natoburden._regular import open_regular
from natoburden.errors import ReaderError
from natoburden.readers._limits import Budget, Limits

__all__ = ["open_file", "read_file", "unchanged"]

_REGULAR: Final = "a regular file: copy what it gives into one"


def open_file(path: Path) -> IO[bytes]:
    """Open a regular file; raises `ReaderError` for a device, pipe, socket or folder, and `OSError` for a failure."""
    return open_regular(path, lambda kind: ReaderError(path.name, "", kind, _REGULAR))


def read_file(path: Path, limits: Limits | None) -> bytes:
    """Read a whole file; raises `ReaderError` if it is too large, is not regular, or changes while it is read."""
    with open_file(path) as file, unchanged(file, path.name):
        size = os.fstat(file.fileno()).st_size
        Budget(limits, path.name).check("size", size)
        content = file.read(size + 1)
        if len(content) != size:
            raise _changed(path.name)
        return content


@contextlib.contextmanager
def unchanged(file: IO[bytes], name: str) -> Iterator[None]:
    """Raise `ReaderError` if a file is changed while it is read."""
    before = os.fstat(file.fileno())
    yield
    after = os.fstat(file.fileno())
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise _changed(name)


def _changed(name: str) -> ReaderError:
    return ReaderError(name, "", "the file changed while it was read", "a file that nothing writes to any longer")
