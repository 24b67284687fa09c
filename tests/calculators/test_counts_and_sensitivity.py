"""Distributions of counts and of the missing sum, and which ally decides them: against draws and formulas of SciPy."""

from __future__ import annotations

import math
import statistics
import sys
from typing import Any

import numpy as np
import pytest
from scipy import stats

import natoburden as nb
from natoburden import errors
from natoburden.calculators.simulation import Assumptions, Uncertain

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2023-07", "2024-06", "2025-08", "2026-07")
PERCENT = nb.Rate.percent
SURE = Uncertain.surely(PERCENT(0))
FOUR = ["DEU", "POL", "ESP", "ITA"]
SHARES = {"DEU": "2.00", "POL": "4.00", "ESP": "1.98", "ITA": "2.03"}
PLANS = {ally: dict.fromkeys((2027, 2028), nb.Share.percent(share)) for ally, share in SHARES.items()}


def assumed(*, growth: str = "0", spread: str = "2", correlation: int = 0) -> Assumptions:
    return Assumptions(
        gdp_growth=Uncertain(PERCENT(0), PERCENT(growth)),
        inflation=SURE,
        exchange_rate=SURE,
        execution=Uncertain(PERCENT(0), PERCENT(spread)),
        revision=SURE,
        correlation=nb.Share.percent(correlation),
    )


def distribution(**more: Any) -> nb.simulation.CountDistribution:
    given: dict[str, Any] = {"assumptions": assumed(), "target": "wales-guideline", "seed": 1} | more
    return nb.simulation.count_distribution(TABLE, PLANS, given.pop("assumptions"), given.pop("target"), **given)


def test_the_draws_are_those_of_the_simulation() -> None:
    found = distribution(assumptions=assumed(growth="2", correlation=60), draws=5_000)
    drawn = nb.simulation.simulate(
        TABLE, PLANS, assumed(growth="2", correlation=60), seed=1, targets="wales-guideline", draws=5_000
    )
    for ally in FOUR:
        assert found.chance(ally) == drawn.year(ally, 2028).probability("wales-guideline")
    assert found.mean == pytest.approx(sum(float(chance.as_fraction) for _, chance in found.chances))
    assert set(found.sources) == {*drawn.year("DEU", 2028).sources, found.target.source}


def test_independent_allies_make_the_sum_of_unequal_coins() -> None:
    found = distribution(draws=100_000)
    needed = [math.log(0.01995 / (float(share) / 100)) / 0.02 for share in SHARES.values()]
    chances = [float(stats.norm.sf(deviate)) for deviate in needed]
    exact = [1.0]
    for chance in chances:
        exact = [
            (exact[k] if k < len(exact) else 0) * (1 - chance) + (exact[k - 1] * chance if k else 0)
            for k in range(len(exact) + 1)
        ]
    for part, error, expected in zip(found.probabilities, found.errors, exact, strict=True):
        assert abs(float(part.as_fraction) - expected) < 5 * float(error.value) / 100
    assert found.mean == pytest.approx(sum(chances), abs=0.02)
    assert sum(float(part.as_fraction) for part in found.probabilities) == pytest.approx(1)
    assert float(found.at_least(3).as_fraction) == pytest.approx(sum(exact[3:]), abs=0.01)
    assert found.at_least(0) == found.at_least(-1) == nb.Share.percent(100)


def test_common_shocks_spread_the_count_and_keep_its_mean() -> None:
    alone, together = (
        distribution(assumptions=assumed(growth="3", spread="0", correlation=rho), draws=20_000) for rho in (0, 90)
    )

    def spread(found: nb.simulation.CountDistribution) -> float:
        parts = [float(part.as_fraction) for part in found.probabilities]
        return sum(part * (count - found.mean) ** 2 for count, part in enumerate(parts))

    assert together.mean == pytest.approx(alone.mean, abs=0.05)
    assert spread(together) > 1.3 * spread(alone)


def test_what_is_missing_is_gross_of_those_below_and_net_of_all() -> None:
    sure = assumed(spread="0")
    found = distribution(assumptions=sure, draws=100)
    gdp = {ally: float(TABLE.gdp(ally, 2026).value.in_millions) for ally in FOUR}
    lacking = {ally: (2 - float(share)) / 100 * gdp[ally] for ally, share in SHARES.items()}
    below = sum(lack for lack in lacking.values() if lack > 0)
    assert [float(missing.in_millions) for missing in found.gross] == pytest.approx([below] * 5, abs=0.01)
    assert float(found.net[0].in_millions) == pytest.approx(sum(lacking.values()), abs=0.01)
    assert found.counts == (3, 3, 3, 3, 3)
    assert found.probabilities[3] == nb.Share.percent(100)
    assert found.net[0].currency == nb.Money.millions(1, "USD").currency


def test_a_distribution_repeats_with_its_seed_and_says_what_it_rests_on() -> None:
    found = distribution(draws=1_000)
    assert found == distribution(draws=1_000)
    assert found != distribution(draws=1_000, seed=2)
    assert found.year == 2028
    assert distribution(draws=1_000, year=2027).year == 2027
    assert found.status is nb.Status.PROJECTION
    assert "1000 draws, seed 1" in found.explain()
    assert "execution +0.00 % ± 2.00 %" in found.explain()
    assert "not a forecast" in found.explain()
    row = found.to_row()
    assert row["count_q50"] == found.counts[2]
    assert "likeliest" in str(found)


def test_a_distribution_refuses_what_was_not_planned() -> None:
    with pytest.raises(errors.InvalidYearError, match="2027 to 2028"):
        distribution(year=2030)
    with pytest.raises(errors.UnexpectedValueError, match="there are plans for Germany"):
        distribution(draws=100).chance("France")
    with pytest.raises(errors.UnexpectedValueError, match="aim or floor of core"):
        distribution(target="wales-equipment")
    wrong: Any = [0.5]
    with pytest.raises(errors.UnexpectedValueError, match="a level"):
        distribution(levels=wrong)


# --- which ally decides -----------------------------------------------------------------------------------


def influence(**more: Any) -> Any:
    given: dict[str, Any] = {"assumptions": assumed(), "seed": 1, "draws": 8_000} | more
    return nb.simulation.sensitivity(TABLE, PLANS, given.pop("assumptions"), "wales-guideline", **given)


def test_first_order_indices_of_a_sum_are_parts_of_its_variance() -> None:
    found = influence(of="net", method="sobol")
    gdp = {ally: float(TABLE.gdp(ally, 2026).value.in_millions) for ally in FOUR}
    variances = {
        ally: (gdp[ally] * float(share)) ** 2 * math.expm1(0.0004) * math.exp(0.0004) for ally, share in SHARES.items()
    }
    for row in found:
        expected = variances[row.country.key] / sum(variances.values())
        assert row.index == pytest.approx(expected, abs=0.04)
    assert sum(row.index for row in found) == pytest.approx(1, abs=0.05)
    assert found[0].index >= found[-1].index
    assert "RBD-FAST" in found[0].how
    assert found[0].half_width > 0
    assert found[0].findings[0].text == f"{found[0].index:.3f} ± {found[0].half_width:.3f}"


def test_the_influence_on_a_count_is_that_of_coins() -> None:
    found = influence(method="sobol", draws=20_000)
    needed = {ally: math.log(0.01995 / (float(share) / 100)) / 0.02 for ally, share in SHARES.items()}
    chances = {ally: float(stats.norm.sf(deviate)) for ally, deviate in needed.items()}
    whole = sum(chance * (1 - chance) for chance in chances.values())
    for row in found:
        chance = chances[row.country.key]
        assert row.index == pytest.approx(chance * (1 - chance) / whole, abs=0.02)
        assert "100 harmonics" in row.how
    assert found[-1].country == nb.Country("POL")


def test_what_an_ally_decides_that_seldom_meets_is_within_its_interval() -> None:
    at, spread = {"DEU": 0.0, "FRA": 2.326}, 0.05  # deviations below the line: chances of 50 % and of 1 %
    plans = {ally: {2027: nb.Share.fraction(f"{0.01995 * math.exp(-spread * z):.10f}")} for ally, z in at.items()}
    found = nb.simulation.sensitivity(
        TABLE, plans, assumed(spread="5"), "wales-guideline", seed=1, method="sobol", draws=20_000
    )
    parts = {ally: float(stats.norm.sf(z) * stats.norm.cdf(z)) for ally, z in at.items()}
    for ally, part in parts.items():
        row = found[ally]
        assert row.half_width is not None
        assert abs(row.index - part / sum(parts.values())) <= row.half_width


def test_rank_correlations_are_scipys_and_need_no_salib(monkeypatch: pytest.MonkeyPatch) -> None:
    found = influence(of="gross", method="rank")
    monkeypatch.setitem(sys.modules, "SALib.analyze", None)
    unnamed = influence(of="gross")
    assert [row.index for row in unnamed] == [row.index for row in found]
    assert "since SALib is not installed" in unnamed[0].how
    with pytest.raises(errors.MissingExtraError, match="econometrics"):
        influence(method="sobol")
    drawn = nb.simulation.simulate(TABLE, PLANS, assumed(), seed=1, draws=8_000)
    assert drawn.draws == found[0].draws
    for row in found:
        assert row.index == pytest.approx(row.rank_correlation**2)
        assert row.half_width is None
        assert "squared rank correlation" in str(row)


def test_rank_correlations_without_scipy_name_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy.stats", None)
    with pytest.raises(errors.MissingExtraError, match="stats"):
        influence(method="rank", draws=100)


def test_rank_correlations_match_scipy() -> None:
    from natoburden.calculators.simulation.influences import _rank_correlations

    generator = np.random.default_rng(1)
    own = generator.standard_normal((3, 500)).round(1)
    own[2] = 0
    whole = own.sum(axis=0)
    found = _rank_correlations(own, whole)
    expected = [float(stats.spearmanr(row, whole).statistic) for row in own[:2]]
    assert found == [pytest.approx(expected[0]), pytest.approx(expected[1]), 0.0]


def test_indices_repeat_and_leave_the_generator_of_numpy_alone() -> None:
    np.random.seed(5)  # the one for all, whose state must stay
    before = np.random.get_state()[1].tolist()  # type: ignore[index]
    assert influence(method="sobol", seed=0, draws=1_000) == influence(method="sobol", seed=0, draws=1_000)
    assert np.random.get_state()[1].tolist() == before  # type: ignore[index]


def test_an_ally_that_is_sure_decides_nothing_and_nothing_uncertain_is_refused() -> None:
    by_ally = {ally: assumed(spread="0" if ally == "POL" else "2") for ally in FOUR}
    found = influence(assumptions=by_ally, of="net", method="sobol", draws=1_000)
    assert found["Poland"].index == found["Poland"].rank_correlation == 0
    with pytest.raises(errors.UnexpectedValueError, match="the same in all draws"):
        influence(assumptions=assumed(spread="0"), draws=100)
    with pytest.raises(errors.UnknownNameError, match="gross"):
        influence(of="total")
    with pytest.raises(errors.UnknownNameError, match="sobol"):
        influence(method="morris")


def test_an_influence_says_what_it_is_of() -> None:
    row = influence(method="rank", draws=500)[0]
    assert row.headline.startswith(f"What {row.country} decides of the number of allies that meet it")
    assert "500 draws, seed 1" in row.formula
    assert row.sources
    assert "rank correlation" in row.explain()
    assert row.status is nb.Status.PROJECTION


# --- estimated assumptions --------------------------------------------------------------------------------


def test_estimated_assumptions_are_those_of_the_vintages_and_of_the_outlook() -> None:
    macro = nb.datasets.macro()
    found = nb.simulation.assumptions_as_revised(EDITIONS, macro, since=2023, until=2030)
    assert len(found) == 31
    revised = nb.simulation.revision_errors(EDITIONS).of(1)
    germany = found[nb.Country("DEU")]
    assert (germany.execution, germany.revision) == (revised.by_expenditure, revised.by_gdp)
    counted = [row for row in revised if row.by_expenditure is not None]
    assert {row.edition for row in counted} == {"2024-06"}
    assert f"by {len(counted)} estimates of 2024-06;" in germany.basis
    rates = [float(macro.figure("DEU", year, "gdp_growth").value.as_fraction) for year in range(2027, 2031)]
    assert float(germany.gdp_growth.median.factor) == pytest.approx(float(stats.gmean([1 + rate for rate in rates])))
    past = [
        math.log1p(float(item.value.as_fraction))
        for item in macro.select(country="DEU", measure="gdp_growth")
        if item.year <= macro.last_outcome
    ]
    assert germany.gdp_growth.deviation == pytest.approx(stats.median_abs_deviation(past, scale="normal"), abs=1e-4)
    deflators = [float(macro.figure("DEU", year, "gdp_deflator").value) for year in (2026, 2030)]
    assert float(germany.inflation.median.factor) == pytest.approx((deflators[1] / deflators[0]) ** 0.25, abs=1e-6)
    growth = [
        [float(macro.figure(ally, year, "gdp_growth").value.factor) for year in range(2008, 2026)] for ally in found
    ]
    matrix = np.corrcoef(np.log(growth))
    mean = matrix[np.triu_indices(len(found), 1)].mean()
    assert float(germany.correlation.as_fraction) == pytest.approx(mean, abs=1e-6)


def test_allies_of_one_currency_have_one_rate_and_each_set_names_itself() -> None:
    found = nb.simulation.assumptions_as_revised(EDITIONS, nb.datasets.macro(), since=2023, until=2035)
    assert found[nb.Country("EST")].exchange_rate == found[nb.Country("DEU")].exchange_rate
    assert found[nb.Country("POL")].exchange_rate != found[nb.Country("DEU")].exchange_rate
    told = str(found[nb.Country("EST")])
    assert "as NATO revised since 2023" in told
    assert "outlook 2026-04 to 2031" in told
    drawn = nb.simulation.simulate(TABLE, PLANS, found | {}, seed=1, draws=100)
    assert "as NATO revised since 2023" in drawn[-1].formula
    assert {source.publisher for source in drawn[-1].sources} >= {"International Monetary Fund"}
    one = nb.simulation.assumptions_as_revised(EDITIONS, nb.datasets.macro(), since=2024, until=2030, group=["EST"])
    assert one[nb.Country("EST")].correlation == nb.Share.percent(0)


def test_estimated_assumptions_refuse_what_does_not_fit() -> None:
    macro = nb.datasets.macro()
    make = nb.simulation.assumptions_as_revised
    with pytest.raises(errors.UnexpectedValueError, match="1 since 2026"):
        make(EDITIONS, macro, since=2026, until=2030)
    with pytest.raises(errors.InvalidYearError, match="after 2026"):
        make(EDITIONS, macro, since=2023, until=2026)
    wrong: Any = TABLE
    with pytest.raises(errors.UnexpectedValueError, match="an outlook"):
        make(EDITIONS, wrong, since=2023, until=2030)


def test_sets_of_assumptions_without_a_basis_are_counted_alone() -> None:
    by_ally = {ally: assumed(spread="1" if ally == "POL" else "2") for ally in FOUR}
    found = distribution(assumptions=by_ally, draws=100)
    assert found.formula.endswith("2 sets of assumptions, by ally")
    assert statistics.fmean(map(float, found.counts)) <= 4
