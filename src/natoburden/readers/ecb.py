"""The European Central Bank's euro foreign exchange reference rates: the whole history, and the daily file."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.model._numbers import CONTEXT, checked_decimal
from natoburden.model.exchange import RateHistory
from natoburden.model.money import Currency
from natoburden.model.sources import Source
from natoburden.readers._coverage import Coverage, span
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._instants import month_of
from natoburden.readers._limits import Limits
from natoburden.readers._text import full_rows, read_text, rows_in

__all__ = ["FORMAT", "read_reference_rates"]


def __dir__() -> list[str]:
    return list(__all__)


EXPECTED: Final = "the European Central Bank's reference rates: eurofxref-hist.csv or eurofxref.csv"
_NOT_QUOTED = "N/A"
_MOST_SIGNS = 20  # characters of a rate in the bank's notation: digits and a point
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAILY = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})")


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether the header contains only the date and codes of currencies."""
    cells = glimpse.cells() - {""}
    codes = cells - {"date"}
    return bool(codes) and codes < cells and all(len(code) == 3 and code.isalpha() for code in codes)


def read_reference_rates(path: Path | str, *, limits: Limits | None = None) -> RateHistory:
    r"""Read daily exchange rates from the history (``eurofxref-hist.csv``) or the daily file; a faulty file is refused.

    Each quotation is in units of the currency per euro; ``N/A`` marks a missing quotation. The old lira and the old leu
    are separate currencies. A currency that the euro replaced continues at its fixed rate, which the file does not
    give. A file saved with semicolons instead of commas is read too, if its numbers have decimal points.

    Raises `ReaderError` with the line for an invalid currency, day or figure, and for a day that appears twice.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "eurofxref-hist.csv"
    >>> _ = file.write_text("Date,USD,JPY,BGN,PLN,\n2026-01-02,1.1718,184.1,N/A,4.21,\n", encoding="utf-8")
    >>> rates = read_reference_rates(file).on(dt.date(2026, 1, 4), most_days_before=3)
    >>> print(rates.date, rates.per_base(Currency("USD")), rates.per_base(Currency("BGN")))
    2026-01-02 1.1718 1.95583
    """
    file = Path(path)
    text = read_text(file, EXPECTED, limits)
    rows = rows_in(text, file.name, EXPECTED, limits)
    header = [cell.strip() for cell in next(rows)[1]]
    if not header or header[0].casefold() != "date" or not any(header[1:]):
        raise ReaderError(file.name, "line 1", f"the first line begins {','.join(header)[:40]!r}", EXPECTED)
    codes = ["", *header[1:]]  # neither the column of dates nor the empty column after the last comma
    currencies = [_currency(file.name, code) for code in codes if code]
    if len(set(currencies)) < len(currencies):
        raise ReaderError(file.name, "line 1", "a currency appears twice", EXPECTED)
    by_day: dict[dt.date, dict[Currency, Decimal]] = {}
    for line, row in full_rows(rows, file.name, len(header)):
        day = _day(file.name, f"line {line}", row[0].strip())
        if day in by_day:
            raise ReaderError(file.name, f"line {line}", f"{day} appears twice", "each day once")
        texts = list(itertools.compress(row, codes))
        by_day[day] = _plain_rates(currencies, texts) or _rates(file.name, f"line {line}", currencies, texts)
    if not by_day:
        raise ReaderError(file.name, "", "no day follows the header", EXPECTED)
    return RateHistory(
        base=Currency("EUR"),
        by_day=by_day,
        source=Source(
            title="Euro foreign exchange reference rates",
            publisher="European Central Bank",
            url="https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/",
            licence="free reuse with the source named",
            locator=file.name,
            date=max(by_day),
        ),
    )


def _currency(file: str, code: str) -> Currency:
    try:
        return Currency(code)
    except NatoBurdenError as error:
        raise ReaderError(file, "line 1", str(error), EXPECTED) from error


def _day(file: str, where: str, text: str) -> dt.date:
    """Read a day in the form of the history, 2026-04-13, or in the form of the daily file, 13 April 2026."""
    try:
        if _ISO.fullmatch(text):
            return dt.date.fromisoformat(text)
        if found := _DAILY.fullmatch(text):
            return dt.date(int(found[3]), month_of(found[2]), int(found[1]))
    except ValueError:
        pass
    raise ReaderError(file, where, f"{text[:40]!r} is not a day", "2026-04-13 or 13 April 2026")


def _plain_rates(currencies: Sequence[Currency], texts: Sequence[str]) -> dict[Currency, Decimal]:
    """Return a day's rates if every cell is ``N/A`` or digits with a decimal point; otherwise return nothing."""
    is_quoted = [text != _NOT_QUOTED for text in texts]
    figures = list(itertools.compress(texts, is_quoted))
    digits = "".join(figures).replace(".", "")
    if not (digits.isdigit() and digits.isascii()) or max(map(len, figures)) > _MOST_SIGNS:
        return {}
    try:
        rates = dict(zip(itertools.compress(currencies, is_quoted), map(CONTEXT.create_decimal, figures), strict=True))
    except InvalidOperation:  # an empty cell, or two points
        return {}
    return rates if all(rates.values()) else {}


def _rates(file: str, where: str, currencies: Sequence[Currency], texts: Sequence[str]) -> dict[Currency, Decimal]:
    """Return a day's rates, each checked alone; raises `ReaderError` for the first rate that cannot be read."""
    return {
        currency: _figure(file, where, currency, text)
        for currency, text in zip(currencies, map(str.strip, texts), strict=True)
        if text not in (_NOT_QUOTED, "")
    }


def _figure(file: str, where: str, currency: Currency, text: str) -> Decimal:
    try:
        figure = checked_decimal(text, "rate")
    except NatoBurdenError as error:
        expected = "a number with a decimal point, or N/A"
        raise ReaderError(file, where, f"{currency}: {text[:40]!r} is not usable", expected) from error
    if figure <= 0:
        raise ReaderError(file, where, f"{currency}: {text[:40]!r} is not usable", "more than zero")
    return figure


_HISTORY: Final = "download eurofxref-hist.zip from the page of the reference rates, and read the CSV in it"


def _is_series(glimpse: Glimpse) -> bool:
    """Return whether a CSV file is from the ECB's data portal, by the key or name of a series in its header."""
    cells = glimpse.cells()
    return {"currency", "currency_denom", "obs_value"} <= cells or any("(exr." in cell for cell in cells)


def _is_xml(glimpse: Glimpse) -> bool:
    if glimpse.kind != "XML":
        return False
    is_daily = glimpse.root == "Envelope" and "eurofxref" in glimpse.text
    is_sdmx = glimpse.root in ("GenericData", "CompactData", "StructureSpecificData", "UtilityData")
    return is_daily or (is_sdmx and ("ECB" in glimpse.text or "EXR" in glimpse.text))


def _covers(rates: RateHistory) -> Coverage:
    days = rates.days
    facts = (
        ("days", len(days)),
        ("dates", span(days)),
        ("base", str(rates.base)),
        ("currencies", len({currency for quoted in rates.by_day.values() for currency in quoted})),
    )
    return Coverage(str(days[-1]), facts)


FORMAT: Final = FileFormat(
    name="euro reference rates",
    publisher="ECB",
    read=read_reference_rates,
    recognises=_recognises,
    covers=_covers,
    seed=(
        "eurofxref-hist.csv",
        "Date,USD,JPY,BGN,PLN,\n2026-01-02,1.1718,184.1,N/A,4.21,\n2025-12-31,1.17,184,1.95583,4.2,\n",
    ),
    unread=(
        UnreadForm(
            name="series of exchange rates from the data portal",
            publisher="ECB",
            instead=_HISTORY,
            recognises=_is_series,
        ),
        UnreadForm(name="exchange rates as XML", publisher="ECB", instead=_HISTORY, recognises=_is_xml),
    ),
)
