"""Checks of claims against a day of the week, a membership, a share reached, spending, or the cost of a path.

A check describes the data with which a claim is compared. An article's document states the check beside the claim, and
`natoburden.fixtures` carries out the check.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, TypeAlias

import attrs

from natoburden.model._terms import Term
from natoburden.model.countries import Country
from natoburden.model.memberships import Entity, Group
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source

__all__ = [
    "Check",
    "EstimateCheck",
    "MembershipCheck",
    "ReportedPart",
    "ShareReachedCheck",
    "SpendingCheck",
    "TargetMetCheck",
    "Weekday",
    "WeekdayCheck",
]


class Weekday(Term):
    """A day of the week, in the order of `datetime.date.weekday`."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"

    @classmethod
    def of(cls, day: dt.date) -> Weekday:
        """Return the weekday of a date."""
        return list(cls)[day.weekday()]


@attrs.frozen(kw_only=True)
class WeekdayCheck:
    """Whether the claim's date falls on the day of the week that the article names.

    A wrong weekday contradicts the claim. A correct weekday does not show what happened on that day.
    """

    tag: ClassVar[str] = "weekday"
    needs: ClassVar[type[Share | Money] | None] = None
    weekday: Weekday


@attrs.frozen(kw_only=True)
class MembershipCheck:
    """Whether a country was in a group on the day of publication.

    `is_whole_claim` is true if the claim states only the membership, and false if the claim only presupposes it.
    """

    tag: ClassVar[str] = "membership"
    needs: ClassVar[type[Share | Money] | None] = None
    country: Country
    group: Group
    is_member: bool
    is_whole_claim: bool = False


@attrs.frozen(kw_only=True)
class ShareReachedCheck:
    """How many members of a group had reached the claim's share of GDP in a year.

    The number of members shows how demanding the share is. The number does not show whether anybody demanded the share.
    """

    tag: ClassVar[str] = "share reached"
    needs: ClassVar[type[Share | Money] | None] = Share
    group: Group
    year: int


@attrs.frozen(kw_only=True)
class TargetMetCheck:
    """How many members of a group met a target in a year, for a claim that some members had missed this target.

    `target` is the key of the target.
    """

    tag: ClassVar[str] = "target met"
    needs: ClassVar[type[Share | Money] | None] = None
    group: Group
    year: int
    target: str


@attrs.frozen(kw_only=True)
class SpendingCheck:
    """Whether one country or group spent fewer dollars in a year than another country or group."""

    tag: ClassVar[str] = "spends less"
    needs: ClassVar[type[Share | Money] | None] = None
    entity: Entity
    than: Entity
    year: int


@attrs.frozen(kw_only=True)
class ReportedPart:
    """A separately reported part of an estimate: its amount, its set of countries, and assumptions for a comparison.

    `candidate` is the name of the set of countries, and `of` is the purpose of the spending.
    """

    amount: Money
    of: str
    candidate: str
    share: Share
    gdp_growth: Rate
    source: Source


@attrs.frozen(kw_only=True)
class EstimateCheck:
    """A cost over several years, compared with GDP and with the cost of spending paths, for each set of countries.

    `candidates_of` is the actor for which several sets of countries are possible. `shares` are the shares of GDP that
    the paths reach, and `gdp_growth` is the assumed real growth. The article's document sets `shares` and `gdp_growth`,
    because the assumptions behind the estimate are not public. `part` is a separately reported part of the cost, with
    its own countries, share and growth rate.
    """

    tag: ClassVar[str] = "estimate"
    needs: ClassVar[type[Share | Money] | None] = Money
    candidates_of: str
    year: int
    shares: tuple[Share, ...]
    gdp_growth: tuple[Rate, ...]
    part: ReportedPart | None = None


Check: TypeAlias = WeekdayCheck | MembershipCheck | ShareReachedCheck | TargetMetCheck | SpendingCheck | EstimateCheck
CHECKS: tuple[type[Check], ...] = (
    WeekdayCheck,
    MembershipCheck,
    ShareReachedCheck,
    TargetMetCheck,
    SpendingCheck,
    EstimateCheck,
)
