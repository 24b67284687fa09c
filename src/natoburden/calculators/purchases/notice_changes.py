"""Notices before and after a day, in equally long spans, with an exact test and comparisons around other days."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import attrs

from natoburden.calculators._arguments import number_of_years
from natoburden.calculators.findings import Finding, Findings, or_none, places
from natoburden.calculators.purchases._exact_tests import p_of_counts
from natoburden.calculators.purchases.notices import NOTICE, Notified, change, of_notices, uncollected
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.model.memberships import Entity, EntityLike
from natoburden.model.notices import Agency, SaleNotification, SaleNotifications
from natoburden.model.shares import Rate

__all__ = ["NoticesCompared", "OtherDay", "moved", "notices_compared"]

_SHIFTS = (-3, -2, -1, 1, 2, 3)  # months
_P = places(3)


@attrs.frozen(kw_only=True)
class OtherDay(Result):
    """A comparison around another day, which shows how much the finding depends on the choice of day."""

    formula = "as around the day itself, with both windows moved by whole months"

    day: dt.date
    before: int
    after: int
    p: Decimal

    @property
    def headline(self) -> str:
        return f"Around {self.day}"

    @property
    def findings(self) -> Findings:
        return Finding("notices before", self.before), Finding("notices after", self.after), Finding("p", self.p, _P)


@attrs.frozen(kw_only=True)
class NoticesCompared(Result):
    """Notices in equally long periods before a day and from that day on.

    `p` is from an exact test of two Poisson rates. `p` is two-sided, and the null hypothesis is that the daily rate of
    notices is the same before and after the day. Notices that are sent together are not independent, which makes p too
    small.
    """

    note = (
        f"{NOTICE} A notice ends months or years of talks: what was notified soon after a day was mostly asked for "
        "before it. Ceilings are at current prices."
    )
    formula = "rate a day before and after; p = P(counts no more probable than these | their sum), binomial, two-sided"

    of: Entity | Agency | None
    day: dt.date
    months: int
    since: dt.date
    until: dt.date
    before: Notified = attrs.field(repr=False)
    after: Notified = attrs.field(repr=False)
    change_of_count: Rate | None
    change_of_ceilings: Rate | None
    change_without_largest: Rate | None
    p: Decimal
    other_days: ResultTable[OtherDay] = attrs.field(repr=False)
    remarks: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        whose = "all buyers on record" if self.of is None else str(self.of)
        return f"Arms notified for {whose}, {self.months} months before {self.day} and from that day on"

    @property
    def findings(self) -> Findings:
        unknown = or_none(Rate.__str__, "unknown: none before")
        return (
            Finding("notices before", self.before.count),
            Finding("notices after", self.after.count),
            Finding("change of their number", self.change_of_count, unknown),
            Finding("p of equal rates, two-sided, exact", self.p, _P),
            Finding("ceilings before", self.before.ceilings),
            Finding("ceilings after", self.after.ceilings),
            Finding("change of the ceilings", self.change_of_ceilings, unknown),
            Finding("change without the largest notice of either side", self.change_without_largest, unknown),
            *(
                Finding(f"largest notice {when}", side.largest)
                for when, side in (("before", self.before), ("after", self.after))
                if side.largest is not None
            ),
            *(
                Finding(f"around {row.day}", row, lambda row: f"{row.before} before, {row.after} after, p {_P(row.p)}")
                for row in self.other_days
            ),
            *(Finding("remark", words) for words in self.remarks),
        )

    @property
    def columns(self) -> dict[str, object]:
        return {
            "before": self.before.count,
            "after": self.after.count,
            "ceilings_before": self.before.ceilings,
            "ceilings_after": self.after.ceilings,
        }


def moved(day: dt.date, months: int) -> dt.date:
    """Return the day a number of months later; if the later month lacks such a day, return its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def notices_compared(
    record: SaleNotifications, day: dt.date, of: EntityLike | Agency | None, months: int | None
) -> NoticesCompared:
    """Return notices before a day and from that day on; raise an error if the record does not cover all the months."""
    most = _months_covered(record, day)
    wanted = most if months is None else number_of_years(months, "number of months")
    hint = f"the record covers {record.first_day} to {record.last_day}: at most {most} months on each side"
    if not 1 <= wanted <= most:
        raise UnexpectedValueError("months around a day", f"{wanted} around {day}", hint)
    whose = None if of is None else record.buyer_named(of)
    not_collected = uncollected(record, whose, day.year)
    found = record if whose is None else record.of(whose, members=day)  # the same countries on both sides
    before, after = _windows(found, day, wanted)
    days = _days(day, wanted)
    return NoticesCompared(
        of=whose,
        day=day,
        months=wanted,
        since=moved(day, -wanted),
        until=moved(day, wanted) - dt.timedelta(1),
        before=(first := of_notices(f"before {day}", before)),
        after=(second := of_notices(f"from {day}", after)),
        change_of_count=change(Decimal(first.count), Decimal(second.count)),
        change_of_ceilings=change(first.ceilings.amount, second.ceilings.amount),
        change_without_largest=change(_without_largest(first), _without_largest(second)),
        p=p_of_counts(first.count, second.count, *days),
        other_days=ResultTable(rows=tuple(_other_days(record, found, day, wanted))),
        remarks=not_collected,
        inputs=(*before, *after),
    )


def _months_covered(record: SaleNotifications, day: dt.date) -> int:
    """Return how many whole months the record covers on both sides of a day."""
    months = 0
    while moved(day, -months - 1) >= record.first_day and moved(day, months + 1) <= record.last_day + dt.timedelta(1):
        months += 1
    return months


def _windows(
    found: SaleNotifications, day: dt.date, months: int
) -> tuple[tuple[SaleNotification, ...], tuple[SaleNotification, ...]]:
    first, end = moved(day, -months), moved(day, months)
    before = tuple(item for item in found if first <= item.notified_on < day)
    return before, tuple(item for item in found if day <= item.notified_on < end)


def _days(day: dt.date, months: int) -> tuple[int, int]:
    return (day - moved(day, -months)).days, (moved(day, months) - day).days


def _other_days(record: SaleNotifications, found: SaleNotifications, day: dt.date, months: int) -> Iterator[OtherDay]:
    """Yield the comparison around other days, if the record covers both windows."""
    for shift in _SHIFTS:
        other = moved(day, shift)
        if _months_covered(record, other) >= months:
            before, after = _windows(found, other, months)
            p = p_of_counts(len(before), len(after), *_days(other, months))
            yield OtherDay(day=other, before=len(before), after=len(after), p=p, inputs=(*before, *after))


def _without_largest(side: Notified) -> Decimal:
    return (side.ceilings - side.largest.ceiling).amount if side.largest else Decimal(0)
