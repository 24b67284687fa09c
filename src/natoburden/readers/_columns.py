"""Columns of a table: each distinct text is read only once, and an error names the line and the column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias, TypeVar

import attrs

from natoburden.errors import InvalidNumberError, InvalidYearError, ReaderError
from natoburden.model._numbers import checked_decimal, checked_year
from natoburden.readers._text import LOST, checked_name, lost_character

__all__ = ["Column", "Place", "Reads", "word"]

T = TypeVar("T")


@attrs.define
class Place:
    """The position in a file that the reader has reached."""

    file: str
    line: int = 0


class Column(dict[str, T]):
    """The values of the texts in one column; each text is read by a method when the text first occurs.

    Texts in a column repeat: a register of 28 000 records names some 250 parties and 75 years. Every method except
    `prose` raises `ReaderError` for an invalid text, and for a text that lost a character in an earlier conversion.
    """

    def __init__(self, place: Place, name: str, read: Reads[T]) -> None:
        super().__init__()
        self._place, self._name, self._read = place, name, read

    def __missing__(self, text: str) -> T:
        bare = text.strip()
        found = self[text] = self._read(self, text) if bare == text else self[bare]
        return found

    def fail(self, text: str, expected: str) -> NoReturn:
        """Raise `ReaderError` for a text of this column that lost a character or is invalid."""
        if LOST in text:
            raise lost_character(self._place.file, self._place.line, self._name, text[:40])
        shown = f"{self._name}: {text[:40]!r} is not usable"
        raise ReaderError(self._place.file, f"line {self._place.line}", shown, expected)

    def prose(self, text: str) -> str:
        """Return a text unchanged, even if it lost a character."""
        return text

    def text(self, text: str) -> str:
        """Return a text unchanged."""
        return self.fail(text, "") if LOST in text else text

    def needed(self, text: str) -> str:
        """Return a text that must not be empty."""
        return self.text(text) or self.fail(text, "a text")

    def name(self, text: str) -> str:
        """Return the full name of a party."""
        return checked_name(self._place.file, self._place.line, self._name, self.needed(text))

    def year(self, text: str) -> int:
        """Return a calendar year."""
        return self._year(text, text)

    def year_or_none(self, text: str) -> int | None:
        """Return a calendar year; None if the text is empty."""
        return self.year(text) if text else None

    def years(self, text: str) -> tuple[int, ...]:
        """Return calendar years from a text with semicolons between them; no year if the text is empty."""
        return tuple(self._year(text, part) for part in map(str.strip, text.split(";")) if part)

    def count(self, text: str) -> int | None:
        """Return a whole number that is not negative; None if the text is empty."""
        if not text:
            return None
        return int(text) if re.fullmatch("[0-9]{1,9}", text) else self.fail(text, "a whole number")

    def figure(self, text: str) -> Decimal | None:
        """Return a number that is not negative; None if the text is empty."""
        if not text:
            return None
        try:
            found = checked_decimal(text, self._name)
        except InvalidNumberError:
            return self.fail(text, "a number with a decimal point")
        return self.fail(text, "a number that is not negative") if found.is_signed() else found

    def _year(self, text: str, part: str) -> int:
        try:
            return checked_year(int(part)) if re.fullmatch("[0-9]{4}", part) else self.fail(text, "a year")
        except InvalidYearError:
            return self.fail(text, "a year")


Reads: TypeAlias = Callable[[Column[Any], str], T]


def word(words: Mapping[str, T]) -> Reads[T]:
    """Return a method that reads a column of a few known words, regardless of capital letters."""

    def read(column: Column[Any], text: str) -> T:
        found = words.get(text.casefold())
        return column.fail(text, " or ".join(map(repr, words))) if found is None else found

    return read
