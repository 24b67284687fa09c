"""Columns as a data frame of the caller's choice; the only module of the model that knows data frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, TypeAlias, get_args

from natoburden.errors import MissingExtraError, UnknownNameError

__all__ = ["Backend", "Cell", "frame_of"]

Backend: TypeAlias = Literal["polars", "pandas", "pyarrow"]
Cell: TypeAlias = str | float | int | bool | None


def frame_of(columns: Mapping[str, Sequence[Cell]], backend: Backend) -> Any:
    """Return a data frame of Polars, pandas or PyArrow; this needs the extra ``frames``.

    Raises `MissingExtraError` without Narwhals or the backend, `UnknownNameError` for another backend.
    """
    if backend not in get_args(Backend):
        raise UnknownNameError("backend", str(backend), get_args(Backend))
    try:
        import narwhals as nw

        return nw.from_dict(dict(columns), backend=backend).to_native()
    except ImportError as error:
        raise MissingExtraError("to_frame", f"narwhals and {backend}", "frames") from error
