"""Who supplies: shares by country of origin, bloc, company or capability area, including the unknown part."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Unpack

import attrs

from natoburden.calculators.concentration import Concentration, measures
from natoburden.calculators.dependency._amounts import Amount, as_amount, in_words
from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import By, checked_grouping, parts
from natoburden.calculators.dependency._records import Conversion, LeftOut, Measured, measured
from natoburden.calculators.dependency._results import RecordResult, behind, cautions, records_used, rested, warn_of_few
from natoburden.calculators.dependency._scope import Record
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Summary
from natoburden.errors import UnexpectedValueError, UnknownNameError
from natoburden.model._numbers import CONTEXT, add_up, divide, multiply
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.money import Money
from natoburden.model.record_coverage import RecordCoverage
from natoburden.model.shares import Share

__all__ = ["SupplierShare", "SupplierShares", "shares_of", "supplier_shares"]

_NOTHING = Share.fraction(0)


@attrs.frozen(kw_only=True)
class SupplierShare(RecordResult):
    """One supplier's share of the total amount.

    `coverage` is the share of the total that comes from known suppliers. `country` is None if the label is not a
    country of ISO 3166-1.
    """

    formula = "share = Σ amount × the supplier's part / Σ amount, unknown origin included in the whole"

    label: str
    country: Country | None
    share: Share
    amount: Amount
    coverage: Share
    scope: str

    @property
    def headline(self) -> str:
        return f"Part of {self.label} in the supplies of {self.scope}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share", self.share),
            Finding("amount", self.amount, in_words),
            Finding("coverage", self.coverage),
            *rested(self.rests_on),
        )


@attrs.frozen(kw_only=True)
class SupplierShares(Summary[SupplierShare]):
    """Suppliers' shares, largest first; the unknown part has its own share, and is not divided among the suppliers.

    `unknown` and the shares of the rows add up to one. In a frame and in HTML, the unknown part is the last row.
    `coverage` is the share of the total that comes from known suppliers. `left_out` lists the records in scope that do
    not count, each with its reason. `conversions` lists the converted records, with the rates. `rests_on` gives the
    kind of record, the number of records that count, and their years.
    """

    formula = "share = Σ amount × part / Σ amount; unknown origin stays in the whole"

    by: By
    scope: str
    total: Amount
    unknown: Share
    counted: tuple[Record, ...] = attrs.field(repr=False)
    with_unknown: tuple[Record, ...] = attrs.field(repr=False)
    left_out: tuple[LeftOut, ...] = attrs.field(repr=False)
    conversions: tuple[Conversion, ...] = attrs.field(default=(), repr=False)
    rests_on: RecordCoverage = attrs.field(repr=False)

    @property
    def coverage(self) -> Share:
        """The share of the total that comes from known suppliers."""
        return Share.fraction(CONTEXT.subtract(Decimal(1), self.unknown.as_fraction))

    @property
    def shares(self) -> tuple[Share, ...]:
        """The suppliers' shares, largest first."""
        return tuple(row.share for row in self.rows)

    @property
    def concentration(self) -> Concentration:
        """The concentration of the shares; raises `InvalidNumberError` if no supplier is known."""
        found = measures(self.shares, unknown=self.unknown)
        return attrs.evolve(found, rests_on=self.rests_on, hhi=attrs.evolve(found.hhi, rests_on=self.rests_on))

    def row(self, label: str) -> SupplierShare:
        """Return the row with a label, such as the name of a bloc; raises `UnknownNameError` for an unknown label."""
        for row in self.rows:
            if row.label.casefold() == label.strip().casefold():
                return row
        labels = tuple(row.label for row in self.rows)
        raise UnknownNameError("supplier", label, labels, nearest(label, labels))

    def share_of(self, label: str) -> Share:
        """Return the share of the supplier with a label; zero if no record that counts has the label.

        >>> from natoburden.datasets import announced_contracts
        >>> ours = announced_contracts().of("Estonia")
        >>> supplier_shares(ours, by="bloc", counting="units", few_records_ok=True).share_of("other")
        Share('0 %')
        """
        return next((row.share for row in self.rows if row.label.casefold() == label.strip().casefold()), _NOTHING)

    @property
    def headline(self) -> str:
        return f"Supplies of {self.scope}, by {self.by}"

    @property
    def caption(self) -> tuple[str, ...]:
        return (self.headline, *map(str, rested(self.rests_on)))

    @property
    def label_column(self) -> str:
        return self.by

    @property
    def findings(self) -> Findings:
        known = (Finding(row.label, (row.share, row.amount), _share_and_amount) for row in self.rows)
        return (*known, Finding("unknown", self.unknown), *cautions(self.conversions), *rested(self.rests_on))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.counted, *self.conversions)

    @property
    def working(self) -> tuple[tuple[str, str], ...]:
        whole = ("whole", f"{in_words(self.total)}, coverage {self.coverage}")
        return (whole, *records_used(self.left_out, self.conversions))

    @property
    def unknown_row(self) -> SupplierShare | None:
        """The unknown part, as the last row of a table; None if every supplier is known."""
        if not self.unknown.as_fraction:
            return None
        known = add_up(_figure(row.amount) for row in self.rows)
        rest = CONTEXT.subtract(_figure(self.total), known)
        return SupplierShare(
            label="unknown",
            country=None,
            share=self.unknown,
            amount=rest if isinstance(self.total, Decimal) else self.total.with_amount(rest),
            coverage=self.coverage,
            scope=self.scope,
            numerator=self.with_unknown,
            denominator=self.counted,
            left_out=self.left_out,
            conversions=self.conversions,
            rests_on=self.rests_on,
        )

    @property
    def table_rows(self) -> tuple[SupplierShare, ...]:
        unknown = self.unknown_row
        return self.rows if unknown is None else (*self.rows, unknown)


def _figure(amount: Amount) -> Decimal:
    if isinstance(amount, Decimal):
        return amount
    return amount.amount if isinstance(amount, Money) else amount.millions


def _share_and_amount(pair: tuple[Share, Amount]) -> str:
    share, amount = pair
    return f"{share}, {in_words(amount)}"


def supplier_shares(records: Iterable[Record], *, by: By = "origin", **options: Unpack[Options]) -> SupplierShares:
    """Compute each supplier's share of purchases: in value, in SIPRI's TIV or in units.

    Contracts are counted by value and transfers by TIV, unless you choose otherwise with `counting`. `buyer` (a country
    or group), `area`, `since` and `until` narrow the scope. A group consists of its members in each record's year, or
    of its members on the day `members_on`. Only contract values count, unless `kinds` lists other kinds of value. For a
    value that is a range, `range_end` decides which end counts. Without `range_end`, a record whose value is a range is
    left out.

    Amounts in several currencies need `rates`. Rates of a single day are used for all contracts. With rates by year,
    each contract is converted at the rates of its own year. The result lists contracts that were converted at the rates
    of a year other than their own. A contract that is part of another counted contract does not count separately.
    Purchases that were cancelled by the end of the window do not count. Values of several years are added at current
    prices.

    For shares by origin or by bloc, `basis` defines the origin; you can give several bases in order of preference. If
    the split among several suppliers or consortium members is not stated, the supplier is unknown, unless every
    possible split gives the same answer.

    Warns with `FewRecordsWarning` if the data are a sample and fewer than five records count, unless
    ``few_records_ok=True``. Raises `UnexpectedValueError` for records or units that cannot be added, for records given
    twice, and if no record counts. Raises `MixedCurrenciesError` for several currencies without rates,
    `InvalidYearError` for a year without a rate, and `UnknownNameError` for an unknown option.

    >>> from natoburden.datasets import announced_contracts, exchange_rates
    >>> contracts, rates = announced_contracts(), exchange_rates()
    >>> shares = supplier_shares(contracts, buyer="POL", by="origin", rates=rates, currency="USD")
    >>> for row in shares:
    ...     print(row.label, row.share, row.amount)
    United States 38.02 % USD 27.61 bn (current prices)
    South Korea 31.24 % USD 22.69 bn (current prices)
    United Kingdom 10.18 % USD 7.39 bn (current prices)
    Sweden 5.87 % USD 4.26 bn (current prices)
    Italy 2.76 % USD 2.00 bn (current prices)
    >>> print(shares.unknown, shares.coverage)
    11.94 % 88.06 %
    """
    checked_grouping(by)
    whole = measured(records, options)
    shares = shares_of(whole, by)
    warn_of_few(whole, shares.rests_on)
    return shares


def shares_of(whole: Measured, by: By) -> SupplierShares:
    """Compute supplier shares for records that already have an amount."""
    total = whole.total
    if not total:
        raise UnexpectedValueError("a scope", whole.scope, f"nothing counts: {whole.why_nothing}")
    amounts: dict[str, Decimal] = {}
    of_label: dict[str, list[Record]] = {}
    unknown: list[Record] = []
    for item in whole.counted:
        fractions = parts(item.record, by, whole.bases)
        for label, fraction in fractions.items():
            amounts[label] = CONTEXT.add(amounts.get(label, Decimal(0)), multiply(item.amount, fraction))
            of_label.setdefault(label, []).append(item.record)
        if add_up(fractions.values()) < 1:
            unknown.append(item.record)
    records = behind(whole)
    fractions_of = {label: divide(amount, total) for label, amount in amounts.items()}
    missing = max(CONTEXT.subtract(Decimal(1), add_up(fractions_of.values())), Decimal(0)) if unknown else Decimal(0)
    rows = tuple(
        SupplierShare(
            label=label,
            country=_country(label) if by == "origin" else None,
            share=Share.fraction(fractions_of[label]),
            amount=as_amount(amounts[label], whole.unit),
            coverage=Share.fraction(CONTEXT.subtract(Decimal(1), missing)),
            scope=whole.scope,
            numerator=tuple(of_label[label]),
            **records,
        )
        for label in sorted(amounts, key=lambda label: (amounts[label].copy_negate(), label))
    )
    return SupplierShares(
        rows=rows,
        by=by,
        scope=whole.scope,
        total=as_amount(total, whole.unit),
        unknown=Share.fraction(missing),
        counted=records["denominator"],
        with_unknown=tuple(unknown),
        left_out=whole.left_out,
        conversions=whole.conversions,
        rests_on=records["rests_on"],
    )


def _country(label: str) -> Country | None:
    try:
        return Country.find(label)
    except LookupError:
        return None
