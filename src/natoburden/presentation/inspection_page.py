"""Files on one page, each with its format, edition, coverage and problems."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from natoburden.presentation.columns import Column, Columns, words
from natoburden.presentation.formatting import format_number
from natoburden.presentation.messages import N_, Said, Translate
from natoburden.presentation.tables import Page
from natoburden.readers import Inspection
from natoburden.readers._coverage import Fact, Names, Span, counted

__all__ = ["InspectionPage"]

_MOST_PROBLEMS = 12
_NOT_RECOGNISED = Said(N_("not recognised"))


@attrs.frozen(kw_only=True, repr=False)
class InspectionPage(Page):
    """The inspections of one or several files, and messages on files that could not be opened."""

    inspections: tuple[Inspection, ...]
    failures: tuple[str, ...] = ()

    @property
    def exit_code(self) -> int:
        """The command's exit code: 1 if a file cannot be read."""
        return 0 if all(item.is_readable for item in self.inspections) else 1

    @property
    def rows(self) -> tuple[tuple[str, str, Said | Fact], ...]:
        """The rows, with one fact each: the file, the fact's name, and the fact."""
        return tuple((item.file, *fact) for item in self.inspections for fact in _facts_of(item))

    def _title(self, _: Translate) -> str:
        return _("Files inspected")

    def _columns(self, _: Translate) -> Columns[tuple[str, str, Said | Fact]]:
        return (
            Column("file", lambda fact: fact[0], (_("file"),)),
            Column("what", lambda fact: Said(fact[1]), (_("what"),)),
            Column("said", lambda fact: fact[2], (_("said"),), _in_words),
        )

    def _notes(self, _: Translate) -> tuple[str, ...]:
        return self.failures

    def _facts(self) -> dict[str, Any]:
        return {
            "files": [
                {
                    "file": item.file,
                    "readable": item.is_readable,
                    "format": item.known_as or None,
                    "reader": None if item.format is None else item.format.reader,
                    "edition": item.edition,
                    "coverage": {
                        name: fact if isinstance(fact, int) else counted(fact) for name, fact in item.coverage
                    },
                    "problems": list(item.problems),
                }
                for item in self.inspections
            ]
        }

    def _as_lines(self, _: Translate) -> Iterator[str]:
        for item in self.inspections:
            yield from _text(item, _)


def _in_words(said: Said | Fact, _: Translate) -> str:
    match said:
        case None:
            return _("none")
        case int():
            return format_number(Decimal(said), 0, locale=_.locale)
        case Span(first, last) if first != last:
            return _("{first} to {last}").format(first=first, last=last)
        case Names(first, more) if more:
            return _("{names} and {count} more").format(names=first, count=more)
        case _:
            return words(said, _)


def _facts_of(item: Inspection) -> Iterator[tuple[str, Said | Fact]]:
    """Yield the facts that an inspection found, each with its name."""
    yield N_("format"), item.known_as or _NOT_RECOGNISED
    if item.edition:
        yield N_("edition"), item.edition
    yield from item.coverage
    if item.format and item.is_readable:
        yield N_("read with"), item.format.reader
    for problem in item.problems:
        yield N_("problem"), problem


def _text(item: Inspection, _: Translate) -> Iterator[str]:
    """Yield the lines of an inspection, with the first few problems if there are many."""
    line, more = _("{what}: {said}"), len(item.problems) - _MOST_PROBLEMS
    (_name, known_as), *facts = _facts_of(item)
    if more > 0:
        left_out = _("{count} more; --format csv or json gives all").format(count=more)
        facts = [*facts[:-more], ("problem", left_out)]
    yield line.format(what=item.file, said=_in_words(known_as, _))
    for name, said in facts:
        yield f"  {line.format(what=_(name), said=_in_words(said, _))}"
