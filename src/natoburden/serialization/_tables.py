"""How tables of figures, and the quantities and places in them, are written as plain data and read from it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, get_args, get_origin

import cattrs

from natoburden.errors import DocumentError, DocumentFault, NatoBurdenError, UnexpectedValueError
from natoburden.model._checks import member
from natoburden.model._numbers import checked_decimal, plain
from natoburden.model.energy import AnyFuel, OtherFuel, OtherPlace, Place, find_fuel, find_place
from natoburden.model.expenditure import MONEY_MEASURES, Edition, ExpenditureTable, Measure, Observation
from natoburden.model.keyed import Keyed
from natoburden.model.memberships import Entity
from natoburden.model.money import Money
from natoburden.model.periods import Period, PeriodRun
from natoburden.model.quantities import Energy, GasVolume, LngMass, OilVolume, parse_quantity
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Status

__all__ = ["register"]

_FIGURE = ("measure", "entity", "year", "value", "status")
_RATES = (Measure.REAL_CHANGE, Measure.REAL_CHANGE_SINCE_2014)


_PHYSICAL = (Energy, GasVolume, LngMass, OilVolume)


def register(made: cattrs.Converter) -> None:
    """Register the hooks of tables, of their figures, and of the classes that only tables hold."""
    made.register_structure_hook_func(_is_observation, functools.partial(_to_observation, made))
    made.register_structure_hook(ExpenditureTable, functools.partial(_to_table, made))
    made.register_unstructure_hook(ExpenditureTable, functools.partial(_table_data, made))
    made.register_structure_hook_func(lambda kind: kind == AnyFuel, lambda value, _: find_fuel(_code(value)))
    made.register_structure_hook(OtherFuel, lambda value, _: OtherFuel(_code(value)))
    made.register_structure_hook(OtherPlace, lambda value, _: OtherPlace(_code(value)))
    made.register_unstructure_hook(OtherPlace, str)
    made.register_structure_hook_func(lambda kind: kind == Place, lambda value, _: find_place(_code(value)))
    made.register_unstructure_hook(Place, lambda place: place.key)
    made.register_structure_hook(Period, lambda value, _: Period.parse(_year_or_text(value)))
    made.register_unstructure_hook(Period, str)
    made.register_structure_hook(PeriodRun, lambda value, _: PeriodRun.parse(_year_or_text(value)))
    made.register_unstructure_hook(PeriodRun, str)
    made.register_structure_hook_func(_is_physical, _to_physical)
    for quantity in _PHYSICAL:
        made.register_unstructure_hook(quantity, lambda value: f"{plain(value.amount)} {value.kind}")
    made.register_unstructure_hook_func(lambda kind: kind == AnyFuel, lambda fuel: fuel.value)
    made.register_unstructure_hook(OtherFuel, lambda fuel: fuel.code)
    made.register_structure_hook(dt.datetime, _to_moment)
    made.register_unstructure_hook(dt.datetime, dt.datetime.isoformat)
    made.register_structure_hook_func(
        lambda kind: kind == Decimal | Money, functools.partial(_to_number_or_money, made)
    )
    made.register_structure_hook_func(lambda kind: kind is Keyed, _no_kind)
    made.register_structure_hook_func(lambda kind: getattr(kind, "is_one_way", False), _one_way)


def _is_observation(kind: Any) -> bool:
    return kind is Observation or get_origin(kind) is Observation


def _kind_of(measure: Measure) -> type:
    """Return the type that a measure's figures have."""
    if measure in MONEY_MEASURES:
        return Money
    if measure is Measure.MILITARY_PERSONNEL:
        return Decimal
    return Rate if measure in _RATES else Share


def _figure(made: cattrs.Converter, data: object, edition: Edition) -> Observation[Any]:
    if not isinstance(data, Mapping) or set(data) != set(_FIGURE):
        raise UnexpectedValueError("a figure", repr(data)[:80], f"write {{{', '.join(_FIGURE)}}}")
    measure = member(Measure, data["measure"])
    return Observation(
        measure=measure,
        entity=made.structure(data["entity"], Entity),  # type: ignore[arg-type] # a hook reads the union
        year=data["year"],
        value=made.structure(data["value"], _kind_of(measure)),
        status=member(Status, data["status"]),
        edition=edition,
    )


def _figure_data(made: cattrs.Converter, item: Observation[Any]) -> dict[str, Any]:
    return {
        "measure": item.measure.value,
        "entity": item.entity.key,
        "year": item.year,
        "value": made.unstructure(item.value),
        "status": item.status.value,
    }


def _to_observation(made: cattrs.Converter, data: object, _kind: object) -> Observation[Any]:
    """Take one figure that stands alone, with its whole edition."""
    if not isinstance(data, Mapping) or "edition" not in data:
        raise UnexpectedValueError("a figure", repr(data)[:80], f"write {{{', '.join(_FIGURE)}, edition}}")
    edition = made.structure(data["edition"], Edition)
    return _figure(made, {name: part for name, part in data.items() if name != "edition"}, edition)


def _to_table(made: cattrs.Converter, data: object, _kind: object) -> ExpenditureTable:
    """Take an edition, and its figures without it."""
    if not isinstance(data, Mapping) or set(data) != {"edition", "figures"}:
        raise UnexpectedValueError("a table", repr(data)[:80], "write {edition, figures}")
    edition = made.structure(data["edition"], Edition)
    if not isinstance(data["figures"], list | tuple):
        raise UnexpectedValueError("the figures of a table", repr(data["figures"])[:80], "write a list")
    found, faults = [], []
    for number, item in enumerate(data["figures"]):
        try:
            found.append(_figure(made, item, edition))
        except (NatoBurdenError, cattrs.BaseValidationError) as error:
            faults.append(DocumentFault(f"figures[{number}]", str(error)))
    if faults:
        raise DocumentError("figures", faults)
    return ExpenditureTable(edition=edition, observations=tuple(found))


def _table_data(made: cattrs.Converter, table: ExpenditureTable) -> dict[str, Any]:
    figures = [_figure_data(made, item) for item in table.observations]
    return {"edition": made.unstructure(table.edition), "figures": figures}


def _year_or_text(value: object) -> str:
    return str(value) if type(value) is int else _code(value)


def _code(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise UnexpectedValueError("a code", repr(value), "write the code of the source as text")
    return value


def _to_moment(value: object, _kind: object) -> dt.datetime:
    if type(value) is dt.datetime:
        return value
    if isinstance(value, str):
        return dt.datetime.fromisoformat(value)
    raise UnexpectedValueError("a moment", repr(value), "write it as 2026-11-24T12:00:00")


def _to_number_or_money(made: cattrs.Converter, value: object, _kind: object) -> Decimal | Money:
    if isinstance(value, Mapping):
        return made.structure(value, Money)
    return checked_decimal(value, "figure")  # type: ignore[arg-type] # it checks the type


def _no_kind(_value: object, _kind: object) -> Keyed[Any]:
    hint = "name the class of its items too: from_data(data, Keyed[Commitment])"
    raise UnexpectedValueError("a kind of document", "Keyed", hint)


def _one_way(_value: object, kind: Any) -> object:
    name = getattr(kind, "__name__", str(kind))
    hint = "results go one way, into documents: read the figures, and compute the result from them again"
    raise UnexpectedValueError("a kind of document", name, hint)


def _is_physical(kind: Any) -> bool:
    kinds = set(get_args(kind)) - {type(None)} if get_args(kind) else {kind}
    return bool(kinds) and kinds <= set(_PHYSICAL)


def _to_physical(value: object, kind: Any) -> object:
    if value is None and type(None) in get_args(kind):
        return None
    if not isinstance(value, str):
        raise UnexpectedValueError(
            "a quantity", repr(value), "write it as text, with its unit: '2 Mt of LNG', '0.7 bcm'"
        )
    found = parse_quantity(value)
    if type(found) not in (get_args(kind) or (kind,)):
        raise UnexpectedValueError(
            f"a quantity of the kind {kind.__name__}", repr(value), f"it is a {type(found).__name__}"
        )
    return found
