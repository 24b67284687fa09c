"""The findings of a result: values, each with a label and a function that writes the value as text."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from natoburden.model._numbers import formatted, rounded
from natoburden.model.shares import Rate, Share

__all__ = ["Finding", "Findings", "listed", "or_none", "percent", "places", "yes_or_no"]

T = TypeVar("T")


@attrs.frozen
class Finding(Generic[T]):
    """One finding of a result: a label, a value, and the function that writes the value as text.

    >>> found = Finding("share", Share.percent("2.215"), percent)
    >>> print(found)
    share: 2.22 %
    >>> found.value
    Share('2.215 %')
    """

    label: str
    value: T
    write: Callable[[T], str] = attrs.field(default=str, repr=False, eq=False)

    @property
    def text(self) -> str:
        """The value as text, for explanations and summaries."""
        return self.write(self.value)

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"


Findings: TypeAlias = tuple[Finding[Any], ...]


def percent(value: Share | Rate, digits: int = 2) -> str:
    """Return a share or a rate as text in per cent; only negative numbers have a sign."""
    return f"{rounded(value.as_percent, digits):f} %"


def places(count: int, unit: str = "") -> Callable[[Decimal | float], str]:
    """Return a function that writes a number with a fixed number of decimals and a unit."""
    spec = f".{count}f"
    return lambda value: f"{formatted(value, spec) if isinstance(value, Decimal) else format(value, spec)}{unit}"


def or_none(write: Callable[[T], str], none: str = "none") -> Callable[[T | None], str]:
    """Return a function that writes a value which may be missing."""
    return lambda value: none if value is None else write(value)


def listed(values: tuple[object, ...]) -> str:
    """Return several values as one text, separated by commas."""
    return ", ".join(map(str, values))


def yes_or_no(value: bool) -> str:
    """Return a truth value as the word "yes" or "no"."""
    return "yes" if value else "no"
