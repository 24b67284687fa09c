"""Money: an exact signed amount in one currency at one price basis."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Self, overload

import attrs

from natoburden.errors import (
    InvalidNumberError,
    MixedCurrenciesError,
    MixedPriceBasesError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model._checks import exactly, not_from_zero
from natoburden.model._numbers import (
    CONTEXT,
    Number,
    checked_decimal,
    checked_year,
    divide,
    multiply,
    plain,
    rounded,
)
from natoburden.model._vocabulary import nearest, read_vocabulary
from natoburden.model.shares import Share

__all__ = ["CURRENT_PRICES", "UNSTATED_PRICES", "Currency", "Money", "PriceBasis", "currencies"]

_SIZES = (("tn", 12), ("bn", 9), ("m", 6))


@attrs.frozen(order=True)
class Currency:
    """A currency of ISO 4217, by its code.

    >>> Currency("USD").name
    'US Dollar'
    >>> Currency("usd")
    Traceback (most recent call last):
        ...
    natoburden.errors.UnknownNameError: unknown currency 'usd'; valid: AED, ...; did you mean 'USD' or ...
    """

    code: str = attrs.field()

    @code.validator
    def _is_listed(self, _attribute: object, value: str) -> None:
        if str(value) not in _currencies():
            codes = tuple(_currencies())
            raise UnknownNameError("currency", str(value), codes, nearest(str(value).upper(), codes))

    @property
    def name(self) -> str:
        """The name in ISO 4217."""
        return _currencies()[self.code]["name"]

    @property
    def minor_units(self) -> int:
        """How many decimals the currency's cash amounts have, as CLDR gives it."""
        return int(_currencies()[self.code]["minor_units"])

    def __hash__(self) -> int:  # rates by day are thousands of mappings by currency
        return hash(self.code)

    def __repr__(self) -> str:
        return f"Currency({self.code!r})"

    def __str__(self) -> str:
        return self.code


def currencies() -> tuple[Currency, ...]:
    """Return all currencies of ISO 4217, by code.

    >>> [str(currency) for currency in currencies()[:3]]
    ['AED', 'AFN', 'ALL']
    """
    return tuple(map(Currency, sorted(_currencies())))


@functools.cache
def _currencies() -> dict[str, dict[str, str]]:
    return {row["code"]: row for row in read_vocabulary("currencies.csv")}


def _is_year_or_none(_instance: object, _attribute: object, year: int | None) -> None:
    if year is not None:
        checked_year(year)


@attrs.frozen
class PriceBasis:
    """At which prices an amount is expressed: current, or constant prices of one year; or that it was not stated.

    For an amount that was converted into another currency, as in NATO's dollar columns, constant means prices
    *and exchange rates* of that year.

    >>> print(PriceBasis.constant(2021), "|", CURRENT_PRICES, "|", UNSTATED_PRICES)
    constant 2021 prices | current prices | unstated prices
    """

    year: int | None = attrs.field(default=None, validator=_is_year_or_none)
    is_stated: bool = attrs.field(default=True, validator=exactly(bool, "true or false"))

    @classmethod
    def constant(cls, year: int) -> Self:
        """Constant prices of a base year."""
        return cls(checked_year(year))

    @property
    def is_current(self) -> bool:
        """Whether amounts are at the prices of their own year."""
        return self.year is None and self.is_stated

    def __attrs_post_init__(self) -> None:
        if self.year is not None and not self.is_stated:
            raise UnexpectedValueError("a price basis", str(self.year), "a basis with a year is a stated one")

    def __repr__(self) -> str:
        if not self.is_stated:
            return "UNSTATED_PRICES"
        return "CURRENT_PRICES" if self.year is None else f"PriceBasis.constant({self.year})"

    def __str__(self) -> str:
        if not self.is_stated:
            return "unstated prices"
        return "current prices" if self.year is None else f"constant {self.year} prices"


CURRENT_PRICES = PriceBasis()
UNSTATED_PRICES = PriceBasis(is_stated=False)


def _to_amount(value: Number) -> Decimal:
    return checked_decimal(value, "amount of money")


def _to_currency(value: Currency | str) -> Currency:
    return value if isinstance(value, Currency) else Currency(value)


@attrs.frozen
class Money:
    """An amount of money, in units of its currency, at its price basis; signed and exact.

    Adding, subtracting and comparing need one currency and one price basis on both sides; nothing converts
    or deflates implicitly. An amount whose prices were not stated meets no other until `assuming` names a basis.
    Raises `MixedCurrenciesError`, `MixedPriceBasesError`, `InvalidNumberError`,
    `InexactNumberError` (floats cannot carry a published figure).

    >>> gdp = Money.millions("5056631", "USD")
    >>> gdp * Share.percent("3.5") - Money.millions("112141", "USD")
    Money('64.841085 bn', USD, current prices)
    >>> gdp + Money.millions(1, "USD", PriceBasis.constant(2021))
    Traceback (most recent call last):
        ...
    natoburden.errors.MixedPriceBasesError: current prices and constant 2021 prices are different price bases; ...
    """

    amount: Decimal = attrs.field(converter=_to_amount)
    currency: Currency = attrs.field(converter=_to_currency)
    basis: PriceBasis = attrs.field(default=CURRENT_PRICES, validator=exactly(PriceBasis, "a price basis"))

    @classmethod
    def millions(cls, value: Number, currency: Currency | str, basis: PriceBasis = CURRENT_PRICES) -> Self:
        """Build from a figure in millions."""
        return cls(checked_decimal(value, "amount in millions").scaleb(6, context=CONTEXT), currency, basis)

    @classmethod
    def billions(cls, value: Number, currency: Currency | str, basis: PriceBasis = CURRENT_PRICES) -> Self:
        """Build from a figure in thousands of millions."""
        return cls(checked_decimal(value, "amount in billions").scaleb(9, context=CONTEXT), currency, basis)

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Money:
        """Add up amounts of one currency and basis exactly; an empty sum has no currency and raises."""
        iterator = iter(amounts)
        first = next(iterator, None)
        if first is None:
            raise InvalidNumberError("total of money", "nothing", "at least one amount, to know the currency")
        whole = Decimal(0)
        for item in itertools.chain((first,), iterator):
            _check_same_kind(item, first)
            whole = CONTEXT.add(whole, item.amount)
        return cls(whole, first.currency, first.basis)

    @property
    def in_millions(self) -> Decimal:
        """The amount in millions."""
        return self.amount.scaleb(-6, context=CONTEXT)

    @property
    def in_billions(self) -> Decimal:
        """The amount in thousands of millions."""
        return self.amount.scaleb(-9, context=CONTEXT)

    def share_of(self, whole: Money) -> Share:
        """Give this amount as a share of a whole of the same currency and basis."""
        _check_same_kind(self, whole)
        return Share.of(self.amount, whole.amount)

    def with_amount(self, amount: Number) -> Money:
        """Give another amount of the same currency and basis."""
        return Money(checked_decimal(amount, "amount of money"), self.currency, self.basis)

    def assuming(self, basis: PriceBasis) -> Money:
        """Take an amount whose prices were not stated as if it were at a basis: an assumption, made in sight.

        Raises `MixedPriceBasesError` for an amount whose basis is known.

        >>> Money.billions(3100, "USD", UNSTATED_PRICES).assuming(PriceBasis.constant(2024))
        Money('3.1 tn', USD, constant 2024 prices)
        """
        if self.basis.is_stated:
            raise MixedPriceBasesError(str(self.basis), str(basis))
        return Money(self.amount, self.currency, basis)

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        _check_same_kind(self, other)
        return self.with_amount(CONTEXT.add(self.amount, other.amount))

    if not TYPE_CHECKING:  # a type checker refuses sum() by itself

        def __radd__(self, other: object) -> Any:
            return not_from_zero(other, "write Money.total(amounts)")

    def __sub__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        _check_same_kind(self, other)
        return self.with_amount(CONTEXT.subtract(self.amount, other.amount))

    def __mul__(self, other: int | Decimal | Share) -> Money:
        if isinstance(other, Share):
            return self.with_amount(multiply(self.amount, other.as_fraction))
        if not isinstance(other, int | Decimal):
            return NotImplemented
        return self.with_amount(multiply(self.amount, checked_decimal(other, "factor")))

    __rmul__ = __mul__

    @overload
    def __truediv__(self, other: Money) -> Decimal: ...
    @overload
    def __truediv__(self, other: int | Decimal) -> Money: ...
    def __truediv__(self, other: Money | int | Decimal) -> Money | Decimal:
        """Divide by a number, or by money of the same kind to get a plain ratio."""
        if isinstance(other, Money):
            _check_same_kind(self, other)
            return divide(self.amount, _divisor(other.amount))
        if not isinstance(other, int | Decimal):
            return NotImplemented
        return self.with_amount(divide(self.amount, _divisor(checked_decimal(other, "divisor"))))

    def __neg__(self) -> Money:
        return self.with_amount(self.amount.copy_negate())

    def __abs__(self) -> Money:
        return self.with_amount(self.amount.copy_abs())

    def __lt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        _check_same_kind(self, other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        return self == other or self < other

    def __gt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        return other < self

    def __ge__(self, other: Money) -> bool:
        return self == other or self > other

    def __repr__(self) -> str:
        size, exponent = self._size()
        figure = plain(self.amount.scaleb(-exponent, context=CONTEXT))
        return f"Money('{f'{figure} {size}'.rstrip()}', {self.currency}, {self.basis})"

    def __str__(self) -> str:
        size, exponent = self._size()
        figure = rounded(self.amount.scaleb(-exponent, context=CONTEXT), 2)
        return f"{self.currency} {f'{figure:,f} {size}'.rstrip()} ({self.basis})"

    def _size(self) -> tuple[str, int]:
        digits = self.amount.adjusted() if self.amount else 0
        return next(((size, exponent) for size, exponent in _SIZES if digits >= exponent), ("", 0))


def _check_same_kind(left: Money, right: Money) -> None:
    for side in (left, right):
        if not isinstance(side, Money):
            raise TypeError(f"money meets only money here, not {side!r}")
    if left.currency.code != right.currency.code:
        raise MixedCurrenciesError(str(left.currency), str(right.currency))
    if (left.basis is not right.basis and left.basis != right.basis) or not left.basis.is_stated:
        raise MixedPriceBasesError(str(left.basis), str(right.basis))


def _divisor(value: Decimal) -> Decimal:
    if not value:
        raise InvalidNumberError("divisor", "0", "anything but zero", "a ratio to nothing is not a number")
    return value
