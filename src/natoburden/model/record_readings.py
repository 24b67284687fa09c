"""How a file of your own was read: the columns used, the assumptions made and the rows passed over."""

from __future__ import annotations

import attrs

__all__ = ["ColumnUse", "RecordReading"]


@attrs.frozen(kw_only=True)
class ColumnUse:
    """A column of a file, the field that it fills, and the reason: your choice, the column's name or its content."""

    header: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.field} from {self.header!r} ({self.reason})"


@attrs.frozen(kw_only=True)
class RecordReading:
    """How a file was read into a record, with a line for every assumption and every row that was not read.

    `unused` are the headers of columns that were not used. `assumed` are assumptions about details that the file does
    not state. `passed_over` are rows that are not records, such as a row of totals.
    """

    file: str
    columns: tuple[ColumnUse, ...]
    unused: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [f"{self.file}:", *(f"  {column}" for column in self.columns)]
        lines += [f"  not used: {', '.join(map(repr, self.unused))}"] if self.unused else []
        lines += [f"  assumed: {line}" for line in self.assumed]
        return "\n".join([*lines, *(f"  passed over: {line}" for line in self.passed_over)])
