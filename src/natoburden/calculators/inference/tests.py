"""The result of a randomisation test of burdens."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs

from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.findings import Finding, Findings, listed, places
from natoburden.calculators.inference.arrangements import Randomised, Sides
from natoburden.model.countries import Country

__all__ = ["RandomisationTest"]


@attrs.frozen(kw_only=True)
class RandomisationTest(BurdenResult):
    """A statistic of burdens, and the probability of a value at least as extreme under a stated null hypothesis.

    `p` is computed for the `sides` that you chose. `seed` and `error` are None if all arrangements were enumerated.
    `since` is the earlier year of a test that compares years, or the first of several years. `since` is None for a test
    of one year. `left_out` are members without figures for all years.
    """

    formula = (
        "p = (b + 1) / (n + 1), b of n random arrangements as extreme as the observed one; of all arrangements, b / n; "
        "two-sided: twice the rarer side, at most 1"
    )

    is_test: ClassVar[bool] = True

    test: str
    statistic_name: str
    null: str
    allies: int
    since: int | None = None
    statistic: float
    p: float
    error: float | None
    sides: Sides
    method: str
    arrangements: int
    as_extreme: int
    seed: int | None
    left_out: tuple[Country, ...] = ()

    @property
    def label(self) -> str:
        """The label of the test in a family of tests: its name and its year or years."""
        return f"{self.test}, {self.year if self.since is None else f'{self.since} to {self.year}'}"

    @property
    def columns(self) -> dict[str, object]:
        return {"left_out": listed(self.left_out)}

    @property
    def headline(self) -> str:
        until = f"{self.since} to {self.year}" if self.since is not None else str(self.year)
        return (
            f"{self.test[:1].upper()}{self.test[1:]} by randomisation, {self.group}, {until}, edition {self.edition}, "
            f"at {self.basis}, {self.allies} allies"
        )

    @property
    def findings(self) -> Findings:
        error = "" if self.error is None else f" ± {self.error:.4f}"
        return (
            Finding(self.statistic_name, self.statistic, places(4)),
            Finding("p", self.p, lambda p: f"{p:.4f}{error}, {self.sides}"),
            Finding("null", self.null),
            Finding("method", self.method),
            *((Finding("left out", self.left_out, listed),) if self.left_out else ()),
        )


def figures_of(found: Randomised) -> dict[str, Any]:
    """Return the fields of a result that come from a statistic and its p-value, by name."""
    return attrs.asdict(found) | {"method": found.method}
