"""Which data show what followed a claim: notices, energy, shares, targets, events, or no data, with a reason.

A follow-up refers to a table, which `natoburden.fixtures` looks up. Follow-ups are separate from checks, which test the
claim itself.
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
    """Notices to the US Congress of arms for a buyer or group, in equally long spans before and after the claim."""

    tag: ClassVar[str] = "notices"
    buyer: Entity
    months: int | None = None


@attrs.frozen(kw_only=True)
class EnergyFollowUp:
    """American exports of a fuel to a buyer or group before the claim, in the newest year, and in some chosen months.

    `first` and `months` select consecutive months, which are compared with the same months of an earlier year.
    `years_before` is the number of years between the compared months.
    """

    tag: ClassVar[str] = "energy"
    buyer: Entity
    fuel: Fuel = Fuel.LNG
    first: str = ""
    months: int | None = None
    years_before: int = 1


@attrs.frozen(kw_only=True)
class SharesFollowUp:
    """How many members of a group reach given shares of GDP, by year, from the year before the claim on.

    The figures come from the newest edition, which was published after the day of the claim.
    """

    tag: ClassVar[str] = "shares"
    group: Group
    shares: tuple[Share, ...]


@attrs.frozen(kw_only=True)
class TargetFollowUp:
    """The targets that a group adopted after the day of a claim; `party` is the group."""

    tag: ClassVar[str] = "target"
    party: Group


@attrs.frozen(kw_only=True)
class EventsFollowUp:
    """Dated events on some topics after the day of a claim; `lacking` describes what the record lacks."""

    tag: ClassVar[str] = "events"
    topics: tuple[str, ...]
    lacking: str = ""


@attrs.frozen(kw_only=True)
class NoFollowUp:
    """No data cover what followed the claim; `reason` explains why."""

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
