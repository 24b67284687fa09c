"""Checks of allies, groups and editions: which countries are members in a year, and which editions are compared."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from natoburden.calculators._arguments import expect_table, several_tables
from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownCountryError, UnknownNameError
from natoburden.model._checks import twice
from natoburden.model._figures import spans
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Entity, EntityLike, Group, GroupLike, find_entity

__all__ = ["ICELAND", "ally_of", "check_covered", "different_editions", "group_of", "spenders"]

ICELAND = Country("ISL")


def ally_of(ally: EntityLike, for_groups: str = "") -> Country:
    """Return an ally; raise `UnknownCountryError` for a group; its message names the function for groups."""
    group = find_entity(ally) if isinstance(ally, str | Group | list | tuple | set | frozenset) else _country(ally)
    if isinstance(group, Country):
        return group
    each = f"ask of each of Group.find({group.key!r}).members(year)" if not group.countries else "ask of each of them"
    use = f"use natoburden.{for_groups}, or {each}" if for_groups else each
    raise UnknownCountryError(
        str(group), (), use, f"{str(group)!r} is a group of countries, and one country is asked for"
    )


def _country(ally: Any) -> Country:
    return Country.find(ally)


def group_of(group: GroupLike, for_allies: str = "") -> Group:
    """Return a group; raise `UnknownNameError` for an ally; its message names the function for allies."""
    try:
        return Group.find(group)
    except UnknownNameError as error:
        if not error.explanation or not for_allies:
            raise
        found = Country.find(error.name)
        use = f"{found} is one country: use natoburden.{for_allies}, or give a group of it alone: [{found.key!r}]"
        raise UnknownNameError(error.kind, error.name, error.valid, (), use) from None


def check_covered(table: ExpenditureTable, entity: Entity, *years: int) -> None:
    """Raise for years that a table does not cover: a table that ends in 2026 has no figures for 2035."""
    expect_table(table)
    for year in years:
        if checked_year(year) not in table.years:
            raise NoObservationError("figures", str(entity), year, table.edition.key, spans(table.years))


def spenders(table: ExpenditureTable, group: Group, year: int) -> tuple[Country, ...]:
    """Return the members of a group in a year that the table covers, without Iceland, which has no armed forces.

    Raises `UnexpectedValueError` if the group has no member except Iceland.
    """
    check_covered(table, group, year)
    found = tuple(country for country in group.members(year) if country != ICELAND)
    if not found:
        hint = f"it has no member with armed forces in {year}: name one that has an ally which spends"
        raise UnexpectedValueError("a group", str(group), hint)
    return found


def different_editions(tables: Iterable[ExpenditureTable]) -> tuple[ExpenditureTable, ...]:
    """Return the editions to compare, oldest first; raise for a single table, and for an edition given twice."""
    found = tuple(sorted(several_tables(tables), key=lambda table: table.edition.key))
    keys = [table.edition.key for table in found]
    if again := twice(keys):
        raise UnexpectedValueError("editions", ", ".join(keys), f"{', '.join(again)} is given twice; give each once")
    return found
