"""The effect of a path of defence expenditure on an ally's debt: a few sentences, a row for each year, and notes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from natoburden.calculators import fiscal
from natoburden.calculators._arguments import expect_table
from natoburden.calculators.fiscal import EscapeClauseRoom, FiscalSpace, FiscalYear, LoanCover, YearOrigin
from natoburden.datasets import defence_expenditure, escape_clauses, macro, safe_loans, yearly_exchange_rates
from natoburden.model._numbers import CONTEXT, checked_year
from natoburden.model.countries import CountryLike
from natoburden.model.expenditure import CountedBy, ExpenditureTable
from natoburden.model.macro_tables import MacroTable
from natoburden.model.memberships import Bloc
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.sources import Source, distinct
from natoburden.presentation.columns import Column, Columns, Figure
from natoburden.presentation.formatting import country_name, format_date, format_number, format_share
from natoburden.presentation.messages import N_, Translate
from natoburden.presentation.tables import Page
from natoburden.presentation.two_definitions import definition_notes
from natoburden.serialization import to_data

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["FiscalPage", "ally_fiscal_space"]

_BASE_YEAR = 2021  # the last year before the war, which is the base year that the page names
_ORIGINS = {YearOrigin.OUTCOME: N_("outcome"), YearOrigin.FORECAST: N_("forecast"), YearOrigin.ASSUMED: N_("assumed")}
_ONE = Figure(decimals=1)


@attrs.frozen(kw_only=True, repr=False)
class FiscalPage(Page):
    """A page on one ally's debt with and without a path, by year, with any escape clause and any SAFE loan."""

    space: FiscalSpace
    counted_by: CountedBy
    clause: EscapeClauseRoom | None = None
    loan: LoanCover | None = None

    @property
    def rows(self) -> tuple[FiscalYear, ...]:
        """A row for each year, from the start of the path."""
        return self.space.years.rows

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents behind the debt figures, the escape clause and the SAFE loan, each listed once."""
        parts = (self.space, self.clause, self.loan)
        return distinct(source for part in parts if part is not None for source in part.sources)

    def _title(self, _: Translate) -> str:
        return _("Debt with and without the path: {who}, {first} to {last} (IMF, {edition})").format(
            who=country_name(self.space.country, locale=_.locale),
            first=self.rows[0].year,
            last=self.rows[-1].year,
            edition=self.space.baseline.edition,
        )

    def _lead(self, _: Translate) -> Iterator[str]:
        found, first, last = self.space, self.rows[0], self.rows[-1]
        yield _(
            "Gross debt of {who}: {debt} of GDP in {first}; in {last} {without} without the path and {with_path} with "
            "it, {added} percentage points more."
        ).format(
            who=country_name(found.country, locale=_.locale),
            debt=_percent(first.debt, _),
            first=first.year,
            last=last.year,
            without=_percent(last.debt, _),
            with_path=_percent(last.debt_with, _),
            added=format_number(last.added.value, 2, locale=_.locale),
        )
        yield _(
            "Core expenditure goes from {start} to {target} of GDP: in {last} {extra} of GDP more than the outlook "
            "is taken to hold, {amount}. Paid {debt} by debt, {taxes} by taxes, {cuts} by cuts elsewhere."
        ).format(
            start=format_share(found.path.start, 2, locale=_.locale),
            target=format_share(found.path.target, 2, locale=_.locale),
            last=last.year,
            extra=_percent(last.extra, _),
            amount=_billions(last.extra_amount, _),
            **{
                name: format_share(getattr(found.financing, name), locale=_.locale)
                for name in ("debt", "taxes", "cuts")
            },
        )
        yield _(
            "To hold debt in {last}, stock-flow aside, the primary balance has to be {without} of GDP without and "
            "{with_path} with the path; it is {balance} and {balance_with}. Stock-flow, {flow} of GDP, comes on top."
        ).format(
            last=last.year,
            without=_percent(last.stabilising, _),
            with_path=_percent(last.stabilising_with, _),
            balance=_percent(last.primary_balance, _),
            balance_with=_percent(last.primary_balance_with, _),
            flow=_percent(last.stock_flow, _),
        )
        if self.clause is not None:
            yield from self._of_the_clause(self.clause, _)
        if self.loan is not None:
            yield self._of_the_loan(self.loan, _)

    def _of_the_clause(self, clause: EscapeClauseRoom, _: Translate) -> Iterator[str]:
        if clause.activation is None:
            yield _("National escape clause: no activation on record; the room would be as follows.")
        else:
            day = format_date(clause.activation.activated, locale=_.locale)
            yield _("National escape clause: activated on {day}.").format(day=day)
        years = ", ".join(
            _("{year}: {part}").format(
                year=row.year, part=_("unknown") if row.covered is None else _percent(row.covered, _)
            )
            for row in clause
        )
        yield _("It covers, of the increase over {base}, at most {most} of GDP a year: {years}.").format(
            base=clause.base_year, most=_percent(clause.most, _), years=years
        )

    def _of_the_loan(self, loan: LoanCover, _: Translate) -> str:
        part = _("unknown") if loan.part_covered is None else _percent(_points(loan.part_covered), _)
        text = _("SAFE loan, the Council's maximum: {amount}, {part} of what the path adds from {first} to {last}.")
        if not loan.is_maximum:
            text = _("SAFE loan, tentative: {amount}, {part} of what the path adds from {first} to {last}.")
        return text.format(
            amount=_billions(loan.amount, _), part=part, first=loan.rows[0].year, last=loan.rows[-1].year
        )

    def _columns(self, _: Translate) -> Columns[FiscalYear]:
        million = f"million_{self.rows[0].gdp.currency.code.lower()}"
        without, with_path = _("without"), _("with")
        return (
            Column("year", lambda row: row.year, (_("year"),)),
            Column("key", lambda row: row.country),
            Column("origin", lambda row: row.origin),
            Column("", lambda row: _ORIGINS[row.origin], ("",), lambda word, _: _(word)),
            Column("share_percent", lambda row: row.share, (_("share"), "%"), Figure()),
            Column("extra_points", lambda row: row.extra, (_("extra"), _("% GDP")), Figure()),
            Column(f"extra_{million}", lambda row: row.extra_amount),
            Column("borrowed_points", lambda row: row.borrowed),
            Column("taxes_points", lambda row: row.taxes),
            Column("cuts_points", lambda row: row.cuts),
            Column(f"gdp_{million}", lambda row: row.gdp),
            Column("growth_percent", lambda row: row.growth),
            Column("interest_percent", lambda row: row.interest),
            Column("debt_points", lambda row: row.debt, (_("debt"), without), _ONE),
            Column("debt_with_points", lambda row: row.debt_with, (_("debt"), with_path), _ONE),
            Column("added_points", lambda row: row.added),
            Column("differential_points", lambda row: row.differential, ("r − g", _("pp")), _ONE),
            Column("stock_flow_points", lambda row: row.stock_flow, (_("stock-flow"), _("% GDP")), _ONE),
            Column("primary_balance_points", lambda row: row.primary_balance, (_("primary"), without), _ONE),
            Column("primary_balance_with_points", lambda row: row.primary_balance_with),
            Column("stabilising_points", lambda row: row.stabilising, (_("to hold"), without), _ONE),
            Column("stabilising_with_points", lambda row: row.stabilising_with, (_("to hold"), with_path), _ONE),
            Column("gdp_added_percent", lambda row: row.gdp_added),
        )

    def _facts(self) -> dict[str, Any]:
        found = self.space
        return {
            "entity": found.country.key,
            "outlook": found.baseline.edition,
            "financing": to_data(found.financing),
            "multiplier": to_data(found.multiplier),
            "already_in_baseline": to_data(found.already_in_baseline),
            "formula": found.formula,
        }

    def _chart(self, _: Translate) -> Axes | None:
        from natoburden.presentation.charts import debt_with_and_without

        return debt_with_and_without(self.space, locale=_.locale)

    def _notes(self, _: Translate) -> Iterator[str]:
        found, last = self.space, self.rows[-1]
        yield _("Forecasts are the IMF's, and not the library's. Debt and balances are in percent of GDP.")
        if last.origin is YearOrigin.ASSUMED:
            yield _(
                "After {year} it is assumed, each year: growth {growth}, effective rate {interest}, primary balance "
                "{primary} and stock-flow {stock_flow} of GDP; what is not named otherwise is held as in {year}."
            ).format(
                year=found.baseline.last_forecast,
                growth=_percent(_points(last.growth), _),
                interest=_percent(_points(last.interest), _),
                primary=_percent(last.primary_balance, _),
                stock_flow=_percent(last.stock_flow, _),
            )
        yield _(
            "What the IMF's figures already hold of the path is not known; {part} of it is assumed to be inside."
        ).format(part=format_share(found.already_in_baseline, locale=_.locale))
        yield _("Multiplier {multiplier}: zero leaves GDP as it is. Published estimates differ widely.").format(
            multiplier=format_number(found.multiplier, 2, locale=_.locale, trim=True)
        )
        yield _(
            "r − g: effective rate, which is net interest over the debt of the year before, less growth of GDP. To "
            "hold: the primary balance that keeps debt where it was, stock-flow aside. Stock-flow: what else changes "
            "debt."
        )
        yield from definition_notes(self.counted_by, _)
        if found.starts_in_the_past:
            yield _(
                "The path starts in the past: of years that are over, the outlook holds what was spent in fact, and "
                "the path's addition comes on top of it."
            )
        if found.path.start == found.path.target:
            yield _("The share of the start is at or above the target, which is a floor: the path adds nothing.")
        if any(row.interest.as_fraction < 0 for row in self.rows) and found.interest_on_new is None:
            yield _(
                "The effective rate is below zero, since assets earn more than the debt costs; new debt costs what "
                "markets ask: name a rate with --interest."
            )
        if self.clause is not None:
            yield _(
                "The clause is a ceiling, and the Union counts defence by its own statistics; here it is NATO's share. "
                "The base year is the library's choice."
            )
        if self.loan is not None:
            yield _(
                "A SAFE loan is debt too: it changes the rate, and when principal is due. How much is drawn "
                "is not known."
            )


def ally_fiscal_space(
    ally: CountryLike,
    *,
    table: ExpenditureTable | None = None,
    outlook: MacroTable | None = None,
    year: int | None = None,
    **options: Any,
) -> FiscalPage:
    r"""Compute a page on an ally's debt with and without the path to 3.5 % of GDP; for `options` see `fiscal.space`.

    The defaults are the newest edition, its newest year and the packaged outlook. For a member of the European Union,
    the page adds the increase since 2021 that the national escape clause permits. For an ally with a SAFE loan, the
    page adds the share of the costs that the loan would cover.

    >>> page = ally_fiscal_space("Italy", table=defence_expenditure("2026-07"), year=2026)
    >>> print(page.to_table().lead[0].replace("; ", ";\n"))
    Gross debt of Italy: 138.38% of GDP in 2026;
    in 2035 134.52% without the path and 141.62% with it, 7.10 percentage points more.
    """
    data, forecast = defence_expenditure() if table is None else table, macro() if outlook is None else outlook
    expect_table(data)
    when = data.latest_year if year is None else checked_year(year)
    found = fiscal.space(data, forecast, ally, when, **{"mixed_definitions_ok": True, **options})
    return FiscalPage(
        space=found,
        counted_by=data.edition.counted_by,
        clause=_clause(data, forecast, found),
        loan=_loan(found),
    )


def _clause(table: ExpenditureTable, outlook: MacroTable, found: FiscalSpace) -> EscapeClauseRoom | None:
    if not Bloc.find("EU").has_member(found.country, found.path.first_year) or _BASE_YEAR not in table.years:
        return None
    return fiscal.escape_clause_room(
        table, found.country, base_year=_BASE_YEAR, clauses=escape_clauses(), steps=found.path, outlook=outlook
    )


def _loan(found: FiscalSpace) -> LoanCover | None:
    loan = next((item for item in safe_loans() if item.country == found.country), None)
    if loan is None or not (loan.maximum or loan.tentative) or found.last.extra.value <= 0:
        return None
    rates = yearly_exchange_rates()
    return fiscal.safe_cover(found, loan, rates=rates.for_year(min(found.path.first_year, rates.tables[-1].year)))


def _points(rate: Rate) -> PercentagePoints:
    return PercentagePoints(rate.as_percent)


def _percent(points: PercentagePoints, _: Translate) -> str:
    """Return points of GDP as a percentage in the reader's language, even if below zero or above a hundred."""
    size = format_share(Share.percent(0), 0, locale=_.locale)
    return size.replace(format_number(Decimal(0), 0, locale=_.locale), format_number(points.value, 2, locale=_.locale))


def _billions(amount: Money, _: Translate) -> str:
    figure = format_number(amount.in_millions.scaleb(-3, context=CONTEXT), 2, locale=_.locale)
    return _("{currency} {figure} billion").format(currency=amount.currency, figure=figure)
