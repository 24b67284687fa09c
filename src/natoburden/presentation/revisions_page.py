"""A page with two tables: later revisions of the counts that editions printed, and the allies that dropped out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import attrs

from natoburden.calculators.targets import Crossing, HeadlineCount, HeadlineCounts, LaterCount
from natoburden.calculators.targets import headline_counts as count
from natoburden.datasets import defence_expenditure_editions
from natoburden.datasets.targets import WALES_GUIDELINE
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import GroupLike
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import TargetLike
from natoburden.presentation.columns import Column, Columns, Figure, Several
from natoburden.presentation.formatting import country_name, target_text
from natoburden.presentation.messages import Translate
from natoburden.presentation.tables import Page

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["CrossingsPage", "CrossingsRow", "RevisionsPage", "revision_page"]

_WHOLE = Figure(decimals=0)


@attrs.frozen(kw_only=True)
class CrossingsRow:
    """An ally that met a target in an earlier edition and misses it in the newest edition, or the reverse."""

    count: HeadlineCount
    later: LaterCount
    crossing: Crossing


@attrs.frozen(kw_only=True, repr=False)
class CrossingsPage(Page):
    """The table of allies that changed sides of a target, by edition."""

    counts: HeadlineCounts

    @property
    def rows(self) -> tuple[CrossingsRow, ...]:
        """The rows: allies that dropped out of a count, and allies that the newest edition adds to the count."""
        return tuple(
            CrossingsRow(count=row, later=row.newest, crossing=crossing)
            for row in self.counts
            if row.newest is not None
            for crossing in (*row.newest.dropped, *row.newest.gained)
        )

    def _title(self, _: Translate) -> str:
        return _("Who changed sides, in the newest edition")

    def _columns(self, _: Translate) -> Columns[CrossingsRow]:
        return (
            Column("edition", lambda row: row.count.edition, (_("edition"),)),
            Column("year", lambda row: row.count.year, (_("year"),)),
            Column("key", lambda row: row.crossing.country, (_("Ally"),)),
            Column("printed_percent", lambda row: row.crossing.printed, (_("then"), "%"), Figure()),
            Column("later_percent", lambda row: row.crossing.later, (_("now"), "%"), Figure()),
            Column("change_points", lambda row: row.crossing.change, (_("change"), _("pp")), Figure()),
        )


@attrs.frozen(kw_only=True, repr=False)
class RevisionsPage(Page):
    """The page with counts of allies that meet a target: counts as first printed, and counts as revised later."""

    counts: HeadlineCounts
    editions: tuple[Source, ...]

    @property
    def rows(self) -> tuple[HeadlineCount, ...]:
        """A row for each edition and year, with the oldest edition first."""
        return self.counts.rows

    @property
    def further(self) -> Page | None:
        """The table of allies that changed sides of a target; CSV and JSON list the allies with each later count."""
        below = CrossingsPage(counts=self.counts)
        return below if below.rows else None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents of the editions and of the target."""
        return (*self.editions, self.counts.target.source)

    def _title(self, _: Translate) -> str:
        return _("Allies that meet the target, as printed and as revised: {group}, {target}").format(
            group=country_name(self.counts.group, locale=_.locale),
            target=target_text(self.counts.target, locale=_.locale),
        )

    def _columns(self, _: Translate) -> Columns[HeadlineCount]:
        def keys(name: str) -> Column[LaterCount]:
            return Column(f"later_{name}", lambda item: tuple(one.country for one in getattr(item, name)))

        later = (
            Column[LaterCount]("later_edition", lambda item: item.edition),
            Column[LaterCount]("later_count", lambda item: item.count),
            keys("dropped"),
            keys("gained"),
            Column[LaterCount]("later_without_figure", lambda item: item.without_figure),
        )
        return (
            Column("edition", lambda row: row.edition, (_("edition"),)),
            Column("year", lambda row: row.year, (_("year"),)),
            Column("is_own_year", lambda row: row.is_own_year),
            Column("count", lambda row: row.count, (_("printed"),), _WHOLE),
            Column("allies", lambda row: row.allies, (_("of"),), _WHOLE),
            Column("", lambda row: row.newest and row.newest.count, (_("now"),), _WHOLE),
            Column("", lambda row: row.newest and row.newest.edition, (_("by edition"),)),
            Column("", lambda row: _names(row.newest.dropped if row.newest else (), _), (_("dropped out"),)),
            Column("", lambda row: _names(row.newest.gained if row.newest else (), _), (_("added"),)),
            Column("meeting", lambda row: row.meeting),
            Column("without_figure", lambda row: row.without_figure),
            Several("later", lambda row: row.later, later),
        )

    def _facts(self) -> dict[str, Any]:
        fallen, settled = self.counts.fallen, self.counts.settled
        return {
            "group": self.counts.group.key,
            "target": self.counts.target.key,
            "own_years_with_later_figures": len(settled),
            "own_years_that_came_down": len(fallen),
        }

    def _chart(self, _: Translate) -> Axes | None:
        from natoburden.presentation.charts import headline_counts

        if all(row.count is None for row in self.counts.own_years):
            return None
        return headline_counts(self.counts, locale=_.locale)

    def _notes(self, _: Translate) -> Iterator[str]:
        yield _("printed: what the edition says of its own last year, an estimate, and of the year before.")
        yield _("now: the same allies by the newest edition with all their figures. Members are those of the year.")
        if settled := self.counts.settled:
            yield _("Counts for the last year of an edition came down in {fallen} of {all} earlier editions.").format(
                fallen=len(self.counts.fallen), all=len(settled)
            )
        for row in self.rows:
            if row.count is None:
                text = _("{edition}, {year}: no count, without a figure for {who}; missing is not zero.")
                who = ", ".join(country_name(country, locale=_.locale) for country in row.without_figure)
                yield text.format(edition=row.edition, year=row.year, who=who)
        yield _("A revision is not a cut: spending came out otherwise than planned, or GDP was revised, or its base.")


def _names(crossings: Iterable[Crossing], _: Translate) -> str:
    countries: Iterable[Country] = (item.country for item in crossings)
    return ", ".join(country_name(country, locale=_.locale) for country in countries)


def revision_page(
    tables: Iterable[ExpenditureTable] | None = None, *, target: TargetLike | None = None, group: GroupLike = "NATO"
) -> RevisionsPage:
    """Return the counts that editions printed and their later revisions, by default for all packaged editions.

    The default target is the Wales guideline. Raises the same errors as `natoburden.targets.headline_counts`.

    >>> page = revision_page(defence_expenditure_editions("2022-06", "2024-06", "2026-07"))
    >>> [(row.edition, row.year, row.count, row.newest.count) for row in page.rows if row.newest]
    [('2022-06', 2021, 8, 6), ('2022-06', 2022, 9, 7), ('2024-06', 2023, 10, 10), ('2024-06', 2024, 23, 17)]
    """
    editions = defence_expenditure_editions() if tables is None else tuple(tables)
    counts = count(editions, WALES_GUIDELINE if target is None else target, group=group)
    by_key = {table.edition.key: table.edition.source for table in editions}
    return RevisionsPage(counts=counts, editions=tuple(by_key[key] for key in counts.editions))
