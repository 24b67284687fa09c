"""Columns of amounts, converted to one currency and to one year's prices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import attrs
import narwhals as nw

from natoburden.errors import FrameError, UnexpectedValueError
from natoburden.frames._arguments import column, whole
from natoburden.frames._columns import Columns
from natoburden.frames._engine import ROW, joined, opened, small_table
from natoburden.frames._lines import AMOUNT, CURRENCY, YEAR
from natoburden.frames._look import Look, refuse
from natoburden.model._checks import expect
from natoburden.model._numbers import divide
from natoburden.model.deflators import Deflator
from natoburden.model.exchange import ExchangeRates
from natoburden.model.money import Currency

__all__ = ["convert", "deflate"]

F = TypeVar("F")

_GIVE_RATES = "give natoburden.datasets.exchange_rates(), or your own, or a mapping of years to rates"

_CODE, _WHEN, _RATE, _LINE_CODE, _LINE_YEAR = (
    f"natoburden_{name}" for name in ("currency", "year", "rate", "code", "when")
)


def convert(
    lines: F,
    rates: ExchangeRates | Mapping[int, ExchangeRates],
    *,
    to: Currency | str,
    amount: str = AMOUNT,
    currency: str = CURRENCY,
    year: str = YEAR,
    named: str | None = None,
) -> F:
    """Convert amounts into one currency, at the same exchange rates for all lines or at the rates of each line's year.

    `rates` are exchange rates, or a mapping from years to exchange rates. The converted amount replaces `amount`, and
    `to` replaces the line's currency. If you give a name as `named`, the result becomes a new column with this name. An
    amount becomes null if the line's currency is null, or has no rate for the line's year. A null amount keeps its
    currency and is left out of sums; `coverage` gives the number of amounts that are counted. Currency codes that are
    not in ISO 4217 are refused. Amounts are at current prices. Only amounts and currencies change; the order of lines
    and a pandas index are kept. Raises `FrameError` for faulty lines, and `UnknownNameError` if `rates` have no rate
    for `to`.

    >>> import datetime as dt
    >>> import polars as pl
    >>> from natoburden.model.exchange import Quotation
    >>> from natoburden.model.sources import Source
    >>> rates = ExchangeRates(base=Currency("EUR"), date=dt.date(2024, 12, 31),
    ...     quotations=(Quotation(Currency("USD"), "1.25"),), source=Source(title="Rates", publisher="an example"))
    >>> lines = pl.DataFrame({"amount": [100.0, 50.0], "currency": ["EUR", "USD"]})
    >>> convert(lines, rates, to="USD")["amount"].to_list()
    [125.0, 50.0]
    """
    if isinstance(rates, ExchangeRates):
        by_year, given = {}, [rates]
    else:
        if not hasattr(rates, "keys"):
            raise UnexpectedValueError("exchange rates", repr(rates), _GIVE_RATES)
        by_year = {whole(when, "a year of rates"): of for when, of in dict(rates).items()}
        given = list(by_year.values())
    if not given:
        raise FrameError(("there are no rates",), (), "give exchange rates, or a mapping of years to them")
    for item in given:
        expect(item, ExchangeRates, "exchange rates", _GIVE_RATES)
    target = to if isinstance(to, Currency) else Currency(to)
    table: dict[str, list[Any]] = {_CODE: [], _WHEN: [], _RATE: []}
    for when, item in by_year.items() if by_year else [(0, given[0])]:
        for quoted in item.currencies:
            table[_CODE].append(str(quoted))
            table[_WHEN].append(when)
            table[_RATE].append(float(divide(item.per_base(target), item.per_base(quoted))))
    if not by_year:
        del table[_WHEN]
    reading = _Reading(amount=amount, currency=currency, year=year, named=named)
    return _multiplied(lines, table, reading, divided=False, to=str(target))


def deflate(
    lines: F,
    prices: Deflator | Iterable[Deflator],
    *,
    base: int,
    amount: str = AMOUNT,
    currency: str = CURRENCY,
    year: str = YEAR,
    named: str | None = None,
) -> F:
    """Convert amounts at current prices of each line's year to constant prices of a base year.

    The result is amount × index of the base year / index of the line's year, with the price index of the amount's
    currency. Deflate first, and convert at the base year's rate afterwards. The result replaces `amount`. If you give a
    name as `named`, the result becomes a new column with this name. An amount without an index for its currency and
    year becomes null. Currency codes that are not in ISO 4217 are refused. Only amounts change; the order of lines and
    a pandas index are kept. Raises `FrameError` for faulty lines, and `InvalidYearError` for a base year that an index
    lacks.

    >>> import polars as pl
    >>> from natoburden.model.sources import Source
    >>> source = Source(title="An invented index", publisher="an example")
    >>> prices = Deflator.of("GDP deflator", "PLN", {2021: 100, 2025: 140}, source=source)
    >>> lines = pl.DataFrame({"amount": [70.0], "currency": ["PLN"], "year": [2025]})
    >>> deflate(lines, prices, base=2021)["amount"].to_list()
    [50.0]
    """
    given = (prices,) if isinstance(prices, Deflator) else tuple(prices)
    if not given:
        raise FrameError(("there is no price index",), (), "build one with Deflator.of for each currency")
    base = whole(base, "base")
    table: dict[str, list[Any]] = {_CODE: [], _WHEN: [], _RATE: []}
    for item in given:
        expect(item, Deflator, "a price index", "build one with Deflator.of")
        if str(item.currency) in table[_CODE]:
            raise UnexpectedValueError("price indices", f"two of {item.currency}", "give one for each currency")
        for when, level in item.levels:
            table[_CODE].append(str(item.currency))
            table[_WHEN].append(when)
            table[_RATE].append(float(divide(level, item.level(base))))
    reading = _Reading(amount=amount, currency=currency, year=year, named=named)
    return _multiplied(lines, table, reading, divided=True)


@attrs.frozen(kw_only=True)
class _Reading:
    """The names of the columns that are read, and of the column that is written."""

    amount: str
    currency: str
    year: str
    named: str | None

    def __attrs_post_init__(self) -> None:
        for argument in ("amount", "currency", "year"):
            column(getattr(self, argument), argument)
        if self.named is not None:
            column(self.named, "named")


def _multiplied(
    lines: F, table: Mapping[str, list[Any]], reading: _Reading, *, divided: bool, to: str | None = None
) -> F:
    """Return lines with each amount multiplied or divided by the rate for its currency and year.

    With `to`, the column of currencies gets this new currency.
    """
    columns = _columns(lines, table, reading)
    look = Look(columns)
    look.finite(reading.amount)
    look.currencies(reading.currency)
    refuse(columns, look.faults(look.answers()))
    if columns.frame.lazy.implementation.is_dask():  # Dask's joins lose order and index
        native: Any = lines
        found: F = native.map_partitions(_joined, table, reading, divided, to)
        return found
    return _joined(lines, table, reading, divided, to)


def _columns(lines: F, table: Mapping[str, list[Any]], reading: _Reading) -> Columns[F]:
    is_read = _WHEN in table or reading.year != YEAR
    return Columns(
        opened(lines), texts=[reading.currency], numbers=[reading.amount], years=[reading.year] if is_read else []
    )


def _joined(lines: F, table: Mapping[str, list[Any]], reading: _Reading, divided: bool, to: str | None) -> F:
    """Join lines, or one of Dask's partitions of them, with the rates."""
    columns, dated = _columns(lines, table, reading), _WHEN in table
    frame = columns.frame
    keyed = frame.numbered.with_columns(
        columns.text(reading.currency).alias(_LINE_CODE),
        *([columns.year(reading.year).alias(_LINE_YEAR)] if dated else []),
    )
    if frame.is_eager:  # the other columns stay in the frame, since PyArrow cannot join lists
        keyed = keyed.select(ROW, reading.amount, _LINE_CODE, *([_LINE_YEAR] if dated else []))
    on = {_LINE_CODE: _CODE} | ({_LINE_YEAR: _WHEN} if dated else {})
    rated = joined(keyed, small_table(frame, table), on)
    figure, rate = columns.real(reading.amount), nw.col(_RATE)
    written = reading.amount if reading.named is None else reading.named
    result = rated.with_columns((figure / rate if divided else figure * rate).alias(written))
    if to is None or written != reading.amount:
        return frame.close_rows(result, written)
    moved = nw.when(~nw.col(written).is_null()).then(nw.lit(to)).otherwise(nw.col(_LINE_CODE))
    return frame.close_rows(result.with_columns(moved.alias(reading.currency)), written, reading.currency)
