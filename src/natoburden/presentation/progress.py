"""A progress bar on a terminal; outside a terminal, nothing is shown."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

__all__ = ["progress_of"]


@contextlib.contextmanager
def progress_of(
    name: str, *, quiet: bool = False, of_bytes: bool = True
) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a function for a `progress` argument; the function shows on standard error how much of the work is done.

    Readers of large files and `simulation.simulate` have a `progress` argument. The bar shows bytes, or plain numbers
    with ``of_bytes=False``. If `quiet` is true, if standard error is not a terminal, or if Rich from the extra ``cli``
    is missing, the result is None and nothing is shown.
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
