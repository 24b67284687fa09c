"""The brief of an article: what its demand would require of each ally, by the figures of its day and of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from natoburden.datasets import defence_expenditure, defence_expenditure_editions, us_arms_notifications
from natoburden.datasets.targets import target as look_up
from natoburden.datasets.targets import target_that_followed
from natoburden.errors import UnexpectedValueError
from natoburden.fixtures import article as packaged_article
from natoburden.fixtures.checks import day_of, demanded_target, edition_of_the_day
from natoburden.model.articles import Article, LinkKind
from natoburden.model.claims import Claim
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Entity, GroupLike
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.sources import Source, distinct
from natoburden.model.spending_commitments import Target, TargetLike
from natoburden.presentation.brief_page import Brief, BriefGap, BriefRow, Sort, brief, share_with_mark
from natoburden.presentation.claims_page import quantity_text
from natoburden.presentation.columns import Column, Columns, Figure
from natoburden.presentation.followed_page import Followed, FollowedPage, what_followed
from natoburden.presentation.formatting import by_name, day_in_text, format_share, target_text
from natoburden.presentation.html_page import RowFilter
from natoburden.presentation.messages import Translate
from natoburden.presentation.row_filters import group_filters
from natoburden.presentation.tables import Page
from natoburden.serialization import to_data

__all__ = ["ArticleBrief", "ArticleBriefRow", "article_brief"]


@attrs.frozen(kw_only=True)
class ArticleBriefRow:
    """One ally's or group's row: the figures known on the day of the article, today's figures, and the change.

    `revision` is the amount by which the newest edition revised the share for the year of `then`. `since` is the change
    of the share from the year of `then` to the newest year; both shares are from the newest edition.
    """

    entity: Entity
    then: BriefRow
    now: BriefRow
    revision: PercentagePoints | None
    since: PercentagePoints | None
    purchases: Followed | None = None


@attrs.frozen(kw_only=True, repr=False)
class ArticleBrief(Page):
    """An article's demand, the gaps to this demand then and now, and the gaps to the target that followed."""

    article: Article
    demand: Target
    followed: Target | None
    then: Brief
    now: Brief
    rows: tuple[ArticleBriefRow, ...]
    totals: tuple[ArticleBriefRow, ...]
    purchases_until: dt.date | None = None

    @property
    def further(self) -> FollowedPage | None:
        """Purchases before and since the day of the article; None if the record of notices ends before that day."""
        rows, totals = ([row.purchases for row in part if row.purchases] for part in (self.rows, self.totals))
        if not rows or self.purchases_until is None:
            return None
        told = tuple(item for item in rows if not item.is_empty)
        return FollowedPage(
            day=day_of(self.article),
            until=self.purchases_until,
            rows=told,
            total=tuple(totals),
            is_by_name=self.now.is_by_name,
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The sources of the briefs `then` and `now`, each listed once."""
        return distinct((*self.then.sources, *self.now.sources))

    def _title(self, _: Translate) -> str:
        return _("What the demand would take: {subject}").format(subject=self.article.subject)

    def _columns(self, _: Translate) -> Columns[ArticleBriefRow]:
        def gaps(name: str, aim: Target, gap_in: Callable[[ArticleBriefRow], BriefGap]) -> Columns[ArticleBriefRow]:
            heading, billions = (format_share(aim.share, locale=_.locale), _("pp")), Figure(decimals=1, scale=3)
            return (
                Column(f"{name}_gap_points", lambda row: gap_in(row).points, heading, Figure()),
                Column(f"{name}_gap_million_usd", lambda row: gap_in(row).amount, (_("gap"), _("USD bn")), billions),
            )

        def side(name: str, page: Brief, row_in: Callable[[ArticleBriefRow], BriefRow]) -> Columns[ArticleBriefRow]:
            return (
                Column(f"{name}_edition", lambda _row: page.table.edition.key),
                Column(f"{name}_year", lambda _row: page.year),
                Column(f"{name}_share_percent", lambda row: row_in(row).share),
                Column(
                    "",
                    row_in,
                    (str(page.year), _("% GDP")),
                    share_with_mark,
                    measured=lambda row: row.share,
                    is_figure=True,
                ),
                *gaps(name, self.demand, lambda row: row_in(row).gaps[0]),
            )

        columns: Columns[ArticleBriefRow] = (
            Column("key", lambda row: row.entity, (_("Ally"),)),
            Column("name", lambda row: row.entity.name),
            *side("then", self.then, lambda row: row.then),
            *side("now", self.now, lambda row: row.now),
            Column("revision_points", lambda row: row.revision),
            Column("since_points", lambda row: row.since, (_("since"), _("pp")), Figure()),
        )
        columns += tuple(map(_purchases, _PURCHASES))
        if self.followed is None:
            return columns
        followed = Column[ArticleBriefRow]("followed_target", lambda row: row.now.gaps[1].target.key)
        return (*columns, followed, *gaps("followed", self.followed, lambda row: row.now.gaps[1]))

    def _ordered(self, _: Translate) -> Iterable[ArticleBriefRow]:
        if not self.now.is_by_name:
            return self.rows
        return sorted(self.rows, key=lambda row: by_name(row.entity, locale=_.locale))

    def _filters(self, _: Translate) -> tuple[RowFilter, ...]:
        return group_filters([row.entity for row in self._ordered(_)], self.now.group, self.now.year, _)

    def _facts(self) -> dict[str, Any]:
        return {
            "article": self.article.key,
            "demand": [to_data(self.article.claims[key]) for key in self.article.demand],
            "target": to_data(self.demand),
            "followed": to_data(self.followed),
        }

    def _lead(self, _: Translate) -> Iterator[str]:
        condition_mark = _("if")
        yield _("The demand, by {source}:").format(source=self.article.source)
        yield from (f"  {self._told(self.article.claims[key], _)}" for key in self.article.demand)
        for link in self.article.links:
            if link.kind is LinkKind.QUALIFIES and set(link.to) & set(self.article.demand):
                yield f"  {self._told(self.article.claims[link.claim], _)}"
                yield from (f"    {condition_mark} {self._told(claim, _)}" for claim in self._conditions(link.claim))

    def _conditions(self, key: str) -> list[Claim]:
        links = self.article.links_of(key, LinkKind.CONDITIONAL_ON)
        return [self.article.claims[other] for link in links if link.claim == key for other in link.to]

    def _told(self, claim: Claim, _: Translate) -> str:
        quantity = f" {quantity_text(claim, locale=_.locale)}." if claim.quantity else ""
        informant = self.article.actors[claim.said_by].name
        modality = _(claim.modality.value)
        return f"{claim.key} {claim.text}{quantity} ({modality}, {informant})"

    def _notes(self, _: Translate) -> Iterator[str]:
        then, now, day = self.then, self.now, day_of(self.article)
        yield _("{year}: edition {edition}, the newest that a reader had on {day}.").format(
            year=then.year, edition=then.table.edition, day=day_in_text(day, locale=_.locale)
        )
        yield _("{year}: edition {edition}. Money is at current prices of its year.").format(
            year=now.year, edition=now.table.edition
        )
        yield _(
            "since: change of the share from {then} to {now}, both as edition {edition} has them; "
            "the CSV also has the revision."
        ).format(then=then.year, now=now.year, edition=now.table.edition)
        yield _("Minus: a surplus. Amounts of groups are gross, shortfalls only. e: estimate.")
        if self.followed and self.followed.adopted:
            what = target_text(self.followed, locale=_.locale)
            yield _("What followed on {day}: {target}").format(
                day=day_in_text(self.followed.adopted, locale=_.locale), target=what
            )


_PURCHASES = {
    "notified_year_before_million_usd": "notified_before",
    "notified_since_million_usd": "notified_since",
    "lng_year_before_million_usd": "lng_before",
    "lng_year_of_million_usd": "lng_since",
}


def _purchases(name: str) -> Column[ArticleBriefRow]:
    return Column(name, lambda row: row.purchases and getattr(row.purchases, _PURCHASES[name]))


def article_brief(
    article: Article | None = None,
    *,
    table: ExpenditureTable | None = None,
    year: int | None = None,
    followed: TargetLike | None = None,
    group: GroupLike = "NATO",
    sort: Sort = "name",
) -> ArticleBrief:
    """Compute what an article's demand would require of each ally, then and now.

    *Then* means the newest edition available on the day of publication, and the latest year of this edition that had
    begun by that day. *Now* means the newest edition and its newest year, unless you give another table or year.
    `followed` is the target that followed the demand; by default, `datasets.targets.target_that_followed` finds this
    target. Raises `UnexpectedValueError` if the article's demand states no share, or if the article is older than every
    edition.

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
    later = target_that_followed(day) if followed is None else look_up(followed)
    then_year = max(when for when in known.years if when <= day.year)
    then = brief(known, year=then_year, targets=(demand,), group=group)
    now = brief(newest, year=year, targets=(demand, later) if later else (demand,), group=group, sort=sort)
    revised = brief(newest, year=then_year, targets=(), group=group)
    rows, totals = (
        _joined(now_part, then_part, revised_part)
        for now_part, then_part, revised_part in (
            (now.rows, then.rows, revised.rows),
            (now.totals, then.totals, revised.totals),
        )
    )
    last = us_arms_notifications().last_day
    if day < last:
        bought = what_followed([row.entity for row in (*rows, *totals)], day)
        rows, totals = (
            tuple(attrs.evolve(row, purchases=bought[row.entity]) for row in part) for part in (rows, totals)
        )
    return ArticleBrief(
        article=report,
        demand=demand,
        followed=later,
        then=then,
        now=now,
        rows=rows,
        totals=totals,
        purchases_until=last if day < last else None,
    )


def _joined(
    now: Iterable[BriefRow], then: Iterable[BriefRow], revised: Iterable[BriefRow]
) -> tuple[ArticleBriefRow, ...]:
    """Return the joined rows of the pages; allies that were not yet members on the day of the article are left out."""
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
