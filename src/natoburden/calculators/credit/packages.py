"""Packages made of what is on record: contracts, energy deals at a price, and pledges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from natoburden.errors import GasBasisError, UnexpectedValueError
from natoburden.model.countries import Country, CountryLike
from natoburden.model.credit import CreditCategory, Package, Purchase, PurchaseBasis
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyPledge, UnitPrice
from natoburden.model.memberships import find_entity
from natoburden.model.money import PriceBasis
from natoburden.model.origins import OriginBasis, origin_of_suppliers
from natoburden.model.procurement import Bound, Contract, RangeEnd, ValueKind
from natoburden.model.quantities import ConversionSet
from natoburden.units import to_energy

__all__ = ["package_of"]


def package_of(
    title: str,
    *,
    contracts: Iterable[Contract] = (),
    deals: Iterable[EnergyDeal] = (),
    pledges: Iterable[EnergyPledge] = (),
    origin: CountryLike = "USA",
    price: UnitPrice | None = None,
    using: ConversionSet | None = None,
    assuming: PriceBasis | None = None,
    end: RangeEnd | None = None,
    skip: bool = False,
) -> Package:
    """Make a package of contracts, energy deals and pledges, as far as they come from one country.

    A contract counts for its part of that origin, by the suppliers' nationality, in its years of delivery; a deal for
    its yearly energy at a `price`, by the set of factors `using`; a pledge over its years, at the price basis
    `assuming` where its own is unstated. Of a range the `end` that you choose counts.

    What cannot be valued, dated or given to one buyer raises one `UnexpectedValueError` that names all of it with the
    reasons; with ``skip=True`` it is left out, and named in the package's note.

    >>> from natoburden.datasets import announced_contracts
    >>> bought = package_of("Poland's American arms", contracts=announced_contracts().of("POL"), skip=True)
    >>> for purchase in bought.purchases:
    ...     print(purchase)
    C07: arms for Poland, USD 4.75 bn (current prices), 2025 to 2026 (contract)
    C08: arms for Poland, USD 1.40 bn (current prices), 2023 to 2024 (contract)
    C09: arms for Poland, USD 10.00 bn (current prices), 2028 (contract)
    C10: arms for Poland, USD 414.00 m (current prices), 2023 (contract)
    N06: arms for Poland, USD 10.00 bn (current prices), 2025 (approval)
    N26: arms for Poland, USD 4.75 bn (current prices), 2022 (contract)
    P01: arms for Poland, USD 3.80 bn (current prices), 2030 to 2038 (contract)
    P02: arms for Poland, USD 2.00 bn (current prices), 2025 (contract)
    P05: arms for Poland, USD 500.00 m (current prices), 2026 (contract)
    """
    country = Country.find(origin)
    made = [
        *((contract.key, _of_contract(contract, country, end)) for contract in contracts),
        *((deal.key, made) for deal in deals for made in _of_deal(deal, country, price, using)),
        *((pledge.key, _of_pledge(pledge, country, assuming)) for pledge in pledges),
    ]
    lacking = [f"{key}: {reason}" for key, reason in made if isinstance(reason, str)]
    if lacking and not skip:
        raise UnexpectedValueError("a package", "; ".join(lacking), "give what is missing, or say skip=True")
    package = Package.of(title, [purchase for _, purchase in made if isinstance(purchase, Purchase)])
    return attrs.evolve(package, note=f"left out: {'; '.join(lacking)}" if lacking else "")


# Each gives a purchase, the reason why it cannot be one, or None for what does not come from the country.


def _of_contract(contract: Contract, country: Country, end: RangeEnd | None) -> Purchase | str | None:
    origin = contract.origin(OriginBasis.PRIME_NATIONALITY) or origin_of_suppliers(contract.suppliers)
    part = next((item.share for item in origin.known if item.country == country), None)
    if part is None:
        may_be = origin.unknown.as_fraction and (country in origin.unsplit or not origin.unsplit)
        return f"what part comes from {country} is not known" if may_be else None
    amount = contract.value.at(end)
    if amount is None:
        return "its value is a range: choose an end" if contract.value.is_disclosed else "its value is not disclosed"
    if len(contract.buyers) > 1:
        return "several buy it, in no stated parts"
    first = contract.delivery_start or contract.year
    if first is None:
        return "it bears no date"
    return Purchase(
        key=contract.key,
        category=CreditCategory.ARMS,
        buyer=contract.buyers[0],
        amount=amount * part,
        first_year=first,
        last_year=max(first, contract.delivery_end or first),
        basis=_BASES.get(contract.value.kind, PurchaseBasis.INTENTION),
        source=contract.source,
        note=contract.system,
    )


_BASES = {
    ValueKind.CONTRACT: PurchaseBasis.CONTRACT,
    ValueKind.APPROVAL: PurchaseBasis.APPROVAL,
    ValueKind.CEILING: PurchaseBasis.APPROVAL,
}


def _of_deal(
    deal: EnergyDeal, country: Country, price: UnitPrice | None, using: ConversionSet | None
) -> Iterator[Purchase | str | None]:
    """Give a purchase for each span of a deal, or the reason why it cannot be valued."""
    if deal.origin not in (None, country):
        return
    reasons = {
        "its origin is not told": deal.origin is None,
        "it was terminated": deal.status is DealStatus.TERMINATED,
        "a portfolio buyer's: nobody's imports": deal.is_portfolio,
        "its volume is an upper bound": deal.bound is Bound.UP_TO,
        "the first or last year of deliveries is not told": not deal.is_dated,
        "energy has no value without a price: give price=": price is None,
    }
    reason = next((words for words, holds in reasons.items() if holds), None)
    if reason is not None or price is None:
        yield reason
        return
    several = len(deal.deliveries) > 1
    named: Any = using  # a set that is lacking is refused where it is needed
    for span in deal.deliveries:
        first, last = span.start or 0, span.last_year or 0  # a dated deal has both
        try:
            energy = None if span.yearly is None else to_energy(span.yearly, price.per, named)
        except GasBasisError as error:
            yield str(error)
            continue
        yield (
            "no volume is told"
            if energy is None
            else Purchase(
                key=f"{deal.key}, {first} to {last}" if several else deal.key,
                category=CreditCategory.ENERGY,
                buyer=deal.buyer_country,
                amount=price.cost_of(energy) * (last - first + 1),
                first_year=first,
                last_year=last,
                basis=PurchaseBasis.CONTRACT if deal.status is DealStatus.BINDING else PurchaseBasis.INTENTION,
                source=deal.sources[0],
                note=f"{deal.buyer} from {deal.seller}, at {price}",
            )
        )


def _of_pledge(pledge: EnergyPledge, country: Country, assuming: PriceBasis | None) -> Purchase | None:
    if pledge.seller != country:
        return None
    return Purchase(
        key=pledge.key,
        category=CreditCategory.ENERGY,
        buyer=find_entity(pledge.buyer),
        amount=pledge.amount if assuming is None else pledge.amount.assuming(assuming),
        first_year=pledge.first_year,
        last_year=pledge.last_year,
        basis=PurchaseBasis.INTENTION,
        source=pledge.source,
        note=pledge.note,
    )
