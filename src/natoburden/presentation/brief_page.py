"""The brief: how far each ally is from each target, and what the remaining gap costs, on one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, get_args

import attrs

from natoburden.calculators import targets as calculate
from natoburden.calculators._arguments import in_currency, several
from natoburden.datasets import defence_expenditure
from natoburden.datasets.targets import brief_targets
from natoburden.datasets.targets import target as look_up
from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model._figures import spans
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Entity, Group, GroupLike
from natoburden.model.money import Currency, Money
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.sources import Source, Status, distinct
from natoburden.model.spending_commitments import Target, TargetLike
from natoburden.presentation.columns import Column, Columns, Figure, Several, figure_of
from natoburden.presentation.formatting import MISSING, by_name, country_name, format_share, names_of, target_text
from natoburden.presentation.html_page import RowFilter
from natoburden.presentation.messages import Translate
from natoburden.presentation.promised import (
    BriefPromise,
    promised_by,
    promised_notes,
    promised_text,
)
from natoburden.presentation.revised import chance_of, count_notes, revisions_until
from natoburden.presentation.row_filters import group_filters
from natoburden.presentation.tables import Page
from natoburden.presentation.two_definitions import definition_notes
from natoburden.serialization import to_data

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from natoburden.calculators.simulation import RevisionErrors

__all__ = ["Brief", "BriefGap", "BriefPromise", "BriefRow", "Sort", "brief", "share_with_mark"]

Sort: TypeAlias = Literal["name", "share", "change", "gap", "amount", "equipment"]
T = TypeVar("T")

_EUROPE_AND_CANADA = "NATO_EUR_CAN"
_GIVE_TARGETS = "give several: [HAGUE_CORE, VILNIUS_FLOOR]"


@attrs.frozen(kw_only=True)
class BriefGap:
    """The gap of one ally or group to one target; a figure that the edition lacks is None.

    For a group, `amount` is the sum of members' shortfalls, and `net` also deducts members' surpluses.
    `has_opposite_signs` marks an ally that meets the target by its share but not by its amount, or the reverse.
    `chance`, if asked for, is the probability that an estimate's outcome is at the target or above.
    """

    target: Target
    points: PercentagePoints | None
    amount: Money | None
    net: Money | None = None
    has_opposite_signs: bool = False
    chance: Share | None = None


_CHANCE = Column[BriefGap]("chance_percent", lambda gap: gap.chance, ("", "p %"), Figure(decimals=0, missing=""))


@attrs.frozen(kw_only=True)
class BriefRow:
    """The row of one ally or group; a figure that the edition lacks is None."""

    entity: Entity
    share: Share | None
    change: Rate | None
    gaps: tuple[BriefGap, ...]
    equipment: Share | None
    status: Status | None
    promised: BriefPromise | None = None


@attrs.frozen(kw_only=True, repr=False)
class Brief(Page):
    """The brief for one year of one edition: a row for each member of a group, and rows of totals for groups."""

    table: ExpenditureTable
    year: int
    group: Group
    targets: tuple[Target, ...]
    rows: tuple[BriefRow, ...]
    totals: tuple[BriefRow, ...]
    is_by_name: bool = False
    revisions: int | None = None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The edition's document and the targets' documents, each once."""
        return distinct([self.table.edition.source, *(target.source for target in self.targets)])

    def _title(self, _: Translate) -> str:
        return _("Defence expenditure and gaps to targets, {group}, {year} (edition {edition})").format(
            group=country_name(self.group, locale=_.locale), year=self.year, edition=self.table.edition
        )

    @property
    def _currency(self) -> str:
        """The currency of all amounts on the page: by default dollars, as in NATO's comparisons."""
        known = (gap.amount for row in (*self.rows, *self.totals) for gap in row.gaps if gap.amount)
        return next((amount.currency.code for amount in known), "USD")

    def _columns(self, _: Translate) -> Columns[BriefRow]:
        million, billions = f"million_{self._currency.lower()}", _("{currency} bn").format(currency=self._currency)
        gaps = (
            Column[BriefGap]("target", lambda gap: gap.target.key),
            Column[BriefGap]("target_percent", lambda gap: gap.target.share),
            Column[BriefGap]("gap_points", lambda gap: gap.points, ("", _("pp")), Figure()),
            Column[BriefGap](f"gap_{million}", lambda gap: gap.amount, (_("gap"), billions), Figure(scale=3)),
            Column[BriefGap](f"net_gap_{million}", lambda gap: gap.net),
            *((_CHANCE,) if self.revisions is not None else ()),
        )
        heads = tuple(format_share(target.share, locale=_.locale) for target in self.targets)
        return (
            Column("edition", lambda _row: self.table.edition.key),
            Column("year", lambda _row: self.year),
            Column("kind", lambda row: "group" if isinstance(row.entity, Group) else "country"),
            Column("key", lambda row: row.entity, (_("Ally"),)),
            Column("name", lambda row: row.entity.name),
            Column("share_of_gdp_percent", lambda row: row.share),
            Column(
                "",
                lambda row: row,
                (_("share"), _("% GDP")),
                share_with_mark,
                measured=lambda row: row.share,
                is_figure=True,
            ),
            Column(
                "real_change_percent",
                lambda row: row.change,
                (_("real"), _("chg %")),
                Figure(),
                full=(_("real change"), "%"),
            ),
            Column("status", lambda row: row.status),
            Several("gaps", lambda row: row.gaps, gaps, heads),
            Column(
                "equipment_share_percent",
                lambda row: row.equipment,
                (_("equ-"), _("ip %")),
                Figure(decimals=1),
                full=(_("equipment"), "%"),
            ),
            Column(
                "",
                lambda row: row,
                (_("prom-"), _("ised")),
                _promised_cell,
                measured=_promised_share,
                is_figure=True,
                full=(_("promised"), _("% GDP")),
            ),
            Column("promised_low_percent", _promised_share),
            Column(
                "promised_high_percent", lambda row: row.promised and row.promised.share and row.promised.share.high
            ),
            Column("promised_by", lambda row: row.promised and row.promised.by),
            Column("promised_is_ceiling", lambda row: row.promised and row.promised.is_ceiling),
            Column("promised_of_total", lambda row: row.promised and row.promised.of_total),
            Column("promised_counts_otherwise", lambda row: row.promised and row.promised.counts_otherwise),
            Column("promised_keys", lambda row: row.promised and row.promised.keys),
            Column("promised_refusals", lambda row: row.promised and row.promised.refusals),
        )

    def _ordered(self, _: Translate) -> Iterable[BriefRow]:
        if not self.is_by_name:
            return self.rows
        return sorted(self.rows, key=lambda row: by_name(row.entity, locale=_.locale))

    def _facts(self) -> dict[str, Any]:
        return {
            "edition": self.table.edition.key,
            "year": self.year,
            "group": self.group.key,
            "targets": [to_data(target) for target in self.targets],
        }

    def _chart(self, _: Translate) -> Axes | None:
        from natoburden.presentation.charts import ranked
        from natoburden.presentation.charts._style import axes_for

        measured = [target for target in self.targets if target.component.measure is Measure.SHARE_OF_GDP]
        if not measured or not any(row.share for row in self.rows):
            return None
        results = [calculate.compliance(self.table, self.year, target, group=self.group) for target in measured]
        allies = len(results[0])
        ax = axes_for(None, (7, min(0.24 * allies + 1.4, 6.9)))  # a page of A4 or Letter, landscape, at its full size
        return ranked(results, ax=ax, locale=_.locale)

    def _filters(self, _: Translate) -> tuple[RowFilter, ...]:
        return group_filters([row.entity for row in self._ordered(_)], self.group, self.year, _)

    def _notes(self, _: Translate) -> Iterator[str]:
        yield _("Gaps to each target: in points of the published share; in money a year, at current prices and rates.")
        yield _("Minus: a surplus. A group's points follow from its joint share; its money is gross, shortfalls only.")

        if self._currency != "USD":
            yield _(
                "Not in dollars: all are at the European Central Bank's average of the year, so that members add up. "
                "natoburden gap takes what NATO prints in an Ally's own currency, and may differ a little."
            )
        yield from definition_notes(self.table.edition.counted_by, _)

        def named(rows: Iterable[BriefRow]) -> str:
            return names_of((row.entity for row in rows), locale=_.locale)

        if opposite := named(row for row in self.rows if any(gap.has_opposite_signs for gap in row.gaps)):
            yield _(
                "Points and money have opposite signs ({allies}): the share is of constant prices, not current ones."
            ).format(allies=opposite)
        if any(row.status is Status.ESTIMATE for row in (*self.rows, *self.totals)):
            yield _("e: estimate.")
            yield from count_notes(self.table, self.group, self.year, self.targets, _)
        if self.revisions is not None:
            yield _(
                "p %: chance that the estimate comes out at the target or above, as the part of {count} earlier "
                "revisions that would leave it there; bands so made before 2024 held fewer outcomes than they said."
            ).format(count=self.revisions)
        if without := named(row for row in self.rows if row.share is None):
            text = _("{mark}: no figure in this edition ({without}); missing is not zero.")
            yield text.format(mark=MISSING, without=without)
        yield from promised_notes(self.table, _)
        label = _("Target:")
        yield from (f"{label} {target_text(target, locale=_.locale)}" for target in self.targets)


def brief(
    table: ExpenditureTable | None = None,
    *,
    year: int | None = None,
    targets: TargetLike | Sequence[TargetLike] | None = None,
    group: GroupLike = "NATO",
    sort: Sort = "name",
    chances: bool = False,
    currency: Currency | str | None = None,
) -> Brief:
    """Compute how far each member of a group is from each target in a year.

    The defaults are the newest edition, its newest year and the targets of `datasets.targets.brief_targets`. A figure
    that the edition lacks is None in the row, and the notes list the figure. Raises `NoObservationError` for a year
    that the edition does not cover.

    Amounts are in dollars unless you name a `currency`. All amounts are converted at the European Central Bank's
    average rates of the year; members then add up to their group. Raises `UnexpectedValueError` for ``"own"``, since
    amounts in several currencies cannot be added.

    With `chances`, each gap of an estimate has the probability that the outcome is at the target or above. The
    probability follows from the revisions known at publication: see `natoburden.simulation.chance_of_meeting`.

    >>> page = brief(defence_expenditure("2026-07"), year=2025, sort="share")
    >>> page.rows[0].entity.name, str(page.rows[0].gaps[1].points)
    ('Poland', '-0.75 pp')
    """
    data = in_currency(defence_expenditure() if table is None else table, _one_currency(currency, str(group)))
    found, asked = Group.find(group), brief_targets() if targets is None else targets
    given = several((asked,) if isinstance(asked, str | Target) else asked, (Target, str), "targets", _GIVE_TARGETS)
    sought = tuple(map(look_up, given))
    when = data.latest_year if year is None else checked_year(year)
    if when not in data.years:
        raise NoObservationError("figures", str(found), when, data.edition.key, spans(data.years))
    wholes = (Group.find(_EUROPE_AND_CANADA), found) if found.key == "NATO" else (found,)
    rows = [ally_row(data, country, when, sought) for country in found.members(when)]
    known = revisions_until(data) if chances else None
    if chances:
        rows = [_with_chances(data, row, when, known) for row in rows]
    return Brief(
        table=data,
        year=when,
        group=found,
        targets=sought,
        rows=tuple(_sorted(rows, sort)),
        totals=tuple(group_row(data, whole, when, sought) for whole in wholes),
        is_by_name=sort == "name",
        revisions=sum(row.ahead == data.latest_year - when + 1 for row in known or ()) if chances else None,
    )


def _one_currency(currency: Currency | str | None, group: str) -> Currency | str | None:
    """Return a currency in which allies' amounts can be added; raises `UnexpectedValueError` for ``"own"``."""
    if currency == "own":
        raise UnexpectedValueError("a currency", "own", f"{group} has none of its own; name one, such as EUR")
    return currency


def _with_chances(table: ExpenditureTable, row: BriefRow, year: int, known: RevisionErrors | None) -> BriefRow:
    ally = Country.find(row.entity.key)
    gaps = tuple(attrs.evolve(gap, chance=chance_of(table, ally, year, gap.target, known)) for gap in row.gaps)
    return attrs.evolve(row, gaps=gaps)


def _published(look_up: Callable[[], T]) -> T | None:
    """Return a figure, or None if the edition lacks the figure."""
    try:
        return look_up()
    except NoObservationError:
        return None


def ally_row(table: ExpenditureTable, country: Country, year: int, targets: Iterable[Target]) -> BriefRow:
    """Return an ally's row of a year; a figure that the edition lacks is None."""
    share = _published(lambda: table.share_of_gdp(country, year))
    change = _published(lambda: table.real_change(country, year))
    equipment = _published(lambda: table.category_share(Measure.EQUIPMENT_SHARE, country, year))
    return BriefRow(
        entity=country,
        share=share.value if share else None,
        change=change.value if change else None,
        gaps=tuple(_ally_gap(table, country, year, target) for target in targets),
        equipment=equipment.value if equipment else None,
        status=share.status if share else None,
        promised=promised_by(table, country),
    )


# The pages themselves say if signs are opposite or definitions differ, so no warning is needed.
def _ally_gap(table: ExpenditureTable, country: Country, year: int, target: Target) -> BriefGap:
    points = _published(lambda: calculate.gap_in_points(table, country, year, target, mixed_definitions_ok=True))
    gap = _published(
        lambda: calculate.gap(table, country, year, target, opposite_signs_ok=True, mixed_definitions_ok=True)
    )
    return BriefGap(
        target=target,
        points=points.points if points else None,
        amount=gap.amount if gap else None,
        has_opposite_signs=gap is not None and gap.has_opposite_signs,
    )


def group_row(table: ExpenditureTable, group: Group, year: int, targets: Iterable[Target]) -> BriefRow:
    """Return a group's row of a year; a figure that the edition lacks is None."""
    printed = _published(lambda: table.share_of_gdp(group, year))
    computed = _published(lambda: calculate.aggregate_share(table, group, year)) if printed is None else None
    change = _published(lambda: calculate.real_change(table, group, year))
    share = printed.value if printed else computed.share if computed else None
    status = printed.status if printed else computed.status if computed else None
    return BriefRow(
        entity=group,
        share=share,
        change=(change.published or change.rate) if change else None,
        gaps=tuple(_group_gap(table, group, year, target, share) for target in targets),
        equipment=None,
        status=status,
    )


def _group_gap(table: ExpenditureTable, group: Group, year: int, target: Target, share: Share | None) -> BriefGap:
    gap = _published(
        lambda: calculate.group_gap(table, group, year, target, opposite_signs_ok=True, mixed_definitions_ok=True)
    )
    of_gdp = target.component.measure is Measure.SHARE_OF_GDP
    return BriefGap(
        target=target,
        points=target.share - share.published() if share and of_gdp else None,
        amount=gap.gross if gap else None,
        net=gap.net if gap else None,
    )


def _sorted(rows: list[BriefRow], sort: Sort) -> list[BriefRow]:
    """Return rows sorted by name, or by a figure with the largest first; rows without the figure come last."""
    if sort not in get_args(Sort):
        raise UnknownNameError("sort order", str(sort), get_args(Sort))
    if sort == "name":
        return sorted(rows, key=lambda row: row.entity.name)

    def rank(row: BriefRow) -> tuple[bool, Decimal]:
        of_last_gap = {"gap": "points", "amount": "amount"}.get(sort)
        figure = figure_of(getattr(row.gaps[-1], of_last_gap) if of_last_gap else getattr(row, sort))
        return (figure is None, -(figure or Decimal(0)))

    return sorted(rows, key=rank)


def share_with_mark(row: BriefRow, _: Translate) -> str:
    """Return a row's share as text, with a mark if the share is an estimate."""
    return f"{Figure()(row.share, _)}{'e' if row.status is Status.ESTIMATE else ''}"


def _promised_share(row: BriefRow) -> Share | None:
    return row.promised.share.low if row.promised is not None and row.promised.share is not None else None


def _promised_cell(row: BriefRow, _: Translate) -> str:
    return promised_text(row.promised, _) if isinstance(row.entity, Country) else ""
