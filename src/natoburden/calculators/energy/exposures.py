"""The share of a demand for gas that is contracted from one origin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from natoburden.calculators._members import ally_of
from natoburden.calculators.energy._counted import coverage_of
from natoburden.calculators.energy.contracts import Grouping, contracted
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Result
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model.countries import CountryLike
from natoburden.model.deals import DealStatus, EnergyDeals
from natoburden.model.quantities import ConversionSet, Energy, GasBasis
from natoburden.model.record_coverage import RecordCoverage
from natoburden.model.shares import Rate, Share

__all__ = ["Exposure", "exposure"]

_FIRM = (DealStatus.BINDING,)


@attrs.frozen(kw_only=True)
class Exposure(Result):
    """Energy contracted from one origin, as a share of a demand for gas; the share can exceed 100 %.

    `left_out` lists the deals that may be from the origin but are not counted, each with the reason. `coverage` is the
    number of deals that count, as a share of the selected deals. Deals that are left out could only increase the
    exposure.
    """

    formula = "exposure = contracted from the origin / demand, both in one unit and on one calorific basis"

    origin: str
    year: int
    contracted: Energy
    demand: Energy
    rate: Rate
    deals: tuple[str, ...]
    coverage: Share
    left_out: Mapping[str, str] = attrs.field(hash=False)
    rests_on: RecordCoverage = attrs.field(repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return self.rests_on.in_columns

    @property
    def headline(self) -> str:
        return f"Contracted from {self.origin} for {self.year}, beside demand"

    @property
    def findings(self) -> Findings:
        is_whole = self.coverage == Share.percent(100)
        return (
            Finding("exposure", self.rate, percent if is_whole else _at_least),
            Finding("contracted", self.contracted),
            Finding("demand", self.demand),
            Finding("deals with known energy", self.coverage, percent),
            *(Finding(f"left out, {key}", why) for key, why in self.left_out.items()),
            Finding("records", self.rests_on),
        )


def _at_least(rate: Rate) -> str:
    return f"{percent(rate)} at least"


def exposure(
    deals: EnergyDeals,
    year: int,
    demand: Energy,
    *,
    origin: CountryLike,
    using: ConversionSet,
    statuses: Iterable[DealStatus] = _FIRM,
    ceilings: bool = False,
    assuming: GasBasis | None = None,
) -> Exposure:
    """Compute the energy that buyers have contracted from one origin, as a share of a demand for gas that you give.

    Only deals of national buyers count; by default, these deals must be binding. `Exposure.left_out` lists deals from
    an unstated origin, and deals from the origin with unknown energy in the year. The exposure is a minimum, because
    deals that are left out could increase it. Raises `NoObservationError` if no energy is known to be contracted from
    the origin. Raises `MixedQuantitiesError` if the demand and the set of factors have different calorific bases.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> from natoburden.model.quantities import CalorificBasis, EnergyUnit
    >>> demand = Energy(170, EnergyUnit.TWH, CalorificBasis.GROSS)
    >>> filing = conversion_set("sabine-pass-filing")
    >>> found = exposure(energy_deals().of("Poland"), 2028, demand, origin="USA", using=filing)
    >>> f"{found.rate.as_percent:.2f} %", found.deals, str(found.coverage), found.left_out["E11"]
    ('39.96 %', ('E08', 'E09', 'E12'), '75.00 %', 'the first or last year of deliveries is not stated')
    """
    if demand.amount <= 0:
        raise UnexpectedValueError("a demand", str(demand), "it is more than zero")
    country = ally_of(origin)
    possible = deals.select(lambda deal: deal.origin in (None, country))
    result = contracted(
        possible,
        [year],
        by=Grouping.ORIGIN,
        statuses=statuses,
        ceilings=ceilings,
        using=using,
        unit=demand.unit,
        assuming=assuming,
    )
    row = next((row for row in result.rows if row.group == country.name), None)
    untold = [key for row in result.rows if row.group != country.name for key in row.deals]
    left_out = {**result.left_out, **result.unknown_energy, **dict.fromkeys(untold, "its origin is not stated")}
    if row is None or row.energy is None:
        others = sorted({deal.origin.name for deal in deals if deal.origin and deal.delivers_in(year)} - {country.name})
        told = "; ".join(f"{key}: {why}" for key, why in left_out.items())
        what = f"energy contracted from {country.name}"
        raise NoObservationError(what, "the deals", year, "these deals", ", ".join(others), told)
    unknown = {*row.without_energy, *untold, *result.may_deliver.get(year, ())}
    return Exposure(
        origin=country.name,
        year=year,
        contracted=row.energy,
        demand=demand,
        rate=Rate(as_fraction=row.energy / demand),
        deals=row.with_energy,
        coverage=Share.of(len(row.with_energy), len(row.with_energy) + len(unknown)),
        left_out=left_out,
        rests_on=coverage_of(deals.kind, [(year,)] * len(row.with_energy), left_out),
        inputs=(*(possible[key] for key in row.with_energy), using),
    )
