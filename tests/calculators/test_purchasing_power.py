"""Expenditure at purchasing power parity and at military parity, of allies and of groups."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import burden, errors
from natoburden.model.macro_measures import InternationalDollars
from natoburden.model.parities import MilitaryDollars, MilitaryParities

TABLE, OUTLOOK = nb.datasets.defence_expenditure("2026-07"), nb.datasets.macro()
SOURCE = nb.Source(title="Invented parities", publisher="this test")
PAIR = ["USA", "POL"]


def parities(zlotys: str = "2.60", **changed: Any) -> MilitaryParities:
    rates = {"USA": {2025: nb.Money(1, "USD")}, "POL": {2025: nb.Money(zlotys, "PLN")}} | changed
    return MilitaryParities.of("invented", rates, source=SOURCE)


def test_a_group_at_parity_is_the_sum_of_its_members_and_theirs_over_their_gdp() -> None:
    found = burden.at_purchasing_power(TABLE, 2025, OUTLOOK)
    own = TABLE.in_currency("own")
    spent = produced = market = gdp = 0.0
    for row in found:
        rate = float(OUTLOOK.figure(row.country, 2025, "ppp_conversion_rate").value)
        spent += float(own.expenditure(row.country, 2025).value.amount) / rate
        produced += float(own.gdp(row.country, 2025).value.amount) / rate
        market += float(TABLE.expenditure(row.country, 2025).value.amount)
        gdp += float(TABLE.gdp(row.country, 2025).value.amount)
    assert float(found.total_at_parity.amount) == pytest.approx(spent)
    assert float(found.total.amount) == pytest.approx(market)
    assert found.burden is not None
    assert found.burden_at_parity is not None
    assert float(found.burden.as_fraction) == pytest.approx(market / gdp)
    assert float(found.burden_at_parity.as_fraction) == pytest.approx(spent / produced)
    assert (found.total_at_military_parity, found.real_burden) == (None, None)
    assert "no military parities given" in found.explain()


def test_gdp_at_parity_is_near_the_outlooks_own() -> None:
    """NATO's GDP at the IMF's rate, against the IMF's GDP in international dollars: another source of GDP.

    Of Luxembourg NATO counts gross national income, which is about two thirds of its GDP.
    """
    for row in burden.at_purchasing_power(TABLE, 2025, OUTLOOK):
        theirs = OUTLOOK.figure(row.country, 2025, "gdp", "international dollars").value
        assert row.gdp_at_parity is not None
        expected = 0.67 if row.country.alpha_3 == "LUX" else 1
        assert float(row.gdp_at_parity / theirs) == pytest.approx(expected, abs=0.012), row.country


def test_military_parity_by_hand_stands_beside_the_other_two() -> None:
    # Poland: 166,029 m zlotys at 2.60; the United States: 975,817 m dollars at 1.
    found = burden.at_purchasing_power(TABLE, 2025, OUTLOOK, group=PAIR, military=parities())
    spent = TABLE.expenditure("USA", 2025).value.amount
    poland = found["POL"]
    assert poland.at_military_parity is not None
    assert round(poland.at_military_parity.in_millions, 2) == Decimal("63857.31")
    whole = 166_029_000_000 / 2.60 + float(spent)
    assert found.total_at_military_parity is not None
    assert float(found.total_at_military_parity.amount) == pytest.approx(whole)
    assert poland.share_at_military_parity is not None
    assert float(poland.share_at_military_parity.as_fraction) == pytest.approx(166_029_000_000 / 2.60 / whole)
    assert poland.real_burden is not None
    assert poland.burden is not None
    gdp_rate = float(OUTLOOK.figure("POL", 2025, "ppp_conversion_rate").value)
    assert float(poland.real_burden.as_fraction) == pytest.approx(
        float(poland.burden.as_fraction) * gdp_rate / 2.60, 1e-4
    )
    assert poland.expenditure == TABLE.expenditure("POL", 2025).value
    assert poland.status is nb.Status.ESTIMATE
    assert SOURCE in poland.sources
    assert "military parity of Poland, 2025: 2.60 PLN per dollar of defence" in poland.explain()
    row = poland.to_row()
    assert row["at_military_parity_million_military_dollars"] == pytest.approx(63857.31, abs=0.01)


@given(st.integers(10, 9999).map(lambda number: Decimal(number).scaleb(-2)))
def test_where_both_parities_are_one_the_burdens_are_one(rate: Decimal) -> None:
    military = parities(str(rate))
    found = burden.at_purchasing_power(TABLE, 2025, OUTLOOK, group=PAIR, military=military)
    assert found["USA"].real_burden is not None
    assert found["USA"].burden is not None
    assert float(found["USA"].real_burden.as_fraction) == pytest.approx(float(found["USA"].burden.as_fraction), 1e-3)
    parts = [row.share_at_military_parity for row in found]
    assert sum(part.as_fraction for part in parts if part) == pytest.approx(Decimal(1))


def test_a_member_without_a_military_parity_is_named() -> None:
    with pytest.raises(errors.MissingFiguresError, match="no military parity for 2025 of Germany"):
        burden.at_purchasing_power(TABLE, 2025, OUTLOOK, group=[*PAIR, "DEU"], military=parities())
    with pytest.raises(errors.MissingFiguresError, match="no military parity for 2024 of United States, Poland"):
        burden.at_purchasing_power(TABLE, 2024, OUTLOOK, group=PAIR, military=parities())


def test_a_military_parity_in_another_currency_is_refused() -> None:
    wrong = parities(POL={2025: nb.Money("0.60", "EUR")})
    with pytest.raises(errors.MixedCurrenciesError, match="PLN and EUR"):
        burden.at_purchasing_power(TABLE, 2025, OUTLOOK, group=PAIR, military=wrong)


@pytest.mark.parametrize(
    ("edition", "year", "ally", "per_euro"),
    [
        ("2024-06", 2024, "BGR", 1.95583),
        ("2022-06", 2022, "HRV", 7.5345),
        ("2026-07", 2025, "DEU", 1.0),
    ],
)
def test_a_currency_that_the_euro_replaced_is_taken_at_its_fixed_rate(
    edition: str, year: int, ally: str, per_euro: float
) -> None:
    table = nb.datasets.defence_expenditure(edition)
    found = burden.at_purchasing_power(table, year, OUTLOOK, group=[ally])[ally]
    printed = float(table.in_currency("own").expenditure(ally, year).value.amount)
    rate = float(OUTLOOK.figure(ally, year, "ppp_conversion_rate").value)
    assert float(found.at_parity.amount) == pytest.approx(printed / per_euro / rate)


def test_a_military_parity_in_the_lev_or_in_euro_gives_the_same() -> None:
    table = nb.datasets.defence_expenditure("2024-06")

    def of(rate: str, currency: str) -> MilitaryDollars | None:
        military = MilitaryParities.of("invented", {"BGR": {2024: nb.Money(rate, currency)}}, source=SOURCE)
        return burden.at_purchasing_power(table, 2024, OUTLOOK, group=["BGR"], military=military)[
            "BGR"
        ].at_military_parity

    in_lev, in_euro = of("1.95583", "BGN"), of("1", "EUR")
    assert in_lev is not None
    assert in_euro is not None
    assert float(in_lev.amount) == pytest.approx(float(in_euro.amount))


def test_parities_of_another_kind_are_refused() -> None:
    rates: Any = {"POL": {2025: "2.60"}}
    with pytest.raises(errors.UnexpectedValueError, match=r"MilitaryParities\.of"):
        burden.at_purchasing_power(TABLE, 2025, OUTLOOK, group=PAIR, military=rates)


def test_an_edition_without_gdp_at_current_prices_has_amounts_and_no_burdens() -> None:
    old = nb.datasets.defence_expenditure("2022-06")
    military = parities(DEU={2021: nb.Money("0.9", "EUR")}, POL={2021: nb.Money("2.5", "PLN")})
    found = burden.at_purchasing_power(old, 2021, OUTLOOK, group=["POL", "DEU"], military=military)
    assert (found.burden, found.burden_at_parity, found.real_burden) == (None, None, None)
    assert (found["POL"].burden, found["POL"].gdp_at_parity, found["POL"].real_burden) == (None, None, None)
    assert isinstance(found.total_at_parity, InternationalDollars)
    assert isinstance(found.total_at_military_parity, MilitaryDollars)
    assert "burden: none: no GDP at current prices printed" in str(found["POL"])
    assert "burden at military parity: none" in str(found["POL"])
