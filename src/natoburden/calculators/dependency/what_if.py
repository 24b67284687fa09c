"""What would change: every ratio before and after contracts are added, replaced or taken away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Unpack

import attrs

from natoburden.calculators.concentration import Interval
from natoburden.calculators.dependency._records import Options
from natoburden.calculators.dependency._results import plain_data, sources_of
from natoburden.calculators.dependency.imports import ImportShare, import_share
from natoburden.calculators.dependency.n_minus_1 import WithoutLargest, without_largest_supplier
from natoburden.calculators.dependency.supplier_shares import SupplierShares, supplier_shares
from natoburden.errors import UnknownNameError
from natoburden.model._numbers import CONTEXT, rounded
from natoburden.model._vocabulary import nearest
from natoburden.model.procurement import Contract
from natoburden.model.sources import Source

__all__ = ["Ratio", "Ratios", "WhatIf", "what_if"]


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
        """The ratios by name, as fractions; intervals where a part is unknown."""
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
    """One ratio before and after; None where it did not exist."""

    name: str
    before: Interval | None
    after: Interval | None

    @property
    def change(self) -> Decimal | None:
        """After less before, where both are known; a ratio that did not exist was nothing only if it is a share."""
        before, after = self.before, self.after
        if self.name.startswith("share "):
            nothing = _point(Decimal(0))
            before, after = before or nothing, after or nothing
        if before is None or after is None or not (before.is_point and after.is_point):
            return None
        return CONTEXT.subtract(after.low, before.low)

    def __str__(self) -> str:
        change = self.change
        moved = "" if change is None else f" ({rounded(change, 4):+f})"
        return f"{self.name}: {self.before or 'none'} -> {self.after or 'none'}{moved}"


@attrs.frozen(kw_only=True)
class WhatIf:
    """Every ratio before and after a change of contracts, under the same options."""

    before: Ratios = attrs.field(repr=False)
    after: Ratios = attrs.field(repr=False)
    ratios: tuple[Ratio, ...]

    def __getitem__(self, name: str) -> Ratio:
        for ratio in self.ratios:
            if ratio.name == name:
                return ratio
        names = tuple(ratio.name for ratio in self.ratios)
        raise UnknownNameError("ratio", name, names, nearest(name, names))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents behind what counts before and after."""
        return sources_of(dict.fromkeys((*self.before.by_origin.counted, *self.after.by_origin.counted)))

    def explain(self) -> str:
        """Give every ratio before and after."""
        counted = (
            f"{len(self.before.by_origin.counted)} contracts counted before, {len(self.after.by_origin.counted)} after"
        )
        return "\n".join(
            [f"What if: {self.before.by_origin.scope}", f"  {counted}", *(f"  {item}" for item in self.ratios)]
        )

    def to_dict(self) -> dict[str, Any]:
        """Give every ratio as plain data, ready for JSON."""
        return {item.name: {"before": plain_data(item.before), "after": plain_data(item.after)} for item in self.ratios}


def what_if(
    contracts: Iterable[Contract],
    *,
    add: Iterable[Contract] = (),
    replace: Mapping[str, Contract] | None = None,
    remove: Iterable[str] = (),
    **options: Unpack[Options],
) -> WhatIf:
    """Compute every ratio before and after contracts are added, replaced or removed, by key.

    Shares and concentration by origin, bloc and company, coverage, the part from abroad, and what is left by area
    without the largest supplier. Takes the options of `supplier_shares`, raises as it does, and `UnknownNameError` for
    a key that is not on record or, added, is already.

    >>> from natoburden.datasets import announced_contracts, exchange_rates
    >>> contracts = announced_contracts()
    >>> result = what_if(contracts, remove=["C09"], buyer="POL", rates=exchange_rates(), currency="USD")
    >>> print(result["share by origin, United States"])
    share by origin, United States: 0.3802 -> 0.2812 (-0.0990)
    """
    given = {item.key: item for item in contracts}
    changed = dict(given)
    for key in remove:
        changed.pop(_known(key, given))
    for key, contract in (replace or {}).items():
        changed[_known(key, given)] = contract
    added = tuple(add)
    for contract in added:
        if contract.key in changed:
            raise UnknownNameError("free key", contract.key, ("a key that no contract has",))
    before = _ratios(given.values(), options)
    after = _ratios((*changed.values(), *added), options)
    names = dict.fromkeys((*before.figures, *after.figures))
    first, last = before.figures, after.figures
    return WhatIf(
        before=before,
        after=after,
        ratios=tuple(Ratio(name=name, before=first.get(name), after=last.get(name)) for name in names),
    )


def _known(key: str, given: Mapping[str, Contract]) -> str:
    if key not in given:
        raise UnknownNameError("contract", key, tuple(given), nearest(key, given))
    return key


def _ratios(contracts: Iterable[Contract], options: Options) -> Ratios:
    given = tuple(contracts)
    return Ratios(
        by_origin=supplier_shares(given, by="origin", **options),
        by_bloc=supplier_shares(given, by="bloc", **options),
        by_company=supplier_shares(given, by="company", **options),
        imports=import_share(given, **options),
        without_largest=without_largest_supplier(given, **options),
    )


def _point(figure: Decimal) -> Interval:
    return Interval(figure, figure)
