"""Countries are written as alpha-3 codes, and read from any name of the country."""

from __future__ import annotations

import operator

from natoburden.model.countries import Country
from natoburden.serialization._converter import Converter


def register(made: Converter) -> None:
    made.as_text(Country, Country.find, operator.attrgetter("alpha_3"))
