"""What deals would change: shares of contracted energy before and after some are signed, cancelled or replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from natoburden.calculators.concentration import Hhi, hhi
from natoburden.calculators.energy._results import EnergyResult, percent
from natoburden.calculators.energy.contracts import Contracted, Grouping, contracted
from natoburden.calculators.results import ResultTable
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model.countries import Country, CountryLike
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyDeals
from natoburden.model.quantities import ConversionSet, Energy, EnergyUnit, GasBasis
from natoburden.model.shares import PercentagePoints, Rate, Share

__all__ = ["DealChange", "Exposure", "WhatIf", "WhatIfRow", "exposure", "what_if"]

_FIRM = (DealStatus.BINDING,)


@attrs.frozen(kw_only=True)
class DealChange:
    """What is changed in a record of deals: some signed, some cancelled by key, some replaced, the old key first."""

    sign: tuple[EnergyDeal, ...] = ()
    cancel: tuple[str, ...] = ()
    replace: Mapping[str, EnergyDeal] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        for field in ("sign", "cancel"):
            expect(getattr(self, field), tuple | list, f"deals to {field}", "give several: ('E12',)")

    def applied_to(self, deals: EnergyDeals) -> EnergyDeals:
        """Give the record as it would be; raises `UnknownNameError` for a key that is not in it."""
        return deals.without(*self.cancel, *self.replace).extended((*self.sign, *self.replace.values()))


@attrs.frozen(kw_only=True)
class WhatIfRow(EnergyResult):
    """One group's contracted energy and share before and after."""

    group: str
    before: Energy
    after: Energy
    share_before: Share
    share_after: Share

    @property
    def change(self) -> PercentagePoints:
        """How far the share moves."""
        return self.share_after - self.share_before

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Contracted with {self.group}, before and after"

    @property
    def formula(self) -> str:
        """The share of what is contracted."""
        return "share = contracted with the group / contracted with all"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Both shares."""
        return (
            ("before", f"{percent(self.share_before)} ({self.before})"),
            ("after", f"{percent(self.share_after)} ({self.after})"),
            ("change", str(self.change)),
        )


@attrs.frozen(kw_only=True)
class WhatIf(EnergyResult):
    """Shares of contracted energy in a year before and after a change; `left_out` deals have no energy in either."""

    year: int
    by: Grouping
    rows: ResultTable[WhatIfRow] = attrs.field(repr=False)
    hhi_before: Hhi | None
    hhi_after: Hhi | None
    left_out: Mapping[str, str]

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Contracted energy by {self.by} in {self.year}, before and after"

    @property
    def formula(self) -> str:
        """The share of what is contracted, and its concentration."""
        return "share = contracted with the group / contracted with all; HHI = Σ share²"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Each group's shares, the concentration, and what is left out."""
        points = [dict(index.findings)["points"] if index else "none" for index in (self.hhi_before, self.hhi_after)]
        return (
            *(
                (row.group, f"{percent(row.share_before)} before, {percent(row.share_after)} after")
                for row in self.rows
            ),
            ("HHI", f"{points[0]} before, {points[1]} after"),
            *((f"left out, {key}", why) for key, why in self.left_out.items()),
        )


def what_if(
    deals: EnergyDeals,
    change: DealChange,
    year: int,
    *,
    using: ConversionSet,
    by: Grouping | str = Grouping.ORIGIN,
    unit: EnergyUnit = EnergyUnit.TWH,
    statuses: Iterable[DealStatus] = _FIRM,
    portfolio: bool = False,
    assuming: GasBasis | None = None,
) -> WhatIf:
    """Compare shares of contracted energy in a year with what they would be after a change.

    Energy is by the named set, and counts what `contracted` counts; a deal signed here counts only if its status does.
    Raises `UnknownNameError` for a deal to cancel or replace that is not on record, `NoObservationError` where nothing
    is contracted for the year before and after.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> change = DealChange(cancel=("E12",))
    >>> found = what_if(
    ...     energy_deals().of("Poland"), change, 2028, using=conversion_set("sabine-pass-filing"), by=Grouping.SELLER
    ... )
    >>> for row in found.rows:
    ...     print(row.group, percent(row.share_before), percent(row.share_after))
    Sempra Infrastructure 33.33 % 0.00 %
    Venture Global 66.67 % 100.00 %
    """
    before, after = (
        contracted(
            record, [year], by=by, statuses=statuses, portfolio=portfolio, using=using, unit=unit, assuming=assuming
        )
        for record in (deals, change.applied_to(deals))
    )
    energies = [_energies(result) for result in (before, after)]
    groups = sorted({*energies[0], *energies[1]})
    if not groups:
        raise NoObservationError("contracted energy", "the deals", year, "these deals", "years in which some deliver")
    some = next(iter((energies[0] or energies[1]).values()))
    nothing = some.with_amount(0)
    wholes = [Energy.total([nothing, *found.values()]) for found in energies]
    rows = []
    for group in groups:
        parts = [found.get(group, nothing) for found in energies]
        shares = [
            part.share_of(whole) if whole.amount else Share.percent(0)
            for part, whole in zip(parts, wholes, strict=True)
        ]
        rows.append(
            WhatIfRow(group=group, before=parts[0], after=parts[1], share_before=shares[0], share_after=shares[1])
        )
    indices = [
        hhi(getattr(row, name) for row in rows) if whole.amount else None
        for name, whole in zip(("share_before", "share_after"), wholes, strict=True)
    ]
    return WhatIf(
        year=year,
        by=before.by,
        rows=ResultTable(rows=tuple(rows)),
        hhi_before=indices[0],
        hhi_after=indices[1],
        left_out=_left_out(before, after),
        evidence=tuple(dict.fromkeys((*before.evidence, *after.evidence))),
    )


def _energies(result: Contracted) -> dict[str, Energy]:
    return {row.group: row.energy for row in result.rows if row.energy is not None}


def _left_out(*results: Contracted) -> dict[str, str]:
    left_out = {key: why for result in results for key, why in result.left_out.items()}
    unknown = {key for result in results for row in result.rows for key in row.without_energy}
    return left_out | dict.fromkeys(sorted(unknown), "its energy is not known: no basis, or another than the others'")


@attrs.frozen(kw_only=True)
class Exposure(EnergyResult):
    """What is contracted from one origin beside what a place uses; above 100 % where more is bought than used."""

    origin: str
    year: int
    contracted: Energy
    demand: Energy
    rate: Rate

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Contracted from {self.origin} for {self.year}, beside demand"

    @property
    def formula(self) -> str:
        """Contracted energy over demand."""
        return "exposure = contracted from the origin / demand, both in one unit and on one calorific basis"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """The ratio and its two terms."""
        return (
            ("exposure", percent(self.rate)),
            ("contracted", str(self.contracted)),
            ("demand", str(self.demand)),
        )


def exposure(
    deals: EnergyDeals,
    year: int,
    demand: Energy,
    *,
    origin: CountryLike,
    using: ConversionSet,
    assuming: GasBasis | None = None,
) -> Exposure:
    """Set what buyers contracted from one origin beside a demand for gas that you name.

    Binding deals of national buyers count. Raises `NoObservationError` where nothing is contracted from the origin,
    `MixedQuantitiesError` for a demand on another calorific basis than the set's.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> from natoburden.model.quantities import CalorificBasis
    >>> demand = Energy(170, EnergyUnit.TWH, CalorificBasis.GROSS)
    >>> filing = conversion_set("sabine-pass-filing")
    >>> print(percent(exposure(energy_deals().of("Poland"), 2028, demand, origin="USA", using=filing).rate))
    26.94 %
    """
    if demand.amount <= 0:
        raise UnexpectedValueError("a demand", str(demand), "it is more than zero")
    result = contracted(deals, [year], by=Grouping.ORIGIN, using=using, unit=demand.unit, assuming=assuming)
    found, wanted = _energies(result), Country.find(origin).name
    if wanted not in found:
        raise NoObservationError(f"energy contracted from {wanted}", "the deals", year, "these deals", ", ".join(found))
    return Exposure(
        origin=wanted,
        year=year,
        contracted=found[wanted],
        demand=demand,
        rate=Rate(as_fraction=found[wanted] / demand),
        evidence=result.evidence,
    )
