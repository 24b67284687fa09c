"""Opening of regular files only: a device or a pipe might never end."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

__all__ = ["open_regular", "special_kind"]

_KINDS: Final = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a named pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def special_kind(mode: int) -> str:
    """Return in words what a path is if it is not a regular file, such as a folder; empty for a regular file."""
    if stat.S_ISREG(mode):
        return ""
    return next((words for test, words in _KINDS if test(mode)), "no regular file")


def open_regular(path: Path, refused: Callable[[str], Exception]) -> IO[bytes]:
    """Open a regular file; raises what `refused` makes of the words for a special file, and `OSError` for a failure."""
    if kind := special_kind(path.stat().st_mode):
        raise refused(kind)
    file = path.open("rb") if os.name == "nt" else open(path, "rb", opener=_without_waiting)  # noqa: SIM115 # returned
    if kind := special_kind(os.fstat(file.fileno()).st_mode):  # the path may have changed since
        file.close()
        raise refused(kind)
    return file


def _without_waiting(name: str, flags: int) -> int:
    return os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
