"""The conditions of offsets: obligations under a rule, caps on obligations, netting, and the cost of fulfilment."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import attrs

from natoburden.calculators.findings import Finding, Findings, or_none, percent, yes_or_no
from natoburden.calculators.results import Projection, Result
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, Number, checked_decimal, divide
from natoburden.model.exchange import ExchangeRates
from natoburden.model.money import Money
from natoburden.model.offsets import OffsetAgreement, OffsetRule
from natoburden.model.shares import Rate

__all__ = [
    "EDA_CAP",
    "Abatement",
    "CapTest",
    "CostToMeet",
    "Obligation",
    "abatement",
    "cap_test",
    "cost_to_meet",
    "obligation_under",
]

EDA_CAP = Rate.percent(100)  # European Defence Agency, Code of Conduct on Offsets, in force from 1 July 2009


@attrs.frozen(kw_only=True)
class Obligation(Result):
    """The obligation that a country's rule requires for a contract; zero for a contract below the rule's minimum."""

    rule: OffsetRule
    contract: Money
    applies: bool
    is_at_boundary: bool
    obligation: Money
    rates: ExchangeRates | None = attrs.field(repr=False)

    @property
    def headline(self) -> str:
        return f"Offset that {self.rule} asks for a contract of {self.contract}"

    @property
    def formula(self) -> str:
        return (
            f"obligation = {self.rule.share.as_percent} % × contract, where it is at least {self.rule.least_contract}"
        )

    @property
    def findings(self) -> Findings:
        found = (Finding("applies", self.applies, yes_or_no), Finding("obligation", self.obligation))
        note = self.rule.boundary_note if self.is_at_boundary else ""
        return (*found, Finding("sources differ", note)) if note else found


def obligation_under(rule: OffsetRule, contract: Money, *, rates: ExchangeRates | None = None) -> Obligation:
    """Compute the obligation that a rule requires of a supplier; a contract of exactly the minimum value counts.

    If the contract and the rule's minimum are in different currencies, give `rates` to compare the two amounts. Raises
    `MixedCurrenciesError` if rates are needed and not given. If sources differ on contracts of exactly the minimum
    value, the result has a remark.

    >>> from natoburden.datasets import offset_rules
    >>> print(obligation_under(offset_rules()["UAE"], Money.millions(20, "USD")).obligation)
    USD 12.00 m (current prices)
    """
    expect(contract, Money, "a contract's value", "write Money.millions(50, 'AED')")
    compared = rates.convert(contract, rule.least_contract.currency) if rates else contract
    applies = compared >= rule.least_contract
    owed = contract * rule.share.as_fraction if applies else contract.with_amount(0)
    return Obligation(
        rule=rule,
        contract=contract,
        applies=applies,
        is_at_boundary=compared == rule.least_contract,
        obligation=owed,
        rates=rates,
        inputs=(rule, *((rates,) if rates else ())),
    )


@attrs.frozen(kw_only=True)
class CapTest(Result):
    """Whether an obligation is within a cap, such as the cap of the European Defence Agency's code of conduct."""

    formula = "within if obligation / contract ≤ cap"

    agreement: OffsetAgreement
    cap: Rate
    ratio: Rate
    is_within: bool

    @property
    def headline(self) -> str:
        return f"Offset {self.agreement}, and a cap of {self.cap:.2f} % of the contract"

    @property
    def findings(self) -> Findings:
        return (
            Finding("obligation", self.ratio, lambda ratio: f"{percent(ratio)} of the contract"),
            Finding("within", self.is_within, yes_or_no),
        )


def cap_test(agreement: OffsetAgreement, *, cap: Rate = EDA_CAP) -> CapTest:
    """Compute whether an obligation's share of its contract is within a cap; a share equal to the cap is within it.

    The code of conduct is voluntary: an obligation above the cap does not break a law. Raises `UnexpectedValueError` if
    the value of the contract is not known.

    >>> from natoburden.datasets import offset_agreements
    >>> cap_test(offset_agreements()["wisla-1-raytheon"])
    Traceback (most recent call last):
        ...
    natoburden.errors.UnexpectedValueError: wisla-1-raytheon is not usable as an agreement; the value ...
    """
    if agreement.contract is None or not agreement.contract.amount:
        raise UnexpectedValueError(
            "an agreement", agreement.key, "the value of its contract is zero or not known: give contract="
        )
    ratio = Rate(as_fraction=agreement.obligation / agreement.contract)
    return CapTest(
        agreement=agreement,
        cap=cap,
        ratio=ratio,
        is_within=ratio <= cap,
        inputs=(agreement, *agreement.transactions),
    )


@attrs.frozen(kw_only=True)
class Abatement(Result):
    """What remains of two countries' obligations to each other after netting."""

    formula = "abated = min(ours, theirs); left = obligation − abated"

    ours: Money
    theirs: Money
    abated: Money
    ours_left: Money
    theirs_left: Money

    @property
    def headline(self) -> str:
        return f"Mutual abatement of {self.ours} and {self.theirs}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("abated", self.abated),
            Finding("ours left", self.ours_left),
            Finding("theirs left", self.theirs_left),
        )


def abatement(ours: Money, theirs: Money) -> Abatement:
    """Compute what remains of two countries' obligations to each other after netting, in one currency and price basis.

    The European Defence Agency's code of conduct mentions the netting of obligations. The method of netting is this
    library's interpretation.

    >>> print(abatement(Money.millions(300, "EUR"), Money.millions(120, "EUR")).ours_left)
    EUR 180.00 m (current prices)
    """
    for side in (ours, theirs):
        expect(side, Money, "an obligation", "write Money.millions(300, 'EUR')")
        if side.amount < 0:
            raise UnexpectedValueError("an obligation", str(side), "it is zero or more")
    abated = min(ours, theirs)
    return Abatement(ours=ours, theirs=theirs, abated=abated, ours_left=ours - abated, theirs_left=theirs - abated)


@attrs.frozen(kw_only=True)
class CostToMeet(Projection):
    """The actual value needed to fulfil the rest of an obligation, and the contract's price net of benefits.

    `net_price` is the value of the contract minus the present value of the benefits. `net_price` is None if the value
    of the contract is not known.
    """

    remaining: Money
    multiplier: Decimal
    actual: Money
    discount_rate: Rate
    benefits: Money
    net_price: Money | None

    @property
    def headline(self) -> str:
        return f"Cost of fulfilling an offset of {self.remaining}"

    @property
    def formula(self) -> str:
        return (
            f"actual value to fulfil = remaining / {self.multiplier}; "
            f"benefits = Σ benefit / (1 + {self.discount_rate})^t; net price = contract − benefits"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("actual value to fulfil", self.actual),
            Finding("present value of benefits", self.benefits),
            Finding("net price", self.net_price, or_none(str, "the contract's value is not known")),
        )


def cost_to_meet(
    agreement: OffsetAgreement,
    *,
    multiplier: Number,
    benefits: Mapping[int, Money] | None = None,
    discount_rate: Rate | None = None,
) -> CostToMeet:
    """Compute the actual value needed to fulfil the rest of an obligation, and the contract's price net of benefits.

    With a multiplier above one, activities earn more credit than their actual value. At a multiplier of 5, activities
    worth 60 earn a credit of 300. `benefits` are your estimates of what the activities are worth to the buyer, by year.
    Benefits are discounted to the year of signature at `discount_rate`, which you must give together with `benefits`. A
    supplier's surcharge for an offset is not known, and is not included. Raises `InvalidNumberError` for a multiplier
    of zero or less.

    >>> from natoburden.datasets import offset_agreements
    >>> print(cost_to_meet(offset_agreements()["wisla-1-raytheon"], multiplier=2).actual)
    PLN 112.06 m (current prices)
    """
    factor = checked_decimal(multiplier, "a multiplier")
    if factor <= 0:
        raise InvalidNumberError("a multiplier", str(factor), "more than zero")
    if (benefits is None) is not (discount_rate is None):
        hint = "it goes with benefits: give both, with a rate of zero if need be, or neither"
        raise UnexpectedValueError("a discount rate", str(discount_rate), hint)
    owed = agreement.obligation
    credit = Money.total([owed.with_amount(0), *(item.credit for item in agreement.transactions)])
    remaining = owed.with_amount(max((owed - credit).amount, Decimal(0)))
    rate = discount_rate or Rate.percent(0)
    worth = Money.total(
        [
            owed.with_amount(0),
            *(
                amount * divide(Decimal(1), CONTEXT.power(rate.factor, year - agreement.signed))
                for year, amount in (benefits or {}).items()
            ),
        ]
    )
    return CostToMeet(
        remaining=remaining,
        multiplier=factor,
        actual=remaining / factor,
        discount_rate=rate,
        benefits=worth,
        net_price=None if agreement.contract is None else agreement.contract - worth,
    )
