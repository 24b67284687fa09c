"""The scope of a question: which records are in scope, and which records in scope have no amount."""

from __future__ import annotations

from typing import TypeAlias

from natoburden.calculators.dependency._options import Options
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import LAST_YEAR
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country
from natoburden.model.memberships import When, find_entity
from natoburden.model.procurement import Contract
from natoburden.model.transfers import Transfer

__all__ = ["Record", "Scope", "buyers_of", "years_of"]

Record: TypeAlias = Contract | Transfer


class Scope:
    """Which records a question is about: the buyers, the capability area and the years."""

    def __init__(self, options: Options) -> None:
        name = options.get("buyer")
        self.buyer = None if name is None else find_entity(name)
        self.members_on = options.get("members_on")
        self._members: dict[When, frozenset[Country]] = {}
        self.area = options.get("area")
        self.since, self.until = options.get("since"), options.get("until")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise UnexpectedValueError("a window", f"{self.since} to {self.until}", "the first year comes first")

    def __str__(self) -> str:
        who = str(self.buyer or "all buyers")
        what = f", {self.area}" if self.area else ""
        when = "" if self.since is None and self.until is None else f", {self.since or '...'}-{self.until or '...'}"
        return f"{who}{what}{when}"

    def holds(self, record: Record) -> bool:
        """Return whether any part of a record is in scope; a record without a date is in scope at any time."""
        years = years_of(record)
        in_time = not years or any(self.in_window(year) for year in years)
        return in_time and any(self._buys(buyer, years) for buyer in buyers_of(record)) and self._has_area(record)

    def obstacle(self, record: Record) -> str | None:
        """Return why a record in scope has no amount that belongs wholly to the scope."""
        years = years_of(record)
        if not years and (self.since is not None or self.until is not None):
            return "undated, so in no window"
        if not all(self._buys(buyer, years) for buyer in buyers_of(record)):
            return "several buyers without a split"
        if isinstance(record, Contract) and not all(map(self._covers, record.areas)):
            return "several capability areas without a split"
        return "capability area unknown" if self.area and record.area is None else None

    def in_window(self, year: int) -> bool:
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    def _buys(self, buyer: Country | None, years: tuple[int, ...]) -> bool:
        """Return whether a country is the buyer asked for; for a group, its members in the record's last year count.

        If `members_on` names a day, the members on that day count in every year, as when SIPRI compares periods.
        """
        if self.buyer is None or isinstance(self.buyer, Country):
            return self.buyer in (None, buyer)
        when = self.members_on or (years[-1] if years else LAST_YEAR)
        if when not in self._members:
            self._members[when] = frozenset(self.buyer.members(when))
        return buyer in self._members[when]

    def _has_area(self, record: Record) -> bool:
        if self.area is None:
            return True
        areas = record.areas if isinstance(record, Contract) else (record.area,)
        return any(area is None or self._covers(area) for area in areas)

    def _covers(self, area: CapabilityArea) -> bool:
        return self.area is None or self.area.covers(area)


def years_of(record: Record) -> tuple[int, ...]:
    """Return the years of a record: a contract's own year, or the years in which a transfer was delivered."""
    if isinstance(record, Transfer):
        return record.delivery_years
    return () if record.year is None else (record.year,)


def buyers_of(record: Record) -> tuple[Country | None, ...]:
    """Return the buyers of a record; None if a register does not name a buyer."""
    return (record.recipient.country,) if isinstance(record, Transfer) else record.buyers
