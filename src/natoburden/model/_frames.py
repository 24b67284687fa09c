"""Conversion of columns to data frames; no other module of the model uses data frames."""

from __future__ import annotations

import abc
import datetime as dt
import importlib
from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args

from natoburden.errors import MissingExtraError, UnknownNameError

__all__ = ["SEPARATOR", "Backend", "Cell", "Tabular", "arrow_stream", "frame_of"]

Backend: TypeAlias = Literal["polars", "pandas", "pyarrow"]
Cell: TypeAlias = str | float | int | bool | dt.date | None


SEPARATOR = "; "  # between the values of one cell

_OF_FIGURES = ("_percent", "_points", "_million")  # endings of numeric columns, even if all values are missing


def frame_of(columns: Mapping[str, Sequence[Cell]], backend: Backend | None = None) -> Any:
    """Return a data frame of Polars, pandas or PyArrow; the default is the first of these libraries that is installed.

    The function needs the extra ``frames``. Raises `MissingExtraError` if Narwhals or the backend is missing, and
    `UnknownNameError` for an unknown backend.
    """
    if backend is not None and backend not in get_args(Backend):
        raise UnknownNameError("backend", str(backend), get_args(Backend))
    chosen = backend or _first_installed(get_args(Backend), "to_frame")
    try:
        import narwhals as nw

        frame = nw.from_dict(dict(columns), backend=chosen)
    except ImportError as error:
        raise MissingExtraError("to_frame", f"narwhals and {chosen}", "frames") from error
    if chosen == "pandas":
        return _with_nulls(frame.to_native(), columns)
    blank = {name for name, values in columns.items() if values and all(value is None for value in values)}
    figures = {name for name in blank if name.endswith(_OF_FIGURES)}
    empty = (nw.col(name).cast(nw.Float64 if name in figures else nw.String) for name in columns if name in blank)
    return frame.with_columns(*empty).to_native() if blank else frame.to_native()


def arrow_stream(columns: Mapping[str, Sequence[Cell]], requested_schema: object | None = None) -> object:
    """Return columns as a capsule of an Arrow stream, made by PyArrow or Polars, whichever is installed.

    Raises `MissingExtraError` if neither library is installed.
    """
    maker = _first_installed(("pyarrow", "polars"), "the Arrow interface")
    stream: object = frame_of(columns, maker).__arrow_c_stream__(requested_schema)
    return stream


def _first_installed(names: Sequence[str], what: str) -> Any:
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError:
            continue
        return name
    raise MissingExtraError(what, " or ".join(names), "frames")


def _with_nulls(native: Any, columns: Mapping[str, Sequence[Cell]]) -> Any:
    """Return a pandas frame in which columns with missing values keep their whole numbers and truth values."""
    kinds = {int: "Int64", bool: "boolean"}
    wanted = {}
    for name, values in columns.items():
        found = {type(value) for value in values if value is not None}
        if None in values and len(found) == 1 and (kind := kinds.get(next(iter(found)))):
            wanted[name] = kind
    return native.astype(wanted) if wanted else native


class Tabular(abc.ABC):
    """The base of all classes with rows: the rows become a data frame, an Arrow stream or a table in notebooks."""

    __slots__ = ()

    @abc.abstractmethod
    def to_columns(self) -> dict[str, list[Cell]]:
        """Return the rows as columns."""

    @property
    def caption(self) -> tuple[str, ...]:
        """The lines that are shown above the rows in an HTML table."""
        return ()

    def to_frame(self, backend: Backend | None = None) -> Any:
        """Return the rows as a data frame of Polars, pandas or PyArrow; this needs the extra ``frames``.

        Without a `backend`, the first of the three libraries that is installed is used. Raises `MissingExtraError` if
        Narwhals or the backend is missing, and `UnknownNameError` for an unknown backend.
        """
        return frame_of(self.to_columns(), backend)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows as an Arrow stream, which frame libraries and DuckDB read directly."""
        return arrow_stream(self.to_columns(), requested_schema)

    def _repr_html_(self) -> str:
        from natoburden.model._html_tables import html_table

        return html_table(self.to_columns(), self.caption)
