"""The Kiel Institute's Ukraine Support Tracker: the CSV files of the institute's site, alone or in a folder."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import attrs

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.model._numbers import checked_decimal
from natoburden.model.aid import AidMonth, AidTracker, DonorShare, ProcurementMonth, WeaponsGiven
from natoburden.model.countries import Country
from natoburden.model.money import UNSTATED_PRICES, Money
from natoburden.model.shares import Share
from natoburden.model.sources import Source
from natoburden.readers._coverage import Coverage
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._indicators import country_of
from natoburden.readers._limits import Limits
from natoburden.readers._text import full_rows, read_text, rows_in

__all__ = ["FORMAT", "read_tracker"]


def __dir__() -> list[str]:
    return list(__all__)


EXPECTED: Final = "the Kiel Institute's Ukraine Support Tracker: data_explorer.csv and the files beside it"
_INSTITUTIONS = frozenset({"EU"})


class _Row:
    """The cells of one row by column; an error about a cell states the line and the column."""

    def __init__(self, file: str, line: int, cells: Mapping[str, str]) -> None:
        self.file, self.where, self.cells = file, f"line {line}", cells

    def text(self, column: str) -> str:
        return self.cells[column].strip()

    def number(self, column: str) -> Decimal:
        try:
            return checked_decimal(self.text(column), column)
        except NatoBurdenError as error:
            raise self.fault(column, "a number with a decimal point") from error

    def whole(self, column: str, least: int, most: int) -> int:
        text = self.text(column)
        if not _is_count(text) or not least <= int(text) <= most:
            raise self.fault(column, f"a whole number from {least} to {most}")
        return int(text)

    def billions(self, column: str) -> Money:
        return Money.billions(self.number(column), "EUR", UNSTATED_PRICES)

    def share(self, column: str) -> Share:
        try:
            return Share.percent(self.number(column))
        except NatoBurdenError as error:
            raise self.fault(column, "a share in percent") from error

    def country(self, name: str, code: str = "") -> Country | None:
        """Return a donor's country; None for an institution of the European Union."""
        found = self.text(code) if code else ""
        if found in _INSTITUTIONS or self.text(name).startswith("EU "):
            return None
        country = country_of(self.file, self.where, found, self.text(name))
        if country is None or (found and country_of(self.file, self.where, found, "") is None):
            raise self.fault(code or name, "a donor's country")
        return country

    def fault(self, column: str, expected: str) -> ReaderError:
        shown = f"{column}: {self.text(column)[:40]!r} is not usable"
        return ReaderError(self.file, self.where, shown, expected)


_AMOUNTS = ("total", "financial", "humanitarian", "military", "commitments", "to_be_allocated")


def _month(row: _Row) -> AidMonth:
    return AidMonth(
        donor=row.text("country"),
        country=row.country("country", "iso"),
        year=row.whole("year", 2014, 2200),
        month=row.whole("month", 1, 12),
        **{name: row.billions(name) for name in _AMOUNTS},
    )


def _share(row: _Row) -> DonorShare:
    return DonorShare(
        donor=row.text("country"),
        country=row.country("country", "iso"),
        bilateral=row.share("bilateral_pct_gdp"),
        through_eu=row.share("eu_share_pct_gdp"),
        total=row.share("total_pct_gdp"),
        amount_through_eu=row.billions("eu_share_bn"),
    )


def _procurement(row: _Row) -> ProcurementMonth:
    return ProcurementMonth(
        year=row.whole("year", 2014, 2200),
        month=row.whole("month", 1, 12),
        stockpile=row.billions("stockpile"),
        procurement=row.billions("procurement"),
        unspecified=row.billions("unspecified"),
        through_purl=row.billions("nato_purl"),
    )


def _weapons(row: _Row) -> WeaponsGiven:
    return WeaponsGiven(
        donor=row.text("donor"),
        country=row.country("donor"),
        category=row.text("category"),
        number=row.number("number_of_weapons"),
        value=Money(row.number("monetary_value_eur"), "EUR", UNSTATED_PRICES),
        listed=row.text("weapons_list"),
    )


# Each file: the columns that identify it, the table that it fills, the reader of a row, and the key of a row.
_FILES: tuple[tuple[frozenset[str], str, Any, tuple[str, ...]], ...] = (
    (
        frozenset({"country", "iso", "year", "month", "total", "military", "commitments"}),
        "months",
        _month,
        ("country", "year", "month"),
    ),
    (frozenset({"country", "bilateral_pct_gdp", "eu_share_pct_gdp", "total_pct_gdp"}), "shares", _share, ("country",)),
    (
        frozenset({"year", "month", "stockpile", "procurement", "nato_purl"}),
        "procurement",
        _procurement,
        ("year", "month"),
    ),
    (
        frozenset({"donor", "category", "number_of_weapons", "monetary_value_eur"}),
        "weapons",
        _weapons,
        ("donor", "category"),
    ),
)
_NAMES: Final = frozenset({"data_explorer.csv", "eu_aid_shares.csv", "procurement_trends.csv", "weapons.csv"})
_TOTALS = frozenset({"year", "month", "total_allocations"})
_RELEASE = frozenset({"release", "period", "date", "label"})


def _recognises(glimpse: Glimpse) -> bool:
    """Return whether a file has the columns of one of the tracker's files, or a folder contains such a file."""
    if glimpse.kind == "folder":
        return bool(_NAMES & {*glimpse.files})
    return any(glimpse.cells() >= needed for needed, *_ in _FILES)


def read_tracker(path: Path | str, *, limits: Limits | None = None) -> AidTracker:
    r"""Read one release, from a folder with the site's files or from a single file; a file with a fault is refused.

    Files are recognised by their columns. ``release_info.csv`` in the same folder states the edition. Amounts are in
    euros, at prices that the files do not state. The monthly totals in ``total_allocations.csv`` are only used to check
    the sums of the donors' rows. Months without any allocation have no row.

    Raises `ReaderError` for a fault; the message gives the file, the line and the column.

    >>> import pathlib, tempfile
    >>> file = pathlib.Path(tempfile.mkdtemp()) / "weapons.csv"
    >>> header = '"donor","category","number_of_weapons","monetary_value_eur","weapons_list"'
    >>> _ = file.write_text(f'{header}\n"Australia","Tanks",49,463047927,"M1A1 (49)"\n', encoding="utf-8")
    >>> for given in read_tracker(file).weapons:
    ...     print(given.country, given.number, given.category, given.value)
    Australia 49 Tanks EUR 463.05 m (unstated prices)
    """
    given = Path(path)
    files = sorted(given.glob("*.csv")) if given.is_dir() else [given]
    found: dict[str, tuple[Any, ...]] = {}
    totals: list[_Row] = []
    release: Mapping[str, str] = {}
    for file in files:
        columns, rows = _rows(file, limits)
        if columns >= _RELEASE:
            release = _first(rows)
        elif columns >= _TOTALS:
            totals = list(rows)
        else:
            _take(file, columns, rows, found)
    if not found:
        raise ReaderError(given.name, "", "none of the tracker's files is here", EXPECTED)
    if not given.is_dir() and (beside := given.parent / "release_info.csv").exists():
        columns, rows = _rows(beside, limits)
        if not columns >= _RELEASE:
            raise _unknown(beside, columns)
        release = _first(rows)
    tracker = AidTracker(edition=release.get("release", ""), source=_source(given, release), **found)
    _check_totals(tracker, totals)
    return tracker


def _take(file: Path, columns: frozenset[str], rows: Iterator[_Row], found: dict[str, tuple[Any, ...]]) -> None:
    for needed, table, read, once in _FILES:
        if columns >= needed:
            if table in found:
                raise ReaderError(file.name, "", f"a second file of {table}", EXPECTED)
            try:
                found[table] = tuple(map(read, _once(rows, once)))
            except KeyError as error:
                raise ReaderError(file.name, "line 1", f"no column {error}", EXPECTED) from error
            if not found[table]:
                raise ReaderError(file.name, "", "no row follows the header", EXPECTED)
            return
    raise _unknown(file, columns)


def _unknown(file: Path, columns: frozenset[str]) -> ReaderError:
    return ReaderError(file.name, "line 1", f"the columns are {', '.join(sorted(columns))[:80]}", EXPECTED)


def _first(rows: Iterator[_Row]) -> Mapping[str, str]:
    return next((row.cells for row in rows), {})


def _once(rows: Iterator[_Row], columns: tuple[str, ...]) -> Iterator[_Row]:
    """Yield rows; raises `ReaderError` for a repeated key, which shows that two releases were joined."""
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        key = tuple(_sign(row, column) for column in columns)
        if key in seen:
            problem = f"{', '.join(key)} appears twice, first in {seen[key]}"
            raise ReaderError(
                row.file, row.where, problem, "the files of one release, each row once: download them again"
            )
        seen[key] = row.where
        yield row


def _sign(row: _Row, column: str) -> str:
    """Return a cell in a uniform spelling: a country by its usual name, and the month 02 as 2."""
    text = row.text(column)
    if column in ("country", "donor"):
        country = row.country(column, "iso" if "iso" in row.cells else "")
        return text if country is None else country.name
    return str(int(text)) if _is_count(text) else text


def _is_count(text: str) -> bool:
    return re.fullmatch("[0-9]{1,9}", text) is not None


def _rows(file: Path, limits: Limits | None) -> tuple[frozenset[str], Iterator[_Row]]:
    text = read_text(file, EXPECTED, limits)
    found = rows_in(text, file.name, EXPECTED, limits)
    header = [cell.strip() for cell in next(found)[1]]
    rows = full_rows(found, file.name, len(header))
    return frozenset(header), (_Row(file.name, line, dict(zip(header, cells, strict=True))) for line, cells in rows)


def _source(given: Path, release: Mapping[str, str]) -> Source:
    source = Source(
        title=release.get("label", "") or "Ukraine Support Tracker",
        publisher="Kiel Institute for the World Economy",
        url="https://www.kielinstitut.de/topics/war-against-ukraine/ukraine-support-tracker/",
        locator=given.name,
    )
    try:
        return attrs.evolve(source, date=dt.date.fromisoformat(release["date"])) if "date" in release else source
    except ValueError as error:
        problem = f"date: {release['date'][:40]!r} is not usable"
        raise ReaderError("release_info.csv", "line 2", problem, "a day such as 2026-08-04") from error


def _check_totals(tracker: AidTracker, totals: list[_Row]) -> None:
    """Raise `ReaderError` unless each month's printed total, of six decimals, is the sum of the donors' rows."""
    if not tracker.months:
        return
    sums: dict[tuple[int, int], Decimal] = {}
    for item in tracker.months:
        when = (item.year, item.month)
        sums[when] = sums.get(when, Decimal(0)) + item.total.in_billions
    for row in _once(iter(totals), ("year", "month")):
        when = (row.whole("year", 2014, 2200), row.whole("month", 1, 12))
        printed, found = row.number("total_allocations"), sums.get(when, Decimal(0))
        if abs(printed - found) > Decimal("0.0001"):
            problem = f"{printed} allocated in all, while the donors' rows add up to {found}"
            raise ReaderError(row.file, row.where, problem, "files of one release")


def _is_workbook(glimpse: Glimpse) -> bool:
    names = {name.strip().casefold() for name in glimpse.sheets}
    return any("main data" in name or name.startswith("country summary") for name in names)


def _is_beside(glimpse: Glimpse) -> bool:
    return bool({*_RELEASE} <= glimpse.cells() or {*_TOTALS} <= glimpse.cells())


def _covers(tracker: AidTracker) -> Coverage:
    tables = (
        ("months of donors", tracker.months),
        ("shares of donors", tracker.shares),
        ("months of procurement", tracker.procurement),
        ("weapons", tracker.weapons),
    )
    return Coverage(tracker.edition, tuple((name, len(rows)) for name, rows in tables if rows))


FORMAT: Final = FileFormat(
    name="Ukraine Support Tracker",
    publisher="Kiel Institute",
    read=read_tracker,
    recognises=_recognises,
    covers=_covers,
    seed=(
        "data_explorer.csv",
        '"country","iso","year","month","total","financial","humanitarian","military",'
        '"commitments","to_be_allocated","gdp","pct_gdp"\n"Poland","POL",2022,2,0.5,0.1,0.1,0.3,0.6,0.1,600,0.08\n',
    ),
    unread=(
        UnreadForm(
            name="workbook of the Ukraine Support Tracker",
            publisher="Kiel Institute",
            instead="it is not read; download the CSV files of the tracker's site, such as data_explorer.csv, instead",
            recognises=_is_workbook,
        ),
        UnreadForm(
            name="file beside the Ukraine Support Tracker's tables",
            publisher="Kiel Institute",
            instead="read the folder that it is in, with data_explorer.csv",
            recognises=_is_beside,
        ),
    ),
)
