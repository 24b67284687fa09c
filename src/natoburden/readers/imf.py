"""The IMF's World Economic Outlook database: tab-separated releases until 2025, and CSV since then."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Final

from natoburden.errors import ReaderError
from natoburden.model._numbers import CONTEXT
from natoburden.model.indicators import IndicatorRow, IndicatorTable
from natoburden.model.keyed import Keyed
from natoburden.model.sources import Source
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._indicators import Gathered, country_of, figure, indicator_coverage, year_columns
from natoburden.readers._limits import Limits
from natoburden.readers._text import read_text, rows_in

__all__ = ["FORMAT", "read_outlook"]


def __dir__() -> list[str]:
    return list(__all__)


EXPECTED: Final = (
    "the IMF's World Economic Outlook: WEO…all.xls or a report of its site, which are text, or the CSV of data.imf.org"
)
_MISSING = frozenset({"", "n/a", "--", "NA", "..."})
_EXPONENTS = {"": 0, "units": 0, "thousands": 3, "millions": 6, "billions": 9, "trillions": 12}
_RELEASE = re.compile(r"World Economic Outlook Database,\s*([A-Z][a-z]+ \d{4})")
_NAMED = re.compile(r"WEO([A-Z][a-z]{2})(\d{4})", re.IGNORECASE)


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether the header has the columns of a release, or of a report made from a release."""
    cells = glimpse.cells()
    return bool({"weo subject code", "series_code", "indicator.id"} & cells or {"subject descriptor", "units"} <= cells)


def read_outlook(path: Path | str, *, limits: Limits | None = None) -> Keyed[IndicatorTable]:
    r"""Read every subject of one release, by its code, such as ``"NGDP_D"``; a file with a fault is refused.

    The releases until April 2025 are tab-separated text in ISO 8859-1 or UTF-16, although their file names end in
    ``.xls``. Later releases are CSV, with either a column or a line for each year.

    A report made on the IMF's site is read too. If a report has no column of codes, each subject is identified by its
    descriptor and units. If the library has the IMF's code of the subject, such as ``"NGDPD"``, the key is the code. If
    the library does not have the code, the key is the descriptor with the units, such as
    ``"Output gap (Percent of potential GDP)"``.

    Figures are in whole units: a figure in billions is multiplied by a billion, and per cent stays per cent. Years
    after the last actual year are estimates. Rows of country groups have no country, and neither do rows of places that
    ISO 3166-1 does not list.

    Raises `ReaderError` for a fault; the message gives the line and the expected content.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "WEOApr2024all.xls"
    >>> header = ["WEO Country Code", "ISO", "WEO Subject Code", "Country", "Subject Descriptor", "Units", "Scale"]
    >>> row = ["964", "POL", "NGDPD", "Poland", "Gross domestic product, current prices", "U.S. dollars", "Billions"]
    >>> lines = [[*header, "2023", "2024", "Estimates Start After"], [*row, "809.20", "844.62", "2023"]]
    >>> _ = file.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-16")
    >>> gdp = read_outlook(file)["NGDPD"]
    >>> print(f"{gdp.figure('Poland', 2024):,f}", gdp.status("Poland", 2024))
    844,620,000,000 estimate
    """
    file = Path(path)
    text = read_text(file, EXPECTED, limits, wide_ok=True)
    first = text.partition("\n")[0]
    rows = rows_in(text, file.name, EXPECTED, limits)
    header = [cell.strip() for cell in next(rows)[1]]
    columns = {name: at for at, name in enumerate(header) if name}
    years = year_columns(file.name, "line 1", header)
    gathered = Gathered(file.name, EXPECTED)
    if {"WEO Subject Code", "Subject Descriptor"} & {*columns}:
        release = _tabbed(file.name, rows, columns, years, gathered)
    elif {"SERIES_CODE", "INDICATOR.ID"} & set(columns):
        release = _portal(file.name, rows, columns, years, gathered)
    else:
        raise ReaderError(file.name, "line 1", f"the first line begins {first[:60]!r}", EXPECTED)
    named = _NAMED.search(file.name)
    edition = release or (f"{named[1].title()} {named[2]}" if named else "")
    source = Source(
        title=f"World Economic Outlook Database{f', {edition}' if edition else ''}",
        publisher="International Monetary Fund",
        url="https://www.imf.org/en/Publications/WEO",
        licence="IMF's terms: free use with the source named",
        locator=file.name,
    )
    return gathered.tables(edition, source)


class _Line:
    """One line of a file, with its cells by the names of columns."""

    def __init__(self, file: str, where: str, columns: Mapping[str, int], cells: list[str]) -> None:
        if len(cells) <= max(columns.values()) - 1:
            problem = f"{len(cells)} cells"
            raise ReaderError(file, where, problem, f"{len(columns)}, as in the header; is it cut short?")
        self.file, self.where = file, where
        self._columns, self._cells = columns, cells

    def text(self, *names: str) -> str:
        """Return the text in the first of several columns that the file has; empty if the file has none."""
        at = next((self._columns[name] for name in names if name in self._columns), None)
        return "" if at is None or at >= len(self._cells) else self._cells[at].strip()

    def exponent(self, name: str) -> int:
        """Return the power of ten for a scale in words, such as billions."""
        scale = self.text(name).lower()
        if scale not in _EXPONENTS:
            raise ReaderError(self.file, self.where, f"{name} {scale[:40]!r} is not known", ", ".join(_EXPONENTS)[2:])
        return _EXPONENTS[scale]

    def figures(self, years: Mapping[int, int], exponent: int) -> tuple[tuple[int, Decimal], ...]:
        """Return the figures by year, in whole units; the file may separate thousands with commas."""
        found = []
        for at, year in years.items():
            text = self._cells[at].strip() if at < len(self._cells) else ""
            if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d*)?", text):
                text = text.replace(",", "")
            value = figure(self.file, f"{self.where}, {year}", text, _MISSING)
            if value is not None:
                found.append((year, value.scaleb(exponent, context=CONTEXT)))
        return tuple(found)


def _tabbed(
    file: str,
    rows: Iterator[tuple[int, list[str]]],
    columns: Mapping[str, int],
    years: Mapping[int, int],
    gathered: Gathered,
) -> str:
    release = ""
    for number, cells in rows:
        if found := _RELEASE.search(" ".join(cells)):
            release = found[1]
            continue
        if not any(cell.strip() for cell in cells):
            continue
        line = _Line(file, f"line {number}", columns, cells)
        subject, units = line.text("Subject Descriptor"), line.text("Units")
        key = line.text("WEO Subject Code") if "WEO Subject Code" in columns else _code(subject, units)
        name = line.text("Country", "Country Group Name")
        code = line.text("ISO") or line.text("WEO Country Code", "WEO Country Group Code") or name
        if not key or not (name or code):
            raise ReaderError(file, line.where, "a line without subject or country", EXPECTED)
        last = line.text("Estimates Start After")
        row = IndicatorRow(
            code=code,
            name=name or code,
            country=country_of(file, line.where, code, name),
            figures=line.figures(years, line.exponent("Scale")),
            last_actual=int(last) if re.fullmatch(r"\d{4}", last) else None,
        )
        gathered.add(line.where, key, subject, units, row)
    return release


@functools.cache
def _codes() -> Mapping[tuple[str, str], str]:
    """Return the IMF's codes by descriptor and units, in small letters.

    The list was written from memory of the published files and is unverified. A subject that is not in the list has its
    descriptor and units as its key.
    """
    text = Path(__file__).with_name("imf_subjects.csv").read_text(encoding="utf-8")
    return {(row["subject"].lower(), row["units"].lower()): row["code"] for row in csv.DictReader(text.splitlines())}


def _code(subject: str, units: str) -> str:
    words = f"{subject} ({units})" if subject and units else subject
    return _codes().get((subject.lower(), units.lower()), words)


def _portal(
    file: str,
    rows: Iterator[tuple[int, list[str]]],
    columns: Mapping[str, int],
    years: Mapping[int, int],
    gathered: Gathered,
) -> str:
    """Read the CSV of the data portal, with either a column for each year or a line for each figure."""
    in_lines = "TIME_PERIOD" in columns
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        line = _Line(file, f"line {number}", columns, cells)
        series = line.text("SERIES_CODE").split(".")
        code = line.text("COUNTRY.ID") or series[0]
        key = line.text("INDICATOR.ID") or (series[1] if len(series) > 1 else "")
        if not code or not key:
            raise ReaderError(file, line.where, "a line without country or indicator", EXPECTED)
        if line.text("FREQUENCY.ID", "FREQUENCY").lower() not in ("", "a", "annual"):
            raise ReaderError(file, line.where, "a frequency that is not annual", EXPECTED)
        last = re.search(r"\d{4}", line.text("LATEST_ACTUAL_ANNUAL_DATA"))
        found = _one(line) if in_lines else line.figures(years, line.exponent("SCALE"))
        row = IndicatorRow(
            code=code,
            name=line.text("COUNTRY") or code,
            country=country_of(file, line.where, code, line.text("COUNTRY")),
            figures=found,
            last_actual=int(last[0]) if last else 0,  # without this year, the IMF counts the whole series as estimates
        )
        if found or not in_lines:
            gathered.add(line.where, key, line.text("INDICATOR"), line.text("UNIT", "UNIT.ID"), row)
    return ""


def _one(line: _Line) -> tuple[tuple[int, Decimal], ...]:
    year = line.text("TIME_PERIOD")
    if not re.fullmatch(r"(?:19|20|21)\d\d", year):
        raise ReaderError(line.file, line.where, f"{year[:20]!r} is not a year", EXPECTED)
    value = figure(line.file, f"{line.where}, {year}", line.text("OBS_VALUE"), _MISSING)
    return () if value is None else ((int(year), value),)


def _is_datamapper(glimpse: Glimpse) -> bool:
    return glimpse.kind == "JSON" and '"values"' in glimpse.text and '"api"' in glimpse.text


def _is_sdmx(glimpse: Glimpse) -> bool:
    return glimpse.kind == "XML" and "IMF" in glimpse.text and glimpse.root in ("CompactData", "StructureSpecificData")


FORMAT: Final = FileFormat(
    name="World Economic Outlook database",
    publisher="IMF",
    read=read_outlook,
    recognises=_recognises,
    covers=indicator_coverage,
    seed=(
        "WEO_Data.csv",
        "DATASET,SERIES_CODE,COUNTRY,INDICATOR,FREQUENCY,SCALE,UNIT,LATEST_ACTUAL_ANNUAL_DATA,2023,2024\n"
        'IMF.RES:WEO(9.0.0),POL.NGDPD.A,Poland,"GDP, current prices",Annual,Billions,US dollar,2023,809.2,844.6\n',
    ),
    unread=(
        UnreadForm(
            name="answer of the DataMapper",
            publisher="IMF",
            instead="download the World Economic Outlook as CSV from data.imf.org",
            recognises=_is_datamapper,
        ),
        UnreadForm(
            name="SDMX in XML",
            publisher="IMF",
            instead="download the same data as CSV from data.imf.org",
            recognises=_is_sdmx,
        ),
    ),
)
