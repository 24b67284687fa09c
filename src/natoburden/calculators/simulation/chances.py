"""What an estimate may become: the chance of meeting a target, and a band, from the revisions of earlier estimates."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from typing import Literal, TypeAlias, get_args

import attrs

from natoburden.calculators._arguments import checked_level, checked_target
from natoburden.calculators._members import ally_of
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import TableResult
from natoburden.calculators.simulation._plans import as_share
from natoburden.calculators.simulation.past_revisions import RevisionErrors
from natoburden.errors import NoObservationError, TargetMismatchError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import expect
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.shares import Share
from natoburden.model.spending_commitments import Component, Modality, Target, TargetLike

__all__ = ["BandCoverage", "ChanceOfMeeting", "Method", "band_coverage", "chance_of_meeting"]

Method: TypeAlias = Literal["empirical", "robust normal"]

_LEVEL = Share.percent(90)
_HALF_OF_A_PRINTED_DIGIT = 0.00005  # shares are published with two decimals of a percent, rounded half up
_HOW = {
    "empirical": "part of the earlier revisions, as factors, that would leave the estimate at the target or above",
    "robust normal": "normal distribution of the logarithms of earlier revisions: median, scaled median deviation",
}


@attrs.frozen(kw_only=True)
class ChanceOfMeeting(TableResult):
    """The chance that an estimated share turns out to meet a target, judged by revisions of earlier estimates.

    `low` and `high` are the ends of a band that contains the outcome with the probability `level`, according to
    `method`.
    """

    note = (
        "Revisions of a few editions, of allies taken as alike. Bands made from editions before 2024 held fewer "
        "outcomes of 2023 and 2024 than they said: see band_coverage."
    )

    country: Country
    year: int
    target: Target
    edition: str
    estimate: Share
    chance: Share
    low: Share
    high: Share
    level: Share
    method: str
    revisions: int
    from_editions: tuple[str, ...]

    @property
    def headline(self) -> str:
        return f"Chance that {self.country} meets the {self.target} in {self.year} in the end"

    @property
    def formula(self) -> str:
        return f"{_HOW[self.method]}; on the published two decimals"

    @property
    def findings(self) -> Findings:
        return (
            Finding("estimate", self.estimate),
            Finding("chance", self.chance, lambda share: percent(share, 0)),
            Finding(f"band of {percent(self.level, 0)}", (self.low, self.high), lambda ends: f"{ends[0]} to {ends[1]}"),
            Finding("revisions", self.revisions),
            Finding("of editions", self.from_editions, ", ".join),
        )


@attrs.frozen(kw_only=True)
class BandCoverage(TableResult):
    """How many outcomes were within the bands around their estimates; earlier revisions give the bands."""

    formula = "outcomes within the band of their estimate / all outcomes"

    level: Share
    method: str
    outcomes: int
    within: int
    below: int
    above: int
    past_revisions: int

    @property
    def coverage(self) -> Share:
        """The share of outcomes that were within their band."""
        return Share.of(self.within, self.outcomes)

    @property
    def headline(self) -> str:
        return f"Bands of {percent(self.level, 0)} from {self.past_revisions} earlier revisions, {self.method}"

    @property
    def findings(self) -> Findings:
        return (
            Finding("within", self.within),
            Finding("below", self.below),
            Finding("above", self.above),
            Finding("of", self.outcomes),
            Finding("coverage", self.coverage, lambda share: percent(share, 0)),
        )


def chance_of_meeting(
    table: ExpenditureTable,
    country: CountryLike,
    year: int,
    target: TargetLike,
    errors: RevisionErrors,
    *,
    method: Method = "empirical",
    level: Share = _LEVEL,
    mixed_definitions_ok: bool = False,
) -> ChanceOfMeeting:
    """Compute the chance that an estimated share turns out to meet a target.

    Only revisions of estimates made equally far ahead are used: estimates of the edition's last year, or of the year
    before. The method ``empirical`` gives the share of past revisions that would leave the estimate at the target or
    above. The method ``robust normal`` uses the median and the scaled median deviation of the logarithms of past
    revisions. Allies' revisions are assumed to be alike; this assumption is not tested.

    Raises `UnexpectedValueError` for a share that is not an estimate, `TargetMismatchError` for a target that is not an
    aim or floor of core expenditure, and `TooFewError` for fewer than three revisions. Warns with
    `MixedDefinitionsWarning` if the table does not use NATO's definition, unless ``mixed_definitions_ok=True``.

    >>> from natoburden.calculators.simulation import revision_errors
    >>> from natoburden.datasets import defence_expenditure_editions
    >>> from natoburden.datasets.targets import WALES_GUIDELINE
    >>> tables = defence_expenditure_editions("2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2026-07")
    >>> found = chance_of_meeting(tables[-1], "Spain", 2026, WALES_GUIDELINE, revision_errors(tables))
    >>> print(found.find("estimate").text, found.find("chance").text, found.revisions)
    2.00 % 38 % 145
    """
    expect(errors, RevisionErrors, "revisions", "give what simulation.revision_errors returns")
    part = checked_level(level)
    found, goal = ally_of(country), checked_target(target, table, mixed_definitions_ok=mixed_definitions_ok)
    if goal.component is not Component.CORE or goal.modality is Modality.CEILING:
        raise TargetMismatchError(str(goal), "an aim or floor of core expenditure")
    _check_method(method)
    observed = table.share_of_gdp(found, year)
    if not observed.is_estimate:
        raise UnexpectedValueError("a share", f"{observed.value} ({observed.status})", "an outcome has no chance left")
    past = errors.of(table.latest_year - year + 1)
    logs = _logs(past)
    share = float(observed.value.as_fraction)
    needed = math.log((float(goal.share.as_fraction) - _HALF_OF_A_PRINTED_DIGIT) / share)
    if method == "empirical":
        chance = sum(log >= needed for log in logs) / len(logs)
    else:
        chance = 1 - _normal_below(logs, needed)
    low, high = (as_share(share * math.exp(end)) for end in _ends(logs, part, method))
    return ChanceOfMeeting(
        country=found,
        year=year,
        target=goal,
        edition=table.edition.key,
        estimate=observed.value,
        chance=as_share(chance),
        low=low,
        high=high,
        level=level,
        method=method,
        revisions=len(logs),
        from_editions=tuple(sorted({row.edition for row in past})),
        inputs=(observed,),
    )


def band_coverage(
    past: RevisionErrors, later: RevisionErrors, *, method: Method = "empirical", level: Share = _LEVEL
) -> BandCoverage:
    """Compute how many outcomes were within the bands around their estimates; earlier revisions give the bands.

    The function tests the estimates with the revisions `later`. `past` are earlier revisions, which were known before
    these estimates were made. The band of an estimate uses revisions of estimates made equally far ahead. Raises
    `NoObservationError` if `past` has no revision for one of the estimates, and `UnknownNameError` for an unknown
    method.
    """
    for errors in (past, later):
        expect(errors, RevisionErrors, "revisions", "give what simulation.revision_errors returns")
    _check_method(method)
    part = checked_level(level)
    known = {row.ahead for row in past}
    bands = {ahead: _ends(_logs(past.of(ahead)), part, method) for ahead in known}
    below = above = 0
    for row in later:
        if row.ahead not in bands:
            there = ", ".join(map(str, sorted(bands)))
            raise NoObservationError("earlier revision so far ahead", str(row.country), row.year, row.edition, there)
        low, high = bands[row.ahead]
        log = math.log(row.change.factor)
        below, above = below + (log < low), above + (log > high)
    return BandCoverage(
        level=level,
        method=method,
        outcomes=len(later),
        within=len(later) - below - above,
        below=below,
        above=above,
        past_revisions=len(past),
        inputs=tuple(item for row in later for item in row.inputs[:2]),
    )


def _check_method(method: str) -> None:
    if method not in get_args(Method):
        raise UnknownNameError("method", str(method), get_args(Method))


def _logs(rows: RevisionErrors) -> list[float]:
    return sorted(math.log(row.change.factor) for row in rows)


def _normal(logs: Sequence[float]) -> statistics.NormalDist:
    centre = statistics.median(logs)
    deviation = statistics.median(abs(log - centre) for log in logs) / statistics.NormalDist().inv_cdf(0.75)
    if not deviation:
        problem = "half of them are the same, so that a normal distribution has no spread: take method='empirical'"
        raise UnexpectedValueError("revisions", f"{len(logs)} rows", problem)
    return statistics.NormalDist(centre, deviation)


def _normal_below(logs: Sequence[float], needed: float) -> float:
    return _normal(logs).cdf(needed)


def _ends(logs: Sequence[float], level: float, method: str) -> tuple[float, float]:
    """Return the ends of the central band, by interpolated quantiles or by the normal distribution."""
    tail = (1 - level) / 2
    if method == "empirical":
        return _quantile(logs, tail), _quantile(logs, 1 - tail)
    normal = _normal(logs)
    return normal.inv_cdf(tail), normal.inv_cdf(1 - tail)


def _quantile(logs: Sequence[float], level: float) -> float:
    place = level * (len(logs) - 1)
    lower = math.floor(place)
    upper = min(lower + 1, len(logs) - 1)
    return logs[lower] + (place - lower) * (logs[upper] - logs[lower])
