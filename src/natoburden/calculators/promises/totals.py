"""The sum of promises: in dollars, as the alliance's share of GDP, and compared with The Hague target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

import attrs

from natoburden.calculators._arguments import in_currency, two_part_target, warn_of_definition
from natoburden.calculators._members import group_of, spenders
from natoburden.calculators.findings import Finding, Findings, listed
from natoburden.calculators.pathways import PathShape, path
from natoburden.calculators.pathways._inputs import growth_by_country
from natoburden.calculators.promises._reading import checked_core_target, core_share
from natoburden.calculators.promises.stated import (
    Interpolation,
    StatedPath,
    lay_path,
    warn_of_other_definitions,
)
from natoburden.calculators.results import Projection, ResultTable
from natoburden.errors import InvalidYearError
from natoburden.model._checks import checked_day, member
from natoburden.model._numbers import CONTEXT
from natoburden.model.commitment_record import Commitments
from natoburden.model.countries import Country, CountryLike
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import Currency, Money
from natoburden.model.shares import Rate, Share
from natoburden.model.spending_commitments import Commitment, CompositeTarget, Target, TargetLike

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = ["AllyPromise", "OptOut", "PromisedYear", "SumOfPromises", "sum_of_promises"]


@attrs.frozen(kw_only=True)
class AllyPromise(Projection):
    """What one ally's stated path implies in one year, at its low and high end, and what the target requires."""

    country: Country
    year: int
    low: Money
    high: Money
    asked: Money
    gdp: Money
    gdp_growth: Rate

    @property
    def headline(self) -> str:
        return f"Expenditure that {self.country} has promised for {self.year}"

    @property
    def formula(self) -> str:
        return (
            "promised = stated share × projected GDP; asked = share of the path to the target × projected GDP; "
            f"GDP grows by {self.gdp_growth} a year in real terms"
        )

    @property
    def findings(self) -> Findings:
        return (Finding("promised, low", self.low), Finding("promised, high", self.high), Finding("asked", self.asked))

    def shortfall(self, end: Literal["low", "high"]) -> Money:
        """Return how far one end of the promise is below the required amount; zero if it is not below."""
        lacking = self.asked - (self.low if end == "low" else self.high)
        return lacking.with_amount(max(lacking.amount, Decimal(0)))


@attrs.frozen(kw_only=True)
class OptOut(Projection):
    """How much one ally's opt-out lowers the sum of promises, year by year.

    Without the opt-out, the alliance's declaration would bind the ally to spend the amount that the path to the target
    requires. The opt-out lowers the sum by the required amount minus the low end of the ally's own path; the difference
    is never negative.
    """

    formula = "max(0, asked − promised): without the opt-out the ally would owe what the path to the target asks"

    country: Country
    target: Target
    commitments: tuple[Commitment, ...]
    lowers: Mapping[int, Money] = attrs.field(hash=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.inputs, *self.commitments)

    @property
    def headline(self) -> str:
        return f"What the opt-out of {self.country} from the {self.target} takes off the sum of promises"

    @property
    def findings(self) -> Findings:
        said = (Finding("opt-out", item) for item in self.commitments)
        return (*said, *(Finding(str(year), amount) for year, amount in self.lowers.items()))


def _from_to(ends: tuple[object, object]) -> str:
    return f"{ends[0]} to {ends[1]}"


@attrs.frozen(kw_only=True)
class PromisedYear(Projection):
    """The sum of a group's promises in one year, and what the path to the target requires.

    `shortfall_least` is the shortfall if every range is kept at its high end, and `shortfall_most` is the shortfall if
    every range is kept at its low end. Both shortfalls are sums over the members that fall short; a member's surplus
    does not reduce another's shortfall. `opted_out` is the part of `shortfall_most` that is due to members that opted
    out.
    """

    formula = "share = 100 × Σ promised / Σ GDP; shortfall = Σ max(0, asked − promised)"

    year: int
    low: Money
    high: Money
    asked: Money
    gdp: Money
    share_low: Share
    share_high: Share
    shortfall_least: Money
    shortfall_most: Money
    opted_out: Money

    @property
    def headline(self) -> str:
        return f"Promised expenditure in {self.year}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("promised", (self.low, self.high), _from_to),
            Finding("share of GDP", (self.share_low, self.share_high), _from_to),
            Finding("shortfall", (self.shortfall_least, self.shortfall_most), _from_to),
            Finding("of it opted out", self.opted_out),
        )


@attrs.frozen(kw_only=True)
class SumOfPromises(Projection):
    """What a group's promises imply by year, in money and as a share of GDP, compared with the path to a target.

    `gdp_growth` is the growth rate of every member's GDP; it is None if members have different rates: see `growth_of`.
    """

    group: Group
    on: dt.date
    target: Target
    gdp_growth: Rate | None
    method: Interpolation
    hague: CompositeTarget | None = None
    years: ResultTable[PromisedYear] = attrs.field(repr=False)
    paths: tuple[StatedPath, ...] = attrs.field(repr=False)
    allies: Mapping[int, ResultTable[AllyPromise]] = attrs.field(repr=False, hash=False)
    opt_outs: ResultTable[OptOut] = attrs.field(repr=False)

    @property
    def without_promise(self) -> tuple[Country, ...]:
        """The members with neither a dated promise nor an opt-out; they are assumed to keep their present share."""
        opted_out = {row.country for row in self.opt_outs}
        return tuple(
            stated.country for stated in self.paths if not stated.milestones and stated.country not in opted_out
        )

    @property
    def undated(self) -> tuple[Commitment, ...]:
        """The promises of unknown date, which may have been made before or after the day `on`."""
        return tuple(item for stated in self.paths for item in stated.undated)

    def growth_of(self, ally: CountryLike) -> Rate:
        """Return the real growth assumed for a member's GDP; raises `UnknownNameError` for a non-member."""
        return next(iter(self.allies.values()))[Country.find(ally)].gdp_growth

    def without_opt_outs(self, year: int) -> Money:
        """Return the low end of the sum of promises in a year, without the effect of opt-outs."""
        row = next((row for row in self.years if row.year == year), None)
        if row is None:
            raise InvalidYearError(str(year), f"{self.years[0].year} to {self.years[-1].year}")
        return row.low + row.opted_out

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(dict.fromkeys((*self.inputs, *(item for stated in self.paths for item in stated.said))))

    @property
    def headline(self) -> str:
        return f"Promises of {self.group}, as of {self.on}, against the {self.target}"

    @property
    def formula(self) -> str:
        last = self.years[-1].year
        linear = self.method is Interpolation.LINEAR
        totals = (
            f"read as core spending, less {self.hague.related.share}" if self.hague else "not read as core spending"
        )
        return (
            f"promised = Σ stated share × GDP; between promises {'equal steps' if linear else 'no change'}; totals are "
            f"{totals}; GDP of the first year grows by {self._growth_in_words} a year in real terms; "
            f"asked = equal steps in points from the present share to {self.target.share} by {last}"
        )

    @property
    def _growth_in_words(self) -> str:
        if self.gdp_growth is not None:
            return str(self.gdp_growth)
        rates: dict[Rate, list[str]] = {}
        for row in next(iter(self.allies.values())):
            rates.setdefault(row.gdp_growth, []).append(row.country.name)
        return ", ".join(f"{rate} ({', '.join(rates[rate])})" for rate in sorted(rates))

    @property
    def findings(self) -> Findings:
        last = self.years[-1].year

        def opt_out_in_words(row: OptOut) -> str:
            return f"lowers {last} by {row.lowers[last]}; {' / '.join(map(str, row.commitments))}"

        rows = (Finding(str(row.year), row, _year_in_words) for row in self.years)
        opted_out = (Finding(f"opt-out of {row.country}", row, opt_out_in_words) for row in self.opt_outs)
        silent = Finding("no dated promise, present share held", self.without_promise, listed)
        undated = Finding("undated, not counted yet", tuple(item.key for item in self.undated), listed)
        return (*rows, *opted_out, *(item for item in (silent, undated) if item.value))


def _year_in_words(row: PromisedYear) -> str:
    return (
        f"{row.share_low} to {row.share_high}; lacking {row.shortfall_least} to {row.shortfall_most}, "
        f"of it {row.opted_out} opted out"
    )


def sum_of_promises(
    table: ExpenditureTable,
    commitments: Commitments,
    group: GroupLike,
    *,
    on: dt.date,
    target: TargetLike,
    gdp_growth: Rate | Mapping[Country, Rate] | Mapping[str, Rate],
    growth_of_others: Rate | None = None,
    method: Interpolation | str = Interpolation.LINEAR,
    hague: CompositeTarget | str | None = None,
    mixed_definitions_ok: bool = False,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
) -> SumOfPromises:
    """Compute the sum of a group's promises up to a target's deadline, and the shortfall from the path to the target.

    Each member's stated path is multiplied by its GDP at the edition's constant prices; options are those of
    `stated_path`. GDP grows by an assumed real rate. `gdp_growth` is one rate for all members, or a mapping of allies
    to rates. `growth_of_others` is the growth rate of allies that are not in `gdp_growth`. A member is required to
    raise its share in equal points from the present share to the target. A member above the target is only required to
    spend the target share.

    `opt_outs` lists the allies that opted out of the target, and how much each opt-out lowers the sum. An ally opts out
    if it sets a ceiling of its own below the target, or refuses the target's share or a lower share. `OptOut` describes
    how an opt-out lowers the sum. `undated` lists promises that may change the sum, because their dates are unknown.

    Warns and raises as `stated_path` does. Raises `TargetMismatchError` for a target that is not of core expenditure,
    and `NoObservationError` for a member without figures. Raises `UnexpectedValueError` for a member without a growth
    rate, and for a group in which no member has defence expenditure.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. `explain`
    lists each exchange rate.

    >>> from natoburden.datasets import commitments, defence_expenditure
    >>> from natoburden.datasets.targets import HAGUE_CORE
    >>> table, day, growth = defence_expenditure("2026-07"), dt.date(2026, 7, 1), Rate.percent("1.5")
    >>> promised = sum_of_promises(
    ...     table, commitments(), "NATO_NON_EU", on=day, target=HAGUE_CORE, gdp_growth=growth
    ... )
    >>> print(promised.years[-1].share_low, promised.years[-1].shortfall_most)
    3.12 % USD 146.71 bn (constant 2021 prices)
    """
    table = in_currency(table, currency, rates)
    found, bend = group_of(group, "promises.stated_path"), member(Interpolation, method)
    goal, whole = checked_core_target(target), None if hague is None else two_part_target(hague)
    deadline = goal.deadline or checked_day(on).year + 1
    members = spenders(table, found, min(checked_day(on).year, table.latest_year))
    growth = growth_by_country(members, gdp_growth, growth_of_others)
    paths = tuple(
        lay_path(table, commitments, country, on=on, until=deadline, method=bend, hague=whole) for country in members
    )
    warn_of_definition([table], acknowledged=mixed_definitions_ok)
    warn_of_other_definitions(paths, acknowledged=mixed_definitions_ok)
    first = paths[0].first_year
    allies = {
        year: ResultTable(rows=tuple(_ally(table, stated, year, goal, growth[stated.country]) for stated in paths))
        for year in range(first + 1, deadline + 1)
    }
    opt_outs, growths = tuple(_opt_outs(paths, allies, goal, whole)), set(growth.values())
    return SumOfPromises(
        group=found,
        on=on,
        target=goal,
        gdp_growth=growths.pop() if len(growths) == 1 else None,
        method=bend,
        hague=whole,
        years=ResultTable(rows=tuple(_year(year, rows, opt_outs) for year, rows in allies.items())),
        paths=paths,
        allies=allies,
        opt_outs=ResultTable(rows=opt_outs),
        inputs=tuple(item for stated in paths for item in stated.inputs),
    )


def _opt_outs(
    paths: Iterable[StatedPath],
    allies: Mapping[int, ResultTable[AllyPromise]],
    target: Target,
    hague: CompositeTarget | None,
) -> Iterator[OptOut]:
    for stated in paths:
        against = tuple(item for item in stated.opt_outs if _is_against(item, target, hague))
        if against:
            yield OptOut(
                country=stated.country,
                target=target,
                commitments=against,
                lowers={year: rows[stated.country].shortfall("low") for year, rows in allies.items()},
                inputs=stated.inputs,
            )


def _is_against(item: Commitment, target: Target, hague: CompositeTarget | None) -> bool:
    """Return whether an opt-out is from a target: it refuses the target's share or a lower one, or sets a ceiling."""
    share = core_share(item, hague)
    if share is None:
        return False
    return share.low <= target.share if item.refused else share.high < target.share


def _ally(table: ExpenditureTable, stated: StatedPath, year: int, target: Target, growth: Rate) -> AllyPromise:
    first = stated.first_year
    base = table.gdp(stated.country, first, table.edition.constant_prices)
    gdp = base.value * CONTEXT.power(growth.factor, year - first)
    asked = path(
        min(stated.start, target.share),
        target.share,
        first_year=first,
        last_year=stated.last_year,
        shape=PathShape.LINEAR,
    ).by_year[year]
    promised = stated.shares[year]
    return AllyPromise(
        country=stated.country,
        year=year,
        low=gdp * promised.low,
        high=gdp * promised.high,
        asked=gdp * asked,
        gdp=gdp,
        gdp_growth=growth,
        inputs=(*stated.inputs, base),
    )


def _year(year: int, rows: ResultTable[AllyPromise], opt_outs: Iterable[OptOut]) -> PromisedYear:
    low, high = Money.total(row.low for row in rows), Money.total(row.high for row in rows)
    gdp = Money.total(row.gdp for row in rows)
    return PromisedYear(
        year=year,
        low=low,
        high=high,
        asked=Money.total(row.asked for row in rows),
        gdp=gdp,
        share_low=low.share_of(gdp),
        share_high=high.share_of(gdp),
        shortfall_least=Money.total(row.shortfall("high") for row in rows),
        shortfall_most=Money.total(row.shortfall("low") for row in rows),
        opted_out=Money.total([low.with_amount(Decimal(0)), *(row.lowers[year] for row in opt_outs)]),
        inputs=tuple(item for row in rows for item in row.inputs),
    )
