"""Money: an exact signed amount in one currency at one price basis."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Self

import attrs

from natoburden.errors import (
    MixedCurrenciesError,
    MixedPriceBasesError,
    UnexpectedValueError,
    UnknownNameError,
)
from natoburden.model._amounts import Amount
from natoburden.model._checks import exactly
from natoburden.model._numbers import (
    CONTEXT,
    SIZES,
    Number,
    checked_decimal,
    checked_year,
    plain,
    rounded,
    sized,
)
from natoburden.model._vocabulary import nearest, read_vocabulary

__all__ = ["CURRENT_PRICES", "UNSTATED_PRICES", "Currency", "Money", "PriceBasis", "currencies"]


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
        """The number of decimals of cash amounts in the currency, according to CLDR."""
        return int(_currencies()[self.code]["minor_units"])

    def __hash__(self) -> int:  # faster: daily rates are thousands of mappings by currency
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
    """The price basis of an amount: current prices, constant prices of one year, or an unstated basis.

    For an amount that was converted into another currency, constant means prices *and exchange rates* of that year.
    NATO's dollar columns at constant prices contain amounts at the prices and exchange rates of one year.

    >>> print(PriceBasis.constant(2021), "|", CURRENT_PRICES, "|", UNSTATED_PRICES)
    constant 2021 prices | current prices | unstated prices
    """

    year: int | None = attrs.field(default=None, validator=_is_year_or_none)
    is_stated: bool = attrs.field(default=True, validator=exactly(bool, "true or false"))

    @classmethod
    def constant(cls, year: int) -> Self:
        """Return the basis of constant prices of a year."""
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
    return sized(value, "amount of money")


def _to_currency(value: Currency | str) -> Currency:
    return value if isinstance(value, Currency) else Currency(value)


@attrs.frozen(repr=False)
class Money(Amount):
    """An exact signed amount of money, in units of its currency, at its price basis.

    Adding, subtracting and comparing need the same currency and the same price basis on both sides. Nothing is
    converted or deflated implicitly. An amount without a stated price basis cannot be combined until you choose a basis
    with `assuming`. Raises `MixedCurrenciesError` or `MixedPriceBasesError` for amounts that do not match. Raises
    `InvalidNumberError` or `InexactNumberError` for an unusable figure, such as a float.

    >>> from natoburden.model.shares import Share
    >>> gdp = Money.millions("5056631", "USD")
    >>> gdp * Share.percent("3.5") - Money.millions("112141", "USD")
    Money('64.841085 bn', 'USD', CURRENT_PRICES)
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
        """Return an amount from a figure in millions."""
        return cls(checked_decimal(value, "amount in millions").scaleb(6, context=CONTEXT), currency, basis)

    @classmethod
    def billions(cls, value: Number, currency: Currency | str, basis: PriceBasis = CURRENT_PRICES) -> Self:
        """Return an amount from a figure in thousands of millions."""
        return cls(checked_decimal(value, "amount in billions").scaleb(9, context=CONTEXT), currency, basis)

    @property
    def in_column(self) -> tuple[str, Decimal]:
        """The currency as written in column names, and the amount in millions."""
        return f"million_{self.currency.code.lower()}", self.in_millions

    @property
    def in_millions(self) -> Decimal:
        """The amount in millions."""
        return self.amount.scaleb(-6, context=CONTEXT)

    @property
    def in_billions(self) -> Decimal:
        """The amount in thousands of millions."""
        return self.amount.scaleb(-9, context=CONTEXT)

    def with_amount(self, amount: Number) -> Self:
        """Return a given number as an amount in the currency and at the price basis of this amount."""
        return type(self)(checked_decimal(amount, "amount of money"), self.currency, self.basis)

    def assuming(self, basis: PriceBasis) -> Money:
        """Return an amount at a price basis that you assume; the amount itself must not state a basis.

        Raises `MixedPriceBasesError` for an amount with a known basis.

        >>> Money.billions(3100, "USD", UNSTATED_PRICES).assuming(PriceBasis.constant(2024))
        Money('3.1 tn', 'USD', PriceBasis.constant(2024))
        """
        if self.basis.is_stated:
            raise MixedPriceBasesError(str(self.basis), str(basis))
        return Money(self.amount, self.currency, basis)

    @property
    def _figure(self) -> Decimal:
        return self.amount

    def _meets(self, other: object) -> bool:
        if not isinstance(other, Money):
            return False
        if self.currency.code != other.currency.code:
            raise MixedCurrenciesError(str(self.currency), str(other.currency))
        if (self.basis is not other.basis and self.basis != other.basis) or not self.basis.is_stated:
            raise MixedPriceBasesError(str(self.basis), str(other.basis))
        return True

    def __repr__(self) -> str:
        size, exponent = self._size()
        figure = plain(self.amount.scaleb(-exponent, context=CONTEXT))
        return f"Money('{f'{figure} {size}'.rstrip()}', '{self.currency}', {self.basis!r})"

    def __str__(self) -> str:
        size, exponent = self._size()
        figure = rounded(self.amount.scaleb(-exponent, context=CONTEXT), 2)
        return f"{self.currency} {f'{figure:,f} {size}'.rstrip()} ({self.basis})"

    def _size(self) -> tuple[str, int]:
        digits = self.amount.adjusted() if self.amount else 0
        return next(((size, exponent) for size, exponent in SIZES.items() if digits >= exponent), ("", 0))
