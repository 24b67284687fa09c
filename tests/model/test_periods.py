"""Periods and runs of them: as written, in order, with their last days."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import InvalidYearError
from natoburden.model import Period, PeriodRun
from natoburden.model.periods import to_run


@pytest.mark.parametrize("text", ["2018", "2018-01", "2018-12", "2018-Q4", "2018-S2"])
def test_a_period_reads_as_it_is_written(text: str) -> None:
    assert str(Period.parse(text)) == text
    assert Period.parse(text).is_year is (len(text) == 4)
    assert nb.serialization.from_data(nb.serialization.to_data(Period.parse(text)), Period) == Period.parse(text)


@pytest.mark.parametrize("text", ["", "18", "2018-13", "2018-Q5", "2018-S3", "2018M01", "2018-1", "2018-W01", "0018"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InvalidYearError):
        Period.parse(text)


@pytest.mark.parametrize(
    ("text", "day", "following"),
    [
        ("2020", dt.date(2020, 12, 31), "2021"), ("2020-02", dt.date(2020, 2, 29), "2020-03"),
        ("2021-02", dt.date(2021, 2, 28), "2021-03"), ("2020-12", dt.date(2020, 12, 31), "2021-01"),
        ("2020-Q2", dt.date(2020, 6, 30), "2020-Q3"), ("2020-Q4", dt.date(2020, 12, 31), "2021-Q1"),
        ("2020-S1", dt.date(2020, 6, 30), "2020-S2"), ("2020-S2", dt.date(2020, 12, 31), "2021-S1"),
    ],
)  # fmt: skip
def test_a_period_knows_its_last_day_and_the_next_of_its_kind(text: str, day: dt.date, following: str) -> None:
    assert (Period.parse(text).last_day, str(Period.parse(text).following)) == (day, following)


def test_a_run_holds_each_period_from_first_to_last() -> None:
    run = to_run("2023-11 to 2024-02")
    assert isinstance(run, PeriodRun)
    assert [str(month) for month in run] == ["2023-11", "2023-12", "2024-01", "2024-02"]
    assert (len(run), run.year, str(run)) == (4, 2023, "2023-11 to 2024-02")
    assert nb.serialization.from_data(nb.serialization.to_data(run), PeriodRun) == run
    assert to_run(run) is run
    assert to_run("2024") == Period(2024)
    assert [str(year) for year in PeriodRun(Period(2020), Period(2020))] == ["2020"]


@given(st.integers(2000, 2030), st.integers(1, 12), st.integers(0, 60))
def test_a_run_of_months_has_as_many_as_the_calendar(year: int, month: int, more: int) -> None:
    last_year, last_month = divmod(year * 12 + month - 1 + more, 12)
    run = PeriodRun.parse(f"{year}-{month:02} to {last_year}-{last_month + 1:02}")
    days = [period.last_day for period in run]
    assert len(run) == more + 1
    assert days == sorted(set(days))


@pytest.mark.parametrize(
    "text", ["2024-06 to 2024-01", "2024 to 2024-06", "2024-Q1 to 2024-06", "2024-01 to ", "a to b"]
)
def test_what_is_no_run_is_refused(text: str) -> None:
    with pytest.raises(InvalidYearError):
        to_run(text)
