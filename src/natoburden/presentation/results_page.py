"""Results of calculators as pages, which can be saved in every format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

import attrs

from natoburden.calculators.results import Explained, Result, ResultTable
from natoburden.model.sources import Source
from natoburden.presentation.columns import Column, Columns, Figure, words
from natoburden.presentation.messages import Translate
from natoburden.presentation.tables import Page

__all__ = ["Columnar", "ResultsPage", "page_of_results"]

_UNITS = {
    "_percent": "%",
    "_points": "pp",
    "_bcm": "bcm",
    "_twh": "TWh",
    "_gj": "GJ",
}
_CURRENCY = 3  # letters of a code


@attrs.frozen(kw_only=True, repr=False)
class ResultsPage(Page):
    """A page of results with the columns of `to_columns`, and with the calculation below; all text is in English."""

    heading: str
    columns: Mapping[str, list[Any]]
    working: tuple[str, ...]
    cited: tuple[Source, ...]

    @property
    def rows(self) -> tuple[Mapping[str, Any], ...]:
        """One row for each result: its figures by name, with the unit in each name."""
        cells = zip(*self.columns.values(), strict=True)
        return tuple(dict(zip(self.columns, row, strict=True)) for row in cells)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents on which the results are based."""
        return self.cited

    def _title(self, _: Translate) -> str:
        return self.heading

    def _columns(self, _: Translate) -> Columns[Mapping[str, Any]]:
        return tuple(self._column(name, values) for name, values in self.columns.items())

    def _column(self, name: str, values: list[Any]) -> Column[Mapping[str, Any]]:
        known = [value for value in values if value is not None]
        kinds, form = {*map(type, known)}, words
        if kinds == {int}:
            return Column(name, lambda row: row[name], _heading(name), Figure(decimals=0))
        if kinds and kinds <= {int, float}:
            return Column(name, lambda row: row[name], _heading(name), Figure(is_grouped=True))
        return Column(name, lambda row: row[name], _heading(name), form)

    def _notes(self, _: Translate) -> tuple[str, ...]:
        return self.working


class Columnar(Protocol):
    """An object with a method `to_columns` that returns columns with units in their names."""

    def to_columns(self) -> Mapping[str, list[Any]]:
        """Return the columns by name, each with a value for every row."""


def page_of_results(results: Explained | ResultTable[Any] | Columnar) -> ResultsPage:
    """Return a page of one result, of a table of results, or of an object with a method `to_columns`.

    >>> import natoburden as nb
    >>> gap = nb.targets.gap(nb.datasets.defence_expenditure("2026-07"), "DEU", 2025, nb.HAGUE_CORE)
    >>> page_of_results(gap).rows[0]["points_points"]
    1.28
    """
    if not isinstance(results, Explained | ResultTable):
        several: Any = getattr(results, "sources", ())
        cited = () if callable(several) else tuple(several)
        return ResultsPage(heading=type(results).__name__, columns=results.to_columns(), working=(), cited=cited)
    if isinstance(results, ResultTable):
        first = next(iter(results.table_rows), None)
        heading, *more = results.caption or (_heading_of(results),)
        working = (*more, *(() if first is None else _formula(first)), *results.remarks)
        found: Mapping[str, list[Any]] = results.to_columns()
    else:
        heading, working = results.headline, (*_formula(results), *(str(item) for item in results.findings))
        row = results.to_row() if isinstance(results, Result) else {item.label: item.text for item in results.findings}
        found = {name: [cell] for name, cell in row.items()}
    return ResultsPage(heading=heading, columns=found, working=working, cited=results.sources)


def _heading_of(results: ResultTable[Any]) -> str:
    """Return the rows' common headline, without the ally's name; if headlines differ, the rows' type and number."""
    if isinstance(results, Explained):
        return results.headline
    whose = ((row, getattr(row, "country", None) or getattr(row, "entity", None)) for row in results.table_rows)
    common = {row.headline.replace(str(entity), "each ally") for row, entity in whose}
    kinds = sorted({type(row).__name__ for row in results.table_rows})
    return f"{', '.join(kinds)}: {len(results)} rows" if len(common) > 1 else next(iter(common), "Nothing found")


def _formula(result: Explained) -> Iterator[str]:
    if result.note:
        yield result.note
    yield f"Formula: {result.formula}"


def _heading(name: str) -> tuple[str, ...]:
    """Return the words of a column's name and the column's unit, as a heading.

    >>> _heading("amount_million_usd"), _heading("share_percent"), _heading("is_met")
    (('amount', 'million USD'), ('share', '%'), ('is met',))
    """
    before, million, currency = name.rpartition("_million_")
    if million and len(currency) == _CURRENCY:
        return before.replace("_", " "), f"million {currency.upper()}"
    for suffix, unit in _UNITS.items():
        if name.endswith(suffix) and name != suffix:
            return name.removesuffix(suffix).replace("_", " "), unit
    return (name.replace("_", " "),)
