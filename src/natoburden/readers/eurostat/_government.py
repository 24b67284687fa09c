"""Government expenditure by function, as a table of defence expenditure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from natoburden.errors import AmbiguousCountryError, UnexpectedValueError
from natoburden.model._numbers import CONTEXT
from natoburden.model.countries import Country, country_or_none
from natoburden.model.expenditure import CountedBy, Edition, ExpenditureTable, Measure, Observation
from natoburden.model.money import Currency, Money
from natoburden.model.shares import Share
from natoburden.model.sources import Status

if TYPE_CHECKING:
    from natoburden.readers.eurostat.table import EurostatCell, EurostatTable

__all__ = ["expenditure_table"]

_EURO: Final = Currency("EUR")
_UNITS: Final[Mapping[str, Measure]] = {"MIO_EUR": Measure.EXPENDITURE, "PC_GDP": Measure.SHARE_OF_GDP}
_ESTIMATED: Final = "pei"  # provisional, estimated by the country or by Eurostat, imputed


def expenditure_table(table: EurostatTable, wanted: Mapping[str, str]) -> ExpenditureTable:
    """Return the cells with given codes as a table of defence expenditure."""
    for name, code in wanted.items():
        if code not in table.codes(name):
            raise UnexpectedValueError(f"a code of {name}", repr(code), f"the table has {', '.join(table.codes(name))}")
    places = {name: table.dimensions.index(name) for name in wanted}
    geo, unit = (_place(table, name) for name in ("geo", "unit"))
    cells = [
        (country, cell, cell.codes[unit])
        for cell in table.cells
        if cell.codes[unit] in _UNITS
        and cell.value is not None
        and cell.period.is_year
        and all(cell.codes[place] == wanted[name] for name, place in places.items())
        and (country := _country(cell.codes[geo])) is not None
    ]
    edition = Edition(
        key=f"{table.dataset or 'Eurostat'} {table.updated or 'undated'}",
        source=table.source,
        constant_year=None,
        note=f"Expenditure on {wanted['cofog99']} in national accounts, which is not NATO's definition.",
        counted_by=CountedBy.EUROSTAT,
    )
    found = [_observation(country, cell, code, edition) for country, cell, code in cells]
    if not found:
        raise UnexpectedValueError(
            "a table of government expenditure",
            f"{table.dataset or table.source.locator} in {', '.join(table.codes('unit'))}",
            "no figure of any country in million euro (MIO_EUR) or as a share of GDP (PC_GDP): download one of them",
        )
    return ExpenditureTable(edition=edition, observations=found)


def _place(table: EurostatTable, name: str) -> int:
    table.codes(name)  # raises for a table without this dimension
    return table.dimensions.index(name)


def _country(code: str) -> Country | None:
    """Return the country of a code; None for an aggregate, such as the European Union."""
    try:
        return country_or_none(code)
    except AmbiguousCountryError:
        return None


def _observation(country: Country, cell: EurostatCell, unit: str, edition: Edition) -> Observation[Any]:
    figure = cell.value
    assert figure is not None  # cells without a figure were left out
    is_share = _UNITS[unit] is Measure.SHARE_OF_GDP
    return Observation(
        measure=_UNITS[unit],
        entity=country,
        year=cell.period.year,
        value=Share.percent(figure) if is_share else Money(figure.scaleb(6, context=CONTEXT), _EURO),
        status=Status.ESTIMATE if set(cell.flags) & set(_ESTIMATED) else Status.ACTUAL,
        edition=edition,
    )
