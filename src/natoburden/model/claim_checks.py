"""What a claim can be compared with: a day of the week, a membership, a share reached, spending, the cost of a path.

A check says what is compared; an article's document states it with the claim. `natoburden.fixtures` carries it out.
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

    A day that does not contradicts the claim; one that does says nothing of what happened on it.
    """

    tag: ClassVar[str] = "weekday"
    needs: ClassVar[type[Share | Money] | None] = None
    weekday: Weekday


@attrs.frozen(kw_only=True)
class MembershipCheck:
    """Whether a country was in a group on the day of publication.

    `is_whole_claim` says that the claim tells nothing else; otherwise it only presupposes the membership.
    """

    tag: ClassVar[str] = "membership"
    needs: ClassVar[type[Share | Money] | None] = None
    country: Country
    group: Group
    is_member: bool
    is_whole_claim: bool = False


@attrs.frozen(kw_only=True)
class ShareReachedCheck:
    """How many of a group were at the claim's share of GDP in a year: how much is asked, not whether it was."""

    tag: ClassVar[str] = "share reached"
    needs: ClassVar[type[Share | Money] | None] = Share
    group: Group
    year: int


@attrs.frozen(kw_only=True)
class TargetMetCheck:
    """How many of a group met a target, named by its key, in a year; the claim presupposes that some did not."""

    tag: ClassVar[str] = "target met"
    needs: ClassVar[type[Share | Money] | None] = None
    group: Group
    year: int
    target: str


@attrs.frozen(kw_only=True)
class SpendingCheck:
    """Whether one country or group spent less in a year than another, in dollars and of GDP."""

    tag: ClassVar[str] = "spends less"
    needs: ClassVar[type[Share | Money] | None] = None
    entity: Entity
    than: Entity
    year: int


@attrs.frozen(kw_only=True)
class ReportedPart:
    """A part of an estimate that was reported apart, with the reading of its set, the share and the growth to try.

    `candidate` is the name of the reading, `of` what the part is for.
    """

    amount: Money
    of: str
    candidate: str
    share: Share
    gdp_growth: Rate
    source: Source


@attrs.frozen(kw_only=True)
class EstimateCheck:
    """A cost over years, compared with GDP and the cost of paths for the sets of countries that it may mean.

    `candidates_of` names the actor whose candidate sets are tried; `shares` are the ends of the paths, `gdp_growth`
    the assumed real growth. All are assumptions, since those of the estimate are not public. `part` is one that was
    reported apart, which is tried for its own set, share and growth.
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
