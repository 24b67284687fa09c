"""The reader of all forms of Eurostat's files: the content of a file, not its name, decides how it is read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from natoburden.errors import ReaderError
from natoburden.readers._coverage import Coverage, span
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._text import read_text
from natoburden.readers.eurostat._cells import EXPECTED
from natoburden.readers.eurostat.json_stat import is_json, read_json_stat
from natoburden.readers.eurostat.sdmx_csv import has_labels_alone, is_sdmx_csv, read_sdmx_csv
from natoburden.readers.eurostat.table import EurostatTable
from natoburden.readers.eurostat.tsv import is_tsv, read_tsv
from natoburden.readers.eurostat.workbook import read_browser_workbook

__all__ = ["FORMAT", "read_dataset"]


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether a text begins like a table of Eurostat, or a workbook has the sheets of the data browser."""
    if glimpse.kind == "workbook":
        return {"Structure", "Sheet 1"} <= {*glimpse.sheets}
    if glimpse.kind == "JSON":
        return re.search(r'"class"\s*:\s*"dataset"', glimpse.text) is not None
    return is_tsv(glimpse.text) or is_sdmx_csv(glimpse.text)


def read_dataset(path: Path | str, *, limits: Limits | None = None) -> EurostatTable:
    r"""Read a table in any form that Eurostat offers for download; a file with a fault is refused.

    Four forms are read:

    - tab-separated tables: whole or filtered, packed with gzip or not, with today's header or that used before 2022
    - SDMX-CSV, with or without labels
    - JSON-stat 2.0, sparse or dense
    - workbooks of the data browser, which need the extra ``readers``

    Figures, flags and missing cells are kept unchanged; methods of `EurostatTable` return flows, balances and rates.
    Raises `ReaderError` for a fault; the message gives the file, the place and the expected content. Raises `OSError`
    if the file is missing.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "estat_nrg_ti_gasm_filtered.tsv"
    >>> header = "freq,siec,partner,unit,geo\\TIME_PERIOD\t2024-01 \t2024-02 \n"
    >>> _ = file.write_text(header + "M,G3000,NO,MIO_M3,PL\t641.0 p\t: \n")
    >>> table = read_dataset(file)
    >>> for flow in table.flows():
    ...     print(flow)
    natural gas (LNG included), Poland from Norway, 2024-01: 641.00 mcm p
    natural gas (LNG included), Poland from Norway, 2024-02: missing
    """
    file = Path(path)
    if Glimpse.of(file).kind == "workbook":
        return read_browser_workbook(file, limits)
    text = read_text(file, EXPECTED, limits)
    for tells, read in ((is_tsv, read_tsv), (is_sdmx_csv, read_sdmx_csv), (is_json, read_json_stat)):
        if tells(text):
            return read(file, text, limits)
    raise ReaderError(file.name, "line 1", f"it begins with {text.lstrip()[:40]!r}", EXPECTED)


def _is_sdmx_ml(glimpse: Glimpse) -> bool:
    is_data = glimpse.root in ("GenericData", "CompactData", "StructureSpecificData", "Structure", "UtilityData")
    return glimpse.kind == "XML" and is_data and ("ESTAT" in glimpse.text or "eurostat" in glimpse.text)


def _covers(table: EurostatTable) -> Coverage:
    facts = (
        ("dataset", table.dataset or "not told"),
        ("dimensions", ", ".join(table.dimensions)),
        ("cells", len(table.cells)),
        ("periods", span(cell.period for cell in table.cells)),
    )
    return Coverage(str(table.updated or ""), facts)


FORMAT: Final = FileFormat(
    name="table of the database",
    publisher="Eurostat",
    read=read_dataset,
    recognises=_recognises,
    covers=_covers,
    seed=(
        "estat_nrg_ti_gasm.tsv",
        "freq,siec,partner,unit,geo\\TIME_PERIOD\t2018-01 \t2018-02 \nM,G3000,NO,MIO_M3,PL\t641.5 p\t: \n",
    ),
    unread=(
        UnreadForm(
            name="SDMX-CSV with labels in the place of codes",
            publisher="Eurostat",
            instead="download it again with codes, or with codes and labels",
            recognises=lambda glimpse: glimpse.kind == "table" and has_labels_alone(glimpse.text),
        ),
        UnreadForm(
            name="SDMX in XML",
            publisher="Eurostat",
            instead="download the table as TSV or SDMX-CSV",
            recognises=_is_sdmx_ml,
        ),
    ),
)
