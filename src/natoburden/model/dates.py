"""Dates with their precision: known to the day, the month or the year, inferred, or unknown."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Self

import attrs

from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model._checks import exactly
from natoburden.model._numbers import checked_year
from natoburden.model._terms import Term

__all__ = ["Announced", "Certainty", "DateSpan", "Deadline", "Precision"]

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_DEADLINE = re.compile(r"([0-9]{4})(?:-([0-9]{4}|[0-9]{2}))?")


class Precision(Term):
    """How precisely a date of announcement is known.

    ``DAY``, ``MONTH`` and ``YEAR`` mean that a source states the date with this precision. ``ARTICLE`` is the day of a
    report on an earlier announcement. ``DERIVED`` means that the date was inferred from context. ``NONE`` means that no
    date is known.
    """

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ARTICLE = "article"
    DERIVED = "derived"
    NONE = "none"


def _first_and_last_day(text: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that ``2025``, ``2025-06`` or ``2025-06-25`` can mean."""
    found = _DATE.fullmatch(text)
    if not found:
        raise InvalidYearError(repr(text), "YYYY, YYYY-MM or YYYY-MM-DD")
    year = checked_year(int(found[1]))
    if found[2] is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    month = int(found[2])
    if not 1 <= month <= 12:
        raise InvalidYearError(repr(text), "a month from 01 to 12")
    if found[3] is None:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    try:
        day = dt.date(year, month, int(found[3]))
    except ValueError:
        last = calendar.monthrange(year, month)[1]
        raise InvalidYearError(repr(text), f"a day from 01 to {last}") from None
    return day, day


@attrs.frozen
class Announced:
    """The date of an announcement, to the day, month or year that the record states, or unknown.

    >>> Announced.parse("2025-06", Precision.MONTH).latest
    datetime.date(2025, 6, 30)
    >>> print(Announced.parse("2025-06-25", Precision.DAY), "|", Announced.unknown())
    2025-06-25 | undated
    """

    text: str
    precision: Precision
    latest: dt.date | None

    def __attrs_post_init__(self) -> None:
        if (self.precision is Precision.NONE) is bool(self.text) or bool(self.text) is (self.latest is None):
            hint = "a date goes with a precision, and no date with the precision none"
            raise UnexpectedValueError("an announcement", f"{self.text!r}, precision {self.precision}", hint)

    @classmethod
    def parse(cls, text: str, precision: Precision) -> Self:
        """Read ``2025``, ``2025-06`` or ``2025-06-25``; `latest` of the result is the last possible day.

        Raises `InvalidYearError` for a text that is not a date, and if the month or day that the precision requires is
        missing.
        """
        _, latest = _first_and_last_day(text)
        if len(text) < (10 if precision is Precision.DAY else 7 if precision is Precision.MONTH else 4):
            raise InvalidYearError(repr(text), f"a date to the {precision}, as its precision says")
        return cls(text, precision, latest)

    @classmethod
    def unknown(cls) -> Self:
        """Return an unknown date."""
        return cls("", Precision.NONE, None)

    def __str__(self) -> str:
        mark = "" if self.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR) else f" ({self.precision})"
        return f"{self.text}{mark}" if self.text else "undated"


@attrs.frozen
class Deadline:
    """The year or month by which something is due; a promise such as 2025-2027 has an earliest and a latest year.

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
        """The last day of the deadline."""
        month = self.month or 12
        return dt.date(self.latest, month, calendar.monthrange(self.latest, month)[1])

    def __str__(self) -> str:
        if self.month:
            return f"{self.latest}-{self.month:02}"
        return str(self.latest) if self.earliest == self.latest else f"{self.earliest}-{self.latest}"


class Certainty(Term):
    """How certain a date is."""

    CERTAIN = "certain"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@attrs.frozen(kw_only=True)
class DateSpan:
    """A span from one day to another, with its certainty; an unknown first or last day is None.

    `note` gives the evidence for the dates. Raises `UnexpectedValueError` for a span that ends before it starts.

    >>> print(DateSpan.parse("2025-02-12"), "|", DateSpan.parse("2025-02"), "|", DateSpan())
    2025-02-12 | 2025-02-01 to 2025-02-28 | open
    """

    earliest: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a date", optional=True))
    latest: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a date", optional=True))
    certainty: Certainty = Certainty.CERTAIN
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if self.earliest and self.latest and self.latest < self.earliest:
            span = f"{self.earliest} to {self.latest}"
            raise UnexpectedValueError("a span of days", repr(span), "the earlier day comes first")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2025``, ``2025-02`` or ``2025-02-12`` as the span of all days that the text can mean."""
        earliest, latest = _first_and_last_day(text)
        return cls(earliest=earliest, latest=latest)

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return str(self.earliest or "open")
        if self.earliest is None:
            return f"until {self.latest}"
        return f"{self.earliest} to {self.latest}" if self.latest else f"from {self.earliest}"
