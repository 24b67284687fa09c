"""Burdens at purchasing power parity, at military parity and at market rates: what the money buys."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, TypeVar

import attrs

from natoburden.calculators._members import group_of, spenders
from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.findings import Finding, Findings, or_none, percent
from natoburden.calculators.results import Summary
from natoburden.errors import MissingFiguresError, MixedCurrenciesError, NoObservationError
from natoburden.model._amounts import Amount
from natoburden.model._checks import expect
from natoburden.model._euro import in_euro
from natoburden.model._numbers import divide
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable, Observation
from natoburden.model.macro_measures import InternationalDollars, MacroMeasure, MacroUnit
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import CURRENT_PRICES, Currency, Money
from natoburden.model.parities import MilitaryDollars, MilitaryParities
from natoburden.model.shares import PercentagePoints, Rate, Share

if TYPE_CHECKING:
    from natoburden.model.macro_tables import MacroTable

__all__ = ["GroupPurchasingPower", "PurchasingPower", "at_purchasing_power"]


_EURO = Currency("EUR")
_NOT_GIVEN = "no military parities given"


def _of_gdp(burden: Share | None) -> str:
    return "none: no GDP at current prices printed" if burden is None else f"{percent(burden, 4)} of GDP"


@attrs.frozen(kw_only=True)
class PurchasingPower(BurdenResult):
    """What one ally spends at market rates and at purchasing power parity, and its share of the group at both rates.

    `burden` is expenditure divided by GDP, at current prices. The burden is the same at market rates and at parity,
    since expenditure and GDP are converted at the same rate. `burden` is None if the edition prints no GDP at current
    prices. Figures at military parity are None unless you give military parities. `real_burden` is expenditure at
    military parity divided by GDP at parity. A dollar at military parity and a dollar at purchasing power parity are
    different units; in the United States, each equals one dollar.
    """

    note: ClassVar[str] = (
        "Parity is that of the whole economy, not of defence: it overstates what an army pays for imported arms. "
        "It fits pay and services at home, never purchases abroad."
    )
    formula: ClassVar[str] = (
        "at parity = expenditure in national currency / units of it per international dollar; "
        "at military parity = the same / units of it per dollar of defence; "
        "part = the ally's amount / Σ over the group's members of that year; all at current prices"
    )

    country: Country
    expenditure: Money
    gdp_at_parity: InternationalDollars | None
    burden: Share | None
    at_parity: InternationalDollars
    share: Share
    share_at_parity: Share
    at_military_parity: MilitaryDollars | None = None
    share_at_military_parity: Share | None = None
    real_burden: Rate | None = None

    @property
    def difference(self) -> PercentagePoints:
        """The ally's share of the group at parity, minus its share at market rates."""
        return self.share_at_parity - self.share

    @property
    def headline(self) -> str:
        return f"Expenditure of {self.country} at purchasing power parity, {self._where}"

    @property
    def findings(self) -> Findings:
        military = (
            Finding("at military parity", self.at_military_parity),
            Finding("part at military parity", self.share_at_military_parity),
            Finding("burden at military parity", self.real_burden, or_none(percent)),
        )
        return (
            Finding("at market rates", self.expenditure),
            Finding("at purchasing power parity", self.at_parity),
            Finding("burden", self.burden, _of_gdp),
            Finding("part at market rates", self.share),
            Finding("part at purchasing power parity", self.share_at_parity),
            Finding("difference", self.difference),
            *(military if self.at_military_parity else ()),
        )


@attrs.frozen(kw_only=True)
class GroupPurchasingPower(Summary[PurchasingPower]):
    """What a group spends, at market rates and at purchasing power parity, with a row for each member.

    The group's burden at market rates differs from its burden at parity, since market rates and parity give the members
    different weights.
    """

    note: ClassVar[str] = PurchasingPower.note
    formula: ClassVar[str] = (
        "total = Σ over the group's members of that year; burden = Σ expenditure / Σ GDP, both at market rates or both "
        "at parity; at military parity = Σ expenditure at military parity / Σ GDP at parity; all at current prices"
    )

    edition: str
    year: int
    group: Group
    total: Money
    total_at_parity: InternationalDollars
    burden: Share | None
    burden_at_parity: Share | None
    total_at_military_parity: MilitaryDollars | None
    real_burden: Rate | None

    @property
    def headline(self) -> str:
        return f"Expenditure of {self.group} at purchasing power parity, {self.year}, edition {self.edition}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("at market rates", self.total),
            Finding("at purchasing power parity", self.total_at_parity),
            Finding("at military parity", self.total_at_military_parity, or_none(str, _NOT_GIVEN)),
            Finding("burden at market rates", self.burden, _of_gdp),
            Finding("burden at purchasing power parity", self.burden_at_parity, _of_gdp),
            Finding("burden at military parity", self.real_burden, or_none(percent, _NOT_GIVEN)),
        )


def at_purchasing_power(
    table: ExpenditureTable,
    year: int,
    outlook: MacroTable,
    *,
    group: GroupLike = "NATO",
    military: MilitaryParities | None = None,
) -> GroupPurchasingPower:
    """Compute what each member of a group spends, at purchasing power parity and at market rates.

    National expenditure, as NATO prints it at current prices, is divided by the outlook's purchasing power parity of
    the year. Give `natoburden.datasets.macro()` as the outlook. To add figures at military parity, give your own
    parities as `military`; the library ships no military parities. All figures are at current prices, since the parity
    of a year refers to the prices of that year. Iceland is not counted, because it has no armed forces. Some amounts
    are in a currency that the euro replaced, such as the lev in editions before 2026. Amounts in a replaced currency
    are converted at the fixed rate of this currency, as in the outlook.

    Raises `NoObservationError` if a member's figure or rate is missing, and `MissingFiguresError` if a member's
    military parity is missing. Partial sums are not computed. Raises `MixedCurrenciesError` if a parity is not in the
    ally's currency.

    >>> from natoburden.datasets import defence_expenditure, macro
    >>> found = at_purchasing_power(defence_expenditure("2026-07"), 2025, macro())
    >>> print(found["POL"].expenditure, "|", found["POL"].at_parity)
    USD 44.15 bn (current prices) | Int$ 86.84 bn (PPP)
    >>> print(found["USA"].share, found["USA"].share_at_parity)
    59.88 % 51.35 %
    >>> print(found.total, "|", found.total_at_parity, "|", found.burden, found.burden_at_parity)
    USD 1.63 tn (current prices) | Int$ 1.90 tn (PPP) | 2.76 % 2.70 %
    """
    from natoburden.model.macro_tables import MacroTable

    expect(outlook, MacroTable, "an outlook", "give natoburden.datasets.macro()")
    found, own = group_of(group), table.in_currency("own")
    members = spenders(table, found, year)
    of_defence = _military_rates(military, members, year)
    spent: list[_Spent] = []
    for country in members:
        market, national = table.expenditure(country, year), own.expenditure(country, year)
        rate = outlook.figure(country, year, MacroMeasure.PPP_CONVERSION_RATE)
        counted_in = outlook.figure(country, year, MacroMeasure.GDP, MacroUnit.NATIONAL_CURRENCY).value.currency
        produced = _gdp(table, own, country, year)
        evidence: list[Evidence] = [market, national, *produced, rate]
        military_amount = None
        if military is not None:
            of_one = of_defence[country]
            in_its_currency = _counted_in(national.value, of_one.currency)
            military_amount = MilitaryDollars(divide(in_its_currency.amount, of_one.amount))
            evidence.append(military.evidence(country, year))
        spent.append(
            _Spent(
                country=country,
                market=market.value,
                gdp=produced[0].value if produced else None,
                at_parity=_at_parity(national.value, counted_in, rate.value),
                gdp_at_parity=_at_parity(produced[1].value, counted_in, rate.value) if produced else None,
                military=military_amount,
                inputs=tuple(dict.fromkeys(evidence)),
            )
        )
    return _of_group(table.edition.key, year, found, spent)


@attrs.frozen(kw_only=True)
class _Spent:
    """Expenditure and GDP of one ally, at each kind of rate."""

    country: Country
    market: Money
    gdp: Money | None
    at_parity: InternationalDollars
    gdp_at_parity: InternationalDollars | None
    military: MilitaryDollars | None
    inputs: tuple[Evidence, ...]


def _of_group(edition: str, year: int, group: Group, spent: list[_Spent]) -> GroupPurchasingPower:
    total = Money.total(item.market for item in spent)
    at_parity = InternationalDollars.total(item.at_parity for item in spent)
    gdp, gdp_at_parity = _total(item.gdp for item in spent), _total(item.gdp_at_parity for item in spent)
    whole = _total(item.military for item in spent)
    return GroupPurchasingPower(
        edition=edition,
        year=year,
        group=group,
        total=total,
        total_at_parity=at_parity,
        burden=_part(total, gdp),
        burden_at_parity=_part(at_parity, gdp_at_parity),
        total_at_military_parity=whole,
        real_burden=_real_burden(whole, gdp_at_parity),
        rows=tuple(
            PurchasingPower(
                edition=edition,
                year=year,
                group=group,
                basis=CURRENT_PRICES,
                country=item.country,
                expenditure=item.market,
                gdp_at_parity=item.gdp_at_parity,
                burden=_part(item.market, item.gdp),
                at_parity=item.at_parity,
                share=item.market.share_of(total),
                share_at_parity=item.at_parity.share_of(at_parity),
                at_military_parity=item.military,
                share_at_military_parity=_part(item.military, whole),
                real_burden=_real_burden(item.military, item.gdp_at_parity),
                inputs=item.inputs,
            )
            for item in spent
        ),
    )


A = TypeVar("A", bound=Amount)


def _total(amounts: Iterable[A | None]) -> A | None:
    """Return the sum of amounts, or None if an amount is not known: there are no partial sums."""
    given = list(amounts)
    known = [item for item in given if item is not None]
    return type(known[0]).total(known) if len(known) == len(given) else None


def _part(part: A | None, whole: A | None) -> Share | None:
    return None if part is None or whole is None else part.share_of(whole)


def _real_burden(spent: MilitaryDollars | None, gdp: InternationalDollars | None) -> Rate | None:
    """Return expenditure in military dollars divided by GDP in international dollars."""
    return None if spent is None or gdp is None else Rate.fraction(divide(spent.amount, gdp.amount))


def _gdp(
    table: ExpenditureTable, own: ExpenditureTable, country: Country, year: int
) -> tuple[()] | tuple[Observation[Money], Observation[Money]]:
    """Return GDP at current prices in dollars and in national currency; an empty tuple if this GDP is missing."""
    with contextlib.suppress(NoObservationError):
        return table.gdp(country, year), own.gdp(country, year)
    return ()


def _military_rates(military: MilitaryParities | None, members: tuple[Country, ...], year: int) -> dict[Country, Money]:
    """Return the military parities of all members; raise an error that lists all members without a parity."""
    if military is None:
        return {}
    expect(military, MilitaryParities, "military parities", "give MilitaryParities.of(name, rates, source=...)")
    known = {country: rate for country, when, rate in military.rates if when == year}
    if missing := tuple(str(country) for country in members if country not in known):
        raise MissingFiguresError(f"military parity for {year}", missing)
    return known


def _at_parity(national: Money, counted_in: Currency, rate: Decimal) -> InternationalDollars:
    return InternationalDollars(divide(_counted_in(national, counted_in).amount, rate))


def _counted_in(national: Money, currency: Currency) -> Money:
    """Return an amount in the currency of a parity; a currency that the euro replaced is converted at its fixed rate.

    Outlooks and new tables give an ally's past figures in euros at the fixed rate, even for years before the euro.
    """
    found = in_euro(national) if currency == _EURO else national
    if found.currency != currency:
        raise MixedCurrenciesError(str(national.currency), str(currency))
    return found
