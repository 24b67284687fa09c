"""Expenditure, energy and ceilings beside shares of GDP; a pledge beside purchases; a package from the record."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

import natoburden as nb
from natoburden.errors import NoObservationError, NotAContractError, UnexpectedValueError
from natoburden.model import CURRENT_PRICES, EnergyPledge, NoticeStanding, PurchaseBasis
from tests.calculators.purchases.made import SOURCE, exports, notice, notices, prices

LNG, PRICES = nb.datasets.us_energy_exports("lng"), nb.datasets.energy_prices()
NOTICES = nb.datasets.us_arms_notifications()
WORKED = notices(
    notice("2020-06-01", 7000), notice("2023-06-01", 900), notice("2025-06-01", 600),
    notice("2024-06-01", 5000, standing=NoticeStanding.NEVER_BOUGHT), notice("2024-06-02", 4000, "DEU"),
    first_day=dt.date(2019, 1, 1), last_day=dt.date(2025, 12, 31),
)  # fmt: skip


def of(table: nb.ExpenditureTable, **more: Any) -> nb.purchases.Effort:
    given: dict[str, Any] = {
        "exports": [exports({("POL", "2025"): 1000})],
        "prices": prices({"2025": "10"}),
        "notices": WORKED,
        "spread_over": 3,
    }
    return nb.purchases.effort(table, "POL", 2025, **(given | more))


def test_each_part_stands_apart_and_beside_gdp(table: nb.ExpenditureTable) -> None:
    found = of(table)
    gdp = table.gdp("POL", 2025, CURRENT_PRICES).value
    spent = table.expenditure("POL", 2025, CURRENT_PRICES).value
    assert (found.expenditure, found.gdp) == (spent, gdp)
    assert found.energy == nb.Money(10_000_000, "USD")
    assert found.ceilings == nb.Money.millions(500, "USD")  # (900 + 600) / 3, without what was never bought
    assert found.expenditure_of_gdp.as_fraction == spent / gdp
    assert found.energy_of_gdp.as_fraction == found.energy / gdp
    assert found.ceilings_of_gdp.as_fraction == found.ceilings / gdp
    assert found.with_energy.as_fraction == (spent + found.energy) / gdp
    assert found.with_all.as_fraction == (spent + found.energy + found.ceilings) / gdp
    assert found.remarks == ()


def test_what_is_missing_is_told_for_each_share_and_count(table: nb.ExpenditureTable) -> None:
    found = of(table, beside=[nb.Share.percent(5)])
    labels = [item.label for item in found.findings if item.label.startswith("to ")]
    assert labels == [f"to 5.00 %, counting {what}" for what in ("expenditure", "energy too", "all three")]
    left = found.find("to 5.00 %, counting all three").value
    assert left == nb.PercentagePoints(5 - found.with_all.as_percent)
    assert set(found.to_row()) >= {"with_all_of_gdp_percent", "ceilings_million_usd"}


def test_years_that_the_record_covers_in_part_are_named(table: nb.ExpenditureTable) -> None:
    with pytest.raises(NoObservationError, match="notices of Poland for 2022"):
        of(table, notices=notices(notice("2023-06-01")), spread_over=4)
    part = notices(notice("2023-06-01", 300), first_day=dt.date(2023, 2, 1), last_day=dt.date(2025, 6, 25))
    assert of(table, notices=part).remarks == (
        "notices are on record from 2023-02-01",
        "notices are on record only to 2025-06-25",
    )


def test_no_energy_is_nothing(table: nb.ExpenditureTable) -> None:
    assert of(table, exports=[]).energy == nb.Money(0, "USD")


def test_one_table_alone_is_refused(table: nb.ExpenditureTable) -> None:
    with pytest.raises(UnexpectedValueError, match=r"\[exports\]"):
        of(table, exports=LNG)


# --- a pledge beside the record --------------------------------------------------------------------------

PLEDGE = EnergyPledge(
    key="made", buyer="POL", seller=nb.Country("USA"), amount=nb.Money.millions(900, "USD"),
    first_year=2026, last_year=2028, source=SOURCE,
)  # fmt: skip


def test_a_pledge_is_set_beside_what_was_bought() -> None:
    table = exports({("POL", "2025"): 1000, ("", "2025"): 20_000})
    found = nb.purchases.pledge_beside_record(PLEDGE, [table], prices({"2025": "10"}), 2025)
    assert found.value == nb.Money.millions(10, "USD")
    assert (found.times, found.years_of_record) == (Decimal(30), Decimal(90))
    assert found.all_exports == nb.Money.millions(200, "USD")
    assert found.of_exports == nb.Rate.percent(150)
    assert found.status is nb.Status.PROJECTION


def test_the_unions_pledge_exceeds_all_american_lng() -> None:
    pledge = nb.datasets.energy_pledge("eu-us-2025")
    found = nb.purchases.pledge_beside_record(pledge, [LNG], PRICES, 2025, buyer="NATO_EU")
    price = PRICES.price("us_lng_export_price", 2025).price.amount
    assert float(found.of_exports.as_fraction) == pytest.approx(250e9 / float(price.amount * 5_508_820_000), rel=1e-12)
    with pytest.raises(NoObservationError):
        nb.purchases.pledge_beside_record(pledge, [LNG], PRICES, 2025)


def test_a_pledge_is_set_beside_what_is_named_where_that_is_said() -> None:
    pledge = nb.datasets.energy_pledge("eu-us-2025")
    tables = [LNG, nb.datasets.us_energy_exports("crude")]
    found = nb.purchases.pledge_beside_record(pledge, tables, PRICES, 2025, partial_ok=True)
    assert "Austria, 2025" in found.find("without a figure").value
    assert found.with_total == ("LNG",)
    said = [item.value for item in found.findings if item.label == "remark"]
    assert said == [words for item in found.shipments for words in item.remarks] != []
    alone = nb.purchases.pledge_beside_record(pledge, [LNG], PRICES, 2025, buyer="NATO_EU")
    assert found.value > alone.value


@pytest.mark.parametrize("volumes", [{("POL", "2025"): 1000}, {("POL", "2025"): 0, ("", "2025"): 20}])
def test_a_pledge_beside_nothing_is_refused(volumes: dict[tuple[str, str], int | None]) -> None:
    with pytest.raises(UnexpectedValueError, match="tables with a total: "):
        nb.purchases.pledge_beside_record(PLEDGE, [exports(volumes)], prices({"2025": "10"}), 2025)


# --- a package from the record ---------------------------------------------------------------------------


def test_what_germanys_gas_would_offset_is_one_call(table: nb.ExpenditureTable) -> None:
    package = nb.credit.package_from_record("Germany", 2025, exports=[LNG], prices=PRICES)
    [purchase] = package.purchases
    assert purchase.amount == nb.purchases.energy(LNG, PRICES, "DEU", 2025).value
    assert (purchase.basis, purchase.last_year) == (PurchaseBasis.RECORD, 2025)
    policy = nb.CreditPolicy(energy=nb.Share.percent(100))
    found = nb.credit.scenario(table, "DEU", 2025, demand=nb.US_DEMAND, package=package, policy=policy)
    assert found.credit == purchase.amount


def test_contracts_join_the_package_and_what_cannot_is_named() -> None:
    contracts = nb.datasets.announced_contracts()
    package = nb.credit.package_from_record("Poland", 2025, exports=[LNG], prices=PRICES, contracts=contracts)
    arms = nb.credit.package_of("x", contracts=contracts.of("POL"), skip=True)
    assert [item.key for item in package.purchases] == ["LNG 2025", *(item.key for item in arms.purchases)]
    assert package.note == arms.note
    assert Decimal(0) < package.purchases["LNG 2025"].amount.amount


@pytest.mark.parametrize("given", [None, LNG])
def test_energy_without_prices_is_refused_and_never_zero(table: nb.ExpenditureTable, given: Any) -> None:
    with pytest.raises(UnexpectedValueError, match=r"energy_prices\(\)"):
        of(table, prices=given)


def test_without_a_table_of_exports_a_remark_says_that_energy_is_not_counted(table: nb.ExpenditureTable) -> None:
    assert of(table, exports=[]).remarks == ("no table of exports was given: energy is not counted, which is not zero",)


def test_prices_of_another_kind_are_refused_and_none_are_needed_without_a_value() -> None:
    contracts: Any = nb.datasets.announced_contracts()
    with pytest.raises(UnexpectedValueError, match="prices of energy"):
        nb.purchases.energy(LNG, contracts, "DEU", 2025)
    assert nb.purchases.energy(LNG, None, "DEU", 2025).value is None


def test_notices_in_the_place_of_contracts_are_not_purchases() -> None:
    records: Any = NOTICES
    with pytest.raises(NotAContractError):
        nb.credit.package_from_record("DEU", 2025, exports=[LNG], prices=PRICES, contracts=records)


def test_a_package_of_gas_alone_is_not_called_one_of_arms() -> None:
    package = nb.credit.package_from_record("Germany", 2025, exports=[LNG], prices=PRICES)
    assert str(package).startswith("American energy shipped to Germany in 2025: 1 purchases")
    contracts = nb.datasets.announced_contracts()
    both = nb.credit.package_from_record("Germany", 2025, exports=[LNG], prices=PRICES, contracts=contracts)
    assert "shipped to Germany in 2025, and its contracts for arms" in str(both)


def test_a_pledge_beside_no_table_says_what_to_give() -> None:
    pledge = nb.datasets.energy_pledge("eu-us-2025")
    with pytest.raises(UnexpectedValueError, match=r"none is not usable as tables of exports; give one for each fuel"):
        nb.purchases.pledge_beside_record(pledge, [], PRICES, 2025, buyer="NATO_EU")
