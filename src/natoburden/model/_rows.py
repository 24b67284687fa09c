"""Attributes of results and records as cells of flat rows; a unit is in the column's name or in a column beside it."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import types
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, get_args, get_origin, get_type_hints

import attrs

from natoburden.model._frames import SEPARATOR, Cell
from natoburden.model.countries import Country
from natoburden.model.memberships import Group
from natoburden.model.sources import Source

__all__ = ["caption_of", "cells", "columns_of", "columns_of_rows", "in_units", "kinds_of", "record_row", "source_lines"]

_MILLION = Decimal(10) ** 6


def cells(name: str, value: object, kinds: tuple[type, ...] = ()) -> Mapping[str, Cell]:
    """Return the cells of one attribute; tables, records of several values, and most lists give no cells.

    A figure gives its unit and number by `in_column`. A country gives its code, and its name in a second cell. A list
    gives a cell only if it consists of texts. `kinds` are the types that the attribute may have: if a share is
    possible, a missing value gives an empty cell in percent. A missing amount gives no cell, because its currency is
    unknown.
    """
    if value is None:
        figures = [kind for kind in kinds if hasattr(kind, "in_column")]
        units = [kind.column_unit for kind in figures if hasattr(kind, "column_unit")]
        if figures:
            return {f"{name}_{units[0]}": None} if units else {}
        return dict.fromkeys(_place_names(name) if Country in kinds else (name,))
    found: Mapping[str, Cell] = {}
    if hasattr(value, "in_column"):
        unit, number = value.in_column
        found = {f"{name}_{unit}": float(number)}
    elif isinstance(value, Country | Group):
        found = _place(name, value)
    elif isinstance(value, tuple):
        found = {name: SEPARATOR.join(value)} if value and all(isinstance(item, str) for item in value) else {}
    elif isinstance(value, bool | int | float | str | Decimal):
        found = {name: float(value) if isinstance(value, Decimal) else value}
    elif hasattr(value, "key") or not (getattr(value, "is_one_way", False) or _is_structure(type(value))):
        found = {name: str(getattr(value, "key", value))}  # a result or a table has rows of its own
    return found


def in_units(name: str, money: Any) -> Mapping[str, Cell]:
    """Return the cell of an amount in single units of its currency, such as an amount per head."""
    return {} if money is None else {f"{name}_{money.currency.code.lower()}": float(money.amount)}


def columns_of_rows(rows: Iterable[Mapping[str, Cell]]) -> dict[str, list[Cell]]:
    """Return rows as columns; a cell that a row lacks is None."""
    given = tuple(rows)
    names = dict.fromkeys(name for row in given for name in row)
    return {name: [row.get(name) for row in given] for name in names}


def columns_of(records: Iterable[object]) -> dict[str, list[Cell]]:
    """Return records as columns, with one row per record."""
    return columns_of_rows(map(record_row, records))


def caption_of(table: object, records: Sequence[object]) -> tuple[str, ...]:
    """Return the lines above a table of records in notebooks: the class, the edition or closing day, the sources."""
    what = f"{type(table).__name__}: {len(records):,} rows"
    edition, collected = getattr(table, "edition", ""), getattr(table, "collected", None)
    when = f", edition {edition}" if edition else f", collected {collected}" if collected else ""
    return (f"{what}{when}", *source_lines(source for item in records for source in getattr(item, "sources", ())))


def source_lines(sources: Iterable[Source]) -> tuple[str, ...]:
    """Return the line that names sources: one or two in full, or more by publisher; no line without a source."""
    given = tuple(dict.fromkeys(sources))
    told = [*dict.fromkeys(str(item) if len(given) < 3 else item.publisher or item.title for item in given)]
    more = f" and {len(told) - 3:,} more" if len(told) > 3 else ""
    number = f" ({len(given):,} documents)" if len(given) > 2 else ""
    return (f"Source: {'; '.join(told[:3])}{more}{number}",) if told else ()


def record_row(record: object) -> dict[str, Cell]:
    """Return a record as one flat row, in the order of its attributes.

    Records of one table may differ in currency and unit, so these have columns of their own: ``ceiling_million`` and
    ``ceiling_currency``. A class may name attributes in ``column_parts``; each of these attributes then has a column.
    """
    row: dict[str, Cell] = {}
    kind: Any = type(record)
    for name, kinds in kinds_of(kind).items():
        row.update(_record_cells(name, getattr(record, name), kinds))
    for name in getattr(kind, "further_columns", ()):
        row.update(_record_cells(name, getattr(record, name), ()))
    return row


def _record_cells(name: str, value: Any, kinds: tuple[Any, ...]) -> Mapping[str, Cell]:
    found = () if value is None else value if isinstance(value, tuple) else (value,)
    kind: Any = next((item for item in (*map(type, found), *kinds) if item not in (types.NoneType, Ellipsis)), str)
    is_several = isinstance(value, tuple) or Ellipsis in kinds
    if isinstance(kind, type) and (parts := getattr(kind, "column_parts", ())):
        return _parts(name, found, kind, parts, is_several=is_several)
    if is_several and isinstance(kind, type) and _is_structure(kind):
        return {}
    if is_several:
        named = _place_names(name) if Country in kinds else (name,)
        told = [tuple(_single(name, item, kinds).values()) for item in found]
        return {column: _joined(row[place] for row in told) for place, column in enumerate(named)}
    return _single(name, value, kinds)


def _single(name: str, value: Any, kinds: tuple[Any, ...]) -> Mapping[str, Cell]:
    kind: Any = type(value) if value is not None else next((item for item in kinds if item is not types.NoneType), str)
    found: Mapping[str, Cell]
    if isinstance(value, Country | Group):
        found = _place(name, value)
    elif Country in kinds:
        code, label = _place_names(name)
        found = {code: None, label: None} if value is None else {code: str(value), label: str(value)}
    elif hasattr(kind, "column_unit"):
        found = {f"{name}_{kind.column_unit}": None if value is None else float(value.in_column[1])}
    elif hasattr(kind, "in_column") and hasattr(kind, "currency"):
        amount = None if value is None else float(value.amount / _MILLION)
        found = {f"{name}_million": amount, f"{name}_currency": None if value is None else value.currency.code}
    elif hasattr(kind, "in_column"):
        figure = None if value is None else float(value.in_column[1])
        found = {name: figure, f"{name}_unit": None if value is None else str(value.kind)}
    elif value is not None and not isinstance(value, enum.Enum) and _is_structure(kind):
        found = {}
    else:
        found = {name: _plain(value)}
    return found


def _parts(name: str, found: tuple[Any, ...], kind: type, parts: Iterable[str], *, is_several: bool) -> dict[str, Cell]:
    known = kinds_of(kind)
    row: dict[str, Cell] = {}
    for part in parts:
        column = f"{name}_{part}" if part else name
        values = [str(item) if not part else getattr(item, part) for item in found]
        told = [_record_cells(column, value, known.get(part, ())) for value in values]
        empty = _record_cells(column, None, known.get(part, ()))
        for each in dict.fromkeys(key for item in (empty, *told) for key in item):
            row[each] = _joined(item.get(each) for item in told) if is_several else told[0].get(each) if told else None
    return row


def _joined(values: Iterable[object]) -> str | None:
    return SEPARATOR.join(str(value) for value in values if value is not None) or None


def _plain(value: Any) -> Cell:
    if value is None or value == "":
        return None
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, Decimal):
        return float(value)
    return value if isinstance(value, bool | int | float | dt.date | str) else str(getattr(value, "key", value))


def _place(name: str, place: Country | Group) -> Mapping[str, Cell]:
    code, label = _place_names(name)
    return {code: place.key, label: str(place)}


def _place_names(name: str) -> tuple[str, str]:
    return name, f"{name}_name"


def _is_structure(kind: type) -> bool:
    """Return whether a class holds several figures and has no text of its own."""
    return attrs.has(kind) and kind.__str__ is object.__str__


@functools.cache
def kinds_of(result: type) -> Mapping[str, tuple[type, ...]]:
    """Return the attributes of a class that become cells, each with the types that its annotation allows."""
    hints = get_type_hints(result)
    names = [
        field.name for field in attrs.fields(result) if field.name != "inputs" and field.metadata.get("in_row", True)
    ]
    return {name: _kinds(hints[name]) for name in names}


def _kinds(hint: Any) -> tuple[type, ...]:
    origin = get_origin(hint)
    return get_args(hint) or (hint,) if origin is not None else (hint,) if isinstance(hint, type) else ()
