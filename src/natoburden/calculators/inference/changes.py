"""Did inequality change between two years by more than chance? The two years of each ally are exchanged at random."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

from natoburden.calculators._arguments import checked_choice
from natoburden.calculators._members import group_of
from natoburden.calculators.burden import AllyBurden, burdens
from natoburden.calculators.inference.arrangements import Sides, asked, compared, numerics, signs
from natoburden.calculators.inference.tests import RandomisationTest, figures_of
from natoburden.errors import InvalidYearError, TooFewError
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import GroupLike
from natoburden.model.money import PriceBasis

__all__ = ["InequalityIndex", "indexed", "randomised_inequality_change"]

InequalityIndex: TypeAlias = Literal["gini", "theil"]


def indexed(index: InequalityIndex, spent: Any, produced: Any) -> Any:
    """Return the Gini or Theil index of expenditure relative to GDP, along the last axis of arrays."""
    np = numerics()
    s = spent / spent.sum(axis=-1, keepdims=True)
    g = produced / produced.sum(axis=-1, keepdims=True)
    if index == "theil":
        ratio = np.where(s > 0, s / g, 1.0)
        return (s * np.log(ratio)).sum(axis=-1)
    order = np.argsort(s / g, axis=-1, kind="stable")
    s, g = np.take_along_axis(s, order, axis=-1), np.take_along_axis(g, order, axis=-1)
    reached = np.cumsum(s, axis=-1)
    return 1 - (g * (2 * reached - s)).sum(axis=-1)


def randomised_inequality_change(
    table: ExpenditureTable,
    since: int,
    year: int,
    index: InequalityIndex = "gini",
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
    sides: Sides = "two-sided",
    draws: int = 9_999,
    seed: int = 0,
) -> RandomisationTest:
    """Compute whether a group's Gini or Theil index differs between two years by more than chance.

    The statistic is the index of the later year minus the index of the earlier year. Only countries that are members in
    both years count; other allies are listed in `left_out`. The null hypothesis is that each ally's shares of
    expenditure and GDP in the two years could be exchanged. For up to 16 allies, all exchanges are enumerated. For more
    than 16 allies, `draws` random exchanges are made with a `seed`.

    Raises `InvalidYearError` for a year that is not after `since`, `TooFewError` for fewer than two allies in both
    years, and the errors of `burden.inequality`. Needs the extra ``stats``.

    >>> from natoburden.datasets import defence_expenditure
    >>> test = randomised_inequality_change(defence_expenditure("2026-07"), 2014, 2026)
    >>> print(f"{test.statistic:+.4f} {test.p:.4f}", test.allies, *map(str, test.left_out), sep=", ")
    -0.1573 0.0002, 27, Finland, Montenegro, North Macedonia, Sweden
    """
    asked(sides, draws, seed)
    checked_choice("index of inequality", index, InequalityIndex)
    if year <= since:
        raise InvalidYearError(str(year), f"a year after {since}")
    of_years = [burdens(table, when, group=group, basis=basis, terms=terms).rows for when in (since, year)]
    first, last = ({row.country: row for row in rows} for rows in of_years)
    both = [country for country in last if country in first]
    if len(both) < 2:
        raise TooFewError("a change of inequality", len(both), 2, "allies that are members in both years")
    np = numerics()
    before, after = (_parts([rows[country] for country in both]) for rows in (first, last))

    def changes(swapped: Any) -> Any:
        swap = swapped[:, None, :]
        one, other = np.where(swap, after, before), np.where(swap, before, after)
        return indexed(index, other[:, 0], other[:, 1]) - indexed(index, one[:, 0], one[:, 1])

    arranged, used = signs(len(both), draws, seed)
    observed = float(changes(np.zeros((1, len(both)), dtype=bool))[0])
    return RandomisationTest(
        edition=table.edition.key,
        year=year,
        group=group_of(group),
        basis=of_years[0][0].basis,
        given=tuple(dict.fromkeys(item for rows in of_years for item in rows[0].given)),
        test=f"change of {index.capitalize()}",
        statistic_name=f"change of {index.capitalize()}",
        null="of each ally, its parts of expenditure and GDP of the one year might as well be those of the other",
        allies=len(both),
        since=since,
        left_out=tuple(sorted((set(first) ^ set(last)), key=lambda country: country.name)),
        inputs=tuple(dict.fromkeys(figure for rows in of_years for row in rows for figure in row.inputs)),
        **figures_of(compared(observed, map(changes, arranged), sides=sides, seed=used)),
    )


def _parts(rows: Sequence[AllyBurden]) -> Any:
    """Return the shares of expenditure and of GDP, in two rows."""
    np = numerics()
    amounts = np.array([[float(row.carried.amount) for row in rows], [float(row.gdp.amount) for row in rows]])
    return amounts / amounts.sum(axis=1, keepdims=True)
