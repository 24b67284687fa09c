"""P-values by arrangements: exact ones by hand, SciPy's, the size that they hold, and what they say of themselves."""

from __future__ import annotations

import itertools
import math
import sys
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import natoburden as nb
from natoburden import errors
from natoburden.calculators.inference.arrangements import compared, orders, signs
from natoburden.calculators.inference.changes import indexed
from natoburden.calculators.inference.responses import slopes
from natoburden.model.figures import CountryFigures

TABLE = nb.datasets.defence_expenditure("2026-07")
SIX = ["EST", "LVA", "LTU", "POL", "FIN", "NOR"]
SOURCE = nb.Source(title="Invented", publisher="a test")


def rho(left: Any, right: Any) -> float:
    return float(stats.spearmanr(left, right).statistic)


# --- ranks ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arrangements", [lambda seed: orders(np.arange(20), 50, seed), lambda seed: signs(40, 50, seed)]
)
def test_arrangements_at_random_hang_on_the_seed_alone(arrangements: Any) -> None:
    one, again, other = (np.concatenate([*arrangements(seed)[0]]) for seed in (1, 1, 2))
    assert (one == again).all()
    assert not (one == other).all()


@pytest.mark.parametrize("sides", ["two-sided", "greater", "less"])
@pytest.mark.parametrize(
    ("left", "right"),
    [
        ([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]),
        ([3.1, 0.2, 7, 7, 1, 5], [10, 30, 20, 20, 20, 50]),
        ([1, 2, 3, 4, 5, 6, 7], [7, 5, 6, 4, 3, 1, 2]),
    ],
)
def test_a_small_rank_correlation_has_the_exact_p_of_scipy(left: list[float], right: list[float], sides: Any) -> None:
    ours = nb.inference.permutation_spearman(left, right, sides=sides)
    theirs = stats.permutation_test(
        (left,), lambda x: rho(x, right), permutation_type="pairings", alternative=sides, n_resamples=np.inf
    )
    assert ours.statistic == pytest.approx(rho(left, right))
    assert ours.p == pytest.approx(theirs.pvalue)
    assert (ours.is_exact, ours.error, ours.seed) == (True, None, None)
    assert ours.arrangements == math.factorial(len(left))


def test_an_exact_p_is_that_of_all_orders_counted_by_hand() -> None:
    ranks = range(1, 6)
    sums = [sum(map(int.__mul__, ranks, order)) for order in itertools.permutations(ranks)]
    observed = sum(map(int.__mul__, ranks, (2, 1, 4, 3, 5)))
    by_hand = Fraction(sum(value >= observed for value in sums), len(sums))
    found = nb.inference.permutation_spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5], sides="greater")
    assert found.p == pytest.approx(float(by_hand))
    assert found.as_extreme == by_hand.numerator * (120 // by_hand.denominator)


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=7, unique=True), st.randoms())
def test_one_side_and_the_other_hold_all_arrangements_and_the_observed_twice(values: list[int], random: Any) -> None:
    other = values.copy()
    random.shuffle(other)
    more, less = (nb.inference.permutation_spearman(values, other, sides=side) for side in ("greater", "less"))
    assert more.p + less.p >= 1 + 1 / more.arrangements - 1e-12
    both = nb.inference.permutation_spearman(values, other)
    assert both.p == pytest.approx(min(1, 2 * min(more.p, less.p)))


def test_many_pairs_are_drawn_with_a_seed_and_count_the_observed_one() -> None:
    left, right = list(range(20)), [*range(1, 20), 0]
    found = nb.inference.permutation_spearman(left, right, sides="greater", draws=999, seed=3)
    assert found == nb.inference.permutation_spearman(left, right, sides="greater", draws=999, seed=3)
    assert found != nb.inference.permutation_spearman(left, right, sides="greater", draws=999, seed=4)
    assert found.p == (found.as_extreme + 1) / 1000
    assert "at random: 999 arrangements, seed 3" in found.method
    perfect = nb.inference.permutation_spearman(left, left, sides="greater", draws=999)
    assert (perfect.statistic, perfect.p, perfect.as_extreme) == (1.0, 1 / 1000, 0)


def test_rank_correlation_refuses_what_has_no_ranks() -> None:
    test = nb.inference.permutation_spearman
    with pytest.raises(errors.UnexpectedValueError, match="3 beside 2"):
        test([1, 2, 3], [1, 2])
    with pytest.raises(errors.TooFewError):
        test([1, 2], [1, 2])
    with pytest.raises(errors.UnexpectedValueError, match="all are equal"):
        test([1, 1, 1], [1, 2, 3])
    with pytest.raises(errors.UnexpectedValueError, match="not a finite number"):
        test([1, math.nan, 2], [1, 2, 3])
    for wrong in (None, "2", True, nb.Share.percent(2)):
        with pytest.raises(errors.UnexpectedValueError, match="give plain numbers"):
            test([1, 3, wrong], [1, 2, 3])  # type: ignore[list-item]
    with pytest.raises(errors.UnknownNameError, match="two-sided"):
        test([1, 2, 3], [1, 2, 3], sides="left")  # type: ignore[arg-type]
    with pytest.raises(errors.InvalidNumberError, match="99 to 1000000"):
        test([1, 2, 3], [1, 2, 3], draws=98)
    with pytest.raises(errors.InvalidNumberError, match="seed"):
        test([1, 2, 3], [1, 2, 3], seed=-1)


# --- burdens ----------------------------------------------------------------------------------------------


def test_exploitation_keeps_the_rho_and_comes_near_the_p_of_students_t() -> None:
    classical = nb.burden.exploitation(TABLE, 2014)
    found = nb.inference.randomised_exploitation(TABLE, 2014)
    assert found.statistic == pytest.approx(classical.rho)
    assert found.error is not None
    assert abs(found.p - classical.rho_p) < 5 * found.error
    assert (found.allies, found.sides, found.arrangements) == (27, "greater", 9_999)
    assert "burdens fall on the allies by chance" in found.explain()


def test_a_small_group_is_enumerated() -> None:
    found = nb.inference.randomised_exploitation(TABLE, 2025, group=SIX, sides="two-sided")
    rows = nb.burden.burdens(TABLE, 2025, group=SIX).rows
    size, burden = (
        [float(value) for value in column]
        for column in zip(*((row.gdp.amount, row.burden.as_fraction) for row in rows), strict=True)
    )
    theirs = stats.permutation_test((size,), lambda x: rho(x, burden), permutation_type="pairings", n_resamples=np.inf)
    assert found.p == pytest.approx(theirs.pvalue)
    assert found.method == "exact: all 720 arrangements"


def test_concordance_of_many_has_the_p_that_the_burden_room_gives() -> None:
    ours = nb.inference.randomised_concordance(TABLE, 2025, draws=1_999, seed=5)
    theirs = nb.burden.concordance(TABLE, 2025, draws=1_999, seed=5)
    assert [row.p for row in ours] == [row.randomised_p for row in theirs]
    assert [row.statistic for row in ours] == [min(row.above, row.below) for row in theirs]
    assert {row.sides for row in ours} == {"less"}


def test_concordance_of_few_is_counted_over_all_orders() -> None:
    found = nb.inference.randomised_concordance(TABLE, 2025, group=["EST", "LVA", "LTU", "POL"])
    rows = nb.burden.burdens(TABLE, 2025, group=["EST", "LVA", "LTU", "POL"]).rows
    carried = np.array([float(row.carried.amount) for row in rows])
    due = np.array([float(row.gdp.amount) for row in rows])
    carried, due = carried / carried.sum(), due / due.sum()

    def smaller(parts: Any) -> float:
        ranks = stats.rankdata(abs(parts - due))
        return float(min(ranks[parts > due].sum(), ranks[parts < due].sum()))

    dealt = [np.array(order) * due for order in itertools.permutations(carried / due)]
    sums = [smaller(parts / parts.sum()) for parts in dealt]
    by_gdp = found[1]
    assert by_gdp.test == "concordance with gdp"
    assert by_gdp.p == pytest.approx(sum(value <= smaller(carried) for value in sums) / 24)


def test_concordance_refuses_an_ally_without_benefit_and_too_few() -> None:
    border = CountryFigures.of("border", {"EST": 1, "LVA": 2, "LTU": 0}, source=SOURCE)
    with pytest.raises(errors.UnexpectedValueError, match="the benefit of Lithuania"):
        nb.inference.randomised_concordance(TABLE, 2025, group=["EST", "LVA", "LTU"], proxies=["gdp", border])
    with pytest.raises(errors.TooFewError):
        nb.inference.randomised_concordance(TABLE, 2025, group=["EST", "LVA"])


def test_a_change_of_inequality_is_the_difference_of_what_the_burden_room_gives() -> None:
    for measure in ("gini", "theil"):
        before, after = (nb.burden.inequality(TABLE, year) for year in (2018, 2019))  # the same members but one
        found = nb.inference.randomised_inequality_change(TABLE, 2018, 2019, measure, draws=99)
        joint = nb.Group.of("both", [point.country for point in before.lorenz])
        same = nb.burden.inequality(TABLE, 2019, group=joint)
        assert found.statistic == pytest.approx(float(getattr(same, measure) - getattr(before, measure)))
        assert found.allies == len(before.lorenz) <= len(after.lorenz)


def test_a_change_among_few_is_counted_over_all_exchanges() -> None:
    found = nb.inference.randomised_inequality_change(TABLE, 2014, 2024, group=["EST", "LVA", "POL"])
    rows = [nb.burden.burdens(TABLE, year, group=["EST", "LVA", "POL"]).rows for year in (2014, 2024)]
    parts = []
    for of_year in rows:
        spent = np.array([float(row.carried.amount) for row in of_year])
        gdp = np.array([float(row.gdp.amount) for row in of_year])
        parts.append((spent / spent.sum(), gdp / gdp.sum()))

    def gini(spent: Any, gdp: Any) -> float:
        s, g = spent / spent.sum(), gdp / gdp.sum()
        pairs = sum(abs(s[i] * g[j] - s[j] * g[i]) for i in range(3) for j in range(3))
        return float(pairs / 2)

    changes = []
    for swap in itertools.product([False, True], repeat=3):
        one, other = ([np.where(swap, parts[1 - first][k], parts[first][k]) for k in (0, 1)] for first in (0, 1))
        changes.append(gini(*other) - gini(*one))
    above = sum(change >= changes[0] - 1e-12 for change in changes)
    below = sum(change <= changes[0] + 1e-12 for change in changes)
    assert found.statistic == pytest.approx(changes[0])
    assert found.p == pytest.approx(min(1, 2 * min(above, below) / 8))
    assert found.method == "exact: all 8 arrangements"


def test_a_change_names_who_was_not_there_and_refuses_years_in_the_wrong_order() -> None:
    found = nb.inference.randomised_inequality_change(TABLE, 2014, 2026, draws=99)
    assert [str(country) for country in found.left_out] == ["Finland", "Montenegro", "North Macedonia", "Sweden"]
    assert found.to_row()["left_out"] == "Finland, Montenegro, North Macedonia, Sweden"
    assert "left out: Finland" in str(found)
    assert found.label == "change of Gini, 2014 to 2026"
    with pytest.raises(errors.InvalidYearError, match="a year after 2026"):
        nb.inference.randomised_inequality_change(TABLE, 2026, 2014)
    with pytest.raises(errors.TooFewError):
        nb.inference.randomised_inequality_change(TABLE, 2015, 2026, group=["EST"])
    with pytest.raises(errors.UnknownNameError, match="gini"):
        nb.inference.randomised_inequality_change(TABLE, 2014, 2026, "atkinson")  # type: ignore[arg-type]


def test_the_measures_of_arrays_are_those_of_the_burden_room() -> None:
    rows = nb.burden.burdens(TABLE, 2025).rows
    spent = np.array([[float(row.carried.amount) for row in rows]])
    gdp = np.array([[float(row.gdp.amount) for row in rows]])
    found = nb.burden.inequality(TABLE, 2025)
    assert indexed("gini", spent, gdp)[0] == pytest.approx(float(found.gini))
    assert indexed("theil", spent, gdp)[0] == pytest.approx(float(found.theil))
    assert indexed("theil", np.array([[0.0, 1.0]]), np.array([[0.5, 0.5]]))[0] == pytest.approx(math.log(2))


# --- responses --------------------------------------------------------------------------------------------


def test_a_response_is_the_pooled_slope_within_allies() -> None:
    years = range(2015, 2026)
    found = nb.inference.randomised_response(TABLE, years, group=SIX, draws=99)
    basis = TABLE.edition.constant_prices
    spent = np.array([[float(TABLE.expenditure(one, year, basis).value.amount) for year in years] for one in SIX])
    growth, weights = np.diff(np.log(spent), axis=1), spent.mean(axis=1)
    others = np.array(
        [np.average(np.delete(growth, i, axis=0), axis=0, weights=np.delete(weights, i)) for i in range(len(SIX))]
    )
    dummies = np.kron(np.eye(len(SIX)), np.ones((growth.shape[1], 1)))
    design = np.column_stack([others.ravel(), dummies])
    slope = np.linalg.lstsq(design, growth.ravel(), rcond=None)[0][0]
    assert found.statistic == pytest.approx(slope)
    assert (found.since, found.year, found.allies, found.seed) == (2015, 2025, 6, 0)


def is_spent_by_latvia(row: Any) -> bool:
    return row.measure is nb.Measure.EXPENDITURE and row.entity == nb.Country("LVA") and row.year == 2015


def test_who_lacks_a_year_is_left_out_and_named() -> None:
    rows = [row for row in TABLE.select() if not (row.entity == nb.Country("EST") and row.year == 2016)]
    none = [attrs.evolve(row, value=row.value * 0) if is_spent_by_latvia(row) else row for row in rows]
    less = nb.ExpenditureTable(edition=TABLE.edition, observations=tuple(none))
    found = nb.inference.randomised_response(less, range(2014, 2020), group=SIX, draws=99)
    assert [str(country) for country in found.left_out] == ["Estonia", "Latvia"]
    with pytest.raises(errors.TooFewError, match="response has too few allies"):
        nb.inference.randomised_response(less, range(2014, 2020), group=["EST", "LVA", "LTU"], draws=99)


def test_a_response_asks_for_years_that_follow_each_other() -> None:
    for years in ([2014, 2015, 2017, 2018], []):
        with pytest.raises(errors.InvalidYearError, match="follow each other"):
            nb.inference.randomised_response(TABLE, years, draws=99)
    with pytest.raises(errors.TooFewError, match="response has too few years"):
        nb.inference.randomised_response(TABLE, [2014, 2015, 2016], draws=99)


def test_all_years_of_the_edition_are_the_default() -> None:
    found = nb.inference.randomised_response(TABLE, group=SIX, draws=99)
    assert (found.since, found.year) == (TABLE.years[0], TABLE.latest_year)


# --- size -------------------------------------------------------------------------------------------------


def rejected(ps: list[float], level: float = 0.05) -> tuple[float, float]:
    """Return the part of tests rejected, and four Monte Carlo standard errors of it."""
    return sum(p <= level for p in ps) / len(ps), 4 * math.sqrt(level * (1 - level) / len(ps))


@pytest.mark.slow
@pytest.mark.parametrize("sides", ["greater", "two-sided"])
def test_rank_tests_hold_their_size(sides: Any) -> None:
    generator = np.random.default_rng(20)
    ps = []
    for _ in range(2_000):
        size, burden = np.exp(2 * generator.standard_normal(31)), generator.lognormal(size=31)
        found = nb.inference.permutation_spearman(size.tolist(), burden.tolist(), sides=sides, draws=199)
        ps.append(found.p)
    part, error = rejected(ps)
    assert abs(part - 0.05) < error


@pytest.mark.slow
def test_changes_of_inequality_hold_their_size() -> None:
    generator = np.random.default_rng(21)
    ps = []
    for _ in range(1_000):
        gdp = np.exp(generator.standard_normal(20))[None, :] * np.exp(0.05 * generator.standard_normal((2, 20)))
        spent = gdp * generator.lognormal(sigma=0.4, size=(2, 20))
        pairs = np.stack([spent / spent.sum(axis=1, keepdims=True), gdp / gdp.sum(axis=1, keepdims=True)], axis=1)

        def change(swapped: Any, pairs: Any = pairs) -> Any:
            one = np.where(swapped[:, None, :], pairs[1], pairs[0])
            other = np.where(swapped[:, None, :], pairs[0], pairs[1])
            return indexed("gini", other[:, 0], other[:, 1]) - indexed("gini", one[:, 0], one[:, 1])

        arranged, seed = signs(20, 199, 1)
        observed = float(change(np.zeros((1, 20), dtype=bool))[0])
        ps.append(compared(observed, map(change, arranged), sides="two-sided", seed=seed).p)
    part, error = rejected(ps)
    assert abs(part - 0.05) < error


@pytest.mark.slow
def test_responses_hold_their_size_where_allies_do_not_answer_each_other() -> None:
    generator = np.random.default_rng(22)
    weights = np.exp(generator.standard_normal(8))
    weights /= weights.sum()
    ps = []
    for _ in range(2_000):
        growth = 0.03 + 0.1 * generator.standard_t(3, size=(8, 11))
        shuffled = generator.permuted(np.broadcast_to(growth, (199, *growth.shape)), axis=-1)
        observed = float(slopes(growth, weights))
        ps.append(compared(observed, iter([slopes(shuffled, weights)]), sides="two-sided", seed=1).p)
    part, error = rejected(ps)
    assert abs(part - 0.05) < error


def test_every_order_and_sign_is_there_once() -> None:
    [found], seed = list(map(list, [orders(np.arange(5), 99, 0)[0]])), orders(np.arange(5), 99, 0)[1]
    assert seed is None
    assert sorted(map(tuple, found[0])) == sorted(itertools.permutations(range(5)))
    blocks, seed = signs(4, 99, 0)
    assert sorted(map(tuple, next(blocks).tolist())) == sorted(itertools.product([False, True], repeat=4))
    assert signs(17, 99, 8)[1] == 8


def test_missing_libraries_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(errors.MissingExtraError, match="stats"):
        nb.inference.false_discoveries({"one": 0.1, "other": 0.2})
    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(errors.MissingExtraError, match="stats"):
        nb.inference.permutation_spearman([1, 2, 3], [1, 2, 3])


def test_a_p_by_hand_counts_ties_with_the_observed() -> None:
    found = compared(2.0, iter([np.array([1.0, 2.0, 3.0]), np.array([2.0])]), sides="greater", seed=None)
    assert (found.p, found.as_extreme, found.arrangements) == (0.75, 3, 4)
    drawn = compared(2.0, iter([np.array([1.0, 2.0, 3.0])]), sides="greater", seed=1)
    assert drawn.p == 0.75
    assert str(drawn).startswith("+2.0000, p 0.7500 ± ")
    assert Decimal(str(drawn.p)) == Decimal("0.75")
