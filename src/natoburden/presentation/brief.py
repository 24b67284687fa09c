"""The brief: how far each ally is from each target, and what the rest costs, on one page."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, get_args

import attrs

from natoburden.calculators import targets as calculate
from natoburden.calculators._arguments import expect_table, several
from natoburden.datasets import defence_expenditure
from natoburden.datasets.targets import HAGUE_CORE, US_DEMAND, VILNIUS_FLOOR
from natoburden.errors import NoObservationError, UnknownNameError
from natoburden.model._numbers import CONTEXT, checked_year
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure, spans
from natoburden.model.memberships import Entity, Group, GroupLike
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.sources import Source, Status
from natoburden.model.spending_commitments import Target
from natoburden.presentation.formatting import (
    MISSING,
    by_name,
    country_name,
    format_number,
    format_share,
    target_text,
)
from natoburden.presentation.messages import translation
from natoburden.presentation.promised import (
    BriefPromise,
    promised_by,
    promised_cells,
    promised_notes,
    promised_text,
)
from natoburden.presentation.tables import Column, Page, TextTable, as_csv
from natoburden.serialization import to_data

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Brief", "BriefGap", "BriefPromise", "BriefRow", "Sort", "brief", "figure_of"]

Sort: TypeAlias = Literal["name", "share", "change", "gap", "amount", "equipment"]
T = TypeVar("T")
_Value: TypeAlias = Share | Rate | PercentagePoints | Money | None

_EUROPE_AND_CANADA = "NATO_EUR_CAN"


@attrs.frozen(kw_only=True)
class BriefGap:
    """What one row lacks to one target; None where the edition has no figure to tell.

    For a group `amount` is gross, the shortfalls of its members alone, and `net` lets surpluses offset them.
    `has_opposite_signs` marks an ally whose share meets the target while its money does not, or the other way round.
    """

    target: Target
    points: PercentagePoints | None
    amount: Money | None
    net: Money | None = None
    has_opposite_signs: bool = False


@attrs.frozen(kw_only=True)
class BriefRow:
    """One ally's or group's line; None where the edition has no figure."""

    entity: Entity
    share: Share | None
    change: Rate | None
    gaps: tuple[BriefGap, ...]
    equipment: Share | None
    status: Status | None
    promised: BriefPromise | None = None


@attrs.frozen(kw_only=True, repr=False)
class Brief(Page):
    """A year of one edition: a row for each member of a group, and totals of groups."""

    table: ExpenditureTable
    year: int
    group: Group
    targets: tuple[Target, ...]
    rows: tuple[BriefRow, ...]
    totals: tuple[BriefRow, ...]
    is_by_name: bool = False

    @property
    def sources(self) -> tuple[Source, ...]:
        """The edition's document and the targets' documents, each once."""
        return tuple(dict.fromkeys([self.table.edition.source, *(target.source for target in self.targets)]))

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Lay the brief out for reading."""
        _ = translation(locale)
        columns = [Column(_("Ally"), is_figure=False), Column(_("share"), _("% GDP")), Column(_("real"), _("chg %"))]
        for target in self.targets:
            columns += [Column(format_share(target.share, locale=locale), _("pp")), Column(_("gap"), _("USD bn"))]
        columns += [Column(_("equ-"), _("ip %")), Column(_("prom-"), _("ised"))]
        return TextTable(
            title=self.title(locale=locale),
            columns=tuple(columns),
            rows=tuple(_cells(row, locale) for row in self._ordered(locale)),
            totals=tuple(_cells(row, locale) for row in self.totals),
            notes=self._notes(locale),
        )

    def _ordered(self, locale: str) -> Iterable[BriefRow]:
        """Give the rows in order; those by name by the names that the reader sees."""
        if not self.is_by_name:
            return self.rows
        return sorted(self.rows, key=lambda row: by_name(row.entity, locale=locale))

    def title(self, *, locale: str = "en") -> str:
        """Say what the page shows, of whom, when, and in which edition."""
        _ = translation(locale)
        return _("Defence expenditure and gaps to targets, {group}, {year} (edition {edition})").format(
            group=country_name(self.group, locale=locale), year=self.year, edition=self.table.edition
        )

    def to_html(self, *, locale: str = "en") -> str:
        """Write one self-contained page, with a chart; needs the extra ``plots``."""
        from natoburden.presentation.html_page import page_of

        return page_of(self.to_table(locale=locale), locale=locale, chart=self._chart(locale))

    def _chart(self, locale: str) -> Axes | None:
        from natoburden.presentation.charts import ranked

        measured = [target for target in self.targets if target.component.measure is Measure.SHARE_OF_GDP]
        if not measured or not any(row.share for row in self.rows):
            return None
        results = [calculate.compliance(self.table, self.year, target, group=self.group) for target in measured]
        return ranked(results, locale=locale)

    def to_csv(self) -> str:
        """Write one line per row and target: long form, figures unrounded, as the table holds them."""
        header = (
            "edition,year,kind,key,name,share_of_gdp_percent,real_change_percent,equipment_share_percent,status,"
            "target,target_percent,gap_points,gap_million_usd,net_gap_million_usd,"
            "promised_low_percent,promised_high_percent,promised_by,promised_is_ceiling,promised_refusals"
        )
        return as_csv(
            header.split(","),
            (
                [
                    self.table.edition.key,
                    self.year,
                    "group" if isinstance(row.entity, Group) else "country",
                    row.entity.key,
                    row.entity.name,
                    *map(figure_of, (row.share, row.change, row.equipment)),
                    row.status,
                    gap.target.key,
                    gap.target.share.as_percent,
                    *map(figure_of, (gap.points, gap.amount, gap.net)),
                    *promised_cells(row.promised),
                ]
                for row in (*self.rows, *self.totals)
                for gap in row.gaps
            ),
        )

    def to_json(self) -> str:
        """Write everything as JSON; figures are texts with their sign, so that nothing is rounded."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=2) + "\n"

    def to_dict(self) -> dict[str, Any]:
        """Give the brief as plain data."""
        return {
            "edition": self.table.edition.key,
            "year": self.year,
            "group": self.group.key,
            "targets": [to_data(target) for target in self.targets],
            "allies": [_row_data(row) for row in self.rows],
            "groups": [_row_data(row) for row in self.totals],
            "notes": list(self._notes("en")),
            "sources": [to_data(source) for source in self.sources],
        }

    def _notes(self, locale: str) -> tuple[str, ...]:
        _ = translation(locale)
        notes = [
            _("Gaps to each target: in points of the published share; in money a year, at current prices and rates."),
            _("A minus is a surplus. A group's points are of its joint share; its amounts are gross: shortfalls only."),
        ]
        opposite = [row for row in self.rows if any(gap.has_opposite_signs for gap in row.gaps)]
        if opposite:
            allies = ", ".join(country_name(row.entity, locale=locale) for row in opposite)
            text = _(
                "Points and money of opposite sign ({allies}): the share divides constant prices, not current ones."
            )
            notes.append(text.format(allies=allies))
        rows = (*self.rows, *self.totals)
        if any(row.status is Status.ESTIMATE for row in rows):
            notes.append(_("e: estimate."))
        if any(row.share is None for row in self.rows):
            without = ", ".join(country_name(row.entity, locale=locale) for row in self.rows if row.share is None)
            text = _("{mark}: no figure in this edition ({without}); missing is not zero.")
            notes.append(text.format(mark=MISSING, without=without))
        notes += promised_notes(self.table, locale)
        target_label, source_label = _("Target:"), _("Source:")
        notes += [f"{target_label} {target_text(target, locale=locale)}" for target in self.targets]
        return (*notes, *(f"{source_label} {source}" for source in self.sources))


def brief(
    table: ExpenditureTable | None = None,
    *,
    year: int | None = None,
    targets: Sequence[Target] = (VILNIUS_FLOOR, HAGUE_CORE, US_DEMAND),
    group: GroupLike = "NATO",
    sort: Sort = "name",
) -> Brief:
    """Put together how far each member of a group is from each target in a year.

    The newest edition and its newest year unless told otherwise. A figure that the edition lacks is None in the
    row, and named in the notes. Raises `NoObservationError` for a year that the edition does not cover.

    >>> page = brief(defence_expenditure("2026-07"), year=2025, sort="share")
    >>> page.rows[0].entity.name, str(page.rows[0].gaps[1].points)
    ('Poland', '-0.75 pp')
    """
    data = defence_expenditure() if table is None else table
    expect_table(data)
    found, sought = Group.find(group), several(targets, Target, "targets", "give several: [HAGUE_CORE, VILNIUS_FLOOR]")
    when = data.latest_year if year is None else checked_year(year)
    if when not in data.years:
        raise NoObservationError("figures", str(found), when, data.edition.key, spans(data.years))
    wholes = (Group.find(_EUROPE_AND_CANADA), found) if found.key == "NATO" else (found,)
    rows = [_ally(data, country, when, sought) for country in found.members(when)]
    return Brief(
        table=data,
        year=when,
        group=found,
        targets=sought,
        rows=tuple(_sorted(rows, sort)),
        totals=tuple(_total(data, whole, when, sought) for whole in wholes),
        is_by_name=sort == "name",
    )


def _published(look_up: Callable[[], T]) -> T | None:
    """Give a figure, or None where the edition has none."""
    try:
        return look_up()
    except NoObservationError:
        return None


def _ally(table: ExpenditureTable, country: Country, year: int, targets: Iterable[Target]) -> BriefRow:
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


def _ally_gap(table: ExpenditureTable, country: Country, year: int, target: Target) -> BriefGap:
    points = _published(lambda: calculate.gap_in_points(table, country, year, target))
    # The page says itself which signs are opposite, so that it need not warn.
    gap = _published(lambda: calculate.gap(table, country, year, target, opposite_signs_ok=True))
    return BriefGap(
        target=target,
        points=points.points if points else None,
        amount=gap.amount if gap else None,
        has_opposite_signs=gap is not None and gap.has_opposite_signs,
    )


def _total(table: ExpenditureTable, group: Group, year: int, targets: Iterable[Target]) -> BriefRow:
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
    gap = _published(lambda: calculate.group_gap(table, group, year, target, opposite_signs_ok=True))
    of_gdp = target.component.measure is Measure.SHARE_OF_GDP
    return BriefGap(
        target=target,
        points=target.share - share.published() if share and of_gdp else None,
        amount=gap.gross if gap else None,
        net=gap.net if gap else None,
    )


def _sorted(rows: list[BriefRow], sort: Sort) -> list[BriefRow]:
    """Sort by name, or by a figure from the largest; rows without the figure come last."""
    if sort not in get_args(Sort):
        raise UnknownNameError("sort order", str(sort), get_args(Sort))
    if sort == "name":
        return sorted(rows, key=lambda row: row.entity.name)
    figures: dict[str, Callable[[BriefRow], _Value]] = {
        "share": lambda row: row.share,
        "change": lambda row: row.change,
        "gap": lambda row: row.gaps[-1].points,
        "amount": lambda row: row.gaps[-1].amount,
        "equipment": lambda row: row.equipment,
    }

    def rank(row: BriefRow) -> tuple[bool, Decimal]:
        figure = figure_of(figures[sort](row))
        return (figure is None, -(figure or Decimal(0)))

    return sorted(rows, key=rank)


def figure_of(value: _Value) -> Decimal | None:
    """Give the bare figure: percent, points or millions."""
    match value:
        case None:
            return None
        case Money():
            return value.in_millions
        case PercentagePoints():
            return value.value
        case _:
            return value.as_percent


def _cells(row: BriefRow, locale: str) -> tuple[str, ...]:
    def write(value: _Value, *, decimals: int = 2, size: int = 0) -> str:
        figure = figure_of(value)
        if figure is None:
            return MISSING
        return format_number(figure.scaleb(-size, context=CONTEXT), decimals, locale=locale, grouped=False)

    gaps = [cell for gap in row.gaps for cell in (write(gap.points), write(gap.amount, size=3))]
    mark = "e" if row.status is Status.ESTIMATE else ""
    figures = (write(row.share) + mark, write(row.change), *gaps, write(row.equipment, decimals=1))
    promised = promised_text(row.promised, locale) if isinstance(row.entity, Country) else ""
    return (country_name(row.entity, locale=locale), *figures, promised)


def _row_data(row: BriefRow) -> dict[str, Any]:
    gaps = [
        {"target": gap.target.key, **{name: to_data(getattr(gap, name)) for name in ("points", "amount", "net")}}
        for gap in row.gaps
    ]
    figures = {name: to_data(getattr(row, name)) for name in ("share", "change", "equipment", "status")}
    return {
        "key": row.entity.key,
        "name": row.entity.name,
        **figures,
        "gaps": gaps,
        "promised": to_data(row.promised),
    }
