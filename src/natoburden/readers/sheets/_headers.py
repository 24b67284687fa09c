"""The header of a sheet: its row, and the field of each column; an unclear column is a fault with a suggestion."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from natoburden.cldr import bare
from natoburden.errors import UnknownNameError
from natoburden.model._vocabulary import nearest
from natoburden.model.record_readings import ColumnUse
from natoburden.readers.sheets._faults import Faults
from natoburden.readers.sheets._fields import AMBIGUOUS, FIELDS, by_name, fields_named, near_fields
from natoburden.readers.sheets._grids import Cell, Grid
from natoburden.readers.sheets._units import Unit, unit_in

__all__ = ["Header", "header_of", "mapped"]

_LOOKED_AT: Final = 20  # rows that may hold a header, below titles and remarks
_LENIENT: Final = ("system", "note", "source", "url", "quantity")  # the first of several columns is used
_MOST_SHOWN = 20
_CONSTANT = re.compile(r"\b[ck]onstant|\bcostanti|\bstałe", re.IGNORECASE)
_LONGEST = 60  # characters
_LONGEST_NAME: Final = 1_000  # characters of a header that may be known
_MOST_COMPARED: Final = 200  # headers that are compared with the words of fields


@attrs.frozen(kw_only=True)
class Header:
    """The columns of a sheet by their headers, and the row at which the records begin.

    `units` are the currency and scale in each header, and `places` are the columns of the fields.
    """

    row: int
    begins: int
    names: tuple[str, ...]
    units: tuple[Unit, ...]
    places: Mapping[str, int] = attrs.field(factory=dict)
    uses: tuple[ColumnUse, ...] = ()

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers of columns that fill no field."""
        used = set(self.places.values())
        return tuple(name for place, name in enumerate(self.names) if place not in used and name)

    def label(self, field: str) -> str:
        """Return the header of a field's column, or the name of the field if no column fills it."""
        return self.names[self.places[field]] or field if field in self.places else field

    def without(self, field: str) -> Header:
        """Return the header with a field removed from its column."""
        places = {name: place for name, place in self.places.items() if name != field}
        return attrs.evolve(self, places=places, uses=tuple(use for use in self.uses if use.field != field))


def header_of(grid: Grid, asked: Mapping[str, str | None], row: int | None) -> tuple[Header, int] | None:
    """Return the best header row and how many of its cells are known; None if the sheet has no rows.

    Two rows form one header if the upper row has merged cells. `row` is the number of the header row, if it is known.
    """
    best: tuple[int, Header] | None = None
    words = {bare(header) for header in asked}
    for at, (number, cells) in enumerate(grid.rows[:_LOOKED_AT]):
        if row is not None and number != row:
            continue
        for names, begins in _readings(grid, at, cells):
            score = sum(bool(name) and _is_known(name, words) for name in names)
            if best is None or score > best[0]:
                units = tuple(map(unit_in, names))
                best = score, Header(row=number, begins=begins, names=names, units=units)
    return None if best is None else (best[1], best[0])


def _is_known(name: str, words: set[str]) -> bool:
    return len(name) <= _LONGEST_NAME and (bare(name) in words or bool(fields_named(unit_in(name).words)))


def _readings(grid: Grid, at: int, cells: Sequence[Cell]) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield the names in a row, and then the names of that row joined with those of the row below."""
    names = tuple(_named(cell) for cell in cells)
    yield names, at + 1
    if at + 1 >= len(grid.rows) or not any(isinstance(cell.value, str) for cell in cells):
        return
    below = grid.rows[at + 1][1]
    if all(isinstance(cell.value, str | None) for cell in below):
        yield tuple(_joined(names, tuple(_named(cell) for cell in below))), at + 2


def _named(cell: Cell) -> str:
    return " ".join(cell.text.split())


def _joined(upper: Sequence[str], lower: Sequence[str]) -> Iterator[str]:
    above = ""
    for place in range(max(len(upper), len(lower))):
        own = upper[place] if place < len(upper) else ""
        part = lower[place] if place < len(lower) else ""
        above = own or (above if part else "")
        if above and part:
            joined = f"{above} ({part})" if unit_in(part).is_whole_text else f"{above} {part}"
            yield part if fields_named(unit_in(part).words) and not fields_named(unit_in(joined).words) else joined
        else:
            yield above or part


def mapped(
    header: Header,
    asked: Mapping[str, str | None],
    given: Mapping[str, str],
    faults: Faults,
    holds_countries: Callable[[int], bool],
) -> Header:
    """Return a header with the field of each column: as asked, else by usual words if they have only one reading.

    `given` are fields that an argument fills for all rows. `holds_countries` says whether all words in a column are
    countries. A column that is asked for but absent is a fault; so is a missing or ambiguous field. The fault shows a
    mapping to copy.
    """
    chosen, left_aside = _as_asked(header, asked, faults)
    named: dict[str, list[int]] = {}
    twofold: list[int] = []
    for place, (name, unit) in enumerate(zip(header.names, header.units, strict=True)):
        if name and place not in chosen.values() and place not in left_aside:
            found = fields_named(unit.words or name) or (("value",) if unit.is_whole_text else ())
            if len(found) == 2:
                twofold.append(place)
            elif found and found[0] not in chosen:
                named.setdefault(found[0], []).append(place)
    reasons = dict.fromkeys(chosen, "as asked")
    unclear: dict[str, list[int]] = {}
    for field, places in named.items():
        if len(places) > 1 and field not in _LENIENT:
            unclear[field] = places
        else:
            chosen[field], reasons[field] = places[0], "by its name"
    if "origin" not in {*chosen, *unclear} and "supplier" in chosen and holds_countries(chosen["supplier"]):
        chosen["origin"] = chosen.pop("supplier")
        reasons["origin"] = "it holds countries"
    _settle_countries(twofold, chosen, reasons, unclear, given)
    _say_what_is_unclear(header, chosen, unclear, given, faults, left_aside)
    for field in ("value", "value_high"):
        if field in chosen and _CONSTANT.search(header.names[chosen[field]]):
            hint = "a contract's amount is at the prices of its own time: take the column of those"
            faults.add(header.row, header.names[chosen[field]], f"it is at constant prices; {hint}")
    uses = tuple(
        ColumnUse(header=header.names[place], field=field, reason=reasons[field])
        for field, place in sorted(chosen.items(), key=lambda item: item[1])
    )
    return attrs.evolve(header, places=chosen, uses=uses)


def _as_asked(header: Header, asked: Mapping[str, str | None], faults: Faults) -> tuple[dict[str, int], frozenset[int]]:
    chosen: dict[str, int] = {}
    aside: set[int] = set()
    for name, field in asked.items():
        places = [at for at, found in enumerate(header.names) if found == name]
        places = places or [at for at, found in enumerate(header.names) if found and bare(found) == bare(name)]
        path = faults.wording.entry(name)
        if len(places) != 1:
            there = tuple(filter(None, header.names))
            turned = f"; turned round: {faults.wording.mapping({field: name})}" if field in there else ""
            problem = str(UnknownNameError("header", name, there, nearest(name, there)))
            faults.add_general(path, f"{len(places)} columns have this header" if places else f"{problem}{turned}")
        elif not field:
            aside.add(places[0])
        elif field not in by_name():
            faults.add_general(path, str(UnknownNameError("field", field, tuple(by_name()), nearest(field, by_name()))))
        elif field in chosen:
            faults.add_general(path, f"{header.names[chosen[field]]!r} is {field} already")
        else:
            chosen[field] = places[0]
    return chosen, frozenset(aside)


def _settle_countries(
    twofold: Sequence[int],
    chosen: dict[str, int],
    reasons: dict[str, str],
    unclear: dict[str, list[int]],
    given: Mapping[str, str],
) -> None:
    """Make a column called *country* the buyer or the origin if only one of the two is still without a column."""
    open_fields = [field for field in ("buyer", "origin") if field not in {*chosen, *unclear, *given}]
    if len(twofold) == 1 and len(open_fields) == 1:
        chosen[open_fields[0]] = twofold[0]
        other = "the buyer" if open_fields == ["origin"] else "the origin"
        reasons[open_fields[0]] = f"by its name, since {other} is known"
    elif twofold and open_fields:
        unclear["buyer" if "buyer" in open_fields else "origin"] = list(twofold)


def _say_what_is_unclear(
    header: Header,
    chosen: Mapping[str, int],
    unclear: Mapping[str, list[int]],
    given: Mapping[str, str],
    faults: Faults,
    left_aside: frozenset[int],
) -> None:
    names = header.names
    missing = [field.name for field in FIELDS if field.is_needed and field.name not in {*chosen, *unclear, *given}]
    if not {"supplier", "origin"} & {*chosen, *unclear}:
        missing.append("supplier")
    problems = []
    if "buyer" in given and "buyer" in chosen:
        problems.append(
            f"{names[chosen['buyer']]!r} and {faults.wording.name('buyer')} both say who buys: leave one of them out"
        )
    for field, places in unclear.items():
        which = " or ".join(repr(names[place]) for place in places)
        is_either = len(places) == 1  # one column that may be either of two fields
        problems.append(f"{which} may be the buyer or the origin" if is_either else f"the {field} may be {which}")
    problems += [f"no column is known to be the {field}" for field in missing]
    if not problems:
        return
    suggested = {names[place]: field for field, place in chosen.items()}
    for field, places in unclear.items():
        free = [place for place in places if names[place] not in suggested]
        suggested |= {names[free[0]]: field} if free else {}
    places = [place for place, name in enumerate(names) if name and place not in left_aside][:_MOST_COMPARED]
    meant = {names[place]: _near(header.units[place].words or names[place]) for place in places} if missing else {}
    for field in missing:
        near = [name for name, fields in meant.items() if name not in suggested and field in fields]
        suggested[near[0] if near else f"the header of {field}"] = field
    suggested = dict(
        sorted(suggested.items(), key=lambda item: (item[0] not in names, [*names, item[0]].index(item[0])))
    )
    shown = ", ".join(repr(name[:_LONGEST]) for name in [name for name in names if name][:_MOST_SHOWN])
    for problem in problems:
        faults.add(header.row, "", problem)
    faults.add(
        header.row,
        "",
        f"the headers are {shown}; say which column is what, such as {faults.wording.mapping(suggested)}",
    )


def _near(words: str) -> tuple[str, ...]:
    found = near_fields(words)
    return (*found, *(field for word, pair in AMBIGUOUS.items() if f" {word} " in f" {bare(words)} " for field in pair))
