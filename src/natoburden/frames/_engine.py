"""Frames of any engine, with results of the same engine: lazy frames stay lazy, and eager frames are computed once."""

from __future__ import annotations

import datetime as dt
import importlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs

from natoburden.errors import FrameError, MissingExtraError

try:
    import narwhals as nw
except ImportError as error:
    raise MissingExtraError("natoburden.frames", "narwhals", "frames") from error

__all__ = ["ROW", "Opened", "collected", "in_order", "joined", "opened", "small_table"]

F = TypeVar("F")

ROW = "natoburden_row"


@attrs.frozen
class Opened(Generic[F]):
    """A frame wrapped by Narwhals, together with the original frame, which decides the type of the result."""

    lazy: Any
    is_eager: bool
    native: F

    @property
    def columns(self) -> Sequence[str]:
        """The names of the frame's columns."""
        found: list[str] = self.lazy.collect_schema().names()
        return found

    def close(self, result: Any, order: Sequence[str] = (), largest: str = "", then: Sequence[str] = ()) -> F:
        """Return a result in the type of the caller's frame; an eager result is sorted, largest first."""
        found = in_order(result.collect(), order, largest, then) if self.is_eager else result
        native: F = found.to_native()
        return native

    @property
    def numbered(self) -> Any:
        """The lines of the frame; an eager frame gets line numbers, since a join could lose the order of its lines."""
        return self.lazy.collect().with_row_index(ROW).lazy() if self.is_eager else self.lazy

    def close_rows(self, result: Any, *added: str) -> F:
        """Return the caller's frame with added columns of a result; its order, its index and its other columns stay."""
        if not self.is_eager:
            columns = dict.fromkeys((*self.columns, *added))
            lazy: F = result.select(*columns).to_native()
            return lazy
        found = result.collect()
        if ROW in found.columns:
            found = found.sort(ROW)
        native: Any = self.native
        given = nw.from_native(native, eager_only=True)
        if given.implementation.is_pandas_like():
            found = nw.from_native(found.to_native().set_axis(native.index), eager_only=True)
        eager: F = given.with_columns(*(found[name] for name in added)).to_native()
        return eager


def opened(native: F) -> Opened[F]:
    """Open a frame or relation of an engine that Narwhals supports; raises `FrameError` for anything else.

    Also raises `FrameError` if two columns have the same name, or if names of columns have several levels.
    """
    _check_labels(native)
    try:
        frame: Any = nw.from_native(native)
    except TypeError as error:
        known = "Polars, pandas, PyArrow, DuckDB, Dask, PySpark or Ibis"
        raise FrameError((f"a {type(native).__name__} is not a frame",), (), f"give one of {known}") from error
    is_eager = isinstance(frame, nw.DataFrame)
    return Opened(frame.lazy() if is_eager else frame, is_eager, native)


def _check_labels(native: Any) -> None:
    if type(native).__module__.partition(".")[0] == "polars":  # no name is repeated, and reading names may be slow
        return
    labels: Any = getattr(native, "column_names", None) or getattr(native, "columns", ())
    if getattr(labels, "nlevels", 1) > 1:
        shown = tuple(map(str, labels))
        raise FrameError(("the columns are a MultiIndex",), shown, "give each column one name")
    if callable(labels) or not isinstance(labels, Iterable):
        return  # not a frame; Narwhals reports that
    counts = Counter(map(str, labels))
    if faults := tuple(f"column {name!r} is there {count} times" for name, count in counts.items() if count > 1):
        raise FrameError(faults, tuple(counts), "drop or rename one")


def collected(lazy: Any, *, streams: bool = False) -> list[dict[str, Any]]:
    """Compute a small result and return its rows; with `streams`, memory is bounded if the engine supports that."""
    bounded = streams and lazy.implementation.is_polars()
    found = lazy.collect(engine="streaming") if bounded else lazy.collect()
    return [dict(zip(found.columns, map(_plain, row), strict=True)) for row in found.iter_rows()]


def _plain(value: Any) -> Any:
    """Return a cell as a plain Python value; any kind of missing value becomes None."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    plain = value.item() if hasattr(value, "item") else value
    return None if isinstance(plain, float) and math.isnan(plain) else plain


def in_order(frame: Any, order: Sequence[str], largest: str = "", then: Sequence[str] = ()) -> Any:
    """Return rows sorted by keys (nulls last), then by a column (largest first), then by further keys."""
    keys = [*order, *([largest] if largest else []), *then]
    return frame.sort(*keys, descending=[name == largest for name in keys], nulls_last=True) if keys else frame


def small_table(like: Opened[Any], columns: Mapping[str, Sequence[Any]]) -> Any:
    """Return a small table in the engine of a frame, to be joined to the frame."""
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


def joined(left: Any, right: Any, on: Mapping[str, str]) -> Any:
    """Return lines joined with a small table; `on` maps columns of the lines to columns of the table.

    Lines keep their order if the engine has an order of lines; the lazy joins of Polars are told to keep it.
    """
    names = {"left_on": list(on), "right_on": list(on.values())}
    if left.implementation.is_polars() and isinstance(left, nw.LazyFrame):
        return nw.from_native(left.to_native().join(right.to_native(), how="left", maintain_order="left", **names))
    return left.join(right, how="left", **names)


def _in_duckdb(relation: Any, columns: Mapping[str, Sequence[Any]]) -> Any:
    """Make a relation on another relation's connection, since DuckDB cannot join relations of different connections."""
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
