"""Laws and edges of the paths to a target."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.pathways import (
    PathShape,
    debt_path,
    path,
    path_cost,
    required_growth,
    stabilising_balance,
    years_to_reach,
)
from natoburden.errors import InvalidNumberError, InvalidYearError, NatoBurdenError, UnreachableError

SHARES = st.decimals(min_value="0.1", max_value=20, places=2).map(nb.Share.percent)
RISING = st.lists(SHARES, min_size=2, max_size=2, unique=True).map(sorted)
GROWTH = st.decimals(min_value=-20, max_value=30, places=2).map(nb.Rate.percent)
LENGTHS = st.integers(1, 40)
PRICES = nb.PriceBasis.constant(2021)
NEAR = Decimal("1e-25")
OPTIONS: dict[PathShape, dict[str, Any]] = {
    PathShape.FRONT_LOADED: {"front_loading": 2},
    PathShape.CONSTANT_GROWTH: {"gdp_growth": nb.Rate.percent("1.5")},
}


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
    steps = path(start, target, first_year=2025, last_year=2025 + length, shape=shape, **OPTIONS.get(shape, {}))
    assert (steps.shares[0], steps.shares[-1]) == (start, target)
    assert (steps.last_year, len(steps.by_year)) == (2025 + length, length + 1)
    assert steps.never_falls == (start <= target)


@given(SHARES, SHARES, LENGTHS)
def test_each_shape_moves_as_its_name_says(start: nb.Share, target: nb.Share, length: int) -> None:
    steps = {
        shape: path(start, target, first_year=2025, last_year=2025 + length, shape=shape, **OPTIONS.get(shape, {}))
        for shape in PathShape
    }
    linear = [share.as_fraction for share in steps[PathShape.LINEAR].shares]
    geometric = [share.as_fraction for share in steps[PathShape.GEOMETRIC].shares]
    differences = [later - earlier for earlier, later in itertools.pairwise(linear)]
    factors = [later / earlier for earlier, later in itertools.pairwise(geometric)]
    assert max(differences) - min(differences) < NEAR
    assert max(factors) - min(factors) < NEAR
    assert set(steps[PathShape.STEP].shares[1:]) == {target}
    even = [share.as_fraction for share in steps[PathShape.CONSTANT_GROWTH].shares]
    assert max(abs(one - other) for one, other in zip(even, geometric, strict=True)) < NEAR
    early = [share.as_fraction for share in steps[PathShape.FRONT_LOADED].shares]
    toward = 1 if start <= target else -1
    assert all(toward * (one - other) > -NEAR for one, other in zip(early, linear, strict=True))


@given(SHARES, SHARES, LENGTHS, GROWTH, st.sampled_from(PathShape))
def test_cost_and_shortfall_add_up_to_jumping_now(
    start: nb.Share, target: nb.Share, length: int, growth: nb.Rate, shape: PathShape
) -> None:
    steps = path(start, target, first_year=2025, last_year=2025 + length, shape=shape, **OPTIONS.get(shape, {}))
    cost = path_cost(steps, nb.Money.billions(4000, "USD", PRICES), gdp_growth=growth)
    together = cost.additional + cost.shortfall
    if start <= target:
        assert abs((together - cost.jump_now).amount) < Decimal("1e-12")
    else:
        assert cost.shortfall.amount == 0
    assert nb.Money.total(cost.by_year) == cost.additional
    assert len(cost.by_year) == length


def test_reference_costs_of_a_path_from_two_to_three_and_a_half_percent() -> None:
    """References R034 and R036: GDP of 100 growing by 1.5 % a year, ten years, the first year outside."""
    gdp, growth = nb.Money(10000, "USD", PRICES), nb.Rate.percent("1.5")
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


# --- shapes with an option -------------------------------------------------------------------------------


@given(SHARES, SHARES, LENGTHS)
def test_front_loading_by_one_is_linear(start: nb.Share, target: nb.Share, length: int) -> None:
    plain = path(start, target, first_year=2025, last_year=2025 + length)
    early = path(start, target, first_year=2025, last_year=2025 + length, shape="front-loaded", front_loading=1)
    pairs = zip(plain.shares, early.shares, strict=True)
    assert max(abs((one - other).value) for one, other in pairs) < NEAR


@given(SHARES, SHARES, st.lists(GROWTH, min_size=1, max_size=12))
def test_expenditure_of_a_path_of_constant_growth_grows_evenly(
    start: nb.Share, target: nb.Share, growth: list[nb.Rate]
) -> None:
    steps = path(
        start, target, first_year=2025, last_year=2025 + len(growth), shape="constant-growth", gdp_growth=growth
    )
    assert steps.growth is not None
    gdp = spent = Decimal(1)
    for share, rate in zip(steps.shares[1:], growth, strict=True):
        gdp, spent = gdp * rate.factor, spent * steps.growth.factor
        assert abs(share.as_fraction * gdp / (start.as_fraction * spent) - 1) < Decimal("1e-20")
    assert str(steps.growth) in steps.explain()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"shape": "front-loaded"}, "2 brings the change forward"),
        ({"front_loading": 2}, "goes with shape='front-loaded'"),
        ({"shape": "front-loaded", "front_loading": "0.5"}, "1, which is linear, to 100"),
        ({"shape": "constant-growth"}, "goes with shape='constant-growth'"),
        ({"gdp_growth": nb.Rate.percent(1)}, "goes with shape='constant-growth'"),
        (
            {"shape": "constant-growth", "gdp_growth": [nb.Rate.percent(1)]},
            "a list of 1 .* one rate for every year, or 5",
        ),
        ({"shape": "constant-growth", "gdp_growth": 1}, "one for each"),
        ({"shape": "bent"}, "valid: linear, geometric, constant-growth, front-loaded, step"),
    ],
)
def test_an_option_that_a_shape_lacks_or_does_not_have_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(NatoBurdenError, match=words):
        path(nb.Share.percent(2), nb.Share.percent(3), first_year=2025, last_year=2030, **options)


# --- growth that varies, and discounting -----------------------------------------------------------------


@given(RISING, st.lists(GROWTH, min_size=1, max_size=10))
def test_growth_may_be_one_rate_or_one_for_each_year(shares: list[nb.Share], growth: list[nb.Rate]) -> None:
    steps = path(*shares, first_year=2025, last_year=2025 + len(growth))
    gdp = Decimal(4000)
    by_hand = Decimal(0)
    for points, rate in zip(steps.above_start, growth, strict=True):
        gdp *= rate.factor
        by_hand += gdp * points.value / 100
    found = path_cost(steps, nb.Money(4000, "USD", PRICES), gdp_growth=growth).additional.amount
    assert abs(found - by_hand) < Decimal("1e-18")
    same = path_cost(steps, nb.Money(4000, "USD", PRICES), gdp_growth=[growth[0]] * len(growth))
    assert same.additional == path_cost(steps, nb.Money(4000, "USD", PRICES), gdp_growth=growth[0]).additional


@given(RISING, LENGTHS, GROWTH)
def test_discounting_at_the_growth_of_gdp_leaves_the_points(
    shares: list[nb.Share], length: int, growth: nb.Rate
) -> None:
    steps = path(*shares, first_year=2025, last_year=2025 + length)
    cost = path_cost(steps, nb.Money(100, "USD", PRICES), gdp_growth=growth, discount_rate=growth)
    points = sum((points.value for points in steps.above_start), Decimal(0))
    assert abs(cost.additional.amount - points) < Decimal("1e-15")
    assert f"discounted at {growth}" in cost.formula
    nothing = path_cost(steps, nb.Money(100, "USD", PRICES), gdp_growth=growth, discount_rate=nb.Rate.percent(0))
    assert nothing.additional == path_cost(steps, nb.Money(100, "USD", PRICES), gdp_growth=growth).additional


# --- debt ------------------------------------------------------------------------------------------------

LATER = path(nb.Share.percent(2), nb.Share.percent(3), first_year=2030, last_year=2032)
POINTS = st.decimals(min_value=-20, max_value=200, places=2).map(nb.PercentagePoints)


@pytest.mark.parametrize(
    ("interest", "growth", "textbook", "exact"), [(4, 2, "1.0", "0.98039"), (2, 4, "-1.0", "-0.96154")]
)
def test_reference_stabilising_balances(interest: int, growth: int, textbook: str, exact: str) -> None:
    """R038 and R039, Dolan's examples with a debt of 50 %."""
    found = stabilising_balance(
        nb.PercentagePoints(50), interest=nb.Rate.percent(interest), growth=nb.Rate.percent(growth)
    )
    assert found.textbook.value == Decimal(textbook)
    assert round(found.balance.value, 5) == Decimal(exact)
    assert "textbook form" in found.explain()


@given(POINTS, GROWTH, GROWTH, st.integers(1, 20))
def test_the_stabilising_balance_holds_debt(
    debt: nb.PercentagePoints, interest: nb.Rate, growth: nb.Rate, years: int
) -> None:
    balance = stabilising_balance(debt, interest=interest, growth=growth).balance
    held = debt_path(debt, [-balance] * years, first_year=2025, interest=interest, growth=growth)
    assert all(abs((ratio - debt).value) < Decimal("1e-20") for ratio in held.debt)
    assert abs(held.change.value) < Decimal("1e-20")


@given(POINTS, GROWTH, GROWTH, st.lists(st.tuples(POINTS, POINTS), min_size=1, max_size=8))
def test_debt_of_two_deficits_is_the_sum_of_their_debts(
    debt: nb.PercentagePoints, interest: nb.Rate, growth: nb.Rate, deficits: list[tuple[Any, Any]]
) -> None:
    def last(start: nb.PercentagePoints, yearly: list[nb.PercentagePoints]) -> Decimal:
        return debt_path(start, yearly, first_year=2025, interest=interest, growth=growth).debt[-1].value

    nothing = nb.PercentagePoints(0)
    together = last(debt, [one + other for one, other in deficits])
    apart = last(debt, [one for one, _ in deficits]) + last(nothing, [other for _, other in deficits])
    assert abs(together - apart) <= Decimal("1e-20") * max(abs(together), Decimal(1))


def test_debt_that_a_path_alone_makes() -> None:
    steps = path(nb.Share.percent(2), nb.Share.percent(3), first_year=2025, last_year=2027)
    even = nb.Rate.percent(2)
    found = debt_path(nb.PercentagePoints(0), steps, first_year=2025, interest=even, growth=even)
    assert [str(ratio) for ratio in found.debt] == ["+0.00 pp", "+0.50 pp", "+1.50 pp"]
    assert found.by_year[2027].value == Decimal("1.5")
    assert "2027: 1.50 % of GDP" in found.explain()
    row = found.to_row()
    assert (row["first_points"], row["last_points"], row["change_points"]) == (0.0, 1.5, 1.5)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"debt": nb.Share.percent(60)}, "PercentagePoints"),
        ({"deficits": []}, "one for each year after the first"),
        ({"deficits": [nb.Rate.percent(1)]}, "PercentagePoints"),
        ({"growth": nb.Rate.percent(-100)}, "−100 %"),
        ({"interest": [nb.Rate.percent(1)] * 3}, "a list of 3"),
        ({"deficits": LATER}, "2030, in which the path starts"),
    ],
)
def test_debt_of_nonsense_is_refused(changes: dict[str, Any], words: str) -> None:
    given_: dict[str, Any] = {
        "debt": nb.PercentagePoints(60), "deficits": [nb.PercentagePoints(1)] * 2, "first_year": 2025,
        "interest": nb.Rate.percent(2), "growth": nb.Rate.percent(3),
    } | changes  # fmt: skip
    with pytest.raises(NatoBurdenError, match=words):
        debt_path(given_.pop("debt"), given_.pop("deficits"), **given_)


# --- A group as one whole keeps the figures that its share was computed from.


def test_a_path_of_a_group_keeps_its_members_figures_and_their_source() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    whole = nb.targets.aggregate_share(table, "NATO Europe", 2025)
    goal = nb.Share.percent("3.5")
    steps = path(whole, goal, first_year=2025, last_year=2035)
    cost = path_cost(steps, whole, gdp_growth=nb.Rate.percent(1))
    bare = path(whole.share, goal, first_year=2025, last_year=2035)
    assert steps.shares == bare.shares
    assert cost.additional == path_cost(bare, whole.gdp, gdp_growth=nb.Rate.percent(1)).additional
    assert cost.inputs == steps.inputs == whole.inputs
    assert nb.cite(cost).keys == ("nato2026defence",)
    assert required_growth(whole, goal, 10, gdp_growth=nb.Rate.percent(1)).inputs == whole.inputs


def test_a_share_of_something_else_than_gdp_starts_no_path() -> None:
    contracts = nb.datasets.announced_contracts()
    rates = nb.datasets.yearly_exchange_rates()
    arms = nb.dependency.supplier_shares(contracts, buyer="Poland", rates=rates, currency="USD")
    with pytest.raises(NatoBurdenError, match="is not usable as a share of GDP"):
        path(arms["USA"], nb.Share.percent(90), first_year=2025, last_year=2035)  # type: ignore[arg-type] # it is of arms


def test_a_path_of_a_group_starts_in_its_year_and_costs_at_its_own_gdp() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    whole = nb.targets.aggregate_share(table, "NATO Europe", 2025)
    goal = nb.Share.percent("3.5")
    with pytest.raises(InvalidYearError, match="2025, the year of"):
        path(whole, goal, first_year=2024, last_year=2035)
    alone = path(table.share_of_gdp("Italy", 2025), goal, first_year=2025, last_year=2035)
    with pytest.raises(NatoBurdenError, match="several countries is not usable as GDP for a path of Italy"):
        path_cost(alone, whole, gdp_growth=nb.Rate.percent(1))
    own = table.gdp("Italy", 2025, table.edition.constant_prices)
    steps = path(whole, goal, first_year=2025, last_year=2035)
    with pytest.raises(NatoBurdenError, match="Italy is not usable as GDP for a path of several countries"):
        path_cost(steps, own, gdp_growth=nb.Rate.percent(1))
