"""Notices to Congress in rows: the published sums, each notice in one row, and what is set beside them."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from decimal import Decimal
from typing import Any, get_args

import pytest

import natoburden as nb
from natoburden.calculators.purchases.notices import By
from natoburden.datasets import _files
from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model import Agency, CapabilityArea, NoticeStanding
from tests.calculators.purchases.made import notice, notices

NOTICES = nb.datasets.us_arms_notifications()
AGENCY = Agency("NATO Support and Procurement Agency")
WORKED = notices(
    notice("2023-12-31", 100),
    notice("2024-01-01", 300, standing=NoticeStanding.NEVER_BOUGHT),
    notice("2024-10-01", 500, areas=(CapabilityArea.MISSILES, CapabilityArea.SENSORS)),
    notice("2024-10-02", 700, "DEU"),
    notice("2024-10-03", 900, AGENCY),
)


def by_label(table: Any) -> Any:
    return {row.label: (row.count, row.ceilings.in_millions) for row in table}


def test_sums_of_all_allies_are_those_counted_from_the_table_itself() -> None:
    with (_files.DATA / "american/us_arms_notifications.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    sums: dict[str, Decimal] = defaultdict(Decimal)
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        day = dt.date.fromisoformat(row["notified_on"])
        allies = {country.alpha_3 for country in nb.Group.find("NATO").members(day)}
        if row["buyer"] in allies or row["buyer"].startswith("NATO "):
            sums[row["notified_on"][:4]] += Decimal(row["ceiling_million_usd"])
            counts[row["notified_on"][:4]] += 1
    found = nb.purchases.notified(NOTICES)
    assert by_label(found) == {year: (counts[year], sums[year]) for year in sorted(sums)}


@pytest.mark.parametrize(
    ("year", "billions", "count"), [(2023, "82.5", 45), (2024, "74.5", 54), (2025, "34.4", 35), (2026, "18.0", 13)]
)
def test_sums_of_recent_years_are_those_published_with_the_table(year: int, billions: str, count: int) -> None:
    [row] = nb.purchases.notified(NOTICES, since=year, until=year)
    assert (row.count, round(row.ceilings.in_billions, 1)) == (count, Decimal(billions))


@pytest.mark.parametrize("by", get_args(By))
def test_every_notice_is_in_one_row(by: By) -> None:
    found = nb.purchases.notified(NOTICES, None, by=by)
    assert sum(row.count for row in found) == found.total.count == len(NOTICES)
    assert nb.Money.total(row.ceilings for row in found) == found.total.ceilings


@pytest.mark.parametrize(
    ("by", "rows"),
    [
        ("year", {"2023": (1, 100), "2024": (4, 2400)}),
        ("quarter", {"2023-Q4": (1, 100), "2024-Q1": (1, 300), "2024-Q4": (3, 2100)}),
        ("fiscal year", {"2024": (2, 400), "2025": (3, 2100)}),
        ("buyer", {str(AGENCY): (1, 900), "Germany": (1, 700), "Poland": (3, 900)}),
        ("area", {"missiles": (4, 2000), "several areas, not divided": (1, 500)}),
        ("standing", {"notified": (4, 2200), "never bought": (1, 300)}),
    ],
)
def test_rows_are_by_what_is_asked(by: By, rows: dict[str, tuple[int, int]]) -> None:
    assert by_label(nb.purchases.notified(WORKED, by=by)) == rows


def test_what_was_never_bought_is_told_apart_in_its_row() -> None:
    row = nb.purchases.notified(WORKED)[1]
    assert (row.never_bought, row.ceilings_never_bought) == (1, nb.Money.millions(300, "USD"))
    assert row.find("of which never bought").value == 1
    assert "never bought" not in str(nb.purchases.notified(WORKED, "DEU"))


def test_a_row_says_how_much_rests_on_its_largest_notice() -> None:
    row = nb.purchases.notified(WORKED)[1]
    assert row.largest is not None
    assert row.largest.ceiling.in_millions == 900
    assert str(row.rests_on_largest) == "+37.50 %"


def test_ceilings_stand_beside_expenditure_of_their_year(table: nb.ExpenditureTable) -> None:
    row = nb.purchases.notified(NOTICES, "POL", since=2024, until=2024, table=table)[0]
    equipment = nb.targets.category_amount(table, nb.Measure.EQUIPMENT_SHARE, "POL", 2024).amount
    gdp = table.gdp("POL", 2024, nb.model.CURRENT_PRICES).value
    assert row.of_equipment is not None
    assert row.of_gdp is not None
    assert row.of_equipment.as_fraction == row.ceilings / equipment
    assert row.of_gdp.as_fraction == row.ceilings / gdp
    assert row.find("ceilings beside GDP of the year").value == row.of_gdp


def test_a_group_is_set_beside_its_buyers_without_the_seller(table: nb.ExpenditureTable) -> None:
    row = nb.purchases.notified(NOTICES, "NATO", since=2025, until=2025, table=table)[0]
    whole = nb.targets.aggregate_share(table, "NATO_EUR_CAN", 2025, basis=nb.model.CURRENT_PRICES)
    assert row.of_gdp is not None
    assert row.of_gdp.as_fraction == row.ceilings / whole.gdp


@pytest.mark.parametrize(("of", "since"), [("POL", 2011), ("ISL", 2024), (AGENCY, 2024), ("UKR", 2024)])
def test_without_figures_nothing_stands_beside(table: nb.ExpenditureTable, of: Any, since: int) -> None:
    buyer = of if isinstance(of, Agency) else nb.Country(of)
    record = notices(notice(f"{since}-05-05", 100, buyer if isinstance(buyer, Agency) else of))
    [row] = nb.purchases.notified(record, buyer, table=table)
    assert row.of_gdp is None


def test_an_empty_selection_is_a_table_without_rows() -> None:
    found = nb.purchases.notified(WORKED, "FRA")
    assert len(found) == 0
    assert (found.total.count, found.total.ceilings, found.total.largest) == (0, nb.Money(0, "USD"), None)
    assert found.total.rests_on_largest is None
    assert "largest" not in str(found.total)
    assert "France" in found.headline
    assert found.total.label.startswith("France, ")
    assert "all buyers" in nb.purchases.notified(WORKED, None).headline


def test_days_bound_the_rows() -> None:
    found = nb.purchases.notified(WORKED, since=dt.date(2024, 10, 1), until=dt.date(2024, 10, 2))
    assert found.total.count == 2


def test_what_cannot_be_counted_is_refused() -> None:
    with pytest.raises(UnexpectedValueError, match="us_arms_notifications"):
        nb.purchases.notified(nb.datasets.announced_contracts())  # type: ignore[arg-type] # refused on purpose
    with pytest.raises(UnknownNameError, match="unknown grouping 'moon'"):
        nb.purchases.notified(WORKED, by="moon")  # type: ignore[arg-type] # refused on purpose
    with pytest.raises(UnexpectedValueError, match="first day comes first"):
        nb.purchases.notified(WORKED, since=2025, until=2024)


def test_days_outside_the_record_are_refused_or_named_and_never_zero() -> None:
    with pytest.raises(NoObservationError, match="2017-02-01 to 2026-06-25"):
        nb.purchases.notified(NOTICES, "DEU", since=2010, until=2015)
    with pytest.raises(NoObservationError, match="2017-02-01 to 2026-06-25"):
        nb.purchases.notified(NOTICES, "DEU", since=2030, until=2031)
    found = nb.purchases.notified(NOTICES, "DEU", since=2010, until=2030)
    assert found.remarks == (
        "notices are on record from 2017-02-01",
        "notices are on record only to 2026-06-25",
    )
    assert found.find("remark").value == found.remarks[0]
    assert nb.purchases.notified(NOTICES, "DEU").remarks == ()


def test_contracts_in_the_place_of_a_table_are_refused() -> None:
    contracts: Any = nb.datasets.announced_contracts()
    with pytest.raises(UnexpectedValueError, match="defence_expenditure"):
        nb.purchases.notified(NOTICES, "DEU", table=contracts)


@pytest.mark.parametrize("of", ["Israel", "Taiwan", "CYP"])
def test_a_country_outside_the_record_is_refused_and_never_zero(of: str) -> None:
    contracts, rates = nb.datasets.announced_contracts(), nb.datasets.yearly_exchange_rates()
    with pytest.raises(NoObservationError, match="none was collected for it, which is not zero"):
        nb.purchases.notified(NOTICES, of)
    with pytest.raises(NoObservationError, match="none was collected"):
        nb.purchases.before_and_after(NOTICES, dt.date(2025, 2, 14), of=of)
    with pytest.raises(NoObservationError, match="none was collected"):
        nb.purchases.areas_beside_contracts(NOTICES, contracts, buyer=of, rates=rates)


def test_members_of_a_group_outside_the_record_are_named() -> None:
    contracts, rates = nb.datasets.announced_contracts(), nb.datasets.yearly_exchange_rates()
    told = "no notices were collected for Cyprus, Malta, which is not zero"
    assert nb.purchases.notified(NOTICES, "EU").remarks == (told,)
    assert told in str(nb.purchases.before_and_after(NOTICES, dt.date(2025, 2, 14), of="EU"))
    assert told in str(nb.purchases.areas_beside_contracts(NOTICES, contracts, buyer="EU", rates=rates))
    assert nb.purchases.notified(NOTICES, "NATO").remarks == ()


@pytest.mark.parametrize("span", [{"since": 2030}, {"until": 2016}])
def test_one_day_outside_the_record_is_refused_in_the_same_words(span: dict[str, Any]) -> None:
    [year] = span.values()
    with pytest.raises(NoObservationError, match=f"no notices of Germany for {year}; valid: 2017-02-01 to 2026-06-25"):
        nb.purchases.notified(NOTICES, "DEU", **span)


def test_an_agency_that_is_not_on_record_by_that_name_is_not_zero() -> None:
    [known] = {item.buyer for item in NOTICES.by_agencies}
    assert isinstance(known, Agency)
    assert nb.purchases.notified(NOTICES, known).total.count == 6
    assert nb.purchases.notified(NOTICES.between(2020, 2021), known).total.count == 0
    with pytest.raises(NoObservationError, match=r"NATO Support and Procurement Agency for 2026; valid: .*NSPA"):
        nb.purchases.notified(NOTICES, AGENCY)
