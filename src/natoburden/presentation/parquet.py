"""Pages as Parquet files: the columns of CSV, and notes and sources in the file's metadata."""

from __future__ import annotations

import inspect
import io
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from natoburden.errors import MissingExtraError
from natoburden.presentation._harmless import encodable, for_json
from natoburden.presentation.columns import as_lines
from natoburden.presentation.messages import translation

if TYPE_CHECKING:
    from natoburden.presentation.tables import Page

__all__ = ["to_parquet"]

_Cell: TypeAlias = "str | float | int | bool | None"


def to_parquet(page: Page) -> bytes:
    """Return a page as a Parquet file, written by PyArrow or Polars; figures are floats, and a missing figure is null.

    The file's metadata has the key ``natoburden``, with JSON of the title, the notes and the sources. Raises
    `MissingExtraError` if neither PyArrow nor Polars is installed.
    """
    header, lines = as_lines(page._columns(translation("en")), (*page.rows, *page.totals))  # noqa: SLF001
    cells = [*zip(*lines, strict=True)] or [()] * len(header)
    columns = {name: _of_one_kind(values) for name, values in zip(header, cells, strict=True)}
    told = {key: value for key, value in page.to_dict().items() if key not in ("rows", "totals")}
    metadata = {"natoburden": for_json(json.dumps(told, ensure_ascii=False, default=str))}
    content = io.BytesIO()
    try:
        import pyarrow as pa  # type: ignore[import-untyped] # it ships no types
        import pyarrow.parquet as pq  # type: ignore[import-untyped]
    except ImportError:
        _by_polars(columns, metadata, content)
    else:
        pq.write_table(pa.table(columns).replace_schema_metadata(metadata), content)
    return content.getvalue()


def _by_polars(columns: Mapping[str, Sequence[_Cell]], metadata: dict[str, str], content: io.BytesIO) -> None:
    """Write a file with Polars; raises `MissingExtraError` if Polars is missing, or is too old to write the sources."""
    try:
        import polars as pl
    except ImportError as error:
        raise MissingExtraError("a Parquet file", "polars", "frames") from error
    frame = pl.DataFrame(columns)
    if "metadata" not in inspect.signature(frame.write_parquet).parameters:
        raise MissingExtraError("a Parquet file with its sources", "pyarrow, or a newer polars,", "frames")
    frame.write_parquet(content, metadata=metadata)


def _of_one_kind(values: Sequence[object]) -> list[_Cell]:
    """Return the cells of a column in one type, which Parquet requires: floats, integers, truth values or texts."""
    known = [value for value in values if value not in (None, "")]
    if known and all(type(value) in (int, bool) for value in known) and len({*map(type, known)}) == 1:
        return [None if value in (None, "") else value for value in values]  # type: ignore[misc]
    if all(isinstance(value, int | float | Decimal) for value in known):
        return [None if value in (None, "") else float(str(value)) for value in values]
    return [None if value is None else encodable(str(value)) for value in values]
