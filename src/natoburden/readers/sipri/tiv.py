"""SIPRI's tables of trend-indicator values: imports, exports, one importer's suppliers, and by region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from natoburden.errors import ReaderError
from natoburden.model.sources import Source
from natoburden.model.transfers import Tiv, TivEntry, TivTable, TradeParty
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._text import generated_at, read_lines, records
from natoburden.readers.sipri import register

__all__ = ["read_tiv_table", "recognises"]

EXPECTED: Final = "a SIPRI table of trend-indicator values as CSV"
_PARTIES = {"recipient": "recipients", "exports by": "suppliers", "supplier": "suppliers", "": "suppliers"}
_HEADER = re.compile(r'^"?(recipient|exports by|supplier)"?[,;\t]"?\d{4}\b', re.IGNORECASE | re.MULTILINE)
_MOST_PREAMBLE = 60


def recognises(glimpse: Glimpse) -> bool:
    """Tell a table by its preamble on trend-indicator values, or by a header of years below what its rows are."""
    if glimpse.kind != "table" or register.recognises(glimpse):
        return False
    begins = _HEADER.search(glimpse.text)
    return begins is not None or "trend-indicator values" in glimpse.text[:2_000].casefold()


def read_tiv_table(path: Path | str) -> TivTable:
    r"""Read an import or export table of SIPRI's volumes, in millions of TIV, whole or not at all.

    The first cell of the header says what the rows are. A printed 0 is a volume below half a million, an empty cell
    nothing identified. Sums over years and percentages are left to be computed; rows of totals are kept apart.
    Raises `ReaderError` with the file, the line and what was expected.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "import-values.csv"
    >>> _ = file.write_text("Recipient,2019,2020,2019-2020\nPoland,12,0 ,12\nTotal world import,12,0,12\n")
    >>> table = read_tiv_table(file)
    >>> table.volume("POL", 2019), table.volume("Poland", 2020), table.totals[0].party.name
    (Tiv('12 m'), Tiv('0 m'), 'Total world import')
    """
    file = Path(path)
    lines = read_lines(file, EXPECTED)
    start, cells, delimiter = _header(file.name, lines)
    labels = 2 if not cells[0] else 1
    years = {n: int(cell) for n, cell in enumerate(cells) if re.fullmatch(r"[0-9]{4}", cell)}
    generated = generated_at(lines[:start])
    entries: list[TivEntry] = []
    totals: list[TivEntry] = []
    region = ""
    for line, fields in records(lines, file=file.name, first=start + 1, width=len(cells), delimiter=delimiter):
        region = fields[0] if labels == 2 and fields[0] else region
        name = fields[labels - 1]
        if not name:
            raise ReaderError(file.name, f"line {line}", "the row bears no name", "a country")
        is_total = re.match(r"(regional )?total\b", name.casefold()) is not None
        party = TradeParty(name=name) if is_total else TradeParty.named(name)
        found = totals if is_total else entries
        for place, year in years.items():
            if fields[place]:
                found.append(_entry(file.name, line, party, year, fields[place], region))
    if not entries:
        raise ReaderError(file.name, f"line {start + 2}", "no row with a volume follows the header", EXPECTED)
    return TivTable(
        parties=_PARTIES[cells[0].casefold()],
        entries=tuple(entries),
        totals=tuple(totals),
        years=tuple(years.values()),
        source=Source(
            title="Arms Transfers Database, volume of transfers of major arms",
            publisher="SIPRI",
            url="https://www.sipri.org/databases/armstransfers",
            date=generated.date() if generated else None,
            licence="SIPRI's terms: parts of a dataset, non-commercially, with credit",
            locator=file.name,
        ),
        generated=generated,
    )


def _header(file: str, lines: Sequence[str]) -> tuple[int, list[str], str]:
    """Find the header: a known first cell, or two empty ones, and then years."""
    for index, line in enumerate(lines[:_MOST_PREAMBLE]):
        for delimiter in (",", ";"):
            cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
            first = 1 if cells[0] else 2
            if len(cells) > first and cells[0].casefold() in _PARTIES and re.fullmatch("[0-9]{4}", cells[first]):
                return index, cells, delimiter
        if line.casefold().startswith(("recipient,supplier,", "sipri at database id,")):
            problem = "this is a trade register: sipri.read_register reads it"
            raise ReaderError(file, f"line {index + 1}", problem, EXPECTED)
    problem = f"no header within {min(len(lines), _MOST_PREAMBLE)} lines"
    raise ReaderError(file, "line 1", problem, "one of Recipient, Exports by or Supplier, followed by years")


def _entry(file: str, line: int, party: TradeParty, year: int, text: str, region: str) -> TivEntry:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ReaderError(file, f"line {line}", f"{year}: {text[:40]!r} is not usable", "a whole number or nothing")
    volume = Tiv(text)
    return TivEntry(party=party, year=year, volume=volume, is_below_half=not volume.millions, region=region)
