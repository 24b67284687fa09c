"""Many offset agreements together, in the form in which statistics of offsets are published."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from natoburden.calculators.findings import Finding, Findings, or_none, percent, places
from natoburden.calculators.offsets.fulfilment import OffsetPerformance, OffsetStanding, performance
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.model.money import Money
from natoburden.model.offsets import OffsetAgreement
from natoburden.model.shares import Rate, Share

__all__ = ["OffsetPortfolio", "portfolio"]


@attrs.frozen(kw_only=True)
class OffsetPortfolio(Result):
    """Sums over agreements in one currency at the end of a year.

    `ratio` is the sum of obligations divided by the sum of contracts, over the agreements with a known contract value.
    `ratio` is None if no contract value is known.
    """

    formula = "ratio = Σ obligation / Σ contract, where the contract is known; multiplier = Σ credit / Σ actual value"

    year: int
    contracts: Money
    obligation: Money
    ratio: Rate | None
    actual: Money
    credit: Money
    remaining: Money
    multiplier: Decimal | None
    direct_by_credit: Share | None
    behind: int
    agreements: ResultTable[OffsetPerformance] = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"Portfolio of {len(self.agreements)} offset agreements, at the end of {self.year}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("obligation", self.obligation),
            Finding("share of contracts", self.ratio, or_none(percent, "no contract's value is known")),
            Finding("actual value", self.actual),
            Finding("credit", self.credit),
            Finding("remaining", self.remaining),
            Finding("effective multiplier", self.multiplier, or_none(places(4), "no transaction yet")),
            Finding("behind schedule", (self.behind, len(self.agreements)), lambda pair: f"{pair[0]} of {pair[1]}"),
        )


def portfolio(agreements: Iterable[OffsetAgreement], year: int) -> OffsetPortfolio:
    """Compute sums over agreements at the end of a year; all agreements must have one currency and one price basis.

    The remaining obligation of one agreement is not reduced by another agreement's credit. Raises
    `MixedCurrenciesError` for several currencies, `MixedPriceBasesError` for several price bases, and
    `UnexpectedValueError` if you give no agreement.

    >>> from natoburden.datasets import offset_agreements
    >>> print(portfolio(offset_agreements(), 2025).obligation)
    PLN 948.88 m (current prices)
    """
    if isinstance(agreements, OffsetAgreement):
        raise UnexpectedValueError("a portfolio", agreements.key, "give several, or see performance of one")
    items = tuple(agreements)
    if not items:
        raise UnexpectedValueError("a portfolio", "no agreement", "give at least one")
    rows = tuple(performance(item, year) for item in items)
    nothing = rows[0].obligation.with_amount(0)
    known = [(item.contract, item.obligation) for item in items if item.contract is not None]
    contracts = Money.total([nothing, *(contract for contract, _ in known)])
    credit = Money.total(row.credit for row in rows)
    actual = Money.total(row.actual for row in rows)
    direct = Money.total(
        [
            nothing,
            *(work.credit for item in items for work in item.transactions if work.is_direct and work.year <= year),
        ]
    )
    return OffsetPortfolio(
        year=year,
        contracts=contracts,
        obligation=Money.total(row.obligation for row in rows),
        ratio=Rate(as_fraction=Money.total(owed for _, owed in known) / contracts) if contracts.amount else None,
        actual=actual,
        credit=credit,
        remaining=Money.total(row.remaining for row in rows),
        multiplier=credit / actual if actual.amount else None,
        direct_by_credit=direct.share_of(credit) if credit.amount else None,
        behind=sum(row.standing is OffsetStanding.BEHIND for row in rows),
        agreements=ResultTable(rows=rows),
        inputs=tuple(item for row in rows for item in row.inputs),
    )
