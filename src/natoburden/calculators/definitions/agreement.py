"""How similarly publishers rank allies, and which allies would meet a target on each publisher's figures."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

import attrs

from natoburden.calculators._arguments import checked_target
from natoburden.calculators._members import group_of, spenders
from natoburden.calculators.burden._statistics import spearman
from natoburden.calculators.definitions.publishers import checked_definitions, share_on
from natoburden.calculators.findings import Finding, Findings, listed, places
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.errors import TargetMismatchError, TooFewError
from natoburden.model.countries import Country
from natoburden.model.expenditure import CountedBy, ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.shares import Share
from natoburden.model.spending_commitments import Target, TargetLike

__all__ = ["DefinitionMeeting", "RankAgreement", "rank_agreement", "who_meets"]

_FEWEST = 3
_HALF = Decimal("0.05")  # points: half of the last decimal that Eurostat prints


@attrs.frozen(kw_only=True)
class RankAgreement(TableResult):
    """How similarly NATO and another publisher rank the allies that both cover; a `rho` of 1 means the same order.

    `p` is the two-sided p-value for the null hypothesis that the two orders are unrelated. `p` is computed from
    Student's t-distribution on mid-ranks.
    """

    formula = (
        "Spearman's rho of published shares of GDP, on mid-ranks; null: the orders are unrelated; two-sided p by t"
    )

    group: Group
    year: int
    definition: CountedBy
    edition: str
    count: int
    rho: float
    p: float
    without_figure: tuple[Country, ...]

    @property
    def headline(self) -> str:
        return f"Order of {self.group} in {self.year} as {self.definition} and as NATO count, {self.count} allies"

    @property
    def findings(self) -> Findings:
        left_out = (Finding("without a figure", self.without_figure, listed),) if self.without_figure else ()
        return Finding("rho", self.rho, places(3)), Finding("p", self.p, places(4)), *left_out

    @property
    def columns(self) -> dict[str, object]:
        return {"without_figure": listed(self.without_figure)}


@attrs.frozen(kw_only=True)
class DefinitionMeeting(TableResult):
    """Which allies would meet a target on one definition; the target itself is defined on NATO's figures.

    `only_here` are allies that meet the target on this definition but not on NATO's. `only_nato` are allies that meet
    the target on NATO's definition but not on this definition. `within_rounding` are allies with a share that is
    rounded too much to decide: Eurostat's 2.0 % can be any share from 1.95 % to 2.05 %. `without_figure` are allies
    without a share on this definition; they are neither in `met_by` nor in `not_met_by`.
    """

    formula = "an ally meets a target where its published share, at two decimals, reaches it"

    note: ClassVar[str] = "The target is defined on NATO's figures; on others it is a comparison, and no test of it."

    group: Group
    year: int
    target: Target
    definition: CountedBy
    edition: str
    met_by: tuple[Country, ...]
    not_met_by: tuple[Country, ...]
    only_here: tuple[Country, ...]
    only_nato: tuple[Country, ...]
    within_rounding: tuple[Country, ...]
    without_figure: tuple[Country, ...]

    @property
    def headline(self) -> str:
        return f"The {self.target} in {self.year} if it were measured by what {self.definition} counts"

    @property
    def findings(self) -> Findings:
        lists = {
            "met by": self.met_by,
            "not met by": self.not_met_by,
            "met here and not on NATO's": self.only_here,
            "met on NATO's and not here": self.only_nato,
            "rounded too much to tell": self.within_rounding,
            "without a figure": self.without_figure,
        }
        named = (Finding(label, found, listed) for label, found in lists.items() if found)
        return Finding("number that meet it", len(self.met_by)), *named

    @property
    def columns(self) -> dict[str, object]:
        names = ("met_by", "not_met_by", "only_here", "only_nato", "within_rounding", "without_figure")
        return {"count": len(self.met_by)} | {name: listed(getattr(self, name)) for name in names}


def rank_agreement(
    table: ExpenditureTable, others: Iterable[ExpenditureTable], year: int, *, group: GroupLike = "NATO"
) -> ResultTable[RankAgreement]:
    """Compute how similarly each publisher and NATO rank the members of a group by share of GDP.

    Only allies with a share from both publishers are ranked; the result lists the other allies. A rank correlation says
    nothing about levels: one publisher may count a third less spending than NATO for every ally. The function needs the
    extra ``stats``. Raises `TooFewError` for fewer than three allies, and the errors of `beside`.

    >>> from natoburden.datasets import defence_expenditure
    >>> len(rank_agreement(defence_expenditure("2026-07"), [], 2025))  # NATO's alone has nobody to agree with
    0
    """
    first, *rest = checked_definitions(table, others)
    whole = group_of(group)
    members = spenders(first, whole, year)
    rows = []
    for one in rest:
        official, found = _shares(first, members, year), _shares(one, members, year)
        both = [country for country in members if country in official and country in found]
        if len(both) < _FEWEST:
            what = f"a rank correlation of {one.edition.counted_by} with NATO in {year}"
            raise TooFewError(what, len(both), _FEWEST, "allies that both have")
        result = spearman(*([float(shares[ally].value.as_percent) for ally in both] for shares in (official, found)))
        rows.append(
            RankAgreement(
                group=whole,
                year=year,
                definition=one.edition.counted_by,
                edition=one.edition.key,
                count=len(both),
                rho=result.coefficient,
                p=result.p_two_sided,
                without_figure=tuple(country for country in members if country not in both),
                inputs=tuple(shares[ally] for ally in both for shares in (official, found)),
            )
        )
    return ResultTable(rows=tuple(rows))


def who_meets(
    table: ExpenditureTable,
    others: Iterable[ExpenditureTable],
    year: int,
    target: TargetLike,
    *,
    group: GroupLike = "NATO",
) -> ResultTable[DefinitionMeeting]:
    """Compute which allies meet a target on NATO's definition, and which allies would meet it on other definitions.

    The target must be a target for core expenditure. Targets are defined on NATO's figures. The note of each row states
    that other publishers' figures are only a comparison. Raises `TargetMismatchError` for a target that is not for core
    expenditure, and the errors of `beside`.

    >>> from natoburden.datasets import defence_expenditure
    >>> found = who_meets(defence_expenditure("2026-07"), [], 2024, "wales-guideline")[0]
    >>> print(found.definition, len(found.met_by))
    NATO 17
    """
    given, goal, whole = checked_definitions(table, others), checked_target(target), group_of(group)
    if goal.component.measure is not Measure.SHARE_OF_GDP:
        raise TargetMismatchError(
            str(goal), "a target for core expenditure: all four publishers print its share of GDP"
        )
    members = spenders(table, whole, year)
    official = _shares(table, members, year)
    met = {country for country, item in official.items() if goal.is_met_by(item.value.published())}
    rows = []
    for one in given:
        found = _shares(one, members, year)
        here = tuple(country for country, item in found.items() if goal.is_met_by(item.value.published()))
        rows.append(
            DefinitionMeeting(
                group=whole,
                year=year,
                target=goal,
                definition=one.edition.counted_by,
                edition=one.edition.key,
                met_by=here,
                not_met_by=tuple(country for country in found if country not in here),
                only_here=tuple(country for country in here if country in official and country not in met),
                only_nato=tuple(country for country in found if country in met and country not in here),
                within_rounding=tuple(
                    country for country, item in found.items() if _is_rough(goal, item.value, one.edition.counted_by)
                ),
                without_figure=tuple(country for country in members if country not in found),
                inputs=tuple(found.values()),
            )
        )
    return ResultTable(rows=tuple(rows))


def _is_rough(target: Target, share: Share, counted_by: CountedBy) -> bool:
    """Return whether a target lies in the rounding interval of a share that is printed with one decimal."""
    return counted_by is CountedBy.EUROSTAT and abs((share - target.share).value) < _HALF


def _shares(table: ExpenditureTable, members: Iterable[Country], year: int) -> dict[Country, Observation[Share]]:
    found = ((country, share_on(table, country, year)) for country in members)
    return {country: item for country, item in found if item is not None}
