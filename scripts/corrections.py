"""Corrections of a collection: what a second look found, kept beside the scripts and applied when they run.

A file of corrections has one row per field: the key of the record, the field, what the collection says, what is right,
the sources of that, and a remark. Sources are addresses, or ``host: reference`` where no address was kept, divided by
`` ; ``. A row without a field only adds its remark and sources.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

__all__ = ["REMARKS", "SOURCES", "corrected", "read_rows"]

# Where a corrected row keeps what its corrections add. No collection has columns of these names.
REMARKS, SOURCES = "remarks of corrections", "sources of corrections"


def read_rows(path: Path) -> list[dict[str, str]]:
    """Read a CSV file with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def corrected(
    rows: Iterable[dict[str, str]], key_column: str, corrections: Iterable[dict[str, str]]
) -> list[dict[str, str]]:
    """Return the rows with every correction applied, and its remark and sources beside it.

    Raises `SystemExit` for a correction of no row, one without a source, and one that does not find what it corrects:
    the collection has changed, and somebody must look again.
    """
    found = {row[key_column]: {**row, REMARKS: "", SOURCES: ""} for row in rows}
    for item in corrections:
        key, field = item["key"], item["field"]
        row = found.get(key)
        if row is None:
            raise SystemExit(f"{key}: there is a correction, but the collection has no such row")
        if not item["sources"]:
            raise SystemExit(f"{key}.{field}: the correction names no source")
        if field:
            if row.get(field) != item["was"]:
                raise SystemExit(f"{key}.{field}: is {row.get(field)!r}, where the correction expects {item['was']!r}")
            row[field] = item["is"]
        _add(row, REMARKS, [item["remark"]], "; ")
        _add(row, SOURCES, item["sources"].split(" ; "), " ; ")
    return list(found.values())


def _add(row: dict[str, str], column: str, more: Iterable[str], divider: str) -> None:
    known = row[column].split(divider) if row[column] else []
    row[column] = divider.join([*known, *(text for text in more if text and text not in known)])
