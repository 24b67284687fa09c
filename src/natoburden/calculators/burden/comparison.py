"""Inputs and outputs side by side: an ally's share of the group in several measures, without a single index."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

import attrs

from natoburden.calculators._members import group_of
from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.burden.ally_burdens import AllyBurden, burdens
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import ResultTable
from natoburden.errors import NoObservationError
from natoburden.model._numbers import add_up
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure, Observation
from natoburden.model.memberships import GroupLike
from natoburden.model.money import Money, PriceBasis
from natoburden.model.shares import Share

__all__ = ["SideBySide", "side_by_side"]

V = TypeVar("V", bound=Any)


@attrs.frozen(kw_only=True)
class SideBySide(BurdenResult):
    """One ally's share of the group in each measure.

    A share is None if the edition lacks the measure's figure for any member.
    """

    formula = (
        "part = the ally's figure / Σ over the group's members of that year; equipment = expenditure × its "
        "published share of equipment; population = GDP / GDP per head, derived"
    )

    in_units: ClassVar[tuple[str, ...]] = ("per_head",)

    country: Country
    gdp: Share
    population: Share | None
    expenditure: Share
    equipment: Share | None
    personnel: Share | None
    per_head: Money | None

    @property
    def headline(self) -> str:
        return f"{self.country} in {self._where}"

    @property
    def findings(self) -> Findings:
        parts = {
            "of GDP": self.gdp,
            "of population": self.population,
            "of expenditure": self.expenditure,
            "of expenditure on equipment": self.equipment,
            "of military personnel": self.personnel,
            "expenditure per head": self.per_head,
        }
        return tuple(Finding(label, part) for label, part in parts.items() if part is not None)


def side_by_side(
    table: ExpenditureTable, year: int, *, group: GroupLike = "NATO", basis: PriceBasis | None = None
) -> ResultTable[SideBySide]:
    """Compute each ally's share of the group's resources and its share of the group's efforts, measure by measure.

    The selection of measures follows the Congressional Budget Office's method of 2001. This method gives several
    measures and no single index, since the weights of an index would decide the ranking. If the edition lacks a
    member's figure for a measure, the measure is None for all members.

    >>> from natoburden.datasets import defence_expenditure
    >>> row = side_by_side(defence_expenditure("2026-07"), 2025)["USA"]
    >>> print(row.gdp, row.population, row.expenditure, row.equipment, row.personnel)
    51.51 % 34.56 % 59.34 % 58.00 % 39.06 %
    """
    rows = burdens(table, year, group=group, basis=basis).rows
    forces = _of_all(rows, lambda country: table.military_personnel(country, year))
    shares = _of_all(rows, lambda country: table.category_share(Measure.EQUIPMENT_SHARE, country, year))
    heads = _of_all(rows, lambda country: table.expenditure_per_capita(country, year))
    people = [row.population for row in rows if row.population is not None]
    equipment = [(row.expenditure * share.value).amount for row, share in zip(rows, shares, strict=False)]
    known = {
        "population": _parts(people) if len(people) == len(rows) else [],
        "equipment": _parts(equipment),
        "personnel": _parts([item.value for item in forces]),
    }

    gdp, spent = _parts([row.gdp.amount for row in rows]), _parts([row.expenditure.amount for row in rows])
    inputs = dict.fromkeys((*(figure for row in rows for figure in row.inputs), *forces, *shares, *heads))

    def of(name: str, number: int) -> Share | None:
        return known[name][number] if known[name] else None

    return ResultTable(
        rows=tuple(
            SideBySide(
                edition=table.edition.key,
                year=year,
                group=group_of(group),
                basis=row.basis,
                country=row.country,
                gdp=gdp[number],
                population=of("population", number),
                expenditure=spent[number],
                equipment=of("equipment", number),
                personnel=of("personnel", number),
                per_head=heads[number].value if heads else None,
                inputs=tuple(inputs),
            )
            for number, row in enumerate(rows)
        )
    )


def _of_all(rows: Sequence[AllyBurden], find: Callable[[Country], Observation[V]]) -> list[Observation[V]]:
    """Return a figure of every ally, or an empty list if one ally's figure is missing."""
    with contextlib.suppress(NoObservationError):
        return [find(row.country) for row in rows]
    return []


def _parts(values: Sequence[Decimal]) -> list[Share]:
    whole = add_up(values)
    return [Share.of(value, whole) for value in values]
