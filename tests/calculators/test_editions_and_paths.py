"""Paths and arrivals: one edition unless told, shares as precise as they are, growth by ally; redone by fractions."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.pathways import PathShape, path, path_cost
from natoburden.calculators.promises import SumOfPromises, arrival, stated_path, sum_of_promises
from natoburden.errors import (
    CurrentPricesWarning,
    MixedEditionsError,
    NatoBurdenError,
    NoObservationError,
    UnexpectedValueError,
    UnknownNameError,
)
from tests.calculators.made_promises import ON, RECORD, TABLE, promise, record

OLDER = nb.datasets.defence_expenditure("2024-06")
GOAL = nb.HAGUE_CORE.share
PERCENT = nb.Rate.percent
THEN = dt.date(2024, 7, 1)
NEAR = Fraction(1, 10**18)


def near(found: Decimal, by_hand: Fraction) -> bool:
    scale = abs(by_hand) if abs(by_hand) > 1 else Fraction(1)
    return abs(Fraction(found) - by_hand) <= NEAR * scale


# --- editions --------------------------------------------------------------------------------------------


def test_a_path_of_one_edition_is_not_costed_with_gdp_of_another_unless_told() -> None:
    steps = path(OLDER.share_of_gdp("DEU", 2024), GOAL, first_year=2024, last_year=2035)
    gdp = TABLE.gdp("DEU", 2024, TABLE.edition.constant_prices)
    with pytest.raises(MixedEditionsError, match=r"\(estimate, 2024-06\) and gross .* \(actual, 2026-07\) are of diff"):
        path_cost(steps, gdp, gdp_growth=PERCENT("1.5"))
    mixed = path_cost(steps, gdp, gdp_growth=PERCENT("1.5"), mixed_editions_ok=True)
    start, base = Fraction(steps.start.as_fraction), Fraction(gdp.value.amount)
    gap = Fraction(GOAL.as_fraction) - start
    by_hand = sum(gap * Fraction(year, 11) * base * Fraction("1.015") ** year for year in range(1, 12))
    assert near(mixed.additional.amount, Fraction(by_hand))


def test_a_path_of_no_edition_takes_any_gdp_and_gdp_of_no_edition_any_path() -> None:
    free = path(nb.Share.percent(2), GOAL, first_year=2024, last_year=2026)
    gdp = TABLE.gdp("DEU", 2024, TABLE.edition.constant_prices)
    bound = path(OLDER.share_of_gdp("DEU", 2024), GOAL, first_year=2024, last_year=2026)
    assert path_cost(free, gdp, gdp_growth=PERCENT(1)).inputs == (gdp,)
    assert path_cost(bound, gdp.value, gdp_growth=PERCENT(1)).inputs == bound.inputs


def test_an_arrival_takes_its_trend_from_the_edition_of_its_path_unless_told() -> None:
    stated = stated_path(OLDER, RECORD, "DEU", on=THEN)
    with pytest.raises(MixedEditionsError, match="say mixed_editions_ok=True"):
        arrival(TABLE, stated, nb.HAGUE_CORE)
    mixed = arrival(TABLE, stated, nb.HAGUE_CORE, mixed_editions_ok=True)
    change = Fraction(stated.start.as_percent) - Fraction(TABLE.share_of_gdp("DEU", 2019).value.as_percent)
    assert near(mixed.trend.value, change / 5)


# --- the share as precise as the edition has it ----------------------------------------------------------


@pytest.mark.parametrize("ally", ["DEU", "NLD", "SVK", "FRA", "ITA"])
def test_a_stated_path_starts_from_the_share_as_the_edition_carries_it(ally: str) -> None:
    silent = stated_path(OLDER, record(), ally, on=THEN)
    assert silent.start == OLDER.share_of_gdp(ally, 2024).value
    assert silent.shares[2024].is_point
    assert stated_path(TABLE, record(), ally, on=ON).start == TABLE.share_of_gdp(ally, 2026).value


def test_shares_of_the_full_precision_edition_are_constant_expenditure_over_constant_gdp() -> None:
    """The Netherlands tell: at current prices the ratio is another number."""
    constant = OLDER.edition.constant_prices
    start = Fraction(stated_path(OLDER, record(), "NLD", on=THEN).start.as_fraction)
    ratios = [
        Fraction(OLDER.expenditure("NLD", 2024, basis).value.amount)
        / Fraction(OLDER.gdp("NLD", 2024, basis).value.amount)
        for basis in (constant, nb.CURRENT_PRICES)
    ]
    assert abs(start - ratios[0]) < Fraction(1, 10**12)
    assert abs(start - ratios[1]) > Fraction(1, 1000)


def test_the_trend_is_of_unrounded_shares() -> None:
    germany = stated_path(OLDER, record(), "DEU", on=THEN)
    found = arrival(OLDER, germany, nb.HAGUE_CORE)
    now, then = (Fraction(OLDER.share_of_gdp("DEU", year).value.as_percent) for year in (2024, 2019))
    slope = (now - then) / 5
    assert near(found.trend.value, slope)
    assert found.on_trend == 2024 + ceil((Fraction("3.5") - now) / slope)


def test_a_share_that_the_two_decimals_meet_is_there_already_and_keeps_a_standing_floor() -> None:
    """Made up of a true edition: 1.996 % is published as 2.00 %."""
    just_under = nb.Share.percent("1.996")
    items = [
        attrs.evolve(item, value=just_under)
        if (item.measure, item.entity.key, item.year) == (nb.Measure.SHARE_OF_GDP, "NOR", 2026)
        else item
        for item in TABLE.observations
    ]
    table = nb.ExpenditureTable(edition=TABLE.edition, observations=tuple(items))
    stated = stated_path(table, record(promise("2")), "NOR", on=ON)
    assert stated.start == just_under
    assert str(stated.floor) == "2.00 %"
    when = arrival(table, stated, nb.WALES_GUIDELINE)
    assert (when.on_promises, when.on_trend) == (2026, 2026)


# --- costs -----------------------------------------------------------------------------------------------

SHARES = st.decimals(min_value="0.1", max_value=9, places=2).map(nb.Share.percent)
GROWTHS = st.lists(st.decimals(min_value=-15, max_value=15, places=1).map(nb.Rate.percent), min_size=1, max_size=8)


@given(SHARES, SHARES, GROWTHS, st.sampled_from(PathShape))
def test_addition_and_shortfall_less_overshoot_are_the_jump_of_every_path(
    start: nb.Share, target: nb.Share, growth: list[nb.Rate], shape: PathShape
) -> None:
    options: dict[PathShape, dict[str, Any]] = {
        PathShape.FRONT_LOADED: {"front_loading": 3},
        PathShape.CONSTANT_GROWTH: {"gdp_growth": growth},
    }
    last = 2025 + len(growth)
    steps = path(start, target, first_year=2025, last_year=last, shape=shape, **options.get(shape, {}))
    cost = path_cost(steps, nb.Money(5000, "USD", nb.PriceBasis.constant(2021)), gdp_growth=growth)
    gdp, added, short, beyond, jump = Fraction(5000), Fraction(0), Fraction(0), Fraction(0), Fraction(0)
    first, goal = Fraction(start.as_fraction), Fraction(target.as_fraction)
    for share, rate in zip(steps.shares[1:], growth, strict=True):
        gdp *= 1 + Fraction(rate.as_fraction)
        now = Fraction(share.as_fraction)
        added, jump = added + (now - first) * gdp, jump + (goal - first) * gdp
        short, beyond = short + max(goal - now, Fraction(0)) * gdp, beyond + max(now - goal, Fraction(0)) * gdp
    assert added + short - beyond == jump
    for found, by_hand in (
        (cost.additional, added),
        (cost.shortfall, short),
        (cost.overshoot, beyond),
        (cost.jump_now, jump),
    ):
        assert near(found.amount, by_hand)


def test_a_path_may_rise_and_overshoot_where_gdp_shrinks_on_the_way() -> None:
    growth = [PERCENT(-10), PERCENT(-10), PERCENT(20)]
    steps = path(nb.Share.percent(3), GOAL, first_year=2025, last_year=2028, shape="constant-growth", gdp_growth=growth)
    cost = path_cost(steps, nb.Money(1000, "USD", nb.PriceBasis.constant(2021)), gdp_growth=growth)
    assert max(steps.shares) > GOAL
    assert cost.overshoot.amount > 0
    assert cost.additional + cost.shortfall > cost.jump_now
    assert abs((cost.additional + cost.shortfall - cost.overshoot - cost.jump_now).amount) < Decimal("1e-25")
    assert f"overshoot: {cost.overshoot}" in cost.explain()


def test_any_gdp_at_current_prices_warns_where_several_years_are_added() -> None:
    gdp = nb.Money.billions(4000, "USD", nb.CURRENT_PRICES)
    long, short = (path(nb.Share.percent(2), GOAL, first_year=2025, last_year=year) for year in (2027, 2026))
    with pytest.warns(CurrentPricesWarning, match="current_prices_ok=True"):
        loud = path_cost(long, gdp, gdp_growth=PERCENT(3))
    assert loud == path_cost(long, gdp, gdp_growth=PERCENT(3), current_prices_ok=True)
    assert path_cost(short, gdp, gdp_growth=PERCENT(3)).additional.basis.is_current


# --- promises with growth by ally ------------------------------------------------------------------------


def summed(**changes: Any) -> SumOfPromises:
    given_: dict[str, Any] = {"on": ON, "target": nb.HAGUE_CORE, "gdp_growth": PERCENT("1.5")}
    return sum_of_promises(TABLE, RECORD, "NATO_NON_EU", **(given_ | changes))


def test_each_ally_grows_at_its_own_rate_and_the_rest_at_that_of_the_others() -> None:
    own = {"Norway": PERCENT("0.5"), nb.Country("TUR"): PERCENT(4)}
    result = summed(gdp_growth=own, growth_of_others=PERCENT("1.5"))
    rates = {"NOR": Fraction("1.005"), "TUR": Fraction("1.04")}
    constant = TABLE.edition.constant_prices
    for year in (2027, 2035):
        gdps = {
            row.country.key: Fraction(TABLE.gdp(row.country, 2026, constant).value.amount)
            * rates.get(row.country.key, Fraction("1.015")) ** (year - 2026)
            for row in result.allies[year]
        }
        assert all(near(row.gdp.amount, gdps[row.country.key]) for row in result.allies[year])
        [total] = [row for row in result.years if row.year == year]
        assert near(total.gdp.amount, sum(gdps.values(), Fraction(0)))
    assert result.gdp_growth is None
    assert (result.growth_of("NOR"), result.growth_of("Albania")) == (PERCENT("0.5"), PERCENT("1.5"))
    assert "grows by +0.50 % (Norway), +1.50 % (Albania, Canada" in result.explain()
    assert "GDP grows by +4.00 % a year" in result.allies[2030]["TUR"].explain()


def test_one_rate_is_the_same_as_a_mapping_of_that_rate() -> None:
    same = summed(gdp_growth={"USA": PERCENT("1.5")}, growth_of_others=PERCENT("1.5"))
    assert same == summed()
    assert same.gdp_growth == PERCENT("1.5")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"gdp_growth": {"USA": PERCENT(1)}}, r"it lacks Albania, Canada.*growth_of_others=Rate\.percent"),
        ({"growth_of_others": PERCENT(1)}, "it goes with a mapping"),
        ({"gdp_growth": {"USA": PERCENT(1), "United States": PERCENT(2)}}, "each country once"),
        ({"gdp_growth": {"USA": 1.5}, "growth_of_others": PERCENT(1)}, r"write Rate\.percent"),
        ({"gdp_growth": {"USA": PERCENT(-100)}, "growth_of_others": PERCENT(1)}, "more than −100 %"),
        ({"gdp_growth": 1.5}, "or a mapping"),
        ({"gdp_growth": {"Atlantis": PERCENT(1)}}, "no country is called 'Atlantis'"),
        ({"method": "curved"}, "valid: linear, step"),
    ],
)
def test_growth_of_nonsense_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(NatoBurdenError, match=words):
        summed(**options)


def test_a_sum_is_never_partial_and_never_of_nobody() -> None:
    with pytest.raises(NoObservationError, match="Austria"):
        sum_of_promises(TABLE, RECORD, "EU", on=ON, target=nb.HAGUE_CORE, gdp_growth=PERCENT(1))
    allies = nb.Group.find("NATO")
    others = tuple(ally for ally in allies.members(2026) if ally.key != "ISL")
    only_iceland = nb.Group(key="ALONE", name="Iceland alone", inside=allies.inside, without=others)
    with pytest.raises(UnexpectedValueError, match="Iceland alone is not usable as a group"):
        sum_of_promises(TABLE, RECORD, only_iceland, on=ON, target=nb.HAGUE_CORE, gdp_growth=PERCENT(1))
    with pytest.raises(UnknownNameError, match="Germany"):
        summed().growth_of("DEU")


def test_a_method_may_be_given_by_its_name() -> None:
    stepped = stated_path(TABLE, record(promise("4", "2030")), "NOR", on=ON, method="step")
    assert stepped.shares[2029].low == stepped.start
    with pytest.raises(UnexpectedValueError, match="of two parts"):
        stated_path(TABLE, record(), "NOR", on=ON, hague=nb.HAGUE_CORE)  # type: ignore[arg-type] # refused on purpose
