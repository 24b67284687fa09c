"""The standing of an offset agreement in a year, and what settles the agreement at its end."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators.findings import Finding, Findings, places, yes_or_no
from natoburden.calculators.results import Result
from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model._checks import expect, member
from natoburden.model._numbers import checked_year, divide
from natoburden.model.money import Money
from natoburden.model.offsets import OffsetAgreement, Redress
from natoburden.model.shares import Share

__all__ = ["OffsetPerformance", "OffsetStanding", "Settlement", "performance", "settlement"]


class OffsetStanding(enum.Enum):
    """How credit compares with the obligation: fulfilled, on schedule, or behind."""

    FULFILLED = "fulfilled"
    ON_SCHEDULE = "on schedule"
    BEHIND = "behind"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class OffsetPerformance(Result):
    """What has been credited by the end of a year, compared with what is due.

    `family` is the family of systems: users of one family can be counted together. `direct_by_actual` and
    `direct_by_credit` are the shares of direct offsets in actual value and in credit. `multiplier`, `direct_by_actual`
    and `direct_by_credit` are None before any transaction.
    """

    agreement: OffsetAgreement
    year: int
    obligation: Money
    due: Money
    actual: Money
    credit: Money
    remaining: Money
    multiplier: Decimal | None
    direct_by_actual: Share | None
    direct_by_credit: Share | None
    standing: OffsetStanding
    is_direct_enough: bool | None

    @property
    def headline(self) -> str:
        return f"Offset {self.agreement}, at the end of {self.year}"

    @property
    def formula(self) -> str:
        due = "by milestones" if self.agreement.milestones else "evenly over its years"
        return f"credit = Σ actual value × multiplier; remaining = max(0, obligation − credit); due {due}"

    @property
    def findings(self) -> Findings:
        found: list[Finding[Any]] = [
            Finding("obligation", self.obligation),
            Finding("due", self.due),
            Finding("actual value", self.actual),
            Finding("credit", self.credit),
            Finding("remaining", self.remaining),
            Finding("standing", self.standing),
        ]
        if self.multiplier is not None:
            found += [
                Finding("effective multiplier", self.multiplier, places(4)),
                Finding("direct", (self.direct_by_actual, self.direct_by_credit), _of_both),
            ]
        if self.is_direct_enough is not None:
            found.append(Finding("direct enough", self.is_direct_enough, yes_or_no))
        return tuple(found)


def _of_both(parts: tuple[Share | None, Share | None]) -> str:
    return f"{parts[0]} of actual value, {parts[1]} of credit"


def performance(agreement: OffsetAgreement, year: int) -> OffsetPerformance:
    """Compute the standing of an agreement at the end of a year.

    A transaction counts from its own year on. Without milestones, the obligation falls due in equal yearly parts. With
    milestones, each milestone states the share of the obligation that is due by its year. The whole obligation is due
    at the end, even if the last milestone states a smaller share. Raises `InvalidYearError` for a year before
    signature.

    >>> from natoburden.datasets import offset_agreements
    >>> print(performance(offset_agreements()["wisla-1-raytheon"], 2024).due)
    PLN 134.47 m (current prices)
    """
    expect(agreement, OffsetAgreement, "an agreement", "give one: natoburden.datasets.offset_agreements()")
    found = checked_year(year)
    if found < agreement.signed:
        raise InvalidYearError(str(year), f"{agreement.signed}, when it was signed, or later")
    owed = agreement.obligation
    counted = [item for item in agreement.transactions if item.year <= found]
    nothing = owed.with_amount(0)
    actual = Money.total([nothing, *(item.actual for item in counted)])
    credit = Money.total([nothing, *(item.credit for item in counted)])
    direct = [item for item in counted if item.is_direct]
    direct_actual = Money.total([nothing, *(item.actual for item in direct)])
    direct_credit = Money.total([nothing, *(item.credit for item in direct)])
    due = owed * _part_due(agreement, found)
    remaining = owed.with_amount(max((owed - credit).amount, Decimal(0)))
    by_credit = direct_credit.share_of(credit) if actual.amount else None
    return OffsetPerformance(
        agreement=agreement,
        year=found,
        obligation=owed,
        due=due,
        actual=actual,
        credit=credit,
        remaining=remaining,
        multiplier=credit / actual if actual.amount else None,
        direct_by_actual=direct_actual.share_of(actual) if actual.amount else None,
        direct_by_credit=by_credit,
        standing=OffsetStanding.FULFILLED
        if credit >= owed
        else OffsetStanding.ON_SCHEDULE
        if credit >= due
        else OffsetStanding.BEHIND,
        is_direct_enough=_is_enough(by_credit, agreement.least_direct),
        inputs=(agreement, *agreement.transactions),
    )


def _is_enough(direct: Share | None, least: Share | None) -> bool | None:
    return None if direct is None or least is None else direct >= least


def _part_due(agreement: OffsetAgreement, year: int) -> Decimal:
    if year >= agreement.last_year:
        return Decimal(1)
    if agreement.milestones:
        return max((item.part.as_fraction for item in agreement.milestones if item.year <= year), default=Decimal(0))
    return divide(Decimal(year - agreement.signed), Decimal(agreement.years))


@attrs.frozen(kw_only=True)
class Settlement(Result):
    """What remains at an agreement's end: the shortfall, and a payment for the shortfall or an amount carried over."""

    agreement: OffsetAgreement
    redress: Redress
    obligation: Money
    credit: Money
    shortfall: Money
    payment: Money
    carried_over: Money

    @property
    def headline(self) -> str:
        return f"Settlement of the offset {self.agreement}"

    @property
    def formula(self) -> str:
        rate = f" × {self.agreement.penalty}" if self.redress is Redress.PENALTY else ""
        return f"shortfall = max(0, obligation − credit); {self.redress} = shortfall{rate}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("obligation", self.obligation),
            Finding("credit", self.credit),
            Finding("shortfall", self.shortfall),
            Finding("payment", self.payment),
            Finding("carried over", self.carried_over),
        )


def settlement(agreement: OffsetAgreement, *, redress: Redress | str | None = None) -> Settlement:
    """Compute what settles an agreement at its end: a penalty on the shortfall, or carrying the shortfall over.

    `redress` is the redress that the agreement states, unless you choose another. A penalty does not fulfil the
    obligation, but ends it. Raises `UnexpectedValueError` if neither you nor the agreement states a redress, and for a
    penalty that the agreement does not have.

    >>> from natoburden.model.countries import Country
    >>> from natoburden.model.offsets import OffsetTransaction, OffsetType
    >>> from natoburden.model.shares import Rate
    >>> from natoburden.model.sources import Source
    >>> source = Source(title="Worked example", publisher="Tawazun")
    >>> earned = OffsetTransaction(
    ...     type=OffsetType.OTHER, is_direct=False, year=2020, actual=Money.millions(10, "AED"), source=source
    ... )
    >>> agreement = OffsetAgreement(
    ...     key="uae", buyer=Country("ARE"), supplier="a supplier", contract=Money.millions(50, "AED"),
    ...     share=Rate.percent(60), signed=2019, years=7, redress=Redress.PENALTY, penalty=Share.percent("8.5"),
    ...     transactions=(earned,), source=source,
    ... )
    >>> found = settlement(agreement)
    >>> print(found.obligation, found.shortfall, found.payment, sep=" | ")
    AED 30.00 m (current prices) | AED 20.00 m (current prices) | AED 1.70 m (current prices)
    """
    follows = agreement.redress if redress is None else member(Redress, redress)
    if follows is None:
        raise UnexpectedValueError("redress", "None", "the agreement names none: say redress='penalty' or 'carry-over'")
    if follows is Redress.PENALTY and agreement.penalty is None:
        raise UnexpectedValueError(
            "redress", str(follows), "the agreement names no penalty: give it one, or carry over"
        )
    end = performance(agreement, agreement.last_year)
    nothing = end.remaining.with_amount(0)
    penalty = agreement.penalty if follows is Redress.PENALTY else None
    return Settlement(
        agreement=agreement,
        redress=follows,
        obligation=end.obligation,
        credit=end.credit,
        shortfall=end.remaining,
        payment=nothing if penalty is None else end.remaining * penalty,
        carried_over=end.remaining if penalty is None else nothing,
    )
