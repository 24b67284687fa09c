"""A progress bar on a terminal; nothing anywhere else."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

__all__ = ["progress_of"]


@contextlib.contextmanager
def progress_of(
    name: str, *, quiet: bool = False, of_bytes: bool = True
) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a function for any `progress` argument, which shows on standard error how much is done of how much.

    Readers of large files and `simulation.simulate` take one. It counts bytes, or with ``of_bytes=False`` anything
    else. Yields None, and shows nothing, when `quiet`, where standard error is not a terminal, and without Rich, the
    extra ``cli``.
    """
    if quiet or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    try:
        import rich.progress as bars
        from rich.console import Console
    except ImportError:
        yield None
        return
    counted = bars.DownloadColumn() if of_bytes else bars.MofNCompleteColumn()
    columns = (bars.TextColumn("{task.description}"), bars.BarColumn(), counted, bars.TimeRemainingColumn())
    with bars.Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, in_all: bar.update(task, completed=done, total=in_all)
