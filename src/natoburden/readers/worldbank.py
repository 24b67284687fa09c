"""The World Bank's indicators: CSV and workbooks of its site, tables of DataBank, and JSON of its web interface."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from natoburden.errors import ReaderError
from natoburden.model.indicators import IndicatorRow, IndicatorTable
from natoburden.model.keyed import Keyed
from natoburden.model.sources import Source
from natoburden.readers._answers import messages_of
from natoburden.readers._databank import databank_lines, is_databank
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._indicators import Gathered, country_of, figure, indicator_coverage, year_columns, years_of
from natoburden.readers._json import JSON_ERRORS, check_json, parse_json
from natoburden.readers._limits import Budget, Limits
from natoburden.readers._tables import sheet_rows, text_rows
from natoburden.readers._text import read_text

__all__ = ["FORMAT", "read_indicators"]


def __dir__() -> list[str]:
    return list(__all__)


EXPECTED: Final = "World Bank indicators: the CSV or workbook of its site, a table of DataBank, or the interface's JSON"
_MISSING = frozenset({"", "..", "n/a", "NA"})
_NAMED = re.compile(r"API_([A-Z0-9.]+)_DS\d+", re.IGNORECASE)
_FOOTER = re.compile(r"Data from database: .*|Last Updated: ?(\d{1,2}/\d{1,2}/\d{4})")  # month/day/year
_OLD_NAMES = {"Series Name": "Indicator Name", "Series Code": "Indicator Code"}
_MOST_PREAMBLE = 20
_NAMES = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")
_SHEET = "Data"
_BESIDE = {"Metadata - Countries", "Metadata - Indicators", "Series - Metadata", "Country - Metadata"}


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether a file is the World Bank's, by the header of CSV, the sheets of a workbook or the keys of JSON."""
    if glimpse.kind in ("workbook", "old workbook"):
        return _SHEET in glimpse.sheets and bool(_BESIDE & {*glimpse.sheets})
    if glimpse.kind == "JSON":
        return glimpse.text.lstrip()[0] == "[" and '"countryiso3code"' in glimpse.text
    cells = glimpse.cells(most_lines=_MOST_PREAMBLE)
    if glimpse.kind != "table":
        return False
    return is_databank(cells) or (bool({"country name", "country code"} & cells) and bool(years_of(sorted(cells))))


def read_indicators(path: Path | str, *, limits: Limits | None = None) -> Keyed[IndicatorTable]:
    r"""Read the indicators of one file into tables, one for each indicator code; a file with a fault is refused.

    A CSV file may lack its preamble, and the columns of codes or indicators may be deleted. If the file does not give
    the indicator's code, the code is taken from a file name such as ``API_NY.GDP.MKTP.CD_DS2_en_csv_v2.csv``. If the
    file name contains no code either, the code is ``"unknown"``. In a workbook (``.xls`` from the World Bank's site,
    ``.xlsx`` from DataBank), the table is in the sheet Data. The columns of DataBank's tables may be times, countries
    or series.

    Aggregates such as ``WLD`` are rows too, but without a country. If only the World Bank uses a code, such as ROM, the
    name beside the code decides the country. Figures are in the publisher's unit: shares are in percent. JSON from the
    web interface must have all figures on one page.

    Workbooks need the extra ``readers``. Raises `ReaderError` for a faulty file, with the line and the expected
    content.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "API_MS.MIL.XPND.GD.ZS_DS2.csv"
    >>> _ = file.write_text('"Country Name","Country Code","2023","2024",\n"Poland","POL","3.3","4.1",\n')
    >>> print(read_indicators(file)["MS.MIL.XPND.GD.ZS"].share("Poland", 2024))
    4.10 %
    """
    file = Path(path)
    gathered = Gathered(file.name, EXPECTED)
    named = _NAMED.match(file.name)
    fallback = named[1].upper() if named else "unknown"
    if Glimpse.of(file).kind in ("workbook", "old workbook"):
        updated = _table(file.name, sheet_rows(file, _SHEET, EXPECTED, limits), fallback, gathered)
    else:
        text = read_text(file, EXPECTED, limits)
        if text.lstrip()[:1] in ("[", "{"):
            check_json(text, Budget(limits, file.name))
            updated = _json(file.name, text, fallback, gathered)
        else:
            updated = _table(file.name, text_rows(text, file.name, EXPECTED, limits), fallback, gathered)
    source = Source(
        title="World Development Indicators",
        publisher="World Bank",
        url="https://data.worldbank.org/",
        licence="CC BY 4.0",
        locator=file.name,
        date=updated,
    )
    return gathered.tables(str(updated or ""), source)


def _table(file: str, rows: Iterator[tuple[str, list[str]]], fallback: str, gathered: Gathered) -> dt.date | None:
    """Read a header and the rows below it; return the day of the last update, which is above or below the table."""
    days: list[dt.date] = []
    place, header = _header(file, rows, days)
    body = _without_footer(rows, days)
    if is_databank(header):
        for line in databank_lines(file, place, header, body):
            found = _figures(file, line.where, line.texts)
            if len(line.texts) > 1 or any(value is not None for value in found.values()):
                row = _row(file, line.where, line.code, line.country, found)
                gathered.add(line.where, line.key or fallback, line.indicator, _unit(line.indicator), row)
        return days[0] if days else None
    years = year_columns(file, place, header)
    places = {name: header.index(name) for name in _NAMES if name in header}
    width = max(*years, *places.values()) + 1
    for where, cells in body:
        if len(cells) < width:
            raise ReaderError(file, where, f"{len(cells)} cells", f"{len(header)}, as in the header; is it cut short?")
        name, code, indicator, key = (cells[places[part]].strip() if part in places else "" for part in _NAMES)
        if not (name or code):
            raise ReaderError(file, where, "neither a country's name nor its code", EXPECTED)
        found = _figures(file, where, {year: cells[at] for at, year in years.items()})
        gathered.add(where, key or fallback, indicator, _unit(indicator), _row(file, where, code, name, found))
    return days[0] if days else None


def _header(file: str, rows: Iterator[tuple[str, list[str]]], days: list[dt.date]) -> tuple[str, list[str]]:
    for number, (where, row) in enumerate(rows, start=1):
        cells = [_OLD_NAMES.get(cell.strip(), cell.strip()) for cell in row]
        if is_databank(cells) or ({"Country Name", "Country Code"} & {*cells} and years_of(cells)):
            return where, cells
        if len(cells) > 1 and cells[0] == "Last Updated Date" and (day := _day(cells[1])):
            days.append(day)
        if number > _MOST_PREAMBLE or {"Country Name", "Country Code"} & {*cells}:
            break
    raise ReaderError(file, "", f"no header with a country and years within {_MOST_PREAMBLE} lines", EXPECTED)


def _without_footer(rows: Iterator[tuple[str, list[str]]], days: list[dt.date]) -> Iterator[tuple[str, list[str]]]:
    """Return the rows that are not empty, without DataBank's footer."""
    for where, row in rows:
        filled = [cell.strip() for cell in row if cell.strip()]
        if len(filled) == 1 and (found := _FOOTER.fullmatch(filled[0])):
            if found[1]:
                month, day, year = map(int, found[1].split("/"))
                days += [found_day] if (found_day := _day(f"{year}-{month:02}-{day:02}")) else []
        elif filled:
            yield where, row


def _figures(file: str, where: str, texts: Mapping[int, str]) -> dict[int, Decimal | None]:
    return {year: figure(file, f"{where}, {year}", text, _MISSING) for year, text in texts.items()}


def _json(file: str, text: str, fallback: str, gathered: Gathered) -> dt.date | None:
    try:
        data = parse_json(text)
    except JSON_ERRORS as error:
        raise ReaderError(file, "", f"not well-formed JSON: {error}", EXPECTED) from error
    if not isinstance(data, list) or not data or not isinstance(data[0], dict):
        raise ReaderError(file, "", "the JSON is not an answer of the World Bank's interface", EXPECTED)
    about = data[0]
    if "message" in about or len(data) < 2 or not isinstance(data[1], list):
        said = messages_of(about["message"]) if "message" in about else "no data"
        raise ReaderError(file, "", f"the interface answered with an error: {said}", EXPECTED)
    if str(about.get("pages", 1)) != "1":
        problem = f"page {about.get('page')} of {about['pages']} alone"
        raise ReaderError(file, "", problem, "one page with everything: ask for more with per_page")
    for number, item in enumerate(data[1]):
        where = f"item {number}"
        if not isinstance(item, dict) or not {"date", "value"} <= set(item):
            raise ReaderError(file, where, "no figure with its date", EXPECTED)
        year, value = str(item["date"]), item["value"]
        if not re.fullmatch(r"(?:19|20|21)\d\d", year) or not isinstance(value, int | Decimal | None):
            raise ReaderError(file, where, f"{year[:20]!r}: {str(value)[:40]!r} is not usable", "a year, and a number")
        indicator, country = _part(item, "indicator"), _part(item, "country")
        name = str(country.get("value") or "")
        code = str(item.get("countryiso3code") or "") or str(country.get("id") or "") or name
        found = {int(year): None if value is None else figure(file, where, str(value), _MISSING)}
        key, title = str(indicator.get("id") or fallback), str(indicator.get("value") or "")
        if value is not None:
            gathered.add(where, key, title, _unit(title), _row(file, where, code, name, found))
    return _day(str(about.get("lastupdated", "")))


def _part(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = item.get(key)
    return part if isinstance(part, dict) else {}


def _row(file: str, where: str, code: str, name: str, figures: Mapping[int, Decimal | None]) -> IndicatorRow:
    given = tuple((year, value) for year, value in figures.items() if value is not None)
    country = country_of(file, where, code, name)
    return IndicatorRow(code=code or name, name=name or code, country=country, figures=given)


def _unit(name: str) -> str:
    """Return the text in the last brackets of an indicator's name, such as "current US$"."""
    found = re.findall(r"\(([^()]*)\)", name)
    return found[-1] if found else ""


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None


def _is_metadata(glimpse: Glimpse) -> bool:
    cells = glimpse.cells()
    return {"country code", "incomegroup"} <= cells or {"indicator_code", "source_note"} <= cells


def _is_xml(glimpse: Glimpse) -> bool:
    return glimpse.kind == "XML" and "worldbank.org" in glimpse.text and glimpse.root in ("Root", "data")


FORMAT: Final = FileFormat(
    name="World Development Indicators",
    publisher="World Bank",
    read=read_indicators,
    recognises=_recognises,
    covers=indicator_coverage,
    seed=(
        "API_MS.MIL.XPND.GD.ZS_DS2_en_csv_v2.csv",
        '\ufeff"Data Source","World Development Indicators",\n\n"Last Updated Date","2026-02-22",\n\n'
        '"Country Name","Country Code","Indicator Name","Indicator Code","2023","2024",\n'
        '"Poland","POL","Military expenditure (% of GDP)","MS.MIL.XPND.GD.ZS","3.3","4.1",\n',
    ),
    unread=(
        UnreadForm(
            name="notes on countries or indicators",
            publisher="World Bank",
            instead="the figures are in the file beside it whose name begins with API_",
            recognises=_is_metadata,
        ),
        UnreadForm(
            name="indicators as XML",
            publisher="World Bank",
            instead="download the CSV of the same page, or ask the interface for format=json",
            recognises=lambda glimpse: _is_xml(glimpse) and 'total="0"' not in glimpse.text,
        ),
    ),
)
