"""What changed with a day: notices in as many months before it and after, and months of exports beside earlier ones."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import overload

import attrs

from natoburden.calculators._arguments import number_of_years
from natoburden.calculators.findings import Finding, Findings, listed, or_none, places
from natoburden.calculators.purchases._exact_tests import MOST_PAIRS, p_of_counts, p_of_pairs
from natoburden.calculators.purchases.notices import NOTICE, Notified, of_notices
from natoburden.calculators.purchases.shipments import added, cells_of, exporter_of
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._checks import checked_day, member
from natoburden.model.energy import EnergyFlows, Fuel
from natoburden.model.memberships import Entity, EntityLike, find_entity
from natoburden.model.notices import Agency, SaleNotification, SaleNotifications
from natoburden.model.periods import Period, PeriodRun, to_period
from natoburden.model.quantities import EnergyQuantity
from natoburden.model.shares import Rate

__all__ = ["MonthPair", "MonthsCompared", "NoticesCompared", "OtherDay", "before_and_after"]

_SHIFTS = (-3, -2, -1, 1, 2, 3)  # months
_P = places(3)


@attrs.frozen(kw_only=True)
class OtherDay(Result):
    """The same comparison of notices around another day: how far the finding rests on the day chosen."""

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
    """Notices in as many months before a day and from it on.

    `p` is that of an exact test of two Poisson rates: two-sided, under the null that notices come at one rate a day.
    Notices that are sent together are not independent, so that p is too small where they are.
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

    @property
    def headline(self) -> str:
        whose = "all buyers on record" if self.of is None else str(self.of)
        return f"Arms notified for {whose}, {self.months} months before {self.day} and from it on"

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
        )

    @property
    def columns(self) -> dict[str, object]:
        return {
            "before": self.before.count,
            "after": self.after.count,
            "ceilings_before": self.before.ceilings,
            "ceilings_after": self.after.ceilings,
        }


@attrs.frozen(kw_only=True)
class MonthPair(Result):
    """One month of exports beside the same calendar month of an earlier year."""

    formula = "later − earlier"

    earlier: Period
    later: Period
    before: EnergyQuantity
    after: EnergyQuantity
    missing: tuple[str, ...] = attrs.field(default=(), repr=False)

    def in_words(self) -> str:
        """Return both volumes in one line."""
        return f"{self.before} in {self.earlier}, {self.after} in {self.later}"

    @property
    def headline(self) -> str:
        return f"{self.later} beside {self.earlier}"

    @property
    def findings(self) -> Findings:
        return Finding("earlier", self.before), Finding("later", self.after)


@attrs.frozen(kw_only=True)
class MonthsCompared(Result):
    """Exports to a buyer in months after a day, beside the same calendar months of an earlier year.

    `p` is that of an exact test by signs of the differences: two-sided, under the null that each pair of months might
    as well have had the other order. Months that follow each other are not independent, so that p is too small.
    """

    note = (
        "Volumes by declared destination as the exporter reports them. Cargoes under contracts signed years before "
        "arrive on both sides, new export capacity and prices move all buyers, and a cold winter moves some."
    )
    formula = "change = Σ later / Σ earlier − 1; p = part of all ways to give the signs with a sum as far from zero"

    of: Entity
    day: dt.date
    fuel: Fuel
    months: int
    earlier: PeriodRun
    later: PeriodRun
    before: EnergyQuantity
    after: EnergyQuantity
    change: Rate | None
    p: Decimal
    pairs: ResultTable[MonthPair] = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"{self.fuel} shipped to {self.of}, {self.later} beside {self.earlier}"

    @property
    def findings(self) -> Findings:
        missing = tuple(name for pair in self.pairs for name in pair.missing)
        largest = max(self.pairs, key=lambda pair: abs(pair.after.amount - pair.before.amount))
        return (
            Finding("before", self.before),
            Finding("after", self.after),
            Finding("change", self.change, or_none(Rate.__str__, "unknown: none before")),
            Finding("p of no change, two-sided, exact, by month", self.p, _P),
            Finding("pair of months that differs most", largest, MonthPair.in_words),
            *((Finding("without a published figure", missing, listed),) if missing else ()),
        )


@overload
def before_and_after(
    series: SaleNotifications,
    day: dt.date,
    *,
    of: EntityLike | Agency | None = "NATO",
    months: int | None = None,
) -> NoticesCompared: ...
@overload
def before_and_after(
    series: EnergyFlows,
    day: dt.date,
    *,
    of: EntityLike,
    months: int | None = None,
    fuel: Fuel | str = Fuel.LNG,
    first: Period | str | None = None,
    years_before: int = 1,
) -> MonthsCompared: ...
def before_and_after(
    series: SaleNotifications | EnergyFlows,
    day: dt.date,
    *,
    of: EntityLike | Agency | None = "NATO",
    months: int | None = None,
    fuel: Fuel | str = Fuel.LNG,
    first: Period | str | None = None,
    years_before: int = 1,
) -> NoticesCompared | MonthsCompared:
    """Compute what changed with a day: of notices to Congress, or of a fuel that was shipped by month.

    Notices are counted in so many `months` up to the day and as many from the day on: by default as many as the record
    covers after it. Months of a fuel begin after the month of the day, or with `first`; they are at most twelve unless
    you name a number. Each stands beside the same calendar month `years_before` years earlier, so that the season is
    the same. A group is its members on the day, so that both sides have the same countries.

    Neither shows why something changed: see the note of the result. Raises `NoObservationError` for months without a
    figure, with what there is instead; `UnexpectedValueError` for a window that the record does not cover.

    >>> from natoburden.datasets import us_arms_notifications
    >>> found = before_and_after(us_arms_notifications(), dt.date(2025, 2, 13), of="NATO")
    >>> found.months, found.before.count, found.after.count, round(found.p, 3)
    (16, 66, 48, Decimal('0.111'))
    """
    around = checked_day(day)
    if isinstance(series, SaleNotifications):
        return _of_notices(series, around, of, months)
    exporter_of(series)
    if of is None or isinstance(of, Agency):
        raise UnexpectedValueError("a buyer of energy", str(of), "name a country or a group")
    asked = member(Fuel, fuel)
    later = _later(series, around, asked, None if first is None else to_period(first), months)
    return _of_months(series, around, find_entity(of), asked, later, number_of_years(years_before))


# --- notices ---------------------------------------------------------------------------------------------


def moved(day: dt.date, months: int) -> dt.date:
    """Return the day so many months later, or the last of its month where that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _of_notices(
    record: SaleNotifications, day: dt.date, of: EntityLike | Agency | None, months: int | None
) -> NoticesCompared:
    most = _months_covered(record, day)
    wanted = most if months is None else number_of_years(months, "number of months")
    hint = f"the record covers {record.first_day} to {record.last_day}: at most {most} months on each side"
    if not 1 <= wanted <= most:
        raise UnexpectedValueError("months around a day", f"{wanted} around {day}", hint)
    whose = of if of is None or isinstance(of, Agency) else find_entity(of)
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
        change_of_count=_change(Decimal(first.count), Decimal(second.count)),
        change_of_ceilings=_change(first.ceilings.amount, second.ceilings.amount),
        change_without_largest=_change(_without_largest(first), _without_largest(second)),
        p=p_of_counts(first.count, second.count, *days),
        other_days=ResultTable(rows=tuple(_other_days(record, found, day, wanted))),
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
    """Yield the comparison around other days, as far as the record covers both windows."""
    for shift in _SHIFTS:
        other = moved(day, shift)
        if _months_covered(record, other) >= months:
            before, after = _windows(found, other, months)
            p = p_of_counts(len(before), len(after), *_days(other, months))
            yield OtherDay(day=other, before=len(before), after=len(after), p=p, inputs=(*before, *after))


def _without_largest(side: Notified) -> Decimal:
    return (side.ceilings - side.largest.ceiling).amount if side.largest else Decimal(0)


def _change(before: Decimal, after: Decimal) -> Rate | None:
    return Rate(as_fraction=after / before - 1) if before else None


# --- months of a fuel ------------------------------------------------------------------------------------


def _of_months(
    exports: EnergyFlows, day: dt.date, of: Entity, fuel: Fuel, later: list[Period], years_before: int
) -> MonthsCompared:
    earlier = [Period(month.year - years_before, month.part) for month in later]
    if earlier[-1] >= Period(day.year, f"{day.month:02}"):
        hint = f"give years_before={years_before + 1}, or at most {12 * years_before - 1} months"
        raise UnexpectedValueError("months before a day", f"{earlier[-1]} and the day {day}", hint)
    pairs = [_pair(exports, of, fuel, day, months, years_before) for months in zip(earlier, later, strict=True)]
    before = added(pair.before for pair in pairs)
    after = added(pair.after for pair in pairs)
    return MonthsCompared(
        of=of,
        day=day,
        fuel=fuel,
        months=len(later),
        earlier=PeriodRun(earlier[0], earlier[-1]),
        later=PeriodRun(later[0], later[-1]),
        before=before,
        after=after,
        change=_change(before.amount, after.amount),
        p=p_of_pairs([pair.after.amount - pair.before.amount for pair in pairs]),
        pairs=ResultTable(rows=tuple(pairs)),
        inputs=tuple(item for pair in pairs for item in pair.inputs),
    )


def _later(exports: EnergyFlows, day: dt.date, fuel: Fuel, first: Period | None, months: int | None) -> list[Period]:
    """Return the months after that of the day which the table has, or as many as are asked for."""
    of_day = Period(day.year, f"{day.month:02}")
    start = of_day.following if first is None else first
    if start.kind != "M" or start <= of_day:
        raise UnexpectedValueError("a first month after the day", str(start), f"give {of_day.following} or a later one")
    known = sorted({item.period for item in exports if item.fuel is fuel and item.period.kind == "M"})
    if not known:
        hint = "give a monthly table: natoburden.datasets.us_energy_exports('lng', every='month')"
        raise UnexpectedValueError("months of a fuel", f"{fuel} of {exports.edition}", hint)
    later = [month for month in known if month >= start]
    wanted = min(len(later), 12) if months is None else number_of_years(months, "number of months")
    if not 1 <= wanted <= len(later):
        there = f"{len(later)} months after {day}"
        raise NoObservationError(f"{wanted} months of {fuel}", "after the day", day.year, exports.edition, there)
    if wanted > MOST_PAIRS:
        raise UnexpectedValueError("number of months", str(wanted), f"at most {MOST_PAIRS}, for the exact test")
    return later[:wanted]


def _pair(
    exports: EnergyFlows, of: Entity, fuel: Fuel, day: dt.date, months: tuple[Period, Period], years_before: int
) -> MonthPair:
    earlier, later = months
    try:
        sides = [cells_of(exports, of, fuel, month, members_on=day) for month in months]
    except NoObservationError as error:
        told = (error.measure, error.entity, error.year, error.edition, error.available)
        other = f"years_before={years_before + 1} compares with the year before"
        raise NoObservationError(*told, "; ".join(filter(None, (error.reason, other)))) from error
    before, after = (added(side.quantities) for side in sides)
    missing = tuple(name for side in sides for name in side.missing)
    flows = tuple(flow for side in sides for flow in side.evidence)
    return MonthPair(earlier=earlier, later=later, before=before, after=after, missing=missing, inputs=flows)
