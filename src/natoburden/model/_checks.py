"""Checks that fields and arguments have the right types, for callers without a type checker."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
import types
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, TypeVar

from natoburden.errors import InvalidNumberError, UnexpectedValueError, UnknownNameError
from natoburden.model._vocabulary import nearest

__all__ = [
    "above_zero",
    "checked_day",
    "exactly",
    "expect",
    "first_twice",
    "member",
    "not_from_zero",
    "noun",
    "spelled",
    "twice",
]

E = TypeVar("E", bound=enum.Enum)
H = TypeVar("H", str, int)


def exactly(kind: type, what: str, *, optional: bool = False) -> Callable[[object, object, Any], None]:
    """Return an attrs validator for values of exactly one type: a datetime does not pass as a date."""

    def check(_instance: object, _attribute: object, value: object) -> None:
        if type(value) is not kind and not (optional and value is None):
            raise UnexpectedValueError(what, repr(value), f"its type is {type(value).__name__}, not {kind.__name__}")

    return check


def above_zero(what: str) -> Callable[[object, object, Decimal], None]:
    """Return an attrs validator for figures above zero."""

    def check(_instance: object, _attribute: object, value: Decimal) -> None:
        if value <= 0:
            raise InvalidNumberError(what, str(value), "more than zero")

    return check


def first_twice(cells: Iterable[tuple[object, ...]]) -> str:
    """Return the first of the given cells that occurs twice, as text."""
    twice = next(cell for cell, count in Counter(cells).items() if count > 1)
    return ", ".join(map(str, twice))


def twice(values: Iterable[H]) -> list[H]:
    """Return the values that occur more than once, in order.

    >>> twice(["b", "a", "b", "c", "a"])
    ['a', 'b']
    """
    return sorted(value for value, count in Counter(values).items() if count > 1)


def expect(value: object, kind: type | types.UnionType | tuple[type, ...], what: str, hint: str) -> None:
    """Raise an error if an argument does not have the expected type, with a hint at what to write instead."""
    if not isinstance(value, kind):
        raise UnexpectedValueError(what, repr(value), hint)


def not_from_zero(other: object, remedy: str) -> Any:
    """Raise an error for the 0 with which `sum` starts, and say what to call; return NotImplemented otherwise."""
    if type(other) is int and not other:
        raise TypeError(f"sum() begins with 0, which has no unit; {remedy}")
    return NotImplemented


def member(kind: type[E], value: E | str) -> E:
    """Return a member of an enumeration, given as a member or by its text; raises `UnknownNameError` for another text.

    >>> from natoburden.model.sources import Status
    >>> member(Status, "estimate")
    Status.ESTIMATE
    """
    if type(value) is kind:
        return value
    found = _by_value(kind).get(value) if isinstance(value, str) else None
    if found is not None:
        return found  # type: ignore[return-value] # a member of this very enumeration
    valid = tuple(str(found.value) for found in kind)
    raise UnknownNameError(noun(kind), str(value), valid, nearest(str(value), valid))


def spelled(kind: type[E], value: E | str) -> E:
    """Return a member of an enumeration by its text or name, in capitals or not; return other values unchanged.

    >>> from natoburden.model.quantities import EnergyUnit
    >>> spelled(EnergyUnit, "twh")
    EnergyUnit.TWH
    """
    if not isinstance(value, str):
        return value
    return _by_spelling(kind).get(value.strip().casefold()) or member(kind, value)  # type: ignore[return-value] # a member of this very enumeration


@functools.cache
def _by_spelling(kind: type[enum.Enum]) -> dict[str, enum.Enum]:
    return {text.casefold(): found for found in kind for text in (found.name, str(found.value))}


@functools.cache
def _by_value(kind: type[enum.Enum]) -> dict[object, enum.Enum]:
    return {found.value: found for found in kind}


def noun(kind: type) -> str:
    """Return the name of a class in the form that messages use.

    >>> from natoburden.model.spending_commitments import CommitmentKind
    >>> noun(CommitmentKind)
    'commitment kind'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()


def checked_day(value: object) -> dt.date:
    """Return a date unchanged; raise an error for a text or a datetime."""
    if type(value) is not dt.date:
        raise UnexpectedValueError(
            "a day", repr(value), f"its type is {type(value).__name__}: write datetime.date(2026, 7, 1)"
        )
    return value
