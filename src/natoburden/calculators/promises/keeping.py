"""Promised shares compared with actual shares: kept, missed, not yet due, or not testable."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable
from typing import Any

import attrs

from natoburden.calculators._arguments import several, several_tables, warn_of_definition
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.promises._reading import why_it_promises_nothing
from natoburden.calculators.results import Result, ResultTable
from natoburden.errors import NoObservationError
from natoburden.model.countries import Country
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable, Measure, Observation
from natoburden.model.shares import PercentagePoints, Share, ShareRange
from natoburden.model.spending_commitments import Commitment, Component, Definition, Modality, Standing

__all__ = ["Outcome", "PromiseTest", "promise_tests"]


class Outcome(enum.Enum):
    """The outcome of a promise in a year, by one edition of NATO's tables."""

    KEPT = "kept"
    MISSED = "missed"
    NOT_YET_DUE = "not yet due"
    NOT_TESTABLE = "not testable"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class PromiseTest(Result):
    """One promise compared with one edition's figure for one year.

    `points` is the actual share minus the promised share. A negative value of `points` means that a floor or an aim was
    missed. A positive value of `points` means that a ceiling was exceeded. A promised range is tested at its easier
    end. If the figure is an estimate, the outcome is provisional: see `status`.
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
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.inputs, self.commitment)

    @property
    def headline(self) -> str:
        return f"{self.commitment}: {self.year or 'no year'}, edition {self.edition}"

    @property
    def formula(self) -> str:
        ceiling = self.commitment.modality is Modality.CEILING
        return f"kept if published share {'≤' if ceiling else '≥'} {_test_share(self.commitment)} (two decimals)"

    @property
    def findings(self) -> Findings:
        found: list[Finding[Any]] = [Finding("outcome", (self.outcome, self.reason), _with_reason)]
        if self.points is not None:
            found += [Finding("actual", self.actual), Finding("actual less promised", self.points)]
            found.append(Finding("definition", self.commitment, _compared))
        return tuple(found)


def _with_reason(pair: tuple[Outcome, str]) -> str:
    outcome, reason = pair
    return f"{outcome}{f': {reason}' if reason else ''}"


def promise_tests(
    tables: Iterable[ExpenditureTable], commitments: Iterable[Commitment], *, mixed_definitions_ok: bool = False
) -> ResultTable[PromiseTest]:
    """Compute whether promises were kept, for each edition and for each year in which they can be tested.

    An aim is tested in the year of its deadline. A floor is tested in each year from its start to its deadline. Without
    a deadline, a floor is tested in every year from its start on. A floor without a start is tested only in the year of
    its deadline. A ceiling is tested like a floor; a ceiling without a start is tested from its announcement on. A
    group's commitment is tested for each country that is a member in the tested year. The published share is taken at
    two decimals. A superseded promise is tested in its original form.

    Some commitments are not testable, and the result gives the reason. Refusals, demands, claims, thresholds,
    proposals, withdrawn promises, and repetitions of other promises are not testable. Promises about a component that
    NATO does not publish, averages over years, and aims without a deadline are not testable either. A promise is not
    testable if the edition has no figure to compare. Promises in a national definition or as a share of GNI are
    testable only if ``mixed_definitions_ok=True`` allows the comparison with NATO's figures. If a promise does not
    state its definition, NATO's definition is assumed, and the findings state this.

    >>> from natoburden.datasets import commitments, defence_expenditure
    >>> record = commitments()
    >>> result = promise_tests([defence_expenditure("2026-07")], [record["PRT-2025-2.0-2025"]])[0]
    >>> result.outcome.value, str(result.actual), str(result.points)
    ('kept', '2.01 %', '+0.01 pp')
    """
    pairs = tuple(
        itertools.product(
            several(
                commitments, Commitment, "commitments", "give several: natoburden.datasets.commitments(), or [item]"
            ),
            several_tables(tables),
        )
    )
    warn_of_definition({table.edition.key: table for _, table in pairs}.values(), acknowledged=mixed_definitions_ok)
    rows = (row for item, table in pairs for row in _tests(table, item, mixed_definitions_ok=mixed_definitions_ok))
    return ResultTable(rows=tuple(rows))


def _tests(table: ExpenditureTable, item: Commitment, *, mixed_definitions_ok: bool) -> list[PromiseTest]:
    reason = _untestable(item, mixed_definitions_ok=mixed_definitions_ok)
    first, last = _span(item)
    years = [year for year in table.years if first and first <= year <= (last or year)]
    if years and not reason:
        return [_test(table, item, member, year) for year in years for member in _members(item, year)]
    if first is None:
        reason = reason or "it names no year and bears no date"
    elif last and last < table.years[0]:
        reason = reason or f"it was due before the edition's first year, {table.years[0]}"
    outcome = Outcome.NOT_TESTABLE if reason else Outcome.NOT_YET_DUE
    return [_row(table, item, member, first, outcome, reason) for member in _members(item, table.latest_year)]


def _members(item: Commitment, year: int) -> tuple[Country, ...]:
    return (item.party,) if isinstance(item.party, Country) else item.party.members(year)


def _untestable(item: Commitment, *, mixed_definitions_ok: bool) -> str:
    """Return why a commitment cannot be tested on NATO's tables; the text is empty for a testable commitment."""
    reasons = {
        f"it repeats {item.repeats}": item.repeats is not None,
        "a proposal bound nobody": item.standing is Standing.PROPOSAL,
        "it was withdrawn": item.standing is Standing.WITHDRAWN,
        f"NATO publishes no figure for {item.component.value}": item.component.measure is None,
        "an average over years, which no single year tests": item.is_average,
        "an aim without a deadline names no year": item.modality is Modality.AIM and item.deadline is None,
        "it is a share of GNI, and NATO's figure is one of GDP": item.of_gni and not mixed_definitions_ok,
        "it is stated in a national definition, and NATO's figure is not": item.counts_otherwise
        and not mixed_definitions_ok,
    }
    return why_it_promises_nothing(item) or next((reason for reason, holds in reasons.items() if holds), "")


def _span(item: Commitment) -> tuple[int | None, int | None]:
    """Return the first and the last year in which a promise is due; the last is None if it has no end."""
    last = item.deadline.latest if item.deadline else None
    once = item.modality is Modality.AIM or (item.modality is Modality.FLOOR and item.start is None)
    if once and last:
        return last, last
    said = item.announced.latest
    first = item.start or (said.year if said else last)
    return (min(first, last) if first and last else first), last


def _compared(item: Commitment) -> str:
    """Return in words what is compared with NATO's figure."""
    if item.of_gni:
        return "a share of GNI, compared with a share of GDP as asked"
    words = {Definition.NATIONAL: ", compared with NATO's as asked", Definition.UNSTATED: ", taken for NATO's"}
    return f"{item.definition}{words.get(item.definition, '')}"


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
    """Return the end of a promise that is easier to keep: the high end for a ceiling, otherwise the low end."""
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
