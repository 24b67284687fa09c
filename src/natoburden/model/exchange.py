"""Exchange rates of a day, of a year or of several years, with their source; every conversion states its rates."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Self, TypeAlias

import attrs

from natoburden.errors import InvalidYearError, MixedPriceBasesError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import above_zero, checked_day, exactly, twice
from natoburden.model._euro import fixed_rates
from natoburden.model._frames import Cell, Tabular
from natoburden.model._numbers import Number, add_up, checked_decimal, checked_year, divide, multiply
from natoburden.model._terms import Term
from natoburden.model.evidence import Documented
from natoburden.model.money import CURRENT_PRICES, Currency, Money
from natoburden.model.sources import Source

__all__ = ["ExchangeRates", "Quotation", "RateHistory", "RateMethod", "Rates", "YearlyRates"]

_LONGEST_REST = 6  # the most days that a market is closed around the turn of a year


def _to_figure(value: Number) -> Decimal:
    return checked_decimal(value, "an exchange rate")


class RateMethod(Term):
    """Whether a rate is of one day or an average of a year.

    Averages suit flows such as expenditure, and daily rates suit stocks.
    """

    DAY = "day"
    YEAR_END = "year end"
    ANNUAL_AVERAGE = "annual average"


@attrs.frozen
class Quotation:
    """How many units of a currency one unit of the base currency buys, with a note if the figure needs one."""

    currency: Currency
    per_base: Decimal = attrs.field(converter=_to_figure, validator=above_zero("an exchange rate"))
    note: str = ""


@attrs.frozen(kw_only=True)
class ExchangeRates(Documented, Tabular):
    """Market rates of one day or averages of one year, quoted against one base currency, with their source.

    `date` is the day of the rates; for averages, it is the last day of the year. If the year is incomplete, `until` is
    the last day that the averages include. A figure that is converted at averages of an incomplete year is incomplete
    too. Raises `UnexpectedValueError` for an `until` outside the year.

    >>> rates = ExchangeRates(
    ...     base=Currency("EUR"),
    ...     date=dt.date(2024, 12, 31),
    ...     quotations=(Quotation(Currency("USD"), "1.0389"),),
    ...     source=Source(title="Euro foreign exchange reference rates", publisher="European Central Bank"),
    ... )
    >>> rates.convert(Money.millions(100, "EUR"), "USD")
    Money('103.89 m', 'USD', CURRENT_PRICES)
    """

    base: Currency
    date: dt.date = attrs.field(validator=exactly(dt.date, "a date"))
    quotations: tuple[Quotation, ...] = attrs.field(repr=lambda quoted: f"<{len(quoted)} quotations>")
    source: Source
    method: RateMethod = attrs.field(default=RateMethod.DAY, validator=exactly(RateMethod, "a method"))
    until: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a date", optional=True))

    def __attrs_post_init__(self) -> None:
        averages = self.method is RateMethod.ANNUAL_AVERAGE
        if self.until is not None and (not averages or self.until.year != self.year):
            hint = "only averages have one: give a day of their year"
            raise UnexpectedValueError("the last day of averages", str(self.until), hint)

    @property
    def is_incomplete(self) -> bool:
        """Whether the rates are averages of an incomplete year."""
        return self.until is not None

    @property
    def currencies(self) -> tuple[Currency, ...]:
        """The currencies that these rates can convert."""
        return (self.base, *(item.currency for item in self.quotations))

    @property
    def when(self) -> str:
        """The day of daily rates; for averages, the method and the year, and a note if the year is incomplete."""
        if self.method is RateMethod.DAY:
            return str(self.date)
        return f"{self.method} {self.date.year}{f', incomplete: to {self.until}' if self.until else ''}"

    @property
    def year(self) -> int:
        """The year of the rates."""
        return self.date.year

    def for_year(self, year: int) -> ExchangeRates:
        """Return these same rates, whatever the year."""
        _ = checked_year(year)
        return self

    def quotation(self, currency: Currency) -> Quotation | None:
        """Return the quotation of a currency; None for the base, and for a currency that is not quoted."""
        return next((item for item in self.quotations if item.currency == currency), None)

    def per_base(self, currency: Currency) -> Decimal:
        """Return the units of a currency per unit of the base; raises `UnknownNameError` for an unquoted currency."""
        if currency == self.base:
            return Decimal(1)
        if (found := self.quotation(currency)) is not None:
            return found.per_base
        raise UnknownNameError(f"rate on {self.when}", str(currency), tuple(sorted(map(str, self.currencies))))

    def convert(self, money: Money, to: Currency | str) -> Money:
        """Convert an amount at current prices at these rates; no date is checked, so you must choose suitable rates.

        Raises `UnknownNameError` for a currency that is not quoted, and `MixedPriceBasesError` for an amount that is
        not at current prices.
        """
        currency = to if isinstance(to, Currency) else Currency(to)
        if not money.basis.is_current:
            raise MixedPriceBasesError(str(money.basis), str(CURRENT_PRICES))
        if money.currency == currency:
            return money
        ratio = divide(self.per_base(currency), self.per_base(money.currency))
        return Money(multiply(money.amount, ratio), currency)

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per quotation: base, currency, units per unit of the base, year, time, note and source."""
        quoted = self.quotations
        return {
            "base": [self.base.code] * len(quoted),
            "currency": [item.currency.code for item in quoted],
            "per_base": [float(item.per_base) for item in quoted],
            "year": [self.year] * len(quoted),
            "when": [self.when] * len(quoted),
            "note": [item.note or None for item in quoted],
            "source": [str(self.source)] * len(quoted),
        }

    @property
    def caption(self) -> tuple[str, ...]:
        """The publisher and the day of the rates."""
        return (str(self),)

    def __str__(self) -> str:
        return f"{self.source.publisher or self.source.title}, {self.when}"


@attrs.frozen(kw_only=True)
class YearlyRates(Tabular):
    """Rates of several years against one base currency, with one table a year; each figure uses the rates of its year.

    Raises `UnexpectedValueError` without a table, for two tables of one year, and for several base currencies.

    >>> source = Source(title="Euro foreign exchange reference rates", publisher="European Central Bank")
    >>> averages = {2024: {Currency("USD"): Decimal("1.08")}, 2025: {Currency("USD"): Decimal("1.13")}}
    >>> rates = YearlyRates.of_averages(Currency("EUR"), averages, source=source)
    >>> [rates.for_year(year).convert(Money.millions(100, "EUR"), "USD") for year in (2024, 2025)]
    [Money('108 m', 'USD', CURRENT_PRICES), Money('113 m', 'USD', CURRENT_PRICES)]
    """

    tables: tuple[ExchangeRates, ...] = attrs.field(repr=lambda tables: f"<{len(tables)} years>")

    def __attrs_post_init__(self) -> None:
        if not self.tables:
            raise UnexpectedValueError("rates by year", "no year", "give a table for one year at least")
        if again := twice(table.year for table in self.tables):
            raise UnexpectedValueError("rates by year", str(again[0]), "two tables are of this year: give one a year")
        bases = sorted({str(table.base) for table in self.tables})
        if len(bases) > 1:
            raise UnexpectedValueError("rates by year", " and ".join(bases), "quote all against one base currency")

    @classmethod
    def of_averages(
        cls,
        base: Currency,
        averages: Mapping[int, Mapping[Currency, Decimal]],
        *,
        source: Source,
        notes: Mapping[tuple[int, Currency], str] | None = None,
        until: dt.date | None = None,
    ) -> Self:
        """Return rates from yearly averages, quoted per unit of the base currency; `notes` explain special figures.

        If the last year is incomplete, `until` is the last day that the averages include. A currency that the euro
        replaced keeps its fixed rate to the euro, as in a `RateHistory`.
        """
        said = notes or {}
        tables = (
            _rates(
                base,
                dt.date(checked_year(year), 12, 31),
                RateMethod.ANNUAL_AVERAGE,
                figures,
                {currency: said[year, currency] for currency in figures if (year, currency) in said},
                source,
            )
            for year, figures in sorted(averages.items())
        )
        ends = until.year if until else None
        return cls(tables=tuple(attrs.evolve(table, until=until) if table.year == ends else table for table in tables))

    @property
    def base(self) -> Currency:
        """The currency against which all rates are quoted."""
        return self.tables[0].base

    @property
    def years(self) -> tuple[int, ...]:
        """The years with rates, in the order of the tables."""
        return tuple(table.year for table in self.tables)

    def for_year(self, year: int) -> ExchangeRates:
        """Return the rates of a year; raises `InvalidYearError` for a year without rates."""
        wanted = checked_year(year)
        for table in self.tables:
            if table.year == wanted:
                return table
        raise InvalidYearError(str(wanted), f"a year with rates: {_spans(self.years)}")

    def keys(self) -> tuple[int, ...]:
        """Return the years with rates, which `dict` uses as keys."""
        return self.years

    def __getitem__(self, year: int) -> ExchangeRates:
        return self.for_year(year)

    def __iter__(self) -> Iterator[int]:
        return iter(self.years)

    def __len__(self) -> int:
        return len(self.tables)

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per year and quotation."""
        tables = [table.to_columns() for table in self.tables]
        return {name: [cell for table in tables for cell in table[name]] for name in tables[0]}

    @property
    def caption(self) -> tuple[str, ...]:
        """The publisher and the years of the rates."""
        return (str(self),)

    def __str__(self) -> str:
        first = self.tables[0]
        return f"{first.source.publisher or first.source.title}, {first.method}s, {_spans(self.years)}"


@attrs.frozen(kw_only=True)
class RateHistory:
    """Quotations of many days against one base currency; you choose the method that makes rates from quotations.

    A currency that the euro replaced keeps its fixed rate, with a note, although the currency is no longer quoted.
    """

    base: Currency
    by_day: Mapping[dt.date, Mapping[Currency, Decimal]] = attrs.field(
        repr=lambda days: f"<{len(days)} days>", hash=False
    )
    source: Source

    def __attrs_post_init__(self) -> None:
        if not self.by_day:
            raise UnexpectedValueError("a history of rates", "no days", "give quotations of at least one day")

    @functools.cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The days with quotations, in order."""
        return tuple(sorted(self.by_day))

    def on(self, day: dt.date, *, most_days_before: int = 0) -> ExchangeRates:
        """Return the rates of a day; `most_days_before` allows an earlier day if the day itself has no quotations.

        Markets are closed at weekends and on holidays. Raises `UnexpectedValueError` with the nearest earlier day if no
        allowed day has quotations.
        """
        wanted = checked_day(day)
        at = bisect.bisect_right(self.days, wanted)
        found = self.days[at - 1] if at else None
        if found is None or (wanted - found).days > most_days_before:
            hint = f"the nearest before it is {found}" if found else f"the first is {self.days[0]}"
            allow = f": give most_days_before={(wanted - found).days}" if found else ""
            raise UnexpectedValueError("a day with quotations", str(wanted), f"{hint}{allow}")
        return _rates(self.base, found, RateMethod.DAY, self.by_day[found], {}, self.source)

    def year_end(self, year: int) -> ExchangeRates:
        """Return the rates of a year's last working day; raises `InvalidYearError` unless the whole year is covered."""
        last = self._days_of(year)[-1]
        return _rates(self.base, last, RateMethod.YEAR_END, self.by_day[last], {}, self.source)

    def annual_average(self, year: int, *, partial_ok: bool = False) -> ExchangeRates:
        """Return the arithmetic mean of a year's daily quotations, as central banks publish it.

        A currency is left out if it has no quotation on some of the year's days. With `partial_ok`, the rate of an
        incompletely quoted currency is the mean of its quotations, and a note gives the number of days. The mean in
        units per euro is not the inverse of the mean in euros per unit. Raises `InvalidYearError` unless the history
        covers the whole year.
        """
        days = self._days_of(year)
        quoted: dict[Currency, list[Decimal]] = {}
        for day in days:
            for currency, figure in self.by_day[day].items():
                quoted.setdefault(currency, []).append(figure)
        means = {
            currency: divide(add_up(figures), Decimal(len(figures)))
            for currency, figures in quoted.items()
            if partial_ok or len(figures) == len(days)
        }
        notes = {
            currency: f"mean of {len(figures)} of {len(days)} days"
            for currency, figures in quoted.items()
            if len(figures) < len(days)
        }
        return _rates(self.base, dt.date(year, 12, 31), RateMethod.ANNUAL_AVERAGE, means, notes, self.source)

    def for_year(self, year: int) -> ExchangeRates:
        """Return the averages of a year, as `annual_average` does."""
        return self.annual_average(year)

    def _days_of(self, year: int) -> tuple[dt.date, ...]:
        first, last = dt.date(checked_year(year), 1, 1), dt.date(year, 12, 31)
        days = self.days[bisect.bisect_left(self.days, first) : bisect.bisect_right(self.days, last)]
        if not days or (days[0] - first).days > _LONGEST_REST or (last - days[-1]).days > _LONGEST_REST:
            raise InvalidYearError(str(year), f"a whole year between {self.days[0]} and {self.days[-1]}")
        return days


Rates: TypeAlias = ExchangeRates | YearlyRates | RateHistory | Mapping[int, ExchangeRates]


def checked_rates(rates: object) -> ExchangeRates | YearlyRates | RateHistory:
    """Return exchange rates unchanged, or the rates in a mapping by year as `YearlyRates`.

    Raises `UnexpectedValueError` for a value without rates, and for a mapping in which a year has the rates of another
    year.
    """
    if isinstance(rates, ExchangeRates | YearlyRates | RateHistory):
        return rates
    if not isinstance(rates, Mapping):
        hint = "give natoburden.datasets.exchange_rates(), yearly_exchange_rates(), or your own"
        raise UnexpectedValueError("exchange rates", repr(rates), hint)
    for year, table in rates.items():
        if not isinstance(table, ExchangeRates) or table.year != checked_year(year):
            hint = f"in a mapping by year these are rates of {year}; give rates for all years alone, without a mapping"
            raise UnexpectedValueError("exchange rates", str(table), hint)
    return YearlyRates(tables=tuple(rates.values()))


def _rates(
    base: Currency,
    date: dt.date,
    method: RateMethod,
    figures: Mapping[Currency, Decimal],
    notes: Mapping[Currency, str],
    source: Source,
) -> ExchangeRates:
    """Return rates from figures, and add the fixed rates of currencies that the euro had replaced by `date`."""
    first = dt.date(date.year, 1, 1) if method is RateMethod.ANNUAL_AVERAGE else date
    fixed = fixed_rates() if base.code == "EUR" else {}
    quotations = [
        Quotation(currency, figure, notes.get(currency, ""))
        for currency, figure in figures.items()
        if currency not in fixed or fixed[currency][1] > date
    ]
    quotations += [
        Quotation(currency, figure, f"fixed since {since}")
        for currency, (figure, since) in fixed.items()
        if since <= first
    ]
    return ExchangeRates(
        base=base,
        date=date,
        quotations=tuple(sorted(quotations, key=lambda item: item.currency)),
        source=source,
        method=method,
    )


def _spans(years: tuple[int, ...]) -> str:
    """Return years as text, with their gaps: 2008-2012, 2014."""
    spans: list[list[int]] = []
    for year in sorted(years):
        if spans and year == spans[-1][-1] + 1:
            spans[-1][1:] = [year]
        else:
            spans.append([year])
    return ", ".join("-".join(map(str, span)) for span in spans)
