"""The shares of purchases and of energy that come from abroad, for columns of data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import narwhals as nw

from natoburden.frames._arguments import column, keep_apart, names
from natoburden.frames._columns import Columns
from natoburden.frames._engine import opened
from natoburden.frames._lines import AMOUNT, CURRENCY, KEY, ORIGIN, PART_OF, SUM, fraction, lines_of
from natoburden.frames._look import Look, refuse

__all__ = ["import_dependency", "import_share"]

F = TypeVar("F")

_SIDE = "natoburden_side"
_SIDES = ("domestic", "foreign", "unknown")


def import_share(
    lines: F,
    *,
    buyer: str = "buyer",
    supplier: str = ORIGIN,
    within: str | Sequence[str] = (),
    amount: str = AMOUNT,
    part: str | None = None,
    currency: str | None = CURRENCY,
    key: str = KEY,
    part_of: str | None = PART_OF,
) -> F:
    """Compute the share of purchases from abroad: from suppliers that are not in the buyer's country.

    Buyers and suppliers are alpha-3 codes; anything else, such as a name, is refused. If the buyer or the supplier is
    null, the amount counts as unknown. Amounts, `part`, `currency`, `key` and `part_of` work as in `supplier_shares`.

    Returns the columns of the groups, and the amounts ``domestic``, ``foreign``, ``unknown`` and ``total``. The share
    from abroad is an interval: ``low`` assumes that all unknown amounts are domestic, and ``high`` that all unknown
    amounts are foreign. ``low`` and ``high`` are null if the total is not positive, or if amendments make the domestic,
    foreign or unknown amount negative. Raises `FrameError`.

    The tests check that `dependency.import_share` gives the same result for contracts.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"buyer": ["POL"] * 3, "supplier": ["USA", "POL", None], "amount": [2.0, 1.0, 1.0]})
    >>> import_share(lines, within="buyer").rows(named=True)[0]["low"]
    0.5
    """
    groups = names(within, "within")
    keep_apart(groups, (*_SIDES, "total", "low", "high"))
    found = lines_of(
        lines,
        countries=(column(buyer, "buyer"), column(supplier, "supplier")),
        within=within,
        amount=amount,
        part=part,
        currency=currency,
        key=key,
        part_of=part_of,
        uncounted=True,
    )
    who, whose = nw.col(supplier), nw.col(buyer)
    nobody_knows = who.is_null() | whose.is_null()
    domestic, foreign, unknown = (nw.lit(side) for side in _SIDES)
    side = nw.when(nobody_knows).then(unknown).otherwise(nw.when(who == whose).then(domestic).otherwise(foreign))
    # A group without any amount is still a group.
    counted = nw.when(nw.col(SUM).is_null()).then(nw.lit(0)).otherwise(nw.col(SUM)).alias(SUM)
    sums = found.summed(_SIDE, lines=found.lazy.with_columns(side.alias(_SIDE), counted))
    sums = found.usable(sums, groups)
    split = sums.with_columns(
        *(nw.when(nw.col(_SIDE) == name).then(nw.col(SUM)).otherwise(nw.lit(0)).alias(name) for name in _SIDES),
        nw.when(nw.col("natoburden_usable")).then(nw.lit(1)).otherwise(nw.lit(0)).alias("natoburden_usable"),
    )
    wanted = [*(nw.col(name).sum() for name in _SIDES), nw.col("total").max(), nw.col("natoburden_usable").max()]
    added = split.group_by(*groups).agg(*wanted) if groups else split.select(*wanted)
    if found.is_whole:
        added = added.with_columns(nw.col(*_SIDES).cast(nw.Int64))
    total, means = nw.col("total"), nw.col("natoburden_usable") > 0
    result = added.select(
        *groups,
        *_SIDES,
        "total",
        fraction(nw.col("foreign"), total, means).alias("low"),
        fraction(nw.col("foreign") + nw.col("unknown"), total, means).alias("high"),
    )
    return found.frame.close(result, groups)


def import_dependency(
    balances: F, *, imports: str = "imports", exports: str = "exports", available: str = "available"
) -> F:
    """Compute Eurostat's import dependency, net imports divided by available energy, as the column ``dependency``.

    The result is a fraction: it is below 0 for a net exporter, and above 1 if stocks are built up. The result is null
    if imports, exports or available energy are null or NaN, or if available energy is zero. A null export does not
    count as zero. Raises `FrameError`.

    The tests check that `energy.dependency_ratio` gives the same result.

    >>> import polars as pl
    >>> import_dependency(pl.DataFrame({"imports": [900], "exports": [200], "available": [1400]}))["dependency"].item()
    0.5
    """
    frame = opened(balances)
    terms = [column(imports, "imports"), column(exports, "exports"), column(available, "available")]
    columns = Columns(frame, numbers=terms)
    look = Look(columns)
    for name in terms:
        look.finite(name)
    refuse(columns, look.faults(look.answers()))
    whole = columns.real(available)
    ratio = nw.when(whole != 0).then((columns.real(imports) - columns.real(exports)) / whole)
    return frame.close_rows(columns.frame.lazy.with_columns(ratio.alias("dependency")), "dependency")
