"""Loans of the Union's instrument SAFE: which extra expenditure they cover, and how much interest they save."""

from __future__ import annotations

import itertools
from decimal import Decimal

import attrs

from natoburden.calculators.findings import Finding, Findings, or_none, percent
from natoburden.calculators.fiscal.compared import FiscalSpace, FiscalYear
from natoburden.calculators.pathways._inputs import factor_of
from natoburden.calculators.results import Projection, Summary
from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, checked_year
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.exchange import ExchangeRates
from natoburden.model.money import Money
from natoburden.model.published import SafeLoan
from natoburden.model.shares import Rate

__all__ = ["LoanCover", "LoanYear", "safe_cover"]


@attrs.frozen(kw_only=True)
class LoanYear(Projection):
    """The amount of a loan that is drawn in one year, and the extra expenditure of the year.

    `part_covered` is None if the path adds no expenditure in the year. `owed` is the total amount lent by the end of
    the year. `interest_saved` is the ally's effective rate minus the loan's rate, multiplied by the amount owed at the
    end of the year before. `interest_saved` is None if the loan's rate is not given.
    """

    formula = "part covered = lent in the year / extra; interest saved = owed(t − 1) × (effective rate − the loan's)"

    country: Country
    year: int
    extra: Money
    lent: Money
    owed: Money
    part_covered: Rate | None
    interest_saved: Money | None

    @property
    def headline(self) -> str:
        return f"SAFE loan beside the extra expenditure of {self.country}, {self.year}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("extra", self.extra),
            Finding("lent", self.lent),
            Finding("part covered", self.part_covered, or_none(percent, "unknown")),
            Finding("owed", self.owed),
            Finding("interest saved", self.interest_saved, or_none(str, "unknown")),
        )


@attrs.frozen(kw_only=True)
class LoanCover(Summary[LoanYear]):
    """A SAFE loan and the expenditure that a path adds, with a row for each year."""

    note = (
        "a SAFE loan is debt too: the debt with the path does not change, only its interest, and the year when "
        "principal is due. How much is drawn, when, and at which rate is not known: all three are assumed"
    )

    country: Country
    loan: SafeLoan
    amount: Money
    is_maximum: bool
    rate: Rate | None
    rates: ExchangeRates | None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        rows = dict.fromkeys(item for row in self.rows for item in row.evidence)
        return (self.loan, *((self.rates,) if self.rates else ()), *rows)

    @property
    def extra(self) -> Money:
        """The expenditure that the path adds in the years over which the loan is spread."""
        return Money.total(row.extra for row in self.rows)

    @property
    def part_covered(self) -> Rate | None:
        """The loan divided by the extra expenditure in the years of the loan; None if the path adds nothing."""
        return _part(self.amount, self.extra)

    @property
    def interest_saved(self) -> Money | None:
        """The interest that the loan saves in all its years; None if the loan's rate is not given."""
        saved = [row.interest_saved for row in self.rows if row.interest_saved is not None]
        return Money.total(saved) if saved else None

    @property
    def headline(self) -> str:
        first, last = self.rows[0].year, self.rows[-1].year
        return f"SAFE loan beside the extra expenditure of {self.country}, {first} to {last}"

    @property
    def formula(self) -> str:
        which = "the Council's maximum" if self.is_maximum else "the tentative amount"
        rate = "" if self.rate is None else f"; the loan costs {self.rate} a year"
        at = "" if self.rates is None else f", at {self.rates}"
        return f"part covered = loan / Σ extra; {which}{at}, drawn in equal parts, one a year{rate}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("loan", self.amount),
            Finding("extra", self.extra),
            Finding("part covered", self.part_covered, or_none(percent, "unknown")),
            Finding("interest saved", self.interest_saved, or_none(str, "unknown")),
        )


def safe_cover(
    found: FiscalSpace,
    loan: SafeLoan,
    *,
    first_year: int | None = None,
    last_year: int | None = None,
    rate: Rate | None = None,
    rates: ExchangeRates | None = None,
) -> LoanCover:
    """Compute how much of a path's extra expenditure a SAFE loan covers, and how much interest the loan saves.

    The size of the loan is the Council's maximum, or the tentative amount if the maximum is unknown. The loan is
    assumed to be drawn in equal parts from `first_year` to `last_year`. By default, the loan is drawn in all years of
    the path after its first year. No repayment is assumed while the loan is drawn, because repayment of principal is
    reported to begin in the tenth year. `rate` is the loan's nominal interest rate, which is compared with the ally's
    effective rate. If you do not give `rate`, no interest is computed. For an ally without the euro, give exchange
    rates as `rates`.

    Raises `UnexpectedValueError` for a loan of another country, for a loan of unknown size, and for missing rates.
    Raises `InvalidYearError` for years outside the path.

    >>> from natoburden.datasets import defence_expenditure, macro, safe_loans
    >>> from natoburden.calculators.fiscal import space
    >>> italy = space(defence_expenditure("2026-07"), macro(), "Italy", 2026)
    >>> cover = safe_cover(italy, safe_loans()["ITA"], last_year=2030)
    >>> print(cover.amount, "of", cover.extra, "is", f"{cover.part_covered.as_percent:.2f} %")
    EUR 14.90 bn (current prices) of EUR 39.33 bn (current prices) is 37.89 %
    """
    expect(found, FiscalSpace, "a fiscal space", "compute one: natoburden.fiscal.space(...)")
    expect(loan, SafeLoan, "a loan", "give one: natoburden.datasets.safe_loans()['ITA']")
    if loan.country != found.country:
        raise UnexpectedValueError(f"a loan to {found.country}", str(loan.country), "both are of one country")
    road = found.path
    first = road.first_year + 1 if first_year is None else checked_year(first_year)
    last = road.last_year if last_year is None else checked_year(last_year)
    if not road.first_year < first <= last <= road.last_year:
        raise InvalidYearError(f"years {first} to {last}", f"years from {road.first_year + 1} to {road.last_year}")
    printed = loan.tentative if loan.maximum is None else loan.maximum
    if printed is None:
        raise UnexpectedValueError(
            "a loan", str(loan), "its size is unknown: give a loan with a maximum or a tentative amount"
        )
    years = [row for row in found.years if first <= row.year <= last]
    currency = years[0].gdp.currency
    amount = printed
    if printed.currency != currency:
        hint = f"it is in {printed.currency}, and GDP in {currency}: give rates=natoburden.datasets.exchange_rates()"
        amount = _checked(rates, hint).convert(printed, currency)
    lent = amount / len(years)
    owed = itertools.accumulate([lent] * len(years))
    nothing = amount.with_amount(0)
    before = itertools.chain([nothing], itertools.accumulate([lent] * len(years)))
    cost = None if rate is None else factor_of(rate, "the loan's interest")
    return LoanCover(
        rows=tuple(_row(row, lent, now, then, cost) for row, now, then in zip(years, owed, before, strict=False)),
        country=found.country,
        loan=loan,
        amount=amount,
        is_maximum=loan.maximum is not None,
        rate=rate,
        rates=rates if printed.currency != currency else None,
    )


def _row(row: FiscalYear, lent: Money, owed: Money, before: Money, cost: Decimal | None) -> LoanYear:
    saved = None if cost is None else before * CONTEXT.subtract(row.interest.factor, cost)
    return LoanYear(
        country=row.country,
        year=row.year,
        extra=row.extra_amount,
        lent=lent,
        owed=owed,
        part_covered=_part(lent, row.extra_amount),
        interest_saved=saved,
        inputs=row.inputs,
    )


def _checked(rates: ExchangeRates | None, hint: str) -> ExchangeRates:
    if not isinstance(rates, ExchangeRates):
        raise UnexpectedValueError("rates", repr(rates), hint)
    return rates


def _part(amount: Money, of: Money) -> Rate | None:
    if of.amount <= 0:
        return None
    return Rate.fraction(CONTEXT.divide(amount.amount, of.amount))
