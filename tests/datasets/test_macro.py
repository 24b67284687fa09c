"""The packaged outlook, loans, estimates and events hold what their files hold, against the files and other tables."""

from __future__ import annotations

import csv
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

import natoburden as nb
from natoburden.datasets._files import DATA
from natoburden.datasets.targets import target_entries
from natoburden.errors import MixedPriceBasesError, NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model.macro_measures import InternationalDollars, MacroMeasure, MacroUnit

TABLE = nb.datasets.macro()
RATES = nb.datasets.yearly_exchange_rates()
UNSTATED = {"AUS", "FRA", "HRV", "JPN", "LTU", "MKD", "MNE"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / "macro" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- the outlook -----------------------------------------------------------------------------------------


def test_every_figure_is_that_of_the_file() -> None:
    exponents = {"persons": 6, "national currency": 9, "national currency at constant prices": 9, "US dollars": 9}
    exponents |= {"international dollars": 9}
    expected = {
        (row["country"], year, row["measure"], row["unit"]): Decimal(row[year]).scaleb(exponents.get(row["unit"], 0))
        for row in rows("outlook_2026-04.csv")
        for year in row
        if year.isdigit() and row[year]
    }
    found: dict[tuple[str, str, str, str], Decimal] = {}
    for item in TABLE:
        value = item.value
        if isinstance(value, nb.Money | InternationalDollars):
            figure = value.amount
        else:
            figure = value.as_percent if isinstance(value, nb.Share | nb.Rate) else value
        found[item.country.alpha_3, str(item.year), item.measure.value, item.unit.value] = figure
    assert found == expected
    assert (len(TABLE), len(found)) == (13_663, 13_663)


def test_it_holds_all_allies_four_partners_and_sixteen_series() -> None:
    allies = set(nb.Group.find("NATO").members(2026))
    assert {country.alpha_3 for country in set(TABLE.countries) - allies} == {"AUS", "JPN", "KOR", "UKR"}
    assert allies <= set(TABLE.countries)
    assert TABLE.years == tuple(range(2008, 2032))
    assert set(TABLE.units) == set(MacroMeasure)
    assert sum(map(len, TABLE.units.values())) == 16
    assert set(TABLE.units[MacroMeasure.GDP]) == {
        MacroUnit.NATIONAL_CURRENCY, MacroUnit.CONSTANT_PRICES, MacroUnit.US_DOLLARS, MacroUnit.INTERNATIONAL_DOLLARS,
    }  # fmt: skip


def test_years_after_2025_are_forecasts() -> None:
    assert {item.year for item in TABLE if item.is_forecast} == set(range(2026, 2032))
    assert TABLE.figure("USA", 2025, "population").status is nb.Status.ACTUAL


def test_gdp_in_dollars_is_that_of_nato_within_a_per_cent_but_for_luxembourg_and_few_others() -> None:
    nato = nb.datasets.defence_expenditure("2026-07")
    off: dict[str, int] = {}
    compared = 0
    for item in nato.select(measure=nb.Measure.GDP, basis=nb.CURRENT_PRICES):
        if not isinstance(item.entity, nb.Country) or item.value.currency != nb.Currency("USD"):
            continue
        compared += 1
        ours = TABLE.figure(item.entity, item.year, "gdp", "US dollars").value
        if abs(ours / item.value - 1) > Decimal("0.01"):
            off[item.entity.name] = off.get(item.entity.name, 0) + 1
    assert (compared, compared - sum(off.values())) == (403, 389)
    assert off.pop("Luxembourg") == 4  # from 2023 on: NATO counts its gross national income
    assert sum(off.values()) == 10


def test_national_currencies_are_those_of_the_banks_rates() -> None:
    for country in TABLE.countries:
        local, dollars = (
            TABLE.figure(country, 2024, "gdp", unit).value for unit in ("national currency", "US dollars")
        )
        rates = RATES.for_year(2024)
        if local.currency in rates.currencies:
            assert abs(rates.convert(local, "USD") / dollars - 1) < Decimal("0.025"), country
        else:
            assert str(local.currency) in ("ALL", "MKD", "UAH")
    assert str(TABLE.figure("BGR", 2020, "gdp", "national currency").value.currency) == "EUR"


def test_constant_prices_are_of_the_year_in_which_both_gdps_agree_or_unstated() -> None:
    unstated = set()
    for country in TABLE.countries:
        basis = TABLE.figure(country, 2024, "gdp", "national currency at constant prices").value.basis
        if basis == nb.UNSTATED_PRICES:
            unstated.add(country.alpha_3)
            continue
        now, then = (
            TABLE.figure(country, basis.year, "gdp", unit).value.amount
            for unit in ("national currency", "national currency at constant prices")
        )
        assert abs(now / then - 1) < Decimal("0.001")
        assert TABLE.figure(country, basis.year, "gdp_deflator").value == 100
    assert unstated == UNSTATED
    france = TABLE.figure("FRA", 2024, "gdp", "national currency at constant prices").value
    with pytest.raises(MixedPriceBasesError):
        france + france


def test_a_share_of_gdp_is_refused_between_dollars_of_two_kinds() -> None:
    size = TABLE.figure("POL", 2025, "gdp", "international dollars").value
    dollars = TABLE.figure("POL", 2025, "gdp", "US dollars").value
    with pytest.raises(TypeError):
        dollars.share_of(size)


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("Germany", 2025, "gdp"), UnexpectedValueError, "'US dollars', 'international dollars', 'national currency'"),
        (("Greece", 2025, "government_net_debt"), NoObservationError, "valid: 33 other rows, 2008-2031"),
        (("Ukraine", 2031, "government_structural_balance"), NoObservationError, "valid: Ukraine: 20"),
        (("Germany", 2007, "population"), NoObservationError, "valid: Germany: 2008-2031"),
        (("Germany", 2025, "unemployment"), UnknownNameError, "unknown macro measure 'unemployment'"),
    ],
)
def test_a_figure_that_is_missing_is_refused_with_what_there_is(
    arguments: Any, error: type[Exception], said: str
) -> None:
    with pytest.raises(error, match=said):
        TABLE.figure(*arguments)


def test_only_what_is_asked_for_is_made_and_loaded() -> None:
    code = (
        "import sys, natoburden as nb; nb.datasets.defence_expenditure('2026-07');"
        "assert not {n for n in sys.modules if 'macro' in n or 'published' in n};"
        "t = nb.datasets.macro(); t.figure('DEU', 2025, 'population');"
        "assert 'natoburden.model.published' not in sys.modules;"
        "print(sum(item is not None for item in t._figures._made))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n"


def test_the_packaged_outlook_is_small() -> None:
    assert (DATA / "macro" / "outlook_2026-04.csv").stat().st_size < 500_000


# --- loans, estimates, events ----------------------------------------------------------------------------


def test_loans_are_those_of_the_file_and_a_blank_is_unknown() -> None:
    loans, lines = nb.datasets.safe_loans(), rows("safe_loans.csv")
    assert [loan.key for loan in loans] == [line["country"] for line in lines]
    for loan, line in zip(loans, lines, strict=True):
        for amount, column in (
            (loan.tentative, "tentative_million_eur"),
            (loan.maximum, "maximum_million_eur"),
            (loan.prefinancing, "prefinancing_million_eur"),
        ):
            assert amount == (nb.Money.millions(line[column], "EUR") if line[column] else None)
    assert (len(loans), sum(loan.maximum is not None for loan in loans)) == (19, 12)
    assert {loan.key for loan in loans if loan.is_decided and loan.maximum is None} == {"POL", "LTU", "LVA", "SVK"}
    assert {loan.key for loan in loans if not loan.is_decided} == {"CZE", "FRA", "HUN"}
    assert loans["ITA"].prefinancing == nb.Money(0, "EUR")
    assert loans["POL"].prefinancing is None


def test_tentative_loans_add_up_to_the_instrument_and_the_first_wave_to_its_published_sum() -> None:
    loans = nb.datasets.safe_loans()
    tentative = nb.Money.total(loan.tentative for loan in loans if loan.tentative)
    assert abs(tentative.in_billions - 150) < Decimal("0.1")
    first = nb.Money.total(loan.maximum for loan in loans if loan.maximum and str(loan.decided) == "2026-02-11")
    published = nb.datasets.events()["2026-02-11-safe"].amount
    assert published is not None
    assert abs(first.in_billions - published.in_billions) < Decimal("0.1")


def test_nineteen_estimates_each_have_their_scope_denominator_method_period_and_trust() -> None:
    found, lines = nb.datasets.american_share_estimates(), rows("american_share_estimates.csv")
    assert (len(found), len({item.key for item in found})) == (19, 19)
    assert all(item.scope and item.method and item.period and item.source.publisher for item in found)
    assert all(item.denominator for item in found if not item.amount)
    shown = {item.key: item.value for item in found}
    for line in lines:
        value: Any = shown[line["key"]]
        assert (value.in_billions if isinstance(value, nb.Money) else value.as_percent) == Decimal(line["value"])
    assert "as above" not in {item.method for item in found}
    comparable = [
        (one.key, other.key)
        for number, one in enumerate(found)
        for other in found.items[number + 1 :]
        if one.is_comparable_with(other)
    ]
    assert comparable == [("sipri-2015-2019-american", "sipri-2020-2024-american")]


def test_sixteen_events_follow_the_demand_each_with_its_report() -> None:
    found, lines = nb.datasets.events(), rows("events.csv")
    assert (len(found), len({event.key for event in found})) == (16, 16)
    [demanded] = [entry.adopted for entry in target_entries() if entry.target is nb.US_DEMAND]
    assert all(event.date > demanded and event.source.url for event in found)
    assert [event.date for event in found] == sorted(event.date for event in found)
    for event, line in zip(found, lines, strict=True):
        figures = [figure for figure in (event.share, event.amount, event.count) if figure is not None]
        assert len(figures) == bool(line["value"])
    assert found["2025-04-30-fiscal"].count == 16
    assert found["2025-06-25-nato"].share == nb.Share.percent(5)
    assert found["2025-08-21-eu-us-arms"].amount is None
