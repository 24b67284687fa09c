"""Packaged macroeconomic figures: the IMF's World Economic Outlook."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import Any

from natoburden._once import once
from natoburden.datasets._files import PackagedFile, editions
from natoburden.model._figures import Figures, Kind
from natoburden.model._numbers import CONTEXT
from natoburden.model.countries import Country
from natoburden.model.macro_measures import InternationalDollars, MacroMeasure, MacroUnit, value_type
from natoburden.model.macro_tables import MacroFigure, MacroTable, kind_of
from natoburden.model.memberships import Entity
from natoburden.model.money import CURRENT_PRICES, UNSTATED_PRICES, Money, PriceBasis
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Status

__all__ = ["macro"]

_MANIFEST = "macro/manifest.toml"
_HEADS = 5  # columns before the years
_BILLIONS, _MILLIONS = 9, 6


@once
def macro() -> MacroTable:
    """Return macroeconomic figures of 32 Allies and four partners, 2008 to 2031, from the IMF's outlook of April 2026.

    The measures are GDP in four units, growth, deflator, purchasing power parity, population and inflation. The
    measures of government are revenue, expenditure, balances and debt. Figures for years after 2025 are forecasts, and
    are marked as projections. The table does not show which earlier years are estimates. Amounts at constant prices are
    at the prices of each country's own base year. For seven countries the base year is not known, and the price basis
    is unstated. Credit the IMF.

    >>> table = macro()
    >>> table
    <MacroTable 2026-04: 36 countries, 2008-2031>
    >>> print(table.figure("Germany", 2026, "government_gross_debt").in_full)
    general government gross debt of Germany, 2026: +64.61 % of GDP (projection, 2026-04)
    >>> table.figure("Germany", 2025, "gdp")
    Traceback (most recent call last):
        ...
    natoburden.errors.UnexpectedValueError: ...the measure has several units, say which: 'US dollars', ...
    """
    [file] = editions(_MANIFEST, "outlook").values()
    last: int = file.more["last_outcome"]
    return MacroTable(
        edition=file.key, last_outcome=last, source=file.source, note=file.note, figures=_figures(file, last)
    )


def _figures(file: PackagedFile, last: int) -> Figures[MacroFigure[Any]]:
    """Return the figures of a file; all years are indexed first, and values are read only on request."""
    header, *lines = file.lines()
    years = [(at, int(year)) for at, year in enumerate(header) if at >= _HEADS]
    series: dict[tuple[Kind, Entity], dict[int, int]] = {}
    cells: list[tuple[int, int, int]] = []  # the line, the column and the year of each place
    for number, (country, measure, unit, *_) in enumerate(lines):
        found = [(at, year) for at, year in years if lines[number][at]]
        key = kind_of(MacroMeasure(measure), MacroUnit(unit)), _country(country)
        series[key] = {year: place for place, (_, year) in enumerate(found, start=len(cells))}
        cells += [(number, at, year) for at, year in found]

    def make(place: int) -> MacroFigure[Any]:
        number, at, year = cells[place]
        country, measure, unit, currency, base_year, *_ = lines[number]
        return MacroFigure(
            country=_country(country),
            year=year,
            measure=MacroMeasure(measure),
            unit=MacroUnit(unit),
            value=_value(lines[number][at], MacroMeasure(measure), MacroUnit(unit), currency, base_year),
            status=Status.PROJECTION if year > last else Status.ACTUAL,
            edition=file.key,
            source=file.source,
        )

    return Figures(series, len(cells), make)


_country = functools.cache(Country)


def _value(
    figure: str, measure: MacroMeasure, unit: MacroUnit, currency: str, base_year: str
) -> Money | InternationalDollars | Share | Rate | Decimal:
    """Return the value of a cell: amounts are in billions, persons are in millions, and percentages are unchanged."""
    kind = value_type(measure, unit)
    if kind is Money:
        constant = PriceBasis.constant(int(base_year)) if base_year else UNSTATED_PRICES
        return Money.billions(figure, currency, constant if unit is MacroUnit.CONSTANT_PRICES else CURRENT_PRICES)
    if kind is InternationalDollars:
        return InternationalDollars(Decimal(figure).scaleb(_BILLIONS, context=CONTEXT))
    if kind in (Share, Rate):
        return Share.percent(figure) if kind is Share else Rate.percent(figure)
    return Decimal(figure).scaleb(_MILLIONS if unit is MacroUnit.PERSONS else 0, context=CONTEXT)
