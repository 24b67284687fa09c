"""The reader of your own spreadsheets, and the format that recognises filled-in templates."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import attrs

from natoburden.errors import ReaderError, UnknownNameError
from natoburden.model._checks import member
from natoburden.model._vocabulary import nearest
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country, CountryLike
from natoburden.model.money import Currency
from natoburden.model.origins import OriginBasis
from natoburden.model.procurement import Contract, Contracts, ContractStatus, ValueKind
from natoburden.model.record_coverage import RecordKind
from natoburden.model.record_readings import RecordReading
from natoburden.model.sources import Source
from natoburden.readers._coverage import Coverage, listed, span
from natoburden.readers._format import FileFormat
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Budget, Limits
from natoburden.readers.sheets._amounts import Amounts, is_nothing
from natoburden.readers.sheets._contracts import Maker, countries_in, replaced, terms_in
from natoburden.readers.sheets._days import DateOrder, order_of
from natoburden.readers.sheets._faults import Faults
from natoburden.readers.sheets._fields import FIELDS, by_name, near_fields
from natoburden.readers.sheets._grids import EXPECTED, Grid, grids_of
from natoburden.readers.sheets._headers import Header, header_of, mapped
from natoburden.readers.sheets._numbers import Decimals
from natoburden.readers.sheets._rows import Row, records_of, with_unit_row
from natoburden.readers.sheets._units import scale_named, unit_in
from natoburden.readers.sheets._wording import PYTHON, Wording

__all__ = ["FORMAT", "read_contract_sheet"]

_SHEET: Final = "Contracts"  # of the template
_MOST_COMPARED: Final = 200  # columns that are compared with the words of fields
_SCALES: Final = ("one", "thousand", "million", "billion")
_ORDERS: Final = ("day first", "month first")
_TERMS: Final = {"area": CapabilityArea, "status": ContractStatus, "kind": ValueKind}
_ASSUMED: Final = {"kind": "contract", "status": "announced", "area": "other", "date": "undated"}


def read_contract_sheet(
    data: object,
    columns: Mapping[str, str | None] | None = None,
    *,
    sheet: str | None = None,
    header: int | None = None,
    buyer: CountryLike | None = None,
    currency: str | None = None,
    unit: str | None = None,
    kind: ValueKind | str = ValueKind.CONTRACT,
    basis: OriginBasis | str = OriginBasis.PRIME_NATIONALITY,
    dates: DateOrder | None = None,
    decimal: Decimals | None = None,
    values: Mapping[str, Mapping[str, str]] | None = None,
    source: Source | None = None,
    wording: Wording = PYTHON,
    limits: Limits | None = None,
) -> Contracts:
    r"""Read contracts from a spreadsheet of your own: a CSV file, a workbook or a frame.

    `natoburden.datasets.load_contracts` explains the arguments. `wording` decides whether errors show Python arguments
    or options of the command line.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "mine.csv"
    >>> _ = file.write_text("Customer;Vendor;Country;Amount (EUR m);Year\nBelgium;A maker;France;1,5;2024\n")
    >>> print(read_contract_sheet(file)["mine:2"])
    mine:2: Belgium from A maker, not stated (EUR 1.50 m (current prices), contract, 2024)
    """
    amounts_in = _checked_unit(unit)
    code = None if currency is None else Currency(currency).code
    for name, value, valid in (("order of dates", dates, _ORDERS), ("sign of decimals", decimal, (",", "."))):
        if value is not None and value not in valid:
            raise UnknownNameError(name, str(value), valid)
    for field in values or {}:
        if field not in by_name():
            raise UnknownNameError("field", field, tuple(by_name()), nearest(field, by_name()))
    asked = dict(columns or {})
    country = None if buyer is None else Country.find(buyer)
    what, meant = member(ValueKind, kind), member(OriginBasis, basis)
    given = {} if country is None else {"buyer": str(country)}
    grid, found = _chosen(grids_of(data, sheet, limits), asked, header, wording)
    faults = Faults(f"{grid.name}, sheet {grid.sheet!r}" if grid.sheet else grid.name, wording)
    if found is None:
        faults.add_general("table", "it holds no row" if header is None else f"it has no row {header}")
        faults.refuse()
    assert found is not None  # for type checkers
    path = Path(data) if isinstance(data, str | Path) else None
    if path is not None:
        Budget(limits, grid.name).check("contracts", len(grid.rows))
    top, unit_row = with_unit_row(
        grid, mapped(found, asked, given, faults, functools.partial(_holds_countries, grid, found))
    )
    faults.refuse()
    grid = attrs.evolve(grid, rows=tuple((number, replaced(cells, top, values or {})) for number, cells in grid.rows))
    top, unread = _without_other_words(grid, top, asked)
    amounts = Amounts(faults, currency=code, scale=amounts_in, decimal=decimal)
    cells = [row.cell(field) for row in _body(grid, top) for field in ("value", "value_high")]
    amounts.look_at(cells)
    maker = Maker(
        header=top,
        amounts=amounts,
        faults=faults,
        buyer=country,
        kind=what,
        basis=meant,
        order=dates or _order(grid, top),
        source=source or _own(path, grid),
        name=path.stem if path else "frame",
    )
    passed_over = [unit_row] if unit_row else []
    rows = list(records_of(grid, top, amounts, faults, passed_over))
    made = [(row, contract) for row in rows if (contract := maker.contract(row)) is not None]
    amounts.check_scale(top.row, top.label("value"))
    _check_keys(made, {maker.key(row) for row in rows}, faults, top)
    if not rows:
        faults.add_general("table", "below its header it holds no record")
    faults.refuse()
    reading = RecordReading(
        file=faults.document,
        columns=top.uses,
        unused=top.unused,
        assumed=(
            *(*unread, *_left_unused(top, wording)),
            *_assumed(top, maker, [item for _, item in made], unit, dates, wording),
        ),
        passed_over=tuple(passed_over),
    )
    closed = dt.datetime.fromtimestamp(path.stat().st_mtime, tz=dt.UTC).date() if path else dt.date.today()
    items = tuple(item for _, item in made)
    return Contracts(items=items, collected=closed, kind=RecordKind.LIST, reading=reading)


def _own(path: Path | None, grid: Grid) -> Source:
    if path is None:
        return Source(title="a frame", publisher="own data")
    return Source(title=path.name, publisher="own file", locator=f"sheet {grid.sheet!r}" if grid.sheet else "")


def _checked_unit(unit: str | None) -> int | None:
    scale = None if unit is None else scale_named(str(unit))
    if unit is not None and scale is None:
        raise UnknownNameError("unit of amounts", str(unit), _SCALES, nearest(str(unit), _SCALES))
    return scale


def _chosen(
    grids: tuple[Grid, ...], asked: Mapping[str, str | None], row: int | None, wording: Wording
) -> tuple[Grid, Header | None]:
    """Return the one sheet with a readable header, and that header; raises an error for several such sheets."""
    found = [(grid, header_of(grid, asked, row)) for grid in grids]
    scored = [(grid, best[0], best[1]) for grid, best in found if best is not None]
    most = max((score for _, _, score in scored), default=0)
    likely = [(grid, header) for grid, header, score in scored if score == most or score >= max(3, most / 2)]
    if len(likely) > 1:
        faults = Faults(grids[0].name, wording)
        names = [grid.sheet for grid, _ in likely]
        say = wording.argument("sheet", names[0])
        faults.add_general("sheet", f"{', '.join(map(repr, names))} may each hold the contracts: say {say} or another")
        faults.refuse()
    if row is None and not any(sum(cell.value is not None for cell in cells) > 1 for g in grids for _, cells in g.rows):
        raise ReaderError(grids[0].name, "", "no table: no row has two cells", EXPECTED)
    return likely[0] if likely else (grids[0], None)


def _body(grid: Grid, header: Header) -> list[Row]:
    return [Row(number, cells, header) for number, cells in grid.rows[header.begins :]]


def _holds_countries(grid: Grid, header: Header, place: int) -> bool:
    """Return whether all texts in a column are countries."""
    cells = [cells[place] for _, cells in grid.rows[header.begins :] if place < len(cells)]
    texts = {cell.text for cell in cells if not is_nothing(cell) and not cell.text.startswith("#")}
    try:
        return bool(texts) and all(map(countries_in, texts))
    except LookupError:
        return False


def _without_other_words(grid: Grid, header: Header, asked: Mapping[str, str | None]) -> tuple[Header, tuple[str, ...]]:
    """Return the header without columns that match a field only by name and contain none of the field's words."""
    told = []
    for field, kind in _TERMS.items():
        if field not in header.places or field in asked.values():
            continue
        texts = {cell.text for row in _body(grid, header) if not is_nothing(cell := row.cell(field))}
        if texts and not any(_is_term(kind, text) for text in texts):
            told.append(f"{header.label(field)!r} is not used: none of its words is known as {_article(field)}")
            header = header.without(field)
    return header, tuple(told)


def _is_term(kind: type[Any], text: str) -> bool:
    try:
        return all(terms_in(kind, part) for part in dict.fromkeys(part.strip() for part in text.split(";")))
    except LookupError:
        return False


def _article(field: str) -> str:
    return f"{'an' if field[0] in 'aeiou' else 'a'} {field}"


def _order(grid: Grid, header: Header) -> str:
    """Return the order of day and month in a column's dates; the text is empty if the order is not clear."""
    orders = {order_of(row.cell("date").value) for row in _body(grid, header)} & set(_ORDERS)
    return orders.pop() if len(orders) == 1 else ""


def _check_keys(made: list[tuple[Row, Contract]], keys: set[str], faults: Faults, header: Header) -> None:
    seen: dict[str, int] = {}
    for row, item in made:
        if item.key in seen:
            faults.add(row.number, header.label("key"), f"{item.key!r} is the key of row {seen[item.key]} too")
        seen.setdefault(item.key, row.number)
        if item.part_of is not None and item.part_of not in keys:
            faults.add(row.number, header.label("part_of"), f"no contract has the key {item.part_of!r}")


def _left_unused(header: Header, wording: Wording) -> Iterator[str]:
    """Yield advice for each unused column that may be a field without a column."""
    for name in header.unused[:_MOST_COMPARED]:
        near = [field for field in near_fields(unit_in(name).words or name) if field not in header.places]
        if near:
            yield f"{name!r} is not used; if it is the {near[0]}, say {wording.mapping({name: near[0]})}"


def _assumed(
    header: Header, maker: Maker, made: list[Contract], unit: str | None, dates: str | None, wording: Wording
) -> list[str]:
    """Return, in words, the assumptions about facts that the file does not state."""
    told = [] if maker.buyer is None else [f"the buyer is {maker.buyer}, as asked"]
    defaults = {**_ASSUMED, "kind": str(maker.kind)}
    silent = [f"{field} {default}" for field, default in defaults.items() if field not in header.places]
    told += [f"{', '.join(silent)}: no column says it"] if silent else []
    if "origin" not in header.places:
        told.append("origin unknown: no column holds the suppliers' countries")
    stated = header.units[header.places["value"]]
    if stated.scale is None and unit is None:
        told.append(f"amounts as they stand: no scale is stated in the header or by {wording.name('unit')}")
    if maker.amounts.decimal_found:
        told.append(f"the sign of decimals is {maker.amounts.decimal_found!r}, as the figures show")
    if maker.order and dates is None:
        told.append(f"dates have the {maker.order}, as one of them shows")
    undisclosed = sum(not item.value.is_disclosed for item in made)
    return told + ([f"{undisclosed} of {len(made)} values undisclosed: their cells hold none"] if undisclosed else [])


# --- the format of the template ----------------------------------------------------------------------------


def _recognises(glimpse: Glimpse) -> bool:
    if glimpse.kind == "workbook":
        return glimpse.sheets[:2] == (_SHEET, "Columns")
    headers = {field.name for field in FIELDS if field.is_needed or field.name in ("supplier", "origin")}
    return glimpse.kind == "table" and headers <= glimpse.cells()


def _covers(contracts: Contracts) -> Coverage:
    facts = (
        ("contracts", len(contracts)),
        ("with a value", sum(item.value.is_disclosed for item in contracts)),
        ("buyers' countries", listed(sorted({buyer.alpha_3 for item in contracts for buyer in item.buyers}))),
        ("years", span(item.year for item in contracts if item.year is not None)),
    )
    return Coverage("", facts)


_SEED = """buyer,supplier,origin,value,currency,date
Poland,A maker,South Korea,5760000000,USD,2022-08-26
Belgium;Luxembourg,Another,,1200000,EUR,2024
"""

FORMAT: Final = FileFormat(
    name="contracts under the headers of the template",
    publisher="natoburden",
    read=read_contract_sheet,
    recognises=_recognises,
    covers=_covers,
    seed=("contracts.csv", _SEED),
)
