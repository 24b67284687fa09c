"""An ally's or group's yearly purchases from the United States, beside its expenditure and its gap to a target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from natoburden.calculators.purchases import (
    NoticesCompared,
    Notified,
    NotifiedTable,
    Shipments,
    before_and_after,
    notified,
)
from natoburden.calculators.purchases.notices import SEVERAL, By, of_notices
from natoburden.datasets import defence_expenditure, energy_prices, us_arms_notifications, us_energy_exports
from natoburden.datasets.targets import HAGUE_CORE, US_DEMAND, target_entries
from natoburden.datasets.targets import target as look_up
from natoburden.errors import UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.energy import Fuel
from natoburden.model.expenditure import CountedBy, ExpenditureTable
from natoburden.model.memberships import Entity, EntityLike, Group, find_entity
from natoburden.model.shares import Rate
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import Target, TargetLike
from natoburden.presentation.columns import Column, Columns, Figure
from natoburden.presentation.formatting import (
    MISSING,
    country_name,
    format_date,
    format_number,
    format_rate,
    names_of,
    target_text,
)
from natoburden.presentation.messages import N_, Translate
from natoburden.presentation.purchases_rows import (
    FUELS,
    KEYS,
    PurchasesRow,
    found,
    members_without,
    row_of_year,
    shipped_to,
)
from natoburden.presentation.tables import Page
from natoburden.presentation.two_definitions import definition_notes

__all__ = ["PurchasesPage", "PurchasesRow", "purchase_list"]

_NAMES = {Fuel.LNG: N_("LNG"), Fuel.CRUDE: N_("crude oil"), Fuel.DISTILLATE: N_("gas oil and diesel")}
_AREAS = {"other": N_("other areas"), SEVERAL: N_("several areas, not divided")}
_SELLER = Country("USA")
_DAY_OF_THE_DEMAND = next(entry.adopted for entry in target_entries() if entry.target is US_DEMAND)
_CEILING = N_(
    "Notified: the most that Congress was told could be sold; not contracts, not payments. Counted from {first} to "
    "{last}, in releases of the Defense Security Cooperation Agency and the Department of State; a few are missing."
)
_PORT = N_(
    "Energy: American exports by declared destination, which cargoes may leave for another; LNG by vessel, in billion "
    "cubic feet (bcf), oil in million barrels (mb). Value: volume x price at the American port, not what the buyer "
    "paid; oil at spot prices. Crude oil has no second copy to check against."
)


@attrs.frozen(kw_only=True, repr=False)
class PurchasesPage(Page):
    """The page on an ally's or group's notices and American energy, and on changes after the demand."""

    entity: Entity
    by: By
    target: Target
    day: dt.date
    record: NotifiedTable
    rows: tuple[PurchasesRow, ...]
    changed: NoticesCompared | None
    gas: tuple[Shipments, Shipments] | None
    edition: Source
    counted_by: CountedBy
    covered: tuple[dt.date, dt.date]
    lacking: tuple[Fuel, ...] = ()
    uncollected: tuple[Country, ...] = ()

    @property
    def totals(self) -> tuple[PurchasesRow, ...]:
        """The row with the sum of all notices, which a page by year does not have."""
        return () if self.by == "year" else (PurchasesRow(label=N_("total"), notices=self.record.total),)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents of the tables behind the rows; single notices are listed only in CSV and JSON."""
        shipped = [item for row in self.rows for item in row.shipments if item is not None] + [*(self.gas or ())]
        beside = (self.edition, self.target.source) if self.by == "year" else ()
        found = [*(source for item in shipped for source in item.sources), *beside]
        return tuple({str(source): source for source in found}.values())

    def _title(self, _: Translate) -> str:
        return _("Purchases from the United States: {who}").format(who=country_name(self.entity, locale=_.locale))

    def _columns(self, _: Translate) -> Columns[PurchasesRow]:
        billions, dollars, of_gdp = Figure(scale=3), _("USD bn"), _("% GDP")

        def notified_part(name: str) -> Callable[[PurchasesRow], Any]:
            return lambda row: row.notices and getattr(row.notices, name)

        notices: Columns[PurchasesRow] = (
            Column("label", lambda row: row.label),
            *((Column[PurchasesRow]("notices_until", self._until),) if self.by == "year" else ()),
            Column("", self._year_or_row, (_(_HEADS[self.by]),), self._label),
            Column("notices", lambda row: row.count, (_("noti-"), _("ces")), Figure(decimals=0), full=(_("notices"),)),
            Column("never_bought", notified_part("never_bought")),
            Column(
                "ceilings_million_usd",
                notified_part("ceilings"),
                (_("notif."), dollars),
                billions,
                full=(_("notified"), dollars),
            ),
        )
        more: Columns[PurchasesRow] = (
            Column("ceilings_of_equipment_percent", notified_part("of_equipment")),
            Column("notice_keys", lambda row: row.keys),
        )
        beside = Column[PurchasesRow](
            "ceilings_of_gdp_percent",
            lambda row: row.ceilings_of_gdp,
            (_("notif."), of_gdp),
            Figure(),
            full=(_("notified"), of_gdp),
        )
        if self.by != "year":
            return (*notices, attrs.evolve(beside, heading=()), *more)
        units, oil = ("million_cubic_feet", "thousand_barrels", "thousand_barrels"), FUELS[1:]
        volume = Figure(decimals=0, scale=3)
        return (
            *notices,
            beside,
            *more,
            *(
                Column[PurchasesRow](f"{KEYS[fuel]}_{unit}", _of("volume_of", fuel))
                for fuel, unit in zip(FUELS, units, strict=True)
            ),
            *(Column[PurchasesRow](f"{KEYS[fuel]}_million_usd", _of("value_of", fuel)) for fuel in FUELS),
            Column("oil_million_usd", _of("value_of", *oil)),
            Column("without_figure", lambda row: row.without_figure),
            _marked("volume_of", (_("LNG"), _("bcf")), volume, Fuel.LNG),
            _marked("value_of", (_("LNG"), dollars), billions, Fuel.LNG),
            _marked("volume_of", (_("oil"), _("mb")), volume, *oil),
            _marked("value_of", (_("oil"), dollars), billions, *oil),
            Column("energy_of_gdp_percent", lambda row: row.energy_of_gdp),
            _marked("energy_of_gdp", (_("energy"), of_gdp), Figure(), *FUELS),
            Column("share_of_gdp_percent", _spent("share"), (_("spent"), of_gdp), Figure()),
            Column("gap_points", _spent("points"), (_("gap"), _("pp")), Figure()),
            Column("gap_million_usd", _spent("amount"), (_("gap"), dollars), billions),
        )

    def _until(self, row: PurchasesRow) -> str:
        """Return the last day of the record for a year that is only covered in part; empty for all other rows."""
        last = self.covered[1]
        is_cut = self.by == "year" and row.label == str(last.year) and (last.month, last.day) != (12, 31)
        return str(last) if is_cut else ""

    def _year_or_row(self, row: PurchasesRow) -> PurchasesRow | int:
        """Return a row's year as a number if the record covers the whole year; for all other rows, return the row."""
        return int(row.label) if row.label.isdigit() and not self._until(row) else row

    def _label(self, row: PurchasesRow | int, _: Translate) -> str:
        if isinstance(row, int):
            return str(row)
        if self._until(row):
            return f"{row.label}*"
        if self.by == "buyer" and isinstance(row.buyer, Country) and row.label == str(row.buyer):
            return country_name(row.buyer, locale=_.locale)
        return _(_AREAS.get(row.label, row.label))

    def _facts(self) -> dict[str, Any]:
        return {
            "entity": self.entity.key,
            "by": self.by,
            "target": self.target.key,
            "changed": self.changed and self.changed.to_dict(),
            "gas": [item.to_dict() for item in self.gas or ()],
        }

    def _notes(self, _: Translate) -> Iterator[str]:
        yield from self._since_the_demand(_)
        first, last = (format_date(day, locale=_.locale) for day in self.covered)
        yield _(_CEILING).format(first=first, last=last)
        if any(map(self._until, self.rows)):
            yield _("*: notices to {last} only.").format(last=last)
        if self.uncollected:
            who = ", ".join(country_name(name, locale=_.locale) for name in self.uncollected)
            yield _("No notices were collected for {who}, which is not zero.").format(who=who)
        if refused := self.record.total.never_bought:
            ceilings = format_number(self.record.total.ceilings_never_bought.in_billions, 2, locale=_.locale)
            text = _("Among them, known never to have been bought: {count}, ceilings of USD {money} bn.")
            yield text.format(count=refused, money=ceilings)
        if self.by == "year":
            yield _(_PORT)
            yield _("gap: to {target}, a group's gross. {mark}: no figure; missing is not zero.").format(
                target=target_text(self.target, locale=_.locale), mark=MISSING
            )
            yield from definition_notes(self.counted_by, _)
            yield from self._left_out(_)
        yield _("The kinds of figure do not add up.")

    def _left_out(self, _: Translate) -> Iterator[str]:
        """Yield notes on missing figures of energy, for the ally or for members of a group."""
        if self.lacking:
            text = _("No figure for {who} in the tables of American exports, which is not zero: {fuels}.")
            fuels = ", ".join(_(_NAMES[fuel]) for fuel in self.lacking)
            yield text.format(who=country_name(self.entity, locale=_.locale), fuels=fuels)
        for fuel in FUELS:
            last = next((item for row in reversed(self.rows) if (item := row.shipped(fuel)) is not None), None)
            if last is not None and last.missing:
                who = names_of(members_without(last), locale=_.locale)
                text = _("\N{GREATER-THAN OR EQUAL TO}: at least; {fuel} of {year} is without a figure for {who}.")
                yield text.format(fuel=_(_NAMES[fuel]), year=last.period, who=who)

    def _since_the_demand(self, _: Translate) -> Iterator[str]:
        if self.changed is not None:
            found, locale = self.changed, _.locale
            text = _(
                "{months} months before {day} and from that day on: {before} and {after} notices (p of equal rates "
                "{p}, exact, two-sided), ceilings of USD {money_before} bn and {money_after} bn."
            )
            if not found.before.count + found.after.count:
                text = _("{months} months before {day} and from that day on: no notice.")
            yield text.format(
                months=found.months,
                day=format_date(self.day, locale=locale),
                before=found.before.count,
                after=found.after.count,
                p=format_number(found.p, 3, locale=locale),
                money_before=format_number(found.before.ceilings.in_billions, 2, locale=locale),
                money_after=format_number(found.after.ceilings.in_billions, 2, locale=locale),
            )
        if self.gas is not None:
            yield self._gas_told(*self.gas, _)
        if self.changed is not None or self.gas is not None:
            yield _(
                "A notice ends months or years of talks, and cargoes come under contracts signed years before: neither "
                "shows what the demand caused."
            )

    def _gas_told(self, earlier: Shipments, later: Shipments, _: Translate) -> str:
        def bcf(item: Shipments) -> str:
            mark = "\N{GREATER-THAN OR EQUAL TO}" if item.missing else ""
            return f"{mark}{format_number(item.quantity.amount / 1000, 1, locale=_.locale)}"

        def billions(item: Shipments) -> str:
            mark = "\N{GREATER-THAN OR EQUAL TO}" if item.missing else ""
            return f"{mark}{format_number(_money(item).in_billions, 2, locale=_.locale)}"

        text = _(
            "American LNG: {volume_before} bcf in {first} and {volume_after} bcf in {last}, both whole years{change}; "
            "value at the port USD {before} bn and {after} bn."
        )
        change = ""
        if earlier.quantity.amount and members_without(earlier) == members_without(later):
            rate = Rate(as_fraction=later.quantity.amount / earlier.quantity.amount - 1)
            change = f" ({'+' if rate.as_fraction > 0 else ''}{format_rate(rate, locale=_.locale)})"
        return text.format(
            volume_before=bcf(earlier),
            volume_after=bcf(later),
            first=earlier.period,
            last=later.period,
            change=change,
            before=billions(earlier),
            after=billions(later),
        )


_HEADS = {
    "year": N_("year"),
    "quarter": N_("quarter"),
    "fiscal year": N_("fiscal year"),
    "buyer": N_("buyer"),
    "area": N_("area"),
    "standing": N_("standing"),
}


def _money(item: Shipments) -> Any:
    return item.value


def _of(name: str, *fuels: Fuel) -> Callable[[PurchasesRow], object]:
    return lambda row: getattr(row, name)(*fuels)


def _marked(name: str, heading: tuple[str, ...], figure: Figure, *fuels: Fuel) -> Column[PurchasesRow]:
    """Return a column of the table; figures that leave out members of a group are marked."""

    def measured(row: PurchasesRow) -> object:
        part = getattr(row, name)
        return part(*fuels) if callable(part) else part

    def written(row: PurchasesRow, _: Translate) -> str:
        value = measured(row)
        mark = "\N{GREATER-THAN OR EQUAL TO}" if value is not None and row.is_at_least(*fuels) else ""
        return f"{mark}{figure(value, _)}"

    return Column("", lambda row: row, heading, written, measured=measured, is_figure=True)


def _spent(name: str) -> Callable[[PurchasesRow], object]:
    def spent(row: PurchasesRow) -> object:
        if row.spending is None:
            return None
        return row.spending.share if name == "share" else getattr(row.spending.gaps[0], name)

    return spent


def purchase_list(
    entity: EntityLike = "NATO_EUROPE",
    *,
    table: ExpenditureTable | None = None,
    since: int | None = None,
    by: By = "year",
    target: TargetLike = HAGUE_CORE,
    day: dt.date | None = None,
) -> PurchasesPage:
    """Compute the notices and American energy of an ally or group, and what changed after the American demand.

    A page by year also has energy, expenditure and the gap to a `target`. A page by quarter, area or buyer has only
    notices. Rows by year begin with the year `since`, or by default with the first year of notices to Congress. A group
    is counted without the United States, which is the seller. Sums of energy leave out members without a figure, and
    the page lists these members. `day` is the day of the demand, by default 14 February 2025. Figures that are missing
    from the tables are None. Raises `UnexpectedValueError` for the United States and for a first year after the record,
    and `NoObservationError` for a country without collected notices.

    >>> page = purchase_list("Germany", table=defence_expenditure("2026-07"), since=2024)
    >>> row = page.rows[1]
    >>> print(row.label, row.notices.ceilings, row.value_of(Fuel.LNG))
    2025 USD 4.73 bn (current prices) USD 2.82 bn (current prices)
    >>> print(page.day)
    2025-02-14
    """
    data, around = table or defence_expenditure(), day or _DAY_OF_THE_DEMAND
    goal = look_up(target)
    whose = _buyer(entity, data.latest_year)
    notices, prices = us_arms_notifications(), energy_prices()
    if since is not None and since > notices.last_day.year:
        hint = f"notices are on record from {notices.first_day} to {notices.last_day}"
        raise UnexpectedValueError("a first year", str(since), hint)
    exports = {fuel: us_energy_exports(fuel) for fuel in FUELS}
    shipped_in = sorted({item.period.year for item in exports[Fuel.LNG]})
    start = notices.first_day.year if since is None else max(since, shipped_in[0])
    record = notified(notices, whose, by=by, since=max(start, notices.first_day.year), table=data)
    by_label = {row.label: row for row in record}

    def notices_in(year: int) -> Notified | None:
        covered = year >= notices.first_day.year
        return by_label.get(str(year), of_notices(str(year), ())) if covered else None

    if by != "year":
        rows = tuple(PurchasesRow(label=row.label, notices=row) for row in record)
    else:
        years = range(start, notices.last_day.year + 1)
        rows = tuple(row_of_year(data, whose, year, notices_in(year), exports, prices, goal) for year in years)
    last_years = shipped_in[-2:] if by == "year" else ()
    gas = [shipped_to(exports, prices, whose, year, Fuel.LNG) for year in last_years]
    told = [item for item in gas if item is not None]
    return PurchasesPage(
        entity=whose,
        by=by,
        target=goal,
        day=around,
        record=record,
        rows=rows,
        changed=found(lambda: before_and_after(notices, around, of=whose)),
        gas=(told[0], told[1]) if len(told) > 1 and any(item.quantity.amount for item in told) else None,
        edition=data.edition.source,
        counted_by=data.edition.counted_by,
        covered=(max(record.since, notices.first_day), notices.last_day),
        uncollected=notices.uncollected(whose),
        lacking=tuple(fuel for fuel in FUELS if by == "year" and not any(row.shipped(fuel) for row in rows)),
    )


def _buyer(entity: EntityLike, year: int) -> Entity:
    """Return a country, or a group without the United States; raises an error for the United States itself."""
    found = find_entity(entity)
    if found == _SELLER:
        raise UnexpectedValueError("a buyer", str(found), "the United States sells: name an ally or a group")
    if not isinstance(found, Group) or _SELLER not in found.members(year):
        return found
    if found.key == "NATO":  # NATO's tables print figures of NATO without the United States
        return Group.find("NATO_EUR_CAN")
    return found.excluding(_SELLER)
