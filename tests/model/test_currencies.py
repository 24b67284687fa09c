"""Whose money is whose, and since when."""

from __future__ import annotations

import datetime as dt

import pytest

import natoburden as nb
from natoburden.model._currencies import currency_of


@pytest.mark.parametrize(
    ("country", "when", "code"),
    [
        ("DEU", 2026, "EUR"),
        ("BGR", 2025, "BGN"),
        ("BGR", dt.date(2026, 1, 1), "EUR"),
        ("HRV", 2022, "HRK"),
        ("LTU", 2014, "LTL"),
        ("MNE", 2024, "EUR"),  # by its own decision, outside the euro area
        ("USA", 2024, "USD"),
        ("AUS", 2024, None),
    ],
)
def test_a_country_has_the_currency_of_the_day(country: str, when: int | dt.date, code: str | None) -> None:
    found = currency_of(nb.Country(country), when)
    assert (found.code if found else None) == code


def test_every_ally_has_a_currency_in_every_year_of_the_editions() -> None:
    for table in nb.datasets.defence_expenditure_editions():
        for year in table.years:
            assert all(currency_of(ally, year) for ally in table.reporting_members("NATO", year))
