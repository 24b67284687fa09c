"""The path of shares that a country's commitments state, with a low and a high end in each year."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import itertools
import warnings
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

import attrs

from natoburden.calculators._arguments import expect_table, two_part_target, warn_of_definition
from natoburden.calculators._members import ally_of
from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.promises._reading import Reading, Use, conflicts, expect_record, read
from natoburden.calculators.results import Projection
from natoburden.errors import InvalidYearError, MixedDefinitionsWarning
from natoburden.model._checks import checked_day, member
from natoburden.model._numbers import checked_year, divide, multiply
from natoburden.model.commitment_record import Commitments
from natoburden.model.countries import Country, CountryLike
from natoburden.model.evidence import Evidence
from natoburden.model.expenditure import ExpenditureTable, Observation
from natoburden.model.shares import Share, ShareRange
from natoburden.model.spending_commitments import Commitment, CommitmentKind, Component, CompositeTarget

__all__ = ["Interpolation", "StatedPath", "lay_path", "stated_path", "warn_of_other_definitions"]


class Interpolation(enum.Enum):
    """How a path runs between two dated promises: in equal yearly steps, or level until the next date."""

    LINEAR = "linear"
    STEP = "step"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class StatedPath(Projection):
    """The share of GDP, year by year, that a country's commitments state.

    `milestones` are the promised shares by year, and `due` are the commitments that state these shares. `floor` is the
    lower limit that standing floors set for every year, and `ceilings` are the upper limits by year. `unused` are
    commitments in force that do not affect this path; `reasons` gives the reasons by the keys of these commitments.
    `undated` are commitments of unknown date that may affect the path. `conflicts` pairs each ceiling with a promise
    above it.
    """

    country: Country
    on: dt.date
    method: Interpolation
    hague: CompositeTarget | None = None
    start: Share
    shares: Mapping[int, ShareRange] = attrs.field(hash=False)
    milestones: Mapping[int, ShareRange] = attrs.field(hash=False)
    due: Mapping[int, tuple[Commitment, ...]] = attrs.field(repr=False, hash=False)
    floor: ShareRange | None
    ceilings: Mapping[int, ShareRange] = attrs.field(hash=False)
    used: tuple[Commitment, ...] = attrs.field(repr=False)
    unused: tuple[Commitment, ...] = attrs.field(repr=False)
    reasons: Mapping[str, str] = attrs.field(repr=False, hash=False)
    undated: tuple[Commitment, ...] = attrs.field(repr=False)
    conflicts: tuple[tuple[Commitment, Commitment], ...] = attrs.field(repr=False)
    inputs: tuple[Observation[Any], ...] = attrs.field(default=(), repr=False)

    @property
    def yearly(self) -> dict[int, dict[str, object]]:
        return {
            year: {"country": self.country, "share_low": share.low, "share_high": share.high}
            for year, share in self.shares.items()
        }

    @property
    def first_year(self) -> int:
        """The year of the published share that the path starts from."""
        return min(self.shares)

    @property
    def last_year(self) -> int:
        """The last year of the path."""
        return max(self.shares)

    @property
    def holds_from(self) -> int:
        """The year of the last dated promise; after this year, the path only keeps the promised share."""
        return max((year for year in self.milestones if year <= self.last_year), default=self.first_year)

    @property
    def opt_outs(self) -> tuple[Commitment, ...]:
        """The country's opt-outs in force: its own ceilings, and the shares that it refuses."""
        return tuple(item for item in (*self.used, *self.unused) if item.kind is CommitmentKind.OPT_OUT)

    @property
    def said(self) -> tuple[Commitment, ...]:
        """All commitments of the country: on the path, not on the path, and undated."""
        return (*self.used, *self.unused, *self.undated)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return (*self.inputs, *self.said)

    @property
    def headline(self) -> str:
        return f"Path that {self.country} has stated, as of {self.on}, {self.first_year} to {self.last_year}"

    @property
    def formula(self) -> str:
        between = "equal steps in points" if self.method is Interpolation.LINEAR else "no change before the next date"
        parts = [f"between the published share and each dated promise: {between}", f"held after {self.holds_from}"]
        if self.floor:
            parts.append(f"at least {self.floor}")
        for share, years in itertools.groupby(self.ceilings, key=lambda year: self.ceilings[year]):
            bounded = list(years)
            whole = bounded[-1] == self.last_year and bounded[0] == self.first_year + 1
            parts.append(f"at most {share}" + ("" if whole else f" from {bounded[0]} to {bounded[-1]}"))
        if self.hague and any(item.component is Component.TOTAL for item in self.used):
            parts.append(f"a total is read as core spending: less the {self.hague.related.share} of related spending")
        return "; ".join(parts)

    @property
    def findings(self) -> Findings:
        used = (Finding("promise", item) for item in self.used)
        unused = (
            Finding("not on the path", item, lambda item: f"{item}: {self.reasons[item.key]}") for item in self.unused
        )
        undated = (Finding("undated, not on the path yet", item) for item in self.undated)
        against = (
            Finding("contradiction", pair, lambda pair: f"{pair[0]}, against {pair[1]}") for pair in self.conflicts
        )
        return (*used, *unused, *undated, *against, *(Finding(str(year), share) for year, share in self.shares.items()))


def stated_path(
    table: ExpenditureTable,
    commitments: Commitments,
    country: CountryLike,
    *,
    on: dt.date,
    until: int = 2035,
    start_year: int | None = None,
    method: Interpolation | str = Interpolation.LINEAR,
    hague: CompositeTarget | str | None = None,
    mixed_definitions_ok: bool = False,
) -> StatedPath:
    """Compute the path of core expenditure, as a share of GDP, that a country's own commitments state.

    The path starts from the published share of `start_year`, in the edition's best precision. By default, `start_year`
    is the table's newest year, or the year of `on` if `on` is earlier. The path reaches each aim by the aim's deadline,
    and `method` sets how the path runs between dates. If two aims are due in the same year, the higher aim counts. If
    the deadline of an aim is a range of years, such as 2029 to 2034, the aim is due in the last year of the range. An
    aim below the share already reached is not a promise to cut: the path stays at the share already reached. After the
    last date, the path stays at the last share. Without any promise, the path stays at the initial share.

    A floor is a minimum. A floor from a future year limits the path from that year on. The path rises to a floor only
    if the path would otherwise be lower; a floor never lowers the path. A standing floor limits the path in every year.
    The path does not fall when a floor ends. A floor without a year does not affect the path if the floor is above the
    present share. A ceiling limits the path in the years for which the ceiling is given. A ceiling prevails over
    promises above it, and `conflicts` lists these promises. Each year of the path has a low and a high end. The low end
    of a floor or ceiling limits the path's low end; the high end of a floor or ceiling limits the path's high end.

    A promise of core and related spending together does not affect the path, unless you give a two-part target as
    `hague`. With `hague`, core expenditure is the promised total minus the ceiling of related spending. A promised
    average over years is read as the share of the last of these years. On a path that never falls, the last share is at
    least the average. A contested promise is left out if a refusal in force rejects the same or a lower share for the
    same date.

    Warns with `MixedDefinitionsWarning` if a promise on the path uses a national definition or is a share of GNI,
    unless ``mixed_definitions_ok=True``. Raises `NoObservationError` if the initial share is missing, and
    `InvalidYearError` for a path that would end before it starts.

    >>> from natoburden.datasets import commitments, defence_expenditure
    >>> record, table = commitments(), defence_expenditure("2026-07")
    >>> path = stated_path(table, record, "Netherlands", on=dt.date(2026, 7, 1))
    >>> {year: str(share) for year, share in path.milestones.items()}
    {2030: '2.80 %', 2035: '3.50 %'}
    >>> print(path.shares[2028], path.shares[2032])
    2.69 % 3.08 %
    """
    path = lay_path(
        table,
        commitments,
        ally_of(country, "promises.sum_of_promises"),
        on=on,
        until=until,
        start_year=start_year,
        method=method,
        hague=hague,
    )
    warn_of_definition([table], acknowledged=mixed_definitions_ok)
    warn_of_other_definitions([path], acknowledged=mixed_definitions_ok)
    return path


def lay_path(
    table: ExpenditureTable,
    commitments: Commitments,
    country: Country,
    *,
    on: dt.date,
    until: int,
    start_year: int | None = None,
    method: Interpolation | str,
    hague: CompositeTarget | str | None,
) -> StatedPath:
    """Return a stated path without a warning about definitions; see `stated_path`."""
    expect_table(table)
    expect_record(commitments)
    bend = member(Interpolation, method)
    whole = None if hague is None else two_part_target(hague)
    observed = table.share_of_gdp(
        country, min(table.latest_year, checked_day(on).year) if start_year is None else start_year
    )
    start, said = observed.value, observed.value.published()
    if checked_year(until) <= observed.year:
        raise InvalidYearError(f"until {until}", f"a year after {observed.year}, from which the path starts")
    own = commitments.of(country)
    standing = tuple(own.in_force(on))
    readings, reasons = read(standing, said, observed.year, whole)
    years = range(observed.year, until + 1)
    low, high = (_end(readings, start, years, bend, end) for end in ("low", "high"))
    dated = {
        year: list(together)
        for year, together in itertools.groupby(
            sorted((reading for reading in readings if reading.is_milestone), key=_first_year), key=_first_year
        )
    }
    return StatedPath(
        country=country,
        on=on,
        method=bend,
        hague=whole,
        start=start,
        shares={observed.year: ShareRange.at(start), **{year: ShareRange(low[year], high[year]) for year in years[1:]}},
        milestones={year: functools.reduce(_most, (one.share for one in ones)) for year, ones in dated.items()},
        due={year: tuple(one.item for one in ones) for year, ones in dated.items()},
        floor=_floor(readings),
        ceilings={year: ceiling for year in years[1:] if (ceiling := _ceiling(readings, year))},
        used=tuple(reading.item for use in Use for reading in readings if reading.use is use),
        unused=tuple(item for item in standing if item.key in reasons),
        reasons=reasons,
        undated=tuple(reading.item for reading in read(tuple(own.undated(on)), said, observed.year, whole)[0]),
        conflicts=tuple(conflicts(readings, years[1:])),
        inputs=(observed,),
    )


def _first_year(reading: Reading) -> int:
    return reading.first


def _floor(readings: Iterable[Reading]) -> ShareRange | None:
    shares = [reading.share for reading in readings if reading.use is Use.STANDING_FLOOR]
    return functools.reduce(_most, shares) if shares else None


def _ceiling(readings: Iterable[Reading], year: int) -> ShareRange | None:
    shares = [reading.share for reading in readings if reading.use is Use.CEILING and reading.binds_in(year)]
    return functools.reduce(_least, shares) if shares else None


def _most(one: ShareRange, other: ShareRange) -> ShareRange:
    return ShareRange(max(one.low, other.low), max(one.high, other.high))


def _least(one: ShareRange, other: ShareRange) -> ShareRange:
    return ShareRange(min(one.low, other.low), min(one.high, other.high))


def _end(
    readings: Sequence[Reading], start: Share, years: range, method: Interpolation, end: Literal["low", "high"]
) -> Mapping[int, Share]:
    """Return one end of the path by year, limited by the same end of floors and ceilings."""

    def share_of(given: ShareRange) -> Share:
        return given.low if end == "low" else given.high

    points = [
        _Point(reading.first, share_of(reading.share), reading.is_fixed) for reading in readings if reading.is_milestone
    ]
    filled = _filled([_Point(years[0], start, is_fixed=True), *points], years, method)
    floor = _floor(readings)
    for year in years:
        ceiling = _ceiling(readings, year)
        kept = filled[year] if floor is None else max(filled[year], share_of(floor))
        filled[year] = kept if ceiling is None else min(kept, share_of(ceiling))
    return filled


@attrs.frozen
class _Point:
    """A share that the path must have reached by a year; the path goes through every fixed point."""

    year: int
    share: Share
    is_fixed: bool


def _filled(points: Iterable[_Point], years: range, method: Interpolation) -> dict[int, Share]:
    """Return a share for each year between the points; the last share continues, and no point lowers a share."""
    knots: list[_Point] = []
    for point in _rising(points):
        while method is Interpolation.LINEAR and len(knots) > 1 and _is_below(knots[-1], knots[-2], point):
            knots.pop()
        knots.append(point)
    filled = dict.fromkeys(years, knots[-1].share)
    for before, after in itertools.pairwise(knots):
        step = after.share - before.share
        for year in range(before.year, min(after.year, years.stop)):
            passed = divide(Decimal(year - before.year), Decimal(after.year - before.year))
            filled[year] = before.share + step.times(passed) if method is Interpolation.LINEAR else before.share
    return filled


def _rising(points: Iterable[_Point]) -> Iterable[_Point]:
    """Yield one point a year, each at least as high as all before it."""
    reached = None
    for year, together in itertools.groupby(sorted(points, key=lambda point: point.year), key=lambda point: point.year):
        given = list(together)
        reached = max([*(point.share for point in given), *([] if reached is None else [reached])])
        yield _Point(year, reached, any(point.is_fixed for point in given))


def _is_below(point: _Point, before: _Point, after: _Point) -> bool:
    """Return whether a floor is on or below the line between its neighbours; the path can then ignore the floor."""
    rise, whole = point.share - before.share, after.share - before.share
    passed, length = Decimal(point.year - before.year), Decimal(after.year - before.year)
    return not point.is_fixed and multiply(rise.value, length) <= multiply(whole.value, passed)


def warn_of_other_definitions(paths: Iterable[StatedPath], *, acknowledged: bool) -> None:
    """Warn the caller's caller if a promise on one of the paths does not use NATO's definition."""
    others = [item.key for path in paths for item in path.used if item.counts_otherwise]
    if others and not acknowledged:
        warnings.warn(
            f"{', '.join(others)}: stated in a national definition or of GNI, which NATO's figures are not; "
            "say mixed_definitions_ok=True if you mean to set them side by side",
            MixedDefinitionsWarning,
            stacklevel=3,
        )
