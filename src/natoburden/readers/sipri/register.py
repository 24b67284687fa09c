"""SIPRI's trade register, in both layouts in which its site exports it."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final

from natoburden.errors import ReaderError
from natoburden.model.capabilities import sipri_area
from natoburden.model.sources import Source
from natoburden.model.transfers import Condition, Tiv, TradeParty, Transfer, Transfers
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._text import Row, generated_at, read_lines, records

__all__ = ["FORMAT", "UNREAD", "read_register", "recognises"]

EXPECTED: Final = "SIPRI's trade register as CSV, order layout (16 columns) or delivery layout (17 columns)"

# Three columns of the order layout bear no name: each marks doubt about the column to its left.
_ORDER = (
    *("recipient", "supplier", "year of order", "?order year", "number ordered", "?ordered", "weapon designation"),
    *("weapon description", "number delivered", "?delivered", "year(s) of delivery", "status", "comments"),
    *("sipri tiv per unit", "sipri tiv for total order", "sipri tiv of delivered weapons"),
)
_DELIVERY = (
    *("sipri at database id", "supplier", "recipient", "designation", "description", "armament category"),
    *("order date", "order date is estimate", "numbers delivered", "numbers delivered is estimate"),
    *("delivery year", "delivery year is estimate", "status", "sipri estimate", "tiv deal unit"),
    *("tiv delivery values", "local production"),
)
_LAYOUTS = {"order": _ORDER, "delivery": _DELIVERY}
_DOUBT = {"?": True, "": False}
_YES_OR_NO = {"yes": True, "no": False}
_CONDITIONS = {
    "new": Condition.NEW,
    "second hand": Condition.SECOND_HAND,
    "second hand but modernized": Condition.MODERNISED,
}
_TAIL = re.compile(r";{1,500}\s{0,9}$")  # what a spreadsheet fills its rows up with
_MOST_PREAMBLE = 60
_ROUNDING = Decimal("0.005")


def recognises(glimpse: Glimpse) -> bool:
    """Tell a register by the columns of its header, somewhere below the preamble."""
    cells = glimpse.cells(most_lines=_MOST_PREAMBLE)
    return {"year of order", "weapon designation"} <= cells or {"sipri at database id", "armament category"} <= cells


def read_register(path: Path | str) -> Transfers:
    r"""Read an export of SIPRI's trade register, whole or not at all; the layout is told by its header.

    The preamble may be missing; the text may be ISO 8859-1, as the site writes it, or UTF-8, as spreadsheets save it.
    Records that a line break in their comments has split are joined, also where a spreadsheet has filled up both
    parts, and what it puts behind the last column is left aside. A character lost in an earlier conversion is kept
    in designations and comments, and refused elsewhere. Exact duplicates are kept: SIPRI's register has
    genuine ones. Marks of uncertainty are kept. In the order layout a deal's volume is not split over its years.
    Raises `ReaderError` with the file, the line and what was expected.

    The figures are SIPRI's, which allows parts of its data to be reproduced non-commercially and with credit.

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
    lines = read_lines(file, EXPECTED, lost_ok=True)
    start, layout, delimiter = _header(file.name, lines)
    if delimiter == ",":
        is_filled_up = lines[start].rstrip().endswith(";")
        least = len(_LAYOUTS[layout]) - 1
        lines = [_TAIL.sub("", line) if is_filled_up or line.count(",") >= least else line for line in lines]
    generated = generated_at(lines[:start])
    source = Source(
        title="Arms Transfers Database, trade register",
        publisher="SIPRI",
        url="https://www.sipri.org/databases/armstransfers",
        date=generated.date() if generated else None,
        licence="SIPRI's terms: parts of a dataset, non-commercially, with credit",
        locator=file.name,
    )
    build = _of_order if layout == "order" else _of_delivery
    columns = _LAYOUTS[layout]
    party = functools.cache(TradeParty.named)
    items = tuple(
        build(Row(file.name, line, columns, fields), party, source)
        for line, fields in records(lines, file=file.name, first=start + 1, width=len(columns), delimiter=delimiter)
    )
    if not items:
        raise ReaderError(file.name, f"line {start + 2}", "no record follows the header", EXPECTED)
    if lines[-1]:
        _check_last(file.name, items[-1])
    return Transfers(items=items, layout=layout, source=source, generated=generated)


def _header(file: str, lines: Sequence[str]) -> tuple[int, str, str]:
    """Find the header by its first cells, with its layout and delimiter: preambles differ, and some are cut off."""
    for index, line in enumerate(lines[:_MOST_PREAMBLE]):
        cells: list[str] = []
        for delimiter, (layout, columns) in itertools.product(";\t,", _LAYOUTS.items()):
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
    """Check a last line without an end by what SIPRI multiplies: a volume cut off in its digits still reads as one."""
    if last.tiv_per_unit is None:
        return
    difference = (last.tiv_per_unit * last.delivered - (last.tiv_delivered or Tiv(0))).millions
    if difference.copy_abs() > _ROUNDING:
        problem = "the last line has no end, and its TIV is not number delivered × TIV per unit"
        raise ReaderError(file, f"line {last.line}", problem, "a whole record; is the file cut short?")


def _of_order(row: Row, party: Callable[[str], TradeParty], source: Source) -> Transfer:
    description = row.text("weapon description")
    return Transfer(
        key=str(row.line),
        recipient=party(row.name("recipient")),
        supplier=party(row.name("supplier")),
        designation=row.prose("weapon designation"),
        description=description,
        area=sipri_area(description),
        condition=_condition(row),
        order_year=row.year_or_none("year of order"),
        order_year_is_estimate=row.word("?order year", _DOUBT),
        ordered=row.count("number ordered"),
        ordered_is_estimate=row.word("?ordered", _DOUBT),
        delivered=row.figure("number delivered") or 0,
        delivered_is_estimate=row.word("?delivered", _DOUBT),
        delivery_years=row.years("year(s) of delivery"),
        tiv_per_unit=_tiv(row, "sipri tiv per unit"),
        tiv_ordered=_tiv(row, "sipri tiv for total order"),
        tiv_delivered=_tiv(row, "sipri tiv of delivered weapons"),
        comments=row.prose("comments"),
        line=row.line,
        source=source,
    )


def _of_delivery(row: Row, party: Callable[[str], TradeParty], source: Source) -> Transfer:
    description, category = row.text("description"), row.text("armament category")
    year = row.year("delivery year")
    return Transfer(
        key=f"{row.needed('sipri at database id')}-{year}",
        recipient=party(row.name("recipient")),
        supplier=party(row.name("supplier")),
        designation=row.prose("designation"),
        description=description,
        category=category,
        area=sipri_area(description, category),
        condition=_condition(row),
        order_year=row.year_or_none("order date"),
        order_year_is_estimate=row.word("order date is estimate", _YES_OR_NO),
        delivered=row.figure("numbers delivered") or 0,
        delivered_is_estimate=row.word("numbers delivered is estimate", _YES_OR_NO),
        delivery_years=(year,),
        delivery_year_is_estimate=row.word("delivery year is estimate", _YES_OR_NO),
        tiv_when_new=_tiv(row, "sipri estimate"),
        tiv_per_unit=_tiv(row, "tiv deal unit"),
        tiv_delivered=_tiv(row, "tiv delivery values"),
        is_local_production=row.word("local production", _YES_OR_NO),
        line=row.line,
        source=source,
    )


def _condition(row: Row) -> Condition:
    return row.word("status", _CONDITIONS)


def _tiv(row: Row, column: str) -> Tiv | None:
    figure = row.figure(column)
    return None if figure is None else Tiv(figure)


def _is_answer(glimpse: Glimpse) -> bool:
    return glimpse.kind == "JSON" and re.match(r'\s{0,99}\{\s{0,99}"bytes"\s{0,9}:', glimpse.text) is not None


FORMAT: Final = FileFormat(
    name="trade register",
    publisher="SIPRI",
    reader="readers.sipri.read_register",
    read=read_register,
    recognises=recognises,
)
UNREAD: Final = (
    UnreadForm(
        name="answer of the Arms Transfers Database's interface",
        publisher="SIPRI",
        instead="decode the text under the key bytes, which is a CSV file in base64, or export the CSV from the site",
        recognises=_is_answer,
    ),
)
