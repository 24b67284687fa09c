"""Packaged exchange rates: the reference rates of one day, and the averages of each year."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from natoburden._once import once
from natoburden.datasets._files import document, editions
from natoburden.model.exchange import ExchangeRates, YearlyRates
from natoburden.model.money import Currency

__all__ = ["exchange_rates", "yearly_exchange_rates"]


@once
def exchange_rates() -> ExchangeRates:
    """Return the European Central Bank's reference rates of 31 December 2024, for amounts in several currencies.

    All rates are of one day; `yearly_exchange_rates` has rates for each year. A result lists every amount that was
    converted at the rates of a year other than its own.

    >>> print(exchange_rates())
    European Central Bank, 2024-12-31
    """
    return document("exchange_rates.toml", ExchangeRates)


@once
def yearly_exchange_rates() -> YearlyRates:
    """Return the yearly averages of the European Central Bank's reference rates, 2008 to 2026, for 18 currencies.

    The averages of 2026 end on 30 October. The rates of 2026, and the explanation of every amount converted at these
    rates, state that the year is incomplete. The `note` of a quotation states that the year is incomplete, or that the
    currency was not quoted on every day.

    >>> rates = yearly_exchange_rates()
    >>> print(rates)
    European Central Bank, annual averages, 2008-2026
    >>> [str(rates.for_year(year).per_base(Currency("USD"))) for year in (2022, 2025)]
    ['1.05305', '1.12998']
    >>> print(rates.for_year(2026))
    European Central Bank, annual average 2026, incomplete: to 2026-10-30
    >>> print(rates.for_year(2026).quotation(Currency("USD")).note)
    mean of 213 days to 2026-10-30, the year is incomplete
    """
    [file] = editions("yearly_exchange_rates.toml").values()
    rows = list(file.rows())
    most: dict[int, int] = {}
    for row in rows:
        year = int(row["year"])
        most[year] = max(most.get(year, 0), int(row["days"]))
    averages: dict[int, dict[Currency, Decimal]] = {}
    notes: dict[tuple[int, Currency], str] = {}
    ends = {dt.date.fromisoformat(row["last_date"]) for row in rows if row["complete"] != "yes"}
    for row in rows:
        year, currency = int(row["year"]), Currency(row["currency"])
        averages.setdefault(year, {})[currency] = Decimal(row["average_per_euro"])
        notes[year, currency] = _note(row, most[year])
    until = max(ends, default=None)
    return YearlyRates.of_averages(Currency("EUR"), averages, source=file.source, notes=notes, until=until)


def _note(row: Mapping[str, str], most_days: int) -> str:
    """Return a note on an average with an incomplete year or with days without a quotation."""
    if row["complete"] != "yes":
        return f"mean of {row['days']} days to {row['last_date']}, the year is incomplete"
    return f"mean of {row['days']} of {most_days} days" if int(row["days"]) < most_days else ""
