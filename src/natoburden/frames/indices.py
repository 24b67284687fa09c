"""The concentration of suppliers, computed from columns of data; with unknown suppliers, the result is an interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import narwhals as nw

from natoburden.frames._arguments import keep_apart, names, period, whole
from natoburden.frames._engine import ROW
from natoburden.frames._lines import AMOUNT, CURRENCY, KEY, ORIGIN, PART_OF, SUM, YEAR, fraction, lines_of
from natoburden.frames.shares import checked_keys, known

__all__ = ["concentration"]

F = TypeVar("F")

_ALL, _ORDER, _RANK = "natoburden_all", "natoburden_order", "natoburden_rank"


def concentration(
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
    top: int | Sequence[int] = (1, 4),
    currency: str | None = CURRENCY,
    key: str = KEY,
    part_of: str | None = PART_OF,
) -> F:
    """Compute the Herfindahl-Hirschman index, the effective number of suppliers, and the share of the largest ones.

    The arguments are those of `supplier_shares`. The result has these columns:

    - the groups, ``suppliers`` (the number of known suppliers), ``total``, and ``unknown`` (a fraction of the total)
    - ``hhi_low`` and ``hhi_high``, the index from 0 to 1: the low end assumes that the unknown amount comes from many
      small suppliers, and the high end assumes that the unknown amount comes from the largest supplier
    - ``effective_low`` and ``effective_high``, which are 1/HHI, and null if no supplier is known
    - ``cr<k>_low`` and ``cr<k>_high`` for each k of `top`: the share of the k largest suppliers, without and with the
      unknown amount

    Suppliers with equal amounts are ranked by name. The results of a group are null if the group's total is not
    positive, or if amendments make a supplier's amount negative. Raises `FrameError`.

    The library's tests check that `concentration.concentration` gives the same result as this function.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"supplier": ["USA", "KOR", None], "amount": [4.0, 3.0, 1.0]})
    >>> concentration(lines, top=1).rows(named=True)[0]["hhi_low"], concentration(lines)["cr1_high"].item()
    (0.390625, 0.625)
    """
    asked = period(since, until, window)
    keys = checked_keys(by, within)
    sizes = tuple(dict.fromkeys(whole(size, "top", 1) for size in (top if isinstance(top, Sequence) else (top,))))
    keep_apart((*keys, *names(within, "within"), *([year] if window else [])), _columns(sizes))
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
    # Without named groups, all lines are one group.
    sums = found.summed(*keys)
    groups = found.groups or (_ALL,)
    sums = found.usable(sums if found.groups else sums.with_columns(nw.lit(1).alias(_ALL)), groups)
    measured = _measures(_with_shares(sums, keys), keys, groups, sizes, is_eager=found.frame.is_eager)
    return found.frame.close(measured.select(*found.groups, *_columns(sizes)), found.groups)


def _columns(sizes: Sequence[int]) -> list[str]:
    tops = [f"cr{size}_{end}" for size in sizes for end in ("low", "high")]
    return ["suppliers", "total", "unknown", "hhi_low", "hhi_high", "effective_low", "effective_high", *tops]


def _with_shares(sums: Any, keys: Sequence[str]) -> Any:
    """Add a column with the share of each known supplier, and a column with the share of the unknown supplier."""
    is_known, none = known(keys), nw.lit(0.0)
    share = fraction(nw.col(SUM), nw.col("total"), nw.col("natoburden_usable"))
    shares = sums.with_columns(share.alias("natoburden_fraction"))
    marked = shares.with_columns(
        nw.when(is_known).then(nw.col("natoburden_fraction")).otherwise(none).alias("natoburden_share"),
        nw.when(is_known).then(none).otherwise(nw.col("natoburden_fraction")).alias("unknown"),
        nw.when(is_known).then(nw.lit(1)).otherwise(nw.lit(0)).alias("suppliers"),
        nw.when(nw.col("natoburden_usable")).then(nw.lit(1)).otherwise(nw.lit(0)).alias("natoburden_measured"),
    )
    return marked.with_columns((nw.col("natoburden_share") * nw.col("natoburden_share")).alias("natoburden_square"))


def _measures(shares: Any, keys: Sequence[str], groups: Sequence[str], sizes: Sequence[int], *, is_eager: bool) -> Any:
    ranked = _ranked(shares, keys, groups, is_eager=is_eager) if any(size > 1 for size in sizes) else shares
    tops = {size: "natoburden_largest" if size == 1 else f"natoburden_top{size}" for size in sizes}
    leading = [
        nw.when(nw.col(_RANK) <= size).then(nw.col("natoburden_share")).otherwise(nw.lit(0.0)).alias(name)
        for size, name in tops.items()
        if size > 1
    ]
    marked = ranked.with_columns(*leading) if leading else ranked
    sums = ["suppliers", "unknown", "natoburden_square", *(name for size, name in tops.items() if size > 1)]
    found = marked.group_by(*groups).agg(
        *(nw.col(name).sum() for name in sums),
        nw.col("total").max(),
        nw.col("natoburden_measured").max(),
        nw.col("natoburden_share").max().alias("natoburden_largest"),
    )
    means, unknown = nw.col("natoburden_measured") > 0, nw.col("unknown")
    spread = nw.col("natoburden_square") + unknown * (2 * nw.col("natoburden_largest") + unknown)
    found = found.with_columns(
        nw.col("suppliers").cast(nw.Int64),
        _within_one(unknown, means).alias("unknown"),
        _within_one(nw.col("natoburden_square"), means).alias("hhi_low"),
        _within_one(spread, means).alias("hhi_high"),
        *(_within_one(nw.col(name), means).alias(f"cr{size}_low") for size, name in tops.items()),
        *(_within_one(nw.col(name) + unknown, means).alias(f"cr{size}_high") for size, name in tops.items()),
    )
    ratios = means & (nw.col("hhi_low") > 0)
    return found.with_columns(
        nw.when(ratios).then(1 / nw.col("hhi_high")).alias("effective_low"),
        nw.when(ratios).then(1 / nw.col("hhi_low")).alias("effective_high"),
    )


def _within_one(value: Any, means: Any) -> Any:
    """Return a sum of fractions, with at most 1 despite rounding; null if the sum has no meaning."""
    return nw.when(means & (value < 1)).then(value).otherwise(nw.when(means).then(nw.lit(1.0)))


def _ranked(shares: Any, keys: Sequence[str], groups: Sequence[str], *, is_eager: bool) -> Any:
    """Return the suppliers of each group with ranks: by amount, then by name; the unknown supplier comes last.

    The sums are computed only once and then numbered, since the last digits may differ if an engine computes them
    twice.
    """
    order = nw.when(known(keys)).then(nw.col("natoburden_share") * -1).otherwise(nw.lit(1.0)).alias(_ORDER)
    marked = shares.with_columns(order, nw.lit(1).alias(_RANK))
    implementation = shares.implementation
    if is_eager:
        return _numbered(marked.collect(), groups, (_ORDER, *keys)).lazy()
    if implementation.is_dask():  # Dask has no ordered windows, so the few sums go into one partition
        import pandas as pd  # type: ignore[import-untyped] # it ships no types

        def number(part: pd.DataFrame) -> pd.DataFrame:
            return _numbered(nw.from_native(part, eager_only=True), groups, (_ORDER, *keys)).to_native()

        return nw.from_native(marked.to_native().repartition(npartitions=1).map_partitions(number))
    return marked.with_columns(nw.col(_RANK).cum_sum().over(*groups, order_by=[_ORDER, *keys]).alias(_RANK))


def _numbered(sums: Any, groups: Sequence[str], order: Sequence[str]) -> Any:
    placed = sums.sort(*groups, *order, nulls_last=True).with_row_index(ROW)
    first = nw.col(ROW).min().over(*groups)
    return (
        placed.with_columns(first.alias(_RANK)).with_columns((nw.col(ROW) - nw.col(_RANK) + 1).alias(_RANK)).drop(ROW)
    )
