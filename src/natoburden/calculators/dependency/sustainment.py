"""How long purchases bind the buyer: the life-cycle cost of equipment in service, and payments still due."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Unpack, cast

import attrs

from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import By, checked_grouping
from natoburden.calculators.dependency._records import LeftOut, Measured, Valued, measured
from natoburden.calculators.dependency._results import RecordResult, behind, warn_of_few
from natoburden.calculators.dependency._scope import Record
from natoburden.calculators.dependency.suppliers import SupplierShares, shares_of
from natoburden.calculators.findings import Finding, Findings
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import CONTEXT, checked_year, divide, plain, rounded
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.procurement import Contract
from natoburden.model.record_coverage import RecordKind
from natoburden.model.shares import Share

__all__ = ["LockIn", "lock_in", "sustainment_multiplier"]

# Operating and support are some 70 % of what a weapon system costs over its life (GAO-23-106341, on US programmes).
_OPERATING_AND_SUPPORT = Share.percent(70)


def sustainment_multiplier(sustainment: Share = _OPERATING_AND_SUPPORT) -> Decimal:
    """Return the factor from acquisition cost to life-cycle cost: 1 / (1 − the share of operating and support).

    Raises `UnexpectedValueError` for a share of 100 %.

    >>> round(sustainment_multiplier(), 4)
    Decimal('3.3333')
    """
    rest = CONTEXT.subtract(Decimal(1), sustainment.as_fraction)
    if not rest:
        raise UnexpectedValueError(
            "a part of operating and support", str(sustainment), "give less than 100 %: acquisition costs something"
        )
    return divide(Decimal(1), rest)


@attrs.frozen(kw_only=True)
class LockIn(RecordResult):
    """Supplier shares of the life-cycle cost of equipment in service, and of payments still due.

    `acquisition` has the supplier shares of the same equipment by purchase price. `acquisition` differs from `stock`
    only if areas have different `multipliers`. `forward` has the shares of payments still due, and is None if no such
    payments are known.
    """

    year: int
    stock: SupplierShares
    acquisition: SupplierShares
    forward: SupplierShares | None
    forward_left_out: tuple[LeftOut, ...] = attrs.field(repr=False)
    multipliers: Mapping[str, Decimal] = attrs.field(hash=False)

    @property
    def coverage(self) -> Share:
        """The share of the equipment in service that comes from known suppliers."""
        return self.stock.coverage

    @property
    def headline(self) -> str:
        return f"Lock-in of {self.stock.scope}, {self.year}"

    @property
    def formula(self) -> str:
        used = ", ".join(f"{area} × {plain(rounded(factor, 4))}" for area, factor in self.multipliers.items())
        return (
            f"stock = Σ amount × 1/(1 − operating and support), while 0 ≤ year − purchase < service life ({used}); "
            "forward = payments after the year, spread evenly over the years of delivery"
        )

    @property
    def findings(self) -> Findings:
        ahead = self.forward
        return (
            *(Finding(f"stock, {row.label}", row.share) for row in self.stock),
            Finding("stock, unknown", self.stock.unknown),
            *((Finding(f"forward, {row.label}", row.share) for row in ahead) if ahead else ()),
            *((Finding("forward, unknown", ahead.unknown),) if ahead else ()),
            *self.cautions,
        )


def lock_in(
    records: Iterable[Record],
    year: int,
    *,
    service_life: int | Mapping[CapabilityArea, int],
    sustainment: Share | Mapping[CapabilityArea, Share] = _OPERATING_AND_SUPPORT,
    by: By = "origin",
    **options: Unpack[Options],
) -> LockIn:
    """Compute supplier shares of the life-cycle cost of equipment in service in a year, and of payments still due.

    A purchase is in service from its year until its service life ends. The year of a purchase is the year of the
    contract, or the year of the transfer's delivery. You must give the service life in years. `sustainment` is the
    share of operating and support in life-cycle cost. The default of 70 % for `sustainment` is a rule of thumb from US
    programmes (GAO-23-106341). Give your own share, or a share for each area. If you give service lives by area,
    equipment of all other areas is left out. Payments are spread evenly over a contract's years of delivery. The
    measure is the library's own.

    Takes the options of `supplier_shares` except `since` and `until`, and raises its errors. Raises
    `UnexpectedValueError` for areas that contain each other.

    >>> from natoburden.datasets import announced_contracts, exchange_rates
    >>> result = lock_in(
    ...     announced_contracts(), 2026, service_life=30, buyer="POL", rates=exchange_rates(), currency="USD"
    ... )
    >>> print(result.stock["USA"].share, "|", result.forward.share_of("South Korea"))
    38.02 % | 37.26 %
    """
    checked_grouping(by)
    kind, given, when = RecordKind.of(records), tuple(records), checked_year(year)
    if options.get("since") is not None or options.get("until") is not None:
        raise UnexpectedValueError("a window", "since, until", "the service life and the year are the window")
    lives = service_life if isinstance(service_life, Mapping) else {None: service_life}
    _check_areas(lives)
    stocks: list[Measured] = []
    for area, life in lives.items():
        narrowed = options if area is None else cast("Options", {**options, "area": area})
        within = cast("Options", {**narrowed, "since": when - _years(life) + 1, "until": when})
        stocks.append(measured(given, within, kind=kind))
    bought = _joined(stocks)
    found_for = {id(item.record): area for area, found in zip(lives, stocks, strict=True) for item in found.valued}
    multipliers: dict[str, Decimal] = {}
    weighted: list[Valued] = []
    for item in bought.counting:
        area = found_for[id(item.record)]
        factor = sustainment_multiplier(_of_area(sustainment, area or item.record.area))
        multipliers[str(area or (item.record.area if isinstance(sustainment, Mapping) else "all"))] = factor
        weighted.append(item.times(factor))
    stock = shares_of(attrs.evolve(bought, valued=tuple(weighted), without_amount=bought.left_out), by)
    warn_of_few(bought, stock.rests_on)
    ahead = _forward(given, when, options, kind)
    return LockIn(
        year=when,
        stock=stock,
        acquisition=shares_of(bought, by),
        forward=shares_of(ahead, by) if ahead.total else None,
        forward_left_out=ahead.left_out,
        multipliers=multipliers,
        numerator=stock.counted,
        **behind(bought),
    )


def _years(life: int) -> int:
    if type(life) is not int or life < 1:
        raise UnexpectedValueError("a service life", repr(life), "it is a whole number of years from 1")
    return life


def _check_areas(
    lives: Mapping[CapabilityArea | None, int] | Mapping[CapabilityArea, int] | Mapping[None, int],
) -> None:
    areas = [area for area in lives if area is not None]
    for area in areas:
        if area.within in areas:
            raise UnexpectedValueError("areas", f"{area.within} and {area}", "the one contains the other")


def _of_area(sustainment: Share | Mapping[CapabilityArea, Share], area: CapabilityArea | None) -> Share:
    if isinstance(sustainment, Share):
        return sustainment
    if area is None or area not in sustainment:
        raise UnexpectedValueError(
            "an area",
            str(area or "unknown"),
            "sustainment names no part for it: add one, or give one Share for all areas",
        )
    return sustainment[area]


def _joined(stocks: list[Measured]) -> Measured:
    first = stocks[0]
    units = {str(item.unit) for item in stocks if item.counted}
    if len(units) > 1:
        raise UnexpectedValueError("one unit", ", ".join(sorted(units)), "name the currency and the rates")
    filled = next((item for item in stocks if item.counted), first)
    scope = first.scope if len(stocks) == 1 else f"{len(stocks)} areas, {first.scope.partition(',')[0]}"
    return attrs.evolve(
        filled,
        valued=tuple(item for stock in stocks for item in stock.valued),
        without_amount=tuple(item for stock in stocks for item in stock.without_amount),
        scope=scope,
    )


def _forward(records: tuple[Record, ...], year: int, options: Options, kind: RecordKind) -> Measured:
    """Compute the payments that are due after a year; transfers are paid for when they are delivered.

    A part of a contract counts if the contract that contains it has no known payments that are still due.
    """
    whole = measured(records, options, when=year, kind=kind)
    schedule: list[Valued] = []
    left_out = list(whole.without_amount)
    for item in whole.valued:
        contract = item.record
        if not isinstance(contract, Contract) or (contract.year is not None and contract.year > year):
            continue
        if contract.delivery_start is None or contract.delivery_end is None:
            left_out.append(LeftOut(record=contract, reason="years of delivery not known, so no payment ahead"))
            continue
        years = range(contract.delivery_start, contract.delivery_end + 1)
        ahead = sum(when > year for when in years)
        schedule.append(item.times(ahead, len(years)))
    found = attrs.evolve(whole, valued=tuple(schedule), without_amount=tuple(left_out))
    still = tuple(item for item in found.counting if not item.is_nothing)
    return attrs.evolve(found, valued=still, without_amount=found.left_out)
