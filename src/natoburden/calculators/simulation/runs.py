"""Random draws of the outcomes of plans: shares of GDP and amounts, by ally and year, with their quantiles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from natoburden.calculators._arguments import (
    checked_draws,
    checked_level,
    checked_seed,
    checked_target,
    warn_of_definition,
)
from natoburden.calculators._members import group_of
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Projection, ResultTable
from natoburden.calculators.simulation._draws import draw
from natoburden.calculators.simulation._plans import (
    AssumptionsLike,
    PlansLike,
    as_millions,
    as_points,
    as_share,
    core_target,
    plans_of,
    sources_with,
    together_of,
    words_of,
)
from natoburden.calculators.simulation.assumptions import Assumptions
from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Entity, Group, GroupLike
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import Target, TargetLike

__all__ = ["SimulatedYear", "Simulation", "simulate"]


@attrs.frozen(kw_only=True)
class SimulatedYear(Projection):
    """The simulated outcomes of one ally in one year, or the joint outcomes of all allies with a plan.

    `shares` and `amounts` are quantiles, from the lowest level to the highest. Amounts are in dollars at current prices
    of the year. `probabilities` are the probabilities of meeting each target in this year, judged by shares with two
    decimals. In rows for all allies together, `probabilities` refer to the allies' joint share of GDP. Each figure has
    a Monte Carlo standard error, which falls with more draws and does not measure errors of the assumptions. The
    standard error of a quantile is None if there are too few draws.
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
        return f"plan × execution × revision, against GDP as it turns out; {self.manner}; {words_of(self.assumed)}"

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents used for the plan's GDP and for the estimated assumptions."""
        return sources_with(super().sources, self.assumed)

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
    """Return figures as text, each followed by its standard error."""
    pairs = zip(figures[::2], figures[1::2], strict=True)
    return ", ".join(f"{figure} {_with(error)}" for figure, error in pairs)


@attrs.frozen(kw_only=True)
class Simulation(ResultTable[SimulatedYear]):
    """Simulated years of each ally, then of all allies together, with the assumptions, the draws and the seed.

    `group` is the label of the rows for all allies together. `group` is the group that you asked for, if every member
    with armed forces in the start year has a plan. If a plan is missing, `group` is a new group of the allies with
    plans. The name of a new group lists the allies or gives their number.
    """

    group: Group
    draws: int
    seed: int

    def year(self, entity: Entity | CountryLike, year: int) -> SimulatedYear:
        """Return the row of an ally, or of all allies together, for a year.

        Raises `UnknownNameError` for an ally without a plan, and `InvalidYearError` for a year that was not simulated.
        """
        first = self[entity]
        of_same = [row for row in self.rows if row.entity == first.entity]
        found = next((row for row in of_same if row.year == year), None)
        if found is None:
            raise InvalidYearError(str(year), f"{of_same[0].year} to {of_same[-1].year}")
        return found


def simulate(
    table: ExpenditureTable,
    plans: PlansLike,
    assumptions: AssumptionsLike,
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
    """Compute possible outcomes of plans if growth, prices, exchange rates, execution and revisions are uncertain.

    `plans` give each ally's planned share of GDP for every year after `start_year`, such as `path(...).by_year`. By
    default, `start_year` is the table's latest year. A plan is a budget in money, computed from the median path of GDP
    and prices. The budget stays the same if GDP or prices differ from the median; lower growth then raises the share of
    GDP. With `follows_gdp`, the planned share of GDP is kept instead, and the amount changes. Simulated shares include
    revisions, like the shares that a later edition would publish. Amounts are actual spending. Assumptions are given
    once for all allies, or separately for each ally with a plan.

    Allies with the same currency in a year share one exchange-rate shock, and shocks of different currencies are
    independent. Amounts are in dollars; therefore, an ally that uses the dollar has neither a shock nor a trend of the
    exchange rate. From the year in which an ally joins the euro, the euro's exchange-rate shocks apply to the ally.
    `currencies` sets another currency for an ally, such as the euro for Denmark, because the krone is tied to the euro.

    Draws of an ally depend only on the seed, its code and its currency. The same seed gives an ally the same numbers,
    regardless of the other allies in the simulation. With the same version of NumPy, the numbers are the same on every
    platform, to the six stored decimals of a percentage. A share is limited to 100 %. The draws of different allies are
    related only by `correlation` and by a common currency. `progress` is called with the number of allies drawn and the
    number of all allies.

    Raises `MissingExtraError` without NumPy (the extra ``stats``), `InvalidYearError` for plans that do not cover the
    same years, and `NoObservationError` without GDP of the start year. Raises `UnexpectedValueError` for a target that
    is not an aim or floor of core expenditure, and for allies of one currency with different exchange rates. Raises
    `InvalidNumberError` for fewer than 100 or more than a million draws, and for a negative seed. With `targets`, warns
    with `MixedDefinitionsWarning` if the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.
    """
    found, first = group_of(group), table.latest_year if start_year is None else checked_year(start_year)
    checked_draws(draws)
    checked_seed(seed)
    goals = tuple(map(core_target, [targets] if isinstance(targets, str | Target) else targets))
    warn_of_definition([table] if goals else [], acknowledged=mixed_definitions_ok)
    asked = tuple(sorted(levels))
    parts = [checked_level(level) for level in asked]
    made = plans_of(table, plans, assumptions, group=found, first=first, currencies=currencies)
    planned, years, given, gdps = made.planned, made.years, made.assumed, made.gdps
    drawn = draw(
        made.allies,
        draws=draws,
        seed=seed,
        levels=parts,
        thresholds=[float(target.share.as_fraction) for target in goals],
        follows_gdp=follows_gdp,
        progress=progress,
    )
    manner = f"{draws} draws, seed {seed}; {'share of GDP' if follows_gdp else 'budget'} kept as planned"
    rows: list[SimulatedYear] = []
    together = together_of(table, found, first, list(planned))
    entities: list[Entity] = [*planned, together]
    for entity, of_entity in zip(entities, drawn, strict=True):
        for number, year in enumerate(years):
            rows.append(
                SimulatedYear(
                    entity=entity,
                    year=year,
                    plan=planned[entity][year] if isinstance(entity, Country) else as_share(of_entity.plan[number]),
                    levels=asked,
                    shares=tuple(as_share(one.value) for one in of_entity.shares[number]),
                    share_errors=tuple(map(as_points, of_entity.shares[number])),
                    amounts=tuple(as_millions(one.value) for one in of_entity.amounts[number]),
                    amount_errors=tuple(
                        None if one.error is None else as_millions(one.error) for one in of_entity.amounts[number]
                    ),
                    targets=goals,
                    probabilities=tuple(as_share(one.value) for one in of_entity.probabilities[number]),
                    probability_errors=tuple(map(as_points, of_entity.probabilities[number])),
                    assumed=((entity, given[entity]),) if isinstance(entity, Country) else tuple(given.items()),
                    manner=manner,
                    inputs=(gdps[entity],) if isinstance(entity, Country) else tuple(gdps.values()),
                )
            )
    return Simulation(rows=tuple(rows), group=together, draws=draws, seed=seed)


def _with(error: PercentagePoints | Money | None) -> str:
    """Return the standard error of a figure as text."""
    if error is None:
        return "(too few draws for its error)"
    if isinstance(error, Money):
        return f"± {str(error).partition(' (')[0]}"
    return f"± {error.value:.3f} pp"
