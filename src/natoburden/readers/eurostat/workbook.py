"""The workbook of Eurostat's data browser, with a sheet for each combination of the fixed dimensions."""

from __future__ import annotations

import contextlib
import csv
import functools
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from natoburden.errors import InvalidNumberError, ReaderError
from natoburden.readers._cells import fault_of, figure_of, place_of
from natoburden.readers._limits import Limits
from natoburden.readers._workbook import Looks, open_workbook, rows_of
from natoburden.readers.eurostat._cells import EXPECTED, Where, dataset_of, day_of, source_of
from natoburden.readers.eurostat.table import EurostatCell, EurostatTable

__all__ = ["read_browser_workbook"]

_DIMENSION = re.compile(r"([A-Z_]+) \((?:Labels|Codes)\)")


def read_browser_workbook(path: Path, limits: Limits | None) -> EurostatTable:
    """Read a workbook of the data browser with the extra ``readers``; a workbook with a fault is refused.

    The sheets have labels instead of codes. Known labels become the codes that the other forms have; unknown labels are
    unchanged.
    """
    title, updated = "", ""
    dimensions: tuple[str, ...] = ()
    cells: list[EurostatCell] = []
    looks = Looks()
    with open_workbook(path, EXPECTED, limits) as book:
        for sheet in book.worksheets:
            if not re.fullmatch(r"Sheet [0-9]+", sheet.title):
                continue
            sheet.reset_dimensions()
            with contextlib.closing(rows_of(sheet, path.name)) as rows:
                facts, found, names = _sheet(path.name, sheet.title, rows, looks)
            if dimensions and names != dimensions:
                place = Where(path.name, f"sheet {sheet.title!r}")
                raise place.fail(
                    f"the dimensions {', '.join(names)}", f"{', '.join(dimensions)}, as in the sheets before"
                )
            dimensions = names
            title, updated = facts.get("Dataset", title), facts.get("Last updated", updated)
            cells += found
    if not cells:
        raise ReaderError(path.name, "", "no sheet of data, called Sheet 1", EXPECTED)
    dataset, day = dataset_of(title) or dataset_of(path.name), day_of(updated)
    return EurostatTable(
        dataset=dataset,
        dimensions=dimensions,
        cells=tuple(cells),
        updated=day,
        source=source_of(path, dataset, title.partition(" [")[0], day),
    )


def _sheet(
    file: str, title: str, rows: Iterator[tuple[int, tuple[Any, ...]]], looks: Looks
) -> tuple[dict[str, str], list[EurostatCell], tuple[str, ...]]:
    """Read one sheet: the facts above the table, the fixed dimensions, and the cells."""
    facts: dict[str, str] = {}
    fixed: dict[str, str] = {}
    for number, row in rows:
        label = _text(row[0])
        if label == "TIME":
            periods = dict(_periods(Where(file, f"sheet {title!r}, row {number}"), row))
            break
        known = _dimension(label)
        value = next((text for cell in row[1:] if (text := _text(cell))), "")
        if label.rstrip(": ") in ("Dataset", "Last updated"):
            facts[label.rstrip(": ")] = value
        elif known:
            fixed[known] = _code(known, value)
        elif not label.startswith("Data extracted on"):
            raise Where(file, f"sheet {title!r}, row {number}").fail(f"the line {label[:40]!r}", EXPECTED)
    else:
        raise Where(file, f"sheet {title!r}").fail("no row of periods, called TIME", EXPECTED)
    number, row = next(rows, (0, ()))
    head = _DIMENSION.fullmatch(_text(row[0])) if row else None
    if head is None:
        raise Where(file, f"sheet {title!r}, row {number}").fail("no row under TIME", "such as GEO (Labels)")
    free = head[1].lower()
    cells: list[EurostatCell] = []
    for number, row in rows:
        label = _text(row[0])
        if label == "Special value" or label.startswith("Observation flags"):
            break
        where = Where(file, f"sheet {title!r}, row {number}")
        codes = (*fixed.values(), _code(free, label))
        for place, period in periods.items():
            cell = row[place] if place < len(row) else None
            after = row[place + 1] if place + 1 < len(row) and place + 1 not in periods else None
            flags = where.flags(text) if (text := _text(after)) else ""
            cells.append(EurostatCell(codes, period, _figure(where, cell, looks), flags))
    if not cells:
        raise Where(file, f"sheet {title!r}").fail("no row of figures", EXPECTED)
    return facts, cells, (*fixed, free)


def _periods(where: Where, row: tuple[Any, ...]) -> Iterator[tuple[int, Any]]:
    for place, cell in enumerate(row[1:], start=1):
        if text := _text(cell):
            yield place, where.period(text)


def _text(cell: Any) -> str:
    value = getattr(cell, "value", None)
    return "" if value is None else str(value).strip()


def _figure(where: Where, cell: Any, looks: Looks) -> Decimal | None:
    value = getattr(cell, "value", None)
    if value is None:
        return None
    if isinstance(value, str) and (fault := fault_of(cell)):
        raise _at(where, cell).fail(fault, "a figure, or a colon for a missing one; or download the workbook again")
    if type(value) not in (int, float):
        return where.figure(_text(cell))
    if looks.in_percent(cell):
        problem = f"{value!r} is formatted as a percentage"
        raise _at(where, cell).fail(problem, "plain numbers: download the workbook again")
    try:
        return figure_of(value)
    except InvalidNumberError:
        return where.figure(repr(value))


def _at(where: Where, cell: Any) -> Where:
    return Where(where.file, f"{where.position.partition(',')[0]}, cell {place_of(cell)}")


@functools.cache
def _labels() -> Mapping[tuple[str, str], str]:
    text = Path(__file__).with_name("labels.csv").read_text(encoding="utf-8")
    return {(row["dimension"], row["label"]): row["code"] for row in csv.DictReader(text.splitlines())}


def _dimension(label: str) -> str:
    return _labels().get(("", label), "")


def _code(dimension: str, label: str) -> str:
    plain = " ".join(label.split())
    of = "geo" if dimension == "partner" else dimension
    return _labels().get((of, plain), plain)
