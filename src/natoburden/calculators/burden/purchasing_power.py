"""Burdens at purchasing power parity, beside the same at market rates: what money buys at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from natoburden.calculators._members import spenders
from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import ResultTable
from natoburden.errors import MixedCurrenciesError
from natoburden.model._checks import expect
from natoburden.model._numbers import add_up, divide
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.macro_measures import InternationalDollars, MacroMeasure, MacroUnit
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import CURRENT_PRICES, Money
from natoburden.model.shares import PercentagePoints, Share

if TYPE_CHECKING:
    from natoburden.model.macro_tables import MacroTable

__all__ = ["PurchasingPower", "at_purchasing_power"]


@attrs.frozen(kw_only=True)
class PurchasingPower(BurdenResult):
    """What one ally spends at market rates, beside the same at purchasing power parity, and its part of the group's."""

    note = (
        "Parity is that of the whole economy, not of defence: it overstates what an army pays for imported arms. "
        "It fits pay and services at home, never purchases abroad."
    )
    formula = (
        "at parity = expenditure in national currency / units of it per international dollar; "
        "part = the ally's amount / Σ over the group's members of that year; both at current prices"
    )

    country: Country
    expenditure: Money
    at_parity: InternationalDollars
    share: Share
    share_at_parity: Share

    @property
    def difference(self) -> PercentagePoints:
        """The part at parity less the part at market rates."""
        return self.share_at_parity - self.share

    @property
    def headline(self) -> str:
        return f"Expenditure of {self.country} at purchasing power parity, {self._where}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("at market rates", self.expenditure),
            Finding("at purchasing power parity", self.at_parity),
            Finding("part at market rates", self.share),
            Finding("part at purchasing power parity", self.share_at_parity),
            Finding("difference", self.difference),
        )


def at_purchasing_power(
    table: ExpenditureTable, year: int, outlook: MacroTable, *, group: GroupLike = "NATO"
) -> ResultTable[PurchasingPower]:
    """Compute what each member of a group spends at purchasing power parity, beside the same at market rates.

    National expenditure, as NATO prints it at current prices, is divided by the outlook's rate of purchasing power
    parity of the year: give `natoburden.datasets.macro()`. Iceland, without armed forces, is not counted. Raises
    `NoObservationError` where a member's figure or rate is missing: there are no partial sums.

    >>> from natoburden.datasets import defence_expenditure, macro
    >>> found = at_purchasing_power(defence_expenditure("2026-07"), 2025, macro())
    >>> print(found["POL"].expenditure, "|", found["POL"].at_parity)
    USD 44.15 bn (current prices) | Int$ 86.84 bn (PPP)
    >>> print(found["USA"].share, found["USA"].share_at_parity)
    59.88 % 51.35 %
    """
    from natoburden.model.macro_tables import MacroTable

    expect(outlook, MacroTable, "an outlook", "give natoburden.datasets.macro()")
    found = Group.find(group)
    own = table.in_currency("own")
    parities: list[InternationalDollars] = []
    amounts: list[Money] = []
    figures: list[tuple[Evidence, ...]] = []
    members = spenders(table, found, year)
    for country in members:
        market, national = table.expenditure(country, year), own.expenditure(country, year)
        rate = outlook.figure(country, year, MacroMeasure.PPP_CONVERSION_RATE)
        _check_currency(outlook, country, year, national.value)
        parities.append(InternationalDollars(divide(national.value.amount, rate.value)))
        amounts.append(market.value)
        figures.append(tuple(dict.fromkeys((market, national, rate))))
    at_market = Money.total(amounts)
    at_parity = InternationalDollars(add_up(item.amount for item in parities))
    return ResultTable(
        rows=tuple(
            PurchasingPower(
                edition=table.edition.key,
                year=year,
                group=found,
                basis=CURRENT_PRICES,
                country=country,
                expenditure=amount,
                at_parity=parity,
                share=amount.share_of(at_market),
                share_at_parity=parity.share_of(at_parity),
                inputs=inputs,
            )
            for country, amount, parity, inputs in zip(members, amounts, parities, figures, strict=True)
        )
    )


def _check_currency(outlook: MacroTable, country: Country, year: int, national: Money) -> None:
    """Raise where the outlook counts in another currency, as before a country took the euro."""
    gdp = outlook.figure(country, year, MacroMeasure.GDP, MacroUnit.NATIONAL_CURRENCY).value
    if gdp.currency != national.currency:
        raise MixedCurrenciesError(str(national.currency), str(gdp.currency))
