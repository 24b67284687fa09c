"""The currency of each ally in each year; allies with the same currency have one exchange rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from natoburden.calculators.simulation._draws import DOLLAR
from natoburden.calculators.simulation.assumptions import Assumptions, Uncertain
from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._currencies import currency_of
from natoburden.model.countries import Country, by_country
from natoburden.model.money import Currency
from natoburden.model.shares import Rate

__all__ = ["moneys_of", "without_rates_of_the_dollar"]


def moneys_of(
    countries: Sequence[Country], years: Sequence[int], told: Mapping[Country, str] | Mapping[str, str]
) -> dict[Country, tuple[str, ...]]:
    """Return the currency of each country in each year: as given, or as known, or otherwise a currency of its own.

    Raises `UnexpectedValueError` for a country that is not planned for, and `UnknownNameError` for an unknown currency.
    """
    expect(told, Mapping, "currencies", "give a mapping of countries to currencies: {'DNK': 'EUR'}")
    given = by_country("currencies", told)
    if others := [str(country) for country in given if country not in countries]:
        raise UnexpectedValueError("currencies", ", ".join(others), "give those of allies that are planned for")
    fixed = {country: Currency(str(currency)).code for country, currency in given.items()}
    return {
        country: (fixed[country],) * len(years) if country in fixed else tuple(_known(country, year) for year in years)
        for country in countries
    }


def _known(country: Country, year: int) -> str:
    found = currency_of(country, year)
    return f"that of {country.key}" if found is None else found.code


def without_rates_of_the_dollar(
    assumed: Mapping[Country, Assumptions], moneys: Mapping[Country, Sequence[str]]
) -> dict[Country, Assumptions]:
    """Return assumptions without exchange rates for allies that use the dollar; raise for two rates of one currency."""
    rates: dict[str, tuple[Country, Uncertain]] = {}
    for country, of_years in moneys.items():
        for money in dict.fromkeys(of_years):
            other, rate = rates.setdefault(money, (country, assumed[country].exchange_rate))
            if money != DOLLAR and rate != assumed[country].exchange_rate:
                raise UnexpectedValueError(
                    "assumptions",
                    f"exchange rates {rate} of {other} and {assumed[country].exchange_rate} of {country}",
                    f"both use {money}, which has one rate",
                )
    sure = Uncertain.surely(Rate.percent(0))
    return {
        country: attrs.evolve(assumed[country], exchange_rate=sure) if set(of_years) == {DOLLAR} else assumed[country]
        for country, of_years in moneys.items()
    }
