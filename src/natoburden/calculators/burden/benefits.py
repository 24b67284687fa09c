"""Does an ally's burden match its benefit? Shares of burden and benefit are compared under every choice of proxies."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar, TypeAlias

import attrs

from natoburden.calculators._members import group_of
from natoburden.calculators._population import population_of
from natoburden.calculators.burden._results import BurdenResult, terms_of
from natoburden.calculators.burden._statistics import SignedRanks, randomised_p, signed_ranks
from natoburden.calculators.burden.ally_burdens import AllyBurden, burdens
from natoburden.calculators.findings import Finding, Findings, or_none, places
from natoburden.calculators.results import ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import expect, member
from natoburden.model._numbers import CONTEXT, add_up, divide
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import GroupLike
from natoburden.model.money import Money, PriceBasis

__all__ = ["BenefitProxy", "ConcordanceTest", "concordance"]


class BenefitProxy(enum.Enum):
    """A proxy for an ally's benefit, computed from NATO's tables: the ally's share of the group's GDP or population."""

    GDP = "gdp"
    POPULATION = "population"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class ConcordanceTest(BurdenResult):
    """Wilcoxon's signed-rank test of burden shares against benefit shares, under one choice of proxies.

    `above` is the sum of ranks of the allies with a burden share above their benefit share. `below` is the sum of ranks
    of the allies with a burden share below their benefit share. All p-values are two-sided. A small p-value speaks
    against concordance; a large p-value does not prove concordance.

    `p` is the classical p-value, and is too small if one ally is a large part of the group. The differences of shares
    add up to zero, so a difference of the largest ally affects the differences of all other allies. `randomised_p` does
    not assume independent differences. The null hypothesis is that the observed ratios of burden to benefit are
    assigned to the allies at random, regardless of size. The ratios are reassigned `draws` times, at random.
    `randomised_p` is the share of assignments in which the smaller sum of ranks is at most the observed sum. The
    observed assignment is counted as one of the assignments.

    `p_without_largest` and `randomised_p_without_largest` leave out the ally with the largest benefit, and use shares
    of the group without this ally. The randomised p-values are None if an ally has no benefit at all, since its ratio
    of burden to benefit is undefined.
    """

    is_test: ClassVar[bool] = True

    proxies: tuple[str, ...]
    allies: int
    carry_more: int
    above: float
    below: float
    z: float
    p: float
    exact: bool
    draws: int
    seed: int
    randomised_p: float | None
    largest: Country
    p_without_largest: float
    randomised_p_without_largest: float | None

    @property
    def headline(self) -> str:
        return f"Concordance of burden with benefit by {' and '.join(self.proxies)}, {self._where}"

    @property
    def formula(self) -> str:
        how = "exact" if self.exact else "normal approximation, corrected for ties"
        return (
            "burden share − mean of the shares of the proxies; Wilcoxon signed ranks, pairs without difference "
            f"dropped, two-sided p {how}; z = (W − n(n+1)/4) / √(n(n+1)(2n+1)/24 − Σ(t³−t)/48), W the smaller sum; "
            f"randomised p = (1 + draws with a W as small) / (1 + {self.draws}), ratios of burden to benefit "
            f"reassigned to the allies at random, seed {self.seed}"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("carry more than they benefit", (self.carry_more, self.allies, self.above), _more),
            Finding("carry less", self.below, lambda ranks: f"sum of ranks {ranks:g}"),
            Finding("z", self.z, lambda z: f"{z:+.3f}"),
            Finding("p, classical", self.p, places(4)),
            Finding("p, randomised", self.randomised_p, _WRITTEN),
            Finding(f"p without {self.largest}, classical", self.p_without_largest, places(4)),
            Finding(f"p without {self.largest}, randomised", self.randomised_p_without_largest, _WRITTEN),
        )


def _more(figures: tuple[int, int, float]) -> str:
    more, allies, ranks = figures
    return f"{more} of {allies} allies, sum of ranks {ranks:g}"


_WRITTEN = or_none(places(4), "none: an ally has no benefit, and so no ratio")


def concordance(
    table: ExpenditureTable,
    year: int,
    *,
    measure: Measure | str = Measure.EXPENDITURE,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
    proxies: Sequence[BenefitProxy | str | CountryFigures | YearlyFigures] = (
        BenefitProxy.GDP,
        BenefitProxy.POPULATION,
    ),
    draws: int = 9_999,
    seed: int = 0,
) -> ResultTable[ConcordanceTest]:
    """Compute whether burdens match benefits, for all proxies together and for every other choice of proxies.

    Benefits are not observed. The literature uses the mean of an ally's shares of the group's GDP, population and
    exposed border. The finding depends on the choice of proxies. Sandler and Shimizu compare burdens and benefits by
    Wilcoxon's signed-rank test. Give at least two proxies: the result has a row for each combination of proxies, with
    equal weights. You must justify your proxies. Give a proxy that NATO's tables lack, such as the risk of terrorism,
    as `CountryFigures`, or as `YearlyFigures` if it differs by year. As a proxy for exposed borders, give
    `natoburden.datasets.exposed_borders()`. With `measure`, the burden is the expenditure on one main category.

    Each row has the classical p-value, and a randomised p-value from `draws` random assignments with a `seed`. The
    classical and the randomised p-value are given for the group, and again without the ally with the largest benefit.
    `ConcordanceTest` describes the assumptions of each p-value.

    Raises `UnexpectedValueError` for fewer than two proxies, for a proxy that is named twice or is zero for all allies,
    and for fewer than 99 draws. Raises `TooFewError` if fewer than three allies have a burden share that differs from
    their benefit share. The function needs the extra ``stats``.

    >>> from natoburden.datasets import defence_expenditure
    >>> for test in concordance(defence_expenditure("2026-07"), 2025):
    ...     print(test.proxies, f"{test.above:g} {test.below:g} {test.p:.4f} {test.randomised_p:.2f}")
    ('gdp', 'population') 85 411 0.0009 0.05
    ('gdp',) 133 363 0.0233 0.21
    ('population',) 90 406 0.0014 0.04
    """
    chosen = checked_proxies(proxies, year)
    if type(draws) is not int or draws < _FEWEST_DRAWS:
        raise UnexpectedValueError("draws", repr(draws), f"{_FEWEST_DRAWS} or more, as an int; 9999 is usual")
    added = terms_of(terms, year)
    rows = burdens(table, year, measure=measure, group=group, basis=basis, terms=added).rows
    carried = [row.carried.amount for row in rows]
    benefits = {name: _values(item, rows, table) for name, item in chosen.items()}

    def tested(choice: tuple[str, ...]) -> ConcordanceTest:
        values = {name: benefits[name] for name in choice}
        burden, benefit = _compared(carried, values)
        largest = max(range(len(rows)), key=lambda number: benefit[number])
        rest = [number for number in range(len(rows)) if number != largest]
        others = _compared(
            [carried[number] for number in rest],
            {name: [figures[number] for number in rest] for name, figures in values.items()},
        )
        found, without = (_signed(*parts) for parts in ((burden, benefit), others))
        return ConcordanceTest(
            edition=table.edition.key,
            year=year,
            group=group_of(group),
            basis=rows[0].basis,
            measure=rows[0].measure,
            given=(*added, *(item for item in chosen.values() if isinstance(item, CountryFigures))),
            proxies=choice,
            allies=len(rows),
            carry_more=sum(part > due for part, due in zip(burden, benefit, strict=True)),
            above=found.above,
            below=found.below,
            z=found.z,
            p=found.p,
            exact=found.exact,
            draws=draws,
            seed=seed,
            randomised_p=_at_random(burden, benefit, draws, seed),
            largest=rows[largest].country,
            p_without_largest=without.p,
            randomised_p_without_largest=_at_random(*others, draws, seed),
            inputs=tuple(dict.fromkeys(figure for row in rows for figure in row.inputs)),
        )

    return ResultTable(rows=tuple(tested(choice) for choice in choices_of(chosen)))


_FEWEST_DRAWS = 99
_Proxies: TypeAlias = dict[str, BenefitProxy | CountryFigures]


def checked_proxies(proxies: Sequence[BenefitProxy | str | CountryFigures | YearlyFigures], year: int) -> _Proxies:
    """Return the proxies of benefit by name; raise for fewer than two proxies, and for a proxy that is named twice."""
    expect(proxies, list | tuple, "proxies of benefit", "give a list: proxies=['gdp', figures]")
    chosen = [
        item.in_year(year) if isinstance(item, CountryFigures | YearlyFigures) else member(BenefitProxy, item)
        for item in proxies
    ]
    names = [item.name if isinstance(item, CountryFigures) else item.value for item in chosen]
    if len(set(names)) < max(2, len(names)):
        raise UnexpectedValueError(
            "proxies of benefit", ", ".join(names) or "none", "give two or more, each once: one shows no sensitivity"
        )
    return dict(zip(names, chosen, strict=True))


def choices_of(names: Iterable[str]) -> list[tuple[str, ...]]:
    """Return every choice of proxies, beginning with all proxies together."""
    given = list(names)
    return [choice for size in range(len(given), 0, -1) for choice in itertools.combinations(given, size)]


def burden_and_benefit(
    rows: Sequence[AllyBurden], table: ExpenditureTable, chosen: _Proxies, choice: tuple[str, ...]
) -> tuple[list[Decimal], list[Decimal]]:
    """Return each ally's share of the burden, and its share of the benefit under a choice of proxies."""
    return _compared(
        [row.carried.amount for row in rows], {name: _values(chosen[name], rows, table) for name in choice}
    )


def _compared(
    carried: Sequence[Decimal], benefits: Mapping[str, Sequence[Decimal]]
) -> tuple[list[Decimal], list[Decimal]]:
    """Return each ally's share of the burden, and the mean of its shares of the proxies."""
    parts = [_parts(values, name) for name, values in benefits.items()]
    means = [divide(add_up(of_one), Decimal(len(parts))) for of_one in zip(*parts, strict=True)]
    return _parts(carried, "expenditure"), means


def _signed(burden: Sequence[Decimal], benefit: Sequence[Decimal]) -> SignedRanks:
    return signed_ranks([float(CONTEXT.subtract(part, due)) for part, due in zip(burden, benefit, strict=True)])


def _at_random(burden: Sequence[Decimal], benefit: Sequence[Decimal], draws: int, seed: int) -> float | None:
    if not all(benefit):
        return None
    return randomised_p(list(map(float, burden)), list(map(float, benefit)), draws, seed)


def _values(item: BenefitProxy | CountryFigures, rows: Sequence[AllyBurden], table: ExpenditureTable) -> list[Decimal]:
    if isinstance(item, CountryFigures):
        figures = item.figures([row.country for row in rows])
        return [figure.amount if isinstance(figure, Money) else figure for figure in figures]
    if item is BenefitProxy.POPULATION:
        return [population_of(table, row.country, row.year)[0] for row in rows]
    return [row.gdp.amount for row in rows]


def _parts(values: Sequence[Decimal], name: str) -> list[Decimal]:
    """Return each value as a share of the sum of all values."""
    whole = add_up(values)
    if not whole:
        raise UnexpectedValueError(f"figures of {name}", "0 in sum", "give a figure above zero for one ally at least")
    return [divide(value, whole) for value in values]
