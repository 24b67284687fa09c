"""An ally's debt without a spending path: the IMF's outlook, and stated assumptions for later years."""

from __future__ import annotations

import enum
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators._members import ally_of
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.fiscal.assumptions import LaterYears
from natoburden.calculators.pathways import debt_path, stabilising_balance
from natoburden.calculators.pathways._inputs import factor_of
from natoburden.calculators.results import Projection, Summary
from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, checked_year, divide, multiply
from natoburden.model.countries import Country, CountryLike
from natoburden.model.macro_measures import MacroMeasure, MacroUnit
from natoburden.model.macro_tables import MacroFigure, MacroTable
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate

__all__ = ["DebtOutlook", "OutlookYear", "YearOrigin", "debt_outlook", "of_gdp"]

of_gdp: Callable[[Decimal | float], str] = places(2, " % of GDP")


class YearOrigin(enum.Enum):
    """Where a year's figures come from: the outlook's outcomes or forecasts, or the caller's assumptions."""

    OUTCOME = "outcome of the outlook"
    FORECAST = "forecast of the outlook"
    ASSUMED = "assumed"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class OutlookYear(Projection):
    """One year of an ally's debt without the path, in points of GDP; a positive balance is a surplus.

    `interest` is the effective rate: net interest divided by the debt of the year before. `differential` is `interest`
    minus `growth`. `stock_flow` is the residual: the change of debt that interest, growth and the primary balance do
    not explain. `stabilising` is the primary balance that would have kept the previous year's debt ratio, without a
    stock-flow residual. To include stock-flow, add `stock_flow` to `stabilising`.
    """

    formula = (
        "net interest = primary balance − balance; effective rate = net interest × (1 + growth) / debt(t − 1); "
        "stock-flow = debt(t) − debt(t − 1) × (1 + interest) / (1 + growth) + primary balance"
    )

    country: Country
    year: int
    origin: YearOrigin
    gdp: Money
    growth: Rate
    interest: Rate
    primary_balance: PercentagePoints
    stock_flow: PercentagePoints
    debt: PercentagePoints
    debt_before: PercentagePoints

    @property
    def differential(self) -> PercentagePoints:
        """The effective rate minus growth, in points; a positive differential raises the ratio of debt to GDP."""
        return PercentagePoints(self.interest.as_percent) - PercentagePoints(self.growth.as_percent)

    @property
    def balance(self) -> PercentagePoints:
        """Net lending, which is the balance including interest; a deficit is negative."""
        paid = divide(multiply(self.debt_before.value, self.interest.as_fraction), self.growth.factor)
        return self.primary_balance - PercentagePoints(paid)

    @property
    def stabilising(self) -> PercentagePoints:
        """The primary balance that would keep the previous year's debt ratio, without a stock-flow residual."""
        return stabilising_balance(self.debt_before, interest=self.interest, growth=self.growth).balance

    @property
    def headline(self) -> str:
        return f"Debt of {self.country} in {self.year}, {self.origin}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("debt", self.debt.value, of_gdp),
            Finding("growth", self.growth),
            Finding("effective rate", self.interest),
            Finding("interest less growth", self.differential),
            Finding("primary balance", self.primary_balance.value, of_gdp),
            Finding("stock-flow", self.stock_flow.value, of_gdp),
            Finding("stabilising primary balance", self.stabilising.value, of_gdp),
        )

    @property
    def columns(self) -> dict[str, object]:
        return {"differential": self.differential, "balance": self.balance, "stabilising": self.stabilising}


@attrs.frozen(kw_only=True)
class DebtOutlook(Summary[OutlookYear]):
    """An ally's debt without a spending path, by year: the outlook's printed figures, then figures from assumptions."""

    country: Country
    edition: str
    last_forecast: int
    later: LaterYears

    @property
    def by_year(self) -> dict[int, PercentagePoints]:
        """Debt in percent of GDP in each year."""
        return {row.year: row.debt for row in self.rows}

    @property
    def headline(self) -> str:
        years = f"{self.rows[0].year} to {self.rows[-1].year}"
        return f"Debt of {self.country} without the path, {years} (IMF's outlook {self.edition})"

    @property
    def formula(self) -> str:
        printed = f"to {self.last_forecast} as the outlook prints it"
        return f"{printed}{self.assumed}"

    @property
    def assumed(self) -> str:
        """The assumptions after the outlook's last year, in words; an empty text if the outlook covers all years."""
        row = self.rows[-1]
        if row.origin is not YearOrigin.ASSUMED:
            return ""
        told = (
            ("growth", self.later.growth, row.growth),
            ("interest", self.later.interest, row.interest),
            ("primary balance", self.later.primary_balance, row.primary_balance),
            ("stock-flow", self.later.stock_flow, row.stock_flow),
        )
        values = [f"{name} {_level(value)} ({'held' if own is None else 'assumed'})" for name, own, value in told]
        recursion = "debt(t) = debt(t − 1) × (1 + interest) / (1 + growth) − primary balance + stock-flow"
        return f"; after {self.last_forecast} {recursion}, with {', '.join(values)}"

    @property
    def findings(self) -> Findings:
        return tuple(Finding(str(row.year), row.debt.value, of_gdp) for row in self.rows)


def _level(value: Rate | PercentagePoints) -> str:
    """Return a rate as text with its sign, or a level in points as text in percent of GDP."""
    return str(value) if isinstance(value, Rate) else of_gdp(value.value)


def debt_outlook(
    outlook: MacroTable,
    ally: CountryLike,
    *,
    first_year: int | None = None,
    last_year: int = 2035,
    later: LaterYears | None = None,
) -> DebtOutlook:
    """Compute an ally's debt without a spending path, in percent of GDP, from the IMF's figures and later assumptions.

    By default, `first_year` is the year of the outlook's last outcome. Up to the outlook's last year, debt is as the
    outlook prints it. The effective rate follows from the printed balances. The stock-flow residual is the change of
    debt that interest, growth and the primary balance do not explain. In later years, growth, effective rate, primary
    balance and stock-flow residual stay at the last year's values, unless `later` gives other values. The result's
    formula lists the values that are assumed for later years. The IMF's primary balance excludes net interest;
    therefore, the effective rate is net interest divided by gross debt. The effective rate is negative if an ally's
    assets earn more than its debt costs.

    Raises `NoObservationError` for a figure that the outlook lacks. Raises `InvalidYearError` for a last year that is
    not after the first, and for a first year after the outlook's last year.

    >>> from natoburden.datasets import macro
    >>> found = debt_outlook(macro(), "Italy", first_year=2026)
    >>> for year in (2026, 2031, 2035):
    ...     print(year, f"{found.by_year[year].value:.2f}", found[str(year)].origin)
    2026 138.38 forecast of the outlook
    2031 136.10 forecast of the outlook
    2035 134.52 assumed
    """
    expect(outlook, MacroTable, "an outlook", "give one: natoburden.datasets.macro()")
    country = ally_of(ally, "fiscal.spaces")
    first = outlook.last_outcome if first_year is None else checked_year(first_year)
    last, printed = checked_year(last_year), outlook.years[-1]
    if last <= first:
        raise InvalidYearError(f"last year {last}", f"a year after {first}")
    if first > printed:
        raise InvalidYearError(f"first year {first}", f"at most {printed}, the outlook's last")
    assumed = LaterYears() if later is None else later
    expect(assumed, LaterYears, "assumptions for later years", "write LaterYears(growth=Rate.percent(3))")
    rows = [_printed(outlook, country, year) for year in range(first, min(last, printed) + 1)]
    rows += _assumed(rows[-1], assumed, last)
    return DebtOutlook(rows=tuple(rows), country=country, edition=outlook.edition, last_forecast=printed, later=assumed)


def _printed(outlook: MacroTable, country: Country, year: int) -> OutlookYear:
    def figure(measure: MacroMeasure, at: int = year) -> MacroFigure[Any]:
        unit = MacroUnit.NATIONAL_CURRENCY if measure is MacroMeasure.GDP else None
        return outlook.figure(country, at, measure, unit)

    gdp, before = figure(MacroMeasure.GDP), figure(MacroMeasure.GDP, year - 1)
    debt, owed = figure(MacroMeasure.GOVERNMENT_GROSS_DEBT), figure(MacroMeasure.GOVERNMENT_GROSS_DEBT, year - 1)
    primary = figure(MacroMeasure.GOVERNMENT_PRIMARY_NET_LENDING)
    lending = figure(MacroMeasure.GOVERNMENT_NET_LENDING)
    growth = Rate.between(before.value.amount, gdp.value.amount)
    if not owed.value.as_fraction:
        hint = "no effective rate follows from no debt: begin with a later year"
        raise UnexpectedValueError(f"debt of {country} in {year - 1}", "0 %", hint)
    paid = CONTEXT.subtract(primary.value.as_percent, lending.value.as_percent)
    rate = divide(multiply(paid, growth.factor), owed.value.as_percent)
    # Debt(t − 1) × (1 + interest) / (1 + growth) − primary balance, with nothing rounded but one division.
    without = CONTEXT.subtract(divide(owed.value.as_percent, growth.factor), lending.value.as_percent)
    return OutlookYear(
        country=country,
        year=year,
        origin=YearOrigin.FORECAST if debt.is_forecast else YearOrigin.OUTCOME,
        gdp=gdp.value,
        growth=growth,
        interest=Rate.fraction(rate),
        primary_balance=PercentagePoints(primary.value.as_percent),
        stock_flow=PercentagePoints(CONTEXT.subtract(debt.value.as_percent, without)),
        debt=PercentagePoints(debt.value.as_percent),
        debt_before=PercentagePoints(owed.value.as_percent),
        inputs=(gdp, before, debt, owed, primary, lending),
    )


def _assumed(start: OutlookYear, later: LaterYears, last: int) -> list[OutlookYear]:
    """Return a row for each year after the outlook's last year, from assumptions."""
    if last <= start.year:
        return []
    growth = start.growth if later.growth is None else later.growth
    interest = start.interest if later.interest is None else later.interest
    primary = start.primary_balance if later.primary_balance is None else later.primary_balance
    stock_flow = start.stock_flow if later.stock_flow is None else later.stock_flow
    years = range(start.year + 1, last + 1)
    road = debt_path(
        start.debt, [stock_flow - primary] * len(years), first_year=start.year, interest=interest, growth=growth
    )
    size: Decimal = factor_of(growth)
    gdp, rows = start.gdp, []
    for year in years:
        gdp *= size
        rows.append(
            OutlookYear(
                country=start.country,
                year=year,
                origin=YearOrigin.ASSUMED,
                gdp=gdp,
                growth=growth,
                interest=interest,
                primary_balance=primary,
                stock_flow=stock_flow,
                debt=road.by_year[year],
                debt_before=road.by_year[year - 1],
                inputs=start.inputs,
            )
        )
    return rows
