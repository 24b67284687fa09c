"""Tables of indicators, gathered from the rows of a file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

import attrs

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.model._numbers import checked_decimal
from natoburden.model.countries import Country
from natoburden.model.indicators import IndicatorRow, IndicatorTable
from natoburden.model.keyed import Keyed
from natoburden.model.sources import Source

__all__ = ["Gathered", "country_of", "figure", "years_of"]

_YEAR = re.compile(r"(?:19|20|21)\d\d")


@attrs.define(kw_only=True)
class _Indicator:
    name: str
    unit: str
    rows: dict[str, IndicatorRow] = attrs.field(factory=dict)


class Gathered:
    """The rows of a file by indicator; a row that stands twice is a fault of the file."""

    def __init__(self, file: str, expected: str) -> None:
        self._file, self._expected = file, expected
        self._found: dict[str, _Indicator] = {}

    def add(self, where: str, key: str, name: str, unit: str, row: IndicatorRow) -> None:
        """Take one row, or more years of one, as layouts with one line for each year have them."""
        indicator = self._found.setdefault(key, _Indicator(name=name or key, unit=unit))
        known = indicator.rows.get(row.code)
        if known is not None and (not row.figures or not known.figures or set(known.by_year) & set(row.by_year)):
            problem = f"{key}, {row.name or row.code} stands twice"
            raise ReaderError(self._file, where, problem, "one row for each country, or for each year of one")
        if known is not None:
            row = attrs.evolve(row, figures=known.figures + row.figures)
        indicator.rows[row.code] = row

    def tables(self, edition: str, source: Source) -> Keyed[IndicatorTable]:
        """Give one table for each indicator; raises `ReaderError` where there is no figure at all."""
        if not any(row.figures for item in self._found.values() for row in item.rows.values()):
            raise ReaderError(self._file, "", "no figure of any country", self._expected)
        return Keyed(
            tuple(
                IndicatorTable(
                    key=key,
                    name=item.name,
                    unit=item.unit,
                    edition=edition,
                    source=source,
                    rows=tuple(attrs.evolve(row, figures=tuple(sorted(row.figures))) for row in item.rows.values()),
                )
                for key, item in self._found.items()
            )
        )


def country_of(code: str, name: str) -> Country | None:
    """Find the country of a row by its alpha-3 code, or by its name where it has no code; None for an aggregate."""
    try:
        return Country(code) if code else Country.find(name)
    except LookupError:
        return None


def years_of(header: list[str]) -> Mapping[int, int]:
    """Give the columns that are years."""
    return {at: int(cell) for at, cell in enumerate(map(str.strip, header)) if _YEAR.fullmatch(cell)}


def figure(file: str, where: str, text: str, missing: frozenset[str]) -> Decimal | None:
    """Read a figure with a decimal point; None for a mark of a missing one."""
    bare = text.strip()
    if bare in missing:
        return None
    try:
        return checked_decimal(bare, "figure")
    except NatoBurdenError as error:
        comma = ": the decimals have commas, so that some program saved it in another locale" if "," in bare else ""
        problem = f"{bare[:40]!r} is not usable{comma}"
        raise ReaderError(file, where, problem, "numbers with a decimal point, as the publisher writes them") from error
