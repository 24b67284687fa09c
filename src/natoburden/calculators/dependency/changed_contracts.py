"""The effect of a change of contracts: every ratio before and after contracts are added, replaced or removed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar, Unpack

import attrs

from natoburden.calculators.concentration import Interval
from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._records import Measured, measured, refuse_twice
from natoburden.calculators.dependency._results import cautions
from natoburden.calculators.dependency.imports import ImportShare, import_share_of
from natoburden.calculators.dependency.suppliers import SupplierShares, shares_of
from natoburden.calculators.dependency.without_largest import WithoutLargest, without_largest_of
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Explained
from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model._frames import Cell, Tabular
from natoburden.model._numbers import CONTEXT, rounded
from natoburden.model._rows import columns_of
from natoburden.model._vocabulary import nearest
from natoburden.model.evidence import Evidence
from natoburden.model.procurement import Contract
from natoburden.model.record_coverage import RecordCoverage, RecordKind

__all__ = ["ContractsWhatIf", "Ratio", "Ratios", "what_if"]


@attrs.frozen(kw_only=True)
class Ratios:
    """Every ratio of one set of contracts."""

    by_origin: SupplierShares
    by_bloc: SupplierShares
    by_company: SupplierShares
    imports: ImportShare
    without_largest: WithoutLargest

    @property
    def figures(self) -> Mapping[str, Interval]:
        """The ratios by name, as fractions; a ratio is an interval if a part is unknown."""
        figures = {"coverage of origin": _point(self.by_origin.coverage.as_fraction)}
        for label, shares in (("origin", self.by_origin), ("bloc", self.by_bloc), ("company", self.by_company)):
            figures |= {f"share by {label}, {row.label}": _point(row.share.as_fraction) for row in shares}
            figures[f"unknown by {label}"] = _point(shares.unknown.as_fraction)
            if shares.rows:
                figures[f"HHI by {label}"] = shares.concentration.hhi.interval
        figures["from abroad"] = self.imports.interval
        for row in self.without_largest:
            figures[f"surviving without the largest supplier, {row.area}"] = row.surviving
        figures["areas with a single supplier"] = Interval(
            Decimal(len(self.without_largest.single_supplier_areas)),
            Decimal(
                len(self.without_largest.single_supplier_areas)
                + len(self.without_largest.perhaps_single_supplier_areas)
            ),
        )
        return figures


@attrs.frozen(kw_only=True)
class Ratio:
    """One ratio before and after the change; `before` or `after` is None if the ratio does not exist."""

    further_columns: ClassVar[tuple[str, ...]] = ("change",)

    name: str
    before: Interval | None
    after: Interval | None

    @property
    def change(self) -> Decimal | None:
        """The ratio after the change minus the ratio before, or None if either is not known exactly.

        A missing share counts as zero.
        """
        before, after = self.before, self.after
        if self.name.startswith("share "):
            nothing = _point(Decimal(0))
            before, after = before or nothing, after or nothing
        if before is None or after is None or not (before.is_point and after.is_point):
            return None
        return CONTEXT.subtract(after.low, before.low)

    def in_words(self) -> str:
        """Return the ratio before and after the change of contracts, and the difference, as text."""
        change = self.change
        moved = "" if change is None else f" ({rounded(change, 4):+f})"
        return f"{self.before or 'none'} -> {self.after or 'none'}{moved}"

    def __str__(self) -> str:
        return f"{self.name}: {self.in_words()}"


@attrs.frozen(kw_only=True)
class ContractsWhatIf(Explained, Tabular):
    """Every ratio before and after a change of contracts, under the same options.

    `before` is None if no contract counts before the change, and `after` is None if no contract counts after the
    change.
    """

    formula = "each ratio by its own formula, of the contracts before and of those after"

    before: Ratios | None = attrs.field(repr=False)
    after: Ratios | None = attrs.field(repr=False)
    ratios: tuple[Ratio, ...]
    scope: str = ""

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return one row per ratio, with both ends of its interval; the ends differ if a part is unknown."""
        return columns_of(self.ratios)

    def __getitem__(self, name: str) -> Ratio:
        for ratio in self.ratios:
            if ratio.name == name:
                return ratio
        names = tuple(ratio.name for ratio in self.ratios)
        raise UnknownNameError("ratio", name, names, nearest(name, names))

    @property
    def headline(self) -> str:
        return f"{self.scope}: contracts before and after"

    @property
    def findings(self) -> Findings:
        converted = dict.fromkeys(item for shares in self._shares for item in shares.conversions)
        ratios = (Finding(item.name, item, Ratio.in_words) for item in self.ratios)
        records = (Finding(f"records {when}", coverage) for when, coverage in self.rests_on.items())
        return (*ratios, *cautions(converted), *records)

    @property
    def rests_on(self) -> Mapping[str, RecordCoverage]:
        """The coverage of records ``"before"`` and ``"after"`` the change; a key is absent if no record counts."""
        sides = (("before", self.before), ("after", self.after))
        return {when: side.by_origin.rests_on for when, side in sides if side is not None}

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(dict.fromkeys(item for shares in self._shares for item in shares.evidence))

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        return ()

    @property
    def _shares(self) -> tuple[SupplierShares, ...]:
        return tuple(side.by_origin for side in (self.before, self.after) if side)

    def to_dict(self) -> dict[str, Any]:
        """Return every ratio, and the records before and after, as plain data, ready for JSON."""
        from natoburden.serialization import to_data

        ratios = {item.name: {"before": to_data(item.before), "after": to_data(item.after)} for item in self.ratios}
        return ratios | {"records": to_data(self.rests_on)}


def what_if(
    contracts: Iterable[Contract],
    *,
    add: Iterable[Contract] = (),
    replace: Mapping[str, Contract] | None = None,
    remove: Iterable[str] = (),
    **options: Unpack[Options],
) -> ContractsWhatIf:
    """Compute every ratio before and after contracts are added, replaced or removed.

    The ratios are shares and concentration by origin, bloc and company, coverage, and the share from abroad. For each
    capability area, a further ratio is the share of supplies that does not come from the largest supplier. `replace`
    and `remove` identify contracts by their keys. If no contract counts before the change, `before` is None; if no
    contract counts after the change, `after` is None.

    The options are those of `supplier_shares`. Raises the errors of `supplier_shares` if no contract counts before the
    change, and none after the change. Raises `UnknownNameError` for a key that is not on record, and
    `UnexpectedValueError` for an added contract with a key that is already on record.

    >>> from natoburden.datasets import announced_contracts, exchange_rates
    >>> contracts = announced_contracts()
    >>> result = what_if(contracts, remove=["C09"], buyer="POL", rates=exchange_rates(), currency="USD")
    >>> print(result["share by origin, United States"])
    share by origin, United States: 0.3802 -> 0.2812 (-0.0990)
    """
    on_record = tuple(contracts)
    refuse_twice(on_record)
    given = {item.key: item for item in on_record}
    changed = dict(given)
    for key in remove:
        changed.pop(_known(key, given))
    for key, contract in (replace or {}).items():
        changed[_known(key, given)] = contract
    added = tuple(add)
    for contract in added:
        if contract.key in changed:
            hint = "it is on record: name another, or change that one with replace="
            raise UnexpectedValueError("the key of a contract to add", contract.key, hint)
    kind = RecordKind.of(contracts)
    kind_after = kind.extended if added or replace else kind.selected
    first_whole = measured(on_record, options, kind=kind)
    last_whole = measured((*changed.values(), *added), options, kind=kind_after)
    if not first_whole.total and not last_whole.total:
        _ = shares_of(first_whole, "origin")  # says why nothing counts
    before, after = _ratios(first_whole), _ratios(last_whole)
    first, last = before.figures if before else {}, after.figures if after else {}
    names = dict.fromkeys((*first, *last))
    return ContractsWhatIf(
        scope=first_whole.scope,
        before=before,
        after=after,
        ratios=tuple(Ratio(name=name, before=first.get(name), after=last.get(name)) for name in names),
    )


def _known(key: str, given: Mapping[str, Contract]) -> str:
    if key not in given:
        raise UnknownNameError("contract", key, tuple(given), nearest(key, given))
    return key


def _ratios(whole: Measured) -> Ratios | None:
    if not whole.total:
        return None
    return Ratios(
        by_origin=shares_of(whole, "origin"),
        by_bloc=shares_of(whole, "bloc"),
        by_company=shares_of(whole, "company"),
        imports=import_share_of(whole),
        without_largest=without_largest_of(whole, "origin"),
    )


def _point(figure: Decimal) -> Interval:
    return Interval(figure, figure)
