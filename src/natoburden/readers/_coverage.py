"""What a file that was read covers, in a few words."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from natoburden.model.expenditure import ExpenditureTable

__all__ = ["Coverage", "counted", "expenditure_coverage", "listed", "span"]

_MOST_NAMED = 8


@attrs.frozen
class Coverage:
    """The edition of a file, facts on what it covers, and what is not as it should be."""

    edition: str
    facts: tuple[tuple[str, str], ...]
    problems: tuple[str, ...] = ()


def expenditure_coverage(table: ExpenditureTable) -> Coverage:
    """Return what a table of defence expenditure covers."""
    found = table.observations
    facts = (
        ("figures", counted(len(found))),
        ("allies and groups", str(len({item.entity for item in found}))),
        ("years", span(item.year for item in found)),
        ("estimates", span(item.year for item in found if item.is_estimate) or "none"),
    )
    return Coverage(table.edition.key, facts, (table.edition.note,) if table.edition.note else ())


def counted(number: int) -> str:
    """Return a number with separators of thousands."""
    return f"{number:,}"


def span(years: Iterable[int]) -> str:
    """Return the first and the last of years; empty for none."""
    found = sorted(set(years))
    return "" if not found else str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"


def listed(keys: Iterable[str]) -> str:
    """Return the first few of many names, and how many more there are."""
    found = list(keys)
    more = len(found) - _MOST_NAMED
    return ", ".join(found[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
