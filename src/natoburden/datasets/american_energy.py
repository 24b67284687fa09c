"""American exports of LNG and oil by destination, as the United States reports them, and the prices of energy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from natoburden._once import once
from natoburden.datasets._files import PackagedFile, editions, entries, named
from natoburden.errors import UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.energy import EnergyFlow, EnergyFlows, FlowOmission, Fuel, Place, ReportedBy, find_place
from natoburden.model.memberships import Group
from natoburden.model.money import CURRENT_PRICES, Money
from natoburden.model.periods import Period, PeriodRun
from natoburden.model.prices import EnergyPrices, PricePoint, PriceSeries, UnitPrice, find_price_unit
from natoburden.model.quantities import EnergyQuantity, parse_quantity
from natoburden.model.sources import Source

__all__ = ["energy_prices", "us_energy_exports"]

_MANIFEST = "american/energy.toml"
_FUELS = {"lng": Fuel.LNG, "crude": Fuel.CRUDE, "distillate": Fuel.DISTILLATE}


# --- exports ---------------------------------------------------------------------------------------------


def us_energy_exports(fuel: Fuel | str, every: str = "year") -> EnergyFlows:
    """Return American exports of a fuel by declared destination, from tables of the Energy Information Administration.

    LNG is in million cubic feet by vessel, by year (2016 to 2025) or by month (February 2016 to July 2026). Crude oil
    and distillate are in thousand barrels by year (2020 to 2025). The partner is the United States, and the importer is
    the declared destination, although cargoes are sometimes diverted or sold on. The importer ``TOTAL`` is the world;
    crude oil has no total.

    Monthly figures by destination are missing from February 2020 to April 2023, and from April to December 2024. A
    missing row is zero only if the table states this, and a blank cell is never zero. `EnergyFlows.omissions` gives the
    reason for each missing figure, and the data that exist instead. Some monthly figures are sums of cargoes, and some
    yearly figures are sums of months; the source of a flow states which. For crude oil, no second copy of the figures
    was found for comparison. Raises `UnknownNameError` for an unknown fuel, and `UnexpectedValueError` if you ask for
    monthly figures of oil.

    >>> by_year = us_energy_exports("lng")
    >>> print(by_year.flow("Poland", "USA", Fuel.LNG, 2025))
    LNG, Poland from United States, 2025: 229,442.00 MMcf, as the exporter reports
    >>> us_energy_exports("lng", every="month").flow("Poland", "USA", Fuel.LNG, "2021-03")
    Traceback (most recent call last):
        ...
    natoburden.errors.NoObservationError: edition 2026-09 has no exports of LNG from United States in 2021-03 with ...
    """
    by_code = {known.value: key for key, known in _FUELS.items()}
    key = by_code.get(fuel.value, str(fuel)) if isinstance(fuel, Fuel) else by_code.get(str(fuel), str(fuel).lower())
    found = named("American export", key, _FUELS)
    tables = editions(_MANIFEST, "exports")
    if f"{key} by {every}" not in tables:
        known = ", ".join(repr(name.rpartition(" ")[2]) for name in tables if name.startswith(f"{key} "))
        raise UnexpectedValueError(f"how often {found} is given", repr(every), f"the tables give it every {known}")
    return _exports(f"{key} by {every}")


@once
def _exports(key: str) -> EnergyFlows:
    file = editions(_MANIFEST, "exports")[key]
    fuel, unit, us = Fuel(file.more["fuel"]), file.more["unit"], Country("USA")
    rows = list(file.rows())
    column = list(rows[0])[2]
    sources = {"": file.source} | {
        basis: attrs.evolve(file.source, **changes) for basis, changes in file.more.get("bases", {}).items()
    }
    items = tuple(
        EnergyFlow(
            importer=find_place(row["destination"]),
            partner=us,
            fuel=fuel,
            period=Period.parse(row["period"]),
            quantity=parse_quantity(f"{row[column]} {unit}") if row[column] else None,
            reported_by=ReportedBy.EXPORTER,
            source=sources[row.get("basis", "")],
        )
        for row in rows
    )
    blank = {item.importer for item in items if item.quantity is None}
    omissions = _omissions(file, us, fuel, parse_quantity(f"0 {unit}"), blank)
    return EnergyFlows(edition=file.more["edition"], items=items, omissions=tuple(omissions), note=file.note)


def _omissions(
    file: PackagedFile, partner: Country, fuel: Fuel, nothing: EnergyQuantity, blank: Iterable[Place]
) -> Iterator[FlowOmission]:
    for entry in file.more["omissions"]:
        of = entry.get("of")
        members: Iterable[Place] = (
            () if of is None else blank if of == "blank" else Group.find(of).members(file.collected)
        )
        yield FlowOmission(
            partner=partner,
            fuel=fuel,
            periods=PeriodRun.parse(entry["periods"]),
            importers=tuple(sorted(members, key=lambda place: place.key)),
            reason=entry["reason"],
            instead=entry.get("instead", ""),
            zero=nothing if entry.get("zero") else None,
            source=file.source,
        )


# --- prices ----------------------------------------------------------------------------------------------


def energy_prices() -> EnergyPrices:
    """Return 13 series of energy prices in current dollars, by month and year, 2015 to 2026, by EIA and the World Bank.

    Each series states its unit, the place of its prices, its edition and its licence. The price of American LNG is the
    average price at the American port, for all destinations. A volume times the price of American LNG is the value of
    the export at the American port, not the amount that Europe paid. Most yearly prices are means or weighted means of
    months, computed when the record was collected. A note marks each computed price. A mark shows that a price is
    provisional, or was read before its period ended.

    >>> prices = energy_prices()
    >>> print(prices.price("us_lng_export_price", 2025))
    us_lng_export_price, 2025: USD 7.92 (current prices) per Mcf
    >>> print(prices.series("wb_gas_europe"))
    Natural gas, Europe (TTF, Netherlands, since April 2015), per MMBtu
    >>> prices.price("wb_gas_europe", 2026)
    Traceback (most recent call last):
        ...
    natoburden.errors.NoObservationError: edition 2026-10 has no price of the year of wb_gas_europe for 2026; valid: ...
    """
    return _prices()


@once
def _prices() -> EnergyPrices:
    [file] = editions(_MANIFEST, "prices").values()
    by_series: dict[str, list[dict[str, str]]] = {}
    for row in file.rows():
        by_series.setdefault(row["series"], []).append(row)
    return EnergyPrices(items=entries(_MANIFEST, "series", lambda entry: _series(entry, by_series[entry["key"]])))


def _series(entry: dict[str, Any], rows: Iterable[Mapping[str, str]]) -> PriceSeries:
    per, source = find_price_unit(entry["per"]), Source(**entry["source"])
    notes = {True: entry.get("year_note", ""), False: entry.get("month_note", "")}

    def point(row: Mapping[str, str]) -> PricePoint:
        period = Period.parse(row["period"])
        return PricePoint(
            series=row["series"],
            period=period,
            price=UnitPrice(Money(row["value"], "USD", CURRENT_PRICES), per),
            is_provisional=bool(row["provisional"]),
            source=source,
            note=row["note"] or notes[period.is_year],
        )

    return PriceSeries(
        key=entry["key"],
        title=entry["title"],
        place=entry["place"],
        per=per,
        edition=entry["edition"],
        points=tuple(map(point, rows)),
        note=entry.get("note", ""),
    )
