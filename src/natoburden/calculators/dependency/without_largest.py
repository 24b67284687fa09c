"""The supplies that would be left without the largest supplier, by capability area."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Unpack

import attrs

from natoburden.calculators.concentration import Interval, in_percent
from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import By, checked_grouping
from natoburden.calculators.dependency._records import LeftOut, Measured, measured
from natoburden.calculators.dependency._results import RecordResult, rested, warn_of_few
from natoburden.calculators.dependency._scope import Record
from natoburden.calculators.dependency.suppliers import SupplierShares, shares_of
from natoburden.calculators.findings import Finding, Findings, listed, or_none, yes_or_no
from natoburden.calculators.results import Summary
from natoburden.model._numbers import CONTEXT
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.record_coverage import RecordCoverage
from natoburden.model.shares import Share

__all__ = ["AreaWithoutLargest", "WithoutLargest", "without_largest_of", "without_largest_supplier"]


@attrs.frozen(kw_only=True)
class AreaWithoutLargest(RecordResult):
    """The supplies of one capability area without its largest supplier.

    `surviving` is the share of all other suppliers, and is an interval if some suppliers are unknown. `single_supplier`
    is None if the unknown part may come from another supplier.
    """

    formula = "surviving = 1 − the largest share; low: the unknown part is the largest supplier's too"

    area: CapabilityArea
    largest: str | None
    surviving: Interval
    single_supplier: bool | None
    shares: SupplierShares = attrs.field(repr=False)

    @property
    def coverage(self) -> Share:
        """The share of the area's supplies that comes from known suppliers."""
        return self.shares.coverage

    @property
    def headline(self) -> str:
        return f"{str(self.area).capitalize()} without {self.largest or 'an unknown supplier'}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("surviving", self.surviving, in_percent),
            Finding("single supplier", self.single_supplier, or_none(yes_or_no, "unknown")),
            *self.cautions,
        )


@attrs.frozen(kw_only=True)
class WithoutLargest(Summary[AreaWithoutLargest]):
    """The share of each capability area's supplies that is left without its largest supplier, smallest share first."""

    formula = "surviving = 1 − the largest share, for each area"

    left_out: tuple[LeftOut, ...] = attrs.field(repr=False)
    without_area: tuple[Record, ...] = attrs.field(repr=False)
    rests_on: RecordCoverage = attrs.field(repr=False)

    @property
    def weakest(self) -> AreaWithoutLargest:
        """The area that would keep the smallest certain share without its largest supplier."""
        return self.rows[0]

    @property
    def single_supplier_areas(self) -> tuple[CapabilityArea, ...]:
        """The areas that are known to have only one supplier."""
        return tuple(row.area for row in self.rows if row.single_supplier)

    @property
    def perhaps_single_supplier_areas(self) -> tuple[CapabilityArea, ...]:
        """The areas that may have only one supplier, depending on the unknown part."""
        return tuple(row.area for row in self.rows if row.single_supplier is None)

    @property
    def headline(self) -> str:
        return "Supplies without the largest supplier, by capability area"

    @property
    def caption(self) -> tuple[str, ...]:
        return (self.headline, *map(str, rested(self.rests_on)))

    @property
    def findings(self) -> Findings:
        areas = or_none(listed)
        return (
            Finding("areas with a single supplier", self.single_supplier_areas or None, areas),
            Finding("areas that may have a single supplier", self.perhaps_single_supplier_areas or None, areas),
            *rested(self.rests_on),
        )


def without_largest_supplier(
    records: Iterable[Record], *, by: By = "origin", **options: Unpack[Options]
) -> WithoutLargest:
    """Compute the share of each capability area's supplies that is left without the area's largest supplier.

    The share that is left in an area is 1 − the share of the area's largest supplier. The measure is the library's own.
    Takes the options of `supplier_shares`, and raises its errors. `without_area` lists the records that do not belong
    to a single area.

    >>> from natoburden.datasets import announced_contracts, exchange_rates
    >>> table = without_largest_supplier(announced_contracts(), buyer="POL", rates=exchange_rates(), currency="USD")
    >>> for row in table:
    ...     print(row.area, "|", row.largest, "|", row.single_supplier)
    artillery | South Korea | True
    missiles | United States | True
    naval vessels | Sweden | True
    long-range fires | South Korea | False
    helicopters | United States | False
    air and missile defence | United Kingdom | False
    combat aircraft | United States | False
    armoured vehicles | South Korea | False
    """
    checked_grouping(by)
    whole = measured(records, options)
    found = without_largest_of(whole, by)
    warn_of_few(whole, found.rests_on)
    return found


def without_largest_of(whole: Measured, by: By) -> WithoutLargest:
    """Compute each area's share without its largest supplier, for records that already have an amount.

    If a contract covers several areas, each part of the contract counts in its own area.
    """
    some = [item for item in whole.valued if not item.is_nothing]
    areas = dict.fromkeys(item.record.area for item in some if item.record.area is not None)
    within = {
        area: attrs.evolve(whole, valued=tuple(item for item in some if item.record.area is area)) for area in areas
    }
    rows = [_area(area, shares_of(found, by)) for area, found in within.items() if found.total]
    return WithoutLargest(
        rows=tuple(sorted(rows, key=lambda row: (row.surviving.low, row.surviving.high, str(row.area)))),
        left_out=whole.left_out,
        without_area=tuple(item.record for item in whole.counted if item.record.area is None),
        rests_on=whole.coverage,
    )


def _area(area: CapabilityArea, shares: SupplierShares) -> AreaWithoutLargest:
    largest = shares.rows[0] if shares.rows else None
    most = largest.share.as_fraction if largest else Decimal(0)
    left = CONTEXT.subtract(Decimal(1), most)
    single: bool | None = len(shares.rows) == 1
    if shares.unknown.as_fraction and len(shares.rows) <= 1:
        single = None
    return AreaWithoutLargest(
        area=area,
        largest=largest.label if largest else None,
        surviving=Interval(max(CONTEXT.subtract(left, shares.unknown.as_fraction), Decimal(0)), left),
        single_supplier=single,
        shares=shares,
        numerator=largest.numerator if largest else (),
        denominator=shares.counted,
        left_out=shares.left_out,
        conversions=shares.conversions,
        rests_on=shares.rests_on,
    )
