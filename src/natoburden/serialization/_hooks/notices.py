"""A buyer is written as the alpha-3 code of a country, or as the name of an agency, which begins with NATO."""

from __future__ import annotations

import operator

from natoburden.model.notices import Buyer, find_buyer
from natoburden.serialization._converter import Converter, unexpected


def register(made: Converter) -> None:
    made.as_text(Buyer, lambda value: find_buyer(_name(value)), operator.attrgetter("key"))


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise unexpected("a buyer", value, "write a country, or the name of an agency of NATO")
    return value
