"""Which capability areas depend on American arms: the notices of each area, and the contracts on record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Unpack

import attrs

from natoburden.calculators.dependency._options import Options, checked_options
from natoburden.calculators.dependency._records import measured
from natoburden.calculators.dependency.suppliers import SupplierShares, shares_of
from natoburden.calculators.findings import Finding, Findings, or_none, percent
from natoburden.calculators.purchases.notices import (
    NOTICE,
    Notified,
    checked_notices,
    days_asked,
    of_notices,
    partly_covered,
    uncollected,
)
from natoburden.calculators.results import Result, Summary
from natoburden.errors import UnexpectedValueError
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.evidence import Evidence
from natoburden.model.memberships import Entity, find_entity
from natoburden.model.notices import SaleNotification, SaleNotifications
from natoburden.model.procurement import Contract
from natoburden.model.shares import Share

__all__ = ["AreaBesideContracts", "AreasBesideContracts", "areas_beside_contracts"]

_US = "United States"


@attrs.frozen(kw_only=True)
class AreaBesideContracts(Result):
    """The notices of one capability area, and the suppliers of the recorded contracts in this area.

    Notified arms are American by definition. Two facts are informative: the area's share of all ceilings, and whether
    contracts with other suppliers are on record. `american` and `unknown` are the shares of contracts with American and
    with unknown suppliers. `american` and `unknown` are None if no contract counts.
    """

    note = NOTICE
    formula = "part = ceilings of the area / Σ ceilings; shares of contracts by value and origin"

    area: CapabilityArea
    notified: Notified = attrs.field(repr=False)
    part: Share
    contracts: int
    american: Share | None
    unknown: Share | None
    shares: SupplierShares | None = attrs.field(default=None, repr=False)

    @property
    def others(self) -> tuple[str, ...]:
        """The suppliers other than the United States, largest first."""
        return tuple(row.label for row in self.shares or () if row.label != _US)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.notified.inputs, *(self.shares.evidence if self.shares else ()))

    @property
    def headline(self) -> str:
        return f"{str(self.area).capitalize()}: notices beside contracts"

    @property
    def findings(self) -> Findings:
        missing = or_none(percent, "no contract on record")
        return (
            Finding("notices", self.notified.count),
            Finding("ceilings", self.notified.ceilings),
            Finding("part of all ceilings", self.part, percent),
            Finding("contracts counted", self.contracts),
            Finding("American share of the contracts", self.american, missing),
            Finding("unknown share of the contracts", self.unknown, missing),
            *((Finding("other suppliers", ", ".join(self.others)),) if self.others else ()),
        )

    @property
    def columns(self) -> dict[str, object]:
        return {"notices": self.notified.count, "ceilings": self.notified.ceilings, "others": self.others}


@attrs.frozen(kw_only=True)
class AreasBesideContracts(Summary[AreaBesideContracts]):
    """Every notified area, largest ceilings first; a notice of several areas is not in any of these rows."""

    note = NOTICE
    formula = "part = ceilings of the area / Σ ceilings; shares of contracts by value and origin"

    of: Entity | None
    several_areas: int
    remarks: tuple[str, ...] = ()

    @property
    def headline(self) -> str:
        return f"Areas of arms notified for {self.of or 'all buyers on record'}, beside contracts on record"

    @property
    def findings(self) -> Findings:
        return (
            *(Finding(str(row.area), row.part, percent) for row in self.rows),
            Finding("notices of several areas, in no row", self.several_areas),
            *(Finding("remark", words) for words in self.remarks),
        )


def areas_beside_contracts(
    notices: SaleNotifications, contracts: Iterable[Contract], **options: Unpack[Options]
) -> AreasBesideContracts:
    """Compute which areas were notified for an ally or group, and who supplies its contracts of each area.

    The options are those of `dependency.supplier_shares`, such as `buyer` and `rates`. `buyer`, `since` and `until`
    also apply to the notices. Ceilings and contracts are shown side by side, and never added. The recorded contracts
    are a sample: an area without a recorded contract may still have other suppliers. Raises the errors of `notified`
    and `dependency.supplier_shares`.

    >>> from natoburden.datasets import announced_contracts, us_arms_notifications, yearly_exchange_rates
    >>> found = areas_beside_contracts(
    ...     us_arms_notifications(), announced_contracts(), buyer="Poland", rates=yearly_exchange_rates()
    ... )
    >>> for row in found.rows[:3]:
    ...     print(row.area, "|", row.part, "|", row.contracts, row.american, "|", row.others)
    air and missile defence | 33.58 % | 6 33.65 % | ('United Kingdom',)
    combat aircraft | 18.49 % | 2 55.88 % | ('South Korea',)
    helicopters | 13.66 % | 2 83.99 % | ('Italy',)
    """
    asked = checked_options(options)
    if asked.get("area") is not None:
        raise UnexpectedValueError("an option", "area", "each area has its row: look for the one you want in them")
    buyer, since, until = asked.get("buyer"), asked.get("since"), asked.get("until")
    whose = None if buyer is None else find_entity(buyer)
    every = checked_notices(notices)
    not_collected = uncollected(every, whose, every.last_day.year)
    first, last = days_asked(every, whose, since, until)
    spanned = every.between(first, last)
    record = spanned if whose is None else spanned.of(whose)
    whole, given = of_notices("", record), tuple(contracts)
    of_area: dict[CapabilityArea, list[SaleNotification]] = {}
    for item in record:
        if item.area is not None:
            of_area.setdefault(item.area, []).append(item)
    rows = (_row(area, of_notices(str(area), items), whole, given, asked) for area, items in of_area.items())
    return AreasBesideContracts(
        of=whose,
        several_areas=sum(item.area is None for item in record),
        remarks=(*partly_covered(every, first, last), *not_collected),
        rows=tuple(sorted(rows, key=lambda row: (-row.notified.ceilings.amount, str(row.area)))),
    )


def _row(
    area: CapabilityArea, notified: Notified, all_areas: Notified, contracts: tuple[Contract, ...], options: Options
) -> AreaBesideContracts:
    asked = Options(**options)
    asked["area"] = area
    whole = measured(contracts, asked)
    shares = shares_of(whole, "origin") if whole.total else None
    return AreaBesideContracts(
        area=area,
        notified=notified,
        part=Share.fraction(notified.ceilings / all_areas.ceilings),
        contracts=len(shares.counted) if shares else 0,
        american=shares.share_of(_US) if shares else None,
        unknown=shares.unknown if shares else None,
        shares=shares,
    )
