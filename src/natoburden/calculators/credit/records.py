"""A package made from an ally's actual purchases: energy that was shipped to it, and contracts on record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from natoburden.calculators._arguments import several
from natoburden.calculators._members import ally_of
from natoburden.calculators.credit.packages import package_of
from natoburden.calculators.purchases.efforts import shipments_of
from natoburden.calculators.purchases.shipments import Shipments
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.credit import CreditCategory, Package, Purchase, PurchaseBasis
from natoburden.model.energy import EnergyFlows
from natoburden.model.notices import refuse_notices
from natoburden.model.prices import EnergyPrices
from natoburden.model.procurement import Contract

__all__ = ["package_from_record"]


def package_from_record(
    ally: CountryLike,
    year: int,
    *,
    exports: Iterable[EnergyFlows],
    prices: EnergyPrices,
    contracts: Iterable[Contract] = (),
    **options: Any,
) -> Package:
    """Convert the energy shipped to an ally in a year, and the ally's contracts, to a package of purchases.

    Energy is valued at the American port, and each table of `exports` becomes one purchase. The ally's contracts are
    converted by `package_of`, which receives all further options. Contracts that cannot be valued or dated are left
    out, and the package's note lists these contracts. Raises `NotAContractError` for notices to Congress, because
    notices are not purchases. Also raises the errors of `purchases.energy`.

    >>> from natoburden.datasets import energy_prices, us_energy_exports
    >>> package = package_from_record("Germany", 2025, exports=[us_energy_exports("lng")], prices=energy_prices())
    >>> for purchase in package.purchases:
    ...     print(purchase)
    LNG 2025: energy for Germany, USD 2.82 bn (current prices), 2025 (record)
    """
    country, at = ally_of(ally), checked_year(year)
    given = several(exports, EnergyFlows, "tables of exports", "give several, or one in a list: [exports]")
    energy = [_purchase(item, country, at) for item in shipments_of(given, prices, country, at)]
    records = tuple(contracts)
    refuse_notices(records)
    own = [item for item in records if country in item.buyers]
    title = f"American energy shipped to {country} in {at}" + (", and its contracts for arms" if own else "")
    arms = package_of(title, contracts=own, **({"skip": True} | options))
    return attrs.evolve(Package.of(title, (*energy, *arms.purchases)), note=arms.note)


def _purchase(item: Shipments, country: Country, year: int) -> Purchase:
    value: Any = item.value  # there is one where prices are given
    return Purchase(
        key=f"{item.fuel} {year}",
        category=CreditCategory.ENERGY,
        buyer=country,
        amount=value,
        first_year=year,
        basis=PurchaseBasis.RECORD,
        source=item.sources[0],
        note=f"{item.quantity} at the price {item.series}; the exporter's figure by declared destination",
    )
