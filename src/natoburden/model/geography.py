"""The capitals of countries, and the land borders between countries."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import exactly
from natoburden.model._numbers import Number, checked_decimal
from natoburden.model.countries import Country
from natoburden.model.evidence import Documented
from natoburden.model.sources import Source

__all__ = ["Capital", "LandBorder"]


def _degrees(value: Number) -> Decimal:
    return checked_decimal(value, "degrees")


def _within(limit: int) -> Any:
    def check(_instance: object, attribute: Any, value: Decimal) -> None:
        if not -limit <= value <= limit:
            raise UnexpectedValueError(
                f"a {attribute.name}", f"{value:f}", f"it lies between -{limit} and {limit} degrees"
            )

    return check


def _other_country(border: Any, _attribute: object, other: Country) -> None:
    if other == border.one:
        raise UnexpectedValueError("a land border", str(other), "a border lies between two countries: name the other")


@attrs.frozen(kw_only=True)
class Capital(Documented):
    """A country's capital with its latitude and longitude in degrees; north and east are positive.

    >>> source = Source(title="Capitals", publisher="an atlas")
    >>> print(Capital(country=Country("POL"), name="Warsaw", latitude="52.25", longitude=21, source=source))
    Warsaw, Poland: 52.25, 21
    """

    country: Country = attrs.field(validator=exactly(Country, "a country"))
    name: str = attrs.field(validator=exactly(str, "a name"))
    latitude: Decimal = attrs.field(converter=_degrees, validator=_within(90))
    longitude: Decimal = attrs.field(converter=_degrees, validator=_within(180))
    source: Source = attrs.field(validator=exactly(Source, "a source"))

    def __str__(self) -> str:
        return f"{self.name}, {self.country}: {self.latitude:.6g}, {self.longitude:.6g}"


@attrs.frozen(kw_only=True)
class LandBorder(Documented):
    """Two countries that share a land border.

    >>> source = Source(title="Borders", publisher="an atlas")
    >>> print(LandBorder(one=Country("POL"), other=Country("LTU"), source=source))
    Poland and Lithuania
    """

    one: Country = attrs.field(validator=exactly(Country, "a country"))
    other: Country = attrs.field(validator=[exactly(Country, "a country"), _other_country])
    source: Source = attrs.field(validator=exactly(Source, "a source"))

    def __str__(self) -> str:
        return f"{self.one} and {self.other}"
