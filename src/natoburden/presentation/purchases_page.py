"""What an ally or group buys from the United States, by year, beside its expenditure and the gap to a target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import attrs

from natoburden.calculators.purchases import (
    NoticesCompared,
    Notified,
    NotifiedTable,
    Shipments,
    before_and_after,
    energy,
    notified,
)
from natoburden.calculators.purchases.notices import By, of_notices
from natoburden.calculators.targets import aggregate_share
from natoburden.datasets import defence_expenditure, energy_prices, us_arms_notifications, us_energy_exports
from natoburden.datasets.targets import HAGUE_CORE, US_DEMAND
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.energy import EnergyFlows, Fuel
from natoburden.model.expenditure import Edition, ExpenditureTable
from natoburden.model.memberships import Entity, EntityLike, Group, find_entity
from natoburden.model.money import CURRENT_PRICES, Money
from natoburden.model.notices import SaleNotification
from natoburden.model.prices import EnergyPrices
from natoburden.model.shares import Rate
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import Target
from natoburden.presentation.brief_page import BriefRow, ally_row, group_row
from natoburden.presentation.columns import Column, Columns, Figure
from natoburden.presentation.formatting import (
    MISSING,
    country_name,
    format_date,
    format_number,
    format_rate,
    target_text,
)
from natoburden.presentation.messages import N_, Translate
from natoburden.presentation.tables import Page

__all__ = ["PurchasesPage", "PurchasesRow", "purchases_page"]

T = TypeVar("T")

_FUELS = (Fuel.LNG, Fuel.CRUDE, Fuel.DISTILLATE)
_KEYS = {Fuel.LNG: "lng", Fuel.CRUDE: "crude", Fuel.DISTILLATE: "distillate"}
_CEILING = N_(
    "Notified: the most that Congress was told could be sold; not contracts, not payments. Counted from {first} to "
    "{last}, in releases of the Defense Security Cooperation Agency and the Department of State."
)
_PORT = N_("Energy: American exports by declared destination, at their value at the American port; oil at spot prices.")


@attrs.frozen(kw_only=True)
class PurchasesRow:
    """One year, or one label of notices; None for what no table has, which is not zero."""

    label: str
    notices: Notified | None
    shipments: tuple[Shipments | None, ...] = ()
    spending: BriefRow | None = None
    gdp: Money | None = None

    def shipped(self, fuel: Fuel) -> Shipments | None:
        """Return what was shipped of a fuel."""
        return next((item for item in self.shipments if item is not None and item.fuel is fuel), None)

    def value_of(self, *fuels: Fuel) -> Money | None:
        """Return the value of fuels at the American port; None where a table lacks one of them."""
        values = [item.value for fuel in fuels if (item := self.shipped(fuel)) is not None and item.value is not None]
        return Money.total(values) if len(values) == len(fuels) else None

    @property
    def count(self) -> int | None:
        """How many notices there are; None for a year before the record."""
        return None if self.notices is None else self.notices.count

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the notices."""
        inputs = () if self.notices is None else self.notices.inputs
        return tuple(item.key for item in inputs if isinstance(item, SaleNotification))

    @property
    def energy_of_gdp(self) -> Rate | None:
        """The value of all fuels beside GDP."""
        value = self.value_of(*_FUELS)
        return None if value is None or self.gdp is None else Rate(as_fraction=value / self.gdp)


@attrs.frozen(kw_only=True, repr=False)
class PurchasesPage(Page):
    """Notices and energy of an ally or group, and what changed with the demand."""

    entity: Entity
    by: By
    target: Target
    edition: Edition
    day: dt.date
    record: NotifiedTable
    rows: tuple[PurchasesRow, ...]
    changed: NoticesCompared | None
    gas: tuple[Shipments, Shipments] | None
    covered: tuple[dt.date, dt.date]
    lacking: tuple[str, ...] = ()

    @property
    def totals(self) -> tuple[PurchasesRow, ...]:
        """All notices together, where rows are not years."""
        return () if self.by == "year" else (PurchasesRow(label=N_("total"), notices=self.record.total),)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The tables behind the rows, without the single notices, which CSV and JSON name."""
        if self.by != "year":
            return ()
        shipped = (item for row in self.rows for item in row.shipments if item is not None)
        found = [*(source for item in shipped for source in item.sources), self.edition.source, self.target.source]
        return tuple({str(source): source for source in found}.values())

    def _title(self, _: Translate) -> str:
        return _("Purchases from the United States: {who}").format(who=country_name(self.entity, locale=_.locale))

    def _columns(self, _: Translate) -> Columns[PurchasesRow]:
        billions, dollars, of_gdp = Figure(scale=3), _("USD bn"), _("% GDP")

        def notified_part(name: str) -> Callable[[PurchasesRow], Any]:
            return lambda row: None if row.notices is None else getattr(row.notices, name)

        notices: Columns[PurchasesRow] = (
            Column("label", lambda row: row.label, (_(_HEADS[self.by]),), lambda label, _: _(label)),
            Column("notices", lambda row: row.count, (_("noti-"), _("ces")), Figure(decimals=0)),
            Column("never_bought", notified_part("never_bought")),
            Column("ceilings_million_usd", notified_part("ceilings"), (_("notified"), dollars), billions),
            Column("ceilings_of_gdp_percent", notified_part("of_gdp")),
            Column("ceilings_of_equipment_percent", notified_part("of_equipment")),
            Column("notice_keys", lambda row: row.keys),
        )
        if self.by != "year":
            return notices
        units = ("million_cubic_feet", "thousand_barrels", "thousand_barrels")
        return (
            *notices,
            *(
                Column[PurchasesRow](f"{_KEYS[fuel]}_{unit}", _volume(fuel))
                for fuel, unit in zip(_FUELS, units, strict=True)
            ),
            *(Column[PurchasesRow](f"{_KEYS[fuel]}_million_usd", _value(fuel)) for fuel in _FUELS[1:]),
            Column("lng_million_usd", _value(Fuel.LNG), (_("LNG"), dollars), billions),
            Column("oil_million_usd", _value(*_FUELS[1:]), (_("oil"), dollars), billions),
            Column("energy_of_gdp_percent", lambda row: row.energy_of_gdp, (_("energy"), of_gdp), Figure()),
            Column("share_of_gdp_percent", _spent("share"), (_("spent"), of_gdp), Figure()),
            Column("gap_points", _spent("points"), (_("gap"), _("pp")), Figure()),
            Column("gap_million_usd", _spent("amount"), (_("gap"), dollars), billions),
        )

    def _facts(self) -> dict[str, Any]:
        return {
            "entity": self.entity.key,
            "by": self.by,
            "target": self.target.key,
            "changed": self.changed and self.changed.to_dict(),
        }

    def _notes(self, _: Translate) -> Iterator[str]:
        yield from self._since_the_demand(_)
        first, last = (format_date(day, locale=_.locale) for day in self.covered)
        yield _(_CEILING).format(first=first, last=last)
        if self.by == "year":
            yield _(_PORT)
            yield _("gap: to {target}. {mark}: no figure; missing is not zero.").format(
                target=target_text(self.target, locale=_.locale), mark=MISSING
            )
            if any(item is not None and item.missing for row in self.rows for item in row.shipments):
                yield _(
                    "Oil of a group: of the members that the tables name, so that value and share are at least what "
                    "stands here."
                )
            of_group = isinstance(self.entity, Group)
            for words in self.lacking:
                text = (
                    _("{what}: no sum for the group, since the tables lack a member.")
                    if of_group
                    else _("No table of exports names them: {what}.")
                )
                yield text.format(what=words)
        yield _("The kinds of figure do not add up.")

    def _since_the_demand(self, _: Translate) -> Iterator[str]:
        if self.changed is not None:
            found, locale = self.changed, _.locale
            yield _(
                "{months} months before {day} and from it on: {before} and {after} notices (p of equal rates {p}, "
                "exact, two-sided), ceilings of USD {money_before} bn and {money_after} bn."
            ).format(
                months=found.months,
                day=format_date(self.day, locale=locale),
                before=found.before.count,
                after=found.after.count,
                p=format_number(found.p, 3, locale=locale),
                money_before=format_number(found.before.ceilings.in_billions, 2, locale=locale),
                money_after=format_number(found.after.ceilings.in_billions, 2, locale=locale),
            )
        if self.gas is not None:
            earlier, later = self.gas
            volume = Rate(as_fraction=later.quantity.amount / earlier.quantity.amount - 1)
            text = _("American LNG from {first} to {last}: {volume} by volume, {value} by value.")
            value = Rate(as_fraction=_money(later) / _money(earlier) - 1)
            yield text.format(
                first=earlier.period,
                last=later.period,
                volume=_signed(volume, _.locale),
                value=_signed(value, _.locale),
            )


_HEADS = {
    "year": N_("year"),
    "quarter": N_("quarter"),
    "fiscal year": N_("fiscal year"),
    "buyer": N_("buyer"),
    "area": N_("area"),
    "standing": N_("standing"),
}


def _signed(rate: Rate, locale: str) -> str:
    return f"{'+' if rate.as_percent > 0 else ''}{format_rate(rate, locale=locale)}"


def _money(item: Shipments) -> Any:
    return item.value


def _volume(fuel: Fuel) -> Callable[[PurchasesRow], object]:
    def volume(row: PurchasesRow) -> object:
        item = row.shipped(fuel)
        return None if item is None else item.quantity.amount

    return volume


def _spent(name: str) -> Callable[[PurchasesRow], object]:
    def spent(row: PurchasesRow) -> object:
        if row.spending is None:
            return None
        return row.spending.share if name == "share" else getattr(row.spending.gaps[0], name)

    return spent


def _value(*fuels: Fuel) -> Callable[[PurchasesRow], object]:
    return lambda row: row.value_of(*fuels)


def purchases_page(
    entity: EntityLike = "NATO_EUROPE",
    *,
    table: ExpenditureTable | None = None,
    since: int | None = None,
    by: By = "year",
    target: Target = HAGUE_CORE,
    day: dt.date | None = None,
) -> PurchasesPage:
    """Compute what an ally or group buys from the United States: arms notified, LNG and oil, and what changed.

    By year the page has energy, expenditure and the gap to a `target` too; by quarter, area or buyer it has notices
    alone. `day` is that of the demand, 13 February 2025 unless you name another. What a table does not hold is None.
    Raises `UnexpectedValueError` for a first year after the record, and for the United States itself.

    >>> page = purchases_page("Germany", table=defence_expenditure("2026-07"), since=2024)
    >>> row = page.rows[1]
    >>> print(row.label, row.notices.ceilings, row.value_of(Fuel.LNG))
    2025 USD 4.73 bn (current prices) USD 2.82 bn (current prices)
    """
    whose, data, around = find_entity(entity), table or defence_expenditure(), day or US_DEMAND.adopted
    if isinstance(whose, Country) and whose.alpha_3 == "USA":
        raise UnexpectedValueError("a buyer of American arms and energy", str(whose), "name another country or a group")
    notices, prices = us_arms_notifications(), energy_prices()
    first = notices.first_day.year if since is None else since
    if first > notices.last_day.year:
        hint = f"notices are on record from {notices.first_day} to {notices.last_day}"
        raise UnexpectedValueError("a first year", str(first), hint)
    record = notified(notices, whose, by=by, since=max(first, notices.first_day.year), table=data)
    exports = {fuel: us_energy_exports(fuel) for fuel in _FUELS}
    by_label = {row.label: row for row in record}
    if by != "year":
        rows = tuple(PurchasesRow(label=row.label, notices=row) for row in record)
    else:
        years = range(first, notices.last_day.year + 1)
        start = notices.first_day.year
        rows = tuple(
            _year(data, whose, year, by_label.get(str(year)), start, exports, prices, target) for year in years
        )
    shipped = [item for row in rows if (item := row.shipped(Fuel.LNG)) is not None and item.quantity.amount]
    return PurchasesPage(
        entity=whose,
        by=by,
        target=target,
        edition=data.edition,
        day=around,
        record=record,
        rows=rows,
        changed=_found(lambda: before_and_after(notices, around, of=whose)),
        gas=(shipped[-2], shipped[-1]) if len(shipped) > 1 else None,
        covered=(max(record.since, notices.first_day), notices.last_day),
        lacking=tuple(f"{fuel}" for fuel in _FUELS if by == "year" and _is_unnamed(rows, fuel, exports[fuel])),
    )


def _is_unnamed(rows: Iterable[PurchasesRow], fuel: Fuel, exports: EnergyFlows) -> bool:
    """Return whether no row has a fuel although its table covers the year of one."""
    years = {str(item.period.year) for item in exports}
    found = [row.shipped(fuel) for row in rows if row.label in years]
    return bool(found) and not any(found)


def _year(
    table: ExpenditureTable,
    whose: Entity,
    year: int,
    notices: Notified | None,
    first_on_record: int,
    exports: Mapping[Fuel, EnergyFlows],
    prices: EnergyPrices,
    target: Target,
) -> PurchasesRow:
    if notices is None and year >= first_on_record:
        notices = of_notices(str(year), ())

    def shipped(fuel: Fuel) -> Shipments | None:
        is_oil = fuel is not Fuel.LNG  # its tables name the larger buyers alone
        return _found(lambda: energy(exports[fuel], prices, whose, year, fuel=fuel, partial_ok=is_oil))

    def spending() -> BriefRow:
        return (
            group_row(table, whose, year, (target,))
            if isinstance(whose, Group)
            else ally_row(table, whose, year, (target,))
        )

    def gdp() -> Money:
        if isinstance(whose, Group):
            return aggregate_share(table, whose, year, basis=CURRENT_PRICES).gdp
        return table.gdp(whose, year, CURRENT_PRICES).value

    return PurchasesRow(
        label=str(year),
        notices=notices,
        shipments=tuple(map(shipped, _FUELS)),
        spending=spending() if year in table.years else None,
        gdp=_found(gdp),
    )


def _found(look_up: Callable[[], T]) -> T | None:
    try:
        return look_up()
    except NoObservationError:
        return None
