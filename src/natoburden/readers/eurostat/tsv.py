"""Eurostat's tab-separated tables, whole, filtered or packed; the header may be current or from before 2022."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from natoburden.errors import ReaderError
from natoburden.readers._limits import Limits
from natoburden.readers._text import check_table
from natoburden.readers.eurostat._cells import EXPECTED, Where, dataset_of, source_of
from natoburden.readers.eurostat.table import EurostatCell, EurostatTable

__all__ = ["is_tsv", "read_tsv"]

_CORNER = re.compile(r"([a-zA-Z0-9_]+(?:,[a-zA-Z0-9_]+)*)\\(?:TIME_PERIOD|time)")


def is_tsv(start: str) -> bool:
    """Return whether the first cell contains dimensions, a backslash and the time, as in a tab-separated table."""
    return _CORNER.fullmatch(start.partition("\n")[0].partition("\t")[0].strip()) is not None


def read_tsv(path: Path, text: str, limits: Limits | None) -> EurostatTable:
    """Read a tab-separated table; a file with a fault is refused."""
    check_table(text, path.name, limits)
    lines = text.split("\n")
    header = lines[0].split("\t")
    corner = _CORNER.fullmatch(header[0].strip())
    if corner is None:
        raise ReaderError(path.name, "line 1", f"the header begins with {header[0][:40]!r}", EXPECTED)
    dimensions = tuple(corner[1].split(","))
    where = Where(path.name)
    where.line = 1
    periods = [where.period(cell) for cell in header[1:]]
    if not periods or len(set(periods)) < len(periods):
        raise where.fail("the header names no period, or one twice", "one column for each period")
    _check_end(path.name, lines)

    @functools.cache
    def read(field: str) -> tuple[Decimal | None, str]:
        figure, _, flags = field.strip().partition(" ")
        return where.figure(figure), where.flags(flags)

    cells: list[EurostatCell] = []
    for where.line, line in enumerate(lines[1:], start=2):
        if not line.strip():
            continue
        fields = line.split("\t")
        codes = tuple(code.strip() for code in fields[0].split(","))
        if len(fields) != len(header) or len(codes) != len(dimensions):
            problem = f"{len(codes)} dimensions and {len(fields) - 1} cells"
            hint = f"{len(dimensions)} and {len(periods)}, as in the header; is the file cut short?"
            raise where.fail(problem, hint)
        cells += [EurostatCell(codes, period, *read(field)) for period, field in zip(periods, fields[1:], strict=True)]
    if not cells:
        raise ReaderError(path.name, "line 2", "no row follows the header", EXPECTED)
    dataset = dataset_of(path.name)
    return EurostatTable(
        dataset=dataset,
        dimensions=dimensions,
        cells=tuple(cells),
        updated=None,
        source=source_of(path, dataset, "", None),
    )


def _check_end(file: str, lines: Sequence[str]) -> None:
    """Raise `ReaderError` if the last line is cut short: a complete line ends with a blank, flags or a line end."""
    last = lines[-1]
    if last and len(lines) > 2 and last[-1:].isdigit() and lines[-2][-1:] == " ":
        raise ReaderError(file, f"line {len(lines)}", "the last line breaks off", "a figure followed by a blank")
