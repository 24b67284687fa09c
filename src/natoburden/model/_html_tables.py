"""HTML tables for notebooks: names instead of codes, rounded figures, and only the first and last of many rows."""

from __future__ import annotations

import datetime as dt
import html
import math
from collections.abc import Iterable, Mapping, Sequence

from natoburden.model._frames import SEPARATOR, Cell

__all__ = ["html_table"]

_MOST, _END = 60, 10  # longer tables show only this number of rows at either end
_LONGEST = 120  # longer texts are cut; the data frame has them in full
_UNKNOWN = "—"
_PERCENT, _POINTS = "_percent", "_points"
_URL = "_url"
_CURRENCIES = ("_usd", "_eur", "_gbp")  # endings that become capitals in headings
_RIGHT = ' style="text-align:right"'
_WHOLE = ' style="text-align:left;white-space:nowrap"'
_LEFT = ' style="text-align:left"'


def html_table(columns: Mapping[str, Sequence[Cell]], caption: Iterable[str] = ()) -> str:
    """Return columns as an HTML table; names replace codes, and web addresses become links."""
    shown = {name: values for name, values in columns.items() if _is_shown(name, columns)}
    number = len(next(iter(shown.values()), ()))
    places: Sequence[int | None] = range(number) if number <= _MOST else _ends(number)
    texts = {name: [*map(html.escape, _texts(name, values))] for name, values in shown.items()}
    for name in shown:
        addresses = columns.get(f"{name}{_URL}", ())
        for place, address in enumerate(addresses):
            if isinstance(address, str) and SEPARATOR not in address:
                texts[name][place] = f'<a href="{html.escape(address)}">{texts[name][place]}</a>'
    styles = {name: _style(values) for name, values in shown.items()}
    head = "".join(f"<th{styles[name]}>{html.escape(_heading(name))}</th>" for name in shown)
    body = "".join(
        f'<tr><td colspan="{len(shown)}"{_LEFT}>… {number - 2 * _END:,} more rows …</td></tr>'
        if place is None
        else f"<tr>{''.join(f'<td{styles[name]}>{texts[name][place]}</td>' for name in shown)}</tr>"
        for place in places
    )
    lines = [*caption, *([f"{number:,} rows, of which the first and last {_END}"] if number > _MOST else [])]
    above = "<br>".join(map(html.escape, lines))
    told = f"<caption{_LEFT}>{above}</caption>" if above else ""
    return f"<table>{told}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _is_shown(name: str, columns: Mapping[str, Sequence[Cell]]) -> bool:
    return f"{name}_name" not in columns and not (name.endswith(_URL) and name.removesuffix(_URL) in columns)


def _style(values: Sequence[Cell]) -> str:
    if any(isinstance(value, dt.date) for value in values):
        return _WHOLE
    return _RIGHT if _is_of_figures(values) else _LEFT


def _ends(number: int) -> tuple[int | None, ...]:
    return (*range(_END), None, *range(number - _END, number))


def _heading(name: str) -> str:
    """Return the heading of a column in words, with its unit in the usual form."""
    for ending, unit in ((_PERCENT, ", %"), (_POINTS, ", pp")):
        if name.endswith(ending):
            return name.removesuffix(ending).replace("_", " ") + unit
    words, million, currency = name.rpartition("_million_")
    if million:
        return f"{words.replace('_', ' ')}, {currency.upper()} million"
    if name.endswith(_CURRENCIES):
        return f"{name[:-4].replace('_', ' ')}, {name[-3:].upper()}"
    return name.removesuffix("_name").replace("_", " ")


def _is_of_figures(values: Sequence[Cell]) -> bool:
    known = [value for value in values if value is not None]
    return bool(known) and all(type(value) in (int, float) for value in known)


def _texts(name: str, values: Sequence[Cell]) -> list[str]:
    floats = [abs(value) for value in values if isinstance(value, float) and math.isfinite(value)]
    is_fixed = name.endswith((_PERCENT, _POINTS))
    decimals = 2 if is_fixed else _decimals(max(floats, default=0.0))
    is_counted = any(isinstance(value, int) and abs(value) > 9999 for value in values)
    return [
        _text(value, decimals if is_fixed else _own_decimals(value, decimals), is_counted=is_counted)
        for value in values
    ]


def _decimals(largest: float) -> int:
    """Return the number of decimals that shows the largest figure of a column with at least three digits."""
    if largest >= 1000:
        return 0
    if largest >= 1:
        return 2
    return min(2 - math.floor(math.log10(largest)), 12) if largest else 0


def _own_decimals(value: Cell, decimals: int) -> int:
    """Return the number of decimals of a column, or a larger number if a small figure needs it to show three digits."""
    if not isinstance(value, float) or not math.isfinite(value) or value.is_integer():
        return decimals
    return max(decimals, min(2 - math.floor(math.log10(abs(value))), 12))


def _text(value: Cell, decimals: int, *, is_counted: bool) -> str:
    match value:
        case None:
            return _UNKNOWN
        case bool():
            return "yes" if value else "no"
        case int():
            return f"{value:,}" if is_counted else str(value)  # no comma in years
        case float():
            return f"{value:,.{decimals}f}" if math.isfinite(value) else _UNKNOWN
        case dt.date():
            return value.isoformat()
        case _:
            return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1].rstrip()}…"
