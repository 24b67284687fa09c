"""Burden statistics: published values, hand calculations, SciPy and laws."""

from __future__ import annotations

import itertools
import math
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any, cast

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import natoburden as nb
from natoburden import errors
from natoburden.calculators import burden
from natoburden.calculators.burden import _statistics as statistics
from natoburden.model.figures import CountryFigures

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2024-06", "2025-08", "2026-07")
CONSTANT = TABLE.edition.constant_prices
SOURCE = nb.Source(title="Invented figures", publisher="this test")
ALLIES = tuple(row.country for row in burden.burdens(TABLE, 2025))

REAL = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


def figures(name: str = "borders", changed: dict[nb.Country, Any] | None = None) -> CountryFigures:
    """Make a figure for every ally, by its place in the alphabet."""
    numbers: dict[nb.Country, Any] = {ally: number for number, ally in enumerate(ALLIES, 1)}
    return CountryFigures.of(name, numbers | (changed or {}), source=SOURCE)


def amounts(millions: int) -> CountryFigures:
    return CountryFigures.of(
        "aid", {ally: nb.Money.millions(millions, "USD", CONSTANT) for ally in ALLIES}, source=SOURCE
    )


# --- statistics of ranks ---------------------------------------------------------------------------------


def mid_ranks(values: list[float]) -> list[float]:
    return [
        1 + sum(other < value for other in values) + (sum(other == value for other in values) - 1) / 2
        for value in values
    ]


@given(st.lists(st.tuples(REAL, REAL), min_size=3, max_size=25))
def test_spearman_is_the_correlation_of_mid_ranks(pairs: list[tuple[float, float]]) -> None:
    left, right = ([pair[side] for pair in pairs] for side in (0, 1))
    if 1 in (len(set(left)), len(set(right))):
        with pytest.raises(errors.UnexpectedValueError, match="all are equal"):
            statistics.spearman(left, right)
        return
    first, second = mid_ranks(left), mid_ranks(right)
    mean = (len(pairs) + 1) / 2
    covariance = sum((a - mean) * (b - mean) for a, b in zip(first, second, strict=True))
    spread = math.sqrt(sum((a - mean) ** 2 for a in first) * sum((b - mean) ** 2 for b in second))
    assert statistics.spearman(left, right).coefficient == pytest.approx(covariance / spread)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=3, max_size=15))
def test_kendall_counts_pairs_that_agree_and_corrects_for_ties(pairs: list[tuple[int, int]]) -> None:
    left, right = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    if 1 in (len(set(left)), len(set(right))):
        return
    signs = [((a > c) - (a < c), (b > d) - (b < d)) for (a, b), (c, d) in itertools.combinations(pairs, 2)]
    agreement = sum(one * other for one, other in signs)
    untied = [sum(sign[side] != 0 for sign in signs) for side in (0, 1)]
    assert statistics.kendall(left, right).coefficient == pytest.approx(agreement / math.sqrt(untied[0] * untied[1]))


@given(st.lists(REAL, min_size=3, max_size=60))
def test_signed_ranks_add_up_and_drop_pairs_without_difference(values: list[float]) -> None:
    apart = [value for value in values if value]
    if len(apart) < 3:
        with pytest.raises(errors.TooFewError, match="at least 3"):
            statistics.signed_ranks(values)
        return
    found = statistics.signed_ranks(values)
    assert found == statistics.signed_ranks([*values, 0.0])
    assert found.above + found.below == pytest.approx(found.pairs * (found.pairs + 1) / 2)
    assert 0 <= found.p <= 1
    assert found.z <= 0
    mirrored = statistics.signed_ranks([-value for value in values])
    assert (mirrored.above, mirrored.below) == (found.below, found.above)


def test_signed_ranks_by_hand_exact_and_with_ties() -> None:
    # Differences 1, -2, 3, 4: the smaller sum of ranks is 2. Of 16 equally likely signs 3 give 2 or less: p 6/16.
    found = statistics.signed_ranks([1, -2, 3, 4])
    assert (found.above, found.below, found.exact) == (8, 2, True)
    assert found.p == pytest.approx(6 / 16)
    assert found.z == pytest.approx((2 - 5) / math.sqrt(7.5))
    tied = statistics.signed_ranks([1, -1, 3, 4])  # two ranks of 1.5: the variance loses (8 − 2) / 48
    assert (tied.above, tied.below, tied.exact) == (8.5, 1.5, False)
    assert tied.z == pytest.approx((1.5 - 5) / math.sqrt(7.5 - 6 / 48))
    assert tied.p == pytest.approx(2 * stats.norm.cdf(tied.z))


def test_a_partial_correlation_follows_its_formula_in_both_orders() -> None:
    # The formula gives 0.4346336; the reference value 0.434635 differs in its sixth decimal.
    assert burden.partial_rank_correlation(0.5, 0.3, 0.4) == pytest.approx(0.38 / math.sqrt(0.91 * 0.84), abs=1e-12)
    assert burden.partial_rank_correlation(0.5, 0, 0) == 0.5


@given(st.lists(st.tuples(REAL, REAL, REAL), min_size=5, max_size=20, unique=True))
def test_a_partial_correlation_is_that_of_the_residuals(rows: list[tuple[float, float, float]]) -> None:
    ranks = [mid_ranks([row[column] for row in rows]) for column in range(3)]
    if any(len(set(column)) == 1 for column in ranks):
        return
    r12, r13, r23 = (float(stats.pearsonr(ranks[i], ranks[j])[0]) for i, j in ((0, 1), (0, 2), (1, 2)))
    if max(abs(r13), abs(r23)) > 0.99:
        return
    residuals = []
    for column in (0, 1):
        fit = stats.linregress(ranks[2], ranks[column])
        residuals.append([y - fit.intercept - fit.slope * x for x, y in zip(ranks[2], ranks[column], strict=True)])
    assert burden.partial_rank_correlation(r12, r13, r23) == pytest.approx(
        float(stats.pearsonr(*residuals)[0]), abs=1e-6
    )


@pytest.mark.parametrize("wrong", [(1.2, 0, 0), (0, float("nan"), 0), (0.5, 1, 0.2), (0.5, 0.2, -1)])
def test_a_partial_correlation_of_nonsense_is_refused(wrong: tuple[float, float, float]) -> None:
    with pytest.raises(errors.UnexpectedValueError):
        burden.partial_rank_correlation(*wrong)


@pytest.mark.parametrize(("rho", "p"), [(0.19, 0.49), (0.14, 0.61), (0.11, 0.69)])
def test_the_p_of_sandler_and_murdoch_is_two_sided(rho: float, p: float) -> None:
    """R067, N = 15; the coefficients are printed with two decimals, so that p follows within a hundredth."""
    one_sided, two_sided = statistics.partial_p(rho, 15, 0)
    assert two_sided == pytest.approx(p, abs=0.011)
    assert two_sided == pytest.approx(2 * one_sided)


def test_p_of_a_perfect_correlation_and_of_too_few() -> None:
    assert (statistics.partial_p(1.0, 5, 1), statistics.partial_p(-1.0, 5, 1)) == ((0, 0), (1, 0))
    with pytest.raises(errors.TooFewError, match="with 2 variables held has too few allies: 4; valid: at least 5"):
        statistics.partial_p(0.5, 4, 2)
    with pytest.raises(errors.TooFewError, match="a rank correlation of 2; valid: at least 3"):
        statistics.kendall([1, 2], [2, 1])


# --- exploitation ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "rho"), [(2014, 0.2265), (2022, 0.0005), (2024, 0.1391), (2025, 0.1371)])
def test_the_rank_test_gives_the_reference_series(year: int, rho: float) -> None:
    """R068 and METHODS: GDP against the share of GDP, constant 2021 prices, unrounded."""
    assert burden.exploitation(TABLE, year).rho == pytest.approx(rho, abs=5e-5)


def test_variables_held_are_tested_alone_and_in_pairs() -> None:
    others = figures("tanks", {nb.Country("POL"): 400, nb.Country("DEU"): "250.5"})
    test = burden.exploitation(TABLE, 2025, held=["gdp per head", figures(), others])
    assert [item.held for item in test.partials] == [
        ("gdp per head",), ("borders",), ("tanks",),
        ("gdp per head", "borders"), ("gdp per head", "tanks"), ("borders", "tanks"),
    ]  # fmt: skip
    assert SOURCE in test.sources
    assert "rho given gdp per head and borders" in test.explain()
    again = burden.exploitation(TABLE, 2025, held=[figures(), "gdp per head"])
    assert again.partials[-1].rho == pytest.approx(test.partials[3].rho)


def test_a_test_with_variables_held_has_columns_that_name_them() -> None:
    test = burden.exploitation(TABLE, 2025, held=["gdp per head", figures()])
    columns = {name for name in test.to_columns() if name.startswith("rho_given")}
    assert {"rho_given_gdp_per_head", "rho_given_borders", "rho_given_gdp_per_head_and_borders"} <= columns


def test_ranks_of_up_to_fifty_pairs_without_ties_are_exact() -> None:
    pairs = [float(number) if number % 3 else -float(number) for number in range(1, 52)]
    for count in (50, 51):
        found = statistics.signed_ranks(pairs[:count])
        method = "exact" if count == 50 else "asymptotic"
        expected = stats.wilcoxon(pairs[:count], method=method, correction=False)
        assert found.exact == (count == 50)
        assert found.p == pytest.approx(expected.pvalue)


def test_variables_that_determine_gdp_together_are_not_held() -> None:
    with pytest.raises(errors.UnexpectedValueError, match="GDP is their product"):
        burden.exploitation(TABLE, 2025, held=["population", "gdp per head"])


def test_a_variable_that_nearly_determines_gdp_warns() -> None:
    """GDP ranked again, but for the two largest, which change places."""
    produced = {row.country: row.gdp for row in burden.burdens(TABLE, 2025)}
    first, second = sorted(produced, key=lambda ally: produced[ally].amount)[-2:]
    produced |= {first: produced[second], second: produced[first]}
    like_gdp = CountryFigures.of("like gdp", produced, source=SOURCE)
    with pytest.warns(errors.CollinearVariablesWarning, match="like gdp explain 100% of the variance"):
        burden.exploitation(TABLE, 2025, held=[like_gdp])


@given(st.permutations(range(8)), st.permutations(range(8)))
def test_what_is_determined_is_the_square_of_the_rank_correlation_for_one_variable(
    variable: list[int], held: list[int]
) -> None:
    oracle = float(stats.spearmanr(variable, held).statistic) ** 2
    assert statistics.determined(variable, [held]) == pytest.approx(oracle, abs=1e-9)
    assert statistics.determined(variable, [held, variable]) == pytest.approx(1)


def test_p_of_exploitation_is_one_sided_and_two_sided_as_scipy_has_it() -> None:
    rows = burden.burdens(TABLE, 2014)
    size, carried = [float(row.gdp.amount) for row in rows], [float(row.burden.as_fraction) for row in rows]
    test = burden.exploitation(TABLE, 2014)
    for found, statistic in (
        ((test.rho, test.rho_p, test.rho_p_two_sided), stats.spearmanr),
        ((test.tau, test.tau_p, test.tau_p_two_sided), stats.kendalltau),
    ):
        larger, apart = (statistic(size, carried, alternative=side) for side in ("greater", "two-sided"))
        assert found == pytest.approx((larger.statistic, larger.pvalue, apart.pvalue))


def test_exploitation_is_told_at_the_other_price_basis_too() -> None:
    test = burden.exploitation(TABLE, 2014)
    assert test.at_other_prices is not None
    current = burden.exploitation(TABLE, 2014, basis=nb.CURRENT_PRICES)
    assert (test.at_other_prices.basis, test.at_other_prices.rho) == (nb.CURRENT_PRICES, current.rho)
    assert current.at_other_prices is not None
    assert current.at_other_prices.rho == test.rho
    assert "rho at current prices" in str(test)
    assert burden.exploitation(TABLE, 2014, terms=[amounts(5)]).at_other_prices is None
    row = test.to_row()
    assert row["rho_at_other_prices"] == current.rho
    assert "at_other_prices" not in row
    alone = attrs.evolve(TABLE, observations=tuple(
        item for item in TABLE.observations
        if not isinstance(item.value, nb.Money) or item.value.basis != nb.CURRENT_PRICES
    ))  # fmt: skip
    without = burden.exploitation(alone, 2014)
    assert without.at_other_prices is None
    assert "rho_at_other_prices" not in without.to_row()


def test_population_alone_is_held_as_the_formula_has_it() -> None:
    rows = burden.burdens(TABLE, 2025)
    values = [[float(row.burden.as_fraction), float(row.gdp.amount), float(row.population or 0)] for row in rows]
    carried, size, people = zip(*values, strict=True)
    pairs = ((carried, size), (carried, people), (size, people))
    r12, r13, r23 = (float(stats.spearmanr(*pair).statistic) for pair in pairs)
    [found] = burden.exploitation(TABLE, 2025, held=["population"]).partials
    assert found.rho == pytest.approx((r12 - r13 * r23) / math.sqrt((1 - r13**2) * (1 - r23**2)))


def test_what_ranks_as_gdp_does_cannot_be_held() -> None:
    gdp = CountryFigures.of(
        "gdp again", {ally: TABLE.gdp(ally, 2025, CONSTANT).value for ally in ALLIES}, source=SOURCE
    )
    with pytest.raises(errors.UnexpectedValueError, match="nothing is left"):
        burden.exploitation(TABLE, 2025, held=[gdp])
    with pytest.raises(errors.UnknownNameError, match="valid: gdp per head, population, figures of your own"):
        burden.exploitation(TABLE, 2025, held=["gdp"])


def test_terms_make_the_security_burden() -> None:
    plain, more = burden.burdens(TABLE, 2025)["Poland"], burden.burdens(TABLE, 2025, terms=[amounts(500)])["Poland"]
    assert more.carried.in_millions - plain.carried.in_millions == 500
    assert more.expenditure == plain.carried
    assert "defence expenditure + aid" in more.formula
    assert "USD 33.58 bn" in more.explain()


ONE: Any = nb.Money(1, "USD")


def made(values: Any) -> CountryFigures:
    return CountryFigures.of("aid", values, source=SOURCE)


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda: burden.burdens(TABLE, 2025, terms=[figures()]), errors.UnexpectedValueError, "give amounts: Money"),
        (lambda: burden.burdens(TABLE, 2025, terms=[amounts(5)], basis=nb.CURRENT_PRICES), ValueError, "price bases"),
        (lambda: burden.burdens(TABLE, 2024, terms=[made({"POL": ONE})]), LookupError, "no aid of Albania, Belgium"),
        (lambda: burden.burdens(TABLE, 1999), errors.NoObservationError, "valid: 2014-2026"),
        (lambda: burden.exploitation(TABLE, 2025, group="EU"), errors.NoObservationError, "Austria"),
        (lambda: made({"DEU": 1, "Germany": 2}), errors.UnexpectedValueError, "each country once"),
        (lambda: made({"DEU": 1, "FRA": ONE}), errors.UnexpectedValueError, "all figures are numbers"),
        (lambda: made({"DEU": -1}), errors.UnexpectedValueError, "not negative"),
        (lambda: made({"DEU": 0.5}), errors.InexactNumberError, "float"),
        (lambda: made([1]), errors.UnexpectedValueError, "a mapping of countries"),
        (lambda: figures().figure(nb.Country("AUT")), errors.MissingFiguresError, "no borders of Austria"),
    ],
)
def test_what_cannot_be_computed_is_refused(ask: Callable[[], Any], error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        ask()


# --- concordance -----------------------------------------------------------------------------------------


def test_concordance_is_tested_under_every_choice_of_proxies() -> None:
    found = burden.concordance(TABLE, 2025, proxies=["gdp", "population", figures()], draws=99)
    assert [len(test.proxies) for test in found] == [3, 2, 2, 2, 1, 1, 1]
    assert SOURCE in found[0].sources
    assert "gdp and population and borders" in found[0].headline


def test_concordance_agrees_with_scipy_on_differences_made_by_hand() -> None:
    test = burden.concordance(TABLE, 2025, draws=99)[1]
    spent, produced = (
        [float(getattr(row, name).amount) for row in burden.burdens(TABLE, 2025)] for name in ("carried", "gdp")
    )
    apart = [e / sum(spent) - g / sum(produced) for e, g in zip(spent, produced, strict=True)]
    oracle = stats.wilcoxon(apart)
    assert min(test.above, test.below) == oracle.statistic
    assert test.p == pytest.approx(oracle.pvalue)
    assert test.carry_more == sum(value > 0 for value in apart)
    assert test.exact
    assert "two-sided p exact" in test.explain()


def smaller_sum(shares: Any, due: Any) -> float:
    """Wilcoxon's W by hand, for differences without ties or zeros."""
    apart = np.asarray(shares) - np.asarray(due)
    ranks = np.argsort(np.argsort(np.abs(apart))) + 1
    return float(min(ranks[apart > 0].sum(), ranks[apart < 0].sum()))


def test_the_randomised_p_comes_near_that_of_all_deals() -> None:
    """Six allies have 720 deals, which are all tried here."""
    due = np.array([0.5, 0.2, 0.12, 0.09, 0.06, 0.03])
    carried = due * np.array([1.6, 0.7, 1.1, 0.5, 0.9, 1.3])
    carried /= carried.sum()
    dealt = [due * np.array(deal) for deal in itertools.permutations(carried / due)]
    observed = smaller_sum(carried, due)
    exactly = np.mean([smaller_sum(parts / parts.sum(), due) <= observed for parts in dealt])
    found = [statistics.randomised_p(carried.tolist(), due.tolist(), 9_999, seed) for seed in range(20)]
    assert found == pytest.approx([float(exactly)] * 20, abs=4 * math.sqrt(0.25 / 9_999))
    assert statistics.randomised_p(carried.tolist(), due.tolist(), 999, 7) == statistics.randomised_p(
        carried.tolist(), due.tolist(), 999, 7
    )


def test_the_randomised_test_holds_its_size_where_one_ally_is_half_of_the_group_and_the_classical_does_not() -> None:
    """Burdens that are proportional to GDP but for chance: the ratios are drawn alike, whatever the ally's size."""
    generator = np.random.default_rng(5)
    due = np.array([row.gdp.amount for row in burden.burdens(TABLE, 2025)], dtype=float)
    due /= due.sum()
    tries, rejected, classically = 400, 0, 0
    for seed in range(tries):
        carried = due * np.exp(generator.normal(0, 0.27, due.size))
        carried /= carried.sum()
        rejected += statistics.randomised_p(carried.tolist(), due.tolist(), 199, seed) <= 0.05
        classically += stats.wilcoxon(carried - due).pvalue <= 0.05
    assert rejected / tries == pytest.approx(0.05, abs=3 * math.sqrt(0.05 * 0.95 / tries))
    assert classically / tries > 0.15


def test_concordance_of_2025_is_not_refuted_by_chance_alone() -> None:
    """The classical p against GDP is 0.0233; one ally is half of all GDP, and dealt out at random it is near 0.2."""
    both, gdp, _population = burden.concordance(TABLE, 2025)
    assert gdp.p == pytest.approx(0.0233, abs=5e-5)
    assert 0.19 < (gdp.randomised_p or 0) < 0.25
    assert gdp.largest == both.largest == nb.Country("USA")
    rows = [row for row in burden.burdens(TABLE, 2025) if row.country != nb.Country("USA")]
    spent, produced = ([float(getattr(row, name).amount) for row in rows] for name in ("carried", "gdp"))
    apart = [e / sum(spent) - g / sum(produced) for e, g in zip(spent, produced, strict=True)]
    assert gdp.p_without_largest == pytest.approx(stats.wilcoxon(apart).pvalue)
    assert gdp.randomised_p_without_largest is not None
    assert "seed 0" in gdp.explain()


def test_an_ally_without_benefit_has_no_ratio_to_deal_out() -> None:
    inland = figures("coast", {nb.Country("CZE"): 0})
    found = burden.concordance(TABLE, 2025, proxies=["gdp", inland], draws=99)
    assert [test.randomised_p is None for test in found] == [False, False, True]
    assert "an ally has no benefit" in str(found[2])


@pytest.mark.parametrize("draws", [98, 0, 999.0, "999"])
def test_too_few_draws_are_refused(draws: Any) -> None:
    with pytest.raises(errors.UnexpectedValueError, match="99 or more, as an int"):
        burden.concordance(TABLE, 2025, draws=draws)


def test_a_series_of_tests_says_what_so_many_do_not_show() -> None:
    found = burden.series(burden.exploitation, TABLE)
    words = "caution: of 13 tests, about 0.7 have a p below 0.05 even where there is no effect"
    assert words in found.explain()
    assert words in str(found).splitlines()[-1]
    assert not burden.series(burden.exploitation, TABLE, years=[2014]).caution
    assert not burden.series(burden.inequality, TABLE).caution


@pytest.mark.parametrize("proxies", [["gdp"], ["gdp", "gdp"], []])
def test_concordance_without_sensitivity_is_refused(proxies: list[str]) -> None:
    with pytest.raises(errors.UnexpectedValueError, match="two or more, each once"):
        burden.concordance(TABLE, 2025, proxies=proxies)


def test_a_proxy_that_is_all_zero_is_refused() -> None:
    nothing = CountryFigures.of("coast", dict.fromkeys(ALLIES, 0), source=SOURCE)
    with pytest.raises(errors.UnexpectedValueError, match="0 in sum"):
        burden.concordance(TABLE, 2025, proxies=["gdp", nothing])


def test_a_proxy_may_be_amounts() -> None:
    gdp = CountryFigures.of("income", {ally: TABLE.gdp(ally, 2025, CONSTANT).value for ally in ALLIES}, source=SOURCE)
    found = burden.concordance(TABLE, 2025, proxies=["gdp", gdp], draws=99)
    assert {test.p for test in found} == {found[0].p}


# --- inequality ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("year", "gini"), [(2014, 0.2486), (2026, 0.0907)])
def test_gini_gives_the_reference_values(year: int, gini: float) -> None:
    """R072."""
    assert float(burden.inequality(TABLE, year).gini) == pytest.approx(gini, abs=5e-5)


def test_inequality_by_pairs_gives_the_same_gini() -> None:
    rows = burden.burdens(TABLE, 2025).rows
    spent, produced = sum(float(r.carried.amount) for r in rows), sum(float(r.gdp.amount) for r in rows)
    parts = [(float(r.carried.amount) / spent, float(r.gdp.amount) / produced) for r in rows]
    pairs = sum(abs(s * h - t * g) for s, g in parts for t, h in parts) / 2
    found = burden.inequality(TABLE, 2025)
    assert float(found.gini) == pytest.approx(pairs)
    assert found.lorenz[-1].expenditure == found.lorenz[-1].gdp == nb.Share.percent(100)
    assert [point.country.key for point in found.lorenz][-1] == "POL"
    assert list(found.lorenz) == sorted(found.lorenz, key=lambda point: point.gdp)
    assert "Gini: 0.1027" in found.explain()


def test_equal_burdens_have_no_inequality_and_all_allies_their_fair_share() -> None:
    level = CountryFigures.of(
        "what levels it",
        {row.country: row.gdp * nb.Share.percent(6) - row.expenditure for row in burden.burdens(TABLE, 2025)},
        source=SOURCE,
    )  # fmt: skip
    found = burden.inequality(TABLE, 2025, terms=[level])
    assert all(abs(float(value)) < 1e-20 for value in (found.gini, found.theil, found.dissimilarity.as_fraction))
    assert {f"{row.ratio:.12f}" for row in burden.fair_shares(TABLE, 2025, terms=[level])} == {"1.000000000000"}


def test_inequality_of_one_is_refused() -> None:
    nato = nb.Group.find("NATO")
    others = tuple(ally for ally in nato.members(2025) if ally.key != "POL")
    alone = nb.Group(key="ALONE", name="Alone", inside=nato.inside, without=others)
    with pytest.raises(errors.TooFewError, match="inequality of 1; valid: at least 2"):
        burden.inequality(TABLE, 2025, group=alone)


# --- fair shares -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        {"key": "gdp"},
        {"key": "population"},
        {"key": "progressive", "elasticity": "0.5"},
        {"key": "gdp", "cap": nb.Share.percent(22)},
        {"key": figures()},
        {"key": figures(), "cap": nb.Share.percent("3.3")},
    ],
)
def test_fair_shares_add_up_to_what_is_carried(options: dict[str, Any]) -> None:
    rows = burden.fair_shares(TABLE, 2025, **options)
    assert abs(sum((row.fair_share.as_fraction for row in rows), Decimal(-1))) < Decimal("1e-25")
    assert abs(sum((row.over.amount for row in rows), Decimal(0))) < Decimal("1e-12")
    cap = options.get("cap")
    assert cap is None or max(row.fair_share for row in rows) == cap


def test_flat_progression_is_the_key_of_gdp_and_a_loose_cap_changes_nothing() -> None:
    flat = burden.fair_shares(TABLE, 2025, "progressive", elasticity=0)
    loose = burden.fair_shares(TABLE, 2025, cap=nb.Share.percent(100))
    for plain, one, other in zip(burden.fair_shares(TABLE, 2025), flat, loose, strict=True):
        assert plain.fair_share.published(10) == one.fair_share.published(10) == other.fair_share.published(10)


def test_progression_asks_more_of_the_richer_only() -> None:
    flat, steep = burden.fair_shares(TABLE, 2025), burden.fair_shares(TABLE, 2025, "progressive", elasticity=1)
    rising = {row.country for row, other in zip(steep, flat, strict=True) if row.fair_share > other.fair_share}
    incomes = {row.country: float(row.gdp.amount / (row.population or 1)) for row in burden.burdens(TABLE, 2025)}
    assert min(incomes[ally] for ally in rising) > max(incomes[ally] for ally in set(ALLIES) - rising)
    assert "^1" in steep[0].formula


def test_a_cap_is_spread_over_the_others_in_proportion() -> None:
    plain, capped = burden.fair_shares(TABLE, 2025), burden.fair_shares(TABLE, 2025, cap=nb.Share.percent(22))
    assert capped["USA"].fair_share == nb.Share.percent(22)
    factors = {
        f"{row.fair_share.as_fraction / other.fair_share.as_fraction:.10f}"
        for row, other in zip(capped, plain, strict=True)
        if row.country.key != "USA"
    }
    assert len(factors) == 1
    assert "none above 22.00 %" in capped[0].explain()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"key": "progressive"}, "goes with the key 'progressive'"),
        ({"key": "progressive", "elasticity": "10.5"}, "0, which is flat, to 10"),
        ({"key": "gdp", "elasticity": 1}, "goes with the key 'progressive'"),
        ({"key": "progressive", "elasticity": -1}, "ask less of the richer"),
        ({"key": "gdp", "cap": nb.Share.percent(3)}, "31 allies must carry the whole: at least 3.23 %"),
        ({"key": "gdp", "cap": 22}, "Share.percent"),
        ({"key": "fair"}, "valid: gdp, population, progressive"),
        ({"key": figures(changed={nb.Country("ALB"): 0})}, "zero of Albania"),
    ],
)
def test_a_key_that_makes_no_shares_is_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(errors.NatoBurdenError, match=words):
        burden.fair_shares(TABLE, 2025, **options)


# --- spill-overs, side by side, series -------------------------------------------------------------------


def test_spillover_burdens_by_hand() -> None:
    found = burden.spillover_burdens(TABLE, 2025, nb.Share.percent(50))["Poland"]
    spent = {ally: TABLE.expenditure(ally, 2025, CONSTANT).value.in_millions for ally in ALLIES}
    poland = nb.Country("POL")
    received = sum(spent.values()) - spent[poland]
    by_hand = spent[poland] / 2 / (TABLE.gdp("POL", 2025, CONSTANT).value.in_millions + received / 2)
    assert abs(found.burden.as_fraction - by_hand) < Decimal("1e-20")
    assert "50.00 % spilling over" in found.explain()


def test_what_does_not_spill_over_is_no_burden_and_each_part_is_needed() -> None:
    parts: dict[Any, nb.Share] = dict.fromkeys(ALLIES, nb.Share.percent(10)) | {nb.Country("USA"): nb.Share.percent(0)}
    assert burden.spillover_burdens(TABLE, 2025, parts)["USA"].burden == nb.Share.percent(0)
    del parts[nb.Country("USA")]
    with pytest.raises(errors.MissingFiguresError, match="United States"):
        burden.spillover_burdens(TABLE, 2025, parts)
    wrong: Any = {"USA": 0.5}
    with pytest.raises(errors.UnexpectedValueError, match=r"Share\.percent"):
        burden.spillover_burdens(TABLE, 2025, wrong)
    with pytest.raises(errors.UnexpectedValueError, match="by country"):
        burden.spillover_burdens(TABLE, 2025, wrong["USA"])


def test_parts_side_by_side_add_up_to_the_group() -> None:
    rows = burden.side_by_side(TABLE, 2025)
    for name in ("gdp", "population", "expenditure", "equipment", "personnel"):
        assert abs(sum((getattr(row, name).as_fraction for row in rows), Decimal(-1))) < Decimal("1e-25")
    assert rows["Poland"].per_head == TABLE.expenditure_per_capita("POL", 2025).value
    assert "of military personnel" in rows["Poland"].explain()


def test_a_measure_that_the_edition_lacks_for_a_member_is_missing_for_all() -> None:
    gone = {nb.Measure.EQUIPMENT_SHARE, nb.Measure.GDP_PER_CAPITA}
    kept = tuple(item for item in TABLE.observations if item.entity.key != "POL" or item.measure not in gone)
    partial = attrs.evolve(TABLE, observations=kept)
    rows = burden.side_by_side(partial, 2026)
    assert {(row.equipment, row.population) for row in rows} == {(None, None)}
    assert "of expenditure on equipment" not in [item.label for item in rows["Poland"].findings]
    assert all(row.personnel for row in rows)
    assert burden.burdens(partial, 2026)["Poland"].gdp_per_head is None
    with pytest.raises(errors.NoObservationError, match=r"no GDP per head .* of Poland"):
        burden.fair_shares(partial, 2026, "population")


def test_a_series_needs_a_function() -> None:
    wrong: Any = "gini"
    with pytest.raises(errors.UnexpectedValueError, match=r"burden\.inequality"):
        burden.series(wrong, TABLE)


def test_a_series_covers_years_and_editions_and_names_what_is_missing() -> None:
    found = burden.series(burden.exploitation, EDITIONS, group="NATO_EUROPE")
    assert len(found) == 24
    assert {gap.edition for gap in found.missing} == {"2025-08"}
    assert "has no gross domestic product" in found.missing[0].reason
    assert found.to_columns()["rho"][0] == found[0].rho
    assert [row.year for row in burden.series(burden.inequality, TABLE)] == list(range(2014, 2027))
    by_proxy = burden.series(burden.concordance, TABLE, years=[2024, 2025])
    assert len(by_proxy) == 6


def test_a_figure_is_found_by_country_and_kept_in_order() -> None:
    given_: dict[str, Any] = {"Poland": 5, "DEU": "1.5"}
    found = CountryFigures.of("borders", given_, source=SOURCE)
    assert found.values == ((nb.Country("DEU"), Decimal("1.5")), (nb.Country("POL"), Decimal(5)))
    assert str(found) == "borders of 2 countries"
    with pytest.raises(errors.UnexpectedValueError):
        CountryFigures.of("borders", {"Poland": 5}, source="an atlas")  # type: ignore[arg-type]


def test_without_scipy_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(errors.MissingExtraError, match=r"natoburden\[stats\]"):
        burden.exploitation(TABLE, 2025)


@pytest.mark.parametrize("kind", [burden.BenefitProxy, burden.FairKey])
def test_a_choice_prints_as_it_is_written(kind: type[burden.BenefitProxy | burden.FairKey]) -> None:
    assert [str(member) for member in kind] == [member.value for member in kind]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: burden.burdens(TABLE, 2025, terms=cast("Any", amounts(1))),
            r"as terms of the burden; .*terms=\[figures\]",
        ),
        (lambda: burden.exploitation(TABLE, 2025, held="population"), r"as variables held; .*held=\["),
        (lambda: burden.concordance(TABLE, 2025, proxies="gdp"), r"as proxies of benefit; .*proxies=\["),
    ],
)
def test_one_item_in_the_place_of_a_list_is_refused_with_the_list_to_write(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(errors.UnexpectedValueError, match=message):
        call()


def test_a_country_given_under_two_names_is_refused_by_spill_overs() -> None:
    parts = dict.fromkeys([*map(str, ALLIES), "POL"], nb.Share.percent(50))
    with pytest.raises(errors.UnexpectedValueError, match=r"Poland.*each country once"):
        burden.spillover_burdens(TABLE, 2025, parts)


def test_rows_of_tests_tell_their_choices_and_partial_correlations_apart() -> None:
    frame = burden.concordance(TABLE, 2025, draws=99).to_columns()
    assert frame["proxies"] == ["gdp; population", "gdp", "population"]
    row = burden.exploitation(TABLE, 2014, held=["gdp per head"]).to_row()
    assert round(float(str(row["rho_given_gdp_per_head"])), 4) == 0.3314
    assert round(float(str(row["rho_given_gdp_per_head_p"])), 3) == 0.049


def test_an_explanation_writes_gdp_per_head_in_whole_units() -> None:
    assert "GDP per head, Albania, 2025: 7,900 USD, constant" in burden.burdens(TABLE, 2025)["Albania"].explain()
