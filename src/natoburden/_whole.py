"""Files that are written completely or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Literal

__all__ = ["written_whole"]


@contextlib.contextmanager
def written_whole(path: Path | str, mode: Literal["w", "wb"] = "w", *, replaces: bool = True) -> Iterator[IO[Any]]:
    """Return a file to write to, which replaces the file at `path` when it is completely on the disk.

    Until then, the data are in a temporary file in the same folder, and nobody can read half a file. If anything goes
    wrong, such as a full disk, an interrupt or a character that cannot be encoded, the existing file is unchanged. A
    pipe or a device is written to directly. With ``replaces=False``, an existing file is never replaced. Text is UTF-8.
    Raises `OSError`, which names `path`.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with written_whole(folder / "gap.csv") as file:
    ...     _ = file.write("ally,gap")
    >>> [item.name for item in folder.iterdir()]
    ['gap.csv']
    """
    target = Path(path)
    text: dict[str, Any] = {} if mode == "wb" else {"encoding": "utf-8", "newline": ""}
    if not replaces and os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    if target.exists() and not target.is_file():
        with target.open(mode, **text) as direct:
            yield direct
        return
    real = Path(os.path.realpath(target))  # a link stays a link
    if real.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    beside = real.with_name(f".natoburden-{os.urandom(6).hex()}.part")
    try:
        with beside.open("xb" if mode == "wb" else "x", **text) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not replaces:
            real.touch(exist_ok=False)  # another program may have made one since
        elif real.exists():
            shutil.copymode(real, beside)
        beside.replace(real)
    except OSError as error:
        if error.filename in (None, str(beside), str(real)):
            error.filename, error.filename2 = str(path), None
        raise
    finally:
        with contextlib.suppress(OSError):  # for example, if the folder is a file
            beside.unlink(missing_ok=True)
