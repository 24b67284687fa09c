"""Rows of a sheet as contracts: every invalid cell is a fault, and a sheet with a fault is refused."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeVar

import attrs

from natoburden.errors import NatoBurdenError
from natoburden.model._checks import member
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country
from natoburden.model.dates import Announced
from natoburden.model.money import Money
from natoburden.model.origins import Origin, OriginBasis, Supplier
from natoburden.model.procurement import Contract, ContractStatus, ContractValue, OrderedQuantity, ValueKind
from natoburden.model.sources import Source
from natoburden.readers.sheets._amounts import Amounts, is_nothing
from natoburden.readers.sheets._days import day_of, order_of
from natoburden.readers.sheets._faults import Faults
from natoburden.readers.sheets._fields import STATUSES
from natoburden.readers.sheets._grids import Cell
from natoburden.readers.sheets._headers import Header
from natoburden.readers.sheets._rows import Row
from natoburden.readers.sheets._units import Unit, unit_in

__all__ = ["NOT_NAMED", "Maker", "countries_in", "terms_in"]

T = TypeVar("T")

NOT_NAMED: Final = "not named"
_MOST_PARTS: Final = 300  # countries in one cell; there are fewer
_MOST_DIGITS: Final = 18
_SEVERAL: Final = re.compile(r";|/|\+|\s&\s|\s(?:and|et|und)\s|\n|,")


@functools.lru_cache(maxsize=4_096)
def countries_in(text: str) -> tuple[Country, ...]:
    """Return the countries that a text names, with separators between several; raises the errors of `Country.find`.

    >>> [country.alpha_3 for country in countries_in("Belgium / Luxembourg")], countries_in("Trinidad and Tobago")
    (['BEL', 'LUX'], (Country('TTO'),))
    """
    try:
        return (Country.find(text),)
    except NatoBurdenError:
        parts = [bare for part in _SEVERAL.split(text) if (bare := part.strip())]
        if not 2 <= len(parts) <= _MOST_PARTS:
            raise
        return tuple(dict.fromkeys(map(Country.find, parts)))


def terms_in(kind: type[Any], text: str) -> Any:
    """Return the member of an enumeration that a text names, in capitals or not."""
    word = " ".join(text.casefold().replace("_", " ").split())
    exact = {str(found).casefold(): found for found in kind}
    word = STATUSES.get(word, word) if kind is ContractStatus else word
    return exact.get(word) or member(kind, word)


@attrs.frozen(kw_only=True)
class Maker:
    """The maker of contracts from the rows of one sheet."""

    header: Header
    amounts: Amounts
    faults: Faults
    buyer: Country | None
    kind: ValueKind
    basis: OriginBasis
    order: str
    source: Source
    name: str
    refused: dict[tuple[str, str], str] = attrs.field(factory=dict, init=False)

    def contract(self, row: Row) -> Contract | None:
        """Return the contract of a row; None if the row has a fault, which is noted."""
        before = self.faults.count
        buyers = (self.buyer,) if self.buyer else self._countries(row, "buyer")
        if not buyers and is_nothing(row.cell("buyer")):
            hint = "; if its cell was merged with the one above, unmerge it and fill it down"
            self._note(row, "buyer", f"no buyer is named{hint}")
        suppliers, origins = self._sellers(row)
        areas = self._read(row, "area", _areas) or (CapabilityArea.OTHER,)
        status = self._read(row, "status", lambda text: terms_in(ContractStatus, text)) or ContractStatus.ANNOUNCED
        value, date, source = self._value(row), self._date(row), self._source(row)
        if self.faults.count > before:
            return None
        try:
            return Contract(
                key=self.key(row),
                buyers=buyers,
                suppliers=suppliers,
                system="not stated" if is_nothing(row.cell("system")) else row.cell("system").text,
                areas=areas,
                quantity=_quantity(row.cell("quantity")),
                value=value,
                date=date,
                date_of=self.header.label("date") if date.text else "",
                status=status,
                origins=origins,
                part_of=row.cell("part_of").text or None,
                is_maker_named=suppliers[0].name != NOT_NAMED,
                source=source,
                note=row.cell("note").text,
            )
        except NatoBurdenError as error:
            self.faults.add(row.number, "", str(error))
            return None

    def key(self, row: Row) -> str:
        """Return the key of a row's contract: the key in the row, or the file's name with the row's number."""
        return row.cell("key").text or f"{self.name}:{row.number}"

    def _note(self, row: Row, field: str, message: str) -> None:
        self.faults.add(row.number, self.header.label(field), message)

    def _read(self, row: Row, field: str, read: Callable[[str], T]) -> T | None:
        cell = row.cell(field)
        if cell.fault:
            self._note(row, field, cell.fault)
            return None
        if is_nothing(cell):
            return None
        if (field, cell.text) not in self.refused:
            try:
                return read(cell.text)
            except NatoBurdenError as error:
                self.refused[field, cell.text] = str(error)
        self._note(row, field, self.refused[field, cell.text])
        return None

    def _countries(self, row: Row, field: str) -> tuple[Country, ...]:
        if row.cell(field).text == "NA":  # tables of statistics use NA for nothing, but ISO 3166-1 uses it for Namibia
            self._note(row, field, "'NA' is Namibia's code: write Namibia, or leave the cell empty")
            return ()
        return self._read(row, field, countries_in) or ()

    def _sellers(self, row: Row) -> tuple[tuple[Supplier, ...], tuple[Origin, ...]]:
        """Return the suppliers, and the origin if countries cannot be attached to them; the value is never split."""
        countries = self._countries(row, "origin")
        text = self._read(row, "supplier", str) or ""
        names = tuple(part.strip() for part in text.split(";") if part.strip()) or (NOT_NAMED,)
        if self.basis is not OriginBasis.PRIME_NATIONALITY:
            origins = (Origin.of(self.basis, unsplit=countries),) if countries else ()
            return tuple(Supplier(name=name) for name in names), origins
        if len(names) == 1 or len(countries) < 2:
            return tuple(Supplier(name=name, countries=countries) for name in names), ()
        if len(names) == len(countries):
            pairs = zip(names, countries, strict=True)
            return tuple(Supplier(name=name, countries=(country,)) for name, country in pairs), ()
        # The countries cannot be assigned to the suppliers: the goods come from some of these countries.
        among = Origin.of(OriginBasis.PRIME_NATIONALITY, unsplit=countries)
        return tuple(Supplier(name=name) for name in names), (among,)

    def _value(self, row: Row) -> ContractValue:
        kind = self._read(row, "kind", lambda text: terms_in(ValueKind, text)) or self.kind
        cell = row.cell("currency")
        own = unit_in(cell.text) if not is_nothing(cell) else Unit()
        if own.words and not own.currency:
            self._note(row, "currency", f"{own.words[:40]!r} is not a currency; valid: a code, such as EUR or USD")
        low, high = (self._money(row, field, own) for field in ("value", "value_high"))
        if high is not None and low is None:
            self._note(row, "value_high", "an upper end without a lower one: give both, or the value alone")
            return ContractValue(kind=kind)
        wording = row.cell("value").text if low is None else ""
        try:
            return ContractValue(kind=kind, low=low, high=high or low, wording=wording)
        except NatoBurdenError as error:
            self._note(row, "value", str(error))
            return ContractValue(kind=kind)

    def _money(self, row: Row, field: str, own: Unit) -> Money | None:
        if field not in self.header.places:
            return None
        column, header = self.header.label(field), self.header.units[self.header.places[field]]
        stated = self.amounts.stated(row.cell(field), row.number, column)
        return None if stated is None else self.amounts.money(stated, row.number, column, header, own)

    def _date(self, row: Row) -> Announced:
        cell = row.cell("date")
        if cell.fault or is_nothing(cell):
            if cell.fault:
                self._note(row, "date", cell.fault)
            return Announced.unknown()
        if order_of(cell.value) == "either" and not self.order:
            ways = " or ".join(self.faults.wording.argument("dates", order) for order in ("day first", "month first"))
            message = f"the day or the month may come first: say {ways}"
            self.faults.add(row.number, self.header.label("date"), message, cell.text)
            return Announced.unknown()
        found = day_of(cell.value, self.order)
        if isinstance(found, Announced):
            return found
        self._note(row, "date", found)
        return Announced.unknown()

    def _source(self, row: Row) -> Source:
        title, url = row.cell("source").text, row.cell("url").text
        if title.lower().startswith(("http://", "https://")) and not url:
            title, url = "", title
        if not title and not url:
            return self.source
        try:
            return Source(title=title or self.source.title, publisher="" if url else self.source.publisher, url=url)
        except NatoBurdenError as error:
            self._note(row, "url" if url else "source", str(error))
            return self.source


def _areas(text: str) -> tuple[CapabilityArea, ...]:
    parts = dict.fromkeys(part.strip() for part in text.split(";"))
    return tuple(dict.fromkeys(terms_in(CapabilityArea, part) for part in parts if part))


def _quantity(cell: Cell) -> OrderedQuantity | None:
    if is_nothing(cell):
        return None
    plain = re.sub(r"(?<=\d)[ .,'’](?=\d{3}(?:\D|$))", "", cell.text)
    is_count = plain.isascii() and plain.isdigit() and len(plain) <= _MOST_DIGITS
    return OrderedQuantity(count=int(plain) if is_count else None, unit="units", wording="" if is_count else cell.text)


def replaced(cells: Sequence[Cell], header: Header, values: Mapping[str, Mapping[str, str]]) -> tuple[Cell, ...]:
    """Return cells in which the caller's words replace the words of the file, by field."""
    found = list(cells)
    for field, words in values.items():
        place = header.places.get(field)
        if place is not None and place < len(found) and found[place].text in words:
            found[place] = Cell(words[found[place].text] or None)
    return tuple(found)
