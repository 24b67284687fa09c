"""The brief of an article: what its demand would take, ally by ally, as its readers could know and as it stands now."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs

from natoburden.datasets import defence_expenditure, defence_expenditure_editions, spending_targets
from natoburden.errors import UnexpectedValueError
from natoburden.fixtures import article as packaged_article
from natoburden.fixtures.checks import day_of, demanded_target, edition_of_the_day
from natoburden.model._numbers import CONTEXT
from natoburden.model.articles import Article, LinkKind
from natoburden.model.claims import Claim
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Entity, GroupLike
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.sources import Status
from natoburden.model.spending_commitments import Component, Modality, Target
from natoburden.presentation.brief import Brief, BriefGap, BriefRow, Sort, brief, figure_of
from natoburden.presentation.claim_list import quantity_text
from natoburden.presentation.formatting import MISSING, country_name, format_number, format_share, target_text
from natoburden.presentation.messages import translation
from natoburden.presentation.tables import Column, Page, TextTable, as_csv
from natoburden.serialization import to_data

__all__ = ["ArticleBrief", "ArticleBriefRow", "article_brief"]


@attrs.frozen(kw_only=True)
class ArticleBriefRow:
    """One ally's or group's line: as a reader of the day could know, as it stands now, and what lies between.

    `revision` is by how much the newest edition tells the year of `then` otherwise, `since` the change from that year
    to the newest in the newest edition alone, so that editions are not mixed.
    """

    entity: Entity
    then: BriefRow
    now: BriefRow
    revision: PercentagePoints | None
    since: PercentagePoints | None


@attrs.frozen(kw_only=True, repr=False)
class ArticleBrief(Page):
    """An article's demand, and the gaps to it then and now beside the gaps to the target that followed."""

    article: Article
    demand: Target
    followed: Target | None
    then: Brief
    now: Brief
    rows: tuple[ArticleBriefRow, ...]
    totals: tuple[ArticleBriefRow, ...]

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Lay the brief out for reading; claims stay in the language in which they are recorded."""
        _ = translation(locale)
        demanded = format_share(self.demand.share, locale=locale)
        columns = [Column(_("Ally"), is_figure=False)]
        for page in (self.then, self.now):
            columns += [Column(str(page.year), _("% GDP")), Column(demanded, _("pp")), Column(_("gap"), _("USD bn"))]
        columns.append(Column(_("since"), _("pp")))
        if self.followed:
            of_what_followed = format_share(self.followed.share, locale=locale)
            columns += [Column(of_what_followed, _("pp")), Column(_("gap"), _("USD bn"))]
        return TextTable(
            title=_("What the demand would take: {subject}").format(subject=self.article.subject),
            lead=self._lead(locale),
            columns=tuple(columns),
            rows=tuple(self._cells(row, locale) for row in self.rows),
            totals=tuple(self._cells(row, locale) for row in self.totals),
            notes=self._notes(locale),
        )

    def to_csv(self) -> str:
        """Write one line per row: figures unrounded, as the tables hold them."""
        header = (
            "key,name,then_edition,then_year,then_share_percent,then_gap_points,then_gap_million_usd,"
            "now_edition,now_year,now_share_percent,now_gap_points,now_gap_million_usd,"
            "revision_points,since_points,followed_target,followed_gap_points,followed_gap_million_usd"
        )
        return as_csv(header.split(","), map(self._csv_line, (*self.rows, *self.totals)))

    def to_json(self) -> str:
        """Write everything as JSON; figures are texts with their sign, so that nothing is rounded."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Give the brief as plain data."""
        pages = {
            name: {"edition": page.table.edition.key, "year": page.year}
            for name, page in (("then", self.then), ("now", self.now))
        }
        return {
            "article": self.article.key,
            "demand": [to_data(self.article.claims[key]) for key in self.article.demand],
            "target": to_data(self.demand),
            "followed": to_data(self.followed),
            **pages,
            "allies": [self._row_data(row) for row in self.rows],
            "groups": [self._row_data(row) for row in self.totals],
            "notes": list(self._notes("en")),
            "sources": [to_data(source) for source in dict.fromkeys((*self.then.sources, *self.now.sources))],
        }

    def _lead(self, locale: str) -> tuple[str, ...]:
        """Tell the demand: its claims, what qualifies them, and on what that hangs; who says so, and how firmly."""
        _ = translation(locale)
        condition_mark = _("if")
        lines = [_("The demand, by {source}:").format(source=self.article.source)]
        lines += [f"  {self._told(self.article.claims[key])}" for key in self.article.demand]
        for link in self.article.links:
            if link.kind is LinkKind.QUALIFIES and set(link.to) & set(self.article.demand):
                lines.append(f"  {self._told(self.article.claims[link.claim])}")
                told = map(self._told, self._conditions(link.claim))
                lines += [f"    {condition_mark} {condition}" for condition in told]
        return tuple(lines)

    def _conditions(self, key: str) -> list[Claim]:
        links = self.article.links_of(key, LinkKind.CONDITIONAL_ON)
        return [self.article.claims[other] for link in links if link.claim == key for other in link.to]

    def _told(self, claim: Claim) -> str:
        quantity = f" {quantity_text(claim)}." if claim.quantity else ""
        informant = self.article.actors[claim.said_by].name
        return f"{claim.key} {claim.text}{quantity} ({claim.modality}, {informant})"

    def _notes(self, locale: str) -> tuple[str, ...]:
        _ = translation(locale)
        then, now, day = self.then, self.now, day_of(self.article)
        notes = [
            _("{year}: edition {edition}, the newest that a reader had on {day}.").format(
                year=then.year, edition=then.table.edition, day=day
            ),
            _("{year}: edition {edition}. Money is at current prices of its year.").format(
                year=now.year, edition=now.table.edition
            ),
            _(
                "since: change of the share from {then} to {now}, both as edition {edition} has them; "
                "the CSV also has what it revised."
            ).format(then=then.year, now=now.year, edition=now.table.edition),
            _("A minus is a surplus. Amounts of groups are gross: shortfalls only. e: estimate."),
        ]
        if self.followed:
            what = target_text(self.followed, locale=locale)
            notes.append(_("What followed on {day}: {target}").format(day=self.followed.adopted, target=what))
        label = _("Source:")
        return (*notes, *(f"{label} {source}" for source in dict.fromkeys((*then.sources, *now.sources))))

    def _cells(self, row: ArticleBriefRow, locale: str) -> tuple[str, ...]:
        def write(figure: Decimal | None, decimals: int = 2) -> str:
            if figure is None:
                return MISSING
            return format_number(figure, decimals, locale=locale, grouped=False)

        def gap(item: BriefGap) -> tuple[str, str]:
            millions = figure_of(item.amount)
            return write(figure_of(item.points)), write(millions and millions.scaleb(-3, context=CONTEXT), 1)

        def share(item: BriefRow) -> str:
            return f"{write(figure_of(item.share))}{'e' if item.status is Status.ESTIMATE else ''}"

        cells = [country_name(row.entity, locale=locale)]
        for item in (row.then, row.now):
            cells += [share(item), *gap(item.gaps[0])]
        cells.append(write(figure_of(row.since)))
        return (*cells, *(cell for item in row.now.gaps[1:] for cell in gap(item)))

    def _csv_line(self, row: ArticleBriefRow) -> list[object]:
        line: list[object] = [row.entity.key, row.entity.name]
        for page, item in ((self.then, row.then), (self.now, row.now)):
            gap = item.gaps[0]
            line += [page.table.edition.key, page.year, *map(figure_of, (item.share, gap.points, gap.amount))]
        line += [figure_of(row.revision), figure_of(row.since)]
        for gap in row.now.gaps[1:]:
            line += [gap.target.key, figure_of(gap.points), figure_of(gap.amount)]
        return line if self.followed else [*line, None, None, None]

    def _row_data(self, row: ArticleBriefRow) -> dict[str, Any]:
        def gaps(item: BriefRow) -> list[dict[str, Any]]:
            return [
                {"target": gap.target.key, "points": to_data(gap.points), "amount": to_data(gap.amount)}
                for gap in item.gaps
            ]

        return {
            "key": row.entity.key,
            "name": row.entity.name,
            "then": {"share": to_data(row.then.share), "gaps": gaps(row.then)},
            "now": {"share": to_data(row.now.share), "gaps": gaps(row.now)},
            "revision": to_data(row.revision),
            "since": to_data(row.since),
        }


def article_brief(
    article: Article | None = None,
    *,
    table: ExpenditureTable | None = None,
    year: int | None = None,
    followed: Target | None = None,
    group: GroupLike = "NATO",
    sort: Sort = "name",
) -> ArticleBrief:
    """Put together what an article's demand would take of each ally, then and now.

    *Then* is the edition that a reader had on the day of publication, and its newest year not after that day; *now* is
    the newest edition and year unless others are given. `followed` is the target that came of it: the newest one for
    core expenditure that was adopted after that day, unless told otherwise. Raises `UnexpectedValueError` for an
    article whose demand names no share, or that is older than every edition.

    >>> page = article_brief(table=defence_expenditure("2026-07"))
    >>> row = next(row for row in page.rows if row.entity.key == "DEU")
    >>> print(row.then.gaps[0].points, "|", row.now.gaps[0].points, "|", row.since)
    +2.88 pp | +2.31 pp | +0.69 pp
    """
    report = packaged_article() if article is None else article
    demand = demanded_target(report)
    if demand is None:
        raise UnexpectedValueError("a brief's article", report.key, "no claim of its demand names a share")
    day = day_of(report)
    known = edition_of_the_day(defence_expenditure_editions(), day)
    if known is None:
        raise UnexpectedValueError("a brief's article", report.key, f"no edition that ships had come out by {day}")
    newest = defence_expenditure() if table is None else table
    later = _followed(day) if followed is None else followed
    then_year = max(when for when in known.years if when <= day.year)
    then = brief(known, year=then_year, targets=(demand,), group=group)
    now = brief(newest, year=year, targets=(demand, later) if later else (demand,), group=group, sort=sort)
    revised = brief(newest, year=then_year, targets=(), group=group)
    return ArticleBrief(
        article=report,
        demand=demand,
        followed=later,
        then=then,
        now=now,
        rows=_joined(now.rows, then.rows, revised.rows),
        totals=_joined(now.totals, then.totals, revised.totals),
    )


def _followed(day: dt.date) -> Target | None:
    core = [item for item in spending_targets().values() if item.component is Component.CORE]
    later = [item for item in core if item.adopted > day and item.modality is Modality.FLOOR]
    return max(later, key=lambda item: item.adopted, default=None)


def _joined(
    now: Iterable[BriefRow], then: Iterable[BriefRow], revised: Iterable[BriefRow]
) -> tuple[ArticleBriefRow, ...]:
    """Join the rows of the pages; who was no member then has no row of that day."""
    earlier, shares = {row.entity: row for row in then}, {row.entity: row.share for row in revised}
    return tuple(
        ArticleBriefRow(
            entity=row.entity,
            then=earlier[row.entity],
            now=row,
            revision=_difference(shares[row.entity], earlier[row.entity].share),
            since=_difference(row.share, shares[row.entity]),
        )
        for row in now
        if row.entity in earlier
    )


def _difference(one: Share | None, other: Share | None) -> PercentagePoints | None:
    return one.published() - other.published() if one is not None and other is not None else None
