"""How unequally a burden is carried: Gini, Theil and dissimilarity indices of expenditure relative to GDP."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import attrs

from natoburden.calculators._members import group_of
from natoburden.calculators.burden._results import BurdenResult, terms_of
from natoburden.calculators.burden.ally_burdens import burdens
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.errors import TooFewError
from natoburden.model._numbers import CONTEXT, add_up, divide, multiply
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import GroupLike
from natoburden.model.money import PriceBasis
from natoburden.model.shares import Share

__all__ = ["Inequality", "LorenzPoint", "inequality"]


@attrs.frozen
class LorenzPoint:
    """An ally and all allies with lighter burdens: their joint share of GDP and their joint share of expenditure."""

    country: Country
    gdp: Share
    expenditure: Share


@attrs.frozen(kw_only=True)
class Inequality(BurdenResult):
    """How far burdens are from being proportional to GDP.

    Each measure is zero if all allies spend the same share of GDP.

    `dissimilarity` is the share of the group's expenditure that would have to move between allies to make burdens
    proportional to GDP.
    """

    formula = (
        "s, g: parts of the group's expenditure and GDP; Gini = 1 − Σ g (S + S before), S = Σ s in order of s/g; "
        "Theil = Σ s ln(s/g); dissimilarity = ½ Σ |s − g|"
    )

    gini: Decimal
    theil: Decimal
    dissimilarity: Share
    lorenz: tuple[LorenzPoint, ...] = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"Inequality of burdens, {self._where}, {len(self.lorenz)} allies"

    @property
    def findings(self) -> Findings:
        return (
            Finding("Gini", self.gini, places(4)),
            Finding("Theil", self.theil, places(4)),
            Finding("dissimilarity", self.dissimilarity, lambda part: f"{part} of expenditure"),
        )


def inequality(
    table: ExpenditureTable,
    year: int,
    *,
    measure: Measure | str = Measure.EXPENDITURE,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
) -> Inequality:
    """Compute how unequally a group's burden is distributed relative to GDP.

    The Gini index and the Lorenz curve follow Groot and van den Berg: if all allies spend the same share of GDP, the
    curve is the diagonal. The Gini index, the Theil index and the dissimilarity index all weigh an ally by its GDP. The
    indices of inequality describe how the group's burden is distributed, not how allies rank. `measure` may be a main
    category, such as ``"equipment_share"``. Raises `TooFewError` for fewer than two allies.

    >>> from natoburden.datasets import defence_expenditure
    >>> for year in (2014, 2026):
    ...     found = inequality(defence_expenditure("2026-07"), year)
    ...     print(f"{found.gini:.4f} {found.theil:.4f}", found.dissimilarity)
    0.2486 0.1186 22.60 %
    0.0907 0.0161 7.40 %
    """
    added = terms_of(terms, year)
    found = burdens(table, year, measure=measure, group=group, basis=basis, terms=added)
    rows = sorted(found, key=lambda row: row.burden)
    if len(rows) < 2:
        raise TooFewError("inequality", len(rows), 2)
    spent, produced = add_up(row.carried.amount for row in rows), add_up(row.gdp.amount for row in rows)
    parts = [(divide(row.carried.amount, spent), divide(row.gdp.amount, produced)) for row in rows]
    gini, theil, apart, before, below = Decimal(1), Decimal(0), Decimal(0), Decimal(0), Decimal(0)
    lorenz = []
    for row, (s, g) in zip(rows, parts, strict=True):
        reached = CONTEXT.add(before, s)
        gini = CONTEXT.subtract(gini, multiply(g, CONTEXT.add(reached, before)))
        theil = CONTEXT.add(theil, multiply(s, CONTEXT.ln(divide(s, g)))) if s else theil
        apart = CONTEXT.add(apart, CONTEXT.subtract(s, g).copy_abs())
        before, below = reached, CONTEXT.add(below, g)
        lorenz.append(LorenzPoint(row.country, _part(below), _part(reached)))
    return Inequality(
        edition=table.edition.key,
        year=year,
        group=group_of(group),
        basis=rows[0].basis,
        measure=rows[0].measure,
        given=added,
        gini=gini,
        theil=theil,
        dissimilarity=_part(divide(apart, Decimal(2))),
        lorenz=tuple(lorenz),
        inputs=tuple(dict.fromkeys(figure for row in rows for figure in row.inputs)),
    )


def _part(value: Decimal) -> Share:
    return Share(as_fraction=min(value, Decimal(1)))  # a cumulated sum may round to a hair above one
