"""The real change of expenditure, as published and like for like, and each member's contribution to the change."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping

import attrs

from natoburden.calculators._members import check_covered, group_of, spenders
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.errors import NoObservationError
from natoburden.model._checks import member
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Observation
from natoburden.model.memberships import Entity, EntityLike, Group, GroupLike, find_entity
from natoburden.model.money import Money
from natoburden.model.shares import PercentagePoints, Rate

__all__ = ["ChangeMode", "Contribution", "Contributions", "RealChange", "contributions", "real_change"]


class ChangeMode(enum.Enum):
    """Which members a group's change compares.

    ``AS_PUBLISHED`` compares the members of one year with the members of the other year; an accession then appears as
    growth, as in NATO's tables. ``LIKE_FOR_LIKE`` compares the countries that are members in both years.
    """

    AS_PUBLISHED = "as published"
    LIKE_FOR_LIKE = "like for like"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class RealChange(TableResult):
    """The change of expenditure since the year before, at constant prices."""

    formula = "change = 100 × (expenditure / expenditure of the year before − 1), at constant prices"

    entity: Entity
    year: int
    rate: Rate
    mode: ChangeMode
    before: Money
    after: Money
    published: Rate | None

    @property
    def headline(self) -> str:
        how = f", {self.mode}" if isinstance(self.entity, Group) else ""
        return f"Real change of defence expenditure of {self.entity}, {self.year - 1} to {self.year}{how}"

    @property
    def findings(self) -> Findings:
        published = (Finding("published", self.published),) if self.published else ()
        return (
            Finding("change", self.rate),
            Finding("before", self.before),
            Finding("after", self.after),
            *published,
        )


def real_change(
    table: ExpenditureTable, entity: EntityLike, year: int, *, mode: ChangeMode | str = ChangeMode.AS_PUBLISHED
) -> RealChange:
    """Compute the real change of a country's or group's expenditure since the year before.

    Amounts are at the edition's constant prices. NATO's aggregates compare the totals of the members of each year. For
    Europe and Canada in 2024, the change is 19.28 % as published, with Sweden's accession, and 15.76 % like for like.
    For a single country, `mode` makes no difference. Raises `NoObservationError` if either year is missing.

    Amounts are printed in millions; therefore, the change of a very small budget is uncertain by up to a percentage
    point. `published` is NATO's own figure, computed from unrounded data.

    >>> from natoburden.datasets import defence_expenditure
    >>> table = defence_expenditure("2026-07")
    >>> print(real_change(table, "NATO Europe and Canada", 2024).rate)
    +19.28 %
    >>> print(real_change(table, "NATO Europe and Canada", 2024, mode=ChangeMode.LIKE_FOR_LIKE).rate)
    +15.76 %
    """
    found, compared = find_entity(entity), member(ChangeMode, mode)
    check_covered(table, found, year, checked_year(year) - 1)
    if isinstance(found, Group):
        earlier, later = spenders(table, found, year - 1), spenders(table, found, year)
        if compared is ChangeMode.LIKE_FOR_LIKE:
            earlier = later = tuple(country for country in earlier if country in later)
    else:
        earlier = later = (found,)
    before = [table.expenditure(country, year - 1, table.edition.constant_prices) for country in earlier]
    after = [table.expenditure(country, year, table.edition.constant_prices) for country in later]
    spent_before, spent_after = _sum(before), _sum(after)
    as_published = compared is ChangeMode.AS_PUBLISHED or not isinstance(found, Group)  # of a country the modes agree
    published = _published(table, found, year) if as_published else None
    return RealChange(
        entity=found,
        year=year,
        rate=Rate.between(spent_before.amount, spent_after.amount),
        mode=compared,
        before=spent_before,
        after=spent_after,
        published=published.value if published else None,
        inputs=(*before, *after, *((published,) if published else ())),
    )


@attrs.frozen(kw_only=True)
class Contribution(TableResult):
    """What one country added to a group's real change; `joined` marks a new member, counted with its whole budget."""

    formula = "contribution = 100 × (expenditure − expenditure of the year before) / Σ of the year before"

    country: Country
    year: int
    points: PercentagePoints
    base: Money
    joined: bool = False
    left: bool = False

    @property
    def headline(self) -> str:
        return f"Contribution of {self.country} in {self.year}" + (" (accession)" if self.joined else "")

    @property
    def findings(self) -> Findings:
        return (Finding("Σ of the year before", self.base), Finding("contribution", self.points))


@attrs.frozen(kw_only=True)
class Contributions(ResultTable[Contribution]):
    """The contribution of each member to a group's real change; contributions add up to the change as published."""

    group: Group
    year: int

    @property
    def total(self) -> PercentagePoints:
        """The sum of all contributions: the group's real change in percentage points."""
        return sum((row.points for row in self.rows), PercentagePoints(0))

    @property
    def by_accession(self) -> PercentagePoints:
        """The change that is due to membership: the budgets of members that joined minus those of members that left."""
        return sum((row.points for row in self.rows if row.joined or row.left), PercentagePoints(0))


def contributions(table: ExpenditureTable, group: GroupLike, year: int) -> Contributions:
    """Compute each member's contribution to a group's real change, largest first.

    A country that joins is counted with its whole budget, and is marked. A country that leaves is counted with its last
    budget. The method is this library's own, but the contributions add up to the change that NATO publishes. Raises
    `NoObservationError` if a figure is missing.

    >>> from natoburden.datasets import defence_expenditure
    >>> split = contributions(defence_expenditure("2026-07"), "NATO Europe and Canada", 2024)
    >>> print(split.total, split.by_accession, split[0].country)
    +19.28 pp +3.52 pp Germany
    """
    found = group_of(group, "targets.real_change")
    earlier, later = spenders(table, found, checked_year(year) - 1), spenders(table, found, year)
    prices = table.edition.constant_prices
    before = {country: table.expenditure(country, year - 1, prices) for country in earlier}
    after = {country: table.expenditure(country, year, prices) for country in later}
    base = _sum(before.values())
    rows = [
        Contribution(
            country=country,
            year=year,
            points=PercentagePoints(((_amount(after, country, base) - _amount(before, country, base)) * 100) / base),
            base=base,
            joined=country not in before,
            left=country not in after,
            inputs=tuple(side[country] for side in (before, after) if country in side),
        )
        for country in sorted({*before, *after})
    ]
    ranked = sorted(rows, key=lambda row: row.points, reverse=True)
    return Contributions(rows=tuple(ranked), group=found, year=year)


def _sum(observations: Iterable[Observation[Money]]) -> Money:
    return Money.total(item.value for item in observations)


def _amount(side: Mapping[Country, Observation[Money]], country: Country, kind: Money) -> Money:
    return side[country].value if country in side else kind.with_amount(0)


def _published(table: ExpenditureTable, entity: Entity, year: int) -> Observation[Rate] | None:
    try:
        return table.real_change(entity, year)
    except NoObservationError:
        return None
