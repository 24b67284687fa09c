"""What the results on a panel have in common, and the allies with a figure in every year."""

from __future__ import annotations

import attrs

from natoburden.calculators.panels.observed import Panel
from natoburden.calculators.results import Result
from natoburden.errors import TooFewError
from natoburden.model._figures import spans
from natoburden.model.countries import Country
from natoburden.model.evidence import Given

__all__ = ["PanelResult", "full_rows", "p_told"]


@attrs.frozen(kw_only=True)
class PanelResult(Result):
    """A result on a variable of a panel over several years; `explain` says how many figures the result uses."""

    edition: str
    variable: str
    years: tuple[int, ...]

    @property
    def method(self) -> str:
        """The method of estimation and the null hypothesis of p-values, in words; empty if nothing was estimated."""
        return ""

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        figures = sum(not isinstance(item, Given) for item in self.inputs)
        given = tuple(("input", item.working) for item in self.inputs if isinstance(item, Given))
        told = f"{figures} figures of edition {self.edition}, {spans(self.years)}"
        method = (("method", self.method),) if self.method else ()
        return (*method, *((("input", told),) if figures else ()), *given)


def full_rows(
    panel: Panel, variable: str, *, least: int
) -> tuple[tuple[Country, ...], tuple[int, ...], list[list[float]], tuple[Country, ...]]:
    """Return the allies with a figure in every year, the years, their figures, and the allies left out."""
    figures, years = panel.of_variable(variable), panel.years
    whole = tuple(country for country in panel.countries if all((country, year) in figures for year in years))
    if len(whole) < least:
        raise TooFewError(f"a test of {variable} in a panel", len(whole), least, "allies with a figure in every year")
    rows: list[list[float]] = [[figures[country, year] for year in years] for country in whole]
    return whole, years, rows, tuple(country for country in panel.countries if country not in whole)


def p_told(p: float) -> str:
    """Return a p-value as text: with three decimals, or as "< 0.001" if it is smaller.

    >>> p_told(0.0321), p_told(1e-9)
    ('p 0.032', 'p < 0.001')
    """
    return "p < 0.001" if p < 0.001 else f"p {p:.3f}"
