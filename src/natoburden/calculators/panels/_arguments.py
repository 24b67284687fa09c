"""Checks of the arguments of functions on panels."""

from __future__ import annotations

from typing import Any

from natoburden.errors import InvalidNumberError, UnexpectedValueError

__all__ = ["number_between", "two_of"]


def number_between(what: str, value: object, low: float, high: float, valid: str) -> float:
    """Return a number that is strictly between two limits; raise for any other value, and say what is valid."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low < value < high:
        raise InvalidNumberError(what, repr(value), valid)
    return float(value)


def two_of(pair: object, what: str, hint: str) -> tuple[Any, Any]:
    """Return the two parts of a pair; raise for anything else."""
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise UnexpectedValueError(what, repr(pair), hint)
    return pair
