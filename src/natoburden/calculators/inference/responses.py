"""Does an ally's expenditure grow when other allies' expenditure grows? The test shuffles each ally's years."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from natoburden.calculators._arguments import several_years
from natoburden.calculators._members import check_covered, group_of, spenders
from natoburden.calculators.inference.arrangements import Sides, asked, blocks, compared, numerics
from natoburden.calculators.inference.tests import RandomisationTest, figures_of
from natoburden.errors import InvalidYearError, NoObservationError, TooFewError
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Observation
from natoburden.model.memberships import GroupLike
from natoburden.model.money import Money

__all__ = ["randomised_response", "slopes"]

_FEWEST_ALLIES, _FEWEST_YEARS = 3, 4


def slopes(growth: Any, weights: Any) -> Any:
    """Return the slope of allies' growth on the growth of other allies, pooled within allies.

    The axes of `growth` are draws, allies and years. The growth of other allies is their mean, weighted by `weights`,
    which add up to one.
    """
    apart = growth - growth.mean(axis=-1, keepdims=True)
    weighted = apart * weights[:, None]
    others = (weighted.sum(axis=-2, keepdims=True) - weighted) / (1 - weights[:, None])
    return (apart * others).sum(axis=(-2, -1)) / (others * others).sum(axis=(-2, -1))


def randomised_response(
    table: ExpenditureTable,
    years: Iterable[int] | None = None,
    *,
    group: GroupLike = "NATO",
    sides: Sides = "two-sided",
    draws: int = 9_999,
    seed: int = 0,
) -> RandomisationTest:
    """Compute whether an ally's expenditure grows with other allies' expenditure, and a p-value from shuffled years.

    The statistic is a slope, pooled within allies: an ally's real growth in a year is regressed on the real growth of
    all other allies. In the regressor, each other ally is weighted by its mean expenditure. The null hypothesis is that
    each ally's years of growth are in a random order, independently of the other allies. Each draw shuffles the years
    of each ally separately, with a `seed`, and computes the slope again. A small p means that allies' expenditure moves
    together, which common shocks can also cause. A small p does not show that one ally responds to another.

    Years must be consecutive, and are by default all years that the edition covers. The allies are the group's members
    of the last year; `left_out` lists members without figures for all years. Raises `TooFewError` for fewer than three
    allies or four years, and `InvalidYearError` for years that are not consecutive. Needs the extra ``stats``.

    >>> from natoburden.datasets import defence_expenditure
    >>> test = randomised_response(defence_expenditure("2026-07"), range(2014, 2026), draws=999)
    >>> print(f"{test.statistic:+.3f} {test.p:.3f}", test.allies, test.since, test.year)
    +0.727 0.002 31 2014 2025
    """
    asked(sides, draws, seed)
    when = several_years(years, table.years)
    if not when or when[-1] - when[0] >= len(when):
        raise InvalidYearError(", ".join(map(str, when)) or "none", "years that follow each other")
    if len(when) < _FEWEST_YEARS:
        raise TooFewError("a response", len(when), _FEWEST_YEARS, "years")
    found = group_of(group)
    check_covered(table, found, *when)
    of_allies, left_out = _expenditure(table, spenders(table, found, when[-1]), when)
    if len(of_allies) < _FEWEST_ALLIES:
        raise TooFewError("a response", len(of_allies), _FEWEST_ALLIES, "allies with a figure above zero in every year")
    np = numerics()
    amounts = np.array([[float(item.value.amount) for item in figures] for figures in of_allies.values()])
    growth = np.diff(np.log(amounts), axis=1)
    weights = amounts.mean(axis=1) / amounts.mean(axis=1).sum()
    generator = np.random.default_rng(seed)
    shuffled = (
        slopes(generator.permuted(np.broadcast_to(growth, (size, *growth.shape)), axis=-1), weights)
        for size in blocks(draws)
    )
    return RandomisationTest(
        edition=table.edition.key,
        year=when[-1],
        group=found,
        basis=table.edition.constant_prices,
        test="response to the others",
        statistic_name="slope of growth on the others' growth",
        null="each ally's years of growth come in an order by chance, independently of the others'",
        allies=len(of_allies),
        since=when[0],
        left_out=left_out,
        inputs=tuple(item for figures in of_allies.values() for item in figures),
        **figures_of(compared(float(slopes(growth, weights)), shuffled, sides=sides, seed=seed)),
    )


def _expenditure(
    table: ExpenditureTable, members: Sequence[Country], years: Sequence[int]
) -> tuple[dict[Country, list[Observation[Money]]], tuple[Country, ...]]:
    """Return the expenditure of each member with a figure above zero in every year, and the other members."""
    known: dict[Country, list[Observation[Money]]] = {}
    left_out: list[Country] = []
    for country in members:
        try:
            figures = [table.expenditure(country, year, table.edition.constant_prices) for year in years]
        except NoObservationError:
            left_out.append(country)
            continue
        if all(item.value.amount > Decimal(0) for item in figures):
            known[country] = figures
        else:
            left_out.append(country)
    return known, tuple(left_out)
