"""Aims for procurement: how much was bought together, within the EU, and between EU members."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Unpack

import attrs

from natoburden.calculators.concentration import Interval, in_percent
from natoburden.calculators.dependency._options import Options
from natoburden.calculators.dependency._parts import Bases, origin_of
from natoburden.calculators.dependency._records import measured
from natoburden.calculators.dependency._results import RecordResult, behind, warn_of_few
from natoburden.calculators.dependency._scope import Record
from natoburden.calculators.eligibility.content import part_outside
from natoburden.calculators.findings import Finding, Findings, or_none, yes_or_no
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import CONTEXT, LAST_YEAR, divide, multiply
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc
from natoburden.model.procurement import Contract
from natoburden.model.procurement_rules import AimMeasure, ProcurementAim
from natoburden.model.shares import Share

__all__ = ["AimTest", "aim_test"]


@attrs.frozen(kw_only=True)
class AimTest(RecordResult):
    """How contracts compare with an aim; `is_met` is None if the result depends on unknown origins.

    A sample of contracts does not show whether the Union meets its aims; only a register of all contracts would.
    """

    aim: ProcurementAim
    scope: str
    interval: Interval
    is_met: bool | None

    @property
    def coverage(self) -> Share:
        """The share of the total that certainly counts, or certainly does not count, towards the aim."""
        return Share.fraction(CONTEXT.subtract(Decimal(1), self.interval.width))

    @property
    def headline(self) -> str:
        return f"Purchases of {self.scope} and {self.aim}"

    @property
    def formula(self) -> str:
        return f"share = Σ amount {self.aim.measure} / Σ amount; met if ≥ {self.aim.share}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("share", self.interval, in_percent),
            Finding("met", self.is_met, or_none(yes_or_no, "undecided")),
            Finding("due", self.aim.deadline),
            *self.cautions,
        )


def aim_test(contracts: Iterable[Contract], aim: ProcurementAim, **options: Unpack[Options]) -> AimTest:
    """Compute how contracts compare with an aim of the European Defence Industrial Strategy.

    A contract is bought together if it has several buyers. A contract is within the EU if its origin is a member state.
    A contract is trade between members if its origin is a member state that is not a buyer, and all buyers are members.
    A state counts as a member of the EU if it was a member in the contract's year. The option `basis` defines the
    origin of a contract. Options and errors are the same as for `supplier_shares`; for example, ``buyer="EU"`` selects
    the Union's members.

    >>> from natoburden.datasets import announced_contracts, exchange_rates, procurement_aims
    >>> aim = procurement_aims()["edis-within-eu-2030"]
    >>> test = aim_test(announced_contracts(), aim, buyer="EU", rates=exchange_rates())
    >>> print(test.findings[0], "|", test.is_met)
    share: 22.55 to 31.39 % | False
    """
    whole = measured(contracts, options)
    if not whole.total:
        raise UnexpectedValueError("a scope", whole.scope, f"nothing counts: {whole.why_nothing}")
    warn_of_few(whole)
    bases = whole.bases
    low = high = Decimal(0)
    numerator: list[Record] = []
    for item in whole.counted:
        if not isinstance(item.record, Contract):
            raise UnexpectedValueError("a contract", str(item.record), "transfers are not procurement: give contracts")
        part = _part(item.record, aim.measure, bases)
        low = CONTEXT.add(low, multiply(item.amount, part.low))
        high = CONTEXT.add(high, multiply(item.amount, part.high))
        if part.low:
            numerator.append(item.record)
    interval = Interval(divide(low, whole.total), divide(high, whole.total))
    share = aim.share.as_fraction
    return AimTest(
        aim=aim,
        scope=whole.scope,
        interval=interval,
        is_met=True if interval.low >= share else False if interval.high < share else None,
        inputs=(aim,),
        numerator=tuple(numerator),
        **behind(whole),
    )


def _part(contract: Contract, measure: AimMeasure, bases: Bases) -> Interval:
    """Return the part of a contract that counts towards an aim."""
    nothing, everything = Decimal(0), Decimal(1)
    if measure is AimMeasure.COLLABORATIVE:
        counted = everything if contract.is_collaborative else nothing
        return Interval(counted, counted)
    union = Bloc.find("EU").members(contract.year or LAST_YEAR)
    excluded: tuple[Country, ...] = ()
    if measure is AimMeasure.INTRA_EU_TRADE:
        if not set(union).issuperset(contract.buyers):
            return Interval(nothing, nothing)
        excluded = contract.buyers
    origin = origin_of(contract, bases)
    if origin is None:
        return Interval(nothing, everything)
    outside = part_outside(origin, lambda country: country in union and country not in excluded)
    return Interval(CONTEXT.subtract(everything, outside.high), CONTEXT.subtract(everything, outside.low))
