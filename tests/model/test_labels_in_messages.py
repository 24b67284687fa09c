"""What measures, fuels and schemes of codes are called where messages and tables name them."""

from __future__ import annotations

from decimal import Decimal

import pytest

import natoburden as nb
from natoburden import model
from natoburden.errors import UnexpectedValueError

TABLE = nb.datasets.defence_expenditure("2026-07")


def test_a_measure_of_expenditure_is_named_in_words() -> None:
    assert {item.value: str(item) for item in model.Measure} == {
        "expenditure": "defence expenditure",
        "gdp": "gross domestic product",
        "share_of_gdp": "defence expenditure as a share of GDP",
        "real_change": "annual real change of defence expenditure",
        "real_change_since_2014": "real change of defence expenditure since 2014",
        "expenditure_per_capita": "defence expenditure per head",
        "gdp_per_capita": "GDP per head",
        "military_personnel": "military personnel",
        "equipment_share": "equipment as a share of defence expenditure",
        "personnel_share": "personnel as a share of defence expenditure",
        "infrastructure_share": "infrastructure as a share of defence expenditure",
        "other_share": "other spending as a share of defence expenditure",
    }


def test_a_measure_of_an_outlook_is_named_in_words() -> None:
    assert {item.value: item.label for item in model.MacroMeasure} == {
        "gdp": "gross domestic product",
        "gdp_growth": "growth of GDP at constant prices",
        "gdp_deflator": "GDP deflator",
        "ppp_conversion_rate": "implied conversion rate of purchasing power parity",
        "population": "population",
        "inflation_average": "inflation, average consumer prices",
        "government_revenue": "general government revenue",
        "government_expenditure": "general government expenditure",
        "government_net_lending": "general government net lending",
        "government_primary_net_lending": "general government primary net lending",
        "government_structural_balance": "general government structural balance",
        "government_gross_debt": "general government gross debt",
        "government_net_debt": "general government net debt",
    }


def test_a_fuel_is_named_in_words() -> None:
    assert {item.value: str(item) for item in nb.Fuel} == {
        "G3000": "natural gas (LNG included)",
        "G3200": "LNG",
        "G3000-G3200": "pipeline gas",
        "O4000XBIO": "oil and petroleum products",
        "O4100_TOT": "crude oil",
        "O4671XR5220B": "gas oil and diesel (distillate)",
        "C0000X0350-0370": "solid fossil fuels",
        "TOTAL": "all fuels",
    }


def test_a_scheme_of_codes_is_named_with_its_publisher() -> None:
    assert {item.value: item.label for item in model.CodeScheme} == {
        "name": "a name",
        "iso3": "ISO 3166-1 alpha-3",
        "iso2": "ISO 3166-1 alpha-2",
        "iso_numeric": "ISO 3166-1 numeric",
        "eurostat": "Eurostat",
        "world_bank": "World Bank",
        "cow": "Correlates of War, number",
        "cow_letters": "Correlates of War, letters",
        "gw": "Gleditsch and Ward, number",
        "gw_letters": "Gleditsch and Ward, letters",
    }


def test_rows_without_a_source_of_their_own_are_the_callers() -> None:
    rows = [{"country": "POL", "year": 2025, "value": Decimal(3), "source": "a list"}]
    [(_, found)] = model.YearlyFigures.from_rows("people", rows).by_year
    assert str(found.source) == "figures of the caller, a list"


@pytest.mark.parametrize("unit", ["PPP", "INT$", "International dollars"])
def test_what_nobody_pays_in_is_not_a_currency_of_a_table(unit: str) -> None:
    with pytest.raises(
        UnexpectedValueError, match=r"^.{3,21} is not usable as a currency; purchasing power parity compares"
    ):
        TABLE.in_currency(unit)
