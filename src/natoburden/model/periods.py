"""Years, half-years, quarters and months, alone or as a run of consecutive periods."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Self, TypeAlias

import attrs

from natoburden.errors import InvalidYearError
from natoburden.model._numbers import checked_year

__all__ = ["Period", "PeriodLike", "PeriodRun"]

_PERIOD = re.compile(r"([0-9]{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])|S([12])))?")
_BETWEEN = " to "
_PARTS = {"": 1, "S": 2, "Q": 4, "M": 12}


@attrs.frozen(order=True)
class Period:
    """A year, or a half (``S1``), quarter (``Q1``) or month (``01``) of a year.

    >>> print(Period.parse("2018"), Period.parse("2018-Q1"), Period.parse("2018-07"))
    2018 2018-Q1 2018-07
    """

    year: int
    part: str = ""

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2018``, ``2018-01``, ``2018-Q1`` or ``2018-S1``."""
        found = _PERIOD.fullmatch(text)
        if not found:
            raise InvalidYearError(repr(text), "YYYY, YYYY-MM, YYYY-Q1 or YYYY-S1")
        return cls(checked_year(int(found[1])), text[5:])

    @property
    def is_year(self) -> bool:
        """Whether the period is a whole year."""
        return not self.part

    @property
    def kind(self) -> str:
        """The kind of the period: ``S``, ``Q`` or ``M``, or an empty text for a whole year."""
        return "M" if self.part.isdigit() else self.part[:1]

    @property
    def last_day(self) -> dt.date:
        """The last day of the period.

        >>> Period.parse("2020-02").last_day, Period.parse("2020-Q2").last_day
        (datetime.date(2020, 2, 29), datetime.date(2020, 6, 30))
        """
        month = self._number * 12 // _PARTS[self.kind]
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def following(self) -> Period:
        """The next period of the same kind: the month after a month, the year after a year."""
        if self._number == _PARTS[self.kind]:
            return Period(self.year + 1, self._written(1))
        return Period(self.year, self._written(self._number + 1))

    @property
    def _number(self) -> int:
        return int(self.part.lstrip("SQ") or 1)

    def _written(self, number: int) -> str:
        return {"": "", "M": f"{number:02}"}.get(self.kind, f"{self.kind}{number}")

    def __str__(self) -> str:
        return f"{self.year}-{self.part}" if self.part else str(self.year)


@attrs.frozen
class PeriodRun:
    """Consecutive periods of one kind, such as the months of a winter, with the first and the last included.

    Raises `InvalidYearError` if the first and the last period differ in kind, or if the last period is earlier than the
    first.

    >>> winter = PeriodRun.parse("2023-10 to 2024-03")
    >>> len(winter), [str(month) for month in winter][:2]
    (6, ['2023-10', '2023-11'])
    """

    first: Period
    last: Period

    def __attrs_post_init__(self) -> None:
        if self.first.kind != self.last.kind or self.last < self.first:
            raise InvalidYearError(f"'{self}'", "two periods of one kind, the earlier first: 2024-01 to 2024-06")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a text such as ``2024-01 to 2024-06``."""
        first, _, last = text.partition(_BETWEEN)
        return cls(Period.parse(first), Period.parse(last))

    @property
    def year(self) -> int:
        """The year in which the run starts."""
        return self.first.year

    def __iter__(self) -> Iterator[Period]:
        period = self.first
        while period <= self.last:
            yield period
            period = period.following

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __str__(self) -> str:
        return f"{self.first}{_BETWEEN}{self.last}"


PeriodLike: TypeAlias = Period | PeriodRun | int | str


def to_period(period: Period | int | str) -> Period:
    """Return a period unchanged; convert a year or a text to a period.

    >>> print(to_period(2024), to_period("2024-Q1"))
    2024 2024-Q1
    """
    if isinstance(period, str):
        return Period.parse(period)
    return period if isinstance(period, Period) else Period(checked_year(period))


def to_run(period: PeriodLike) -> Period | PeriodRun:
    """Return a period or a run unchanged; read a year or a text as a period or a run.

    >>> print(to_run(2024), "|", to_run("2024-01 to 2024-06"))
    2024 | 2024-01 to 2024-06
    """
    if isinstance(period, str) and _BETWEEN in period:
        return PeriodRun.parse(period)
    return period if isinstance(period, PeriodRun) else to_period(period)


def in_runs(periods: Iterable[Period]) -> str:
    """Return periods as text, with consecutive periods of one kind joined into runs.

    >>> in_runs(map(Period.parse, ("2024-01", "2023-12", "2024-03"))), in_runs([Period(2018), Period(2019)])
    ('2023-12 to 2024-01, 2024-03', '2018-2019')
    """
    runs: list[list[Period]] = []
    for period in sorted(set(periods), key=lambda item: (item.kind, item)):
        if runs and runs[-1][-1].following == period:
            runs[-1][1:] = [period]
        else:
            runs.append([period])
    return ", ".join(("-" if run[0].is_year else _BETWEEN).join(map(str, run)) for run in runs)
