"""The years in which contracts end, and the quantities that continue after each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from natoburden.calculators.energy._counted import Scope, coverage_of, dated_words, summed_by_kind
from natoburden.calculators.findings import Finding, Findings, listed
from natoburden.calculators.results import Result, ResultTable
from natoburden.model._numbers import checked_year
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyDeals
from natoburden.model.quantities import EnergyQuantity
from natoburden.model.record_coverage import RecordCoverage

__all__ = ["Expiry", "ExpiryRow", "expiry_profile"]

_FIRM = (DealStatus.BINDING,)


@attrs.frozen(kw_only=True)
class ExpiryRow(Result):
    """The stated quantities of contracts that end with a year, and of contracts that continue after the year."""

    formula = "ends = Σ yearly quantity of deals in their last year; remains = Σ of those that deliver in the next"

    year: int
    expiring: tuple[str, ...]
    ends: tuple[EnergyQuantity, ...]
    remains: tuple[EnergyQuantity, ...]
    rests_on: RecordCoverage = attrs.field(repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return self.rests_on.in_columns

    @property
    def headline(self) -> str:
        return f"Contracts that end with {self.year}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("ends", self.ends, listed),
            Finding("remains", self.remains, lambda left: listed(left) or "nothing"),
            Finding("records", self.rests_on),
        )


@attrs.frozen(kw_only=True)
class Expiry(Result):
    """The years in which contracts end; `left_out` lists every deal that is not included, with the reason."""

    formula = "each deal ends with its last year; options to extend are not counted"

    years: ResultTable[ExpiryRow] = attrs.field(repr=False)
    left_out: Mapping[str, str] = attrs.field(repr=lambda deals: f"<{len(deals)} deals>", hash=False)
    rests_on: RecordCoverage = attrs.field(repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return self.rests_on.in_columns

    @property
    def headline(self) -> str:
        return "Expiry of contracts"

    @property
    def findings(self) -> Findings:
        years = (Finding(str(row.year), row.expiring, listed) for row in self.years)
        left_out = (Finding(f"left out, {key}", why) for key, why in self.left_out.items())
        return (*years, *left_out, Finding("records", self.rests_on))


def expiry_profile(
    deals: EnergyDeals,
    *,
    since: int,
    statuses: Iterable[DealStatus] = _FIRM,
    portfolio: bool = False,
    ceilings: bool = False,
) -> Expiry:
    """Compute in which years contracts end, from a given year on, and which quantities continue after each year.

    A deal with several spans ends with the last span. Options to extend do not count. `Expiry.left_out` lists each deal
    that does not count, with the reason. Deals that ended before the given year are left out too.

    >>> from natoburden.datasets import energy_deals
    >>> for row in expiry_profile(energy_deals().of("Poland"), since=2026).years:
    ...     print(row.year, row.expiring, [str(item) for item in row.remains])
    2042 ('E09',) ['2.00 Mt of LNG']
    2045 ('E08',) ['1.00 Mt of LNG']
    2046 ('E12',) []
    """
    first = checked_year(since)
    scope = Scope(statuses=statuses, portfolio=portfolio, ceilings=ceilings)
    ends: dict[int, list[EnergyDeal]] = {}
    left_out: dict[str, str] = {}
    for deal in deals:
        reason = scope.outside(deal) or scope.uncountable(deal)
        last = deal.last_year
        if reason or last is None:
            left_out[deal.key] = reason
        elif last < first:
            left_out[deal.key] = f"ended before {first}: delivered {dated_words(deal)}"
        else:
            ends.setdefault(last, []).append(deal)
    counted = [deal for ending in ends.values() for deal in ending]
    covered = coverage_of(deals.kind, map(_ends_of, counted), left_out)
    rows = []
    for year, ending in sorted(ends.items()):
        going_on = [deal for deal in counted if deal.delivers_in(year + 1)]
        rows.append(
            ExpiryRow(
                year=year,
                expiring=tuple(deal.key for deal in ending),
                ends=summed_by_kind(quantity for deal in ending for quantity in deal.quantities_in(year)),
                remains=summed_by_kind(quantity for deal in going_on for quantity in deal.quantities_in(year + 1)),
                rests_on=covered,
                inputs=(*ending, *going_on),
            )
        )
    return Expiry(years=ResultTable(rows=tuple(rows)), left_out=left_out, rests_on=covered, inputs=tuple(counted))


def _ends_of(deal: EnergyDeal) -> tuple[int, ...]:
    """Return the first and last year of deliveries, as far as sources state them."""
    return tuple(year for year in (deal.first_year, deal.last_year) if year is not None)
