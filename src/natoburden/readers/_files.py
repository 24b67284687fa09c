"""Opening and reading of whole files: only regular files, within the limits, and unchanged while being read."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from natoburden.errors import ReaderError
from natoburden.readers._limits import Budget, Limits

__all__ = ["open_file", "read_file", "special_kind", "unchanged"]

_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_REGULAR: Final = "a regular file: copy what it gives into one"


def special_kind(mode: int) -> str:
    """Return in words what a path is if it is not a regular file, such as a folder; empty for a regular file."""
    if stat.S_ISREG(mode):
        return ""
    return next((words for test, words in _KINDS if test(mode)), "no regular file")


def open_file(path: Path) -> IO[bytes]:
    """Open a regular file; raises `ReaderError` for a device, pipe, socket or folder, and `OSError` for a failure."""
    if kind := special_kind(path.stat().st_mode):
        raise ReaderError(path.name, "", kind, _REGULAR)
    file = path.open("rb") if os.name == "nt" else open(path, "rb", opener=_without_waiting)  # noqa: SIM115 # returned
    if kind := special_kind(os.fstat(file.fileno()).st_mode):  # the path may have changed since
        file.close()
        raise ReaderError(path.name, "", kind, _REGULAR)
    return file


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))


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
