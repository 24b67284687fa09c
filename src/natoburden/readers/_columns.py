"""Columns of a table whose texts are each read once, with an error that names the line and the column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NoReturn, TypeAlias, TypeVar

import attrs

from natoburden.errors import InvalidNumberError, InvalidYearError, ReaderError
from natoburden.model._numbers import checked_decimal, checked_year
from natoburden.readers._text import LOST, checked_name, lost_character

__all__ = [
    "Column",
    "Place",
    "Reads",
    "count_in",
    "figure_in",
    "name_in",
    "needed_in",
    "prose_in",
    "text_in",
    "word_in",
    "year_in",
    "year_or_none_in",
    "years_in",
]

T = TypeVar("T")


@attrs.define
class Place:
    """Where reading has come to in a file."""

    file: str
    line: int = 0


class Column(dict[str, T]):
    """What the texts of one column stand for, each read when it first occurs.

    The texts of a column repeat: a register of 28 000 records names some 250 parties and 75 years.
    """

    def __init__(self, place: Place, name: str, read: Reads[T]) -> None:
        super().__init__()
        self.place, self.name, self._read = place, name, read

    def __missing__(self, text: str) -> T:
        bare = text.strip()
        found = self[text] = self._read(self, text) if bare == text else self[bare]
        return found

    def fail(self, text: str, expected: str) -> NoReturn:
        """Raise `ReaderError` with a text of this column: it lost a character, or something else was expected."""
        if LOST in text:
            raise lost_character(self.place.file, self.place.line, self.name, text[:40])
        shown = f"{self.name}: {text[:40]!r} is not usable"
        raise ReaderError(self.place.file, f"line {self.place.line}", shown, expected)


Reads: TypeAlias = Callable[[Column[Any], str], T]


def prose_in(_column: Column[Any], text: str) -> str:
    """Return a text as it stands, even where a character of it was lost in an earlier conversion."""
    return text


def text_in(column: Column[Any], text: str) -> str:
    """Return a text as it stands; raises `ReaderError` where a character was lost, since such a name finds nobody."""
    return column.fail(text, "") if LOST in text else text


def needed_in(column: Column[Any], text: str) -> str:
    """Return a text that must not be empty."""
    return text_in(column, text) or column.fail(text, "a text")


def name_in(column: Column[Any], text: str) -> str:
    """Return a party's name, whole."""
    return checked_name(column.place.file, column.place.line, column.name, needed_in(column, text))


def year_in(column: Column[Any], text: str) -> int:
    """Return a calendar year."""
    return _year(column, text, text)


def year_or_none_in(column: Column[Any], text: str) -> int | None:
    """Return a calendar year; None where it is empty."""
    return year_in(column, text) if text else None


def years_in(column: Column[Any], text: str) -> tuple[int, ...]:
    """Return the calendar years that semicolons separate; none where it is empty."""
    return tuple(_year(column, text, part) for part in map(str.strip, text.split(";")) if part)


def count_in(column: Column[Any], text: str) -> int | None:
    """Return a whole number that is not negative; None where it is empty."""
    if not text:
        return None
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else column.fail(text, "a whole number")


def figure_in(column: Column[Any], text: str) -> Decimal | None:
    """Return a number that is not negative; None where it is empty."""
    if not text:
        return None
    try:
        found = checked_decimal(text, column.name)
    except InvalidNumberError:
        return column.fail(text, "a number with a decimal point")
    return column.fail(text, "a number that is not negative") if found.is_signed() else found


def word_in(words: Mapping[str, T]) -> Reads[T]:
    """Return a reader of columns that hold one of a few words, in capitals or not."""

    def read(column: Column[Any], text: str) -> T:
        found = words.get(text.casefold())
        return column.fail(text, " or ".join(map(repr, words))) if found is None else found

    return read


def _year(column: Column[Any], text: str, part: str) -> int:
    try:
        return checked_year(int(part)) if re.fullmatch("[0-9]{4}", part) else column.fail(text, "a year")
    except InvalidYearError:
        return column.fail(text, "a year")
