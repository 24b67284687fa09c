"""What each commitment means for a path of core expenditure: a share to reach, a limit, or no effect, and why."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Sequence

import attrs

from natoburden.calculators._arguments import checked_target
from natoburden.errors import TargetMismatchError
from natoburden.model._checks import expect
from natoburden.model.commitment_record import Commitments
from natoburden.model.shares import PercentagePoints, Share, ShareRange
from natoburden.model.spending_commitments import (
    Commitment,
    CommitmentKind,
    Component,
    CompositeTarget,
    Modality,
    Standing,
    Target,
    TargetLike,
)

__all__ = [
    "Reading",
    "Use",
    "checked_core_target",
    "conflicts",
    "core_share",
    "expect_record",
    "read",
    "why_it_promises_nothing",
]


class Use(enum.Enum):
    """The effect of a commitment on a path."""

    AIM = "aim"  # the path leads there
    FLOOR = "floor"  # the path is at least there from a year to come, and leads there where it would be lower
    STANDING_FLOOR = "standing floor"  # at least there in each year
    CEILING = "ceiling"


@attrs.frozen(kw_only=True)
class Reading:
    """A commitment, the share of core expenditure that it names, and the years to which it applies."""

    item: Commitment
    share: ShareRange
    use: Use
    first: int
    last: int | None = None

    @property
    def is_milestone(self) -> bool:
        """Whether the commitment names a future year by which the path must reach a share."""
        return self.use in (Use.AIM, Use.FLOOR)

    @property
    def is_fixed(self) -> bool:
        """Whether the path goes through the share even if the path then bends down; true if an aim names one year."""
        deadline = self.item.deadline
        return self.use is Use.AIM and deadline is not None and deadline.earliest == deadline.latest

    def binds_in(self, year: int) -> bool:
        """Return whether the commitment applies to a year."""
        return self.first <= year and (self.last is None or year <= self.last)


def read(
    standing: Sequence[Commitment], start: Share, start_year: int, hague: CompositeTarget | None
) -> tuple[list[Reading], dict[str, str]]:
    """Read the commitments in force: readings of those that affect the path, and by key why others do not."""
    readings, reasons = [], {}
    for item in standing:
        found = _reading(item, standing, start, start_year, hague)
        if isinstance(found, Reading):
            readings.append(found)
        else:
            reasons[item.key] = found
    return readings, reasons


def _reading(
    item: Commitment, standing: Iterable[Commitment], start: Share, start_year: int, hague: CompositeTarget | None
) -> Reading | str:
    share = core_share(item, hague)
    refusals = [other for other in standing if _refuses(other, item)]
    nothing = why_it_promises_nothing(item) or _overtaken(item, refusals, start_year)
    if nothing or share is None:
        return nothing or f"it speaks of {_SPEAKS_OF.get(item.component, item.component.value)}"
    last = item.deadline.latest if item.deadline else None
    match item.modality:
        case Modality.CEILING:
            return Reading(item=item, share=share, use=Use.CEILING, first=item.start or 0, last=last)
        case Modality.AIM:
            return (
                Reading(item=item, share=share, use=Use.AIM, first=last, last=last)
                if last
                else "an aim without a deadline names no year"
            )
    first, end = item.start or last or 0, last if item.start else None
    if first > start_year:
        return Reading(item=item, share=share, use=Use.FLOOR, first=first, last=end)
    if first or share.low <= start:
        return Reading(item=item, share=share, use=Use.STANDING_FLOOR, first=start_year + 1, last=end)
    return "a floor above the present share that names no year"


_SPEAKS_OF = {Component.TOTAL: "core and related spending together"}


def why_it_promises_nothing(item: Commitment) -> str:
    """Return why a commitment promises no share; an empty text if it promises a share."""
    if item.refused:
        return "it refuses a share"
    if item.kind is CommitmentKind.DEMAND:
        return "a demand promises nothing"
    if not item.promises:
        return f"a {'claim' if item.modality is Modality.REACHED else item.modality} promises nothing"
    return ""


def _overtaken(item: Commitment, refusals: Sequence[Commitment], start_year: int) -> str:
    if refusals:
        return f"contested, and refused by {', '.join(other.key for other in refusals)}"
    if item.deadline and item.deadline.latest <= start_year:
        return f"it was due by {item.deadline}, and the path starts from {start_year}"
    return ""


def _refuses(refusal: Commitment, item: Commitment) -> bool:
    """Return whether a refusal cancels a contested promise: it refuses at most the promised share, by the same date."""
    return (
        refusal.refused
        and item.standing is Standing.CONTESTED
        and refusal.component is item.component
        and refusal.deadline in (None, item.deadline)
        and refusal.share.low <= item.share.low
    )


def core_share(item: Commitment, hague: CompositeTarget | None) -> ShareRange | None:
    """Return the share of core expenditure that a commitment names; None if the commitment names no such share."""
    if item.component is Component.CORE:
        return item.share
    if item.component is Component.TOTAL and hague is not None:
        counted = hague.related.share - Share.percent(0)
        return ShareRange(*(_less(share, counted) for share in (item.share.low, item.share.high)))
    return None


def _less(share: Share, points: PercentagePoints) -> Share:
    return share + -points if share - Share.percent(0) > points else Share.percent(0)


def conflicts(readings: Sequence[Reading], years: Sequence[int]) -> Iterator[tuple[Commitment, Commitment]]:
    """Yield each ceiling that lies below a promise, with this promise, if both apply to the same year."""
    for ceiling in (reading for reading in readings if reading.use is Use.CEILING):
        for other in (reading for reading in readings if reading.use is not Use.CEILING):
            together = any(ceiling.binds_in(year) and other.binds_in(year) for year in years)
            if together and ceiling.share.high < other.share.low:
                yield ceiling.item, other.item


def checked_core_target(target: TargetLike) -> Target:
    """Return a target that a path of core expenditure can reach; raises `TargetMismatchError` for any other target."""
    found = checked_target(target)
    if found.component is not Component.CORE or found.modality is Modality.CEILING:
        raise TargetMismatchError(str(found), "a floor or an aim for core expenditure, which is what paths are of")
    return found


def expect_record(commitments: Commitments) -> None:
    """Raise unless the argument is a record of commitments."""
    expect(commitments, Commitments, "a record of commitments", "give one: natoburden.datasets.commitments()")
