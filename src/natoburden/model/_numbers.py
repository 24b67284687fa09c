"""Exact numbers: one decimal context for the whole library, and one check for every figure."""

from __future__ import annotations

import functools
import numbers
import operator
import re
from collections.abc import Iterable
from decimal import (
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import TypeAlias

from natoburden.errors import InexactNumberError, InvalidNumberError, InvalidYearError

__all__ = [
    "CONTEXT",
    "LAST_YEAR",
    "SIZES",
    "Number",
    "add_up",
    "checked_decimal",
    "checked_year",
    "divide",
    "formatted",
    "multiply",
    "padded",
    "plain",
    "rounded",
    "sized",
]

Number: TypeAlias = str | int | Decimal

LAST_YEAR = 2200  # records without a date use the memberships of this year

# IEEE decimal128, so that no result depends on the caller's thread-wide context.
CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])

_DIGITS = CONTEXT.prec
SIZES = {"tn": 12, "bn": 9, "m": 6}  # sizes in the text of amounts, as powers of ten
divide = CONTEXT.divide
multiply = CONTEXT.multiply

_FIGURE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,6})?")
_SMALLEST, _LARGEST = -60, 30  # powers of ten; the difference of two figures can be very small
_MISSING = "a missing figure is left out, never NaN or infinite"
_TOO_LARGE = "a finite decimal number of at most 34 digits, and below 1e31"


def checked_decimal(value: Number, what: str) -> Decimal:
    """Convert a published figure to a Decimal; raise an error if it is not an exact finite number."""
    # Nearly all figures are digits with at most one point; these are checked much faster without the pattern.
    if type(value) is str and len(value) <= _DIGITS and value.isascii() and value.replace(".", "", 1).isdigit():
        figure = Decimal(value)
    elif type(value) is Decimal and value.is_finite() and len(str(value)) <= _DIGITS:  # already checked, or computed
        figure = value
    else:
        figure = _unusual(value, what)
    if not figure:  # never a negative zero, nor one that is written with very many digits
        exponent = figure.adjusted()
        return figure.copy_abs() if _SMALLEST <= exponent <= _LARGEST else Decimal(0)
    if not _SMALLEST <= figure.adjusted() <= _LARGEST:
        raise InvalidNumberError(what, str(value), _TOO_LARGE)
    return figure


def _unusual(given: object, what: str) -> Decimal:
    value = _own(given)
    if _is_missing(value):
        raise InvalidNumberError(what, str(value), hint=_MISSING)
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise InexactNumberError(what, repr(value), type(value).__name__)
    if isinstance(value, int) and value.bit_length() > 128:
        raise InvalidNumberError(what, f"an integer of {value.bit_length()} bits", _TOO_LARGE)
    if isinstance(value, str) and not _FIGURE.fullmatch(value.strip()):
        hint = "write decimals with a point and no separators: 1234.5" if re.search(r"[0-9]", value) else ""
        raise InvalidNumberError(what, value, hint=hint)
    figure = Decimal(value)
    if not figure.is_finite():
        raise InvalidNumberError(what, str(value), hint=_MISSING)
    if len(str(figure)) > _DIGITS and len(figure.as_tuple().digits) > _DIGITS:  # the first test is faster
        raise InvalidNumberError(what, str(value), _TOO_LARGE)
    return figure


def _own(value: object) -> object:
    """Return a whole number of another library, such as NumPy's, as an int; return any other value unchanged."""
    return value if isinstance(value, int) or not isinstance(value, numbers.Integral) else int(value)


def _is_missing(value: object) -> bool:
    """Return whether a value is one that pandas uses for a missing figure."""
    return type(value).__name__ in ("NAType", "NaTType")


def checked_year(given: object) -> int:
    """Return a calendar year between 1900 and 2200; raise an error for anything else, such as a float."""
    value = _own(given)
    if type(value) is not int or not 1900 <= value <= LAST_YEAR:
        too_long = isinstance(value, int) and value.bit_length() > 64  # which Python may refuse to print
        shown = "an integer of more than 64 bits" if too_long else repr(value)
        raise InvalidYearError(shown, f"a whole calendar year between 1900 and {LAST_YEAR}, as an int")
    return value


def add_up(values: Iterable[Decimal]) -> Decimal:
    """Return the exact sum of figures, whatever the caller's decimal context is."""
    return functools.reduce(CONTEXT.add, values, Decimal(0))


def rounded(value: Decimal, places: int) -> Decimal:
    """Return a figure rounded as in published tables: half away from zero, and never to a negative zero."""
    try:
        places = operator.index(places)
    except TypeError:  # such as round(share, "1"), which type checkers refuse
        raise InvalidNumberError("number of decimals", str(places), "a whole number, such as 1") from None
    if value and places > CONTEXT.prec - max(value.adjusted(), 0) - 1:
        return value
    figure = value.quantize(Decimal((0, (1,), -places)), rounding=ROUND_HALF_UP, context=CONTEXT)
    return figure if figure else figure.copy_abs()


def padded(value: object, spec: str) -> str | None:
    """Return the text of a value padded to a width, right-aligned by default; None for any other format specification.

    >>> padded("2.00 %", ">8"), padded("2.00 %", "8"), padded("2.00 %", ".1f")
    ('  2.00 %', '  2.00 %', None)
    """
    found = re.fullmatch(r"(.?[<>^])?([1-9][0-9]*)", spec, re.DOTALL)
    return None if found is None else format(str(value), f"{found[1] or '>'}{found[2]}")


def formatted(value: Decimal, spec: str) -> str:
    """Format a figure by a format specification, rounded half up as in published tables.

    >>> formatted(Decimal("2.25"), ".1f"), formatted(Decimal("0.0225"), ".1%")
    ('2.3', '2.3%')
    """
    if (decimals := re.search(r"\.([0-9]+)([f%])$", spec)) is not None:
        value = rounded(value, int(decimals[1]) + (2 if decimals[2] == "%" else 0))
    return format(value, spec)


def sized(value: Number, what: str) -> Decimal:
    """Return a figure from a number or a text; a text may end with its scale, as in '64.84 bn'."""
    if isinstance(value, str):
        figure, _, size = value.strip().rpartition(" ")
        if size in SIZES and figure:
            return checked_decimal(figure, what).scaleb(SIZES[size], context=CONTEXT)
    return checked_decimal(value, what)


def plain(value: Decimal) -> str:
    """Return a Decimal as text without an exponent or trailing zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
