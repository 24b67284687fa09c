"""The shares of suppliers, for columns of data, by any keys and within any groups; unknown suppliers are included."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import narwhals as nw

from natoburden.calculators.dependency import SupplierBloc
from natoburden.errors import FrameError
from natoburden.frames._arguments import column, keep_apart, names, period
from natoburden.frames._columns import Columns
from natoburden.frames._engine import opened
from natoburden.frames._lines import AMOUNT, CURRENCY, KEY, ORIGIN, PART_OF, SUM, YEAR, fraction, lines_of
from natoburden.frames._look import Look, refuse
from natoburden.frames._places import in_bloc

__all__ = ["checked_keys", "coverage", "known", "supplier_blocs", "supplier_shares"]

F = TypeVar("F")


def supplier_shares(
    lines: F,
    *,
    by: str | Sequence[str] = ORIGIN,
    within: str | Sequence[str] = (),
    amount: str = AMOUNT,
    part: str | None = None,
    year: str = YEAR,
    since: int | None = None,
    until: int | None = None,
    window: int | None = None,
    currency: str | None = CURRENCY,
    key: str = KEY,
    part_of: str | None = PART_OF,
) -> F:
    """Compute suppliers' shares: the amount for each value of the keys `by`, and its share of the group's total.

    `within` lists the columns that form the groups, such as ``"buyer"`` or ``("buyer", "year")``. Lines with a null in
    a column of `within` form a group too. The shares of each group of lines add up to one. A null in a key of `by` is
    an unknown supplier. The unknown supplier has its own row, is included in the total, and is never divided among
    known suppliers. Lines without an amount, or with NaN, are left out. Negative amounts are amendments, and are added
    with their sign. `part` is the column with the fraction of a line's amount that comes from the supplier. `since` and
    `until` are the first and last `year`. With a `window` of n years, each year's shares include that year and the n −
    1 years before it; `year` is the last year of the window.

    With the columns `key` and `part_of`, a line is left out if its contract is part of a larger contract in the same
    group. With the column `currency`, a group must not have amounts in several currencies: `convert` the amounts first.
    Pass ``currency=None`` if all amounts are in one currency. For amounts at prices of several years, use `deflate`
    first.

    Returns the keys, ``amount``, ``total``, ``share`` (a fraction) and ``coverage``, which is the fraction of the total
    from known suppliers. In a group, ``share`` and ``coverage`` are null if the total is not positive, or if amendments
    make a supplier's amount negative. The rows of an eager frame are sorted, the largest first. The values of a lazy
    frame are checked once; the frame stays lazy. Raises one `FrameError` that lists all faults.

    `dependency.supplier_shares` gives the same result for contracts; the tests compare both functions.

    >>> import polars as pl
    >>> lines = pl.DataFrame(
    ...     {"buyer": ["POL"] * 4, "supplier": ["USA", "KOR", "USA", None], "amount": [4.0, 2.0, 1.0, 1.0]}
    ... )
    >>> supplier_shares(lines, within="buyer").select("supplier", "share", "coverage").rows()
    [('USA', 0.625, 0.875), ('KOR', 0.25, 0.875), (None, 0.125, 0.875)]
    """
    asked = period(since, until, window)
    keys = checked_keys(by, within)
    keep_apart((*keys, *names(within, "within"), *([year] if window else [])), ("amount", "total", "share", "coverage"))
    found = lines_of(
        lines,
        keys=keys,
        within=within,
        amount=amount,
        part=part,
        year=year,
        asked=asked,
        currency=currency,
        key=key,
        part_of=part_of,
    )
    sums = found.usable(found.summed(*keys), found.groups)
    located = nw.when(known(keys)).then(nw.col(SUM)).otherwise(nw.lit(0)).alias("natoburden_known")
    sums = sums.with_columns(located).with_columns(
        found.whole_of(nw.col("natoburden_known"), found.groups).alias("natoburden_known")
    )
    total, means = nw.col("total"), nw.col("natoburden_usable")
    shares = sums.select(
        *found.groups,
        *keys,
        nw.col(SUM).alias("amount"),
        "total",
        fraction(nw.col(SUM), total, means).alias("share"),
        fraction(nw.col("natoburden_known"), total, means).alias("coverage"),
    )
    return found.frame.close(shares, found.groups, "amount", keys)


def checked_keys(by: str | Sequence[str], within: str | Sequence[str]) -> tuple[str, ...]:
    """Return the keys `by`; raises `FrameError` for an empty `by`, or for a key that is also in `within`."""
    keys = names(by, "by")
    if not keys:
        raise FrameError(("by names no column",), (), "say whose shares: by='supplier'")
    if both := [name for name in keys if name in names(within, "within")]:
        raise FrameError(
            tuple(f"column {name!r} is in by and in within" for name in both), (), "name it in one of them"
        )
    return keys


def known(keys: Sequence[str]) -> Any:
    """Return whether every key of a line is known."""
    return ~nw.any_horizontal(*(nw.col(name).is_null() for name in keys), ignore_nulls=True)


def coverage(
    lines: F,
    *,
    within: str | Sequence[str] = (),
    by: str | Sequence[str] = ORIGIN,
    amount: str = AMOUNT,
    year: str | None = None,
    currency: str | None = CURRENCY,
    key: str = KEY,
    part_of: str | None = PART_OF,
) -> F:
    """Compute how many lines shares are based on: all lines, lines with an amount, and lines that also have a supplier.

    The arguments, and the lines that count, are the same as for `supplier_shares`. Returns the groups, and the numbers
    of all lines (``lines``), of lines with an amount (``counted``), and of lines with an amount and a supplier
    (``located``). Also returns the sum of all amounts (``total``) and, with the column `year`, the ``first_year`` and
    ``last_year`` of the counted lines. Use this function first: shares may be based on only some of the lines. Raises
    `FrameError`.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"supplier": ["USA", None, "USA"], "amount": [4.0, 3.0, None]})
    >>> coverage(lines).rows(named=True)
    [{'lines': 3, 'counted': 2, 'located': 1, 'total': 7.0}]
    """
    keys = checked_keys(by, within)
    ends = [] if year is None else ["first_year", "last_year"]
    keep_apart(names(within, "within"), ("lines", "counted", "located", "total", *ends))
    found = lines_of(
        lines,
        keys=keys,
        within=within,
        amount=amount,
        year=YEAR if year is None else year,
        dated=year is not None,
        currency=currency,
        key=key,
        part_of=part_of,
        uncounted=True,
    )
    counted, one, none = ~nw.col(SUM).is_null(), nw.lit(1), nw.lit(0)
    # Some engines ignore a condition inside agg, so the condition becomes a column first.
    marked = found.lazy.select(
        *found.groups,
        one.alias("lines"),
        nw.when(counted).then(one).otherwise(none).alias("counted"),
        nw.when(counted & known(keys)).then(one).otherwise(none).alias("located"),
        nw.when(counted).then(nw.col(SUM)).otherwise(none).alias("total"),
        *(nw.when(counted).then(nw.col(YEAR if year is None else year)).alias(name) for name in ends),
    )
    sums = [nw.col(name).sum() for name in ("lines", "counted", "located", "total")]
    sums += [nw.col(name).min() if name == "first_year" else nw.col(name).max() for name in ends]
    added = marked.group_by(*found.groups).agg(*sums) if found.groups else marked.select(*sums)
    wholes = ["lines", "counted", "located", *(["total"] if found.is_whole else [])]
    return found.frame.close(added.with_columns(nw.col(*wholes).cast(nw.Int64)), found.groups)


def supplier_blocs(lines: F, *, supplier: str = ORIGIN, year: str | None = YEAR, named: str = "bloc") -> F:
    """Add the bloc of each supplier as the column ``bloc``: EU and EEA-EFTA, United Kingdom, United States, or other.

    Suppliers are alpha-3 codes, and anything else, such as a name, is refused. A null supplier is unknown, and its bloc
    is null. Memberships in the line's `year` decide; with ``year=None``, current memberships decide. Raises
    `FrameError`.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"supplier": ["NOR", "GBR", "KOR", None], "year": [2024] * 4})
    >>> supplier_blocs(lines)["bloc"].to_list()
    ['EU and EEA-EFTA', 'United Kingdom', 'other', None]
    """
    frame = opened(lines)
    column(named, "named")
    years = [] if year is None else [column(year, "year")]
    columns = Columns(frame, texts=[column(supplier, "supplier")], years=years)
    look = Look(columns)
    look.countries(supplier)
    refuse(columns, look.faults(look.answers()))
    who, when = columns.text(supplier), None if year is None else columns.year(year)
    bloc = (
        nw.when(who == "GBR")
        .then(nw.lit(str(SupplierBloc.UNITED_KINGDOM)))
        .otherwise(
            nw.when(who == "USA")
            .then(nw.lit(str(SupplierBloc.UNITED_STATES)))
            .otherwise(
                nw.when(in_bloc(("EU", "EEA-EFTA"), who, when))
                .then(nw.lit(str(SupplierBloc.EUROPEAN)))
                .otherwise(nw.when(~who.is_null()).then(nw.lit(str(SupplierBloc.OTHER))))
            )
        )
    )
    return frame.close_rows(columns.frame.lazy.with_columns(bloc.alias(named)), named)
