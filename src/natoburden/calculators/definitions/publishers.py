"""An ally's burden as each publisher counts it, and the causes of each difference from NATO's figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

from natoburden.calculators._arguments import expect_table, in_currency, several, several_years
from natoburden.calculators._members import ally_of
from natoburden.calculators.definitions.counted_otherwise import Reason, reasons
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._checks import member
from natoburden.model._figures import spans
from natoburden.model.countries import Country, CountryLike
from natoburden.model.exchange import Rates
from natoburden.model.expenditure import CountedBy, ExpenditureTable, Measure, Observation
from natoburden.model.money import CURRENT_PRICES, Currency, Money
from natoburden.model.shares import PercentagePoints, Share

__all__ = ["DefinitionBurden", "DefinitionBurdens", "beside", "checked_definitions", "share_on"]

_CURRENCIES = (Currency("USD"), Currency("EUR"))


@attrs.frozen(kw_only=True)
class DefinitionBurden(TableResult):
    """One ally's burden in one year on one definition, and the difference from NATO's share in percentage points.

    `share` is the published share. `on_nato_gdp` is the published spending divided by the GDP of NATO's table, at
    current prices in the currency of `amount`. `difference` is the sum of `by_spending`, `by_gdp` and `by_prices`.
    `by_spending` is the effect of different spending with the same GDP, and `by_gdp` is the effect of different GDP.
    `by_prices` arises because NATO computes its share from amounts at constant prices. A part of the difference that
    cannot be computed from the sources is None, and never counts as zero. In the row of NATO's own figures,
    `by_spending`, `by_gdp` and `by_prices` are None.
    """

    formula = (
        "difference = share − NATO's share = by spending (amount / GDP − NATO's amount / GDP) + by GDP (share − "
        "amount / GDP) + by prices (NATO's amount / GDP − NATO's share); GDP is NATO's, at current prices"
    )

    note: ClassVar[str] = "A target of the alliance is defined on NATO's figures alone."

    country: Country
    year: int
    definition: CountedBy
    edition: str
    share: Share | None
    amount: Money | None
    on_nato_gdp: Share | None
    difference: PercentagePoints | None
    by_spending: PercentagePoints | None
    by_gdp: PercentagePoints | None
    by_prices: PercentagePoints | None
    reasons: tuple[Reason, ...] = attrs.field(repr=False, metadata={"in_row": False})

    @property
    def headline(self) -> str:
        return f"Burden of {self.country} in {self.year} as {self.definition} counts it"

    @property
    def findings(self) -> Findings:
        known: tuple[Finding[Any] | None, ...] = (
            None if self.share is None else Finding("share", self.share),
            None if self.amount is None else Finding("amount", self.amount),
            None if self.on_nato_gdp is None else Finding("on NATO's GDP", self.on_nato_gdp, percent),
            None if self.difference is None else Finding("difference to NATO's", self.difference),
            None if self.by_spending is None else Finding("by spending", self.by_spending),
            None if self.by_gdp is None else Finding("by GDP", self.by_gdp),
            None if self.by_prices is None else Finding("by prices", self.by_prices),
        )
        return (
            *(item for item in known if item is not None),
            *(Finding("counts otherwise", item) for item in self.reasons),
        )


@attrs.frozen(kw_only=True)
class DefinitionBurdens(ResultTable[DefinitionBurden]):
    """One ally's burden by year and definition; `without_figure` lists the years without a publisher's figure."""

    country: Country
    without_figure: tuple[tuple[CountedBy, int], ...]

    @property
    def caption(self) -> tuple[str, ...]:
        return (f"Burden of {self.country} as several publishers count it",)

    @property
    def remarks(self) -> tuple[str, ...]:
        """The years for which a publisher has no figure, and a note that targets are defined on NATO's figures."""
        missing = "; ".join(f"{definition} {year}" for definition, year in self.without_figure)
        return (*((f"without a figure: {missing}",) if missing else ()), DefinitionBurden.note)

    def of(self, definition: CountedBy | str, year: int) -> DefinitionBurden:
        """Return the row of one definition and year; raises `NoObservationError` if the row is missing."""
        wanted = member(CountedBy, definition)
        for row in self.rows:
            if row.definition is wanted and row.year == year:
                return row
        there = spans(sorted(row.year for row in self.rows if row.definition is wanted)) or "none"
        raise NoObservationError("burden", str(self.country), year, wanted.value, there)


def beside(
    table: ExpenditureTable,
    others: Iterable[ExpenditureTable],
    country: CountryLike,
    *,
    years: Iterable[int] | None = None,
    rates: Rates | None = None,
    notes: Mapping[Country, str] | None = None,
) -> DefinitionBurdens:
    """Compute an ally's burden on NATO's and on other definitions, with the differences in percentage points.

    `table` is NATO's table. `others` are tables of SIPRI, Eurostat or the European Defence Agency that you read from
    your own files, one for each definition. Without `years`, all years of NATO's edition are compared. `without_figure`
    lists the years for which another publisher has no figure.

    To compare spending alone, each publisher's spending is divided by NATO's GDP, in dollars as printed or in euros.
    `ExpenditureTable.in_currency` converts to euros: at NATO's own rate if NATO prints euros, otherwise at the European
    Central Bank's average rate or at your `rates`. `notes` are SIPRI's footnote marks by country, as in
    `MilexWorkbook.notes`. The `notes` appear only among the reasons of a row; no computation uses them.

    Raises `UnexpectedValueError` for two tables on one definition, and if the first table is not NATO's. Raises
    `NoObservationError` if no table has a figure.

    >>> from natoburden.datasets import defence_expenditure
    >>> row = beside(defence_expenditure("2026-07"), [], "Germany", years=[2025])[0]
    >>> print(row.definition, row.share, row.on_nato_gdp, row.amount)
    NATO 2.22 % 2.22 % USD 112.14 bn (current prices)
    """
    given = checked_definitions(table, others)
    ally = ally_of(country)
    wanted = several_years(years, table.years)
    if not wanted:
        raise UnexpectedValueError("years", "none", "give at least one, or leave them out for all")
    gdps = _Gdps(table, rates)
    marks = {} if notes is None else notes
    rows, missing = [], []
    for year in wanted:
        for one in given:
            row = _row(one, ally, year, gdps, marks)
            if row is None:
                missing.append((one.edition.counted_by, year))
            else:
                rows.append(row)
    if not rows:
        raise NoObservationError("burden", str(ally), wanted[0], table.edition.key, "another year")
    return DefinitionBurdens(rows=tuple(rows), country=ally, without_figure=tuple(missing))


def checked_definitions(table: ExpenditureTable, others: Iterable[ExpenditureTable]) -> tuple[ExpenditureTable, ...]:
    """Return NATO's table and the tables of other publishers.

    Raises `UnexpectedValueError` if the first table is not NATO's, or if two tables use the same definition.
    """
    expect_table(table)
    if table.edition.counted_by is not CountedBy.NATO:
        hint = "give NATO's table first, and this one among the others"
        raise UnexpectedValueError("a table", f"{table.edition.key} of {table.edition.counted_by}", hint)
    hint = "give a list, even of one: [readers.eda.read_defence_data(file).table]"
    given = (table, *several(others, ExpenditureTable, "tables of other publishers", hint))
    by: dict[CountedBy, ExpenditureTable] = {}
    for one in given:
        if (other := by.setdefault(one.edition.counted_by, one)) is not one:
            hint = f"{other.edition.key} and {one.edition.key} count on one definition: give one of each"
            raise UnexpectedValueError("tables to set side by side", str(one.edition.counted_by), hint)
    return given


def share_on(table: ExpenditureTable, country: Country, year: int) -> Observation[Share] | None:
    """Return the share of GDP that a table prints for a country; None if it prints no share."""
    return _known(table, Measure.SHARE_OF_GDP, country, year, None)


class _Gdps:
    """NATO's figures at current prices, in dollars or euros; the table is converted once for each currency."""

    def __init__(self, table: ExpenditureTable, rates: Rates | None) -> None:
        self.table, self._rates = table, rates
        self._in: dict[Currency, ExpenditureTable] = {}

    def of(self, measure: Measure, country: Country, year: int, currency: Currency) -> Observation[Money] | None:
        """Return NATO's figure in a currency; None if NATO has no figure, or if a rate is missing."""
        found = self._in.get(currency)
        if found is None:
            found = self.table
            if currency.code != "USD":
                found = in_currency(self.table, currency, self._rates, of_one=True)
            self._in[currency] = found
        try:
            return found.gdp(country, year) if measure is Measure.GDP else found.expenditure(country, year)
        except NoObservationError:
            return None


def _row(
    one: ExpenditureTable, country: Country, year: int, gdps: _Gdps, notes: Mapping[Country, str]
) -> DefinitionBurden | None:
    share, amount = share_on(one, country, year), _amount(one, country, year)
    if share is None and amount is None:
        return None
    official = share_on(gdps.table, country, year)
    gdp = spent = None
    if amount is not None:
        gdp = gdps.of(Measure.GDP, country, year, amount.value.currency)
        spent = gdps.of(Measure.EXPENDITURE, country, year, amount.value.currency)
    on_gdp = None if amount is None or gdp is None else _part(amount.value, gdp.value)
    nato_on_gdp = None if spent is None or gdp is None else _part(spent.value, gdp.value)
    counted_by = one.edition.counted_by
    is_natos = counted_by is CountedBy.NATO  # and nothing to take apart
    own, natos = _value(share), _value(official)
    figures = (share, amount, official, gdp, spent)
    return DefinitionBurden(
        country=country,
        year=year,
        definition=counted_by,
        edition=one.edition.key,
        share=own,
        amount=None if amount is None else amount.value,
        on_nato_gdp=on_gdp,
        difference=_less(own, natos),
        by_spending=None if is_natos else _less(on_gdp, nato_on_gdp),
        by_gdp=None if is_natos else _less(own, on_gdp),
        by_prices=None if is_natos else _less(nato_on_gdp, natos),
        reasons=(*reasons(counted_by), *_marks(one, country, notes)),
        inputs=tuple(dict.fromkeys(item for item in figures if item is not None)),
    )


def _marks(table: ExpenditureTable, country: Country, notes: Mapping[Country, str]) -> tuple[Reason, ...]:
    """Return SIPRI's footnote marks of a country as a reason; the workbook's sheet of footnotes explains them."""
    definition, mark = table.edition.counted_by, notes.get(country, "")
    if definition is not CountedBy.SIPRI or not mark:
        return ()
    text = f"the workbook marks the country {mark}: see its sheet of footnotes"
    return (Reason(definition=definition, subject="footnotes", text=text, source=table.edition.source),)


def _amount(table: ExpenditureTable, country: Country, year: int) -> Observation[Money] | None:
    for currency in _CURRENCIES:
        found = _known(table, Measure.EXPENDITURE, country, year, currency)
        if found is not None:
            return found
    return None


def _known(
    table: ExpenditureTable, measure: Measure, country: Country, year: int, currency: Currency | None
) -> Observation[Any] | None:
    basis = None if currency is None else CURRENT_PRICES
    try:
        return table.observation(measure, country, year, basis, currency)
    except NoObservationError:
        return None


def _value(item: Observation[Share] | None) -> Share | None:
    return None if item is None else item.value


def _part(part: Money, whole: Money) -> Share:
    return Share.of(part.amount, whole.amount)


def _less(share: Share | None, other: Share | None) -> PercentagePoints | None:
    return None if share is None or other is None else share - other
