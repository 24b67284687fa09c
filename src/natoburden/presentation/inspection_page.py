"""What files are, on one page: format, edition, coverage and problems of each."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import IO, TypeAlias

import attrs

from natoburden.presentation._harmless import visible
from natoburden.presentation.columns import Column, Columns, Several, words
from natoburden.presentation.messages import N_, Said, Translate, translation
from natoburden.presentation.tables import Page
from natoburden.readers import Inspection

__all__ = ["InspectionPage"]

_Fact: TypeAlias = tuple[str, Said | str]

_NARROWEST, _WIDEST = 60, 120
_MOST_PROBLEMS = 12
_NOT_RECOGNISED = Said(N_("not recognised"))


@attrs.frozen(kw_only=True, repr=False)
class InspectionPage(Page):
    """Inspections of one file or several, and the files that could not be opened."""

    rows: tuple[Inspection, ...]
    failures: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """What the command exits with: 1 where a file cannot be read."""
        return 0 if all(item.is_readable for item in self.rows) else 1

    def _notes(self, _: Translate) -> tuple[str, ...]:
        return self.failures

    def _title(self, _: Translate) -> str:
        return _("Files inspected")

    def _columns(self, _: Translate) -> Columns[Inspection]:
        facts = (
            Column[_Fact]("what", lambda fact: Said(fact[0]), (_("what"),)),
            Column[_Fact]("said", lambda fact: fact[1], (_("said"),)),
        )
        return (
            Column("file", lambda item: item.file, (_("file"),)),
            Column("readable", lambda item: item.is_readable, in_csv=False),
            Column("format", lambda item: item.known_as or None, in_csv=False),
            Column("reader", lambda item: item.format and item.format.reader, in_csv=False),
            Column("edition", lambda item: item.edition, in_csv=False),
            Column("coverage", lambda item: dict(item.coverage), in_csv=False),
            Column("problems", lambda item: list(item.problems), in_csv=False),
            Several("", _facts, facts),
        )

    def to_text(self, *, locale: str = "en", width: int = 80) -> str:
        """Return each inspection as lines of at most this width; what readers say of faults stays English."""
        lines: list[str] = []
        for item in self.rows:
            for line in _text(item, translation(locale)):
                indent = " " * (len(line) - len(line.lstrip()) + 2)
                lines += textwrap.wrap(visible(line), width, subsequent_indent=indent, replace_whitespace=False) or [
                    line
                ]
        return "".join(f"{line}\n" for line in lines)

    def _write_on_terminal(self, file: IO[str], *, locale: str) -> None:
        width = shutil.get_terminal_size().columns if file.isatty() else _WIDEST
        file.write(self.to_text(width=min(max(width, _NARROWEST), _WIDEST), locale=locale))


def _facts(item: Inspection) -> Iterator[_Fact]:
    """Yield what an inspection found, each fact with its name."""
    yield N_("format"), item.known_as or _NOT_RECOGNISED
    if item.edition:
        yield N_("edition"), item.edition
    yield from item.coverage
    if item.format and item.is_readable:
        yield N_("read with"), item.format.reader
    for problem in item.problems:
        yield N_("problem"), problem


def _text(item: Inspection, _: Translate) -> Iterator[str]:
    """Yield the lines of an inspection, with the first of many problems."""
    line, more = _("{what}: {said}"), len(item.problems) - _MOST_PROBLEMS
    (_name, known_as), *facts = _facts(item)
    if more > 0:
        left_out = _("{count} more; --format csv or json gives all").format(count=more)
        facts = [*facts[:-more], ("problem", left_out)]
    yield line.format(what=item.file, said=words(known_as, _))
    for name, said in facts:
        yield f"  {line.format(what=_(name), said=words(said, _))}"
