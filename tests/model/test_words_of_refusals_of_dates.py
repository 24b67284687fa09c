"""What days, deadlines and periods say in full when they refuse: the value, what is valid, and what to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from natoburden import errors
from natoburden.model import Announced, DateSpan, Deadline, Period, PeriodRun, Precision
from natoburden.model._checks import checked_day
from tests.refusals import refusal

REFUSALS = [
    pytest.param(
        lambda: checked_day("2026-07-01"),
        errors.UnexpectedValueError,
        "'2026-07-01' is not usable as a day; its type is str: write datetime.date(2026, 7, 1)",
        id="a text for a day",
    ),
    pytest.param(
        lambda: checked_day(dt.datetime(2026, 7, 1, 12)),
        errors.UnexpectedValueError,
        (
            "datetime.datetime(2026, 7, 1, 12, 0) is not usable as a day; its type is datetime: write "
            "datetime.date(2026, 7, 1)"
        ),
        id="a moment for a day",
    ),
    pytest.param(
        lambda: Announced.parse("25-06-2025", Precision.DAY),
        errors.InvalidYearError,
        "'25-06-2025' is not a usable year; valid: YYYY, YYYY-MM or YYYY-MM-DD",
        id="a date in another order",
    ),
    pytest.param(
        lambda: Announced.parse("2025-13", Precision.MONTH),
        errors.InvalidYearError,
        "'2025-13' is not a usable year; valid: a month from 01 to 12",
        id="a date in a thirteenth month",
    ),
    pytest.param(
        lambda: Announced.parse("2025-02-30", Precision.DAY),
        errors.InvalidYearError,
        "'2025-02-30' is not a usable year; valid: a day from 01 to 28",
        id="a date on a thirtieth of February",
    ),
    pytest.param(
        lambda: Announced.parse("2025", Precision.MONTH),
        errors.InvalidYearError,
        "'2025' is not a usable year; valid: a date to the month, as its precision says",
        id="a date shorter than its precision",
    ),
    pytest.param(
        lambda: Announced("2025", Precision.NONE, dt.date(2025, 12, 31)),
        errors.UnexpectedValueError,
        (
            "'2025', precision none is not usable as an announcement; a date goes with a precision, and no date "
            "with the precision none"
        ),
        id="a date without a precision",
    ),
    pytest.param(
        lambda: Announced("", Precision.DAY, None),
        errors.UnexpectedValueError,
        (
            "'', precision day is not usable as an announcement; a date goes with a precision, and no date with "
            "the precision none"
        ),
        id="a precision without a date",
    ),
    pytest.param(
        lambda: Deadline.parse("soon"),
        errors.InvalidYearError,
        "'soon' is not a usable year; valid: YYYY, YYYY-YYYY or YYYY-MM",
        id="a deadline in words",
    ),
    pytest.param(
        lambda: Deadline.parse("2026-13"),
        errors.InvalidYearError,
        "'2026-13' is not a usable year; valid: a month from 01 to 12",
        id="a deadline in a thirteenth month",
    ),
    pytest.param(
        lambda: Deadline.parse("2027-2025"),
        errors.InvalidYearError,
        "'2027-2025' is not a usable year; valid: a second year not before 2027",
        id="a deadline before itself",
    ),
    pytest.param(
        lambda: DateSpan(earliest=dt.date(2025, 2, 12), latest=dt.date(2025, 1, 1)),
        errors.UnexpectedValueError,
        "'2025-02-12 to 2025-01-01' is not usable as a span of days; the earlier day comes first",
        id="a span that ends before it starts",
    ),
    pytest.param(
        lambda: Period.parse("2025 first half"),
        errors.InvalidYearError,
        "'2025 first half' is not a usable year; valid: YYYY, YYYY-MM, YYYY-Q1 or YYYY-S1",
        id="a period in words",
    ),
    pytest.param(
        lambda: PeriodRun.parse("2024-01 to 2024"),
        errors.InvalidYearError,
        (
            "'2024-01 to 2024' is not a usable year; valid: two periods of one kind, the earlier first: 2024-01 to "
            "2024-06"
        ),
        id="periods of two kinds",
    ),
    pytest.param(
        lambda: PeriodRun.parse("2024-06 to 2024-01"),
        errors.InvalidYearError,
        (
            "'2024-06 to 2024-01' is not a usable year; valid: two periods of one kind, the earlier first: 2024-01 "
            "to 2024-06"
        ),
        id="periods in the wrong order",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_a_day_or_period_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
