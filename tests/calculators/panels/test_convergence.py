"""Convergence: dispersion by hand, growth on levels by statsmodels, clubs on made-up panels."""

from __future__ import annotations

import math
import os
import statistics
import sys
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.panels import Panel, beta_convergence, club_convergence, panel, sigma_convergence
from natoburden.calculators.panels._log_t import clubs_of, log_t, prepared
from natoburden.errors import (
    InvalidNumberError,
    MissingExtraError,
    NatoBurdenError,
    TooFewError,
    UnexpectedValueError,
    UnknownNameError,
)
from tests.calculators.panels.made import ALLIES, PANEL, SOURCE, TABLE, array, of_arrays

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "convergence"
FOUR = ("EST", "LVA", "LTU", "POL")


def of_rows(rows: list[list[float]], first: int = 2000) -> Panel:
    """Return a panel of a few allies from their figures."""
    codes = [ally.alpha_3 for ally in ALLIES[: len(rows)]]
    figures = {(code, first + t): value for code, row in zip(codes, rows, strict=True) for t, value in enumerate(row)}
    return Panel.of("made up", {"burden": figures}, source=SOURCE)


def test_dispersion_is_that_of_the_statistics_module() -> None:
    found = sigma_convergence(TABLE)
    for row in found.by_year:
        burdens = [PANEL.value("burden", ally, row.year) for ally in ALLIES]
        assert row.deviation == pytest.approx(statistics.pstdev(burdens))
        assert row.variation == pytest.approx(statistics.pstdev(burdens) / statistics.fmean(burdens))
        assert row.log_deviation == pytest.approx(statistics.pstdev(map(math.log, burdens)))
    assert found.change == pytest.approx(found.by_year[-1].variation / found.by_year[0].variation - 1)
    assert found.to_columns()["coefficient_of_variation"] == [row.variation for row in found.by_year]


@settings(max_examples=25, deadline=None)
@given(factor=st.floats(0.1, 10), shrink=st.floats(0.1, 0.9))
def test_a_common_factor_leaves_the_variation_and_shrinking_towards_the_mean_lowers_it(
    factor: float, shrink: float
) -> None:
    first = [1.0, 2.0, 3.0, 4.5]
    mean = statistics.fmean(first)
    rows = [[value, value * factor, mean + shrink * (value - mean)] for value in first]
    found = sigma_convergence(of_rows(rows)).by_year
    assert found[1].variation == pytest.approx(found[0].variation)
    assert found[2].variation == pytest.approx(shrink * found[0].variation)


def test_negative_figures_have_no_dispersion_of_logs() -> None:
    found = sigma_convergence(of_rows([[-1, 1], [2, 2], [3, 3]]))
    assert found.by_year[0].log_deviation is None
    assert "of logs" not in str(found.by_year[0])


def test_allies_without_a_figure_in_every_year_are_named_and_left_out() -> None:
    joined = panel(TABLE, since_joining=True)
    for found in (sigma_convergence(joined), beta_convergence(joined)):
        assert [country.alpha_3 for country in found.left_out] == ["FIN", "MKD", "MNE", "SWE"]
        assert "Sweden" in str(found)
    assert "left out" in " ".join(club_convergence(joined).cautions)


@pytest.mark.parametrize("errors", ["HC0", "HC1", "HC2", "HC3"])
def test_beta_is_that_of_statsmodels_and_of_white_by_hand(errors: Any) -> None:
    found = beta_convergence(PANEL, errors=errors, level=nb.Share.percent(90))
    burdens = array(PANEL, "burden")
    x, y = np.log(burdens[:, 0]), np.log(burdens[:, -1] / burdens[:, 0]) / 12
    direct = sm.OLS(y, sm.add_constant(x)).fit(cov_type=errors, use_t=True)
    assert (found.intercept, found.slope) == pytest.approx(tuple(np.polyfit(x, y, 1)[::-1]))
    assert found.standard_error == pytest.approx(direct.bse[1])
    assert found.p == pytest.approx(direct.pvalues[1])
    assert (found.low, found.high) == pytest.approx(tuple(direct.conf_int(0.1)[1]))
    if errors == "HC0":
        rest, apart = y - found.intercept - found.slope * x, x - x.mean()
        assert found.standard_error == pytest.approx(
            math.sqrt(float((apart**2 * rest**2).sum())) / float(apart @ apart)
        )


def test_the_speed_is_that_of_a_gap_that_closes_at_a_constant_rate() -> None:
    """Logs that close a part of their gap to a common level each year."""
    rate, level = 0.05, 1.0
    rows = [[math.exp(level + gap * math.exp(-rate * t)) for t in range(13)] for gap in (-0.8, -0.1, 0.3, 0.9)]
    found = beta_convergence(of_rows(rows))
    assert found.speed == pytest.approx(rate)
    assert found.half_life == pytest.approx(math.log(2) / rate)
    assert found.r2 == pytest.approx(1)


def test_gaps_that_stay_have_no_speed() -> None:
    rows = [[math.exp(gap * (1 + 0.1 * t)) for t in range(5)] for gap in (-0.8, -0.1, 0.3, 0.95)]
    still = attrs.evolve(beta_convergence(of_rows(rows)), slope=0.0)
    assert (still.speed, still.half_life) == (None, None)


def test_figures_that_move_apart_have_no_speed() -> None:
    rows = [[math.exp(gap * (1 + 0.1 * t)) for t in range(5)] for gap in (-0.8, -0.1, 0.3, 0.95)]
    found = beta_convergence(of_rows(rows))
    assert (found.speed, found.half_life) == (None, None)
    assert "no gap closes" in str(found)


def test_log_t_is_least_squares_of_the_formula() -> None:
    figures = array(PANEL, "burden")
    parts = figures / figures.mean(axis=0)
    dispersion = ((parts - 1) ** 2).mean(axis=0)
    times = np.arange(4, 14)
    y = np.log(dispersion[0] / dispersion[3:]) - 2 * np.log(np.log(times))
    direct = sm.OLS(y, sm.add_constant(np.log(times))).fit()
    fit = log_t(figures, 3)
    assert fit.slope == pytest.approx(direct.params[1])
    assert fit.periods == 10
    assert fit.standard_error == pytest.approx(_andrews(direct.resid) * _unscaled(np.log(times)))
    whole = club_convergence(PANEL).whole
    assert (whole.slope, whole.t) == pytest.approx((fit.slope, fit.t))
    assert whole.p == pytest.approx(statistics.NormalDist().cdf(fit.t))


def _unscaled(x: Any) -> float:
    return float(1 / np.sqrt(((x - x.mean()) ** 2).sum()))


def _andrews(rest: Any) -> float:
    """Return the square root of the variance in the long run, written out as a double sum."""
    n = len(rest)
    carried = sum(rest[t] * rest[t - 1] for t in range(1, n)) / sum(rest[t] ** 2 for t in range(n - 1))
    bandwidth = 1.3221 * (4 * carried**2 / (1 - carried) ** 4 * n) ** 0.2
    total = sum(value**2 for value in rest)
    for lag in range(1, n - 1):
        at = 6 * math.pi * lag / bandwidth / 5
        weight = 3 / at**2 * (math.sin(at) / at - math.cos(at))
        total += 2 * weight * sum(rest[t] * rest[t + lag] for t in range(n - 1 - lag))
    return math.sqrt(total / (n - 1))


def two_clubs(seed: int, years: int = 40) -> Any:
    """Return six rows that close in on 10 and six that close in on 4."""
    draw = np.random.default_rng(seed)
    apart = draw.uniform(-1.5, 1.5, size=(12, 1)) / np.arange(1, years + 1) ** 0.8
    return np.repeat([10.0, 4.0], 6)[:, None] + apart


def test_two_clubs_that_were_made_are_found() -> None:
    clubs, rest = clubs_of(two_clubs(1), 12)
    assert [sorted(club) for club in clubs] == [[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]
    assert rest == []


def test_figures_that_converge_are_one_club() -> None:
    rows = [[3 + gap / (1 + t) for t in range(20)] for gap in (-1.5, -0.5, 0.7, 1.9)]
    found = club_convergence(of_rows(rows))
    assert found.whole.converges
    assert [row.label for row in found.rows] == ["club 1"]
    assert "convergence not rejected" in str(found)
    assert found["club 1"].to_row()["members"] == "CAN; BGR; BEL; ALB"


def test_figures_that_all_move_apart_are_of_no_club() -> None:
    rows = [[5.0 + place * (1 + 0.3 * t) for t in range(20)] for place in range(5)]
    found = club_convergence(of_rows(rows))
    assert len(found.rows) == 0
    assert len(found.divergent) == 5
    assert "allies of no club" in str(found)
    assert found.headline in found.explain()


def test_clubs_share_no_ally_and_leave_none_out() -> None:
    found = club_convergence(TABLE, smoothing=400)
    told = [country for row in found.rows for country in row.countries] + list(found.divergent)
    assert sorted(told) == sorted(ALLIES)
    assert len(found.adjacent) == len(found.rows) - 1
    assert all(row.test.converges for row in found.rows)
    assert "cycle taken out with 400" in found.explain()


def test_the_filter_is_that_of_hodrick_and_prescott_by_hand() -> None:
    row = [1.0, 1.5, 1.2, 2.0, 1.9, 2.4, 2.2, 3.0]
    second = np.diff(np.eye(8), n=2, axis=0)
    trend = np.linalg.solve(np.eye(8) + 400 * second.T @ second, row)
    assert prepared([row], 400)[0] == pytest.approx(trend)


def test_a_club_is_narrowed_until_it_converges() -> None:
    """Members that each converge with the core may not all together; the sieve is narrowed then."""
    from natoburden.calculators.panels._log_t import _sieved

    def t(rows: list[int]) -> float:
        return {2: 3.0, 3: 0.4 if rows[-1] == 2 else 0.02, 4: -3.0}[len(rows)]

    assert _sieved([0, 1], [2, 3], t) == [0, 1, 2]
    assert _sieved([0, 1], [2, 3], lambda rows: 99.0 if len(rows) == 3 else -3.0) == [0, 1]


@pytest.mark.skipif(not (SAMPLES / "ps2009.dta").exists(), reason="the data of Phillips and Sul (2009) are not at hand")
def test_the_printed_clubs_of_152_countries_are_found() -> None:
    """K. Du, Stata Journal 17 (2017): b −0.8748, standard error 0.0055, t −159.55; seven clubs with b and t."""
    import pandas as pd  # type: ignore[import-untyped]

    data = pd.read_stata(SAMPLES / "ps2009.dta").pivot(index="country", columns="year", values="pgdp")
    figures = prepared(np.log(data.to_numpy()).tolist(), 400)
    whole = log_t(figures, 11)
    assert (round(whole.slope, 4), round(whole.standard_error, 4)) == (-0.8748, 0.0055)
    assert whole.t == pytest.approx(-159.5544, abs=0.002)
    clubs, rest = clubs_of(figures, 11)
    assert ([len(club) for club in clubs], rest) == ([50, 30, 21, 24, 14, 11, 2], [])
    printed = [(0.382, 9.282), (0.240, 6.904), (0.110, 3.402), (0.131, 2.055), (0.190, 1.701), (1.003, 6.024)]
    for club, (slope, t) in zip(clubs, [*printed, (-0.470, -0.559)], strict=True):
        fit = log_t(figures[club], 11)
        assert (fit.slope, fit.t) == pytest.approx((slope, t), abs=0.0006)


@pytest.mark.slow
def test_the_log_t_test_rejects_convergence_that_holds_in_about_one_of_twenty() -> None:
    """Noise of a factor model whose loadings come together: the one-sided test at −1.65 of forty years."""
    draws, rejected = 200, 0
    for seed in range(draws):
        draw = np.random.default_rng(seed)
        years = np.arange(1, 41)
        loadings = 1 + draw.normal(size=(50, 40)) * 0.3 / (np.log(years + 1) * years**0.5)
        rejected += log_t(loadings * 10, 12).t < -1.65
    assert rejected / draws < 0.05 + 3 * (0.95 * 0.05 / draws) ** 0.5


REFUSED: dict[str, tuple[Any, type[NatoBurdenError]]] = {
    "two allies": (lambda: sigma_convergence(TABLE, group=["POL", "DEU"]), TooFewError),
    "three for growth": (lambda: beta_convergence(TABLE, group=FOUR[:3]), TooFewError),
    "a mean of zero": (lambda: sigma_convergence(of_rows([[-1, 1], [0, 2], [1, 3]])), UnexpectedValueError),
    "all alike": (lambda: sigma_convergence(of_rows([[1, 1], [1, 2], [1, 3]])), UnexpectedValueError),
    "one year": (lambda: beta_convergence(TABLE, years=[2025]), UnexpectedValueError),
    "no logs": (lambda: beta_convergence(of_rows([[-1, 1], [2, 2], [3, 3], [4, 5]])), UnexpectedValueError),
    "alike at first": (lambda: beta_convergence(of_rows([[1, 1], [1, 2], [1, 3], [1, 4]])), UnexpectedValueError),
    "other errors": (lambda: beta_convergence(TABLE, errors="HAC"), UnknownNameError),  # type: ignore[arg-type]
    "level": (lambda: beta_convergence(TABLE, level=0.95), UnexpectedValueError),  # type: ignore[arg-type]
    "another variable": (lambda: sigma_convergence(TABLE, of="share"), UnknownNameError),
    "r of one": (lambda: club_convergence(TABLE, r=1), InvalidNumberError),
    "r as a truth": (lambda: club_convergence(TABLE, r=True), InvalidNumberError),
    "smoothing": (lambda: club_convergence(TABLE, smoothing=0), InvalidNumberError),
    "five years": (lambda: club_convergence(TABLE, years=range(2014, 2019)), TooFewError),
    "a gap in the years": (
        lambda: club_convergence(TABLE, years=[*range(2014, 2020), *range(2021, 2027)]),
        UnexpectedValueError,
    ),
    "not positive": (lambda: club_convergence(of_rows([[1.0] * 10, [2.0] * 10, [-1.0] * 10])), UnexpectedValueError),
    "no dispersion": (lambda: club_convergence(of_rows([[2.0] * 10] * 3)), UnexpectedValueError),
}


@pytest.mark.parametrize(("make", "error"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_tested_is_refused(make: Any, error: type[NatoBurdenError]) -> None:
    with pytest.raises(error):
        make()


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("statsmodels.stats", "statsmodels.regression.linear_model"):
        monkeypatch.setitem(sys.modules, module, None)
    for calculate in (beta_convergence, club_convergence):
        with pytest.raises(MissingExtraError, match="econometrics"):
            calculate(TABLE)


def test_r_of_nothing_still_leaves_out_the_first_year() -> None:
    """The log of the log of the first year is minus infinity."""
    assert club_convergence(TABLE, r=0).discarded == 1
    assert of_arrays(y=np.ones((31, 13))).is_balanced
    assert nb.panels.club_convergence is club_convergence


def test_results_explain_themselves() -> None:
    beta = beta_convergence(TABLE)
    assert "null: a slope of 0" in beta.explain()
    assert beta.to_row()["half_life"] == beta.half_life
    assert beta.span == 12
    sigma = sigma_convergence(TABLE)
    assert sigma.method == ""
    assert sigma.headline in str(sigma)
    assert sigma.to_row()["change"] == sigma.change
    clubs = club_convergence(TABLE)
    assert clubs.rows[0].headline in str(clubs)
    assert "log t" in str(clubs.rows[0])
    assert f"mean of 2026: {clubs.rows[0].last_mean:.4f}"[:14] in str(clubs.rows[0])


def test_a_year_of_the_dispersion_is_as_firm_as_its_own_figures() -> None:
    rows = sigma_convergence(TABLE).to_columns()
    assert dict(zip(rows["year"], rows["status"], strict=True))[2024] == "actual"
    assert rows["status"][-1] == "estimate"
    own = sigma_convergence(of_rows([[1, 2], [2, 2], [4, 3]])).to_columns()
    assert own["status"] == [own["status"][0]] * 2
