"""A check of the values that a function reads: unusable values are refused before they make a result wrong.

All values are checked in a single aggregation of the columns that are read, on lazy frames too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import attrs
import narwhals as nw

from natoburden.errors import FrameError, NatoBurdenError
from natoburden.frames._columns import Columns
from natoburden.frames._engine import collected
from natoburden.model.countries import Country
from natoburden.model.money import Currency, currencies

__all__ = ["Fault", "Look", "refuse"]

_MOST_NAMED: Final = 8
_LARGEST_WHOLE: Final = 2**63 - 1
_ROUNDING: Final = 1e-9  # parts of a contract add up to one, apart from the last digits of floats


@attrs.frozen
class Fault:
    """A fault of a column, and what to do about it."""

    text: str
    hint: str = ""


def refuse(columns: Columns[Any], faults: Sequence[Fault | str]) -> None:
    """Raise one `FrameError` with every fault of names, types and values, if there are any."""
    listed = [fault if isinstance(fault, Fault) else Fault(fault) for fault in (*columns.faults, *faults)]
    if listed:
        hints = dict.fromkeys(fault.hint for fault in listed if fault.hint)
        there = tuple(map(str, columns.schema)) if columns.faults else ()
        raise FrameError(tuple(fault.text for fault in listed), there, "; ".join(hints))


class Look:
    """Checks of columns that are all computed in a single aggregation."""

    def __init__(self, columns: Columns[Any]) -> None:
        self._columns = columns
        self._asked: dict[str, tuple[Any, str]] = {}
        self._judges: list[Callable[[Mapping[str, Any]], Iterable[Fault]]] = []

    def ask(self, value: Any, how: str) -> str:
        """Ask for the sum, minimum or maximum of an expression; return the name under which the answer is found."""
        name = f"natoburden_{len(self._asked)}"
        self._asked[name] = (value, how)
        return name

    def judge(self, judge: Callable[[Mapping[str, Any]], Iterable[Fault]]) -> None:
        """Add a function that examines the answers and yields the faults that it finds."""
        self._judges.append(judge)

    def count(self, condition: Any) -> str:
        """Ask how many lines meet a condition."""
        return self.ask(nw.when(condition).then(nw.lit(1)).otherwise(nw.lit(0)), "sum")

    # --- what is asked of columns

    def finite(self, name: str) -> None:
        """Refuse infinite numbers, since neither their sums nor their ratios mean anything."""
        if name not in self._columns.usable or self._columns.is_whole(name):
            return
        number = self._columns.number(name)
        low, high = self.ask(number, "min"), self.ask(number, "max")
        self.judge(lambda found: _infinite(name, found[low], found[high]))

    def filled(self, name: str, value: Any, counted: Any = None) -> None:
        """Refuse nulls in an expression; `counted` limits the check to some lines."""
        missing = value.is_null() if counted is None else value.is_null() & counted
        nulls = self.count(missing)
        self.judge(lambda found: _nulls(name, found[nulls]))

    def between(self, name: str, value: Any) -> None:
        """Refuse fractions below zero or above one."""
        low, high = self.ask(value, "min"), self.ask(value, "max")
        self.judge(lambda found: _outside(name, found[low], found[high]))

    def countries(self, name: str) -> None:
        """Refuse values that are not alpha-3 codes of countries; the fault shows the values."""
        known = [country.alpha_3 for country in Country.all()]
        self._codes(name, known, _of_country, "alpha-3 codes of countries, or null where it is unknown")

    def currencies(self, name: str) -> None:
        """Refuse values that are not codes of currencies; the fault shows the values."""
        known = [str(currency) for currency in currencies()]
        self._codes(name, known, _of_currency, "codes of ISO 4217, or null where it is unknown")

    def _codes(self, name: str, known: list[str], meant: Callable[[str], str], expected: str) -> None:
        if name not in self._columns.usable:
            return
        text = self._columns.text(name)
        strange = ~text.is_in(known) & ~text.is_null()
        count = self.count(strange)

        def judged(found: Mapping[str, Any]) -> Iterable[Fault]:
            if found[count]:
                rows = self._columns.frame.lazy.filter(strange).select(text.alias("value"), nw.lit(1).alias("lines"))
                distinct = rows.group_by("value").agg(nw.col("lines").sum()).select("value").head(100)
                values = sorted(row["value"] for row in collected(distinct))
                more = f" and {len(values) - _MOST_NAMED} more" if len(values) > _MOST_NAMED else ""
                shown = ", ".join(f"{value!r}{meant(value)}" for value in values[:_MOST_NAMED])
                yield Fault(f"column {name!r} holds {shown}{more}", f"{name!r} takes {expected}")

        self.judge(judged)

    # --- the answers

    def answers(self, by: Any = None) -> list[dict[str, Any]]:
        """Compute the answers in one row for all lines, or in one row for each value of `by`, named ``by`` there."""
        if not self._asked:
            return []
        lazy, streams = self._columns.frame.lazy, not self._columns.frame.is_eager
        values = [value.alias(name) for name, (value, _) in self._asked.items()]
        sums = [getattr(nw.col(name), how)() for name, (_, how) in self._asked.items()]
        if by is None:
            return collected(lazy.select(*values).select(*sums), streams=streams)
        return collected(lazy.select(by.alias("by"), *values).group_by("by").agg(*sums), streams=streams)

    def faults(self, rows: Sequence[Mapping[str, Any]]) -> list[Fault]:
        """Return the faults that follow from the rows of answers."""
        whole = self.together(rows)
        return [fault for judge in self._judges for fault in judge(whole)]

    def together(self, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the answers of all rows, merged into one row."""
        return {name: _together(how, [row[name] for row in rows]) for name, (_, how) in self._asked.items()}


def _together(how: str, values: Iterable[Any]) -> Any:
    there = [_number(value) for value in values if value is not None]
    if how == "sum":
        return sum(there)
    return (min if how == "min" else max)(there, default=None)


def _number(value: Any) -> int | float:
    """Return an answer as an int if it is a whole number, since some engines return counts as decimals or floats."""
    number = float(value)
    return int(value) if number.is_integer() and abs(number) < _LARGEST_WHOLE else number


def _infinite(name: str, low: float | None, high: float | None) -> Iterable[Fault]:
    if any(number is not None and math.isinf(number) for number in (low, high)):
        yield Fault(f"column {name!r} holds infinite numbers", "a missing figure is null, never infinite")


def _nulls(name: str, count: int) -> Iterable[Fault]:
    if count:
        yield Fault(f"column {name!r} has {count} null{'' if count == 1 else 's'}", "fill them, or drop the rows")


def _outside(name: str, low: float | None, high: float | None) -> Iterable[Fault]:
    for number in (low, high):
        if number is not None and not -_ROUNDING <= number <= 1 + _ROUNDING:
            yield Fault(f"column {name!r} holds {number}", f"{name!r} takes fractions of a whole, from 0 to 1")
            return


def _of_country(value: str) -> str:
    try:
        return f" ({Country.find(value).alpha_3})"
    except NatoBurdenError:
        return ""


def _of_currency(value: str) -> str:
    try:
        return f" ({Currency(value.strip().upper())})"
    except NatoBurdenError:
        return ""
