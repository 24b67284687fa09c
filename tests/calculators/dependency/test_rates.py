"""Conversion: each contract at the rates of its own year, and what was converted at others says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.credit import scenario
from natoburden.calculators.dependency import import_share, lock_in, supplier_shares, what_if
from natoburden.errors import InvalidYearError, MixedCurrenciesError, UnexpectedValueError, UnknownNameError
from tests.calculators.dependency.test_selections import dated
from tests.calculators.dependency.test_supplier_shares import percents, priced
from tests.calculators.test_credit import PERCENT, purchase
from tests.model.test_exchange import history

SOURCE = nb.Source(title="Invented rates", publisher="this test")
EUR, USD, PLN = map(nb.Currency, ("EUR", "USD", "PLN"))


def yearly(figures: Mapping[int, str], currency: nb.Currency = USD, **options: Any) -> nb.model.YearlyRates:
    averages = {year: {currency: Decimal(figure)} for year, figure in figures.items()}
    return nb.model.YearlyRates.of_averages(EUR, averages, source=SOURCE, **options)


TWO_YEARS = yearly({2020: "2", 2024: "4"})


def test_each_contract_is_converted_at_the_rate_of_its_own_year() -> None:
    """By hand: 8 / 2 = 4 and 8 / 4 = 2 euros from the United States, 6 from South Korea: 6 of 12."""
    given = [
        priced("A", 8, "USA", currency="USD", date=dated(2020)),
        priced("B", 8, "USA", currency="USD", date=dated(2024)),
        priced("C", 6, "KOR", date=dated(2020)),
    ]
    shares = supplier_shares(given, rates=TWO_YEARS)
    assert percents(shares) == {"South Korea": 50, "United States": 50}
    assert [(item.contract.key, item.rates.year, item.is_of_other_year) for item in shares.conversions] == [
        ("A", 2020, False), ("B", 2024, False),
    ]  # fmt: skip
    assert "rates    this test, annual average 2020: A" in shares.explain()
    assert str(shares.conversions[0]) == "A of 2020, at this test, annual average 2020"
    assert "another year" not in shares.explain()
    assert SOURCE in shares.sources
    assert shares.to_dict()["conversions"][0]["rates"] == "this test, annual average 2020"
    one_day = supplier_shares(given, rates=TWO_YEARS.for_year(2024))
    assert Fraction(one_day["USA"].share.as_fraction) == Fraction(4, 10)


def test_a_figure_converted_at_rates_of_another_year_says_so() -> None:
    given = [
        priced("A", 8, "USA", currency="USD", date=dated(2025)),
        priced("B", 8, "USA", currency="USD", date=dated(2024)),
        priced("C", 8, "USA", currency="USD", date=nb.Announced.unknown()),
        priced("D", 6, "KOR", date=dated(2020)),
    ]
    rates = nb.datasets.exchange_rates()
    said = "converted at rates of another year: 2025: A, undated: C, at European Central Bank, 2024-12-31"
    results: list[Any] = [
        supplier_shares(given, rates=rates),
        import_share(given, rates=rates),
        lock_in(given, 2026, service_life=30, rates=rates),
        nb.dependency.without_largest_supplier(given, rates=rates)[0],
        nb.dependency.commonality([attrs.evolve(item, family="F") for item in given], rates=rates)[0],
        nb.eligibility.procurement_policies(given, nb.datasets.content_rule("SAFE"), rates=rates)[0],
        nb.eligibility.aim_test(given, nb.datasets.procurement_aims()["edis-within-eu-2030"], rates=rates),
    ]
    for result in results[:2] + results[3:]:
        assert said in result.explain()
        assert said in str(result)
    assert "converted at rates of another year: 2025: A, at" in str(results[2])
    assert said in what_if(given, rates=rates).explain()
    assert "another year" not in str(supplier_shares(given[1:2], rates=rates, currency="EUR"))


def test_an_incomplete_year_says_so() -> None:
    shares = supplier_shares(
        [priced("A", 8, "USA", currency="USD", date=dated(2026))],
        rates=nb.datasets.yearly_exchange_rates(),
        currency="EUR",
    )
    assert "converted at rates of an incomplete year: A: mean of 213 days to 2026-10-30, the year is incomplete" in str(
        shares
    )
    assert isinstance(shares.total, nb.Money)
    assert abs(Fraction(shares.total.amount) - Fraction(8_000_000) / Fraction("1.15682")) < Fraction(1, 10**20)


def test_an_incomplete_year_says_so_for_an_amount_in_the_base_currency() -> None:
    given = [priced("A", 8, "USA", date=dated(2026)), priced("B", 8, "USA", date=dated(2025))]
    shares = supplier_shares(given, rates=nb.datasets.yearly_exchange_rates(), currency="USD")
    said = "converted at rates of an incomplete year: A: averages to 2026-10-30, the year is incomplete"
    assert said in str(shares)
    assert "European Central Bank, annual average 2026, incomplete: to 2026-10-30: A" in shares.explain()


def test_an_undated_contract_has_no_years_rate_and_its_part_counts() -> None:
    given = [
        priced("A", 8, "USA", currency="USD", date=nb.Announced.unknown()),
        priced("P", 4, "USA", currency="USD", date=dated(2020), part_of="A"),
        priced("C", 6, "KOR", date=nb.Announced.unknown()),
    ]
    shares = supplier_shares(given, rates=TWO_YEARS)
    assert [str(item) for item in shares.left_out] == ["A: undated, so that no year's rate converts it"]
    assert percents(shares) == {"South Korea": 75, "United States": 25}


def test_rates_by_year_may_be_a_mapping_or_a_history() -> None:
    given = [priced("A", 8, "USA", currency="USD", date=dated(2020)), priced("C", 6, "KOR", date=dated(2020))]
    expected = supplier_shares(given, rates=TWO_YEARS).total
    assert supplier_shares(given, rates=dict(TWO_YEARS)).total == expected == nb.Money.millions(10, "EUR")
    past = [attrs.evolve(item, date=dated(2022)) for item in given]
    mean = history().annual_average(2022).per_base(USD)
    found = supplier_shares(past, rates=history())
    assert Fraction(found["KOR"].share.as_fraction).limit_denominator(10**9) == (
        Fraction(6) / (6 + Fraction(8) / Fraction(mean))
    ).limit_denominator(10**9)
    wrong: list[Any] = [{2023: TWO_YEARS.for_year(2024)}, {2023: "1.1"}, 1.1, "ECB"]
    for rates in wrong:
        with pytest.raises(UnexpectedValueError, match="exchange rates"):
            supplier_shares(given, rates=rates)


def test_a_year_or_a_currency_without_a_rate_is_refused() -> None:
    given = [priced("A", 8, "USA", currency="USD", date=dated(2021)), priced("C", 6, "KOR", date=dated(2020))]
    with pytest.raises(InvalidYearError, match="2021 is not a usable year; valid: a year with rates: 2020, 2024"):
        supplier_shares(given, rates=TWO_YEARS)
    with pytest.raises(UnknownNameError, match="rate on annual average 2020"):
        supplier_shares([priced("A", 8, "USA", currency="PLN", date=dated(2020)), given[1]], rates=TWO_YEARS)
    with pytest.raises(MixedCurrenciesError, match=r"yearly_exchange_rates\(\)"):
        supplier_shares(given)


def test_a_part_in_another_currency_needs_no_rate_while_it_does_not_count() -> None:
    given = [priced("A", 8, "USA"), priced("P", 4, "KOR", currency="USD", part_of="A")]
    assert percents(supplier_shares(given)) == {"United States": 100}


@given(st.lists(st.tuples(st.integers(1, 10**6), st.sampled_from((2020, 2024)), st.booleans()), min_size=1))
def test_shares_by_yearly_rates_are_those_of_fractions(rows: list[tuple[int, int, bool]]) -> None:
    given = [
        priced(f"K{at}", amount, "USA" if american else "KOR", currency="USD" if american else "EUR", date=dated(year))
        for at, (amount, year, american) in enumerate(rows)
    ]
    shares = supplier_shares(given, rates=TWO_YEARS, currency="EUR")
    euros = [Fraction(amount, {2020: 2, 2024: 4}[year] if american else 1) for amount, year, american in rows]
    american = sum(figure for figure, row in zip(euros, rows, strict=True) if row[2])
    assert abs(Fraction(shares.share_of("United States").as_fraction) - Fraction(american) / sum(euros)) < Fraction(
        1, 10**30
    )


# --- credit ----------------------------------------------------------------------------------------------


def test_a_scenario_takes_the_rates_of_the_year_of_purchases() -> None:
    """EUR 10 bn at 2 dollars a euro in 2020 and at 4 in 2024: 20 or 40."""
    bought = purchase(amount=nb.Money.billions(10, "EUR"), first_year=2024)
    table = nb.datasets.defence_expenditure("2026-07")
    options: dict[str, Any] = {"demand": nb.US_DEMAND, "policy": nb.CreditPolicy(energy=PERCENT(100))}
    found = scenario(table, "DEU", 2024, package=[bought], rates=TWO_YEARS, **options)
    assert found.credit == nb.Money.billions(40, "USD")
    assert found.cautions == ()
    day = attrs.evolve(TWO_YEARS.for_year(2020), date=dt.date(2020, 6, 1), method=nb.model.RateMethod.DAY)
    other = scenario(table, "DEU", 2024, package=[bought], rates=day, **options)
    assert other.credit == nb.Money.billions(20, "USD")
    assert "converted at rates of another year: energy, at this test, 2020-06-01" in other.explain()
    assert "another year" not in scenario(table, "DEU", 2024, package=[purchase()], rates=day, **options).explain()
    with pytest.raises(InvalidYearError, match="2025"):
        scenario(table, "DEU", 2025, package=[attrs.evolve(bought, last_year=2025)], rates=TWO_YEARS, **options)


def test_a_scenario_names_what_falls_in_one_year_for_want_of_an_end() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    bought = purchase(first_year=2024, is_end_known=False)
    found = scenario(table, "DEU", 2024, package=[bought, purchase("investment")], demand=nb.US_DEMAND)
    assert found.in_one_year == ("energy",)
    assert "in one year, since the last is not known: energy" in found.explain()
