"""The distribution of how many allies meet a target in a year, and of how much money is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import attrs

from natoburden.calculators._arguments import checked_draws, checked_level, checked_seed, warn_of_definition
from natoburden.calculators._members import group_of
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Projection
from natoburden.calculators.simulation._draws import HALF_OF_A_PRINTED_DIGIT, Kept, draw_year, probability
from natoburden.calculators.simulation._plans import (
    AssumptionsLike,
    Plans,
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
from natoburden.errors._root import listed
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import Target, TargetLike

__all__ = ["CountDistribution", "count_distribution"]

LEVELS = tuple(map(Share.percent, (5, 25, 50, 75, 95)))


@attrs.frozen(kw_only=True)
class CountDistribution(Projection):
    """How many allies meet a target in a year: the probability of each count from none to all.

    `counts` are quantiles of the number of allies that meet the target. `gross` are quantiles of the total shortfall of
    the allies below the target. `net` are quantiles of the shortfall after the other allies' surpluses are deducted; a
    negative amount is a surplus. Money is in dollars at current prices of the year. Shortfalls are computed from the
    shares that a later edition would publish. `errors` are the Monte Carlo standard errors of `probabilities`.
    `chances` are each ally's probabilities of meeting the target.
    """

    note = (
        "What the assumptions imply, not a forecast of the count. With shocks that are taken as independent the spread "
        "of the count is understated."
    )

    group: Group
    year: int
    target: Target
    allies: int
    probabilities: tuple[Share, ...]
    errors: tuple[PercentagePoints, ...] = attrs.field(repr=False)
    mean: float
    levels: tuple[Share, ...]
    counts: tuple[int, ...]
    gross: tuple[Money, ...]
    net: tuple[Money, ...]
    chances: tuple[tuple[Country, Share], ...] = attrs.field(repr=False)
    draws: int
    seed: int
    assumed: tuple[tuple[Country, Assumptions], ...] = attrs.field(repr=False)
    manner: str = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"How many of {self.allies} meet the {self.target} in {self.year}, {self.group}"

    @property
    def formula(self) -> str:
        return (
            "count = allies whose drawn share, on the published two decimals, is at the target or above; missing = "
            "(target − share) × GDP, gross: of those below it alone, net: of all, with surpluses; "
            f"{self.manner}; {words_of(self.assumed)}"
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents used for the plans' GDP and for the estimated assumptions."""
        return sources_with(super().sources, self.assumed)

    @property
    def findings(self) -> Findings:
        likeliest = max(range(len(self.probabilities)), key=lambda count: self.probabilities[count].as_fraction)
        quantiles = zip(self.levels, self.counts, self.gross, self.net, strict=True)
        return (
            Finding("mean", self.mean, lambda mean: f"{mean:.2f} of {self.allies}"),
            Finding("likeliest", (likeliest, self.probabilities[likeliest]), lambda pair: f"{pair[0]}, at {pair[1]}"),
            *(Finding(f"quantile {percent(level, 0)}", figures, _quantile) for level, *figures in quantiles),
        )

    def at_least(self, count: int) -> Share:
        """Return the probability that at least a given number of allies meet the target."""
        return as_share(sum(float(part.as_fraction) for part in self.probabilities[max(count, 0) :]))

    def chance(self, ally: CountryLike) -> Share:
        """Return an ally's chance of meeting the target; raises `UnexpectedValueError` for an ally without plans."""
        found = Country.find(ally)
        for country, chance in self.chances:
            if country == found:
                return chance
        hint = f"there are plans for {listed([str(country) for country, _ in self.chances])}"
        raise UnexpectedValueError("an ally", str(found), hint)

    @property
    def columns(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for level, count, gross, net in zip(self.levels, self.counts, self.gross, self.net, strict=True):
            mark = f"{level.as_percent:g}".replace(".", "_")
            found |= {f"count_q{mark}": count, f"gross_q{mark}": gross, f"net_q{mark}": net}
        return found | {f"probability_of_{count}": part for count, part in enumerate(self.probabilities)}


def _quantile(figures: Sequence[Any]) -> str:
    count, gross, net = figures
    return f"{count} allies; missing {gross} gross, {net} net"


class Asked(NamedTuple):
    """The checked arguments of a simulation for one year, with the draws of the year."""

    plans: Plans
    together: Group
    year: int
    target: Target
    drawn: Kept
    manner: str

    @property
    def met(self) -> Any:
        """Whether each ally meets the target in each draw, judged by the two published decimals."""
        return self.drawn.share >= float(self.target.share.as_fraction) - HALF_OF_A_PRINTED_DIGIT

    @property
    def missing(self) -> Any:
        """The amount that each ally lacks in each draw, in millions; a surplus is negative."""
        return (float(self.target.share.as_fraction) - self.drawn.share) * self.drawn.gdp


def drawn_of(
    table: ExpenditureTable,
    plans: PlansLike,
    assumptions: AssumptionsLike,
    target: TargetLike,
    *,
    seed: int,
    year: int | None,
    start_year: int | None,
    draws: int,
    follows_gdp: bool,
    group: GroupLike,
    currencies: Mapping[Country, str] | Mapping[str, str] | None,
) -> Asked:
    """Return the draws of one year, after a check of the arguments."""
    found, first = group_of(group), table.latest_year if start_year is None else checked_year(start_year)
    checked_draws(draws)
    checked_seed(seed)
    goal = core_target(target)
    made = plans_of(table, plans, assumptions, group=found, first=first, currencies=currencies)
    when = made.years[-1] if year is None else checked_year(year)
    if when not in made.years:
        raise InvalidYearError(str(when), f"{made.years[0]} to {made.years[-1]}, which the plans cover")
    drawn = draw_year(made.allies, made.years.index(when), draws=draws, seed=seed, follows_gdp=follows_gdp)
    manner = f"{draws} draws, seed {seed}; {'share of GDP' if follows_gdp else 'budget'} kept as planned"
    return Asked(made, together_of(table, found, first, list(made.planned)), when, goal, drawn, manner)


def count_distribution(
    table: ExpenditureTable,
    plans: PlansLike,
    assumptions: AssumptionsLike,
    target: TargetLike,
    *,
    seed: int,
    year: int | None = None,
    start_year: int | None = None,
    draws: int = 10_000,
    levels: Sequence[Share] = LEVELS,
    follows_gdp: bool = False,
    group: GroupLike = "NATO",
    currencies: Mapping[Country, str] | Mapping[str, str] | None = None,
    mixed_definitions_ok: bool = False,
) -> CountDistribution:
    """Compute the distribution of how many allies meet a target in a year, and quantiles of the missing sum.

    Plans, assumptions and draws have the same meaning as in `simulate`. The same seed gives each ally the same draws as
    in `simulate`. With the same seed, the mean of the count is the sum of the allies' probabilities in `simulate`. By
    default, the year is the last year of the plans. A sum of probabilities does not show which counts are likely:
    common shocks to GDP spread the count without moving its mean.

    Raises the errors of `simulate`, and `InvalidYearError` for a year that the plans do not cover. Warns with
    `MixedDefinitionsWarning` if the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.calculators.simulation import assumptions_as_revised
    >>> from natoburden.datasets import defence_expenditure_editions, macro
    >>> editions = defence_expenditure_editions("2023-07", "2024-06", "2025-08", "2026-07")
    >>> assumed = assumptions_as_revised(editions, macro(), since=2023, until=2030)
    >>> table = editions[-1]
    >>> plans = {ally: dict.fromkeys(range(2027, 2031), table.share_of_gdp(ally, 2026).value) for ally in assumed}
    >>> found = count_distribution(table, plans, assumed, "wales-guideline", seed=1)
    >>> print(f"{found.mean:.1f} of {found.allies};", *found.counts)
    23.9 of 31; 18 22 24 26 29
    >>> print(found.gross[2], "|", found.net[2])
    USD 5.65 bn (current prices) | USD -597.48 bn (current prices)
    """
    warn_of_definition([table], acknowledged=mixed_definitions_ok)
    asked = drawn_of(
        table,
        plans,
        assumptions,
        target,
        seed=seed,
        year=year,
        start_year=start_year,
        draws=draws,
        follows_gdp=follows_gdp,
        group=group,
        currencies=currencies,
    )
    wanted = tuple(sorted(levels))
    at = [checked_level(level) for level in wanted]
    import numpy as np

    counts, missing = asked.met.sum(axis=0), asked.missing
    estimated = [probability(int(number), draws) for number in np.bincount(counts, minlength=len(asked.met) + 1)]
    return CountDistribution(
        group=asked.together,
        year=asked.year,
        target=asked.target,
        allies=len(asked.met),
        probabilities=tuple(as_share(item.value) for item in estimated),
        errors=tuple(as_points(item) for item in estimated),
        mean=float(counts.mean()),
        levels=wanted,
        counts=tuple(int(count) for count in np.quantile(counts, at, method="inverted_cdf")),
        gross=tuple(as_millions(float(sum_)) for sum_ in np.quantile(np.maximum(missing, 0).sum(axis=0), at)),
        net=tuple(as_millions(float(sum_)) for sum_ in np.quantile(missing.sum(axis=0), at)),
        chances=tuple(
            (country, as_share(float(part)))
            for country, part in zip(asked.plans.planned, asked.met.mean(axis=1), strict=True)
        ),
        draws=draws,
        seed=seed,
        assumed=tuple(asked.plans.assumed.items()),
        manner=asked.manner,
        inputs=tuple(asked.plans.gdps.values()),
    )
