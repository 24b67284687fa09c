"""A date is written with its known precision (2025, 2025-06 or 2025-06-25), or by its fields."""

from __future__ import annotations

import datetime as dt
import functools

from natoburden.model._checks import member
from natoburden.model.dates import Announced, DateSpan, Deadline, Precision
from natoburden.serialization._converter import Converter, unexpected, year_or_text

_BY_LENGTH = {4: Precision.YEAR, 7: Precision.MONTH}


def register(made: Converter) -> None:
    made.as_text(Deadline, lambda value: Deadline.parse(year_or_text(value)), str)
    made.tables[Announced] = ({"date": str, "precision": Precision}, functools.lru_cache(4096)(_announced))
    made.reads(Announced, _to_announced)
    made.writes(Announced, lambda value: {"date": value.text, "precision": value.precision.value})

    by_fields = made.gen_structure_attrs_fromdict(DateSpan)

    def to_span(value: object, kind: object) -> DateSpan:
        if type(value) is dt.date:
            return DateSpan(earliest=value, latest=value)
        if type(value) in (str, int):
            return DateSpan.parse(str(value))
        if not isinstance(value, dict):
            raise unexpected("a date or span of dates", value, "write it as 2025, 2025-02 or 2025-02-12")
        return by_fields(value, kind)

    made.reads(DateSpan, to_span)


def _announced(date: str, precision: Precision) -> Announced:
    return Announced.parse(date, precision) if date else Announced("", precision, None)


def _to_announced(value: object, _kind: object) -> Announced:
    """Return the date of an announcement, which is given as a text alone or with its precision."""
    given = value if isinstance(value, dict) else {"date": value}
    if not given.keys() <= {"date", "precision"}:
        raise unexpected("an announcement", value, "write {date = ..., precision = ...}, or the date alone")
    date = given.get("date", "")
    text = date.isoformat() if type(date) is dt.date else year_or_text(date)
    if "precision" in given:
        return _announced(text, member(Precision, given["precision"]))
    return _announced(text, _BY_LENGTH.get(len(text), Precision.DAY) if text else Precision.NONE)
