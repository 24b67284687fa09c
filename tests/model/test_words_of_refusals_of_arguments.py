"""What arguments of the wrong kind are told in full, and who lacks a library of data frames."""

from __future__ import annotations

import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors, model
from natoburden.model._frames import arrow_stream, frame_of
from natoburden.model.energy import find_place
from tests.calculators.test_offsets import million, work
from tests.model import test_expenditure as expenditure
from tests.model import test_macro_tables as macro
from tests.model.test_notices import record
from tests.model.test_transfers import transfer
from tests.model.test_words_of_refusals_of_promises import SCENARIO
from tests.refusals import refusal

ARTICLE = nb.fixtures.article()
TABLE = nb.datasets.defence_expenditure("2026-07")
CELL = expenditure.CELLS[0]
WRONG: Any = "soon"
NAME: Any = "Germany"
SEVERAL: Any = ["POL", "DEU"]
OTHER_BACKEND: Any = "dask"
INDEX = model.Deflator.of("CPI", "EUR", {2021: 100}, source=ARTICLE.source)


def without(ask: Callable[[], Any], *libraries: str) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        for name in libraries:
            patch.setitem(sys.modules, name, None)
        return ask()


REFUSALS = [
    pytest.param(
        lambda: record(WRONG),
        errors.UnexpectedValueError,
        "'soon' is not usable as a notice; a record of notices holds SaleNotification only",
        id="notices in words",
    ),
    pytest.param(
        lambda: attrs.evolve(record(), buyers=(WRONG,)),
        errors.UnexpectedValueError,
        "'soon' is not usable as a buyer that is on record; give countries: Country('POL')",
        id="buyers of notices in words",
    ),
    pytest.param(
        lambda: transfer(delivered=WRONG),
        errors.InvalidNumberError,
        "a count of weapons: 'soon' is not usable; valid: a finite decimal number",
        id="a count of weapons in words",
    ),
    pytest.param(
        lambda: model.InternationalDollars(WRONG),
        errors.InvalidNumberError,
        "an amount of dollars of a parity: 'soon' is not usable; valid: a finite decimal number",
        id="dollars of a parity in words",
    ),
    pytest.param(
        lambda: find_place(SEVERAL),
        errors.UnexpectedValueError,
        "['POL', 'DEU'] is not usable as a place; one place is asked for: ask of each country, one after the other",
        id="several places for one",
    ),
    pytest.param(
        lambda: SCENARIO.overridden("Slow", WRONG, reason="a test"),
        errors.UnexpectedValueError,
        "'soon' is not usable as changes; give a mapping of assumptions: {'gdp_growth': Rate.percent('0.5')}",
        id="changes of a scenario in words",
    ),
    pytest.param(
        lambda: model.Deflator.of("CPI", "EUR", WRONG, source=ARTICLE.source),
        errors.UnexpectedValueError,
        "'soon' is not usable as levels of an index; give a mapping of years to levels: {2021: 100, 2025: 140}",
        id="levels of a price index in words",
    ),
    pytest.param(
        lambda: INDEX.to_current(WRONG, year=2021),
        errors.UnexpectedValueError,
        "'soon' is not usable as an amount; write Money.billions(5, 'USD')",
        id="a text to deflate",
    ),
    pytest.param(
        lambda: model.UnitPrice(nb.Money(3, "USD"), WRONG),
        errors.UnknownNameError,
        (
            "unknown unit of a price 'soon'; valid: MJ, GJ, TJ, PJ, MWh, GWh, TWh, therm, MMBtu, TBtu, toe, ktoe "
            "and 15 more"
        ),
        id="a text for the unit of a price",
    ),
    pytest.param(
        lambda: model.UnitPrice(nb.Money(3, "USD"), 5),  # type: ignore[arg-type] # refused on purpose
        errors.UnexpectedValueError,
        (
            "5 is not usable as a unit that energy is priced in; write EnergyUnit.MMBTU, GasUnit.MCF, "
            "OilUnit.BARREL, or another unit of these kinds"
        ),
        id="a number for the unit of a price",
    ),
    pytest.param(
        lambda: model.MilitaryParities.of("mine", WRONG, source=ARTICLE.source),
        errors.UnexpectedValueError,
        (
            "'soon' is not usable as military parities; give money by country and year: {'POL': {2021: "
            "Money('2.10', 'PLN')}}"
        ),
        id="parities in words",
    ),
    pytest.param(
        lambda: model.MilitaryParities.of("mine", {"Poland": WRONG}, source=ARTICLE.source),
        errors.UnexpectedValueError,
        (
            "'soon' is not usable as military parities of Poland; give money by country and year: {'POL': {2021: "
            "Money('2.10', 'PLN')}}"
        ),
        id="parities of a country in words",
    ),
    pytest.param(
        lambda: model.MilitaryParities.of("mine", {"Poland": {2024: WRONG}}, source=ARTICLE.source),
        errors.UnexpectedValueError,
        (
            "'soon' is not usable as a military parity of Poland; give money by country and year: {'POL': {2021: "
            "Money('2.10', 'PLN')}}"
        ),
        id="a parity that is a number",
    ),
    pytest.param(
        lambda: TABLE.expenditure("Poland", 2024, WRONG),
        errors.UnexpectedValueError,
        "'soon' is not usable as a price basis; write CURRENT_PRICES or PriceBasis.constant(2021)",
        id="a price basis in words",
    ),
    pytest.param(
        lambda: TABLE.expenditure("Poland", 2024, currency=5),  # type: ignore[arg-type] # refused on purpose
        errors.UnexpectedValueError,
        "5 is not usable as a currency; write its code: 'USD'",
        id="a number for a currency",
    ),
    pytest.param(
        lambda: TABLE.in_currency(5),  # type: ignore[arg-type] # refused on purpose
        errors.UnexpectedValueError,
        "5 is not usable as a currency; write its code: 'EUR', or 'own'",
        id="a number for a currency to convert to",
    ),
    pytest.param(
        lambda: attrs.evolve(CELL, entity=NAME),
        errors.UnexpectedValueError,
        "'Germany' is not usable as a country or group; find it first: Country.find('Germany')",
        id="a name for the entity of a figure",
    ),
    pytest.param(
        lambda: attrs.evolve(CELL, value="5"),
        errors.UnexpectedValueError,
        "'5' is not usable as a figure; give Money, a Share, a Rate or a Decimal",
        id="a text for a figure",
    ),
    pytest.param(
        lambda: attrs.evolve(macro.FIGURES[0], value=Decimal(5)),
        errors.UnexpectedValueError,
        "Decimal('5') is not usable as a figure in national currency; give it as Money",
        id="a figure of an outlook in another type",
    ),
    pytest.param(
        lambda: nb.Country.find("255"),
        errors.UnknownCountryError,
        (
            "no country is called '255'; valid: an ISO 3166-1 code, or a name as NATO, SIPRI, Eurostat, the World "
            "Bank, the IMF or CLDR writes it; a number is ISO's; 255 is Germany for Country.find('255', "
            "scheme='cow')"
        ),
        id="a number of a list of states",
    ),
    pytest.param(
        lambda: frame_of({"a": [1]}, OTHER_BACKEND),
        errors.UnknownNameError,
        "unknown backend 'dask'; valid: polars, pandas, pyarrow",
        id="an unknown backend",
    ),
    pytest.param(
        lambda: without(lambda: frame_of({"a": [1]}, "pandas"), "narwhals"),
        errors.MissingExtraError,
        "to_frame needs narwhals and pandas; pip install 'natoburden[frames]' provides it",
        id="frames without Narwhals",
    ),
    pytest.param(
        lambda: without(lambda: frame_of({"a": [1]}), "polars", "pandas", "pyarrow"),
        errors.MissingExtraError,
        "to_frame needs polars or pandas or pyarrow; pip install 'natoburden[frames]' provides it",
        id="frames without a backend",
    ),
    pytest.param(
        lambda: without(lambda: arrow_stream({"a": [1]}), "polars", "pyarrow"),
        errors.MissingExtraError,
        "the Arrow interface needs pyarrow or polars; pip install 'natoburden[frames]' provides it",
        id="an Arrow stream without a maker",
    ),
    pytest.param(
        lambda: nb.Money.millions(WRONG, "EUR"),
        errors.InvalidNumberError,
        "amount in millions: 'soon' is not usable; valid: a finite decimal number",
        id="an amount of money in words",
    ),
    pytest.param(
        lambda: nb.Money.billions(WRONG, "EUR"),
        errors.InvalidNumberError,
        "amount in billions: 'soon' is not usable; valid: a finite decimal number",
        id="an amount in billions in words",
    ),
    pytest.param(
        lambda: nb.Share.fraction(WRONG),
        errors.InvalidNumberError,
        "share as a fraction: 'soon' is not usable; valid: a finite decimal number",
        id="a fraction in words",
    ),
    pytest.param(
        lambda: nb.Rate.percent(WRONG),
        errors.InvalidNumberError,
        "rate in percent: 'soon' is not usable; valid: a finite decimal number",
        id="a rate in words",
    ),
    pytest.param(
        lambda: nb.Rate.fraction(WRONG),
        errors.InvalidNumberError,
        "rate as a fraction: 'soon' is not usable; valid: a finite decimal number",
        id="a fraction of a rate in words",
    ),
    pytest.param(
        lambda: nb.Rate.between(5, WRONG),
        errors.InvalidNumberError,
        "amount after: 'soon' is not usable; valid: a finite decimal number",
        id="a change to a word",
    ),
    pytest.param(
        lambda: nb.Share.of(5, WRONG),
        errors.InvalidNumberError,
        "whole: 'soon' is not usable; valid: a finite decimal number",
        id="a share of a word",
    ),
    pytest.param(
        lambda: nb.Share.of(WRONG, 5),
        errors.InvalidNumberError,
        "part: 'soon' is not usable; valid: a finite decimal number",
        id="a part in words",
    ),
    pytest.param(
        lambda: nb.Tiv(WRONG),
        errors.InvalidNumberError,
        "a trend-indicator value: 'soon' is not usable; valid: a finite decimal number",
        id="a volume of arms in words",
    ),
    pytest.param(
        lambda: model.Quotation(nb.Currency("USD"), WRONG),
        errors.InvalidNumberError,
        "an exchange rate: 'soon' is not usable; valid: a finite decimal number",
        id="an exchange rate in words",
    ),
    pytest.param(
        lambda: attrs.evolve(nb.datasets.capitals()[0], latitude=WRONG),
        errors.InvalidNumberError,
        "degrees: 'soon' is not usable; valid: a finite decimal number",
        id="degrees in words",
    ),
    pytest.param(
        lambda: work(million(5), WRONG),
        errors.InvalidNumberError,
        "a multiplier: 'soon' is not usable; valid: a finite decimal number",
        id="a multiplier in words",
    ),
]


@pytest.mark.parametrize(("ask", "kind", "words"), REFUSALS)
def test_an_argument_is_refused_in_words(ask: Callable[[], Any], kind: type[Exception], words: str) -> None:
    assert refusal(ask, kind) == words
