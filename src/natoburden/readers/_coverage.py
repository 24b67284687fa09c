"""Short facts about the coverage of a file, such as its years and countries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from natoburden.model.expenditure import ExpenditureTable

__all__ = ["Coverage", "Fact", "Names", "Span", "counted", "expenditure_coverage", "listed", "span"]

_MOST_NAMED = 8


@attrs.frozen
class Span:
    """A range from a first to a last value, such as years or days."""

    first: str
    last: str

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


@attrs.frozen
class Names:
    """The first few of many names, with the number of further names."""

    first: str
    more: int

    def __str__(self) -> str:
        return f"{self.first} and {self.more} more" if self.more else self.first


Fact: TypeAlias = int | Span | Names | str | None


@attrs.frozen
class Coverage:
    """The edition of a file, facts about its coverage, and its problems."""

    edition: str
    facts: tuple[tuple[str, Fact], ...]
    problems: tuple[str, ...] = ()


def expenditure_coverage(table: ExpenditureTable) -> Coverage:
    """Return the coverage of a table of defence expenditure."""
    found = table.observations
    facts = (
        ("figures", len(found)),
        ("allies and groups", len({item.entity for item in found})),
        ("years", span(item.year for item in found)),
        ("estimates", span(item.year for item in found if item.is_estimate)),
    )
    return Coverage(table.edition.key, facts, (table.edition.note,) if table.edition.note else ())


def counted(fact: Fact) -> str:
    """Return a fact as text; thousands in numbers are separated."""
    return "none" if fact is None else f"{fact:,}" if isinstance(fact, int) else str(fact)


def span(values: Iterable[object]) -> Span | None:
    """Return the range from the first to the last of several years, days or periods; None if there are no values."""
    found = sorted(set(map(str, values)))
    return Span(found[0], found[-1]) if found else None


def listed(keys: Iterable[str]) -> Names | None:
    """Return the first few of many names, with the number of further names; None without any names."""
    found = list(keys)
    return Names(", ".join(found[:_MOST_NAMED]), max(0, len(found) - _MOST_NAMED)) if found else None
