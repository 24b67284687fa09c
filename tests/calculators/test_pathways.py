"""Laws and edges of the paths to a target."""

from __future__ import annotations

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.pathways import PathShape, path, path_cost, required_growth, years_to_reach
from natoburden.errors import InvalidNumberError, InvalidYearError, UnreachableError

SHARES = st.decimals(min_value="0.1", max_value=20, places=2).map(nb.Share.percent)
RISING = st.lists(SHARES, min_size=2, max_size=2, unique=True).map(sorted)
GROWTH = st.decimals(min_value=-20, max_value=30, places=2).map(nb.Rate.percent)
LENGTHS = st.integers(1, 40)
NEAR = Decimal("1e-25")


@given(SHARES, SHARES, LENGTHS, GROWTH)
def test_the_required_growth_takes_the_share_to_the_target(
    start: nb.Share, target: nb.Share, years: int, gdp_growth: nb.Rate
) -> None:
    rate = required_growth(start, target, years, gdp_growth=gdp_growth).rate
    share = start.as_fraction * (rate.factor / gdp_growth.factor) ** years
    assert abs(share - target.as_fraction) < NEAR


@given(RISING, LENGTHS, GROWTH)
def test_years_to_reach_undoes_required_growth(shares: list[nb.Share], years: int, growth: nb.Rate) -> None:
    start, target = shares
    rate = required_growth(start, target, years, gdp_growth=growth).rate
    found = years_to_reach(start, target, spending_growth=rate, gdp_growth=growth).years
    assert found is not None
    assert abs(found - years) < Decimal("1e-20")


@given(SHARES, GROWTH, GROWTH)
def test_a_target_already_met_takes_no_years(start: nb.Share, spending: nb.Rate, gdp: nb.Rate) -> None:
    spell = years_to_reach(start, start, spending_growth=spending, gdp_growth=gdp)
    assert spell.years == 0
    assert spell.is_reached


@given(RISING, st.tuples(GROWTH, GROWTH).map(sorted))
def test_a_target_is_never_reached_without_outgrowing_gdp(shares: list[nb.Share], growth: list[nb.Rate]) -> None:
    (start, target), (spending, gdp) = shares, growth
    spell = years_to_reach(start, target, spending_growth=spending, gdp_growth=gdp)
    assert spell.years is None
    assert not spell.is_reached
    assert "never" in spell.explain()


def test_reference_years_to_reach() -> None:
    """NATO Europe and Canada from its 2026 share at its 2026 real growth; reference R032."""
    spell = years_to_reach(
        nb.Share.percent("2.53"),
        nb.Share.percent("3.5"),
        spending_growth=nb.Rate.percent("10.98"),
        gdp_growth=nb.Rate.percent("1.5"),
    )
    assert spell.years is not None
    assert round(spell.years, 4) == Decimal("3.6347")


def test_nothing_grows_from_nothing() -> None:
    nothing, target = nb.Share.percent(0), nb.Share.percent(2)
    growth = nb.Rate.percent(1)
    with pytest.raises(UnreachableError, match="the start is 0"):
        required_growth(nothing, target, 10, gdp_growth=growth)
    with pytest.raises(UnreachableError, match="the target is 0"):
        path(target, nothing, first_year=2025, last_year=2030, shape=PathShape.GEOMETRIC)
    assert years_to_reach(nothing, target, spending_growth=nb.Rate.percent(9), gdp_growth=growth).years is None


@pytest.mark.parametrize("years", [0, -1, 2.5, True, "10"])
def test_growth_needs_a_whole_number_of_years(years: object) -> None:
    with pytest.raises(InvalidNumberError, match="at least one"):
        required_growth(nb.Share.percent(2), nb.Share.percent(3), years, gdp_growth=nb.Rate.percent(1))  # type: ignore[arg-type] # refused on purpose


def test_gdp_cannot_shrink_to_nothing() -> None:
    with pytest.raises(InvalidNumberError, match="−100 %"):
        required_growth(nb.Share.percent(2), nb.Share.percent(3), 1, gdp_growth=nb.Rate.percent(-100))


@given(SHARES, SHARES, LENGTHS, st.sampled_from(PathShape))
def test_a_path_starts_at_the_start_and_ends_at_the_target(
    start: nb.Share, target: nb.Share, length: int, shape: PathShape
) -> None:
    steps = path(start, target, first_year=2025, last_year=2025 + length, shape=shape)
    assert (steps.shares[0], steps.shares[-1]) == (start, target)
    assert (steps.last_year, len(steps.by_year)) == (2025 + length, length + 1)
    assert steps.never_falls == (start <= target)


@given(SHARES, SHARES, LENGTHS)
def test_each_shape_moves_as_its_name_says(start: nb.Share, target: nb.Share, length: int) -> None:
    steps = {shape: path(start, target, first_year=2025, last_year=2025 + length, shape=shape) for shape in PathShape}
    linear = [share.as_fraction for share in steps[PathShape.LINEAR].shares]
    geometric = [share.as_fraction for share in steps[PathShape.GEOMETRIC].shares]
    differences = [later - earlier for earlier, later in itertools.pairwise(linear)]
    factors = [later / earlier for earlier, later in itertools.pairwise(geometric)]
    assert max(differences) - min(differences) < NEAR
    assert max(factors) - min(factors) < NEAR
    assert set(steps[PathShape.STEP].shares[1:]) == {target}


@given(SHARES, SHARES, LENGTHS, GROWTH, st.sampled_from(PathShape))
def test_cost_and_shortfall_add_up_to_jumping_now(
    start: nb.Share, target: nb.Share, length: int, growth: nb.Rate, shape: PathShape
) -> None:
    steps = path(start, target, first_year=2025, last_year=2025 + length, shape=shape)
    cost = path_cost(steps, nb.Money.billions(4000, "USD"), gdp_growth=growth)
    together = cost.additional + cost.shortfall
    if start <= target:
        assert abs((together - cost.jump_now).amount) < Decimal("1e-12")
    else:
        assert cost.shortfall.amount == 0
    assert nb.Money.total(cost.by_year) == cost.additional
    assert len(cost.by_year) == length


def test_reference_costs_of_a_path_from_two_to_three_and_a_half_percent() -> None:
    """References R034 and R036: GDP of 100 growing by 1.5 % a year, ten years, the first year outside."""
    gdp, growth = nb.Money(10000, "USD"), nb.Rate.percent("1.5")
    start, target = nb.Share.percent(2), nb.Share.percent("3.5")
    linear = path_cost(path(start, target, first_year=2025, last_year=2035), gdp, gdp_growth=growth)
    step = path_cost(path(start, target, first_year=2025, last_year=2035, shape=PathShape.STEP), gdp, gdp_growth=growth)
    assert round(linear.additional.amount / 100, 4) == Decimal("9.1623")
    assert round(linear.shortfall.amount / 100, 4) == Decimal("7.1326")
    assert round(step.additional.amount / 100, 4) == Decimal("16.2949")
    assert step.shortfall.amount == 0
    assert step.jump_now == linear.jump_now


def test_a_path_from_a_published_figure_keeps_its_source(table: nb.ExpenditureTable) -> None:
    steps = path(table.share_of_gdp("DEU", 2025), nb.HAGUE_CORE.share, first_year=2025, last_year=2035)
    cost = path_cost(steps, table.gdp("DEU", 2025, nb.PriceBasis.constant(2021)), gdp_growth=nb.Rate.percent("1.0"))
    assert cost.sources == (table.edition.source,)
    assert cost.status is steps.status is nb.Status.PROJECTION
    assert "2026 to 2035" in cost.explain()
    assert "linear path" in steps.explain()


@pytest.mark.parametrize(("first", "last"), [(2025, 2025), (2035, 2025)])
def test_a_path_needs_a_later_last_year(first: int, last: int) -> None:
    with pytest.raises(InvalidYearError, match="a year after"):
        path(nb.Share.percent(2), nb.Share.percent(3), first_year=first, last_year=last)
