"""SIPRI's trade register, in both layouts that its site exports."""

from __future__ import annotations

import functools
import itertools
import operator
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from natoburden.errors import ReaderError
from natoburden.model.capabilities import sipri_area
from natoburden.model.sources import Source
from natoburden.model.transfers import Condition, Tiv, TradeParty, Transfer, Transfers
from natoburden.readers._columns import Column, Place, Reads, word
from natoburden.readers._coverage import Coverage, span
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._text import generated_at, read_lines, records

__all__ = ["FORMAT", "read_register"]

EXPECTED: Final = "SIPRI's trade register as CSV, order layout (16 columns) or delivery layout (17 columns)"

_TAIL = re.compile(r"(?<!;);++\s{0,9}$")  # signs with which spreadsheets fill up their rows
_MOST_PREAMBLE = 60
_ROUNDING = Decimal("0.005")


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether a file has the columns of a trade register, below a preamble of any length."""
    cells = glimpse.cells(most_lines=_MOST_PREAMBLE)
    return {"year of order", "weapon designation"} <= cells or {"sipri at database id", "armament category"} <= cells


def read_register(path: Path | str, *, limits: Limits | None = None) -> Transfers:
    r"""Read an export of SIPRI's trade register in either of its layouts; a file with a fault is refused.

    The preamble may be missing. The text may be ISO 8859-1, as from SIPRI's site, or UTF-8, as from spreadsheet
    programs. Line breaks in comments split some records. The pieces of a split record are joined, even if a spreadsheet
    program has added empty fields to a piece. Extra fields after the last column are ignored.

    A character that an earlier conversion lost (U+FFFD) is allowed in designations and comments, and refused in other
    columns. Exact duplicates are kept, since SIPRI's register has genuine duplicates. Marks of uncertainty are kept. In
    the layout by orders, a deal's volume is not divided among its years. Raises `ReaderError` for a fault; the message
    gives the file, the line and the expected content.

    The figures come from SIPRI, which permits the non-commercial reproduction of parts of its data, with credit.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "trade-register.csv"
    >>> header = (
    ...     "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,"
    ...     "Order date is estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,"
    ...     "Delivery year is estimate,Status,SIPRI estimate,TIV deal unit,TIV delivery values,Local production"
    ... )
    >>> row = "1,Utopia,Poland,X-1,tank,Armoured vehicles,2017,No,4,Yes,2019,No,New,2.5,2.5,10,No"
    >>> _ = file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    >>> for transfer in read_register(file):
    ...     print(transfer, "|", transfer.tiv_delivered, "|", transfer.is_estimate)
    Utopia to Poland: 4 X-1 (2019) | 10 m TIV | True
    """
    file = Path(path)
    lines = read_lines(file, EXPECTED, limits, lost_ok=True)
    start, layout, delimiter = _header(file.name, lines)
    if delimiter == ",":
        is_filled_up = lines[start].rstrip().endswith(";")
        least = len(_LAYOUTS[layout]) - 1
        lines = [
            _TAIL.sub("", line) if ";" in line and (is_filled_up or line.count(",") >= least) else line
            for line in lines
        ]
    generated = generated_at(lines[:start])
    source = Source(
        title="Arms Transfers Database, trade register",
        publisher="SIPRI",
        url="https://www.sipri.org/databases/armstransfers",
        date=generated.date() if generated else None,
        licence="SIPRI's terms: parts of a dataset, non-commercially, with credit",
        locator=file.name,
    )
    place, layout_columns = Place(file.name), _LAYOUTS[layout]
    fields = [field for field, _ in layout_columns.values()]
    columns = [Column(place, name, read) for name, (_, read) in layout_columns.items()]
    items: list[Transfer] = []
    for place.line, texts in records(lines, file=file.name, first=start + 1, width=len(columns), delimiter=delimiter):
        found = dict(zip(fields, map(operator.getitem, columns, texts), strict=True))
        found["key"] = f"{found['key']}-{found['delivery_years'][0]}" if "key" in found else str(place.line)
        area = _area(found["description"], found.get("category", ""))
        items.append(Transfer(**found, area=area, line=place.line, source=source))
    if not items:
        raise ReaderError(file.name, f"line {start + 2}", "no record follows the header", EXPECTED)
    if lines[-1]:
        _check_last(file.name, items[-1])
    return Transfers(items=tuple(items), layout=layout, source=source, generated=generated)


def _header(file: str, lines: Sequence[str]) -> tuple[int, str, str]:
    """Return the line, layout and delimiter of the header; the header is found by its first cells."""
    for index, line in enumerate(lines[:_MOST_PREAMBLE]):
        cells: list[str] = []
        for delimiter, (layout, names) in itertools.product(";\t,", _LAYOUTS.items()):
            columns = tuple(names)
            cells = [cell.strip(' ";').casefold() for cell in line.split(delimiter)]
            if tuple(cells[:3]) == columns[:3]:
                while len(cells) > len(columns) and not cells[-1]:
                    cells.pop()
                _check_header(file, index, cells, columns)
                return index, layout, delimiter
        if len(cells) > 2 and cells[0] in ("recipient", "exports by") and cells[1].isdigit():
            raise ReaderError(file, f"line {index + 1}", "this is a TIV table: sipri.read_tiv_table reads it", EXPECTED)
    problem = f"no header within {min(len(lines), _MOST_PREAMBLE)} lines"
    raise ReaderError(
        file, "line 1", problem, "one that begins Recipient,Supplier,Year of order or SIPRI AT Database ID,Supplier"
    )


def _check_header(file: str, index: int, cells: Sequence[str], columns: Sequence[str]) -> None:
    wanted = ["" if name.startswith("?") else name for name in columns]
    if list(cells) != wanted:
        place = next(
            (n for n, (cell, name) in enumerate(zip(cells, wanted, strict=False)) if cell != name),
            min(len(cells), len(wanted)),
        )
        found = repr(cells[place]) if place < len(cells) else "nothing"
        expected = repr(wanted[place]) if place < len(wanted) else f"no more than {len(wanted)} columns"
        raise ReaderError(file, f"line {index + 1}", f"column {place + 1} of the header is {found}", expected)


def _check_last(file: str, last: Transfer) -> None:
    """Raise `ReaderError` if the last line's volume is not number × unit value: its last digits may be cut off."""
    if last.tiv_per_unit is None:
        return
    difference = (last.tiv_per_unit * last.delivered - (last.tiv_delivered or Tiv(0))).millions
    if difference.copy_abs() > _ROUNDING:
        problem = "the last line has no end, and its TIV is not number delivered × TIV per unit"
        raise ReaderError(file, f"line {last.line}", problem, "a whole record; is the file cut short?")


_named = functools.lru_cache(maxsize=4_096)(TradeParty.named)
_area = functools.lru_cache(maxsize=4_096)(sipri_area)


def _party(column: Column[TradeParty], text: str) -> TradeParty:
    return _named(column.name(text))


def _delivered(column: Column[Decimal], text: str) -> Decimal:
    return column.figure(text) or Decimal(0)


def _one_year(column: Column[tuple[int]], text: str) -> tuple[int]:
    return (column.year(text),)


def _tiv(column: Column[Tiv | None], text: str) -> Tiv | None:
    figure = column.figure(text)
    return None if figure is None else Tiv(figure)


_doubt = word({"?": True, "": False})
_yes_or_no = word({"yes": True, "no": False})
_condition = word(
    {
        "new": Condition.NEW,
        "second hand": Condition.SECOND_HAND,
        "second hand but modernized": Condition.MODERNISED,
    }
)

# Each layout by its columns: the field of a transfer in each, and how it is read. Three columns of the order
# layout have no name: each marks doubt about the column to its left.
_LAYOUTS: Final[Mapping[str, Mapping[str, tuple[str, Reads[Any]]]]] = {
    "order": {
        "recipient": ("recipient", _party),
        "supplier": ("supplier", _party),
        "year of order": ("order_year", Column.year_or_none),
        "?order year": ("order_year_is_estimate", _doubt),
        "number ordered": ("ordered", Column.count),
        "?ordered": ("ordered_is_estimate", _doubt),
        "weapon designation": ("designation", Column.prose),
        "weapon description": ("description", Column.text),
        "number delivered": ("delivered", _delivered),
        "?delivered": ("delivered_is_estimate", _doubt),
        "year(s) of delivery": ("delivery_years", Column.years),
        "status": ("condition", _condition),
        "comments": ("comments", Column.prose),
        "sipri tiv per unit": ("tiv_per_unit", _tiv),
        "sipri tiv for total order": ("tiv_ordered", _tiv),
        "sipri tiv of delivered weapons": ("tiv_delivered", _tiv),
    },
    "delivery": {
        "sipri at database id": ("key", Column.needed),
        "supplier": ("supplier", _party),
        "recipient": ("recipient", _party),
        "designation": ("designation", Column.prose),
        "description": ("description", Column.text),
        "armament category": ("category", Column.text),
        "order date": ("order_year", Column.year_or_none),
        "order date is estimate": ("order_year_is_estimate", _yes_or_no),
        "numbers delivered": ("delivered", _delivered),
        "numbers delivered is estimate": ("delivered_is_estimate", _yes_or_no),
        "delivery year": ("delivery_years", _one_year),
        "delivery year is estimate": ("delivery_year_is_estimate", _yes_or_no),
        "status": ("condition", _condition),
        "sipri estimate": ("tiv_when_new", _tiv),
        "tiv deal unit": ("tiv_per_unit", _tiv),
        "tiv delivery values": ("tiv_delivered", _tiv),
        "local production": ("is_local_production", _yes_or_no),
    },
}


def _is_answer(glimpse: Glimpse) -> bool:
    return glimpse.kind == "JSON" and re.match(r'\s{0,99}\{\s{0,99}"bytes"\s{0,9}:', glimpse.text) is not None


def _covers(transfers: Transfers) -> Coverage:
    items = transfers.items
    facts = (
        ("layout", transfers.layout),
        ("transfers", len(items)),
        ("suppliers", len({item.supplier for item in items})),
        ("recipients", len({item.recipient for item in items})),
        ("years of delivery", span(year for item in items for year in item.delivery_years)),
    )
    return Coverage(f"exported {transfers.generated}" if transfers.generated else "", facts)


FORMAT: Final = FileFormat(
    name="trade register",
    publisher="SIPRI",
    read=read_register,
    recognises=_recognises,
    covers=_covers,
    seed=(
        "trade-register.csv",
        "SIPRI AT Database ID,Supplier,Recipient,Designation,Description,Armament category,Order date,Order date is "
        "estimate,Numbers delivered,Numbers delivered is estimate,Delivery year,Delivery year is estimate,Status,SIPRI "
        "estimate,TIV deal unit,TIV delivery values,Local production\n"
        "101,Austria,Czechia,P-2,APC,Armoured vehicles,2017,No,4,Yes,2019,Yes,New,0.3,0.3,1.2,Yes\n",
    ),
    unread=(
        UnreadForm(
            name="answer of the Arms Transfers Database's interface",
            publisher="SIPRI",
            instead="decode the text under the key bytes, a CSV file in base64, or export the CSV from the site",
            recognises=_is_answer,
        ),
    ),
)
