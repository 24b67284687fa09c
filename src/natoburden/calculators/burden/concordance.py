"""Does each ally carry what it benefits? Burden shares against benefit shares, under every choice of proxies."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Sequence
from decimal import Decimal

import attrs

from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.burden._statistics import signed_ranks
from natoburden.calculators.burden.burdens import AllyBurden, burdens, population_of
from natoburden.calculators.results import ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import expect, member
from natoburden.model._numbers import CONTEXT, add_up, divide
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.figures import CountryFigures
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import Money, PriceBasis

__all__ = ["BenefitProxy", "ConcordanceTest", "concordance"]


class BenefitProxy(enum.Enum):
    """What stands for an ally's benefit and is in NATO's tables: its part of the group's GDP, of its people."""

    GDP = "gdp"
    POPULATION = "population"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class ConcordanceTest(BurdenResult):
    """Wilcoxon's signed-rank test of burden shares against benefit shares, under one choice of proxies.

    `above` and `below` are the sums of ranks of allies that carry more, and less, than they benefit; p is two-sided. A
    small p speaks against concordance; a large one does not prove it.
    """

    proxies: tuple[str, ...]
    allies: int
    carry_more: int
    above: float
    below: float
    z: float
    p: float
    exact: bool

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Concordance of burden with benefit by {' and '.join(self.proxies)}, {self._where}"

    @property
    def formula(self) -> str:
        """What is compared, and how p is found."""
        how = "exact" if self.exact else "normal approximation, corrected for ties"
        return (
            "burden share − mean of the shares of the proxies; Wilcoxon signed ranks, pairs without difference "
            f"dropped, two-sided p {how}; z = (W − n(n+1)/4) / √(n(n+1)(2n+1)/24 − Σ(t³−t)/48), W the smaller sum"
        )

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Both sums of ranks, and what follows."""
        return (
            ("carry more than they benefit", f"{self.carry_more} of {self.allies} allies, ranks {self.above:g}"),
            ("carry less", f"ranks {self.below:g}"),
            ("z", f"{self.z:+.3f}"),
            ("p", f"{self.p:.4f}"),
        )


def concordance(
    table: ExpenditureTable,
    year: int,
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures] = (),
    proxies: Sequence[BenefitProxy | str | CountryFigures] = (BenefitProxy.GDP, BenefitProxy.POPULATION),
) -> ResultTable[ConcordanceTest]:
    """Test whether burdens match benefits: one row with all proxies, then one for every other choice among them.

    A benefit is not observed; the literature takes the mean of an ally's parts of the group's GDP, population and
    exposed border, and its finding hinges on the choice. So there is never one row: at least two proxies are needed,
    and every choice of some of them is tested. Equal weights. Sandler and Shimizu use the test; its proxies are the
    caller's to defend. Give borders or anything else as `CountryFigures`.

    Raises `UnexpectedValueError` for fewer than two proxies, one named twice, or one that is all zero; `TooFewError`
    where fewer than three allies differ. Needs the extra ``stats``.

    >>> from natoburden.datasets import defence_expenditure
    >>> for test in concordance(defence_expenditure(), 2025):
    ...     print(test.proxies, f"{test.above:g} {test.below:g} {test.p:.4f}")
    ('gdp', 'population') 85 411 0.0009
    ('gdp',) 133 363 0.0233
    ('population',) 90 406 0.0014
    """
    expect(proxies, list | tuple, "proxies of benefit", "give a list: proxies=['gdp', figures]")
    chosen = [item if isinstance(item, CountryFigures) else member(BenefitProxy, item) for item in proxies]
    names = [item.name if isinstance(item, CountryFigures) else item.value for item in chosen]
    if len(set(names)) < max(2, len(names)):
        raise UnexpectedValueError(
            "proxies of benefit", ", ".join(names) or "none", "two or more, each once: one shows no sensitivity"
        )
    rows = burdens(table, year, group=group, basis=basis, terms=terms).rows
    carried = _parts([row.carried.amount for row in rows], "expenditure")
    benefits = {name: _parts(_values(item, rows, table), name) for name, item in zip(names, chosen, strict=True)}
    choices = [choice for size in range(len(names), 0, -1) for choice in itertools.combinations(names, size)]

    def tested(choice: tuple[str, ...]) -> ConcordanceTest:
        means = [
            divide(add_up(parts), Decimal(len(choice)))
            for parts in zip(*(benefits[name] for name in choice), strict=True)
        ]
        apart = [CONTEXT.subtract(part, mean) for part, mean in zip(carried, means, strict=True)]
        found = signed_ranks([float(value) for value in apart])
        return ConcordanceTest(
            edition=table.edition.key,
            year=year,
            group=Group.find(group),
            basis=rows[0].basis,
            given=(*terms, *(item for item in chosen if isinstance(item, CountryFigures))),
            proxies=choice,
            allies=len(rows),
            carry_more=sum(value > 0 for value in apart),
            above=found.above,
            below=found.below,
            z=found.z,
            p=found.p,
            exact=found.exact,
            inputs=tuple(dict.fromkeys(figure for row in rows for figure in row.inputs)),
        )

    return ResultTable(rows=tuple(tested(choice) for choice in choices))


def _values(item: BenefitProxy | CountryFigures, rows: Sequence[AllyBurden], table: ExpenditureTable) -> list[Decimal]:
    if isinstance(item, CountryFigures):
        figures = item.figures([row.country for row in rows])
        return [figure.amount if isinstance(figure, Money) else figure for figure in figures]
    if item is BenefitProxy.POPULATION:
        return [population_of(table, row.country, row.year)[0] for row in rows]
    return [row.gdp.amount for row in rows]


def _parts(values: Sequence[Decimal], name: str) -> list[Decimal]:
    """Give each value as a part of their sum."""
    whole = add_up(values)
    if not whole:
        raise UnexpectedValueError(f"figures of {name}", "0 in sum", "no part of nothing can be taken")
    return [divide(value, whole) for value in values]
