"""What files are, on one page: format, edition, coverage and problems of each."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator
from typing import IO

import attrs

from natoburden.presentation.tables import Column, Format, TextTable, as_csv, write_in
from natoburden.readers.front import Inspection

__all__ = ["InspectionPage"]

_NARROWEST, _WIDEST = 60, 120
_MOST_PROBLEMS = 12
_COLUMNS = ("file", "what", "said")


@attrs.frozen(kw_only=True)
class InspectionPage:
    """Inspections of one file or several."""

    inspections: tuple[Inspection, ...]

    @property
    def exit_code(self) -> int:
        """What the command leaves with: 1 where a file cannot be read."""
        return 0 if all(item.is_readable for item in self.inspections) else 1

    def to_text(self, width: int = 80) -> str:
        """Write each inspection as lines of at most this width."""
        lines: list[str] = []
        for item in self.inspections:
            for line in str(attrs.evolve(item, problems=tuple(_shortened(item.problems)))).split("\n"):
                indent = " " * (len(line) - len(line.lstrip()) + 2)
                lines += textwrap.wrap(line, width, subsequent_indent=indent, replace_whitespace=False) or [line]
        return "\n".join(lines) + "\n"

    def to_table(self) -> TextTable:
        """Lay out one fact a line."""
        return TextTable(
            title="Files inspected",
            columns=tuple(Column(name, is_figure=False) for name in _COLUMNS),
            rows=tuple(self._rows()),
        )

    def to_csv(self) -> str:
        """Write one fact a line."""
        return as_csv(_COLUMNS, self._rows())

    def to_json(self) -> str:
        """Write the inspections as plain data."""
        data = [
            {
                "file": item.file,
                "readable": item.is_readable,
                "format": None if item.format is None else str(item.format),
                "reader": None if item.format is None else item.format.reader,
                "edition": item.edition,
                "coverage": dict(item.coverage),
                "problems": list(item.problems),
            }
            for item in self.inspections
        ]
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def write(self, file: IO[str], form: Format = "table") -> None:
        """Write the page to an open text file; as a table, in lines fitted to the terminal."""
        if form == "table":
            width = shutil.get_terminal_size().columns if file.isatty() else _WIDEST
            file.write(self.to_text(min(max(width, _NARROWEST), _WIDEST)))
        else:
            write_in(form, file, table=self.to_table, csv=self.to_csv, json=self.to_json)

    def _rows(self) -> Iterator[tuple[str, ...]]:
        for item in self.inspections:
            yield item.file, "format", "not recognised" if item.format is None else str(item.format)
            if item.edition:
                yield item.file, "edition", item.edition
            for name, said in item.coverage:
                yield item.file, name, said
            for problem in item.problems:
                yield item.file, "problem", problem


def _shortened(problems: tuple[str, ...]) -> Iterator[str]:
    yield from problems[:_MOST_PROBLEMS]
    if len(problems) > _MOST_PROBLEMS:
        yield f"{len(problems) - _MOST_PROBLEMS} more; --format csv or json gives all"
