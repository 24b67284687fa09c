"""Concentration of shares: the Herfindahl-Hirschman index and related measures, as intervals if a part is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar

import attrs

from natoburden.calculators.findings import Finding, Findings, or_none
from natoburden.calculators.results import Result
from natoburden.errors import InvalidNumberError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import CONTEXT, add_up, divide, multiply, plain, rounded
from natoburden.model.record_coverage import RecordCoverage
from natoburden.model.shares import Share

__all__ = ["Concentration", "Hhi", "Interval", "hhi", "in_percent", "measures"]


def __dir__() -> list[str]:
    return list(__all__)


_NOTHING = Share.fraction(0)
_SLACK = Decimal("1e-9")  # shares of a rounded division add up to one but for the last digits


@attrs.frozen
class Interval:
    """The interval of values that a figure can have; both ends are equal if the figure is known."""

    column_parts: ClassVar[tuple[str, ...]] = ("low", "high")

    low: Decimal
    high: Decimal

    @property
    def is_point(self) -> bool:
        """Whether the figure is known."""
        return self.low == self.high

    @property
    def width(self) -> Decimal:
        """The width of the interval, which is zero if the figure is known."""
        return CONTEXT.subtract(self.high, self.low)

    @property
    def in_percent(self) -> str:
        """The interval in per cent, rounded to two decimals."""
        ends = dict.fromkeys(plain(rounded(end.scaleb(2), 2)) for end in (self.low, self.high))
        return f"{' to '.join(ends)} %"

    @property
    def in_words(self) -> str:
        """The interval as text, rounded to two decimals."""
        return " to ".join(dict.fromkeys(plain(rounded(end, 2)) for end in (self.low, self.high)))

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def __str__(self) -> str:
        ends = [plain(rounded(end, 4)) for end in (self.low, self.high)]
        return ends[0] if self.is_point else " to ".join(ends)


def in_percent(interval: Interval) -> str:
    """Return an interval of fractions as text in per cent."""
    return interval.in_percent


@attrs.frozen(kw_only=True)
class Hhi(Result):
    """The Herfindahl-Hirschman index from 0 to 1, which is an interval if a part of the whole is unknown.

    At the low end of `interval`, the unknown part is spread thinly over many suppliers. At the high end, all of the
    unknown part belongs to the largest supplier. `without_unknown` is the index without the unknown part, or None if
    nothing is known. `without_unknown` lies inside the interval, but is no better founded than any other value in the
    interval.
    """

    formula = "HHI = Σ s²; low: unknown spread thinly; high: unknown with the largest"

    shares: tuple[Share, ...] = attrs.field(repr=False)
    unknown: Share
    interval: Interval
    without_unknown: Decimal | None
    rests_on: RecordCoverage | None = attrs.field(default=None, repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return {} if self.rests_on is None else self.rests_on.in_columns

    @property
    def value(self) -> Decimal:
        """The index as one number; raises `UnexpectedValueError` if a part of the whole is unknown."""
        if not self.interval.is_point:
            raise UnexpectedValueError("one index", str(self.interval), f"{self.unknown} of the whole is unknown")
        return self.interval.low

    @property
    def points(self) -> Interval:
        """The index on the scale from 0 to 10 000, which competition authorities use."""
        return Interval(self.interval.low.scaleb(4), self.interval.high.scaleb(4))

    @property
    def headline(self) -> str:
        return f"Herfindahl-Hirschman index of {len(self.shares)} shares"

    @property
    def findings(self) -> Findings:
        return (*self.in_points, *_records(self.rests_on))

    @property
    def in_points(self) -> Findings:
        """The findings in points from 0 to 10 000, without the coverage of the records."""
        points = Finding("points", self.points, lambda points: points.in_words)
        if not self.unknown.as_fraction:
            return (points,)
        dropped = None if self.without_unknown is None else self.without_unknown.scaleb(4)
        left_out = Finding("points, unknown left out", dropped, or_none(lambda value: plain(rounded(value, 2))))
        return points, Finding("unknown", self.unknown), left_out


@attrs.frozen(kw_only=True)
class Concentration(Result):
    """All measures of concentration of one set of shares.

    If a part of the whole is unknown, `normalised`, `shannon`, `equivalent` (the exponential of `shannon`) and `theil`
    are None, since no useful bounds of these measures exist. `normalised` is also None for a single share.
    `effective_number` is None if nothing is known. `count` includes shares of zero.
    """

    formula = (
        "HHI = Σ s²; normalised = (HHI − 1/n) / (1 − 1/n); effective number = 1/HHI; CRk = Σ of the k largest; "
        "Shannon H = −Σ s ln s; Theil = ln n − H; Berger-Parker = max s"
    )

    shares: tuple[Share, ...] = attrs.field(repr=False)
    unknown: Share
    count: int
    hhi: Hhi
    normalised: Decimal | None
    effective_number: Interval | None
    shannon: Decimal | None
    equivalent: Decimal | None
    theil: Decimal | None
    rests_on: RecordCoverage | None = attrs.field(default=None, repr=False, metadata={"in_row": False})

    @property
    def columns(self) -> Mapping[str, object]:
        return {} if self.rests_on is None else self.rests_on.in_columns

    @property
    def berger_parker(self) -> Interval:
        """The largest share, as an interval; at the high end, the unknown part belongs to the largest supplier."""
        return self.top(1)

    def top(self, k: int) -> Interval:
        """Return the joint share of the k largest suppliers; the high end includes the unknown part.

        >>> print(measures([Share.percent(part) for part in (50, 30, 10)], unknown=Share.percent(10)).top(2))
        0.8 to 0.9
        """
        if type(k) is not int or k < 1:
            raise UnexpectedValueError("a number of suppliers", repr(k), "it is a whole number from 1")
        low = add_up(share.as_fraction for share in self.shares[:k])
        return Interval(low, CONTEXT.add(low, self.unknown.as_fraction))

    @property
    def headline(self) -> str:
        return f"Concentration of {self.count} shares"

    @property
    def findings(self) -> Findings:
        figures = (
            Finding("normalised HHI", self.normalised, _to_six),
            Finding("Shannon", self.shannon, _to_six),
            Finding("exp(Shannon)", self.equivalent, _to_six),
            Finding("Theil", self.theil, _to_six),
        )
        return (
            *self.hhi.in_points,
            Finding("effective number", self.effective_number, or_none(str, "unknown")),
            Finding("largest share", self.berger_parker),
            *(figure for figure in figures if figure.value is not None),
            *_records(self.rests_on),
        )


def _records(coverage: RecordCoverage | None) -> Findings:
    return () if coverage is None else (Finding("records", coverage),)


def _to_six(value: Decimal | None) -> str:
    return "" if value is None else plain(rounded(value, 6))


def hhi(shares: Iterable[Share], *, unknown: Share = _NOTHING) -> Hhi:
    """Compute the Herfindahl-Hirschman index of shares that add up to the whole; a part of the whole may be unknown.

    The index is the sum of the squared shares (US Department of Justice, Herfindahl-Hirschman index). Shares are never
    scaled up to one. If the shares add up to less than one, `UnexpectedValueError` is raised, unless you give the rest
    as `unknown`.

    >>> print(hhi([Share.percent(part) for part in (30, 30, 20, 20)]).points)
    2600
    >>> index = hhi([Share.percent(50), Share.percent(30)], unknown=Share.percent(20))
    >>> print(index.interval, "|", index.without_unknown)
    0.34 to 0.58 | 0.53125
    """
    given = tuple(shares)
    for share in (*given, unknown):
        expect(share, Share, "a share", "write Share.percent(30)")
    ordered = tuple(sorted(given, reverse=True))
    known, rest = add_up(share.as_fraction for share in ordered), unknown.as_fraction
    if CONTEXT.subtract(CONTEXT.add(known, rest), Decimal(1)).copy_abs() > _SLACK:
        whole = plain(rounded(CONTEXT.add(known, rest).scaleb(2), 4))
        over = known + rest > 1
        hint = "they are more than the whole: is one given twice?" if over else "say what is missing: unknown=..."
        raise UnexpectedValueError("shares of one whole", f"{whole} %", hint)
    squares = add_up(multiply(share.as_fraction, share.as_fraction) for share in ordered)
    return Hhi(
        shares=ordered,
        unknown=unknown,
        interval=Interval(squares, _with_the_largest(squares, ordered, rest)),
        without_unknown=divide(squares, multiply(known, known)) if known else None,
    )


def _with_the_largest(squares: Decimal, ordered: tuple[Share, ...], rest: Decimal) -> Decimal:
    """Return the sum of squares if the unknown part belongs to the largest share: (s + u)² = s² + u (2s + u)."""
    largest = ordered[0].as_fraction if ordered else Decimal(0)
    return CONTEXT.add(squares, multiply(rest, CONTEXT.add(CONTEXT.add(largest, largest), rest)))


def measures(shares: Iterable[Share], *, unknown: Share = _NOTHING) -> Concentration:
    """Compute every measure of concentration of shares that add up to the whole.

    The Herfindahl-Hirschman index is the result of `hhi`. The normalised index is 0 for equal shares. The effective
    number is 1/HHI. Shannon's entropy H is in nats, with 0 ln 0 = 0; the exponential of H is given too. Theil's index
    is ln n − H. The number of shares n includes shares of zero. Raises the errors of `hhi`, and `InvalidNumberError` if
    no share is given.

    >>> result = measures([Share.percent(part) for part in (30, 30, 20, 20)])
    >>> print(result.effective_number, "|", result.theil.quantize(Decimal("0.000001")))
    3.8462 | 0.020136
    """
    index = hhi(shares, unknown=unknown)
    count = len(index.shares)
    if not count:
        raise InvalidNumberError("shares", "none", "at least one share")
    whole = not unknown.as_fraction
    entropy = _entropy(index.shares) if whole else None
    return Concentration(
        shares=index.shares,
        unknown=unknown,
        count=count,
        hhi=index,
        normalised=_normalised(index.value, count) if whole and count > 1 else None,
        effective_number=_inverse(index.interval) if index.interval.low else None,
        shannon=entropy,
        equivalent=None if entropy is None else CONTEXT.exp(entropy),
        theil=None if entropy is None else CONTEXT.subtract(CONTEXT.ln(Decimal(count)), entropy),
    )


def _inverse(interval: Interval) -> Interval:
    return Interval(divide(Decimal(1), interval.high), divide(Decimal(1), interval.low))


def _normalised(index: Decimal, count: int) -> Decimal:
    equal = divide(Decimal(1), Decimal(count))
    return divide(CONTEXT.subtract(index, equal), CONTEXT.subtract(Decimal(1), equal))


def _entropy(shares: Iterable[Share]) -> Decimal:
    """Return Σ −s ln s; a share of zero adds zero."""
    parts = (share.as_fraction for share in shares)
    return add_up(multiply(part, CONTEXT.ln(part)).copy_negate() for part in parts if part)
