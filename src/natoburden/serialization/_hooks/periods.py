"""Periods and runs of periods are written as text; a year may also be a number."""

from __future__ import annotations

from natoburden.model.periods import Period, PeriodRun
from natoburden.serialization._converter import Converter, year_or_text


def register(made: Converter) -> None:
    made.as_text(Period, lambda value: Period.parse(year_or_text(value)), str)
    made.as_text(PeriodRun, lambda value: PeriodRun.parse(year_or_text(value)), str)
