"""Response functions: equal to linearmodels and to NumPy on dummies, the mirror of oneself refused, cautions told."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import attrs
import linearmodels
import numpy as np
import pandas as pd  # type: ignore[import-untyped]
import pytest
from scipy import stats

import natoburden as nb
from natoburden.calculators.panels import ResponseFunction, SpatialWeights, response
from natoburden.calculators.panels._cautions import of_the_fit
from natoburden.calculators.panels._fits import own_correlation
from natoburden.errors import (
    InvalidNumberError,
    MissingExtraError,
    NatoBurdenError,
    TooFewError,
    UnexpectedValueError,
    UnknownNameError,
)
from tests.calculators.panels.made import (
    ALLIES,
    NEAR,
    NEIGHBOURS,
    PANEL,
    SOURCE,
    TABLE,
    YEARS,
    array,
    by_dummies,
    exogenous,
    matrix,
    of_arrays,
    spatial,
)

SPEND_IN = "spend-in by inverse distance, row-normalised"
MADE: dict[str, Any] = {"outcome": "y", "of": "z", "form": "levels", "regressors": ["x"]}
EVERYONE = SpatialWeights.everyone(ALLIES)


def frame(**arrays: Any) -> pd.DataFrame:
    """Return arrays as linearmodels reads panels."""
    index = pd.MultiIndex.from_product([[ally.alpha_3 for ally in ALLIES], YEARS])
    return pd.DataFrame({name: values.ravel() for name, values in arrays.items()}, index=index)


def slopes(found: ResponseFunction) -> list[float]:
    """Return the coefficients but for a constant."""
    return [item.value for item in found.coefficients if item.name != "constant"]


@pytest.mark.parametrize(("effects", "years"), [("ally", False), ("two-way", True)])
def test_coefficients_are_those_of_least_squares_on_dummies(effects: Any, years: bool) -> None:
    made = exogenous(1)
    found = response(made, NEAR, effects=effects, **MADE)
    y, x, z = (array(made, name) for name in "yxz")
    assert slopes(found) == pytest.approx(by_dummies(y, [matrix() @ z, x], years=years))


@pytest.mark.parametrize(("effects", "years"), [("ally", False), ("two-way", True)])
def test_coefficients_on_natos_figures_are_those_of_dummies_too(effects: Any, years: bool) -> None:
    found = response(PANEL, NEIGHBOURS, effects=effects)
    spilled = np.log(np.array(NEIGHBOURS.rows) @ array(PANEL, "expenditure"))
    expected = by_dummies(np.log(array(PANEL, "burden")), [spilled, np.log(array(PANEL, "gdp"))], years=years)
    assert slopes(found) == pytest.approx(expected)


@pytest.mark.parametrize("effects", ["none", "ally", "year", "two-way"])
@pytest.mark.parametrize(
    ("errors", "options"),
    [
        ("by ally", {"cov_type": "clustered", "cluster_entity": True, "group_debias": True}),
        ("driscoll-kraay", {"cov_type": "kernel"}),
        ("robust", {"cov_type": "robust"}),
        ("classical", {"cov_type": "unadjusted"}),
    ],
)
def test_errors_are_those_of_linearmodels(effects: Any, errors: Any, options: dict[str, Any]) -> None:
    made = exogenous(2)
    found = response(made, NEAR, effects=effects, errors=errors, **MADE)
    y, x, z = (array(made, name) for name in "yxz")
    data = frame(y=y, s=matrix() @ z, x=x)
    if effects == "none":
        model: Any = linearmodels.PooledOLS(data.y, data[["s", "x"]].assign(constant=1.0))
    else:
        ally, year = effects in ("ally", "two-way"), effects in ("year", "two-way")
        model = linearmodels.PanelOLS(data.y, data[["s", "x"]], entity_effects=ally, time_effects=year)
    direct = model.fit(debiased=True, **options)
    assert [item.value for item in found.coefficients] == pytest.approx(list(direct.params))
    assert [item.standard_error for item in found.coefficients] == pytest.approx(list(direct.std_errors))
    assert [item.t for item in found.coefficients] == pytest.approx(list(direct.tstats))
    assert found.r2_within == pytest.approx(direct.rsquared)


def test_p_and_interval_are_of_student_with_the_degrees_that_are_told() -> None:
    for errors, degrees in (("by ally", 30), ("driscoll-kraay", 12), ("classical", 403 - 31 - 12 - 2)):
        found = response(exogenous(3), NEAR, effects="two-way", errors=errors, level=nb.Share.percent(90), **MADE)  # type: ignore[arg-type]
        [one] = found.responses
        assert found.degrees == degrees
        assert f"{degrees} degrees of freedom" in found.method
        assert one.p == pytest.approx(2 * stats.t.sf(abs(one.t), degrees))
        half = stats.t.ppf(0.95, degrees) * one.standard_error
        assert (one.low, one.high) == pytest.approx((one.value - half, one.value + half))


def test_a_bandwidth_is_handed_on() -> None:
    made = exogenous(4)
    data = frame(y=array(made, "y"), s=matrix() @ array(made, "z"), x=array(made, "x"))
    direct = linearmodels.PanelOLS(data.y, data[["s", "x"]], entity_effects=True).fit(cov_type="kernel", bandwidth=5)
    found = response(made, NEAR, errors="driscoll-kraay", bandwidth=5, **MADE)
    assert [item.standard_error for item in found.coefficients] == pytest.approx(list(direct.std_errors))


def residual(values: Any, *, years: bool) -> Any:
    """Return what dummies of allies, and of years, leave of an array."""
    left = values - values.mean(axis=1, keepdims=True)
    return (left - left.mean(axis=0, keepdims=True) if years else left).ravel()


@pytest.mark.parametrize("effects", ["ally", "two-way"])
@pytest.mark.parametrize("errors", ["by ally", "robust", "classical"])
def test_two_stage_is_that_of_linearmodels_on_what_the_effects_leave(effects: Any, errors: Any) -> None:
    made = spatial(5)
    found = response(
        made, NEAR, outcome="y", of="y", form="levels", regressors=["x"], estimator="two-stage", effects=effects,
        errors=errors,
    )  # fmt: skip
    years = effects == "two-way"
    y, x = array(made, "y"), array(made, "x")
    left = {
        name: pd.Series(residual(values, years=years), name=name)
        for name, values in {"y": y, "x": x, "wy": matrix() @ y, "wx": matrix() @ x}.items()
    }
    clusters = np.repeat(np.arange(len(ALLIES)), len(YEARS))
    by_errors: dict[str, dict[str, Any]] = {
        "by ally": {"cov_type": "clustered", "clusters": clusters},
        "robust": {"cov_type": "robust"},
        "classical": {"cov_type": "unadjusted"},
    }
    options = by_errors[errors]
    direct: Any = linearmodels.IV2SLS(left["y"], left["x"], left["wy"], left["wx"]).fit(debiased=True, **options)
    absorbed = len(ALLIES) + (len(YEARS) - 1 if years else 0)
    counted = 0 if (errors, effects) == ("by ally", "ally") else absorbed
    rest = 403 - 2
    larger = (rest / (rest - counted)) ** 0.5
    assert found.coefficient(SPEND_IN).value == pytest.approx(direct.params["wy"])
    assert found.coefficient("x").value == pytest.approx(direct.params["x"])
    assert found.coefficient(SPEND_IN).standard_error == pytest.approx(direct.std_errors["wy"] * larger)
    f = float(direct.first_stage.diagnostics["f.stat"].iloc[0]) * (rest - counted) / rest
    assert found.first_stage_f == pytest.approx(f)


@pytest.mark.parametrize("errors", ["by ally", "robust", "classical"])
def test_first_stage_f_is_that_of_least_squares_on_dummies(errors: Any) -> None:
    """Two instruments: the Wald statistic over two, with the dummies of allies and years among what is estimated."""
    draw = np.random.default_rng(8)
    n, t = len(ALLIES), len(YEARS)
    of_all = spatial(5)
    x, second = array(of_all, "x"), draw.normal(size=(n, t))
    made = of_arrays(y=array(of_all, "y"), x=x, second=second)
    found = response(
        made, NEAR, outcome="y", of="y", form="levels", regressors=["x", "second"], estimator="two-stage",
        effects="two-way", errors=errors,
    )  # fmt: skip
    dummies = np.column_stack([np.repeat(np.eye(n), t, axis=0), np.tile(np.eye(t), (n, 1))[:, 1:]])
    weights = matrix()
    columns = [values.ravel() for values in (x, second, weights @ x, weights @ second)]
    design = np.column_stack([*columns, dummies])
    target = (weights @ array(made, "y")).ravel()
    slopes_of = np.linalg.lstsq(design, target, rcond=None)[0]
    left = target - design @ slopes_of
    inverse = np.linalg.inv(design.T @ design)
    scores = design * left[:, None]
    by_ally = scores.reshape(n, t, -1).sum(axis=1)
    rest = n * t - design.shape[1]
    middle = {
        "classical": design.T @ design * (left @ left) / rest,
        "robust": scores.T @ scores * n * t / rest,
        "by ally": by_ally.T @ by_ally * n / (n - 1) * (n * t - 1) / rest,
    }[errors]
    covariance = (inverse @ middle @ inverse)[2:4, 2:4]
    assert found.first_stage_f == pytest.approx(slopes_of[2:4] @ np.linalg.solve(covariance, slopes_of[2:4]) / 2)


def test_two_stage_by_hand_is_the_ratio_of_two_covariances() -> None:
    """With one instrument and no other regressor the coefficient is cov(z, y) / cov(z, s), within."""
    made = spatial(6)
    found = response(
        made, NEAR, outcome="y", of="y", form="levels", regressors=["x"], estimator="two-stage", effects="none"
    )
    y, x = array(made, "y"), array(made, "x")
    ones = np.ones(403)
    exogenous_part = np.column_stack([ones, x.ravel()])
    three = np.column_stack([y.ravel(), (matrix() @ y).ravel(), (matrix() @ x).ravel()])
    left = three - exogenous_part @ np.linalg.lstsq(exogenous_part, three, rcond=None)[0]
    assert found.responses[0].value == pytest.approx((left[:, 2] @ left[:, 0]) / (left[:, 2] @ left[:, 1]))
    assert found.coefficient("constant").name == "constant"


def test_logs_are_elasticities_and_growth_is_the_change_of_logs() -> None:
    levels = response(PANEL, NEIGHBOURS, form="growth", effects="two-way")
    spilled = np.log(np.array(NEIGHBOURS.rows) @ array(PANEL, "expenditure"))
    changes = [np.diff(np.log(array(PANEL, name)), axis=1) for name in ("burden", "gdp")]
    expected = by_dummies(changes[0], [np.diff(spilled, axis=1), changes[1]], years=True)
    assert slopes(levels) == pytest.approx(expected)
    assert (levels.n, levels.periods, levels.dropped) == (372, 12, 31)


def test_a_regressor_in_levels_keeps_its_levels() -> None:
    macro = nb.datasets.macro()
    found = nb.panels.panel(TABLE, macro=macro, measures=["government_net_lending"])
    with pytest.raises(UnexpectedValueError, match="in_levels"):
        response(found, NEIGHBOURS, regressors=["gdp", "government_net_lending"])
    name = "government_net_lending"
    forms: dict[Any, Callable[[Any], Any]] = {"logs": np.asarray, "growth": partial(np.diff, axis=1)}
    for form, changed in forms.items():
        answer = response(found, NEIGHBOURS, form=form, regressors=[name], in_levels=[name])
        spilled = np.log(np.array(NEIGHBOURS.rows) @ array(found, "expenditure"))
        columns = [changed(values) for values in (spilled, array(found, name))]
        expected = by_dummies(changed(np.log(array(found, "burden"))), columns, years=False)
        assert slopes(answer) == pytest.approx(expected)
        assert "levels" in answer.formula


def test_lags_are_of_the_calendar_year_before() -> None:
    found = response(PANEL, NEIGHBOURS, lags=1, spend_in_lag=1)
    y, spilled = np.log(array(PANEL, "burden")), np.log(np.array(NEIGHBOURS.rows) @ array(PANEL, "expenditure"))
    expected = by_dummies(y[:, 1:], [spilled[:, :-1], y[:, :-1], np.log(array(PANEL, "gdp"))[:, 1:]], years=False)
    assert slopes(found) == pytest.approx(expected)
    carried = found.coefficient("burden, lag 1").value
    assert found.long_run == pytest.approx((found.responses[0].value / (1 - carried),))
    assert any("Nickell" in caution for caution in found.cautions)
    skipped = response(PANEL.only(years=[2014, 2016, 2017, 2019, 2020]), NEIGHBOURS, lags=1)
    assert (skipped.periods, skipped.n) == (2, 62)


def test_without_lags_there_is_no_long_run() -> None:
    assert response(PANEL, NEIGHBOURS).long_run == ()
    draw = np.random.default_rng(1)
    y = np.outer(np.arange(1, 32), 1.3 ** np.arange(13)) + draw.normal(size=(31, 13))
    explosive = of_arrays(y=y, z=draw.normal(size=(31, 13)))
    found = response(explosive, NEAR, outcome="y", of="z", form="levels", regressors=[], lags=1, effects="none")
    assert found.coefficient("y, lag 1").value > 1
    assert found.long_run == ()


def test_an_ally_left_out_counts_and_is_not_regressed() -> None:
    states = SpatialWeights.bloc(ALLIES, ["USA"], 2025)
    found = response(PANEL, states, left_out=["USA"])
    assert (found.allies, found.n) == (30, 390)
    others = [place for place, ally in enumerate(ALLIES) if ally.alpha_3 != "USA"]
    y, size = (np.log(array(PANEL, name))[others] for name in ("burden", "gdp"))
    american = np.log(array(PANEL, "expenditure"))[[place for place in range(31) if place not in others]]
    expected = by_dummies(y, [np.repeat(american, 30, axis=0), size], years=False)
    assert slopes(found) == pytest.approx(expected)


def test_who_counts_and_is_not_in_the_panel_is_told() -> None:
    """A panel of Europeans has nothing of the American spending that the weights name."""
    europe = nb.panels.panel(TABLE, group="NATO Europe")
    found = response(europe, NEIGHBOURS, form="levels")
    [said] = [item for item in found.cautions if "not in the panel" in item]
    assert "counted for nobody: Canada, United States;" in said
    assert "left_out" in said
    assert not any("not in the panel" in item for item in response(PANEL, NEIGHBOURS).cautions)


def test_several_weights_make_several_spend_ins() -> None:
    found = response(PANEL, [NEIGHBOURS, NEAR], effects="two-way")
    assert [item.name for item in found.responses] == ["spend-in by contiguity and United States", SPEND_IN]


@pytest.mark.parametrize("effects", ["year", "two-way"])
@pytest.mark.parametrize("form", ["levels", "logs", "growth"])
@pytest.mark.parametrize(
    "weights",
    [None, EVERYONE.normalised(), SpatialWeights.bloc(ALLIES, "NATO Europe", 2025)],
    ids=["all", "mean", "bloc"],
)
def test_effects_of_years_make_the_sum_of_the_others_a_mirror_and_are_refused(
    effects: Any, form: Any, weights: SpatialWeights | None
) -> None:
    with pytest.raises(UnexpectedValueError, match="regressed on itself with the sign turned"):
        response(PANEL, weights, effects=effects, form=form)


def test_what_is_refused_would_be_minus_the_allys_own_spending() -> None:
    spilled = array(PANEL, "expenditure").sum(axis=0) - array(PANEL, "expenditure")
    [slope] = by_dummies(array(PANEL, "expenditure"), [spilled], years=True)
    assert slope == pytest.approx(-1)


def test_a_spend_in_that_is_nearly_ones_own_is_told() -> None:
    almost = {(one, other): 1.0 for one in ALLIES for other in ALLIES if one != other}
    almost[ALLIES[0], ALLIES[1]] = 0.9
    weights = SpatialWeights.of("almost all", almost, source=SOURCE)
    found = response(PANEL, weights, form="levels", outcome="expenditure", effects="two-way")
    assert "with the sign turned" in found.cautions[0]
    assert not any("sign turned" in caution for caution in response(PANEL, NEAR, effects="two-way").cautions)


def test_cautions_name_what_a_short_panel_cannot_carry() -> None:
    told = "; ".join(response(PANEL, EVERYONE, effects="none", errors="driscoll-kraay").cautions)
    assert "there are 13: intervals may be too narrow" in told
    assert "no effects of years" in told
    assert "no effects of allies" in told
    assert "figures of 2025, 2026 are estimates" in told
    assert "31 clusters are few" in "; ".join(response(PANEL, NEAR).cautions)
    assert "instruments are weak" in "; ".join(response(PANEL, NEAR, effects="two-way", estimator="two-stage").cautions)
    lagged = response(PANEL, NEAR, effects="two-way", spend_in_lag=1)
    assert not any("determined together" in caution for caution in lagged.cautions)


def test_a_result_says_how_it_was_computed_and_becomes_a_table() -> None:
    found = response(PANEL, NEIGHBOURS, effects="two-way")
    text = found.explain()
    assert "PanelOLS of linearmodels" in text
    assert "null: it is 0" in text
    assert text.count("\n  caution ") == len(found.cautions)
    assert str(found).endswith(f"cautions, which explain() names: {len(found.cautions)}")
    assert found.to_columns()["name"] == [item.name for item in found.coefficients]
    assert found.to_row()["gdp coefficient"] == found.coefficient("gdp").value
    with pytest.raises(UnknownNameError, match="gdp"):
        found.coefficient("gpd")
    assert "IV2SLS" in response(PANEL, NEAR, estimator="two-stage").method
    own = response(exogenous(7), NEAR, **MADE)
    assert any(said.startswith("made up") for _, said in own.working)


REFUSED: dict[str, tuple[dict[str, Any], type[NatoBurdenError]]] = {
    "form": ({"form": "log"}, UnknownNameError),
    "effects": ({"effects": "country"}, UnknownNameError),
    "errors": ({"errors": "newey"}, UnknownNameError),
    "estimator": ({"estimator": "gmm"}, UnknownNameError),
    "lags": ({"lags": -1}, InvalidNumberError),
    "lags as a truth": ({"lags": True}, InvalidNumberError),
    "lag of the spend-in": ({"spend_in_lag": 11}, InvalidNumberError),
    "level": ({"level": 0.95}, UnexpectedValueError),
    "level of all": ({"level": nb.Share.percent(100)}, UnexpectedValueError),
    "a text of regressors": ({"regressors": "gdp"}, UnexpectedValueError),
    "an unknown regressor": ({"regressors": ["weather"]}, UnknownNameError),
    "an unknown outcome": ({"outcome": "share"}, UnknownNameError),
    "the outcome as regressor": ({"regressors": ["burden"]}, UnexpectedValueError),
    "in levels only": ({"in_levels": ["debt"]}, UnexpectedValueError),
    "no weights": ({"weights": []}, UnexpectedValueError),
    "weights twice": ({"weights": [NEAR, NEAR]}, UnexpectedValueError),
    "a text of weights": ({"weights": "near"}, UnexpectedValueError),
    "bandwidth": ({"bandwidth": 2}, UnexpectedValueError),
    "bandwidth below 0": ({"bandwidth": -2, "errors": "driscoll-kraay"}, UnexpectedValueError),
    "bandwidth of all years": ({"bandwidth": 13, "errors": "driscoll-kraay"}, InvalidNumberError),
    "their errors in two years": ({"years": [2023, 2024], "errors": "driscoll-kraay"}, TooFewError),
    "two allies in effects of years": (
        {"left_out": [ally for ally in ALLIES if ally.alpha_3 not in ("POL", "DEU")], "effects": "year"},
        UnexpectedValueError,
    ),
    "no instruments": ({"estimator": "two-stage", "regressors": []}, UnexpectedValueError),
    "two-stage with their errors": ({"estimator": "two-stage", "errors": "driscoll-kraay"}, UnexpectedValueError),
    "two-stage of a lag": ({"estimator": "two-stage", "spend_in_lag": 1}, UnexpectedValueError),
    "no neighbours": (
        {"weights": SpatialWeights.contiguity(ALLIES, nb.datasets.land_borders())},
        UnexpectedValueError,
    ),
    "all left out": ({"left_out": list(ALLIES)}, TooFewError),
    "one year with effects of allies": ({"years": [2025]}, TooFewError),
    "regressors that make the outcome": ({"regressors": ["gdp", "expenditure"]}, UnexpectedValueError),
}


@pytest.mark.parametrize(("options", "error"), REFUSED.values(), ids=REFUSED)
def test_options_that_do_not_fit_are_refused(options: dict[str, Any], error: type[NatoBurdenError]) -> None:
    with pytest.raises(error):
        response(PANEL, **({"weights": NEAR} | options))


@pytest.mark.parametrize("errors", ["by ally", "driscoll-kraay", "robust", "classical"])
def test_an_outcome_that_never_moves_has_no_errors(errors: Any) -> None:
    made = exogenous(9)
    still = of_arrays(y=0 * array(made, "y"), x=array(made, "x"), z=array(made, "z"))
    with pytest.raises(UnexpectedValueError, match="0 in every row is not usable as y; an outcome that never moves"):
        response(still, NEAR, errors=errors, **MADE)


def test_two_stage_refuses_what_it_cannot_tell_apart() -> None:
    same = of_arrays(y=array(exogenous(8), "y"), x=np.ones((31, 13)))
    with pytest.raises(UnexpectedValueError, match="the estimator refuses"):
        response(same, NEAR, outcome="y", of="y", form="levels", regressors=["x"], estimator="two-stage")
    two = SpatialWeights.inverse_distance(["POL", "DEU"], nb.datasets.capitals())
    few = exogenous(8).only(years=[2014, 2015], countries=["POL", "DEU"])
    with pytest.raises(TooFewError):
        response(few, two, estimator="two-stage", effects="ally", **MADE)


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "linearmodels", None)
    for estimator in ("least squares", "two-stage"):
        with pytest.raises(MissingExtraError, match="econometrics"):
            response(PANEL, NEAR, estimator=estimator)


def test_what_effects_absorb_is_refused() -> None:
    made = exogenous(9)
    fixed = of_arrays(y=array(made, "y"), z=array(made, "z"), x=np.repeat(array(made, "x")[:, :1], 13, axis=1))
    with pytest.raises(UnexpectedValueError, match="the estimator refuses"):
        response(fixed, NEAR, **MADE)


def test_an_own_figure_that_is_missing_is_left_out_and_never_zero() -> None:
    """By NumPy, over the rows in which it is known, with the means of years taken out."""
    moved, own = [1.0, 4.0, 2.0, 8.0, 3.0], [2.0, None, 5.0, 1.0, 4.0]
    allies, years = ["POL", "DEU", "EST", "POL", "EST"], [1, 1, 1, 2, 2]
    one, other = np.array([1.0, 2.0, 8.0, 3.0]), np.array([2.0, 5.0, 1.0, 4.0])
    for values in (one, other):
        values[:2] -= values[:2].mean()
        values[2:] -= values[2:].mean()
    expected = one @ other / np.sqrt((one @ one) * (other @ other))
    assert own_correlation(moved, own, allies, years, "year") == pytest.approx(expected)
    assert own_correlation(moved, [None] * 5, allies, years, "year") == 0


def test_a_bandwidth_of_zero_years_is_taken() -> None:
    found = response(TABLE, NEIGHBOURS, errors="driscoll-kraay", bandwidth=0)
    assert all(item.standard_error > 0 for item in found.coefficients)


@pytest.mark.parametrize(("allies", "warned"), [(49, True), (50, False)])
def test_fewer_than_fifty_clusters_are_few(allies: int, warned: bool) -> None:
    rows: Any = SimpleNamespace(allies=list(range(allies)), years=[2024] * allies, spend_ins={}, dropped=0)
    fit: Any = SimpleNamespace(first_stage_f=None)
    said = of_the_fit(rows, fit, PANEL, effects="two-way", errors="by ally", estimator="least squares", lags=0, lag=0)
    assert any("clusters are few" in text for text in said) == warned


@pytest.mark.parametrize(
    ("effects", "words"),
    [
        ("none", "a constant"),
        ("ally", "an effect of each ally"),
        ("year", "an effect of each year"),
        ("two-way", "effects of each ally and each year"),
    ],
)
def test_the_formula_names_the_effects(effects: Any, words: str) -> None:
    found = attrs.evolve(response(TABLE, NEIGHBOURS), effects=effects)
    assert f" = {words} + " in found.formula
