"""Exact numbers: one decimal context of our own, and the door through which figures come in."""

from __future__ import annotations

import re
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

__all__ = ["CONTEXT", "Number", "checked_decimal", "checked_year", "divide", "multiply", "plain", "rounded"]

Number: TypeAlias = str | int | Decimal

# IEEE decimal128, so that no result depends on the caller's thread-wide context.
CONTEXT = Context(prec=34, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])

divide = CONTEXT.divide
multiply = CONTEXT.multiply

_FIGURE = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_SIZES = range(-60, 31)  # powers of ten; the small end leaves room for what is left of a subtraction


def checked_decimal(value: Number, what: str) -> Decimal:
    """Turn a published figure into a Decimal, or say what is wrong with it."""
    if isinstance(value, Decimal):
        figure = value
    elif isinstance(value, bool) or not isinstance(value, str | int):
        raise InexactNumberError(what, repr(value), type(value).__name__)
    elif isinstance(value, int):
        figure = Decimal(value)
    else:
        if not _FIGURE.fullmatch(value.strip()):
            hint = "write decimals with a point and no separators: 1234.5" if re.search(r"[0-9]", value) else ""
            raise InvalidNumberError(what, value, hint)
        figure = Decimal(value.strip())
    if not figure.is_finite():
        raise InvalidNumberError(what, str(value), "a missing figure is left out, never NaN or infinite")
    if figure and (len(figure.as_tuple().digits) > CONTEXT.prec or figure.adjusted() not in _SIZES):
        raise InvalidNumberError(what, f"{figure:.6E}", f"at most {CONTEXT.prec} digits, and below 1e31")
    return figure


def checked_year(value: object) -> int:
    """Accept a calendar year between 1900 and 2200, as an int and nothing else."""
    if type(value) is not int or not 1900 <= value <= 2200:
        raise InvalidYearError(repr(value), "a whole calendar year between 1900 and 2200, as an int")
    return value


def rounded(value: Decimal, places: int) -> Decimal:
    """Round as published tables do: half away from zero, to so many decimals."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=CONTEXT)


def plain(value: Decimal) -> str:
    """Write a Decimal without exponent or idle zeros."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text
