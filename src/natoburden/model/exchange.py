"""Exchange rates: quotations of one day, from one source, applied only where they are named."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs

from natoburden.errors import MixedPriceBasesError, UnknownNameError
from natoburden.model._checks import exactly
from natoburden.model._numbers import Number, checked_decimal, divide, multiply
from natoburden.model.money import CURRENT_PRICES, Currency, Money
from natoburden.model.sources import Source

__all__ = ["ExchangeRates", "Quotation"]


def _to_figure(value: Number) -> Decimal:
    return checked_decimal(value, "an exchange rate")


@attrs.frozen
class Quotation:
    """How many units of a currency one unit of the base currency buys."""

    currency: Currency
    per_base: Decimal = attrs.field(converter=_to_figure, validator=attrs.validators.gt(Decimal(0)))


@attrs.frozen(kw_only=True)
class ExchangeRates:
    """Market rates of one day, quoted against one base currency, with their source.

    >>> rates = ExchangeRates(
    ...     base=Currency("EUR"),
    ...     date=dt.date(2024, 12, 31),
    ...     quotations=(Quotation(Currency("USD"), "1.0389"),),
    ...     source=Source(title="Euro foreign exchange reference rates", publisher="European Central Bank"),
    ... )
    >>> rates.convert(Money.millions(100, "EUR"), "USD")
    Money('103.89 m', USD, current prices)
    """

    base: Currency
    date: dt.date = attrs.field(validator=exactly(dt.date, "a date"))
    quotations: tuple[Quotation, ...] = attrs.field(repr=lambda quoted: f"<{len(quoted)} quotations>")
    source: Source

    @property
    def currencies(self) -> tuple[Currency, ...]:
        """The currencies that can be converted from and to."""
        return (self.base, *(item.currency for item in self.quotations))

    def per_base(self, currency: Currency) -> Decimal:
        """Give the units of a currency per unit of the base; raises `UnknownNameError` for one not quoted."""
        if currency == self.base:
            return Decimal(1)
        for item in self.quotations:
            if item.currency == currency:
                return item.per_base
        raise UnknownNameError(f"rate on {self.date}", str(currency), tuple(sorted(map(str, self.currencies))))

    def convert(self, money: Money, to: Currency | str) -> Money:
        """Convert an amount at current prices at these rates; its own date does not matter, so choose rates with care.

        Raises `UnknownNameError` for a currency that is not quoted, `MixedPriceBasesError` for an amount that is not
        at current prices.
        """
        currency = to if isinstance(to, Currency) else Currency(to)
        if not money.basis.is_current:
            raise MixedPriceBasesError(str(money.basis), str(CURRENT_PRICES))
        if money.currency == currency:
            return money
        ratio = divide(self.per_base(currency), self.per_base(money.currency))
        return Money(multiply(money.amount, ratio), currency)

    def __str__(self) -> str:
        return f"{self.source.publisher or self.source.title}, {self.date}"
