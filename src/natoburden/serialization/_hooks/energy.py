"""Fuels and places are written by the codes of their source."""

from __future__ import annotations

import operator

from natoburden.model.energy import AnyFuel, OtherFuel, OtherPlace, Place, find_fuel, find_place
from natoburden.serialization._converter import Converter, unexpected


def register(made: Converter) -> None:
    made.as_text(AnyFuel, lambda value: find_fuel(_code(value)), operator.attrgetter("value"))
    made.as_text(OtherFuel, lambda value: OtherFuel(_code(value)), operator.attrgetter("code"))
    made.as_text(Place, lambda value: find_place(_code(value)), operator.attrgetter("key"))
    made.as_text(OtherPlace, lambda value: OtherPlace(_code(value)), str)


def _code(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise unexpected("a code", value, "write the code of the source as text")
    return value
