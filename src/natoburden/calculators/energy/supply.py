"""Who supplies a place: shares by partner, pipeline gas and LNG kept apart, and what no partner is named for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

import attrs

from natoburden.calculators.concentration import Hhi, hhi
from natoburden.calculators.energy._results import EnergyResult, evidence_of, percent
from natoburden.calculators.results import ResultTable
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._checks import member
from natoburden.model._numbers import CONTEXT, divide
from natoburden.model.countries import Country
from natoburden.model.energy import (
    TOTAL,
    EnergyFlow,
    EnergyFlows,
    Fuel,
    Period,
    Place,
    PlaceLike,
    find_place,
    to_period,
)
from natoburden.model.quantities import Energy, GasVolume
from natoburden.model.shares import Share

__all__ = ["SupplierShare", "SupplyShares", "supply_shares"]

_AGGREGATE = re.compile(r"(EXT_|INT_)?(EU|EA)(_V|[0-9]{1,2}(_[0-9]{4})?)?|EFTA|EEA|WORLD")
_SLACK = Decimal("0.001")  # partners of a table with three decimals may miss its total by rounding


@attrs.frozen(kw_only=True)
class SupplierShare(EnergyResult):
    """What one partner supplies, and its share of the total, what is unallocated included."""

    partner: Country
    quantity: Energy | GasVolume
    share: Share

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Supplied by {self.partner}"

    @property
    def formula(self) -> str:
        """The partner's part of the total."""
        return "share = imports from the partner / all imports"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Quantity and share."""
        return (("quantity", str(self.quantity)), ("share", percent(self.share)))


@attrs.frozen(kw_only=True)
class SupplyShares(EnergyResult):
    """A place's suppliers of a fuel, largest first; what no partner is named for stays in the whole as `unallocated`.

    `is_total_published` is false where the table has no total: then the whole is the sum of its partners, and nothing
    is known of what they leave out. `left_out` names rows that are no partner, such as sums over several.
    """

    importer: Place
    period: Period
    fuel: Fuel
    total: Energy | GasVolume
    is_total_published: bool
    unallocated: Energy | GasVolume
    hhi: Hhi
    suppliers: ResultTable[SupplierShare] = attrs.field(repr=False)
    left_out: tuple[str, ...] = ()

    @property
    def coverage(self) -> Share | None:
        """The part of the total that partners are named for; None where the total is only their sum."""
        if not self.is_total_published:
            return None
        return Share.fraction(CONTEXT.subtract(Decimal(1), self.hhi.unknown.as_fraction))

    def share_of(self, partner: PlaceLike) -> Share:
        """Give one partner's share; nothing is imported from one that is not named, as far as the table tells."""
        wanted = find_place(partner)
        return next((row.share for row in self.suppliers if row.partner == wanted), Share.percent(0))

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Suppliers of {self.fuel} to {self.importer}, {self.period}"

    @property
    def formula(self) -> str:
        """How shares come about."""
        pipeline = "; pipeline gas = natural gas − LNG, partner by partner" if self.fuel is Fuel.PIPELINE_GAS else ""
        whole = "the published total" if self.is_total_published else "the sum of partners: no total is published"
        return f"share = imports from the partner / {whole}; unallocated = total − Σ partners, never spread{pipeline}"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Each supplier, what is unallocated, and the concentration."""
        return (
            ("total", str(self.total)),
            *((str(row.partner), f"{percent(row.share)} ({row.quantity})") for row in self.suppliers),
            ("unallocated", f"{percent(self.hhi.unknown)} ({self.unallocated})"),
            ("HHI", dict(self.hhi.findings)["points"]),
        )


def supply_shares(
    flows: EnergyFlows,
    importer: PlaceLike,
    period: Period | int | str,
    *,
    fuel: Fuel | str = Fuel.GAS,
    totals: EnergyFlows | None = None,
) -> SupplyShares:
    """Divide a place's imports of gas by partner: all gas, LNG, or pipeline gas.

    Natural gas (G3000) includes LNG (G3200), so that pipeline gas is their difference, partner by partner; a partner
    without a row of LNG has sent none. The whole is the table's own total, or that of `totals`, which may be another
    edition; what is left over no partner is named for, and the index of concentration is an interval over it. Where
    there is no total the whole is the sum of partners, and the result says so. Residual partners ("not specified",
    "other") are unallocated; sums over several partners are left out.

    A partner is where the gas was bought or crossed the border, as reporters tell it: Germany sends Poland gas that it
    does not produce. Raises `NoObservationError` where there is no figure, `UnexpectedValueError` where partners exceed
    the total, one sent more LNG than gas, or `fuel` is no gas.

    Source of the residual: Eurostat's tables, in which Austria's gas has no partner at all.

    >>> from natoburden.datasets import gas_imports
    >>> found = supply_shares(gas_imports(), "Poland", 2022, fuel="G3200")
    >>> [(row.partner.name, percent(row.share)) for row in found.suppliers][:2], found.is_total_published
    ([('United States', '55.12 %'), ('Qatar', '37.53 %')], False)
    """
    where, when = find_place(importer), to_period(period)
    asked = member(Fuel, fuel)
    if asked not in (Fuel.GAS, Fuel.LNG, Fuel.PIPELINE_GAS):
        raise UnexpectedValueError("a fuel to divide by partner", str(asked), "give Fuel.GAS, LNG or PIPELINE_GAS")
    found = list(_partners(flows, where, when, asked))
    if not found:
        raise NoObservationError(f"imports of {asked} by partner", str(where), when.year, flows.edition, "other places")
    total, behind = _total(totals or flows, where, when, asked)
    named = [(partner, quantity) for partner, quantity, _ in found if isinstance(partner, Country)]
    residual = [(partner, quantity) for partner, quantity, _ in found if not isinstance(partner, Country)]
    everything = [quantity for _, quantity in named + residual]
    whole = _summed(everything) if total is None else total
    if not whole.amount:
        raise UnexpectedValueError(f"imports of {asked}", f"0 in {when}", f"{where} imported none: there are no shares")
    known = _summed([whole.with_amount(0), *(quantity for _, quantity in named)])
    unallocated = _minus(whole, known)
    if unallocated.amount < -_SLACK * len(named):
        hint = f"partners add up to {known}: total and partners are not of one edition"
        raise UnexpectedValueError("a total", str(whole), hint)
    unallocated = whole.with_amount(max(unallocated.amount, Decimal(0)))
    whole = _summed([known, unallocated])
    evidence = {partner: tuple(map(evidence_of, cells)) for partner, _, cells in found}
    rows = [
        SupplierShare(
            partner=partner,
            quantity=quantity,
            share=_share(quantity, whole),
            evidence=evidence[partner],
        )
        for partner, quantity in sorted(named, key=lambda pair: (-pair[1].amount, pair[0]))
        if quantity.amount
    ]
    return SupplyShares(
        importer=where,
        period=when,
        fuel=asked,
        total=whole,
        is_total_published=total is not None,
        unallocated=unallocated,
        hhi=hhi([row.share for row in rows], unknown=_share(unallocated, whole)),
        suppliers=ResultTable(rows=tuple(rows)),
        left_out=tuple(sorted({item.partner.name for item in _rows(flows, where, when) if _is_sum(item.partner)})),
        evidence=(*(piece for pieces in evidence.values() for piece in pieces), *map(evidence_of, behind)),
    )


def _rows(flows: EnergyFlows, where: Place, when: Period) -> Iterator[EnergyFlow]:
    return (item for item in flows.of(where, when) if item.partner != TOTAL)


def _is_sum(partner: Place) -> bool:
    return not isinstance(partner, Country) and _AGGREGATE.fullmatch(partner.key) is not None


def _partners(
    flows: EnergyFlows, where: Place, when: Period, fuel: Fuel
) -> Iterator[tuple[Place, Energy | GasVolume, tuple[EnergyFlow, ...]]]:
    """Give each partner's quantity, with the cells behind it; a cell without a figure stays in the residual."""
    for item in _rows(flows, where, when):
        whole = Fuel.LNG if fuel is Fuel.LNG else Fuel.GAS
        if item.fuel is not whole or item.quantity is None or _is_sum(item.partner):
            continue
        liquid = flows.cell(where, item.partner, Fuel.LNG, when) if fuel is Fuel.PIPELINE_GAS else None
        if liquid is None:
            yield item.partner, item.quantity, (item,)
        elif liquid.quantity is not None:
            yield item.partner, _without_lng(item, liquid), (item, liquid)


def _without_lng(gas: EnergyFlow, liquid: EnergyFlow) -> Energy | GasVolume:
    rest = _minus(gas.quantity, liquid.quantity)
    if rest.amount < -_SLACK:
        raise UnexpectedValueError("LNG", str(liquid), f"more than all gas: {gas.quantity}")
    return rest.with_amount(max(rest.amount, Decimal(0)))


def _total(
    flows: EnergyFlows, where: Place, when: Period, fuel: Fuel
) -> tuple[Energy | GasVolume | None, tuple[EnergyFlow, ...]]:
    """Give the published total, with the cells behind it; None where there is none."""
    whole = flows.cell(where, TOTAL, Fuel.LNG if fuel is Fuel.LNG else Fuel.GAS, when)
    if whole is None or whole.quantity is None:
        return None, ()
    if fuel is not Fuel.PIPELINE_GAS:
        return whole.quantity, (whole,)
    liquid = flows.cell(where, TOTAL, Fuel.LNG, when)
    if liquid is None or liquid.quantity is None:
        return None, ()
    return _without_lng(whole, liquid), (whole, liquid)


def _minus(left: Energy | GasVolume | None, right: Energy | GasVolume | None) -> Energy | GasVolume:
    if isinstance(left, Energy) and isinstance(right, Energy):
        return left - right
    if isinstance(left, GasVolume) and isinstance(right, GasVolume):
        return left - right
    raise UnexpectedValueError("gas and LNG", f"{left} and {right}", "take both in energy, or both by volume")


def _summed(quantities: list[Energy | GasVolume]) -> Energy | GasVolume:
    energies = [item for item in quantities if isinstance(item, Energy)]
    volumes = [item for item in quantities if isinstance(item, GasVolume)]
    if energies and volumes:
        raise UnexpectedValueError("imports", f"{energies[0]} and {volumes[0]}", "take all in energy, or all by volume")
    return Energy.total(energies) if energies else GasVolume.total(volumes)


def _share(part: Energy | GasVolume, whole: Energy | GasVolume) -> Share:
    return Share(as_fraction=divide(part.amount, whole.amount))
