"""The currency that a country uses on a day."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from natoburden.cldr import folded
from natoburden.model._vocabulary import read_vocabulary
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc, When
from natoburden.model.money import Currency

__all__ = ["currency_called", "currency_of", "national_currencies"]


@functools.cache
def national_currencies() -> Mapping[str, str]:
    """Return the national currencies of Allies, current or former, by alpha-3 code; the euro is left out."""
    return {row["alpha_3"]: row["currency"] for row in read_vocabulary("national_currencies.csv")}


def currency_called(name: str, country: Country) -> Currency | None:
    """Return a country's currency by the name of the currency in NATO's tables; None for any other name.

    The euro is accepted for every country, because tables in euro also cover years before a country joined the euro
    area.

    >>> print(currency_called("Kunas", Country("HRV")), currency_called("Pesetas", Country("ESP")))
    HRK None
    """
    if folded(name) in ("euros", "euro"):
        return Currency("EUR")
    code = _names().get((country.key, folded(name)))
    return None if code is None else Currency(code)


@functools.cache
def _names() -> Mapping[tuple[str, str], str]:
    """Return each currency by the alpha-3 code of its country and the name of the currency."""
    rows = read_vocabulary("national_currencies.csv")
    return {(row["alpha_3"], folded(name)): row["currency"] for row in rows for name in row["names"].split("|")}


def currency_of(country: Country, when: When) -> Currency | None:
    """Return a country's currency on a day, or on the last day of a year; None if it is not known.

    >>> [str(currency_of(Country("BGR"), year)) for year in (2025, 2026)]
    ['BGN', 'EUR']
    """
    if Bloc.find("EURO").has_member(country, when):
        return Currency("EUR")
    code = national_currencies().get(country.key)
    return None if code is None else Currency(code)
