"""What tables, outlooks and indices of prices say in full when they refuse."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors, model
from tests.model import test_expenditure as expenditure
from tests.model import test_macro_tables as macro
from tests.refusals import refusal

SOURCE = nb.Source(title="An example", publisher="this test")
TABLE = nb.datasets.defence_expenditure("2026-07")
OUTLOOK, INDICATOR = macro.TABLE, model.IndicatorTable(key="k", name="A rate", edition="2026", rows=(), source=SOURCE)
ROW = model.IndicatorRow(code="POL", name="Poland", country=nb.Country("POL"), figures=((2024, Decimal(1)),))
CELLS = expenditure.CELLS
MADE = nb.ExpenditureTable(edition=expenditure.EDITION, observations=CELLS)
ABROAD = nb.ExpenditureTable(
    edition=TABLE.edition, observations=[attrs.evolve(TABLE.expenditure("DEU", 2024), entity=nb.Country("AUS"))]
)
BARE = model.Edition(key="2014", source=SOURCE, constant_year=None)


REFUSALS = [
    pytest.param(
        lambda: nb.ExpenditureTable(edition=expenditure.EDITION, observations=()),
        errors.UnexpectedValueError,
        "2030-01 is not usable as a table; it holds no figure: give at least one",
        id="a table without a figure",
    ),
    pytest.param(
        lambda: nb.ExpenditureTable(edition=expenditure.EDITION, observations=(*CELLS, CELLS[1])),
        errors.UnexpectedValueError,
        (
            "2030-01 is not usable as a table; two figures stand for one cell: defence expenditure in USD at "
            "constant 2021 prices, Germany, 2021; keep one"
        ),
        id="a table with a figure twice",
    ),
    pytest.param(
        lambda: BARE.constant_prices,
        errors.UnexpectedValueError,
        "2014 is not usable as an edition at constant prices; it has amounts at current prices only: take another",
        id="constant prices of a table that has none",
    ),
    pytest.param(
        lambda: TABLE.category_share("gdp", "Poland", 2024),
        errors.UnknownNameError,
        "unknown category 'gdp'; valid: equipment_share, personnel_share, infrastructure_share, other_share",
        id="a category that is another measure",
    ),
    pytest.param(
        lambda: TABLE.share_of_gdp("Poland", 1999),
        errors.NoObservationError,
        "edition 2026-07 has no defence expenditure as a share of GDP of Poland for 1999; valid: Poland: 2014-2026",
        id="a figure that a table does not have",
    ),
    pytest.param(
        lambda: TABLE.in_currency("own").expenditure("NATO", 2024),
        errors.UnexpectedValueError,
        (
            "NATO Total is not usable as a country with a currency of its own; a group has none: write one, such "
            "as 'EUR'"
        ),
        id="a currency of a group",
    ),
    pytest.param(
        lambda: ABROAD.in_currency("own").expenditure("AUS", 2024),
        errors.UnexpectedValueError,
        (
            "Australia is not usable as a country with a currency of its own; its own is not known: write one, "
            "such as 'EUR'"
        ),
        id="a currency that is not known",
    ),
    pytest.param(
        lambda: TABLE.in_currency("own", nb.datasets.exchange_rates()),
        errors.UnexpectedValueError,
        (
            "European Central Bank, 2024-12-31 is not usable as rates; own currencies are as NATO prints them: "
            "leave rates out"
        ),
        id="rates beside own currencies",
    ),
    pytest.param(
        lambda: TABLE.in_currency("PPP"),
        errors.UnexpectedValueError,
        (
            "PPP is not usable as a currency; purchasing power parity compares sizes and is not a currency that "
            "anybody pays in: what is bought abroad costs the market rate. For burdens, see "
            "natoburden.burden.at_purchasing_power"
        ),
        id="a currency at purchasing power",
    ),
    pytest.param(
        lambda: MADE.in_currency("GBP").expenditure("DEU", 2021),
        errors.UnexpectedValueError,
        (
            "GBP is not usable as a currency; this table comes without rates; give "
            "rates=natoburden.datasets.yearly_exchange_rates(), or your own"
        ),
        id="a currency without rates",
    ),
    pytest.param(
        lambda: attrs.evolve(OUTLOOK, figures=()),
        errors.UnexpectedValueError,
        "x is not usable as an outlook; it holds no figure: give at least one",
        id="an outlook without a figure",
    ),
    pytest.param(
        lambda: attrs.evolve(OUTLOOK, figures=(*macro.FIGURES, macro.FIGURES[7])),
        errors.UnexpectedValueError,
        "x is not usable as an outlook; two figures stand for one cell: population, persons, Poland, 2025; keep one",
        id="an outlook with a figure twice",
    ),
    pytest.param(
        lambda: OUTLOOK.figure("Poland", 2025, "public_debt"),
        errors.UnknownNameError,
        (
            "unknown macro measure 'public_debt'; valid: gdp, gdp_growth, gdp_deflator, ppp_conversion_rate, "
            "population, inflation_average, government_revenue, government_expenditure, government_net_lending, "
            "government_primary_net_lending, government_structural_balance, government_gross_debt and 1 more"
        ),
        id="a measure that an outlook does not have",
    ),
    pytest.param(
        lambda: OUTLOOK.figure("Poland", 2025, "inflation_average"),
        errors.UnknownNameError,
        (
            "unknown measure of edition x 'inflation_average'; valid: gdp, gdp_growth, gdp_deflator, population, "
            "government_revenue, government_net_lending, government_structural_balance"
        ),
        id="a measure that an edition does not have",
    ),
    pytest.param(
        lambda: OUTLOOK.figure("Poland", 2025, "gdp"),
        errors.UnexpectedValueError,
        (
            "not given is not usable as the unit of gdp; the measure has several units, say which: 'national "
            "currency', 'US dollars', 'national currency at constant prices', 'international dollars'"
        ),
        id="a measure in several units",
    ),
    pytest.param(
        lambda: OUTLOOK.figure("Poland", 2025, "gdp", "euros"),
        errors.UnknownNameError,
        (
            "unknown unit of gdp 'euros'; valid: national currency, US dollars, national currency at constant "
            "prices, international dollars"
        ),
        id="a unit that a measure does not have",
    ),
    pytest.param(
        lambda: OUTLOOK.figure("Poland", 2030, "gdp", "US dollars"),
        errors.NoObservationError,
        "edition x has no gross domestic product in US dollars of Poland for 2030; valid: Poland: 2025",
        id="a figure that an outlook does not have",
    ),
    pytest.param(
        lambda: MADE.share_of_gdp("Finland", 2021),
        errors.NoObservationError,
        (
            "edition 2030-01 has no defence expenditure as a share of GDP of Finland for 2021; valid: 3 other "
            "rows, 2021-2022"
        ),
        id="a figure of which only others have one",
    ),
    pytest.param(
        lambda: MADE.real_change("Germany", 2021),
        errors.NoObservationError,
        "edition 2030-01 has no annual real change of defence expenditure of Germany for 2021; valid: Germany: 2022",
        id="a figure of a measure that a table does not have",
    ),
    pytest.param(
        lambda: MADE.expenditure("Germany", 2021, currency="PLN"),
        errors.NoObservationError,
        (
            "edition 2030-01 has no defence expenditure in PLN at current prices of Germany for 2021; valid: "
            "defence expenditure in EUR at current prices, defence expenditure in USD at constant 2021 prices, "
            "defence expenditure in USD at current prices"
        ),
        id="a figure in a currency that a table does not have",
    ),
    pytest.param(
        lambda: MADE.share_of_gdp("Iceland", 2021),
        errors.NoObservationError,
        (
            "edition 2030-01 has no defence expenditure as a share of GDP of Iceland for 2021; valid: 3 other "
            "rows, 2021-2022; no armed forces"
        ),
        id="a figure that an edition omits",
    ),
    pytest.param(
        lambda: OUTLOOK.figure("Germany", 2025, "population"),
        errors.NoObservationError,
        "edition x has no population in persons of Germany for 2025; valid: 1 other row, 2025",
        id="a measure that only others have",
    ),
    pytest.param(
        lambda: attrs.evolve(INDICATOR, rows=(ROW, ROW)),
        errors.UnexpectedValueError,
        "POL is not usable as indicator k; give each row once",
        id="rows of an indicator with one code",
    ),
    pytest.param(
        lambda: attrs.evolve(INDICATOR, rows=(ROW,)).row("Germany"),
        errors.UnknownNameError,
        "unknown row of k 'Germany'; valid: Poland",
        id="a row that an indicator does not have",
    ),
    pytest.param(
        lambda: attrs.evolve(INDICATOR, rows=(ROW,)).figure("Poland", 2000),
        errors.NoObservationError,
        "edition 2026 has no A rate of Poland for 2000; valid: Poland: 2024",
        id="a year that an indicator does not have",
    ),
    pytest.param(
        lambda: attrs.evolve(INDICATOR, rows=(attrs.evolve(ROW, figures=()),)).figure("Poland", 2000),
        errors.NoObservationError,
        "edition 2026 has no A rate of Poland for 2000; valid: no year",
        id="a year of a row without a figure",
    ),
    pytest.param(
        lambda: model.Deflator.of("CPI", "EUR", {2021: 100, 2022: 0}, source=SOURCE),
        errors.UnexpectedValueError,
        "0 is not usable as CPI of 2022; a price index is above zero",
        id="a price index of zero",
    ),
    pytest.param(
        lambda: model.Deflator.of("CPI", "EUR", {}, source=SOURCE),
        errors.UnexpectedValueError,
        "no levels is not usable as CPI; give at least one year",
        id="a price index without a year",
    ),
    pytest.param(
        lambda: model.Deflator.of("CPI", "EUR", {2021: 100}, source=SOURCE).level(2030),
        errors.InvalidYearError,
        "CPI: 2030 is not a usable year; valid: 2021",
        id="a year that a price index does not have",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_a_table_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
