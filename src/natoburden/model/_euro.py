"""Currencies that the euro replaced, with their irrevocably fixed rates."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from decimal import Decimal

from natoburden.model._numbers import divide
from natoburden.model._vocabulary import read_vocabulary
from natoburden.model.money import Currency, Money

__all__ = ["fixed_rates", "in_euro"]


@functools.cache
def fixed_rates() -> Mapping[Currency, tuple[Decimal, dt.date]]:
    """Return the fixed rate of each currency that the euro replaced, and the first day of the rate."""
    return {
        Currency(row["currency"]): (Decimal(row["per_euro"]), dt.date.fromisoformat(row["since"]))
        for row in read_vocabulary("euro_conversion_rates.csv")
    }


def in_euro(amount: Money) -> Money:
    """Return an amount in euro at the fixed rate, which holds for every year; return other currencies unchanged."""
    if amount.currency not in fixed_rates():
        return amount
    rate, _ = fixed_rates()[amount.currency]
    return Money(divide(amount.amount, rate), Currency("EUR"), amount.basis)
