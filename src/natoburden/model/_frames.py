"""Columns as a data frame of the caller's choice; the only module of the model that knows data frames."""

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

_OF_FIGURES = ("_percent", "_points", "_million")  # the endings of columns that are numbers, even where all are missing


def frame_of(columns: Mapping[str, Sequence[Cell]], backend: Backend | None = None) -> Any:
    """Return a data frame of Polars, pandas or PyArrow, by default of the first that is installed.

    This needs the extra ``frames``. Raises `MissingExtraError` without Narwhals or the backend, `UnknownNameError` for
    another backend.
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

    Raises `MissingExtraError` without either.
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
    """Return a frame of pandas whose whole numbers stay whole and truth values true where some are missing."""
    kinds = {int: "Int64", bool: "boolean"}
    wanted = {}
    for name, values in columns.items():
        found = {type(value) for value in values if value is not None}
        if None in values and len(found) == 1 and (kind := kinds.get(next(iter(found)))):
            wanted[name] = kind
    return native.astype(wanted) if wanted else native


class Tabular(abc.ABC):
    """What has rows: a frame, an Arrow stream and a table in notebooks follow from its columns."""

    __slots__ = ()

    @abc.abstractmethod
    def to_columns(self) -> dict[str, list[Cell]]:
        """Return the rows as columns."""

    @property
    def caption(self) -> tuple[str, ...]:
        """What stands above the rows in HTML, a line each."""
        return ()

    def to_frame(self, backend: Backend | None = None) -> Any:
        """Return the rows as a data frame of Polars, pandas or PyArrow; needs the extra ``frames``.

        Without a backend it is the first of the three that is installed. Raises `MissingExtraError` without Narwhals or
        the backend, `UnknownNameError` for another backend.
        """
        return frame_of(self.to_columns(), backend)

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Return the rows as an Arrow stream, so that frame libraries and DuckDB take them without a call."""
        return arrow_stream(self.to_columns(), requested_schema)

    def _repr_html_(self) -> str:
        from natoburden.model._html_tables import html_table

        return html_table(self.to_columns(), self.caption)
