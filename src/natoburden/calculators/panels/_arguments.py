"""Checks of what functions on panels are given."""

from __future__ import annotations

from typing import Any

from natoburden.errors import InvalidNumberError, UnexpectedValueError

__all__ = ["checked_level", "number_between", "two_of"]


def checked_level(level: object) -> float:
    """Return the level of an interval; raise unless it lies between 0 and 1."""
    return number_between("level of the interval", level, 0, 1, "a number between 0 and 1, such as 0.95")


def number_between(what: str, value: object, low: float, high: float, valid: str) -> float:
    """Return a number between two others, neither of which it may be; raise with what is valid for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not low < value < high:
        raise InvalidNumberError(what, repr(value), valid)
    return float(value)


def two_of(pair: object, what: str, hint: str) -> tuple[Any, Any]:
    """Return the two parts of a pair; raise for anything else."""
    if not isinstance(pair, tuple) or len(pair) != 2:
        raise UnexpectedValueError(what, repr(pair), hint)
    return pair
