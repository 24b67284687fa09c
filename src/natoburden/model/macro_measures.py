"""The measures and units of an economic outlook, and international dollars, which are not US dollars."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar

import attrs

from natoburden.model._parity_dollars import ParityDollars, to_amount
from natoburden.model._terms import Term
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share

__all__ = ["InternationalDollars", "MacroMeasure", "MacroUnit"]


class MacroMeasure(Term):
    """A measure of an economic outlook; each value is the key of the measure in files.

    ``GDP`` has four units, and every other measure has one unit. Debt, balances and growth are rates, because they may
    be negative or exceed 100 %.
    """

    GDP = "gdp"
    GDP_GROWTH = "gdp_growth"
    GDP_DEFLATOR = "gdp_deflator"
    PPP_CONVERSION_RATE = "ppp_conversion_rate"
    POPULATION = "population"
    INFLATION_AVERAGE = "inflation_average"
    GOVERNMENT_REVENUE = "government_revenue"
    GOVERNMENT_EXPENDITURE = "government_expenditure"
    GOVERNMENT_NET_LENDING = "government_net_lending"
    GOVERNMENT_PRIMARY_NET_LENDING = "government_primary_net_lending"
    GOVERNMENT_STRUCTURAL_BALANCE = "government_structural_balance"
    GOVERNMENT_GROSS_DEBT = "government_gross_debt"
    GOVERNMENT_NET_DEBT = "government_net_debt"

    @property
    def label(self) -> str:
        """The measure in words."""
        return _LABELS[self]


_LABELS = {
    MacroMeasure.GDP: "gross domestic product",
    MacroMeasure.GDP_GROWTH: "growth of GDP at constant prices",
    MacroMeasure.GDP_DEFLATOR: "GDP deflator",
    MacroMeasure.PPP_CONVERSION_RATE: "implied conversion rate of purchasing power parity",
    MacroMeasure.POPULATION: "population",
    MacroMeasure.INFLATION_AVERAGE: "inflation, average consumer prices",
    MacroMeasure.GOVERNMENT_REVENUE: "general government revenue",
    MacroMeasure.GOVERNMENT_EXPENDITURE: "general government expenditure",
    MacroMeasure.GOVERNMENT_NET_LENDING: "general government net lending",
    MacroMeasure.GOVERNMENT_PRIMARY_NET_LENDING: "general government primary net lending",
    MacroMeasure.GOVERNMENT_STRUCTURAL_BALANCE: "general government structural balance",
    MacroMeasure.GOVERNMENT_GROSS_DEBT: "general government gross debt",
    MacroMeasure.GOVERNMENT_NET_DEBT: "general government net debt",
}


class MacroUnit(Term):
    """The unit of a figure, which distinguishes the four kinds of GDP and gives the denominator of a percentage.

    ``NATIONAL_CURRENCY`` and ``US_DOLLARS`` are at current prices. ``CONSTANT_PRICES`` is in national currency too.
    """

    NATIONAL_CURRENCY = "national currency"
    CONSTANT_PRICES = "national currency at constant prices"
    US_DOLLARS = "US dollars"
    INTERNATIONAL_DOLLARS = "international dollars"
    PER_INTERNATIONAL_DOLLAR = "national currency per international dollar"
    INDEX = "index"
    PERSONS = "persons"
    PERCENT = "percent"
    PERCENT_OF_GDP = "percent of GDP"
    PERCENT_OF_POTENTIAL_GDP = "percent of potential GDP"


@attrs.frozen(repr=False)
class InternationalDollars(ParityDollars):
    """An amount in international dollars; an international dollar buys what a US dollar buys in the United States.

    International dollars compare volumes at purchasing power parity. Nobody pays in international dollars, and no
    exchange rate converts them. Amounts of international dollars can only be added to each other;
    ``InternationalDollars + Money`` raises `TypeError`.

    >>> InternationalDollars("6201500000000") * 2
    InternationalDollars('12.403 tn')
    >>> InternationalDollars(5) + Money(5, "USD")
    Traceback (most recent call last):
        ...
    TypeError: unsupported operand type(s) for +: 'InternationalDollars' and 'Money'
    """

    sign: ClassVar[str] = "Int$"
    parity: ClassVar[str] = "PPP"
    column: ClassVar[str] = "million_international_dollars"

    amount: Decimal = attrs.field(converter=to_amount)


_TYPES: Mapping[MacroUnit, type] = {
    MacroUnit.NATIONAL_CURRENCY: Money,
    MacroUnit.CONSTANT_PRICES: Money,
    MacroUnit.US_DOLLARS: Money,
    MacroUnit.INTERNATIONAL_DOLLARS: InternationalDollars,
}
_SHARES = (MacroMeasure.GOVERNMENT_REVENUE, MacroMeasure.GOVERNMENT_EXPENDITURE)
_PERCENTS = (MacroUnit.PERCENT, MacroUnit.PERCENT_OF_GDP, MacroUnit.PERCENT_OF_POTENTIAL_GDP)


def value_type(measure: MacroMeasure, unit: MacroUnit) -> type:
    """Return the type of a series' figures.

    >>> value_type(MacroMeasure.GOVERNMENT_GROSS_DEBT, MacroUnit.PERCENT_OF_GDP).__name__
    'Rate'
    """
    if unit in _PERCENTS:
        return Share if measure in _SHARES else Rate
    return _TYPES.get(unit, Decimal)
