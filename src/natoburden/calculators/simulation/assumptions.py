"""The assumptions of a simulation: medians and spreads, each given by the caller; there are no hidden defaults."""

from __future__ import annotations

import math

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import exactly
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source

__all__ = ["Assumptions", "Uncertain"]


@attrs.frozen
class Uncertain:
    """An uncertain yearly rate, described by its median and its spread.

    The yearly factor is log-normal: (1 + median) times the exponential of a normal deviate. The spread is the standard
    deviation of the normal deviate. With a spread of 2 %, the rate of a year is typically about two percentage points
    from the median. Raises `UnexpectedValueError` for a negative spread or a median of −100 % or less.

    `holds_execution` is true if the distribution already includes how budgets are executed.

    >>> Uncertain(Rate.percent("1.5"), Rate.percent(2))
    Uncertain(median=Rate('1.5 %'), spread=Rate('2 %'))
    """

    median: Rate = attrs.field(validator=exactly(Rate, "a median"))
    spread: Rate = attrs.field(validator=exactly(Rate, "a spread"))
    holds_execution: bool = attrs.field(default=False, kw_only=True, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.spread.as_fraction < 0:
            raise UnexpectedValueError("a spread", str(self.spread), "it is a standard deviation: zero or more")
        if self.median.factor <= 0:
            raise UnexpectedValueError("a median", str(self.median), "it must be more than −100 %")

    @classmethod
    def surely(cls, rate: Rate) -> Uncertain:
        """Return a rate that is certain: a distribution without spread."""
        return cls(rate, Rate.percent(0))

    @property
    def is_nothing(self) -> bool:
        """Whether the rate changes nothing, because its median and its spread are zero."""
        return not self.median.as_fraction and not self.spread.as_fraction

    @property
    def drift(self) -> float:
        """The logarithm of the median factor."""
        return math.log(float(self.median.factor))

    @property
    def deviation(self) -> float:
        """The standard deviation of the logarithm."""
        return float(self.spread.as_fraction)

    def __str__(self) -> str:
        return f"{self.median} ± {self.spread:.2f} %"


@attrs.frozen(kw_only=True)
class Assumptions:
    """The uncertain quantities of a simulation, for a group or for one of its members.

    `gdp_growth` is real growth, and `inflation` is the change of the GDP deflator. `exchange_rate` is the yearly change
    of the currency's value in dollars. `exchange_rate` is the same for all allies of one currency, and does not apply
    to the United States. `execution` is actual divided by planned expenditure; each year has its own draw. `revision`
    is the change of a published share in later editions that is due to revised GDP and other causes, but not to
    expenditure. Whole revisions are mostly due to expenditure: drawing `execution` as well would count execution twice.
    `RevisionErrors.by_expenditure` and `by_gdp` separate whole revisions by cause. `correlation` is the correlation
    between the shocks of different allies to GDP and prices. At a correlation of zero, the shocks are independent, and
    the spread of a group's total is understated.

    `basis` states where the assumptions come from, and `sources` lists the documents. `assumptions_as_revised`
    estimates all assumptions from revisions in NATO's tables and from the IMF's outlook.

    Raises `UnexpectedValueError` if `revision` is a distribution of whole revisions and `execution` is not zero.
    """

    gdp_growth: Uncertain = attrs.field(validator=exactly(Uncertain, "an uncertain rate"))
    inflation: Uncertain = attrs.field(validator=exactly(Uncertain, "an uncertain rate"))
    exchange_rate: Uncertain = attrs.field(validator=exactly(Uncertain, "an uncertain rate"))
    execution: Uncertain = attrs.field(validator=exactly(Uncertain, "an uncertain rate"))
    revision: Uncertain = attrs.field(validator=exactly(Uncertain, "an uncertain rate"))
    correlation: Share = attrs.field(validator=exactly(Share, "a correlation"))
    basis: str = attrs.field(default="", validator=exactly(str, "a basis"))
    sources: tuple[Source, ...] = attrs.field(default=(), repr=False)

    def __attrs_post_init__(self) -> None:
        if self.revision.holds_execution and not self.execution.is_nothing:
            raise UnexpectedValueError(
                "revision",
                str(self.revision),
                "whole revisions hold the execution of budgets, which would count twice: give by_gdp of the same "
                "revisions here and by_expenditure as execution, or Uncertain.surely(Rate.percent(0)) as execution",
            )

    def __str__(self) -> str:
        return (
            f"growth of GDP {self.gdp_growth}, inflation {self.inflation}, exchange rate {self.exchange_rate}, "
            f"execution {self.execution}, revision {self.revision}, correlation of shocks {self.correlation}"
            f"{f' ({self.basis})' if self.basis else ''}"
        )
