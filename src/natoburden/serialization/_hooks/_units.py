"""Units of prices are written by their texts."""

from __future__ import annotations

from natoburden.model.prices import PriceUnit, find_price_unit
from natoburden.serialization._converter import Converter, unexpected


def register(made: Converter) -> None:
    made.as_text(PriceUnit, _unit, str)


def _unit(value: object) -> object:
    if not isinstance(value, str):
        raise unexpected("a unit of a price", value, "write it as text: 'MMBtu', 'Mcf', 'barrel'")
    return find_price_unit(value)
