"""Figures of an outlook: each has its unit, GDP has four, and international dollars are not US dollars."""

from __future__ import annotations

import copy
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownCountryError, UnknownNameError
from natoburden.model.macro_measures import InternationalDollars, MacroMeasure, MacroUnit
from natoburden.model.macro_tables import MacroFigure, MacroTable

SOURCE = nb.Source(title="Invented", publisher="a test")
PRICES = nb.PriceBasis.constant(2020)
POL, DEU = nb.Country("POL"), nb.Country("DEU")


def figure(measure: str, unit: str, value: Any, *, country: nb.Country = POL, year: int = 2025) -> MacroFigure[Any]:
    status = nb.Status.PROJECTION if year > 2025 else nb.Status.ACTUAL
    return MacroFigure(
        country=country, year=year, measure=MacroMeasure(measure), unit=MacroUnit(unit), value=value, status=status,
        edition="x", source=SOURCE,
    )  # fmt: skip


FIGURES = (
    figure("gdp", "national currency", nb.Money.billions(3900, "PLN")),
    figure("gdp", "national currency", nb.Money.billions(4100, "PLN"), year=2026),
    figure("gdp", "US dollars", nb.Money.billions(1040, "USD")),
    figure("gdp", "national currency at constant prices", nb.Money.billions(2800, "PLN", PRICES)),
    figure("gdp", "international dollars", InternationalDollars(1_950_000_000_000)),
    figure("gdp_deflator", "index", Decimal("139.3")),
    figure("gdp_deflator", "index", Decimal("143.5"), year=2026),
    figure("population", "persons", Decimal(36_500_000)),
    figure("government_revenue", "percent of GDP", nb.Share.percent("42.5")),
    figure("government_net_lending", "percent of GDP", nb.Rate.percent("-6.75")),
    figure("government_structural_balance", "percent of potential GDP", nb.Rate.percent("-6.5")),
    figure("gdp_growth", "percent", nb.Rate.percent("3.2"), country=DEU),
)
TABLE = MacroTable(edition="x", last_outcome=2025, source=SOURCE, figures=FIGURES)


def test_a_figure_is_found_by_country_year_measure_and_unit() -> None:
    assert TABLE.figure("Poland", 2025, "gdp", "US dollars") is FIGURES[2]
    assert TABLE.figure(POL, 2025, MacroMeasure.GDP, MacroUnit.INTERNATIONAL_DOLLARS) is FIGURES[4]
    assert TABLE.figure("PL", 2025, "population").value == 36_500_000
    assert (tuple(TABLE), len(TABLE), TABLE.years, TABLE.countries) == (FIGURES, 12, (2025, 2026), (DEU, POL))
    assert repr(TABLE) == "<MacroTable x: 2 countries, 2025-2026>"


def test_gdp_without_its_unit_is_refused_with_the_four() -> None:
    with pytest.raises(UnexpectedValueError) as caught:
        TABLE.figure("Poland", 2025, "gdp")
    for unit in ("national currency", "US dollars", "national currency at constant prices", "international dollars"):
        assert repr(unit) in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "error", "said"),
    [
        (("Poland", 2025, "gdp", "US dolars"), UnknownNameError, "unknown unit of gdp 'US dolars'.*mean 'US dollars'"),
        (("Poland", 2025, "population", "percent"), UnknownNameError, "valid: persons"),
        (("Poland", 2025, "gpd"), UnknownNameError, "mean 'gdp'"),
        (("Poland", 2025, "inflation_average"), UnknownNameError, "unknown measure of edition x"),
        (("Poland", 2026, "population"), NoObservationError, "of Poland for 2026; valid: Poland: 2025"),
        (("Germany", 2025, "population"), NoObservationError, "valid: 1 other row, 2025"),
        (("Atlantis", 2025, "population"), UnknownCountryError, "Atlantis"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_with_what_is(arguments: Any, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        TABLE.figure(*arguments)


def test_figures_are_selected_by_what_agrees() -> None:
    assert list(TABLE.select()) == list(FIGURES)
    assert list(TABLE.select(country="Germany")) == [FIGURES[-1]]
    assert list(TABLE.select(year=2026)) == [FIGURES[1], FIGURES[6]]
    assert list(TABLE.select(measure="gdp", unit="national currency", year=2025)) == [FIGURES[0]]
    assert list(TABLE.select(unit=MacroUnit.PERSONS)) == [FIGURES[7]]
    with pytest.raises(UnknownNameError):
        list(TABLE.select(measure="size"))


def test_a_deflator_is_of_the_national_currency() -> None:
    prices = TABLE.deflator("Poland")
    assert (str(prices.currency), prices.level(2026)) == ("PLN", Decimal("143.5"))
    assert prices.name == "GDP deflator of Poland, edition x"
    with pytest.raises(NoObservationError, match="of Germany"):
        TABLE.deflator("Germany")


def test_international_dollars_are_not_us_dollars() -> None:
    size, dollars = InternationalDollars(5_000_000_000), nb.Money.billions(5, "USD")
    for combine in (lambda: size + dollars, lambda: dollars + size, lambda: size / dollars, lambda: size < dollars):  # type: ignore[operator] # refused on purpose
        with pytest.raises(TypeError):
            combine()
    given: object = dollars
    assert size != given
    assert size + size == InternationalDollars(10_000_000_000)
    assert size.share_of(size * 4) == nb.Share.percent(25)
    assert [str(InternationalDollars(value)) for value in (0, 12, 5_000_000, "6.2e12")] == [
        "Int$ 0.00 (PPP)", "Int$ 12.00 (PPP)", "Int$ 5.00 m (PPP)", "Int$ 6.20 tn (PPP)",
    ]  # fmt: skip
    assert repr(size) == "InternationalDollars('5 bn')"
    assert size.in_column == ("million_international_dollars", Decimal(5000))


def test_a_figure_says_what_it_is() -> None:
    lines = [item.working for item in FIGURES]
    assert lines[0] == "gross domestic product, Poland, 2025: 3,900,000 m PLN, current prices (actual, edition x)"
    assert lines[4].startswith("gross domestic product, Poland, 2025: 1,950,000 m international dollars (actual")
    assert lines[7] == "population, Poland, 2025: 36,500,000 persons (actual, edition x)"
    assert lines[9].endswith("2025: -6.75 % of GDP (actual, edition x)")
    assert lines[10].endswith("2025: -6.5 % of potential GDP (actual, edition x)")
    assert [str(FIGURES[at]) for at in (2, 4, 5, 8, 11)] == [
        "USD 1.04 tn (current prices)", "Int$ 1.95 tn (PPP)", "139.3 index", "42.50 % of GDP", "+3.20 %",
    ]  # fmt: skip
    assert FIGURES[1].in_full == (
        "gross domestic product of Poland, 2026: PLN 4.10 tn (current prices) (projection, x)"
    )


def test_a_forecast_is_marked() -> None:
    assert [(item.is_forecast, item.firmness) for item in FIGURES[:2]] == [
        (False, nb.Status.ACTUAL), (True, nb.Status.PROJECTION),
    ]  # fmt: skip
    assert FIGURES[1].reference == {
        "measure": MacroMeasure.GDP, "unit": MacroUnit.NATIONAL_CURRENCY, "country": POL, "year": 2026,
        "value": nb.Money.billions(4100, "PLN"), "status": nb.Status.PROJECTION, "edition": "x",
    }  # fmt: skip
    assert FIGURES[1].sources == (SOURCE,)


@pytest.mark.parametrize(
    ("measure", "unit", "value"),
    [
        ("gdp", "international dollars", nb.Money.billions(1950, "USD")),
        ("gdp", "US dollars", InternationalDollars(5)),
        ("government_revenue", "percent of GDP", nb.Rate.percent(42)),
        ("government_gross_debt", "percent of GDP", nb.Share.percent(60)),
        ("population", "persons", 5),
        ("population", "persons", Decimal("NaN")),
    ],
)
def test_a_value_of_another_kind_is_refused(measure: str, unit: str, value: Any) -> None:
    with pytest.raises(ValueError, match=r"figure"):
        figure(measure, unit, value)


def test_a_table_without_figures_or_with_two_for_one_cell_is_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="no figure"):
        attrs.evolve(TABLE, figures=())
    with pytest.raises(UnexpectedValueError, match="two figures"):
        attrs.evolve(TABLE, figures=(*FIGURES, FIGURES[0]))


def test_columns_hold_floats_with_unit_currency_and_basis() -> None:
    columns = TABLE.to_columns()
    assert columns["value"][:5] == [3.9e12, 4.1e12, 1.04e12, 2.8e12, 1.95e12]
    assert columns["value"][7:10] == [36_500_000, 42.5, -6.75]
    assert columns["currency"][2:6] == ["USD", "PLN", "", ""]
    assert columns["basis"][2:5] == ["current prices", "constant 2020 prices", ""]
    assert columns["status"][:2] == ["actual", "projection"]
    assert len(TABLE.to_frame("polars")) == 12


@pytest.mark.parametrize("value", [TABLE, FIGURES[4], FIGURES[4].value])
def test_values_survive_copying_and_pickling(value: Any) -> None:
    for same in (copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert (same, hash(same), repr(same)) == (value, hash(value), repr(value))
