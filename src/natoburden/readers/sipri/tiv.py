"""SIPRI's tables of trend-indicator values: imports, exports, one importer's suppliers, and tables by region."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from natoburden.errors import ReaderError
from natoburden.model.sources import Source
from natoburden.model.transfers import Tiv, TivEntry, TivTable, TradeParty
from natoburden.readers._coverage import Coverage, span
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._text import checked_name, generated_at, generated_on, read_lines, records
from natoburden.readers.sipri import register

__all__ = ["FORMAT", "read_tiv_table"]

EXPECTED: Final = "a SIPRI table of trend-indicator values as CSV"
_PARTIES = {"recipient": "recipients", "exports by": "suppliers", "supplier": "suppliers", "": "suppliers"}
_HEADER = re.compile(r'^"?(recipient|exports by|supplier)"?[,;\t]"?\d{4}\b', re.IGNORECASE | re.MULTILINE)
_OLD_TITLE = re.compile(r'"?TIV of arms (exports|imports) (?:from|to) (.{1,200})', re.IGNORECASE)
_EVERYBODY = re.compile(r"(?:all|the top|the \d+ largest)\b", re.IGNORECASE)
_BESIDE = re.compile(r"\d{4}\s?-\s?\d{4}|\D*")  # sums over years and percentages, which can be computed
_MOST_PREAMBLE = 60


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether the preamble mentions trend-indicator values, or the header has parties first and then years."""
    if glimpse.kind != "table" or register.FORMAT.recognises(glimpse):
        return False
    begins = _HEADER.search(glimpse.text)
    start = glimpse.text[:2_000].casefold()
    return (
        begins is not None or "trend-indicator values" in start or _OLD_TITLE.match(glimpse.text.lstrip()) is not None
    )


def read_tiv_table(path: Path | str, *, limits: Limits | None = None) -> TivTable:
    r"""Read a SIPRI table of import or export volumes, in millions of TIV; a file with a fault is refused.

    The first cell of the header states whether the rows are suppliers or recipients. In tables from before 2024, the
    title shows what rows are: recipients in a table of one country's exports, suppliers in a table of one country's
    imports. A printed 0 is a volume below half a million, and an empty cell means that SIPRI identified no transfer.
    Columns with percentages, or with sums of several years, are not read, since they can be computed. Rows of totals
    are kept separately.

    Raises `ReaderError`, which states the file, the line and the expected content.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "import-values.csv"
    >>> _ = file.write_text("Recipient,2019,2020,2019-2020\nPoland,12,0 ,12\nTotal world import,12,0,12\n")
    >>> table = read_tiv_table(file)
    >>> table.volume("POL", 2019), table.volume("Poland", 2020), table.totals[0].party.name
    (Tiv('12 m'), Tiv('0 m'), 'Total world import')
    """
    file = Path(path)
    lines = read_lines(file, EXPECTED, limits)
    start, cells, delimiter = _header(file.name, lines)
    years = {n: int(cell) for n, cell in enumerate(cells) if re.fullmatch(r"[0-9]{4}", cell)}
    _check_years(file.name, start, cells)
    labels = min(years)
    generated = generated_at(lines[:start])
    entries: list[TivEntry] = []
    totals: list[TivEntry] = []
    region = ""
    seen: set[tuple[str, str]] = set()
    for line, record in records(lines, file=file.name, first=start + 1, width=len(cells), delimiter=delimiter):
        fields = list(map(str.strip, record))
        if fields[labels - 1 :] == cells[labels - 1 :]:
            problem = "the header stands again: two tables are under each other"
            raise ReaderError(file.name, f"line {line}", problem, "one table in a file")
        region = fields[0] if labels == 2 and fields[0] else region
        name = fields[labels - 1]
        if not name:
            raise ReaderError(file.name, f"line {line}", "the row has no name", "a country")
        checked_name(file.name, line, f"column {labels}", name)
        if (region, name) in seen:
            raise ReaderError(file.name, f"line {line}", f"{name} appears twice", "one row for each country")
        seen.add((region, name))
        is_total = re.match(r"(regional )?total\b", name.casefold()) is not None
        party = TradeParty(name=name) if is_total else TradeParty.named(name)
        found = totals if is_total else entries
        for place, year in years.items():
            if fields[place]:
                found.append(_entry(file.name, line, party, year, fields[place], region))
    if not entries:
        raise ReaderError(file.name, f"line {start + 2}", "no row with a volume follows the header", EXPECTED)
    return TivTable(
        parties=_PARTIES[cells[0].casefold()] if cells[0] else _parties(lines[:start]),
        entries=tuple(entries),
        totals=tuple(totals),
        years=tuple(years.values()),
        source=Source(
            title="Arms Transfers Database, volume of transfers of major arms",
            publisher="SIPRI",
            url="https://www.sipri.org/databases/armstransfers",
            date=generated_on(lines[:start]),
            licence="SIPRI's terms: parts of a dataset, non-commercially, with credit",
            locator=file.name,
        ),
        generated=generated,
    )


def _header(file: str, lines: Sequence[str]) -> tuple[int, list[str], str]:
    """Return the line, cells and delimiter of the header, which is a known or empty first cell, and then years."""
    for index, line in enumerate(lines[:_MOST_PREAMBLE]):
        for delimiter in (",", ";"):
            cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
            first = 1 if cells[0] else next((n for n, cell in enumerate(cells) if cell), 0)
            if first > 2 or len(cells) <= first or cells[0].casefold() not in _PARTIES:
                continue
            if re.fullmatch("[0-9]{4}", cells[first]):
                return index, cells, delimiter
        if line.casefold().startswith(("recipient,supplier,", "sipri at database id,")):
            problem = "this is a trade register: sipri.read_register reads it"
            raise ReaderError(file, f"line {index + 1}", problem, EXPECTED)
    problem = f"no header within {min(len(lines), _MOST_PREAMBLE)} lines"
    raise ReaderError(file, "line 1", problem, "one of Recipient, Exports by or Supplier, followed by years")


def _check_years(file: str, index: int, cells: Sequence[str]) -> None:
    for place, cell in enumerate(cells):
        is_year = re.fullmatch("[0-9]{4}", cell) is not None
        if not (is_year or _BESIDE.fullmatch(cell)) or (is_year and cells.count(cell) > 1):
            problem = f"column {place + 1} of the header is {cell[:40]!r}"
            raise ReaderError(file, f"line {index + 1}", problem, "years of four digits, each once")


def _parties(preamble: Sequence[str]) -> str:
    """Return whether the rows of an old table are suppliers or recipients, by the title of the table."""
    title = next((found for line in preamble if (found := _OLD_TITLE.match(line.strip()))), None)
    if title is None:
        return "suppliers"  # a regional table: its first two columns have no name
    is_exports, is_everybody = title[1].casefold() == "exports", bool(_EVERYBODY.match(title[2]))
    return "suppliers" if is_exports == is_everybody else "recipients"


def _entry(file: str, line: int, party: TradeParty, year: int, text: str, region: str) -> TivEntry:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise ReaderError(file, f"line {line}", f"{year}: {text[:40]!r} is not usable", "a whole number or nothing")
    volume = Tiv(text)
    return TivEntry(party=party, year=year, volume=volume, is_below_half=not volume.millions, region=region)


def _covers(table: TivTable) -> Coverage:
    facts = (
        (table.parties, len({entry.party for entry in table.entries})),
        ("volumes", len(table.entries)),
        ("years", span(table.years)),
    )
    return Coverage(f"exported {table.generated}" if table.generated else "", facts)


FORMAT: Final = FileFormat(
    name="table of trend-indicator values",
    publisher="SIPRI",
    read=read_tiv_table,
    recognises=_recognises,
    covers=_covers,
    seed=(
        "import-values.csv",
        "Volume of transfers of major arms\nFigures are in millions of SIPRI trend-indicator values (TIVs).\n"
        "Data generated: 12 Aug 2026 7:47:41 PM\n\n"
        "Recipient,2019,2020,2019-2020\nPoland,12,0 ,12\nTotal world import,12,0,12\n",
    ),
)
