"""Deals and flows of gas for tests: made up, and short to write."""

from __future__ import annotations

from typing import Any

import natoburden as nb
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyDeals
from natoburden.model.energy import EnergyFlow, EnergyFlows, Fuel, find_place
from natoburden.model.periods import Period
from natoburden.model.quantities import CalorificBasis, Energy, EnergyUnit, GasUnit, GasVolume, LngMass, MassUnit

SOURCE = nb.Source(title="An example", publisher="this test")
FILING = nb.datasets.conversion_set("sabine-pass-filing")
NORWAY = nb.datasets.conversion_set("norwegian-shelf")
DEALS = nb.datasets.energy_deals()
GROSS = CalorificBasis.GROSS


def tj(figure: Any) -> Energy:
    return Energy(str(figure), EnergyUnit.TJ, GROSS)


def bcm(figure: Any) -> GasVolume:
    return GasVolume(str(figure), GasUnit.BCM)


def deal(**changes: Any) -> EnergyDeal:
    made: dict[str, Any] = {
        "key": "X1",
        "buyer": "a buyer",
        "buyer_country": nb.Country("POL"),
        "seller": "a seller",
        "seller_country": nb.Country("USA"),
        "origin": nb.Country("USA"),
        "per_year": LngMass("1", MassUnit.MT),
        "years": 10,
        "start": 2026,
        "status": DealStatus.BINDING,
        "sources": (SOURCE,),
    }
    return EnergyDeal(**made | changes)


def record(*deals: EnergyDeal) -> EnergyDeals:
    return EnergyDeals(items=deals, collected=DEALS.collected)


def flow(partner: Any, quantity: Any, fuel: Fuel = Fuel.GAS, **changes: Any) -> EnergyFlow:
    made: dict[str, Any] = {
        "importer": nb.Country("POL"),
        "partner": find_place(partner) if isinstance(partner, str) else partner,
        "fuel": fuel,
        "period": Period(2024),
        "quantity": None if quantity is None else quantity if not isinstance(quantity, int) else tj(quantity),
        "source": SOURCE,
    }
    return EnergyFlow(**made | changes)


def flows(*items: EnergyFlow) -> EnergyFlows:
    return EnergyFlows(edition="made", items=items)
