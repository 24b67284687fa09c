"""Arguments of frame functions: names of columns, years and numbers of years; a wrong argument is a `FrameError`."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any, Final

from natoburden.errors import FrameError

__all__ = ["Period", "column", "keep_apart", "names", "period", "whole"]

_LONGEST_WINDOW: Final = 300  # calendar years


def column(given: Any, argument: str) -> str:
    """Return the name of one column; raises `FrameError` if the argument is not text."""
    if not isinstance(given, str):
        raise FrameError((f"{argument}={given!r} names no column",), (), "a column is named by its name, as text")
    return str(given)


def names(given: Any, argument: str) -> tuple[str, ...]:
    """Return one or several names as a tuple without repetitions; raises `FrameError` if one cannot name a column."""
    if isinstance(given, str):
        return (str(given),)
    if not isinstance(given, Iterable) or isinstance(given, bytes):
        raise FrameError((f"{argument}={given!r} names no column",), (), "give a name, or several in a tuple")
    return tuple(dict.fromkeys(column(name, argument) for name in given))


def whole(given: Any, argument: str, least: int | None = None, most: int | None = None) -> int:
    """Return a whole number, which may be NumPy's, as an int; raises `FrameError` for anything else."""
    try:
        found = None if isinstance(given, bool) else operator.index(given)
    except TypeError:
        found = None
    if found is None or (least is not None and found < least) or (most is not None and found > most):
        bounds = "" if least is None else f" from {least}" + ("" if most is None else f" to {most}")
        raise FrameError((f"{argument}={given!r} cannot be used",), (), f"{argument} is a whole number{bounds}")
    return found


class Period:
    """The first and last year of a result, and the number of years in a window."""

    def __init__(self, since: int | None, until: int | None, window: int | None) -> None:
        self.since = None if since is None else whole(since, "since")
        self.until = None if until is None else whole(until, "until")
        self.window = None if window is None else whole(window, "window", 1, _LONGEST_WINDOW)
        if self.since is not None and self.until is not None and self.since > self.until:
            raise FrameError((f"since={self.since} is after until={self.until}",), (), "the first year comes first")

    @property
    def is_asked(self) -> bool:
        """Whether a first year, a last year or a window is given; the column of years is then needed."""
        return not (self.since is None and self.until is None and self.window is None)

    @property
    def first(self) -> int | None:
        """The first year of the lines to add up; with a window, it is earlier than the first year of the result."""
        return self.since if self.since is None or self.window is None else self.since - self.window + 1


def period(since: int | None = None, until: int | None = None, window: int | None = None) -> Period:
    """Return the years of a result and its window; raises `FrameError` for an invalid year or number of years."""
    return Period(since, until, window)


def keep_apart(keys: Iterable[str], results: Iterable[str]) -> None:
    """Raise `FrameError` if a key or group has the name of a column of the result."""
    taken = set(results)
    if same := [name for name in keys if name in taken]:
        faults = tuple(f"the result has a column {name!r} of its own" for name in same)
        raise FrameError(faults, (), "rename the column of that name")
