"""The columns of a page, each declared once: its name in CSV and JSON, its value, its heading and its format."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import Enum
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from natoburden.model._numbers import CONTEXT
from natoburden.model.countries import Country
from natoburden.model.memberships import Group
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.presentation.formatting import MISSING, country_name, format_number
from natoburden.presentation.layout import Heading, as_csv
from natoburden.presentation.messages import Said, Translate

__all__ = ["Column", "Columns", "Figure", "Several", "as_data", "figure_of", "laid_out", "to_csv", "words"]

R = TypeVar("R")
Item = TypeVar("Item")


def figure_of(value: Any) -> Decimal | None:
    """Return the bare figure of a value: percent, points or millions; None for a missing one.

    >>> figure_of(Share.percent("3.5")), figure_of(PercentagePoints("0.25")), figure_of(None)
    (Decimal('3.5'), Decimal('0.25'), None)
    """
    match value:
        case None:
            return None
        case Money():
            return value.in_millions
        case PercentagePoints():
            return value.value
        case Share() | Rate():
            return value.as_percent
        case _:
            return Decimal(str(value))


@attrs.frozen(kw_only=True)
class Figure:
    """The format of a figure: its decimals, the power of ten that it is divided by, and what stands for a missing one.

    >>> from natoburden.presentation.messages import translation
    >>> Figure(decimals=1, scale=3)(Money(2_500_000_000, "USD"), translation("fr"))
    '2,5'
    """

    decimals: int = 2
    scale: int = 0
    is_grouped: bool = False
    missing: str = MISSING

    def __call__(self, value: Any, _: Translate) -> str:
        """Return the figure as text."""
        figure = figure_of(value)
        if figure is None:
            return self.missing
        scaled = figure.scaleb(-self.scale, context=CONTEXT)
        return format_number(scaled, self.decimals, locale=_.locale, grouped=self.is_grouped)


def words(value: Any, _: Translate) -> str:
    """Return a value as text: countries and words of the library in the reader's language, all else as it stands."""
    match value:
        case None:
            return ""
        case Country() | Group():
            return country_name(value, locale=_.locale)
        case Said():
            return value.in_language(_)
        case Enum():
            return _(str(value.value))
        case _:
            return str(value)


@attrs.frozen
class Column(Generic[R]):
    """A column: its name in CSV and JSON, its value in a row, its heading in one or two lines, and its format.

    Without a name it stands in the table only, without a heading in CSV and JSON only. With ``in_csv=False`` its value
    is plain data that only JSON has room for.
    """

    name: str
    value: Callable[[R], object]
    heading: tuple[str, ...] = ()
    format: Callable[[Any, Translate], str] = words
    is_figure: bool = attrs.field(kw_only=True)
    in_csv: bool = attrs.field(default=True, kw_only=True)

    @is_figure.default
    def _is_figure(self) -> bool:
        return isinstance(self.format, Figure)


@attrs.frozen
class Several(Generic[R, Item]):
    """The columns of several items in each row: one line for each item in CSV, and a list under `name` in JSON.

    With `heads` the items stand side by side in a table, each under its head, which takes the place of an empty
    heading. Without, each has a line of its own there too.
    """

    name: str
    items: Callable[[R], Iterable[Item]]
    columns: tuple[Column[Item], ...]
    heads: tuple[str, ...] = ()

    def beside(self) -> Iterator[Column[R]]:
        """Yield the columns of each item, side by side."""
        for number, head in enumerate(self.heads):
            yield from (self._of_item(number, head, column) for column in self.columns if column.heading)

    def _of_item(self, number: int, head: str, column: Column[Item]) -> Column[R]:
        heading = (column.heading[0] or head, *column.heading[1:])
        of_row: Any = column
        return attrs.evolve(of_row, value=lambda row: column.value([*self.items(row)][number]), heading=heading)


Columns: TypeAlias = tuple[Column[R] | Several[R, Any], ...]
_Cell: TypeAlias = tuple[Column[Any], Any]  # with the row or item that its value is taken from


def laid_out(
    columns: Columns[R], *parts: Iterable[R], _: Translate
) -> tuple[tuple[Heading, ...], list[tuple[tuple[str, ...], ...]]]:
    """Return the headings of a table, and the cells of each part of its rows."""
    flat: list[Column[R] | Several[R, Any]] = []
    for column in columns:
        flat += column.beside() if isinstance(column, Several) and column.heads else [column]
    headings = tuple(Heading(*column.heading, is_figure=column.is_figure) for column in _single(flat) if column.heading)
    return headings, [
        tuple(
            tuple(column.format(column.value(of), _) for column, of in line)
            for row in rows
            for line in _lines(flat, row, lambda column: bool(column.heading))
        )
        for rows in parts
    ]


def to_csv(columns: Columns[R], rows: Iterable[R]) -> str:
    """Return rows as CSV, figures unrounded."""

    def is_in(column: Column[Any]) -> bool:
        return bool(column.name) and column.in_csv

    names = [column.name for column in _single(columns) if is_in(column)]
    lines = (line for row in rows for line in _lines(columns, row, is_in))
    return as_csv(names, ([_for_csv(column.value(of)) for column, of in line] for line in lines))


def as_data(columns: Columns[R], row: R) -> dict[str, Any]:
    """Return a row as plain data for JSON, figures unrounded."""
    return {
        column.name: [as_data(column.columns, item) for item in column.items(row)]
        if isinstance(column, Several)
        else _bare(column.value(row))
        for column in columns
        if column.name
    }


def _single(columns: Iterable[Column[Any] | Several[Any, Any]]) -> Iterator[Column[Any]]:
    for column in columns:
        yield from column.columns if isinstance(column, Several) else (column,)


def _lines(
    columns: Iterable[Column[R] | Several[R, Any]], row: R, is_in: Callable[[Column[Any]], bool]
) -> Iterator[list[_Cell]]:
    """Yield the cells of a row's lines: one line for each item of what has several."""
    choices: list[list[list[_Cell]]] = []
    for column in columns:
        parts = [part for part in _single([column]) if is_in(part)]
        of: Iterable[Any] = column.items(row) if isinstance(column, Several) else (row,)
        choices += [[[(part, item) for part in parts] for item in of]] if parts else []
    for chosen in itertools.product(*choices):
        yield list(itertools.chain.from_iterable(chosen))


def _bare(value: Any) -> Any:
    """Return a value as CSV and JSON hold it: keys of countries, exact figures, the words of the library."""
    match value:
        case None | str() | int() | float() | Decimal() | list() | dict():
            return value
        case Money() | Share() | Rate() | PercentagePoints():
            return figure_of(value)
        case Country() | Group():
            return value.key
        case Enum():
            return value.value
        case tuple():
            return [_bare(item) for item in value]
        case _:
            return str(value)


def _for_csv(value: object) -> object:
    match bare := _bare(value):
        case list():
            return " ".join(map(str, bare))
        case bool():
            return "yes" if bare else ""
        case _:
            return bare
