"""The intervals in which rounded figures lie, and the intervals of their sums and ratios."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import ClassVar, Generic, NamedTuple, TypeVar

import attrs

from natoburden.model._numbers import CONTEXT, formatted
from natoburden.model.money import Money
from natoburden.model.shares import Share

__all__ = ["Bounds", "Ends", "as_printed", "total_of"]

T = TypeVar("T", Money, Share, Decimal)

_DOWN, _UP = (Context(prec=CONTEXT.prec, rounding=way) for way in (ROUND_FLOOR, ROUND_CEILING))
_HALF = Decimal("0.5")
_OF_SHARES = -4  # NATO prints shares with two decimals of a percent
_OF_MONEY = 6  # and amounts in millions
_DIGITS = 13
_OF_SOLDIERS = 2  # and military personnel in thousands with one decimal


@attrs.frozen
class Bounds(Generic[T]):
    """The lowest and highest value that a derived figure can have, given the rounding of its printed inputs."""

    column_parts: ClassVar[tuple[str, ...]] = ("low", "high")

    low: T
    high: T

    def __contains__(self, value: T) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        return f"{_written(self.low)} to {_written(self.high)}"


def _written(value: Money | Share | Decimal) -> str:
    if isinstance(value, Share):
        return f"{value:.4f} %"
    return formatted(value, ".4f") if isinstance(value, Decimal) else str(value)


class Ends(NamedTuple):
    """The two ends of an interval for a number that is not negative; each calculation rounds the ends outwards."""

    low: Decimal
    high: Decimal

    def times(self, other: Ends) -> Ends:
        """Return the ends of the product of two independent numbers."""
        return Ends(_DOWN.multiply(self.low, other.low), _UP.multiply(self.high, other.high))

    def over(self, other: Ends) -> Ends:
        """Return the ends of a ratio of two independent numbers; the low end of the divisor must be above zero."""
        return Ends(_DOWN.divide(self.low, other.high), _UP.divide(self.high, other.low))

    def of_sum_with(self, rest: Ends) -> Ends:
        """Return the ends of this number's share in the sum of this number and `rest`."""
        low = _DOWN.divide(self.low, _UP.add(self.low, rest.high)) if self.low else self.low
        return Ends(low, _UP.divide(self.high, _DOWN.add(self.high, rest.low)) if self.high else self.high)

    def less(self, part: Ends) -> Ends:
        """Return the ends of a sum without one of its terms, which is given as `part`."""
        return Ends(_DOWN.subtract(self.low, part.low), _UP.subtract(self.high, part.high))

    def scaled(self, factor: Decimal) -> Ends:
        """Return both ends, multiplied by an exact number."""
        return self.times(Ends(factor, factor))

    def shares(self) -> Bounds[Share]:
        """Return the ends as shares of a whole."""
        return Bounds(Share.fraction(self.low), Share.fraction(min(self.high, Decimal(1))))

    def money(self, like: Money) -> Bounds[Money]:
        """Return both ends as amounts of money, in the unit of `like`."""
        return Bounds(like.with_amount(self.low), like.with_amount(self.high))


def total_of(items: Iterable[Ends]) -> Ends:
    """Return the ends of a sum."""
    low = high = Decimal(0)
    for item in items:
        low, high = _DOWN.add(low, item.low), _UP.add(high, item.high)
    return Ends(low, high)


def as_printed(figure: Money | Share | Decimal, *, further_places: bool = True) -> Ends:
    """Return the interval in which a printed figure lies: the figure ± half a unit of its last decimal.

    The last decimal is NATO's last printed decimal; if the figure has more decimals, the figure's own last decimal is
    used. Editions that were published as workbooks have all decimals, but digits after the 13th are noise of the
    workbook's own arithmetic. Without `further_places`, the interval is always the figure ± half a unit of NATO's last
    printed decimal.
    """
    if isinstance(figure, Share):
        number, place = figure.as_fraction, _OF_SHARES
    elif isinstance(figure, Money):
        number, place = figure.amount, _OF_MONEY
    else:
        number, place = figure, _OF_SOLDIERS
    last = place
    if further_places and number:
        exponent = int(number.normalize(CONTEXT).as_tuple().exponent)
        last = min(place, max(exponent, number.adjusted() - _DIGITS + 1))
    half = _HALF.scaleb(last, context=CONTEXT)
    return Ends(max(_DOWN.subtract(number, half), Decimal(0)), _UP.add(number, half))
