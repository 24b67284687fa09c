"""The path of shares that a country's commitments state, ranges kept as ranges."""

from __future__ import annotations

import datetime as dt
import enum
import itertools
import warnings
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TypeAlias

import attrs

from natoburden.calculators.results import Projection
from natoburden.errors import InvalidYearError, MixedDefinitionsWarning
from natoburden.model._numbers import checked_year, divide
from natoburden.model.commitment_record import Commitments
from natoburden.model.commitments import (
    Commitment,
    Component,
    CompositeTarget,
    Definition,
    Modality,
    ShareRange,
)
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.shares import PercentagePoints, Share
from natoburden.model.sources import Source

__all__ = ["Interpolation", "StatedPath", "stated_path"]


class Interpolation(enum.Enum):
    """What is assumed between two dated promises: equal steps in points, or nothing until the next date."""

    LINEAR = "linear"
    STEP = "step"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class StatedPath(Projection):
    """The share of GDP, year by year, that a country's commitments state.

    `milestones` are the dated promises that the path goes through, `floor` and `ceiling` standing ones that bound
    it, `unused` those in force that say nothing of a path (undated aims, refusals, other components).
    """

    country: Country
    on: dt.date
    method: Interpolation
    start: Share
    shares: Mapping[int, ShareRange]
    milestones: Mapping[int, ShareRange]
    floor: Share | None
    ceiling: Share | None
    used: tuple[Commitment, ...] = attrs.field(repr=False)
    unused: tuple[Commitment, ...] = attrs.field(repr=False)

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
        """The year of the last dated promise; from there on the path only holds what was promised."""
        return max((year for year in self.milestones if year <= self.last_year), default=self.first_year)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The table that the path starts from, and each promise's source."""
        return tuple(dict.fromkeys([*super().sources, *(item.source for item in (*self.used, *self.unused))]))

    @property
    def headline(self) -> str:
        """What was asked, in one line."""
        return f"Path that {self.country} has stated, as of {self.on}, {self.first_year} to {self.last_year}"

    @property
    def formula(self) -> str:
        """How the years between promises are filled."""
        between = "equal steps in points" if self.method is Interpolation.LINEAR else "no change before the next date"
        bounds = [f"at least {self.floor}"] if self.floor else []
        bounds += [f"at most {self.ceiling}"] if self.ceiling else []
        after = f"held after {self.holds_from}"
        return "; ".join([f"between the published share and each dated promise: {between}", after, *bounds])

    @property
    def findings(self) -> tuple[tuple[str, str], ...]:
        """Each promise used and not used, and each year's share."""
        used = (("promise", str(item)) for item in self.used)
        unused = (("not on the path", str(item)) for item in self.unused)
        return (*used, *unused, *((str(year), str(share)) for year, share in self.shares.items()))


def stated_path(
    table: ExpenditureTable,
    commitments: Commitments,
    country: CountryLike,
    *,
    on: dt.date,
    until: int = 2035,
    method: Interpolation = Interpolation.LINEAR,
    hague: CompositeTarget | None = None,
    mixed_definitions_ok: bool = False,
) -> StatedPath:
    """Lay the path of core expenditure, as a share of GDP, that a country's own commitments state.

    It starts from the published share of the table's newest year, no later than the day asked about, and goes
    through each dated aim or floor in force on that day, by the method named. Two promises for one year: the higher
    counts. A promise below what is already reached promises no cut: the share is held, as it is after the last date,
    and where nothing is promised. Standing floors and ceilings bound the whole path; a floor above the present share
    that names no year says nothing of a path. Ranges are kept: each year has a low and a high end.

    A promise of core and related spending together says nothing of core alone, unless a two-part target is given as
    `hague`: then it is read as that total less the related spending that counts at most.
    Warns with `MixedDefinitionsWarning` when a promise used is in a national definition, which NATO's shares are
    not, unless ``mixed_definitions_ok=True``. Raises `NoObservationError`, and `InvalidYearError` for a path that
    would end before it starts.

    >>> from natoburden.datasets import commitments, defence_expenditure
    >>> record, table = commitments(), defence_expenditure()
    >>> path = stated_path(table, record, "Netherlands", on=dt.date(2026, 7, 1))
    >>> {year: str(share) for year, share in path.milestones.items()}
    {2030: '2.80 %', 2035: '3.50 %'}
    >>> print(path.shares[2028], path.shares[2032])
    2.69 % 3.08 %
    """
    found = Country.find(country)
    observed = table.share_of_gdp(found, min(table.latest_year, on.year))
    start = observed.value.published()
    if checked_year(until) <= observed.year:
        raise InvalidYearError(f"until {until}", f"a year after {observed.year}, from which the path starts")
    standing = commitments.of(found).in_force(on)
    sorted_out = _sorted_out(standing, start, observed.year, hague)
    milestones: dict[int, ShareRange] = {}
    for item, share in sorted_out[_Use.MILESTONE]:
        year = _year(item)
        milestones[year] = _higher(milestones.get(year, share), share)
    floor = max((share.low for _, share in sorted_out[_Use.FLOOR]), default=None)
    ceiling = min((share.high for _, share in sorted_out[_Use.CEILING]), default=None)
    used = tuple(item for use in _Use for item, _ in sorted_out[use])
    _warn_of_national_definitions(used, acknowledged=mixed_definitions_ok)
    years = range(observed.year, until + 1)
    low = _filled(start, {year: share.low for year, share in milestones.items()}, years, method)
    high = _filled(start, {year: share.high for year, share in milestones.items()}, years, method)
    bounded = {year: ShareRange(*(_bounded(ends[year], floor, ceiling) for ends in (low, high))) for year in years[1:]}
    return StatedPath(
        country=found,
        on=on,
        method=method,
        start=start,
        shares={observed.year: ShareRange.at(start), **bounded},
        milestones=dict(sorted(milestones.items())),
        floor=floor,
        ceiling=ceiling,
        used=used,
        unused=tuple(item for item in standing if item not in used),
        inputs=(observed,),
    )


class _Use(enum.Enum):
    """What a commitment does to a path."""

    MILESTONE = "milestone"
    FLOOR = "floor"
    CEILING = "ceiling"


_Sorted: TypeAlias = Mapping[_Use, list[tuple[Commitment, ShareRange]]]


def _sorted_out(
    standing: Iterable[Commitment], start: Share, start_year: int, hague: CompositeTarget | None
) -> _Sorted:
    """Sort commitments by what they do to the path; those that do nothing are left out."""
    found: _Sorted = {use: [] for use in _Use}
    for item in standing:
        share = _core_share(item, hague)
        if share is None or not item.promises:
            continue
        if item.modality is Modality.CEILING:
            found[_Use.CEILING].append((item, share))
        elif _year(item) > start_year:
            found[_Use.MILESTONE].append((item, share))
        elif item.deadline is None and item.modality is Modality.FLOOR and (item.start or share.low <= start):
            found[_Use.FLOOR].append((item, share))
    return found


def _year(item: Commitment) -> int:
    """Give the year of a dated promise: its deadline, else the year from which it holds; 0 for an undated one."""
    return item.deadline.latest if item.deadline else item.start or 0


def _core_share(item: Commitment, hague: CompositeTarget | None) -> ShareRange | None:
    """Give what a commitment says of core expenditure; None where it says nothing of it."""
    if item.component is Component.CORE:
        return item.share
    if item.component is Component.TOTAL and hague is not None:
        counted = hague.related.share - Share.percent(0)
        return ShareRange(*(_less(share, counted) for share in (item.share.low, item.share.high)))
    return None


def _less(share: Share, points: PercentagePoints) -> Share:
    return share + -points if share - Share.percent(0) > points else Share.percent(0)


def _higher(one: ShareRange, other: ShareRange) -> ShareRange:
    return ShareRange(max(one.low, other.low), max(one.high, other.high))


def _bounded(share: Share, floor: Share | None, ceiling: Share | None) -> Share:
    raised = share if floor is None else max(share, floor)
    return raised if ceiling is None else min(raised, ceiling)


def _filled(start: Share, milestones: Mapping[int, Share], years: range, method: Interpolation) -> Mapping[int, Share]:
    """Fill the years between the start and each milestone, and hold the last; no milestone takes a share down."""
    points = [(years[0], start)]
    for year, share in sorted(milestones.items()):
        points.append((year, max(share, points[-1][1])))
    filled = dict.fromkeys(years, points[-1][1])
    for (first, before), (last, after) in itertools.pairwise(points):
        step = after - before
        for year in range(first, min(last, years.stop)):
            passed = divide(Decimal(year - first), Decimal(last - first))
            filled[year] = before + step.times(passed) if method is Interpolation.LINEAR else before
    return filled


def _warn_of_national_definitions(used: Iterable[Commitment], *, acknowledged: bool) -> None:
    national = [item.key for item in used if item.definition is Definition.NATIONAL]
    if national and not acknowledged:
        warnings.warn(
            f"{', '.join(national)}: stated in a national definition, which NATO's figures are not; "
            "say mixed_definitions_ok=True if you mean to set them side by side",
            MixedDefinitionsWarning,
            stacklevel=3,
        )
