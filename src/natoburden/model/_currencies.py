"""Which money a country uses, and since when."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from natoburden.model._vocabulary import read_vocabulary
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc, When
from natoburden.model.money import Currency

__all__ = ["currency_of", "national_currencies"]


@functools.cache
def national_currencies() -> Mapping[str, str]:
    """Return the currencies of Allies other than as members of the euro area, by alpha-3 code."""
    return {row["alpha_3"]: row["currency"] for row in read_vocabulary("national_currencies.csv")}


def currency_of(country: Country, when: When) -> Currency | None:
    """Return a country's currency on a day, or on the last day of a year; None where it is not known.

    >>> [str(currency_of(Country("BGR"), year)) for year in (2025, 2026)]
    ['BGN', 'EUR']
    """
    if Bloc.find("EURO").has_member(country, when):
        return Currency("EUR")
    code = national_currencies().get(country.key)
    return None if code is None else Currency(code)
