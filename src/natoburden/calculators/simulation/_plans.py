"""The inputs of all draws: consistent plans of allies, and the GDP, money and assumptions of each ally."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

import attrs

from natoburden.calculators._arguments import checked_target
from natoburden.calculators._members import spenders
from natoburden.calculators.simulation._draws import DOLLAR, AllyPlan, Estimated
from natoburden.calculators.simulation._moneys import moneys_of, without_rates_of_the_dollar
from natoburden.calculators.simulation.assumptions import Assumptions
from natoburden.errors import UnexpectedValueError
from natoburden.errors._root import listed
from natoburden.model._checks import expect
from natoburden.model._figures import spans
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, by_country
from natoburden.model.expenditure import ExpenditureTable, Observation
from natoburden.model.memberships import Group
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.sources import Source, distinct
from natoburden.model.spending_commitments import Component, Modality, Target, TargetLike

__all__ = [
    "AssumptionsLike",
    "Plans",
    "PlansLike",
    "as_millions",
    "as_points",
    "as_share",
    "core_target",
    "plans_of",
    "sources_with",
    "together_of",
    "words_of",
]

PlansLike: TypeAlias = Mapping[Country, Mapping[int, Share]] | Mapping[str, Mapping[int, Share]]
AssumptionsLike: TypeAlias = Assumptions | Mapping[Country, Assumptions] | Mapping[str, Assumptions]


class Plans(NamedTuple):
    """Plans by ally and year, and the other inputs of each ally's draws."""

    planned: dict[Country, dict[int, Share]]
    years: list[int]
    assumed: dict[Country, Assumptions]
    gdps: dict[Country, Observation[Money]]
    allies: list[AllyPlan]


def plans_of(
    table: ExpenditureTable,
    plans: PlansLike,
    assumptions: AssumptionsLike,
    *,
    group: Group,
    first: int,
    currencies: Mapping[Country, str] | Mapping[str, str] | None,
) -> Plans:
    """Return the inputs of the draws: checked plans of a group's members after the first year, GDP and assumptions."""
    planned = _planned(plans, group, first)
    years = list(next(iter(planned.values())))
    moneys = moneys_of(list(planned), years, currencies or {})
    assumed = without_rates_of_the_dollar(_assumed(assumptions, list(planned)), moneys)
    gdps = {country: table.gdp(country, first) for country in planned}
    allies = [
        AllyPlan(
            country.key,
            float(gdps[country].value.in_millions),
            [float(share.as_fraction) for share in plan.values()],
            moneys[country],
            assumed[country],
        )
        for country, plan in planned.items()
    ]
    return Plans(planned, years, assumed, gdps, allies)


def together_of(table: ExpenditureTable, group: Group, first: int, planned: list[Country]) -> Group:
    """Return the group if all its members that spend have plans; otherwise a group of the members with plans."""
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


def words_of(assumed: Sequence[tuple[Country, Assumptions]]) -> str:
    """Return assumptions in words: a single set, or the number of sets by ally and their basis."""
    different = dict.fromkeys(assumptions for _, assumptions in assumed)
    if len(different) == 1:
        return str(next(iter(different)))
    bases = "; ".join(dict.fromkeys(assumptions.basis for assumptions in different if assumptions.basis))
    return f"{len(different)} sets of assumptions, by ally{f': {bases}' if bases else ''}"


def sources_with(sources: tuple[Source, ...], assumed: Sequence[tuple[Country, Assumptions]]) -> tuple[Source, ...]:
    """Return sources, followed by those of the assumptions, each once."""
    return distinct((*sources, *(source for _, assumptions in assumed for source in assumptions.sources)))


def as_share(value: float) -> Share:
    """Return a share as it is stored: with eight decimals, and never above 100 %."""
    return Share.fraction(f"{min(value, 1.0):.8f}")


def as_millions(value: float) -> Money:
    """Return an amount in millions of dollars as it is stored: with three decimals."""
    return Money.millions(f"{value:.3f}", DOLLAR)


def as_points(found: Estimated) -> Any:
    """Return a Monte Carlo standard error in points; None if it is not known."""
    return None if found.error is None else PercentagePoints(Decimal(f"{100 * found.error:.8f}"))


def core_target(given: TargetLike) -> Target:
    """Return a target of core expenditure that shares can meet; raise for a ceiling and for any other component."""
    target = checked_target(given)
    if target.component is not Component.CORE or target.modality is Modality.CEILING:
        raise UnexpectedValueError("a target", str(target), "give an aim or floor of core expenditure")
    return target


def _planned(
    plans: Mapping[Country, Mapping[int, Share]] | Mapping[str, Mapping[int, Share]], group: Group, first: int
) -> dict[Country, dict[int, Share]]:
    """Return each plan's years after the first; raise unless all plans are of members and have the same years."""
    expect(plans, Mapping, "plans", "give a mapping of countries to shares by year: {'DEU': path(...).by_year}")
    planned: dict[Country, dict[int, Share]] = {}
    for country, plan in by_country("plans", plans).items():
        expect(plan, Mapping, f"a plan of {country}", "give shares by year: path(...).by_year")
        if country not in group.members(first):
            raise UnexpectedValueError(
                "an ally with a plan", str(country), f"it is not in {group} in {first}: leave it out"
            )
        planned[country] = {checked_year(year): share for year, share in sorted(plan.items()) if year > first}
        for share in planned[country].values():
            expect(share, Share, "a planned share", "write Share.percent('2.5')")
    covered = {country: tuple(plan) for country, plan in planned.items()}
    if not covered or not all(covered.values()):
        lacking = ", ".join(str(country) for country, years in covered.items() if not years)
        raise UnexpectedValueError(
            "plans", f"no year of {lacking}" if lacking else "none", f"give a share for each year after {first}"
        )
    last = max(years[-1] for years in covered.values())
    for country, years in covered.items():
        if years != tuple(range(first + 1, last + 1)):
            raise UnexpectedValueError(
                f"a plan of {country}", spans(years), f"give a share for each year from {first + 1} to {last}"
            )
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
    correlations = sorted({given[country].correlation for country in countries})
    if len(correlations) > 1:
        named = ", ".join(map(str, correlations))
        raise UnexpectedValueError("correlations", named, "shocks have one correlation in a group: give all the same")
    return given
