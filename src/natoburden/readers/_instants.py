"""Moments and months in the notation of files; moments with any offset are compared in UTC."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Final

__all__ = ["EARLIEST", "instant", "month_of"]

EARLIEST: Final = dt.datetime.min.replace(tzinfo=dt.UTC)

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(Z|[+-]\d{2}:?\d{2})?")


@functools.lru_cache(maxsize=4_096)
def instant(text: str) -> dt.datetime | None:
    """Return a moment in ISO 8601 as a moment in UTC; a year or a month counts as its first moment.

    A moment without an offset is taken as UTC. The result is None if the text cannot be read.

    >>> instant("2024-06-01T23:30:00-05:00") > instant("2024-06-02T01:00:00Z")
    True
    >>> print(instant("2024-06+02:00"), instant("soon"))
    2024-05-31 22:00:00+00:00 None
    """
    bare = text.strip().upper().replace(" UTC", "Z")
    if found := _DAY.fullmatch(bare):
        year, month, day, offset = found.groups()
        bare = f"{year}-{month or '01'}-{day or '01'}T00:00:00{offset or ''}"
    try:
        moment = dt.datetime.fromisoformat(bare)
        return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def month_of(text: str) -> int:
    """Return the number of a month by the first three letters of its English name; 0 for any other text.

    >>> month_of("Jan"), month_of("DEC"), month_of("Okt")
    (1, 12, 0)
    """
    short = text.lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0
