"""Results and records of the library, converted to data frames."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from natoburden.errors import FrameError
from natoburden.model._frames import Backend, Cell, Tabular, frame_of
from natoburden.model._rows import columns_of

__all__ = ["to_frame"]

_HINT = "give a result, a collection of the library, or several records, results or tables of one kind"


def to_frame(rows: object, backend: Backend | None = None) -> Any:
    """Convert results or records to a data frame of the first installed engine: Polars, pandas or PyArrow.

    `rows` may be an object with a method `to_frame`, a single record, or several records in a tuple, a list or a
    mapping by key. Rows of several results or tables, such as all editions, follow one another in one frame. Raises
    `FrameError` for a value that is not a record, and for objects of several kinds, `MissingExtraError` if the backend
    is not installed, and `UnknownNameError` for an unknown backend.

    >>> from natoburden.datasets import spending_targets
    >>> targets = to_frame(spending_targets(), "polars")
    >>> targets.filter(targets["key"] == "hague-core").select("name", "share_percent", "deadline").row(0)
    ('Hague core target', 3.5, 2035)
    """
    if isinstance(rows, Tabular):
        return rows.to_frame(backend)
    given = rows.values() if isinstance(rows, Mapping) else rows if isinstance(rows, Iterable) else (rows,)
    items = tuple(given)
    kinds = tuple(dict.fromkeys(type(item).__name__ for item in items))
    if len(kinds) > 1:
        raise FrameError((f"{' and '.join(kinds)} do not make one table",), (), _HINT)
    if not all(attrs.has(type(item)) for item in items):
        raise FrameError((f"what is of the type {kinds[0]} is not a record",), (), _HINT)
    tables = [item.to_columns() for item in items if isinstance(item, Tabular)]
    return frame_of(_below(tables) if tables else columns_of(items), backend)


def _below(tables: list[dict[str, list[Cell]]]) -> dict[str, list[Cell]]:
    """Return the rows of all tables in one table; if a table lacks a column, its rows have None there."""
    names = dict.fromkeys(name for table in tables for name in table)
    heights = [len(next(iter(table.values()), ())) for table in tables]
    return {
        name: [cell for table, height in zip(tables, heights, strict=True) for cell in table.get(name, [None] * height)]
        for name in names
    }
