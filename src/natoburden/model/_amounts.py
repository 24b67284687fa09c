"""Arithmetic of exact amounts, which can be added and compared only if they are of the same kind."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, overload

from natoburden.errors import InvalidNumberError
from natoburden.model._checks import not_from_zero, noun
from natoburden.model._numbers import CONTEXT, Number, checked_decimal, divide, formatted, multiply, padded, rounded
from natoburden.model.shares import Share

__all__ = ["Amount"]


class Amount:
    """An exact signed amount of one kind, such as money of one currency and price basis.

    Amounts are never converted implicitly: combining amounts of different kinds raises an error.
    """

    __slots__ = ()

    if TYPE_CHECKING:

        @property
        def _figure(self) -> Decimal:
            """The amount as a plain number."""

        def _meets(self, other: object) -> bool:
            """Return True for an amount of the same kind and False for other types; raise an error for another kind."""

        def with_amount(self, amount: Number) -> Self:
            """Return a given number as an amount of the same kind."""

    @classmethod
    def total(cls, amounts: Iterable[Self]) -> Self:
        """Return the exact sum of amounts of one kind; raises `InvalidNumberError` if no amount is given."""
        iterator = iter(amounts)
        first = next(iterator, None)
        if first is None:
            raise InvalidNumberError(f"total of {noun(cls)}", "nothing", "at least one amount, which tells the unit")
        given: object = first
        if not isinstance(given, Amount):
            raise TypeError(f"{first!r} is not an amount with a unit; give amounts of one kind and unit")
        whole = Decimal(0)
        for item in itertools.chain((first,), iterator):
            whole = CONTEXT.add(whole, first._same(item))  # noqa: SLF001 # of this class
        return first.with_amount(whole)

    def share_of(self, whole: Self) -> Share:
        """Return this amount as a share of a whole of the same kind."""
        return Share.of(self._figure, self._same(whole))

    def _same(self, other: Self) -> Decimal:
        """Return the figure of another amount, which must be of the same kind."""
        if not self._meets(other):
            raise TypeError(f"cannot combine {self!r} with {other!r}; give {noun(type(self))} on both sides")
        return other._figure

    def __add__(self, other: Self) -> Self:
        if not self._meets(other):
            return NotImplemented
        return self.with_amount(CONTEXT.add(self._figure, other._figure))

    if not TYPE_CHECKING:  # a type checker refuses sum() by itself

        def __radd__(self, other: object) -> Any:
            return not_from_zero(other, f"write {type(self).__name__}.total(amounts)")

    def __sub__(self, other: Self) -> Self:
        if not self._meets(other):
            return NotImplemented
        return self.with_amount(CONTEXT.subtract(self._figure, other._figure))

    def __mul__(self, other: int | Decimal | Share) -> Self:
        if isinstance(other, Share):
            return self.with_amount(multiply(self._figure, other.as_fraction))
        if not isinstance(other, int | Decimal):
            return NotImplemented
        return self.with_amount(multiply(self._figure, checked_decimal(other, "factor")))

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: Self) -> Decimal: ...
    @overload
    def __truediv__(self, other: int | Decimal) -> Self: ...
    def __truediv__(self, other: Any) -> Self | Decimal:
        """Return the amount divided by a number, or the plain ratio to an amount of the same kind."""
        if isinstance(other, int | Decimal):
            return self.with_amount(divide(self._figure, _divisor(checked_decimal(other, "divisor"))))
        if not self._meets(other):
            return NotImplemented
        return divide(self._figure, _divisor(other._figure))

    def __neg__(self) -> Self:
        return self.with_amount(self._figure.copy_negate())

    def __abs__(self) -> Self:
        return self.with_amount(self._figure.copy_abs())

    def __format__(self, spec: str) -> str:
        """Format the number of whole units, as in ``f"{money:,.0f}"``; for millions, divide the amount first.

        A width alone, as in ``f"{money:>30}"``, pads the text of the amount with its unit.
        """
        if (text := padded(self, spec)) is not None:
            return text
        if spec.endswith("%"):
            raise ValueError(f"{spec!r} would multiply by a hundred: an amount is not a percentage; leave out the sign")
        return formatted(self._figure, spec) if spec else str(self)

    def __round__(self, decimals: int = 0) -> Self:
        """Return the amount rounded half up to a number of decimals; ``round(money, -6)`` gives whole millions."""
        return self.with_amount(rounded(self._figure, decimals))

    if not TYPE_CHECKING:  # a type checker refuses float() by itself

        def __float__(self) -> float:
            raise TypeError(f"float({self!r}) would lose its unit: write float(amount.amount) or in_millions")

    def __lt__(self, other: Self) -> bool:
        return self._figure < other._figure if self._meets(other) else NotImplemented

    def __le__(self, other: Self) -> bool:
        return self == other or self < other

    def __gt__(self, other: Self) -> bool:
        return self._figure > other._figure if self._meets(other) else NotImplemented

    def __ge__(self, other: Self) -> bool:
        return self == other or self > other


def _divisor(value: Decimal) -> Decimal:
    if not value:
        raise InvalidNumberError("divisor", "0", "anything but zero", "a ratio to nothing is not a number")
    return value
