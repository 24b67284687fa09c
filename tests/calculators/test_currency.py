"""Money in the currency that is asked for: the published figure, NATO's own rate, or a year's average."""

from __future__ import annotations

import pickle
from decimal import Decimal

import attrs
import pytest

import natoburden as nb
from natoburden.errors import MixedCurrenciesError, UnexpectedValueError, UnknownNameError

TABLE = nb.datasets.defence_expenditure("2026-07")
RATES = nb.datasets.yearly_exchange_rates()
EURO, DOLLAR = nb.Currency("EUR"), nb.Currency("USD")
AVERAGE_2025 = Decimal("1.12998")  # dollars per euro, as the ECB publishes it
CLOSE = Decimal("1e-9")


def test_an_ally_s_published_figure_in_its_own_currency_is_taken_as_printed() -> None:
    found = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, currency="EUR")
    assert found.spent == TABLE.expenditure("DEU", 2025, currency="EUR").value
    by_hand = Decimal("0.035") * 5056631 * Decimal(99298) / 112141 - 99298  # NATO's two figures of expenditure
    assert found.amount.in_millions == pytest.approx(by_hand, rel=CLOSE)
    assert found == nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, currency="own")
    assert "NATO's own" in found.explain()


def test_gdp_in_an_allys_own_currency_is_at_the_ratio_of_natos_two_figures_of_expenditure() -> None:
    printed, national = (table.expenditure("POL", 2025) for table in (TABLE, TABLE.in_currency("own")))
    dollars, gdp = TABLE.gdp("POL", 2025), TABLE.in_currency("own").gdp("POL", 2025)
    by_hand = dollars.value.amount * national.value.amount / printed.value.amount
    assert gdp.value.amount == pytest.approx(by_hand, rel=CLOSE)
    per_zloty = printed.value.amount / national.value.amount
    assert f"at {per_zloty:.5f} USD per PLN, NATO's own: its figures of expenditure" in gdp.working


def test_another_currency_goes_at_the_average_of_the_year_and_names_it() -> None:
    found = nb.targets.gap(TABLE, "POL", 2025, nb.HAGUE_CORE, currency="EUR")
    in_dollars = nb.targets.gap(TABLE, "POL", 2025, nb.HAGUE_CORE)
    assert found.points == in_dollars.points
    assert found.amount.amount == pytest.approx(in_dollars.amount.amount / AVERAGE_2025, rel=CLOSE)
    assert "1.12998 USD per EUR, European Central Bank, annual average 2025" in found.explain()
    assert any(source.publisher == "European Central Bank" for source in found.sources)


def test_a_year_that_is_not_over_says_so() -> None:
    assert "incomplete: to 2026-10-30" in nb.targets.gap(TABLE, "POL", 2026, nb.HAGUE_CORE, currency="EUR").explain()


def test_constant_prices_go_at_the_average_of_their_base_year() -> None:
    prices = TABLE.edition.constant_prices
    in_dollars = nb.targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE, basis=prices)
    found = nb.targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE, basis=prices, currency="EUR")
    assert found.net.basis == prices
    ratio = in_dollars.net.amount / found.net.amount
    assert ratio == pytest.approx(RATES.for_year(2021).per_base(DOLLAR), rel=CLOSE)


def test_a_currency_changes_no_share_of_a_group() -> None:
    in_euros = nb.burden.fair_shares(TABLE, 2025, currency="EUR")
    for row, other in zip(nb.burden.fair_shares(TABLE, 2025), in_euros, strict=True):
        assert round(row.carried_share, 10) == round(other.carried_share, 10)
        assert other.carried.currency == EURO


def test_given_rates_go_before_what_is_printed() -> None:
    found = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, currency="EUR", rates=RATES)
    assert found.spent.in_millions == pytest.approx(112141 / AVERAGE_2025, rel=CLOSE)


def test_dollars_stay_as_they_are() -> None:
    in_dollars = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, currency="USD")
    assert in_dollars == nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    assert TABLE.in_currency("own").gdp("USA", 2025) == TABLE.gdp("USA", 2025)


def test_what_rests_on_a_table_gives_money_in_the_currency() -> None:
    targets, core = nb.targets, nb.HAGUE_CORE
    assert targets.cumulative_shortfall(TABLE, "DEU", core, since=2014, currency="EUR").gross.currency == EURO
    assert targets.aggregate_share(TABLE, "NATO", 2025, currency="EUR").gdp.currency == EURO
    assert targets.share_of_group(TABLE, "USA", "NATO", 2025, currency="EUR").amount.currency == EURO
    assert targets.category_amount(TABLE, "equipment_share", "POL", 2025, currency="own").amount.currency.code == "PLN"
    in_euros = TABLE.in_currency("EUR")
    road = nb.pathways.path(TABLE.share_of_gdp("DEU", 2025), core.share, first_year=2025, last_year=2035)
    gdp = in_euros.gdp("DEU", 2025, TABLE.edition.constant_prices)
    cost = nb.pathways.path_cost(road, gdp, gdp_growth=nb.Rate.percent("1.5"))
    assert cost.additional.currency == EURO
    assert in_euros.gdp_per_capita("DEU", 2025).working.endswith("annual average 2021")


@pytest.mark.parametrize("currency", ["own", "EUR"])
def test_a_demand_and_its_credit_are_in_the_currency(currency: str) -> None:
    found = nb.credit.scenario(TABLE, "DEU", 2025, demand=nb.US_DEMAND, package=[], currency=currency)
    assert found.gap.currency == found.credit.currency == EURO


def test_a_group_has_no_currency_of_its_own() -> None:
    with pytest.raises(UnexpectedValueError, match="a group has none"):
        TABLE.in_currency("own").expenditure("NATO_EUR_CAN", 2025)
    with pytest.raises(MixedCurrenciesError):
        nb.targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE, currency="own")


def test_parity_and_rates_without_a_currency_are_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="market rate"):
        nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, currency="PPP")
    with pytest.raises(UnexpectedValueError, match="say into which currency"):
        nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, rates=RATES)
    with pytest.raises(UnexpectedValueError, match="leave rates out"):
        TABLE.in_currency("own", RATES)
    with pytest.raises(UnknownNameError):
        TABLE.in_currency("EURO")


def test_a_table_of_one_s_own_asks_for_rates() -> None:
    table = attrs.evolve(TABLE, own_rates=None)
    with pytest.raises(UnexpectedValueError, match="yearly_exchange_rates"):
        table.in_currency("EUR").gdp("POL", 2025)
    assert table.in_currency("EUR", RATES).gdp("POL", 2025).value.currency == EURO


def test_a_converted_table_is_shown_and_pickled_as_one() -> None:
    table = TABLE.in_currency("EUR")
    assert repr(table).endswith("in EUR>")
    assert "own currencies" in repr(TABLE.in_currency("own"))
    again = pickle.loads(pickle.dumps(table))
    assert again.gdp("POL", 2025) == table.gdp("POL", 2025)
    assert table.gdp("POL", 2025).reference["printed"] == TABLE.gdp("POL", 2025).value


def test_parity_stands_beside_the_market_rate() -> None:
    outlook = nb.datasets.macro()
    found = nb.burden.at_purchasing_power(TABLE, 2025, outlook)
    usa = found["USA"]
    assert usa.at_parity.amount == usa.expenditure.amount  # the country that parity is measured against
    by_hand = Decimal(166029) / outlook.figure("POL", 2025, "ppp_conversion_rate").value
    assert found["POL"].at_parity.in_millions == pytest.approx(by_hand, rel=CLOSE)
    assert usa.difference.value < 0 < found["POL"].difference.value


def test_an_edition_that_prints_dollars_alone_gives_an_allys_own_money_at_the_banks_rate() -> None:
    dollars = nb.datasets.defence_expenditure("2025-08")
    constant = dollars.edition.constant_prices
    figure = dollars.in_currency("own", printed_first=True).expenditure("DEU", 2024, constant)
    assert figure.value.currency == EURO
    printed = dollars.expenditure("DEU", 2024, constant).value.amount
    by_hand = RATES.for_year(2021).convert(nb.Money(printed, "USD"), "EUR")
    assert figure.value.amount == pytest.approx(by_hand.amount, rel=CLOSE)
    assert str(dollars.in_currency("own").expenditure("USA", 2024, constant).value.currency) == "USD"
    of_another = attrs.evolve(dollars.expenditure("DEU", 2024, constant), entity=nb.Country("AUS"))
    made = nb.ExpenditureTable(edition=dollars.edition, observations=[of_another])
    with pytest.raises(UnexpectedValueError, match="a currency of its own; its own is not known"):
        made.in_currency("own").expenditure("AUS", 2024, constant)


def test_a_mark_of_today_says_that_it_goes_through_the_fixed_rate() -> None:
    found = nb.targets.gap(nb.datasets.defence_expenditure("2026-07"), "DEU", 2025, nb.HAGUE_CORE, currency="DEM")
    said = (
        "USD per DEM, through 1.95583 DEM per EUR, fixed since 1999-01-01, European Central Bank, annual average 2025"
    )
    assert said in found.explain()
