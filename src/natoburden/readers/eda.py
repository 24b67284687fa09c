"""The European Defence Agency's workbooks of defence data, with a sheet for each state or one sheet for all states."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs

from natoburden.errors import ReaderError
from natoburden.model._numbers import CONTEXT
from natoburden.model.countries import Country
from natoburden.model.expenditure import CountedBy, Edition, ExpenditureTable, Measure, Observation
from natoburden.model.money import Currency, Money
from natoburden.model.shares import Share
from natoburden.model.sources import Source, Status
from natoburden.readers._cells import fault_of, figure_of, place_of, year_of
from natoburden.readers._coverage import Coverage, expenditure_coverage
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._workbook import open_workbook, rows_of

__all__ = ["FORMAT", "DefenceData", "ParticipantsTotal", "read_defence_data"]


def __dir__() -> list[str]:
    return list(__all__)


EXPECTED: Final = "the European Defence Agency's workbook of defence data (.xlsx)"
_EURO: Final = Currency("EUR")
_MEASURES: Final[Mapping[str, tuple[Measure, int]]] = {  # with the power of ten of the figures
    "total defence expenditure": (Measure.EXPENDITURE, 6),
    "total defence expenditure as % of gdp": (Measure.SHARE_OF_GDP, 0),
    "total defence expenditure per capita": (Measure.EXPENDITURE_PER_CAPITA, 0),
    "gdp (mrd)": (Measure.GDP, 9),
}
_TOTAL: Final = re.compile(r"(?:EDA ?|EU)\d\d", re.IGNORECASE)
_STATES: Final = ("pms", "eu ms")
_MISSING: Final = frozenset({":", "-", "n/a"})


@attrs.frozen(kw_only=True)
class ParticipantsTotal:
    """The total of all participating states in a year, as the Agency prints it; `name` is the name of the sheet."""

    name: str
    year: int
    expenditure: Money
    share_of_gdp: Share | None


@attrs.frozen(kw_only=True)
class DefenceData:
    """Defence expenditure that ministries report to the Agency, in euros at current prices, with the Agency's totals.

    `problems` describes doubtful figures in the workbook; these figures are kept unchanged.
    """

    table: ExpenditureTable
    totals: tuple[ParticipantsTotal, ...] = attrs.field(repr=lambda items: f"<{len(items)} years>")
    problems: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class _Found:
    name: str
    where: str
    year: int
    measure: Measure
    figure: Decimal


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether the first sheet of a workbook has the Agency's name for the sum of all states."""
    return bool(glimpse.sheets) and _TOTAL.fullmatch(glimpse.sheets[0].strip()) is not None


def read_defence_data(path: Path | str, *, limits: Limits | None = None) -> DefenceData:
    """Read a workbook of defence data in either of the Agency's layouts; a workbook with a fault is refused.

    In workbooks until 2022, each state has a sheet. Later workbooks have sheets for all states, with one line for each
    state and year. In the workbook, amounts are in million euros at current prices, shares are fractions, and GDP, if
    given, is in billion euros. The Agency does not mark figures as estimates. The Agency's definition is not NATO's: do
    not mix the Agency's table with NATO's. Needs the extra ``readers``. Raises `ReaderError` with the file, the sheet
    and the cell, and `MissingExtraError` if the extra is not installed.

    The figures of this workbook are invented:

    >>> import tempfile
    >>> from openpyxl import Workbook
    >>> book, file = Workbook(), Path(tempfile.mkdtemp()) / "defence-data.xlsx"
    >>> book.active.title = "EU27"
    >>> for name, figure in (("EU27", 300.5), ("Poland", 30.25)):
    ...     sheet = book.active if name == "EU27" else book.create_sheet(name)
    ...     sheet.append([name, 2023])
    ...     sheet.append(["Total Defence Expenditure", figure])
    >>> book.save(file)
    >>> data = read_defence_data(file)
    >>> print(data.table.expenditure("Poland", 2023, currency="EUR").value, data.totals[0].expenditure, sep=" | ")
    EUR 30.25 m (current prices) | EUR 300.50 m (current prices)
    """
    file = Path(path)
    found: list[_Found] = []
    with open_workbook(file, EXPECTED, limits) as book:
        first = book.worksheets[0].title
        if not _TOTAL.fullmatch(first.strip()):
            raise ReaderError(file.name, f"sheet {first!r}", "it is not the sum of all states", "EU27, or EDA 26")
        for sheet in book.worksheets:
            rows = list(rows_of(sheet, file.name))
            if not rows:
                continue
            head = _words(rows[0][1][0].value)
            read = _lines if head in _STATES else _state
            found += read(file.name, sheet.title, rows)
    return _gathered(file, first.strip(), found)


def _state(file: str, sheet: str, rows: list[tuple[int, tuple[Any, ...]]]) -> Iterable[_Found]:
    """Read a sheet of one state, or of all states together: years are columns, and measures are rows."""
    name = str(rows[0][1][0].value or "").strip()
    years = {at: year for at, cell in enumerate(rows[0][1]) if at and (year := year_of(cell.value))}
    if not name or not years or len(set(years.values())) < len(years):
        raise ReaderError(file, f"sheet {sheet!r}, row {rows[0][0]}", "no header", "a state, and years, each once")
    for number, row in rows[1:]:
        if (known := _MEASURES.get(_words(row[0].value))) is None:
            continue
        for at, year in years.items():
            where = f"sheet {sheet!r}, row {number}"
            yield from _figure(file, where, name, year, known, row[at] if at < len(row) else None)


def _lines(file: str, sheet: str, rows: list[tuple[int, tuple[Any, ...]]]) -> Iterable[_Found]:
    """Read a sheet of all states, with one line for each state and year."""
    header = [_words(cell.value) for cell in rows[0][1]]
    columns = {at: known for at, name in enumerate(header) if (known := _MEASURES.get(name))}
    if "year" not in header or not columns:
        problem = f"the header is {', '.join(header)[:80]}"
        raise ReaderError(file, f"sheet {sheet!r}, row {rows[0][0]}", problem, "state, Year, Total Defence Expenditure")
    at_year = header.index("year")
    for number, row in rows[1:]:
        name, where = str(row[0].value or "").strip(), f"sheet {sheet!r}, row {number}"
        if row[at_year].value is None:
            continue  # a note below the table
        if (year := year_of(row[at_year].value)) is None:
            raise ReaderError(file, where, f"the year {str(row[at_year].value)[:20]!r}", "a year of four digits")
        for at, known in columns.items():
            yield from _figure(file, where, name, year, known, row[at])


def _figure(file: str, where: str, name: str, year: int, known: tuple[Measure, int], cell: Any) -> Iterable[_Found]:
    given = getattr(cell, "value", None)
    if given is None or (isinstance(given, str) and given.strip() in _MISSING):
        return
    if type(given) not in (int, float) or not 0 <= given < math.inf:  # a truth value is not a number here
        problem = fault_of(cell) or f"{str(given)[:40]!r} is not usable"
        raise ReaderError(file, where, f"{name}, {year}, cell {place_of(cell)}: {problem}", "a number, ':' or '-'")
    measure, power = known
    figure = figure_of(given).scaleb(power, context=CONTEXT)
    if measure is Measure.SHARE_OF_GDP and figure > 1:
        problem = f"{name}, {year}, cell {place_of(cell)}: {given!r} is more than all of GDP"
        raise ReaderError(file, where, problem, "a fraction, shown as a percentage")
    yield _Found(name=name, where=where, year=year, measure=measure, figure=figure)


def _gathered(file: Path, first: str, found: list[_Found]) -> DefenceData:
    of_all = {(item.measure, item.year): item.figure for item in found if _TOTAL.fullmatch(item.name)}
    of_states = [item for item in found if not _TOTAL.fullmatch(item.name)]
    if not of_states:
        raise ReaderError(file.name, "", "no figure of any state", EXPECTED)
    last = max(item.year for item in found)
    edition = Edition(
        key=f"EDA {last}",
        source=Source(
            title=f"Defence Data {last}",
            publisher="European Defence Agency",
            url="https://eda.europa.eu/publications-and-data/defence-data",
            licence="reproduction with credit to the EDA",
            locator=file.name,
        ),
        constant_year=None,
        note="Defence expenditure on the European Defence Agency's definition, which is not NATO's.",
        counted_by=CountedBy.EDA,
    )
    seen: dict[tuple[Measure, Country, int], Observation[Any]] = {}
    for item in of_states:
        country = _country(file.name, item)
        key = (item.measure, country, item.year)
        value = Share.fraction(item.figure) if item.measure is Measure.SHARE_OF_GDP else Money(item.figure, _EURO)
        made = Observation(
            measure=item.measure, entity=country, year=item.year, value=value, status=Status.ACTUAL, edition=edition
        )
        if seen.setdefault(key, made) != made:
            problem = f"{country}, {item.year}: {item.measure} stands in the workbook twice, and differs"
            raise ReaderError(file.name, item.where, problem, "one figure for each state and year")
    totals = tuple(
        ParticipantsTotal(
            name=first,
            year=year,
            expenditure=Money(figure, _EURO),
            share_of_gdp=None if share is None else Share.fraction(share),
        )
        for (measure, year), figure in of_all.items()
        if measure is Measure.EXPENDITURE
        for share in [of_all.get((Measure.SHARE_OF_GDP, year))]
    )
    return DefenceData(
        table=ExpenditureTable(edition=edition, observations=tuple(seen.values())),
        totals=totals,
        problems=tuple(_repeated(totals)),
    )


def _repeated(totals: tuple[ParticipantsTotal, ...]) -> Iterable[str]:
    """Yield the years with exactly the same share of GDP as the year before; such a share was probably copied."""
    shares = {item.year: item.share_of_gdp for item in totals if item.share_of_gdp is not None}
    for year, share in shares.items():
        if shares.get(year - 1) == share:
            yield f"{totals[0].name}: the share of GDP of {year} is that of {year - 1} to the last digit"


def _country(file: str, item: _Found) -> Country:
    try:
        return Country.find(item.name)
    except LookupError as error:
        raise ReaderError(file, item.where, str(error), "the name of a state") from error


def _words(value: object) -> str:
    return " ".join(str(value or "").split()).casefold()


def _covers(data: DefenceData) -> Coverage:
    found = expenditure_coverage(data.table)
    return Coverage(found.edition, found.facts, data.problems)


FORMAT: Final = FileFormat(
    name="workbook of defence data",
    publisher="European Defence Agency",
    read=read_defence_data,
    recognises=_recognises,
    covers=_covers,
    seed=(
        "defence-data.xlsx",
        {
            "EU27": [["EU27", 2022, 2023], [" Total Defence Expenditure ", 300.5, 400.25]],
            "Billions": [["PMS", "Year", "Total Defence Expenditure ", "GDP (MRD)"], ["Poland", 2022, 100.5, 5.5]],
        },
    ),
)
