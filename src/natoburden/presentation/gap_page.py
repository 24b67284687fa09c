"""The gap of one ally or group to targets: a sentence, a small table, and the limits of the result."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import Any, TypeVar

import attrs

from natoburden.calculators import targets as calculate
from natoburden.calculators._arguments import expect_table, several
from natoburden.calculators.targets import GroupGap
from natoburden.datasets import defence_expenditure
from natoburden.datasets.targets import US_DEMAND, brief_targets
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._numbers import CONTEXT, checked_year
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Entity, EntityLike, Group, find_entity
from natoburden.model.money import Currency, Money
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.sources import Source, Status, distinct
from natoburden.model.spending_commitments import Target
from natoburden.presentation.brief_page import group_row
from natoburden.presentation.columns import Column, Columns, Figure
from natoburden.presentation.formatting import basis_text, country_name, format_number, format_share, target_text
from natoburden.presentation.messages import Translate
from natoburden.presentation.tables import Page
from natoburden.presentation.two_definitions import definition_notes
from natoburden.serialization import to_data

__all__ = ["GapLine", "GapPage", "ally_gaps"]

T = TypeVar("T")


@attrs.frozen(kw_only=True)
class GapLine:
    """The gap of an ally or group to one target; a figure that the edition lacks is None.

    For a group, `amount` is the sum of members' shortfalls, and `net` also deducts members' surpluses.
    """

    target: Target
    share: Share | None
    points: PercentagePoints | None
    amount: Money | None
    net: Money | None = None
    status: Status | None = None
    has_opposite_signs: bool = False


@attrs.frozen(kw_only=True, repr=False)
class GapPage(Page):
    """The gaps of one ally or group in one year of one edition: a row for each target."""

    table: ExpenditureTable
    entity: Entity
    year: int
    rows: tuple[GapLine, ...]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The edition's document and the targets' documents, each once."""
        return distinct([self.table.edition.source, *(row.target.source for row in self.rows)])

    @property
    def is_of_a_group(self) -> bool:
        """Whether the page is for a group; the amounts of a group are both gross and net."""
        return isinstance(self.entity, Group)

    def _title(self, _: Translate) -> str:
        return _("Gap to targets: {who}, {year} (edition {edition})").format(
            who=country_name(self.entity, locale=_.locale), year=self.year, edition=self.table.edition
        )

    def _lead(self, _: Translate) -> Iterator[str]:
        yield from (f"{self._in_points(row, _)} {self._in_money(row, _)}".strip() for row in self.rows)

    def _in_points(self, row: GapLine, _: Translate) -> str:
        if row.points is None or row.share is None:
            text = _("{who}, {year}, {target}: the edition has no joint share.")
        elif row.points.value > 0:
            text = _("{who}, {year}: {share} {of_whole} ({status}), {points} percentage points short of {target}.")
        elif row.points.value < 0:
            text = _("{who}, {year}: {share} {of_whole} ({status}), {points} percentage points above {target}.")
        else:
            text = _("{who}, {year}: {share} {of_whole} ({status}), which is just {target}.")
        return text.format(
            who=country_name(self.entity, locale=_.locale),
            year=self.year,
            share="" if row.share is None else format_share(row.share, 2, locale=_.locale),
            of_whole=_(f"of {row.target.component.whole}"),
            status=_("" if row.status is None else row.status.value),
            points="" if row.points is None else format_number(abs(row.points.value), 2, locale=_.locale),
            target=_("the {target}").format(target=_(row.target.name)),
        )

    def _in_money(self, row: GapLine, _: Translate) -> str:
        if row.amount is None:
            return _("The edition has no money for it.")
        if row.net is not None:
            text = _("Members below it lack {amount} a year together; set off against the surpluses of others, {net}.")
            text = text if row.net != row.amount else _("Its members lack {amount} a year together.")
        elif row.amount.amount > 0:
            text = _("In money it lacks {amount} a year.")
        else:
            text = _("In money that is {amount} a year more than the target asks.")
        amount, net = row.amount if row.net else abs(row.amount), row.net or row.amount
        return text.format(amount=_billions(amount, _), net=_billions(net, _))

    def _columns(self, _: Translate) -> Columns[GapLine]:
        currency = next((row.amount.currency.code for row in self.rows if row.amount), "USD")
        million, dollars = f"million_{currency.lower()}", _("{currency} bn").format(currency=currency)
        money: Columns[GapLine] = (
            Column(
                f"gap_{million}",
                lambda row: row.amount,
                (_("gross"), dollars) if self.is_of_a_group else (_("gap"), dollars),
                Figure(scale=3),
            ),
            Column(
                f"net_gap_{million}",
                lambda row: row.net,
                (_("net"), dollars) if self.is_of_a_group else (),
                Figure(scale=3),
            ),
        )
        return (
            Column("edition", lambda _row: self.table.edition.key),
            Column("year", lambda _row: self.year),
            Column("kind", lambda _row: "group" if self.is_of_a_group else "country"),
            Column("key", lambda _row: self.entity),
            Column("name", lambda _row: self.entity.name),
            Column("target", lambda row: row.target.key),
            Column("", lambda row: row.target, (_("Target"),), _name_of),
            Column("target_percent", lambda row: row.target.share, (_("asks"), "%"), Figure()),
            Column("share_percent", lambda row: row.share, (_("share"), "%"), Figure()),
            Column("gap_points", lambda row: row.points, (_("gap"), _("pp")), Figure()),
            *money,
            Column("due", lambda row: row.target.deadline, (_("due"),)),
            Column("status", lambda row: row.status, (_("status"),)),
        )

    def _facts(self) -> dict[str, Any]:
        return {
            "edition": self.table.edition.key,
            "year": self.year,
            "entity": self.entity.key,
            "targets": [to_data(row.target) for row in self.rows],
        }

    def _notes(self, _: Translate) -> Iterator[str]:
        yield _(
            "A gap is arithmetic on NATO's figures. It is not a debt or a bill, and not what was promised: see "
            "natoburden commitments."
        )
        yield from definition_notes(self.table.edition.counted_by, _)
        for row in self.rows:
            name = _(row.target.name)
            if row.target.deadline is not None and row.target.deadline > self.year:
                text = _("{target}: due in {year}, and a gap before then is not a breach.")
                yield text.format(target=name, year=row.target.deadline)
            if row.target == US_DEMAND:
                yield _("{target}: a demand that the Allies never adopted in that form.").format(target=name)
        prices = {basis_text(row.amount.basis, locale=_.locale) for row in self.rows if row.amount}
        if prices:
            yield _("Money: {prices}, and exchange rates of the year.").format(prices=", ".join(sorted(prices)))
        if any(row.amount and row.amount.currency.code != "USD" for row in self.rows):
            yield _(
                "Not in dollars: what NATO prints in an Ally's own currency is taken as printed, all else is at the "
                "European Central Bank's average of the year."
            )
        yield _(
            "Points are of NATO's share, which divides constant prices; money is the target's share less what was "
            "spent. Points times GDP is therefore not quite the money. Minus: a surplus."
        )
        if opposite := [row for row in self.rows if row.has_opposite_signs]:
            text = _("Points and money have opposite signs ({targets}): the share is of constant prices.")
            yield text.format(targets=", ".join(_(row.target.name) for row in opposite))
        label = _("Target:")
        yield from (f"{label} {target_text(row.target, locale=_.locale)}" for row in self.rows)


def ally_gaps(
    ally: EntityLike,
    *,
    table: ExpenditureTable | None = None,
    year: int | None = None,
    targets: Sequence[Target] | None = None,
    currency: Currency | str | None = None,
) -> GapPage:
    r"""Compute a page on how far an ally or a group is from each target in a year.

    The defaults are the newest edition, its newest year and the targets of the brief. Amounts are at current prices,
    and in dollars unless you name a `currency`; ``"own"`` is an ally's own currency. Raises `NoObservationError` if the
    edition has no share of the ally, and `TargetMismatchError` for related spending, which NATO does not publish.
    Raises `UnexpectedValueError` for ``"own"`` with a group, since a group has no currency.

    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> page = ally_gaps("Germany", table=defence_expenditure("2026-07"), year=2025, targets=[HAGUE_CORE])
    >>> print(page.to_table().lead[0].replace(". ", ".\n"))
    Germany, 2025: 2.22% of GDP (estimate), 1.28 percentage points short of the Hague core target.
    In money it lacks USD 64.84 billion a year.
    """
    data = defence_expenditure() if table is None else table
    expect_table(data)
    found, when = find_entity(ally), data.latest_year if year is None else checked_year(year)
    asked = several(brief_targets() if targets is None else targets, Target, "targets", "give several: [HAGUE_CORE]")
    if currency == "own" and isinstance(found, Group):
        raise UnexpectedValueError("a currency", "own", f"{found} has none of its own; name one, such as EUR")
    if currency is not None:
        data = data.in_currency(currency, printed_first=isinstance(found, Country))
    rows = (
        _line_of_country(data, found, when, target)
        if isinstance(found, Country)
        else _line_of_group(data, found, when, target)
        for target in asked
    )
    return GapPage(table=data, entity=found, year=when, rows=tuple(rows))


# The page itself says if signs are opposite or definitions differ, so no warning is needed.
def _line_of_country(table: ExpenditureTable, country: Country, year: int, target: Target) -> GapLine:
    points = calculate.gap_in_points(table, country, year, target, mixed_definitions_ok=True)
    money = _found(
        lambda: calculate.gap(table, country, year, target, opposite_signs_ok=True, mixed_definitions_ok=True)
    )
    return GapLine(
        target=target,
        share=points.share,
        points=points.points,
        amount=money.amount if money else None,
        status=(money or points).status,
        has_opposite_signs=money is not None and money.has_opposite_signs,
    )


def _line_of_group(table: ExpenditureTable, group: Group, year: int, target: Target) -> GapLine:
    def calculated() -> GroupGap:
        return calculate.group_gap(table, group, year, target, opposite_signs_ok=True, mixed_definitions_ok=True)

    of_gdp = target.component.measure is Measure.SHARE_OF_GDP
    row = group_row(table, group, year, ()) if of_gdp else None
    share = row.share.published() if row is not None and row.share is not None else None
    # Without a share of the group, the error says which member has no figure.
    money = calculated() if share is None else _found(calculated)
    return GapLine(
        target=target,
        share=share,
        points=None if share is None else target.share - share,
        amount=money.gross if money else None,
        net=money.net if money else None,
        status=row.status if row is not None and share is not None else money.status if money else None,
    )


def _found(look_up: Callable[[], T]) -> T | None:
    """Return a computed value, or None if the edition lacks a figure for it."""
    try:
        return look_up()
    except NoObservationError:
        return None


def _name_of(target: Target, _: Translate) -> str:
    return _(target.name)


def _billions(amount: Money, _: Translate) -> str:
    """Return an amount in billions, or in millions if it is below a tenth of a billion."""
    figure = amount.in_millions
    if abs(figure) < Decimal(100):
        text, scaled = _("{currency} {figure} million"), figure
    else:
        text, scaled = _("{currency} {figure} billion"), figure.scaleb(-3, context=CONTEXT)
    return text.format(currency=amount.currency, figure=format_number(scaled, 2, locale=_.locale))
