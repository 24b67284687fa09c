"""Debt with and without a path of defence expenditure: what the path adds, and which balance would stabilise debt."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

from natoburden.calculators._arguments import expect_table, warn_of_definition
from natoburden.calculators._members import ally_of, group_of, spenders
from natoburden.calculators.fiscal.assumptions import Financing, LaterYears
from natoburden.calculators.fiscal.baselines import DebtOutlook, OutlookYear, debt_outlook
from natoburden.calculators.fiscal.compared import FiscalSpace, FiscalYear
from natoburden.calculators.pathways import PathShape, SharePath, debt_path, path
from natoburden.calculators.pathways._inputs import GrowthLike, check_year, factors_of
from natoburden.calculators.promises._reading import checked_core_target
from natoburden.calculators.results import ResultTable
from natoburden.errors import InvalidNumberError, InvalidYearError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, Number, checked_decimal, checked_year, divide, multiply
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.macro_tables import MacroTable
from natoburden.model.memberships import GroupLike
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.spending_commitments import TargetLike

__all__ = ["space", "spaces"]

_ALL_BORROWED = Financing(debt=Share.percent(100))
_NONE_INSIDE = Share.percent(0)
_MOST = Decimal(5)  # no estimate of a multiplier of government spending comes near


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
    """Compute an ally's debt with and without a path of core expenditure, from its share in a first year to a target.

    The path leads to `target` by the target's deadline, or by the year `by`, in one of the shapes of
    `natoburden.pathways.path`. To use a path of your own, give a `SharePath` as `target`. An ally at or above the
    target keeps its share, since the target is a floor. Your own `SharePath` may also fall. `financing` states how the
    addition to the initial share is paid; by default, the whole addition is borrowed. `already_in_baseline` is the
    share of the additional expenditure that the outlook is assumed to include already. The IMF does not publish this
    share; by default the library assumes zero.

    `multiplier` is the increase of GDP in a year for each unit of extra expenditure in that year. The multiplier has no
    other effect: growth does not raise taxes, and taxes and cuts do not reduce growth. The multiplier is zero by
    default. `interest` is the nominal rate on the debt that the path creates: one rate for every year, or one for each
    year after the first. By default, `interest` is the outlook's effective rate. `later` gives assumptions for the
    years after the outlook's last year, as in `debt_outlook`.

    NATO's shares are relative to NATO's GDP at constant prices, but the path is applied to the outlook's GDP at current
    prices. Raises `NoObservationError` for a missing figure, and `TargetMismatchError` for a target that is not of core
    expenditure. Raises `InvalidYearError` for a target year that is not after the first year. Raises
    `InvalidNumberError` for a multiplier outside −5 to 5, and for a multiplier that reduces GDP to zero or less.

    Warns with `MixedDefinitionsWarning` if the table does not use NATO's definition, unless
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
    if min(sizes) <= 0:
        raise InvalidNumberError("multiplier", str(raised), "one that leaves GDP above zero in each year of the path")
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
    """Compute debt with and without a path for each member of a group; the options are those of `space`.

    Members without defence expenditure are left out. The year is the table's newest year unless you name one. Raises
    `UnknownNameError` for an ally instead of a group. Warns as `space` does, but only once.

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
    """Return the caller's path, or a path from the published share to a target."""
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
    """Return the fraction by which extra expenditure raises GDP; it is exactly zero without a multiplier."""
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
    """Return one year of the result.

    `owed` is the debt that the path creates, at the end of the year before and at the end of this year. `sizes` are the
    factors of GDP in both years.
    """
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
    """Return a share of an amount in points; the result is exact for a share of 0 or 100 %."""
    if part.as_fraction == 1:
        return points
    return points.times(part.as_fraction) if part.as_fraction else PercentagePoints(0)
