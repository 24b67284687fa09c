"""One sheet of NATO's workbook, read row by row: blocks, years and figures are found by their own words."""

from __future__ import annotations

import datetime as dt
import functools
import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

import attrs

from natoburden.errors import InvalidNumberError, ReaderError
from natoburden.model._numbers import CONTEXT, checked_decimal
from natoburden.model.expenditure import Measure
from natoburden.model.memberships import Entity, entity_or_none, find_entity
from natoburden.readers._cells import fault_of, figure_of, place_of, year_of
from natoburden.readers._workbook import Looks

__all__ = ["CATEGORIES", "CHANGES", "EXPECTED", "SHARES", "Block", "Row", "Sheet", "has_figures_of_an_ally"]

EXPECTED: Final = "NATO's workbook of defence expenditure (.xlsx), with its sheets Table 1 to Table 8b"
_YEARS: Final = "years of four digits, one after the other: type them as plain numbers"
_ESTIMATED = re.compile(r"((?:19|20|21)\d\d)\s*(?:e|\(e\))", re.IGNORECASE)
_SHORT_YEAR = re.compile(r"'?\d\d(?:\.0)?\s*e?")
_SINCE = re.compile(r"real change \d{4}\s*[-–]\s*(\d{4})\s*(e?)", re.IGNORECASE)
_NOTE = re.compile(r"notes?\s*:|\*", re.IGNORECASE)
_TITLE = re.compile(r"table\s*+\d++\s*+[a-z]?+\s*+:", re.IGNORECASE)
_SIZE = re.compile(r"(thousand|million|billion)s?\b", re.IGNORECASE)
_MARKS = frozenset({"", "..", "...", "…", "-", "–", "n/a", ". ."})
_BROKEN = re.compile(r"#[A-Z0-9/]+[!?]?")  # the text that a spreadsheet shows for a formula that fails
_EXPONENTS = {"thousand": 3, "million": 6, "billion": 9}
CATEGORIES = {
    "equipment": Measure.EQUIPMENT_SHARE,
    "personnel": Measure.PERSONNEL_SHARE,
    "infrastructure": Measure.INFRASTRUCTURE_SHARE,
    "other": Measure.OTHER_SHARE,
}
_GDP = "(gdp|gross domestic product)"
_SUBTITLES = tuple(
    (re.compile(pattern), measure, exponent)
    for pattern, measure, exponent in (
        (rf"(defence expenditures? as a )?(share|percentage) of (real )?{_GDP}( \(%\))?", Measure.SHARE_OF_GDP, 0),
        (r"annual (real|volume) change( \(%\))?", Measure.REAL_CHANGE, 0),
        (rf"{_GDP} per capita \(thousand us dollars\)", Measure.GDP_PER_CAPITA, 3),
        (rf"{_GDP} per capita \(us dollars\)", Measure.GDP_PER_CAPITA, 0),
        (r"(core )?defence expenditures? per capita \(us dollars\)", Measure.EXPENDITURE_PER_CAPITA, 0),
        *((rf"{name}( expenditures?)? \([a-d]\)", measure, 0) for name, measure in CATEGORIES.items()),
    )
)
_PRICES = re.compile(r"(current|constant \d{4}) prices( and exchange rates)?")
_DOLLARS = re.compile(r"(thousand|million|billion) us dollars \(\d{4} prices and exchange rates\)")
_PERSONS = re.compile(r"((military|armed forces|military personnel) )?\(?thousands\)?")
_ARMED = re.compile(r"personnel|military|armed forces")
# The names of the aggregates before the table had one for Europe and Canada
_OF_THEIR_DAY = {
    "european members": "NATO_EUROPE",
    "european allies": "NATO_EUROPE",
    "north american members": "NORTH_AMERICA",
}
_PER_HEAD = (Measure.GDP_PER_CAPITA, Measure.EXPENDITURE_PER_CAPITA)
SHARES = (Measure.SHARE_OF_GDP, *CATEGORIES.values())
CHANGES = (Measure.REAL_CHANGE, Measure.REAL_CHANGE_SINCE_2014)


@attrs.frozen(kw_only=True)
class Block:
    """The meaning of the rows under one subtitle: the measure, the scale, the price basis and the currency."""

    measure: Measure
    exponent: int = 0
    is_constant: bool = False
    in_dollars: bool = True


_MOST_WORDS = 20_000  # titles, units and subtitles of a sheet; NATO's sheets have some tens
_MOST_HEADINGS = 3  # words before the years of a header: country, currency unit

_Years: TypeAlias = Mapping[int, tuple[int, bool]]  # by column: the year, and whether it is marked as an estimate


@attrs.frozen(kw_only=True)
class Row:
    """The figures of one row by column: their years, their measure, and the country or group.

    A value is None for one of NATO's marks of a missing figure. A broken cell also gives None, and `faults` describes
    it.
    """

    place: str
    block: Block
    label: str
    unit: str  # the text in a column of its own beside the label
    entity: Entity
    years: _Years
    values: Mapping[int, Decimal | None]
    faults: Mapping[int, str]
    cells: Sequence[Any] = attrs.field(repr=False)

    def where(self, at: int) -> str:
        """Return the place of a cell in the file."""
        return f"{self.place}, cell {place_of(self.cells[at])}"


class Sheet:
    """One sheet, read row by row; it remembers the block and the years that apply to the next figures."""

    def __init__(self, file: str, title: str, looks: Looks) -> None:
        self._file, self.name, self._looks = file, title, looks
        self._heading = self._unit = ""
        self._years: _Years = {}
        self._block: Block | None = None
        self._subtitle = ""
        self.words: list[str] = []
        self.rows: list[Row] = []
        self.left_out: dict[str, None] = {}
        self._ended = False

    def take(self, number: int, row: Sequence[Any]) -> None:
        """Read one row; below the notes, only record whether the row holds figures of an ally."""
        values = [cell.value for cell in row]
        if self._ended:
            self._pass_over(number, values, "figures below the notes")
        else:
            self._ended = not self._takes(number, row, values)

    def _pass_over(self, number: int, values: Sequence[Any], why: str) -> None:
        """Note that a row was not read although it holds figures of an ally or figures without a name."""
        figures = [values[at] for at in self._years if at < len(values) and _is_number(values[at])]
        of_nobody = len(figures) > 1 and any(figures) and not any(map(_text, values))
        if has_figures_of_an_ally(values) or (of_nobody and not _are_numbers_of_columns(figures)):
            self.left_out[f"{self.name}, row {number}: {why}"] = None

    def _takes(self, number: int, row: Sequence[Any], values: Sequence[Any]) -> bool:
        """Read one row; return False when the notes begin."""
        texts = [text for value in values if isinstance(value, str) and (text := _word(value))]
        if since := _since(values):
            self._years, self._block = since, Block(measure=Measure.REAL_CHANGE_SINCE_2014)
            return True
        if years := self._header(number, row, values):
            self._years = years
            return True
        if not texts:  # a blank row, numbers of columns, or figures without a name
            self._pass_over(number, values, "figures without a name")
            return True
        label = texts[0]
        if _NOTE.match(label):
            return False
        filled = [at for at in self._years if at < len(row) and not _is_empty(values[at])]
        if filled and not all(isinstance(values[at], str) and _word(values[at]) for at in filled):
            beside = (text for at, value in enumerate(values) if at not in self._years and (text := _text(value)))
            unit = next((text for text in beside if text != label), "")
            self._take_figures(number, label, unit, row, filled)
        elif not filled and any(isinstance(value, float | int) for value in values) and _is_entity(label):
            problem = f"{label!r} has figures, and no year stands above them"
            raise ReaderError(self._file, f"sheet {self.name!r}, row {number}", problem, _YEARS)
        elif filled and _is_entity(label):
            self.left_out[f"{self.name}, row {number}: {label} has words in the place of figures"] = None
        else:
            self._take_words(label)
        return True

    def _header(self, number: int, row: Sequence[Any], values: Sequence[Any]) -> _Years:
        """Return the years of a header: at least two in one row, with nothing else in their columns.

        Raises `ReaderError` for a cell among the years that is not a year, or was changed to a date or to two digits.
        The figures below such a cell would otherwise be lost without notice.
        """
        filled = {at: cell for at, cell in enumerate(row) if not _is_empty(values[at])}
        words = {at: text for at in filled if (text := _text(values[at]))}
        if words and (list(words) != list(filled)[: len(words)] or any(map(_is_entity, words.values()))):
            return {}  # a row of figures, or a title
        filled = {at: cell for at, cell in filled.items() if at not in words}
        if len(filled) < 2 or len(words) > _MOST_HEADINGS:
            return {}
        years = {at: year for at in filled if (year := _year(values[at]))}
        were_years = all(_was_year(values[at]) for at in filled)
        if len(years) < 2 and not were_years:
            return {}
        in_order = all(later[0] == earlier[0] + 1 for earlier, later in itertools.pairwise(years.values()))
        if len(years) == len(filled) and in_order:
            self._unit = next((found[0] for text in words.values() if (found := _SIZE.search(text))), self._unit)
            return years
        odd = next((cell for at, cell in filled.items() if at not in years), next(iter(filled.values())))
        problem = f"cell {place_of(odd)} of the header is {str(getattr(odd, 'value', ''))[:40]!r}"
        raise ReaderError(self._file, f"sheet {self.name!r}, row {number}", problem, _YEARS)

    def _take_words(self, text: str) -> None:
        """Read a title, a unit or a subtitle; it says what the next figures are."""
        self.words.append(text)
        if len(self.words) > _MOST_WORDS:
            problem = f"more than {_MOST_WORDS:,} rows of words"
            raise ReaderError(self._file, f"sheet {self.name!r}", problem, EXPECTED)
        if _TITLE.match(text):
            self._heading = text
            return
        if _SIZE.match(text):
            self._unit = text
        found = _block(text, self._heading, self._unit)
        if found is not None or not _is_entity(text):
            self._block, self._subtitle = found, text

    def _take_figures(self, number: int, label: str, unit: str, cells: Sequence[Any], filled: Iterable[int]) -> None:
        where = f"sheet {self.name!r}, row {number}"
        if self._block is None:
            self.left_out[f"{self.name} ({self._subtitle or 'no subtitle'})"] = None
            return
        entity = _entity(label)
        if isinstance(entity, LookupError):
            raise ReaderError(self._file, where, f"{label!r} is not an ally: {entity}", EXPECTED) from entity
        if self._block.measure is not Measure.REAL_CHANGE_SINCE_2014:  # its table repeats figures of others
            for at, cell in enumerate(cells):
                if at not in self._years and _is_number(cell.value):
                    self.left_out[f"{self.name}, column {_letters(cell)}: figures without a year above them"] = None
        values: dict[int, Decimal | None] = {}
        faults: dict[int, str] = {}
        for at in filled:
            cell = cells[at]
            if type(cell.value) is str and (fault := fault_of(cell)):
                values[at], faults[at] = None, f"sheet {self.name!r}, cell {place_of(cell)}: {fault}"
            else:
                values[at] = self._number(where, label, self._years[at][0], cell)
        self.rows.append(
            Row(
                place=where,
                block=self._block,
                label=label,
                unit=unit,
                entity=entity,
                years=self._years,
                values=values,
                faults=faults,
                cells=cells,
            )
        )

    def _number(self, where: str, label: str, year: int, cell: Any) -> Decimal | None:
        """Return the figure that the sheet shows; None for one of NATO's marks of a missing figure."""
        value = cell.value
        if isinstance(value, str) and value.strip() in _MARKS:
            return None
        expected, more, cause = "a number, '..' or '-'", "", None
        if type(value) in (float, int, str):  # a truth value is not a number here
            try:
                figure = checked_decimal(value.strip(), "figure") if type(value) is str else figure_of(value)
            except InvalidNumberError as error:
                cause, expected = error, "a number with a decimal point, '..' or '-'"
            else:
                if type(value) is str or not self._looks.in_percent(cell):
                    return figure
                if self._block is not None and self._block.measure in (*SHARES, *CHANGES):
                    return figure.scaleb(2, context=CONTEXT)
                expected, more = "a plain number", ": it is formatted as a percentage"
        shown = f"{label}, {year}, cell {place_of(cell)}: {str(value)[:40]!r} is not usable"
        raise ReaderError(self._file, where, f"{shown}{more}", expected) from cause


def _tidied(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


@functools.lru_cache(maxsize=4_096)  # labels are in many rows, and each is looked up several times
def _word(value: str) -> str:
    """Return a text that is a label; empty for a mark of a missing figure, a broken formula or a number."""
    text = _tidied(value)
    is_broken = _BROKEN.fullmatch(text) or text.startswith("=")
    return text if text not in _MARKS and not is_broken and re.search(r"[^\W\d_]{2}", text) else ""


def _text(value: object) -> str:
    """Return a cell's words; empty for a figure, a mark of a missing figure, or an empty cell."""
    return _word(value) if isinstance(value, str) else ""


def has_figures_of_an_ally(values: Sequence[object]) -> bool:
    """Return whether a row begins with the name of an ally or group, and has more than one figure."""
    label = next((text for value in values if (text := _text(value))), "")
    return bool(label) and sum(map(_is_number, values)) > 1 and _is_entity(label)


def _is_number(value: object) -> bool:
    return isinstance(value, float | int) and not isinstance(value, bool)


def _are_numbers_of_columns(figures: Sequence[Any]) -> bool:
    """Return whether figures only number the columns: 1, 2, 3, or -1, -2, -3 if a spreadsheet took (1) for money."""
    counted = [abs(figure) for figure in figures]
    return counted[0] <= _MOST_HEADINGS and all(b == a + 1 for a, b in itertools.pairwise(counted))


def _letters(cell: Any) -> str:
    return place_of(cell).rstrip("0123456789")


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _year(value: object) -> tuple[int, bool] | None:
    """Read a year of a header, and whether it is marked as an estimate."""
    if year := year_of(value):
        return year, False
    found = _ESTIMATED.fullmatch(_tidied(value)) if isinstance(value, str) else None
    return (int(found[1]), True) if found else None


def _was_year(value: object) -> bool:
    return isinstance(value, dt.datetime) or bool(_SHORT_YEAR.fullmatch(_tidied(str(value))))


def _since(values: Iterable[object]) -> _Years:
    """Return the column of real change since a first year, with its last year, from a header of Table 4."""
    texts = {at: value for at, value in enumerate(values) if isinstance(value, str)}
    if len(texts) < 3:
        return {}
    found = {at: match for at, text in texts.items() if (match := _SINCE.match(_tidied(text)))}
    return {at: (int(match[1]), bool(match[2])) for at, match in found.items()} if len(found) == 1 else {}


def _block(text: str, heading: str, unit: str) -> Block | None:
    """Return the block that a subtitle announces; None for an unknown subtitle."""
    subtitle = text.lower()
    if "related" in heading.lower():
        return None  # expenditure related to defence and security is not defence expenditure
    for pattern, measure, exponent in _SUBTITLES:
        if pattern.fullmatch(subtitle):
            return Block(measure=measure, exponent=exponent, is_constant=measure in _PER_HEAD)
    if _PERSONS.fullmatch(subtitle) and _ARMED.search(f"{heading} {subtitle}".lower()):
        return Block(measure=Measure.MILITARY_PERSONNEL, exponent=3)
    amount = Measure.GDP if re.search(r"\bGDP\b|gross domestic product", heading) else Measure.EXPENDITURE
    if dollars := _DOLLARS.fullmatch(subtitle):  # in 2022, the unit is in the place of a subtitle
        return Block(measure=amount, exponent=_EXPONENTS[dollars[1]], is_constant=True)
    found, size = _PRICES.fullmatch(subtitle), _SIZE.match(unit)
    if not found or not size:
        return None
    return Block(
        measure=amount,
        exponent=_EXPONENTS[size[1].lower()],
        is_constant=found[1] != "current",
        in_dollars=bool(found[2]) or "us dollars" in unit.lower(),
    )


def _entity(label: str) -> Entity | LookupError:
    """Return the country or group of a label, or an error with suggestions, which take time."""
    if (found := _entity_or_none(label)) is not None:
        return found
    try:
        return find_entity(_name_in(label))
    except LookupError as error:
        return error


@functools.lru_cache(maxsize=4_096)
def _entity_or_none(label: str) -> Entity | None:
    try:
        return entity_or_none(_name_in(label))
    except LookupError:
        return None


def _name_in(label: str) -> str:
    """Return a label without what is in brackets, without marks of notes, and as the name of a group of today."""
    name = _tidied(re.sub(r"\([^()]*+\)|[*†‡]", " ", label))
    name = re.sub(r"^NATO ?[-–] ?", "NATO ", name)  # "NATO - Europe"
    return _OF_THEIR_DAY.get(name.lower().removeprefix("nato ").removesuffix(" of nato"), name)


def _is_entity(label: str) -> bool:
    return _entity_or_none(label) is not None
