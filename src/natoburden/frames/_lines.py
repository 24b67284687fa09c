"""The lines to add up, all in one currency, and their sums; contracts inside other contracts are left out."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final, Generic, TypeVar

import attrs
import narwhals as nw

from natoburden.frames._arguments import Period, column, names, period
from natoburden.frames._columns import Columns, holds_nothing
from natoburden.frames._engine import Opened, collected, opened, small_table
from natoburden.frames._look import Fault, Look, refuse
from natoburden.frames._nested import CONTAINER, LINE, chains, without_nested

__all__ = ["AMOUNT", "CURRENCY", "KEY", "ORIGIN", "PART_OF", "SUM", "YEAR", "Lines", "fraction", "lines_of", "over"]

F = TypeVar("F")

ORIGIN, YEAR, AMOUNT, CURRENCY, KEY, PART_OF = "supplier", "year", "amount", "currency", "key", "part_of"
SUM: Final = "natoburden_amount"
_GROSS, _LATER = "natoburden_gross", "natoburden_later"
_LARGEST_WHOLE: Final = 2**63 - 1
_ROUNDING: Final = 1e-12  # of what was added up: amounts that cancel leave only the rounding errors of floats


@attrs.frozen(kw_only=True)
class Lines(Generic[F]):
    """The lines to add up, with their groups and keys; the column `SUM` is the amount, or null if a line has none.

    With a window, `groups` includes the year. `is_signed` says whether any amount is negative.
    """

    frame: Opened[F]
    columns: Columns[F]
    lazy: Any
    groups: tuple[str, ...]
    period: Period
    year: str
    is_signed: bool
    is_whole: bool
    is_rolled: bool

    shifts: int
    last: int | None

    def summed(self, *keys: str, lines: Any = None, also: Sequence[str] = ()) -> Any:
        """Compute the sums of amounts by key and group; if `lines` are given, they are added up instead.

        Lines with a null key have a sum of their own. `also` names further columns to add up.
        """
        by = list(dict.fromkeys([*self.groups, *keys]))
        given = self.lazy if lines is None else lines
        if self._cancels:
            given = given.with_columns(nw.col(SUM).abs().alias(_GROSS))
        found = self._added(given, by, also)
        rolls = self.period.window is not None and not self.is_rolled
        return self._added(self._rolled(found), by, also) if rolls else found

    def whole_of(self, value: Any, groups: Sequence[str]) -> Any:
        """Compute each group's total from a column of sums."""
        found = over(value.sum(), groups)
        return found.cast(nw.Int64) if self.is_whole else found

    def usable(self, sums: Any, groups: Sequence[str]) -> Any:
        """Compute which groups have meaningful shares: none of their sums is negative, and one is positive.

        Returns the sums with the columns ``total`` and ``natoburden_usable``.
        """
        total = self.whole_of(nw.col(SUM), groups)
        if not self.is_signed:
            return sums.with_columns(total.alias("total")).with_columns(
                (nw.col("total") > 0).alias("natoburden_usable")
            )
        low = over(nw.col(SUM).min(), groups)
        return sums.with_columns(total.alias("total"), low.alias("natoburden_low")).with_columns(
            ((nw.col("total") > 0) & (nw.col("natoburden_low") >= 0)).alias("natoburden_usable")
        )

    def _added(self, lazy: Any, by: Sequence[str], also: Sequence[str]) -> Any:
        columns = [SUM, *([_GROSS] if self._cancels else []), *also]
        sums = [nw.col(name).sum() for name in columns]
        found = lazy.group_by(*by).agg(*sums) if by else lazy.select(*sums)
        if self.is_whole:
            return found.with_columns(nw.col(SUM).cast(nw.Int64))
        if self._cancels:
            cancelled = nw.col(SUM).abs() <= nw.col(_GROSS) * _ROUNDING
            return found.with_columns(nw.when(cancelled).then(nw.lit(0.0)).otherwise(nw.col(SUM)).alias(SUM))
        return found

    @property
    def _cancels(self) -> bool:
        return self.is_signed and not self.is_whole

    def _rolled(self, lazy: Any) -> Any:
        """Repeat each line in every window that includes it: windows end in its year, or up to n - 1 years later."""
        return rolled(lazy, self.frame, self.year, self.period, self.shifts, self.last)


def rolled(lazy: Any, frame: Opened[Any], year: str, asked: Period, shifts: int, last: int | None) -> Any:
    """Return each line once for every window of years that includes it; windows end in the years asked for."""
    later = small_table(frame, {_LATER: list(range(shifts))})
    shifted = lazy.join(later, how="cross").with_columns((nw.col(year) + nw.col(_LATER)).alias(year)).drop(_LATER)
    if last is not None:
        shifted = shifted.filter(nw.col(year) <= last)
    if asked.since is not None:
        shifted = shifted.filter(nw.col(year) >= asked.since)
    return shifted


def lines_of(
    native: F,
    *,
    keys: Sequence[str] = (),
    countries: Sequence[str] = (),
    within: str | Sequence[str] = (),
    amount: str = AMOUNT,
    part: str | None = None,
    year: str = YEAR,
    asked: Period | None = None,
    currency: str | None = CURRENCY,
    key: str = KEY,
    part_of: str | None = PART_OF,
    split: str | None = None,
    dated: bool = False,
    uncounted: bool = False,
) -> Lines[F]:
    """Read the lines to add up, with `keys` and `countries` as texts; `uncounted` keeps lines without an amount.

    Amounts are multiplied by the column `part`. The column `split` has fractions too, but does not change the amounts.
    With `dated`, lines keep their year. Raises one `FrameError` with everything that would make sums or shares wrong.
    """
    frame = opened(native)
    asked = asked or period()
    groups = names(within, "within")
    used = {"amount": amount, "year": year, "key": key}
    used |= {
        name: given
        for name, given in (("part", part), ("currency", currency), ("part_of", part_of))
        if given is not None
    }
    for argument, given in used.items():
        column(given, argument)
    there = frame.columns
    money = currency if currency is not None and (currency in there or currency != CURRENCY) else None
    child = part_of if part_of is not None and (part_of in there or part_of != PART_OF) else None
    if child is not None and child in there and holds_nothing(frame, child):
        child = None
    by_year = dated or asked.is_asked or year in (*keys, *groups)
    columns = Columns(
        frame,
        years=[year] if by_year else [],
        texts=[*countries, *keys, *([money] if money else []), *([key, child] if child else [])],
        numbers=[amount, *(name for name in (part, split) if name is not None)],
        groups=[*groups, *_named_in_vain(there, year, key)],
    )
    reading = _Reading(
        columns=columns,
        groups=groups,
        amount=amount,
        part=part,
        year=year,
        asked=asked,
        money=money,
        split=split,
        key=key if split is not None else None,
        countries=countries,
    )
    seen = reading.examined()
    texts = [name for name in dict.fromkeys([*countries, *keys]) if name not in groups and name != year]
    named = {*countries, *keys}
    grouped = [columns.text if name in named else columns.group for name in groups]
    wanted = [read(name).alias(name) for name, read in zip(groups, grouped, strict=True) if name != year]
    wanted += [columns.text(name).alias(name) for name in texts]
    if by_year:
        wanted.append(columns.year(year).alias(year))
    wanted.append(reading.value.alias(SUM))
    if split is not None:
        wanted.append(columns.real(split).alias(split))
    if child:
        wanted += [columns.text(key).alias(LINE), columns.text(child).alias(CONTAINER)]
    found = columns.frame.lazy.select(*wanted)
    if asked.is_asked:
        found = found.filter(_in_period(nw.col(year), asked))
    if not uncounted:
        found = found.filter(~nw.col(SUM).is_null())
    whole = columns.is_whole(amount) and part is None
    groups = groups if asked.window is None else tuple(dict.fromkeys((*groups, year)))
    if child:
        if asked.window is not None:
            found = rolled(found, frame, year, asked, seen.shifts(asked), seen.last(asked))
        counted = found.filter(~nw.col(SUM).is_null())
        found = without_nested(found, counted, groups, chains(columns, key, child))
    return Lines(
        frame=frame,
        columns=columns,
        lazy=found,
        groups=groups,
        period=asked,
        year=year,
        is_signed=seen.is_signed,
        is_whole=whole,
        is_rolled=bool(child),
        shifts=seen.shifts(asked),
        last=seen.last(asked),
    )


def _named_in_vain(there: Sequence[str], year: str, key: str) -> list[str]:
    """Return the columns that a caller names but the frame lacks: a named column must exist even if it is not read."""
    return [name for name, usual in ((year, YEAR), (key, KEY)) if name != usual and name not in there]


@attrs.frozen(kw_only=True)
class _Seen:
    """What a check found out about the lines to add up."""

    is_signed: bool
    first: int | None
    newest: int | None

    def last(self, asked: Period) -> int | None:
        return asked.until if asked.until is not None else self.newest

    def shifts(self, asked: Period) -> int:
        """Return the largest number of windows that can include one line; it is at most the number of years."""
        last = self.last(asked)
        if asked.window is None or self.first is None or last is None:
            return 1
        return max(1, min(asked.window, last - self.first + 1))


@attrs.frozen(kw_only=True)
class _Reading:
    """The columns that are read, and the check of their values."""

    columns: Columns[Any]
    groups: tuple[str, ...]
    amount: str
    part: str | None
    year: str
    asked: Period
    money: str | None
    split: str | None
    key: str | None
    countries: Sequence[str]

    @property
    def value(self) -> Any:
        """The amount of a line, multiplied by its part."""
        figure = self.columns.number(self.amount)
        return figure if self.part is None else figure * self.columns.real(self.part)

    @property
    def in_period(self) -> Any:
        """Whether a line's year is in the period; None if no period is given, or if years cannot be read."""
        if not self.asked.is_asked or self.year not in self.columns.usable:
            return None
        return _in_period(self.columns.year(self.year), self.asked)

    def examined(self) -> _Seen:
        """Return findings from one check of the values of lines; raises `FrameError` with everything that is wrong."""
        columns, look = self.columns, Look(self.columns)
        for name in self.countries:
            look.countries(name)
        signed = first = newest = counted = ""
        if self.amount in columns.usable:
            inside = self.in_period
            figure = columns.number(self.amount)
            figure = figure if inside is None else nw.when(inside).then(figure)
            counts = ~figure.is_null()
            signed, highest = look.ask(figure, "min"), look.ask(figure, "max")
            gross = look.ask((figure / self._scale).abs(), "sum")  # scaled, so that the sum itself cannot overflow
            look.judge(lambda found: self._countable(found[signed], found[highest], found[gross]))
            counted = look.count(counts)
            for weight in (self.part, self.split):
                if weight is not None and weight in columns.usable:
                    look.filled(weight, columns.real(weight), counts)
                    look.between(weight, columns.real(weight))
            if self.key is not None and self.key in columns.usable:
                look.filled(self.key, columns.text(self.key), counts)
            if self.asked.is_asked and self.year in columns.usable:
                year = columns.year(self.year)
                look.filled(self.year, year, ~columns.number(self.amount).is_null())
                first, newest = (look.ask(nw.when(counts).then(year), how) for how in ("min", "max"))
        by = columns.text(self.money) if self.money is not None and self.money in columns.usable else None
        rows = look.answers(by)
        faults = look.faults(rows)
        if by is not None and counted and self.money not in self.groups:
            faults += self._currencies({row["by"] for row in rows if row[counted]}, by)
        refuse(columns, faults)
        whole = look.together(rows)
        return _Seen(
            is_signed=(whole.get(signed) or 0) < 0,
            first=whole.get(first),
            newest=whole.get(newest),
        )

    @property
    def _scale(self) -> float:
        return 1 if self.columns.is_whole(self.amount) else _SCALE

    def _countable(self, low: float | None, high: float | None, gross: float) -> Iterable[Fault]:
        if low is not None and high is not None and not (abs(low) < _INFINITE and abs(high) < _INFINITE):
            yield Fault(f"column {self.amount!r} holds infinite numbers", "a missing figure is null, never infinite")
        elif gross >= (_LARGEST_WHOLE if self.columns.is_whole(self.amount) else _LARGEST_FLOAT / _SCALE):
            kind = "an int64" if self.columns.is_whole(self.amount) else "a float64"
            hint = "give amounts as float64, or in a larger unit"
            yield Fault(f"the numbers in column {self.amount!r} add up to more than {kind} holds", hint)

    def _currencies(self, found: set[Any], text: Any) -> Iterable[Fault]:
        """Yield a fault if one group has amounts of several currencies, or amounts with and without a currency."""
        if len(found) < 2:
            return
        clash = sorted(map(_currency_name, found))
        groups = [name for name in self.groups if name in self.columns.usable]
        if len(groups) < len(self.groups):
            return  # another fault names the missing groups already
        if groups:
            inside = self.in_period
            lines = self.columns.frame.lazy if inside is None else self.columns.frame.lazy.filter(inside)
            keys = [f"natoburden_group{number}" for number, _ in enumerate(groups)]
            told = lines.filter(~self.columns.number(self.amount).is_null()).select(
                *(self.columns.group(name).alias(key) for name, key in zip(groups, keys, strict=True)),
                text.fill_null("").alias("low"),
                text.fill_null("").alias("high"),
            )
            mixed = told.group_by(*keys).agg(nw.col("low").min(), nw.col("high").max())
            rows = collected(mixed.filter(nw.col("low") != nw.col("high")).select("low", "high").head(1))
            if not rows:
                return
            clash = sorted({_currency_name(rows[0]["low"]), _currency_name(rows[0]["high"])})
        where = "one group" if groups else "one sum"
        hint = (
            f"convert them first (on the command line: --rates), add {self.money!r} to within, or say currency=None "
            "if all amounts are in one currency"
        )
        yield Fault(
            f"amounts of {', '.join(clash[:-1])} and {clash[-1]} (column {self.money!r}) would be in {where}", hint
        )


_INFINITE: Final = float("inf")
_LARGEST_FLOAT: Final = sys.float_info.max
_SCALE: Final = 2.0**64


def _currency_name(value: str | None) -> str:
    return value or "no currency"


def _in_period(year: Any, asked: Period) -> Any:
    found: Any = ~year.is_null()
    if asked.first is not None:
        found = found & (year >= asked.first)
    return found if asked.until is None else found & (year <= asked.until)


def over(value: Any, groups: Sequence[str]) -> Any:
    """Return an expression that gives every line the aggregate of its group, or of the whole frame without groups."""
    return value.over(*groups) if groups else value


def fraction(part: Any, whole: Any, usable: Any) -> Any:
    """Return an amount divided by a total, with at most 1 despite rounding; null if the fraction has no meaning."""
    return nw.when(usable & (part < whole)).then(part / whole).otherwise(nw.when(usable).then(nw.lit(1.0)))
