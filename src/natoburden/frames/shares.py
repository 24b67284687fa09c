"""Who supplies, over columns: shares by any keys, within any groups, with what is unknown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import narwhals as nw

from natoburden.calculators.dependency import SupplierBloc
from natoburden.errors import UnexpectedValueError
from natoburden.frames._engine import Opened, opened
from natoburden.frames._places import in_bloc

__all__ = [
    "AMOUNT",
    "ORIGIN",
    "YEAR",
    "amounts_by",
    "coverage",
    "keep_apart",
    "names",
    "supplier_blocs",
    "supplier_shares",
]

F = TypeVar("F")

ORIGIN, YEAR, AMOUNT = "supplier", "year", "amount"


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
) -> F:
    """Compute who supplies: the amount under each of the keys `by`, and its share of all within a group.

    `within` names the groups whose shares add up to one, such as ``"buyer"`` or ``("buyer", "year")``. A null in a key
    of `by` is an unknown supplier: a row of its own, in the whole and never divided among the others. Lines without
    an amount are left out; negative ones, amendments, are added. `part` names the column with the fraction of a line
    that comes from the supplier. `since` and `until` are the first and last `year`. With a `window` of n years, each
    year's shares are of that year and the n − 1 before it; `year` is then the last of them.

    Gives the keys, ``amount``, ``total``, ``share`` (a fraction; null where the whole is nothing) and ``coverage``, the
    known part of the whole. An eager frame comes back in order, the largest first; a lazy one stays lazy. Amounts must
    be of one currency and basis: `convert` and `deflate` first. Raises `FrameError`.

    The same as `dependency.supplier_shares` on contracts, which is its test.

    >>> import polars as pl
    >>> lines = pl.DataFrame(
    ...     {"buyer": ["POL"] * 4, "supplier": ["USA", "KOR", "USA", None], "amount": [4.0, 2.0, 1.0, 1.0]}
    ... )
    >>> supplier_shares(lines, within="buyer").select("supplier", "share", "coverage").rows()
    [('USA', 0.625, 0.875), ('KOR', 0.25, 0.875), (None, 0.125, 0.875)]
    """
    frame = opened(lines)
    keys, groups = names(by), names(within)
    keep_apart((*keys, *groups), ("amount", "total", "share", "coverage"))
    amounts = amounts_by(frame, keys, groups, amount, part, year, since, until, window)
    if window is not None and year not in groups:
        groups = (*groups, year)
    return frame.close(_shares(amounts, keys, groups), groups, "amount", keys)


def amounts_by(
    frame: Opened[Any],
    keys: tuple[str, ...],
    groups: tuple[str, ...],
    amount: str,
    part: str | None,
    year: str,
    since: int | None,
    until: int | None,
    window: int | None,
) -> Any:
    """Add up the amount under every key within every group, as the column ``amount``."""
    if not keys or set(keys) & set(groups):
        raise UnexpectedValueError("keys", ", ".join(keys) or "none", "name columns that are not in within")
    if window is not None and window < 1:
        raise UnexpectedValueError("a window", str(window), "it has one year or more")
    asks_years = window is not None or since is not None or until is not None
    frame.need(
        texts=[name for name in keys if name != year],
        numbers=[amount, *([part] if part else [])],
        years=[year] if asks_years or year in (*keys, *groups) else [],
    )
    frame.need_no_nulls([*groups, *([year] if asks_years else []), *([part] if part else [])])
    found = frame.lazy
    years = nw.col(year)
    if since is not None:
        found = found.filter(years >= (since - window + 1 if window else since))
    if until is not None:
        found = found.filter(years <= until)
    value = nw.col(amount) * nw.col(part) if part else nw.col(amount)
    grouping = list(dict.fromkeys([*groups, *([year] if window else []), *keys]))
    found = found.select(*grouping, value.alias("amount")).filter(~nw.col("amount").is_null())
    summed = found.group_by(*grouping).agg(nw.col("amount").sum())
    return summed if window is None else _rolled(summed, grouping, year, window, since, until)


def _rolled(summed: Any, grouping: Sequence[str], year: str, window: int, since: int | None, until: int | None) -> Any:
    """Add up calendar windows: a year's amounts belong to those that end in it, and up to n − 1 years later.

    Windows end in years that the lines have, or up to `until` where it is given.
    """
    shifted = nw.concat([summed.with_columns((nw.col(year) + later).alias(year)) for later in range(window)])
    rest = [name for name in grouping if name != year]
    if until is not None:
        shifted = shifted.filter(nw.col(year) <= until)
    else:
        last = summed.select(nw.col(year).max().alias("natoburden_last"))
        shifted = shifted.join(last, how="cross").filter(nw.col(year) <= nw.col("natoburden_last"))
    if since is not None:
        shifted = shifted.filter(nw.col(year) >= since)
    return shifted.group_by(*rest, year).agg(nw.col("amount").sum())


def _shares(amounts: Any, keys: tuple[str, ...], groups: tuple[str, ...]) -> Any:
    known = ~nw.any_horizontal(*(nw.col(name).is_null() for name in keys), ignore_nulls=True)
    marked = amounts.with_columns(nw.when(known).then(nw.col("amount")).otherwise(0).alias("natoburden_known"))
    whole, part = nw.col("amount").sum(), nw.col("natoburden_known").sum()
    if groups:
        whole, part = whole.over(*groups), part.over(*groups)
    marked = marked.with_columns(whole.alias("total"), part.alias("natoburden_known"))
    total = nw.col("total")
    return marked.select(
        *groups,
        *keys,
        "amount",
        "total",
        nw.when(total != 0).then(nw.col("amount") / total).alias("share"),
        nw.when(total != 0).then(nw.col("natoburden_known") / total).alias("coverage"),
    )


def coverage(
    lines: F, *, within: str | Sequence[str] = (), by: str | Sequence[str] = ORIGIN, amount: str = AMOUNT
) -> F:
    """Count what shares rest on: lines, those with an amount, and those that also have a known supplier.

    Gives the groups, ``lines``, ``counted``, ``located`` and ``total`` (the sum of the counted). A share of a half of
    the lines may be a share of nothing: look here first. Raises `FrameError`.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"supplier": ["USA", None, "USA"], "amount": [4.0, 3.0, None]})
    >>> coverage(lines).rows(named=True)
    [{'lines': 3, 'counted': 2, 'located': 1, 'total': 7.0}]
    """
    frame = opened(lines)
    keys, groups = names(by), names(within)
    keep_apart(groups, ("lines", "counted", "located", "total"))
    frame.need(texts=keys, numbers=[amount])
    frame.need_no_nulls(groups)
    known = ~nw.any_horizontal(*(nw.col(name).is_null() for name in keys), ignore_nulls=True)
    counted = ~nw.col(amount).is_null()
    # A condition inside agg is ignored by some engines: it stands in a column first.
    marked = frame.lazy.select(
        *groups,
        nw.lit(1).alias("lines"),
        nw.when(counted).then(nw.lit(1)).otherwise(nw.lit(0)).alias("counted"),
        nw.when(counted & known).then(nw.lit(1)).otherwise(nw.lit(0)).alias("located"),
        nw.col(amount).alias("total"),
    )
    sums = [nw.col(name).sum() for name in ("lines", "counted", "located", "total")]
    found = marked.group_by(*groups).agg(*sums) if groups else marked.select(*sums)
    return frame.close(found, groups)


def supplier_blocs(lines: F, *, supplier: str = ORIGIN, year: str | None = YEAR, named: str = "bloc") -> F:
    """Add the bloc of each supplier: EU and EEA-EFTA, United Kingdom, United States, or other.

    Suppliers are alpha-3 codes; any other text is ``other``, and null stays null: unknown. Memberships are those of
    the line's `year`, or with ``year=None`` those still open. Raises `FrameError`.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"supplier": ["NOR", "GBR", "KOR", None], "year": [2024] * 4})
    >>> supplier_blocs(lines)["bloc"].to_list()
    ['EU and EEA-EFTA', 'United Kingdom', 'other', None]
    """
    frame = opened(lines)
    frame.need(texts=[supplier], years=[year] if year else [])
    who = nw.col(supplier)
    bloc = (
        nw.when(who == "GBR")
        .then(nw.lit(str(SupplierBloc.UNITED_KINGDOM)))
        .otherwise(
            nw.when(who == "USA")
            .then(nw.lit(str(SupplierBloc.UNITED_STATES)))
            .otherwise(
                nw.when(in_bloc(("EU", "EEA-EFTA"), supplier, year))
                .then(nw.lit(str(SupplierBloc.EUROPEAN)))
                .otherwise(nw.when(~who.is_null()).then(nw.lit(str(SupplierBloc.OTHER))))
            )
        )
    )
    return frame.close(frame.lazy.with_columns(bloc.alias(named)))


def names(given: str | Sequence[str]) -> tuple[str, ...]:
    """Give one name or several as several."""
    return (given,) if isinstance(given, str) else tuple(dict.fromkeys(given))


def keep_apart(keys: Sequence[str], results: Sequence[str]) -> None:
    """Refuse keys and groups that bear the name of a result's own column."""
    if same := [name for name in keys if name in results]:
        raise UnexpectedValueError(
            "the name of a group", ", ".join(same), "the result has a column of that name: rename it"
        )
