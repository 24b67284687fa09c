"""Dates as people type them: 02/03/2025 can mean two days, unless other dates or an argument show the order."""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from natoburden import cldr
from natoburden.errors import NatoBurdenError
from natoburden.model.dates import Announced, Precision

__all__ = ["DateOrder", "day_of", "order_of"]

DateOrder: TypeAlias = Literal["day first", "month first"]

_LANGUAGES: Final = ("en", "fr", "de", "es", "it", "pl", "nl", "pt")
_NUMERIC = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})(?: 0?0:00(?::00)?)?")
_DOTTED = re.compile(r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})|(\d{1,2})[/.](\d{4})")
_YEAR = re.compile(r"(?:19|20|21)\d\d(?:\.0)?")
_TWO_YEARS = re.compile(r"(\d{4}) ?[-/–] ?(\d{4}|\d{2})")
_SHORT = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2}")
_NAMED_DAY = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|er|\.)? (?:de )?)?([^\W\d_]+\.?)(?: (\d{1,2})(?:st|nd|rd|th)?,)?,?[ -](?:de )?(\d{4})"
)


def order_of(value: object) -> str:
    """Return the order of a date: ``day first``, ``month first`` or ``either``; empty for a form with only one reading.

    >>> [order_of(text) for text in ("14/02/2025", "02/14/2025", "02/03/2025", "03/03/2025", "2025-02-14")]
    ['day first', 'month first', 'either', '', '']
    """
    found = _NUMERIC.fullmatch(value) if isinstance(value, str) else None
    if not found or found[1].zfill(2) == found[2].zfill(2):
        return ""
    first, second = int(found[1]), int(found[2])
    return "day first" if first > 12 else "month first" if second > 12 else "either"


def day_of(value: object, order: str) -> Announced | str:
    """Return a date with the precision in which it is written; for an invalid date, return a text with the fault.

    The order of day and month must be given if `order_of` returns ``either`` for the text.

    >>> [str(day_of(text, "")) for text in ("03.02.2025", "févr. 2025", "March 3, 2025", "2024")]
    ['2025-02-03', '2025-02', '2025-03-03', '2024']
    >>> print(day_of("02/03/2025", "day first"), "|", day_of("2024/25", ""))
    2025-03-02 | '2024/25' spans two years: give the one in which it was signed or announced
    """
    try:
        return _read(value, order)
    except NatoBurdenError:
        return f"{_shown(value)} is not a date: there is no such day"


def _read(value: object, order: str) -> Announced | str:
    if isinstance(value, dt.date):  # also a moment of a day
        return _day(value.year, value.month, value.day)
    text = " ".join(str(value).split())
    if _YEAR.fullmatch(text):
        return Announced.parse(text[:4], Precision.YEAR)
    if isinstance(value, int | Decimal) or (text.isascii() and text.isdigit()):
        is_day = len(text) == 5  # 30000 is in 1982, and 60000 in 2064
        return f"{text} is not a year{'; a number of a day? format the cell as a date' if is_day else ''}"
    if found := (_ISO.fullmatch(text) or _DOTTED.fullmatch(text)):
        parts = tuple(map(int, found.groups()))
        return _day(*(parts if found.re is _ISO else parts[::-1]))
    found = _NUMERIC.fullmatch(text)
    return _numeric(text, found, order) if found else _in_words(text)


def _numeric(text: str, found: re.Match[str], order: str) -> Announced | str:
    first, second, year = map(int, found.groups())
    own = order_of(text)
    if own not in ("", "either") and order and own != order:
        return f"{text!r} has the {own}, and other dates here have the {order}"
    day, month = (first, second) if (order or own) != "month first" else (second, first)
    return _day(year, month, day)


def _in_words(text: str) -> Announced | str:
    if found := _MONTH.fullmatch(text):
        year, month = int(found[1] or found[4]), int(found[2] or found[3])
        if 1 <= month <= 12 and not ("/" in text and found[1] and month == (year + 1) % 100):
            return Announced.parse(f"{year}-{month:02}", Precision.MONTH)
    if _TWO_YEARS.fullmatch(text):
        return f"{text!r} spans two years: give the one in which it was signed or announced"
    if found := _NAMED_DAY.fullmatch(text):
        named, day = _months().get(cldr.bare(found[2])), found[1] or found[3]
        if named and day:
            return _day(int(found[4]), named, int(day))
        if named:
            return Announced.parse(f"{found[4]}-{named:02}", Precision.MONTH)
    if _SHORT.fullmatch(text):
        return f"{text!r}: write the year with four digits"
    return f"{_shown(text)} is not a date; valid: 2025, 2025-06, 2025-06-25, 25.06.2025 or 25 June 2025"


def _day(year: int, month: int, day: int) -> Announced:
    return Announced.parse(f"{year}-{month:02}-{day:02}", Precision.DAY)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 42 else f"{text[:40]}…'"


@functools.cache
def _months() -> Mapping[str, int]:
    """Return months by their full and short names in a few languages; a name that two months share is left out."""
    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        months = cldr.locale_of(language).months
        for form in (months[kind][width] for kind in ("format", "stand-alone") for width in ("wide", "abbreviated")):
            for number, name in form.items():
                found.setdefault(cldr.bare(str(name)), set()).add(number)
    return {name: numbers.pop() for name, numbers in found.items() if len(numbers) == 1}
