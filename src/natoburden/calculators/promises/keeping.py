"""Promised against actual: kept, missed by how much, not yet due, or not to be tested."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable

import attrs

from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import NoObservationError
from natoburden.model.commitments import Commitment, CommitmentKind, Component, Definition, Modality, ShareRange
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure, Observation
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.sources import Source

__all__ = ["Outcome", "PromiseTest", "promise_tests"]


class Outcome(enum.Enum):
    """What became of a promise in a year, by one edition of NATO's tables."""

    KEPT = "kept"
    MISSED = "missed"
    NOT_YET_DUE = "not yet due"
    NOT_TESTABLE = "not testable"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class PromiseTest(Result):
    """One promise held against one edition's figure for one year.

    `points` is actual less promised: negative is missed by so much for a floor or aim, exceeded for a ceiling.
    A range is kept at its easier end. A figure that is an estimate makes the outcome provisional: see `status`.
    """

    country: Country
    year: int | None
    edition: str
    commitment: Commitment
    promised: ShareRange
    actual: Share | None = None
    points: PercentagePoints | None = None
    outcome: Outcome
    reason: str = ""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The table and the promise."""
        return tuple(dict.fromkeys([*super().sources, self.commitment.source]))

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"{self.commitment}: {self.year or 'no year'}, edition {self.edition}"

    @property
    def formula(self) -> str:
        """The comparison that decides."""
        ceiling = self.commitment.modality is Modality.CEILING
        return f"kept if published share {'≤' if ceiling else '≥'} {_test_share(self.commitment)} (two decimals)"

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Outcome, what was spent, and the difference."""
        found = [("outcome", f"{self.outcome}{f': {self.reason}' if self.reason else ''}")]
        if self.points is not None:
            found += [("actual", str(self.actual)), ("actual less promised", str(self.points))]
        return tuple(found)


def promise_tests(
    tables: Iterable[ExpenditureTable], commitments: Iterable[Commitment], *, mixed_definitions_ok: bool = False
) -> ResultTable[PromiseTest]:
    """Hold promises against what was spent, for each year they can be tested in and each edition.

    A dated aim or floor is tested in the year of its deadline; one without a deadline, and every ceiling, in each
    year from its start (or announcement) on. Commitments of groups are tested for each member of that year. The
    published share is taken at two decimals. Not testable, with the reason: what promises nothing (refusals,
    demands, claims, thresholds), components that NATO does not publish, undated promises, figures that the edition
    lacks, and promises in a national definition, unless ``mixed_definitions_ok=True`` says that the two definitions
    may be set side by side.

    >>> from natoburden.datasets import commitments, defence_expenditure
    >>> record = commitments()
    >>> result = promise_tests([defence_expenditure()], [record["PRT-2025-2.0-2025"]])[0]
    >>> result.outcome.value, str(result.actual), str(result.points)
    ('kept', '2.01 %', '+0.01 pp')
    """
    pairs = itertools.product(commitments, tables)
    rows = (row for item, table in pairs for row in _tests(table, item, mixed_definitions_ok=mixed_definitions_ok))
    return ResultTable(rows=tuple(rows))


def _tests(table: ExpenditureTable, item: Commitment, *, mixed_definitions_ok: bool) -> list[PromiseTest]:
    reason = _untestable(item, mixed_definitions_ok=mixed_definitions_ok)
    years = [] if reason else _years(table, item)
    if not years:
        members = (item.party,) if isinstance(item.party, Country) else item.party.members(table.latest_year)
        due = _first_year(item)
        if due is None:
            reason = reason or "it names no year and bears no date"
        elif due < table.years[0]:
            reason = reason or f"it was due before the edition's first year, {table.years[0]}"
        outcome = Outcome.NOT_TESTABLE if reason else Outcome.NOT_YET_DUE
        return [_row(table, item, member, due, outcome, reason) for member in members]
    return [_test(table, item, member, year) for year in years for member in _members(item, year)]


def _members(item: Commitment, year: int) -> tuple[Country, ...]:
    return (item.party,) if isinstance(item.party, Country) else item.party.members(year)


def _untestable(item: Commitment, *, mixed_definitions_ok: bool) -> str:
    """Say why a commitment cannot be tested on NATO's tables; empty if it can."""
    if item.refused:
        return "it refuses a share"
    if not item.promises:
        claim = "claim" if item.modality is Modality.REACHED else item.modality
        return f"a {item.kind if item.kind is CommitmentKind.DEMAND else claim} promises nothing"
    if item.component.measure is None:
        return f"NATO publishes no figure for {item.component.value}"
    if item.definition is Definition.NATIONAL and not mixed_definitions_ok:
        return "it is stated in a national definition, and NATO's figure is not"
    return ""


def _first_year(item: Commitment) -> int | None:
    """Give the first year in which a promise is due."""
    if item.deadline and item.modality is not Modality.CEILING:
        return item.deadline.latest
    said = item.announced.latest
    return item.start or (said.year if said else None)


def _years(table: ExpenditureTable, item: Commitment) -> list[int]:
    """Give the years of a table in which a promise is due."""
    first = _first_year(item)
    if first is None:
        return []
    once = item.deadline is not None and item.modality is not Modality.CEILING
    last = first if once else min(item.deadline.latest if item.deadline else table.latest_year, table.latest_year)
    return [year for year in range(first, last + 1) if year in table.years]


def _test(table: ExpenditureTable, item: Commitment, country: Country, year: int) -> PromiseTest:
    try:
        observed = _observed(table, item, country, year)
    except NoObservationError as error:
        return _row(table, item, country, year, Outcome.NOT_TESTABLE, error.reason or "the edition has no figure")
    actual, asked = observed.value.published(), _test_share(item)
    kept = actual <= asked if item.modality is Modality.CEILING else actual >= asked
    row = _row(table, item, country, year, Outcome.KEPT if kept else Outcome.MISSED, "")
    return attrs.evolve(row, actual=actual, points=actual - asked, inputs=(observed,))


def _observed(table: ExpenditureTable, item: Commitment, country: Country, year: int) -> Observation[Share]:
    if item.component is Component.EQUIPMENT:
        return table.category_share(Measure.EQUIPMENT_SHARE, country, year)
    return table.share_of_gdp(country, year)


def _test_share(item: Commitment) -> Share:
    """Give the easier end of a promise: the low one to reach, the high one to stay under."""
    return item.share.high if item.modality is Modality.CEILING else item.share.low


def _row(
    table: ExpenditureTable, item: Commitment, country: Country, year: int | None, outcome: Outcome, reason: str
) -> PromiseTest:
    return PromiseTest(
        country=country,
        year=year,
        edition=table.edition.key,
        commitment=item,
        promised=item.share,
        outcome=outcome,
        reason=reason,
    )
