"""The columns of a page, each declared once: its name in CSV and JSON, its value, heading and format."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from decimal import Context, Decimal
from enum import Enum
from operator import attrgetter
from typing import Any, Generic, TypeAlias, TypeVar

import attrs

from natoburden.model._numbers import CONTEXT, plain
from natoburden.model.countries import Country
from natoburden.model.memberships import Group
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.presentation.formatting import MISSING, country_name, format_number
from natoburden.presentation.layout import Heading, as_csv
from natoburden.presentation.messages import Said, Translate

__all__ = [
    "Column",
    "Columns",
    "Figure",
    "Several",
    "as_data",
    "as_lines",
    "attributes",
    "figure_of",
    "laid_out",
    "shown_columns",
    "sort_keys",
    "to_csv",
    "words",
]

_DIGITS = Context(prec=15)  # as many digits as a spreadsheet holds

R = TypeVar("R")
Item = TypeVar("Item")


def figure_of(value: Any) -> Decimal | None:
    """Return a value as a plain number, in percent, percentage points or millions; None for a missing value.

    >>> figure_of(Share.percent("3.5")), figure_of(PercentagePoints("0.25")), figure_of(None)
    (Decimal('3.5'), Decimal('0.25'), None)
    """
    match value:
        case None:
            return None
        case Money():
            return value.in_millions or Decimal(0)  # not "0E-9"
        case PercentagePoints():
            return value.value
        case Share() | Rate():
            return value.as_percent
        case _:
            return Decimal(str(value))


@attrs.frozen(kw_only=True)
class Figure:
    """The format of figures: their decimals, the power of ten that divides them, and the mark of a missing figure.

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
    """Return a value as text: countries and the library's words in the reader's language, other values unchanged."""
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
    """A column: its name in CSV and JSON, the value for a row, the heading of one or two lines, and the format.

    A column without a name is only in the table; a column without a heading is only in CSV and JSON. A column with
    ``in_csv=False`` has plain data, and is only in JSON. `measured` returns the figure by which rows are sorted, if the
    value is not itself a figure. `full` is the heading in whole words; it replaces a shortened `heading` if the table
    is not too wide.
    """

    name: str
    value: Callable[[R], object]
    heading: tuple[str, ...] = ()
    format: Callable[[Any, Translate], str] = words
    is_figure: bool = attrs.field(kw_only=True)
    in_csv: bool = attrs.field(default=True, kw_only=True)
    measured: Callable[[Any], object] | None = attrs.field(default=None, kw_only=True)
    full: tuple[str, ...] = attrs.field(default=(), kw_only=True)

    @is_figure.default
    def _is_figure(self) -> bool:
        return isinstance(self.format, Figure)

    def sort_key(self, row: R) -> str | None:
        """Return the figure by which a row is sorted, as text.

        Returns an empty text if the figure is unknown, and None if the column contains text.
        """
        value = self.value(row)
        if self.measured is not None:
            value = self.measured(value)
        elif not isinstance(self.format, Figure):
            return None
        return "" if (figure := figure_of(value)) is None else plain(figure)


@attrs.frozen
class Several(Generic[R, Item]):
    """The columns for several items in each row: CSV has a line for each item, and JSON has a list under `name`.

    With `heads`, a table shows the items side by side, with one head for each item. The head replaces an empty first
    line in the heading of a column.
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
        full = column.full and (column.full[0] or head, *column.full[1:])
        if column.heading[0] and not full:  # when shown side by side, the heading would be the same for each item
            full = (f"{column.heading[0]} {head}", *column.heading[1:])
        of_row: Any = column
        return attrs.evolve(
            of_row, value=lambda row: column.value([*self.items(row)][number]), heading=heading, full=full
        )


def attributes(*names: str, of: str = "") -> Iterator[Column[Any]]:
    """Yield a column of CSV and JSON for each named attribute of a row, or of the row's attribute `of`."""
    return (Column(name, attrgetter(f"{of}.{name}" if of else name)) for name in names)


Columns: TypeAlias = tuple[Column[R] | Several[R, Any], ...]


def laid_out(columns: Columns[R], _: Translate, *parts: Iterable[R]) -> tuple[tuple[Heading, ...], list[Any]]:
    """Return the headings of a table, and the cells of each group of rows."""
    shown = shown_columns(columns)
    headings = tuple(Heading(*column.heading, is_figure=column.is_figure, full=column.full) for column in shown)
    return headings, [[[column.format(column.value(row), _) for column in shown] for row in rows] for rows in parts]


def sort_keys(columns: Columns[R], rows: Iterable[R]) -> tuple[tuple[str | None, ...], ...]:
    """Return the sort keys of a table's cells, as in `Column.sort_key`."""
    shown = shown_columns(columns)
    return tuple(tuple(column.sort_key(row) for column in shown) for row in rows)


def shown_columns(columns: Columns[R]) -> list[Column[R]]:
    """Return the columns of a table; the columns of several items are side by side."""
    flat: list[Column[R]] = []
    for column in columns:
        flat += column.beside() if isinstance(column, Several) else [column]
    return [column for column in flat if column.heading]


def to_csv(columns: Columns[R], rows: Iterable[R]) -> str:
    """Return rows as CSV; figures have at most 15 digits."""
    return as_csv(*as_lines(columns, rows))


def as_lines(columns: Columns[R], rows: Iterable[R]) -> tuple[list[str], Iterator[list[object]]]:
    """Return the names of the columns, and the lines of values below them."""
    header = [part.name for column in columns for part in _parts(column)]
    lines = (line for row in rows for line in itertools.product(*(_cells(column, row) for column in columns)))
    return header, ([*itertools.chain(*line)] for line in lines)


def as_data(columns: Columns[R], row: R) -> dict[str, Any]:
    """Return a row as plain data for JSON; figures are not rounded."""
    return {
        column.name: [as_data(column.columns, item) for item in column.items(row)]
        if isinstance(column, Several)
        else _bare(column.value(row))
        for column in columns
        if column.name
    }


def _parts(column: Column[Any] | Several[Any, Any]) -> list[Column[Any]]:
    parts = column.columns if isinstance(column, Several) else (column,)
    return [part for part in parts if part.name and part.in_csv]


def _cells(column: Column[R] | Several[R, Any], row: R) -> list[list[object]]:
    """Return the cells of a column for CSV; for several items, the cells of each item."""
    parts, items = _parts(column), column.items(row) if isinstance(column, Several) else (row,)
    return [[_for_csv(part.value(item)) for part in parts] for item in items] or [[None] * len(parts)]


def _bare(value: Any) -> Any:
    """Return a value for CSV and JSON: countries as keys, figures exactly, and the library's words in English."""
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
        case Decimal():
            return _DIGITS.plus(bare) if len(bare.as_tuple().digits) > _DIGITS.prec else bare
        case _:
            return bare
