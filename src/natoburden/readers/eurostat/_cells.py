"""What every form of a Eurostat table has: periods, figures with flags, and a dataset's code."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from pathlib import Path
from typing import Final

from natoburden.errors import InvalidNumberError, InvalidYearError, ReaderError
from natoburden.model._numbers import checked_decimal
from natoburden.model.periods import Period
from natoburden.model.sources import Source

__all__ = ["EXPECTED", "Where", "dataset_of", "day_of", "source_of"]

EXPECTED: Final = "a Eurostat table: TSV, SDMX-CSV, JSON-stat, or a workbook of the data browser"
_DATASET = re.compile(
    r"(?:^|[\[:_])(nrg_[a-z0-9_]+?)(?:__custom_[0-9]+)?"
    r"(?:_filtered|_tabular|_linear|_databrowser)?(?:_en|_fr|_de)?(?=[\](.:]|_filtered|_databrowser|$)",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"([0-9]{4})-?(?:M([0-9]{2})|([QS][1-4]))")


class Where:
    """A place in a file, at which what stands there is read or refused."""

    def __init__(self, file: str, position: str) -> None:
        self.file, self.position = file, position

    def fail(self, problem: str, expected: str) -> ReaderError:
        """Make the error to raise."""
        return ReaderError(self.file, self.position, problem, expected)

    def period(self, text: str) -> Period:
        """Read a year, half, quarter or month, as Eurostat has written them before 2022 and since."""
        plain = text.strip()
        old = _PERIOD.fullmatch(plain)
        try:
            return Period.parse(f"{old[1]}-{old[2] or old[3]}" if old else plain)
        except InvalidYearError as error:
            raise self.fail(f"the period {plain[:20]!r}", "a year, half, quarter or month: 2024, 2024-Q1") from error

    def figure(self, text: str) -> Decimal | None:
        """Read a figure with a decimal point; a colon or nothing is none."""
        plain = text.strip()
        if plain in ("", ":"):
            return None
        try:
            return checked_decimal(plain, "figure")
        except InvalidNumberError as error:
            hint = "a number with a decimal point and no separators; was the file saved again by a spreadsheet?"
            raise self.fail(f"the figure {plain[:30]!r}", hint) from error

    def flags(self, text: str) -> str:
        """Read flags, which are letters that may stand together."""
        plain = text.strip().removeprefix(":").strip()  # a colon says once more that there is no figure
        if plain and not re.fullmatch(r"[a-z]{1,8}", plain):
            raise self.fail(f"the flags {plain[:20]!r}", "letters, such as p or bep")
        return plain


def dataset_of(text: str) -> str:
    """Find Eurostat's code of a dataset in a file's name or a title; empty where there is none."""
    found = _DATASET.search(text)
    return found[1].upper() if found else ""


def day_of(text: str) -> dt.date | None:
    """Read the day of an update: 23/03/2022 23:00, 06/06/21 23:00:00 or 2026-07-21T11:00:00+0200."""
    if found := re.match(r"([0-9]{2})/([0-9]{2})/([0-9]{4}|[0-9]{2})\b", text.strip()):
        day, month, year = (int(part) for part in found.groups())
        year += 2000 if year < 100 else 0
    elif found := re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip()):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def source_of(path: Path, dataset: str, title: str, updated: dt.date | None) -> Source:
    """Say where a table comes from."""
    code = dataset.lower()
    return Source(
        title=title or (f"Table {code}" if code else "Table"),
        publisher="Eurostat",
        url=f"https://ec.europa.eu/eurostat/databrowser/view/{code}" if code else "",
        date=updated,
        licence="CC BY 4.0; credit Eurostat",
        locator=path.name,
    )
