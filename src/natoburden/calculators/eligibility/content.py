"""Content tests: how much of a product may come from outside the countries that a rule favours."""

from __future__ import annotations

import enum
from collections.abc import Callable
from decimal import Decimal

import attrs

from natoburden.calculators.concentration import Interval, in_percent
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Result
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import CONTEXT
from natoburden.model.countries import Country
from natoburden.model.origins import Origin, OriginBasis
from natoburden.model.procurement_rules import ContentRule
from natoburden.model.shares import Share

__all__ = [
    "ContentTest",
    "Verdict",
    "content_test",
    "content_test_of_share",
    "part_outside",
    "verdict_on",
]


class Verdict(enum.Enum):
    """The outcome of a test; ``UNDECIDED`` if the outcome depends on the unknown part."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not eligible"
    UNDECIDED = "undecided"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class ContentTest(Result):
    """Whether a rule allows a product's share of content from outside; a share exactly at the limit is allowed."""

    rule: ContentRule
    outside: Interval
    basis: OriginBasis
    verdict: Verdict

    @property
    def headline(self) -> str:
        return f"Content and {self.rule}"

    @property
    def formula(self) -> str:
        return f"eligible if what comes from outside ≤ {self.rule.most_outside} of the cost of components"

    @property
    def findings(self) -> Findings:
        found = (
            Finding("from outside", self.outside, in_percent),
            Finding("by", self.basis),
            Finding("verdict", self.verdict),
        )
        untested = tuple(item for item in (self.rule.buyers, self.rule.not_tested) if item)
        return (
            (*found, Finding("not tested", untested, lambda items: "; ".join(map(str, items)))) if untested else found
        )


def content_test(rule: ContentRule, origin: Origin, *, when: int) -> ContentTest:
    """Compute whether the origin of a product satisfies a rule, with the memberships of a year.

    The rules refer to the cost of components (``OriginBasis.CONTENT``); the result states the basis of the given
    origin. Unknown content leaves the test undecided only if it could change the outcome.

    >>> from natoburden.datasets import content_rule
    >>> origin = Origin.of(OriginBasis.CONTENT, {"FRA": Share.percent(65), "USA": Share.percent(35)})
    >>> print(content_test(content_rule("SAFE"), origin, when=2026).verdict)
    eligible
    """
    outside = part_outside(origin, lambda country: rule.includes(country, when))
    return ContentTest(
        rule=rule,
        outside=outside,
        basis=origin.basis,
        verdict=verdict_on(outside, rule.most_outside.as_fraction),
        inputs=(rule,),
    )


def content_test_of_share(rule: ContentRule, outside: Share, *, unknown: Share | None = None) -> ContentTest:
    """Compute whether a share of component cost from outside satisfies a rule; the origin of some cost may be unknown.

    >>> from natoburden.datasets import content_rule
    >>> print(content_test_of_share(content_rule("EDIP"), Share.percent("35.01")).verdict)
    not eligible
    """
    low = outside.as_fraction
    high = CONTEXT.add(low, unknown.as_fraction if unknown else Decimal(0))
    if high > 1:
        raise UnexpectedValueError("shares of one whole", f"{outside} and {unknown}", "together they exceed 100 %")
    interval = Interval(low, high)
    return ContentTest(
        rule=rule,
        outside=interval,
        basis=OriginBasis.CONTENT,
        verdict=verdict_on(interval, rule.most_outside.as_fraction),
        inputs=(rule,),
    )


def part_outside(origin: Origin, is_inside: Callable[[Country], bool]) -> Interval:
    """Return the share from outside a rule's countries; a joint share of countries inside and outside is uncertain."""
    low = _sum(origin, is_inside)
    unknown = origin.unknown.as_fraction
    sides = {is_inside(country) for country in origin.unsplit}
    if not unknown or sides == {True}:
        return Interval(low, low)
    if sides == {False}:
        low = CONTEXT.add(low, unknown)
        return Interval(low, low)
    return Interval(low, CONTEXT.add(low, unknown))


def verdict_on(outside: Interval, most: Decimal) -> Verdict:
    """Return the verdict on a share from outside; a share exactly at the limit passes."""
    if outside.high <= most:
        return Verdict.ELIGIBLE
    return Verdict.NOT_ELIGIBLE if outside.low > most else Verdict.UNDECIDED


def _sum(origin: Origin, is_inside: Callable[[Country], bool]) -> Decimal:
    whole = Decimal(0)
    for item in origin.known:
        if not is_inside(item.country):
            whole = CONTEXT.add(whole, item.share.as_fraction)
    return whole
