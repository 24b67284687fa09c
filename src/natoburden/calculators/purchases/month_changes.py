"""Months of exports after a day, compared with the same calendar months of an earlier year, with an exact test."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs

from natoburden.calculators._arguments import number_of_years
from natoburden.calculators.findings import Finding, Findings, listed, or_none, places
from natoburden.calculators.purchases._exact_tests import MOST_PAIRS, p_of_pairs
from natoburden.calculators.purchases.notices import change
from natoburden.calculators.purchases.shipments import added, cells_of
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model.energy import EnergyFlows, Fuel
from natoburden.model.memberships import Entity
from natoburden.model.periods import Period, PeriodRun
from natoburden.model.quantities import EnergyQuantity
from natoburden.model.shares import Rate

__all__ = ["MonthPair", "MonthsCompared", "later_months", "months_compared"]

_P = places(3)
_HALF_A_YEAR = 6  # months


@attrs.frozen(kw_only=True)
class MonthPair(Result):
    """One month of exports, and the same calendar month of an earlier year."""

    formula = "later − earlier"

    earlier: Period
    later: Period
    before: EnergyQuantity
    after: EnergyQuantity
    missing: tuple[str, ...] = attrs.field(default=(), repr=False)

    def in_words(self) -> str:
        """Return the earlier and the later volume in one line."""
        return f"{self.before} in {self.earlier}, {self.after} in {self.later}"

    @property
    def headline(self) -> str:
        return f"{self.later} beside {self.earlier}"

    @property
    def findings(self) -> Findings:
        return Finding("earlier", self.before), Finding("later", self.after)


@attrs.frozen(kw_only=True)
class MonthsCompared(Result):
    """Exports to a buyer in months after a day, compared with the same calendar months of an earlier year.

    `p` is the two-sided p-value of an exact sign-flip test. The null hypothesis is that the two months of each pair
    could be exchanged. Consecutive months are not independent, which makes p too small.
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


def months_compared(
    exports: EnergyFlows, day: dt.date, of: Entity, fuel: Fuel, later: list[Period], years_before: int
) -> MonthsCompared:
    """Return exports of a fuel in some months beside the same months of an earlier year.

    Raises `UnexpectedValueError` if an earlier month is not before the month of the `day`.
    """
    earlier = [Period(month.year - years_before, month.part) for month in later]
    if earlier[-1] >= Period(day.year, f"{day.month:02}"):
        hint = f"give years_before={years_before + 1}, or at most {12 * years_before - 1} months"
        raise UnexpectedValueError("months before a day", f"{earlier[-1]} and the day {day}", hint)
    pairs = [_pair(exports, of, fuel, day, months) for months in zip(earlier, later, strict=True)]
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
        change=change(before.amount, after.amount),
        p=p_of_pairs([pair.after.amount - pair.before.amount for pair in pairs]),
        pairs=ResultTable(rows=tuple(pairs)),
        inputs=tuple(item for pair in pairs for item in pair.inputs),
    )


def later_months(
    exports: EnergyFlows, day: dt.date, fuel: Fuel, first: Period | None, months: int | None, years_before: int
) -> list[Period]:
    """Return the months of a table that follow a day, up to a given number of months.

    By default, at most 12 months are returned; with ``years_before=1``, at most 11, because the earlier months must end
    before the day.
    """
    most = min(12, 12 * years_before - 1)
    of_day = Period(day.year, f"{day.month:02}")
    start = of_day.following if first is None else first
    if start.kind != "M" or start <= of_day:
        raise UnexpectedValueError("a first month after the day", str(start), f"give {of_day.following} or a later one")
    known = sorted({item.period for item in exports if item.fuel is fuel and item.period.kind == "M"})
    if not known:
        hint = "give a monthly table: natoburden.datasets.us_energy_exports('lng', every='month')"
        raise UnexpectedValueError("months of a fuel", f"{fuel} of {exports.edition}", hint)
    later = [month for month in known if month >= start]
    wanted = min(len(later), most) if months is None else number_of_years(months, "number of months")
    if not 1 <= wanted <= len(later):
        there = f"at most {len(later)} months"
        raise NoObservationError(f"{wanted} months", f"{fuel} after {day}", day.year, exports.edition, there)
    if wanted > MOST_PAIRS:
        raise UnexpectedValueError("number of months", str(wanted), f"at most {MOST_PAIRS}, for the exact test")
    return later[:wanted]


def _pair(exports: EnergyFlows, of: Entity, fuel: Fuel, day: dt.date, months: tuple[Period, Period]) -> MonthPair:
    earlier, later = months
    try:
        sides = [cells_of(exports, of, fuel, month, members_on=day) for month in months]
    except NoObservationError as error:
        told = (f"figure of {fuel} for {' or '.join(map(str, months))}", str(of), error.year, error.edition)
        hint = "; ".join(filter(None, (error.reason, _comparable(exports, of, fuel, day))))
        raise NoObservationError(*told, error.available, hint) from error
    before, after = (added(side.quantities) for side in sides)
    missing = tuple(name for side in sides for name in side.missing)
    flows = tuple(flow for side in sides for flow in side.evidence)
    return MonthPair(earlier=earlier, later=later, before=before, after=after, missing=missing, inputs=flows)


def _comparable(exports: EnergyFlows, of: Entity, fuel: Fuel, day: dt.date) -> str:
    """Return which arguments would give figures on both sides for at least half a year, or an empty text.

    The text suggests the smallest number of years that works.
    """
    known = {item.period for item in exports if item.fuel is fuel and item.period.kind == "M"}
    there = {month for month in known if _has_figure(exports, of, fuel, month, day)}
    day_month = Period(day.year, f"{day.month:02}")
    for years_before in range(1, 11):
        runs: list[list[Period]] = []
        for later in sorted(month for month in there if month > day_month):
            earlier = Period(later.year - years_before, later.part)
            if earlier in there and earlier < day_month:
                follows = bool(runs) and runs[-1][-1].following == later and len(runs[-1]) < MOST_PAIRS
                runs[-1:] = [[*runs[-1], later]] if follows else [*runs[-1:], [later]]
        longest = max(runs, key=len, default=[])
        if len(longest) >= _HALF_A_YEAR:
            found = f"first='{longest[0]}', months={len(longest)}, years_before={years_before}"
            return f"both sides have figures with {found}"
    return ""


def _has_figure(exports: EnergyFlows, of: Entity, fuel: Fuel, at: Period, day: dt.date) -> bool:
    try:
        return bool(cells_of(exports, of, fuel, at, members_on=day).quantities)
    except NoObservationError:
        return False
