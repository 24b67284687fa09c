"""Spreadsheets of your own, converted to lines for computing shares; a mapping gives the meaning of each column."""

from __future__ import annotations

import argparse
import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from natoburden.errors import UnexpectedValueError

if TYPE_CHECKING:
    from natoburden.model.countries import Country
    from natoburden.model.procurement import Contracts

__all__ = ["SHEET", "is_sheet", "lines_of_sheet"]

_SCALES: Final = {0: "one", 3: "thousand", 6: "million", 9: "billion"}
_WORKBOOKS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_RENAMED: Final[dict[str, str]] = {"supplier": "origin", "company": "supplier", "amount": "value"}

# The defaults of the command's options for a spreadsheet.
SHEET: Final[dict[str, Any]] = {"by": ("origin",), "measure": "value", "part": "part"}


def is_sheet(file: Path, options: argparse.Namespace) -> bool:
    """Return whether a file is a spreadsheet: a workbook, a file with a mapping, or text without the usual columns."""
    told = (options.columns, options.amounts, options.buyer, options.sheet, options.dates, options.decimal)
    if any(told) or file.suffix.lower() in _WORKBOOKS:
        return True
    if file.suffix.lower() not in (".csv", ".tsv"):
        return False
    with file.open("rb") as opened:
        first = opened.readline(20_000).decode("utf-8-sig", errors="replace")
    names = {name.strip(' "\r\n') for name in re.split("[,\t]", first)}
    measure = options.measure or "amount"
    if SHEET["measure"] in names and measure not in names:  # the header of the template
        return True
    return bool(first.strip()) and not names & {*(options.by or ("supplier",)), measure}


def _buyer(name: str | None) -> Country | None:
    """Return the buyer of all rows, given by the option ``--buyer``; an error about the buyer mentions this option."""
    from natoburden.model.countries import Country
    from natoburden.model.memberships import find_entity

    if name is None:
        return None
    try:
        return Country.find(name)
    except LookupError as error:
        said = str(error)
        with contextlib.suppress(LookupError):
            find_entity(name)
            said = "it is a group; name the one country that buys in every row, or a column: --columns buyer=HEADER"
        raise UnexpectedValueError("--buyer", repr(name), said) from error


def lines_of_sheet(options: argparse.Namespace) -> tuple[Any, Contracts, int]:
    """Return a spreadsheet's contracts as lines, the record of these contracts, and the number of entries left out."""
    import narwhals as nw

    from natoburden.frames import contracts_to_frame
    from natoburden.model.procurement import PURCHASES
    from natoburden.readers.sheets import read_contract_sheet
    from natoburden.readers.sheets._contracts import NOT_NAMED
    from natoburden.readers.sheets._units import unit_in
    from natoburden.readers.sheets._wording import OPTIONS

    options.by = tuple({"company": "supplier"}.get(name, name) for name in options.by)  # the company, as elsewhere
    stated = unit_in(options.amounts or "")
    if options.amounts and not stated.is_whole_text:
        raise UnexpectedValueError("--amounts", repr(options.amounts), "write a currency, a scale or both: 'EUR m'")
    record = read_contract_sheet(
        options.file,
        {header: field for field, header in options.columns or ()},
        sheet=options.sheet,
        buyer=_buyer(options.buyer),
        currency=stated.currency or None,
        unit=None if stated.scale is None else _SCALES[stated.scale],
        dates=options.dates and options.dates.replace("-", " "),
        decimal=options.decimal,
        wording=OPTIONS,
        limits=options.limits,
    )
    purchases = [item for item in record if item.value.kind in PURCHASES]
    if not purchases:
        raise UnexpectedValueError("the file", options.file.name, "none of its values is one of a contract")
    lines = contracts_to_frame(record.select(lambda item: item.value.kind in PURCHASES), "polars")
    company = nw.col("company")
    named = nw.from_native(lines).with_columns(nw.when(company != NOT_NAMED).then(company).alias("company"))
    return named.rename(_RENAMED).lazy().to_native(), record, len(record) - len(purchases)
