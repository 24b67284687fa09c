"""The amounts of a sheet; the scale and the currency come from the cell, another column, the header or an argument."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

import attrs

from natoburden.errors import NatoBurdenError
from natoburden.model._numbers import CONTEXT
from natoburden.model.money import Currency, Money
from natoburden.readers.sheets._faults import Faults
from natoburden.readers.sheets._fields import NOTHING
from natoburden.readers.sheets._grids import Cell
from natoburden.readers.sheets._numbers import decimals_of, figure_in, number_of
from natoburden.readers.sheets._units import Unit, unit_in

__all__ = ["Amounts", "Stated", "is_nothing"]

_SMALL: Final = 100_000  # the largest amount of a sheet in single units is never below this


def is_nothing(cell: Cell) -> bool:
    """Return whether a cell is empty or says that its value is unknown."""
    return cell.value is None or (isinstance(cell.value, str) and cell.value.casefold() in NOTHING)


@attrs.frozen
class Stated:
    """The content of a cell: the unscaled figure, and the unit that the cell itself names."""

    figure: Decimal
    unit: Unit


class Amounts:
    """A reader of the amounts of one sheet; `decimal` is the decimal sign, if the caller gives it."""

    def __init__(self, faults: Faults, *, currency: str | None, scale: int | None, decimal: str | None) -> None:
        self._faults = faults
        self._currency, self._scale, self._decimal = currency, scale, decimal
        self._asked_decimal = decimal
        self.largest = Decimal(0)
        self.currencies: set[str] = set()
        self.scaled = scale is not None

    def look_at(self, cells: Iterable[Cell]) -> None:
        """Find the decimal sign of a sheet from figures that have only one reading."""
        if self._decimal is not None:
            return
        counts = {",": 0, ".": 0}
        for cell in cells:
            found = figure_in(cell.value) if isinstance(cell.value, str) else None
            sign = decimals_of(found[0]) if found else ""
            if sign in counts:
                counts[sign] += 1
        if any(counts.values()):
            self._decimal = max(",.", key=counts.__getitem__)

    @property
    def decimal_found(self) -> str:
        """The decimal sign that was found in the sheet's figures; empty if it was given, or if none was found."""
        return self._decimal or "" if self._asked_decimal is None else ""

    def stated(self, cell: Cell, row: int, column: str) -> Stated | None:
        """Return the amount that a cell states; None without an amount, or for a faulty cell; the fault is noted."""
        if cell.fault:
            self._faults.add(row, column, cell.fault)
            return None
        if is_nothing(cell):
            return None
        if isinstance(cell.value, int | Decimal):
            return Stated(Decimal(cell.value), unit_in(cell.shown) if cell.shown else Unit())
        text = str(cell.value)
        if (found := figure_in(text)) and decimals_of(found[0]) == "either" and self._decimal is None:
            ways = [self._faults.wording.argument("decimal", way) for way in (",", ".")]
            message = "three digits behind the only comma or point can be thousands or decimals"
            self._faults.add(row, column, f"{message}: say {' or '.join(ways)}", text[:40])
            return None
        problem = self._read(text)
        if isinstance(problem, Stated):
            return problem
        self._faults.add(row, column, problem)
        return None

    def _read(self, text: str) -> Stated | str:
        shown = repr(text if len(text) <= 40 else f"{text[:40]}…")
        found = figure_in(text)
        if found is None:
            several = sum(character.isdigit() for character in text) > 1
            hint = "; a range has its ends in two columns, value and value_high" if several else ""
            return f"{shown} is not an amount; valid: a figure, or an empty cell where it is not known{hint}"
        figure, around = found
        unit = unit_in(around) if around else Unit()
        if around and not unit.is_whole_text:
            beside = repr((unit.words or around)[:40])
            return f"{shown} is not an amount: {beside} beside the figure is not a currency or a scale"
        sign = decimals_of(figure)
        number = number_of(figure, self._decimal or (sign if sign in (",", ".") else "."))
        if number is None:
            if sign in (",", "."):
                other = "a decimal comma" if sign == "," else "a decimal point"
                return f"{shown} has {other}, and other figures here do not: write all alike"
            return f"{shown} is not a figure: its commas, points or spaces do not make groups of three digits"
        return Stated(number, unit)

    def money(self, stated: Stated, row: int, column: str, header: Unit, own: Unit) -> Money | None:
        """Return an amount of money; `own` is the unit in the row's currency column, `header` that in the header."""
        scale = next((unit.scale for unit in (stated.unit, own, header) if unit.scale is not None), self._scale)
        named = next((unit.currency for unit in (stated.unit, own, header) if unit.currency), self._currency)
        stating = [unit.currency for unit in (stated.unit, own, header) if unit.currency]
        if len(set(stating)) > 1:
            self._faults.add(row, column, f"{' and '.join(dict.fromkeys(stating))} are stated for one amount")
            return None
        if self._currency is not None and header.currency not in ("", self._currency):
            self._faults.add(row, column, f"the header says {header.currency}, and {self._currency} is asked for")
            return None
        if named is None:
            several = next((unit.several for unit in (stated.unit, own, header) if unit.several), "")
            sign = f"the sign is that of {several}" if several else "no currency is stated"
            say = self._faults.wording.argument("currency", "USD")
            hint = f"give it in a column or in the header, or say {say} or another"
            self._faults.add(row, column, f"{sign}: {hint}")
            return None
        if stated.figure <= 0:
            hint = "leave the cell empty where the value is not known"
            self._faults.add(row, column, f"{stated.figure:f} is not the value of a contract: {hint}")
            return None
        self.scaled = self.scaled or scale is not None
        try:
            money = Money(stated.figure.scaleb(scale or 0, context=CONTEXT), Currency(named))
        except NatoBurdenError as error:
            self._faults.add(row, column, str(error))
            return None
        self.largest = max(self.largest, money.amount)
        self.currencies.add(named)
        return money

    def check_scale(self, row: int, column: str) -> None:
        """Note a fault if no scale is stated and all amounts are so small that they are probably in millions."""
        if not self.scaled and 0 < self.largest < _SMALL:
            million, whole = (self._faults.wording.argument("unit", name) for name in ("million", "one"))
            hint = f"say {million}, or {whole} if they are whole"
            self._faults.add(row, column, f"the largest amount is {self.largest:,f}, and no scale is stated: {hint}")
