"""Tables of expenditure: what is there is found, what is missing is said to be missing, and why."""

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
    NatoBurdenError,
    NoObservationError,
    UnknownCountryError,
    UnknownNameError,
)
from natoburden.model._figures import spans
from natoburden.model.countries import Country
from natoburden.model.expenditure import Edition, ExpenditureTable, Measure, Observation, Omission
from natoburden.model.memberships import Entity, Group
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, Status
from tests.strategies import YEARS

DEU, POL, ISL, FIN = map(Country, ("DEU", "POL", "ISL", "FIN"))
NATO = Group.find("NATO")
EDITION = Edition(
    key="2030-01",
    source=Source(title="Tables made for tests", publisher="the tests", date=dt.date(2030, 1, 2)),
    constant_year=2021,
    estimated_years=(2022,),
    omissions=(
        Omission(entity=ISL, measures=(Measure.SHARE_OF_GDP, Measure.EXPENDITURE), years=(), reason="no armed forces"),
        Omission(entity=POL, measures=(Measure.SHARE_OF_GDP,), years=(2023,), reason="printed as two dots"),
    ),
)
CONSTANT = EDITION.constant_prices
SHIPPED = nb.datasets.defence_expenditure("2026-07")


def cell(measure: Measure, entity: Entity, year: int, value: Any) -> Observation[Any]:
    status = Status.ESTIMATE if year in EDITION.estimated_years else Status.ACTUAL
    return Observation(measure=measure, entity=entity, year=year, value=value, status=status, edition=EDITION)


CELLS = (
    cell(Measure.EXPENDITURE, DEU, 2021, Money.millions(70, "USD")),
    cell(Measure.EXPENDITURE, DEU, 2021, Money.millions(71, "USD", CONSTANT)),
    cell(Measure.EXPENDITURE, DEU, 2021, Money.millions(60, "EUR")),
    cell(Measure.EXPENDITURE, DEU, 2022, Money.millions(77, "USD")),
    cell(Measure.GDP, DEU, 2021, Money.millions(3500, "USD")),
    cell(Measure.SHARE_OF_GDP, DEU, 2021, Share.percent("2.00")),
    cell(Measure.SHARE_OF_GDP, DEU, 2022, Share.percent("2.10")),
    cell(Measure.SHARE_OF_GDP, POL, 2021, Share.percent("3.00")),
    cell(Measure.SHARE_OF_GDP, NATO, 2021, Share.percent("2.50")),
    cell(Measure.REAL_CHANGE, DEU, 2022, Rate.percent("4")),
    cell(Measure.EQUIPMENT_SHARE, DEU, 2021, Share.percent("20")),
    cell(Measure.MILITARY_PERSONNEL, DEU, 2021, Decimal(180_000)),
    cell(Measure.EXPENDITURE_PER_CAPITA, DEU, 2021, Money(850, "USD", CONSTANT)),
    cell(Measure.GDP_PER_CAPITA, DEU, 2021, Money(42_000, "USD", CONSTANT)),
    cell(Measure.GDP, ISL, 2021, Money.millions(25, "USD")),
)
TABLE = ExpenditureTable(edition=EDITION, observations=CELLS)

# --- what is there ---------------------------------------------------------------------------------------


def test_each_lookup_gives_the_figure_it_names() -> None:
    assert TABLE.expenditure("DEU", 2021).value == Money.millions(70, "USD")
    assert TABLE.expenditure(DEU, 2021, CONSTANT).value == Money.millions(71, "USD", CONSTANT)
    assert TABLE.expenditure("Germany", 2021, CURRENT_PRICES, "EUR").value == Money.millions(60, "EUR")
    assert TABLE.expenditure("DE", 2021, currency=Currency("EUR")).value == Money.millions(60, "EUR")
    assert TABLE.gdp("Allemagne", 2021).value == Money.millions(3500, "USD")
    assert TABLE.share_of_gdp("DEU", 2021).value == Share.percent(2)
    assert TABLE.share_of_gdp("NATO Total", 2021).value == Share.percent("2.5")
    assert TABLE.real_change("DEU", 2022).value == Rate.percent(4)
    assert TABLE.category_share(Measure.EQUIPMENT_SHARE, "DEU", 2021).value == Share.percent(20)
    assert TABLE.military_personnel("DEU", 2021).value == 180_000
    assert TABLE.expenditure_per_capita("DEU", 2021).value == Money(850, "USD", CONSTANT)
    assert TABLE.gdp_per_capita("DEU", 2021).value == Money(42_000, "USD", CONSTANT)
    assert TABLE.observation(Measure.GDP, "DEU", 2021, CURRENT_PRICES, "USD") is TABLE.gdp("DEU", 2021)


def test_an_observation_carries_status_edition_and_source() -> None:
    actual, estimate = TABLE.share_of_gdp("DEU", 2021), TABLE.share_of_gdp("DEU", 2022)
    assert (actual.is_estimate, estimate.is_estimate) == (False, True)
    assert estimate.source is EDITION.source
    assert str(estimate) == "2.10 %"
    assert estimate.in_full == "defence expenditure as a share of GDP of Germany, 2022: 2.10 % (estimate, 2030-01)"
    assert repr(estimate).endswith("edition=2030-01)")


def test_an_edition_knows_its_constant_prices() -> None:
    assert PriceBasis.constant(2021) == EDITION.constant_prices
    assert str(EDITION) == "2030-01"


def test_a_table_knows_its_years_and_rows() -> None:
    assert (TABLE.years, TABLE.latest_year, TABLE.countries) == ((2021, 2022), 2022, (DEU, POL))
    assert repr(TABLE) == "<ExpenditureTable 2030-01: 2 countries, 2021-2022>"


def test_members_without_a_row_of_expenditure_do_not_report() -> None:
    table = attrs.evolve(TABLE, observations=(*CELLS, cell(Measure.SHARE_OF_GDP, FIN, 2021, Share.percent("1.5"))))
    assert table.reporting_members("NATO", 2021) == (DEU, POL)
    assert table.reporting_members("NATO", 2023) == (DEU, FIN, POL)
    assert table.reporting_members(Group.find("NATO_NON_EU"), 2023) == ()


def test_years_come_in_order_whatever_the_order_of_the_file() -> None:
    assert ExpenditureTable(edition=EDITION, observations=CELLS[::-1]).years == (2021, 2022)


# --- selecting -------------------------------------------------------------------------------------------


def test_selecting_by_nothing_gives_everything_in_order() -> None:
    assert tuple(TABLE.select()) == CELLS


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ({"measure": Measure.GDP}, [4, 14]),
        ({"entity": "Germany", "measure": Measure.SHARE_OF_GDP}, [5, 6]),
        ({"entity": "NATO"}, [8]),
        ({"year": 2022}, [3, 6, 9]),
        ({"basis": CONSTANT}, [1, 12, 13]),
        ({"measure": Measure.EXPENDITURE, "entity": DEU, "year": 2021, "basis": CURRENT_PRICES}, [0, 2]),
        ({"year": 1999}, []),
    ],
)
def test_selecting_agrees_with_every_argument(by: dict[str, Any], expected: list[int]) -> None:
    assert list(TABLE.select(**by)) == [CELLS[index] for index in expected]


@given(
    st.none() | st.sampled_from(Measure),
    st.none() | st.sampled_from([DEU, POL, ISL, NATO]),
    st.none() | st.sampled_from([2021, 2022]),
)
def test_selections_by_one_argument_intersect(measure: Measure | None, entity: Entity | None, year: int | None) -> None:
    together = list(TABLE.select(measure=measure, entity=entity, year=year))
    apart = [list(TABLE.select(measure=measure)), list(TABLE.select(entity=entity)), list(TABLE.select(year=year))]
    assert together == [item for item in CELLS if all(item in selected for selected in apart)]


def test_selecting_an_unknown_entity_is_refused() -> None:
    with pytest.raises(UnknownCountryError, match="Atlantis"):
        list(TABLE.select(entity="Atlantis"))


# --- what is missing -------------------------------------------------------------------------------------


def missing(*args: Any) -> NoObservationError:
    with pytest.raises(NoObservationError) as caught:
        TABLE.observation(*args)
    return caught.value


def test_a_missing_year_is_answered_with_the_years_there_are() -> None:
    error = missing(Measure.SHARE_OF_GDP, "DEU", 2030)
    assert (error.measure, error.entity, error.year, error.edition) == (
        "defence expenditure as a share of GDP",
        "Germany",
        2030,
        "2030-01",
    )
    assert (error.available, error.reason) == ("Germany: 2021-2022", "")
    assert str(error) == (
        "edition 2030-01 has no defence expenditure as a share of GDP of Germany for 2030; valid: Germany: 2021-2022"
    )


def test_a_missing_row_is_answered_with_the_other_rows() -> None:
    error = missing(Measure.SHARE_OF_GDP, "FIN", 2021)
    assert (error.available, error.reason) == ("3 other rows, 2021-2022", "")


def test_a_missing_basis_is_answered_with_the_bases_there_are() -> None:
    error = missing(Measure.EXPENDITURE, "DEU", 2021, PriceBasis.constant(2015), "USD")
    assert error.measure == "defence expenditure in USD at constant 2015 prices"
    assert "constant 2021 prices" in error.available
    assert "current prices" in error.available


def test_a_missing_currency_is_answered_with_the_currencies_there_are() -> None:
    error = missing(Measure.GDP, "DEU", 2021, CURRENT_PRICES, "EUR")
    assert error.measure == "gross domestic product in EUR at current prices"
    assert "USD" in error.available


@pytest.mark.parametrize("how", [(), (CURRENT_PRICES,), (None, "USD")])
def test_an_amount_asked_for_without_basis_or_currency_is_answered_with_those_there_are(how: tuple[Any, ...]) -> None:
    error = missing(Measure.GDP, "DEU", 2021, *how)
    assert "current prices" in error.available
    assert "nothing" not in error.available


def test_a_measure_that_is_no_category_is_not_said_to_be_absent() -> None:
    with pytest.raises(UnknownNameError, match="unknown category 'gdp'; valid: equipment_share, personnel_share"):
        TABLE.category_share(Measure.GDP, "DEU", 2021)


@pytest.mark.parametrize("measure", [Measure.SHARE_OF_GDP, Measure.REAL_CHANGE, Measure.MILITARY_PERSONNEL])
def test_a_measure_that_is_no_amount_has_no_currency(measure: Measure) -> None:
    error = missing(measure, "DEU", 2022, CURRENT_PRICES, "USD")
    assert error.measure.endswith("in USD at current prices")


def test_a_measure_that_the_table_lacks_is_said_to_be_absent() -> None:
    error = missing(Measure.OTHER_SHARE, "DEU", 2021)
    assert error.available == "nothing of this measure"


@pytest.mark.parametrize(("entity", "year"), [("ISL", 2021), ("ISL", 2199), ("POL", 2023)])
def test_a_cell_that_the_edition_leaves_empty_comes_with_its_reason(entity: str, year: int) -> None:
    assert missing(Measure.SHARE_OF_GDP, entity, year).reason in ("no armed forces", "printed as two dots")


@pytest.mark.parametrize(
    ("measure", "entity", "year"),
    [
        (Measure.SHARE_OF_GDP, "POL", 2022),
        (Measure.SHARE_OF_GDP, "DEU", 2023),
        (Measure.REAL_CHANGE, "ISL", 2021),
        (Measure.REAL_CHANGE, "POL", 2023),
    ],
)
def test_the_reason_for_one_empty_cell_is_not_given_for_another(measure: Measure, entity: str, year: int) -> None:
    assert missing(measure, entity, year).reason == ""


def test_an_aggregate_that_is_not_printed_can_be_computed() -> None:
    error = missing(Measure.SHARE_OF_GDP, "NATO_EU", 2021)
    assert error.reason == "the table prints no such aggregate; natoburden.targets.aggregate_share computes it"


def test_an_aggregate_that_is_printed_for_other_years_is_not_called_unprinted() -> None:
    error = missing(Measure.SHARE_OF_GDP, "NATO", 2022)
    assert (error.available, error.reason) == ("NATO Total: 2021", "")


@pytest.mark.parametrize("year", ["2021", 2021.0, 2025.7, None, True])
def test_a_year_is_a_whole_number(year: Any) -> None:
    with pytest.raises(InvalidYearError, match="is not a usable year"):
        TABLE.gdp("DEU", year)


def test_unknown_names_are_refused_before_anything_is_looked_up() -> None:
    with pytest.raises(UnknownCountryError):
        TABLE.gdp("Atlantis", 2021)
    with pytest.raises(UnknownNameError, match="unknown currency 'usd'"):
        TABLE.expenditure("DEU", 2021, CURRENT_PRICES, "usd")
    with pytest.raises(UnknownNameError, match="unknown group 'DEU'"):
        TABLE.reporting_members("DEU", 2021)


# --- measures and spans ----------------------------------------------------------------------------------


def test_every_measure_has_words_of_its_own() -> None:
    labels = {measure.label for measure in Measure}
    assert len(labels) == len(Measure)
    assert all(str(measure) == measure.label for measure in Measure)


def test_four_measures_are_the_main_categories() -> None:
    assert [measure.value for measure in Measure if measure.is_category] == [
        "equipment_share",
        "personnel_share",
        "infrastructure_share",
        "other_share",
    ]


@pytest.mark.parametrize(
    ("years", "text"),
    [
        ([], ""),
        ([2014], "2014"),
        ([2014, 2015], "2014-2015"),
        ([2018, 2014, 2016, 2015], "2014-2016, 2018"),
        ((2014, 2016, 2018), "2014, 2016, 2018"),
        ({2020, 2021, 2023, 2024}, "2020-2021, 2023-2024"),
        ([2014, 2014, 2015], "2014-2015"),
    ],
)
def test_years_are_written_as_spans(years: list[int], text: str) -> None:
    assert spans(years) == text


@given(st.sets(YEARS))
def test_spans_name_every_year_and_no_other(years: set[int]) -> None:
    named: set[int] = set()
    for part in filter(None, spans(years).split(", ")):
        first, _, last = part.partition("-")
        named |= set(range(int(first), int(last or first) + 1))
    assert named == years


# --- measures as text ------------------------------------------------------------------------------------


def test_a_measure_is_found_by_its_key() -> None:
    shares = list(SHIPPED.select(measure="share_of_gdp"))
    assert shares == list(SHIPPED.select(measure=nb.Measure.SHARE_OF_GDP))
    assert shares
    found = SHIPPED.observation("share_of_gdp", "DEU", 2024)
    assert found == SHIPPED.share_of_gdp("DEU", 2024)
    money = SHIPPED.observation("expenditure", "DEU", 2024, nb.CURRENT_PRICES, "USD")
    assert money == SHIPPED.expenditure("DEU", 2024)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"measure": "share_of_gpd"}, "unknown measure 'share_of_gpd'.*did you mean 'share_of_gdp'"),
        ({"measure": 3}, "unknown measure '3'"),
        ({"entity": "Germania Magna"}, "Germania Magna"),
        ({"year": "2024"}, "2024"),
        ({"basis": "constant 2021"}, "a price basis"),
    ],
)
def test_what_is_not_there_to_select_is_refused_and_never_empty(asked: dict[str, Any], words: str) -> None:
    with pytest.raises(NatoBurdenError, match=words):
        SHIPPED.select(**asked)


def test_an_unknown_measure_of_an_observation_is_refused_with_the_valid_ones() -> None:
    with pytest.raises(UnknownNameError, match="valid: expenditure, gdp, share_of_gdp"):
        SHIPPED.observation("share", "DEU", 2024)
