"""A pledge to buy energy, compared with years of actual purchases and with the value of all exports."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators._arguments import several, with_basis
from natoburden.calculators.findings import Finding, Findings, listed, percent, places
from natoburden.calculators.purchases.efforts import shipments_of
from natoburden.calculators.purchases.shipments import Shipments
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model.deals import EnergyPledge
from natoburden.model.energy import EnergyFlows
from natoburden.model.evidence import Given
from natoburden.model.memberships import Entity, EntityLike, find_entity
from natoburden.model.money import CURRENT_PRICES, Money
from natoburden.model.prices import EnergyPrices
from natoburden.model.shares import Rate
from natoburden.model.sources import Status

__all__ = ["PledgeBesideRecord", "pledge_beside_record"]


@attrs.frozen(kw_only=True)
class PledgeBesideRecord(Result):
    """One year of a pledge to buy energy, compared with the value of the buyer's fuel purchases in one year.

    `times` is the yearly pledge divided by the value of one year's purchases. `years_of_record` is the whole pledge
    divided by the value of one year's purchases. `of_exports` is the yearly pledge divided by the value of total
    exports of the fuels in `with_total`. If `of_exports` is above 100 %, the yearly pledge exceeds what the exporter
    sent to the whole world.
    """

    note = (
        "The value is that of exports at the American port. A pledge may cover other goods than these fuels, and the "
        "exports of a year are what was sent, not the most that could be: capacity is not in these tables."
    )
    formula = (
        "times = pledge a year / Σ value; years = pledge / Σ value; beside exports = pledge a year / Σ all exports"
    )

    pledge: str
    buyer: Entity
    year: int
    amount: Money
    per_year: Money
    value: Money
    times: Decimal
    years_of_record: Decimal
    all_exports: Money
    of_exports: Rate
    with_total: tuple[str, ...]
    shipments: ResultTable[Shipments] = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"Pledge {self.pledge} beside what {self.buyer} bought in {self.year}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("pledged", self.amount),
            Finding("pledged a year", self.per_year),
            *(Finding(f"value of {item.fuel}", item.value) for item in self.shipments),
            Finding(f"value of purchases in {self.year}", self.value),
            Finding("pledge of a year beside it", self.times, places(1, " times")),
            Finding("the whole pledge pays for", self.years_of_record, places(1, " years of them")),
            Finding(f"value of all exports of {' and '.join(self.with_total)}", self.all_exports),
            Finding("pledge of a year beside them", self.of_exports, percent),
            *(Finding("remark", words) for item in self.shipments for words in item.remarks),
            *(Finding("without a figure", item.missing, listed) for item in self.shipments if item.missing),
        )


def pledge_beside_record(
    pledge: EnergyPledge,
    exports: Iterable[EnergyFlows],
    prices: EnergyPrices,
    year: int,
    *,
    buyer: EntityLike | None = None,
    partial_ok: bool = False,
) -> PledgeBesideRecord:
    """Compute how a pledge compares with the buyer's purchases in a year, and with all exports of the fuels.

    `exports` are annual tables, one for each fuel to count. The pledge is divided into equal yearly parts, at the
    prices of the year. By default, `buyer` is the buyer of the pledge. If a table lacks EU members outside NATO, use
    the group ``"NATO_EU"``. With ``partial_ok=True``, members without a figure are left out and listed, and the value
    is a minimum.

    Raises `UnexpectedValueError` if no table has a total of exports, or if nothing was bought. Raises
    `NoObservationError` for a missing figure.

    >>> from natoburden.datasets import energy_pledge, energy_prices, us_energy_exports
    >>> lng, pledge = us_energy_exports("lng"), energy_pledge("eu-us-2025")
    >>> found = pledge_beside_record(pledge, [lng], energy_prices(), 2025, buyer="NATO_EU")
    >>> print(round(found.times, 1), round(found.years_of_record, 1), f"{found.of_exports.as_percent:.2f} %")
    10.4 31.3 573.22 %
    """
    expect(pledge, EnergyPledge, "a pledge", "give one: natoburden.datasets.energy_pledge('eu-us-2025')")
    given = several(exports, EnergyFlows, "tables of exports", "give several, or one in a list: [exports]")
    whose = find_entity(pledge.buyer if buyer is None else buyer)
    amount = with_basis(pledge.amount, CURRENT_PRICES)
    if not given:
        hint = "give one for each fuel to count: [natoburden.datasets.us_energy_exports('lng')]"
        raise UnexpectedValueError("tables of exports", "none", hint)
    shipped = shipments_of(given, prices, whose, year, partial_ok=partial_ok)
    values = [item.value for item in shipped if item.value is not None]
    value = Money.total(values)
    with_total = [item for item in shipped if item.of_exports is not None]
    if not with_total or not value.amount:
        hint = f"tables with a total: {len(with_total)}; give one that has, such as of LNG, and a value above zero"
        raise UnexpectedValueError(f"exports in {year} to set a pledge beside", str(value), hint)
    everything = Money.total(map(_value_of_all, with_total))
    yearly = amount / pledge.years
    return PledgeBesideRecord(
        pledge=pledge.key,
        buyer=whose,
        year=year,
        amount=amount,
        per_year=yearly,
        value=value,
        times=yearly / value,
        years_of_record=amount / value,
        all_exports=everything,
        of_exports=Rate(as_fraction=yearly / everything),
        with_total=tuple(str(item.fuel) for item in with_total),
        shipments=ResultTable(rows=shipped),
        inputs=(
            Given(f"pledge {pledge.amount} over {pledge.years} years", pledge.source, Status.PROJECTION),
            *dict.fromkeys(item for found in shipped for item in found.inputs),
        ),
    )


def _value_of_all(item: Shipments) -> Money:
    value: Any = item.value
    share: Any = item.of_exports
    found: Money = value / share.as_fraction
    return found
