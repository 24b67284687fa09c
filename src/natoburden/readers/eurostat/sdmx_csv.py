"""Eurostat's SDMX-CSV: one observation per line, with or without labels beside the codes."""

from __future__ import annotations

import re
from pathlib import Path

from natoburden.errors import ReaderError
from natoburden.readers._text import rows_in
from natoburden.readers.eurostat._cells import EXPECTED, Where, dataflow_of, day_of, source_of
from natoburden.readers.eurostat.table import EurostatCell, EurostatTable

__all__ = ["has_labels_alone", "is_sdmx_csv", "read_sdmx_csv"]

_STARTS = ("DATAFLOW", "STRUCTURE")
_CODE = re.compile(r"[a-z][a-z0-9_]*")


def is_sdmx_csv(start: str) -> bool:
    """Tell SDMX-CSV by its first line: the dataflow or structure, the period and the value, with labels or without."""
    header = start.partition("\n")[0].strip().strip('"')
    cells = {cell.strip(' "').partition(":")[0] for cell in re.split("[,;]", header)}
    return header.startswith(_STARTS) and {"TIME_PERIOD", "OBS_VALUE"} <= cells


def has_labels_alone(start: str) -> bool:
    """Tell SDMX-CSV whose columns bear labels in the place of codes, which cannot be told apart in every language."""
    header = start.partition("\n")[0].strip().strip('"')
    return header.startswith(_STARTS) and not is_sdmx_csv(start)


def read_sdmx_csv(path: Path, text: str) -> EurostatTable:
    """Read SDMX-CSV of version 1.0 or 2.0, whole or not at all; labels beside codes are left aside.

    Labels stand in columns of their own, or behind the code and a colon: ``geo:Geopolitical entity``, ``PL:Poland``.
    """
    rows = rows_in(text, path.name, EXPECTED)
    names = [cell.strip() for cell in next(rows)[1]]
    header = [cell.partition(":")[0] for cell in names]
    labelled = {place for place, name in enumerate(names) if ":" in name}
    columns = {name: place for place, name in enumerate(header)}
    if missing := {"TIME_PERIOD", "OBS_VALUE"} - columns.keys():
        raise ReaderError(path.name, "line 1", f"no column {', '.join(sorted(missing))}", EXPECTED)
    named = {name: place for name, place in columns.items() if _CODE.fullmatch(name) and place < columns["TIME_PERIOD"]}
    if not named:
        raise ReaderError(path.name, "line 1", "no column bears the code of a dimension", "such as freq, siec, geo")
    dataset, title, updated, cells = "", "", None, []
    for number, row in rows:
        where, fields = Where(path.name, f"line {number}"), [cell.strip() for cell in row]
        if not any(fields):
            continue
        if len(fields) != len(header):
            problem = f"{len(fields)} fields"
            raise where.fail(problem, f"{len(header)}, as in the header; is the file cut short?")
        of_line = dataflow_of(fields[columns.get("STRUCTURE_ID", 0)])
        if dataset and of_line != dataset:
            raise where.fail(f"the dataset {of_line or fields[0][:40]!r}", f"{dataset}, as in the lines above")
        dataset = of_line
        for place in labelled:
            fields[place] = fields[place].partition(":")[0].strip() or fields[place]
        title = title or (fields[columns["STRUCTURE_NAME"]] if "STRUCTURE_NAME" in columns else "")
        updated = updated or day_of(fields[columns["LAST UPDATE"]] if "LAST UPDATE" in columns else "")
        confidential = where.confidentiality(fields[columns["CONF_STATUS"]]) if "CONF_STATUS" in columns else ""
        flags = where.flags(fields[columns["OBS_FLAG"]]) if "OBS_FLAG" in columns else ""
        cells.append(
            EurostatCell(
                tuple(fields[place] for place in named.values()),
                where.period(fields[columns["TIME_PERIOD"]]),
                where.figure(fields[columns["OBS_VALUE"]]),
                flags if confidential and confidential in flags else flags + confidential,
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
