"""Tests of buyers: whether enough states buy together to satisfy a rule."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from natoburden.calculators.eligibility.content import Verdict
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import Result
from natoburden.errors import UnexpectedValueError
from natoburden.model.countries import Country, CountryLike
from natoburden.model.memberships import Bloc, When, last_day
from natoburden.model.procurement_rules import BuyersRule, ContentRule

__all__ = ["BuyersTest", "buyers_test"]


@attrs.frozen(kw_only=True)
class BuyersTest(Result):
    """Whether enough states, and enough members of the EU, buy together to satisfy a rule.

    `reasons` list the conditions that are not met or cannot be tested.
    """

    rule: ContentRule
    buyers: tuple[Country, ...]
    members: tuple[Country, ...]
    verdict: Verdict
    reasons: tuple[str, ...]

    @property
    def headline(self) -> str:
        return f"Buyers {', '.join(map(str, self.buyers))} and {self.rule.name}"

    @property
    def formula(self) -> str:
        return f"eligible if {self.rule.buyers}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("buyers", len(self.buyers)),
            Finding("EU members", len(self.members)),
            Finding("verdict", self.verdict),
            *(Finding("because", reason) for reason in self.reasons),
        )


def buyers_test(
    rule: ContentRule, buyers: Iterable[CountryLike], *, when: When, with_loan: Iterable[CountryLike] | None = None
) -> BuyersTest:
    """Compute whether enough states, and enough members of the EU, buy together to satisfy a rule.

    `when` is the day for which membership of the EU is looked up; of a year, the last day counts.     `with_loan` are
    the states that have a loan from the rule's instrument. Without `with_loan`, the test of a rule that requires a loan
    is undecided. A single buyer is accepted until the rule's last day for single buyers. If `when` is a year, and the
    last day for single buyers is within this year, the test of a single buyer is undecided. Conditions that are not
    about buyers, such as the origin of content, are not tested: see `content_test`. Raises `UnexpectedValueError` for a
    rule that does not state how many states must buy together.

    >>> from natoburden.datasets import content_rule
    >>> print(buyers_test(content_rule("EDIP"), ["Poland", "Norway", "Latvia"], when=2026).verdict)
    eligible
    >>> print(buyers_test(content_rule("EDIP"), ["Poland", "Norway", "Ukraine"], when=2026).verdict)
    not eligible
    """
    asked = rule.buyers
    if asked is None:
        hint = "it does not say how many states must buy together: give one that does, such as content_rule('EDIP')"
        raise UnexpectedValueError("a rule on buyers", rule.key, hint)
    several = tuple(dict.fromkeys(map(Country.find, buyers)))
    if not several:
        raise UnexpectedValueError("buyers", "none", "name at least one state")
    day = last_day(when)
    members = tuple(country for country in several if Bloc.find("EU").has_member(country, when))
    faults, open_points = [], []
    if len(several) < asked.least:
        if len(several) == 1 and _may_be_alone(asked, when):
            if asked.alone_until is not None and day > asked.alone_until:
                open_points.append(f"one buyer alone until {asked.alone_until}: give the day of the contract")
        else:
            faults.append(f"{len(several)} of at least {asked.least} buyers")
    if len(members) < asked.least_members:
        faults.append(f"{len(members)} of at least {asked.least_members} members of the EU")
    if asked.needs_loan and members:
        if with_loan is None:
            open_points.append("whether a member among them has a loan is not known: give with_loan=")
        elif not set(map(Country.find, with_loan)) & set(members):
            faults.append("no member among them has a loan")
    verdict = Verdict.NOT_ELIGIBLE if faults else Verdict.UNDECIDED if open_points else Verdict.ELIGIBLE
    return BuyersTest(
        rule=rule,
        buyers=several,
        members=members,
        verdict=verdict,
        reasons=tuple(faults or open_points),
        inputs=(asked,),
    )


def _may_be_alone(asked: BuyersRule, when: When) -> bool:
    """Return whether a single buyer may be accepted on a day, or on some day of a year."""
    if asked.alone_until is None:
        return False
    return when <= asked.alone_until.year if isinstance(when, int) else last_day(when) <= asked.alone_until
