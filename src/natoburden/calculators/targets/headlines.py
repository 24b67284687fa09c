"""What became of a headline: how many allies met a target, as counted in one edition and in later editions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from natoburden.calculators._arguments import checked_target
from natoburden.calculators._members import ICELAND, different_editions, group_of
from natoburden.calculators.findings import Finding, Findings, listed, or_none
from natoburden.calculators.results import ResultTable, TableResult
from natoburden.calculators.targets._measured import measure_of
from natoburden.calculators.targets.allies import Compliance, compliance
from natoburden.errors import NoObservationError
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.spending_commitments import Target, TargetLike

__all__ = ["Crossing", "HeadlineCount", "HeadlineCounts", "LaterCount", "headline_counts"]

_OWN_YEARS = 2  # the year of the edition, and the one before


@attrs.frozen(kw_only=True)
class Crossing:
    """An ally with a share on one side of a target in one edition, and on the other side in a later edition."""

    country: Country
    printed: Share
    later: Share

    @property
    def change(self) -> PercentagePoints:
        """The revision of the published share."""
        return self.later - self.printed

    def __str__(self) -> str:
        return f"{self.country} ({self.printed} then, {self.later} later)"


@attrs.frozen(kw_only=True)
class LaterCount:
    """A later edition's count of the allies that an earlier edition counted, in the same year.

    `dropped` are allies that meet the target only in the earlier edition, and `gained` are allies that meet the target
    only in the later edition. `count` is None if the later edition lacks a figure of one of the allies;
    `without_figure` lists these allies.
    """

    edition: str
    count: int | None
    dropped: tuple[Crossing, ...]
    gained: tuple[Crossing, ...]
    without_figure: tuple[Country, ...]

    def __str__(self) -> str:
        said = f"{len(self.without_figure)} figures missing" if self.count is None else str(self.count)
        moves = [
            f"{word} {listed(crossings)}"
            for word, crossings in (("without", self.dropped), ("with", self.gained))
            if crossings
        ]
        return "; ".join([said, *moves])


@attrs.frozen(kw_only=True)
class HeadlineCount(TableResult):
    """The number of allies that met a target according to one edition, and later editions' counts of the same allies.

    `count` is None if the edition lacks the figure of a member other than Iceland. `later` are the counts of later
    editions, oldest edition first.
    """

    formula = "count of allies whose published share meets the target, among those that the edition has a figure of"

    edition: str
    group: Group
    year: int
    is_own_year: bool
    target: Target
    count: int | None
    allies: int
    meeting: tuple[Country, ...]
    without_figure: tuple[Country, ...]
    later: tuple[LaterCount, ...] = attrs.field(repr=False, metadata={"in_row": False})

    @property
    def newest(self) -> LaterCount | None:
        """The newest edition's count of the same allies; None if no later edition has all their figures."""
        return next((item for item in reversed(self.later) if item.count is not None), None)

    @property
    def headline(self) -> str:
        return f"{self.group} in {self.year} and the {self.target}, as counted in edition {self.edition}"

    @property
    def findings(self) -> Findings:
        lacking = (Finding("without a figure", self.without_figure, listed),) if self.without_figure else ()
        return (
            Finding("count", self.count, or_none(str, "partial: a member has no figure")),
            Finding("of allies with a figure", self.allies),
            *lacking,
            *(Finding(f"edition {item.edition}", item) for item in self.later),
        )

    @property
    def columns(self) -> Mapping[str, object]:
        newest = self.newest
        moved = {} if newest is None else {"dropped": newest.dropped, "gained": newest.gained}
        return {
            "meeting": ", ".join(ally.name for ally in self.meeting),
            **{f"count_{item.edition}": item.count for item in self.later},
            **{name: ", ".join(item.country.name for item in crossings) for name, crossings in moved.items()},
        }


@attrs.frozen(kw_only=True)
class HeadlineCounts(ResultTable[HeadlineCount]):
    """The counts that editions printed for their own year and the year before, oldest edition first."""

    target: Target
    group: Group
    editions: tuple[str, ...]

    def of(self, edition: str, year: int | None = None) -> HeadlineCount:
        """Return an edition's count for its own or the previous year; raises `NoObservationError` if it is missing."""
        for row in self.rows:
            if row.edition == edition and (row.is_own_year if year is None else row.year == year):
                return row
        there = ", ".join(f"{row.year} in {row.edition}" for row in self.rows)
        raise NoObservationError("headline count", str(self.group), year or int(edition[:4]), edition, there)

    @property
    def own_years(self) -> HeadlineCounts:
        """The counts for each edition's own year only, which are the counts that made news."""
        return attrs.evolve(self, rows=tuple(row for row in self.rows if row.is_own_year))

    @property
    def settled(self) -> tuple[HeadlineCount, ...]:
        """The count of each edition for its own year, if a later edition has a count of the same allies."""
        return tuple(row for row in self.own_years if row.count is not None and row.newest is not None)

    @property
    def fallen(self) -> tuple[HeadlineCount, ...]:
        """The counts that fell: the newest edition counts fewer of the same allies."""
        return tuple(row for row in self.settled if _fell(row))


def _fell(row: HeadlineCount) -> bool:
    now = row.newest.count if row.newest else None
    return row.count is not None and now is not None and now < row.count


def headline_counts(
    editions: Iterable[ExpenditureTable],
    target: TargetLike,
    *,
    group: GroupLike = "NATO",
    mixed_definitions_ok: bool = False,
) -> HeadlineCounts:
    """Compute each edition's count of allies that met a target, and later editions' counts of the same allies.

    Counts are for each edition's own year and for the year before. An edition's own year is its last year, for which
    figures are estimates. Later editions are compared only for the allies that had a figure in the earlier edition.
    Countries that joined NATO later therefore do not change a count. Shares are compared at the two decimals that NATO
    publishes. The members of each year are counted. Raises `TargetMismatchError` for a target that NATO's tables do not
    measure, and `UnexpectedValueError` for an edition given twice. Warns with `MixedDefinitionsWarning` if a table does
    not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.datasets import defence_expenditure_editions
    >>> from natoburden.datasets.targets import WALES_GUIDELINE
    >>> editions = defence_expenditure_editions("2016-01", "2019-06", "2022-06", "2024-06", "2026-07")
    >>> counts = headline_counts(editions, WALES_GUIDELINE)
    >>> [(row.edition, row.count, row.newest.count) for row in counts.own_years if row.newest]
    [('2016-01', 5, 4), ('2019-06', 7, 6), ('2022-06', 9, 7), ('2024-06', 23, 17)]
    >>> print(counts.of("2016-01").newest)
    4; without Estonia (2.04 % then, 1.99 % later)
    """
    found, tables = group_of(group), different_editions(editions)
    goal = checked_target(target, *tables, mixed_definitions_ok=mixed_definitions_ok)
    measure_of(goal)
    rows = []
    for place, table in enumerate(tables):
        for year in table.years[-_OWN_YEARS:]:
            said = compliance(table, year, goal, group=found, mixed_definitions_ok=True)
            later = tuple(_later(said, other) for other in tables[place + 1 :] if year in other.years)
            rows.append(_headline(said, later, is_own_year=year == table.latest_year))
    return HeadlineCounts(
        rows=tuple(rows), target=goal, group=found, editions=tuple(table.edition.key for table in tables)
    )


def _headline(said: Compliance, later: tuple[LaterCount, ...], *, is_own_year: bool) -> HeadlineCount:
    is_partial = bool(set(said.without_figure) - {ICELAND})
    return HeadlineCount(
        edition=said.edition,
        group=said.group,
        year=said.year,
        is_own_year=is_own_year,
        target=said.target,
        count=None if is_partial else said.count,
        allies=len(said),
        meeting=said.meeting,
        without_figure=said.without_figure,
        later=later,
        inputs=tuple(item for row in said for item in row.inputs),
    )


def _later(said: Compliance, table: ExpenditureTable) -> LaterCount:
    """Return a later edition's count of the allies that had a figure in an earlier edition."""
    now = {
        row.country: row
        for row in compliance(table, said.year, said.target, group=said.group, mixed_definitions_ok=True)
    }
    both = [(row, now[row.country]) for row in said if row.country in now]
    lacking = tuple(row.country for row in said if row.country not in now)
    crossings = [
        (one.is_met, Crossing(country=one.country, printed=one.share, later=other.share))
        for one, other in both
        if one.is_met != other.is_met
    ]
    return LaterCount(
        edition=table.edition.key,
        count=None if lacking else sum(other.is_met for _, other in both),
        dropped=tuple(item for was_met, item in crossings if was_met),
        gained=tuple(item for was_met, item in crossings if not was_met),
        without_figure=lacking,
    )
