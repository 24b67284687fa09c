"""How much of each buyer's purchases comes from one supplier."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from decimal import Decimal
from typing import Unpack

import attrs

from natoburden.calculators._members import ally_of
from natoburden.calculators.dependency._amounts import Amount, in_words
from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import By, checked_grouping
from natoburden.calculators.dependency._records import LeftOut, Measured, measured
from natoburden.calculators.dependency._results import RecordResult, rested
from natoburden.calculators.dependency._scope import Record, buyers_of
from natoburden.calculators.dependency.suppliers import SupplierShare, SupplierShares, shares_of
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Summary
from natoburden.errors import FewRecordsWarning, UnknownNameError
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country, CountryLike
from natoburden.model.record_coverage import RecordCoverage
from natoburden.model.shares import Share

__all__ = ["BuyerShare", "BuyerShares", "supplier_in_buyers"]


@attrs.frozen(kw_only=True)
class BuyerShare(RecordResult):
    """One supplier's share in the purchases of one buyer.

    `unknown` is the share of purchases with an unknown supplier. The supplier's true share is at least `share`, and at
    most the sum of `share` and `unknown`.
    """

    formula = "share = Σ amount × the supplier's part / Σ amount of the buyer, unknown origin included in the whole"

    country: Country
    supplier: str
    share: Share
    amount: Amount
    total: Amount
    unknown: Share
    scope: str

    @property
    def headline(self) -> str:
        return f"Part of {self.supplier} in the supplies of {self.country}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share", self.share),
            Finding("amount", self.amount, in_words),
            Finding("of all", self.total, in_words),
            Finding("unknown", self.unknown),
            *rested(self.rests_on),
        )


@attrs.frozen(kw_only=True)
class BuyerShares(Summary[BuyerShare]):
    """One supplier's share in the purchases of each buyer, largest first; `together` counts all buyers as one buyer.

    A record of several buyers that is not divided among the buyers counts only in `together`. `without_amount` are the
    buyers for which no record in scope has an amount. A buyer without amounts has no share, which differs from a share
    of zero.
    """

    formula = "share of each buyer = Σ amount × the supplier's part / Σ amount of the buyer"

    supplier: str
    by: By
    scope: str
    together: SupplierShares = attrs.field(repr=False)
    without_amount: tuple[Country, ...]
    rests_on: RecordCoverage = attrs.field(repr=False)

    @property
    def share(self) -> Share:
        """The supplier's share in the purchases of all buyers."""
        return self.together.share_of(self.supplier)

    @property
    def headline(self) -> str:
        return f"Part of {self.supplier} in the supplies of {self.scope}, by buyer"

    @property
    def caption(self) -> tuple[str, ...]:
        return (self.headline, *map(str, rested(self.rests_on)))

    @property
    def findings(self) -> Findings:
        shares = (Finding(str(row.country), (row.share, row.unknown), _share_and_unknown) for row in self.rows)
        return (*shares, Finding("together", self.share), *rested(self.rests_on))


def _share_and_unknown(pair: tuple[Share, Share]) -> str:
    share, unknown = pair
    return f"{share}, and {unknown} unknown" if unknown.as_fraction else str(share)


def supplier_in_buyers(
    records: Iterable[Record],
    supplier: CountryLike,
    *,
    by: By = "origin",
    **options: Unpack[Options],
) -> BuyerShares:
    """Compute one supplier's share in the purchases of each buyer.

    `supplier` is a country of origin; with ``by="bloc"`` or ``by="company"``, `supplier` is the name of a bloc or
    company. The options are those of `supplier_shares`; `buyer` restricts the buyers to the members of a group. Each
    share is the share that `supplier_shares` gives for the buyer alone. The amounts of all buyers are in one currency.

    Warns once with `FewRecordsWarning` if the data are a sample and fewer than five records count for a buyer, unless
    ``few_records_ok=True``. The warning lists the buyers with too few records. Raises the errors of `supplier_shares`,
    `UnknownCountryError` for a supplier that is not a country, and `UnknownNameError` for a bloc or company that
    supplies none of the buyers.

    >>> from natoburden.datasets import announced_contracts, exchange_rates
    >>> rates = exchange_rates()
    >>> found = supplier_in_buyers(announced_contracts(), "USA", rates=rates, currency="USD", few_records_ok=True)
    >>> print(found["Poland"].share, found["Poland"].unknown, len(found["Poland"].denominator))
    38.02 % 11.94 % 21
    """
    checked_grouping(by)
    asked = measured(records, options)
    whole = shares_of(asked, by)
    label = ally_of(supplier).name if by == "origin" else _label(whole, str(supplier))
    parts = {buyer: _bought_by(asked, buyer) for buyer in _buyers(asked)}
    rows = [_row(shares_of(part, by), buyer, label) for buyer, part in parts.items() if part.total]
    found = BuyerShares(
        rows=tuple(sorted(rows, key=lambda row: (-row.share.as_fraction, row.country))),
        supplier=label,
        by=by,
        scope=asked.scope,
        together=whole,
        without_amount=tuple(buyer for buyer, part in parts.items() if not part.total),
        rests_on=whole.rests_on,
    )
    few = [row.country.name for row in rows if row.rests_on.is_few]
    if few and not asked.few_records_ok:
        warnings.warn(
            f"{asked.scope}: fewer than {RecordCoverage.ENOUGH} records of a sample count for {', '.join(few)}, so "
            "that each of them decides the share: say few_records_ok=True if you mean these records",
            FewRecordsWarning,
            stacklevel=2,
        )
    return found


def _label(whole: SupplierShares, name: str) -> str:
    """Return the name of a bloc or company as it is written in the rows."""
    labels = tuple(row.label for row in whole.rows)
    for label in labels:
        if label.casefold() == name.strip().casefold():
            return label
    raise UnknownNameError("supplier", name, labels, nearest(name, labels))


def _buyers(asked: Measured) -> list[Country]:
    records = [*(item.record for item in asked.valued), *(item.record for item in asked.without_amount)]
    return sorted({buyer for record in records for buyer in buyers_of(record) if buyer is not None})


def _bought_by(asked: Measured, buyer: Country) -> Measured:
    """Return the records of one buyer; a record of several buyers has no amount for a single buyer."""
    own = [item for item in asked.valued if set(buyers_of(item.record)) == {buyer}]
    joint = [item.record for item in asked.valued if buyer in buyers_of(item.record) and item not in own]
    without = [item for item in asked.without_amount if buyer in buyers_of(item.record)]
    shared = [LeftOut(record=record, reason="several buyers without a split") for record in joint]
    return attrs.evolve(asked, valued=tuple(own), without_amount=(*without, *shared), scope=str(buyer))


def _row(shares: SupplierShares, buyer: Country, label: str) -> BuyerShare:
    of_supplier: SupplierShare | None = next((row for row in shares.rows if row.label == label), None)
    nothing = Decimal(0) if isinstance(shares.total, Decimal) else shares.total.with_amount(Decimal(0))
    return BuyerShare(
        country=buyer,
        supplier=label,
        share=of_supplier.share if of_supplier else Share.fraction(0),
        amount=of_supplier.amount if of_supplier else nothing,
        total=shares.total,
        unknown=shares.unknown,
        scope=str(buyer),
        numerator=of_supplier.numerator if of_supplier else (),
        denominator=shares.counted,
        left_out=shares.left_out,
        conversions=shares.conversions,
        rests_on=shares.rests_on,
    )
