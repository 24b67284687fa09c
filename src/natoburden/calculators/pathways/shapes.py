"""Paths of shares from a start to a target, in five shapes."""

from __future__ import annotations

import enum
import itertools
from decimal import Decimal
from typing import Any

import attrs

from natoburden.calculators.findings import Finding, Findings
from natoburden.calculators.pathways._inputs import GrowthLike, ShareLike, check_year, factors_of, positive, share_of
from natoburden.calculators.results import Projection
from natoburden.errors import InvalidNumberError, InvalidYearError, UnexpectedValueError
from natoburden.model._checks import expect, member
from natoburden.model._numbers import CONTEXT, Number, checked_decimal, checked_year, divide, multiply
from natoburden.model.expenditure import Observation
from natoburden.model.shares import PercentagePoints, Rate, Share

__all__ = ["PathShape", "SharePath", "path"]


class PathShape(enum.Enum):
    """How a share moves from start to target.

    The share rises by equal points each year, by an equal factor, by equal growth of expenditure, mostly in the early
    years, or all at once.
    """

    LINEAR = "linear"
    GEOMETRIC = "geometric"
    CONSTANT_GROWTH = "constant-growth"
    FRONT_LOADED = "front-loaded"
    STEP = "step"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class SharePath(Projection):
    """A share of GDP for each year from a start to a target; the first year has the initial share."""

    start: Share
    target: Share
    first_year: int
    shape: PathShape
    shares: tuple[Share, ...]
    front_loading: Decimal | None = None
    growth: Rate | None = None
    inputs: tuple[Observation[Any], ...] = attrs.field(default=(), repr=False)

    @property
    def last_year(self) -> int:
        """The year in which the path reaches its target."""
        return self.first_year + len(self.shares) - 1

    @property
    def by_year(self) -> dict[int, Share]:
        """The share in each year."""
        return dict(enumerate(self.shares, self.first_year))

    @property
    def yearly(self) -> dict[int, dict[str, object]]:
        return {year: {"share": share} for year, share in self.by_year.items()}

    @property
    def above_start(self) -> tuple[PercentagePoints, ...]:
        """The share of each year after the first minus the initial share, in points."""
        return tuple(share - self.start for share in self.shares[1:])

    @property
    def never_falls(self) -> bool:
        """Whether the share never falls from one year to the next."""
        return all(earlier <= later for earlier, later in itertools.pairwise(self.shares))

    @property
    def headline(self) -> str:
        return f"A {self.shape} path from {self.start} in {self.first_year} to {self.target} in {self.last_year}"

    @property
    def formula(self) -> str:
        return {
            PathShape.LINEAR: "share(t) = start + (target − start) × t / n",
            PathShape.GEOMETRIC: "share(t) = start × (target / start)^(t/n)",
            PathShape.CONSTANT_GROWTH: f"expenditure grows by {self.growth} a year; share(t) = expenditure / GDP",
            PathShape.FRONT_LOADED: (
                f"share(t) = start + (target − start) × (1 − (1 − t/n)^k), k = {self.front_loading}"
            ),
            PathShape.STEP: "share(0) = start; share(t) = target from the first year on",
        }[self.shape]

    @property
    def findings(self) -> Findings:
        return tuple(Finding(str(year), share) for year, share in self.by_year.items())


def path(
    start: ShareLike,
    target: Share,
    *,
    first_year: int,
    last_year: int,
    shape: PathShape | str = PathShape.LINEAR,
    front_loading: Number | None = None,
    gdp_growth: GrowthLike | None = None,
) -> SharePath:
    """Compute a path of shares of GDP from a start to a target.

    `first_year` is the year of the start, and `last_year` is the year in which the target is reached. A front-loaded
    path needs `front_loading`, the exponent k of 1 − (1 − t/n)^k. With an exponent of one the path is linear, and a
    higher exponent brings the change forward. A path of constant growth of expenditure needs `gdp_growth`, which is one
    rate for every year, or a rate for each year after the first. If GDP grows at a constant rate, the path of constant
    growth is the geometric path.

    Raises `InvalidYearError` if `last_year` is not after `first_year`, or if the start is a table's figure for a year
    other than `first_year`. Raises `UnreachableError` for a geometric path, or a path of constant growth, that starts
    or ends at zero. Raises `UnknownNameError` for an unknown shape, and `UnexpectedValueError` for an option that the
    shape does not use, or for a missing option. Raises `ShareOutOfRangeError` if GDP shrinks and expenditure would
    exceed GDP on the way.

    >>> steps = path(Share.percent(2), Share.percent("3.5"), first_year=2025, last_year=2028)
    >>> [str(share) for share in steps.shares]
    ['2.00 %', '2.50 %', '3.00 %', '3.50 %']
    """
    (share, inputs), bend = share_of(start), member(PathShape, shape)
    expect(target, Share, "the target", "write Share.percent('3.5'); of a target, give its share")
    length = checked_year(last_year) - checked_year(first_year)
    check_year(inputs, first_year)
    if length < 1:
        raise InvalidYearError(f"last year {last_year}", f"a year after {first_year}")
    exponent = _front_loading(bend, front_loading)
    _check_growth(bend, gdp_growth)
    growth: Rate | None = None
    between: list[Share]
    if bend is PathShape.CONSTANT_GROWTH and gdp_growth is not None:
        growth, between = _at_constant_growth(share, target, factors_of(gdp_growth, length))
    elif bend is PathShape.GEOMETRIC:
        ratio = divide(positive(target, "the target"), positive(share, "the start"))
        powers = (CONTEXT.power(ratio, divide(Decimal(elapsed), Decimal(length))) for elapsed in range(1, length))
        between = [Share(as_fraction=multiply(share.as_fraction, power)) for power in powers]
    else:
        distance = target - share
        between = [share + distance.times(_part(bend, elapsed, length, exponent)) for elapsed in range(1, length)]
    return SharePath(
        start=share,
        target=target,
        first_year=first_year,
        shape=bend,
        shares=(share, *between, target),
        front_loading=exponent,
        growth=growth,
        inputs=inputs,
    )


def _front_loading(bend: PathShape, exponent: Number | None) -> Decimal | None:
    if (bend is PathShape.FRONT_LOADED) is (exponent is None):
        hint = "it goes with shape='front-loaded', which needs one: 2 brings the change forward, 1 is linear"
        raise UnexpectedValueError("front_loading", str(exponent), hint)
    if exponent is None:
        return None
    found = checked_decimal(exponent, "front_loading")
    if not 1 <= found <= 100:
        raise InvalidNumberError("front_loading", str(found), "1, which is linear, to 100")
    return found


def _check_growth(bend: PathShape, growth: GrowthLike | None) -> None:
    if (bend is PathShape.CONSTANT_GROWTH) is (growth is None):
        hint = "it goes with shape='constant-growth', which needs one: write Rate.percent('1.5')"
        raise UnexpectedValueError("gdp_growth", str(growth), hint)


def _part(bend: PathShape, elapsed: int, length: int, exponent: Decimal | None) -> Decimal:
    """Return the share of the distance that is covered after a number of years."""
    gone = divide(Decimal(elapsed), Decimal(length))
    if bend is PathShape.STEP:
        return Decimal(1)
    if exponent is None:
        return gone
    return CONTEXT.subtract(Decimal(1), CONTEXT.power(CONTEXT.subtract(Decimal(1), gone), exponent))


def _at_constant_growth(start: Share, target: Share, factors: list[Decimal]) -> tuple[Rate, list[Share]]:
    """Return the shares on the way to the target, at the constant growth of expenditure that reaches it."""
    economy = list(itertools.accumulate(factors, multiply))
    ratio = divide(positive(target, "the target"), positive(start, "the start"))
    pace = CONTEXT.power(multiply(ratio, economy[-1]), divide(Decimal(1), Decimal(len(factors))))
    spent = itertools.accumulate(itertools.repeat(pace, len(factors) - 1), multiply)
    shares = [
        Share(as_fraction=multiply(start.as_fraction, divide(paid, size)))
        for paid, size in zip(spent, economy, strict=False)
    ]
    return Rate(as_fraction=CONTEXT.subtract(pace, Decimal(1))), shares
