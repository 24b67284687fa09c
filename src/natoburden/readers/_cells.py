"""Cells of workbooks that are not plain figures: percentages, dates, errors and formulas without a result."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from natoburden.errors import ReaderError
from natoburden.model._numbers import checked_decimal

__all__ = ["fault_of", "figure_of", "is_percent", "place_of", "plain_text", "shows_percent", "year_of"]

_ERROR = re.compile(r"#[A-Z0-9/]{2,12}[!?]?")  # the text that a spreadsheet shows for a formula that fails
_YEAR = re.compile(r"((?:19|20|21)\d\d)(?:\.0)?")
_EPOCH: Final = dt.datetime(1899, 12, 30)  # workbooks count days from this day
_SAVE = "open the workbook in a spreadsheet program, which computes it, and save it again"


def place_of(cell: Any) -> str:
    """Return the coordinate of a cell, such as ``B5``; empty for a cell that the file does not contain."""
    return str(getattr(cell, "coordinate", ""))


def fault_of(cell: Any) -> str:
    """Return a cell's fault, an error such as ``#N/A`` or a formula without a stored result; empty without a fault."""
    value = getattr(cell, "value", None)
    if not isinstance(value, str):
        return ""
    text = value.strip()
    if _ERROR.fullmatch(text):
        return f"the cell shows {text}"
    return f"the formula {text[:40]} has no stored result: {_SAVE}" if text.startswith("=") else ""


def figure_of(value: float) -> Decimal:
    """Convert a binary number of a workbook to the shortest decimal figure that represents the same number.

    Raises `InvalidNumberError` for a number that is not finite, too large or too small.
    """
    if type(value) is float and 1e-40 < value < 1e29:  # nothing is left to check
        return Decimal(repr(value))
    return checked_decimal(repr(value), "figure")


def is_percent(cell: Any) -> bool:
    """Return whether a cell shows its figure as a percentage: the stored number 0.035 then means 3.5 %."""
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    return is_number and shows_percent(str(getattr(cell, "number_format", "") or ""))


@functools.lru_cache(maxsize=256)
def shows_percent(number_format: str) -> bool:
    """Return whether a number format has a percent sign; a spreadsheet then shows the number times a hundred."""
    return "%" in re.sub(r'"[^"]*"|\\.', "", number_format)  # a quoted percent sign is plain text


def year_of(value: object) -> int | None:
    """Read a year in any form of a workbook: a number, text, the year's first or last day, or a number shown as a day.

    A spreadsheet shows the number 2025 as 17 July 1905 if the cell has the format of a date. Such a day is read as
    2025, since no publisher has figures for 1905.
    """
    if isinstance(value, dt.datetime):
        if value.year in (1905, 1906):
            found = _YEAR.fullmatch(str((value - _EPOCH).days))
            return int(found[1]) if found else None
        return value.year if (value.month, value.day) in ((1, 1), (12, 31)) else None
    found = _YEAR.fullmatch(str(value).strip())
    return int(found[1]) if found else None


def plain_text(cell: Any, file: str, sheet: str, in_percent: Callable[[Any], bool] = is_percent) -> str:
    """Return a cell as the text that a CSV file of the same table would have.

    `in_percent` tests whether a cell shows its number as a percentage; a caller can give a faster test than the default
    test. Raises `ReaderError`, which names the cell, for a broken formula, a percentage or a truth value, since CSV has
    no form for these.
    """
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    is_number = type(value) in (float, int)  # a truth value is neither a float nor an integer here
    problem, expected = "" if is_number else fault_of(cell), "a figure"
    if isinstance(value, bool):
        problem = f"the truth value {value}"
    if is_number and in_percent(cell):
        problem = f"{value!r} is formatted as a percentage"
        expected = "plain numbers, as the publisher writes them: download the file again, or change the cell's format"
    if problem:
        raise ReaderError(file, f"sheet {sheet!r}, cell {place_of(cell)}", problem, expected)
    if isinstance(value, dt.datetime):
        return str(value.date())
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value) if isinstance(value, float) else str(value).strip()
