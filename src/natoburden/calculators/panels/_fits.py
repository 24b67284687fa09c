"""The estimators of linearmodels: how they are called, and how their results are read."""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias

from natoburden.errors import InvalidNumberError, MissingExtraError, TooFewError, UnexpectedValueError

__all__ = ["Effects", "Errors", "Estimate", "Estimator", "Fit", "fitted", "own_correlation", "two_stage"]

Effects: TypeAlias = Literal["none", "ally", "year", "two-way"]
Estimator: TypeAlias = Literal["least squares", "two-stage"]
Errors: TypeAlias = Literal["by ally", "driscoll-kraay", "robust", "classical"]

_COVARIANCES: dict[str, dict[str, Any]] = {
    "by ally": {"cov_type": "clustered", "cluster_entity": True, "group_debias": True},
    "driscoll-kraay": {"cov_type": "kernel"},
    "robust": {"cov_type": "robust"},
    "classical": {"cov_type": "unadjusted"},
}
_CONSTANT = "constant"
_FEWEST_YEARS = 3  # for errors that rest on years


class Estimate(NamedTuple):
    """A coefficient with its standard error, its t, its two-sided p, and its interval."""

    name: str
    value: float
    standard_error: float
    t: float
    p: float
    low: float
    high: float


class Fit(NamedTuple):
    """The result of an estimator: coefficients, degrees of freedom of t, R² within, and any first-stage F."""

    estimates: tuple[Estimate, ...]
    degrees: int
    r2_within: float
    first_stage_f: float | None


def _libraries() -> tuple[Any, Any]:
    try:
        linearmodels, pd = map(importlib.import_module, ("linearmodels", "pandas"))
    except ImportError as error:
        raise MissingExtraError("a panel regression", "linearmodels", "econometrics") from error
    return linearmodels, pd


def fitted(
    y: Sequence[float],
    x: Mapping[str, Sequence[float]],
    allies: Sequence[str],
    years: Sequence[int],
    *,
    effects: Effects,
    errors: Errors,
    bandwidth: int | None,
    level: float,
) -> Fit:
    """Return least squares after the effects are taken out, by `PanelOLS`; or pooled least squares, by `PooledOLS`."""
    linearmodels, pd = _libraries()
    index = pd.MultiIndex.from_arrays([list(allies), list(years)], names=["ally", "year"])
    dependent, regressors = pd.Series(list(y), index=index, name="outcome"), pd.DataFrame(x, index=index)
    options = dict(_COVARIANCES[errors])
    if errors == "driscoll-kraay":
        _check_years(len(set(years)), bandwidth)
        options |= {} if bandwidth is None else {"bandwidth": bandwidth}
    degrees = _degrees(len(y), len(x), allies, years, effects, errors)
    try:
        if effects == "none":
            model = linearmodels.PooledOLS(dependent, regressors.assign(**{_CONSTANT: 1.0}))
        else:
            kept = {"entity_effects": effects in ("ally", "two-way"), "time_effects": effects in ("year", "two-way")}
            model = linearmodels.PanelOLS(dependent, regressors, **kept)
        found = model.fit(debiased=True, **options)
        deviations = found.std_errors  # computed, and refused, when they are asked for
    except (ValueError, ZeroDivisionError, _absorbing(linearmodels)) as error:
        raise _not_identified(error) from error
    return Fit(
        tuple(_estimate(name, found.params[name], deviations[name], degrees, level) for name in found.params.index),
        degrees,
        float(found.rsquared),
        None,
    )


def two_stage(
    y: Sequence[float],
    x: Mapping[str, Sequence[float]],
    endogenous: Mapping[str, Sequence[float]],
    instruments: Mapping[str, Sequence[float]],
    allies: Sequence[str],
    years: Sequence[int],
    *,
    effects: Effects,
    errors: Errors,
    level: float,
) -> Fit:
    """Return two-stage least squares by `IV2SLS`, after the effects are taken out of all variables."""
    import numpy as np

    linearmodels, pd = _libraries()
    dummies = _dummies(allies, years, effects)
    absorbed = int(np.linalg.matrix_rank(dummies)) if effects != "none" else 0

    def within(values: Mapping[str, Sequence[float]]) -> Any:
        frame = pd.DataFrame({name: np.asarray(column, dtype=float) for name, column in values.items()})
        return frame if effects == "none" else frame.apply(lambda column: _residual(column.to_numpy(), dummies))

    exogenous = {**x, _CONSTANT: [1.0] * len(y)} if effects == "none" else x
    options: dict[str, Any] = {"cov_type": {"by ally": "clustered", "classical": "unadjusted"}.get(errors, errors)}
    if errors == "by ally":
        options["clusters"] = np.unique(list(allies), return_inverse=True)[1]
    try:
        model = linearmodels.IV2SLS(
            within({"outcome": y}), within(exogenous) if exogenous else None, within(endogenous), within(instruments)
        )
        found = model.fit(debiased=True, **options)
    except ValueError as error:
        raise _not_identified(error) from error
    counted = 0 if errors == "by ally" and effects == "ally" else absorbed
    rest = len(y) - len(exogenous) - len(endogenous)
    if rest <= absorbed:
        raise TooFewError("a panel regression", len(y), len(y) - rest + absorbed + 1, "rows")
    larger = (rest / (rest - counted)) ** 0.5
    degrees = _degrees(len(y), len(x) + len(endogenous), allies, years, effects, errors)
    order = [*endogenous, *exogenous]
    return Fit(
        tuple(_estimate(name, found.params[name], found.std_errors[name] * larger, degrees, level) for name in order),
        degrees,
        float(found.rsquared),
        _first_stage_f(found, len(y) - len(exogenous) - len(instruments), counted, len(instruments)),
    )


def _first_stage_f(found: Any, rest: int, counted: int, instruments: int) -> float:
    """Return the smallest F of the instruments, from linearmodels' Wald statistics of all instruments together.

    Wald statistics are F statistics only with classical errors. All F statistics are scaled for the effects that were
    taken out, just as standard errors are.
    """
    try:
        diagnostics = found.first_stage.diagnostics
    except ZeroDivisionError:  # the regressors determine the outcome, which is refused by its R²
        return math.inf
    is_f = diagnostics["f.dist"].str.startswith("F")
    over = is_f.map({True: 1, False: instruments})
    return float((diagnostics["f.stat"] / over).min()) * (rest - counted) / rest


def own_correlation(
    variable: Sequence[float],
    own: Sequence[float | None],
    allies: Sequence[str],
    years: Sequence[int],
    effects: Effects,
) -> float:
    """Return the correlation of two variables after the effects are taken out; 0 if one variable no longer varies.

    Only rows with a known figure of the ally itself count.
    """
    import numpy as np

    known = [place for place, figure in enumerate(own) if figure is not None]
    if not known:
        return 0.0
    dummies = _dummies([allies[place] for place in known], [years[place] for place in known], effects)
    one, other = (
        _residual(np.asarray([values[place] for place in known], dtype=float), dummies) for values in (variable, own)
    )
    size = float((one @ one) * (other @ other)) ** 0.5
    return float(one @ other) / size if size else 0.0


def _check_years(count: int, bandwidth: int | None) -> None:
    """Raise unless there are enough years for errors of Driscoll and Kraay."""
    if count < _FEWEST_YEARS:
        raise TooFewError("a regression with errors of Driscoll and Kraay", count, _FEWEST_YEARS, "years")
    if bandwidth is not None and bandwidth >= count:
        raise InvalidNumberError("bandwidth", str(bandwidth), f"fewer than the {count} years that are regressed on")


def _dummies(allies: Sequence[str], years: Sequence[int], effects: Effects) -> Any:
    import numpy as np

    columns = [np.ones(len(allies))]
    if effects in ("ally", "two-way"):
        columns += [np.asarray(allies) == ally for ally in sorted(set(allies))[1:]]
    if effects in ("year", "two-way"):
        columns += [np.asarray(years) == year for year in sorted(set(years))[1:]]
    return np.column_stack(columns).astype(float)


def _residual(values: Any, dummies: Any) -> Any:
    import numpy as np

    weights, *_ = np.linalg.lstsq(dummies, values, rcond=None)
    return values - dummies @ weights


def _degrees(n: int, slopes: int, allies: Sequence[str], years: Sequence[int], effects: Effects, errors: Errors) -> int:
    """Return the degrees of freedom of t: by clusters or years if errors are based on these, otherwise by residuals."""
    groups, times = len(set(allies)), len(set(years))
    absorbed = {"none": 1, "ally": groups, "year": times, "two-way": groups + times - 1}[effects]
    if n - slopes - absorbed < 1:
        raise TooFewError("a panel regression", n, slopes + absorbed + 1, "rows")
    return {"by ally": groups - 1, "driscoll-kraay": times - 1}.get(errors, n - slopes - absorbed)


def _estimate(name: str, value: float, standard_error: float, degrees: int, level: float) -> Estimate:
    from scipy import stats

    value, standard_error = float(value), float(standard_error)
    t = value / standard_error if standard_error else float("nan")
    half = float(stats.t.ppf((1 + level) / 2, degrees)) * standard_error
    return Estimate(name, value, standard_error, t, float(2 * stats.t.sf(abs(t), degrees)), value - half, value + half)


def _absorbing(linearmodels: Any) -> type[Exception]:
    found: type[Exception] = linearmodels.panel.utility.AbsorbingEffectError
    return found


def _not_identified(error: Exception) -> UnexpectedValueError:
    text = " ".join(str(error).split())
    return UnexpectedValueError(
        "regressors", "the ones given", f"the estimator refuses them, since some are determined by others: {text[:300]}"
    )
