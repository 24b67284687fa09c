"""Tables of the World Bank's DataBank; the columns are times, countries or series, each with its code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from natoburden.errors import ReaderError

__all__ = ["DataBankLine", "databank_lines", "is_databank"]

_COLUMN = re.compile(r"(.{0,400}) \[([^\[\]]{1,60})\]")
_YEAR = re.compile(r"(?:YR)?((?:19|20|21)\d\d)", re.IGNORECASE)
_PARTS = ("country name", "country code", "indicator name", "indicator code", "time", "time code")


@attrs.frozen(kw_only=True)
class DataBankLine:
    """The figures of one indicator and one country in one row, as text by year."""

    where: str
    code: str
    country: str
    key: str
    indicator: str
    texts: Mapping[int, str]


def is_databank(header: Iterable[str]) -> bool:
    """Return whether a header has columns with codes in brackets, and at least one column of names or codes."""
    cells = {cell.casefold() for cell in header}
    return bool(cells & {*_PARTS, "series name"}) and any(_COLUMN.fullmatch(cell) for cell in cells)


def databank_lines(
    file: str, place: str, header: Sequence[str], rows: Iterable[tuple[str, list[str]]]
) -> Iterator[DataBankLine]:
    """Read rows by their header; the columns may be times, countries or series.

    Raises `ReaderError` for a row that is cut short, for a row without a country, and for an invalid year.
    """
    parts = {name: at for at, cell in enumerate(header) if (name := cell.casefold()) in _PARTS}
    columns = {at: found for at, cell in enumerate(header) if (found := _COLUMN.fullmatch(cell))}
    across_time = all(_YEAR.fullmatch(found[2]) for found in columns.values())
    codes = [found[2] for found in columns.values()]
    if twice := next((code for code, count in Counter(codes).items() if count > 1), None):
        problem = f"the column of {twice[:40]!r} appears twice in the header"
        raise ReaderError(file, place, problem, "each column once: delete the other, or download the table again")
    across_countries = not across_time and not {"country name", "country code"} & {*parts}
    if not across_time and not {"time", "time code"} & {*parts}:
        raise ReaderError(file, place, "no column of time", "DataBank's table with its column Time")
    last = max([*columns, *parts.values()])  # of one number alone, `max(*...)` would be an error
    for where, row in rows:
        if len(row) <= last:
            raise ReaderError(file, where, f"{len(row)} cells", f"{len(header)}, as in the header; is it cut short?")
        cells = {name: row[at].strip() for name, at in parts.items()}
        country, code = cells.get("country name", ""), cells.get("country code", "")
        series, key = cells.get("indicator name", ""), cells.get("indicator code", "")
        if across_time:
            texts = {_year(file, where, found[2]): row[at] for at, found in columns.items()}
            yield _line(file, where, code, country, key, series, texts)
            continue
        year = _year(file, where, cells.get("time code") or cells.get("time", ""))
        for at, found in columns.items():
            if across_countries:
                yield _line(file, where, found[2], found[1], key, series, {year: row[at]})
            else:
                yield _line(file, where, code, country, found[2], found[1], {year: row[at]})


def _line(
    file: str, where: str, code: str, country: str, key: str, indicator: str, texts: Mapping[int, str]
) -> DataBankLine:
    if not (code or country):
        raise ReaderError(file, where, "neither a country's name nor its code", "one row for each country")
    return DataBankLine(where=where, code=code, country=country, key=key, indicator=indicator, texts=texts)


def _year(file: str, where: str, text: str) -> int:
    found = _YEAR.fullmatch(text.strip())
    if found is None:
        raise ReaderError(file, where, f"the time {text[:40]!r}", "a year such as 2024, or YR2024")
    return int(found[1])
