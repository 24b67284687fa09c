"""Revisions by horizon and part, whether they were predictable, and what estimates may become: against other routes."""

from __future__ import annotations

import csv
import itertools
import math
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats

import natoburden as nb
from natoburden import errors, simulation
from natoburden.calculators.simulation import Horizon, RevisionTest, Vintage, Vintages

KEYS = ("2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2025-08", "2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions(*KEYS)
ALL = simulation.vintages(EDITIONS)
RUNNING = ALL.of(Horizon.RUNNING_YEAR)
PAST = simulation.revision_errors(EDITIONS[:4])  # those before 2024
ERRORS = simulation.revision_errors(EDITIONS)
LATER = attrs.evolve(ERRORS, rows=tuple(row for row in ERRORS if row.year in (2023, 2024)))
DATA = Path(nb.datasets.__file__).parent / "data" / "nato"


def published(edition: str) -> dict[tuple[str, int], tuple[Decimal, str]]:
    with (DATA / f"defence_expenditure_{edition}.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["entity"], int(row["year"])): (Decimal(row["value"]), row["status"])
            for row in csv.DictReader(file)
            if row["measure"] == "share_of_gdp" and row["entity"] != "NATO_TOTAL"
        }


def test_every_revision_is_the_printed_share_against_the_newest_outcome_of_the_files() -> None:
    files = {key: published(key) for key in KEYS}
    for row in ALL:
        cell = (row.country.key, row.year)
        later = [key for key in KEYS if key > row.edition and files[key].get(cell, (0, "estimate"))[1] == "actual"]
        assert row.later_edition == later[-1]
        assert row.printed.as_percent == files[row.edition][cell][0]
        assert row.change.value == files[later[-1]][cell][0] - files[row.edition][cell][0]
        assert (row.horizon is Horizon.ACTUAL) == (files[row.edition][cell][1] == "actual")
    assert {(row.edition, row.year) for row in RUNNING} == {
        ("2016-01", 2015), ("2019-06", 2019), ("2022-06", 2022), ("2023-07", 2023), ("2024-06", 2024),
    }  # fmt: skip


def test_the_parts_of_a_revision_multiply_to_the_whole_exactly() -> None:
    decomposed = 0
    for row in ALL:
        parts = (row.by_expenditure, row.by_gdp, row.by_rebasing)
        known = [part.factor for part in parts if part is not None]
        if row.residual is None:
            assert not known
            continue
        product = math.prod(known) * row.residual.factor
        assert abs(product - row.relative.factor) < Decimal("1e-24")
        decomposed += row.by_gdp is not None
    assert decomposed > 250


def test_the_residual_is_rounding_where_all_parts_are_known() -> None:
    for row in ALL:
        if row.residual is None or row.by_gdp is None:
            continue
        exactly_two = row.printed.as_percent == 2 or row.latest.as_percent == 2
        rounding = Decimal("0.5") + Decimal("0.5") / row.printed.as_percent  # per cent of a share with two decimals
        assert abs(row.residual.as_percent) < rounding + (1 if exactly_two else Decimal("0.7"))


def test_nothing_is_rebasing_between_editions_of_one_base_year() -> None:
    same = simulation.vintages(EDITIONS, only_same_prices=True)
    assert {row.same_prices for row in same} == {True}
    assert {row.by_rebasing for row in same if row.by_expenditure} == {nb.Rate.percent(0)}
    of_2024 = next(row for row in same if (row.edition, row.country.key, row.year) == ("2025-08", "CZE", 2024))
    spent = [table.expenditure("CZE", 2024, nb.PriceBasis.constant(2021)).value.amount for table in EDITIONS[-2:]]
    assert of_2024.by_expenditure == nb.Rate.between(*spent)
    assert of_2024.by_gdp is None


def test_an_ally_that_took_the_euro_has_parts_where_both_editions_write_earlier_years_in_euros() -> None:
    with (DATA / "defence_expenditure_2024-06.csv").open(encoding="utf-8", newline="") as old:
        then = in_euros(old, "HRV", 2016)
    with (DATA / "defence_expenditure_2026-07.csv").open(encoding="utf-8", newline="") as new:
        now = in_euros(new, "HRV", 2016)
    found = next(row for row in ALL if (row.edition, row.country.key, row.year) == ("2024-06", "HRV", 2016))
    assert found.by_expenditure == nb.Rate.between(then, now)
    assert found.by_gdp is not None
    assert found.by_rebasing is not None


def in_euros(lines: Iterable[str], entity: str, year: int) -> Decimal:
    wanted = ("expenditure", entity, str(year), "million EUR", "current")
    names = ("measure", "entity", "year", "unit", "price_basis")
    return next(Decimal(row["value"]) for row in csv.DictReader(lines) if tuple(row[name] for name in names) == wanted)


def test_an_ally_whose_currency_changed_has_no_parts_that_the_editions_do_not_share() -> None:
    row = next(row for row in ALL if (row.edition, row.country.key, row.year) == ("2016-01", "DEU", 2015))
    assert (row.by_expenditure, row.residual) == (None, None)
    assert row.find("residual").text == "not known"


def test_bias_and_spreads_are_those_of_numpy() -> None:
    for found in ALL.summaries:
        changes = np.array([float(row.change.value) for row in ALL.of(found.horizon)])
        assert found.revisions == len(changes)
        assert float(found.mean.value) == pytest.approx(changes.mean(), abs=1e-6)
        assert float(found.median.value) == pytest.approx(np.median(changes), abs=1e-6)
        assert float(found.spread.value) == pytest.approx(changes.std(ddof=1), abs=1e-6)
        robust = stats.median_abs_deviation(changes, scale="normal")
        assert float(found.robust_spread.value) == pytest.approx(robust, abs=1e-6)
        assert abs(float(found.largest.value)) == pytest.approx(abs(changes).max())
    assert len(RUNNING.without("Bulgaria")) == len(RUNNING) - 5
    assert len(RUNNING.where(lambda row: row.year == 2015)) == 27
    assert len(RUNNING.where(lambda row: row.country.key == "DEU" and row.year < 2020).summaries) == 0


def sandwich(x: Sequence[float], y: Sequence[float], clusters: Sequence[Any], slope: float) -> dict[str, float]:
    """Return a line and its cluster-robust test by sums over pairs of rows, not by sums within clusters."""
    line = stats.linregress(x, y)
    left = [y[i] - line.intercept - line.slope * x[i] for i in range(len(x))]
    meat = np.zeros((2, 2))
    for i, j in itertools.product(range(len(x)), repeat=2):
        if clusters[i] == clusters[j]:
            meat += left[i] * left[j] * np.outer([1, x[i]], [1, x[j]])
    groups, n = len(set(clusters)), len(x)
    n_x, n_xx = sum(x), sum(value * value for value in x)
    inverse = np.array([[n_xx, -n_x], [-n_x, n]]) / (n * n_xx - n_x**2)
    covariance = inverse @ meat @ inverse * groups / (groups - 1) * (n - 1) / (n - 2)
    away = np.array([line.intercept, line.slope - slope])
    statistic = float(away @ np.linalg.inv(covariance) @ away) / 2
    return {
        "intercept": line.intercept,
        "slope": line.slope,
        "intercept_error": math.sqrt(covariance[0, 0]),
        "slope_error": math.sqrt(covariance[1, 1]),
        "statistic": statistic,
        "p": 1 - float(stats.f.cdf(statistic, 2, groups - 1)),
    }


@pytest.mark.parametrize("cluster", ["year", "ally"])
def test_regressions_are_those_of_another_route(cluster: Any) -> None:
    first = [float(row.printed.as_percent) for row in RUNNING]
    last = [float(row.latest.as_percent) for row in RUNNING]
    moved = [b - a for a, b in zip(first, last, strict=True)]
    groups = [row.year if cluster == "year" else row.country.key for row in RUNNING]
    found = [
        simulation.mincer_zarnowitz(RUNNING, cluster=cluster),
        *simulation.news_or_noise(RUNNING, cluster=cluster),
    ]
    for result, x, y, slope in zip(found, (first, first, last), (last, moved, moved), (1, 0, 0), strict=True):
        for name, value in sandwich(x, y, groups, slope).items():
            assert float(getattr(result, name)) == pytest.approx(value, rel=1e-5, abs=1e-7)
        assert result.clusters == len(set(groups))
    assert [result.test for result in found] == list(RevisionTest)
    assert found[0].p == found[1].p  # one test in two forms
    assert "F(2, " in found[0].formula
    assert "carry little power" in found[0].explain()
    assert found[0].find("null").text.startswith("intercept 0 and slope 1")


@pytest.mark.parametrize("horizon", [Horizon.RUNNING_YEAR, Horizon.YEAR_BEFORE])
@pytest.mark.parametrize("cluster", ["year", "ally"])
def test_regressions_are_those_of_statsmodels(horizon: Horizon, cluster: Any) -> None:
    rows = ALL.of(horizon)
    first, last = (
        np.array([float(share.as_percent) for share in side])
        for side in zip(*((row.printed, row.latest) for row in rows), strict=True)
    )
    _names, groups = np.unique(
        [row.year if cluster == "year" else row.country.key for row in rows], return_inverse=True
    )
    found = [simulation.mincer_zarnowitz(rows, cluster=cluster), *simulation.news_or_noise(rows, cluster=cluster)]
    moved = last - first
    for result, x, y, slope in zip(found, (first, first, last), (last, moved, moved), (1, 0, 0), strict=True):
        fit = sm.OLS(y, sm.add_constant(x)).fit(cov_type="cluster", cov_kwds={"groups": groups}, use_t=True)
        joint = fit.f_test((np.eye(2), [0, slope]))
        expected = (*fit.params, *fit.bse, float(np.squeeze(joint.fvalue)), float(joint.pvalue))
        said = (result.intercept, result.slope, result.intercept_error, result.slope_error, result.statistic, result.p)
        assert [float(value) for value in said] == pytest.approx(list(expected), rel=1e-5, abs=1e-7)


def made(intercept: float, slope: float, *, seed: int, years: int = 40, allies: int = 25) -> Vintages:
    """Return made estimates and outcomes with known coefficients and a shock that all allies of a year share."""
    generator, pattern = np.random.default_rng(seed), RUNNING[0]
    countries = sorted({row.country for row in RUNNING})[:allies]
    rows: list[Vintage] = []
    for year in range(years):
        shock = generator.normal(0, 0.05)
        for country in countries:
            estimate = generator.uniform(1, 4)
            outcome = intercept + slope * estimate + shock + generator.normal(0, 0.05)
            shares = [nb.Share.percent(f"{value:.8f}") for value in (estimate, outcome)]
            rows.append(attrs.evolve(pattern, country=country, year=2000 + year, printed=shares[0], latest=shares[1]))
    return Vintages(rows=tuple(rows))


def test_known_coefficients_come_out() -> None:
    found = simulation.mincer_zarnowitz(made(0.3, 0.8, seed=1))
    assert abs(float(found.intercept) - 0.3) < 4 * float(found.intercept_error)
    assert abs(float(found.slope) - 0.8) < 4 * float(found.slope_error)
    assert found.p < Decimal("0.001")


def test_a_true_null_is_refused_about_as_often_as_it_says() -> None:
    refused = sum(float(simulation.mincer_zarnowitz(made(0, 1, seed=seed)).p) < 0.1 for seed in range(100))
    assert 3 <= refused <= 20


def test_regressions_that_cannot_be_made_are_refused() -> None:
    with pytest.raises(errors.TooFewError, match="clusters"):
        simulation.mincer_zarnowitz(RUNNING.where(lambda row: row.year > 2020))
    with pytest.raises(errors.UnexpectedValueError, match="horizons"):
        simulation.mincer_zarnowitz(ALL)
    with pytest.raises(errors.UnknownNameError, match="'month'"):
        simulation.mincer_zarnowitz(RUNNING, cluster="month")  # type: ignore[arg-type]
    alike = Vintages(rows=tuple(attrs.evolve(row, printed=nb.Share.percent(2)) for row in RUNNING))
    with pytest.raises(errors.UnexpectedValueError, match="the same share"):
        simulation.mincer_zarnowitz(alike)
    unmoved = Vintages(rows=tuple(attrs.evolve(row, latest=row.printed) for row in RUNNING))
    with pytest.raises(errors.UnexpectedValueError, match="no spread between clusters"):
        simulation.news_or_noise(unmoved)
    with pytest.raises(errors.UnexpectedValueError, match=r"simulation\.vintages"):
        simulation.mincer_zarnowitz(ERRORS)  # type: ignore[arg-type]
    with pytest.raises(errors.UnexpectedValueError, match="revised by a later edition"):
        simulation.vintages(EDITIONS[:1])
    with pytest.raises(errors.TooFewError, match="revisions"):
        simulation.vintages([EDITIONS[0], EDITIONS[3]])


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "scipy", None)
    with pytest.raises(errors.MissingExtraError, match="stats"):
        simulation.mincer_zarnowitz(RUNNING)


def test_the_chance_is_the_part_of_earlier_revisions_that_leave_the_share_at_the_target() -> None:
    factors = np.array([float(row.change.factor) for row in ERRORS if row.ahead == 1])
    share = float(EDITIONS[-1].share_of_gdp("ESP", 2026).value.as_percent)
    found = simulation.chance_of_meeting(EDITIONS[-1], "ESP", 2026, nb.WALES_GUIDELINE, ERRORS)
    assert float(found.chance.as_fraction) == pytest.approx((share * factors >= 1.995).mean(), abs=1e-8)
    assert found.revisions == len(factors) == 145
    low, high = share * np.exp(np.quantile(np.log(factors), (0.05, 0.95)))
    assert (float(found.low.as_percent), float(found.high.as_percent)) == pytest.approx((low, high), abs=1e-6)
    assert found.find("band of 90 %").text == f"{found.low} to {found.high}"


def test_the_robust_normal_chance_is_that_of_scipy() -> None:
    logs = np.log([float(row.change.factor) for row in ERRORS if row.ahead == 2])
    spread = stats.median_abs_deviation(logs, scale="normal")
    share = float(EDITIONS[-1].share_of_gdp("PRT", 2025).value.as_percent)
    found = simulation.chance_of_meeting(
        EDITIONS[-1], "PRT", 2025, nb.WALES_GUIDELINE, ERRORS, method="robust normal", level=nb.Share.percent(80)
    )
    expected = stats.norm.sf(math.log(1.995 / share), np.median(logs), spread)
    assert float(found.chance.as_fraction) == pytest.approx(expected, abs=1e-7)
    ends = share * np.exp(stats.norm.ppf([0.1, 0.9], np.median(logs), spread))
    assert (float(found.low.as_percent), float(found.high.as_percent)) == pytest.approx(tuple(ends), abs=1e-6)


def test_bands_from_before_2024_hold_fewer_outcomes_of_2023_and_2024_than_they_say() -> None:
    """The test that the explanation and the note of a chance tell the result of."""
    found = simulation.band_coverage(PAST, LATER)
    logs = {ahead: np.log([float(row.change.factor) for row in PAST if row.ahead == ahead]) for ahead in (1, 2)}
    within = 0
    for row in LATER:
        low, high = np.quantile(logs[row.ahead], (0.05, 0.95))
        within += low <= math.log(float(row.change.factor)) <= high
    assert (found.within, found.outcomes, found.past_revisions) == (within, 122, 83) == (97, 122, 83)
    assert (found.below, found.above) == (20, 5)
    assert found.coverage < nb.Share.percent(90)
    robust = simulation.band_coverage(PAST, LATER, method="robust normal")
    assert robust.coverage < found.coverage
    assert str(found.find("coverage")) == "coverage: 80 %"


def test_bands_made_of_the_same_revisions_hold_as_many_as_they_say() -> None:
    for level in (50, 80, 90):
        found = simulation.band_coverage(ERRORS, ERRORS, level=nb.Share.percent(level))
        assert abs(float(found.coverage.as_percent) - level) < 2


def test_chances_that_cannot_be_told_are_refused() -> None:
    newest = EDITIONS[-1]
    with pytest.raises(errors.UnexpectedValueError, match="an outcome has no chance left"):
        simulation.chance_of_meeting(newest, "ESP", 2024, nb.WALES_GUIDELINE, ERRORS)
    with pytest.raises(errors.TargetMismatchError, match="an aim or floor of core"):
        simulation.chance_of_meeting(newest, "ESP", 2026, nb.WALES_EQUIPMENT, ERRORS)
    with pytest.raises(errors.UnknownNameError, match="'normal'"):
        simulation.chance_of_meeting(newest, "ESP", 2026, nb.WALES_GUIDELINE, ERRORS, method="normal")  # type: ignore[arg-type]
    with pytest.raises(errors.NoObservationError, match="earlier revision so far ahead"):
        simulation.band_coverage(PAST.of(1), LATER)
    same = attrs.evolve(ERRORS, rows=tuple(attrs.evolve(row, change=nb.Rate.percent(0)) for row in ERRORS))
    with pytest.raises(errors.UnexpectedValueError, match="take method='empirical'"):
        simulation.chance_of_meeting(newest, "ESP", 2026, nb.WALES_GUIDELINE, same, method="robust normal")


def test_shares_without_amounts_have_no_parts() -> None:
    whole = EDITIONS[2]
    bare = nb.ExpenditureTable(
        edition=whole.edition,
        observations=[item for item in whole.observations if item.measure is nb.Measure.SHARE_OF_GDP],
    )
    found = simulation.vintages([bare, EDITIONS[4]])
    assert {(row.by_expenditure, row.by_gdp, row.by_rebasing, row.residual) for row in found} == {(None,) * 4}


def test_compliance_carries_the_chance_of_estimates_and_counts_as_before() -> None:
    plain = nb.targets.compliance(EDITIONS[-1], 2026, nb.WALES_GUIDELINE)
    found = nb.targets.compliance(EDITIONS[-1], 2026, nb.WALES_GUIDELINE, revisions=ERRORS, method="robust normal")
    assert found.count == plain.count == 30
    spain = simulation.chance_of_meeting(EDITIONS[-1], "ESP", 2026, nb.WALES_GUIDELINE, ERRORS, method="robust normal")
    assert (found["Spain"].chance, found["Spain"].chance_method) == (spain.chance, "robust normal")
    assert found["Spain"].to_row()["chance_percent"] == float(spain.chance.as_percent)
    assert found["Spain"].find("chance, robust normal").text == "43 %"
    assert "chance_percent" not in plain["Spain"].to_row()
    other = attrs.evolve(EDITIONS[-1], edition=attrs.evolve(EDITIONS[-1].edition, counted_by=nb.model.CountedBy.EDA))
    with pytest.warns(errors.MixedDefinitionsWarning) as warned:
        nb.targets.compliance(other, 2026, nb.WALES_GUIDELINE, revisions=ERRORS)
    assert len(warned) == 1
    outcomes = nb.targets.compliance(EDITIONS[-1], 2024, nb.WALES_GUIDELINE, revisions=ERRORS)
    assert {row.chance for row in outcomes} == {None}
