"""Columns converted to the types that functions need; NaN and the missing values of pandas become nulls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, Generic, TypeVar

import narwhals as nw

from natoburden.frames._engine import Opened, collected

__all__ = ["Columns", "holds_nothing"]

F = TypeVar("F")

NUMBER: Final = "a number: float64, or a whole number of minor units"
TEXT: Final = "text"
YEAR: Final = "a whole number"
_WIDER: Final = (nw.UInt64, nw.Int128, nw.UInt128)  # types with whole numbers that an int64 may not hold
_PANDAS: Final = {TEXT: "string", NUMBER: "Float64", YEAR: "Int64"}  # types that have nulls


class Columns(Generic[F]):
    """The columns that a function reads from a frame; a column of the wrong type is a fault.

    `faults` lists columns that are absent or of the wrong type; `usable` names all the others.
    """

    def __init__(
        self,
        frame: Opened[F],
        *,
        texts: Iterable[str] = (),
        numbers: Iterable[str] = (),
        years: Iterable[str] = (),
        groups: Iterable[str] = (),
    ) -> None:
        roles: dict[str, str] = {}
        for names, role in ((texts, TEXT), (numbers, NUMBER), (years, YEAR), (groups, "")):
            for name in names:
                roles.setdefault(name, role)
        self.frame = _with_plain_values(frame, roles)
        self.schema: Mapping[str, Any] = self.frame.lazy.collect_schema()
        self._empty: set[str] = set()
        faults = {name: self._fault(name, role) for name, role in roles.items()}
        self.faults = [fault for fault in faults.values() if fault]
        self.usable = frozenset(name for name, fault in faults.items() if not fault)

    def _fault(self, name: str, role: str) -> str:
        if name not in self.schema:
            return f"no column {name!r}{_in_the_index(self.frame.native, name)}"
        kind = self.schema[name]
        if not role:
            return f"column {name!r} is {kind}, and cannot be grouped by" if kind.is_nested() else ""
        good = {TEXT: _is_text, NUMBER: _is_number, YEAR: _is_whole}[role]
        if good(kind) or (role == YEAR and kind.is_float() and self._holds_whole(name)):
            return "" if kind not in _WIDER or self._fits(name) else f"column {name!r} holds more than an int64 holds"
        if not kind.is_nested() and holds_nothing(self.frame, name):
            self._empty.add(name)
            return ""
        return f"column {name!r} is {kind}, and must be {role}"

    def _holds_whole(self, name: str) -> bool:
        number = self._float(name)
        # Rounding leaves an infinite number unchanged, and no engine makes whole numbers of infinite or too large ones.
        wrong = (number.round(0) != number) | (number.abs() >= 2.0**63)
        broken = nw.when(wrong & ~number.is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
        [row] = collected(self.frame.lazy.select(broken.alias("broken")).select(nw.col("broken").sum()))
        return not row["broken"]

    def _fits(self, name: str) -> bool:
        ends = [getattr(nw.col(name), how)().alias(how) for how in ("min", "max")]
        [row] = collected(self.frame.lazy.select(*ends))
        return all(end is None or -(2**63) <= end < 2**63 for end in row.values())

    # --- expressions

    def text(self, name: str) -> Any:
        """Return a column of text or categories as plain text, since categories cannot be compared with text."""
        column = nw.col(name)
        if name in self._empty:
            return _cast(column, nw.String)
        # pandas 2 casts a missing category to the text "nan"
        return column if self.schema[name] == nw.String else _cast(column, nw.String)

    def number(self, name: str) -> Any:
        """Return a column of numbers: whole numbers as int64, and all others as float64 with null in place of NaN."""
        if name in self._empty:
            return _cast(nw.col(name), nw.Float64)
        if self.schema[name].is_float():
            return self._float(name)
        return nw.col(name) if self.schema[name] == nw.Int64 else nw.col(name).cast(nw.Int64)

    def real(self, name: str) -> Any:
        """Return a column of numbers as float64, with null in place of NaN; integers become float64 too."""
        found = self.number(name)
        return found / 1 if self.is_whole(name) else found  # some engines refuse a cast that would lose digits

    def year(self, name: str) -> Any:
        """Return a column of years as int64, or as float64 if the engine has no null among whole numbers."""
        if name in self._empty:
            # Polars joins years with years of one type only; pandas has no whole number that is null.
            kind = nw.Int64 if self.frame.lazy.implementation.is_polars() else nw.Float64
            return _cast(nw.col(name), kind)
        if not self.schema[name].is_float():
            return self.number(name)
        number = self._float(name)
        return number if self.frame.lazy.implementation.is_dask() else number.cast(nw.Int64)

    def group(self, name: str) -> Any:
        """Return a column for grouping, with null in place of NaN."""
        return self._float(name) if self.schema[name].is_float() else nw.col(name)

    def is_whole(self, name: str) -> bool:
        """Return whether a column holds whole numbers, so its sums are exact."""
        return name not in self._empty and bool(self.schema[name].is_integer())

    def _float(self, name: str) -> Any:
        column = nw.col(name) if self.schema[name] == nw.Float64 else nw.col(name).cast(nw.Float64)
        return column.fill_nan(None)


def holds_nothing(frame: Opened[Any], name: str) -> bool:
    """Return whether a column holds only nulls."""
    there = nw.when(~nw.col(name).is_null()).then(nw.lit(1)).otherwise(nw.lit(0))
    [row] = collected(frame.lazy.select(there.alias("there")).select(nw.col("there").sum()))
    return not row["there"]


def _cast(column: Any, kind: Any) -> Any:
    """Return a column converted to another type; nulls stay nulls."""
    return nw.when(~column.is_null()).then(column.cast(kind))


def _with_plain_values(frame: Opened[F], roles: Mapping[str, str]) -> Opened[F]:
    """Return a frame with plain types of columns: pandas' objects and years stored as floats are converted.

    PyArrow has three types of text, and only columns of the same type can be joined. Therefore all texts get one type.
    An empty column without a type cannot be joined at all, and gets a type too.
    """
    if frame.is_eager and frame.lazy.implementation.is_pyarrow():
        return _with_types_that_join(frame, roles)
    if not (frame.is_eager and frame.lazy.implementation.is_pandas()):
        return frame
    native: Any = frame.native
    changed = {
        name: plain
        for name, role in roles.items()
        if name in native.columns and (plain := _plain(native[name], role)) is not None
    }
    if not changed:
        return frame
    lazy = nw.from_native(native.assign(**changed), eager_only=True).lazy()
    return Opened(lazy, frame.is_eager, frame.native)


def _with_types_that_join(frame: Opened[F], roles: Mapping[str, str]) -> Opened[F]:
    import pyarrow as pa  # type: ignore[import-untyped] # it ships no types

    table: Any = frame.native
    of_role = {NUMBER: pa.float64(), YEAR: pa.int64()}
    for place, name in enumerate(table.column_names):
        kind = str(table.schema.field(place).type)
        if kind == "null" or (name in roles and kind in ("large_string", "string_view")):
            cast = table.column(place).cast(of_role.get(roles.get(name, TEXT), pa.string()))
            table = table.set_column(place, name, cast)
    return Opened(nw.from_native(table, eager_only=True).lazy(), frame.is_eager, frame.native)


def _plain(values: Any, role: str) -> Any:
    """Return a pandas column converted to the type of its values; None if the column needs no change."""
    there = values.notna()
    if role and not there.any() and values.dtype.kind in "OMmf":
        return _with_none(values).astype(_PANDAS[role])
    if values.dtype == object:
        found = _with_none(values).convert_dtypes()
        return found if found.dtype != object else None
    if role == YEAR and values.dtype.kind == "f":
        years = values[there]
        return values.astype("Int64") if ((years.round() == years) & (years.abs() < 2.0**63)).all() else None
    return None


def _with_none(values: Any) -> Any:
    """Return an object column with None in place of every missing value, without the warning that pandas 2 gives."""
    found = values.astype(object).copy()
    found[found.isna()] = None
    return found


def _in_the_index(native: Any, name: str) -> str:
    levels = getattr(getattr(native, "index", None), "names", ())
    return " (it is in the index: reset_index() makes it a column)" if name in (levels or ()) else ""


def _is_text(kind: Any) -> bool:
    return kind in (nw.String, nw.Categorical, nw.Enum)


def _is_number(kind: Any) -> bool:
    return bool(kind.is_numeric()) and not kind.is_decimal()


def _is_whole(kind: Any) -> bool:
    return bool(kind.is_integer())
