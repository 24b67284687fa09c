"""LNG prices by a formula with Henry Hub, at delivery, from a deal's reported value, and for a cancelled cargo."""

from __future__ import annotations

from decimal import Decimal

import attrs

from natoburden.calculators.energy._counted import Conversion
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Result
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from natoburden.model._numbers import CONTEXT
from natoburden.model.deals import EnergyDeal, PriceFormula
from natoburden.model.evidence import Given
from natoburden.model.money import Money
from natoburden.model.prices import UnitPrice
from natoburden.model.quantities import ConversionSet, Energy, EnergyUnit, GasBasis
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, Status
from natoburden.units import convert

__all__ = [
    "CargoCancellation",
    "DeliveredPrice",
    "ImpliedPrice",
    "IndexedPrice",
    "delivered_price",
    "fixed_charge",
    "implied_price",
    "indexed_price",
    "lift_or_cancel",
]

_NO_INFLATION = Rate.percent(0)


@attrs.frozen(kw_only=True)
class IndexedPrice(Result):
    """The price of LNG at the loading port, for a given price of the index."""

    formula = "price = slope × index + fee × (1 + indexed part × inflation since signature)"

    price: UnitPrice
    index: UnitPrice
    variable: UnitPrice
    fee: UnitPrice
    inflation: Rate

    @property
    def headline(self) -> str:
        return f"LNG price at an index of {self.index}"

    @property
    def findings(self) -> Findings:
        return (Finding("price", self.price), Finding("variable part", self.variable), Finding("fee", self.fee))


def indexed_price(
    deal: EnergyDeal, index: UnitPrice, *, inflation: Rate = _NO_INFLATION, terms: PriceFormula | None = None
) -> IndexedPrice:
    """Compute the price of LNG by a deal's formula, for a price of the index (Henry Hub) per MMBtu.

    The formula is P = a·HH + F·(1 + θ·i), where HH is the index, a is the slope and F is the fee. θ is the part of the
    fee that follows consumer prices, and i is the rise of consumer prices since signature. If a deal has several fees,
    F is their average, weighted by quantity. `terms` replaces the deal's own formula. Raises `UnexpectedValueError` if
    the source does not state the formula, its slope or its fee.

    Source of the formula: filings of Cheniere's contracts with BG and KOGAS.

    >>> from natoburden.datasets import energy_deals
    >>> kogas = energy_deals()["E29"]
    >>> for hub in ("3.00", "4.00"):
    ...     print(indexed_price(kogas, UnitPrice(Money(hub, "USD"))).price)
    USD 6.45 (current prices) per MMBtu
    USD 7.60 (current prices) per MMBtu
    """
    formula = _formula(deal, terms)
    if formula.slope is None:
        raise UnexpectedValueError("a price formula", deal.key, "its source does not state the slope; give terms=")
    variable, fee = index * formula.slope, _fee(deal, formula, inflation)
    return IndexedPrice(
        price=variable + fee,
        index=index,
        variable=variable,
        fee=fee,
        inflation=inflation,
        inputs=(deal,),
    )


def fixed_charge(deal: EnergyDeal, *, inflation: Rate = _NO_INFLATION, terms: PriceFormula | None = None) -> Money:
    """Compute the yearly charge that is due whether cargoes are taken or not: the sum of each fee times its quantity.

    Raises `UnexpectedValueError` if a fee's quantity is not stated.

    >>> from natoburden.datasets import energy_deals
    >>> print(fixed_charge(energy_deals()["E01"]))
    USD 722.63 m (current prices)
    """
    formula = _formula(deal, terms)
    charges = []
    for fee in formula.fees:
        if fee.quantity is None:
            raise UnexpectedValueError(
                "a fee", deal.key, "its source does not state on which quantity it is due; give terms="
            )
        charges.append(
            _indexed(fee.price, fee.indexed, inflation).cost_of(convert(fee.quantity, fee.price.energy_unit))
        )
    return Money.total(charges)


def _formula(deal: EnergyDeal, terms: PriceFormula | None) -> PriceFormula:
    formula = deal.price if terms is None else terms
    if formula is None or not formula.fees:
        raise UnexpectedValueError("a price formula", deal.key, "its source does not state it; give terms=")
    return formula


def _indexed(price: UnitPrice, part: Share, inflation: Rate) -> UnitPrice:
    return price + price * part * inflation.as_fraction


def _fee(deal: EnergyDeal, formula: PriceFormula, inflation: Rate) -> UnitPrice:
    if len(formula.fees) == 1:
        return _indexed(formula.fees[0].price, formula.fees[0].indexed, inflation)
    per = formula.fees[0].price.energy_unit
    whole = Energy.total(convert(fee.quantity, per) for fee in formula.fees if fee.quantity is not None)
    return UnitPrice(fixed_charge(deal, inflation=inflation, terms=formula) / whole.amount, per)


@attrs.frozen(kw_only=True)
class CargoCancellation(Result):
    """Whether a cargo is worth lifting: what the buyer earns by lifting it, and what cancelling it costs."""

    formula = "lift if destination price − costs on the way ≥ slope × index; cancelled, the fee is lost"

    cargo: Energy
    lifted: Money
    cancelled: Money
    netback: UnitPrice
    variable: UnitPrice

    @property
    def lifts(self) -> bool:
        """Whether lifting the cargo recovers at least its variable cost; the fee is due for a cancelled cargo too."""
        return self.lifted.amount >= self.cancelled.amount

    @property
    def headline(self) -> str:
        return f"To lift or to cancel {self.cargo}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("lifted", self.lifted),
            Finding("cancelled", self.cancelled),
            Finding("better", self.lifts, lambda lifts: "lift" if lifts else "cancel"),
        )


def lift_or_cancel(
    deal: EnergyDeal,
    cargo: Energy,
    *,
    index: UnitPrice,
    destination: UnitPrice,
    on_the_way: UnitPrice,
    inflation: Rate = _NO_INFLATION,
    terms: PriceFormula | None = None,
) -> CargoCancellation:
    """Compute whether it is better to lift a cargo or to cancel it, if the buyer may cancel but owes the fee.

    Lifting earns (destination price − costs on the way − contract price) × cargo. Cancelling costs fee × cargo, shown
    as a negative amount. Notice periods are not modelled. Raises the errors of `indexed_price`.

    Source of the terms: KOGAS's contract. The rule for lifting a cargo follows from the contract's terms.

    >>> from natoburden.datasets import energy_deals
    >>> from natoburden.model.quantities import CalorificBasis
    >>> def usd(figure: str) -> UnitPrice:
    ...     return UnitPrice(Money(figure, "USD"))
    >>> cargo = Energy("3.7", EnergyUnit.TBTU, CalorificBasis.GROSS)
    >>> result = lift_or_cancel(
    ...     energy_deals()["E29"], cargo, index=usd("4"), destination=usd("5"), on_the_way=usd("1.20")
    ... )
    >>> for finding in result.findings[1:]:
    ...     print(finding)
    cancelled: USD -11.10 m (current prices)
    better: cancel
    """
    price = indexed_price(deal, index, inflation=inflation, terms=terms)
    counted = convert(cargo, price.price.energy_unit)
    netback = destination - on_the_way
    return CargoCancellation(
        cargo=cargo,
        lifted=(netback - price.price).cost_of(counted),
        cancelled=-price.fee.cost_of(counted),
        netback=netback,
        variable=price.variable,
        inputs=price.inputs,
    )


@attrs.frozen(kw_only=True)
class DeliveredPrice(Result):
    """The price of LNG at the port of arrival, or in the network, from the price at the loading port."""

    formula = "delivered = loading price / (1 − boil-off) + freight + regasification"

    price: UnitPrice
    at_loading: UnitPrice
    freight: UnitPrice
    boil_off: Share
    regasification: UnitPrice | None

    @property
    def headline(self) -> str:
        return f"Delivered price from {self.at_loading} at the loading port"

    @property
    def findings(self) -> Findings:
        return (Finding("delivered", self.price), Finding("boil-off", self.boil_off, percent))


def delivered_price(
    at_loading: UnitPrice,
    *,
    freight: UnitPrice,
    boil_off: Share,
    regasification: UnitPrice | None = None,
    source: Source | None = None,
) -> DeliveredPrice:
    """Compute the delivered price (DES) from the price at the loading port (FOB), per unit that arrives.

    The loading price is divided by (1 − the boil-off share), since gas that boils off on the way must be loaded too.
    Freight is per unit delivered. With `regasification`, the result is the price in the network. The calculation is the
    library's own convention. Raises `InvalidNumberError` for a boil-off share of 100 %.

    >>> def usd(figure: str) -> UnitPrice:
    ...     return UnitPrice(Money(figure, "USD"))
    >>> print(delivered_price(usd("7.60"), freight=usd("0.90"), boil_off=Share.percent(5)).price)
    USD 8.90 (current prices) per MMBtu
    """
    arrives = CONTEXT.subtract(Decimal(1), boil_off.as_fraction)
    if not arrives:
        raise InvalidNumberError("boil-off", str(boil_off), "below 100 %", "something must arrive")
    loaded = UnitPrice(at_loading.amount / arrives, at_loading.per)
    whole = loaded + freight
    return DeliveredPrice(
        price=whole + regasification if regasification else whole,
        at_loading=at_loading,
        freight=freight,
        boil_off=boil_off,
        regasification=regasification,
        inputs=(Given(f"costs on the way: freight {freight}", source, Status.ESTIMATE),) if source else (),
    )


@attrs.frozen(kw_only=True)
class ImpliedPrice(Result):
    """The price per unit of energy that a deal's reported value implies, over its whole term."""

    formula = "price = reported value / energy over the term"

    deal: str
    price: UnitPrice
    value: Money
    energy: Energy

    @property
    def headline(self) -> str:
        return f"Price that the reported value of deal {self.deal} implies"

    @property
    def findings(self) -> Findings:
        return (Finding("implied price", self.price), Finding("energy", self.energy))


def implied_price(
    deal: EnergyDeal,
    *,
    using: ConversionSet,
    per: EnergyUnit | str = EnergyUnit.MMBTU,
    assuming: GasBasis | None = None,
) -> ImpliedPrice:
    """Compute the price that a deal's reported value implies for the energy of its whole term.

    For each period of the deal, the energy is the reported total. If no total is reported, the energy is the yearly
    rate times the number of years. A reported value is a newspaper's or a minister's figure without a price basis.
    Therefore, the implied price has no stated price basis either. If the volume is an upper bound, the result is a
    minimum price. Raises `UnexpectedValueError` for a deal without value, volume or term. Raises `GasBasisError` for a
    volume without a basis, unless you give a basis with `assuming`.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> print(implied_price(energy_deals()["E22"], using=conversion_set("sabine-pass-filing")).price)
    USD 10.24 (unstated prices) per MMBtu
    """
    quantities = [span.whole for span in deal.deliveries]
    told = [quantity for quantity in quantities if quantity is not None]
    if len(told) < len(quantities) or deal.value is None:
        raise UnexpectedValueError(
            "a deal to price", deal.key, "its sources do not tell all of its value, volume and term: take another"
        )
    energy = Conversion(unit=per, using=using, assuming=assuming).energy(deal, told)
    return ImpliedPrice(
        deal=deal.key,
        price=UnitPrice(deal.value / energy.amount, per),
        value=deal.value,
        energy=energy,
        inputs=(deal, using),
    )
