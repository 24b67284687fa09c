"""A table of expenditure is written as its edition and its figures, which do not repeat the edition."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_origin

from natoburden.errors import UnexpectedValueError
from natoburden.model.expenditure import MONEY_MEASURES, Edition, ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Entity
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Status
from natoburden.serialization._converter import Converter

_FIGURE = ("measure", "entity", "year", "value", "status")
_RATES = (Measure.REAL_CHANGE, Measure.REAL_CHANGE_SINCE_2014)


def register(made: Converter) -> None:
    made.register_structure_hook_func(_is_observation, functools.partial(_to_observation, made))
    made.reads(ExpenditureTable, functools.partial(_to_table, made))
    made.writes(ExpenditureTable, functools.partial(_table_data, made))


def _is_observation(kind: Any) -> bool:
    return kind is Observation or get_origin(kind) is Observation


def _kind_of(measure: Measure) -> type:
    """Return the type that a measure's figures have."""
    if measure in MONEY_MEASURES:
        return Money
    if measure is Measure.MILITARY_PERSONNEL:
        return Decimal
    return Rate if measure in _RATES else Share


def _figure(made: Converter, data: object, edition: Edition) -> Observation[Any]:
    if not isinstance(data, Mapping) or set(data) != set(_FIGURE):
        raise UnexpectedValueError("a figure", repr(data)[:80], f"write {{{', '.join(_FIGURE)}}}")
    measure = made.part(data, "measure", Measure)
    return Observation(
        measure=measure,
        entity=made.part(data, "entity", Entity),
        year=data["year"],
        value=made.part(data, "value", _kind_of(measure)),
        status=made.part(data, "status", Status),
        edition=edition,
    )


def _figure_data(made: Converter, item: Observation[Any]) -> dict[str, Any]:
    return {
        "measure": item.measure.value,
        "entity": item.entity.key,
        "year": item.year,
        "value": made.unstructure(item.value),
        "status": item.status.value,
    }


def _to_observation(made: Converter, data: object, _kind: object) -> Observation[Any]:
    """Return a single figure, which includes its whole edition."""
    if not isinstance(data, Mapping) or "edition" not in data:
        raise UnexpectedValueError("a figure", repr(data)[:80], f"write {{{', '.join(_FIGURE)}, edition}}")
    edition = made.part(data, "edition", Edition)
    return _figure(made, {name: part for name, part in data.items() if name != "edition"}, edition)


def _to_table(made: Converter, data: object, _kind: object) -> ExpenditureTable:
    """Return a table from an edition and its figures, which do not repeat the edition."""
    if not isinstance(data, Mapping) or set(data) != {"edition", "figures"}:
        raise UnexpectedValueError("a table", repr(data)[:80], "write {edition, figures}")
    edition = made.part(data, "edition", Edition)
    figures = made.parts(data, "figures", lambda item: _figure(made, item, edition))
    return ExpenditureTable(edition=edition, observations=figures)


def _table_data(made: Converter, table: ExpenditureTable) -> dict[str, Any]:
    figures = [_figure_data(made, item) for item in table.observations]
    return {"edition": made.unstructure(table.edition), "figures": figures}
