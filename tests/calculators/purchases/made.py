"""Notices, exports and prices made up for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import natoburden as nb
from natoburden.model import (
    CapabilityArea,
    EnergyFlow,
    EnergyFlows,
    EnergyPrices,
    FlowOmission,
    GasUnit,
    GasVolume,
    OtherPlace,
    Period,
    PricePoint,
    PriceSeries,
    ReportedBy,
    SaleNotification,
    SaleNotifications,
    Source,
    UnitPrice,
)
from natoburden.model.energy import TOTAL, Fuel, Place

SOURCE = Source(title="An example", publisher="this test")
USA = nb.Country("USA")
DAY = dt.date(2025, 2, 13)


def notice(day: str | dt.date, millions: int = 100, buyer: Any = "POL", **more: Any) -> SaleNotification:
    at = dt.date.fromisoformat(day) if isinstance(day, str) else day
    areas = (CapabilityArea.MISSILES,)
    given: dict[str, Any] = {"key": f"{at}-{buyer}-{millions}", "system": "A system", "areas": areas}
    return SaleNotification(
        **(given | more),
        notified_on=at,
        buyer=nb.Country(buyer) if isinstance(buyer, str) else buyer,
        ceiling=nb.Money.millions(millions, "USD"),
        source=SOURCE,
    )


def notices(*items: SaleNotification, **more: Any) -> SaleNotifications:
    return SaleNotifications(items=items, collected=dt.date(2026, 11, 27), **more)


def exports(
    volumes: Mapping[tuple[str, str], int | None],
    *,
    side: ReportedBy = ReportedBy.EXPORTER,
    omissions: Iterable[FlowOmission] = (),
) -> EnergyFlows:
    """Return LNG in million cubic feet by destination (``""`` is the total) and period."""
    return EnergyFlows(
        edition="made up",
        items=tuple(
            EnergyFlow(
                importer=place(code),
                partner=USA,
                fuel=Fuel.LNG,
                period=Period.parse(period),
                quantity=None if volume is None else GasVolume(volume, GasUnit.MMCF),
                reported_by=side,
                source=SOURCE,
            )
            for (code, period), volume in volumes.items()
        ),
        omissions=tuple(omissions),
    )


def place(code: str) -> Place:
    return TOTAL if not code else nb.Country(code) if len(code) == 3 else OtherPlace(code)


def prices(by_period: Mapping[str, str]) -> EnergyPrices:
    """Return a series of prices of American LNG in dollars per thousand cubic feet."""
    key = "us_lng_export_price"
    points = tuple(
        PricePoint(
            series=key,
            period=Period.parse(period),
            price=UnitPrice(nb.Money(dollars, "USD"), GasUnit.MCF),
            source=SOURCE,
        )
        for period, dollars in by_period.items()
    )
    series = PriceSeries(key=key, title="A price", place="the port", per=GasUnit.MCF, edition="made up", points=points)
    return EnergyPrices(items=(series,))


def months(code: str, first: str, count: int, volume: int) -> dict[tuple[str, str], int]:
    """Return one volume for each of so many months."""
    found, period = {}, Period.parse(first)
    for _ in range(count):
        found[code, str(period)] = volume
        period = period.following
    return found
