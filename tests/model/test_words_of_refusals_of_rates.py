"""What rates of exchange, parities and deflators say in full when they refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors, model
from natoburden.model.exchange import checked_rates
from tests.model.test_exchange import averages, history
from tests.refusals import refusal

SOURCE = nb.Source(title="An example", publisher="this test")
INDEX = model.Deflator.of("CPI", "EUR", {2021: 100}, source=SOURCE)
CONSTANT = nb.Money(5, "EUR", nb.PriceBasis.constant(2021))
WRONG: Any = "soon"
MOMENT: Any = dt.datetime(2022, 1, 3, 12)
EUR, USD = nb.Currency("EUR"), nb.Currency("USD")
DAY = nb.datasets.exchange_rates()
RATES = averages()


def parity(rate: nb.Money) -> model.MilitaryParities:
    return model.MilitaryParities.of("mine", {"Poland": {2024: rate}}, source=SOURCE)


REFUSALS = [
    pytest.param(
        lambda: attrs.evolve(RATES.tables[0], until=dt.date(2020, 1, 1)),
        errors.UnexpectedValueError,
        "2020-01-01 is not usable as the last day of averages; only averages have one: give a day of their year",
        id="rates until a day of another year",
    ),
    pytest.param(
        lambda: attrs.evolve(DAY, until=dt.date(2024, 1, 1)),
        errors.UnexpectedValueError,
        "2024-01-01 is not usable as the last day of averages; only averages have one: give a day of their year",
        id="rates of a day until another day",
    ),
    pytest.param(
        lambda: DAY.convert(nb.Money(5, "EUR"), "RUB"),
        errors.UnknownNameError,
        (
            "unknown rate on 2024-12-31 'RUB'; valid: AUD, BGN, CAD, CHF, CZK, DKK, EUR, GBP, HUF, ILS, ISK, JPY "
            "and 7 more"
        ),
        id="a currency without a rate",
    ),
    pytest.param(
        lambda: DAY.convert(CONSTANT, "USD"),
        errors.MixedPriceBasesError,
        (
            "constant 2021 prices and current prices are different price bases; valid: one basis on both sides; "
            "nothing deflates implicitly: read both figures at the same basis"
        ),
        id="money at constant prices to exchange",
    ),
    pytest.param(
        lambda: model.YearlyRates(tables=()),
        errors.UnexpectedValueError,
        "no year is not usable as rates by year; give a table for one year at least",
        id="rates of no year",
    ),
    pytest.param(
        lambda: model.YearlyRates(tables=(RATES.tables[0], RATES.tables[0])),
        errors.UnexpectedValueError,
        "2012 is not usable as rates by year; two tables are of this year: give one a year",
        id="rates of a year twice",
    ),
    pytest.param(
        lambda: model.YearlyRates(tables=(RATES.tables[0], attrs.evolve(RATES.tables[1], base=USD))),
        errors.UnexpectedValueError,
        "EUR and USD is not usable as rates by year; quote all against one base currency",
        id="rates against two currencies",
    ),
    pytest.param(
        lambda: RATES.for_year(1999),
        errors.InvalidYearError,
        "1999 is not a usable year; valid: a year with rates: 2012-2014, 2022-2023",
        id="a year without rates",
    ),
    pytest.param(
        lambda: model.RateHistory(base=EUR, by_day={}, source=SOURCE),
        errors.UnexpectedValueError,
        "no days is not usable as a history of rates; give quotations of at least one day",
        id="a history without a day",
    ),
    pytest.param(
        lambda: history().on(dt.date(2022, 1, 9)),
        errors.UnexpectedValueError,
        (
            "2022-01-09 is not usable as a day with quotations; the nearest before it is 2022-01-07: give "
            "most_days_before=2"
        ),
        id="a day without quotations",
    ),
    pytest.param(
        lambda: history().on(dt.date(2021, 1, 9), most_days_before=7),
        errors.UnexpectedValueError,
        "2021-01-09 is not usable as a day with quotations; the first is 2022-01-03",
        id="a day before the first quotations",
    ),
    pytest.param(
        lambda: history().on(MOMENT),
        errors.UnexpectedValueError,
        (
            "datetime.datetime(2022, 1, 3, 12, 0) is not usable as a day; its type is datetime: write "
            "datetime.date(2026, 7, 1)"
        ),
        id="a moment of a history",
    ),
    pytest.param(
        lambda: history().year_end(2021),
        errors.InvalidYearError,
        "2021 is not a usable year; valid: a whole year between 2022-01-03 and 2022-12-30",
        id="a year of which a history has a part",
    ),
    pytest.param(
        lambda: checked_rates(WRONG),
        errors.UnexpectedValueError,
        (
            "'soon' is not usable as exchange rates; give natoburden.datasets.exchange_rates(), "
            "yearly_exchange_rates(), or your own"
        ),
        id="rates in words",
    ),
    pytest.param(
        lambda: checked_rates({2025: DAY}),
        errors.UnexpectedValueError,
        (
            "European Central Bank, 2024-12-31 is not usable as exchange rates; in a mapping by year these are "
            "rates of 2025; give rates for all years alone, without a mapping"
        ),
        id="rates of another year in a mapping",
    ),
    pytest.param(
        lambda: parity(nb.Money(0, "PLN")),
        errors.UnexpectedValueError,
        "PLN 0.00 (current prices) is not usable as a military parity of Poland; it is above zero",
        id="a parity of zero",
    ),
    pytest.param(
        lambda: parity(nb.Money(5, "PLN", nb.PriceBasis.constant(2021))),
        errors.MixedPriceBasesError,
        (
            "constant 2021 prices and current prices are different price bases; valid: one basis on both sides; "
            "nothing deflates implicitly: read both figures at the same basis"
        ),
        id="a parity at constant prices",
    ),
    pytest.param(
        lambda: model.MilitaryParities.of("mine", {}, source=SOURCE),
        errors.UnexpectedValueError,
        (
            "none is not usable as military parities; give money by country and year: {'POL': {2021: Money('2.10', "
            "'PLN')}}"
        ),
        id="parities of nobody",
    ),
    pytest.param(
        lambda: parity(nb.Money(2, "PLN")).rate("Germany", 2024),
        errors.NoObservationError,
        "edition mine has no military parity of Germany for 2024; valid: other countries",
        id="a parity that is missing",
    ),
    pytest.param(
        lambda: INDEX.to_constant(nb.Money(5, "USD"), year=2021, base=2021),
        errors.MixedCurrenciesError,
        (
            "USD and EUR are different currencies; valid: one currency on both sides; nothing converts implicitly: "
            "exchange one side first, at a rate you can name"
        ),
        id="money of another currency to deflate",
    ),
    pytest.param(
        lambda: INDEX.to_constant(CONSTANT, year=2021, base=2021),
        errors.MixedPriceBasesError,
        (
            "constant 2021 prices and current prices are different price bases; valid: one basis on both sides; "
            "nothing deflates implicitly: read both figures at the same basis"
        ),
        id="money at constant prices to deflate",
    ),
    pytest.param(
        lambda: INDEX.to_current(nb.Money(5, "EUR"), year=2021),
        errors.MixedPriceBasesError,
        (
            "current prices and constant prices are different price bases; valid: one basis on both sides; nothing "
            "deflates implicitly: read both figures at the same basis"
        ),
        id="money at current prices to inflate",
    ),
    pytest.param(
        lambda: model.Quotation(USD, Decimal(0)),
        errors.InvalidNumberError,
        "an exchange rate: '0' is not usable; valid: more than zero",
        id="a quotation of zero",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_a_rate_or_parity_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
