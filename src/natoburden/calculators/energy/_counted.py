"""Which deals count for a year, which quantities they deliver, and which of these quantities are known as energy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from natoburden import units
from natoburden.calculators._arguments import several
from natoburden.calculators.findings import percent
from natoburden.errors import GasBasisError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import checked_year
from natoburden.model._units import to_energy_unit
from natoburden.model.deals import DealStatus, EnergyDeal
from natoburden.model.procurement import Bound
from natoburden.model.quantities import (
    CalorificBasis,
    ConversionSet,
    Energy,
    EnergyQuantity,
    EnergyUnit,
    FuelMass,
    FuelMassUnit,
    GasBasis,
    GasUnit,
    GasVolume,
    LngMass,
    MassUnit,
    OilUnit,
)
from natoburden.model.record_coverage import RecordCoverage, RecordKind
from natoburden.model.shares import Share

__all__ = [
    "Conversion",
    "Scope",
    "checked_years",
    "coverage_of",
    "dated_words",
    "given",
    "several_statuses",
    "share_and_quantity",
    "summed_by_kind",
]

_LARGE: Mapping[type[Any], Any] = {
    Energy: EnergyUnit.MMBTU,
    GasVolume: GasUnit.BCM,
    LngMass: MassUnit.MT,
    FuelMass: FuelMassUnit.MT,
}


def checked_years(years: Iterable[int]) -> tuple[int, ...]:
    """Return the years, each once; raises `UnexpectedValueError` for a single year, because a list is expected."""
    if isinstance(years, int):
        raise UnexpectedValueError("years", repr(years), f"give several: [{years}]")
    return tuple(dict.fromkeys(map(checked_year, years)))


def several_statuses(given: Iterable[DealStatus]) -> tuple[DealStatus, ...]:
    return several(given, DealStatus, "statuses to count", "give several, or one in a list: [DealStatus.BINDING]")


@attrs.frozen(kw_only=True)
class Scope:
    """Which deals count: with which statuses, with or without portfolio buyers, with or without upper bounds."""

    statuses: tuple[DealStatus, ...] = attrs.field(converter=several_statuses)
    portfolio: bool = False
    ceilings: bool = False

    def __attrs_post_init__(self) -> None:
        if DealStatus.TERMINATED in self.statuses:
            raise UnexpectedValueError("a status to count", "terminated", "a terminated deal adds nothing")

    def outside(self, deal: EnergyDeal) -> str:
        """Return why a deal is outside the scope; the text is empty if the deal is inside."""
        if deal.status not in self.statuses:
            return "its status is not stated" if deal.status is DealStatus.UNSTATED else str(deal.status)
        return "a portfolio buyer: nobody's imports" if deal.is_portfolio and not self.portfolio else ""

    def uncountable(self, deal: EnergyDeal) -> str:
        """Return why a deal in scope cannot be counted; the text is empty if the deal can be counted."""
        if not deal.is_dated:
            return "the first or last year of deliveries is not stated"
        if any(span.yearly is None for span in deal.deliveries):
            return "no volume is stated"
        return "its volume is an upper bound" if deal.bound is Bound.UP_TO and not self.ceilings else ""


def coverage_of(kind: RecordKind, years: Iterable[tuple[int, ...]], left_out: Mapping[str, str]) -> RecordCoverage:
    """Return the coverage of a figure, from the years of deals that count and the reasons why deals are left out."""
    general = (why.partition(":")[0].partition(", but")[0] for why in left_out.values())
    return RecordCoverage.of(kind, years, general)


def dated_words(deal: EnergyDeal) -> str:
    """Return the first and last year of a deal's deliveries, in words."""
    if deal.status is DealStatus.TERMINATED:
        return "nothing: it was terminated"
    return f"from {deal.first_year or '?'} to {deal.last_year or '?'}"


def summed_by_kind(quantities: Iterable[EnergyQuantity]) -> tuple[EnergyQuantity, ...]:
    """Return the sums of quantities, one sum for each kind and basis."""
    sums: dict[tuple[type[Any], str], Any] = {}
    for quantity in quantities:
        anything: Any = quantity
        same = units.convert(anything, _LARGE.get(type(quantity), OilUnit.BARREL))
        kind = type(same), same.kind
        sums[kind] = sums[kind] + same if kind in sums else same
    return tuple(sums.values())


@attrs.frozen(kw_only=True)
class Conversion:
    """How quantities become energy: the unit, the set of factors, and the basis of quantities that state no basis."""

    unit: EnergyUnit = attrs.field(converter=to_energy_unit)
    using: ConversionSet | None = None
    assuming: GasBasis | None = None

    def __attrs_post_init__(self) -> None:
        if self.using is not None:
            expect(self.using, ConversionSet, "a set of factors", "give natoburden.datasets.conversion_set('bp-2021')")
        if self.assuming is not None:
            expect(self.assuming, GasBasis, "a basis for gas", "write GasBasis(CalorificBasis.GROSS, ...)")
        expect(self.unit, EnergyUnit, "a unit of energy", "write EnergyUnit.TWH")

    def basis(self, deals: Iterable[EnergyDeal]) -> CalorificBasis | None:
        """Return the basis on which energies are added: the basis of the set, or otherwise of the stated energies.

        Returns None if some deals state gross energy and others state net energy, since these cannot be added.
        """
        if self.using is not None and self.using.calorific is not None:
            return self.using.calorific
        quantities = (quantity for deal in deals for span in deal.deliveries if (quantity := span.yearly))
        told = {self._assumed(item).calorific for item in quantities if isinstance(item, Energy)}
        told = told - {CalorificBasis.UNSTATED} or told
        return told.pop() if len(told) == 1 else None

    def energy(self, deal: EnergyDeal, quantities: Iterable[EnergyQuantity]) -> Energy:
        """Return quantities of a deal as energy; raises `GasBasisError` if the energy is not known."""
        return Energy.total([self._one(deal, quantity) for quantity in quantities])

    def energy_or_reason(self, deal: EnergyDeal, year: int, basis: CalorificBasis | None) -> Energy | str:
        """Return the energy that a deal delivers in a year, on a basis, or the reason why the energy is not known."""
        try:
            energy = self.energy(deal, deal.quantities_in(year))
        except GasBasisError as error:
            return f"its energy is not known: {error.quantity} lacks {error.needed}"
        if energy.calorific is basis:
            return energy
        others = f"the others are {basis}" if basis else "gross and net do not add, and no set of factors is named"
        return f"its energy does not add: it is {energy.calorific}, {others}"

    def _one(self, deal: EnergyDeal, quantity: EnergyQuantity) -> Energy:
        counted = self._assumed(quantity)
        if isinstance(counted, Energy):
            return units.convert(counted, self.unit)
        if self.using is None:
            raise GasBasisError(f"deal {deal.key}", "a named set of factors", "give using=")
        return units.to_energy(counted, self.unit, self.using)

    def _assumed(self, quantity: Any) -> Any:
        """Return a quantity, on the assumed basis if the quantity does not state a basis."""
        if self.assuming is None:
            return quantity
        if isinstance(quantity, GasVolume) and quantity.basis is None:
            return quantity.assuming(self.assuming)
        if isinstance(quantity, Energy) and quantity.calorific is CalorificBasis.UNSTATED:
            return quantity.assuming(self.assuming.calorific)
        return quantity


def share_and_quantity(pair: tuple[Share, object]) -> str:
    """Return a share as text, followed by the quantity."""
    share, quantity = pair
    return f"{percent(share)} ({quantity})"


def given(using: ConversionSet | None) -> tuple[ConversionSet, ...]:
    """Return the conversion set as evidence; return nothing if no set was used."""
    return () if using is None else (using,)
