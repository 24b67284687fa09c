"""Debt with and without a path of defence expenditure: what the path adds, who pays for it, and what would hold it."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators._arguments import expect_table, warn_of_definition
from natoburden.calculators._members import ally_of, group_of, spenders
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.fiscal.assumptions import Financing, LaterYears
from natoburden.calculators.fiscal.baselines import DebtOutlook, OutlookYear, YearOrigin, debt_outlook, of_gdp
from natoburden.calculators.pathways import PathShape, SharePath, debt_path, path
from natoburden.calculators.pathways._inputs import GrowthLike, check_year, factors_of
from natoburden.calculators.promises._reading import checked_core_target
from natoburden.calculators.results import Projection, ResultTable
from natoburden.errors import InvalidNumberError, InvalidYearError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, Number, checked_decimal, checked_year, divide, multiply
from natoburden.model.countries import Country, CountryLike
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.macro_tables import MacroTable
from natoburden.model.memberships import GroupLike
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.spending_commitments import TargetLike

__all__ = ["FiscalSpace", "FiscalYear", "space", "spaces"]

_ALL_BORROWED = Financing(debt=Share.percent(100))
_NONE_INSIDE = Share.percent(0)
_STAYS = "the share of the start is at or above the target, which is a floor: the path adds nothing"
_ASSETS = (
    "the effective rate is below zero, since assets earn more than the debt costs; new debt costs what markets ask: "
    "give interest=Rate.percent(...)"
)
_MOST = Decimal(5)  # no estimate of a multiplier of government spending comes near


@attrs.frozen(kw_only=True)
class FiscalYear(Projection):
    """One year with and without the path. Amounts are in points of the outlook's GDP, at which the path is laid.

    `extra` is what the path adds to the share of the start beyond what the outlook already holds: it is `borrowed`,
    raised as `taxes` and paid by `cuts`. `debt`, `primary_balance` and `stabilising` are of the GDP without the path;
    those ``_with`` it are of GDP with its feedback. `added` is the difference of the two debts.
    """

    formula = (
        "debt with = (debt + δ) / (1 + m × extra); δ(t) = δ(t − 1) × (1 + interest on it) / (1 + growth) + borrowed"
    )

    country: Country
    year: int
    origin: YearOrigin
    share: Share
    gdp: Money
    growth: Rate
    interest: Rate
    extra: PercentagePoints
    borrowed: PercentagePoints
    taxes: PercentagePoints
    cuts: PercentagePoints
    stock_flow: PercentagePoints
    primary_balance: PercentagePoints
    primary_balance_with: PercentagePoints
    debt: PercentagePoints
    debt_with: PercentagePoints
    stabilising: PercentagePoints
    stabilising_with: PercentagePoints
    gdp_added: Rate

    @property
    def differential(self) -> PercentagePoints:
        """Interest less growth without the path, in points."""
        return PercentagePoints(self.interest.as_percent) - PercentagePoints(self.growth.as_percent)

    @property
    def added(self) -> PercentagePoints:
        """What the path adds to debt."""
        return self.debt_with - self.debt

    @property
    def extra_amount(self) -> Money:
        """The extra expenditure in money of the year, at the outlook's GDP."""
        return self.gdp * self.extra.value.scaleb(-2, context=CONTEXT)

    @property
    def headline(self) -> str:
        return f"Debt of {self.country} with and without the path, {self.year}, {self.origin}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share", self.share),
            Finding("extra", self.extra.value, of_gdp),
            Finding("extra in money", self.extra_amount),
            Finding("borrowed", self.borrowed.value, of_gdp),
            Finding("taxes", self.taxes.value, of_gdp),
            Finding("cuts elsewhere", self.cuts.value, of_gdp),
            Finding("debt without", self.debt.value, of_gdp),
            Finding("debt with", self.debt_with.value, of_gdp),
            Finding("added", self.added),
            Finding("interest less growth", self.differential),
            Finding("stock-flow", self.stock_flow.value, of_gdp),
            Finding("primary balance without", self.primary_balance.value, of_gdp),
            Finding("primary balance with", self.primary_balance_with.value, of_gdp),
            Finding("stabilising balance without", self.stabilising.value, of_gdp),
            Finding("stabilising balance with", self.stabilising_with.value, of_gdp),
        )

    @property
    def columns(self) -> dict[str, object]:
        return {"differential": self.differential, "added": self.added, "extra_amount": self.extra_amount}


@attrs.frozen(kw_only=True)
class FiscalSpace(Projection):
    """Debt of an ally with and without a path of core expenditure, year by year, and all that is assumed."""

    note = (
        "what the outlook already holds of the path is not published: its part is assumed, and named. Years marked as "
        "forecasts are the IMF's, those after them are assumed"
    )

    country: Country
    path: SharePath
    baseline: DebtOutlook
    financing: Financing
    multiplier: Decimal
    already_in_baseline: Share
    interest_on_new: Rate | tuple[Rate, ...] | None
    years: ResultTable[FiscalYear] = attrs.field(repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The share of the start, and the figures of the outlook, each once."""
        printed = (item for row in self.baseline if row.origin is not YearOrigin.ASSUMED for item in row.inputs)
        return (*self.inputs, *dict.fromkeys(printed))

    @property
    def last(self) -> FiscalYear:
        """The last year, in which the path has reached its target."""
        return self.years[-1]

    @property
    def by_year(self) -> dict[int, PercentagePoints]:
        """Debt with the path in percent of GDP, in each year."""
        return {row.year: row.debt_with for row in self.years}

    @property
    def extra_amount(self) -> Money:
        """What the path adds to expenditure in all years together, in money of each year."""
        return Money.total(row.extra_amount for row in self.years)

    @property
    def yearly(self) -> dict[int, dict[str, object]]:
        names = [field.name for field in attrs.fields(FiscalYear) if field.name not in ("inputs", "country", "year")]
        return {
            row.year: {"country": row.country, **{name: getattr(row, name) for name in names}, **row.columns}
            for row in self.years
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """What to know of this ally before its figures are quoted, a line each."""
        found = [_STAYS] if self.path.start == self.path.target else []
        is_negative = any(row.interest.as_fraction < 0 for row in self.years)
        return (*found, *([_ASSETS] if is_negative and self.interest_on_new is None else []))

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        """The evidence, and what to know of this ally."""
        return (*super().working, *(("remark", line) for line in self.remarks))

    @property
    def headline(self) -> str:
        road = self.path
        return (
            f"Debt of {self.country} with and without {road.start} to {road.target} of GDP, "
            f"{road.first_year} to {road.last_year}"
        )

    @property
    def formula(self) -> str:
        rate = "the outlook's effective rate"
        if self.interest_on_new is not None:
            given = self.interest_on_new
            rate = str(given) if isinstance(given, Rate) else ", ".join(map(str, given))
        return (
            f"debt without: {self.baseline.formula}. Debt with = (debt without + δ) / (1 + m × extra); "
            "δ(t) = δ(t − 1) × (1 + interest on it) / (1 + growth) + borrowed; extra = (share − start) × (1 − part "
            f"already inside); {self.path.shape} path; financed {self.financing}; m = {self.multiplier}; part already "
            f"inside {self.already_in_baseline}; interest on new debt: {rate}"
        )

    @property
    def findings(self) -> Findings:
        first, last = self.years[0], self.last
        rows = (Finding(f"debt {row.year}, without and with", (row.debt, row.debt_with), _both) for row in self.years)
        return (
            *rows,
            Finding("added by the path", last.added),
            Finding("extra in the last year", last.extra.value, of_gdp),
            Finding("extra in money, last year", last.extra_amount),
            Finding("interest less growth, first year", first.differential),
            Finding("interest less growth, last year", last.differential),
            Finding("primary balance, last year, without and with", _balances(last), _both),
            Finding("stabilising balance, last year, without and with", _stabilising(last), _both),
        )

    @property
    def columns(self) -> dict[str, object]:
        first, last = self.years[0], self.last
        return {
            "first_year": first.year,
            "last_year": last.year,
            "start": self.path.start,
            "target": self.path.target,
            "debt_first": first.debt,
            "debt_last": last.debt,
            "debt_last_with": last.debt_with,
            "added": last.added,
            "extra_last": last.extra,
            "differential_last": last.differential,
            "primary_balance_last": last.primary_balance,
            "stabilising_last": last.stabilising,
            "stabilising_last_with": last.stabilising_with,
        }


def _both(values: tuple[PercentagePoints, PercentagePoints]) -> str:
    return f"{values[0].value:.2f} and {values[1].value:.2f} % of GDP"


def _balances(row: FiscalYear) -> tuple[PercentagePoints, PercentagePoints]:
    return row.primary_balance, row.primary_balance_with


def _stabilising(row: FiscalYear) -> tuple[PercentagePoints, PercentagePoints]:
    return row.stabilising, row.stabilising_with


def space(
    table: ExpenditureTable,
    outlook: MacroTable,
    ally: CountryLike,
    year: int,
    *,
    target: TargetLike | SharePath = "hague-core",
    by: int | None = None,
    shape: PathShape | str = PathShape.LINEAR,
    financing: Financing = _ALL_BORROWED,
    multiplier: Number = 0,
    already_in_baseline: Share = _NONE_INSIDE,
    interest: GrowthLike | None = None,
    later: LaterYears | None = None,
    mixed_definitions_ok: bool = False,
) -> FiscalSpace:
    """Compute an ally's debt with and without a path of core expenditure from its share in a year to a target.

    The path leads to `target` by its deadline, or `by` a year of your own, in one of the shapes of
    `natoburden.pathways.path`; give a `SharePath` for any other. An ally at or above the target stays where it is,
    since the target is a floor; a `SharePath` of yours may fall. What it adds to the share of the start is paid as
    `financing` says: borrowed in full unless told otherwise. `already_in_baseline` is the part of the addition that
    you take the outlook to hold already, nothing unless told otherwise: it is not known.

    `multiplier` raises the level of GDP, in each year, by so much for each unit of that year's addition, and does
    nothing else: growth brings no taxes, and taxes and cuts take nothing away. It is zero unless you name one.
    `interest` is the nominal rate on the debt that the path makes, one for every year or one for each after the first;
    the outlook's effective rate unless given. After the outlook's last year `later` holds, as in `debt_outlook`.

    NATO's shares are of NATO's GDP at constant prices, and the path is laid on the outlook's GDP at current prices.
    Raises `NoObservationError` for a missing figure, `TargetMismatchError` for a target that is not of core spending,
    `InvalidYearError` for a target year that is not after the start, `InvalidNumberError` for a multiplier beyond 5.
    Warns with `MixedDefinitionsWarning` of a table that does not count as NATO does, unless
    ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure, macro
    >>> found = space(defence_expenditure("2026-07"), macro(), "Italy", 2026)
    >>> last = found.last
    >>> print(f"{last.debt.value:.2f} {last.debt_with.value:.2f}", last.added)
    134.52 141.62 +7.10 pp
    """
    expect_table(table)
    warn_of_definition([table], acknowledged=mixed_definitions_ok)
    country, first = ally_of(ally, "fiscal.spaces"), checked_year(year)
    expect(financing, Financing, "the financing", "write Financing(debt=Share.percent(60), taxes=Share.percent(40))")
    expect(already_in_baseline, Share, "the part that the outlook already holds", "write Share.percent(25)")
    raised = checked_decimal(multiplier, "multiplier")
    if abs(raised) > _MOST:
        raise InvalidNumberError("multiplier", str(raised), f"from −{_MOST} to {_MOST}")
    road = _road(table, country, first, target, by, shape)
    baseline = debt_outlook(outlook, country, first_year=first, last_year=road.last_year, later=later)
    new = CONTEXT.subtract(Decimal(1), already_in_baseline.as_fraction)
    extra = [PercentagePoints(0), *(points.times(new) for points in road.above_start)]
    rates = _rates(baseline, interest)
    borrowed = [_part(points, financing.debt) for points in extra]
    owed = debt_path(
        PercentagePoints(0),
        borrowed[1:],
        first_year=first,
        interest=rates,
        growth=[row.growth for row in baseline.rows[1:]],
    ).debt
    paid = [PercentagePoints(0), *(debt.times(rate.as_fraction) for debt, rate in zip(owed, rates, strict=False))]
    sizes = [CONTEXT.add(Decimal(1), _feedback(raised, item)) for item in extra]
    before = itertools.pairwise([Decimal(1), *sizes])
    years = [
        _year(row, share, each, financing, debt, cost, size)
        for row, share, each, debt, cost, size in zip(
            baseline, road.shares, extra, itertools.pairwise([PercentagePoints(0), *owed]), paid, before, strict=True
        )
    ]
    return FiscalSpace(
        country=country,
        path=road,
        baseline=baseline,
        financing=financing,
        multiplier=raised,
        already_in_baseline=already_in_baseline,
        interest_on_new=interest if interest is None or isinstance(interest, Rate) else tuple(interest),
        years=ResultTable(rows=tuple(years)),
        inputs=road.inputs,
    )


def spaces(
    table: ExpenditureTable,
    outlook: MacroTable,
    group: GroupLike = "NATO",
    year: int | None = None,
    *,
    mixed_definitions_ok: bool = False,
    **options: Any,
) -> ResultTable[FiscalSpace]:
    """Compute `space` for each member of a group that spends, a row for each; options as of `space`.

    The table's newest year unless told otherwise. Raises `UnknownNameError` for an ally in the place of a group.
    Warns as `space` does, once.

    >>> from natoburden.datasets import defence_expenditure, macro
    >>> found = spaces(defence_expenditure("2026-07"), macro(), "NATO", 2026)
    >>> print(len(found), found["France"].last.added)
    31 +6.39 pp
    """
    expect_table(table)
    warn_of_definition([table], acknowledged=mixed_definitions_ok)
    when = table.latest_year if year is None else checked_year(year)
    members = spenders(table, group_of(group, "fiscal.space"), when)
    options["mixed_definitions_ok"] = True  # told above, once
    return ResultTable(rows=tuple(space(table, outlook, country, when, **options) for country in members))


def _road(
    table: ExpenditureTable,
    country: Country,
    first: int,
    target: TargetLike | SharePath,
    by: int | None,
    shape: PathShape | str,
) -> SharePath:
    """Return the path: the caller's, or one from the published share to a target."""
    if isinstance(target, SharePath):
        if target.first_year != first:
            raise InvalidYearError(f"first year {first}", f"{target.first_year}, in which the path starts")
        for item in target.inputs:
            if item.entity != country:
                raise UnexpectedValueError(f"a path of {country}", str(item.entity), "both are of one country")
        if by is not None:
            raise UnexpectedValueError("by", str(by), f"the path ends in {target.last_year}")
        return target
    goal = checked_core_target(target)
    last = goal.deadline if by is None else by
    if last is None:
        raise UnexpectedValueError("by", "None", f"the {goal} has no deadline: name the year, as by=2035")
    start = table.share_of_gdp(country, first)
    check_year((start,), first)
    if start.value >= goal.share:  # a target is a floor: nobody has to come down to it
        return path(start, start.value, first_year=first, last_year=last)
    return path(start, goal.share, first_year=first, last_year=last, shape=shape)


def _rates(baseline: DebtOutlook, interest: GrowthLike | None) -> list[Rate]:
    """Return the rate on new debt in each year after the first."""
    own = [row.interest for row in baseline.rows[1:]]
    if interest is None:
        return own
    factors = factors_of(interest, len(own), "interest")
    return [Rate.fraction(CONTEXT.subtract(factor, Decimal(1))) for factor in factors]


def _feedback(multiplier: Decimal, extra: PercentagePoints) -> Decimal:
    """Return by which part extra expenditure raises GDP: a plain zero where it does not."""
    return multiply(multiplier, extra.value.scaleb(-2, context=CONTEXT)) if multiplier else Decimal(0)


def _year(
    row: OutlookYear,
    share: Share,
    extra: PercentagePoints,
    financing: Financing,
    owed: tuple[PercentagePoints, PercentagePoints],
    paid: PercentagePoints,
    sizes: tuple[Decimal, Decimal],
) -> FiscalYear:
    """Return a year: `owed` is the path's debt at the end of the year before and of this one, `sizes` GDP's so."""
    (before, after), (size_before, size) = owed, sizes
    borrowed, taxes = _part(extra, financing.debt), _part(extra, financing.taxes)

    def of_raised(points: PercentagePoints) -> PercentagePoints:
        return PercentagePoints(divide(points.value, size))

    # What holds the ratio: interest on both debts less what growth of the raised GDP takes off them.
    interest = row.debt_before.times(row.interest.as_fraction) + paid
    held = (row.debt_before + before).times(
        CONTEXT.subtract(divide(multiply(size, row.growth.factor), size_before), Decimal(1))
    )
    needed = (interest - held).times(divide(Decimal(1), row.growth.factor))
    return FiscalYear(
        country=row.country,
        year=row.year,
        origin=row.origin,
        share=share,
        gdp=row.gdp,
        growth=row.growth,
        interest=row.interest,
        extra=extra,
        borrowed=borrowed,
        taxes=taxes,
        cuts=extra - borrowed - taxes if financing.cuts.as_fraction else PercentagePoints(0),
        stock_flow=row.stock_flow,
        primary_balance=row.primary_balance,
        primary_balance_with=of_raised(row.primary_balance - borrowed),
        debt=row.debt,
        debt_with=of_raised(row.debt + after),
        stabilising=row.stabilising,
        stabilising_with=of_raised(needed),
        gdp_added=Rate.percent(0) if size == 1 else Rate.fraction(CONTEXT.subtract(size, Decimal(1))),
        inputs=row.inputs,
    )


def _part(points: PercentagePoints, part: Share) -> PercentagePoints:
    """Return a part of points; nothing is a plain zero, and the whole is the points themselves."""
    if part.as_fraction == 1:
        return points
    return points.times(part.as_fraction) if part.as_fraction else PercentagePoints(0)
