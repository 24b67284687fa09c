"""False discovery rates against SciPy and by hand; bootstrap intervals against draws made here."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import natoburden as nb
from natoburden import errors

TABLE = nb.datasets.defence_expenditure("2026-07")
# The fifteen p-values of Benjamini and Hochberg (1995), of which four are discoveries at 5 %.
PUBLISHED = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip


def test_the_example_of_benjamini_and_hochberg_has_four_discoveries() -> None:
    named = {str(number): p for number, p in enumerate(PUBLISHED)}
    found = nb.inference.false_discoveries(named, family="end points of a trial")
    assert [row.label for row in found.by_hochberg] == ["0", "1", "2", "3"]
    assert [row.label for row in found.by_yekutieli] == ["0", "1", "2"]
    assert found.find("p at most the level, each by itself").value == 9
    assert found.family == found[0].family == "end points of a trial"
    assert "one of end points of a trial" in found[0].headline
    assert "adjusted by Yekutieli: 0.0050" in str(found[0])
    assert found[0].evidence == found.evidence == ()


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_adjusted_values_are_those_by_hand_and_no_smaller_than_p(ps: list[float]) -> None:
    found = nb.inference.false_discoveries({str(number): p for number, p in enumerate(ps)})
    m, ordered = len(ps), sorted(ps)
    harmonic = math.fsum(1 / k for k in range(1, m + 1))
    for row, p in zip(found, ps, strict=True):
        rank = max(number for number, value in enumerate(ordered) if value == p)
        hochberg = min(min(1, m * ordered[j] / (j + 1)) for j in range(rank, m))
        assert row.by_hochberg == pytest.approx(hochberg, abs=1e-12)
        yekutieli = [harmonic * m * ordered[j] / (j + 1) for j in range(rank, m)]
        assert row.by_yekutieli == pytest.approx(min(1, *yekutieli), abs=1e-12)
        assert row.p <= row.by_hochberg + 1e-12 <= row.by_yekutieli + 1e-11


def test_a_series_over_years_is_a_family_that_names_its_tests() -> None:
    tests = nb.burden.series(nb.inference.randomised_exploitation, TABLE, years=[2014, 2015, 2016], draws=99)
    found = nb.inference.false_discoveries(tests, level=nb.Share.percent(20))
    assert [row.p for row in found] == [row.p for row in tests]
    assert found.family == "3 tests: rank test of exploitation, 2014 to rank test of exploitation, 2016"
    assert found.evidence
    assert "discovery rate of 20 %" in found.headline
    classical = nb.inference.false_discoveries(nb.burden.concordance(TABLE, 2025, draws=99))
    theirs = stats.false_discovery_control([row.p for row in nb.burden.concordance(TABLE, 2025, draws=99)], method="by")
    assert [row.by_yekutieli for row in classical] == pytest.approx(list(theirs))
    assert "Concordance of burden with benefit by gdp and population" in str(classical)


def test_a_family_refuses_what_is_no_p() -> None:
    find = nb.inference.false_discoveries
    with pytest.raises(errors.TooFewError):
        find({"one": 0.5})
    for wrong in (1.5, math.nan, Decimal(-1)):
        with pytest.raises(errors.UnexpectedValueError, match="between 0 and 1"):
            find({"one": wrong, "other": 0.5})
    unknown: Any = {"one": None, "other": 0.5}
    with pytest.raises(errors.UnexpectedValueError, match="not known: leave the test out"):
        find(unknown)
    with pytest.raises(errors.UnknownNameError, match="rho_p"):
        find([nb.burden.exploitation(TABLE, year) for year in (2014, 2015)])
    responses = [nb.panels.response(TABLE, lags=lags) for lags in (0, 1)]
    with pytest.raises(errors.UnexpectedValueError, match="no p of its own: give p-values by name"):
        find(responses)
    by_name = {f"{lags} lags": found.responses[0].p for lags, found in enumerate(responses)}
    assert len(find(by_name)) == 2
    wrong_kind: Any = [0.1, 0.2]
    with pytest.raises(errors.UnexpectedValueError, match="results with a p-value"):
        find(wrong_kind)


# --- intervals --------------------------------------------------------------------------------------------


def amounts() -> tuple[Any, Any]:
    rows = nb.burden.burdens(TABLE, 2025).rows
    return np.array([float(row.carried.amount) for row in rows]), np.array([float(row.gdp.amount) for row in rows])


def theil(spent: Any, gdp: Any) -> float:
    s, g = spent / spent.sum(), gdp / gdp.sum()
    return float((s * np.log(s / g)).sum())


def test_percentiles_are_those_of_draws_made_here() -> None:
    found = nb.inference.bootstrap_inequality(TABLE, 2025, "theil", method="percentile", draws=4_999)
    spent, gdp = amounts()
    generator = np.random.default_rng(9)
    places = generator.integers(0, len(spent), (4_999, len(spent)))
    drawn = [theil(spent[place], gdp[place]) for place in places]
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert float(found.value) == pytest.approx(theil(spent, gdp))
    assert found.low == pytest.approx(low, rel=0.1)
    assert found.high == pytest.approx(high, rel=0.1)
    assert found.error == pytest.approx(np.std(drawn, ddof=1), rel=0.1)
    assert found.country is None


def test_bca_is_efrons_formula_on_the_same_draws() -> None:
    draws, seed = 2_000, 4
    found = nb.inference.bootstrap_inequality(TABLE, 2025, "theil", method="BCa", draws=draws, seed=seed)
    spent, gdp = amounts()
    n, normal = len(spent), stats.norm
    places = np.random.default_rng(seed).integers(0, n, (draws, n))
    drawn = np.array([theil(spent[place], gdp[place]) for place in places])
    left = np.array([theil(np.delete(spent, i), np.delete(gdp, i)) for i in range(n)])
    apart = left.mean() - left
    a = (apart**3).sum() / (6 * (apart**2).sum() ** 1.5)
    z0 = normal.ppf((drawn < theil(spent, gdp)).mean())
    ends = [normal.cdf(z0 + (z0 + z) / (1 - a * (z0 + z))) for z in normal.ppf([0.025, 0.975])]
    assert [found.low, found.high] == pytest.approx(list(np.quantile(drawn, ends)), rel=0.02)


def test_intervals_repeat_with_a_seed_and_widen_with_the_level() -> None:
    one = nb.inference.bootstrap_inequality(TABLE, 2025, draws=999, seed=2)
    assert one == nb.inference.bootstrap_inequality(TABLE, 2025, draws=999, seed=2)
    wide = nb.inference.bootstrap_inequality(TABLE, 2025, draws=999, seed=2, level=nb.Share.percent(99))
    assert wide.low < one.low < float(one.value) < one.high < wide.high
    assert "not a sample" in one.explain()
    assert "bias-corrected" in nb.inference.bootstrap_inequality(TABLE, 2025, method="BCa", draws=999).formula


def test_the_interval_holds_the_middle_of_the_draws_and_counts_those_outside() -> None:
    """By BCa, of allies of whom one makes the figure, the middle is not what it holds: the counts tell."""
    found = nb.inference.bootstrap_inequality(TABLE, 2014, draws=1_999)
    assert found.method == "percentile"
    assert (found.below, found.above) == (50, 50)
    moved = nb.inference.bootstrap_inequality(TABLE, 2014, method="BCa", draws=1_999)
    assert moved.below > 999
    assert moved.above <= 1
    assert f"draws outside: {moved.below} below, {moved.above} above" in str(moved)


def test_a_fair_share_keeps_its_ally_and_draws_the_others() -> None:
    found = nb.inference.bootstrap_fair_shares(TABLE, 2025, "population", method="percentile", draws=1_999)
    fair = nb.burden.fair_shares(TABLE, 2025, "population")
    assert [row.value for row in found] == [row.ratio for row in fair]
    row = found["Germany"]
    rest = [item for item in fair if item.country != row.country]
    own = fair["Germany"]
    carried = np.array([float(item.carried.amount) for item in rest])
    due = np.array([float(item.fair_share.as_fraction) for item in rest])
    places = np.random.default_rng(3).integers(0, len(rest), (1_999, len(rest)))
    mine, part = float(own.carried.amount), float(own.fair_share.as_fraction)
    ratios = mine / part * (due[places].sum(axis=1) + part) / (carried[places].sum(axis=1) + mine)
    assert [row.low, row.high] == pytest.approx(list(np.quantile(ratios, [0.025, 0.975])), rel=0.05)
    assert "the ally kept, the others drawn" in row.formula
    assert row.headline.startswith("ratio to the fair share by population of Germany")


def test_intervals_refuse_what_they_cannot_be_made_of() -> None:
    make = nb.inference.bootstrap_inequality
    with pytest.raises(errors.TooFewError):
        make(TABLE, 2025, group=["EST", "LVA"])
    with pytest.raises(errors.UnknownNameError, match="BCa"):
        make(TABLE, 2025, method="basic")  # type: ignore[arg-type]
    with pytest.raises(errors.UnexpectedValueError, match="between 0 and 100"):
        make(TABLE, 2025, level=nb.Share.percent(100))
    four = ["EST", "LVA", "LTU", "POL"]
    carried = {row.country.key: row.carried for row in nb.burden.burdens(TABLE, 2025, group=four)}
    same = nb.model.CountryFigures.of("what it carries", carried, source=nb.Source(title="Made", publisher="a test"))
    methods: tuple[Any, ...] = ("BCa", "percentile")
    for method in methods:
        with pytest.raises(errors.UnexpectedValueError, match="all alike"):
            nb.inference.bootstrap_fair_shares(TABLE, 2025, same, group=four, method=method, draws=99)
