"""How editions differ on the same year: in each country's figure, and in counts of countries."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from natoburden.calculators._arguments import checked_target
from natoburden.calculators._members import ICELAND, different_editions, group_of
from natoburden.calculators.findings import Finding, Findings, or_none
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.calculators.targets._measured import measure_of
from natoburden.calculators.targets.allies import compliance
from natoburden.calculators.targets.counts import MeetingCounts
from natoburden.errors import NoObservationError, TargetMismatchError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import member
from natoburden.model.countries import Country
from natoburden.model.expenditure import MONEY_MEASURES, ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import Currency, Money, PriceBasis
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.spending_commitments import TargetLike

__all__ = ["Revision", "Revisions", "revisions"]


@attrs.frozen(kw_only=True)
class Revision(TableResult):
    """Each edition's figure for one country and year; an edition without a figure is not among the inputs."""

    formula = "change = figure of the newest edition that has one against that of the oldest"

    country: Country
    year: int
    measure: Measure
    editions: tuple[str, ...]

    def figure(self, edition: str) -> Observation[Any] | None:
        """Return one edition's figure; None if the edition lacks the figure.

        Raises `UnknownNameError` for an edition that was not compared.
        """
        if edition not in self.editions:
            raise UnknownNameError("edition", str(edition), self.editions)
        return next((item for item in self.inputs if item.edition.key == edition), None)

    @property
    def change(self) -> PercentagePoints | Rate | None:
        """The change from the oldest to the newest figure, in points or as a rate; None if only one figure exists."""
        if len(self.inputs) < 2:
            return None
        first, last = self.inputs[0].value, self.inputs[-1].value
        if isinstance(first, Share):
            return last - first  # type: ignore[no-any-return] # one measure has one type of value
        if isinstance(first, Rate):
            return PercentagePoints(last.as_percent - first.as_percent)
        before, after = (value.amount if isinstance(value, Money) else value for value in (first, last))
        return Rate.between(before, after)

    @property
    def headline(self) -> str:
        return f"{self.measure} of {self.country} in {self.year}, by edition"

    @property
    def findings(self) -> Findings:
        figures = (Finding(item.edition.key, item, _without_basis) for item in self.inputs)
        return (*figures, Finding("change", self.change, or_none(str, "fewer than two figures")))

    @property
    def columns(self) -> dict[str, object]:
        figures = {edition: self.figure(edition) for edition in self.editions}
        return {edition: found.value for edition, found in figures.items() if found}


def _without_basis(item: Observation[Any]) -> str:
    return str(item).partition(" (")[0]


@attrs.frozen(kw_only=True)
class Revisions(ResultTable[Revision]):
    """One year of one measure in several editions, by country."""

    measure: Measure
    year: int
    group: Group
    tables: tuple[ExpenditureTable, ...] = attrs.field(repr=False)

    @property
    def without_figure(self) -> dict[str, tuple[Country, ...]]:
        """The members without a figure, by edition; an edition that does not cover the year is left out.

        Iceland is among the members without a figure, because it has no armed forces.
        """
        covering = [table.edition.key for table in self.tables if self.year in table.years]
        found: dict[str, set[Country]] = {key: set() for key in covering}
        for row in self.rows:
            for item in row.inputs:
                found[item.edition.key].add(row.country)
        members = self.group.members(self.year)
        return {key: tuple(country for country in members if country not in found[key]) for key in covering}

    def count_meeting(self, target: TargetLike, *, mixed_definitions_ok: bool = False) -> MeetingCounts:
        """Return, edition by edition, how many members met a target in the year at the published two decimals.

        An edition that lacks the figure of a member other than Iceland has no count: a partial count would look like a
        fall. The result lists the edition and the member without a figure. Raises `TargetMismatchError` if the compared
        figures do not measure the target. Warns with `MixedDefinitionsWarning` if a table does not use NATO's
        definition, unless ``mixed_definitions_ok=True``.
        """
        goal = checked_target(target, *self.tables, mixed_definitions_ok=mixed_definitions_ok)
        if measure_of(goal) is not self.measure:
            raise TargetMismatchError(str(goal), f"revisions of {measure_of(goal).value}")
        lacking = self.without_figure
        results = [
            compliance(table, self.year, goal, group=self.group, mixed_definitions_ok=True)
            for table in self.tables
            if table.edition.key in lacking
        ]
        partial = tuple(key for key, members in lacking.items() if set(members) - {ICELAND})
        return MeetingCounts(results=tuple(results), partial=partial)

    @property
    def remarks(self) -> tuple[str, ...]:
        """The editions that do not cover the year, and the allies without a figure in an edition."""
        lacking = self.without_figure
        return tuple(
            f"edition {key}: does not cover {self.year}"
            if key not in lacking
            else f"edition {key}: no figure of {', '.join(map(str, lacking[key]))}"
            for key in (table.edition.key for table in self.tables)
            if key not in lacking or lacking[key]
        )


def revisions(
    editions: Iterable[ExpenditureTable],
    measure: Measure | str,
    year: int,
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    currency: Currency | str | None = None,
) -> Revisions:
    """Compute each edition's figure of one year, country by country, oldest edition first.

    Each member of the group in the year has a row if at least one edition has a figure of the member. For amounts, give
    a basis and a currency. Only editions with the requested price basis have a figure: constant prices of 2015 are
    never compared with constant prices of 2021. If an edition does not cover the year, the country or the measure, its
    figure in the row is missing, not zero. Raises `UnknownNameError` for an unknown measure, `NoObservationError` if no
    edition has the year, and `UnexpectedValueError` for an edition given twice.

    >>> from natoburden.datasets import defence_expenditure_editions
    >>> from natoburden.datasets.targets import WALES_GUIDELINE
    >>> editions = defence_expenditure_editions("2024-06", "2025-08", "2026-07")
    >>> of_2024 = revisions(editions, "share_of_gdp", 2024)
    >>> of_2024.count_meeting(WALES_GUIDELINE)
    {'2024-06': 23, '2025-08': 18, '2026-07': 17}
    >>> print(of_2024["Germany"].change)
    -0.12 pp
    """
    tables = different_editions(editions)
    wanted, found = member(Measure, measure), group_of(group)
    if wanted in MONEY_MEASURES and None in (basis, currency):
        raise UnexpectedValueError("revisions", wanted.value, "amounts need basis= and currency=")
    if not tables:
        raise UnexpectedValueError(
            "editions", "none", "give several: natoburden.datasets.defence_expenditure_editions()"
        )
    keys = tuple(table.edition.key for table in tables)
    rows = []
    for country in found.members(year):
        figures = tuple(_figures(tables, wanted, country, year, basis, currency))
        if figures:
            rows.append(Revision(country=country, year=year, measure=wanted, editions=keys, inputs=figures))
    if not rows:
        raise NoObservationError(str(wanted), str(found), year, " or ".join(keys), "another year")
    return Revisions(rows=tuple(rows), measure=wanted, year=year, group=found, tables=tables)


def _figures(
    tables: Iterable[ExpenditureTable],
    measure: Measure,
    country: Country,
    year: int,
    basis: PriceBasis | None,
    currency: Currency | str | None,
) -> Iterator[Observation[Any]]:
    for table in tables:
        with contextlib.suppress(NoObservationError):
            yield table.observation(measure, country, year, basis, currency)
