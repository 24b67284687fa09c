"""American energy: exports to an ally by declared destination, and their value at the American port."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators.energy.supply import SupplyShares, supply_shares
from natoburden.calculators.findings import Finding, Findings, listed, percent
from natoburden.calculators.results import Result
from natoburden.errors import MixedReportersError, NoObservationError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model.countries import Country
from natoburden.model.energy import TOTAL, EnergyFlow, EnergyFlows, Fuel, ReportedBy
from natoburden.model.evidence import Evidence
from natoburden.model.memberships import Entity, EntityLike, Group, find_entity
from natoburden.model.money import Money
from natoburden.model.periods import Period, PeriodLike, PeriodRun, to_period, to_run
from natoburden.model.prices import EnergyPrices, PricePoint
from natoburden.model.quantities import (
    CalorificBasis,
    ConversionSet,
    Energy,
    EnergyQuantity,
    EnergyUnit,
    GasBasis,
    GasVolume,
)
from natoburden.model.shares import Share
from natoburden.units import convert, to_energy

__all__ = ["Cells", "Shipments", "added", "cells_of", "energy", "exporter_of"]

_NOTE = (
    "The exporter's figures by declared destination: cargoes are diverted and sold on. Volume x price is the export's "
    "value at the American port, not what the buyer paid."
)
_NAMED = "valued at {}, the series that was named: not a price of these exports"
_PRICES = {
    Fuel.LNG: ("us_lng_export_price", ""),
    Fuel.CRUDE: ("wti_spot", "valued at the spot price of WTI: no price of exported crude oil is in the table"),
    Fuel.DISTILLATE: ("us_gulf_ulsd_spot", "valued at the spot price of Gulf Coast diesel, not at export prices"),
}


@attrs.frozen(kw_only=True)
class Shipments(Result):
    """Exports of one fuel to an ally or a group in a period, their value at the exporter's port, and shares of totals.

    `of_exports` is `quantity` as a share of the exporter's total exports of the fuel; None if the total is not known.
    `imports` and `share_of_imports` come from the buyer's own table of imports, if you give a table with these figures.
    Do not divide `quantity` by `imports`, because exporters and importers count differently. `energy` is None if you do
    not give a set of factors. `missing` lists the members and months without a figure; a missing figure is not zero.
    """

    note = _NOTE
    formula = "value = Σ volume × price at the exporter's port, of the month where it is published, else of the year"

    buyer: Entity
    exporter: Country
    fuel: Fuel
    period: Period | PeriodRun
    quantity: EnergyQuantity
    energy: Energy | None
    value: Money | None
    series: str
    at_years_price: tuple[Period, ...] = attrs.field(default=(), repr=False)
    of_exports: Share | None
    imports: EnergyQuantity | None = None
    share_of_imports: Share | None = None
    missing: tuple[str, ...] = attrs.field(default=(), repr=False)
    remarks: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        return f"{self.exporter}: {self.fuel} shipped to {self.buyer}, {self.period}"

    @property
    def findings(self) -> Findings:
        optional: tuple[tuple[str, Any, Any], ...] = (
            ("value at the exporter's port", self.value, str),
            ("energy", self.energy, str),
            ("of all exports", self.of_exports, percent),
            ("the buyer's own imports", self.imports, str),
            (f"share of {self.exporter} in them, as the buyer reports", self.share_of_imports, percent),
            ("months at the price of their year", self.at_years_price, listed),
            ("without a published figure, so that the sum is at least this", self.missing, listed),
        )
        return (
            Finding("quantity", self.quantity),
            *(Finding(label, value, write) for label, value, write in optional if value not in (None, ())),
            *(Finding("remark", words) for words in self.remarks),
        )


def energy(
    exports: EnergyFlows,
    prices: EnergyPrices | None,
    buyer: EntityLike,
    period: PeriodLike,
    *,
    fuel: Fuel | str = Fuel.LNG,
    price: str | None = None,
    using: ConversionSet | None = None,
    assuming: GasBasis | None = None,
    imports: EnergyFlows | None = None,
    partial_ok: bool = False,
) -> Shipments:
    """Compute how much of a fuel was shipped to an ally or group, and its value at the exporter's port.

    `exports` is a table that the exporter reports, such as `datasets.us_energy_exports`. The period is a year of an
    annual table, or months of a monthly table, such as ``"2025-03 to 2025-12"``. A group consists of its members at the
    end of each period. Exports of a month are valued at the month's price, or at the year's price if no monthly price
    is published. Exports of a whole year are valued at the year's price.

    `price` is the name of the series of prices; a price per unit of energy also needs `using`. By default, LNG has the
    price of American LNG exports, crude oil has the price of WTI, and distillate has the price of Gulf Coast diesel.
    Without `prices` there is no value. `using` is a named set of factors for the energy, and `assuming` is the basis
    for volumes without a stated basis. With ``partial_ok=True``, members of a group without a figure are left out and
    listed in `missing`, and the sum is a minimum. `imports` is a table of the buyer's own imports, which gives total
    imports and the exporter's share of these imports.

    Raises `MixedReportersError` if `exports` is a table that importers report, or `imports` is a table that an exporter
    reports. Raises `NoObservationError` for a missing
    figure, and lists the available figures.

    >>> from natoburden.datasets import energy_prices, us_energy_exports
    >>> found = energy(us_energy_exports("LNG"), energy_prices(), "NATO Europe", 2025)
    >>> print(found.value, "|", found.of_exports)
    USD 29.78 bn (current prices) | 68.27 %
    """
    wanted, when, asked = find_entity(buyer), to_run(period), Fuel.find(fuel)
    exporter = exporter_of(exports)
    if wanted == exporter:
        raise UnexpectedValueError("a buyer", str(wanted), "it is the exporter; give an ally or group that it ships to")
    if prices is not None:
        expect(prices, EnergyPrices, "prices of energy", "give natoburden.datasets.energy_prices()")
    elif price is not None:
        hint = "give the prices too: natoburden.datasets.energy_prices()"
        raise UnexpectedValueError("a series of prices", price, hint)
    if using is not None:
        expect(using, ConversionSet, "a set of factors", "give one: natoburden.datasets.conversion_set('bp-2021')")
    usual = asked in _PRICES and price == _PRICES[asked][0]
    named = None if price is None or usual else (price, _NAMED.format(price))
    key, remark = named or _price_of(asked, prices)
    start = when if isinstance(when, Period) else next(iter(when))
    if (fuels := {item.fuel for item in exports}) and asked not in fuels:
        there = ", ".join(sorted(map(str, fuels)))
        raise NoObservationError(
            f"exports of {asked} with the destination",
            str(wanted),
            start.year,
            exports.edition,
            there,
            "name one of them: fuel=",
        )
    try:
        cells = [
            cells_of(exports, wanted, asked, at, partial_ok=partial_ok)
            for at in ((when,) if isinstance(when, Period) else when)
        ]
    except NoObservationError as error:
        if isinstance(wanted, Group) and not partial_ok and error.reason:
            error.reason += "; without such members the sum is a minimum: say partial_ok=True"
        raise
    sums = {found.at: added(found.quantities) for found in cells}
    points = {} if prices is None else {at: _price(prices, key, at) for at in sums}
    quantity = added(sums.values())
    totals = _totals(exports, asked, sums)
    of_exports = Share.fraction(_ratio(quantity, added(figure for _, figure in totals))) if totals else None
    shares, lacking = _own_imports(imports, wanted, when, asked)
    evidence: list[Evidence] = [flow for found in cells for flow in found.evidence]
    evidence += [*(flow for flow, _ in totals), *points.values(), *([using] if using else [])]
    evidence += shares.inputs if shares else ()
    return Shipments(
        buyer=wanted,
        exporter=exporter,
        fuel=asked,
        period=when,
        quantity=quantity,
        energy=None if using is None else _energy(quantity, using, assuming),
        value=Money.total(
            point.price.cost_of(_in_unit(sums[at], point, using, assuming)) for at, point in points.items()
        )
        if points
        else None,
        series=key,
        at_years_price=tuple(at for at, point in points.items() if point.period != at),
        of_exports=of_exports,
        imports=shares.total if shares else None,
        share_of_imports=shares.share_of(exporter) if shares else None,
        missing=tuple(name for found in cells for name in found.missing),
        remarks=tuple(filter(None, (remark, lacking))),
        inputs=tuple(dict.fromkeys(evidence)),
    )


def exporter_of(exports: EnergyFlows) -> Country:
    """Return the country that reports a table of exports.

    Raises `MixedReportersError` if importers report the table, and `UnexpectedValueError` for several exporters.
    """
    expect(exports, EnergyFlows, "a table of exports", "give one: natoburden.datasets.us_energy_exports('LNG')")
    if exports.reported_by is not ReportedBy.EXPORTER:
        raise MixedReportersError(f"flows of {exports.edition} ({exports.reported_by})", "what an exporter reports")
    partners = {item.partner for item in exports}
    found = next(iter(partners))
    if len(partners) > 1 or not isinstance(found, Country):
        names = ", ".join(sorted(map(str, partners)))
        raise UnexpectedValueError("a table of exports", names, "give that of one country")
    return found


@attrs.frozen(kw_only=True)
class Cells:
    """The flows to a buyer in one period, and the names of members without a figure."""

    at: Period
    flows: tuple[EnergyFlow, ...]
    missing: tuple[str, ...]

    @property
    def quantities(self) -> tuple[EnergyQuantity, ...]:
        """The figures, zeros included."""
        return tuple(flow.quantity for flow in self.flows if flow.quantity is not None)

    @property
    def evidence(self) -> tuple[EnergyFlow, ...]:
        """The flows that are not zero."""
        return tuple(flow for flow in self.flows if flow.quantity is not None and flow.quantity.amount)


def cells_of(
    exports: EnergyFlows,
    buyer: Entity,
    fuel: Fuel,
    at: Period,
    *,
    members_on: dt.date | None = None,
    partial_ok: bool = False,
) -> Cells:
    """Return the flows to a country, or to the members of a group, in a period.

    Members are those on the day `members_on`, by default the last day of the period. `missing` lists the cells without
    a figure and, with `partial_ok`, the cells that the table lacks. Raises `NoObservationError` for a missing figure,
    for a group that has no member in the period, and if no cell has a figure.
    """
    exporter = exporter_of(exports)
    places = buyer.members(members_on or at.last_day) if isinstance(buyer, Group) else (buyer,)
    flows: list[EnergyFlow] = []
    missing: list[str] = []
    for one in places:
        cell = exports.cell(one, exporter, fuel, at)
        is_blank = cell is not None and cell.quantity is None and len(places) > 1
        try:
            flows += [] if is_blank or one == exporter else [exports.flow(one, exporter, fuel, at)]
        except NoObservationError:
            if not partial_ok or len(places) == 1:
                raise
            is_blank = True
        missing += [f"{one}, {at}"] if is_blank else []
    if not flows:
        raise NoObservationError(f"figure of {fuel}", str(buyer), at.year, exports.edition, "no member has one")
    return Cells(at=at, flows=tuple(flows), missing=tuple(missing))


def added(quantities: Iterable[EnergyQuantity]) -> EnergyQuantity:
    """Return the sum of quantities of one kind and unit; at least one quantity is needed."""
    first, *others = quantities
    total: Any = first
    for other in others:
        total = total + other
    whole: EnergyQuantity = total
    return whole


def _price_of(fuel: Fuel, prices: EnergyPrices | None) -> tuple[str, str]:
    if prices is None:
        return "", ""
    if fuel not in _PRICES:
        hint = f"name one with price=: {', '.join(prices.keys())}"
        raise UnexpectedValueError("a fuel with a price of its own", str(fuel), hint)
    return _PRICES[fuel]


def _price(prices: EnergyPrices, key: str, at: Period) -> PricePoint:
    """Return the price of a period, or the year's price if the period has no price."""
    series = prices.series(key)
    if at not in series.by_period and (year := to_period(at.year)) in series.by_period:
        return series.by_period[year]
    return series.price(at)


def _in_unit(
    quantity: EnergyQuantity, point: PricePoint, using: ConversionSet | None, assuming: GasBasis | None
) -> EnergyQuantity:
    """Return a quantity in the unit of a price; the factors convert volumes for a price per unit of energy."""
    per = point.price.per
    if isinstance(per, EnergyUnit) and isinstance(quantity, GasVolume):
        if using is None:
            hint = "it is per energy: give using= a set of factors, and assuming= the basis of the volume"
            raise UnexpectedValueError("a price of a volume", f"{point.price}", hint)
        energy = _energy(quantity, using, assuming, per)
        if energy.calorific is not CalorificBasis.GROSS:
            hint = "prices per MMBtu are of gross energy: name a set whose factor is gross"
            raise UnexpectedValueError("energy to price", str(energy), hint)
        return energy
    ours: Any = convert
    found: EnergyQuantity = ours(quantity, per)
    return found


def _totals(
    exports: EnergyFlows, fuel: Fuel, periods: Iterable[Period]
) -> tuple[tuple[EnergyFlow, EnergyQuantity], ...]:
    """Return total exports in each period; an empty tuple if any total is missing."""
    cells = [exports.cell(TOTAL, exporter_of(exports), fuel, at) for at in periods]
    found = tuple((cell, cell.quantity) for cell in cells if cell is not None and cell.quantity is not None)
    return found if len(found) == len(cells) else ()


def _ratio(part: EnergyQuantity, whole: EnergyQuantity) -> Decimal:
    over: Any = part
    ratio: Decimal = over / whole
    return ratio


def _energy(
    quantity: EnergyQuantity, using: ConversionSet, assuming: GasBasis | None, unit: EnergyUnit = EnergyUnit.TWH
) -> Energy:
    if isinstance(quantity, GasVolume) and assuming is not None:
        quantity = quantity.assuming(assuming)
    return to_energy(quantity, unit, using)


def _own_imports(
    imports: EnergyFlows | None, buyer: Entity, when: Period | PeriodRun, fuel: Fuel
) -> tuple[SupplyShares | None, str]:
    """Return the buyer's own imports by partner, or the reason why these imports are missing."""
    if imports is None:
        return None, ""
    try:
        return supply_shares(imports, buyer, when, fuel=fuel), ""
    except NoObservationError as error:
        return None, f"no imports beside: {error}"
