"""What all forms of a Eurostat table have in common: periods, figures with flags, and the code of the dataset."""

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

__all__ = ["EXPECTED", "Where", "dataflow_of", "dataset_of", "day_of", "source_of"]

EXPECTED: Final = "a Eurostat table: TSV, SDMX-CSV, JSON-stat, or a workbook of the data browser"
_FLAGS = re.compile(r"([a-z]{0,8})\s?(?:@\s?([A-Z]))?")
_DATAFLOW = re.compile(r"(?:[A-Z]+:)?([A-Z][A-Z0-9_]*?)(?:__CUSTOM_[0-9]+)?(?:\([0-9.]+\))?(?::.*)?", re.IGNORECASE)
_NAMED = re.compile(
    r"estat_([a-z][a-z0-9_]{0,60}?)(?:_filtered|_tabular|_linear)?(?:_[a-z]{2})?(?:\.[a-z.]+)?|.*\[([A-Z][A-Z0-9_]{1,60}?)(?:__CUSTOM_[0-9]+)?\]",
    re.IGNORECASE,
)
_DATASET = re.compile(
    r"(?:^|[\[:_])(nrg_[a-z0-9_]{1,60}?)(?:__custom_[0-9]+)?"
    r"(?:_filtered|_tabular|_linear|_databrowser)?(?:_en|_fr|_de)?(?=[\](.:]|_filtered|_databrowser|$)",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"([0-9]{4})-?(?:M([0-9]{2})|([QS][1-4]))")


class Where:
    """A place in a file, which errors name; `line` is the number of the line that is being read, or 0."""

    def __init__(self, file: str, position: str = "") -> None:
        self.file, self.line, self._position = file, 0, position

    @property
    def position(self) -> str:
        """The place in words, such as a line number."""
        return f"line {self.line}" if self.line else self._position

    def fail(self, problem: str, expected: str) -> ReaderError:
        """Return an error about this place, for the caller to raise."""
        return ReaderError(self.file, self.position, problem, expected)

    def period(self, text: str) -> Period:
        """Read a year, half-year, quarter or month, in Eurostat's present notation or in that used before 2022."""
        plain = text.strip()
        old = _PERIOD.fullmatch(plain)
        try:
            return Period.parse(f"{old[1]}-{old[2] or old[3]}" if old else plain)
        except InvalidYearError as error:
            raise self.fail(f"the period {plain[:20]!r}", "a year, half, quarter or month: 2024, 2024-Q1") from error

    def figure(self, text: str) -> Decimal | None:
        """Read a figure with a decimal point; None for a colon or an empty text."""
        plain = text.strip()
        if not plain or plain == ":":
            return None
        try:
            return checked_decimal(plain, "figure")
        except InvalidNumberError as error:
            hint = "a number with a decimal point and no separators; was the file saved again by a spreadsheet?"
            raise self.fail(f"the figure {plain[:30]!r}", hint) from error

    def flags(self, text: str) -> str:
        """Read flags: letters, written together if there are several, and then an @ with a mark of confidentiality.

        The mark ``@C`` becomes the flag ``c``, which Eurostat used earlier. Any other mark is unchanged.
        """
        plain = text.strip().removeprefix(":").strip()  # a colon means again that there is no figure
        found = _FLAGS.fullmatch(plain)
        if found is None:
            raise self.fail(f"the flags {plain[:20]!r}", "letters, such as p, bep or @C")
        return found[1] + self.confidentiality(found[2] or "")

    def confidentiality(self, code: str) -> str:
        """Read a code of confidentiality as a flag; the code F means free for publication, and gives no flag."""
        plain = code.strip().upper()
        if not re.fullmatch("[A-Z]?", plain):
            raise self.fail(f"the confidentiality {code[:20]!r}", "one letter, such as C")
        return {"": "", "F": "", "C": "c"}.get(plain, f"@{plain}")


def dataset_of(text: str) -> str:
    """Return the code of the dataset that a file's name or a title contains; empty without a code."""
    if found := _DATASET.search(text):
        return found[1].upper()
    named = _NAMED.fullmatch(text.strip()[:300])
    return (named[1] or named[2]).upper() if named else ""


def dataflow_of(text: str) -> str:
    """Read the code of a dataset from its full name in a file, such as ``ESTAT:GOV_10A_EXP(1.0)``."""
    found = _DATAFLOW.fullmatch(text.strip())
    return found[1].upper() if found else ""


def day_of(text: str) -> dt.date | None:
    """Read the day of an update, such as 23/03/2022 23:00, 06/06/21 23:00:00 or 2026-07-21T11:00:00+0200."""
    if found := re.match(r"([0-9]{2})/([0-9]{2})/([0-9]{4}|[0-9]{2})\b", text.strip()):
        day, month, year = (int(part) for part in found.groups())
        year += 0 if year > 99 else 1900 if year > 89 else 2000  # the database began in the 1990s
    elif found := re.match(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text.strip()):
        year, month, day = (int(part) for part in found.groups())
    else:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def source_of(path: Path, dataset: str, title: str, updated: dt.date | None) -> Source:
    """Return the source of a table, for citations."""
    code = dataset.lower()
    return Source(
        title=title or (f"Table {code}" if code else "Table"),
        publisher="Eurostat",
        url=f"https://ec.europa.eu/eurostat/databrowser/view/{code}" if code else "",
        date=updated,
        licence="CC BY 4.0; credit Eurostat",
        locator=path.name,
    )
