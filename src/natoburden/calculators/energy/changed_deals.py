"""What deals would change: shares of contracted energy before and after deals are signed, cancelled or replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from natoburden.calculators.concentration import Hhi, hhi
from natoburden.calculators.energy._counted import several_statuses, share_and_quantity
from natoburden.calculators.energy.contracts import Contracted, Grouping, contracted
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import NoObservationError
from natoburden.model._checks import expect
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyDeals
from natoburden.model.quantities import ConversionSet, Energy, EnergyUnit, GasBasis
from natoburden.model.record_coverage import RecordCoverage
from natoburden.model.shares import PercentagePoints, Share

__all__ = ["DealChange", "DealsWhatIf", "DealsWhatIfRow", "what_if"]

_FIRM = (DealStatus.BINDING,)


@attrs.frozen(kw_only=True)
class DealChange:
    """A change to a record of deals: deals signed, deals cancelled by key, and deals that replace others."""

    sign: tuple[EnergyDeal, ...] = ()
    cancel: tuple[str, ...] = ()
    replace: Mapping[str, EnergyDeal] = attrs.field(factory=dict, hash=False)

    def __attrs_post_init__(self) -> None:
        for field in ("sign", "cancel"):
            expect(getattr(self, field), tuple | list, f"deals to {field}", "give several: ('E12',)")

    def applied_to(self, deals: EnergyDeals) -> EnergyDeals:
        """Return the record after the change; raises `UnknownNameError` for a key that is not in the record."""
        return deals.without(*self.cancel, *self.replace).extended((*self.sign, *self.replace.values()))


@attrs.frozen(kw_only=True)
class DealsWhatIfRow(Result):
    """One group's contracted energy, and its share of the total, before and after the change."""

    formula = "share = contracted with the group / contracted with all"

    group: str
    before: Energy
    after: Energy
    share_before: Share
    share_after: Share

    @property
    def change(self) -> PercentagePoints:
        """The change of the group's share, in percentage points."""
        return self.share_after - self.share_before

    @property
    def headline(self) -> str:
        return f"Contracted with {self.group}, before and after"

    @property
    def findings(self) -> Findings:
        return (
            Finding("before", (self.share_before, self.before), share_and_quantity),
            Finding("after", (self.share_after, self.after), share_and_quantity),
            Finding("change", self.change),
        )


@attrs.frozen(kw_only=True)
class DealsWhatIf(Result):
    """Shares of contracted energy in one year, before and after a change of deals.

    `left_out` lists each deal that is not counted before the change, after the change, or at all, with the reason.
    `coverage_before` and `coverage_after` are the shares of the selected deals that have known energy in the year.
    `rests_on` describes the records ``"before"`` and ``"after"`` the change.
    """

    formula = "share = contracted with the group / contracted with all; HHI = Σ share²; of the deals with known energy"

    year: int
    by: Grouping
    rows: ResultTable[DealsWhatIfRow] = attrs.field(repr=False)
    hhi_before: Hhi | None
    hhi_after: Hhi | None
    coverage_before: Share | None
    coverage_after: Share | None
    left_out: Mapping[str, str] = attrs.field(hash=False)
    rests_on: Mapping[str, RecordCoverage] = attrs.field(repr=False, hash=False, metadata={"in_row": False})

    @property
    def headline(self) -> str:
        return f"{self.by.headline} in {self.year}, before and after"

    @property
    def findings(self) -> Findings:
        return (
            *(Finding(row.group, (row.share_before, row.share_after), _before_and_after) for row in self.rows),
            Finding("HHI", (self.hhi_before, self.hhi_after), _indices),
            Finding("deals with known energy", (self.coverage_before, self.coverage_after), _before_and_after),
            *(Finding(f"left out, {key}", why) for key, why in self.left_out.items()),
            *(Finding(f"records {when}", coverage) for when, coverage in self.rests_on.items()),
        )


def _before_and_after(shares: tuple[Share | None, Share | None]) -> str:
    first, second = (percent(share) if share else "none" for share in shares)
    return f"{first} before, {second} after"


def _indices(indices: tuple[Hhi | None, Hhi | None]) -> str:
    first, second = (index.points.in_words if index else "none" for index in indices)
    return f"{first} before, {second} after"


def what_if(
    deals: EnergyDeals,
    change: DealChange,
    year: int,
    *,
    using: ConversionSet,
    by: Grouping | str = Grouping.ORIGIN,
    unit: EnergyUnit | str = EnergyUnit.TWH,
    statuses: Iterable[DealStatus] = _FIRM,
    portfolio: bool = False,
    ceilings: bool = False,
    assuming: GasBasis | None = None,
) -> DealsWhatIf:
    """Compute shares of contracted energy in a year, before and after a change of deals.

    Quantities are converted to energy with the factors of `using`. Deals are selected by the options of `contracted`. A
    newly signed deal counts only if its status is in `statuses`. Deals with unknown energy are not in any share, and
    are listed in `left_out`.

    Raises `UnknownNameError` if a deal to cancel or replace is not on record. Raises `NoObservationError` if no deal
    delivers in the year, neither before nor after the change. `NoObservationError` is also raised if the energy of all
    deals before the change, or of all deals after the change, is unknown.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> change = DealChange(cancel=("E12",))
    >>> found = what_if(
    ...     energy_deals().of("Poland"), change, 2028, using=conversion_set("sabine-pass-filing"), by=Grouping.SELLER
    ... )
    >>> for row in found.rows:
    ...     print(row.group, row.share_before, row.share_after)
    Cheniere Marketing International 32.58 % 42.03 %
    Sempra Infrastructure 22.47 % 0.00 %
    Venture Global 44.94 % 57.97 %
    >>> str(found.coverage_after), found.left_out["E11"]
    ('66.67 %', 'the first or last year of deliveries is not stated')
    """
    accepted = several_statuses(statuses)
    records = (deals, change.applied_to(deals))
    before, after = (
        contracted(
            record,
            [year],
            by=by,
            statuses=accepted,
            portfolio=portfolio,
            ceilings=ceilings,
            using=using,
            unit=unit,
            assuming=assuming,
        )
        for record in records
    )
    energies = [_energies(before), _energies(after)]
    _refuse_unknown(before, year)
    _refuse_unknown(after, year)
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
            DealsWhatIfRow(group=group, before=parts[0], after=parts[1], share_before=shares[0], share_after=shares[1])
        )
    indices = [
        hhi(getattr(row, name) for row in rows) if whole.amount else None
        for name, whole in zip(("share_before", "share_after"), wholes, strict=True)
    ]
    counted = [*_counted_in(before, records[0]), *_counted_in(after, records[1])]
    return DealsWhatIf(
        year=year,
        by=before.by,
        rows=ResultTable(rows=tuple(rows)),
        hhi_before=indices[0],
        hhi_after=indices[1],
        coverage_before=before.coverage(year),
        coverage_after=after.coverage(year),
        left_out=_left_out(before, after),
        rests_on={"before": before.rests_on, "after": after.rests_on},
        inputs=(*dict.fromkeys(counted), using),
    )


def _energies(result: Contracted) -> dict[str, Energy]:
    return {row.group: row.energy for row in result.rows if row.energy is not None}


def _refuse_unknown(result: Contracted, year: int) -> None:
    """Raise an error if deals deliver in the year but the energy of all deals is unknown, which is not zero."""
    if result.rows.rows and not _energies(result):
        told = "; ".join(f"{key}: {why}" for key, why in result.unknown_energy.items())
        raise NoObservationError("contracted energy", "the deals", year, "these deals", "", told)


def _counted_in(result: Contracted, record: EnergyDeals) -> list[EnergyDeal]:
    return [record[key] for row in result.rows for key in row.with_energy]


def _left_out(before: Contracted, after: Contracted) -> dict[str, str]:
    """Return the deals that are not counted before the change, after the change, or at all, each with the reason."""
    reasons = [{**result.left_out, **result.unknown_energy} for result in (before, after)]
    told = {}
    for key in dict.fromkeys((*reasons[0], *reasons[1])):
        first, second = (reason.get(key) for reason in reasons)
        if first == second and first is not None:
            told[key] = first
        else:
            words = ((first, "before"), (second, "after"))
            told[key] = "; ".join(f"{reason} ({when})" for reason, when in words if reason)
    return told
