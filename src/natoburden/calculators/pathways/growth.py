"""Growth to a target: how fast expenditure must grow, and how long it takes."""

from __future__ import annotations

from decimal import Decimal

import attrs

from natoburden.calculators._arguments import number_of_years
from natoburden.calculators.findings import Finding, Findings, or_none, places
from natoburden.calculators.pathways._inputs import ShareLike, factor_of, positive, share_of
from natoburden.calculators.results import Projection
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, divide, multiply
from natoburden.model.shares import Rate, Share

__all__ = ["RequiredGrowth", "YearsToReach", "required_growth", "years_to_reach"]


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
        return f"Growth of expenditure from {self.start} to {self.target} of GDP in {self.years} years"

    @property
    def formula(self) -> str:
        return f"growth = (target / start)^(1/{self.years}) × (1 + GDP growth) − 1, GDP growth {self.gdp_growth}"

    @property
    def findings(self) -> Findings:
        return (Finding("growth a year", self.rate),)


def required_growth(start: ShareLike, target: Share, years: int, *, gdp_growth: Rate) -> RequiredGrowth:
    """Compute the constant growth of expenditure that takes a share of GDP to a target in a number of years.

    Real GDP growth gives real growth of expenditure, and nominal GDP growth gives nominal growth of expenditure. Raises
    `UnreachableError` for a start or a target of zero. Raises `InvalidNumberError` for less than one year, and for GDP
    that shrinks to zero.

    >>> growth = required_growth(Share.percent(2), Share.percent("3.5"), 10, gdp_growth=Rate.percent("1.5"))
    >>> f"{growth.rate.as_percent:.4f}"
    '7.3420'
    """
    share, inputs = share_of(start)
    number_of_years(years)
    ratio = divide(positive(target, "the target"), positive(share, "the start"))
    factor = multiply(CONTEXT.power(ratio, divide(Decimal(1), Decimal(years))), factor_of(gdp_growth))
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
    """How long a share takes to reach a target at constant growth; `years` is None if the share never reaches it."""

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
        return f"Years from {self.start} to {self.target} of GDP at {self.spending_growth} growth of expenditure"

    @property
    def formula(self) -> str:
        return f"years = ln(target / start) / ln((1 + growth) / (1 + GDP growth)), GDP growth {self.gdp_growth}"

    @property
    def findings(self) -> Findings:
        never = "never: expenditure does not grow faster than GDP"
        return (Finding("years", self.years, or_none(places(1), never)),)


def years_to_reach(start: ShareLike, target: Share, *, spending_growth: Rate, gdp_growth: Rate) -> YearsToReach:
    """Compute how many years a share of GDP takes to reach a target if expenditure grows at a constant rate.

    `years` is zero if the share is at or above the target already. `years` is None if expenditure does not grow faster
    than GDP. The growth rates of expenditure and GDP must both be real, or both be nominal.

    >>> start, target = Share.percent("2.53"), Share.percent("3.5")
    >>> spell = years_to_reach(start, target, spending_growth=Rate.percent("10.98"), gdp_growth=Rate.percent("1.5"))
    >>> f"{spell.years:.4f}"
    '3.6347'
    """
    share, inputs = share_of(start)
    expect(target, Share, "the target", "write Share.percent('3.5'); of a target, give its share")
    pace = divide(factor_of(spending_growth), factor_of(gdp_growth))
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
