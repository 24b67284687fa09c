"""Packages of purchases, made from contracts, energy deals and pledges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from natoburden.calculators._arguments import with_basis
from natoburden.calculators._members import ally_of
from natoburden.calculators.dependency._amounts import value_of
from natoburden.calculators.dependency._parts import origin_of
from natoburden.calculators.dependency._records import refuse_twice
from natoburden.errors import GasBasisError, UnexpectedValueError
from natoburden.model._checks import member
from natoburden.model.countries import Country, CountryLike
from natoburden.model.credit import CreditCategory, Package, Purchase, PurchaseBasis
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyPledge
from natoburden.model.memberships import find_entity
from natoburden.model.money import PriceBasis
from natoburden.model.notices import refuse_notices
from natoburden.model.origins import Origin, OriginBasis
from natoburden.model.prices import UnitPrice
from natoburden.model.procurement import PURCHASES, Bound, Contract, RangeEnd, ValueKind, containers
from natoburden.model.quantities import ConversionSet
from natoburden.model.shares import Share
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
    kinds: Iterable[ValueKind | str] = PURCHASES,
    basis: OriginBasis | Iterable[OriginBasis] = (OriginBasis.WORK_SHARE, OriginBasis.PRIME_NATIONALITY),
    skip: bool = False,
) -> Package:
    """Convert contracts, energy deals and pledges to a package of purchases from one country.

    A contract counts in its years of delivery, with the share of its value that comes from the selling country. A deal
    counts with the value of its yearly energy at a `price`. Volumes are converted to energy with the factors of
    `using`. A pledge without a stated price basis gets the basis `assuming`. If a value is a range, the `end` that you
    choose counts.

    Only contract values count as purchases, unless `kinds` lists other kinds of value, such as approvals. `basis` may
    list several bases of origin, which are tried in order. The first basis for which the contract states an origin
    determines the selling country's share. By default, the work-share is tried before the prime contractor's
    nationality. A
    contract that is part of another contract in the package does not count separately. Cancelled purchases do not
    count. A contract with an unknown last year of delivery counts in one year. If the last year of delivery is unknown,
    the purchase has `is_end_known` false, and the package's note lists the contract.

    Raises one `UnexpectedValueError` that lists every record that cannot be valued, dated or assigned to one buyer.
    With ``skip=True``, unusable records are left out and listed in the package's note. Contracts that are given twice
    also raise `UnexpectedValueError`. A notice to Congress raises `NotAContractError`.

    >>> from natoburden.datasets import announced_contracts
    >>> bought = package_of("Poland's American arms", contracts=announced_contracts().of("POL"), skip=True)
    >>> for purchase in bought.purchases:
    ...     print(purchase)
    C07: arms for Poland, USD 4.75 bn (current prices), 2025 to 2026 (contract)
    C08: arms for Poland, USD 1.40 bn (current prices), 2023 to 2024 (contract)
    C09: arms for Poland, USD 10.00 bn (current prices), 2028, end not known (contract)
    C10: arms for Poland, USD 414.00 m (current prices), 2023 (contract)
    N26: arms for Poland, USD 4.75 bn (current prices), 2022, end not known (contract)
    P01: arms for Poland, USD 3.80 bn (current prices), 2030 to 2038 (contract)
    P02: arms for Poland, USD 2.00 bn (current prices), 2025, end not known (contract)
    P05: arms for Poland, USD 500.00 m (current prices), 2026, end not known (contract)
    """
    country, given = ally_of(origin), tuple(contracts)
    refuse_notices(given)
    refuse_twice(given)
    asked = _Asked(
        country=country,
        kinds=tuple(member(ValueKind, kind) for kind in ((kinds,) if isinstance(kinds, str | ValueKind) else kinds)),
        bases=(basis,) if isinstance(basis, OriginBasis) else tuple(basis),
        end=end,
    )
    made = {contract.key: _of_contract(contract, asked) for contract in given}
    bought = [key for key, found in made.items() if isinstance(found, Purchase)]
    inside = containers(bought, {contract.key: contract for contract in given})
    others = [
        *((deal.key, item) for deal in deals for item in _of_deal(deal, country, price, using)),
        *((pledge.key, _of_pledge(pledge, country, assuming)) for pledge in pledges),
    ]
    found = [*((key, item) for key, item in made.items() if key not in inside), *others]
    lacking = [f"{key}: {reason}" for key, reason in found if isinstance(reason, str)]
    if lacking and not skip:
        hint = f"give what is missing, or say skip=True: {'; '.join(lacking)}"
        raise UnexpectedValueError("a package", title, hint)
    purchases = [purchase for _, purchase in found if isinstance(purchase, Purchase)]
    lacking += [f"{key}: its value is inside that of {container}" for key, container in inside.items()]
    open_ended = [purchase.key for purchase in purchases if not purchase.is_end_known]
    notes = (("left out", "; ".join(lacking)), ("in one year, since the last is not known", ", ".join(open_ended)))
    package = Package.of(title, purchases)
    return attrs.evolve(package, note=". ".join(f"{label}: {said}" for label, said in notes if said))


@attrs.frozen(kw_only=True)
class _Asked:
    """The options of a package: country of origin, kinds of value, bases of origin, and the end of a range."""

    country: Country
    kinds: tuple[ValueKind, ...]
    bases: tuple[OriginBasis, ...]
    end: RangeEnd | None


# Each gives a purchase, the reason why it cannot be one, or None for what does not come from the country.


def _of_contract(contract: Contract, asked: _Asked) -> Purchase | str | None:
    origin = origin_of(contract, asked.bases)
    part = _part_of(origin, asked.country)
    if not isinstance(part, Share):
        return part
    amount = value_of(contract, asked.kinds, asked.end)
    first = contract.delivery_start or contract.year or contract.delivery_end
    reasons = {
        str(contract.cancellation or contract.status): not contract.standing().as_fraction,
        str(amount): isinstance(amount, str),
        "several buy it, in no stated parts": len(contract.buyers) > 1,
        "it bears no date": first is None,
    }
    reason = next((words for words, holds in reasons.items() if holds), None)
    if reason is not None or origin is None or first is None or isinstance(amount, str):
        return reason
    return Purchase(
        key=contract.key,
        category=CreditCategory.ARMS,
        buyer=contract.buyers[0],
        amount=amount * part,
        first_year=first,
        last_year=max(first, contract.delivery_end or first),
        is_end_known=contract.delivery_end is not None,
        basis=_BASES.get(contract.value.kind, PurchaseBasis.INTENTION),
        source=contract.source,
        note=f"{contract.system}, by {origin.basis}",
    )


def _part_of(origin: Origin | None, country: Country) -> Share | str | None:
    """Return a country's share of a contract, None if the country has none, or the reason why the share is unknown."""
    unknown = f"what part comes from {country} is not known"
    if origin is None:
        return unknown
    part = next((item.share for item in origin.known if item.country == country), None)
    if part is not None:
        return part
    may_be = origin.unknown.as_fraction and (country in origin.unsplit or not origin.unsplit)
    return unknown if may_be else None


_BASES = {
    ValueKind.CONTRACT: PurchaseBasis.CONTRACT,
    ValueKind.APPROVAL: PurchaseBasis.APPROVAL,
    ValueKind.CEILING: PurchaseBasis.APPROVAL,
}


def _of_deal(
    deal: EnergyDeal, country: Country, price: UnitPrice | None, using: ConversionSet | None
) -> Iterator[Purchase | str | None]:
    """Return a purchase for each span of a deal, or the reason why the span cannot be valued."""
    if deal.origin not in (None, country):
        return
    reasons = {
        "its origin is not stated": deal.origin is None,
        "it was terminated": deal.status is DealStatus.TERMINATED,
        "a portfolio buyer's: nobody's imports": deal.is_portfolio,
        "its volume is an upper bound": deal.bound is Bound.UP_TO,
        "the first or last year of deliveries is not stated": not deal.is_dated,
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
            energy = None if span.yearly is None else to_energy(span.yearly, price.energy_unit, named)
        except GasBasisError as error:
            yield str(error)
            continue
        yield (
            "no volume is stated"
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
        amount=with_basis(pledge.amount, assuming),
        first_year=pledge.first_year,
        last_year=pledge.last_year,
        basis=PurchaseBasis.INTENTION,
        source=pledge.source,
        note=pledge.note,
    )
