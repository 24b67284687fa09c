"""The arguments of the calculators of this module: shares and amounts, alone or from a table, and growth rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, TypeAlias

from natoburden.calculators.targets.aggregates import AggregateShare
from natoburden.errors import InvalidNumberError, InvalidYearError, UnexpectedValueError, UnreachableError
from natoburden.errors._root import listed
from natoburden.model._checks import expect
from natoburden.model.countries import Country, by_country
from natoburden.model.expenditure import Observation
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share

__all__ = [
    "GrowthLike",
    "MoneyLike",
    "ShareLike",
    "check_year",
    "factor_of",
    "factors_of",
    "growth_by_country",
    "money_of",
    "positive",
    "share_of",
    "words_of",
]

ShareLike: TypeAlias = Share | Observation[Share] | AggregateShare
MoneyLike: TypeAlias = Money | Observation[Money] | AggregateShare
GrowthLike: TypeAlias = Rate | Sequence[Rate]


def share_of(value: ShareLike) -> tuple[Share, tuple[Observation[Any], ...]]:
    if isinstance(value, AggregateShare):
        return value.share, value.inputs
    share, inputs = (value.value, (value,)) if isinstance(value, Observation) else (value, ())
    expect(share, Share, "a share of GDP", "write Share.percent('2.5'), or look one up in a table")
    return share, inputs


def money_of(value: MoneyLike) -> tuple[Money, tuple[Observation[Any], ...]]:
    if isinstance(value, AggregateShare):
        return value.gdp, value.inputs
    money, inputs = (value.value, (value,)) if isinstance(value, Observation) else (value, ())
    expect(money, Money, "an amount", "write Money.billions(5000, 'USD'), or look one up in a table")
    return money, inputs


def positive(share: Share, what: str) -> Decimal:
    expect(share, Share, what, "write Share.percent('3.5'); of a target, give its share")
    if not share.as_fraction:
        raise UnreachableError(
            f"{what} is {share}", "growth from or to nothing is no finite rate: give a share above 0 %"
        )
    return share.as_fraction


def factor_of(rate: Rate, what: str = "growth") -> Decimal:
    expect(rate, Rate, f"a rate of {what}", "write Rate.percent('1.5')")
    if rate.factor <= 0:
        raise InvalidNumberError(what, str(rate), "more than −100 % a year")
    return rate.factor


def factors_of(rates: GrowthLike, years: int, what: str = "growth") -> list[Decimal]:
    """Return a factor for each year, from one rate for all years or from one rate for each year."""
    if isinstance(rates, Rate):
        return [factor_of(rates, what)] * years
    hint = "write Rate.percent('1.5') for every year, or a list with one for each"
    given: object = rates  # a text is a sequence too, of letters
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise UnexpectedValueError(f"rates of {what}", repr(rates), hint)
    if len(rates) != years:
        hint = f"one rate for every year, or {years}: one for each year after the first"
        raise UnexpectedValueError(f"rates of {what}", f"a list of {len(rates)}", hint)
    return [factor_of(rate, what) for rate in rates]


def growth_by_country(
    countries: Sequence[Country], growth: Rate | Mapping[Country, Rate] | Mapping[str, Rate], others: Rate | None
) -> dict[Country, Rate]:
    """Return each country's rate: its own, the common rate, or the rate of the others."""
    if isinstance(growth, Rate):
        if others is not None:
            raise UnexpectedValueError("growth_of_others", str(others), "it goes with a mapping: one rate is for all")
        growth = dict.fromkeys(countries, growth)
    expect(growth, Mapping, "growth of GDP", "write Rate.percent('1.5'), or a mapping: {'DEU': Rate.percent(1)}")
    rates = by_country("growth of GDP", growth)
    for country, rate in rates.items():
        factor_of(rate, f"growth of GDP of {country}")
    if others is not None:
        factor_of(others, "growth of GDP of the others")
    if strangers := [str(country) for country in rates if country not in countries]:
        hint = f"{listed(strangers)}: not among those asked for; leave them out"
        raise UnexpectedValueError("growth of GDP by ally", f"a mapping of {len(rates)}", hint)
    if others is not None:
        rates = dict.fromkeys(countries, others) | rates
    if missing := [str(country) for country in countries if country not in rates]:
        hint = f"it lacks {listed(missing)}: name them, or say growth_of_others=Rate.percent('1.5')"
        raise UnexpectedValueError("growth of GDP by ally", f"a mapping of {len(rates)}", hint)
    return {country: rates[country] for country in countries}


def words_of(growth: GrowthLike) -> str:
    """Return growth as text for an explanation: one rate, or all rates."""
    return str(growth) if isinstance(growth, Rate) else ", ".join(map(str, growth))


def check_year(inputs: tuple[Observation[Any], ...], first_year: int) -> None:
    """Raise if a figure is not from the first year of a path."""
    for item in inputs:
        if item.year != first_year:
            raise InvalidYearError(f"first year {first_year}", f"{item.year}, the year of the {item.measure} given")
