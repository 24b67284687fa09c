"""Eurostat's SDMX-CSV: one observation per line, with or without labels beside the codes."""

from __future__ import annotations

import functools
import operator
import re
from pathlib import Path

from natoburden.errors import ReaderError
from natoburden.model.periods import Period
from natoburden.readers._limits import Limits
from natoburden.readers._text import full_rows, rows_in
from natoburden.readers.eurostat._cells import EXPECTED, Where, dataflow_of, day_of, source_of
from natoburden.readers.eurostat.table import EurostatCell, EurostatTable

__all__ = ["has_labels_alone", "is_sdmx_csv", "read_sdmx_csv"]

_STARTS = ("DATAFLOW", "STRUCTURE")
_CODE = re.compile(r"[a-z][a-z0-9_]*")


def is_sdmx_csv(start: str) -> bool:
    """Return whether the first line is a header of SDMX-CSV, with a dataflow or structure, a period and a value."""
    header = start.partition("\n")[0].strip().strip('"')
    cells = {cell.strip(' "').partition(":")[0] for cell in re.split("[,;]", header)}
    return header.startswith(_STARTS) and {"TIME_PERIOD", "OBS_VALUE"} <= cells


def has_labels_alone(start: str) -> bool:
    """Return whether a text is SDMX-CSV with labels in place of codes; labels vary by language and cannot be read."""
    header = start.partition("\n")[0].strip().strip('"')
    return header.startswith(_STARTS) and not is_sdmx_csv(start)


def read_sdmx_csv(path: Path, text: str, limits: Limits | None) -> EurostatTable:
    """Read SDMX-CSV of version 1.0 or 2.0, ignoring labels; a file with a fault is refused.

    Labels may be in separate columns, or follow the code and a colon: ``geo:Geopolitical entity``, ``PL:Poland``.
    """
    rows = rows_in(text, path.name, EXPECTED, limits)
    names = [cell.strip() for cell in next(rows)[1]]
    header = [cell.partition(":")[0] for cell in names]
    labelled = {place for place, name in enumerate(names) if ":" in name}
    columns = {name: place for place, name in enumerate(header)}
    if missing := {"TIME_PERIOD", "OBS_VALUE"} - columns.keys():
        raise ReaderError(path.name, "line 1", f"no column {', '.join(sorted(missing))}", EXPECTED)
    named = {name: place for name, place in columns.items() if _CODE.fullmatch(name) and place < columns["TIME_PERIOD"]}
    if not named:
        raise ReaderError(path.name, "line 1", "no column has the code of a dimension", "such as freq, siec, geo")
    where = Where(path.name)

    def plain(place: int | None, text: str) -> str:
        bare = text.strip()
        return (bare.partition(":")[0].strip() or bare) if place in labelled else bare

    @functools.cache
    def codes(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(plain, named.values(), texts))

    @functools.cache
    def period(text: str) -> Period:
        return where.period(plain(columns["TIME_PERIOD"], text))

    @functools.cache
    def flags(flag: str, confidentiality: str) -> str:
        found = where.flags(plain(columns.get("OBS_FLAG"), flag))
        hidden = where.confidentiality(plain(columns.get("CONF_STATUS"), confidentiality))
        return found if hidden and hidden in found else found + hidden

    flow_at, day_at = columns.get("STRUCTURE_ID", 0), columns.get("LAST UPDATE")
    title_at, flag_at, hidden_at = map(columns.get, ("STRUCTURE_NAME", "OBS_FLAG", "CONF_STATUS"))
    period_at, figure_at = columns["TIME_PERIOD"], columns["OBS_VALUE"]
    codes_of = operator.itemgetter(*named.values(), flow_at)  # a tuple even if there is only one dimension
    dataset, flow, title, updated = "", "", "", None
    cells: list[EurostatCell] = []
    figure = where.figure
    for where.line, row in full_rows(rows, path.name, len(header)):
        if row[flow_at] != flow:
            flow = row[flow_at]
            of_line = dataflow_of(flow)
            if dataset and of_line != dataset:
                raise where.fail(f"the dataset {of_line or row[0].strip()[:40]!r}", f"{dataset}, as in the lines above")
            dataset = of_line
        if not title and title_at is not None:
            title = plain(title_at, row[title_at])
        if updated is None and day_at is not None:
            updated = day_of(plain(day_at, row[day_at]))
        cells.append(
            EurostatCell(
                codes(codes_of(row)),
                period(row[period_at]),
                figure(plain(figure_at, row[figure_at]) if labelled else row[figure_at]),
                flags("" if flag_at is None else row[flag_at], "" if hidden_at is None else row[hidden_at]),
            )
        )
    if not cells:
        raise ReaderError(path.name, "line 2", "no observation follows the header", EXPECTED)
    return EurostatTable(
        dataset=dataset,
        dimensions=tuple(named),
        cells=tuple(cells),
        updated=updated,
        source=source_of(path, dataset, title, updated),
    )
