"""What figures of your own say in full when they refuse: which row, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

import natoburden as nb
from natoburden import errors, model
from natoburden.model.countries import by_country
from tests.refusals import refusal

SOURCE = nb.Source(title="An example", publisher="this test")
WRONG: Any = "soon"
MIXTURE: Any = {"Poland": 1, "DEU": nb.Money(2, "EUR")}
NUMBERS = model.CountryFigures.of("population", {"Poland": 36}, source=SOURCE)
BY_YEAR = model.YearlyFigures.of("population", {2024: {"Poland": 36}}, source=SOURCE)


def rows(*given: Mapping[str, object], source: nb.Source | None = SOURCE) -> model.YearlyFigures:
    return model.YearlyFigures.from_rows("people", given, source=source)


def one(**changes: object) -> Mapping[str, object]:
    return {"country": "POL", "year": 2025, "value": "3"} | changes


REFUSALS = [
    pytest.param(
        lambda: model.CountryFigures.of("people", {"Poland": 1, "POL": 2}, source=SOURCE),
        errors.UnexpectedValueError,
        "Poland is not usable as people; give each country once, under one of its names",
        id="figures of a country under two names",
    ),
    pytest.param(
        lambda: by_country("people", {"Poland": 1, "POL": 2}),
        errors.UnexpectedValueError,
        "Poland is not usable as people; give each country once, under one of its names",
        id="a mapping with a country under two names",
    ),
    pytest.param(
        lambda: model.CountryFigures.of("people", MIXTURE, source=SOURCE),
        errors.UnexpectedValueError,
        "a mixture is not usable as people; all figures are numbers, or all are amounts of one currency and basis",
        id="figures in numbers and in money",
    ),
    pytest.param(
        lambda: model.CountryFigures.of("people", {"Poland": -1}, source=SOURCE),
        errors.UnexpectedValueError,
        "-1 is not usable as people; figures of countries are not negative",
        id="figures below zero",
    ),
    pytest.param(
        lambda: model.CountryFigures.of("people", WRONG, source=SOURCE),
        errors.UnexpectedValueError,
        (
            "'soon' is not usable as figures by country; give a mapping of countries to figures: {'POL': 1163, "
            "'FIN': 1340}"
        ),
        id="figures that are not a mapping",
    ),
    pytest.param(
        lambda: NUMBERS.figures([nb.Country("POL"), nb.Country("DEU")]),
        errors.MissingFiguresError,
        (
            "no population of Germany; give a figure for every member of the group in that year, zero where there "
            "is none, or another group"
        ),
        id="figures that lack a country",
    ),
    pytest.param(
        lambda: model.YearlyFigures.of("people", {}, source=SOURCE),
        errors.UnexpectedValueError,
        (
            "no year is not usable as people; give a mapping of years to figures by country: {2025: {'POL': 3, "
            "'FIN': 0}}"
        ),
        id="figures by year without a year",
    ),
    pytest.param(
        lambda: BY_YEAR.in_year(1999),
        errors.NoObservationError,
        "your own figures: no population of any country for 1999; valid: 2024",
        id="a year without figures",
    ),
    pytest.param(
        lambda: rows(WRONG),
        errors.DocumentError,
        (
            "people: 1 fault\n  rows[0]: 'soon' is not usable as a row; give rows as mappings: {'country': 'POL', "
            "'year': 2025, 'value': '3'}"
        ),
        id="a row that is not a mapping",
    ),
    pytest.param(
        lambda: rows({**one(), None: ["7", "8"]}),  # type: ignore[dict-item] # as csv.DictReader gives it
        errors.DocumentError,
        (
            "people: 1 fault\n  rows[0]: …7, 8 is not usable as a row; it has more cells than the header: write a "
            "cell with a comma in quotes, and numbers without separators"
        ),
        id="a row with more cells than columns",
    ),
    pytest.param(
        lambda: rows({"country": "POL", "year": 2025}),
        errors.DocumentError,
        "people: 1 fault\n  rows[0]: country, year is not usable as a row; it lacks value",
        id="a row without a value",
    ),
    pytest.param(
        lambda: rows({}),
        errors.DocumentError,
        "people: 1 fault\n  rows[0]: nothing is not usable as a row; it lacks country, year, value",
        id="an empty row",
    ),
    pytest.param(
        lambda: rows(one(), source=None),
        errors.DocumentError,
        (
            "people: 1 fault\n  rows[0]: no source is not usable as a row; fill the column source, or give one for "
            "all: source=..."
        ),
        id="a row without a source",
    ),
    pytest.param(
        lambda: rows(one(value=nb.Money(3, "EUR"))),
        errors.DocumentError,
        (
            "people: 1 fault\n  rows[0]: EUR 3.00 (current prices) is not usable as people; a row has a number; "
            "amounts go through YearlyFigures.of"
        ),
        id="a row with money",
    ),
    pytest.param(
        lambda: rows(one(), one(country="Poland")),
        errors.DocumentError,
        "people: 1 fault\n  rows[1]: Poland, 2025 is not usable as people; give each country once in a year",
        id="rows with a country twice",
    ),
    pytest.param(
        lambda: rows(one(value=" ")),
        errors.UnexpectedValueError,
        "no row with a value is not usable as people; each row has a country, a year and a value",
        id="rows that are all blank",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_a_figure_of_your_own_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
