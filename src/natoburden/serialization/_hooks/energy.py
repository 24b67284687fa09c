"""Places are written as the codes that their source uses."""

from __future__ import annotations

import operator

from natoburden.model.energy import OtherPlace, Place, find_place
from natoburden.serialization._converter import Converter
from natoburden.serialization._hooks._fuels import code_of


def register(made: Converter) -> None:
    made.as_text(Place, lambda value: find_place(code_of(value)), operator.attrgetter("key"))
    made.as_text(OtherPlace, lambda value: OtherPlace(code_of(value)), str)
