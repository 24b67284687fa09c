"""The burden of operations: what an ally contributes to operations, relative to its capacity."""

from __future__ import annotations

import enum
from decimal import Decimal

import attrs

from natoburden.calculators._members import group_of
from natoburden.calculators._population import population_of
from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.burden.ally_burdens import AllyBurden, burdens
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import expect, member
from natoburden.model._numbers import add_up, divide
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import GroupLike
from natoburden.model.money import Money, PriceBasis
from natoburden.model.shares import Share

__all__ = ["Capacity", "OperationsBurden", "operations_burdens"]


class Capacity(enum.Enum):
    """The measure of an ally's capacity to contribute: its GDP, population, soldiers or expenditure."""

    GDP = "gdp"
    POPULATION = "population"
    MILITARY_PERSONNEL = "military personnel"
    EXPENDITURE = "expenditure"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class OperationsBurden(BurdenResult):
    """An ally's share of the group's contributions to operations, and its share of the group's capacity.

    `ratio` is the share of contributions divided by the share of capacity. The ratio is above one if an ally
    contributes more than in proportion to its capacity.
    """

    note = "Contributions are figures of the caller's own; NATO's tables have none. Counts say nothing of risk or use."
    formula = (
        "part = contribution / Σ contributions; part of capacity = capacity / Σ capacity, both over the group's "
        "members of that year; ratio = the one / the other"
    )

    country: Country
    contribution: str
    capacity: str
    contributed: Decimal | Money
    share: Share
    share_of_capacity: Share
    ratio: Decimal

    @property
    def headline(self) -> str:
        return f"Operations burden of {self.country}: {self.contribution} relative to {self.capacity}, {self._where}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("contributed", self.contributed, _written),
            Finding("part of the group's", self.share),
            Finding("part of its capacity", self.share_of_capacity),
            Finding("ratio", self.ratio, places(4)),
        )


def operations_burdens(
    table: ExpenditureTable,
    year: int,
    contributions: CountryFigures | YearlyFigures,
    *,
    relative_to: Capacity | str | CountryFigures | YearlyFigures = Capacity.GDP,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
) -> ResultTable[OperationsBurden]:
    """Compute each member's share of contributions to operations, and its share of the group's capacity.

    `contributions` are figures of your own: soldiers deployed, casualties, flying hours or costs. Give zero for an ally
    that contributes nothing, since a missing figure never counts as zero. The capacity is ``"gdp"``, ``"population"``,
    ``"military personnel"``, ``"expenditure"`` or figures of your own. Bogers and Beeres (2013) compare soldiers and
    casualties of the mission in Afghanistan with population and GDP. Raises `MissingFiguresError` if a member's
    contribution is missing, and `UnexpectedValueError` if all contributions or a member's capacity are zero.

    >>> from natoburden import Source
    >>> from natoburden.datasets import defence_expenditure
    >>> source = Source(title="An invented mission", publisher="an example")
    >>> sent = CountryFigures.of("soldiers deployed", {"POL": 500, "DEU": 1000, "EST": 100}, source=source)
    >>> found = operations_burdens(
    ...     defence_expenditure("2026-07"), 2025, sent, relative_to="military personnel", group=["POL", "DEU", "EST"]
    ... )
    >>> for row in found:
    ...     print(row.country, row.share, row.share_of_capacity, f"{row.ratio:.2f}")
    Poland 31.25 % 55.62 % 0.56
    Germany 62.50 % 42.56 % 1.47
    Estonia 6.25 % 1.82 % 3.43
    """
    expect(contributions, CountryFigures | YearlyFigures, "contributions", "give CountryFigures.of(name, values, ...)")
    given = contributions.in_year(year)
    own, chosen = None, None
    if isinstance(relative_to, CountryFigures | YearlyFigures):
        own = relative_to.in_year(year)
    else:
        chosen = member(Capacity, relative_to)
    rows = burdens(table, year, group=group, basis=basis).rows
    members = [row.country for row in rows]
    sent, contributed = _numbers(given, members), given.figures(members)
    if own is not None:
        means: list[tuple[Decimal, tuple[Evidence, ...]]] = [(value, ()) for value in _numbers(own, members)]
    else:
        means = [_capacity(table, row, chosen) for row in rows]
    if poor := [str(row.country) for row, (value, _) in zip(rows, means, strict=True) if not value]:
        hint = "an ally without capacity has no ratio: leave it out of the group"
        raise UnexpectedValueError("a capacity", f"zero of {', '.join(poor)}", hint)
    everything, capacity = add_up(sent), add_up(value for value, _ in means)
    if not everything:
        raise UnexpectedValueError(
            f"contributions: {given.name}", "0 in sum", "give a figure above zero for one ally at least"
        )
    return ResultTable(
        rows=tuple(
            OperationsBurden(
                edition=table.edition.key,
                year=year,
                group=group_of(group),
                basis=row.basis,
                given=(given, *([own] if own else [])),
                country=row.country,
                contribution=given.name,
                capacity=own.name if own else str(chosen),
                contributed=figure,
                share=Share.of(amount, everything),
                share_of_capacity=Share.of(value, capacity),
                ratio=divide(divide(amount, everything), divide(value, capacity)),
                inputs=evidence,
            )
            for row, figure, amount, (value, evidence) in zip(rows, contributed, sent, means, strict=True)
        )
    )


def _written(contributed: Decimal | Money) -> str:
    return str(contributed) if isinstance(contributed, Money) else f"{contributed:,f}"


def _numbers(figures: CountryFigures, members: list[Country]) -> list[Decimal]:
    return [item.amount if isinstance(item, Money) else item for item in figures.figures(members)]


def _capacity(
    table: ExpenditureTable, row: AllyBurden, chosen: Capacity | None
) -> tuple[Decimal, tuple[Evidence, ...]]:
    """Return an ally's capacity and the evidence behind the capacity."""
    if chosen is Capacity.POPULATION:
        return population_of(table, row.country, row.year)
    if chosen is Capacity.MILITARY_PERSONNEL:
        soldiers = table.military_personnel(row.country, row.year)
        return soldiers.value, (soldiers,)
    if chosen is Capacity.EXPENDITURE:
        return row.expenditure.amount, (table.expenditure(row.country, row.year, row.basis),)
    return row.gdp.amount, (table.gdp(row.country, row.year, row.basis),)
