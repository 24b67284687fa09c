"""What deals would change: shares of contracted energy before and after some are signed, cancelled or replaced."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from natoburden.calculators.concentration import Hhi, hhi
from natoburden.calculators.energy._results import EnergyResult, Evidence, evidence_of, factors, percent
from natoburden.calculators.energy.contracts import Contracted, Grouping, contracted
from natoburden.calculators.results import ResultTable
from natoburden.errors import NoObservationError
from natoburden.model._checks import expect
from natoburden.model.deals import DealStatus, EnergyDeal, EnergyDeals
from natoburden.model.quantities import ConversionSet, Energy, EnergyUnit, GasBasis
from natoburden.model.shares import PercentagePoints, Share

__all__ = ["DealChange", "DealsWhatIf", "DealsWhatIfRow", "what_if"]

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
class DealsWhatIfRow(EnergyResult):
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
class DealsWhatIf(EnergyResult):
    """Shares of contracted energy in a year before and after a change.

    `left_out` names every deal that is in the energy of neither, or of one only, and why. The coverages say what part
    of the deals asked for, by number, the energy of the year is known of.
    """

    year: int
    by: Grouping
    rows: ResultTable[DealsWhatIfRow] = attrs.field(repr=False)
    hhi_before: Hhi | None
    hhi_after: Hhi | None
    coverage_before: Share | None
    coverage_after: Share | None
    left_out: Mapping[str, str]

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Contracted energy by {self.by} in {self.year}, before and after"

    @property
    def formula(self) -> str:
        """The share of what is contracted, and its concentration."""
        return "share = contracted with the group / contracted with all; HHI = Σ share²; of the deals with known energy"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Each group's shares, the concentration, how many deals have a known energy, and what is left out."""
        points = [dict(index.findings)["points"] if index else "none" for index in (self.hhi_before, self.hhi_after)]
        covered = [percent(share) if share else "none" for share in (self.coverage_before, self.coverage_after)]
        return (
            *(
                (row.group, f"{percent(row.share_before)} before, {percent(row.share_after)} after")
                for row in self.rows
            ),
            ("HHI", f"{points[0]} before, {points[1]} after"),
            ("deals with known energy", f"{covered[0]} before, {covered[1]} after"),
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
    ceilings: bool = False,
    assuming: GasBasis | None = None,
) -> DealsWhatIf:
    """Compare shares of contracted energy in a year with what they would be after a change.

    Energy is by the named set, and counts what `contracted` counts; a deal signed here counts only if its status does.
    Deals whose energy is unknown are in no share: `left_out` names them. Raises `UnknownNameError` for a deal to cancel
    or replace that is not on record, `NoObservationError` where nothing is contracted for the year before and after, or
    where the energy of all that is contracted is unknown.

    >>> from natoburden.datasets import conversion_set, energy_deals
    >>> change = DealChange(cancel=("E12",))
    >>> found = what_if(
    ...     energy_deals().of("Poland"), change, 2028, using=conversion_set("sabine-pass-filing"), by=Grouping.SELLER
    ... )
    >>> for row in found.rows:
    ...     print(row.group, percent(row.share_before), percent(row.share_after))
    Cheniere Marketing International 32.58 % 42.03 %
    Sempra Infrastructure 22.47 % 0.00 %
    Venture Global 44.94 % 57.97 %
    >>> percent(found.coverage_after), found.left_out["E11"]
    ('66.67 %', 'the first or last year of deliveries is not stated')
    """
    accepted = tuple(statuses)
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
    evidence = [*_counted_in(before, records[0]), *_counted_in(after, records[1])]
    return DealsWhatIf(
        year=year,
        by=before.by,
        rows=ResultTable(rows=tuple(rows)),
        hhi_before=indices[0],
        hhi_after=indices[1],
        coverage_before=before.coverage(year),
        coverage_after=after.coverage(year),
        left_out=_left_out(before, after),
        evidence=(*dict.fromkeys(evidence), *factors(using)),
    )


def _energies(result: Contracted) -> dict[str, Energy]:
    return {row.group: row.energy for row in result.rows if row.energy is not None}


def _refuse_unknown(result: Contracted, year: int) -> None:
    """Refuse shares of a year in which deals deliver and the energy of none of them is known: it is not zero."""
    if result.rows.rows and not _energies(result):
        told = "; ".join(f"{key}: {why}" for key, why in result.unknown_energy.items())
        raise NoObservationError("contracted energy", "the deals", year, "these deals", "", told)


def _counted_in(result: Contracted, record: EnergyDeals) -> list[Evidence]:
    return [evidence_of(record[key]) for row in result.rows for key in row.with_energy]


def _left_out(before: Contracted, after: Contracted) -> dict[str, str]:
    """Name what is in the energy of neither, with the reason, and what is in the energy of one only, with which."""
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
