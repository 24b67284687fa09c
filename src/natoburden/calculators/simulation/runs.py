"""Draws of what plans may come to: shares of GDP and amounts, by ally and year, with their quantiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators._arguments import checked_target, warn_of_definition
from natoburden.calculators._members import group_of, spenders
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Projection, ResultTable
from natoburden.calculators.simulation._draws import DOLLAR, AllyPlan, Estimated, draw
from natoburden.calculators.simulation._moneys import moneys_of, without_rates_of_the_dollar
from natoburden.calculators.simulation.assumptions import Assumptions
from natoburden.errors import InvalidNumberError, InvalidYearError, UnexpectedValueError
from natoburden.errors._root import listed
from natoburden.model._checks import expect
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, CountryLike, by_country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Entity, Group, GroupLike
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.spending_commitments import Component, Modality, Target, TargetLike

__all__ = ["SimulatedYear", "Simulation", "simulate"]

MOST_DRAWS = 1_000_000


@attrs.frozen(kw_only=True)
class SimulatedYear(Projection):
    """What draws make of one ally in one year, or of all that are planned for together.

    `shares` and `amounts` are quantiles, lowest level first; amounts are in dollars at current prices of the year.
    `probabilities` are those of meeting each target in this year on the published two decimals, for all together those
    of their joint share. Each has its Monte Carlo standard error, which more draws make smaller: it says nothing of
    the assumptions. It is None for a quantile that the draws are too few for.
    """

    entity: Entity
    year: int
    plan: Share
    levels: tuple[Share, ...]
    shares: tuple[Share, ...]
    share_errors: tuple[PercentagePoints | None, ...]
    amounts: tuple[Money, ...]
    amount_errors: tuple[Money | None, ...]
    targets: tuple[Target, ...]
    probabilities: tuple[Share, ...]
    probability_errors: tuple[PercentagePoints, ...]
    assumed: tuple[tuple[Country, Assumptions], ...] = attrs.field(repr=False)
    manner: str = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"Simulated share of GDP of {self.entity} in {self.year}, planned {self.plan}"

    @property
    def formula(self) -> str:
        distinct = dict.fromkeys(assumptions for _, assumptions in self.assumed)
        words = str(next(iter(distinct))) if len(distinct) == 1 else f"{len(distinct)} sets of assumptions, by ally"
        return f"plan × execution × revision, against GDP as it turns out; {self.manner}; {words}"

    @property
    def findings(self) -> Findings:
        quantiles = zip(self.levels, self.shares, self.share_errors, self.amounts, self.amount_errors, strict=True)
        met = zip(self.targets, self.probabilities, self.probability_errors, strict=True)
        return (
            *(Finding(f"quantile {level}", figures, _with_errors) for level, *figures in quantiles),
            *(Finding(f"meets the {target}", figures, _with_errors) for target, *figures in met),
        )

    def probability(self, target: TargetLike) -> Share:
        """Return the probability of meeting one of the simulation's targets in this year."""
        goal = checked_target(target)
        if goal not in self.targets:
            raise UnexpectedValueError("a target", goal.key, "give it to simulate(targets=...)")
        return self.probabilities[self.targets.index(goal)]

    @property
    def columns(self) -> dict[str, object]:
        found: dict[str, object] = {}
        quantiles = zip(self.levels, self.shares, self.share_errors, self.amounts, self.amount_errors, strict=True)
        for level, share, share_error, amount, amount_error in quantiles:
            mark = f"{level.as_percent:g}".replace(".", "_")
            error = None if share_error is None else share_error.value
            error_in_dollars = None if amount_error is None else amount_error.in_millions
            found |= {f"share_q{mark}": share, f"share_q{mark}_error_points": error}
            found |= {f"amount_q{mark}": amount, f"amount_q{mark}_error_million_usd": error_in_dollars}
        met = zip(self.targets, self.probabilities, self.probability_errors, strict=True)
        for target, probability, off in met:
            found |= {f"meets_{target.key}": probability, f"meets_{target.key}_error": off}
        return found


def _with_errors(figures: Sequence[Any]) -> str:
    """Write figures, each with its standard error behind it."""
    pairs = zip(figures[::2], figures[1::2], strict=True)
    return ", ".join(f"{figure} {_with(error)}" for figure, error in pairs)


@attrs.frozen(kw_only=True)
class Simulation(ResultTable[SimulatedYear]):
    """Simulated years of each ally, then of all of them together; what was assumed, drawn and seeded stands beside.

    `group` is what the rows of all together are headed as: the group that was asked for, if each of its members of the
    start year with armed forces was planned for, else those that were, by their names or their number.
    """

    group: Group
    draws: int
    seed: int

    def year(self, entity: Entity | CountryLike, year: int) -> SimulatedYear:
        """Return a row; raises `UnknownNameError` for an ally that was not simulated, `InvalidYearError` for a year."""
        first = self[entity]
        of_same = [row for row in self.rows if row.entity == first.entity]
        found = next((row for row in of_same if row.year == year), None)
        if found is None:
            raise InvalidYearError(str(year), f"{of_same[0].year} to {of_same[-1].year}")
        return found


def simulate(
    table: ExpenditureTable,
    plans: Mapping[Country, Mapping[int, Share]] | Mapping[str, Mapping[int, Share]],
    assumptions: Assumptions | Mapping[Country, Assumptions] | Mapping[str, Assumptions],
    *,
    seed: int,
    start_year: int | None = None,
    targets: TargetLike | Sequence[TargetLike] = (),
    draws: int = 10_000,
    levels: Sequence[Share] = tuple(map(Share.percent, (5, 25, 50, 75, 95))),
    follows_gdp: bool = False,
    group: GroupLike = "NATO",
    currencies: Mapping[Country, str] | Mapping[str, str] | None = None,
    progress: Callable[[int, int], None] | None = None,
    mixed_definitions_ok: bool = False,
) -> Simulation:
    """Compute what plans may come to when growth, prices, exchange rates, execution and revisions are uncertain.

    `plans` give each ally's planned share of GDP for every year after `start_year`, the table's latest unless told
    otherwise; `path(...).by_year` is one. A plan is a budget: it is set in money on the median path of GDP and prices
    and not changed when they turn out otherwise, so that lower growth raises the share. With `follows_gdp` it keeps the
    share, and the amount moves. Shares are those that a later edition would publish, revisions included; amounts are
    what is spent. Assumptions are the same for all, or one for each ally planned for.

    Allies of one currency in a year share one shock of its exchange rate; those of two currencies share none. Amounts
    are in dollars, so that an ally that uses the dollar has neither shock nor trend of one. Who joins the euro has its
    shocks from that year on. `currencies` takes another for an ally, such as the euro for the Danish krone, which is
    tied to it.

    Draws of an ally depend on the seed, its code and its currency only: the same seed gives the same numbers, whoever
    else is drawn, on every platform to the six decimals kept, with one version of NumPy. A share is cut at 100 %.
    Nothing is learned from one ally for another but by `correlation` and a common currency. `progress` is told the
    allies drawn and in all.

    Raises `MissingExtraError` without NumPy (the extra ``stats``), `InvalidYearError` for plans that do not cover the
    same years, `NoObservationError` without GDP of the start year, `UnexpectedValueError` for a target that is no aim
    or floor of core expenditure and for allies of one currency with different exchange rates, `InvalidNumberError` for
    draws outside 100 to a million or a negative seed.
    Warns with `MixedDefinitionsWarning` of a table that does not count as NATO does,
    unless ``mixed_definitions_ok=True``.
    """
    found, first = group_of(group), table.latest_year if start_year is None else checked_year(start_year)
    if type(draws) is not int or not 100 <= draws <= MOST_DRAWS:
        raise InvalidNumberError("draws", str(draws), f"a whole number from 100 to {MOST_DRAWS}")
    if type(seed) is not int or seed < 0:
        raise InvalidNumberError("seed", str(seed), "a whole number, zero or more")
    goals = tuple(map(_checked_target, [targets] if isinstance(targets, str | Target) else targets))
    warn_of_definition([table] if goals else [], acknowledged=mixed_definitions_ok)
    asked = tuple(sorted(levels))
    for level in asked:
        expect(level, Share, "a level", "write Share.percent(95)")
    planned = _planned(plans, found, first)
    years = list(next(iter(planned.values())))
    moneys = moneys_of(list(planned), years, currencies or {})
    given = without_rates_of_the_dollar(_assumed(assumptions, list(planned)), moneys)
    gdps = {country: table.gdp(country, first) for country in planned}
    allies = [
        AllyPlan(
            country.key,
            float(gdps[country].value.in_millions),
            [float(share.as_fraction) for share in plan.values()],
            moneys[country],
            given[country],
        )
        for country, plan in planned.items()
    ]
    drawn = draw(
        allies,
        draws=draws,
        seed=seed,
        levels=[float(level.as_fraction) for level in asked],
        thresholds=[float(target.share.as_fraction) for target in goals],
        follows_gdp=follows_gdp,
        progress=progress,
    )
    manner = f"{draws} draws, seed {seed}; {'share of GDP' if follows_gdp else 'budget'} kept as planned"
    rows: list[SimulatedYear] = []
    together = _together(table, found, first, list(planned))
    entities: list[Entity] = [*planned, together]
    for entity, of_entity in zip(entities, drawn, strict=True):
        for number, year in enumerate(years):
            rows.append(
                SimulatedYear(
                    entity=entity,
                    year=year,
                    plan=planned[entity][year] if isinstance(entity, Country) else _share(of_entity.plan[number]),
                    levels=asked,
                    shares=tuple(_share(one.value) for one in of_entity.shares[number]),
                    share_errors=tuple(map(_points, of_entity.shares[number])),
                    amounts=tuple(_millions(one.value) for one in of_entity.amounts[number]),
                    amount_errors=tuple(
                        None if one.error is None else _millions(one.error) for one in of_entity.amounts[number]
                    ),
                    targets=goals,
                    probabilities=tuple(_share(one.value) for one in of_entity.probabilities[number]),
                    probability_errors=tuple(map(_points, of_entity.probabilities[number])),
                    assumed=((entity, given[entity]),) if isinstance(entity, Country) else tuple(given.items()),
                    manner=manner,
                    inputs=(gdps[entity],) if isinstance(entity, Country) else tuple(gdps.values()),
                )
            )
    return Simulation(rows=tuple(rows), group=together, draws=draws, seed=seed)


def _together(table: ExpenditureTable, group: Group, first: int, planned: list[Country]) -> Group:
    """Return the group if all its members that spend are planned for, else those that are, under their own name."""
    members = spenders(table, group, first)
    lacking = [country for country in members if country not in planned]
    if not lacking:
        return group
    if len(planned) == 1:
        name = f"{planned[0]} alone"
    elif len(planned) <= 4:
        name = f"{', '.join(map(str, planned[:-1]))} and {planned[-1]} together"
    else:
        name = f"{len(planned)} of {len(members)} members together, without {listed(list(map(str, lacking)), most=4)}"
    return attrs.evolve(group.excluding(*lacking), key="+".join(country.key for country in planned), name=name)


def _share(value: float) -> Share:
    return Share.fraction(f"{min(value, 1.0):.8f}")


def _millions(value: float) -> Money:
    return Money.millions(f"{value:.3f}", DOLLAR)


def _points(found: Estimated) -> Any:
    return None if found.error is None else PercentagePoints(Decimal(f"{100 * found.error:.8f}"))


def _with(error: PercentagePoints | Money | None) -> str:
    """Write a standard error beside its figure."""
    if error is None:
        return "(too few draws for its error)"
    if isinstance(error, Money):
        return f"± {str(error).partition(' (')[0]}"
    return f"± {error.value:.3f} pp"


def _checked_target(given: TargetLike) -> Target:
    target = checked_target(given)
    if target.component is not Component.CORE or target.modality is Modality.CEILING:
        raise UnexpectedValueError("a target", str(target), "give an aim or floor of core expenditure")
    return target


def _planned(
    plans: Mapping[Country, Mapping[int, Share]] | Mapping[str, Mapping[int, Share]], group: Group, first: int
) -> dict[Country, dict[int, Share]]:
    """Return each plan's years after the first, all of the same years and of members of the group."""
    expect(plans, Mapping, "plans", "give a mapping of countries to shares by year: {'DEU': path(...).by_year}")
    planned: dict[Country, dict[int, Share]] = {}
    for country, plan in by_country("plans", plans).items():
        expect(plan, Mapping, f"a plan of {country}", "give shares by year: path(...).by_year")
        if country not in group.members(first):
            raise UnexpectedValueError(f"a plan of {country}", str(group), "it is not a member in the start year")
        planned[country] = {checked_year(year): share for year, share in sorted(plan.items()) if year > first}
        for share in planned[country].values():
            expect(share, Share, "a planned share", "write Share.percent('2.5')")
    spans = {country: tuple(plan) for country, plan in planned.items()}
    if not spans or not all(spans.values()):
        lacking = ", ".join(str(country) for country, years in spans.items() if not years)
        raise InvalidYearError(f"plans{f' of {lacking}' if lacking else ''}", f"a share for each year after {first}")
    last = max(years[-1] for years in spans.values())
    for country, years in spans.items():
        if years != tuple(range(first + 1, last + 1)):
            raise InvalidYearError(f"plan of {country}", f"a share for each year from {first + 1} to {last}")
    return dict(sorted(planned.items()))


def _assumed(
    assumptions: Assumptions | Mapping[Country, Assumptions] | Mapping[str, Assumptions], countries: list[Country]
) -> dict[Country, Assumptions]:
    if not isinstance(assumptions, Mapping):
        expect(assumptions, Assumptions, "assumptions", "give Assumptions(...), or one by country")
        return dict.fromkeys(countries, assumptions)
    given = by_country("assumptions", assumptions)
    for assumed in given.values():
        expect(assumed, Assumptions, "assumptions", "give Assumptions(...), or one by country")
    missing = [str(country) for country in countries if country not in given]
    if missing:
        raise UnexpectedValueError(
            "assumptions", f"none for {', '.join(missing)}", "give one for each ally planned for"
        )
    if len({given[country].correlation for country in countries}) > 1:
        raise UnexpectedValueError("assumptions", "different correlations", "shocks have one correlation in a group")
    return given
