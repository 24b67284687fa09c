"""How a file of one's own was read: which column is which field, what was assumed, and what was passed over."""

from __future__ import annotations

import attrs

__all__ = ["ColumnUse", "RecordReading"]


@attrs.frozen(kw_only=True)
class ColumnUse:
    """A column of a file, the field that it fills, and why: as the caller said, or by its name or content."""

    header: str
    field: str
    reason: str

    def __str__(self) -> str:
        return f"{self.field} from {self.header!r} ({self.reason})"


@attrs.frozen(kw_only=True)
class RecordReading:
    """How a file was read into a record. Every assumption and every row that was not read has a line here.

    `unused` are the headers of columns that were not used. `assumed` are assumptions about what the file does not say.
    `passed_over` are rows without a record, such as a total.
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
