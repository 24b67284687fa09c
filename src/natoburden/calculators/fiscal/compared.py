"""Results for an ally's debt with and without a path: for one year, and for all years."""

from __future__ import annotations

from decimal import Decimal

import attrs

from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.fiscal.assumptions import Financing
from natoburden.calculators.fiscal.baselines import DebtOutlook, YearOrigin, of_gdp
from natoburden.calculators.pathways import SharePath
from natoburden.calculators.results import Projection, ResultTable
from natoburden.model._numbers import CONTEXT
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate, Share

__all__ = ["FiscalSpace", "FiscalYear"]

_STAYS = "the share of the start is at or above the target, which is a floor: the path adds nothing"
_PAST = (
    "the path starts in the past: of years that are over, the outlook holds what was spent in fact, and the path's "
    "addition comes on top of it"
)
_ASSETS = (
    "the effective rate is below zero, since assets earn more than the debt costs; new debt costs what markets ask: "
    "give interest=Rate.percent(...)"
)


@attrs.frozen(kw_only=True)
class FiscalYear(Projection):
    """An ally's debt in one year, with and without the path, in points of the outlook's GDP.

    `extra` is the path's addition to the initial share, without the part that the outlook already includes. `borrowed`,
    `taxes` and `cuts` are the three parts of `extra`: debt, tax increases and cuts elsewhere. `debt`, `primary_balance`
    and `stabilising` are relative to GDP without the path. `debt_with`, `primary_balance_with` and `stabilising_with`
    are relative to GDP that includes the path's effect on GDP. `added` is `debt_with` minus `debt`. `stabilising` does
    not include `stock_flow`.
    """

    formula = (
        "debt with = (debt + δ) / (1 + m × extra); δ(t) = δ(t − 1) × (1 + interest on it) / (1 + growth) + borrowed"
    )

    country: Country
    year: int
    origin: YearOrigin
    share: Share
    gdp: Money
    growth: Rate
    interest: Rate
    extra: PercentagePoints
    borrowed: PercentagePoints
    taxes: PercentagePoints
    cuts: PercentagePoints
    stock_flow: PercentagePoints
    primary_balance: PercentagePoints
    primary_balance_with: PercentagePoints
    debt: PercentagePoints
    debt_with: PercentagePoints
    stabilising: PercentagePoints
    stabilising_with: PercentagePoints
    gdp_added: Rate

    @property
    def differential(self) -> PercentagePoints:
        """The effective interest rate minus the growth rate, without the path, in percentage points."""
        return PercentagePoints(self.interest.as_percent) - PercentagePoints(self.growth.as_percent)

    @property
    def added(self) -> PercentagePoints:
        """The debt that the path adds, in points of GDP."""
        return self.debt_with - self.debt

    @property
    def extra_amount(self) -> Money:
        """The extra expenditure in money, at current prices: `extra` multiplied by the outlook's GDP."""
        return self.gdp * self.extra.value.scaleb(-2, context=CONTEXT)

    @property
    def headline(self) -> str:
        return f"Debt of {self.country} with and without the path, {self.year}, {self.origin}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share", self.share),
            Finding("extra", self.extra.value, of_gdp),
            Finding("extra in money", self.extra_amount),
            Finding("borrowed", self.borrowed.value, of_gdp),
            Finding("taxes", self.taxes.value, of_gdp),
            Finding("cuts elsewhere", self.cuts.value, of_gdp),
            Finding("debt without", self.debt.value, of_gdp),
            Finding("debt with", self.debt_with.value, of_gdp),
            Finding("added", self.added),
            Finding("interest less growth", self.differential),
            Finding("stock-flow", self.stock_flow.value, of_gdp),
            Finding("primary balance without", self.primary_balance.value, of_gdp),
            Finding("primary balance with", self.primary_balance_with.value, of_gdp),
            Finding("stabilising balance without", self.stabilising.value, of_gdp),
            Finding("stabilising balance with", self.stabilising_with.value, of_gdp),
        )

    @property
    def columns(self) -> dict[str, object]:
        return {"differential": self.differential, "added": self.added, "extra_amount": self.extra_amount}


@attrs.frozen(kw_only=True)
class FiscalSpace(Projection):
    """An ally's debt with and without a path of core expenditure, year by year, and all assumptions."""

    note = (
        "what the outlook already holds of the path is not published: its part is assumed, and named. Years marked as "
        "forecasts are the IMF's, those after them are assumed"
    )

    country: Country
    path: SharePath
    baseline: DebtOutlook
    financing: Financing
    multiplier: Decimal
    already_in_baseline: Share
    interest_on_new: Rate | tuple[Rate, ...] | None
    years: ResultTable[FiscalYear] = attrs.field(repr=False)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The figures behind the result: the share of the first year, and the figures of the outlook."""
        printed = (item for row in self.baseline if row.origin is not YearOrigin.ASSUMED for item in row.inputs)
        return (*self.inputs, *dict.fromkeys(printed))

    @property
    def last(self) -> FiscalYear:
        """The result for the last year of the path."""
        return self.years[-1]

    @property
    def by_year(self) -> dict[int, PercentagePoints]:
        """Debt with the path in each year, in percent of GDP."""
        return {row.year: row.debt_with for row in self.years}

    @property
    def extra_amount(self) -> Money:
        """The sum of the expenditure that the path adds in all years, at current prices of each year."""
        return Money.total(row.extra_amount for row in self.years)

    @property
    def yearly(self) -> dict[int, dict[str, object]]:
        names = [field.name for field in attrs.fields(FiscalYear) if field.name not in ("inputs", "country", "year")]
        return {
            row.year: {"country": row.country, **{name: getattr(row, name) for name in names}, **row.columns}
            for row in self.years
        }

    @property
    def remarks(self) -> tuple[str, ...]:
        """Warnings to read before you quote the ally's figures, one line each."""
        is_negative = any(row.interest.as_fraction < 0 for row in self.years)
        told = (
            (_STAYS, self.path.start == self.path.target),
            (_PAST, self.starts_in_the_past),
            (_ASSETS, is_negative and self.interest_on_new is None),
        )
        return tuple(line for line, holds in told if holds)

    @property
    def starts_in_the_past(self) -> bool:
        """Whether the path adds expenditure in past years, for which the outlook already includes actual spending."""
        return any(row.origin is YearOrigin.OUTCOME and row.extra.value for row in self.years)

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        """The evidence behind the result, and the remarks on this ally."""
        return (*super().working, *(("remark", line) for line in self.remarks))

    @property
    def headline(self) -> str:
        road = self.path
        return (
            f"Debt of {self.country} with and without {road.start} to {road.target} of GDP, "
            f"{road.first_year} to {road.last_year}"
        )

    @property
    def formula(self) -> str:
        rate = "the outlook's effective rate"
        if self.interest_on_new is not None:
            given = self.interest_on_new
            rate = str(given) if isinstance(given, Rate) else ", ".join(map(str, given))
        return (
            f"debt without: {self.baseline.formula}. Debt with = (debt without + δ) / (1 + m × extra); "
            "δ(t) = δ(t − 1) × (1 + interest on it) / (1 + growth) + borrowed; extra = (share − start) × (1 − part "
            f"already inside); {self.path.shape} path; financed {self.financing}; m = {self.multiplier}; part already "
            f"inside {self.already_in_baseline}; interest on new debt: {rate}"
        )

    @property
    def findings(self) -> Findings:
        first, last = self.years[0], self.last
        rows = (Finding(f"debt {row.year}, without and with", (row.debt, row.debt_with), _both) for row in self.years)
        return (
            *rows,
            Finding("added by the path", last.added),
            Finding("extra in the last year", last.extra.value, of_gdp),
            Finding("extra in money, last year", last.extra_amount),
            Finding("interest less growth, first year", first.differential),
            Finding("interest less growth, last year", last.differential),
            Finding("primary balance, last year, without and with", _balances(last), _both),
            Finding("stabilising balance, last year, without and with", _stabilising(last), _both),
        )

    @property
    def columns(self) -> dict[str, object]:
        first, last = self.years[0], self.last
        return {
            "first_year": first.year,
            "last_year": last.year,
            "start": self.path.start,
            "target": self.path.target,
            "debt_first": first.debt,
            "debt_last": last.debt,
            "debt_last_with": last.debt_with,
            "added": last.added,
            "extra_last": last.extra,
            "differential_last": last.differential,
            "primary_balance_last": last.primary_balance,
            "stabilising_last": last.stabilising,
            "stabilising_last_with": last.stabilising_with,
        }


def _both(values: tuple[PercentagePoints, PercentagePoints]) -> str:
    return f"{values[0]:.2f} and {values[1]:.2f} % of GDP"


def _balances(row: FiscalYear) -> tuple[PercentagePoints, PercentagePoints]:
    return row.primary_balance, row.primary_balance_with


def _stabilising(row: FiscalYear) -> tuple[PercentagePoints, PercentagePoints]:
    return row.stabilising, row.stabilising_with
