"""Rank tests of exploitation and of concordance, with p-values from permutations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from natoburden.calculators._members import group_of
from natoburden.calculators.burden import BenefitProxy, burdens
from natoburden.calculators.burden._statistics import smaller_sums
from natoburden.calculators.burden.benefits import burden_and_benefit, checked_proxies, choices_of
from natoburden.calculators.inference.arrangements import (
    Sides,
    asked,
    compared,
    numerics,
    orders,
    permutation_spearman,
)
from natoburden.calculators.inference.tests import RandomisationTest, figures_of
from natoburden.calculators.results import ResultTable
from natoburden.errors import TooFewError, UnexpectedValueError
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import GroupLike
from natoburden.model.money import PriceBasis

__all__ = ["randomised_concordance", "randomised_exploitation"]

_FEWEST = 3


def randomised_exploitation(
    table: ExpenditureTable,
    year: int,
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
    sides: Sides = "greater",
    draws: int = 9_999,
    seed: int = 0,
) -> RandomisationTest:
    """Compute whether larger allies carry more than their share, with a p-value that assumes no distribution.

    The statistic is Spearman's rho of GDP and burden, the same as in `burden.exploitation`. The null hypothesis is that
    the observed burdens are assigned to the allies at random, regardless of GDP. All orders are enumerated for up to
    nine allies. For ten or more allies, `draws` random orders are made with a `seed`. The side ``"greater"`` tests the
    hypothesis of Olson and Zeckhauser that larger allies carry more of the burden. `burden.series` repeats the test for
    every year, and `false_discoveries` adjusts the p-values of several tests.

    Raises the errors of `burden.exploitation` and `permutation_spearman`. Needs the extra ``stats``.

    >>> from natoburden.datasets import defence_expenditure
    >>> print(randomised_exploitation(defence_expenditure("2026-07"), 2014))
    Rank test of exploitation by randomisation, NATO Total, 2014, edition 2026-07, at constant 2021 prices, 27 allies
      rho: 0.2265
      p: 0.1250 ± 0.0033, greater
      null: the observed burdens fall on the allies by chance, whatever their GDP
      method: at random: 9,999 arrangements, seed 0, the observed one counted with them
    """
    asked(sides, draws, seed)
    rows = burdens(table, year, group=group, basis=basis, terms=terms).rows
    size = [float(row.gdp.amount) for row in rows]
    burden = [float(row.burden.as_fraction) for row in rows]
    found = permutation_spearman(size, burden, sides=sides, draws=draws, seed=seed)
    return RandomisationTest(
        edition=table.edition.key,
        year=year,
        group=group_of(group),
        basis=rows[0].basis,
        given=rows[0].given,
        test="rank test of exploitation",
        statistic_name="rho",
        null="the observed burdens fall on the allies by chance, whatever their GDP",
        allies=len(rows),
        inputs=tuple(dict.fromkeys(figure for row in rows for figure in row.inputs)),
        **figures_of(found),
    )


def randomised_concordance(
    table: ExpenditureTable,
    year: int,
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
    proxies: Sequence[BenefitProxy | str | CountryFigures | YearlyFigures] = (
        BenefitProxy.GDP,
        BenefitProxy.POPULATION,
    ),
    draws: int = 9_999,
    seed: int = 0,
) -> ResultTable[RandomisationTest]:
    """Compute whether burdens match benefits under every choice of proxies, with exact p-values for small groups.

    The statistic is Wilcoxon's smaller sum of ranks, the same as in `burden.concordance`. Small values speak against
    concordance; therefore, the side is ``"less"``. The null hypothesis is that the observed ratios of burden to benefit
    are assigned to the allies at random, regardless of size. All orders are enumerated for up to nine allies. For ten
    or more allies, the draws and p are those of `burden.concordance` with the same seed.

    Raises `UnexpectedValueError` for fewer than two proxies, and for a proxy that is named twice. Raises
    `UnexpectedValueError` also for an ally with a benefit of zero, since its ratio of burden to benefit is undefined.
    Raises `TooFewError` for fewer than three allies. Needs the extra ``stats``.

    >>> from natoburden.datasets import defence_expenditure
    >>> table = defence_expenditure("2026-07")
    >>> for test in randomised_concordance(table, 2025, group=["EST", "LVA", "LTU", "POL", "FIN", "NOR"]):
    ...     print(test.label, "|", f"{test.statistic:g} {test.p:.4f}", test.method)
    concordance with gdp and population, 2025 | 6 0.5569 exact: all 720 arrangements
    concordance with gdp, 2025 | 9 0.6556 exact: all 720 arrangements
    concordance with population, 2025 | 9 0.8000 exact: all 720 arrangements
    """
    asked("less", draws, seed)
    chosen = checked_proxies(proxies, year)
    rows = burdens(table, year, group=group, basis=basis, terms=terms).rows
    if len(rows) < _FEWEST:
        raise TooFewError("a test of concordance", len(rows), _FEWEST, "allies")
    np = numerics()

    def tested(choice: tuple[str, ...]) -> RandomisationTest:
        burden, benefit = burden_and_benefit(rows, table, chosen, choice)
        if not all(benefit):
            without = str(next(row.country for row, part in zip(rows, benefit, strict=True) if not part))
            hint = "it has no ratio of burden to benefit to deal out: leave it out of the group"
            raise UnexpectedValueError(f"the benefit of {without}", "0", hint)
        carried, due = np.asarray(list(map(float, burden))), np.asarray(list(map(float, benefit)))
        arranged, used = orders(carried / due, draws, seed)

        def sums(block: Any) -> Any:
            dealt = block * due
            return smaller_sums(dealt / dealt.sum(axis=1, keepdims=True), due)

        observed = float(smaller_sums(carried.copy(), due))
        found = compared(observed, map(sums, arranged), sides="less", seed=used)
        return RandomisationTest(
            edition=table.edition.key,
            year=year,
            group=group_of(group),
            basis=rows[0].basis,
            given=(*rows[0].given, *(item for item in chosen.values() if isinstance(item, CountryFigures))),
            test=f"concordance with {' and '.join(choice)}",
            statistic_name="smaller sum of ranks",
            null="the observed ratios of burden to benefit fall on the allies by chance, whatever their size",
            allies=len(rows),
            inputs=tuple(dict.fromkeys(figure for row in rows for figure in row.inputs)),
            **figures_of(found),
        )

    return ResultTable(rows=tuple(tested(choice) for choice in choices_of(chosen)))
