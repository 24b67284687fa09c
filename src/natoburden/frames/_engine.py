"""Frames of any engine in, the same kind out: lazy stays lazy, eager is computed once, at the end."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs

from natoburden.errors import FrameError, MissingExtraError

try:
    import narwhals as nw
except ImportError as error:
    raise MissingExtraError("natoburden.frames", "narwhals", "frames") from error

__all__ = ["Opened", "in_order", "opened", "small_table"]

F = TypeVar("F")

_NUMBERS = "a number: float64, or a whole number of minor units"
_TEXT = "text"
_YEAR = "a whole number"
_ROW = "natoburden_row"


@attrs.frozen
class Opened(Generic[F]):
    """A frame as Narwhals sees it, and what it was, so that the answer can be given in kind."""

    lazy: Any
    is_eager: bool
    native: F

    @property
    def columns(self) -> Sequence[str]:
        """The names of its columns."""
        names: list[str] = self.lazy.collect_schema().names()
        return names

    def close(self, result: Any, order: Sequence[str] = (), largest: str = "", then: Sequence[str] = ()) -> F:
        """Give a result as the kind of frame that came in; an eager one in order, the largest of a column first."""
        found = in_order(result.collect(), order, largest, then) if self.is_eager else result
        native: F = found.to_native()
        return native

    def text(self, name: str) -> Any:
        """Give a column of text as plain text: categories of two columns do not compare, nor with a table's texts."""
        column = nw.col(name)
        return column if self.lazy.collect_schema()[name] == nw.String else column.cast(nw.String)

    @property
    def _eager(self) -> Any:
        native: Any = self.native
        return nw.from_native(native, eager_only=True)

    @property
    def numbered(self) -> Any:
        """The lines with their number, where the frame has an order that a join would lose."""
        if not self.is_eager:
            return self.lazy
        return self._eager.with_row_index(_ROW).lazy()

    def close_numbered(self, result: Any, columns: Sequence[str]) -> F:
        """Give columns of a result made from `numbered` as the kind of frame that came in, in its order."""
        native: F = (result.collect().sort(_ROW) if self.is_eager else result).select(*columns).to_native()
        return native

    def need(self, *, texts: Iterable[str] = (), numbers: Iterable[str] = (), years: Iterable[str] = ()) -> None:
        """Check that columns are there and of their type; raises `FrameError` with every fault."""
        schema = self.lazy.collect_schema()
        faults: list[str] = []
        for names, is_good, expected in (
            (texts, _is_text, _TEXT),
            (numbers, _is_number, _NUMBERS),
            (years, _is_whole, _YEAR),
        ):
            for name in dict.fromkeys(names):
                if name not in schema:
                    faults.append(f"no column {name!r}")
                elif not is_good(schema[name]):
                    faults.append(f"column {name!r} is {schema[name]}, and must be {expected}")
        if faults:
            raise FrameError(tuple(faults), tuple(schema))

    def need_no_nulls(self, names: Iterable[str]) -> None:
        """Check that key columns of an eager frame hold no nulls; a lazy one keeps them as a group of their own."""
        if not self.is_eager:
            return
        frame = self._eager
        faults = [f"column {name!r} has {count} nulls" for name in names if (count := frame[name].null_count())]
        if faults:
            raise FrameError(tuple(faults), tuple(frame.columns), "fill them, or drop the rows")


def opened(native: F) -> Opened[F]:
    """Take a frame or relation of an engine that Narwhals knows; raises `FrameError` for anything else."""
    try:
        frame: Any = nw.from_native(native)
    except TypeError as error:
        known = "Polars, pandas, PyArrow, DuckDB, Dask, PySpark or Ibis"
        raise FrameError((f"a {type(native).__name__} is no frame",), (), f"give one of {known}") from error
    is_eager = isinstance(frame, nw.DataFrame)
    return Opened(frame.lazy() if is_eager else frame, is_eager, native)


def in_order(frame: Any, order: Sequence[str], largest: str = "", then: Sequence[str] = ()) -> Any:
    """Sort by keys, nulls last, then the largest of a column first, then by further keys."""
    keys = [*order, *([largest] if largest else []), *then]
    return frame.sort(*keys, descending=[name == largest for name in keys], nulls_last=True) if keys else frame


def small_table(like: Opened[Any], columns: Mapping[str, Sequence[Any]]) -> Any:
    """Make a small table in the engine of a frame, to be joined to it."""
    implementation = like.lazy.implementation
    if implementation.is_duckdb():
        return nw.from_native(_in_duckdb(like.native, columns))
    if implementation.is_pyspark() or implementation.is_pyspark_connect():
        session = like.native.sparkSession
        rows = list(zip(*columns.values(), strict=True))
        return nw.from_native(session.createDataFrame(rows, list(columns)))
    if implementation.is_dask():
        dask, pandas = importlib.import_module("dask.dataframe"), importlib.import_module("pandas")
        return nw.from_native(dask.from_pandas(pandas.DataFrame(columns), npartitions=1))
    if implementation.is_ibis():
        table = importlib.import_module("pyarrow").table(dict(columns))
        return nw.from_native(importlib.import_module("ibis").memtable(table))
    return nw.from_dict(dict(columns), backend=implementation).lazy()


def _in_duckdb(relation: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    """Make a relation on the connection of another, which alone can be joined with it."""
    rows = ", ".join(f"({', '.join(map(_literal, row))})" for row in zip(*columns.values(), strict=True))
    names = ", ".join(f'"{name}"' for name in columns)
    return relation.query("natoburden_any", f"SELECT * FROM (VALUES {rows}) AS natoburden_small({names})")


def _literal(value: Any) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, dt.date):
        return f"DATE '{value.isoformat()}'"
    return f"CAST({value!r} AS DOUBLE)" if isinstance(value, float) else repr(value)


def _is_text(kind: Any) -> bool:
    return kind in (nw.String, nw.Categorical, nw.Enum)


def _is_number(kind: Any) -> bool:
    return bool(kind.is_numeric()) and not kind.is_decimal()


def _is_whole(kind: Any) -> bool:
    return bool(kind.is_integer())
