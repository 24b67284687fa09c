"""Three procurement policies of the article of February 2025: from whom to buy, and how long deliveries take."""

from __future__ import annotations

import enum
import statistics
from collections.abc import Iterable
from decimal import Decimal
from typing import Unpack

import attrs

from natoburden.calculators.concentration import Interval, in_percent
from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import Bases, origin_of
from natoburden.calculators.dependency._records import Measured, measured
from natoburden.calculators.dependency._results import RecordResult, behind, warn_of_few
from natoburden.calculators.eligibility.content import Verdict, part_outside, verdict_on
from natoburden.calculators.findings import Finding, Findings, or_none
from natoburden.calculators.results import ResultTable
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import CONTEXT, LAST_YEAR, add_up, divide, plain
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country
from natoburden.model.procurement import Contract
from natoburden.model.procurement_rules import ContentRule
from natoburden.model.shares import Share

__all__ = ["AreaDelay", "PolicyOutcome", "ProcurementPolicy", "procurement_policies"]

_UNITED_KINGDOM = Country("GBR")


class ProcurementPolicy(enum.Enum):
    """Three procurement policies of the article of February 2025, which differ in the suppliers that they allow."""

    EUROPEAN_ONLY = "European only"
    EUROPEAN_AND_UNITED_KINGDOM = "European and United Kingdom"
    OPEN = "open"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class AreaDelay:
    """Lead times in one capability area, in years, of eligible suppliers and of all suppliers.

    A lead time is the first year of delivery minus the year of the contract. `delay` compares the medians of the known
    lead times. If no eligible contract has a known lead time, `delay` is None, and the delay is unknown.
    """

    area: CapabilityArea
    eligible: tuple[int, ...]
    all_suppliers: tuple[int, ...]

    @property
    def delay(self) -> Decimal | None:
        """Median lead time of eligible suppliers minus the median of all; negative if eligible suppliers are faster."""
        return _delay(self.eligible, self.all_suppliers)

    def in_words(self) -> str:
        """Return the delay as text, with the number of contracts behind the delay."""
        found = "no eligible supplier with known dates" if self.delay is None else _years(self.delay)
        return f"{found} ({len(self.eligible)} of {len(self.all_suppliers)} contracts)"

    def __str__(self) -> str:
        return f"{self.area}: {self.in_words()}"


def _years(delay: Decimal) -> str:
    return f"{plain(delay)} years"


def _contracts(count: int) -> str:
    return f"{count} contracts"


def _count_and_part(pair: tuple[int, Interval]) -> str:
    count, part = pair
    return f"{_contracts(count)}, {in_percent(part)} of value"


@attrs.frozen(kw_only=True)
class PolicyOutcome(RecordResult):
    """What one policy allows: the contracts, their share of the total, and the delay that the data imply.

    `numerator` contains the eligible contracts that count, and `denominator` contains all contracts that count.
    `eligible`, `not_eligible` and `undecided` contain every contract in scope that was not cancelled, even if its value
    does not count. `delay` compares the medians of all areas together, and `areas` compares the medians of each area.
    """

    policy: ProcurementPolicy
    rule: ContentRule
    scope: str
    eligible: tuple[Contract, ...] = attrs.field(repr=False)
    not_eligible: tuple[Contract, ...] = attrs.field(repr=False)
    undecided: tuple[Contract, ...] = attrs.field(repr=False)
    eligible_share: Interval
    delay: Decimal | None
    areas: tuple[AreaDelay, ...] = attrs.field(repr=False)
    without_dates: int

    @property
    def coverage(self) -> Share:
        """The share of the total that the policy is known to allow or known to exclude."""
        return Share.fraction(CONTEXT.subtract(Decimal(1), self.eligible_share.width))

    @property
    def headline(self) -> str:
        return f"Purchases of {self.scope} under the policy {self.policy}"

    @property
    def formula(self) -> str:
        return (
            f"eligible if at most {self.rule.most_outside} comes from outside the policy's suppliers; "
            "delay = median (first delivery − contract) of the eligible less that of all"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("eligible", (len(self.eligible), self.eligible_share), _count_and_part),
            Finding("not eligible", len(self.not_eligible), _contracts),
            Finding("undecided", len(self.undecided), _contracts),
            Finding("delay", self.delay, or_none(_years, "not implied")),
            *(Finding(f"delay, {item.area}", item, AreaDelay.in_words) for item in self.areas),
            Finding("without both dates", self.without_dates, _contracts),
            *self.cautions,
        )


def procurement_policies(
    contracts: Iterable[Contract], rule: ContentRule, **options: Unpack[Options]
) -> ResultTable[PolicyOutcome]:
    """Compute what each of the three policies allows and excludes, and how much each policy delays deliveries.

    European suppliers are suppliers from the countries that `rule` favours. The limit in `rule` decides whether goods
    of mixed origin are eligible. `basis` defines the origin of goods; you can give several bases in order of
    preference. The default basis is the prime contractor's nationality, which the rule does not mention. Lead times run
    from the contract's year to the first year of delivery, if both are known. Few contracts have a known lead time, so
    check how many contracts are behind each delay. Takes the options of `supplier_shares`, and raises its errors.

    >>> from natoburden.datasets import announced_contracts, content_rule, exchange_rates
    >>> table = procurement_policies(announced_contracts(), content_rule("SAFE"), rates=exchange_rates())
    >>> for row in table:
    ...     print(row.policy, "|", len(row.eligible), len(row.not_eligible), len(row.undecided), "|", row.delay)
    European only | 24 53 9 | 0
    European and United Kingdom | 33 48 5 | 0
    open | 86 0 0 | 0
    """
    whole = measured(contracts, options)
    warn_of_few(whole)
    bases = whole.bases
    rows = [_outcome(policy, rule, whole, bases) for policy in ProcurementPolicy]
    return ResultTable(rows=tuple(rows))


def _outcome(policy: ProcurementPolicy, rule: ContentRule, whole: Measured, bases: Bases) -> PolicyOutcome:
    in_scope = whole.standing
    verdicts: dict[str, Verdict] = {}
    sorted_out: dict[Verdict, list[Contract]] = {verdict: [] for verdict in Verdict}
    for record in in_scope:
        if not isinstance(record, Contract):
            raise UnexpectedValueError("a contract", str(record), "transfers bear no date of contract: give contracts")
        verdicts[record.key] = _verdict(policy, rule, record, bases)
        sorted_out[verdicts[record.key]].append(record)
    eligible = sorted_out[Verdict.ELIGIBLE]
    everything = [record for record in in_scope if isinstance(record, Contract)]
    amounts = {
        verdict: add_up(item.amount for item in whole.counted if verdicts[item.record.key] is verdict)
        for verdict in Verdict
    }
    return PolicyOutcome(
        policy=policy,
        rule=rule,
        scope=whole.scope,
        eligible=tuple(eligible),
        not_eligible=tuple(sorted_out[Verdict.NOT_ELIGIBLE]),
        undecided=tuple(sorted_out[Verdict.UNDECIDED]),
        eligible_share=_share(amounts, whole.total),
        delay=_delay(_lead_times(eligible), _lead_times(everything)),
        areas=_areas(eligible, everything),
        without_dates=len(everything) - len(_lead_times(everything)),
        numerator=tuple(item.record for item in whole.counted if verdicts[item.record.key] is Verdict.ELIGIBLE),
        **behind(whole),
    )


def _verdict(policy: ProcurementPolicy, rule: ContentRule, contract: Contract, bases: Bases) -> Verdict:
    if policy is ProcurementPolicy.OPEN:
        return Verdict.ELIGIBLE
    origin = origin_of(contract, bases)
    if origin is None:
        return Verdict.UNDECIDED
    with_britain = policy is ProcurementPolicy.EUROPEAN_AND_UNITED_KINGDOM
    when = contract.year or LAST_YEAR

    def is_inside(country: Country) -> bool:
        # Outside the Union in every year: the camps have stood apart since it left.
        return with_britain if country == _UNITED_KINGDOM else rule.includes(country, when)

    return verdict_on(part_outside(origin, is_inside), rule.most_outside.as_fraction)


def _share(amounts: dict[Verdict, Decimal], total: Decimal) -> Interval:
    if not total:
        return Interval(Decimal(0), Decimal(1))
    low = amounts[Verdict.ELIGIBLE]
    return Interval(divide(low, total), divide(CONTEXT.add(low, amounts[Verdict.UNDECIDED]), total))


def _lead_times(contracts: Iterable[Contract]) -> tuple[int, ...]:
    """Return the number of years from contract to first delivery, for contracts with both years known."""
    return tuple(
        sorted(item.delivery_start - item.year for item in contracts if item.delivery_start and item.year is not None)
    )


def _areas(eligible: Iterable[Contract], everything: Iterable[Contract]) -> tuple[AreaDelay, ...]:
    chosen, given = tuple(eligible), tuple(everything)
    areas = sorted({item.area for item in given if item.area is not None}, key=str)
    found = (
        AreaDelay(
            area=area,
            eligible=_lead_times(item for item in chosen if item.area is area),
            all_suppliers=_lead_times(item for item in given if item.area is area),
        )
        for area in areas
    )
    return tuple(item for item in found if item.all_suppliers)


def _delay(eligible: tuple[int, ...], everything: tuple[int, ...]) -> Decimal | None:
    if not eligible:
        return None
    return statistics.median(map(Decimal, eligible)) - statistics.median(map(Decimal, everything))
