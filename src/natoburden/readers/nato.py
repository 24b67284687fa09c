"""NATO's workbook of defence expenditure, in the layouts of 2024 and since 2025, found by its own words."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs

from natoburden.errors import InvalidNumberError, ReaderError, ShareOutOfRangeError
from natoburden.model._checks import exactly
from natoburden.model._currencies import national_currencies
from natoburden.model._numbers import CONTEXT, checked_decimal
from natoburden.model.expenditure import Edition, ExpenditureTable, Measure, Observation, Omission
from natoburden.model.memberships import Entity, find_entity
from natoburden.model.money import CURRENT_PRICES, Money, PriceBasis
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, Status
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._workbook import open_workbook, rows_of

__all__ = ["read_workbook", "recognises"]

EXPECTED: Final = "NATO's workbook of defence expenditure (.xlsx), with its sheets Table 1 to Table 8b"
_SHEET = re.compile(r"table\s*\d+\s*[a-z]?", re.IGNORECASE)
_YEAR = re.compile(r"((?:19|20|21)\d\d)(?:\.0)?\s*(e?)")
_SINCE = re.compile(r"real change \d{4}\s*[-–]\s*(\d{4})\s*(e?)", re.IGNORECASE)
_BASE = re.compile(r"\b((?:19|20|21)\d\d) prices", re.IGNORECASE)
_NOTE = re.compile(r"notes?\s*:|\*", re.IGNORECASE)
_TITLE = re.compile(r"table\s*\d+\s*[a-z]?\s*:", re.IGNORECASE)
_SIZE = re.compile(r"(thousand|million|billion)s?\b", re.IGNORECASE)
_DATED_NAME = re.compile(r"(\d{2})(\d{2})(\d{2})\D")
_MARKS = frozenset({"", "..", "...", "…", "-", "–", "n/a", ". ."})
_BROKEN = re.compile(r"#[A-Z0-9/]+[!?]?")  # what a spreadsheet shows for a formula that fails
_EXPONENTS = {"thousand": 3, "million": 6, "billion": 9}
_CATEGORIES = {
    "equipment": Measure.EQUIPMENT_SHARE,
    "personnel": Measure.PERSONNEL_SHARE,
    "infrastructure": Measure.INFRASTRUCTURE_SHARE,
    "other": Measure.OTHER_SHARE,
}
_SUBTITLES = tuple(
    (re.compile(pattern), measure, exponent)
    for pattern, measure, exponent in (
        (r"share of real gdp( \(%\))?", Measure.SHARE_OF_GDP, 0),
        (r"annual real change( \(%\))?", Measure.REAL_CHANGE, 0),
        (r"gdp per capita \(thousand us dollars\)", Measure.GDP_PER_CAPITA, 3),
        (r"gdp per capita \(us dollars\)", Measure.GDP_PER_CAPITA, 0),
        (r"(core )?defence expenditure per capita \(us dollars\)", Measure.EXPENDITURE_PER_CAPITA, 0),
        *((rf"{name} \([a-d]\)", measure, 0) for name, measure in _CATEGORIES.items()),
    )
)
_PRICES = re.compile(r"(current|constant \d{4}) prices( and exchange rates)?")
_PER_HEAD = (Measure.GDP_PER_CAPITA, Measure.EXPENDITURE_PER_CAPITA)
_SHARES = (Measure.SHARE_OF_GDP, *_CATEGORIES.values())
_CHANGES = (Measure.REAL_CHANGE, Measure.REAL_CHANGE_SINCE_2014)


@attrs.frozen(kw_only=True)
class _Block:
    """What the rows under one subtitle hold; amounts are at constant prices or not, in dollars or as the label says."""

    measure: Measure
    exponent: int = 0
    is_constant: bool = False
    in_dollars: bool = True


@attrs.frozen(kw_only=True)
class _Figure:
    """One cell: where it stands, what it holds, of whom and of which year it is."""

    where: str
    block: _Block
    label: str
    entity: Entity
    year: int
    is_estimate: bool
    value: Decimal | None  # None for one of NATO's marks of a missing figure


_Years: TypeAlias = Mapping[int, tuple[int, bool]]


def recognises(glimpse: Glimpse) -> bool:
    """Tell NATO's workbook by the names of its sheets."""
    return sum(_SHEET.fullmatch(name.strip()) is not None for name in glimpse.sheets) > 1


def read_workbook(path: Path | str, edition: str | None = None) -> ExpenditureTable:
    """Read one edition of NATO's workbook into a table like those that ship, whole or not at all.

    Sheets, blocks and years are found by what they are called, never by their places: the layout of June 2024, and
    that of August 2025 and later with its "core" expenditure, rounded or not. Years marked e are estimates. Stars and
    notes are passed over; a cell that NATO leaves open, ``..`` or ``-``, becomes an omission of the edition; a table
    of a kind that is not known is named in the edition's note. `edition` is the key that the edition goes by, such as
    ``"2027-04"``; without one it is taken from a name like NATO's ``240617-…``, or else is the table's last year.

    Needs the extra ``readers``. Raises `ReaderError` with the sheet and row, `MissingExtraError`, and `OSError` where
    there is no file.
    """
    file = Path(path)
    sheets: list[_Sheet] = []
    with open_workbook(file, EXPECTED) as book:
        for sheet in book.worksheets:
            if _SHEET.fullmatch(sheet.title.strip()):
                read = _Sheet(file.name, sheet.title)
                for number, row in rows_of(sheet, file.name):
                    if not read.takes(number, [cell.value for cell in row]):
                        break
                sheets.append(read)
        if not sheets:
            raise ReaderError(file.name, "", f"the sheets are {', '.join(book.sheetnames[:12])}", EXPECTED)
    return _table(file, sheets, edition)


class _Sheet:
    """One sheet, row by row: the block and the years that hold for the next figures."""

    def __init__(self, file: str, title: str) -> None:
        self._file, self.name = file, title
        self._heading = self._unit = ""
        self._years: _Years = {}
        self._block: _Block | None = None
        self._subtitle = ""
        self.words: list[str] = []
        self.figures: list[_Figure] = []
        self.left_out: dict[str, None] = {}

    def takes(self, number: int, values: list[object]) -> bool:
        """Take one row; False when the notes begin."""
        texts = [text for value in values if isinstance(value, str) and _is_word(text := _tidied(value))]
        if years := _years_of(values):
            self._years = years
            return True
        if since := _since(values):
            self._years, self._block = since, _Block(measure=Measure.REAL_CHANGE_SINCE_2014)
            return True
        if not texts:
            return True  # a blank row, or what is left of a formula under the table
        label = texts[0]
        if _NOTE.match(label):
            return False
        cells = {at: values[at] for at in self._years if at < len(values) and not _is_blank(values[at])}
        if cells and not all(isinstance(value, str) and _is_word(_tidied(value)) for value in cells.values()):
            self._take_figures(number, label, cells)
        else:
            self._take_words(label)
        return True

    def _take_words(self, text: str) -> None:
        """Take a title, a unit or a subtitle, which says what the next figures are."""
        self.words.append(text)
        if _TITLE.match(text):
            self._heading = text
            return
        if _SIZE.match(text):
            self._unit = text
        found = _block(text, self._heading, self._unit)
        if found is not None or not _is_entity(text):
            self._block, self._subtitle = found, text

    def _take_figures(self, number: int, label: str, cells: Mapping[int, object]) -> None:
        where = f"sheet {self.name!r}, row {number}"
        if self._block is None:
            self.left_out[f"{self.name} ({self._subtitle or 'no subtitle'})"] = None
            return
        try:
            entity = _entity(label)
        except LookupError as error:
            raise ReaderError(self._file, where, f"{label!r} is no ally: {error}", EXPECTED) from error
        for at, value in cells.items():
            year, is_estimate = self._years[at]
            self.figures.append(
                _Figure(
                    where=where,
                    block=self._block,
                    label=label,
                    entity=entity,
                    year=year,
                    is_estimate=is_estimate,
                    value=_number(self._file, where, label, year, value),
                )
            )


def _tidied(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _is_word(text: str) -> bool:
    """Tell a label from a mark of a missing figure, a broken formula and a number written as text."""
    return text not in _MARKS and not _BROKEN.fullmatch(text) and bool(re.search(r"[^\W\d_]{2}", text))


def _is_blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and (not value.strip() or bool(_BROKEN.fullmatch(value.strip()))))


def _years_of(values: Iterable[object]) -> _Years:
    """Give the years of a header: at least two, in a row, and nothing else in theirs."""
    filled = {at: _tidied(str(value)) for at, value in enumerate(values) if not _is_blank(value)}
    found = {at: _YEAR.fullmatch(text) for at, text in filled.items()}
    years = {at: (int(match[1]), bool(match[2])) for at, match in found.items() if match}
    in_order = all(later[0] == earlier[0] + 1 for earlier, later in itertools.pairwise(years.values()))
    return years if len(years) >= 2 and len(years) == len(filled) and in_order else {}


def _since(values: Iterable[object]) -> _Years:
    """Give the one year of the column of real change since a first year, in the header of Table 4."""
    found = {at: _SINCE.match(_tidied(value)) for at, value in enumerate(values) if isinstance(value, str)}
    years = {at: (int(match[1]), bool(match[2])) for at, match in found.items() if match}
    return years if len(years) == 1 and len(found) > 2 else {}


def _block(text: str, heading: str, unit: str) -> _Block | None:
    """Say what a subtitle announces; None for one that is not known."""
    subtitle = text.lower()
    if "related" in heading.lower():
        return None  # expenditure that is related to defence and security is no defence expenditure
    for pattern, measure, exponent in _SUBTITLES:
        if pattern.fullmatch(subtitle):
            return _Block(measure=measure, exponent=exponent, is_constant=measure in _PER_HEAD)
    if subtitle == "thousands" and "personnel" in heading.lower():
        return _Block(measure=Measure.MILITARY_PERSONNEL, exponent=3)
    found, size = _PRICES.fullmatch(subtitle), _SIZE.match(unit)
    if not found or not size:
        return None
    return _Block(
        measure=Measure.GDP if re.search(r"\bGDP\b|gross domestic product", heading) else Measure.EXPENDITURE,
        exponent=_EXPONENTS[size[1].lower()],
        is_constant=found[1] != "current",
        in_dollars=bool(found[2]),
    )


@functools.cache
def _entity(label: str) -> Entity:
    return find_entity(_tidied(re.sub(r"\(.*?\)|[*†‡]", " ", label)))


def _is_entity(label: str) -> bool:
    try:
        _entity(label)
    except LookupError:
        return False
    return True


def _number(file: str, where: str, label: str, year: int, value: object) -> Decimal | None:
    if isinstance(value, str) and value.strip() in _MARKS:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ReaderError(file, where, f"{label}, {year}: {str(value)[:40]!r} is not usable", "a number, '..' or '-'")
    try:
        return checked_decimal(value.strip() if isinstance(value, str) else repr(value), "figure")
    except InvalidNumberError as error:
        problem = f"{label}, {year}: {str(value)[:40]!r} is not usable"
        raise ReaderError(file, where, problem, "a number with a decimal point, '..' or '-'") from error


def _table(file: Path, sheets: list[_Sheet], key: str | None) -> ExpenditureTable:
    figures = [figure for sheet in sheets for figure in sheet.figures]
    shares = {item.entity for item in figures if item.block.measure is Measure.SHARE_OF_GDP and item.value is not None}
    if not shares:
        raise ReaderError(file.name, "", "no sheet holds shares of real GDP", EXPECTED)
    words = [word for sheet in sheets for word in sheet.words]
    edition = _edition(file, words, figures, key, [left for sheet in sheets for left in sheet.left_out])
    found: dict[tuple[Any, ...], Observation[Any]] = {}
    for item in figures:
        if item.value is None:
            continue
        value = _value(file.name, item, edition)
        kind = (value.currency, value.basis) if isinstance(value, Money) else None
        status = Status.ESTIMATE if item.is_estimate else Status.ACTUAL
        made = Observation(
            measure=item.block.measure,
            entity=item.entity,
            year=item.year,
            value=value,
            status=status,
            edition=edition,
        )
        # Table 1 repeats the dollars of the United States: their national currency
        if found.setdefault((made.measure, kind, made.entity, made.year), made) != made:
            raise ReaderError(file.name, item.where, f"{item.label}, {item.year}: two figures differ", "one for each")
    return ExpenditureTable(edition=edition, observations=tuple(found.values()))


def _edition(file: Path, words: list[str], figures: list[_Figure], key: str | None, left_out: list[str]) -> Edition:
    bases = sorted({int(year) for word in words for year in _BASE.findall(word)})
    if len(bases) != 1:
        problem = f"the base years of constant prices are {', '.join(map(str, bases)) or 'none'}"
        raise ReaderError(file.name, "", problem, "one, as in 'Constant 2021 prices'")
    years = sorted({item.year for item in figures})
    published = _published(file.name)
    core = "Core " if any("core defence" in word.lower() for word in words) else ""
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
        estimated_years=tuple(sorted({item.year for item in figures if item.is_estimate})),
        omissions=tuple(_omissions(figures)),
        note=f"Not read: {'; '.join(left_out)}." if left_out else "",
    )


def _published(name: str) -> dt.date | None:
    """Give the day that NATO puts before the names of its files, as in 240617-def-exp-2024."""
    found = _DATED_NAME.match(name)
    try:
        return dt.date(2000 + int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _omissions(figures: list[_Figure]) -> Iterator[Omission]:
    """Name what the workbook leaves open: cells that it marks, and allies that a table has no row of."""
    marked: dict[tuple[Entity, Measure], set[int]] = {}
    for item in figures:
        if item.value is None:
            marked.setdefault((item.entity, item.block.measure), set()).add(item.year)
    for (entity, measure), years in marked.items():
        reason = "the workbook marks the figure as missing"
        yield Omission(entity=entity, measures=(measure,), years=tuple(sorted(years)), reason=reason)
    rows: dict[Measure, set[Entity]] = {}
    for item in figures:
        rows.setdefault(item.block.measure, set()).add(item.entity)
    for entity in sorted(rows.get(Measure.GDP, set()), key=str):
        lacking = tuple(measure for measure, held in rows.items() if entity not in held)
        if Measure.SHARE_OF_GDP in lacking:
            reason = "the workbook has no row of it here; Iceland has none, since it has no armed forces"
            yield Omission(entity=entity, measures=lacking, years=(), reason=reason)


def _value(file: str, item: _Figure, edition: Edition) -> Money | Share | Rate | Decimal:
    block, figure = item.block, item.value or Decimal(0)
    if block.measure in _SHARES:
        try:
            return Share.percent(figure)
        except ShareOutOfRangeError as error:
            raise ReaderError(file, item.where, f"{item.label}, {item.year}: {error}", "a share in percent") from error
    if block.measure in _CHANGES:
        return Rate.percent(figure)
    if figure < 0:
        raise ReaderError(file, item.where, f"{item.label}, {item.year}: {figure} is negative", "zero or more")
    amount = figure.scaleb(block.exponent, context=CONTEXT)
    if block.measure is Measure.MILITARY_PERSONNEL:
        return amount
    basis = PriceBasis.constant(edition.constant_year) if block.is_constant else CURRENT_PRICES
    return Money(amount, "USD" if block.in_dollars else _currency(file, item), basis)


def _currency(file: str, item: _Figure) -> str:
    """Give the currency that a label of Table 1 names: euros, or the ally's own under whatever name."""
    named = re.search(r"\(([^()]+)\)\s*\*?$", item.label)
    if named and named[1].strip().lower() == "euros":
        return "EUR"
    found = national_currencies().get(item.entity.key) if named else None
    if found is None:
        raise ReaderError(file, item.where, f"{item.label!r} names no currency of its own", "'Poland (Zlotys)'")
    return found
