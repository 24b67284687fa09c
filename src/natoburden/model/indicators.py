"""Indicators of countries by year from statistical publishers, with unit, source and edition."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from decimal import Decimal

import attrs

from natoburden.cldr import bare
from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownCountryError, UnknownNameError
from natoburden.model._checks import exactly, twice
from natoburden.model._figures import spans
from natoburden.model._numbers import checked_year
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country, CountryLike
from natoburden.model.deflators import Deflator
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import Share
from natoburden.model.sources import Source, Status

__all__ = ["IndicatorRow", "IndicatorTable"]


@attrs.frozen(kw_only=True)
class IndicatorRow:
    """The figures of one row by year; the row is a country, or an aggregate or place that ISO 3166-1 does not list."""

    code: str
    name: str
    country: Country | None
    figures: tuple[tuple[int, Decimal], ...] = attrs.field(repr=lambda figures: f"<{len(figures)} figures>")
    last_actual: int | None = None

    @functools.cached_property
    def by_year(self) -> Mapping[int, Decimal]:
        """The figures by year."""
        return dict(self.figures)

    def status(self, year: int) -> Status:
        """Return whether a year's figure is an outcome, or an estimate or projection of the publisher."""
        return Status.ESTIMATE if self.last_actual is not None and year > self.last_actual else Status.ACTUAL


@attrs.frozen(kw_only=True)
class IndicatorTable:
    """One indicator of many countries, in its publisher's unit; figures are looked up by country or by row code.

    A missing figure raises `NoObservationError`, because a missing figure is never zero. `edition` is the day of the
    publisher's last update, or the name of the release.
    """

    key: str = attrs.field(validator=exactly(str, "the code of an indicator"))
    name: str
    unit: str = ""
    edition: str = ""
    rows: tuple[IndicatorRow, ...] = attrs.field(repr=lambda rows: f"<{len(rows)} rows>")
    source: Source = attrs.field(repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self._by_code) < len(self.rows):
            again = ", ".join(twice(row.code for row in self.rows))
            raise UnexpectedValueError(f"indicator {self.key}", again, "give each row once")

    @functools.cached_property
    def _by_code(self) -> Mapping[str, IndicatorRow]:
        return {row.code: row for row in self.rows}

    @functools.cached_property
    def _by_country(self) -> Mapping[Country, IndicatorRow]:
        return {row.country: row for row in self.rows if row.country is not None}

    @functools.cached_property
    def _by_name(self) -> Mapping[str, IndicatorRow]:
        """Return rows that are not countries, by name without case and accents; names of two rows are left out."""
        found: dict[str, list[IndicatorRow]] = {}
        for row in self.rows:
            if row.country is None:
                found.setdefault(bare(row.name), []).append(row)
        return {name: rows[0] for name, rows in found.items() if len(rows) == 1}

    @property
    def countries(self) -> tuple[Country, ...]:
        """The countries with a row."""
        return tuple(sorted(self._by_country))

    @functools.cached_property
    def years(self) -> tuple[int, ...]:
        """The years with any figure, in order."""
        return tuple(sorted({year for row in self.rows for year, _ in row.figures}))

    def __iter__(self) -> Iterator[IndicatorRow]:
        return iter(self.rows)

    def row(self, place: CountryLike) -> IndicatorRow:
        """Return the row of a country, or of another place by the publisher's code or name, such as ``"WLD"``."""
        if isinstance(place, str) and place in self._by_code:
            return self._by_code[place]
        try:
            country = Country.find(place)
        except UnknownCountryError:
            if isinstance(place, str) and bare(place) in self._by_name:
                return self._by_name[bare(place)]
            raise
        if country not in self._by_country:
            known = tuple(sorted(str(found) for found in self._by_country))
            raise UnknownNameError(f"row of {self.key}", str(country), known, nearest(str(country), known))
        return self._by_country[country]

    def figure(self, place: CountryLike, year: int) -> Decimal:
        """Return a figure in the publisher's unit; raises `NoObservationError` if the figure is missing."""
        row = self.row(place)
        if checked_year(year) not in row.by_year:
            available = f"{row.name}: {spans(row.by_year)}" if row.by_year else "no year"
            raise NoObservationError(self.name, row.name, year, self.edition, available)
        return row.by_year[year]

    def status(self, place: CountryLike, year: int) -> Status:
        """Return whether a figure is an outcome, or an estimate or projection of the publisher."""
        return self.row(place).status(year)

    def share(self, place: CountryLike, year: int) -> Share:
        """Return a figure in percent as a share."""
        return Share.percent(self.figure(place, year))

    def money(
        self, place: CountryLike, year: int, currency: Currency | str, basis: PriceBasis = CURRENT_PRICES
    ) -> Money:
        """Return a figure as money, in the currency and at the price basis that you give."""
        return Money(self.figure(place, year), currency, basis)

    def deflator(self, place: CountryLike, currency: Currency | str) -> Deflator:
        """Return a country's figures as a price index of a currency; a suitable indicator is the IMF's ``NGDP_D``."""
        row = self.row(place)
        return Deflator.of(f"{self.name} of {row.name}", currency, row.by_year, source=self.source)

    def __str__(self) -> str:
        return f"{self.name} ({self.key}), {len(self.rows)} rows, {spans(self.years)}"
