"""What a file that was read covers, in a few words for each kind of value."""

from __future__ import annotations

import collections
import functools
from collections.abc import Iterable
from typing import TypeAlias

from natoburden.model.aid import AidTracker
from natoburden.model.exchange import RateHistory
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.indicators import IndicatorTable
from natoburden.model.keyed import Keyed
from natoburden.model.procurement import Contract
from natoburden.model.transfers import TivTable, Transfers
from natoburden.readers.awards import AwardFile, LeftOutAward
from natoburden.readers.eurostat.table import EurostatTable
from natoburden.readers.sipri.milex import MilexWorkbook

__all__ = ["Coverage", "award_coverage", "coverage_of"]

Facts: TypeAlias = tuple[tuple[str, str], ...]
Coverage: TypeAlias = tuple[str, Facts, tuple[str, ...]]  # the edition, what there is, and what is not as it should be

_MOST_NAMED = 8
_MOST_REASONS = 200


@functools.singledispatch
def coverage_of(value: object) -> Coverage:
    """Give the edition of what was read, facts on what it covers, and what it leaves out."""
    raise NotImplementedError(type(value).__name__)


@coverage_of.register
def _(value: ExpenditureTable) -> Coverage:
    entities = dict.fromkeys(item.entity for item in value.observations)
    facts = (
        ("figures", _count(len(value.observations))),
        ("allies and groups", str(len(entities))),
        ("years", _span(item.year for item in value.observations)),
        ("estimates", _span(item.year for item in value.observations if item.status.value == "estimate") or "none"),
    )
    return value.edition.key, facts, (value.edition.note,) if value.edition.note else ()


@coverage_of.register
def _(value: MilexWorkbook) -> Coverage:
    edition, facts, _problems = coverage_of(value.table)
    return edition, (*facts, ("uncertain figures", _count(len(value.uncertain)))), tuple(map(str, value.left_out))


@coverage_of.register
def _(value: Transfers) -> Coverage:
    facts = (
        ("layout", value.layout),
        ("transfers", _count(len(value.items))),
        ("suppliers", str(len({item.supplier for item in value.items}))),
        ("recipients", str(len({item.recipient for item in value.items}))),
        ("years of delivery", _span(year for item in value.items for year in item.delivery_years)),
    )
    return _made(value.generated), facts, ()


@coverage_of.register
def _(value: TivTable) -> Coverage:
    facts = (
        (value.parties, str(len({entry.party for entry in value.entries}))),
        ("volumes", _count(len(value.entries))),
        ("years", _span(value.years)),
    )
    return _made(value.generated), facts, ()


@coverage_of.register
def _(value: EurostatTable) -> Coverage:
    periods = sorted({str(cell.period) for cell in value.cells})
    facts = (
        ("dataset", value.dataset or "not told"),
        ("dimensions", ", ".join(value.dimensions)),
        ("cells", _count(len(value.cells))),
        ("periods", f"{periods[0]} to {periods[-1]}" if periods else "none"),
    )
    return str(value.updated or ""), facts, ()


@coverage_of.register
def _(value: Keyed) -> Coverage:  # type: ignore[type-arg] # of IndicatorTable, which a class cannot say
    tables: tuple[IndicatorTable, ...] = value.items
    rows = {row.code for table in tables for row in table.rows}
    facts = (
        ("indicators", _named(table.key for table in tables)),
        ("countries", str(len({country for table in tables for country in table.countries}))),
        ("rows", str(len(rows))),
        ("years", _span(year for table in tables for year in table.years)),
    )
    without = dict.fromkeys(row.name for table in tables for row in table.rows if row.country is None)
    others = (("rows of no country", _named(without)),) if without else ()
    return tables[0].edition, (*facts, *others), ()


@coverage_of.register
def _(value: RateHistory) -> Coverage:
    facts = (
        ("days", f"{_count(len(value.by_day))}, {min(value.by_day)} to {max(value.by_day)}"),
        ("base", str(value.base)),
        ("currencies", str(len({currency for rates in value.by_day.values() for currency in rates}))),
    )
    return str(max(value.by_day)), facts, ()


@coverage_of.register
def _(value: AidTracker) -> Coverage:
    tables = (
        ("months of donors", value.months),
        ("shares of donors", value.shares),
        ("months of procurement", value.procurement),
        ("weapons", value.weapons),
    )
    return value.edition, tuple((name, _count(len(rows))) for name, rows in tables if rows), ()


@coverage_of.register
def _(value: AwardFile) -> Coverage:
    return award_coverage((*value.contracts.items, *value.left_out))


def award_coverage(items: Iterable[Contract | LeftOutAward]) -> Coverage:
    """Count awards as they come, without holding them."""
    contracts = valued = located = 0
    buyers: set[str] = set()
    years: set[int] = set()
    reasons: collections.Counter[str] = collections.Counter()
    for item in items:
        if isinstance(item, LeftOutAward):
            reason = item.reason[:120]
            reasons[reason if reason in reasons or len(reasons) < _MOST_REASONS else "for other reasons"] += 1
            continue
        contracts += 1
        valued += item.value.low is not None
        located += any(origin.shares or origin.unsplit for origin in item.origins)
        buyers.update(country.alpha_3 for country in item.buyers)
        years.update([item.date.latest.year] if item.date.latest else [])
    facts = (
        ("contracts", _count(contracts)),
        ("with a value", _count(valued)),
        ("with the supplier's country", _count(located)),
        ("buyers' countries", _named(sorted(buyers)) or "none"),
        ("years", _span(years) or "none"),
    )
    problems = tuple(f"{_count(count)} left out: {reason}" for reason, count in reasons.most_common())
    return "", facts, problems


def _count(number: int) -> str:
    return f"{number:,}"


def _span(years: Iterable[int]) -> str:
    found = sorted(set(years))
    return "" if not found else str(found[0]) if len(found) == 1 else f"{found[0]} to {found[-1]}"


def _named(keys: Iterable[str]) -> str:
    found = list(keys)
    more = len(found) - _MOST_NAMED
    return ", ".join(found[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _made(moment: object) -> str:
    return f"exported {moment}" if moment else ""
