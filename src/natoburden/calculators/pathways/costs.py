"""What a path costs compared with keeping its initial share, and how far the path is below its target on the way."""

from __future__ import annotations

import itertools
import warnings
from decimal import Decimal

import attrs

from natoburden.calculators._editions import check_one_edition
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.pathways._inputs import (
    GrowthLike,
    MoneyLike,
    check_year,
    factor_of,
    factors_of,
    money_of,
    words_of,
)
from natoburden.calculators.pathways.shapes import SharePath
from natoburden.calculators.results import Projection
from natoburden.errors import CurrentPricesWarning, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, divide, multiply
from natoburden.model.money import Money
from natoburden.model.shares import Rate

__all__ = ["PathCost", "path_cost"]


@attrs.frozen(kw_only=True)
class PathCost(Projection):
    """The cost of a path beyond its initial share, and its shortfall from its target, over all years after the first.

    `jump_now` is the additional cost of spending the target share from the second year on. `overshoot` is what the path
    spends above the target on the way. For every path, additional + shortfall − overshoot = jump now. A rising path
    that stays between its start and its target has no overshoot. A falling path saves money, and is never short of its
    target.
    """

    path: SharePath
    gdp_growth: Rate | tuple[Rate, ...]
    discount_rate: Rate | None
    additional: Money
    shortfall: Money
    overshoot: Money
    jump_now: Money
    by_year: tuple[Money, ...] = attrs.field(repr=False)

    @property
    def yearly(self) -> dict[int, dict[str, object]]:
        shares = self.path.by_year
        costs = enumerate(self.by_year, self.path.first_year + 1)
        return {year: {"share": shares[year], "additional": cost} for year, cost in costs}

    @property
    def headline(self) -> str:
        first, last = self.path.first_year + 1, self.path.last_year
        return f"Cost of a {self.path.shape} path from {self.path.start} to {self.path.target}, {first} to {last}"

    @property
    def formula(self) -> str:
        return (
            f"additional = Σ (share − start) × GDP; shortfall = Σ max(0, target − share) × GDP; "
            f"overshoot = Σ max(0, share − target) × GDP; jump now = additional + shortfall − overshoot; "
            f"GDP grows by {words_of(self.gdp_growth)} a year; the first year is not inside"
            f"{f'; each year discounted at {self.discount_rate} to the first' if self.discount_rate else ''}"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("additional", self.additional),
            Finding("shortfall", self.shortfall),
            Finding("overshoot", self.overshoot),
            Finding("jump now", self.jump_now),
        )


def path_cost(
    steps: SharePath,
    gdp: MoneyLike,
    *,
    gdp_growth: GrowthLike,
    discount_rate: Rate | None = None,
    current_prices_ok: bool = False,
    mixed_editions_ok: bool = False,
) -> PathCost:
    """Compute what a path costs in addition to keeping its initial share, and its shortfall from the target.

    `gdp` is the GDP of the path's first year. GDP at constant prices needs real growth. GDP at current prices needs
    nominal growth, which is real growth compounded with inflation. `gdp_growth` is one rate for every year, or a rate
    for each year after the first. The sums include all years of the path except its first year. With a `discount_rate`,
    each year's amount is discounted to the first year. The discount rate is real for constant prices, and nominal for
    current prices.

    Raises `UnexpectedValueError` if a table's GDP is of another country than the path. Raises `InvalidYearError` if a
    table's GDP is not of the path's first year. Raises `MixedEditionsError` if GDP and the path's initial share are
    from different editions, since each edition revises both, unless ``mixed_editions_ok=True``. Sums at current prices
    add amounts at the prices of different years. Warns with `CurrentPricesWarning` if GDP is at current prices and the
    path has more than one year after the first, unless ``current_prices_ok=True``.

    >>> from natoburden.calculators.pathways import path
    >>> from natoburden.model.money import PriceBasis
    >>> from natoburden.model.shares import Share
    >>> steps = path(Share.percent(2), Share.percent("3.5"), first_year=2025, last_year=2035)
    >>> gdp = Money(10000, "USD", PriceBasis.constant(2025))
    >>> cost = path_cost(steps, gdp, gdp_growth=Rate.percent("1.5"))
    >>> [f"{part.amount:.2f}" for part in (cost.additional, cost.shortfall, cost.jump_now)]
    ['916.23', '713.26', '1629.49']
    """
    expect(steps, SharePath, "a path", "lay one: natoburden.pathways.path(...)")
    base, inputs = money_of(gdp)
    check_one_edition((*steps.inputs, *inputs), mixed_editions_ok=mixed_editions_ok)
    length = len(steps.shares) - 1
    growth = itertools.accumulate(factors_of(gdp_growth, length), multiply)
    check_year(inputs, steps.first_year)
    owners, others = (dict.fromkeys(item.entity for item in items) for items in (steps.inputs, inputs))
    if owners and others and {*owners} != {*others}:
        whose, found = ("several countries" if len(names) > 1 else str(*names) for names in (owners, others))
        raise UnexpectedValueError(f"GDP for a path of {whose}", found, "both are of one country, or of one group")
    if base.basis.is_current and length > 1 and not current_prices_ok:
        warnings.warn(
            "adding up several years at current prices; use GDP at constant prices, or say current_prices_ok=True",
            CurrentPricesWarning,
            stacklevel=2,
        )
    yearly = Decimal(1) if discount_rate is None else factor_of(discount_rate, "discount")
    present = (CONTEXT.power(yearly, elapsed) for elapsed in range(1, length + 1))
    gdps = [base * divide(factor, worth) for factor, worth in zip(growth, present, strict=True)]
    years = list(zip(steps.shares[1:], gdps, strict=True))
    by_year = tuple(gdp * share - gdp * steps.start for share, gdp in years)
    return PathCost(
        path=steps,
        gdp_growth=gdp_growth if isinstance(gdp_growth, Rate) else tuple(gdp_growth),
        discount_rate=discount_rate,
        additional=Money.total(by_year),
        shortfall=Money.total(gdp * steps.target - gdp * min(share, steps.target) for share, gdp in years),
        overshoot=Money.total(gdp * max(share, steps.target) - gdp * steps.target for share, gdp in years),
        jump_now=Money.total(gdp * steps.target - gdp * steps.start for gdp in gdps),
        by_year=by_year,
        inputs=tuple(dict.fromkeys((*steps.inputs, *inputs))),
    )
