"""Expenditure per person: for each soldier, and for each inhabitant."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

import attrs

from natoburden.calculators._arguments import expect_table
from natoburden.calculators._members import spenders
from natoburden.calculators._population import population_of
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import TableResult
from natoburden.model._numbers import add_up, formatted
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Observation
from natoburden.model.memberships import Entity, EntityLike, find_entity
from natoburden.model.money import Money, PriceBasis

__all__ = ["ExpenditurePerPerson", "expenditure_per_head", "expenditure_per_soldier"]


@attrs.frozen(kw_only=True)
class ExpenditurePerPerson(TableResult):
    """Expenditure divided by a number of persons; for a group, a ratio of sums.

    `per` states who is counted: ``"soldier"`` or ``"head"``.
    """

    in_units: ClassVar[tuple[str, ...]] = ("amount",)

    entity: Entity
    year: int
    per: str
    amount: Money
    expenditure: Money
    persons: Decimal

    @property
    def headline(self) -> str:
        return f"Defence expenditure of {self.entity} per {self.per}, {self.year}, at {self.amount.basis}"

    @property
    def formula(self) -> str:
        if self.per == "soldier":
            return "amount = Σ expenditure / Σ military personnel"
        return "amount = Σ expenditure / Σ population; population = GDP / GDP per head, derived"

    @property
    def findings(self) -> Findings:
        return (
            Finding("amount", self.amount),
            Finding("expenditure", self.expenditure),
            Finding("persons", self.persons, lambda persons: formatted(persons, ",.0f")),
        )


def expenditure_per_soldier(
    table: ExpenditureTable, entity: EntityLike, year: int, *, basis: PriceBasis | None = None
) -> ExpenditurePerPerson:
    """Compute an ally's or a group's defence expenditure divided by its military personnel.

    Prices are constant unless you give another `basis`. The figure is not what a soldier earns: it includes all
    expenditure, such as equipment, pay, and pensions of former soldiers. A group's figure is a ratio of sums over its
    members of that year. Raises `NoObservationError` if a member has no figure.

    >>> from natoburden.datasets import defence_expenditure
    >>> print(expenditure_per_soldier(defence_expenditure("2026-07"), "DEU", 2025).amount)
    USD 534,509.05 (constant 2021 prices)
    """
    found, prices, members = _asked(table, entity, year, basis)
    counts = [table.military_personnel(ally, year) for ally in members]
    return _per_person(table, found, year, "soldier", prices, members, add_up(item.value for item in counts), counts)


def expenditure_per_head(
    table: ExpenditureTable, entity: EntityLike, year: int, *, basis: PriceBasis | None = None
) -> ExpenditurePerPerson:
    """Compute an ally's or a group's defence expenditure divided by its population.

    NATO prints expenditure per head for single allies at constant prices (`ExpenditureTable.expenditure_per_capita`).
    `expenditure_per_head` also covers groups and other price bases. Prices are constant unless you give another
    `basis`. The population is derived as GDP divided by GDP per head, and is affected by the rounding of both.
    Iceland's inhabitants are not counted, since Iceland has no expenditure. Raises `NoObservationError` if a member has
    no figure.

    >>> from natoburden.datasets import defence_expenditure
    >>> table = defence_expenditure("2026-07")
    >>> print(round(expenditure_per_head(table, "DEU", 2025).amount.amount))
    1167
    >>> print(table.expenditure_per_capita("DEU", 2025))
    USD 1,167.00 (constant 2021 prices)
    """
    found, prices, members = _asked(table, entity, year, basis)
    figures: list[Observation[Any]] = []
    persons = []
    for ally in members:
        population, behind = population_of(table, ally, year)
        persons.append(population)
        figures += behind
    return _per_person(table, found, year, "head", prices, members, add_up(persons), figures)


def _asked(
    table: ExpenditureTable, entity: EntityLike, year: int, basis: PriceBasis | None
) -> tuple[Entity, PriceBasis, tuple[Country, ...]]:
    """Return the country or group, the price basis, and the countries that make up the sum."""
    expect_table(table)
    found = find_entity(entity)
    members = (found,) if isinstance(found, Country) else spenders(table, found, year)
    return found, table.edition.constant_prices if basis is None else basis, members


def _per_person(
    table: ExpenditureTable,
    entity: Entity,
    year: int,
    per: str,
    prices: PriceBasis,
    members: tuple[Country, ...],
    persons: Decimal,
    counted: list[Observation[Any]],
) -> ExpenditurePerPerson:
    spent = [table.expenditure(ally, year, prices) for ally in members]
    total = Money.total(item.value for item in spent)
    return ExpenditurePerPerson(
        entity=entity,
        year=year,
        per=per,
        amount=total / persons,
        expenditure=total,
        persons=persons,
        inputs=tuple(dict.fromkeys((*spent, *counted))),
    )
