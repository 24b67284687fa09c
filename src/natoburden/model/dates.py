"""Dates as the record gives them: to the day, the month or the year, inferred, or not at all."""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import re
from typing import Self

import attrs

from natoburden.errors import InvalidYearError
from natoburden.model._numbers import checked_year

__all__ = ["Announced", "Deadline", "Precision"]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DEADLINE = re.compile(r"([0-9]{4})(?:-([0-9]{4}|[0-9]{2}))?")


class Precision(enum.Enum):
    """How a date of announcement is known.

    ``DAY``, ``MONTH`` and ``YEAR`` are stated; ``ARTICLE`` is the day of a report, which the announcement precedes;
    ``DERIVED`` is inferred from context; ``NONE`` is no date.
    """

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ARTICLE = "article"
    DERIVED = "derived"
    NONE = "none"

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class Announced:
    """When something was announced: a span of days, as wide as the record leaves it, or unknown.

    >>> Announced.parse("2025-06", Precision.MONTH).latest
    datetime.date(2025, 6, 30)
    >>> print(Announced.parse("2025-06-25", Precision.DAY), "|", Announced.unknown())
    2025-06-25 | undated
    """

    text: str
    precision: Precision
    latest: dt.date | None

    @classmethod
    def parse(cls, text: str, precision: Precision) -> Self:
        """Read ``2025``, ``2025-06`` or ``2025-06-25``; the span ends with the last day that it can mean."""
        found = _DATE.fullmatch(text)
        if not found:
            raise InvalidYearError(repr(text), "YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in found.groups())
        assert year is not None
        last_month = 12 if month is None else month
        if not 1 <= last_month <= 12:
            raise InvalidYearError(repr(text), "a month from 01 to 12")
        last_day = calendar.monthrange(checked_year(year), last_month)[1]
        if day is not None and not 1 <= day <= last_day:
            raise InvalidYearError(repr(text), f"a day from 01 to {last_day}")
        stated = {Precision.DAY: day, Precision.MONTH: month, Precision.YEAR: year}
        if stated.get(precision, year) is None:
            raise InvalidYearError(repr(text), f"a date to the {precision}, as its precision says")
        return cls(text, precision, dt.date(year, last_month, day or last_day))

    @classmethod
    def unknown(cls) -> Self:
        """Give the date of what bears none."""
        return cls("", Precision.NONE, None)

    def __str__(self) -> str:
        mark = "" if self.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR) else f" ({self.precision})"
        return f"{self.text}{mark}" if self.text else "undated"


@attrs.frozen
class Deadline:
    """The year by which something is to be met; two years where the promise leaves it open, a month where it names one.

    >>> print(Deadline.parse("2035"), Deadline.parse("2025-2027"), Deadline.parse("2026-03"))
    2035 2025-2027 2026-03
    >>> Deadline.parse("2026-03").last_day
    datetime.date(2026, 3, 31)
    """

    earliest: int
    latest: int
    month: int | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2035``, ``2025-2027`` or ``2026-03``."""
        found = _DEADLINE.fullmatch(text)
        if not found:
            raise InvalidYearError(repr(text), "YYYY, YYYY-YYYY or YYYY-MM")
        year, second = checked_year(int(found[1])), found[2] or ""
        if len(second) == 2:
            if not 1 <= int(second) <= 12:
                raise InvalidYearError(repr(text), "a month from 01 to 12")
            return cls(year, year, int(second))
        latest = checked_year(int(second)) if second else year
        if latest < year:
            raise InvalidYearError(repr(text), f"a second year not before {year}")
        return cls(year, latest)

    @property
    def last_day(self) -> dt.date:
        """The last day on which the deadline is not yet over."""
        month = self.month or 12
        return dt.date(self.latest, month, calendar.monthrange(self.latest, month)[1])

    def __str__(self) -> str:
        if self.month:
            return f"{self.latest}-{self.month:02}"
        return str(self.latest) if self.earliest == self.latest else f"{self.earliest}-{self.latest}"
