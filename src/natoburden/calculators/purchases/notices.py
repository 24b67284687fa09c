"""Notices to Congress of possible arms sales, with their ceilings, by year, buyer or capability area."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Literal, TypeAlias

import attrs

from natoburden.calculators._arguments import checked_choice, expect_table
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Result, Summary
from natoburden.calculators.targets.aggregates import aggregate_share, category_amount
from natoburden.errors import NoObservationError
from natoburden.model._checks import checked_day, expect
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Entity, EntityLike, Group, When, last_day
from natoburden.model.money import CURRENT_PRICES, Money
from natoburden.model.notices import Agency, NoticeStanding, SaleNotification, SaleNotifications
from natoburden.model.shares import Rate

__all__ = [
    "NOTICE",
    "SEVERAL",
    "By",
    "Notified",
    "NotifiedTable",
    "change",
    "checked_notices",
    "days_asked",
    "notified",
    "of_notices",
    "partly_covered",
    "uncollected",
]

By: TypeAlias = Literal["year", "quarter", "fiscal year", "buyer", "area", "standing"]

NOTICE = (
    "A ceiling is the most that Congress was told could be sold: not a contract, not a payment. Many sales stay below "
    "it, come years later, or never."
)
SEVERAL = "several areas, not divided"
_SELLER = Country("USA")


@attrs.frozen(kw_only=True)
class Notified(Result):
    """The notices of one row: their number, the sum of their ceilings, and how much of this sum was never bought.

    `largest` is the notice with the highest ceiling, and `rests_on_largest` is the share of this notice in the sum.
    `of_equipment` and `of_gdp` are the ceilings relative to equipment expenditure and GDP of the same year, if a table
    was given and covers the year. A ceiling is not spent in the year of its notice; therefore, `of_equipment` and
    `of_gdp` are not shares of spending.
    """

    note = NOTICE
    formula = "Σ ceilings of the notices"

    label: str
    count: int
    ceilings: Money
    never_bought: int
    ceilings_never_bought: Money
    largest: SaleNotification | None = attrs.field(repr=False, metadata={"in_row": False})
    of_equipment: Rate | None = None
    of_gdp: Rate | None = None

    @property
    def rests_on_largest(self) -> Rate | None:
        """The largest notice's share of the ceilings; None if the sum of the ceilings is zero."""
        if self.largest is None or not self.ceilings.amount:
            return None
        return Rate(as_fraction=self.largest.ceiling / self.ceilings)

    @property
    def headline(self) -> str:
        return f"Notified: {self.label}"

    @property
    def findings(self) -> Findings:
        found: list[Finding[Any]] = [Finding("notices", self.count), Finding("ceilings", self.ceilings)]
        if self.never_bought:
            found += [
                Finding("of which never bought", self.never_bought),
                Finding("ceilings of what was never bought", self.ceilings_never_bought),
            ]
        if self.largest is not None and (part := self.rests_on_largest) is not None:
            found += [Finding("largest notice", self.largest), Finding("its part of the ceilings", part, percent)]
        if self.of_equipment is not None:
            found.append(Finding("ceilings beside equipment expenditure of the year", self.of_equipment, percent))
        if self.of_gdp is not None:
            found.append(Finding("ceilings beside GDP of the year", self.of_gdp, percent))
        return tuple(found)


@attrs.frozen(kw_only=True)
class NotifiedTable(Summary[Notified]):
    """Notices and their total, with a row for each year, quarter, buyer, area or standing that has notices.

    `since` and `until` are the first and last day that were asked for. The first and the last year may be covered only
    in part.
    """

    note = NOTICE
    formula = "Σ ceilings of the notices of each row; each notice is in one row"

    of: Entity | Agency | None
    by: str
    since: dt.date
    until: dt.date
    total: Notified = attrs.field(repr=False)
    remarks: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        whose = "all buyers on record" if self.of is None else str(self.of)
        return f"Arms notified to Congress for {whose}, by {self.by}, {self.since} to {self.until}"

    @property
    def label_column(self) -> str:
        return self.by

    @property
    def findings(self) -> Findings:
        return (*self.total.findings, *(Finding("remark", words) for words in self.remarks))


def notified(
    notices: SaleNotifications,
    of: EntityLike | Agency | None = "NATO",
    *,
    by: By = "year",
    since: When | None = None,
    until: When | None = None,
    table: ExpenditureTable | None = None,
) -> NotifiedTable:
    """Compute the number of sales that were notified to Congress, and the sum of their ceilings.

    `of` is a buyer or a group; with None, all buyers on record are counted. Members of a group count from the day on
    which they join. NATO's agencies count for a group that includes every Ally other than the United States. `by` is
    ``"year"``, ``"quarter"``, ``"fiscal year"`` (American, from October), ``"buyer"``, ``"area"`` or ``"standing"``. A
    notice of several areas is not divided between these areas. `since` and `until` are days or years. With a `table` of
    expenditure, rows by calendar year also have the ceilings relative to equipment expenditure and GDP, if the table
    has these figures. For a group, equipment expenditure and GDP exclude the United States.

    The ceilings include sales that were never bought. Each row also states separately the ceilings of sales that were
    never bought. If the record covers only some of the requested days, a remark states its first or last day. Raises
    `UnexpectedValueError` for anything but a record of notices, and `UnknownNameError` for an unknown `by`. Raises
    `NoObservationError` if none of the days is on record. Raises `NoObservationError` also for a country without
    collected notices, since missing notices are not zero notices. If no notices were collected for a member of a group,
    a remark lists the member.

    >>> from natoburden.datasets import us_arms_notifications
    >>> for row in notified(us_arms_notifications(), since=2023):
    ...     print(row.label, row.count, row.ceilings)
    2023 45 USD 82.49 bn (current prices)
    2024 54 USD 74.50 bn (current prices)
    2025 35 USD 34.35 bn (current prices)
    2026 13 USD 17.95 bn (current prices)
    """
    record = checked_notices(notices)
    checked_choice("grouping", by, By)
    if table is not None:
        expect_table(table)
    wanted = None if of is None else record.buyer_named(of)
    first, last = days_asked(record, wanted, since, until)
    not_collected = uncollected(record, wanted, last.year)
    found = record.between(first, last)
    chosen = found if wanted is None else found.of(wanted)
    rows: dict[str, list[SaleNotification]] = {}
    for item in chosen:
        rows.setdefault(_KEYS[by](item), []).append(item)
    labels = sorted(rows) if by in ("year", "quarter", "fiscal year") else _by_ceiling(rows)
    years = wanted if table is not None and by == "year" else None
    made = (_with_shares(of_notices(label, rows[label]), table, years, label) for label in labels)
    whose = "all" if wanted is None else str(wanted)
    return NotifiedTable(
        of=wanted,
        by=by,
        since=first,
        until=last,
        rows=tuple(made),
        total=of_notices(f"{whose}, {first} to {last}", chosen),
        remarks=(*partly_covered(record, first, last), *not_collected),
    )


def days_asked(
    record: SaleNotifications, whose: Entity | Agency | None, since: When | None, until: When | None
) -> tuple[dt.date, dt.date]:
    """Return the first and last day that were asked for; by default, the first and last day of the record.

    Raises `NoObservationError` if none of the days is on record.
    """
    first = record.first_day if since is None else _first_day(since)
    last = record.last_day if until is None else last_day(until)
    is_backwards = since is not None and until is not None and last < first  # which `between` refuses
    if not is_backwards and (last < record.first_day or record.last_day < first):
        there, asked = f"{record.first_day} to {record.last_day}", "all buyers" if whose is None else str(whose)
        at = last.year if since is None else first.year
        raise NoObservationError("notices", asked, at, f"the record collected {record.collected}", there)
    return first, last


def partly_covered(record: SaleNotifications, first: dt.date, last: dt.date) -> tuple[str, ...]:
    """Return remarks on days that were asked for but are not on record."""
    covered = [
        ("from", record.first_day, first < record.first_day),
        ("only to", record.last_day, record.last_day < last),
    ]
    return tuple(f"notices are on record {word} {day}" for word, day, is_partly in covered if is_partly)


def uncollected(record: SaleNotifications, whose: Entity | Agency | None, year: int) -> tuple[str, ...]:
    """Return a remark on a group's members without collected notices.

    Raises `NoObservationError` for a country without collected notices, and for an agency that is not in the record.
    """
    agencies = {item.buyer for item in record if isinstance(item.buyer, Agency)}
    if isinstance(whose, Agency) and whose not in agencies and record.buyers and not record.is_selection:
        there = f"notices for {' and '.join(sorted(map(str, agencies)))}"
        raise NoObservationError("notices", str(whose), year, f"the record collected {record.collected}", there)
    names = () if whose is None else record.uncollected(whose)
    if names and not isinstance(whose, Group):
        reason = "none was collected for it, which is not zero"
        there = f"notices for {', '.join(country.alpha_3 for country in sorted(record.buyers))}"
        raise NoObservationError("notices", str(whose), year, f"the record collected {record.collected}", there, reason)
    return (f"no notices were collected for {', '.join(map(str, names))}, which is not zero",) if names else ()


def checked_notices(notices: object) -> SaleNotifications:
    """Return a record of notices unchanged; raise an error for any other value, such as a record of contracts."""
    hint = "give natoburden.datasets.us_arms_notifications(); contracts are another kind of figure"
    expect(notices, SaleNotifications, "a record of notices", hint)
    assert isinstance(notices, SaleNotifications)
    return notices


def of_notices(label: str, items: Iterable[SaleNotification]) -> Notified:
    """Return the number and ceilings of notices as one row."""
    found = tuple(items)
    refused = [item for item in found if item.standing is NoticeStanding.NEVER_BOUGHT]
    return Notified(
        label=label,
        count=len(found),
        ceilings=_sum(found),
        never_bought=len(refused),
        ceilings_never_bought=_sum(refused),
        largest=max(found, key=lambda item: item.ceiling.amount, default=None),
        inputs=found,
    )


def change(before: Decimal, after: Decimal) -> Rate | None:
    """Return the relative change of a figure; None if the earlier figure is zero."""
    return Rate(as_fraction=after / before - 1) if before else None


def _sum(items: Iterable[SaleNotification]) -> Money:
    found = [item.ceiling for item in items]
    return Money.total(found) if found else Money(0, "USD")


def _first_day(since: When) -> dt.date:
    return dt.date(checked_year(since), 1, 1) if isinstance(since, int) else checked_day(since)


def _area(item: SaleNotification) -> str:
    return SEVERAL if item.area is None else str(item.area)


_KEYS: Mapping[str, Callable[[SaleNotification], str]] = {
    "year": lambda item: str(item.year),
    "quarter": lambda item: str(item.quarter),
    "fiscal year": lambda item: str(item.us_fiscal_year),
    "buyer": lambda item: str(item.buyer),
    "area": _area,
    "standing": lambda item: str(item.standing),
}


def _by_ceiling(rows: Mapping[str, list[SaleNotification]]) -> list[str]:
    return sorted(rows, key=lambda label: (-_sum(rows[label]).amount, label))


def _with_shares(row: Notified, table: ExpenditureTable | None, whose: Entity | Agency | None, year: str) -> Notified:
    """Return a row with its ceilings relative to equipment expenditure and GDP, if the table has these figures."""
    if table is None or not isinstance(whose, Country | Group) or int(year) not in table.years:
        return row
    at = int(year)
    try:
        equipment, gdp, figures = _denominators(table, whose, at)
    except NoObservationError:
        return row
    return attrs.evolve(
        row,
        of_equipment=Rate(as_fraction=row.ceilings / equipment),
        of_gdp=Rate(as_fraction=row.ceilings / gdp),
        inputs=(*row.inputs, *figures),
    )


def _denominators(table: ExpenditureTable, whose: Entity, year: int) -> tuple[Money, Money, tuple[Evidence, ...]]:
    if isinstance(whose, Country):
        parts = [category_amount(table, Measure.EQUIPMENT_SHARE, whose, year)]
        gdp = table.gdp(whose, year, CURRENT_PRICES)
        return parts[0].amount, gdp.value, (*parts[0].inputs, gdp)
    buyers = whose.excluding(_SELLER)
    whole = aggregate_share(table, buyers, year, basis=CURRENT_PRICES)
    parts = [category_amount(table, Measure.EQUIPMENT_SHARE, ally, year) for ally in whole.members]
    figures = (item for part in (*parts, whole) for item in part.inputs)
    return Money.total(part.amount for part in parts), whole.gdp, tuple(dict.fromkeys(figures))
