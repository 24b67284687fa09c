"""The rows of a sheet, sorted into records, units, remarks and totals; no row is dropped without notice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

import attrs

from natoburden.cldr import bare
from natoburden.model._numbers import CONTEXT, add_up
from natoburden.readers.sheets._amounts import Amounts, Stated
from natoburden.readers.sheets._faults import Faults
from natoburden.readers.sheets._grids import Cell, Grid
from natoburden.readers.sheets._headers import Header
from natoburden.readers.sheets._units import Unit, unit_in

__all__ = ["Row", "records_of", "with_unit_row"]

_TOTAL = re.compile(
    r"(?:grand |sub ?|sous )?(?:totals?|totaux|totale|totales|gesamt|gesamtsumme|insgesamt|summe|zwischensumme|suma|"
    r"somma|razem|łącznie|ogołem|sum|totaal)(?: general| generale| ht| ttc| all| overall)?"
)
_REMARK = re.compile(
    r"(?:sources?|notes?|remarks?|remarques?|quellen?|hinweise?|anm|anmerkung(?:en)?|fuentes?|fonti?|fonte|uwagi|źródło|"
    r"stand|as of|last updated?)\b",
    re.IGNORECASE,
)
_LONGEST: Final = 1_000  # characters of a text that may be a total's label or a header
_MARKS: Final = ("*", "¹", "²", "³", "†", "(1)", "[1]", "1)")


@attrs.frozen
class Row:
    """A row that holds a record."""

    number: int
    cells: tuple[Cell, ...] = attrs.field(repr=False)
    header: Header = attrs.field(repr=False)

    def cell(self, field: str) -> Cell:
        """Return the cell of a field; an empty cell if there is no such column, or if the row is shorter."""
        place = self.header.places.get(field)
        return self.cells[place] if place is not None and place < len(self.cells) else Cell()


def with_unit_row(grid: Grid, header: Header) -> tuple[Header, str]:
    """Return a header with the units in the first row below it, if this row holds only units, and a note on them."""
    if header.begins >= len(grid.rows):
        return header, ""
    number, cells = grid.rows[header.begins]
    row = Row(number, cells, header)
    value = row.cell("value")
    unit = unit_in(value.value) if isinstance(value.value, str) else Unit()
    others = [cell.text for cell in cells if cell.value is not None]
    if not unit.is_whole_text or not all(_is_unit(text) for text in others):
        return header, ""
    places = [header.places[field] for field in ("value", "value_high") if field in header.places]
    units = [_of_both(own, unit) if at in places else own for at, own in enumerate(header.units)]
    told = f"row {number}: {value.text!r} below {header.label('value')!r} is the unit of its figures"
    return attrs.evolve(header, begins=header.begins + 1, units=tuple(units)), told


def _is_unit(text: str) -> bool:
    """Return whether a text cannot belong to a record: a unit without a figure, or a pattern such as *dd/mm/yyyy*."""
    has_figure = any(sign.isdigit() for sign in text.replace("'000", ""))
    is_form = bool(re.fullmatch(r"\(?[dmyjatghr]{1,4}([./-][dmyjatghr]{1,4})*\)?", text, re.IGNORECASE))
    return not has_figure and (is_form or unit_in(text).is_whole_text)


def _of_both(header: Unit, below: Unit) -> Unit:
    scale = below.scale if header.scale is None else header.scale
    return Unit(header.currency or below.currency, scale, header.words, header.several or below.several)


def records_of(grid: Grid, header: Header, amounts: Amounts, faults: Faults, passed_over: list[str]) -> Iterator[Row]:
    """Yield the rows of records; a total is ignored if it is the sum of the rows above it, and is a fault otherwise."""
    last = _last_record(grid, header)
    since: list[Decimal] = []
    overall: list[Decimal] = []
    for number, cells in grid.rows[header.begins :]:
        row = Row(number, cells, header)
        filled = [cell for cell in cells if cell.value is not None]
        first = filled[0].text
        if first.startswith("#") and not first.startswith("#N/A"):
            passed_over.append(f"row {number}: {first[:60]!r} is a comment")
        elif len(filled) == 1 and (number > last or _REMARK.match(first) or first.startswith(_MARKS)):
            passed_over.append(f"row {number}: {first[:60]!r} is a remark")
        elif len(filled) == 1 and len(header.places) > 2:
            hint = "a heading between records, or a cell that was merged? fill the row, or delete it"
            faults.add(number, "", f"it holds nothing but {first[:40]!r}: {hint}")
        elif any(cell.value is not None for cell in cells[len(header.names) :]):
            hint = "is there a separator inside a text without quotes?"
            faults.add(number, "", f"it has {len(cells)} cells, and the header {len(header.names)}: {hint}")
        elif total := _total_in(row, filled):
            _judge_total(row, total, (since, overall), amounts, faults, passed_over)
            since.clear()
        elif all(_is_alike(cell.text, name) for cell, name in zip(cells, header.names, strict=False) if cell.value):
            passed_over.append(f"row {number}: the header again")
        else:
            stated = row.cell("value").value
            found = amounts.stated(row.cell("value"), number, header.label("value")) if stated is not None else None
            figures = [_scaled(found, header)] if found else []
            since += figures
            overall += figures
            yield row


def _is_alike(text: str, name: str) -> bool:
    return text == name or (len(text) <= _LONGEST and bare(text) == bare(name))


def _last_record(grid: Grid, header: Header) -> int:
    numbers = [
        number for number, cells in grid.rows[header.begins :] if sum(cell.value is not None for cell in cells) > 1
    ]
    return numbers[-1] if numbers else -1


def _total_in(row: Row, filled: Sequence[Cell]) -> str:
    """Return the word that marks a row as a total; empty for any other row."""
    labels = [cell.text for cell in (filled[0], row.cell("buyer"), row.cell("supplier"), row.cell("origin"))]
    return next((text for text in labels if len(text) <= _LONGEST and _TOTAL.fullmatch(bare(text))), "")


def _scale(stated: Stated, header: Header) -> int:
    """Return the power of ten of a figure, from its cell or its header."""
    scale = stated.unit.scale
    return (header.units[header.places["value"]].scale or 0) if scale is None else scale


def _scaled(stated: Stated, header: Header) -> Decimal:
    return stated.figure.scaleb(_scale(stated, header), context=CONTEXT)


def _shown(amount: Decimal, like: Stated, header: Header) -> Decimal:
    """Return an amount in the scale of a figure."""
    return amount.scaleb(-_scale(like, header), context=CONTEXT).normalize(CONTEXT)


def _judge_total(
    row: Row,
    word: str,
    above: tuple[Sequence[Decimal], Sequence[Decimal]],
    amounts: Amounts,
    faults: Faults,
    passed_over: list[str],
) -> None:
    cell = row.cell("value")
    found = None if cell.fault else amounts.stated(cell, row.number, row.header.label("value"))
    sums = [add_up(figures) for figures in above]
    total = None if found is None else _scaled(found, row.header)
    if found is None or total in sums:
        is_sum = "" if found is None else f", {found.figure:,f}, is the sum of the rows above it"
        passed_over.append(f"row {row.number}: {word!r}{is_sum or ' without a figure'}")
        return
    told = f"{word!r} is {found.figure:,f}, but the rows above it add up to {_shown(sums[1], found, row.header):,f}"
    faults.add(row.number, row.header.label("value"), f"{told}: correct one of them, or delete the row")
