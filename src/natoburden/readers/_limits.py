"""How much of a file a reader accepts: the limits, and a count against them while the file is parsed."""

from __future__ import annotations

from typing import Final

import attrs

from natoburden.errors import ReaderError, UnexpectedValueError

__all__ = ["DEFAULT", "Budget", "Limits"]


def _positive(_limits: object, attribute: attrs.Attribute[int], value: object) -> None:
    if type(value) is not int or value < 1:
        raise UnexpectedValueError(f"the limit {attribute.name}", repr(value), "give a whole number of one or more")


def _limit(default: int) -> int:
    return attrs.field(default=default, validator=_positive)


@attrs.frozen(kw_only=True)
class Limits:
    """The limits above which a reader refuses a file; the error names the limit.

    `size` is in bytes: it limits a file that is held in memory, and the unpacked content of an archive. `streamed` is
    also in bytes: it limits an unpacked table or JSON Lines file that is read line by line. `rows`, `columns` and
    `cells` limit a table or a sheet, and `contracts` limits the rows of a list of contracts. `elements` limits the
    number of values in JSON, of elements and attributes in XML, and of elements in a workbook's parts. In a workbook, a
    style or a shared string counts as eight elements. `depth` limits how deeply values and elements are nested. `parts`
    limits the number of parts in an archive or a workbook. `memory` limits the bytes that are held in memory, by
    estimate, while a file is read.

    With the default limits a reader ends within seconds and within one gigabyte. Raise the limits for a file that you
    trust.

    >>> Limits(cells=20_000_000).cells
    20000000
    >>> Limits(rows=0)
    Traceback (most recent call last):
        ...
    natoburden.errors.UnexpectedValueError: ...
    """

    size: int = _limit(64_000_000)
    streamed: int = _limit(2_000_000_000)
    rows: int = _limit(500_000)
    columns: int = _limit(16_384)
    cells: int = _limit(2_000_000)
    contracts: int = _limit(50_000)
    elements: int = _limit(600_000)
    depth: int = _limit(100)
    parts: int = _limit(2_000)
    memory: int = _limit(800_000_000)


DEFAULT: Final = Limits()

# Bytes that each of these takes when it is parsed, as measured.
_COSTS: Final = {"cells": 150, "elements": 250}
_WORDS: Final = {
    "size": "bytes",
    "streamed": "bytes",
    "elements": "elements or values",
    "depth": "levels of nesting",
    "memory": "bytes of memory, by estimate",
}


class Budget:
    """The counts of a reader against its limits while it reads one file."""

    def __init__(self, limits: Limits | None, file: str) -> None:
        self.limits: Limits = limits or DEFAULT
        self.file: str = file
        self._spent: dict[str, int] = {}

    def spend(self, what: str, count: int = 1, where: str = "") -> None:
        """Add to the count for a limit; raises `ReaderError` if the count exceeds the limit."""
        spent = self._spent[what] = self._spent.get(what, 0) + count
        self.check(what, spent, where)
        if cost := _COSTS.get(what):
            self.spend("memory", cost * count, where)

    def check(self, what: str, found: int, where: str = "") -> None:
        """Raise `ReaderError` for a number above its limit."""
        most: int = getattr(self.limits, what)
        if found > most:
            raise self.passed(what, where)

    def passed(self, what: str, where: str = "") -> ReaderError:
        """Return the error for a limit that is exceeded."""
        most: int = getattr(self.limits, what)
        problem = f"more than {most:,} {_WORDS.get(what, what)}"
        return ReaderError(
            self.file,
            where,
            problem,
            f"at most that; for a file that you trust, limits=Limits({what}=...), or --limits {what}=N for a command",
        )
