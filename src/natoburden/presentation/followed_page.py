"""A table of the brief: arms notified for allies, and their purchases of American gas, before and since a demand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter

import attrs

from natoburden.calculators.purchases import Shipments, notified
from natoburden.calculators.purchases.notice_changes import moved
from natoburden.datasets import energy_prices, us_arms_notifications, us_energy_exports
from natoburden.model.countries import Country
from natoburden.model.energy import Fuel
from natoburden.model.memberships import Entity
from natoburden.model.money import Money
from natoburden.model.sources import Source
from natoburden.presentation.columns import Column, Columns, Figure
from natoburden.presentation.formatting import MISSING, by_name, format_date, names_of
from natoburden.presentation.messages import Translate
from natoburden.presentation.purchases_rows import members_without, shipped_to
from natoburden.presentation.tables import Page

__all__ = ["Followed", "FollowedPage", "what_followed"]

_YEAR = 12  # months


@attrs.frozen(kw_only=True)
class Followed:
    """One ally's or group's notified ceilings and purchases of American LNG, before a day and since that day.

    `lng_before` and `lng_since` are the values of American LNG, or None if the figure is missing. `lng_without` lists
    the members of a group that have no figure in any table of LNG. If a member has no figure, the group's true sums of
    LNG may be larger.
    """

    entity: Entity
    notified_before: Money
    notified_since: Money
    lng_before: Money | None
    lng_since: Money | None
    lng_without: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether every figure is missing or zero."""
        figures = (self.notified_before, self.notified_since, self.lng_before, self.lng_since)
        return not any(figure is not None and figure.amount for figure in figures)


@attrs.frozen(kw_only=True, repr=False)
class FollowedPage(Page):
    """A page that compares allies' purchases before a day and since that day."""

    day: dt.date
    until: dt.date
    rows: tuple[Followed, ...]
    total: tuple[Followed, ...] = ()
    is_by_name: bool = True

    @property
    def totals(self) -> tuple[Followed, ...]:
        """The rows of groups, below the allies."""
        return self.total

    @property
    def months(self) -> int:
        """The number of whole months that the record covers after `day`; this number may differ from twelve."""
        whole = (self.until.year - self.day.year) * _YEAR + self.until.month - self.day.month
        return whole - (self.until.day < self.day.day)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that contain the exports and prices; each notice has its own document."""
        found = (*us_energy_exports("lng").sources, *energy_prices()["us_lng_export_price"].sources)
        return tuple({str(source): source for source in found}.values())

    def _title(self, _: Translate) -> str:
        return _("What followed: arms notified to Congress, and American LNG at the American port, USD bn")

    def _columns(self, _: Translate) -> Columns[Followed]:
        billions, year = Figure(scale=3), self.day.year
        arms, before, since = _("notified"), _("year before"), _("{months} months since").format(months=self.months)
        return (
            Column("key", lambda row: row.entity, (_("Ally"),)),
            Column("notified_year_before_million_usd", lambda row: row.notified_before, (arms, before), billions),
            Column("notified_since_million_usd", lambda row: row.notified_since, (arms, since), billions),
            Column("lng_year_before_million_usd", lambda row: row.lng_before),
            Column("lng_year_of_million_usd", lambda row: row.lng_since),
            Column(
                "",
                lambda row: row,
                (_("LNG"), str(year - 1)),
                _marked("lng_before"),
                measured=attrgetter("lng_before"),
                is_figure=True,
            ),
            Column(
                "",
                lambda row: row,
                (_("LNG"), str(year)),
                _marked("lng_since"),
                measured=attrgetter("lng_since"),
                is_figure=True,
            ),
        )

    def _ordered(self, _: Translate) -> Iterable[Followed]:
        return sorted(self.rows, key=lambda row: by_name(row.entity, locale=_.locale)) if self.is_by_name else self.rows

    def _notes(self, _: Translate) -> Iterator[str]:
        day, until = (format_date(when, locale=_.locale) for when in (self.day, self.until))
        yield _("notified: ceilings, not contracts, in the twelve months before {day}, and from it to {until}.").format(
            day=day, until=until
        )
        if self.months > _YEAR:
            text = _("The second span is longer than the first, {months} months: a larger sum is not yet a rise.")
            yield text.format(months=self.months)
        yield _("LNG: of whole calendar years, that of the demand included. {mark}: no figure.").format(mark=MISSING)
        if without := dict.fromkeys(name for row in self.total for name in row.lng_without):
            who = names_of(without, locale=_.locale)
            yield _("\N{GREATER-THAN OR EQUAL TO}: at least; the table of LNG has no figure for {who}.").format(who=who)
        yield _("Allies without either are left out. Neither shows what the demand caused.")


def what_followed(entities: Iterable[Entity], day: dt.date) -> Mapping[Entity, Followed]:
    """Return each country's or group's notified arms and purchases of American LNG, before a day and since that day."""
    notices, prices, exports = us_arms_notifications(), energy_prices(), us_energy_exports("lng")
    year_before, last = moved(day, -12), notices.last_day

    def shipped(whose: Entity, year: int) -> Shipments | None:
        if isinstance(whose, Country) and whose.alpha_3 == "USA":
            return None
        return shipped_to({Fuel.LNG: exports}, prices, whose, year, Fuel.LNG)

    def ceilings(whose: Entity, since: dt.date, until: dt.date) -> Money:
        return notified(notices, whose, since=since, until=until).total.ceilings

    def told(whose: Entity) -> Followed:
        sides = tuple(shipped(whose, year) for year in (day.year - 1, day.year))
        without = (name for side in sides if side is not None for name in members_without(side))
        return Followed(
            entity=whose,
            notified_before=ceilings(whose, year_before, day - dt.timedelta(1)),
            notified_since=ceilings(whose, day, last),
            lng_before=sides[0].value if sides[0] else None,
            lng_since=sides[1].value if sides[1] else None,
            lng_without=tuple(dict.fromkeys(without)),
        )

    return {whose: told(whose) for whose in entities}


def _marked(name: str) -> Callable[[Followed, Translate], str]:
    """Return a function that writes a sum as text, with a mark if the sum leaves out members of a group."""

    def written(row: Followed, _: Translate) -> str:
        value = getattr(row, name)
        mark = "\N{GREATER-THAN OR EQUAL TO}" if value is not None and row.lng_without else ""
        return f"{mark}{Figure(scale=3)(value, _)}"

    return written
