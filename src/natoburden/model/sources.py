"""The sources of figures, and the status of a figure as an outcome, an estimate or a projection."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import ClassVar

import attrs

from natoburden.errors import MissingSourceError, UnexpectedValueError
from natoburden.model._checks import exactly
from natoburden.model._terms import Term

__all__ = ["Source", "Status", "distinct"]

_SCHEME = re.compile(r"([^/?#:]*+):")


class Status(Term):
    """The status of a figure, ordered from the firmest to the least firm.

    >>> Status.weakest([Status.ACTUAL, Status.ESTIMATE]).value
    'estimate'
    """

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    PROJECTION = "projection"

    @classmethod
    def weakest(cls, statuses: Iterable[Status]) -> Status:
        """Return the least firm status: a result has the least firm status of its figures."""
        order = list(cls)
        return max(statuses, key=order.index, default=cls.ACTUAL)


@attrs.frozen(kw_only=True)
class Source:
    """A document or dataset that contains a figure; the text of a source without a publisher includes the address.

    Raises `MissingSourceError` without a title, or with neither publisher nor address. Raises `UnexpectedValueError`
    for an address that is not a web address, such as ``javascript:``.

    >>> print(Source(title="Wales Summit Declaration", publisher="NATO", date=dt.date(2014, 9, 5)))
    NATO, Wales Summit Declaration, 2014-09-05
    """

    column_parts: ClassVar[tuple[str, ...]] = ("", "url")

    title: str = attrs.field(validator=exactly(str, "a title"))
    publisher: str = ""
    url: str = attrs.field(default="")
    date: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a date", optional=True))
    accessed: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a date", optional=True))
    licence: str = ""
    locator: str = ""
    note: str = ""

    @url.validator
    def _is_a_web_address(self, _attribute: object, value: str) -> None:
        if type(value) is not str:
            raise UnexpectedValueError("an address", repr(value), f"its type is {type(value).__name__}, not str")
        scheme = None if value.startswith("https://") else _SCHEME.match(value)
        if not value.isprintable() or (scheme and scheme[1].strip().lower() not in ("http", "https")):
            raise UnexpectedValueError("an address", repr(value), "it begins with https:// or http://")

    def __attrs_post_init__(self) -> None:
        if not self.title.strip() or not (self.publisher.strip() or self.url.strip()):
            raise MissingSourceError(self.title.strip() or "a figure")

    def __str__(self) -> str:
        where = "" if self.publisher else self.url
        parts = (self.publisher, self.title, self.date and self.date.isoformat(), self.locator, where)
        return ", ".join(part for part in parts if part)


def distinct(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return each document once, in order; documents that differ only in their notes become one with all notes.

    >>> first, second = (Source(title="A table", publisher="EIA", note=note) for note in ("by year", "by month"))
    >>> [source.note for source in distinct([first, second, first])]
    ['by year; by month']
    """
    notes: dict[Source, list[str]] = {}
    for source in dict.fromkeys(sources):
        notes.setdefault(attrs.evolve(source, note=""), []).append(source.note)
    return tuple(attrs.evolve(one, note="; ".join(filter(None, dict.fromkeys(said)))) for one, said in notes.items())
