"""Rates of a history and deflators: methods that are named, fallbacks that are allowed, directions that hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import (
    InvalidYearError,
    MixedCurrenciesError,
    MixedPriceBasesError,
    NatoBurdenError,
    NoObservationError,
    UnexpectedValueError,
    UnknownNameError,
)

SOURCE = nb.Source(title="Invented rates", publisher="this test")
USD, PLN, HRK, RUB = (nb.Currency(code) for code in ("USD", "PLN", "HRK", "RUB"))


def working_days(year: int) -> list[dt.date]:
    days = (dt.date(year, 1, 1) + dt.timedelta(days=number) for number in range(366))
    return [day for day in days if day.weekday() < 5 and day.year == year and (day.month, day.day) != (1, 1)]


def history(year: int = 2022, base: str = "EUR") -> nb.model.RateHistory:
    """Quote dollars at one, then two; kuna all year; roubles until March."""
    by_day = {
        day: {
            USD: Decimal(1) if number % 2 else Decimal(2),
            HRK: Decimal("7.5"),
            **({RUB: Decimal(90)} if day.month < 3 else {}),
        }
        for number, day in enumerate(working_days(year))
    }
    return nb.model.RateHistory(base=nb.Currency(base), by_day=by_day, source=SOURCE)


# --- rates by year ---------------------------------------------------------------------------------------


def averages(**options: Any) -> nb.model.YearlyRates:
    figures = {2014: {USD: Decimal("1.3")}, 2012: {USD: Decimal("1.2"), HRK: Decimal("7.5")}}
    figures |= {2013: {USD: Decimal("1.25")}, 2022: {HRK: Decimal("7.53")}, 2023: {HRK: Decimal(9)}}
    return nb.model.YearlyRates.of_averages(nb.Currency("EUR"), figures, source=SOURCE, **options)


def test_averages_of_a_year_that_was_not_over_say_so() -> None:
    rates = averages(until=dt.date(2023, 10, 30))
    assert str(rates.for_year(2023)) == "this test, annual average 2023, incomplete: to 2023-10-30"
    assert [table.is_incomplete for table in rates.tables] == [False, False, False, False, True]
    assert str(rates.for_year(2022)) == "this test, annual average 2022"
    with pytest.raises(UnexpectedValueError, match="only averages have one: give a day of their year"):
        attrs.evolve(rates.for_year(2022), until=dt.date(2023, 10, 30))
    with pytest.raises(UnexpectedValueError, match="only averages"):
        attrs.evolve(rates.for_year(2022), method=nb.model.RateMethod.YEAR_END, until=dt.date(2022, 10, 30))


def test_rates_by_year_are_found_by_their_year() -> None:
    rates = averages(notes={(2013, USD): "odd"})
    assert (rates.years, len(rates), list(rates), str(rates.base)) == (
        (2012, 2013, 2014, 2022, 2023), 5, [2012, 2013, 2014, 2022, 2023], "EUR",
    )  # fmt: skip
    assert str(rates) == "this test, annual averages, 2012-2014, 2022-2023"
    assert dict(rates)[2013] == rates[2013] == rates.for_year(2013)
    assert (rates.for_year(2013).method, rates.for_year(2013).year) == (nb.model.RateMethod.ANNUAL_AVERAGE, 2013)
    assert rates.for_year(2013).quotation(USD) == nb.model.Quotation(USD, "1.25", "odd")
    with pytest.raises(InvalidYearError, match="2011 is not a usable year; valid: a year with rates: 2012-2014, 2022-"):
        rates.for_year(2011)
    with pytest.raises(InvalidYearError):
        rates.for_year("2012")  # type: ignore[arg-type] # refused on purpose


def test_what_the_euro_replaced_goes_on_at_its_fixed_rate_in_yearly_tables() -> None:
    rates = averages()
    assert [str(rates.for_year(year).per_base(HRK)) for year in (2012, 2022, 2023)] == ["7.5", "7.53", "7.53450"]
    assert rates.for_year(2023).quotation(HRK) == nb.model.Quotation(HRK, "7.53450", "fixed since 2023-01-01")


def test_rates_by_year_that_do_not_fit_together_are_refused() -> None:
    one, other = history().year_end(2022), history(2023).year_end(2023)
    with pytest.raises(UnexpectedValueError, match="no year"):
        nb.model.YearlyRates(tables=())
    with pytest.raises(UnexpectedValueError, match="2022 is not usable as rates by year; two tables"):
        nb.model.YearlyRates(tables=(one, history().annual_average(2022)))
    with pytest.raises(UnexpectedValueError, match="EUR and USD"):
        nb.model.YearlyRates(tables=(one, attrs.evolve(other, base=USD)))


def test_one_table_serves_all_years_and_a_history_averages_the_year() -> None:
    day = history().year_end(2022)
    assert day.for_year(2030) is day
    assert history().for_year(2022) == history().annual_average(2022)
    assert (day.quotation(PLN), day.quotation(nb.Currency("EUR"))) == (None, None)


# --- rates of a history ----------------------------------------------------------------------------------


def test_a_day_without_quotations_is_refused_until_a_fallback_is_allowed() -> None:
    sunday = dt.date(2022, 6, 5)
    with pytest.raises(UnexpectedValueError, match=r"2022-06-05.*nearest before it is 2022-06-03: give most_days_be"):
        history().on(sunday)
    rates = history().on(sunday, most_days_before=2)
    assert (rates.date, rates.method) == (dt.date(2022, 6, 3), nb.model.RateMethod.DAY)
    with pytest.raises(UnexpectedValueError, match="the first is 2022-01-03"):
        history().on(dt.date(2021, 12, 31), most_days_before=7)


def test_the_end_of_a_year_is_its_last_working_day() -> None:
    rates = history().year_end(2022)
    assert (rates.date, str(rates)) == (dt.date(2022, 12, 30), "this test, year end 2022")


def test_an_annual_average_is_the_mean_of_all_its_days() -> None:
    days = working_days(2022)
    rates = history().annual_average(2022)
    assert len(days) == 260  # so that half of the days quote two
    assert rates.per_base(USD) == Decimal("1.5")
    assert str(rates) == "this test, annual average 2022"


def test_a_currency_of_some_days_is_averaged_only_on_request() -> None:
    with pytest.raises(UnknownNameError, match="RUB"):
        history().annual_average(2022).per_base(RUB)
    partial = history().annual_average(2022, partial_ok=True)
    [rouble] = [item for item in partial.quotations if item.currency == RUB]
    assert rouble.per_base == 90
    assert rouble.note == f"mean of {len([d for d in working_days(2022) if d.month < 3])} of 260 days"


@pytest.mark.parametrize("year", [2021, 2023])
def test_a_year_that_is_not_there_as_a_whole_is_refused(year: int) -> None:
    with pytest.raises(InvalidYearError, match="a whole year between 2022-01-03 and 2022-12-30"):
        history().year_end(year)


def test_a_currency_that_the_euro_replaced_has_its_fixed_rate_from_then_on() -> None:
    before, after = history(2022).annual_average(2022), history(2023).annual_average(2023)
    assert before.per_base(HRK) == Decimal("7.5")
    assert after.per_base(HRK) == Decimal("7.53450")
    assert {item.note for item in after.quotations if item.currency == HRK} == {"fixed since 2023-01-01"}
    assert before.per_base(nb.Currency("DEM")) == Decimal("1.95583")
    with pytest.raises(UnknownNameError, match="BGN"):
        after.per_base(nb.Currency("BGN"))


def test_fixed_rates_are_those_of_the_euro_alone() -> None:
    with pytest.raises(UnknownNameError, match="DEM"):
        history(2023, base="CHF").year_end(2023).per_base(nb.Currency("DEM"))


def test_old_and_new_lira_are_two_currencies() -> None:
    old, new = nb.Currency("TRL"), nb.Currency("TRY")
    assert old != new
    with pytest.raises(UnknownNameError, match="TRL"):
        history().year_end(2022).convert(nb.Money.millions(1, "TRL"), "EUR")


def test_a_history_has_days() -> None:
    with pytest.raises(UnexpectedValueError, match="no days"):
        nb.model.RateHistory(base=nb.Currency("EUR"), by_day={}, source=SOURCE)


# --- deflators -------------------------------------------------------------------------------------------

LEVELS = st.dictionaries(st.integers(2000, 2030), st.decimals("0.1", "900", places=3), min_size=2, max_size=8)


def deflator(levels: dict[int, Decimal]) -> nb.model.Deflator:
    return nb.model.Deflator.of("prices", "PLN", levels, source=SOURCE)


def near(left: nb.Money, right: nb.Money) -> bool:
    return left.basis == right.basis and abs(left.amount - right.amount) <= abs(right.amount) * Decimal("1e-30")


@given(LEVELS, st.decimals("1", "1e9", places=2), st.data())
def test_deflating_and_inflating_again_gives_the_amount(
    levels: dict[int, Decimal], amount: Decimal, data: st.DataObject
) -> None:
    year, base = data.draw(st.sampled_from(sorted(levels))), data.draw(st.sampled_from(sorted(levels)))
    money, prices = nb.Money(amount, "PLN"), deflator(levels)
    assert near(prices.to_current(prices.to_constant(money, year=year, base=base), year=year), money)


@given(LEVELS, st.decimals("1", "1e9", places=2), st.data())
def test_changing_the_base_is_deflating_to_that_base(
    levels: dict[int, Decimal], amount: Decimal, data: st.DataObject
) -> None:
    year, base, other = (data.draw(st.sampled_from(sorted(levels))) for _ in range(3))
    money, prices = nb.Money(amount, "PLN"), deflator(levels)
    rebased = prices.to_base(prices.to_constant(money, year=year, base=base), base=other)
    assert near(rebased, prices.to_constant(money, year=year, base=other))


def test_where_prices_rose_a_later_amount_is_worth_less_at_earlier_prices() -> None:
    prices = deflator({2021: Decimal(100), 2025: Decimal(125)})
    money = nb.Money.millions(100, "PLN")
    assert prices.to_constant(money, year=2025, base=2021).in_millions == 80
    assert prices.to_constant(money, year=2021, base=2025).in_millions == 125
    assert prices.change(2021, 2025) == nb.Rate.percent(25)


def test_the_implied_deflator_turns_natos_current_figures_into_its_constant_ones() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    constant = table.edition.constant_prices
    prices = nb.model.Deflator.implied_by(table, "Poland", "PLN")
    for year in (2014, 2021, 2026):
        current = table.expenditure("Poland", year, currency="PLN").value
        published = table.expenditure("Poland", year, constant, "PLN").value
        assert near(prices.to_constant(current, year=year, base=2021), published)
    assert prices.source is table.edition.source


@pytest.mark.parametrize(
    ("money", "error", "message"),
    [
        (nb.Money.millions(1, "EUR"), MixedCurrenciesError, "EUR and PLN"),
        (nb.Money.millions(1, "PLN", nb.PriceBasis.constant(2021)), MixedPriceBasesError, "constant 2021 prices"),
        (nb.Money.millions(1, "PLN", nb.UNSTATED_PRICES), MixedPriceBasesError, "unstated prices"),
        (1, UnexpectedValueError, "an amount"),
    ],
)
def test_an_amount_of_another_kind_is_not_deflated(money: nb.Money, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        deflator({2021: Decimal(1), 2025: Decimal(2)}).to_constant(money, year=2025, base=2021)


def test_only_constant_prices_are_inflated_or_rebased() -> None:
    prices, money = deflator({2021: Decimal(1), 2025: Decimal(2)}), nb.Money.millions(1, "PLN")
    with pytest.raises(MixedPriceBasesError, match="current prices and constant prices"):
        prices.to_current(money, year=2025)
    with pytest.raises(MixedPriceBasesError, match="current prices and constant prices"):
        prices.to_base(money, base=2021)


@pytest.mark.parametrize(
    ("levels", "message"),
    [({}, "no levels"), ({2021: 0}, "is above zero"), ({2021: "x"}, "'x'"), ({21: 1}, "21"), ([1], "a mapping")],
)
def test_levels_that_make_no_index_are_refused(levels: dict[int, Decimal], message: str) -> None:
    with pytest.raises(NatoBurdenError, match=message):
        deflator(levels)


def test_a_year_without_a_level_and_a_table_without_the_currency_are_refused() -> None:
    prices = deflator({2021: Decimal(1), 2022: Decimal(2)})
    with pytest.raises(InvalidYearError, match=r"prices: 2025 .*2021-2022"):
        prices.level(2025)
    assert str(prices) == "prices, PLN, 2021-2022"
    with pytest.raises(NoObservationError, match="PLN"):
        nb.model.Deflator.implied_by(nb.datasets.defence_expenditure("2026-07"), "Germany", nb.Currency("PLN"))
