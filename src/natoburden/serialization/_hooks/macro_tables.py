"""An outlook is written as its edition and its figures; the figures do not repeat the edition."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, get_origin

from natoburden.errors import UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.macro_measures import MacroMeasure, MacroUnit, value_type
from natoburden.model.macro_tables import MacroFigure, MacroTable
from natoburden.model.sources import Source, Status
from natoburden.serialization._converter import Converter

_FIGURE = ("country", "year", "measure", "unit", "value", "status")
_TABLE = ("edition", "last_outcome", "source", "note", "figures")
_ALONE = (*_FIGURE, "edition", "source")


def register(made: Converter) -> None:
    made.register_structure_hook_func(_is_figure, functools.partial(_to_figure, made))
    made.reads(MacroTable, functools.partial(_to_table, made))
    made.writes(MacroTable, functools.partial(_table_data, made))


def _is_figure(kind: Any) -> bool:
    return kind is MacroFigure or get_origin(kind) is MacroFigure


def _figure(made: Converter, data: Any, edition: str, source: Source) -> MacroFigure[Any]:
    _expect(data, _FIGURE, "a figure")
    measure, unit = made.part(data, "measure", MacroMeasure), made.part(data, "unit", MacroUnit)
    return MacroFigure(
        country=made.part(data, "country", Country),
        year=data["year"],
        measure=measure,
        unit=unit,
        value=made.part(data, "value", value_type(measure, unit)),
        status=made.part(data, "status", Status),
        edition=edition,
        source=source,
    )


def _to_figure(made: Converter, data: Any, _kind: object) -> MacroFigure[Any]:
    """Return a single figure, which contains its own edition and source."""
    _expect(data, _ALONE, "a figure")
    edition, source = made.part(data, "edition", str), made.part(data, "source", Source)
    return _figure(made, {name: data[name] for name in _FIGURE}, edition, source)


def _to_table(made: Converter, data: Any, _kind: object) -> MacroTable:
    """Return a table from its edition and its figures, which do not repeat the edition."""
    _expect(data, _TABLE, "a table")
    edition, source = made.part(data, "edition", str), made.part(data, "source", Source)
    return MacroTable(
        edition=edition,
        last_outcome=made.part(data, "last_outcome", int),
        source=source,
        note=made.part(data, "note", str),
        figures=made.parts(data, "figures", lambda item: _figure(made, item, edition, source)),
    )


def _table_data(made: Converter, table: MacroTable) -> dict[str, Any]:
    return {
        "edition": table.edition,
        "last_outcome": table.last_outcome,
        "source": made.unstructure(table.source),
        "note": table.note,
        "figures": [_figure_data(made, item) for item in table],
    }


def _figure_data(made: Converter, item: MacroFigure[Any]) -> dict[str, Any]:
    return {
        "country": item.country.alpha_3,
        "year": item.year,
        "measure": item.measure.value,
        "unit": item.unit.value,
        "value": made.unstructure(item.value),
        "status": item.status.value,
    }


def _expect(data: object, names: tuple[str, ...], what: str) -> None:
    if not isinstance(data, Mapping) or set(data) != set(names):
        raise UnexpectedValueError(what, repr(data)[:80], f"write {{{', '.join(names)}}}")
