"""Tables of indicators, gathered from the rows of a file."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import attrs

from natoburden.errors import AmbiguousCountryError, NatoBurdenError, ReaderError
from natoburden.model._numbers import checked_decimal
from natoburden.model.countries import Country, by_alpha_3, country_or_none
from natoburden.model.indicators import IndicatorRow, IndicatorTable
from natoburden.model.keyed import Keyed
from natoburden.model.sources import Source
from natoburden.readers._coverage import Coverage, listed, span

__all__ = ["Gathered", "country_of", "figure", "indicator_coverage", "year_columns", "years_of"]

_YEAR = re.compile(r"(?:19|20|21)\d\d")
# What is a year, or once was one: a date in figures or with its month's name, the number by which a spreadsheet
# counts a day, two digits, or a year with something beside it.
_NEARLY_YEAR = re.compile(
    r"'?\d\d|YR\d{4}|\d{5}(?:\.0)?|\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?.*|(?:19|20|21)\d\d\W?.*"
    r"|(?:\d{1,2}[-/. ]{1,2})?[^\W\d_]{3,9}\.?[-/ ]'?(?:\d\d|\d{4})",
    re.IGNORECASE,
)


@attrs.define(kw_only=True)
class _Indicator:
    name: str
    unit: str
    rows: dict[str, IndicatorRow] = attrs.field(factory=dict)
    codes: dict[Country, str] = attrs.field(factory=dict)
    figures: dict[str, dict[int, Decimal]] = attrs.field(factory=dict)  # by the codes of rows and by years


class Gathered:
    """The rows of a file, gathered by indicator; a row that appears twice is a fault of the file."""

    def __init__(self, file: str, expected: str) -> None:
        self._file, self._expected = file, expected
        self._found: dict[str, _Indicator] = {}

    def add(self, where: str, key: str, name: str, unit: str, row: IndicatorRow) -> None:
        """Add a row.

        A country's second row adds further years, since some layouts have one line for each year.
        """
        indicator = self._found.setdefault(key, _Indicator(name=name or key, unit=unit))
        known = indicator.figures.get(row.code)
        if row.country is not None and (other := indicator.codes.setdefault(row.country, row.code)) != row.code:
            problem = f"{key}, {row.country} appears twice, as {other!r} and as {row.code!r}"
            raise ReaderError(self._file, where, problem, "one row for each country: delete the other")
        if known is not None and (not row.figures or not known or any(year in known for year, _ in row.figures)):
            problem = f"{key}, {row.name or row.code} appears twice"
            raise ReaderError(self._file, where, problem, "one row for each country, or for each year of one")
        indicator.figures.setdefault(row.code, {}).update(row.figures)
        indicator.rows[row.code] = row

    def tables(self, edition: str, source: Source) -> Keyed[IndicatorTable]:
        """Return one table for each indicator; raises `ReaderError` if the file has no figure at all."""
        if not any(any(item.figures.values()) for item in self._found.values()):
            raise ReaderError(self._file, "", "no figure of any country", self._expected)
        return Keyed(
            tuple(
                IndicatorTable(
                    key=key,
                    name=item.name,
                    unit=item.unit,
                    edition=edition,
                    source=source,
                    rows=tuple(
                        attrs.evolve(row, figures=tuple(sorted(item.figures[code].items())))
                        for code, row in item.rows.items()
                    ),
                )
                for key, item in self._found.items()
            )
        )


def indicator_coverage(tables: Keyed[IndicatorTable]) -> Coverage:
    """Return the coverage of a file's indicators, with the number of rows without a country."""
    rows = {row.code: row for table in tables for row in table.rows}
    without = [row.name for row in rows.values() if row.country is None]
    facts = (
        ("indicators", listed(table.key for table in tables)),
        ("countries", len({country for table in tables for country in table.countries})),
        ("rows", len(rows)),
        ("years", span(year for table in tables for year in table.years)),
        *([("rows of no country", listed(without))] if without else []),
    )
    return Coverage(tables.items[0].edition, facts)


def country_of(file: str, where: str, code: str, name: str) -> Country | None:
    """Return the country of a row by its alpha-3 code, or without a known code by its name; None for an aggregate.

    Some publishers have their own codes, which ISO 3166-1 does not list; the name then gives the country. Raises
    `ReaderError` if code and name mean two different countries, or if a name without a code fits several.
    """
    by_code = by_alpha_3(code)
    try:
        by_name = _named(name)
    except AmbiguousCountryError as error:
        if by_code is None:
            raise ReaderError(file, where, str(error), "a column of codes beside the names") from error
        return by_code
    if by_code is not None and by_name not in (None, by_code):
        problem = f"the code {code} is {by_code}'s, and the name is {name[:60]!r}"
        raise ReaderError(file, where, problem, "code and name of one country: download the file again")
    return by_code or by_name or (_named(code) if not name and not code.isdigit() else None)


@functools.lru_cache(maxsize=4_096)
def _named(name: str) -> Country | None:
    return country_or_none(name) if name else None


def years_of(header: Sequence[str]) -> Mapping[int, int]:
    """Return the columns of a header that are years."""
    return {at: int(cell) for at, cell in enumerate(map(str.strip, header)) if _YEAR.fullmatch(cell)}


def year_columns(file: str, where: str, header: Sequence[str]) -> Mapping[int, int]:
    """Return the columns that are years; raises `ReaderError` for a damaged year or for a year that appears twice.

    Some programs turn a year into a date, or shorten a year to two digits. Without the error, all figures of such a
    year would be lost.
    """
    years = years_of(header)
    for at, cell in enumerate(map(str.strip, header)):
        twice = at in years and list(years.values()).count(years[at]) > 1
        if twice or (at not in years and _NEARLY_YEAR.fullmatch(cell)):
            problem = f"column {at + 1} of the header is {cell[:40]!r}{', which appears twice' if twice else ''}"
            raise ReaderError(file, where, problem, "years of four digits, each once: download the file again")
    return years


def figure(file: str, where: str, text: str, missing: frozenset[str]) -> Decimal | None:
    """Read a figure with a decimal point; None for a mark of a missing figure."""
    bare = text.strip()
    if bare in missing:
        return None
    try:
        return checked_decimal(bare, "figure")
    except NatoBurdenError as error:
        comma = ": the decimals have commas, so that some program saved it in another locale" if "," in bare else ""
        problem = f"{bare[:40]!r} is not usable{comma}"
        raise ReaderError(file, where, problem, "numbers with a decimal point, as the publisher writes them") from error
