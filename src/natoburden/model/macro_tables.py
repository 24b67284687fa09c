"""Macroeconomic figures by country and year, such as those of the IMF's outlook, with their measures and units."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import attrs

from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import exactly, expect, first_twice, member
from natoburden.model._figures import Figures, Kind, spans
from natoburden.model._frames import Cell, Tabular
from natoburden.model._numbers import checked_decimal, checked_year, divide
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country, CountryLike
from natoburden.model.deflators import Deflator
from natoburden.model.evidence import Documented
from natoburden.model.macro_measures import InternationalDollars, MacroMeasure, MacroUnit, value_type
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, Status

__all__ = ["MacroFigure", "MacroTable"]

_MILLION = Decimal(1_000_000)
Value_co = TypeVar("Value_co", bound="Money | InternationalDollars | Share | Rate | Decimal", covariant=True)


class _Series(NamedTuple):
    """A measure in one of its units; the text of a series is its name in messages."""

    measure: MacroMeasure
    unit: MacroUnit

    def __str__(self) -> str:
        return f"{self.measure.label} in {self.unit}"


def _is_year(_instance: object, _attribute: object, value: Any) -> None:
    checked_year(value)


@attrs.frozen(kw_only=True)
class MacroFigure(Documented, Generic[Value_co]):
    """One figure of an outlook, with its country, year, measure, unit and status.

    Amounts are `Money`, or `InternationalDollars` at purchasing power parity. Revenue and expenditure are a `Share` of
    GDP, and other percentages are a `Rate`. An index, a conversion rate or a number of persons is a `Decimal`. Raises
    `UnexpectedValueError` for a value of another type.
    """

    country: Country = attrs.field(validator=exactly(Country, "a country"))
    year: int = attrs.field(validator=_is_year)
    measure: MacroMeasure = attrs.field(validator=exactly(MacroMeasure, "a measure"))
    unit: MacroUnit = attrs.field(validator=exactly(MacroUnit, "a unit"))
    value: Value_co = attrs.field()
    status: Status = attrs.field(validator=exactly(Status, "a status"))
    edition: str
    source: Source = attrs.field(validator=exactly(Source, "a source"), repr=False)

    @value.validator
    def _is_of_the_unit(self, _attribute: object, value: object) -> None:
        kind = value_type(self.measure, self.unit)
        expect(value, kind, f"a figure in {self.unit}", f"give it as {kind.__name__}")
        if isinstance(value, Decimal):
            checked_decimal(value, "figure")

    @property
    def is_forecast(self) -> bool:
        """Whether the figure is a forecast of the publisher."""
        return self.status is Status.PROJECTION

    @property
    def firmness(self) -> Status:
        """Whether the figure is an outcome or a forecast."""
        return self.status

    @property
    def working(self) -> str:
        """The figure with its measure, country and year, at full precision, as needed for checks by hand."""
        value = self.value
        if isinstance(value, Money):
            written = f"{value.in_millions:,f} m {value.currency}, {value.basis}"
        elif isinstance(value, InternationalDollars):
            written = f"{divide(value.amount, _MILLION):,f} m {self.unit}"
        elif isinstance(value, Share | Rate):
            written = f"{value.as_percent:f} {self.unit.value.replace('percent', '%')}"
        else:
            written = f"{value:,f} {self.unit}"
        return f"{self.measure.label}, {self.country}, {self.year}: {written} ({self.status}, edition {self.edition})"

    @property
    def reference(self) -> dict[str, object]:
        """Plain values that identify the figure: measure, unit, country, year, edition, value and status."""
        return {
            "measure": self.measure,
            "unit": self.unit,
            "country": self.country,
            "year": self.year,
            "value": self.value,
            "status": self.status,
            "edition": self.edition,
        }

    @property
    def in_full(self) -> str:
        """The figure with its measure, country, year, status and edition."""
        return f"{self.measure.label} of {self.country}, {self.year}: {self} ({self.status}, {self.edition})"

    def __str__(self) -> str:
        """Return the figure alone, with its unit; `in_full` adds its measure, country, year, status and edition."""
        value = self.value
        if isinstance(value, Share | Rate):
            return f"{value}{self.unit.value.removeprefix('percent')}"
        return f"{value:,f} {self.unit}" if isinstance(value, Decimal) else str(value)


_Figures: TypeAlias = Figures[MacroFigure[Any]]


def _as_figures(figures: Iterable[MacroFigure[Any]] | _Figures) -> _Figures:
    if isinstance(figures, Figures):
        return figures
    return Figures.of(figures, lambda item: (kind_of(item.measure, item.unit), item.country, item.year))


@functools.cache
def kind_of(measure: MacroMeasure, unit: MacroUnit) -> Kind:
    """Return the kind of a figure, which is its measure and its unit."""
    return _Series(measure, unit), None, None


@attrs.frozen(kw_only=True)
class MacroTable(Tabular):
    """One edition of an outlook; figures are looked up by country, year, measure and unit.

    Figures after the year `last_outcome` are forecasts. A missing figure raises `NoObservationError`, which lists the
    available figures. Raises `UnexpectedValueError` for a table without figures, or with two figures for one cell.
    """

    edition: str = attrs.field(validator=exactly(str, "an edition"))
    last_outcome: int = attrs.field(validator=_is_year)
    source: Source = attrs.field(validator=exactly(Source, "a source"), repr=False)
    note: str = attrs.field(default="", repr=False)
    _figures: _Figures = attrs.field(alias="figures", converter=_as_figures)

    def __attrs_post_init__(self) -> None:
        if not self._figures:
            raise UnexpectedValueError("an outlook", self.edition, "it holds no figure: give at least one")
        if sum(map(len, self._figures.series.values())) < len(self._figures):
            cell = first_twice((f"{item.measure}, {item.unit}", item.country, item.year) for item in self._figures)
            raise UnexpectedValueError("an outlook", self.edition, f"two figures stand for one cell: {cell}; keep one")

    def __repr__(self) -> str:
        return f"<MacroTable {self.edition}: {len(self.countries)} countries, {spans(self.years)}>"

    def __iter__(self) -> Iterator[MacroFigure[Any]]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    @functools.cached_property
    def units(self) -> Mapping[MacroMeasure, tuple[MacroUnit, ...]]:
        """The units of each measure."""
        found: dict[MacroMeasure, dict[MacroUnit, None]] = {}
        for ((measure, unit), *_), _ in self._figures.series:
            found.setdefault(measure, {})[unit] = None
        return {measure: tuple(found[measure]) for measure in MacroMeasure if measure in found}

    @functools.cached_property
    def countries(self) -> tuple[Country, ...]:
        """The countries with a figure."""
        return tuple(sorted({country for _, country in self._figures.series if isinstance(country, Country)}))

    @functools.cached_property
    def years(self) -> tuple[int, ...]:
        """The years with a figure, in order."""
        return tuple(sorted(set().union(*self._figures.series.values())))

    def figure(
        self, country: CountryLike, year: int, measure: MacroMeasure | str, unit: MacroUnit | str | None = None
    ) -> MacroFigure[Any]:
        """Return a figure; for GDP, which has four units, you must name the unit.

        Raises `UnexpectedValueError` if a measure has several units and you name no unit. Raises `UnknownNameError` for
        an unknown measure, or for a unit that the measure does not have. Raises `NoObservationError` for a missing
        figure.

        >>> from natoburden.datasets import macro
        >>> print(macro().figure("Poland", 2025, "gdp", "US dollars").in_full)
        gross domestic product of Poland, 2025: USD 1.04 tn (current prices) (actual, 2026-04)
        """
        where, when = Country.find(country), checked_year(year)
        kind = self._kind(member(MacroMeasure, measure), unit)
        place = self._figures.series.get((kind, where), {}).get(when)
        if place is None:
            what, available = self._figures.there_is(kind, where)
            raise NoObservationError(what, str(where), when, self.edition, available)
        return self._figures[place]

    def select(
        self,
        *,
        country: CountryLike | None = None,
        year: int | None = None,
        measure: MacroMeasure | str | None = None,
        unit: MacroUnit | str | None = None,
    ) -> Iterator[MacroFigure[Any]]:
        """Return the figures that match all given arguments, in the order of the file."""
        where = None if country is None else Country.find(country)
        when = None if year is None else checked_year(year)
        counted = None if measure is None else member(MacroMeasure, measure)
        written = None if unit is None else member(MacroUnit, unit)
        places = (
            place
            for (((found, how), *_), whose), years in self._figures.series.items()
            if where in (None, whose) and counted in (None, found) and written in (None, how)
            for at, place in years.items()
            if when in (None, at)
        )
        return map(self._figures.__getitem__, sorted(places))

    def deflator(self, country: CountryLike) -> Deflator:
        """Return a country's GDP deflator as a price index of its currency; the index includes forecasts.

        Raises `NoObservationError` for a country that the table lacks.

        >>> from natoburden.datasets import macro
        >>> print(macro().deflator("Germany").change(2021, 2025))
        +20.59 %
        """
        where = Country.find(country)
        gdp = self.figure(where, self.last_outcome, MacroMeasure.GDP, MacroUnit.NATIONAL_CURRENCY)
        levels = {item.year: item.value for item in self.select(country=where, measure=MacroMeasure.GDP_DEFLATOR)}
        name = f"GDP deflator of {where}, edition {self.edition}"
        return Deflator.of(name, gdp.value.currency, levels, source=self.source)

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per figure: country, year, measure, value, unit, currency, price basis, status and edition.

        Values are floats: shares and rates in percent, money in units of its currency, and populations in persons.
        """
        rows = tuple(self)
        money = [item.value if isinstance(item.value, Money) else None for item in rows]
        return {
            "country": [item.country.alpha_3 for item in rows],
            "country_name": [str(item.country) for item in rows],
            "year": [item.year for item in rows],
            "measure": [item.measure.value for item in rows],
            "value": [_flat(item.value) for item in rows],
            "unit": [item.unit.value for item in rows],
            "currency": [str(amount.currency) if amount else "" for amount in money],
            "basis": [str(amount.basis) if amount else "" for amount in money],
            "status": [item.status.value for item in rows],
            "edition": [item.edition for item in rows],
        }

    @property
    def caption(self) -> tuple[str, ...]:
        """The edition and its source."""
        return (repr(self).strip("<>"), f"Source: {self.source}")

    def _kind(self, measure: MacroMeasure, unit: MacroUnit | str | None) -> Kind:
        if measure not in self.units:
            known = tuple(map(str, self.units))
            raise UnknownNameError(f"measure of edition {self.edition}", str(measure), known)
        units = self.units[measure]
        valid = tuple(map(str, units))
        if unit is None and len(units) > 1:
            hint = f"the measure has several units, say which: {', '.join(map(repr, valid))}"
            raise UnexpectedValueError(f"the unit of {measure}", "not given", hint)
        if unit is None:
            return kind_of(measure, units[0])
        if unit not in (*units, *valid):
            raise UnknownNameError(f"unit of {measure}", str(unit), valid, nearest(str(unit), valid))
        return kind_of(measure, member(MacroUnit, unit))


def _flat(value: Money | InternationalDollars | Share | Rate | Decimal) -> float:
    if isinstance(value, Money | InternationalDollars):
        return float(value.amount)
    return float(value.as_percent if isinstance(value, Share | Rate) else value)
