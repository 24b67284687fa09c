"""A bar for what takes long, on a terminal; nothing anywhere else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

__all__ = ["progress_of"]


@contextlib.contextmanager
def progress_of(
    name: str, *, quiet: bool = False, of_bytes: bool = True
) -> Iterator[Callable[[int, int], None] | None]:
    """Show what is done of all on standard error, once there is something to tell: bytes, or anything counted.

    It goes with whatever takes a `progress`: readers of large files, and `simulation.simulate`.

    Nothing is shown, and None given, when `quiet`, where standard error is no terminal, or where Rich, the extra
    ``cli``, is missing.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    try:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )
    except ImportError:
        yield None
        return
    counted = DownloadColumn() if of_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), counted, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, in_all: bar.update(task, completed=done, total=in_all)
