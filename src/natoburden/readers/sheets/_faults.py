"""The faults of a sheet, by row and column as a spreadsheet shows them; several equal faults are reported as one."""

from __future__ import annotations

from collections.abc import Iterator

from natoburden.errors import DocumentError, DocumentFault
from natoburden.errors._documents import MOST_FAULTS
from natoburden.readers.sheets._wording import Wording

__all__ = ["Faults"]

_MOST_ROWS = 8


class Faults:
    """The faults that are collected while a sheet is read, up to a large number."""

    def __init__(self, document: str, wording: Wording) -> None:
        self.document, self.wording = document, wording
        self._examples: dict[tuple[str, str], str] = {}
        self._rows: dict[tuple[str, str], list[int]] = {}
        self._general: list[DocumentFault] = []
        self.count = 0

    def add(self, row: int, column: str, message: str, example: str = "") -> None:
        """Note a fault in a cell, or in a row if no column is given; the first of several equal faults is the example.

        Raises `DocumentError` if there are very many different faults.
        """
        if len(self._examples) == MOST_FAULTS - 1 and (column, message) not in self._examples:
            self.add_general("table", f"at least {MOST_FAULTS:,} faults: what follows row {row - 1} is not checked")
            self.refuse()
        self._examples.setdefault((column, message), example)
        rows = self._rows.setdefault((column, message), [])
        if row not in rows[-1:]:
            rows.append(row)
            self.count += 1

    def add_general(self, path: str, message: str) -> None:
        """Note a fault of the whole sheet, or of an argument."""
        self._general.append(DocumentFault(path, message))
        self.count += 1

    def refuse(self) -> None:
        """Raise one `DocumentError` with all faults, if there are any."""
        if self.count:
            raise DocumentError(self.document, list(self._listed()))

    def _listed(self) -> Iterator[DocumentFault]:
        yield from self._general
        for (column, message), rows in sorted(self._rows.items(), key=lambda item: item[1]):
            where = f'{rows_in_words(rows)}, column "{column}"' if column else rows_in_words(rows)
            example = self._examples[column, message]
            yield DocumentFault(where, f"{message}, as of {example!r}" if example else message)


def rows_in_words(rows: list[int]) -> str:
    """Return the numbers of rows in words.

    >>> rows_in_words([14]), rows_in_words([3, 5, 9])
    ('row 14', 'rows 3, 5 and 9')
    """
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) > _MOST_ROWS:
        return f"rows {', '.join(map(str, rows[:_MOST_ROWS]))} and {len(rows) - _MOST_ROWS} more"
    return f"rows {', '.join(map(str, rows[:-1]))} and {rows[-1]}"
