"""What notices, shipments of energy and comparisons around a day say in full when they refuse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import purchases
from natoburden.model import CalorificBasis, CapabilityArea, EnergyFlows, GasBasis, GasReference
from natoburden.model.energy import Fuel
from tests.calculators.purchases.made import DAY, exports, months, prices
from tests.refusals import Refusal, names, said

NOTICES = nb.datasets.us_arms_notifications()
CONTRACTS = nb.datasets.announced_contracts()
PRICES = nb.datasets.energy_prices()
LNG = nb.datasets.us_energy_exports("lng")
MONTHS = nb.datasets.us_energy_exports("lng", every="month")
IMPORTS = nb.datasets.gas_imports()
PLEDGE = nb.datasets.energy_pledge("eu-us-2025")
LONG = exports(months("POL", "2020-01", 80, 10))
NOTHING = exports({("POL", "2025"): 0})
OF_TWO = EnergyFlows(edition="two", items=(*NOTHING, attrs.evolve(next(iter(NOTHING)), partner=nb.Country("QAT"))))
ONE = exports({("POL", "2025"): 1})
GAS = EnergyFlows(edition="made up", items=tuple(attrs.evolve(item, fuel=Fuel.GAS) for item in ONE))
NET = GasBasis(CalorificBasis.NET, GasReference.STANDARD)
FACTORS = nb.datasets.conversion_set("bp-2021")
TABLE = nb.datasets.defence_expenditure("2026-07")
SHARE: Any = nb.Share.percent(2)
ONE_TABLE: Any = LNG
compare: Any = purchases.before_and_after

REFUSALS: list[Refusal] = [
    (
        lambda: purchases.areas_beside_contracts(NOTICES, CONTRACTS, area=CapabilityArea.MISSILES),
        "area is not usable as an option; each area has its row: look for the one you want in them",
    ),
    (
        lambda: compare(NOTICES, DAY, fuel="crude oil", first="2025-05", years_before=2),
        "fuel, first, years_before is not usable as an option of notices; it is for months of a fuel: leave it out",
    ),
    (
        lambda: compare(NOTICES, DAY, months=200),
        "200 around 2025-02-13 is not usable as months around a day; the record covers 2017-02-01 to "
        "2026-06-25: at most 16 months on each side",
    ),
    (lambda: compare(MONTHS, DAY, of=None), "None is not usable as a buyer of energy; name a country or a group"),
    (
        lambda: compare(MONTHS, DAY, of="FRA", months=12),
        "2025-02 and the day 2025-02-13 is not usable as months before a day; give years_before=2, or at "
        "most 11 months",
    ),
    (
        lambda: compare(MONTHS, DAY, of="FRA", first="2025-02"),
        "2025-02 is not usable as a first month after the day; give 2025-03 or a later one",
    ),
    (
        lambda: compare(MONTHS, DAY, of="FRA", first="2025"),
        "2025 is not usable as a first month after the day; give 2025-03 or a later one",
    ),
    (
        lambda: compare(LNG, DAY, of="FRA"),
        "LNG of 2026-09 is not usable as months of a fuel; give a monthly table: "
        "natoburden.datasets.us_energy_exports('lng', every='month')",
    ),
    (
        lambda: compare(LONG, dt.date(2022, 1, 13), of="POL", months=17, years_before=2),
        "17 is not usable as number of months; at most 16, for the exact test",
    ),
    (
        lambda: compare(LONG, dt.date(2022, 1, 13), of="POL", months=99, years_before=2),
        "edition made up has no 99 months of LNG after 2022-01-13 for 2022; valid: at most 55 months",
    ),
    (
        lambda: purchases.energy(LNG, PRICES, "USA", 2025),
        "United States is not usable as a buyer; it is the exporter; give an ally or group that it ships to",
    ),
    (
        lambda: purchases.energy(LNG, PRICES, "POL", 2025, fuel="crude oil"),
        "edition 2026-09 has no exports of crude oil with the destination of Poland for 2025; valid: "
        "LNG; name one of them: fuel=",
    ),
    (
        lambda: purchases.energy(GAS, PRICES, "POL", 2025, fuel="gas"),
        "natural gas (LNG included) is not usable as a fuel with a price of its own; name one with "
        "price=: us_lng_export_price, henry_hub_spot, wti_spot, brent_spot, us_gulf_ulsd_spot, "
        "wb_gas_europe, wb_gas_us, wb_lng_japan, wb_crude_average, wb_crude_brent, wb_crude_wti, "
        "wb_coal_australia, wb_coal_south_africa",
    ),
    (
        lambda: purchases.energy(LNG, None, "POL", 2025, price="henry_hub_spot"),
        "henry_hub_spot is not usable as a series of prices; give the prices too: natoburden.datasets.energy_prices()",
    ),
    (
        lambda: purchases.energy(LNG, PRICES, "POL", 2025, price="henry_hub_spot"),
        "USD 3.53 (current prices) per MMBtu is not usable as a price of a volume; it is per energy: "
        "give using= a set of factors, and assuming= the basis of the volume",
    ),
    (
        lambda: purchases.energy(IMPORTS, PRICES, "POL", 2025),
        "flows of to-2022 (importer) and what an exporter reports are reported by different sides; "
        "valid: flows that one side reports; one cargo stands in both, and cargoes are diverted: keep "
        "two tables, and show them side by side",
    ),
    (
        lambda: purchases.energy(OF_TWO, PRICES, "POL", 2025),
        "Qatar, United States is not usable as a table of exports; give that of one country",
    ),
    (
        lambda: nb.credit.package_from_record("POL", 2025, exports=[LNG, LNG], prices=PRICES),
        "LNG, LNG is not usable as tables of exports; give one table for each fuel",
    ),
    (
        lambda: purchases.pledge_beside_record(
            PLEDGE, [NOTHING], prices({"2025": "8.00"}), 2025, buyer="NATO_EU", partial_ok=True
        ),
        "USD 0.00 (current prices) is not usable as exports in 2025 to set a pledge beside; tables with "
        "a total: 0; give one that has, such as of LNG, and a value above zero",
    ),
    (
        lambda: purchases.pledge_beside_record(PLEDGE, [], PRICES, 2025, buyer="NATO_EU"),
        "none is not usable as tables of exports; give one for each fuel to count: "
        "[natoburden.datasets.us_energy_exports('lng')]",
    ),
    (
        lambda: purchases.energy(LNG, PRICES, "POL", 2025, price="henry_hub_spot", using=FACTORS, assuming=NET),
        "221,689,364.01 MMBtu (net) is not usable as energy to price; prices per MMBtu are of gross "
        "energy: name a set whose factor is gross",
    ),
    (
        lambda: purchases.effort(
            TABLE, "POL", 2025, exports=[LNG], prices=PRICES, notices=NOTICES, spread_over=5, beside=SHARE
        ),
        "Share('2 %') is not usable as shares of GDP; give several: [Share.percent(2)]",
    ),
    (
        lambda: purchases.effort(TABLE, "POL", 2025, exports=SHARE, prices=PRICES, notices=NOTICES, spread_over=5),
        "Share('2 %') is not usable as tables of exports; give several, or one in a list: [exports]",
    ),
    (
        lambda: purchases.effort(TABLE, "POL", 2025, exports=ONE_TABLE, prices=PRICES, notices=NOTICES, spread_over=5),
        "EnergyFlows(edition='2026-09', items… (49 characters) is not usable as tables of exports; give several, or "
        "one in a list: [exports]",
    ),
]


@pytest.mark.parametrize(("ask", "words"), REFUSALS, ids=names(REFUSALS))
def test_a_refusal_of_purchases_says_what_was_given_what_is_valid_and_what_to_do(
    ask: Callable[[], Any], words: str
) -> None:
    assert said(ask) == words
