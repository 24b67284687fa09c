"""SIPRI's Military Expenditure workbook: dollars, shares of GDP and dollars per head, with what colours mean."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs

from natoburden.errors import ReaderError, ShareOutOfRangeError
from natoburden.model.countries import Country
from natoburden.model.expenditure import Edition, ExpenditureTable, Measure, Observation, Omission
from natoburden.model.money import CURRENT_PRICES, Money, PriceBasis
from natoburden.model.shares import Share
from natoburden.model.sources import Source, Status
from natoburden.readers._cells import fault_of, is_percent, place_of, year_in
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._workbook import colour_of, open_workbook, rows_of

__all__ = ["FORMAT", "LeftOutRow", "MilexWorkbook", "read_military_expenditure", "recognises"]

EXPECTED: Final = "SIPRI's Military Expenditure workbook (.xlsx)"
_CONSTANT = re.compile(r"Constant \((\d{4})\) US(?:\$|D)")  # USD in the workbooks of 2019 to 2021
_SHEETS = {
    "Current US$": Measure.EXPENDITURE,
    "Current USD": Measure.EXPENDITURE,
    "Share of GDP": Measure.SHARE_OF_GDP,
    "Per capita": Measure.EXPENDITURE_PER_CAPITA,
}
_STATUSES = {"0000FF": Status.ESTIMATE, "FF0000": Status.ESTIMATE}
_UNCERTAIN = "FF0000"
_MISSING = {
    "...": "SIPRI has no figure",
    "…": "SIPRI has no figure",
    ". .": "SIPRI has no figure",
    "..": "SIPRI has no figure",
    "xxx": "SIPRI: the country did not exist or was not independent in all or part of the year",
}
_A_FIGURE = "a number, '...' or 'xxx': download the workbook again, or put the figure right"
_MOST_PREAMBLE = 40


@attrs.frozen(kw_only=True)
class LeftOutRow:
    """A row or cell of the workbook that has no place in the table, and why; nothing is dropped unseen."""

    sheet: str
    row: int
    name: str
    reason: str

    def __str__(self) -> str:
        return f"sheet {self.sheet!r}, row {self.row}, {self.name}: {self.reason}"


@attrs.frozen(kw_only=True)
class MilexWorkbook:
    """SIPRI's military expenditure as a table, with what the table cannot hold.

    Blue figures, SIPRI's estimates, have the status of estimates in `table`; red ones too, and stand in `uncertain`
    besides. `notes` are the footnote marks of each country. `left_out` are rows that ISO 3166-1 has no country for,
    and shares above 100 % of GDP.
    """

    table: ExpenditureTable
    uncertain: tuple[Observation[Any], ...] = attrs.field(repr=lambda items: f"<{len(items)} figures>")
    notes: Mapping[Country, str] = attrs.field(repr=lambda notes: f"<notes on {len(notes)} countries>")
    left_out: tuple[LeftOutRow, ...] = attrs.field(repr=lambda items: f"<{len(items)} rows>")


@attrs.frozen(kw_only=True)
class _Cell:
    """One filled cell: where it stands, of whom and of which year it is."""

    sheet: str
    row: int
    name: str
    notes: str
    year: int
    value: object
    colour: str
    place: str
    is_percent: bool


def recognises(glimpse: Glimpse) -> bool:
    """Tell the workbook by the names of its sheets."""
    return any(name.strip() in _SHEETS or _CONSTANT.fullmatch(name.strip()) for name in glimpse.sheets)


def read_military_expenditure(path: Path | str) -> MilexWorkbook:
    """Read dollars at constant and current prices, shares of GDP and dollars per head, whole or not at all.

    Sheets are known by their names, whose base year and sign of the dollar drift; header rows by their first cell.
    Shares are stored as fractions, dollars in millions, dollars per head in dollars at current prices. Sheets in
    local currency, by region and of government spending are not read. SIPRI's definition is not NATO's: do not mix
    the two tables.
    Needs the extra ``readers``. Raises `ReaderError` with the file, the sheet and row, and what was expected;
    `MissingExtraError`.
    """
    file = Path(path)
    with open_workbook(file, EXPECTED) as book:
        names = {name: name.strip() for name in book.sheetnames}
        constant = [found for name in names.values() if (found := _CONSTANT.fullmatch(name))]
        if len(constant) != 1 or "Share of GDP" not in names.values():
            named = ", ".join(book.sheetnames[:12])
            problem = f"the sheets are {named}"
            raise ReaderError(file.name, "", problem, "one sheet 'Constant (YEAR) US$' and one 'Share of GDP'")
        base = int(constant[0][1])
        kinds = {constant[0][0]: Measure.EXPENDITURE, **_SHEETS}
        title, cells = "", list[_Cell]()
        for name, plain in names.items():
            if plain in kinds:
                heading, filled = _sheet(book[name], plain, file.name)
                if kinds[plain] is Measure.SHARE_OF_GDP:
                    _check_formats(file.name, filled)
                title = title or heading
                cells += filled
    return _workbook(file, title, base, kinds, cells)


def _sheet(sheet: Any, title: str, file: str) -> tuple[str, list[_Cell]]:
    """Read one sheet: its heading, and every filled cell under a year."""
    heading, years, notes_at = "", dict[int, int](), -1
    cells: list[_Cell] = []
    for number, row in rows_of(sheet, file):
        values = [cell.value for cell in row]
        first = str(values[0] or "").strip()
        if not years:
            heading = heading or first
            if first == "Country":
                years = _years(file, f"sheet {title!r}, row {number}", row)
                notes_at = values.index("Notes") if "Notes" in values else -1
            elif number > _MOST_PREAMBLE:
                break
            continue
        given = {n: values[n] for n in years if n < len(values) and values[n] is not None}
        notes = str(values[notes_at] or "").strip() if notes_at >= 0 else ""
        if first and given:
            cells += [
                _Cell(
                    sheet=title,
                    row=number,
                    name=first,
                    notes=notes,
                    year=years[n],
                    value=value,
                    colour=colour_of(row[n]),
                    place=place_of(row[n]),
                    is_percent=is_percent(row[n]),
                )
                for n, value in given.items()
            ]
    if not years:
        problem = f"no header within {_MOST_PREAMBLE} rows"
        raise ReaderError(file, f"sheet {title!r}", problem, "a row that begins Country and goes on to years")
    if not cells:
        raise ReaderError(file, f"sheet {title!r}", "no figure follows the header", EXPECTED)
    return heading, cells


def _years(file: str, where: str, row: tuple[Any, ...]) -> dict[int, int]:
    """Return the columns of years in a header; raises `ReaderError` for a cell beside them that may have been one."""
    years = {n: year for n, cell in enumerate(row) if (year := year_in(cell.value))}
    for n, cell in enumerate(row):
        is_word = isinstance(cell.value, str) and not re.search(r"\d", cell.value) and not fault_of(cell)
        twice = n in years and list(years.values()).count(years[n]) > 1
        if twice or (years and n not in years and cell.value is not None and not is_word):
            problem = f"cell {place_of(cell)} of the header is {str(cell.value)[:40]!r}"
            raise ReaderError(file, where, problem, "years of four digits, each once: type it as a plain number")
    return years


def _check_formats(file: str, cells: list[_Cell]) -> None:
    """Refuse a share that is a plain number among percentages: 0.9 would be 0.9 % or 90 %, and nothing tells which.

    So it is where all are plain numbers and some are above one: they are in per cent, and 0.9 beside them is too.
    """
    figures = [cell for cell in cells if isinstance(cell.value, int | float) and cell.value]
    plain = [cell for cell in figures if not cell.is_percent]
    odd = plain if len(plain) < len(figures) else [cell for cell in plain if cell.value > 1]  # type: ignore[operator] # a number
    if odd:
        cell = odd[0]
        problem = f"{cell.name}, {cell.year}: {cell.value!r} in cell {cell.place} is not formatted as a percentage"
        expected = (
            "fractions that are shown as percentages, all of them: change the cell, or download the workbook again"
        )
        raise ReaderError(file, f"sheet {cell.sheet!r}, row {cell.row}", problem, expected)


def _workbook(file: Path, title: str, base: int, kinds: Mapping[str, Measure], cells: list[_Cell]) -> MilexWorkbook:
    countries, strangers = _countries(cells)
    gaps: dict[tuple[Country, Measure, str], list[int]] = {}
    figures: list[tuple[_Cell, Country, Money | Share]] = []
    left_out = list(strangers)
    seen: set[tuple[str, Country, int]] = set()
    for cell in cells:
        country = countries.get(cell.name)
        if country is None:
            continue
        text = str(cell.value).strip()
        if text in _MISSING:
            gaps.setdefault((country, kinds[cell.sheet], _MISSING[text]), []).append(cell.year)
            continue
        if (cell.sheet, country, cell.year) in seen:
            where = f"sheet {cell.sheet!r}, row {cell.row}"
            raise ReaderError(file.name, where, f"{cell.name} stands in the sheet twice", "one row for each country")
        seen.add((cell.sheet, country, cell.year))
        value = _value(file.name, cell, kinds[cell.sheet], base)
        if isinstance(value, LeftOutRow):
            left_out.append(value)
        else:
            figures.append((cell, country, value))
    edition = Edition(
        key=f"SIPRI {_span(cells)}",
        source=Source(
            title="Military Expenditure Database",
            publisher="SIPRI",
            url="https://www.sipri.org/databases/milex",
            licence="SIPRI's terms: parts of a dataset, non-commercially, with credit",
            locator=file.name,
            note=re.sub(r"\s+", " ", title),
        ),
        constant_year=base,
        omissions=tuple(
            Omission(entity=country, measures=(measure,), years=tuple(years), reason=reason)
            for (country, measure, reason), years in gaps.items()
        ),
        note="Military expenditure on SIPRI's definition, which is not NATO's.",
    )
    observed = [(cell, _observation(cell, country, value, kinds, edition)) for cell, country, value in figures]
    if not observed:
        raise ReaderError(file.name, "", "no figure of any country", EXPECTED)
    return MilexWorkbook(
        table=ExpenditureTable(edition=edition, observations=tuple(item for _, item in observed)),
        uncertain=tuple(item for cell, item in observed if cell.colour == _UNCERTAIN),
        notes={countries[cell.name]: cell.notes for cell in cells if cell.notes and cell.name in countries},
        left_out=tuple(left_out),
    )


def _countries(cells: list[_Cell]) -> tuple[dict[str, Country], Iterator[LeftOutRow]]:
    """Find the country of each name once; the rows of the others are named with the reason."""
    found: dict[str, Country] = {}
    strange: dict[tuple[str, str], LeftOutRow] = {}
    for cell in cells:
        if cell.name in found or (cell.sheet, cell.name) in strange:
            continue
        reason = ""
        try:
            country = Country.find(cell.name)
        except LookupError as error:
            reason = str(error)
        else:
            if country in found.values():
                reason = f"{country} stands in the workbook under another name too"
            else:
                found[cell.name] = country
        if reason:
            strange[cell.sheet, cell.name] = LeftOutRow(sheet=cell.sheet, row=cell.row, name=cell.name, reason=reason)
    return found, iter(strange.values())


def _value(file: str, cell: _Cell, measure: Measure, base: int) -> Money | Share | LeftOutRow:
    where = f"sheet {cell.sheet!r}, row {cell.row}"
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    if not is_number or not math.isfinite(cell.value) or cell.value < 0:  # type: ignore[arg-type,operator] # a number
        fault = fault_of(cell) or f"{str(cell.value)[:40]!r} is not usable"
        raise ReaderError(file, where, f"{cell.name}, {cell.year}, cell {cell.place}: {fault}", _A_FIGURE)
    if cell.is_percent and measure is not Measure.SHARE_OF_GDP:
        fault = f"the amount {cell.value!r} is formatted as a percentage"
        raise ReaderError(file, where, f"{cell.name}, {cell.year}, cell {cell.place}: {fault}", _A_FIGURE)
    figure = Decimal(repr(cell.value))
    if measure is Measure.SHARE_OF_GDP:
        try:
            return Share.fraction(figure)
        except ShareOutOfRangeError as error:
            return LeftOutRow(sheet=cell.sheet, row=cell.row, name=f"{cell.name}, {cell.year}", reason=str(error))
    if measure is Measure.EXPENDITURE_PER_CAPITA:
        return Money(figure, "USD", CURRENT_PRICES)
    basis = PriceBasis.constant(base) if _CONSTANT.fullmatch(cell.sheet) else CURRENT_PRICES
    return Money.millions(figure, "USD", basis)


def _observation(
    cell: _Cell, country: Country, value: Money | Share, kinds: Mapping[str, Measure], edition: Edition
) -> Observation[Any]:
    status = _STATUSES.get(cell.colour, Status.ACTUAL)
    return Observation(
        measure=kinds[cell.sheet], entity=country, year=cell.year, value=value, status=status, edition=edition
    )


def _span(cells: list[_Cell]) -> str:
    years = [cell.year for cell in cells]
    return f"{min(years)}-{max(years)}"


FORMAT: Final = FileFormat(
    name="Military Expenditure workbook",
    publisher="SIPRI",
    reader="readers.sipri.read_military_expenditure",
    read=read_military_expenditure,
    recognises=recognises,
)
