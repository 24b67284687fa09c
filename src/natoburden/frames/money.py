"""Amounts of one currency and one year's prices, over columns: converted and deflated by joining a small table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import narwhals as nw

from natoburden.errors import UnexpectedValueError
from natoburden.frames._engine import Opened, opened, small_table
from natoburden.frames.shares import AMOUNT, YEAR
from natoburden.model._checks import expect
from natoburden.model._numbers import divide
from natoburden.model.deflators import Deflator
from natoburden.model.exchange import ExchangeRates
from natoburden.model.money import Currency

__all__ = ["convert", "deflate"]

F = TypeVar("F")

_ANY_YEAR = 0


def convert(
    lines: F,
    rates: ExchangeRates | Mapping[int, ExchangeRates],
    *,
    to: Currency | str,
    amount: str = AMOUNT,
    currency: str = "currency",
    year: str = YEAR,
    named: str | None = None,
) -> F:
    """Convert amounts into one currency, at rates of one day or average for all, or at those of each line's year.

    `rates` are exchange rates, or a mapping of years to them. Replaces `amount`, or adds the column `named`. An amount
    whose currency is not quoted in its year, or has none, becomes null, and so counts for nothing: `coverage` tells how
    many. Amounts are at current prices. Raises `FrameError`, `UnknownNameError` for a `to` that is not quoted.

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
    frame = opened(lines)
    by_year = {_ANY_YEAR: rates} if isinstance(rates, ExchangeRates) else dict(rates)
    for item in by_year.values():
        expect(item, ExchangeRates, "exchange rates", "give natoburden.datasets.exchange_rates(), or your own")
    dated = list(by_year) != [_ANY_YEAR]
    frame.need(texts=[currency], numbers=[amount], years=[year] if dated else [])
    target = to if isinstance(to, Currency) else Currency(to)
    table: dict[str, list[Any]] = {"natoburden_currency": [], "natoburden_year": [], "natoburden_rate": []}
    for when, item in by_year.items():
        for quoted in item.currencies:
            table["natoburden_currency"].append(str(quoted))
            table["natoburden_year"].append(when)
            table["natoburden_rate"].append(float(divide(item.per_base(target), item.per_base(quoted))))
    on = {currency: "natoburden_currency"} | ({year: "natoburden_year"} if dated else {})
    return _multiplied(frame, table, on, amount, named, divided=False)


def deflate(
    lines: F,
    prices: Deflator | Iterable[Deflator],
    *,
    base: int,
    amount: str = AMOUNT,
    currency: str = "currency",
    year: str = YEAR,
    named: str | None = None,
) -> F:
    """Turn amounts at current prices of each line's year into constant prices of a base year.

    Amount × index of the base year / index of its year, in the currency of each index: deflate first, and convert at
    the base year's rate afterwards. Replaces `amount`, or adds the column `named`. An amount without an index for its
    currency and year becomes null. Raises `FrameError`, `InvalidYearError` for a base year that an index lacks.

    >>> import polars as pl
    >>> from natoburden.model.sources import Source
    >>> source = Source(title="An invented index", publisher="an example")
    >>> prices = Deflator.of("GDP deflator", "PLN", {2021: 100, 2025: 140}, source=source)
    >>> lines = pl.DataFrame({"amount": [70.0], "currency": ["PLN"], "year": [2025]})
    >>> deflate(lines, prices, base=2021)["amount"].to_list()
    [50.0]
    """
    frame = opened(lines)
    given = (prices,) if isinstance(prices, Deflator) else tuple(prices)
    frame.need(texts=[currency], numbers=[amount], years=[year])
    table: dict[str, list[Any]] = {"natoburden_currency": [], "natoburden_year": [], "natoburden_rate": []}
    for item in given:
        expect(item, Deflator, "a price index", "build one with Deflator.of")
        if str(item.currency) in table["natoburden_currency"]:
            raise UnexpectedValueError("price indices", f"two of {item.currency}", "give one for each currency")
        for when, level in item.levels:
            table["natoburden_currency"].append(str(item.currency))
            table["natoburden_year"].append(when)
            table["natoburden_rate"].append(float(divide(level, item.level(base))))
    on = {currency: "natoburden_currency", year: "natoburden_year"}
    return _multiplied(frame, table, on, amount, named, divided=True)


def _multiplied(
    frame: Opened[F],
    table: Mapping[str, list[Any]],
    on: Mapping[str, str],
    amount: str,
    named: str | None,
    *,
    divided: bool,
) -> F:
    columns = list(frame.columns)
    wanted = {name: values for name, values in table.items() if name in (*on.values(), "natoburden_rate")}
    rates = small_table(frame, wanted)
    [code, *years] = on  # the currency comes first
    keyed = frame.numbered.with_columns(frame.text(code).alias("natoburden_code"))
    joined = keyed.join(rates, left_on=["natoburden_code", *years], right_on=list(on.values()), how="left")
    rate = nw.col("natoburden_rate")
    result = nw.col(amount) / rate if divided else nw.col(amount) * rate
    added = [] if named is None or named in columns else [named]
    return frame.close_numbered(joined.with_columns(result.alias(named or amount)), [*columns, *added])
