"""Exchange rates: quotations by day from one source, and rates taken from them, applied only where they are named."""

from __future__ import annotations

import bisect
import datetime as dt
import enum
import functools
from collections.abc import Mapping
from decimal import Decimal

import attrs

from natoburden.errors import InvalidYearError, MixedPriceBasesError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import checked_day, exactly
from natoburden.model._numbers import Number, add_up, checked_decimal, checked_year, divide, multiply
from natoburden.model._vocabulary import read_vocabulary
from natoburden.model.money import CURRENT_PRICES, Currency, Money
from natoburden.model.sources import Source

__all__ = ["ExchangeRates", "Quotation", "RateHistory", "RateMethod"]

_LONGEST_REST = 6  # days that a market rests around the turn of a year, at most


def _to_figure(value: Number) -> Decimal:
    return checked_decimal(value, "an exchange rate")


class RateMethod(enum.Enum):
    """Which rate of a year or day it is; averages suit flows such as expenditure, rates of a day suit stocks."""

    DAY = "day"
    YEAR_END = "year end"
    ANNUAL_AVERAGE = "annual average"

    def __str__(self) -> str:
        return self.value


@attrs.frozen
class Quotation:
    """How many units of a currency one unit of the base currency buys, and what is special about the figure."""

    currency: Currency
    per_base: Decimal = attrs.field(converter=_to_figure, validator=attrs.validators.gt(Decimal(0)))
    note: str = ""


@attrs.frozen(kw_only=True)
class ExchangeRates:
    """Market rates of one day or averages of one year, quoted against one base currency, with their source.

    `date` is the day; of averages, the year's last.

    >>> rates = ExchangeRates(
    ...     base=Currency("EUR"),
    ...     date=dt.date(2024, 12, 31),
    ...     quotations=(Quotation(Currency("USD"), "1.0389"),),
    ...     source=Source(title="Euro foreign exchange reference rates", publisher="European Central Bank"),
    ... )
    >>> rates.convert(Money.millions(100, "EUR"), "USD")
    Money('103.89 m', USD, current prices)
    """

    base: Currency
    date: dt.date = attrs.field(validator=exactly(dt.date, "a date"))
    quotations: tuple[Quotation, ...] = attrs.field(repr=lambda quoted: f"<{len(quoted)} quotations>")
    source: Source
    method: RateMethod = attrs.field(default=RateMethod.DAY, validator=exactly(RateMethod, "a method"))

    @property
    def currencies(self) -> tuple[Currency, ...]:
        """The currencies that can be converted from and to."""
        return (self.base, *(item.currency for item in self.quotations))

    @property
    def when(self) -> str:
        """The day, or the year and how its rate is taken."""
        return str(self.date) if self.method is RateMethod.DAY else f"{self.method} {self.date.year}"

    def per_base(self, currency: Currency) -> Decimal:
        """Give the units of a currency per unit of the base; raises `UnknownNameError` for one not quoted."""
        if currency == self.base:
            return Decimal(1)
        for item in self.quotations:
            if item.currency == currency:
                return item.per_base
        raise UnknownNameError(f"rate on {self.when}", str(currency), tuple(sorted(map(str, self.currencies))))

    def convert(self, money: Money, to: Currency | str) -> Money:
        """Convert an amount at current prices at these rates; its own date does not matter, so choose rates with care.

        Raises `UnknownNameError` for a currency that is not quoted, `MixedPriceBasesError` for an amount that is not
        at current prices.
        """
        currency = to if isinstance(to, Currency) else Currency(to)
        if not money.basis.is_current:
            raise MixedPriceBasesError(str(money.basis), str(CURRENT_PRICES))
        if money.currency == currency:
            return money
        ratio = divide(self.per_base(currency), self.per_base(money.currency))
        return Money(multiply(money.amount, ratio), currency)

    def __str__(self) -> str:
        return f"{self.source.publisher or self.source.title}, {self.when}"


@attrs.frozen(kw_only=True)
class RateHistory:
    """Quotations of many days against one base currency, from which rates are taken by a method that is named.

    A currency that the euro replaced has its fixed rate from then on, with a note, though no day quotes it.
    """

    base: Currency
    by_day: Mapping[dt.date, Mapping[Currency, Decimal]] = attrs.field(repr=lambda days: f"<{len(days)} days>")
    source: Source

    def __attrs_post_init__(self) -> None:
        if not self.by_day:
            raise UnexpectedValueError("a history of rates", "no days", "it has at least one")

    @functools.cached_property
    def days(self) -> tuple[dt.date, ...]:
        """The days with quotations, in order."""
        return tuple(sorted(self.by_day))

    def on(self, day: dt.date, *, most_days_before: int = 0) -> ExchangeRates:
        """Give the rates of a day; of the last one before it within so many days, if you allow that.

        Markets rest at weekends and on holidays. Raises `UnexpectedValueError` for a day without quotations, with the
        nearest before it.
        """
        wanted = checked_day(day)
        at = bisect.bisect_right(self.days, wanted)
        found = self.days[at - 1] if at else None
        if found is None or (wanted - found).days > most_days_before:
            hint = f"the nearest before it is {found}" if found else f"the first is {self.days[0]}"
            allow = f": give most_days_before={(wanted - found).days}" if found else ""
            raise UnexpectedValueError("a day with quotations", str(wanted), f"{hint}{allow}")
        return self._rates(found, RateMethod.DAY, self.by_day[found])

    def year_end(self, year: int) -> ExchangeRates:
        """Give the rates of a year's last working day; raises `InvalidYearError` unless the whole year is there."""
        last = self._days_of(year)[-1]
        return self._rates(last, RateMethod.YEAR_END, self.by_day[last])

    def annual_average(self, year: int, *, partial_ok: bool = False) -> ExchangeRates:
        """Give the arithmetic mean of a year's daily quotations, as central banks publish it.

        A currency that is not quoted on all of the year's days is left out, unless `partial_ok` takes the mean of the
        days that there are, with a note of their number. The mean of quotations per euro is not the mean of euros per
        unit. Raises `InvalidYearError` unless the whole year is there.
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
        return self._rates(dt.date(year, 12, 31), RateMethod.ANNUAL_AVERAGE, means, notes)

    def _days_of(self, year: int) -> tuple[dt.date, ...]:
        first, last = dt.date(checked_year(year), 1, 1), dt.date(year, 12, 31)
        days = self.days[bisect.bisect_left(self.days, first) : bisect.bisect_right(self.days, last)]
        if not days or (days[0] - first).days > _LONGEST_REST or (last - days[-1]).days > _LONGEST_REST:
            raise InvalidYearError(str(year), f"a whole year between {self.days[0]} and {self.days[-1]}")
        return days

    def _rates(
        self,
        date: dt.date,
        method: RateMethod,
        figures: Mapping[Currency, Decimal],
        notes: Mapping[Currency, str] | None = None,
    ) -> ExchangeRates:
        first = dt.date(date.year, 1, 1) if method is RateMethod.ANNUAL_AVERAGE else date
        fixed = _fixed_rates() if self.base.code == "EUR" else {}
        quotations = [
            Quotation(currency, figure, (notes or {}).get(currency, ""))
            for currency, figure in figures.items()
            if currency not in fixed or fixed[currency][1] > date
        ]
        quotations += [
            Quotation(currency, figure, f"fixed since {since}")
            for currency, (figure, since) in fixed.items()
            if since <= first
        ]
        return ExchangeRates(
            base=self.base,
            date=date,
            quotations=tuple(sorted(quotations, key=lambda item: item.currency)),
            source=self.source,
            method=method,
        )


@functools.cache
def _fixed_rates() -> Mapping[Currency, tuple[Decimal, dt.date]]:
    """Give the rate of each currency that the euro replaced, and since when it is fixed."""
    return {
        Currency(row["currency"]): (Decimal(row["per_euro"]), dt.date.fromisoformat(row["since"]))
        for row in read_vocabulary("euro_conversion_rates.csv")
    }
