"""Attributes of results as cells of flat rows: one number, its unit in the column's name."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_args, get_type_hints

import attrs

from natoburden.model._frames import Cell
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate, Share

__all__ = ["cells", "figure_of", "kinds_of"]

_UNITS = {Share: "percent", Rate: "percent", PercentagePoints: "points"}


@functools.singledispatch
def figure_of(_value: Any) -> tuple[str, Decimal] | None:
    """Return a value's unit and its number in that unit, or None for a value that is not a measured figure.

    A room registers the measured classes of its own.
    """
    return None


@figure_of.register
def _(value: Money) -> tuple[str, Decimal]:
    return f"million_{value.currency.code.lower()}", value.in_millions


@figure_of.register(Share)
@figure_of.register(Rate)
def _(value: Share | Rate) -> tuple[str, Decimal]:
    return "percent", value.as_percent


@figure_of.register
def _(value: PercentagePoints) -> tuple[str, Decimal]:
    return "points", value.value


def cells(name: str, value: object, kinds: tuple[type, ...] = ()) -> Mapping[str, Cell]:
    """Return the cells of one attribute: none for tables, lists other than of words, and records of several values.

    `kinds` are the types that the attribute may have: a missing share still makes an empty cell of percent. A missing
    figure whose unit depends on the value, such as an amount, makes none; other rows of a table may have it.
    """
    if (figure := figure_of(value)) is not None:
        return {f"{name}_{figure[0]}": float(figure[1])}
    if value is None:
        unit = next((_UNITS[kind] for kind in kinds if kind in _UNITS), "")
        has_other_unit = any(figure_of.dispatch(kind) is not _UNMEASURED for kind in kinds)
        return {f"{name}_{unit}": None} if unit else {} if has_other_unit else {name: None}
    if isinstance(value, tuple):
        return {name: " and ".join(value)} if value and all(isinstance(item, str) for item in value) else {}
    if isinstance(value, bool | int | float | str | Decimal):
        return {name: float(value) if isinstance(value, Decimal) else value}
    is_record = attrs.has(type(value)) and type(value).__str__ is object.__str__
    return {} if is_record and not hasattr(value, "key") else {name: str(getattr(value, "key", value))}


_UNMEASURED = figure_of.dispatch(object)


@functools.cache
def kinds_of(result: type) -> Mapping[str, tuple[type, ...]]:
    """Return the attributes of a class that make cells, each with the types that its annotation allows."""
    hints = get_type_hints(result)
    names = [field.name for field in attrs.fields(result) if field.name != "inputs"]
    return {name: get_args(hints[name]) for name in names}
