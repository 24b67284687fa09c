"""What files are, on one page: format, edition, coverage and problems of each."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator
from typing import IO

import attrs

from natoburden.presentation._harmless import visible
from natoburden.presentation.messages import N_, Translate, translation
from natoburden.presentation.tables import Column, Page, TextTable, as_csv
from natoburden.readers import Inspection

__all__ = ["InspectionPage"]

_NARROWEST, _WIDEST = 60, 120
_MOST_PROBLEMS = 12
_COLUMNS = (N_("file"), N_("what"), N_("said"))


@attrs.frozen(kw_only=True, repr=False)
class InspectionPage(Page):
    """Inspections of one file or several."""

    inspections: tuple[Inspection, ...]

    @property
    def exit_code(self) -> int:
        """What the command leaves with: 1 where a file cannot be read."""
        return 0 if all(item.is_readable for item in self.inspections) else 1

    def to_text(self, *, locale: str = "en", width: int = 80) -> str:
        """Return each inspection as lines of at most this width; what readers say of faults stays English."""
        lines: list[str] = []
        for item in self.inspections:
            for line in _text(item, translation(locale)):
                indent = " " * (len(line) - len(line.lstrip()) + 2)
                lines += textwrap.wrap(visible(line), width, subsequent_indent=indent, replace_whitespace=False) or [
                    line
                ]
        return "\n".join(lines) + "\n"

    def to_table(self, *, locale: str = "en") -> TextTable:
        """Lay out one fact a line."""
        _ = translation(locale)
        return TextTable(
            title=_("Files inspected"),
            columns=tuple(Column(_(name), is_figure=False) for name in _COLUMNS),
            rows=tuple((item.file, _(what), said) for item in self.inspections for what, said in _facts(item, _)),
        )

    def to_csv(self) -> str:
        """Write one fact a line."""
        return as_csv(_COLUMNS, [(item.file, *fact) for item in self.inspections for fact in _facts(item)])

    def to_json(self) -> str:
        """Write the inspections as plain data."""
        data = [
            {
                "file": item.file,
                "readable": item.is_readable,
                "format": item.known_as or None,
                "reader": None if item.format is None else item.format.reader,
                "edition": item.edition,
                "coverage": dict(item.coverage),
                "problems": list(item.problems),
            }
            for item in self.inspections
        ]
        return json.dumps(data, ensure_ascii=False, indent=2) + "\n"

    def _write_on_terminal(self, file: IO[str], locale: str) -> None:
        width = shutil.get_terminal_size().columns if file.isatty() else _WIDEST
        file.write(self.to_text(width=min(max(width, _NARROWEST), _WIDEST), locale=locale))


def _facts(item: Inspection, _: Translate = str) -> Iterator[tuple[str, str]]:
    """Give what an inspection found, each fact with its name."""
    yield N_("format"), item.known_as or _("not recognised")
    if item.edition:
        yield N_("edition"), item.edition
    yield from item.coverage
    for problem in item.problems:
        yield N_("problem"), problem


def _text(item: Inspection, _: Translate) -> Iterator[str]:
    """Write an inspection as its `str` does, in a language and with not too many problems."""
    line = _("{what}: {said}")
    yield line.format(what=item.file, said=item.known_as or _("not recognised"))
    facts = [(_("edition"), item.edition)] if item.edition else []
    facts += [(_(name), said) for name, said in item.coverage]
    facts += [(_("read with"), item.format.reader)] if item.format and item.is_readable else []
    facts += [(_("problem"), problem) for problem in _shortened(item.problems, _)]
    for what, said in facts:
        yield f"  {line.format(what=what, said=said)}"


def _shortened(problems: tuple[str, ...], _: Translate) -> Iterator[str]:
    yield from problems[:_MOST_PROBLEMS]
    if len(problems) > _MOST_PROBLEMS:
        yield _("{count} more; --format csv or json gives all").format(count=len(problems) - _MOST_PROBLEMS)
