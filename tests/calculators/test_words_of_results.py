"""Sentences that results say of themselves beside their figures, each in full: remarks, cautions, reasons and names."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from typing import Any

import pytest

import natoburden as nb
from natoburden import (
    burden,
    dependency,
    eligibility,
    energy,
    fiscal,
    panels,
    pathways,
    promises,
    purchases,
    simulation,
)
from natoburden.calculators.findings import places
from natoburden.calculators.panels import SpatialWeights
from tests.calculators.energy_parts import FILING, SOURCE, deal, record
from tests.calculators.made_promises import promise
from tests.calculators.panels.made import ALLIES, NEAR, PANEL
from tests.calculators.test_simulation import PLANS, SPREAD, TABLE
from tests.model.test_transfers import transfer

MACRO = nb.datasets.macro()
SHARE, PERCENT = nb.Share.percent, nb.Rate.percent
RECORD = nb.datasets.commitments()
PRICES = nb.datasets.energy_prices()
ON = dt.date(2026, 7, 1)
EDIP = nb.datasets.content_rule("EDIP")
FOUR = ["EST", "LVA", "LTU", "POL"]


def path(**options: Any) -> str:
    return pathways.path(SHARE(2), SHARE(3), first_year=2026, last_year=2030, **options).explain()


def space(ally: str, year: int = 2026, **options: Any) -> str:
    return fiscal.space(TABLE, MACRO, ally, year, **options).explain()


def outcome_of(item: nb.Commitment) -> str:
    return promises.promise_tests([TABLE], [item])[0].explain()


SAID: list[tuple[Callable[[], str], str]] = [
    (lambda: path(shape="geometric"), "share(t) = start × (target / start)^(t/n)"),
    (lambda: path(shape="step"), "share(0) = start; share(t) = target from the first year on"),
    (
        lambda: path(shape="constant-growth", gdp_growth=PERCENT(1)),
        "expenditure grows by +11.77 % a year; share(t) = expenditure / GDP",
    ),
    (
        lambda: path(shape="front-loaded", front_loading=2),
        "share(t) = start + (target − start) × (1 − (1 − t/n)^k), k = 2",
    ),
    (
        lambda: pathways.years_to_reach(
            SHARE(2), SHARE(3), spending_growth=PERCENT(1), gdp_growth=PERCENT(2)
        ).explain(),
        "never: expenditure does not grow faster than GDP",
    ),
    (
        lambda: space("POL"),
        "the share of the start is at or above the target, which is a floor: the path adds nothing",
    ),
    (
        lambda: space("NOR"),
        "the effective rate is below zero, since assets earn more than the debt costs; new debt costs what markets "
        "ask: give interest=Rate.percent(...)",
    ),
    (
        lambda: space("ITA", 2024),
        "the path starts in the past: of years that are over, the outlook holds what was spent in fact, and the "
        "path's addition comes on top of it",
    ),
    (
        lambda: fiscal.escape_clause_room(TABLE, "DEU", base_year=2021, outlook=MACRO).explain(),
        "no activation is on the record given",
    ),
    (
        lambda: outcome_of(promise("2", "2024", of_gni=True)),
        "it is a share of GNI, and NATO's figure is one of GDP",
    ),
    (
        lambda: outcome_of(promise("2", "2024", definition=nb.model.Definition.NATIONAL)),
        "it is stated in a national definition, and NATO's figure is not",
    ),
    (lambda: outcome_of(promise("2", "2012")), "it was due before the edition's first year, 2014"),
    (
        lambda: promises.stated_path(TABLE, RECORD, "CAN", on=ON, hague=nb.HAGUE).explain(),
        "a total is read as core spending: less the 1.50 % of related spending",
    ),
    (lambda: panels.response(PANEL, NEAR, errors="robust").explain(), "errors of White"),
    (lambda: panels.response(PANEL, NEAR, errors="classical").explain(), "errors of equal variance"),
    (lambda: SpatialWeights.everyone(ALLIES).how, "each other ally counts 1"),
    (
        lambda: SpatialWeights.inverse_distance(ALLIES, nb.datasets.capitals()).how,
        "1 / distance between capitals, km on a great circle",
    ),
    (
        lambda: SpatialWeights.contiguity(ALLIES, nb.datasets.land_borders()).how,
        "1 where two allies share a land border",
    ),
    (
        lambda: eligibility.buyers_test(EDIP, ["Norway", "Ukraine"], when=2026).explain(),
        "2 of at least 3 buyers",
    ),
    (
        lambda: dependency.supplier_shares(
            [transfer(delivery_years=(2019, 2020)), transfer(14)], counting="units", since=2020
        ).explain(),
        "deliveries reach beyond the window, and the register does not split them: spread_evenly=True would",
    ),
    (
        lambda: str(
            energy.contracted(
                record(deal(status=nb.model.DealStatus.TERMINATED), deal(key="X2")), [2028], using=FILING
            ).left_out
        ),
        "terminated",
    ),
    (
        lambda: purchases.energy(
            nb.datasets.us_energy_exports("crude"), PRICES, "POL", 2025, fuel="crude oil"
        ).explain(),
        "valued at the spot price of WTI: no price of exported crude oil is in the table",
    ),
    (
        lambda: purchases.energy(
            nb.datasets.us_energy_exports("distillate"), PRICES, "FRA", 2025, fuel="distillate"
        ).explain(),
        "valued at the spot price of Gulf Coast diesel, not at export prices",
    ),
    (
        lambda: energy.delivered_price(
            nb.model.UnitPrice(nb.Money(8, "USD")),
            freight=nb.model.UnitPrice(nb.Money(1, "USD")),
            boil_off=SHARE(5),
            source=SOURCE,
        ).explain(),
        "costs on the way: freight USD 1.00 (current prices) per MMBtu",
    ),
    (
        burden.fair_shares(TABLE, 2025, "progressive", elasticity=1)[0].explain,
        "GDP × (GDP per head / the group's)^1",
    ),
]


@pytest.mark.parametrize(("tell", "words"), SAID, ids=[words[:70] for _, words in SAID])
def test_a_result_says_it_in_these_words(tell: Callable[[], str], words: str) -> None:
    assert words in " ".join(tell().split())


def test_without_salib_an_influence_says_how_it_was_ranked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    found = simulation.sensitivity(TABLE, PLANS, SPREAD, nb.HAGUE_CORE, seed=7, draws=100)
    assert "squared Spearman rank correlation, by SciPy, since SALib is not installed" in found[0].explain()


@pytest.mark.parametrize(
    ("value", "text"), [("0.705", "0.71"), ("0.715", "0.72"), ("-0.705", "-0.71"), ("2.125", "2.13")]
)
def test_a_figure_is_rounded_half_away_from_zero_wherever_it_is_written(value: str, text: str) -> None:
    points = nb.PercentagePoints(value)
    assert places(2)(points.value) == f"{points:.2f}" == text
    assert str(points).removeprefix("+") == f"{text} pp"
