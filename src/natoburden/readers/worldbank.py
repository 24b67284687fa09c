"""The World Bank's indicators: the CSV of its site, copies that were edited, and the JSON of its interface."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from natoburden.errors import ReaderError
from natoburden.model.indicators import IndicatorRow, IndicatorTable
from natoburden.model.keyed import Keyed
from natoburden.model.sources import Source
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._indicators import Gathered, country_of, figure, years_of
from natoburden.readers._json import JSON_ERRORS, parse_json
from natoburden.readers._text import read_text, rows_in

__all__ = ["read_indicators", "recognises"]

EXPECTED: Final = "World Bank indicators: the CSV of its site, or the JSON of its interface"
_MISSING = frozenset({"", "..", "n/a", "NA"})
_NAMED = re.compile(r"API_([A-Z0-9.]+)_DS\d+", re.IGNORECASE)
_MOST_PREAMBLE = 20
_NAMES = ("Country Name", "Country Code", "Indicator Name", "Indicator Code")


def recognises(glimpse: Glimpse) -> bool:
    """Tell the CSV by its header, which may follow a preamble, and the JSON by its keys."""
    if glimpse.kind == "JSON":
        return glimpse.text.lstrip()[0] == "[" and ('"countryiso3code"' in glimpse.text or '"message"' in glimpse.text)
    cells = glimpse.cells(most_lines=_MOST_PREAMBLE)
    return glimpse.kind == "table" and bool({"country name", "country code"} & cells) and bool(years_of(sorted(cells)))


def read_indicators(path: Path | str) -> Keyed[IndicatorTable]:
    r"""Read the indicators of one file, each found by its code, whole or not at all.

    The CSV is read with its preamble or without, and with the columns of code or indicator deleted: an indicator that
    the file no longer names is that of its name, as in ``API_NY.GDP.MKTP.CD_DS2_en_csv_v2.csv``, or else
    ``"unknown"``. Aggregates such as ``WLD`` are rows too, without a country. Figures are in the publisher's unit:
    shares are percent. Of the JSON, one page must hold everything.

    Raises `ReaderError` with the line, and what was expected.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "API_MS.MIL.XPND.GD.ZS_DS2.csv"
    >>> _ = file.write_text('"Country Name","Country Code","2023","2024",\n"Poland","POL","3.3","4.1",\n')
    >>> print(read_indicators(file)["MS.MIL.XPND.GD.ZS"].share("Poland", 2024))
    4.10 %
    """
    file = Path(path)
    text = read_text(file, EXPECTED)
    gathered = Gathered(file.name, EXPECTED)
    named = _NAMED.match(file.name)
    fallback = named[1].upper() if named else "unknown"
    updated = (_json if text.lstrip()[:1] in ("[", "{") else _csv)(file.name, text, fallback, gathered)
    source = Source(
        title="World Development Indicators",
        publisher="World Bank",
        url="https://data.worldbank.org/",
        licence="CC BY 4.0",
        locator=file.name,
        date=updated,
    )
    return gathered.tables(str(updated or ""), source)


def _csv(file: str, text: str, fallback: str, gathered: Gathered) -> dt.date | None:
    rows = rows_in(text, file, EXPECTED)
    updated: dt.date | None = None
    header: list[str] = []
    for line, row in rows:
        cells = [cell.strip() for cell in row]
        if "Country Name" in cells or "Country Code" in cells:
            header = cells
            break
        if len(cells) > 1 and cells[0] == "Last Updated Date":
            updated = _day(cells[1])
        if line > _MOST_PREAMBLE:
            break
    years = years_of(header)
    if not years:
        problem = f"no header with a country and years within {_MOST_PREAMBLE} lines"
        raise ReaderError(file, "", problem, EXPECTED)
    places = {name: header.index(name) for name in _NAMES if name in header}
    width = max(*years, *places.values()) + 1
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        where = f"line {line}"
        if len(row) < width:
            raise ReaderError(file, where, f"{len(row)} cells", f"{len(header)}, as in the header; is it cut short?")
        name, code, indicator, key = (row[places[part]].strip() if part in places else "" for part in _NAMES)
        if not (name or code):
            raise ReaderError(file, where, "neither a country's name nor its code", EXPECTED)
        found = {year: figure(file, f"{where}, {year}", row[at], _MISSING) for at, year in years.items()}
        gathered.add(where, key or fallback, indicator, _unit(indicator), _row(code, name, found))
    return updated


def _json(file: str, text: str, fallback: str, gathered: Gathered) -> dt.date | None:
    try:
        data = parse_json(text)
    except JSON_ERRORS as error:
        raise ReaderError(file, "", f"no JSON that can be read: {error}", EXPECTED) from error
    if not isinstance(data, list) or not data or not isinstance(data[0], dict):
        raise ReaderError(file, "", "the JSON is no answer of the World Bank's interface", EXPECTED)
    about = data[0]
    if "message" in about or len(data) < 2 or not isinstance(data[1], list):
        said = about.get("message", "no data")
        raise ReaderError(file, "", f"the interface answered with an error: {str(said)[:120]}", EXPECTED)
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
            gathered.add(where, key, title, _unit(title), _row(code, name, found))
    return _day(str(about.get("lastupdated", "")))


def _part(item: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    part = item.get(key)
    return part if isinstance(part, dict) else {}


def _row(code: str, name: str, figures: Mapping[int, Decimal | None]) -> IndicatorRow:
    given = tuple((year, value) for year, value in figures.items() if value is not None)
    return IndicatorRow(code=code or name, name=name or code, country=country_of(code, name), figures=given)


def _unit(name: str) -> str:
    """Give what an indicator's name says in its last brackets, such as "current US$"."""
    found = re.findall(r"\(([^()]*)\)", name)
    return found[-1] if found else ""


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d)", text) else None
