"""NATO's tables of defence expenditure, edition by edition."""

from __future__ import annotations

import functools
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from natoburden._once import once
from natoburden.datasets._files import PackagedFile, editions, entries, named
from natoburden.model._figures import Figures, Kind
from natoburden.model._numbers import CONTEXT
from natoburden.model.expenditure import Edition, ExpenditureTable, Measure, Observation, Omission
from natoburden.model.memberships import Entity, find_entity
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Status

if TYPE_CHECKING:
    from natoburden.model.exchange import YearlyRates

__all__ = ["defence_expenditure", "defence_expenditure_editions"]

_MANIFEST = "nato/editions.toml"
_EXPONENTS = {"million": 6, "thousand": 3, "": 0}


def defence_expenditure(edition: str | None = None) -> ExpenditureTable:
    """Return one edition of NATO's tables of defence expenditure, by default the newest.

    Editions are named by year and month of publication. Raises `UnknownNameError` for an edition that is not packaged;
    `natoburden.read` reads other editions from NATO's workbooks. Credit NATO when you publish its figures.

    >>> table = defence_expenditure("2026-07")
    >>> table.edition.key, table.years[0], table.latest_year, len(table.countries)
    ('2026-07', 2014, 2026, 31)
    >>> print(table.share_of_gdp("Germany", 2025).value)
    2.22 %
    """
    known = editions(_MANIFEST)
    return _table(named("edition", max(known) if edition is None else str(edition), known).key)


def defence_expenditure_editions(*keys: str) -> tuple[ExpenditureTable, ...]:
    """Return the listed editions, or all editions, oldest first, to compare their figures for the same year.

    List the editions if your numbers must not change when a later version of the library adds an edition. An edition
    that is listed twice is returned once. Raises `UnknownNameError` for an edition that is not packaged.

    >>> defence_expenditure_editions()[-1] is defence_expenditure()
    True
    >>> [table.edition.key for table in defence_expenditure_editions("2026-07", "2024-06")]
    ['2024-06', '2026-07']
    """
    return tuple(map(defence_expenditure, sorted(set(keys or editions(_MANIFEST)))))


@once
def _table(key: str) -> ExpenditureTable:
    file = editions(_MANIFEST)[key]
    omissions = [*map(_omission, file.more.get("omissions", ())), *entries(_MANIFEST, "omission", _omission)]
    if "omissions_in" in file.more:  # reasons are read only for an edition that is asked for
        omissions += entries(f"nato/{file.more['omissions_in']}", "omission", _omission)
    edition = Edition(
        key=key,
        source=file.source,
        constant_year=file.more["constant_year"],
        estimated_years=tuple(file.more["estimated_years"]),
        omissions=tuple(sorted(omissions, key=lambda item: item.entity is None)),  # what is known of one first
        note=file.note,
    )
    return ExpenditureTable(edition=edition, observations=_figures(file, edition), own_rates=_yearly_rates)


def _yearly_rates() -> YearlyRates:
    from natoburden.datasets.exchange import yearly_exchange_rates

    return yearly_exchange_rates()


def _omission(entry: dict[str, Any]) -> Omission:
    return Omission(
        entity=find_entity(entry["entity"]) if "entity" in entry else None,
        measures=tuple(map(Measure, entry["measures"])),
        years=tuple(entry["years"]),
        reason=entry["reason"],
    )


def _figures(file: PackagedFile, edition: Edition) -> Figures[Observation[Any]]:
    """Return the figures of a file; all lines are indexed first, and values are read only on request."""
    _, *lines = file.lines()
    entity, kind = functools.cache(find_entity), functools.cache(_kind)
    places: dict[tuple[Kind, Entity], dict[int, int]] = {}
    before: list[str] = []
    years: dict[int, int] = {}
    for place, (row, year, measure, _, unit, basis, _) in enumerate(lines):
        if (now := [row, measure, unit, basis]) != before:
            before, years = now, places.setdefault((kind(measure, unit, basis), entity(row)), {})
        years[int(year)] = place

    def make(place: int) -> Observation[Any]:
        row, year, measure, figure, unit, basis, status = lines[place]
        return Observation(
            measure=kind(measure, unit, basis)[0],
            entity=entity(row),
            year=int(year),
            value=_value(figure, unit, kind(measure, unit, basis)),
            status=Status(status),
            edition=edition,
        )

    return Figures(places, len(lines), make)


def _kind(measure: str, unit: str, basis: str) -> Kind:
    """Return the kind of a figure: the measure, and for amounts also the currency and the price basis."""
    if unit in ("percent", "thousand persons"):
        return Measure(measure), None, None
    prices = CURRENT_PRICES if basis in ("", "current") else PriceBasis.constant(int(basis.removeprefix("constant ")))
    return Measure(measure), Currency(unit.rpartition(" ")[2]), prices


def _value(figure: str, unit: str, kind: Kind) -> Money | Share | Rate | Decimal:
    measure, currency, basis = kind
    if unit == "percent":
        return Rate.percent(figure) if measure.is_change else Share.percent(figure)
    amount = Decimal(figure).scaleb(_EXPONENTS[unit.rpartition(" ")[0]], context=CONTEXT)
    return amount if currency is None or basis is None else Money(amount, currency, basis)
