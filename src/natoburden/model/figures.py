"""Figures of your own: one number or amount per country, with their source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Self

import attrs

from natoburden.errors import MissingFiguresError, UnexpectedValueError
from natoburden.model._checks import exactly, expect
from natoburden.model._numbers import Number, checked_decimal
from natoburden.model.countries import Country, by_country
from natoburden.model.evidence import Documented
from natoburden.model.money import Money
from natoburden.model.sources import Source

__all__ = ["CountryFigures"]

_HINT = "give a mapping of countries to figures: {'POL': 1163, 'FIN': 1340}"


@attrs.frozen(kw_only=True)
class CountryFigures(Documented):
    """One figure for each of several countries, such as exposed borders or development aid; build with `of`.

    Each is a number or an amount of money, not negative, and all are of one kind.

    >>> source = Source(title="Land borders", publisher="an atlas")
    >>> borders = CountryFigures.of("exposed border, km", {"POL": 1163, "FIN": 1340}, source=source)
    >>> print(borders, borders.figure(Country("FIN")))
    exposed border, km of 2 countries 1340
    """

    name: str = attrs.field(validator=exactly(str, "a name"))
    values: tuple[tuple[Country, Decimal | Money], ...] = attrs.field(repr=False)
    source: Source = attrs.field(validator=exactly(Source, "a source"))

    @classmethod
    def of(
        cls, name: str, values: Mapping[Country, Number | Money] | Mapping[str, Number | Money], *, source: Source
    ) -> Self:
        """Return figures by country; a country named twice, under two names, raises `UnexpectedValueError`."""
        expect(values, Mapping, "figures by country", _HINT)
        found = [(country, _figure(name, figure)) for country, figure in by_country(name, values).items()]
        kinds = {(figure.currency, figure.basis) if isinstance(figure, Money) else None for _, figure in found}
        if len(kinds) > 1:
            hint = "all figures are numbers, or all are amounts of one currency and basis"
            raise UnexpectedValueError(name, "a mixture", hint)
        return cls(name=name, values=tuple(sorted(found, key=lambda pair: pair[0])), source=source)

    def figure(self, country: Country) -> Decimal | Money:
        """Return a country's figure; raises `MissingFiguresError` where there is none."""
        return self.figures([country])[0]

    def figures(self, countries: Iterable[Country]) -> list[Decimal | Money]:
        """Return the figures of several countries in order; raises `MissingFiguresError` with all that lack one."""
        known, wanted = dict(self.values), list(countries)
        missing = tuple(str(country) for country in wanted if country not in known)
        if missing:
            raise MissingFiguresError(self.name, missing)
        return [known[country] for country in wanted]

    def __str__(self) -> str:
        return f"{self.name} of {len(self.values)} countries"


def _figure(name: str, figure: Number | Money) -> Decimal | Money:
    number = figure.amount if isinstance(figure, Money) else checked_decimal(figure, name)
    if number < 0:
        raise UnexpectedValueError(name, str(figure), "figures of countries are not negative")
    return figure if isinstance(figure, Money) else number
