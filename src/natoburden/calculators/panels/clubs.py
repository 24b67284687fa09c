"""Clubs of allies with converging burdens, by Phillips and Sul's log t test and clustering."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable
from typing import Any, ClassVar

import attrs

from natoburden.calculators.findings import Finding, Findings, listed
from natoburden.calculators.panels._arguments import number_between
from natoburden.calculators.panels._log_t import CRITICAL, clubs_of, log_t, one_sided_p, prepared
from natoburden.calculators.panels._results import PanelResult, full_rows, p_told
from natoburden.calculators.panels.observed import PanelLike, as_panel
from natoburden.calculators.results import Summary
from natoburden.errors import TooFewError, UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.memberships import GroupLike

__all__ = ["ClubConvergence", "ConvergenceClub", "LogT", "club_convergence"]

_FORMULA = (
    "log(H1/Ht) − 2 log log t = a + b log t + e, t after the first r of the years; "
    "Ht = mean of (x / mean x − 1)²; t of b by Andrews' quadratic spectral kernel"
)

_ROUNDING = 1e-9  # 0.3 × 10 is 3, and in floats may be less


@attrs.frozen
class LogT:
    """A log t test: the slope with its standard error and t, a one-sided p-value, and whether convergence is rejected.

    The null hypothesis is convergence, which means a slope that is not below zero. Convergence is rejected, one-sided
    at 5 %, if t < −1.65.
    """

    slope: float
    standard_error: float
    t: float
    p: float

    @property
    def converges(self) -> bool:
        """Whether convergence is not rejected."""
        return self.t > CRITICAL

    def __str__(self) -> str:
        said = "not rejected" if self.converges else "rejected"
        return f"b {self.slope:+.4f}, t {self.t:+.3f} ({p_told(self.p)} one-sided; convergence {said})"


@attrs.frozen(kw_only=True)
class ConvergenceClub(PanelResult):
    """A club of allies with burdens that converge to one another, and the log t test of this club."""

    formula: ClassVar[str] = _FORMULA

    number: int
    countries: tuple[Country, ...]
    test: LogT
    last_mean: float

    @property
    def label(self) -> str:
        """The club's number; club 1 has the highest burdens."""
        return f"club {self.number}"

    @property
    def headline(self) -> str:
        return f"Club {self.number}, {len(self.countries)} allies: {listed(self.countries)}"

    @property
    def findings(self) -> Findings:
        return (Finding("log t", self.test), Finding(f"mean of {self.years[-1]}", round(self.last_mean, 4)))

    @property
    def columns(self) -> dict[str, object]:
        return {
            "members": tuple(country.alpha_3 for country in self.countries),
            "slope": self.test.slope,
            "standard_error": self.test.standard_error,
            "t": self.test.t,
            "p": self.test.p,
        }


@attrs.frozen(kw_only=True)
class ClubConvergence(Summary[ConvergenceClub]):
    """Clubs of allies with converging burdens, the log t test of all allies together, and the allies in no club.

    `adjacent` are the log t tests of each club together with the next club. If the test of two clubs does not reject
    convergence, these clubs may be one club.
    """

    formula: ClassVar[str] = _FORMULA
    note: ClassVar[str] = (
        "the test was made for many more years than these: clubs of a dozen years describe, and do not prove"
    )

    told: str
    variable: str
    discarded: int
    smoothing: float | None
    whole: LogT
    divergent: tuple[Country, ...]
    adjacent: tuple[LogT, ...] = attrs.field(repr=False)
    cautions: tuple[str, ...] = attrs.field(repr=False)
    inputs: tuple[Any, ...] = attrs.field(default=(), repr=False)

    @property
    def headline(self) -> str:
        return f"Club convergence of {self.variable}, {self.told}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("log t of all", self.whole),
            Finding("clubs", len(self.rows)),
            *(Finding("allies of no club", self.divergent, listed) for _ in self.divergent[:1]),
            *(
                Finding(f"clubs {number} and {number + 1} together", test)
                for number, test in enumerate(self.adjacent, start=1)
            ),
        )

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        smoothed = f"cycle taken out with {self.smoothing:g}; " if self.smoothing is not None else ""
        method = f"{smoothed}p one-sided, by the normal distribution; null: convergence, b not below 0"
        return (("method", method), *(("caution", caution) for caution in self.cautions))

    @property
    def evidence(self) -> tuple[Any, ...]:
        return self.inputs

    @property
    def remarks(self) -> tuple[str, ...]:
        return tuple(f"caution: {caution}" for caution in self.cautions)

    def __str__(self) -> str:
        """Return the tests, then each club with its allies."""
        found = (f"  {item}" for item in self.findings)
        return "\n".join([self.headline, *found, *(row.headline for row in self.rows), *self.remarks])


def club_convergence(
    data: PanelLike,
    *,
    of: str = "burden",
    r: float = 0.3,
    smoothing: float | None = None,
    group: GroupLike | None = None,
    years: Iterable[int] | None = None,
) -> ClubConvergence:
    """Compute whether allies' burdens converge, as a whole or in clubs, by the log t test of Phillips and Sul.

    The null hypothesis is convergence, which is rejected, one-sided at 5 %, if t < −1.65. Only allies with a figure in
    every year are tested. The regression leaves out the first years; `r` is the fraction of years that are left out.
    The default of 0.3 is Phillips and Sul's advice for short panels. `smoothing` is the parameter of a Hodrick-Prescott
    filter, such as 400; the filter first removes the cycle. Without `smoothing`, figures are used as they are. `of`
    selects another variable of the panel; all figures of this variable must be positive.

    Clubs are found by Phillips and Sul's algorithm. Allies are ordered by their figure of the last year. The core of a
    club is the group that converges most clearly. Other allies join the club if they converge with the core. The
    critical t for joining starts at zero, and rises until the club converges. After each club, the algorithm continues
    with the remaining allies.

    Raises `TooFewError` for fewer than three allies, or fewer than five years after the years that are left out. Raises
    `UnexpectedValueError` for years that are not consecutive, and for figures that are not positive. Needs the extra
    ``econometrics``.

    Source: P. C. B. Phillips and D. Sul, Econometrica 75 (2007) and Journal of Applied Econometrics 24 (2009). The test
    and the algorithm follow the description by K. Du (Stata Journal 17, 2017).

    >>> from natoburden.datasets import defence_expenditure
    >>> print(club_convergence(defence_expenditure("2026-07"), years=range(2014, 2025)).whole)
    b -0.7862, t -5.306 (p < 0.001 one-sided; convergence rejected)
    """
    part = number_between("r, the part of the years left out", r, -1e-12, 1, "a number from 0 to below 1, such as 0.3")
    if smoothing is not None:
        smoothing = number_between("smoothing", smoothing, 0, math.inf, "a number above 0, such as 400, or None")
    found = as_panel(data, group, years)
    kept, when, figures, left_out = full_rows(found, of, least=3)
    if list(when) != list(range(when[0], when[-1] + 1)):
        raise UnexpectedValueError(
            "years",
            ", ".join(map(str, when)),
            "the log t test needs years that follow one another: leave none out between them",
        )
    discarded = max(1, math.floor(part * len(when) + _ROUNDING))
    if len(when) - discarded < 5:
        raise TooFewError("a log t test", len(when) - discarded, 5, "years after those left out")
    series = prepared(figures, smoothing)
    if not (series > 0).all():
        hint = "the log t test is of figures over their mean: all must be above zero"
        raise UnexpectedValueError(f"{of} of the panel", f"{series.min():g}", hint)
    clubs, rest = clubs_of(series, discarded)
    cautions = [f"{len(when)} years, of which {len(when) - discarded} are regressed on"]
    cautions += [f"left out for want of figures: {listed(left_out)}"] if left_out else []

    def tested(rows: list[int]) -> LogT:
        fit = log_t(series[rows], discarded)
        return LogT(fit.slope, fit.standard_error, fit.t, one_sided_p(fit.t))

    rows = tuple(
        ConvergenceClub(
            edition=found.edition,
            variable=of,
            years=when,
            number=number,
            countries=tuple(kept[row] for row in club),
            test=tested(club),
            last_mean=float(series[club, -1].mean()),
            inputs=found.inputs,
        )
        for number, club in enumerate(clubs, start=1)
    )
    return ClubConvergence(
        rows=rows,
        told=found.told,
        variable=of,
        discarded=discarded,
        smoothing=smoothing,
        whole=tested(list(range(len(kept)))),
        divergent=tuple(kept[row] for row in rest),
        adjacent=tuple(tested([*one, *other]) for one, other in itertools.pairwise(clubs)),
        cautions=tuple(cautions),
        inputs=found.inputs,
    )
