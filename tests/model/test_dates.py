"""Dates as the record gives them: spans of days, either end open."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given

from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model.dates import Announced, Certainty, DateSpan, Precision
from natoburden.serialization import from_data, to_data
from tests.strategies import DATES

DAY = dt.date(2025, 2, 12)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02-12", "2025-02-12", "2025-02-12"),
    ],
)
def test_a_date_means_all_the_days_that_it_can_mean(text: str, earliest: str, latest: str) -> None:
    span = DateSpan.parse(text)
    assert (str(span.earliest), str(span.latest), span.certainty) == (earliest, latest, Certainty.CERTAIN)


@pytest.mark.parametrize("text", ["", "25", "2025-13", "2025-02-30", "2025-2-1", "1850", "12.02.2025", "2025-02-12T10"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidYearError):
        DateSpan.parse(text)


def test_a_span_shows_which_end_is_open() -> None:
    assert str(DateSpan(earliest=DAY)) == "from 2025-02-12"
    assert str(DateSpan(latest=DAY)) == "until 2025-02-12"
    assert str(DateSpan(earliest=DAY, latest=dt.date(2025, 2, 14))) == "2025-02-12 to 2025-02-14"
    assert (str(DateSpan(earliest=DAY, latest=DAY)), str(DateSpan())) == ("2025-02-12", "open")


def test_a_span_does_not_end_before_it_starts() -> None:
    with pytest.raises(UnexpectedValueError, match="the earlier day comes first"):
        DateSpan(earliest=DAY, latest=dt.date(2025, 2, 11))


def test_an_end_is_a_day_and_no_moment() -> None:
    with pytest.raises(UnexpectedValueError, match="its type is datetime, not date"):
        DateSpan(earliest=dt.datetime(2025, 2, 12, 9))


@pytest.mark.parametrize(
    ("text", "precision", "latest"),
    [
        ("", Precision.DAY, None),
        ("2025", Precision.NONE, DAY),
        ("2025", Precision.YEAR, None),
        ("", Precision.NONE, DAY),
    ],
)
def test_a_date_goes_with_a_precision_and_no_date_with_none(
    text: str, precision: Precision, latest: dt.date | None
) -> None:
    with pytest.raises(UnexpectedValueError, match="a date goes with a precision"):
        Announced(text, precision, latest)


@given(DATES, DATES)
def test_a_span_reads_back_from_a_document(one: dt.date, other: dt.date) -> None:
    span = DateSpan(earliest=min(one, other), latest=max(one, other), certainty=Certainty.LOW, note="inferred")
    assert from_data(to_data(span), DateSpan) == span


def test_how_sure_a_date_is_reads_as_a_word() -> None:
    assert [str(item) for item in Certainty] == ["certain", "high", "medium", "low"]
