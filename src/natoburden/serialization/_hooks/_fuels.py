"""Fuels are written by the codes of their source."""

from __future__ import annotations

import operator

from natoburden.model._fuels import AnyFuel, OtherFuel, find_fuel
from natoburden.serialization._converter import Converter, unexpected


def register(made: Converter) -> None:
    made.as_text(AnyFuel, lambda value: find_fuel(code_of(value)), operator.attrgetter("value"))
    made.as_text(OtherFuel, lambda value: OtherFuel(code_of(value)), operator.attrgetter("code"))


def code_of(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise unexpected("a code", value, "write the code of the source as text")
    return value
