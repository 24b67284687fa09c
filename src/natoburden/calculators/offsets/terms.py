"""The terms of offsets: what a rule asks, what may be asked, what two obligations leave, and what fulfilment costs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import attrs

from natoburden.calculators.offsets.fulfilment import OffsetResult
from natoburden.calculators.results import Projection, Result
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, Number, checked_decimal, divide
from natoburden.model.exchange import ExchangeRates
from natoburden.model.money import Money
from natoburden.model.offsets import OffsetAgreement, OffsetRule
from natoburden.model.shares import Rate
from natoburden.model.sources import Source

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
    """What a country's rule asks for a contract; nothing where the contract is smaller than the rule's least."""

    rule: OffsetRule
    contract: Money
    applies: bool
    is_at_boundary: bool
    obligation: Money
    rates: ExchangeRates | None = attrs.field(repr=False)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The rule's source, and that of the rates."""
        return (self.rule.source, *([self.rates.source] if self.rates else []))

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Offset that {self.rule} asks for a contract of {self.contract}"

    @property
    def formula(self) -> str:
        """The rule's share of the contract."""
        return (
            f"obligation = {self.rule.share.as_percent} % × contract, where it is at least {self.rule.least_contract}"
        )

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Whether the rule applies, what it asks, and how sources differ on a contract of just the least value."""
        found = (("applies", "yes" if self.applies else "no"), ("obligation", str(self.obligation)))
        note = self.rule.boundary_note if self.is_at_boundary else ""
        return (*found, ("sources differ", note)) if note else found


def obligation_under(rule: OffsetRule, contract: Money, *, rates: ExchangeRates | None = None) -> Obligation:
    """Compute what a rule asks of a supplier for a contract of some value; a contract of just the least value counts.

    A contract in another currency than the rule's least value needs `rates`, which are used for that comparison only.
    Raises `MixedCurrenciesError` without them. Where sources differ on a contract of just the least value, the result
    says so.

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
    )


@attrs.frozen(kw_only=True)
class CapTest(OffsetResult):
    """Whether an obligation stays within a cap, such as that of the European Defence Agency's code of conduct."""

    cap: Rate
    ratio: Rate
    is_within: bool

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Offset {self.agreement}, and a cap of {self.cap.as_percent:.2f} % of the contract"

    @property
    def formula(self) -> str:
        """The obligation against the contract."""
        return "within if obligation / contract ≤ cap"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """The ratio and the verdict."""
        return (
            ("obligation", f"{self.ratio.as_percent:.2f} % of the contract"),
            ("within", "yes" if self.is_within else "no"),
        )


def cap_test(agreement: OffsetAgreement, *, cap: Rate = EDA_CAP) -> CapTest:
    """Test an obligation against a cap on its share of the contract; just as much is within.

    The code of conduct is voluntary: being beyond it breaks no law. Raises `UnexpectedValueError` where the value of
    the contract is not known.

    >>> from natoburden.datasets import offset_agreements
    >>> cap_test(offset_agreements()["wisla-1-raytheon"])
    Traceback (most recent call last):
        ...
    natoburden.errors.UnexpectedValueError: wisla-1-raytheon is not usable as an agreement; its contract's value ...
    """
    if agreement.contract is None or not agreement.contract.amount:
        raise UnexpectedValueError("an agreement", agreement.key, "its contract's value is not known: give contract=")
    ratio = Rate(as_fraction=agreement.obligation / agreement.contract)
    return CapTest(agreement=agreement, cap=cap, ratio=ratio, is_within=ratio <= cap)


@attrs.frozen(kw_only=True)
class Abatement(Result):
    """What two obligations between two countries leave when they are set against each other."""

    ours: Money
    theirs: Money
    abated: Money
    ours_left: Money
    theirs_left: Money

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Mutual abatement of {self.ours} and {self.theirs}"

    @property
    def formula(self) -> str:
        """The smaller of the two is taken off both."""
        return "abated = min(ours, theirs); left = obligation − abated"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """What is taken off both, and what is left."""
        return (
            ("abated", str(self.abated)),
            ("ours left", str(self.ours_left)),
            ("theirs left", str(self.theirs_left)),
        )


def abatement(ours: Money, theirs: Money) -> Abatement:
    """Set two countries' obligations to each other against one another; both of one currency and basis.

    The code of conduct names the practice; the netting is this library's reading of it.

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
    """What fulfilling the rest of an obligation takes in actual value, and what it adds to the price of the contract.

    `net_price` is the contract less the present value of the benefits given; None where the contract is not known.
    """

    remaining: Money
    multiplier: Decimal
    actual: Money
    discount_rate: Rate
    benefits: Money
    net_price: Money | None

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Cost of fulfilling an offset of {self.remaining}"

    @property
    def formula(self) -> str:
        """Actual value through the multiplier, and the price net of benefits."""
        return (
            f"actual value to fulfil = remaining / {self.multiplier}; "
            f"benefits = Σ benefit / (1 + {self.discount_rate})^t; net price = contract − benefits"
        )

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """The actual value, the benefits, and the net price."""
        return (
            ("actual value to fulfil", str(self.actual)),
            ("present value of benefits", str(self.benefits)),
            ("net price", str(self.net_price or "the contract's value is not known")),
        )


def cost_to_meet(
    agreement: OffsetAgreement,
    *,
    multiplier: Number,
    benefits: Mapping[int, Money] | None = None,
    discount_rate: Rate | None = None,
) -> CostToMeet:
    """Compute what fulfilling the rest takes in actual value, and the price of the contract net of benefits.

    A multiplier above one fulfils an obligation with less than its face value: 300 of credit at a multiplier of 5 take
    60. `benefits` are what you hold the activities to be worth to the buyer, by year, discounted to the year of
    signature at `discount_rate`, which they need. What a supplier adds to its price for an offset is not known and not
    inside. Raises `InvalidNumberError` for a multiplier of zero or less.

    >>> from natoburden.datasets import offset_agreements
    >>> print(cost_to_meet(offset_agreements()["wisla-1-raytheon"], multiplier=2).actual)
    PLN 112.06 m (current prices)
    """
    factor = checked_decimal(multiplier, "a multiplier")
    if factor <= 0:
        raise InvalidNumberError("a multiplier", str(factor), "more than zero")
    if (benefits is None) is not (discount_rate is None):
        raise UnexpectedValueError("benefits", str(discount_rate), "benefits go with a discount_rate, zero if need be")
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
