"""Exchange rates that ship: the reference rates of one day."""

from __future__ import annotations

import functools

from natoburden.datasets._files import DATA
from natoburden.model.exchange import ExchangeRates
from natoburden.serialization import read_document

__all__ = ["exchange_rates"]


@functools.cache
def exchange_rates() -> ExchangeRates:
    """Give the European Central Bank's reference rates of 31 December 2024, for contracts in several currencies.

    Rates of one day do not fit contracts of ten years well; they make the choice visible. Bring others as an
    `ExchangeRates` of your own.

    >>> print(exchange_rates())
    European Central Bank, 2024-12-31
    """
    return read_document(DATA / "exchange_rates.toml", ExchangeRates)
