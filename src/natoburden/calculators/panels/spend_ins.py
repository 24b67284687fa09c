"""The weighted sum or mean of other allies' spending, for each ally."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import attrs

from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.panels.observed import Panel, PanelLike, Place, as_panel
from natoburden.calculators.panels.weights import SpatialWeights
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import MissingFiguresError, NoObservationError
from natoburden.model._checks import expect
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence, Given
from natoburden.model.expenditure import Measure, Observation
from natoburden.model.macro_tables import MacroFigure
from natoburden.model.memberships import GroupLike
from natoburden.model.sources import Source, distinct

__all__ = ["SpendIn", "checked_weights", "spend_in", "spilled"]


@attrs.frozen(kw_only=True)
class SpendIn(Result):
    """One ally's own spending in a year, and the weighted spending of the other allies in the panel."""

    edition: str
    country: Country
    year: int
    variable: str
    unit: str
    weights: str
    own: float | None
    spend_in: float
    counted: int
    weight_sources: tuple[Source, ...] = attrs.field(default=(), repr=False)

    @property
    def label(self) -> str:
        """The label of the row: ally and year."""
        return f"{self.country} {self.year}"

    @property
    def headline(self) -> str:
        by = f"{self.variable} of others by {self.weights}"
        return f"Spend-in of {self.country}, {self.year}: {by}, edition {self.edition}"

    @property
    def formula(self) -> str:
        mean = "w divided by its sum over the others of the year; " if "row-normalised" in self.weights else ""
        return f"spend-in = Σ w × {self.variable} over the other members of the year; {mean}w by {self.weights}"

    @property
    def findings(self) -> Findings:
        unit = f" ({self.unit})" if self.unit else ""
        return (Finding("spend-in", self.spend_in, places(4, unit)), Finding("allies that count", self.counted))

    @property
    def sources(self) -> tuple[Source, ...]:
        return distinct((*super().sources, *self.weight_sources))


def spend_in(
    data: PanelLike,
    weights: SpatialWeights,
    *,
    of: str = "expenditure",
    group: GroupLike | None = None,
    years: Iterable[int] | None = None,
) -> ResultTable[SpendIn]:
    """Compute the weighted sum of other allies' expenditure, or another variable, for each ally and year.

    The spend-in of a year adds up the other allies that are in the panel in that year and have a weight. With
    row-normalised weights, the spend-in is a weighted mean, in the variable's unit. With other weights, the spend-in is
    a weighted sum, in the variable's unit multiplied by the weights' unit. If `data` is a table, `group` and `years`
    have the same meaning as in `panel`. Find a row by its label: ``["Poland 2025"]``.

    If a figure needed for an ally's spend-in is missing in a year, the ally has no row for that year. Raises
    `MissingFiguresError` for an ally that the weights leave out, and `NoObservationError` if no row is left.

    >>> from natoburden.datasets import defence_expenditure, land_borders
    >>> from natoburden.calculators.panels import SpatialWeights, panel
    >>> found = panel(defence_expenditure("2026-07"), years=[2025])
    >>> near = SpatialWeights.contiguity(found.countries, land_borders())
    >>> print(spend_in(found, near)["Portugal 2025"])
    Spend-in of Portugal, 2025: expenditure of others by contiguity, edition 2026-07
      spend-in: 33.9060 (billions, constant 2021 prices)
      allies that count: 1
    """
    found = as_panel(data, group, years)
    used = checked_weights(found, weights)
    of_others = spilled(found, used, of)
    figures = found.of_variable(of)
    by_year: dict[int, list[Country]] = {}
    for country, year in found.cells:
        by_year.setdefault(year, []).append(country)
    at = {country: place for place, country in enumerate(used.countries)}
    inputs = _by_place([item for item in found.inputs if _counts(item, of)])
    rows = []
    for (country, year), value in of_others.items():
        count = [other for other in by_year[year] if used.rows[at[country]][at[other]]]
        rows.append(
            SpendIn(
                edition=found.edition,
                country=country,
                year=year,
                variable=of,
                unit=found.units.get(of, ""),
                weights=str(used),
                own=figures.get((country, year)),
                spend_in=value,
                counted=len(count),
                weight_sources=used.sources,
                inputs=tuple(item for other in (country, *count) for item in inputs.get((other, year), inputs[None])),
            )
        )
    if not rows:
        raise NoObservationError(f"spend-in of {of}", found.told, found.years[0], found.edition, "none")
    return ResultTable(rows=tuple(rows))


def checked_weights(found: Panel, weights: SpatialWeights) -> SpatialWeights:
    """Return the weights; raises `MissingFiguresError` if the weights leave out an ally of the panel."""
    expect(weights, SpatialWeights, "weights", "give SpatialWeights, such as SpatialWeights.everyone(panel.countries)")
    known = set(weights.countries)
    if missing := tuple(str(country) for country in found.countries if country not in known):
        raise MissingFiguresError(f"weight of {weights.name}", missing)
    return weights


def spilled(found: Panel, weights: SpatialWeights, variable: str) -> dict[Place, float]:
    """Return the spend-in by ally and year; a spend-in with a missing figure is left out."""
    figures: Mapping[Place, float] = found.of_variable(variable)
    at = {country: place for place, country in enumerate(weights.countries)}
    members: dict[int, list[Country]] = {}
    for country, year in found.cells:
        members.setdefault(year, []).append(country)
    spills: dict[Place, float] = {}
    for country, year in found.cells:
        row = weights.rows[at[country]]
        pairs = [(row[at[other]], figures.get((other, year))) for other in members[year] if row[at[other]]]
        if any(figure is None for _, figure in pairs):
            continue
        total = math.fsum(weight for weight, _ in pairs) if weights.row_normalised and pairs else 1.0
        spills[country, year] = math.fsum(weight * figure for weight, figure in pairs if figure is not None) / total
    return spills


def _by_place(inputs: Sequence[Evidence]) -> dict[Place | None, list[Evidence]]:
    """Return figures by ally and year; figures that do not belong to one ally and year are under None."""
    found: dict[Place | None, list[Evidence]] = {None: []}
    for item in inputs:
        place = None if isinstance(item, Given) else (_whose(item), item.year)  # type: ignore[attr-defined] # a figure of a table
        found.setdefault(place, []).append(item)
    return found


def _counts(item: Evidence, variable: str) -> bool:
    """Return whether a figure is of the variable, or of expenditure or GDP if the variable is the burden."""
    if isinstance(item, MacroFigure):
        return variable.partition(", ")[0] == item.measure.value and variable != Measure.GDP.value
    if isinstance(item, Observation):
        return variable in ("burden", item.measure.value)
    return True


def _whose(item: Evidence) -> Country:
    whose: Country = getattr(item, "country", None) or item.entity  # type: ignore[attr-defined] # one of the two
    return whose
