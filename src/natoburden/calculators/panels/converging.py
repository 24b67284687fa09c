"""Do burdens converge? The dispersion of burdens by year, and whether low burdens grow faster."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Literal, TypeAlias

import attrs

from natoburden.calculators._arguments import checked_choice, checked_level
from natoburden.calculators.findings import Finding, Findings, listed, or_none, percent, places
from natoburden.calculators.panels._results import PanelResult, full_rows, p_told
from natoburden.calculators.panels.observed import PanelLike, as_panel
from natoburden.errors import MissingExtraError, UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.memberships import GroupLike
from natoburden.model.shares import Share
from natoburden.model.sources import Status

__all__ = ["BetaConvergence", "SigmaConvergence", "SigmaYear", "beta_convergence", "sigma_convergence"]

_LEVEL = Share.percent(95)
# Yearly growths, in logs, that differ by less are the same: floats of figures that grew alike differ by some 1e-16.
_ALIKE = 1e-12
RobustErrors: TypeAlias = Literal["HC0", "HC1", "HC2", "HC3"]


@attrs.frozen
class SigmaYear:
    """The dispersion of a year's figures: mean, standard deviation, coefficient of variation, and deviation of logs.

    Variances are divided by the number of allies, since the allies are the whole population.
    """

    year: int
    mean: float
    deviation: float
    variation: float
    log_deviation: float | None

    def __str__(self) -> str:
        logs = "" if self.log_deviation is None else f", of logs {self.log_deviation:.4f}"
        return f"sd {self.deviation:.4f}, cv {self.variation:.4f}{logs}"


@attrs.frozen(kw_only=True)
class SigmaConvergence(PanelResult):
    """The dispersion of a variable over the years, for the same allies in each year."""

    formula: ClassVar[str] = (
        "sd = √(mean of (x − mean)²) over the same allies in each year; cv = sd / mean; sd of log x"
    )
    note: ClassVar[str] = "no test: adjacent years hold nearly the same figures"

    told: str
    countries: tuple[Country, ...] = attrs.field(repr=False)
    left_out: tuple[Country, ...]
    by_year: tuple[SigmaYear, ...] = attrs.field(repr=False)

    @property
    def change(self) -> float:
        """The relative change of the coefficient of variation from the first to the last year; negative if it fell."""
        return self.by_year[-1].variation / self.by_year[0].variation - 1

    @property
    def headline(self) -> str:
        return f"Sigma convergence of {self.variable}, {self.told}"

    @property
    def findings(self) -> Findings:
        first, last = self.by_year[0], self.by_year[-1]
        return (
            Finding(str(first.year), first),
            Finding(str(last.year), last),
            Finding("change of the coefficient of variation", self.change, lambda value: f"{value:+.1%}"),
            *(Finding("left out for want of figures", self.left_out, listed) for _ in self.left_out[:1]),
        )

    @property
    def yearly(self) -> Mapping[int, Mapping[str, object]]:
        figures: dict[int | None, list[Evidence]] = {}
        for item in self.inputs:
            figures.setdefault(getattr(item, "year", None), []).append(item)
        return {
            row.year: {
                "mean": row.mean,
                "standard_deviation": row.deviation,
                "coefficient_of_variation": row.variation,
                "standard_deviation_of_logs": row.log_deviation,
                "status": Status.weakest(item.firmness for item in figures.get(row.year, self.inputs)).value,
            }
            for row in self.by_year
        }

    @property
    def columns(self) -> Mapping[str, object]:
        return {"allies": len(self.countries), "change": self.change}


@attrs.frozen(kw_only=True)
class BetaConvergence(PanelResult):
    """A regression of a variable's yearly growth on its initial level, with robust errors.

    `p` is two-sided, by Student's t; its null hypothesis is a slope of zero. `speed` is the yearly rate at which gaps
    between allies close. `half_life` is the number of years in which half of a gap closes. `speed` and `half_life` are
    None if figures diverge or overshoot.
    """

    formula: ClassVar[str] = (
        "log(x_T / x_0) / T = a + b log x_0 + e by least squares; speed = −log(1 + b T) / T; half-life = log 2 / speed"
    )

    told: str
    countries: tuple[Country, ...] = attrs.field(repr=False)
    left_out: tuple[Country, ...]
    errors: str
    level: Share
    intercept: float
    slope: float
    standard_error: float
    t: float
    p: float
    low: float
    high: float
    r2: float

    @property
    def span(self) -> int:
        """The number of years from the first to the last year."""
        return self.years[-1] - self.years[0]

    @property
    def speed(self) -> float | None:
        """The yearly rate at which gaps between allies close; None if figures diverge or overshoot."""
        rest = 1 + self.slope * self.span
        return -math.log(rest) / self.span if 0 < rest < 1 else None

    @property
    def half_life(self) -> float | None:
        """The number of years in which half of a gap between allies closes; None if figures diverge or overshoot."""
        return None if self.speed is None else math.log(2) / self.speed

    @property
    def method(self) -> str:
        degrees = len(self.countries) - 2
        return (
            f"least squares (OLS of statsmodels), errors {self.errors}; p two-sided, by Student's t with {degrees} "
            "degrees of freedom; null: a slope of 0"
        )

    @property
    def headline(self) -> str:
        return f"Beta convergence of {self.variable}, {self.told}"

    @property
    def findings(self) -> Findings:
        interval = f"{percent(self.level, 0)} from {self.low:+.4f} to {self.high:+.4f}"
        said = (
            f"{self.slope:+.4f} (se {self.standard_error:.4f}, t {self.t:+.2f}, {p_told(self.p)} two-sided; {interval})"
        )
        return (
            Finding("slope", self.slope, lambda _: said),
            Finding("R²", self.r2, places(3)),
            Finding("speed a year", self.speed, or_none(lambda value: f"{value:.2%}", "none: no gap closes")),
            Finding("half-life", self.half_life, or_none(places(1, " years"))),
            Finding("allies", len(self.countries)),
            *(Finding("left out for want of figures", self.left_out, listed) for _ in self.left_out[:1]),
        )

    @property
    def columns(self) -> Mapping[str, object]:
        return {"allies": len(self.countries), "speed": self.speed, "half_life": self.half_life}


def sigma_convergence(
    data: PanelLike,
    *,
    of: str = "burden",
    group: GroupLike | None = None,
    years: Iterable[int] | None = None,
) -> SigmaConvergence:
    """Compute the dispersion of the same allies' burdens in each year, which shows whether burdens converge.

    The allies are the last year's members that have a figure in every year. Accessions therefore do not change the
    dispersion. Raises `TooFewError` for fewer than three allies, and `UnexpectedValueError` if a mean is zero.

    >>> from natoburden.datasets import defence_expenditure
    >>> found = sigma_convergence(defence_expenditure("2026-07"), years=[2014, 2020, 2025])
    >>> [f"{row.year} {row.variation:.3f}" for row in found.by_year]
    ['2014 0.433', '2020 0.345', '2025 0.288']
    """
    found = as_panel(data, group, years)
    whole, when, figures, left_out = full_rows(found, of, least=3)
    rows = []
    for place, year in enumerate(when):
        values = [row[place] for row in figures]
        mean = math.fsum(values) / len(values)
        if not mean:
            raise UnexpectedValueError(
                f"{of} of {year}", "a mean of 0", "the coefficient of variation divides by it: leave the year out"
            )
        deviation = _deviation(values)
        logs = _deviation([math.log(value) for value in values]) if min(values) > 0 else None
        rows.append(SigmaYear(year, mean, deviation, deviation / mean, logs))
    if not rows[0].deviation:
        raise UnexpectedValueError(
            f"{of} of {when[0]}", "all alike", "there is no dispersion that could fall: begin with another year"
        )
    return SigmaConvergence(
        edition=found.edition,
        variable=of,
        years=when,
        told=found.told,
        countries=whole,
        left_out=left_out,
        by_year=tuple(rows),
        inputs=found.inputs,
    )


def beta_convergence(
    data: PanelLike,
    *,
    of: str = "burden",
    errors: RobustErrors = "HC3",
    level: Share = _LEVEL,
    group: GroupLike | None = None,
    years: Iterable[int] | None = None,
) -> BetaConvergence:
    """Compute whether low burdens grew faster, by a regression of yearly growth on the initial level in logs.

    Growth is measured from the first year to the last, for allies with a figure in every year. The regression is least
    squares of statsmodels, with errors that are robust to unequal variances: ``"HC3"``, or HC0 to HC2. A slope below
    zero means convergence. Figures that are revised or measured with error regress to the mean, which makes the slope
    too low.

    Raises `TooFewError` for fewer than four allies. Raises `UnexpectedValueError` for a single year, for figures that
    are not positive, and if all allies start at the same level. Needs the extra ``econometrics``.

    >>> from natoburden.datasets import defence_expenditure
    >>> found = beta_convergence(defence_expenditure("2026-07"), years=range(2014, 2026))
    >>> print(f"{found.slope:.4f} {found.t:.2f} {found.half_life:.1f}")
    -0.0721 -8.21 4.8
    """
    checked_choice("kind of errors", errors, RobustErrors)
    found = as_panel(data, group, years)
    whole, when, figures, left_out = full_rows(found, of, least=4)
    if len(when) < 2:
        raise UnexpectedValueError("years", str(when[0]), "growth needs a first and a last year")
    first, last = [row[0] for row in figures], [row[-1] for row in figures]
    if min(*first, *last) <= 0:
        raise UnexpectedValueError(f"{of} of the panel", f"{min(*first, *last):g}", "logs need figures above zero")
    if len(set(first)) == 1:
        raise UnexpectedValueError(
            f"{of} of {when[0]}", "all alike", "there is no low level to grow from: begin with another year"
        )
    span = when[-1] - when[0]
    start = [math.log(value) for value in first]
    growth = [math.log(end / begin) / span for begin, end in zip(first, last, strict=True)]
    if max(growth) - min(growth) < _ALIKE:
        hint = "a slope needs allies that grow at different rates: give other years or allies"
        raise UnexpectedValueError(f"growth of {of} from {when[0]} to {when[-1]}", "all alike", hint)
    fit = _least_squares(growth, start, errors)
    low, high = fit.conf_int(alpha=1 - checked_level(level, with_ends=False))[1]
    return BetaConvergence(
        edition=found.edition,
        variable=of,
        years=when,
        told=found.told,
        countries=whole,
        left_out=left_out,
        errors=errors,
        level=level,
        intercept=float(fit.params[0]),
        slope=float(fit.params[1]),
        standard_error=float(fit.bse[1]),
        t=float(fit.tvalues[1]),
        p=float(fit.pvalues[1]),
        low=float(low),
        high=float(high),
        r2=float(fit.rsquared),
        inputs=found.inputs,
    )


def _deviation(values: list[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / len(values))


def _least_squares(y: list[float], x: list[float], errors: str) -> Any:
    try:
        import numpy as np
        from statsmodels.regression.linear_model import OLS
    except ImportError as error:
        raise MissingExtraError("beta convergence", "statsmodels", "econometrics") from error
    design = np.column_stack([np.ones(len(x)), x])
    return OLS(np.array(y), design).fit(cov_type=errors, use_t=True)
