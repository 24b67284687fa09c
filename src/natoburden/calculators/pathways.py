"""Paths to a target: the growth it takes, the years it takes, and what it costs on the way."""

from __future__ import annotations

import enum
import itertools
import warnings
from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from natoburden.calculators.results import Projection
from natoburden.errors import (
    CurrentPricesWarning,
    InvalidNumberError,
    InvalidYearError,
    UnexpectedValueError,
    UnreachableError,
)
from natoburden.model._checks import expect, member
from natoburden.model._numbers import CONTEXT, checked_year, divide, multiply
from natoburden.model.expenditure import Observation
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share

__all__ = [
    "PathCost",
    "PathShape",
    "RequiredGrowth",
    "SharePath",
    "YearsToReach",
    "path",
    "path_cost",
    "required_growth",
    "years_to_reach",
]

ShareLike: TypeAlias = Share | Observation[Share]
MoneyLike: TypeAlias = Money | Observation[Money]


def _share(value: ShareLike) -> tuple[Share, tuple[Observation[Any], ...]]:
    share, inputs = (value.value, (value,)) if isinstance(value, Observation) else (value, ())
    expect(share, Share, "a share of GDP", "write Share.percent('2.5'), or look one up in a table")
    return share, inputs


def _money(value: MoneyLike) -> tuple[Money, tuple[Observation[Any], ...]]:
    money, inputs = (value.value, (value,)) if isinstance(value, Observation) else (value, ())
    expect(money, Money, "an amount", "write Money.billions(5000, 'USD'), or look one up in a table")
    return money, inputs


def _positive(share: Share, what: str) -> Decimal:
    expect(share, Share, what, "write Share.percent('3.5'); of a target, give its share")
    if not share.as_fraction:
        raise UnreachableError(
            f"{what} is {share}", "growth from or to nothing is no finite rate: give a share above 0 %"
        )
    return share.as_fraction


@attrs.frozen(kw_only=True)
class RequiredGrowth(Projection):
    """The constant yearly growth of expenditure that takes a share to a target."""

    start: Share
    target: Share
    years: int
    gdp_growth: Rate
    rate: Rate

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Growth of expenditure from {self.start} to {self.target} of GDP in {self.years} years"

    @property
    def formula(self) -> str:
        """The yearly factor of the share, times that of GDP, less one."""
        return f"growth = (target / start)^(1/{self.years}) × (1 + GDP growth) − 1, GDP growth {self.gdp_growth}"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """The yearly growth."""
        return (("growth a year", str(self.rate)),)


def required_growth(start: ShareLike, target: Share, years: int, *, gdp_growth: Rate) -> RequiredGrowth:
    """Compute the constant growth of expenditure that takes a share of GDP to a target in so many years.

    Real GDP growth gives real growth of expenditure, nominal gives nominal. Raises `UnreachableError` from or to
    a share of zero, `InvalidNumberError` for less than one year or GDP that shrinks to nothing.

    >>> growth = required_growth(Share.percent(2), Share.percent("3.5"), 10, gdp_growth=Rate.percent("1.5"))
    >>> f"{growth.rate.as_percent:.4f}"
    '7.3420'
    """
    share, inputs = _share(start)
    if type(years) is not int or years < 1:
        raise InvalidNumberError("number of years", str(years), "a whole number of at least one")
    ratio = divide(_positive(target, "the target"), _positive(share, "the start"))
    factor = multiply(CONTEXT.power(ratio, divide(Decimal(1), Decimal(years))), _factor(gdp_growth))
    return RequiredGrowth(
        start=share,
        target=target,
        years=years,
        gdp_growth=gdp_growth,
        rate=Rate(as_fraction=CONTEXT.subtract(factor, Decimal(1))),
        inputs=inputs,
    )


@attrs.frozen(kw_only=True)
class YearsToReach(Projection):
    """How long a share takes to a target at constant growth; `years` is None when it never gets there."""

    start: Share
    target: Share
    spending_growth: Rate
    gdp_growth: Rate
    years: Decimal | None

    @property
    def is_reached(self) -> bool:
        """Whether the target is reached at all."""
        return self.years is not None

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Years from {self.start} to {self.target} of GDP at {self.spending_growth} growth of expenditure"

    @property
    def formula(self) -> str:
        """The logarithm of the ratio of shares over that of the ratio of growth factors."""
        return f"years = ln(target / start) / ln((1 + growth) / (1 + GDP growth)), GDP growth {self.gdp_growth}"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """The number of years."""
        never = "never: expenditure does not grow faster than GDP"
        return (("years", never if self.years is None else f"{self.years:.1f}"),)


def years_to_reach(start: ShareLike, target: Share, *, spending_growth: Rate, gdp_growth: Rate) -> YearsToReach:
    """Compute how many years a share of GDP takes to a target when expenditure grows at a constant rate.

    Zero when it is already there, None when expenditure does not outgrow GDP. Both rates real, or both nominal.

    >>> start, target = Share.percent("2.53"), Share.percent("3.5")
    >>> spell = years_to_reach(start, target, spending_growth=Rate.percent("10.98"), gdp_growth=Rate.percent("1.5"))
    >>> f"{spell.years:.4f}"
    '3.6347'
    """
    share, inputs = _share(start)
    pace = divide(_factor(spending_growth), _factor(gdp_growth))
    years: Decimal | None
    if share >= target:
        years = Decimal(0)
    elif pace <= 1 or not share.as_fraction:
        years = None
    else:
        years = divide(CONTEXT.ln(divide(target.as_fraction, share.as_fraction)), CONTEXT.ln(pace))
    return YearsToReach(
        start=share,
        target=target,
        spending_growth=spending_growth,
        gdp_growth=gdp_growth,
        years=years,
        inputs=inputs,
    )


class PathShape(enum.Enum):
    """How a share moves from start to target: by equal points, by an equal factor, or all in the first year."""

    LINEAR = "linear"
    GEOMETRIC = "geometric"
    STEP = "step"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class SharePath(Projection):
    """A share of GDP for each year from a start to a target; the first year is the start itself."""

    start: Share
    target: Share
    first_year: int
    shape: PathShape
    shares: tuple[Share, ...]

    @property
    def last_year(self) -> int:
        """The year in which the path reaches its target."""
        return self.first_year + len(self.shares) - 1

    @property
    def by_year(self) -> dict[int, Share]:
        """The share in each year."""
        return dict(enumerate(self.shares, self.first_year))

    @property
    def never_falls(self) -> bool:
        """Whether no year's share is below the year before's."""
        return all(earlier <= later for earlier, later in itertools.pairwise(self.shares))

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"A {self.shape} path from {self.start} in {self.first_year} to {self.target} in {self.last_year}"

    @property
    def formula(self) -> str:
        """The share after t of n years."""
        return {
            PathShape.LINEAR: "share(t) = start + (target − start) × t / n",
            PathShape.GEOMETRIC: "share(t) = start × (target / start)^(t/n)",
            PathShape.STEP: "share(0) = start; share(t) = target from the first year on",
        }[self.shape]

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Each year's share."""
        return tuple((str(year), str(share)) for year, share in self.by_year.items())


def path(
    start: ShareLike, target: Share, *, first_year: int, last_year: int, shape: PathShape | str = PathShape.LINEAR
) -> SharePath:
    """Lay a path of shares of GDP from a start to a target.

    `first_year` is the year of the start, `last_year` that in which the target is reached. Raises
    `InvalidYearError` unless there is at least one year between them, or when the start is a table's figure of another
    year; `UnreachableError` for a geometric path from or to zero; `UnknownNameError` for another shape.

    >>> steps = path(Share.percent(2), Share.percent("3.5"), first_year=2025, last_year=2028)
    >>> [str(share) for share in steps.shares]
    ['2.00 %', '2.50 %', '3.00 %', '3.50 %']
    """
    (share, inputs), bend = _share(start), member(PathShape, shape)
    expect(target, Share, "the target", "write Share.percent('3.5'); of a target, give its share")
    length = checked_year(last_year) - checked_year(first_year)
    _check_year(inputs, first_year)
    if length < 1:
        raise InvalidYearError(f"last year {last_year}", f"a year after {first_year}")
    if bend is PathShape.GEOMETRIC:
        ratio = divide(_positive(target, "the target"), _positive(share, "the start"))
    distance = target - share

    def at(elapsed: int) -> Share:
        if elapsed in (0, length):
            return target if elapsed else share
        part = divide(Decimal(elapsed), Decimal(length))
        if bend is PathShape.LINEAR:
            return share + distance.times(part)
        if bend is PathShape.GEOMETRIC:
            return Share(as_fraction=multiply(share.as_fraction, CONTEXT.power(ratio, part)))
        return target

    return SharePath(
        start=share,
        target=target,
        first_year=first_year,
        shape=bend,
        shares=tuple(at(elapsed) for elapsed in range(length + 1)),
        inputs=inputs,
    )


def _check_year(inputs: tuple[Observation[Any], ...], first_year: int) -> None:
    for item in inputs:
        if item.year != first_year:
            raise InvalidYearError(f"first year {first_year}", f"{item.year}, the year of the {item.measure} given")


@attrs.frozen(kw_only=True)
class PathCost(Projection):
    """What a path costs beyond its start, and what it leaves short of its target; both without the first year.

    Of a path that rises `additional` and `shortfall` add up to `jump_now`, the cost of standing at the target from the
    next year on. One that falls saves, and is never short.
    """

    path: SharePath
    gdp_growth: Rate
    additional: Money
    shortfall: Money
    jump_now: Money
    by_year: tuple[Money, ...] = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        first, last = self.path.first_year + 1, self.path.last_year
        return f"Cost of a {self.path.shape} path from {self.path.start} to {self.path.target}, {first} to {last}"

    @property
    def formula(self) -> str:
        """Sums over the years after the first of shares times GDP."""
        return (
            f"additional = Σ (share − start) × GDP; shortfall = Σ max(0, target − share) × GDP; "
            f"GDP grows by {self.gdp_growth} a year; the first year is not inside"
        )

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """The three sums."""
        return (
            ("additional", str(self.additional)),
            ("shortfall", str(self.shortfall)),
            ("jump now", str(self.jump_now)),
        )


def path_cost(steps: SharePath, gdp: MoneyLike, *, gdp_growth: Rate, current_prices_ok: bool = False) -> PathCost:
    """Add up what a path costs beyond standing still at its start, and what it still leaves short of its target.

    `gdp` is that of the path's first year; its basis and growth must speak of the same prices: constant with
    real growth, current with nominal. The sums run over the years after the first. Nothing is discounted.

    A table's GDP must be that of the path's country and first year: else `UnexpectedValueError`, `InvalidYearError`.
    At current prices it warns with `CurrentPricesWarning`, since the sum adds prices of several years, unless
    ``current_prices_ok=True``.

    >>> steps = path(Share.percent(2), Share.percent("3.5"), first_year=2025, last_year=2035)
    >>> cost = path_cost(steps, Money(10000, "USD"), gdp_growth=Rate.percent("1.5"))
    >>> [f"{part.amount:.2f}" for part in (cost.additional, cost.shortfall, cost.jump_now)]
    ['916.23', '713.26', '1629.49']
    """
    base, inputs = _money(gdp)
    factor = _factor(gdp_growth)
    _check_year(inputs, steps.first_year)
    for own, other in zip(steps.inputs, inputs, strict=False):
        if own.entity != other.entity:
            raise UnexpectedValueError(f"GDP for a path of {own.entity}", str(other.entity), "both are of one country")
    if inputs and base.basis.is_current and not current_prices_ok:
        warnings.warn(
            "adding up several years at current prices; use GDP at constant prices, or say current_prices_ok=True",
            CurrentPricesWarning,
            stacklevel=2,
        )
    gdps = [base * CONTEXT.power(factor, elapsed) for elapsed in range(1, len(steps.shares))]
    years = list(zip(steps.shares[1:], gdps, strict=True))
    by_year = tuple(gdp * share - gdp * steps.start for share, gdp in years)
    return PathCost(
        path=steps,
        gdp_growth=gdp_growth,
        additional=Money.total(by_year),
        shortfall=Money.total(gdp * steps.target - gdp * min(share, steps.target) for share, gdp in years),
        jump_now=Money.total(gdp * steps.target - gdp * steps.start for gdp in gdps),
        by_year=by_year,
        inputs=(*steps.inputs, *inputs),
    )


def _factor(growth: Rate) -> Decimal:
    expect(growth, Rate, "a growth rate", "write Rate.percent('1.5')")
    if growth.factor <= 0:
        raise InvalidNumberError("growth", str(growth), "more than −100 % a year")
    return growth.factor
