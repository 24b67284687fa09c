"""The ranks of the members of a group by a published figure, with ties."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators._members import group_of, spenders
from natoburden.calculators.findings import Finding, Findings, listed
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.errors import NoObservationError
from natoburden.model._checks import member
from natoburden.model._numbers import rounded
from natoburden.model.countries import Country
from natoburden.model.expenditure import MONEY_MEASURES, ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import CURRENT_PRICES, Money, PriceBasis
from natoburden.model.shares import Rate, Share

__all__ = ["Rank", "Ranking", "ranking"]

_PER_HEAD = (Measure.EXPENDITURE_PER_CAPITA, Measure.GDP_PER_CAPITA)


@attrs.frozen(kw_only=True)
class Rank(TableResult):
    """One member's rank. Members with equal figures share a rank, and the next rank is skipped: 1, 2, 2, 4."""

    formula = "rank = 1 + the number of members with a larger figure, as published"

    country: Country
    year: int
    measure: Measure
    rank: int
    value: Money | Share | Rate | Decimal
    tied_with: tuple[Country, ...]

    @property
    def headline(self) -> str:
        return f"Rank of {self.country} by {self.measure}, {self.year}"

    @property
    def findings(self) -> Findings:
        tied = (Finding("tied with", self.tied_with, listed),) if self.tied_with else ()
        return (Finding("rank", self.rank), Finding("figure", self.value, _written), *tied)


@attrs.frozen(kw_only=True)
class Ranking(ResultTable[Rank]):
    """The members of a group by a figure, largest first; `without_figure` are the members without a rank."""

    edition: str
    group: Group
    year: int
    measure: Measure
    without_figure: tuple[Country, ...]

    @property
    def caption(self) -> tuple[str, ...]:
        return (f"{self.group} by {self.measure}, {self.year}, edition {self.edition}",)

    @property
    def remarks(self) -> tuple[str, ...]:
        """The members without a figure, who have no rank."""
        return (f"without a figure: {listed(self.without_figure)}",) if self.without_figure else ()


def ranking(
    table: ExpenditureTable,
    year: int,
    measure: Measure | str = Measure.SHARE_OF_GDP,
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
) -> Ranking:
    """Compute the rank of each member of a group by a figure of the table, largest first.

    `measure` is any measure of the table, or the key of a measure, such as ``"expenditure"``. Shares and changes are
    compared at the two decimals that NATO publishes. Members with the same printed figure share a rank. Amounts are in
    dollars, at current prices unless you give another `basis`. Amounts per head are at the edition's constant prices.
    The group's members in `year` are ranked; Iceland has no rank, because it has no armed forces. Raises
    `NoObservationError` if the edition does not cover the year, and `UnknownNameError` for an unknown measure.

    >>> from natoburden.datasets import defence_expenditure
    >>> found = ranking(defence_expenditure("2026-07"), 2025)
    >>> [(row.rank, row.country.name, str(row.value)) for row in found[:3]]
    [(1, 'Poland', '4.25 %'), (2, 'Lithuania', '4.03 %'), (3, 'Estonia', '3.93 %')]
    >>> found["Germany"].rank, found["Spain"].rank, *map(str, found["Spain"].tied_with)
    (14, 27, 'Belgium')
    """
    wanted, found = member(Measure, measure), group_of(group)
    figures: dict[Country, Observation[Any]] = {}
    missing = []
    for country in spenders(table, found, year):
        try:
            figures[country] = _figure(table, wanted, country, year, basis)
        except NoObservationError:
            missing.append(country)
    if not figures:
        raise NoObservationError(str(wanted), str(found), year, table.edition.key, "another measure or edition")
    sizes = {country: _size(item.value) for country, item in figures.items()}
    rows = [
        Rank(
            country=country,
            year=year,
            measure=wanted,
            rank=1 + sum(other > size for other in sizes.values()),
            value=figures[country].value,
            tied_with=tuple(other for other in sizes if other != country and sizes[other] == size),
            inputs=(figures[country],),
        )
        for country, size in sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return Ranking(
        rows=tuple(rows),
        edition=table.edition.key,
        group=found,
        year=year,
        measure=wanted,
        without_figure=tuple(missing),
    )


def _figure(
    table: ExpenditureTable, measure: Measure, country: Country, year: int, basis: PriceBasis | None
) -> Observation[Any]:
    if measure not in MONEY_MEASURES:
        return table.observation(measure, country, year)
    prices = basis or (table.edition.constant_prices if measure in _PER_HEAD else CURRENT_PRICES)
    return table.observation(measure, country, year, prices, "USD")


def _written(value: Money | Share | Rate | Decimal) -> str:
    return f"{value:,f}" if isinstance(value, Decimal) else str(value)


def _size(value: Money | Share | Rate | Decimal) -> Decimal:
    """Return the number by which a figure is compared: shares and changes as published, others in full."""
    if isinstance(value, Money):
        return value.amount
    if isinstance(value, Share):
        return value.published().as_percent
    return rounded(value.as_percent, 2) if isinstance(value, Rate) else value
