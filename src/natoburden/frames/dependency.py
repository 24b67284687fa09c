"""What comes from abroad, and what a rule of content lets through, over columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import narwhals as nw

from natoburden.calculators.eligibility import Verdict
from natoburden.frames._engine import opened
from natoburden.frames._places import spans_of, where
from natoburden.frames.shares import AMOUNT, ORIGIN, YEAR, keep_apart, names
from natoburden.model._checks import expect
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc
from natoburden.model.procurement_rules import ContentRule

__all__ = ["eligibility_split", "import_dependency", "import_share"]

F = TypeVar("F")

_SLACK = 1e-9  # parts of a contract add up to a bound but for the last digits of a float


def import_share(
    lines: F,
    *,
    buyer: str = "buyer",
    supplier: str = ORIGIN,
    within: str | Sequence[str] = (),
    amount: str = AMOUNT,
    part: str | None = None,
) -> F:
    """Compute how much of purchases comes from abroad: where the supplier's country is not the buyer's.

    Gives the groups, ``domestic``, ``foreign``, ``unknown`` and ``total``, and the share from abroad as an interval:
    ``low`` and ``high``, with what is unknown at home or abroad; null where the whole is nothing. Raises `FrameError`.

    The same as `dependency.import_share` on contracts, which is its test.

    >>> import polars as pl
    >>> lines = pl.DataFrame({"buyer": ["POL"] * 3, "supplier": ["USA", "POL", None], "amount": [2.0, 1.0, 1.0]})
    >>> import_share(lines, within="buyer").rows(named=True)[0]["low"]
    0.5
    """
    frame = opened(lines)
    groups = names(within)
    keep_apart(groups, ("domestic", "foreign", "unknown", "total", "low", "high"))
    frame.need(texts=[buyer, supplier], numbers=[amount, *([part] if part else [])])
    frame.need_no_nulls(dict.fromkeys([*groups, buyer]))
    value = nw.col(amount) * nw.col(part) if part else nw.col(amount)
    who, whose, nothing = frame.text(supplier), frame.text(buyer), nw.lit(0)
    is_domestic = who == whose
    is_foreign = ~who.is_null() & (who != whose)  # to some engines null is not equal, and so unequal
    marked = frame.lazy.with_columns(value.alias("total")).select(
        *groups,
        "total",
        nw.when(is_domestic).then(nw.col("total")).otherwise(nothing).alias("domestic"),
        nw.when(is_foreign).then(nw.col("total")).otherwise(nothing).alias("foreign"),
        nw.when(who.is_null()).then(nw.col("total")).otherwise(nothing).alias("unknown"),
    )
    found = _summed(marked, groups, ("domestic", "foreign", "unknown", "total"))
    total = nw.col("total")
    found = found.with_columns(
        nw.when(total != 0).then(nw.col("foreign") / total).alias("low"),
        nw.when(total != 0).then((nw.col("foreign") + nw.col("unknown")) / total).alias("high"),
    )
    return frame.close(found, groups)


def import_dependency(
    balances: F, *, imports: str = "imports", exports: str = "exports", available: str = "available"
) -> F:
    """Add net imports over what is available, as Eurostat defines energy import dependency: the column ``dependency``.

    A fraction: below 0 for a net exporter, above 1 where stocks are built; null where a term is, or nothing is
    available. No export on record is not an export of nothing. Raises `FrameError`.

    The same as `energy.dependency_ratio`, which is its test.

    >>> import polars as pl
    >>> import_dependency(pl.DataFrame({"imports": [900], "exports": [200], "available": [1400]}))["dependency"].item()
    0.5
    """
    frame = opened(balances)
    frame.need(numbers=[imports, exports, available])
    whole = nw.col(available)
    ratio = nw.when(whole != 0).then((nw.col(imports) - nw.col(exports)) / whole)
    return frame.close(frame.lazy.with_columns(ratio.alias("dependency")))


def eligibility_split(
    lines: F,
    rule: ContentRule,
    *,
    key: str = "key",
    supplier: str = ORIGIN,
    part: str = "part",
    year: str | None = YEAR,
    within: str | Sequence[str] = (),
    amount: str = AMOUNT,
) -> F:
    """Split purchases by what a rule of content says of them: eligible, not eligible, or undecided.

    Lines are parts of contracts: `key` says of which, `part` which fraction of the contract's `amount` comes from the
    supplier. Each line bears its contract's whole amount. Parts that add up to less than one leave a rest that is
    unknown, as is a null supplier; what is unknown decides only where it cannot matter. The boundary passes.
    Memberships are those of the line's `year`, or with ``year=None`` those still open.

    Gives the groups, ``verdict``, ``contracts``, ``amount`` and ``share`` of the group's amount. Raises `FrameError`.

    The same as `eligibility.content_test` contract by contract, which is its test.

    >>> import polars as pl
    >>> from natoburden.datasets import content_rule
    >>> lines = pl.DataFrame(
    ...     {"key": ["a", "a", "b"], "supplier": ["FRA", "USA", "USA"], "part": [0.75, 0.25, 1.0],
    ...      "amount": [3.0, 3.0, 1.0], "year": [2026] * 3}
    ... )
    >>> eligibility_split(lines, content_rule("SAFE")).select("verdict", "contracts", "share").rows()
    [('eligible', 1, 0.75), ('not eligible', 1, 0.25)]
    """
    expect(rule, ContentRule, "a rule of content", "give natoburden.datasets.content_rule('SAFE'), or your own")
    frame = opened(lines)
    groups = names(within)
    keep_apart(groups, ("verdict", "contracts", "amount", "share"))
    frame.need(texts=[key, supplier], numbers=[part, amount], years=[year] if year else [])
    frame.need_no_nulls(dict.fromkeys([*groups, key, part]))
    who, nothing = nw.col(supplier), nw.lit(0.0)
    inside = where(spans_of(lambda when: _inside(rule, when)), supplier, year)
    marked = frame.lazy.filter(~nw.col(amount).is_null()).select(
        *groups,
        key,
        amount,
        nw.when(inside & ~who.is_null()).then(nw.col(part)).otherwise(nothing).alias("natoburden_inside"),
        nw.when(~inside & ~who.is_null()).then(nw.col(part)).otherwise(nothing).alias("natoburden_outside"),
    )
    contracts = marked.group_by(*groups, key).agg(
        nw.col(amount).max().alias("amount"),
        nw.col("natoburden_inside").sum(),
        nw.col("natoburden_outside").sum(),
    )
    most = float(rule.most_outside.as_fraction) + _SLACK
    verdict = (
        nw.when(1 - nw.col("natoburden_inside") <= most)
        .then(nw.lit(str(Verdict.ELIGIBLE)))
        .otherwise(
            nw.when(nw.col("natoburden_outside") > most)
            .then(nw.lit(str(Verdict.NOT_ELIGIBLE)))
            .otherwise(nw.lit(str(Verdict.UNDECIDED)))
        )
    )
    decided = contracts.with_columns(verdict.alias("verdict"), nw.lit(1).alias("contracts"))
    found = decided.group_by(*groups, "verdict").agg(nw.col("contracts").sum(), nw.col("amount").sum())
    total = nw.col("amount").sum().over(*groups) if groups else nw.col("amount").sum()
    found = found.with_columns(total.alias("natoburden_total")).with_columns(
        nw.when(nw.col("natoburden_total") != 0).then(nw.col("amount") / nw.col("natoburden_total")).alias("share")
    )
    found = found.select(*groups, "verdict", "contracts", "amount", "share")
    return frame.close(found, (*groups, "verdict"))


def _inside(rule: ContentRule, when: int) -> list[Country]:
    return [*rule.countries, *(country for key in rule.blocs for country in Bloc.find(key).members(when))]


def _summed(marked: Any, groups: tuple[str, ...], columns: Sequence[str]) -> Any:
    sums = [nw.col(name).sum() for name in columns]
    return marked.group_by(*groups).agg(*sums) if groups else marked.select(*sums)
