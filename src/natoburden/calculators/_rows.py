"""Attributes of results as cells of flat rows: one number, its unit in the column's name."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import get_args, get_type_hints

import attrs

from natoburden.model._frames import Cell

__all__ = ["cells", "kinds_of"]


def cells(name: str, value: object, kinds: tuple[type, ...] = ()) -> Mapping[str, Cell]:
    """Return the cells of one attribute: none for tables, lists other than of words, and records of several values.

    A figure of the model tells its unit and number by `in_column`. `kinds` are the types that the attribute may have:
    a missing share still makes an empty cell of percent. A missing figure whose unit depends on the value, such as an
    amount, makes none; other rows of a table may have it.
    """
    if value is None:
        figures = [kind for kind in kinds if hasattr(kind, "in_column")]
        units = [kind.column_unit for kind in figures if hasattr(kind, "column_unit")]
        return {f"{name}_{units[0]}": None} if units else {} if figures else {name: None}
    if hasattr(value, "in_column"):
        unit, number = value.in_column
        return {f"{name}_{unit}": float(number)}
    if getattr(value, "is_one_way", False):  # a result or a table has rows of its own
        return {}
    if isinstance(value, tuple):
        return {name: " and ".join(value)} if value and all(isinstance(item, str) for item in value) else {}
    if isinstance(value, bool | int | float | str | Decimal):
        return {name: float(value) if isinstance(value, Decimal) else value}
    is_record = attrs.has(type(value)) and type(value).__str__ is object.__str__
    return {} if is_record and not hasattr(value, "key") else {name: str(getattr(value, "key", value))}


@functools.cache
def kinds_of(result: type) -> Mapping[str, tuple[type, ...]]:
    """Return the attributes of a class that make cells, each with the types that its annotation allows."""
    hints = get_type_hints(result)
    names = [
        field.name for field in attrs.fields(result) if field.name != "inputs" and field.metadata.get("in_row", True)
    ]
    return {name: get_args(hints[name]) for name in names}
