"""NATO's workbook of defence expenditure, in the layouts of 2016, 2022 and 2024 and in the layout since 2025."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from natoburden.errors import ReaderError, ShareOutOfRangeError
from natoburden.model._checks import exactly
from natoburden.model._currencies import currency_called
from natoburden.model._figures import Kind
from natoburden.model._numbers import CONTEXT
from natoburden.model.countries import Country
from natoburden.model.expenditure import MONEY_MEASURES, Edition, ExpenditureTable, Measure, Omission
from natoburden.model.memberships import Entity
from natoburden.model.money import CURRENT_PRICES, Currency
from natoburden.model.sources import Source, Status
from natoburden.readers._coverage import expenditure_coverage
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._nato_sheet import CHANGES, EXPECTED, SHARES, Row, Sheet, has_figures_of_an_ally
from natoburden.readers._observed import Observed
from natoburden.readers._workbook import Looks, open_workbook, rows_of

__all__ = ["FORMAT", "read_workbook"]


def __dir__() -> list[str]:
    return list(__all__)


_SHEET = re.compile(r"table\s*\d+\s*[a-z]?", re.IGNORECASE)
_BASE = re.compile(r"\b((?:19|20|21)\d\d) prices", re.IGNORECASE)
_LAST_SHORT_YEAR = 48  # NATO was founded in 1949
_DATED_NAME = re.compile(r"(?:20)?(\d{2})(\d{2})(\d{2})\D")


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether a workbook has sheets with NATO's names."""
    return sum(_SHEET.fullmatch(name.strip()) is not None for name in glimpse.sheets) > 1


def read_workbook(path: Path | str, edition: str | None = None, *, limits: Limits | None = None) -> ExpenditureTable:
    """Read one edition of NATO's workbook into a table like the packaged tables; a workbook with a fault is refused.

    Sheets, blocks and years are found by their names, never by their positions. Four layouts can be read: those of
    2016, of 2022, of 2024, and of August 2025 and later. The layout of 2016 has numbered columns and a column of
    currencies. In the newest layout, defence expenditure may be called "core" expenditure. Figures may be rounded or
    unrounded.

    Years marked e are estimates. Asterisks and footnotes are ignored. A cell with NATO's mark of a missing figure,
    ``..`` or ``-``, becomes an omission of the edition. A broken cell, such as ``#N/A`` or a formula without a stored
    result, also becomes an omission of the edition. Shares and changes in cells with a percentage format are read as
    the sheet displays them. The edition's note lists broken cells and unread figures, such as a table of an unknown
    kind or a column without a year.

    `edition` is the key of the edition, such as ``"2027-04"``. Without `edition`, the key comes from the date in a file
    name such as NATO's ``240617-…``; without a date, the key is the last year of the table.

    Needs the extra ``readers``. Raises `ReaderError` for a fault; the message gives the sheet and the row. Raises
    `MissingExtraError` if the extra ``readers`` is not installed, and `OSError` if the file is missing.
    """
    file = Path(path)
    sheets, looks = list[Sheet](), Looks()
    others = list[str]()
    with open_workbook(file, EXPECTED, limits) as book:
        tables = [sheet for sheet in book.worksheets if _SHEET.fullmatch(sheet.title.strip())]
        for sheet in tables:
            read = Sheet(file.name, sheet.title, looks)
            for number, row in rows_of(sheet, file.name):
                read.take(number, row)
            sheets.append(read)
        for sheet in book.worksheets:
            if sheet not in tables and _has_figures(sheet, file.name):
                others.append(f"sheet {sheet.title!r}, which is not called Table and a number")
        if not sheets:
            raise ReaderError(file.name, "", f"the sheets are {', '.join(book.sheetnames[:12])}", EXPECTED)
    return _table(file, sheets, others, edition)


def _has_figures(sheet: Any, file: str) -> bool:
    """Return whether an unread sheet has figures of an ally; False for a sheet above the limits."""
    with contextlib.suppress(ReaderError):
        return any(has_figures_of_an_ally([cell.value for cell in row]) for _number, row in rows_of(sheet, file))
    return False


def _table(file: Path, sheets: list[Sheet], others: list[str], key: str | None) -> ExpenditureTable:
    rows = [row for sheet in sheets for row in sheet.rows]
    if not any(
        row.block.measure is Measure.SHARE_OF_GDP and any(value is not None for value in row.values.values())
        for row in rows
    ):
        raise ReaderError(file.name, "", "no sheet holds shares of real GDP", EXPECTED)
    words = [word for sheet in sheets for word in sheet.words]
    edition = _edition(file, words, rows, key, [*itertools.chain(*(sheet.left_out for sheet in sheets)), *others])
    found = Observed()
    for row in rows:
        _gather(file.name, row, edition, found)
    return ExpenditureTable(edition=edition, observations=found.figures(edition))


def _edition(file: Path, words: list[str], rows: list[Row], key: str | None, left_out: list[str]) -> Edition:
    bases = sorted({int(year) for word in words for year in _BASE.findall(word)})
    if len(bases) != 1:
        problem = f"the base years of constant prices are {', '.join(map(str, bases)) or 'none'}"
        raise ReaderError(file.name, "", problem, "one, as in 'Constant 2021 prices'")
    marked = {row.years[at] for row in rows for at in row.values}
    years = sorted({year for year, _ in marked})
    published = _published(file.name)
    core = "Core " if any("core defence" in word.lower() for word in words) else ""
    notes = (("Not read", left_out), ("Broken", [fault for row in rows for fault in row.faults.values()]))
    if key is not None:
        exactly(str, "the key of an edition")(None, None, key)
    return Edition(
        key=key or (f"{published:%Y-%m}" if published else str(years[-1])),
        source=Source(
            title=f"{core}Defence Expenditure of NATO Countries ({years[0]}-{years[-1]})",
            publisher="NATO",
            date=published,
            licence="NATO's public figures: credit NATO; not to be sold, and not to be used for advertising",
            locator=file.name,
        ),
        constant_year=bases[0],
        estimated_years=tuple(sorted({year for year, is_estimate in marked if is_estimate})),
        omissions=tuple(_omissions(rows)),
        note=" ".join(f"{what}: {'; '.join(items)}." for what, items in notes if items),
    )


def _published(name: str) -> dt.date | None:
    """Return the day at the beginning of a file name, such as 240617-def-exp-2024 or 20160128."""
    found = _DATED_NAME.match(name)
    try:
        if not found or int(found[1]) > _LAST_SHORT_YEAR:
            return None
        return dt.date(2000 + int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _omissions(rows: list[Row]) -> Iterator[Omission]:
    """Return the omissions of the workbook: marked and broken cells, and allies without a row in a table."""
    marked: dict[tuple[Entity, Measure], set[int]] = {}
    held: dict[Measure, set[Entity]] = {}
    for row in rows:
        measure = row.block.measure
        held.setdefault(measure, set()).add(row.entity)
        for at, value in row.values.items():
            year, _ = row.years[at]
            if at in row.faults:
                reason = f"broken: {row.faults[at]}"
                yield Omission(entity=row.entity, measures=(measure,), years=(year,), reason=reason)
            elif value is None:
                marked.setdefault((row.entity, measure), set()).add(year)
    for (entity, measure), years in marked.items():
        reason = "the workbook marks the figure as missing"
        yield Omission(entity=entity, measures=(measure,), years=tuple(sorted(years)), reason=reason)
    for entity in sorted(held.get(Measure.GDP, set()), key=str):
        lacking = tuple(measure for measure, entities in held.items() if entity not in entities)
        if Measure.SHARE_OF_GDP in lacking:
            reason = "the workbook has no row of it here; Iceland has none, since it has no armed forces"
            yield Omission(entity=entity, measures=lacking, years=(), reason=reason)


def _gather(file: str, row: Row, edition: Edition, found: Observed) -> None:
    """Add the figures of a row; raises `ReaderError` for a figure that contradicts another in the workbook."""
    given = {at: value for at, value in row.values.items() if value is not None}
    if not given:
        return
    kind = _kind(file, row, row.where(next(iter(given))), edition)
    in_percent = row.block.measure in (*SHARES, *CHANGES)
    exponent = -2 if in_percent else row.block.exponent
    series, estimate, actual = found.series(kind, row.entity), Status.ESTIMATE, Status.ACTUAL
    for at, value in given.items():
        year, is_estimate = row.years[at]
        figure, status = value.scaleb(exponent, context=CONTEXT), estimate if is_estimate else actual
        problem, expected, cause = "", "", None
        if figure < 0 and not in_percent:
            problem, expected = f"{value} is negative", "zero or more"
        elif year not in series.places:
            try:
                series.add(year, figure, status)
            except ShareOutOfRangeError as error:
                problem, expected, cause = str(error), "a share in percent", error
        # Table 1 repeats the dollars of the United States, since dollars are also its national currency
        elif series.differs(year, figure, status):
            problem, expected = "two figures differ", "one for each"
        if problem:
            raise ReaderError(file, row.where(at), f"{row.label}, {year}: {problem}", expected) from cause


def _kind(file: str, row: Row, where: str, edition: Edition) -> Kind:
    """Return the kind of a row's figures: the measure, and for amounts also the currency and the price basis."""
    block = row.block
    if block.measure not in MONEY_MEASURES:
        return block.measure, None, None
    basis = edition.constant_prices if block.is_constant else CURRENT_PRICES
    return block.measure, Currency("USD" if block.in_dollars else _currency(file, row, where)), basis


def _currency(file: str, row: Row, where: str) -> str:
    """Return the currency of a row of Table 1; the currency is written after the label or in a column of its own."""
    named = re.search(r"\(([^()]+)\)\s*\*?$", row.label)
    name = named[1].strip() if named else row.unit
    found = currency_called(name, row.entity) if isinstance(row.entity, Country) else None
    if found is None:
        problem = f"{row.label!r} names no currency of its own" if not row.unit else f"{row.label!r} has {row.unit!r}"
        raise ReaderError(file, where, problem, "its currency, as 'Poland (Zlotys)', or in a column beside the label")
    return str(found)


FORMAT: Final = FileFormat(
    name="workbook of defence expenditure",
    publisher="NATO",
    read=read_workbook,
    recognises=_recognises,
    covers=expenditure_coverage,
    seed=(
        "def-exp-2027-en.xlsx",
        {
            "Table 1": [
                ["Table 1: Core defence expenditure"],
                ["Million national currency units"],
                ["Current prices"],
                [None, 2025, 2026, "2027e"],
                ["Poland (Zlotys)", 100, 110, 120.5],
                ["Spain (Euros)", 30, 31, ".."],
            ],
            "Table 3": [
                ["Table 3: Core defence expenditure as a share of GDP and annual real change"],
                ["Based on 2021 prices"],
                ["Share of real GDP (%)"],
                [None, 2025, 2026, "2027e"],
                ["Poland", 4.25, 4.55, "4.80"],
            ],
        },
    ),
)
