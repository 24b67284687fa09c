"""Who met a target, year by year and edition by edition, in one table."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from natoburden.calculators._arguments import checked_target, several_years
from natoburden.calculators._members import ICELAND, different_editions, group_of
from natoburden.calculators.findings import Finding, Findings, listed, or_none
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.calculators.targets._measured import measure_of
from natoburden.calculators.targets.allies import Compliance, compliance
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._figures import spans
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.missing_years import MissingYear
from natoburden.model.spending_commitments import Target, TargetLike

__all__ = ["MeetingCount", "MeetingHistory", "meeting_counts"]


@attrs.frozen(kw_only=True)
class MeetingCount(TableResult):
    """The number and names of the members that met a target in a year, according to one edition.

    `count` is None if the edition lacks the figure of a member other than Iceland, since a partial count would look
    like a fall. Even without a count, `meeting` lists the members that are known to have met the target.
    """

    formula = "count of members whose published share meets the target"

    edition: str
    group: Group
    year: int
    target: Target
    count: int | None
    members: int
    meeting: tuple[Country, ...]
    not_meeting: tuple[Country, ...]
    without_figure: tuple[Country, ...]

    @property
    def headline(self) -> str:
        return f"{self.group} in {self.year} and the {self.target}, edition {self.edition}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("count", self.count, or_none(str, "partial: a member has no figure")),
            Finding("of members", self.members),
            Finding("meeting", self.meeting, lambda allies: listed(allies) or "none"),
            *((Finding("without a figure", self.without_figure, listed),) if self.without_figure else ()),
        )

    @property
    def columns(self) -> dict[str, object]:
        names = {"meeting": self.meeting, "not_meeting": self.not_meeting, "without_figure": self.without_figure}
        return {name: ", ".join(ally.name for ally in allies) for name, allies in names.items()}


@attrs.frozen(kw_only=True)
class MeetingHistory(ResultTable[MeetingCount]):
    """Counts of the members that met a target, oldest edition and year first.

    `missing` lists the years that you asked for but that an edition does not cover.
    """

    target: Target
    group: Group
    missing: tuple[MissingYear, ...] = attrs.field(default=(), repr=False)

    def of(self, year: int, edition: str | None = None) -> MeetingCount:
        """Return the count of a year, according to the newest edition that covers it or to the edition that you name.

        Raises `NoObservationError` for a year or an edition that is not in the table.
        """
        for row in reversed(self.rows):
            if row.year == year and edition in (None, row.edition):
                return row
        there = ", ".join(f"{row.year} in {row.edition}" for row in self.rows)
        raise NoObservationError("count", str(self.group), year, edition or "any", there)

    @property
    def remarks(self) -> tuple[str, ...]:
        """The years that you asked for but that an edition does not cover."""
        return tuple(map(str, self.missing))


def meeting_counts(
    tables: ExpenditureTable | Iterable[ExpenditureTable],
    target: TargetLike,
    *,
    years: Iterable[int] | None = None,
    group: GroupLike = "NATO",
    mixed_definitions_ok: bool = False,
) -> MeetingHistory:
    """Compute the number and names of members that met a target in each year, according to one or several editions.

    By default, `years` are all years that at least one edition covers. The members of each year are counted, by shares
    at the published two decimals. If an edition lacks a member's figure for a year, the edition has no count for this
    year; the row lists the member. Raises `NoObservationError` if no edition covers any of the years. Warns with
    `MixedDefinitionsWarning` if a table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.datasets.targets import WALES_GUIDELINE
    >>> found = meeting_counts(defence_expenditure("2026-07"), WALES_GUIDELINE, years=[2014, 2019, 2024])
    >>> [(row.year, row.count, row.members) for row in found]
    [(2014, 3, 28), (2019, 6, 29), (2024, 17, 32)]
    >>> print(*found.of(2014).meeting)
    United Kingdom Greece United States
    """
    found, editions = group_of(group), (tables,) if isinstance(tables, ExpenditureTable) else different_editions(tables)
    goal = checked_target(target, *editions, mixed_definitions_ok=mixed_definitions_ok)
    measure_of(goal)
    if not editions:
        raise UnexpectedValueError(
            "editions", "none", "give several: natoburden.datasets.defence_expenditure_editions()"
        )
    asked = None if years is None else several_years(years, ())
    if asked == ():
        raise UnexpectedValueError("years", "none", "give at least one, or leave them out for all")
    rows: list[MeetingCount] = []
    missing: list[MissingYear] = []
    for table in editions:
        for year in several_years(asked, table.years):
            if year in table.years:
                rows.append(_counted(compliance(table, year, goal, group=found, mixed_definitions_ok=True)))
            else:
                missing.append(MissingYear(table.edition.key, year, "the edition does not cover it"))
    if not rows:
        keys = " or ".join(table.edition.key for table in editions)
        there = ", ".join(f"{spans(table.years)} in {table.edition.key}" for table in editions)
        raise NoObservationError("shares", str(found), next(iter(asked or ())), keys, there)
    return MeetingHistory(rows=tuple(rows), target=goal, group=found, missing=tuple(missing))


def _counted(found: Compliance) -> MeetingCount:
    is_partial = bool(set(found.without_figure) - {ICELAND})
    return MeetingCount(
        edition=found.edition,
        group=found.group,
        year=found.year,
        target=found.target,
        count=None if is_partial else found.count,
        members=len(found) + len(found.without_figure),
        meeting=found.meeting,
        not_meeting=found.not_meeting,
        without_figure=found.without_figure,
        inputs=tuple(item for row in found for item in row.inputs),
    )
