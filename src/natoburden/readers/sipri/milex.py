"""SIPRI's Military Expenditure workbook: dollars, shares of GDP and dollars per head; colours mark estimates."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from natoburden.errors import ReaderError, ShareOutOfRangeError
from natoburden.model._figures import Kind
from natoburden.model._numbers import CONTEXT
from natoburden.model.countries import Country
from natoburden.model.expenditure import CountedBy, Edition, ExpenditureTable, Measure, Observation, Omission
from natoburden.model.money import CURRENT_PRICES, Currency, PriceBasis
from natoburden.model.sources import Source, Status
from natoburden.readers._cells import fault_of, figure_of, place_of, year_of
from natoburden.readers._coverage import Coverage, expenditure_coverage
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._observed import Observed
from natoburden.readers._workbook import Looks, open_workbook, rows_of

__all__ = ["FORMAT", "LeftOutRow", "MilexWorkbook", "read_military_expenditure"]

EXPECTED: Final = "SIPRI's Military Expenditure workbook (.xlsx)"
_CONSTANT = re.compile(r"Constant \((\d{4})\) US(?:\$|D)")  # USD in the workbooks of 2019 to 2021
_DOLLAR = Currency("USD")
_SHEETS: Final[Mapping[str, Kind]] = {
    "Current US$": (Measure.EXPENDITURE, _DOLLAR, CURRENT_PRICES),
    "Current USD": (Measure.EXPENDITURE, _DOLLAR, CURRENT_PRICES),
    "Share of GDP": (Measure.SHARE_OF_GDP, None, None),
    "Per capita": (Measure.EXPENDITURE_PER_CAPITA, _DOLLAR, CURRENT_PRICES),
}
_ACTUAL = Status.ACTUAL
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
_MOST_LEFT_OUT = 1000


@attrs.frozen(kw_only=True)
class LeftOutRow:
    """A row or cell of the workbook that is left out of the table, with the reason."""

    sheet: str
    row: int
    name: str
    reason: str

    def __str__(self) -> str:
        return f"sheet {self.sheet!r}, row {self.row}, {self.name}: {self.reason}"


@attrs.frozen(kw_only=True)
class MilexWorkbook:
    """SIPRI's military expenditure as a table, with facts that the table cannot contain.

    SIPRI prints its estimates in blue, and `table` marks these figures as estimates. SIPRI prints highly uncertain
    figures in red; `table` marks these figures as estimates too, and `uncertain` lists them. `notes` are the footnote
    marks of each country. `left_out` lists rows without a country of ISO 3166-1, and shares above 100 % of GDP.
    """

    table: ExpenditureTable
    uncertain: tuple[Observation[Any], ...] = attrs.field(repr=lambda items: f"<{len(items)} figures>")
    notes: Mapping[Country, str] = attrs.field(repr=lambda notes: f"<notes on {len(notes)} countries>")
    left_out: tuple[LeftOutRow, ...] = attrs.field(repr=lambda items: f"<{len(items)} rows>")


@attrs.frozen(kw_only=True)
class _Row:
    """The filled cells of one row by year, with the row's number and the name of its country."""

    sheet: str
    number: int
    name: str
    notes: str
    cells: Mapping[int, Any]

    @property
    def where(self) -> str:
        return f"sheet {self.sheet!r}, row {self.number}"


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether a workbook has a sheet with one of SIPRI's names."""
    return any(name.strip() in _SHEETS or _CONSTANT.fullmatch(name.strip()) for name in glimpse.sheets)


def read_military_expenditure(path: Path | str, *, limits: Limits | None = None) -> MilexWorkbook:
    """Read military expenditure in dollars, as a share of GDP and per head; a faulty file is refused.

    Dollars are at constant and at current prices. Sheets are recognised by their names, in which the base year and the
    dollar sign vary; header rows are recognised by their first cell. In the workbook, shares are fractions, dollars are
    in millions, and dollars per head are in dollars at current prices. Sheets in local currency, sheets by region, and
    sheets of shares of government spending are not read. SIPRI's definition is not NATO's: do not mix SIPRI's table
    with NATO's.

    Needs the extra ``readers``. Raises `MissingExtraError` if the extra is not installed. Raises `ReaderError` for a
    fault; the message gives the file, the sheet, the row and the expected content.
    """
    file = Path(path)
    with open_workbook(file, EXPECTED, limits) as book:
        names = {name: name.strip() for name in book.sheetnames}
        constant = [found for name in names.values() if (found := _CONSTANT.fullmatch(name))]
        if len(constant) != 1 or "Share of GDP" not in names.values():
            named = ", ".join(book.sheetnames[:12])
            problem = f"the sheets are {named}"
            raise ReaderError(file.name, "", problem, "one sheet 'Constant (YEAR) US$' and one 'Share of GDP'")
        base = int(constant[0][1])
        kinds = dict(_SHEETS)
        kinds[constant[0][0]] = (Measure.EXPENDITURE, _DOLLAR, PriceBasis.constant(base))
        title, rows, looks = "", list[_Row](), Looks()
        for name, plain in names.items():
            if plain in kinds:
                heading, filled = _sheet(book[name], plain, file.name)
                if kinds[plain][0] is Measure.SHARE_OF_GDP:
                    _check_formats(file.name, filled, looks)
                title = title or heading
                rows += filled
        return _workbook(file, title, base, kinds, rows, looks)


def _sheet(sheet: Any, title: str, file: str) -> tuple[str, list[_Row]]:
    """Read one sheet: the heading, and the rows with cells in the columns of years."""
    heading, years, notes_at = "", dict[int, int](), -1
    found: list[_Row] = []
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
        cells = {year: row[at] for at, year in years.items() if at < len(row) and values[at] is not None}
        notes = str(values[notes_at] or "").strip() if notes_at >= 0 else ""
        if first and cells:
            found.append(_Row(sheet=title, number=number, name=first, notes=notes, cells=cells))
    if not years:
        problem = f"no header within {_MOST_PREAMBLE} rows"
        raise ReaderError(file, f"sheet {title!r}", problem, "a row that begins Country and goes on to years")
    if not found:
        raise ReaderError(file, f"sheet {title!r}", "no figure follows the header", EXPECTED)
    return heading, found


def _years(file: str, where: str, row: tuple[Any, ...]) -> dict[int, int]:
    """Return the columns of years in a header; raises `ReaderError` for a cell beside the years that may be a year."""
    years = {n: year for n, cell in enumerate(row) if (year := year_of(cell.value))}
    for n, cell in enumerate(row):
        is_word = isinstance(cell.value, str) and not re.search(r"\d", cell.value) and not fault_of(cell)
        twice = n in years and list(years.values()).count(years[n]) > 1
        if twice or (years and n not in years and cell.value is not None and not is_word):
            problem = f"cell {place_of(cell)} of the header is {str(cell.value)[:40]!r}"
            raise ReaderError(file, where, problem, "years of four digits, each once: type it as a plain number")
    return years


def _check_formats(file: str, rows: list[_Row], looks: Looks) -> None:
    """Raise `ReaderError` for a plain number among percentages: 0.9 may mean 0.9 % or 90 %.

    If all shares are plain numbers, a number above one is an error too. Such a number shows that the sheet is in per
    cent, and that 0.9 means 0.9 %.
    """
    figures = [
        (row, year, cell)
        for row in rows
        for year, cell in row.cells.items()
        if type(cell.value) in (float, int, bool) and cell.value
    ]
    plain = [figure for figure in figures if isinstance(figure[2].value, bool) or not looks.of(figure[2]).is_percent]
    odd = plain if len(plain) < len(figures) else [figure for figure in plain if figure[2].value > 1]
    if odd:
        row, year, cell = odd[0]
        problem = f"{row.name}, {year}: {cell.value!r} in cell {place_of(cell)} is not formatted as a percentage"
        expected = (
            "fractions that are shown as percentages, all of them: change the cell, or download the workbook again"
        )
        raise ReaderError(file, row.where, problem, expected)


def _workbook(
    file: Path, title: str, base: int, kinds: Mapping[str, Kind], rows: list[_Row], looks: Looks
) -> MilexWorkbook:
    countries, left_out = _countries(file.name, rows)
    name = file.name
    gaps: dict[tuple[Country, Measure, str], list[int]] = {}
    found, uncertain = Observed(), list[int]()
    seen: dict[tuple[str, Country], set[int]] = {}
    for row in rows:
        if (country := countries.get(row.name)) is None:
            continue
        years = seen.setdefault((row.sheet, country), set())
        series = found.series(kinds[row.sheet], country)
        measure = series.kind[0]
        is_share, in_millions = measure is Measure.SHARE_OF_GDP, measure is Measure.EXPENDITURE
        for year, cell in row.cells.items():
            given = cell.value
            if isinstance(given, str) and (reason := _MISSING.get(given.strip())):
                gaps.setdefault((country, measure, reason), []).append(year)
                continue
            if year in years:
                raise ReaderError(name, row.where, f"{row.name} stands in the sheet twice", "one row for each country")
            years.add(year)
            look = looks.of(cell)
            if type(given) not in (float, int) or not 0 <= given < math.inf:  # a truth value is not a number here
                raise _unusable(name, row, year, cell, fault_of(cell) or f"{str(given)[:40]!r} is not usable")
            if look.is_percent and not is_share:
                raise _unusable(name, row, year, cell, f"the amount {given!r} is formatted as a percentage")
            figure = figure_of(given).scaleb(6, context=CONTEXT) if in_millions else figure_of(given)
            try:
                place = series.add(year, figure, _STATUSES.get(look.colour, _ACTUAL))
            except ShareOutOfRangeError as error:
                cause = str(error)
                left_out.append(LeftOutRow(sheet=row.sheet, row=row.number, name=f"{row.name}, {year}", reason=cause))
            else:
                if look.colour == _UNCERTAIN:
                    uncertain.append(place)
    if not found:
        raise ReaderError(name, "", "no figure of any country", EXPECTED)
    covered = [year for row in rows for year in row.cells]
    edition = Edition(
        key=f"SIPRI {min(covered)}-{max(covered)}",
        source=Source(
            title="Military Expenditure Database",
            publisher="SIPRI",
            url="https://www.sipri.org/databases/milex",
            licence="SIPRI's terms: parts of a dataset, non-commercially, with credit",
            locator=name,
            note=re.sub(r"\s+", " ", title),
        ),
        constant_year=base,
        omissions=tuple(
            Omission(entity=country, measures=(measure,), years=tuple(years), reason=reason)
            for (country, measure, reason), years in gaps.items()
        ),
        note="Military expenditure on SIPRI's definition, which is not NATO's.",
        counted_by=CountedBy.SIPRI,
    )
    figures = found.figures(edition)
    return MilexWorkbook(
        table=ExpenditureTable(edition=edition, observations=figures),
        uncertain=tuple(map(figures.__getitem__, uncertain)),
        notes={countries[row.name]: row.notes for row in rows if row.notes and row.name in countries},
        left_out=tuple(left_out),
    )


def _countries(file: str, rows: list[_Row]) -> tuple[dict[str, Country], list[LeftOutRow]]:
    """Return the country of each name, and the rows that are left out, with the reason."""
    found: dict[str, Country] = {}
    strange: dict[tuple[str, str], LeftOutRow] = {}
    for row in rows:
        if row.name in found or (row.sheet, row.name) in strange:
            continue
        reason = ""
        try:
            country = Country.find(row.name)
        except LookupError as error:
            reason = str(error)
        else:
            if country in found.values():
                reason = f"{country} stands in the workbook under another name too"
            else:
                found[row.name] = country
        if reason and len(strange) == _MOST_LEFT_OUT:
            problem = f"more than {_MOST_LEFT_OUT:,} names of no country"
            raise ReaderError(file, f"{row.sheet}, row {row.number}", problem, "a row for each country")
        if reason:
            strange[row.sheet, row.name] = LeftOutRow(sheet=row.sheet, row=row.number, name=row.name, reason=reason)
    return found, list(strange.values())


def _unusable(file: str, row: _Row, year: int, cell: Any, fault: str) -> ReaderError:
    return ReaderError(file, row.where, f"{row.name}, {year}, cell {place_of(cell)}: {fault}", _A_FIGURE)


def _covers(workbook: MilexWorkbook) -> Coverage:
    found = expenditure_coverage(workbook.table)
    facts = (*found.facts, ("uncertain figures", len(workbook.uncertain)))
    return Coverage(found.edition, facts, tuple(map(str, workbook.left_out)))


FORMAT: Final = FileFormat(
    name="Military Expenditure workbook",
    publisher="SIPRI",
    read=read_military_expenditure,
    recognises=_recognises,
    covers=_covers,
    seed=(
        "SIPRI-Milex-data.xlsx",
        {
            "Constant (2023) US$": [["Country", "Notes", 2022, 2023], ["Poland", "‡§16", 100.5, 200.25]],
            "Share of GDP": [["Country", "Notes", 2022, 2023], ["Poland", None, 0.0341, 0.0222]],
        },
    ),
)
