"""The European Central Bank's euro foreign exchange reference rates: the whole history, and the daily file."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Final

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.model._numbers import checked_decimal
from natoburden.model.exchange import RateHistory
from natoburden.model.money import Currency
from natoburden.model.sources import Source
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._text import read_text, rows_in

__all__ = ["FORMAT", "UNREAD", "read_reference_rates", "recognises"]


def __dir__() -> list[str]:
    return list(__all__)


EXPECTED: Final = "the European Central Bank's reference rates: eurofxref-hist.csv or eurofxref.csv"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAILY = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})")


def recognises(glimpse: Glimpse) -> bool:
    """Tell a file of rates by its header: the date, then codes of currencies."""
    cells = glimpse.cells() - {""}
    codes = cells - {"date"}
    return bool(codes) and codes < cells and all(len(code) == 3 and code.isalpha() for code in codes)


def read_reference_rates(path: Path | str) -> RateHistory:
    r"""Read quotations by day, from the history (``eurofxref-hist.csv``) or the daily file, whole or not at all.

    Each is in units of the currency per euro. ``N/A`` is no quotation. Old and new lira and leu are currencies of their
    own. Currencies that the euro replaced go on at their fixed rates, which the file does not hold. A file that some
    program has saved with semicolons is read too, as long as its decimals have points.

    Raises `ReaderError` with the line, for a currency, day or figure that cannot be meant, or a day that stands twice.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "eurofxref-hist.csv"
    >>> _ = file.write_text("Date,USD,JPY,BGN,PLN,\n2026-01-02,1.1718,184.1,N/A,4.21,\n", encoding="utf-8")
    >>> rates = read_reference_rates(file).on(dt.date(2026, 1, 4), most_days_before=3)
    >>> print(rates.date, rates.per_base(Currency("USD")), rates.per_base(Currency("BGN")))
    2026-01-02 1.1718 1.95583
    """
    file = Path(path)
    text = read_text(file, EXPECTED)
    rows = rows_in(text, file.name, EXPECTED)
    header = [cell.strip() for cell in next(rows)[1]]
    if not header or header[0].casefold() != "date" or not any(header[1:]):
        raise ReaderError(file.name, "line 1", f"the first line begins {','.join(header)[:40]!r}", EXPECTED)
    columns = {at: _currency(file.name, code) for at, code in enumerate(header) if at and code}
    if len(set(columns.values())) < len(columns):
        raise ReaderError(file.name, "line 1", "a currency stands twice", EXPECTED)
    by_day: dict[dt.date, dict[Currency, Decimal]] = {}
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        where = f"line {line}"
        if len(row) != len(header):
            raise ReaderError(
                file.name, where, f"{len(row)} cells", f"{len(header)}, as in the header; is it cut short?"
            )
        day = _day(file.name, where, row[0].strip())
        if day in by_day:
            raise ReaderError(file.name, where, f"{day} stands twice", "each day once")
        by_day[day] = {
            currency: _figure(file.name, where, currency, cell)
            for at, currency in columns.items()
            if (cell := row[at].strip()) not in ("N/A", "")
        }
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
    """Read a day as the history writes it, 2026-04-13, or as the daily file does, 13 April 2026."""
    try:
        if found := _DAILY.fullmatch(text):
            return dt.date(int(found[3]), _MONTHS.index(found[2].lower()) + 1, int(found[1]))
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise ReaderError(file, where, f"{text[:40]!r} is no day", "2026-04-13 or 13 April 2026")


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
    """Tell CSV of the data portal: a column of the key of a series, or a series named in the header."""
    cells = glimpse.cells()
    return {"currency", "currency_denom", "obs_value"} <= cells or any("(exr." in cell for cell in cells)


def _is_xml(glimpse: Glimpse) -> bool:
    if glimpse.kind != "XML":
        return False
    is_daily = glimpse.root == "Envelope" and "eurofxref" in glimpse.text
    is_sdmx = glimpse.root in ("GenericData", "CompactData", "StructureSpecificData", "UtilityData")
    return is_daily or (is_sdmx and ("ECB" in glimpse.text or "EXR" in glimpse.text))


FORMAT: Final = FileFormat(
    name="euro reference rates",
    publisher="ECB",
    reader="readers.ecb.read_reference_rates",
    read=read_reference_rates,
    recognises=recognises,
)
UNREAD: Final = (
    UnreadForm(
        name="series of exchange rates from the data portal", publisher="ECB", instead=_HISTORY, recognises=_is_series
    ),
    UnreadForm(name="exchange rates as XML", publisher="ECB", instead=_HISTORY, recognises=_is_xml),
)
