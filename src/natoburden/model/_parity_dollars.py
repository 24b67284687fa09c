"""Dollars at purchasing power parity, which measure volumes of goods and services and are not a means of payment."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar, Self

from natoburden.model._amounts import Amount
from natoburden.model._numbers import CONTEXT, Number, plain, rounded, sized

__all__ = ["ParityDollars", "to_amount"]


def to_amount(value: Number) -> Decimal:
    """Return an amount from a number or a text; a text may end with its scale, as in '64.84 bn'."""
    return sized(value, "an amount of dollars of a parity")


class ParityDollars(Amount):
    """Dollars at one kind of purchasing power parity, which can be added only to dollars of the same kind."""

    __slots__ = ()

    sign: ClassVar[str]
    parity: ClassVar[str]
    column: ClassVar[str]

    if TYPE_CHECKING:

        def __init__(self, amount: Number) -> None: ...

        @property
        def amount(self) -> Decimal:
            """The amount in dollars, not in millions."""

    @property
    def _figure(self) -> Decimal:
        return self.amount

    def _meets(self, other: object) -> bool:
        return type(other) is type(self)

    def with_amount(self, amount: Number) -> Self:
        """Return a given number as an amount of the same kind of dollars."""
        return type(self)(amount)

    @property
    def in_millions(self) -> Decimal:
        """The amount in millions."""
        return self.amount.scaleb(-6, context=CONTEXT)

    @property
    def in_column(self) -> tuple[str, Decimal]:
        """The unit in the form that names of columns use, and the amount in millions."""
        return self.column, self.in_millions

    def _size(self) -> tuple[str, int]:
        digits = self.amount.adjusted() if self.amount else 0
        return next(((size, at) for size, at in ((" tn", 12), (" bn", 9), (" m", 6)) if digits >= at), ("", 0))

    def __repr__(self) -> str:
        size, exponent = self._size()
        return f"{type(self).__name__}('{plain(self.amount.scaleb(-exponent, context=CONTEXT))}{size}')"

    def __str__(self) -> str:
        size, exponent = self._size()
        figure: Any = rounded(self.amount.scaleb(-exponent, context=CONTEXT), 2)
        return f"{self.sign} {figure:,f}{size} ({self.parity})"
