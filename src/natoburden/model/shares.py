"""Shares and ranges of shares, percentage points and rates: separate types for the meanings of a percent sign."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

import attrs

from natoburden.errors import InvalidNumberError, ShareOutOfRangeError, UnexpectedValueError
from natoburden.model._checks import not_from_zero
from natoburden.model._numbers import (
    CONTEXT,
    Number,
    checked_decimal,
    divide,
    formatted,
    multiply,
    padded,
    plain,
    rounded,
)

__all__ = ["PercentagePoints", "Rate", "Share", "ShareRange"]

_SHARES = re.compile(r"([0-9.]+)(?:-([0-9.]+))? ?%")


def _scaled(value: Number, what: str) -> Decimal:
    return checked_decimal(value, what).scaleb(-2, context=CONTEXT)


def _to_points(value: Number) -> Decimal:
    return checked_decimal(value, "percentage points")


def _to_fraction(value: Number) -> Decimal:
    return checked_decimal(value, "as_fraction")


def _from_text(text: str | None, as_fraction: Number | None, what: str) -> Number:
    """Return a fraction, given as a number or as a text in percent, such as '3.5 %'."""
    if text is None and as_fraction is not None:
        return as_fraction
    if as_fraction is not None or not isinstance(text, str) or not text.rstrip().endswith("%"):
        raise TypeError(f"{what}({text!r}): which scale? write {what}.percent(...), {what}.fraction(...) or '3.5 %'")
    return _scaled(text.rstrip().removesuffix("%").rstrip(), f"{what.lower()} in percent")


class _Percent:
    """The base of shares and rates: writing, rounding, and the refusal of floats."""

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def as_fraction(self) -> Decimal:
            """The share or rate as a fraction of one."""

    def __format__(self, spec: str) -> str:
        """Format the percentage: ``f"{share:.1f}"`` gives '2.2', ``f"{share:.1%}"`` gives '2.2%'.

        A width alone, as in ``f"{share:>8}"``, pads the text with its sign: '  2.25 %'.
        """
        if not spec:
            return str(self)
        if (text := padded(self, spec)) is not None:
            return text
        return formatted(self.as_fraction if spec.endswith("%") else self.as_fraction.scaleb(2, context=CONTEXT), spec)

    def __round__(self, decimals: int = 0) -> Self:
        """Return the value with its percentage rounded half up to a number of decimals."""
        as_percent = rounded(self.as_fraction.scaleb(2, context=CONTEXT), decimals)
        return type(self)(as_fraction=as_percent.scaleb(-2, context=CONTEXT))  # type: ignore[call-arg] # of each class

    if not TYPE_CHECKING:  # a type checker refuses float() by itself

        def __float__(self) -> float:
            raise TypeError(
                f"float({self!r}): percent or fraction? write float(value.as_percent) or float(value.as_fraction)"
            )


def _is_part_of_whole(_instance: object, _attribute: object, value: Decimal) -> None:
    if not 0 <= value <= 1:
        raise ShareOutOfRangeError(plain(value.scaleb(2, context=CONTEXT)))


@attrs.frozen(order=True)
class PercentagePoints:
    """A signed difference between two shares, in percentage points.

    >>> Share.percent("3.5") - Share.percent("2.22")
    PercentagePoints('1.28')
    >>> PercentagePoints("1.28") + PercentagePoints("-0.28")
    PercentagePoints('1')
    """

    column_unit: ClassVar[str] = "points"

    value: Decimal = attrs.field(converter=_to_points)

    @property
    def in_column(self) -> tuple[str, Decimal]:
        """The unit as written in column names, and the number in that unit."""
        return self.column_unit, self.value

    def __repr__(self) -> str:
        return f"PercentagePoints('{plain(self.value)}')"

    def __str__(self) -> str:
        return f"{rounded(self.value, 2):+f} pp"

    def __add__(self, other: PercentagePoints) -> PercentagePoints:
        if not isinstance(other, PercentagePoints):
            return NotImplemented
        return PercentagePoints(CONTEXT.add(self.value, other.value))

    if not TYPE_CHECKING:  # a type checker refuses sum() by itself

        def __radd__(self, other: object) -> Any:
            return not_from_zero(other, "write sum(points, PercentagePoints(0))")

    def __sub__(self, other: PercentagePoints) -> PercentagePoints:
        if not isinstance(other, PercentagePoints):
            return NotImplemented
        return PercentagePoints(CONTEXT.subtract(self.value, other.value))

    def __format__(self, spec: str) -> str:
        """Format the number of points: ``f"{points:+.1f}"`` gives '+1.3'; a width alone pads the text '+1.28 pp'."""
        if (text := padded(self, spec)) is not None:
            return text
        if spec.endswith("%"):
            raise ValueError(f"{spec!r} would multiply by a hundred: points are not a percentage; leave out the sign")
        return formatted(self.value, spec) if spec else str(self)

    def __round__(self, decimals: int = 0) -> PercentagePoints:
        """Return the points rounded half up to a number of decimals."""
        return PercentagePoints(rounded(self.value, decimals))

    if not TYPE_CHECKING:  # a type checker refuses float() by itself

        def __float__(self) -> float:
            raise TypeError(f"float({self!r}): write float(points.value), which is in percentage points")

    def times(self, factor: Decimal) -> PercentagePoints:
        """Return the points multiplied by a plain number."""
        return PercentagePoints(multiply(self.value, checked_decimal(factor, "factor")))

    def __neg__(self) -> PercentagePoints:
        return PercentagePoints(self.value.copy_negate())

    def __abs__(self) -> PercentagePoints:
        return PercentagePoints(self.value.copy_abs())


@attrs.frozen(order=True, kw_only=True, init=False)
class Share(_Percent):
    """A share of a whole, between 0 % and 100 %; each constructor's name contains the scale, percent or fraction.

    The difference of two shares is a number of percentage points. A share times an amount is an amount. A ratio that
    may exceed one, such as a growth rate, is a `Rate`.

    Raises `ShareOutOfRangeError` outside 0 % to 100 %. Raises `InvalidNumberError` or `InexactNumberError` for a value
    that is not an exact finite number.

    >>> Share.percent("2.22") == Share.fraction("0.0222")
    True
    >>> Share.percent("2") + PercentagePoints("1.5")
    Share('3.5 %')
    >>> print(Share.of(97441, 4393771))
    2.22 %
    >>> f"{Share.percent('2.218'):.1f}", f"{Share.percent('2.218'):.2%}", round(Share("2.218 %"), 1)
    ('2.2', '2.22%', Share('2.2 %'))
    >>> Share.percent("350")
    Traceback (most recent call last):
        ...
    natoburden.errors.ShareOutOfRangeError: 350 % is not a share of a whole; valid: 0 % to 100 %; ...
    """

    column_unit: ClassVar[str] = "percent"

    as_fraction: Decimal = attrs.field(converter=_to_fraction, validator=_is_part_of_whole)

    def __init__(self, text: str | None = None, *, as_fraction: Number | None = None) -> None:
        """Build a share from a text in percent, such as ``Share("3.5 %")``, or from the keyword `as_fraction`."""
        self.__attrs_init__(as_fraction=_from_text(text, as_fraction, "Share"))

    @classmethod
    def percent(cls, value: Number) -> Self:
        """Return a share from a percentage: ``Share.percent("2.22")``."""
        return cls(as_fraction=_scaled(value, "share in percent"))

    @classmethod
    def fraction(cls, value: Number) -> Self:
        """Return a share from a fraction of one: ``Share.fraction("0.0222")``."""
        return cls(as_fraction=checked_decimal(value, "share as a fraction"))

    @classmethod
    def of(cls, part: Number, whole: Number) -> Self:
        """Return a part divided by its whole, as a share; a whole of zero raises `InvalidNumberError`."""
        total = checked_decimal(whole, "whole")
        if not total:
            raise InvalidNumberError("whole", "0", "anything but zero", "a share of zero is not a number")
        return cls(as_fraction=divide(checked_decimal(part, "part"), total))

    @property
    def as_percent(self) -> Decimal:
        """The share in percent."""
        return self.as_fraction.scaleb(2, context=CONTEXT)

    def published(self, decimals: int = 2) -> Share:
        """Return the share with its percentage rounded half up to a number of decimals, as in published tables."""
        return Share(as_fraction=rounded(self.as_percent, decimals).scaleb(-2, context=CONTEXT))

    @property
    def in_column(self) -> tuple[str, Decimal]:
        """The unit as written in column names, and the number in that unit."""
        return self.column_unit, self.as_percent

    def __repr__(self) -> str:
        return f"Share('{plain(self.as_percent)} %')"

    def __str__(self) -> str:
        return f"{rounded(self.as_percent, 2):f} %"

    def __add__(self, other: PercentagePoints) -> Share:
        if not isinstance(other, PercentagePoints):
            return NotImplemented
        return Share(as_fraction=CONTEXT.add(self.as_fraction, other.value.scaleb(-2, context=CONTEXT)))

    if not TYPE_CHECKING:  # a type checker refuses sum() by itself

        def __radd__(self, other: object) -> Any:
            return not_from_zero(other, "shares do not add up: add the amounts, and divide by the whole")

    def __sub__(self, other: Share) -> PercentagePoints:
        if not isinstance(other, Share):
            return NotImplemented
        return PercentagePoints(CONTEXT.subtract(self.as_percent, other.as_percent))


@attrs.frozen(order=True, kw_only=True, init=False)
class Rate(_Percent):
    """A relative change, such as growth or shrinkage; it is signed and has no bounds.

    >>> Rate.percent("19.02").as_fraction
    Decimal('0.1902')
    >>> print(Rate.between(479916, 571204))
    +19.02 %
    """

    column_unit: ClassVar[str] = "percent"

    as_fraction: Decimal = attrs.field(converter=_to_fraction)

    def __init__(self, text: str | None = None, *, as_fraction: Number | None = None) -> None:
        """Build a rate from a text in percent, such as ``Rate("3.5 %")``, or from the keyword `as_fraction`."""
        self.__attrs_init__(as_fraction=_from_text(text, as_fraction, "Rate"))

    @classmethod
    def percent(cls, value: Number) -> Self:
        """Return a rate from a percentage: ``Rate.percent("1.5")``."""
        return cls(as_fraction=_scaled(value, "rate in percent"))

    @classmethod
    def fraction(cls, value: Number) -> Self:
        """Return a rate from a fraction of one: ``Rate.fraction("0.015")``."""
        return cls(as_fraction=checked_decimal(value, "rate as a fraction"))

    @classmethod
    def between(cls, before: Number, after: Number) -> Self:
        """Return the relative change between two amounts; a first amount of zero raises `InvalidNumberError`."""
        start = checked_decimal(before, "amount before")
        if not start:
            raise InvalidNumberError("amount before", "0", "anything but zero", "a change from zero is not a number")
        return cls(as_fraction=CONTEXT.subtract(divide(checked_decimal(after, "amount after"), start), Decimal(1)))

    @property
    def as_percent(self) -> Decimal:
        """The rate in percent."""
        return self.as_fraction.scaleb(2, context=CONTEXT)

    @property
    def factor(self) -> Decimal:
        """The growth factor of one period: one plus the rate."""
        return CONTEXT.add(Decimal(1), self.as_fraction)

    if not TYPE_CHECKING:  # a type checker refuses sum() by itself

        def __radd__(self, other: object) -> Any:
            return not_from_zero(other, "rates do not add up: chain them with compounded_with")

    def compounded_with(self, other: Rate) -> Rate:
        """Return the compound of two rates, such as nominal growth from real growth and inflation."""
        if not isinstance(other, Rate):
            raise TypeError(f"a rate compounds with a rate, not with {other!r}: give one, such as Rate.percent(2)")
        return Rate(as_fraction=CONTEXT.subtract(multiply(self.factor, other.factor), Decimal(1)))

    @property
    def in_column(self) -> tuple[str, Decimal]:
        """The unit as written in column names, and the number in that unit."""
        return self.column_unit, self.as_percent

    def __repr__(self) -> str:
        return f"Rate('{plain(self.as_percent)} %')"

    def __str__(self) -> str:
        return f"{rounded(self.as_percent, 2):+f} %"


@attrs.frozen(order=False)
class ShareRange:
    """A share, or a promised range of shares; a range is never used as a single share.

    >>> promise = ShareRange.parse("3-3.5 %")
    >>> promise.low, promise.high, promise.is_point
    (Share('3 %'), Share('3.5 %'), False)
    """

    column_parts: ClassVar[tuple[str, ...]] = ("low", "high")

    low: Share
    high: Share = attrs.field()

    @high.validator
    def _is_not_below_low(self, _attribute: object, value: Share) -> None:
        if value < self.low:
            raise UnexpectedValueError("a range of shares", f"{self.low} to {value}", "the lower share comes first")

    @classmethod
    def at(cls, share: Share) -> Self:
        """Return a range that consists of one share."""
        return cls(share, share)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a share or a range of shares, such as ``3.5 %`` or ``3-3.5 %``."""
        found = _SHARES.fullmatch(text.strip())
        if not found:
            raise UnexpectedValueError("a share", repr(text), "write the sign with the figure: '3.5 %' or '3-3.5 %'")
        return cls(Share.percent(found[1]), Share.percent(found[2] or found[1]))

    @property
    def is_point(self) -> bool:
        """Whether both ends of the range are equal."""
        return self.low == self.high

    def __str__(self) -> str:
        return str(self.low) if self.is_point else f"{rounded(self.low.as_percent, 2)}-{self.high}"
