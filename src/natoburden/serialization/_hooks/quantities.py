"""Quantities of energy are written with their unit and basis: ``"2 Mt of LNG"``, ``"36 PJ (net)"``."""

from __future__ import annotations

from typing import Any, get_args

from natoburden.model._numbers import plain
from natoburden.model.quantities import Energy, FuelMass, GasVolume, LngMass, OilVolume, parse_quantity
from natoburden.serialization._converter import Converter, unexpected

_PHYSICAL = {Energy, FuelMass, GasVolume, LngMass, OilVolume}


def register(made: Converter) -> None:
    made.register_structure_hook_func(_is_physical, _to_physical)
    for quantity in _PHYSICAL:
        made.writes(quantity, lambda value: f"{plain(value.amount)} {value.kind}")


def _is_physical(kind: Any) -> bool:
    return kind in _PHYSICAL or (get_args(kind) != () and set(get_args(kind)) <= _PHYSICAL)


def _to_physical(value: object, kind: Any) -> object:
    if not isinstance(value, str):
        raise unexpected("a quantity", value, "write it as text, with its unit: '2 Mt of LNG', '0.7 bcm'")
    found = parse_quantity(value)
    if type(found) not in (get_args(kind) or (kind,)):
        raise unexpected(f"a quantity of the kind {kind.__name__}", value, f"its type is {type(found).__name__}")
    return found
