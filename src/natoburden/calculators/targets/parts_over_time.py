"""Each member's share of a group's total, year by year."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from natoburden.calculators._arguments import expect_table, several_years
from natoburden.calculators._members import group_of, spenders
from natoburden.calculators.results import ResultTable
from natoburden.calculators.targets.aggregates import ShareOfGroup, share_of_group
from natoburden.errors import NoObservationError
from natoburden.model._numbers import checked_year
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.missing_years import MissingYear
from natoburden.model.money import PriceBasis

__all__ = ["SharesOfGroup", "shares_of_group"]


@attrs.frozen(kw_only=True)
class SharesOfGroup(ResultTable[ShareOfGroup]):
    """Members' shares of a group's total, ordered by year and size; the shares of a year add up to one."""

    group: Group
    measure: Measure
    missing: tuple[MissingYear, ...] = attrs.field(default=(), repr=False)

    def of(self, year: int) -> SharesOfGroup:
        """Return one year's shares; if the year has no total, the result is empty, and `missing` gives the reason."""
        asked = checked_year(year)
        return attrs.evolve(
            self,
            rows=tuple(row for row in self.rows if row.year == asked),
            missing=tuple(item for item in self.missing if item.year == asked),
        )

    @property
    def remarks(self) -> tuple[str, ...]:
        """The years without a total, and the reason."""
        return tuple(map(str, self.missing))


def shares_of_group(
    table: ExpenditureTable,
    group: GroupLike = "NATO",
    *,
    years: Iterable[int] | None = None,
    measure: Measure | str = Measure.EXPENDITURE,
    basis: PriceBasis | None = None,
) -> SharesOfGroup:
    """Compute each member's share of a group's expenditure, or of its GDP, for every year of the table.

    Options are those of `share_of_group`, which computes one share at a time. Prices are constant by default. Members
    are those of each year; therefore, shares also change when a country joins. A year in which a member has no figure
    has no total, and is listed in `missing`.

    >>> from natoburden.datasets import defence_expenditure
    >>> parts = shares_of_group(defence_expenditure("2026-07"), years=[2014, 2025])
    >>> for year in (2014, 2025):
    ...     print(year, *(f"{row.country}: {row.share}" for row in parts.of(year)[:3]), sep="; ")
    2014; United States: 72.82 %; United Kingdom: 6.14 %; France: 4.93 %
    2025; United States: 59.34 %; Germany: 6.94 %; United Kingdom: 5.70 %
    """
    found = group_of(group)
    expect_table(table)
    asked = several_years(years, table.years)
    rows: list[ShareOfGroup] = []
    missing: list[MissingYear] = []
    for year in asked:
        try:
            parts = [
                share_of_group(table, ally, found, year, measure=measure, basis=basis)
                for ally in spenders(table, found, year)
            ]
        except NoObservationError as error:
            missing.append(MissingYear(table.edition.key, year, str(error)))
        else:
            rows.extend(sorted(parts, key=lambda part: (-part.amount.amount, part.country)))
    return SharesOfGroup(
        rows=tuple(rows),
        group=found,
        measure=rows[0].measure if rows else Measure(measure),
        missing=tuple(missing),
    )
