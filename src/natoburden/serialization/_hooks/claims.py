"""Counts are written as ``4`` or ``{at_least = 2}``, and figures of claims with their kind, as ``{share = "5 %"}``."""

from __future__ import annotations

from typing import Any

from natoburden.errors import UnknownNameError
from natoburden.model._checks import noun
from natoburden.model.claims import ClaimedQuantity, Count
from natoburden.model.money import Money
from natoburden.model.shares import Share
from natoburden.serialization._converter import Converter, unexpected

_QUANTITIES: dict[str, Any] = {noun(kind): kind for kind in (Share, Money, Count)}


def register(made: Converter) -> None:
    def to_quantity(value: object, _kind: object) -> ClaimedQuantity:
        if not isinstance(value, dict) or len(value) != 1:
            raise unexpected("a quantity", value, "write one of {share = ...}, {money = ...}, {count = ...}")
        [(name, figure)] = value.items()
        if name not in _QUANTITIES:
            raise UnknownNameError("kind of quantity", str(name), tuple(_QUANTITIES))
        quantity: ClaimedQuantity = made.structure(figure, _QUANTITIES[name])
        return quantity

    def quantity_data(value: ClaimedQuantity) -> dict[str, Any]:
        return {noun(type(value)): made.unstructure(value)}

    by_fields = made.gen_structure_attrs_fromdict(Count)

    def to_count(value: object, kind: object) -> Count:
        if type(value) is int:
            return Count.exactly(value)
        if not isinstance(value, dict):
            raise unexpected("a count", value, "write a whole number, or {at_least = 2}")
        return by_fields(value, kind)

    made.reads(ClaimedQuantity, to_quantity)
    made.writes(ClaimedQuantity, quantity_data)
    made.reads(Count, to_count)
