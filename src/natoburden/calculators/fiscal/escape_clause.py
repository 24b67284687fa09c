"""The national escape clause: how much of an increase in defence expenditure the EU's fiscal rules exclude."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from natoburden.calculators._arguments import expect_table, several
from natoburden.calculators._members import ally_of
from natoburden.calculators.findings import Finding, Findings, or_none, places
from natoburden.calculators.pathways import SharePath
from natoburden.calculators.results import Projection, Summary
from natoburden.errors import InvalidYearError, NotAMemberError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.macro_measures import MacroMeasure, MacroUnit
from natoburden.model.macro_tables import MacroTable
from natoburden.model.memberships import Bloc
from natoburden.model.money import Money
from natoburden.model.published import EscapeClause
from natoburden.model.shares import PercentagePoints, Share

__all__ = ["ClauseYear", "EscapeClauseRoom", "escape_clause_room"]

_MOST = PercentagePoints("1.5")
_FIRST, _LAST = 2025, 2028
_NONE = PercentagePoints(0)


@attrs.frozen(kw_only=True)
class ClauseYear(Projection):
    """One year of an ally under the clause; all amounts are None if the year's share is unknown.

    `increase` is the share of the year minus the share of the base year. The clause covers increases up to a limit.
    `covered` is the part of the increase up to the limit, and is never below zero. `beyond` is how far the increase
    exceeds the limit, and `left` is how much of the limit is unused. `amount` is the covered increase in money.
    """

    formula = "covered = min(room, max(0, share − share of the base year)); left = room − covered"

    country: Country
    year: int
    share: Share | None = None
    increase: PercentagePoints | None = None
    covered: PercentagePoints | None = None
    beyond: PercentagePoints | None = None
    left: PercentagePoints | None = None
    amount: Money | None = None

    @property
    def headline(self) -> str:
        return f"Room of the national escape clause, {self.country}, {self.year}"

    @property
    def findings(self) -> Findings:
        unknown = or_none(str, "unknown")
        return (
            Finding("share", self.share, unknown),
            Finding("increase", self.increase, unknown),
            Finding("covered", self.covered, unknown),
            Finding("beyond", self.beyond, unknown),
            Finding("left", self.left, unknown),
            Finding("covered, in money", self.amount, unknown),
        )


@attrs.frozen(kw_only=True)
class EscapeClauseRoom(Summary[ClauseYear]):
    """How much of an ally's increase in defence expenditure the clause covers, with a row for each year."""

    note = (
        "the Union counts defence by its own statistics, not by NATO's; this is NATO's share, and shows the size. "
        "The room is a ceiling: nobody promised to use it"
    )

    country: Country
    base_year: int
    base: Share
    most: PercentagePoints
    activation: EscapeClause | None
    base_inputs: tuple[Evidence, ...] = attrs.field(repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        found = (*self.base_inputs, *(item for row in self.rows for item in row.evidence))
        return (*found, *((self.activation,) if self.activation else ()))

    @property
    def headline(self) -> str:
        first, last = self.rows[0].year, self.rows[-1].year
        return f"Room of the national escape clause, {self.country}, {first} to {last}"

    @property
    def formula(self) -> str:
        told = "no activation is on the record given" if self.activation is None else str(self.activation)
        increase = f"max(0, share − {self.base} in {self.base_year})"
        return f"covered = min({self.most.value:f}, {increase}) % of GDP a year; {told}"

    @property
    def findings(self) -> Findings:
        rows = (Finding(str(row.year), row.covered, or_none(_covered, "unknown")) for row in self.rows)
        return (*rows, Finding("covered in all years that are known", self.covered, _covered))

    @property
    def covered(self) -> PercentagePoints:
        """The sum of the covered increases in all years with a known share."""
        return sum((row.covered for row in self.rows if row.covered is not None), _NONE)


def _covered(points: PercentagePoints) -> str:
    return places(2, " % of GDP")(points.value)


def escape_clause_room(
    table: ExpenditureTable,
    ally: CountryLike,
    *,
    base_year: int,
    clauses: Iterable[EscapeClause] = (),
    steps: SharePath | None = None,
    outlook: MacroTable | None = None,
    most: PercentagePoints = _MOST,
    first_year: int = _FIRST,
    last_year: int = _LAST,
) -> EscapeClauseRoom:
    """Compute how much of an ally's increase in defence expenditure the national escape clause covers, year by year.

    From 2025 to 2028, the clause exempts additional defence expenditure from the Union's limits on net expenditure. The
    exemption is limited to 1.5 % of GDP a year. `most`, `first_year` and `last_year` set another limit and other years.
    Additional expenditure is the share of GDP in a year minus the share in the `base_year`. Shares are NATO's. A path
    given as `steps` replaces NATO's shares in every year of the path. For a year without a share in the table or in
    `steps`, every amount is None. With an `outlook`, the covered increase is also given in money.

    `clauses` are the recorded activations that `natoburden.datasets.escape_clauses` returns. If no activation by the
    ally is recorded, the result states this, and shows what the clause would allow. Raises `NotAMemberError` for an
    ally outside the Union, `NoObservationError` if the table lacks the base year, and `InvalidYearError` for years out
    of order.

    >>> from natoburden.datasets import defence_expenditure, escape_clauses
    >>> found = escape_clause_room(
    ...     defence_expenditure("2026-07"), "Germany", base_year=2021, clauses=escape_clauses()
    ... )
    >>> for row in found:
    ...     print(row.year, row.increase, row.covered)
    2025 +0.79 pp +0.79 pp
    2026 +1.26 pp +1.26 pp
    2027 None None
    2028 None None
    """
    expect_table(table)
    country = ally_of(ally)
    first, last, base = checked_year(first_year), checked_year(last_year), checked_year(base_year)
    if not base < first <= last:
        raise InvalidYearError(f"years {first} to {last}", f"years in order, after the base year {base}")
    expect(most, PercentagePoints, "the room", "write PercentagePoints('1.5')")
    if most <= _NONE:
        raise UnexpectedValueError("the room", str(most), "give more than nothing: PercentagePoints('1.5')")
    if not Bloc.find("EU").has_member(country, first):
        raise NotAMemberError(country.name, Bloc.find("EU").name, str(first), "a member of the Union")
    expect(steps, SharePath | None, "a path", "lay one: natoburden.pathways.path(...)")
    expect(outlook, MacroTable | None, "an outlook", "give one: natoburden.datasets.macro()")
    for item in steps.inputs if steps is not None else ():
        if item.entity != country:
            raise UnexpectedValueError(f"a path of {country}", str(item.entity), "both are of one country")
    hint = "give several: natoburden.datasets.escape_clauses()"
    known = {item.country: item for item in several(clauses, EscapeClause, "activations", hint)}
    start = table.share_of_gdp(country, base)
    return EscapeClauseRoom(
        rows=tuple(_row(table, country, year, start.value, steps, outlook, most) for year in range(first, last + 1)),
        country=country,
        base_year=base,
        base=start.value,
        most=most,
        activation=known.get(country),
        base_inputs=(start,),
    )


def _row(
    table: ExpenditureTable,
    country: Country,
    year: int,
    base: Share,
    steps: SharePath | None,
    outlook: MacroTable | None,
    most: PercentagePoints,
) -> ClauseYear:
    share: Share | None = None
    inputs: tuple[Evidence, ...] = ()
    if steps is not None and year in steps.by_year:
        share, inputs = steps.by_year[year], steps.inputs
    elif found := next(iter(table.select(entity=country, year=year, measure=Measure.SHARE_OF_GDP)), None):
        share, inputs = found.value, (found,)
    if share is None:
        return ClauseYear(country=country, year=year)
    increase = share - base
    covered = min(most, max(_NONE, increase))
    amount = None
    if outlook is not None:
        gdp = outlook.figure(country, year, MacroMeasure.GDP, MacroUnit.NATIONAL_CURRENCY)
        part: Decimal = covered.value.scaleb(-2, context=CONTEXT)
        amount, inputs = gdp.value * part, (*inputs, gdp)
    return ClauseYear(
        country=country,
        year=year,
        share=share,
        increase=increase,
        covered=covered,
        beyond=max(_NONE, increase - most),
        left=most - covered,
        amount=amount,
        inputs=inputs,
    )
