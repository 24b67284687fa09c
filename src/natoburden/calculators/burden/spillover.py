"""Spill-over burdens: Hildebrandt's measure of contributions that also serve the other allies."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from natoburden.calculators._members import group_of
from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.burden.ally_burdens import burdens
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import ResultTable
from natoburden.errors import MissingFiguresError
from natoburden.model._checks import expect
from natoburden.model.countries import Country, by_country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import GroupLike
from natoburden.model.money import Money, PriceBasis
from natoburden.model.shares import Share

__all__ = ["SpilloverBurden", "spillover_burdens"]


@attrs.frozen(kw_only=True)
class SpilloverBurden(BurdenResult):
    """An ally's contributions to other allies, divided by the sum of its GDP and the contributions it receives."""

    country: Country
    spills: Share
    contributed: Money
    received: Money
    income: Money
    burden: Share

    @property
    def headline(self) -> str:
        return f"Spill-over burden of {self.country}, {self._where}"

    @property
    def formula(self) -> str:
        return (
            f"burden = (expenditure × {self.spills} spilling over) / (GDP + received); "
            "received = Σ of the others' expenditure × the part of it that spills over"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("contributed", self.contributed),
            Finding("received", self.received),
            Finding("burden", self.burden.as_percent, places(4, " %")),
        )


def spillover_burdens(
    table: ExpenditureTable,
    year: int,
    spills: Share | Mapping[Country, Share] | Mapping[str, Share],
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
) -> ResultTable[SpilloverBurden]:
    """Compute burdens by Hildebrandt's measure: spill-overs to others, divided by income plus spill-overs received.

    `spills` is the share of each ally's expenditure that also protects the other allies. `spills` is one share for all
    allies, or a mapping with a share for each country. `spills` is an assumption, since nobody publishes such shares.
    GDP is used as national income. Raises `MissingFiguresError` if the share of a member is not given.

    >>> from natoburden.datasets import defence_expenditure
    >>> found = spillover_burdens(defence_expenditure("2026-07"), 2025, Share.percent(50))
    >>> print(f"{found['USA'].burden.as_percent:.3f} {found['Poland'].burden.as_percent:.3f}")
    1.569 1.130
    """
    rows = burdens(table, year, group=group, basis=basis).rows
    parts = _by_country(spills, [row.country for row in rows])
    contributed = {row.country: row.expenditure * parts[row.country] for row in rows}
    everything = Money.total(contributed.values())
    made = []
    for row in rows:
        received = everything - contributed[row.country]
        made.append(
            SpilloverBurden(
                edition=table.edition.key,
                year=year,
                group=group_of(group),
                basis=row.basis,
                country=row.country,
                spills=parts[row.country],
                contributed=contributed[row.country],
                received=received,
                income=row.gdp,
                burden=contributed[row.country].share_of(row.gdp + received),
                inputs=tuple(dict.fromkeys(figure for item in rows for figure in item.inputs)),
            )
        )
    return ResultTable(rows=tuple(made))


def _by_country(
    spills: Share | Mapping[Country, Share] | Mapping[str, Share], members: list[Country]
) -> dict[Country, Share]:
    if not isinstance(spills, Mapping):
        expect(spills, Share, "the part that spills over", "write Share.percent(50), or a share by country")
        return dict.fromkeys(members, spills)
    given = by_country("part that spills over", spills)
    for share in given.values():
        expect(share, Share, "the part that spills over", "write Share.percent(50)")
    missing = tuple(str(country) for country in members if country not in given)
    if missing:
        raise MissingFiguresError("part that spills over", missing)
    return given
