"""Where to look for what followed a claim: notices, energy, shares, targets, dated events, or nowhere, and why.

A follow-up names a table, not what it holds; `natoburden.fixtures` looks it up. It is kept apart from the checks, which
ask whether a claim was so when it was made.
"""

from __future__ import annotations

from typing import ClassVar, TypeAlias

import attrs

from natoburden.model.energy import Fuel
from natoburden.model.memberships import Entity, Group
from natoburden.model.shares import Share

__all__ = [
    "EnergyFollowUp",
    "EventsFollowUp",
    "FollowUp",
    "NoFollowUp",
    "NoticesFollowUp",
    "SharesFollowUp",
    "TargetFollowUp",
]


@attrs.frozen(kw_only=True)
class NoticesFollowUp:
    """American notices to Congress of arms for a buyer or group, in as many months before the day as after it."""

    tag: ClassVar[str] = "notices"
    buyer: Entity
    months: int | None = None


@attrs.frozen(kw_only=True)
class EnergyFollowUp:
    """American exports of a fuel to a buyer or group: the year before the day beside the newest, and some months.

    `months` from `first` on stand beside the same months `years_before` years earlier, where a `first` is given.
    """

    tag: ClassVar[str] = "energy"
    buyer: Entity
    fuel: Fuel = Fuel.LNG
    first: str = ""
    months: int | None = None
    years_before: int = 1


@attrs.frozen(kw_only=True)
class SharesFollowUp:
    """How many of a group stand at shares of GDP from the year of the day on, in the newest edition after it."""

    tag: ClassVar[str] = "shares"
    group: Group
    shares: tuple[Share, ...]


@attrs.frozen(kw_only=True)
class TargetFollowUp:
    """What target a group's members adopted after the day; `party` is the group."""

    tag: ClassVar[str] = "target"
    party: Group


@attrs.frozen(kw_only=True)
class EventsFollowUp:
    """Dated events after the day, of topics; `lacking` says what the record does not hold."""

    tag: ClassVar[str] = "events"
    topics: tuple[str, ...]
    lacking: str = ""


@attrs.frozen(kw_only=True)
class NoFollowUp:
    """Nowhere to look: the data do not reach, for a reason."""

    tag: ClassVar[str] = "nowhere"
    reason: str


FollowUp: TypeAlias = NoticesFollowUp | EnergyFollowUp | SharesFollowUp | TargetFollowUp | EventsFollowUp | NoFollowUp
FOLLOW_UPS: tuple[type[FollowUp], ...] = (
    NoticesFollowUp,
    EnergyFollowUp,
    SharesFollowUp,
    TargetFollowUp,
    EventsFollowUp,
    NoFollowUp,
)
