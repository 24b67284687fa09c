"""Does an ally spend less when others spend more? Panel regressions of burdens on the spend-in from other allies."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import ClassVar

import attrs

from natoburden.calculators._arguments import checked_choice, checked_level, several
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.panels._cautions import countries_outside, mirrored, of_the_fit
from natoburden.calculators.panels._fits import Effects, Errors, Estimator, fitted, two_stage
from natoburden.calculators.panels._regressands import Form, rows_of
from natoburden.calculators.panels._results import PanelResult, p_told
from natoburden.calculators.panels.observed import Panel, PanelLike, as_panel
from natoburden.calculators.panels.spend_ins import checked_weights
from natoburden.calculators.panels.weights import SpatialWeights
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from natoburden.model._frames import Cell
from natoburden.model.countries import Country, CountryLike
from natoburden.model.memberships import GroupLike
from natoburden.model.shares import Share
from natoburden.model.sources import Source, distinct

__all__ = ["Coefficient", "ResponseFunction", "response"]

_LEVEL = Share.percent(95)

_EXACT = 1e-10  # of a variance
_ROUNDING = 1e-9  # of a coefficient: no standard error, but what floats leave of zero


@attrs.frozen
class Coefficient:
    """A coefficient with its standard error, t, two-sided p, and interval; p tests whether the coefficient is zero."""

    name: str
    value: float
    standard_error: float
    t: float
    p: float
    low: float
    high: float

    def __str__(self) -> str:
        return (
            f"{self.value:+.4f} (se {self.standard_error:.4f}, t {self.t:+.2f}, {p_told(self.p)} two-sided; "
            f"{self.low:+.4f} to {self.high:+.4f})"
        )


@attrs.frozen(kw_only=True)
class ResponseFunction(PanelResult):
    """A panel regression of a variable on the spend-in from other allies: coefficients, their errors, and cautions.

    `responses` are the coefficients of the spend-ins. A coefficient below zero means that an ally spends less when
    other allies spend more, which the literature calls free riding. With the form ``"logs"``, coefficients are
    elasticities. `p` is from a two-sided t test with the null hypothesis that the coefficient is zero.
    """

    note: ClassVar[str] = "a regression on figures that decisions made together: it describes, and proves no motive"

    told: str
    form: str
    effects: str
    errors: str
    estimator: str
    weights: tuple[str, ...]
    coefficients: tuple[Coefficient, ...]
    spend_ins: tuple[str, ...] = attrs.field(repr=False)
    n: int
    allies: int
    periods: int
    dropped: int
    degrees: int
    level: Share
    r2_within: float
    first_stage_f: float | None
    cautions: tuple[str, ...] = attrs.field(repr=False)
    weight_sources: tuple[Source, ...] = attrs.field(default=(), repr=False)

    @property
    def responses(self) -> tuple[Coefficient, ...]:
        """The coefficients of the spend-ins."""
        return tuple(item for item in self.coefficients if item.name in self.spend_ins)

    @property
    def long_run(self) -> tuple[float, ...]:
        """The long-run value of each response: the coefficient divided by (1 − the sum of the lags' coefficients).

        The result is empty without lags, or if the coefficients of the lags add up to one or more.
        """
        carried = sum(item.value for item in self.coefficients if item.name.startswith(f"{self.variable}, lag"))
        return tuple(item.value / (1 - carried) for item in self.responses) if carried and carried < 1 else ()

    def coefficient(self, name: str) -> Coefficient:
        """Return a coefficient by its name; the `UnknownNameError` for an unknown name lists the valid names."""
        found = self.find(name)
        value: Coefficient = found.value
        return value

    @property
    def headline(self) -> str:
        return f"Response of {self.variable} to {', '.join(self.spend_ins)}, {self.told}"

    @property
    def formula(self) -> str:
        effects = {"none": "a constant", "ally": "an effect of each ally", "year": "an effect of each year"}
        kept = effects.get(self.effects, "effects of each ally and each year")
        names = " + ".join(f"b × {item.name}" for item in self.coefficients if item.name != "constant")
        return f"{self.variable} = {kept} + {names} + e; {self.form}"

    @property
    def method(self) -> str:
        """How coefficients, errors and p-values were computed."""
        how = {
            ("least squares", False): "pooled least squares (PooledOLS of linearmodels)",
            ("least squares", True): "least squares within (PanelOLS of linearmodels)",
            ("two-stage", False): "two-stage least squares (IV2SLS of linearmodels), instruments: regressors of others",
            ("two-stage", True): (
                "two-stage least squares within (IV2SLS of linearmodels, after the effects are taken out of every "
                "variable), instruments: regressors of others"
            ),
        }[self.estimator, self.effects != "none"]
        errors = {
            "by ally": "errors clustered by ally",
            "driscoll-kraay": "errors of Driscoll and Kraay, Bartlett's kernel",
            "robust": "errors of White",
            "classical": "errors of equal variance",
        }[self.errors]
        return f"{how}; {errors}; p two-sided, by Student's t with {self.degrees} degrees of freedom; null: it is 0"

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        cautions = (("caution", text) for text in self.cautions)
        return (*super().working, *cautions)

    @property
    def findings(self) -> Findings:
        return (
            *(Finding(item.name, item) for item in self.coefficients),
            *(
                Finding(f"{item.name}, in the long run", value, places(4))
                for item, value in zip(self.responses, self.long_run, strict=False)
            ),
            Finding("observations", self.n),
            Finding("allies", self.allies),
            Finding("years", self.periods),
            Finding("R² within", self.r2_within, places(3)),
            *(
                Finding("F of the first stage", value, places(1))
                for value in (self.first_stage_f,)
                if value is not None
            ),
            Finding("estimated", f"{self.form}; effects: {self.effects}; errors: {self.errors}; {self.estimator}"),
        )

    def __str__(self) -> str:
        """Return the headline and the findings, and the number of cautions that `explain` lists."""
        told = f"\n  cautions, which explain() names: {len(self.cautions)}" if self.cautions else ""
        return super().__str__() + told

    @property
    def sources(self) -> tuple[Source, ...]:
        return distinct((*super().sources, *self.weight_sources))

    @property
    def columns(self) -> Mapping[str, object]:
        return {
            f"{item.name} {what}": getattr(item, field)
            for item in self.coefficients
            for what, field in (("coefficient", "value"), ("standard_error", "standard_error"), ("p", "p"))
        }

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return a row for each coefficient."""
        fields = ("name", "value", "standard_error", "t", "p", "low", "high")
        rows = self.coefficients
        status: dict[str, list[Cell]] = {"status": [self.status.value] * len(rows)}
        return {name: [getattr(item, name) for item in rows] for name in fields} | status


def response(
    data: PanelLike,
    weights: SpatialWeights | Sequence[SpatialWeights] | None = None,
    *,
    outcome: str = "burden",
    of: str = "expenditure",
    form: Form = "logs",
    regressors: Sequence[str] = ("gdp",),
    in_levels: Sequence[str] = (),
    lags: int = 0,
    spend_in_lag: int = 0,
    left_out: Iterable[CountryLike] = (),
    effects: Effects = "ally",
    errors: Errors = "by ally",
    estimator: Estimator = "least squares",
    bandwidth: int | None = None,
    level: Share = _LEVEL,
    group: GroupLike | None = None,
    years: Iterable[int] | None = None,
) -> ResponseFunction:
    """Compute how an ally's burden, or another outcome, responds to the spending of other allies.

    `outcome` is the ally's own variable, which the regression explains. The spend-in is the sum or mean of the variable
    `of` over the other allies, weighted by `weights`. Without `weights`, all other allies count equally. Several
    weights make several spend-ins, such as a spend-in of neighbours and a spend-in of a bloc. `form` is ``"levels"``,
    ``"logs"``, or ``"growth"``, which is the change of logs from the year before. List in `in_levels` each regressor
    that may be negative: such a regressor is not logged, and ``"growth"`` uses its difference. `lags` is the number of
    lags of the outcome among the regressors. The regression uses the spend-in of `spend_in_lag` years earlier.

    Allies in `left_out` count in the spend-ins of other allies, but have no rows of their own in the regression. For
    example, `left_out` can list allies without neighbours. To study only the effect of American spending on other
    allies, leave out the United States.

    `effects` are fixed effects of allies, of years, of both (``"two-way"``), or none. `errors` are standard errors:
    clustered by ally, Driscoll-Kraay, White, or classical. `bandwidth` is the number of years for Driscoll-Kraay
    errors; by default, linearmodels chooses the number. The estimator ``"two-stage"`` treats the spend-in as determined
    together with the outcome. The instruments are the regressors of the other allies, weighted like the spend-in.

    Raises `UnexpectedValueError` for effects of years with a spend-in that is a sum over all other allies or over a
    bloc. With effects of years, a sum over all other allies or over a bloc only mirrors the ally's own spending. Raises
    `UnexpectedValueError` also for the log of a figure that is not positive, for regressors that are linearly
    dependent, and for options that exclude each other. Raises `TooFewError` if too few observations are left. Needs the
    extra ``econometrics``.

    >>> from natoburden.datasets import defence_expenditure, land_borders
    >>> from natoburden.calculators.panels import SpatialWeights, panel
    >>> found = panel(defence_expenditure("2026-07"), years=range(2014, 2025))
    >>> near = SpatialWeights.contiguity(found.countries, land_borders()).augmented("USA")
    >>> answer = response(found, near, effects="two-way")
    >>> print(answer.coefficient("spend-in by contiguity and United States"))
    -0.7393 (se 0.2764, t -2.67, p 0.012 two-sided; -1.3038 to -0.1747)
    """
    for what, value, choices in (
        ("form", form, Form),
        ("effects", effects, Effects),
        ("errors", errors, Errors),
        ("estimator", estimator, Estimator),
    ):
        checked_choice(what, value, choices)
    for what, number in (("lags", lags), ("lag of the spend-in", spend_in_lag)):
        if type(number) is not int or not 0 <= number <= 10:
            raise InvalidNumberError(what, str(number), "a whole number from 0 to 10")
    part = checked_level(level, with_ends=False)
    found = as_panel(data, group, years)
    named = several(regressors, str, "regressors", "give a list, even of one: regressors=['gdp']")
    plain = several(in_levels, str, "regressors in levels", "give a list, even of one")
    absent = frozenset(map(Country.find, several(left_out, (str, Country), "allies left out", "give a list: ['USA']")))
    used = _weights(found, weights)
    _refuse_mirrors(used, effects, of)
    _check(estimator, errors, bandwidth, named, spend_in_lag)
    rows = rows_of(
        found, used, outcome=outcome, of=of, form=form, regressors=named, in_levels=plain,
        lags=lags, spend_in_lag=spend_in_lag, left_out=absent, instruments=estimator == "two-stage",
    )  # fmt: skip
    if len(set(rows.y)) == 1:
        raise UnexpectedValueError(
            outcome,
            f"{rows.y[0]:g} in every row",
            "an outcome that never moves responds to nothing: take another, or more years",
        )
    cautions = [*countries_outside(found, used), *mirrored(rows, effects, of)]
    if estimator == "two-stage":
        fit = two_stage(
            rows.y, rows.x, rows.spend_ins, rows.instruments, rows.allies, rows.years,
            effects=effects, errors=errors, level=part,
        )  # fmt: skip
    else:
        fit = fitted(
            rows.y, rows.spend_ins | rows.x, rows.allies, rows.years,
            effects=effects, errors=errors, bandwidth=bandwidth, level=part,
        )  # fmt: skip
    if fit.r2_within > 1 - _EXACT:
        hint = "they determine the outcome without any error, as expenditure and GDP do the burden: leave one out"
        raise UnexpectedValueError("regressors", ", ".join(item.name for item in fit.estimates), hint)
    for item in fit.estimates:
        if not item.standard_error > _ROUNDING * abs(item.value):
            hint = "as that of two allies in effects of years is: take more allies, or other effects"
            raise UnexpectedValueError(f"the standard error of {item.name}", "zero but for rounding", hint)
    cautions += of_the_fit(
        rows, fit, found, effects=effects, errors=errors, estimator=estimator, lags=lags, lag=spend_in_lag
    )
    return ResponseFunction(
        edition=found.edition,
        variable=outcome,
        years=found.years,
        told=found.told,
        form=_form_told(form, plain),
        effects=effects,
        errors=errors,
        estimator=estimator,
        weights=tuple(map(str, used)),
        coefficients=tuple(Coefficient(*item) for item in fit.estimates),
        spend_ins=tuple(rows.spend_ins),
        n=len(rows.y),
        allies=len(set(rows.allies)),
        periods=len(set(rows.years)),
        dropped=rows.dropped,
        degrees=fit.degrees,
        level=level,
        r2_within=fit.r2_within,
        first_stage_f=fit.first_stage_f,
        cautions=tuple(cautions),
        weight_sources=distinct(source for item in used for source in item.sources),
        inputs=found.inputs,
    )


def _weights(found: Panel, weights: SpatialWeights | Sequence[SpatialWeights] | None) -> tuple[SpatialWeights, ...]:
    if weights is None:
        return (SpatialWeights.everyone(found.countries),)
    hint = "give SpatialWeights, or several in a list"
    given = (weights,) if isinstance(weights, SpatialWeights) else several(weights, SpatialWeights, "weights", hint)
    names = [item.name for item in given]
    if not given or len(set(names)) < len(names):
        raise UnexpectedValueError("weights", ", ".join(names) or "none", "give at least one, each of its own name")
    return tuple(checked_weights(found, item) for item in given)


def _check(estimator: str, errors: str, bandwidth: int | None, regressors: Sequence[str], lag: int) -> None:
    """Raise `UnexpectedValueError` for options that exclude each other."""
    if bandwidth is not None and (errors != "driscoll-kraay" or type(bandwidth) is not int or bandwidth < 0):
        raise UnexpectedValueError(
            "bandwidth", repr(bandwidth), "it is a number of years, for errors='driscoll-kraay' alone"
        )
    if estimator != "two-stage":
        return
    if errors == "driscoll-kraay":
        hint = "linearmodels has them for least squares alone: cluster by ally"
        raise UnexpectedValueError("errors of two-stage least squares", errors, hint)
    if not regressors:
        hint = "their values of the other allies are the instruments: give at least one"
        raise UnexpectedValueError("regressors of two-stage least squares", "none", hint)
    if lag:
        hint = "a spend-in of years before is not determined together with the outcome: use least squares"
        raise UnexpectedValueError("lag of the spend-in with two-stage least squares", str(lag), hint)


def _refuse_mirrors(weights: Sequence[SpatialWeights], effects: Effects, of: str) -> None:
    """Raise `UnexpectedValueError` if effects of years leave only the ally's own spending in a spend-in."""
    for item in weights if effects in ("year", "two-way") else ():
        if item.is_uniform:
            hint = (
                "each ally counts alike for all others, so that the spend-in is a total of the year less the "
                f"ally's own {of}. Effects of years take out the total, and the ally is regressed on itself with the "
                "sign turned. Use effects of allies alone, or weights that differ between allies, such as of distance"
            )
            raise UnexpectedValueError(f"weights with {effects} effects", item.name, hint)


def _form_told(form: str, plain: Sequence[str]) -> str:
    what = {"levels": "in levels", "logs": "in logs", "growth": "in changes of logs on the year before"}[form]
    return (
        what
        + (f", but {', '.join(plain)} in levels" if plain and form == "logs" else "")
        + (f", but {', '.join(plain)} in changes of levels" if plain and form == "growth" else "")
    )
