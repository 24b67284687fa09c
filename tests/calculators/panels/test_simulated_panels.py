"""Estimators on made-up panels with known coefficients: no bias, and intervals that hold as often as they say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from natoburden.calculators.panels import Coefficient, Panel, response
from tests.calculators.panels.made import ALLIES, NEAR, YEARS, array, exogenous, matrix, of_arrays, spatial

LEAST: dict[str, Any] = {"outcome": "y", "of": "z", "form": "levels", "regressors": ["x"]}
LAGGED: dict[str, Any] = {"outcome": "y", "of": "y", "form": "levels", "regressors": ["x"]}
CASES: dict[str, tuple[Callable[[int], Panel], dict[str, Any], tuple[float, float]]] = {
    "within, by ally": (exogenous, {**LEAST, "effects": "two-way"}, (-0.5, 0.8)),
    "within, White": (
        lambda seed: exogenous(seed, carried=0),
        {**LEAST, "effects": "two-way", "errors": "robust"},
        (-0.5, 0.8),
    ),
    "two-stage, by ally": (spatial, {**LAGGED, "effects": "two-way", "estimator": "two-stage"}, (-0.4, 0.8)),
    "two-stage, classical": (
        spatial,
        {**LAGGED, "effects": "two-way", "estimator": "two-stage", "errors": "classical"},
        (-0.4, 0.8),
    ),
}


def drawn(case: str, draws: int) -> list[tuple[Coefficient, Coefficient]]:
    """Return the response and the coefficient of x in each of so many panels."""
    make, options, _ = CASES[case]
    found = [response(make(1000 + seed), NEAR, **options) for seed in range(draws)]
    return [(item.responses[0], item.coefficient("x")) for item in found]


def check_bias(case: str, estimates: list[tuple[Coefficient, Coefficient]]) -> None:
    """Hold the mean of the estimates against the truth, within four of its standard errors."""
    for place, truth in enumerate(CASES[case][2]):
        values = np.array([pair[place].value for pair in estimates])
        assert abs(values.mean() - truth) < 4 * values.std(ddof=1) / len(values) ** 0.5, (case, place, values.mean())


@pytest.mark.parametrize("case", ["within, by ally", "two-stage, by ally"])
def test_a_few_panels_show_no_bias(case: str) -> None:
    check_bias(case, drawn(case, 12))


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_intervals_hold_as_often_as_they_say(case: str) -> None:
    draws = 60
    estimates = drawn(case, draws)
    check_bias(case, estimates)
    for place, truth in enumerate(CASES[case][2]):
        covered = sum(pair[place].low <= truth <= pair[place].high for pair in estimates) / draws
        assert abs(covered - 0.95) < 3 * (0.95 * 0.05 / draws) ** 0.5, (case, place, covered)


@pytest.mark.slow
def test_a_null_that_holds_is_rejected_in_one_of_twenty() -> None:
    draws = 60
    options = {**LEAST, "effects": "two-way"}
    p = [response(exogenous(seed, slope=0), NEAR, **options).responses[0].p for seed in range(draws)]
    assert abs(sum(value < 0.05 for value in p) / draws - 0.05) < 3 * (0.95 * 0.05 / draws) ** 0.5


def test_least_squares_on_what_is_decided_together_is_biased_and_two_stage_is_not() -> None:
    """The caution is true: the spatial lag of y is not exogenous."""
    draws = 16
    least = [
        response(spatial(seed, noise=1.5), NEAR, effects="two-way", **LAGGED).responses[0].value
        for seed in range(draws)
    ]
    two = [
        response(spatial(seed, noise=1.5), NEAR, effects="two-way", estimator="two-stage", **LAGGED).responses[0].value
        for seed in range(draws)
    ]
    assert abs(np.mean(two) + 0.4) < abs(np.mean(least) + 0.4)
    assert abs(np.mean(least) + 0.4) > 4 * np.std(least, ddof=1) / draws**0.5


def test_a_lag_beside_effects_of_allies_is_biased_as_the_caution_says() -> None:
    """Nickell: about −(1 + b) / (T − 1)."""
    found = []
    for seed in range(25):
        draw = np.random.default_rng(seed)
        x, z, noise = draw.normal(size=(3, len(ALLIES), 40 + len(YEARS)))
        y = np.zeros_like(x)
        for year in range(1, y.shape[1]):
            y[:, year] = 0.5 * y[:, year - 1] + noise[:, year]
        made = of_arrays(y=y[:, -13:], x=x[:, -13:], z=z[:, -13:])
        found.append(response(made, NEAR, lags=1, **LEAST).coefficient("y, lag 1").value)
    expected = 0.5 - 1.5 / (len(YEARS) - 2)
    assert abs(np.mean(found) - expected) < 0.03
    assert np.mean(found) < 0.45


def test_the_made_up_panel_solves_its_own_equation() -> None:
    made = spatial(0, noise=0)
    y, x = array(made, "y"), array(made, "x")
    rest = y + 0.4 * matrix() @ y - 0.8 * x
    assert np.allclose(rest - rest.mean(axis=1, keepdims=True) - rest.mean(axis=0) + rest.mean(), 0)
