"""How concentrated suppliers are, over columns: intervals where a part of the whole is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import narwhals as nw

from natoburden.errors import UnexpectedValueError
from natoburden.frames._engine import opened
from natoburden.frames.shares import AMOUNT, ORIGIN, YEAR, amounts_by, keep_apart, names

__all__ = ["concentration"]

F = TypeVar("F")


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
) -> F:
    """Compute the Herfindahl-Hirschman index, the effective number of suppliers, and the joint share of the largest.

    Takes the arguments of `supplier_shares`. Gives the groups, ``suppliers`` (known ones), ``total``, ``unknown`` (a
    fraction), ``hhi_low`` and ``hhi_high`` (0 to 1: what is unknown spread thinly, or all with the largest supplier),
    ``effective_low`` and ``effective_high`` (1/HHI; null where no supplier is known), and for each k of `top`
    ``cr<k>_low`` and ``cr<k>_high``, the joint share of the k largest without and with what is unknown. A group whose
    whole is not positive has nulls: its shares mean nothing. Raises `FrameError`.

    The same as `concentration.concentration`, which is its test.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"supplier": ["USA", "KOR", None], "amount": [4.0, 3.0, 1.0]})
    >>> concentration(lines, top=1).rows(named=True)[0]["hhi_low"], concentration(lines)["cr1_high"].item()
    (0.390625, 0.625)
    """
    frame = opened(lines)
    keys, groups = names(by), names(within)
    sizes = (top,) if isinstance(top, int) else tuple(top)
    if not all(type(size) is int and size > 0 for size in sizes):
        raise UnexpectedValueError("numbers of suppliers", str(top), "whole numbers from 1")
    keep_apart((*keys, *groups), _columns(sizes))
    amounts = amounts_by(frame, keys, groups, amount, part, year, since, until, window)
    if window is not None and year not in groups:
        groups = (*groups, year)
    # Groups of their own need a key to join on: all lines are one group where none is named.
    amounts = amounts.with_columns(nw.col(name).cast(nw.String) for name in keys)  # categories have no order to rank by
    spread = amounts if groups else amounts.with_columns(nw.lit(1).alias("natoburden_all"))
    inner = groups or ("natoburden_all",)
    found = _measures(spread, keys, inner, sizes)
    found = found.select(*groups, *_columns(sizes))
    return frame.close(found, groups)


def _columns(sizes: Sequence[int]) -> list[str]:
    tops = [f"cr{size}_{end}" for size in sizes for end in ("low", "high")]
    return ["suppliers", "total", "unknown", "hhi_low", "hhi_high", "effective_low", "effective_high", *tops]


def _measures(amounts: Any, keys: tuple[str, ...], groups: tuple[str, ...], sizes: Sequence[int]) -> Any:
    known = ~nw.any_horizontal(*(nw.col(name).is_null() for name in keys), ignore_nulls=True)
    one, nothing = nw.lit(1.0), nw.lit(0.0)
    shares = amounts.with_columns(nw.col("amount").sum().over(*groups).alias("total")).with_columns(
        nw.when(nw.col("total") > 0).then(nw.col("amount") / nw.col("total")).alias("share"),
    )
    marked = shares.with_columns(
        nw.when(known).then(nw.col("share")).otherwise(nothing).alias("known_share"),
        nw.when(known).then(one).otherwise(nothing).alias("is_known"),
    ).with_columns((nw.col("known_share") * nw.col("known_share")).alias("square"))
    aggregates = marked.group_by(*groups).agg(
        nw.col("is_known").sum().alias("suppliers"),
        nw.col("total").max(),
        nw.col("known_share").sum().alias("known"),
        nw.col("square").sum().alias("hhi_low"),
        nw.col("known_share").max().alias("largest"),
    )
    for size in sizes:
        if size > 1:
            leading = _leading(marked, keys, groups, size)
            aggregates = aggregates.join(leading, on=list(groups), how="left")
    unknown = 1 - nw.col("known")
    measured = nw.col("total") > 0
    high = nw.col("hhi_low") + unknown * (2 * nw.col("largest") + unknown)
    found = aggregates.with_columns(
        nw.col("suppliers").cast(nw.Int64),
        nw.when(measured).then(unknown).alias("unknown"),
        nw.when(measured).then(high).alias("hhi_high"),
        nw.when(measured).then(nw.col("hhi_low")).alias("hhi_low"),
    )
    ratios = nw.col("hhi_low") > 0
    tops = []
    for size in sizes:
        low = nw.col("largest") if size == 1 else nw.col(f"natoburden_top{size}").fill_null(0.0)
        tops += [
            nw.when(measured).then(low).alias(f"cr{size}_low"),
            nw.when(measured).then(low + nw.col("unknown")).alias(f"cr{size}_high"),
        ]
    return found.with_columns(
        nw.when(ratios).then(1 / nw.col("hhi_high")).alias("effective_low"),
        nw.when(ratios).then(1 / nw.col("hhi_low")).alias("effective_high"),
        *tops,
    )


def _leading(marked: Any, keys: tuple[str, ...], groups: tuple[str, ...], size: int) -> Any:
    """Add up the shares of the largest: those with fewer than so many before them, by share and then by name.

    Ranks over groups are not in every engine, a join of a group with itself is.
    """
    known = marked.filter(nw.col("is_known") > 0).select(*groups, *keys, "known_share")
    other = known.select(
        *groups,
        nw.col("known_share").alias("natoburden_share"),
        *(nw.col(name).alias(f"natoburden_{name}") for name in keys),
    )
    before = nw.col("natoburden_share") > nw.col("known_share")
    tied = nw.col("natoburden_share") == nw.col("known_share")
    for name in keys:
        before = before | (tied & (nw.col(f"natoburden_{name}") < nw.col(name)))
        tied = tied & (nw.col(f"natoburden_{name}") == nw.col(name))
    ranked = (
        known.join(other, on=list(groups), how="inner")
        .with_columns(nw.when(before).then(nw.lit(1)).otherwise(nw.lit(0)).alias("natoburden_before"))
        .group_by(*groups, *keys)
        .agg(nw.col("natoburden_before").sum(), nw.col("known_share").max())
    )
    leading = ranked.filter(nw.col("natoburden_before") < size)
    return leading.group_by(*groups).agg(nw.col("known_share").sum().alias(f"natoburden_top{size}"))
