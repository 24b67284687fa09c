"""Who is counted: the members of a group in a year that a table covers, and which editions are compared."""

from __future__ import annotations

from collections.abc import Iterable

from natoburden.calculators._arguments import expect_table, several_tables
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._figures import spans
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Entity, Group

__all__ = ["ICELAND", "check_covered", "different_editions", "spenders"]

ICELAND = Country("ISL")


def check_covered(table: ExpenditureTable, entity: Entity, *years: int) -> None:
    """Raise for years that a table does not cover: one that ends in 2026 knows nothing of 2035."""
    expect_table(table)
    for year in years:
        if checked_year(year) not in table.years:
            raise NoObservationError("figures", str(entity), year, table.edition.key, spans(table.years))


def spenders(table: ExpenditureTable, group: Group, year: int) -> tuple[Country, ...]:
    """Return a group's members of a year that the table covers; Iceland, without armed forces, spends nothing."""
    check_covered(table, group, year)
    return tuple(country for country in group.members(year) if country != ICELAND)


def different_editions(tables: Iterable[ExpenditureTable]) -> tuple[ExpenditureTable, ...]:
    """Return editions to compare, oldest first; refuse a single table, and an edition given twice."""
    found = tuple(sorted(several_tables(tables), key=lambda table: table.edition.key))
    keys = [table.edition.key for table in found]
    if twice := sorted({key for key in keys if keys.count(key) > 1}):
        raise UnexpectedValueError("editions", ", ".join(keys), f"{', '.join(twice)} is given twice; give each once")
    return found
