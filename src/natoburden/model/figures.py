"""Figures of your own: one number or amount per country, or per country and year, with their sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Self, cast

import attrs

from natoburden.errors import (
    DocumentError,
    DocumentFault,
    MissingFiguresError,
    NatoBurdenError,
    NoObservationError,
    UnexpectedValueError,
)
from natoburden.model._checks import exactly, expect
from natoburden.model._figures import spans
from natoburden.model._frames import Cell, Tabular
from natoburden.model._numbers import Number, checked_decimal, checked_year
from natoburden.model.countries import Country, by_country
from natoburden.model.evidence import Documented
from natoburden.model.money import Money
from natoburden.model.sources import Source, distinct

__all__ = ["CountryFigures", "YearlyFigures"]

_HINT = "give a mapping of countries to figures: {'POL': 1163, 'FIN': 1340}"
_YEARLY_HINT = "give a mapping of years to figures by country: {2025: {'POL': 3, 'FIN': 0}}"
_COLUMNS = ("country", "year", "value")
_QUOTE = "it has more cells than the header: write a cell with a comma in quotes, and numbers without separators"


@attrs.frozen(kw_only=True)
class CountryFigures(Documented):
    """Figures by country, such as exposed borders or development aid; `of` builds them.

    Each figure is a number or an amount of money, and no figure is negative. All figures are of one kind.

    >>> source = Source(title="Land borders", publisher="an atlas")
    >>> borders = CountryFigures.of("exposed border, km", {"POL": 1163, "FIN": 1340}, source=source)
    >>> print(borders, borders.figure(Country("FIN")))
    exposed border, km of 2 countries 1340
    """

    name: str = attrs.field(validator=exactly(str, "a name"))
    values: tuple[tuple[Country, Decimal | Money], ...] = attrs.field(repr=False)
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    further_sources: tuple[Source, ...] = attrs.field(default=(), repr=False)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that contain the figures."""
        return (self.source, *self.further_sources)

    @classmethod
    def of(
        cls, name: str, values: Mapping[Country, Number | Money] | Mapping[str, Number | Money], *, source: Source
    ) -> Self:
        """Return figures by country; raises `UnexpectedValueError` for a country that is named twice."""
        expect(values, Mapping, "figures by country", _HINT)
        found = [(country, _figure(name, figure)) for country, figure in by_country(name, values).items()]
        kinds = {(figure.currency, figure.basis) if isinstance(figure, Money) else None for _, figure in found}
        if len(kinds) > 1:
            hint = "all figures are numbers, or all are amounts of one currency and basis"
            raise UnexpectedValueError(name, "a mixture", hint)
        return cls(name=name, values=tuple(sorted(found, key=lambda pair: pair[0])), source=source)

    def in_year(self, year: int) -> CountryFigures:  # noqa: ARG002 # same parameters as `YearlyFigures.in_year`
        """Return the figures unchanged, because they are assumed to be the same in every year."""
        return self

    def figure(self, country: Country) -> Decimal | Money:
        """Return a country's figure; raises `MissingFiguresError` if the figure is missing."""
        return self.figures([country])[0]

    def figures(self, countries: Iterable[Country]) -> list[Decimal | Money]:
        """Return the figures of several countries in order; raises `MissingFiguresError` if any figure is missing."""
        known, wanted = dict(self.values), list(countries)
        missing = tuple(str(country) for country in wanted if country not in known)
        if missing:
            raise MissingFiguresError(self.name, missing)
        return [known[country] for country in wanted]

    def __str__(self) -> str:
        return f"{self.name} of {len(self.values)} countries"


@attrs.frozen(kw_only=True)
class YearlyFigures(Tabular):
    """Figures by country and year; `of` and `from_rows` build them.

    A statistic of a year uses the figures of that year, and one object therefore serves statistics of many years.
    Different years may have figures for different countries. A statistic raises an error if one of its countries has no
    figure in the year.

    >>> source = Source(title="Attacks", publisher="an invented register")
    >>> attacks = YearlyFigures.of("attacks", {2024: {"POL": 1, "FIN": 0}, 2025: {"POL": 3}}, source=source)
    >>> print(attacks, "|", attacks.in_year(2025).figure(Country("POL")))
    attacks, 2024-2025, 2 countries | 3
    """

    name: str = attrs.field(validator=exactly(str, "a name"))
    by_year: tuple[tuple[int, CountryFigures], ...] = attrs.field(repr=lambda years: f"<{len(years)} years>")

    @classmethod
    def of(
        cls,
        name: str,
        values: Mapping[int, Mapping[Country, Number | Money]] | Mapping[int, Mapping[str, Number | Money]],
        *,
        source: Source,
    ) -> Self:
        """Return figures by year and country from one document; raises `UnexpectedValueError` without years."""
        expect(values, Mapping, "figures by year", _YEARLY_HINT)
        years = {checked_year(year): CountryFigures.of(name, given, source=source) for year, given in values.items()}
        if not years:
            raise UnexpectedValueError(name, "no year", _YEARLY_HINT)
        return cls(name=name, by_year=tuple(sorted(years.items(), key=lambda pair: pair[0])))

    @classmethod
    def from_rows(
        cls, name: str, rows: Iterable[Mapping[str, object]], *, source: Source | None = None, document: str = ""
    ) -> Self:
        """Return figures from rows with a country, a year, a value and a source, such as rows of a CSV file.

        ``csv.DictReader`` gives the rows of a file, and ``frame.to_dicts()`` gives the rows of a Polars frame of texts.
        A row with a blank value is left out. The column ``source`` has the title of each row's document; without this
        column, the argument `source` is needed. Values are texts, whole numbers or Decimals, never floats. Raises one
        `DocumentError` that lists all faults with their rows.

        >>> rows = [{"country": "Poland", "year": "2025", "value": "3", "source": "An invented register"}]
        >>> print(YearlyFigures.from_rows("attacks", rows).in_year(2025).source)
        figures of the caller, An invented register
        """
        found: dict[int, dict[Country, tuple[Decimal, Source]]] = {}
        faults = []
        for number, row in enumerate(rows):
            try:
                read = _read_row(name, row, source)
                if read and read[1] in found.setdefault(read[0], {}):
                    raise UnexpectedValueError(name, f"{read[1]}, {read[0]}", "give each country once in a year")
            except NatoBurdenError as error:
                faults.append(DocumentFault(f"rows[{number}]", str(error)))
                continue
            if read:
                year, country, value, where = read
                found[year][country] = (value, where)
        if faults:
            raise DocumentError(document or name, faults)
        if not found:
            raise UnexpectedValueError(name, "no row with a value", "each row has a country, a year and a value")
        return cls(name=name, by_year=tuple((year, _of_rows(name, figures)) for year, figures in sorted(found.items())))

    @property
    def years(self) -> tuple[int, ...]:
        """The years with a figure, in order."""
        return tuple(year for year, _ in self.by_year)

    def in_year(self, year: int) -> CountryFigures:
        """Return the figures of one year; raises `NoObservationError` for a year without figures."""
        known = dict(self.by_year)
        if checked_year(year) not in known:
            raise NoObservationError(self.name, "any country", year, "your own figures", spans(known))
        return known[year]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that contain the figures, each once."""
        return distinct(source for _, figures in self.by_year for source in figures.sources)

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per figure: country, year, and value as a float; money is in units of its currency."""
        rows = [(country, year, value) for year, figures in self.by_year for country, value in figures.values]
        return {
            "country": [country.alpha_3 for country, *_ in rows],
            "country_name": [str(country) for country, *_ in rows],
            "year": [year for _, year, _ in rows],
            "value": [float(value.amount if isinstance(value, Money) else value) for *_, value in rows],
        }

    def __str__(self) -> str:
        countries = {country for _, figures in self.by_year for country, _ in figures.values}
        return f"{self.name}, {spans(self.years)}, {len(countries)} countries"


def _read_row(
    name: str, row: Mapping[str, object], source: Source | None
) -> tuple[int, Country, Decimal, Source] | None:
    """Return the year, country, value and source of a row, or None if its value is blank."""
    expect(row, Mapping, "a row", "give rows as mappings: {'country': 'POL', 'year': 2025, 'value': '3'}")
    further = cast(Mapping[object, object], row).get(None)  # csv.DictReader puts surplus cells there
    if isinstance(further, list) and (beyond := [cell for cell in further if cell.strip()]):
        raise UnexpectedValueError("a row", f"…{', '.join(beyond)}", _QUOTE)
    if missing := [column for column in _COLUMNS if column not in row]:
        raise UnexpectedValueError("a row", ", ".join(map(str, row)) or "nothing", f"it lacks {', '.join(missing)}")
    country, year, value = (row[column] for column in _COLUMNS)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    title = row.get("source")
    if isinstance(title, str) and title.strip():
        source = Source(title=title.strip(), publisher=_CALLER)
    if source is None:
        raise UnexpectedValueError("a row", "no source", "fill the column source, or give one for all: source=...")
    when = int(year) if isinstance(year, str) and year.strip().isdecimal() else year
    number = _figure(name, value)  # type: ignore[arg-type] # it refuses anything but a number
    if isinstance(number, Money):
        raise UnexpectedValueError(name, str(number), "a row has a number; amounts go through YearlyFigures.of")
    return checked_year(when), Country.find(country), number, source  # type: ignore[arg-type] # both check


_CALLER = "figures of the caller"


def _of_rows(name: str, figures: Mapping[Country, tuple[Decimal, Source]]) -> CountryFigures:
    first, *further = dict.fromkeys(source for _, source in figures.values())
    values = tuple(sorted((country, value) for country, (value, _) in figures.items()))
    return CountryFigures(name=name, values=values, source=first, further_sources=tuple(further))


def _figure(name: str, figure: Number | Money) -> Decimal | Money:
    number = figure.amount if isinstance(figure, Money) else checked_decimal(figure, name)
    if number < 0:
        raise UnexpectedValueError(name, str(figure), "figures of countries are not negative")
    return figure if isinstance(figure, Money) else number
