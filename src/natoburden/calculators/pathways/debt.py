"""What a deficit does to debt: the debt ratio by year, and the balance that would stabilise the debt ratio."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.pathways._inputs import GrowthLike, factor_of, factors_of, words_of
from natoburden.calculators.pathways.shapes import SharePath
from natoburden.calculators.results import Projection
from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, checked_year, divide
from natoburden.model.shares import PercentagePoints, Rate

__all__ = ["DebtPath", "StabilisingBalance", "debt_path", "stabilising_balance"]

_POINTS = "write PercentagePoints('1.5')"


@attrs.frozen(kw_only=True)
class DebtPath(Projection):
    """Debt in percent of GDP, year by year; the first year has the initial ratio."""

    first_year: int
    interest: Rate | tuple[Rate, ...]
    growth: Rate | tuple[Rate, ...]
    deficits: tuple[PercentagePoints, ...]
    debt: tuple[PercentagePoints, ...]

    @property
    def by_year(self) -> dict[int, PercentagePoints]:
        """Debt in percent of GDP in each year."""
        return dict(enumerate(self.debt, self.first_year))

    @property
    def yearly(self) -> dict[int, dict[str, object]]:
        return {year: {"debt": ratio} for year, ratio in self.by_year.items()}

    @property
    def change(self) -> PercentagePoints:
        """The change of the debt ratio from the first to the last year."""
        return self.debt[-1] - self.debt[0]

    @property
    def headline(self) -> str:
        return f"Debt in percent of GDP, {self.first_year} to {self.first_year + len(self.deficits)}"

    @property
    def formula(self) -> str:
        return (
            "debt(t) = debt(t − 1) × (1 + interest) / (1 + growth) + primary deficit(t); "
            f"interest {words_of(self.interest)}, growth of GDP {words_of(self.growth)}, both nominal or both real"
        )

    @property
    def findings(self) -> Findings:
        return tuple(Finding(str(year), ratio.value, places(2, " % of GDP")) for year, ratio in self.by_year.items())

    @property
    def columns(self) -> dict[str, object]:
        return {"first": self.debt[0], "last": self.debt[-1], "change": self.change}


def debt_path(
    debt: PercentagePoints,
    deficits: Sequence[PercentagePoints] | SharePath,
    *,
    first_year: int,
    interest: GrowthLike,
    growth: GrowthLike,
) -> DebtPath:
    """Compute debt by year, from the debt ratio of the first year and the primary deficit of each later year.

    The debt ratio is given in points of GDP, because it may exceed 100 %. Instead of deficits, you can give a path of
    shares: each year's addition to the initial share is then borrowed. With ``debt=PercentagePoints(0)`` the result is
    the debt that the path alone creates. `interest` and `growth` are both nominal or both real; give one rate for every
    year, or a rate for each year. Debt and defence expenditure are assumed to have no effect on growth and interest.

    Raises `UnexpectedValueError` if the debt or a deficit is not given as `PercentagePoints`, or if the list of
    deficits is empty. Raises `InvalidNumberError` for interest or growth of −100 % or less. Raises `InvalidYearError`
    for a path that does not start in `first_year`.

    >>> found = debt_path(
    ...     PercentagePoints(60), [PercentagePoints(1)] * 2, first_year=2025,
    ...     interest=Rate.percent(3), growth=Rate.percent(4),
    ... )
    >>> [f"{ratio.value:.3f}" for ratio in found.debt]
    ['60.000', '60.423', '60.842']
    """
    expect(debt, PercentagePoints, "a ratio of debt", _POINTS)
    expect(deficits, Sequence | SharePath, "primary deficits", "give a list with one for each year after the first")
    yearly = deficits.above_start if isinstance(deficits, SharePath) else tuple(deficits)
    if not yearly:
        raise UnexpectedValueError("primary deficits", "an empty list", "give one for each year after the first")
    for deficit in yearly:
        expect(deficit, PercentagePoints, "a primary deficit", _POINTS)
    if isinstance(deficits, SharePath) and deficits.first_year != first_year:
        raise InvalidYearError(f"first year {first_year}", f"{deficits.first_year}, in which the path starts")
    ratios = [debt]
    costs, sizes = factors_of(interest, len(yearly), "interest"), factors_of(growth, len(yearly))
    for deficit, cost, size in zip(yearly, costs, sizes, strict=True):
        ratios.append(ratios[-1].times(divide(cost, size)) + deficit)
    return DebtPath(
        first_year=checked_year(first_year),
        interest=interest if isinstance(interest, Rate) else tuple(interest),
        growth=growth if isinstance(growth, Rate) else tuple(growth),
        deficits=yearly,
        debt=tuple(ratios),
        inputs=deficits.inputs if isinstance(deficits, SharePath) else (),
    )


@attrs.frozen(kw_only=True)
class StabilisingBalance(Projection):
    """The primary balance that keeps the debt ratio constant, in exact and in textbook form; a surplus is positive."""

    debt: PercentagePoints
    interest: Rate
    growth: Rate
    balance: PercentagePoints
    textbook: PercentagePoints

    @property
    def headline(self) -> str:
        return f"Primary balance that holds debt at {self.debt:.2f} % of GDP"

    @property
    def formula(self) -> str:
        return (
            "balance = debt × (interest − growth) / (1 + growth); textbook form: debt × (interest − growth); "
            f"interest {self.interest}, growth {self.growth}"
        )

    @property
    def findings(self) -> Findings:
        return (Finding("balance", self.balance, _of_gdp), Finding("textbook form", self.textbook, _of_gdp))


def _of_gdp(points: PercentagePoints) -> str:
    return f"{points} of GDP"


def stabilising_balance(debt: PercentagePoints, *, interest: Rate, growth: Rate) -> StabilisingBalance:
    """Compute the primary balance that keeps the ratio of debt to GDP constant.

    `balance` is exact. `textbook` follows the formula of textbooks, which omits the divisor 1 + growth. Raises
    `InvalidNumberError` for interest or growth of −100 % or less.

    >>> found = stabilising_balance(PercentagePoints(50), interest=Rate.percent(4), growth=Rate.percent(2))
    >>> print(f"{found.balance.value:.5f} {found.textbook.value:.1f}")
    0.98039 1.0
    """
    expect(debt, PercentagePoints, "a ratio of debt", _POINTS)
    size, cost = factor_of(growth), factor_of(interest, "interest")
    distance = CONTEXT.subtract(cost, size)
    return StabilisingBalance(
        debt=debt,
        interest=interest,
        growth=growth,
        balance=debt.times(divide(distance, size)),
        textbook=debt.times(distance),
    )
