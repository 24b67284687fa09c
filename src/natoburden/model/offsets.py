"""Industrial offsets: what a supplier owes a buyer's economy as a condition of a sale, and the credit earned so far."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs

from natoburden.errors import DocumentFault, UnexpectedValueError
from natoburden.errors._documents import raise_faults
from natoburden.model._checks import above_zero, exactly
from natoburden.model._numbers import Number, checked_decimal, checked_year
from natoburden.model._terms import Term
from natoburden.model.countries import Country
from natoburden.model.evidence import Documented
from natoburden.model.money import Money
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source

__all__ = [
    "Milestone",
    "OffsetAgreement",
    "OffsetRule",
    "OffsetStatistic",
    "OffsetTransaction",
    "OffsetType",
    "Redress",
]


class OffsetType(Term):
    """A kind of activity that fulfils an offset, in the classification of the US Bureau of Industry and Security."""

    CO_PRODUCTION = "co-production"
    CREDIT_ASSISTANCE = "credit assistance"
    INVESTMENT = "investment"
    LICENSED_PRODUCTION = "licensed production"
    PURCHASE = "purchase"
    SUBCONTRACT = "subcontract"
    TECHNOLOGY_TRANSFER = "technology transfer"
    TRAINING = "training"
    OTHER = "other"


class Redress(Term):
    """The consequence of an obligation that is not met in time: a penalty on the remainder, or more time."""

    PENALTY = "penalty"
    CARRY_OVER = "carry-over"


def _to_multiplier(value: Number) -> Decimal:
    return checked_decimal(value, "a multiplier")


def _is_year(_instance: object, _attribute: object, value: Any) -> None:
    checked_year(value)


@attrs.frozen(kw_only=True)
class OffsetTransaction(Documented):
    """One activity that earns credit, with its actual value and the multiplier that turns the value into credit.

    A direct offset concerns the article sold; an indirect offset does not. Raises `InvalidNumberError` for a multiplier
    of zero or less, and `UnexpectedValueError` for a negative amount.

    >>> work = OffsetTransaction(
    ...     type=OffsetType.TRAINING, is_direct=True, year=2024, actual=Money.millions(10, "USD"), multiplier=3,
    ...     source=Source(title="An example", publisher="natoburden"),
    ... )
    >>> print(work.credit)
    USD 30.00 m (current prices)
    """

    type: OffsetType = attrs.field(validator=exactly(OffsetType, "a type of offset"))
    is_direct: bool = attrs.field(validator=exactly(bool, "whether it is direct"))
    year: int = attrs.field(validator=_is_year)
    actual: Money = attrs.field(validator=exactly(Money, "an amount"))
    multiplier: Decimal = attrs.field(
        default=Decimal(1), converter=_to_multiplier, validator=above_zero("a multiplier")
    )
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if self.actual.amount < 0:
            raise UnexpectedValueError("an actual value", str(self.actual), "it is zero or more")

    @property
    def credit(self) -> Money:
        """The credit that is earned: the actual value times the multiplier."""
        return self.actual * self.multiplier


@attrs.frozen
class Milestone:
    """The part of an obligation that is due by the end of a year."""

    year: int = attrs.field(validator=_is_year)
    part: Share = attrs.field(validator=exactly(Share, "a part of the obligation"))


@attrs.frozen(kw_only=True)
class OffsetAgreement(Documented):
    """The offset obligation of a supplier, and the credit that the supplier has received so far.

    The obligation is a `share` of the contract's value, or an `amount` if only the amount is known. The obligation runs
    for `years` years after the year of signature. Without `milestones`, the obligation falls due in equal parts.
    `redress` is the consequence of a shortfall at the end, and `penalty` is a share of the shortfall. `least_direct` is
    the part of the obligation that direct offsets must fulfil. All amounts are of one currency and one price basis.

    Raises one `DocumentError` that lists all contradictions between the fields.
    """

    key: str
    buyer: Country
    supplier: str
    contract: Money | None = attrs.field(default=None, validator=exactly(Money, "an amount", optional=True))
    share: Rate | None = attrs.field(default=None, validator=exactly(Rate, "a share of the contract", optional=True))
    amount: Money | None = attrs.field(default=None, validator=exactly(Money, "an amount", optional=True))
    signed: int = attrs.field(validator=_is_year)
    years: int
    milestones: tuple[Milestone, ...] = ()
    redress: Redress | None = None
    penalty: Share | None = None
    least_direct: Share | None = None
    transactions: tuple[OffsetTransaction, ...] = attrs.field(default=(), repr=lambda items: f"<{len(items)}>")
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    note: str = ""

    def __attrs_post_init__(self) -> None:
        raise_faults(f"offset agreement {self.key}", self._faults())

    def _faults(self) -> Iterator[DocumentFault]:
        if (self.share is None) is (self.amount is None) or (self.share is not None and self.contract is None):
            yield DocumentFault("amount", "give the contract with a share of it, or the amount of the obligation")
        if self.share is not None and self.share.as_fraction <= 0:
            yield DocumentFault("share", f"{self.share} is not an obligation: give more than 0 %")
        if type(self.years) is not int or self.years < 1:
            yield DocumentFault("years", f"{self.years!r}; write a whole number of at least one")
        elif self.milestones:
            yield from self._late_milestones()
        if (self.penalty is not None) is not (self.redress is Redress.PENALTY):
            yield DocumentFault("penalty", "a penalty goes with redress = 'penalty', which needs one")
        amounts = [item for item in (self.contract, self.amount) if item is not None]
        for number, item in enumerate(self.transactions):
            for other in amounts[:1]:
                if (item.actual.currency, item.actual.basis) != (other.currency, other.basis):
                    yield DocumentFault(
                        f"transactions[{number}].actual", f"{item.actual} beside {other}: convert first"
                    )
            if item.year < self.signed:
                yield DocumentFault(f"transactions[{number}].year", f"{item.year} is before {self.signed}")

    def _late_milestones(self) -> Iterator[DocumentFault]:
        years = [item.year for item in self.milestones]
        parts = [item.part for item in self.milestones]
        if years != sorted(set(years)) or parts != sorted(parts):
            yield DocumentFault("milestones", "years and parts rise, each year once")
        if not self.signed < years[0] or years[-1] > self.last_year:
            yield DocumentFault(
                "milestones", f"{years[0]} to {years[-1]}; valid: {self.signed + 1} to {self.last_year}"
            )

    @property
    def last_year(self) -> int:
        """The last year of the obligation, which is due by the end of that year."""
        return self.signed + self.years

    @property
    def obligation(self) -> Money:
        """The credit that the supplier owes: `share` of the contract's value, or otherwise `amount`."""
        if self.contract is not None and self.share is not None:
            return self.contract * self.share.as_fraction
        assert self.amount is not None  # one of the two is given
        return self.amount

    def __str__(self) -> str:
        return f"{self.key}: {self.supplier} to {self.buyer}, {self.obligation} by {self.last_year}"


@attrs.frozen(kw_only=True)
class OffsetRule(Documented):
    """A country's rule on offsets: the required share of a contract's value, and the minimum size of the contract.

    `boundary_note` states how sources differ on a contract of exactly the minimum size.
    """

    key: str
    country: Country
    share: Rate = attrs.field(validator=exactly(Rate, "a share of the contract"))
    least_contract: Money = attrs.field(validator=exactly(Money, "an amount"))
    boundary_note: str = ""
    years: int | None = None
    penalty: Share | None = None
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    note: str = ""

    def __str__(self) -> str:
        return f"{self.country}: {self.share:.2f} % of contracts of {self.least_contract} or more"


@attrs.frozen(kw_only=True)
class OffsetStatistic:
    """Published totals of the offsets of many suppliers in many countries, for a span of years."""

    key: str
    title: str
    first_year: int = attrs.field(validator=_is_year)
    last_year: int = attrs.field(validator=_is_year)
    contracts: Money = attrs.field(validator=exactly(Money, "an amount"))
    obligations: Money = attrs.field(validator=exactly(Money, "an amount"))
    actual: Money | None = attrs.field(default=None, validator=exactly(Money, "an amount", optional=True))
    credit: Money | None = attrs.field(default=None, validator=exactly(Money, "an amount", optional=True))
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    note: str = ""

    @property
    def ratio(self) -> Rate:
        """The obligations as a share of the value of contracts."""
        return Rate(as_fraction=self.obligations / self.contracts)

    @property
    def multiplier(self) -> Decimal | None:
        """The credit divided by the actual value of transactions; None if either is unpublished."""
        return None if self.actual is None or self.credit is None else self.credit / self.actual

    def __str__(self) -> str:
        return f"{self.title}: {self.ratio:.2f} % of contracts of {self.contracts}"
