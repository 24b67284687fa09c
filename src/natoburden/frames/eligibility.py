"""Sums of purchases that are eligible under a content rule, computed from columns of data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar

import narwhals as nw

from natoburden.calculators.eligibility import Verdict
from natoburden.errors import FrameError
from natoburden.frames._arguments import column, keep_apart, names
from natoburden.frames._engine import collected
from natoburden.frames._lines import AMOUNT, CURRENCY, KEY, ORIGIN, PART_OF, SUM, YEAR, Lines, fraction, lines_of
from natoburden.frames._places import spans_of, where
from natoburden.model._checks import expect
from natoburden.model.countries import Country
from natoburden.model.memberships import Bloc
from natoburden.model.procurement_rules import ContentRule

__all__ = ["eligibility_split"]

F = TypeVar("F")

_SLACK: Final = 1e-9  # parts of a contract add up to a bound, apart from the last digits of a float
_MOST_NAMED: Final = 5
_CONTRACT, _PART, _INSIDE, _OUTSIDE = (f"natoburden_{name}" for name in ("contract", "part", "inside", "outside"))
_HIGHEST, _WITHOUT, _COUNT, _VERDICT = (f"natoburden_{name}" for name in ("highest", "without", "count", "verdict"))
_FIRST, _LAST = "natoburden_first", "natoburden_last"


def eligibility_split(
    lines: F,
    rule: ContentRule,
    *,
    key: str = KEY,
    supplier: str = ORIGIN,
    part: str = "part",
    year: str | None = YEAR,
    within: str | Sequence[str] = (),
    amount: str = AMOUNT,
    currency: str | None = CURRENCY,
    part_of: str | None = PART_OF,
) -> F:
    """Compute the amounts of purchases that are eligible, not eligible or undecided under a content rule.

    Each line describes one supplier of a contract. The column `key` identifies the contract, `supplier` is an alpha-3
    code, and `part` is the supplier's fraction of the contract's `amount`. The amount and the year on each line are
    those of the whole contract. If the fractions of a contract add up to less than one, the remaining fraction has an
    unknown origin. If the supplier on a line is null, the supplier's fraction has an unknown origin. A contract is
    undecided only if the unknown fraction could change the verdict. A contract exactly at the rule's limit is eligible.
    Memberships are those of the line's `year`; with ``year=None``, they are the current memberships. `currency` and
    `part_of` work as in `supplier_shares`.

    Returns the groups, the ``verdict``, the number of ``contracts``, their ``amount``, and the ``share`` of this amount
    in the group's total. The share is null if the group's amount is not positive, or if amendments make the amount of
    one verdict negative. Raises `FrameError` for faulty lines, for example if lines of one contract differ in amount or
    year, or if their fractions add up to more than one.

    The tests check that `eligibility.content_test` gives the same result for each contract.

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
    groups = names(within, "within")
    keep_apart(groups, ("verdict", "contracts", "amount", "share"))
    if varied := [name for name in groups if name in (supplier, part)]:
        faults = tuple(f"column {name!r} differs between the lines of one contract" for name in varied)
        raise FrameError(faults, (), "group within columns of whole contracts")
    found = lines_of(
        lines,
        keys=(column(key, "key"),),
        countries=(column(supplier, "supplier"),),
        within=within,
        amount=amount,
        split=column(part, "part"),
        dated=year is not None,
        year=YEAR if year is None else year,
        currency=currency,
        key=key,
        part_of=part_of,
        uncounted=True,
    )
    most = float(rule.most_outside.as_fraction) + _SLACK
    contracts = _contracts(found, rule, key, supplier, part, year)
    verdict = (
        nw.when(1 - nw.col(_INSIDE) <= most)
        .then(nw.lit(str(Verdict.ELIGIBLE)))
        .otherwise(
            nw.when(nw.col(_OUTSIDE) > most)
            .then(nw.lit(str(Verdict.NOT_ELIGIBLE)))
            .otherwise(nw.lit(str(Verdict.UNDECIDED)))
        )
    )
    decided = contracts.with_columns(verdict.alias(_VERDICT), nw.lit(1).alias(_COUNT))
    sums = found.usable(found.summed(_VERDICT, lines=decided, also=(_COUNT,)), groups)
    result = sums.select(
        *groups,
        nw.col(_VERDICT).alias("verdict"),
        nw.col(_COUNT).cast(nw.Int64).alias("contracts"),
        nw.col(SUM).alias("amount"),
        fraction(nw.col(SUM), nw.col("total"), nw.col("natoburden_usable")).alias("share"),
    )
    return found.frame.close(result, (*groups, "verdict"))


def _contracts(found: Lines[Any], rule: ContentRule, key: str, supplier: str, part: str, year: str | None) -> Any:
    """Gather lines into contracts, each with its amount and its fractions inside and outside the rule's countries."""
    who, when, none = nw.col(supplier), None if year is None else nw.col(year), nw.lit(0.0)
    inside = where(spans_of(lambda day: _inside(rule, day)), who, when)
    dated = nw.lit(0) if when is None else when.fill_null(0)
    known = ~who.is_null()
    lines = found.lazy.select(
        *(nw.col(name) for name in found.groups if name != key),
        nw.col(key).alias(_CONTRACT),
        nw.col(SUM),
        nw.col(SUM).alias(_HIGHEST),
        nw.when(nw.col(SUM).is_null()).then(nw.lit(1)).otherwise(nw.lit(0)).alias(_WITHOUT),
        nw.lit(1).alias(_COUNT),
        nw.col(part).alias(_PART),
        nw.when(inside & known).then(nw.col(part)).otherwise(none).alias(_INSIDE),
        nw.when(~inside & known).then(nw.col(part)).otherwise(none).alias(_OUTSIDE),
        dated.alias(_FIRST),
        dated.alias(_LAST),
    )
    groups = [name for name in found.groups if name != key]
    contracts = lines.group_by(*groups, _CONTRACT).agg(
        nw.col(SUM, _FIRST).min(),
        nw.col(_HIGHEST, _LAST).max(),
        nw.col(_WITHOUT, _COUNT, _PART, _INSIDE, _OUTSIDE).sum(),
    )
    _check(contracts)
    if key in found.groups:
        contracts = contracts.with_columns(nw.col(_CONTRACT).alias(key))
    return contracts.filter(~nw.col(SUM).is_null()).drop(_COUNT)


def _check(contracts: Any) -> None:
    """Raise `FrameError` if lines of one contract contradict each other; the error states the contract's key."""
    spread = nw.col(_HIGHEST) - nw.col(SUM)
    differs = (spread > nw.col(_HIGHEST).abs() * _SLACK) | (spread > nw.col(SUM).abs() * _SLACK)
    is_partly = (nw.col(_WITHOUT) > 0) & (nw.col(_WITHOUT) < nw.col(_COUNT))
    too_much, moves = nw.col(_PART) > 1 + _SLACK, nw.col(_FIRST) != nw.col(_LAST)
    faults = {
        "differ in amount": ~nw.col(SUM).is_null() & differs,
        "have an amount in part": is_partly,
        "are of several years": moves,
        "have parts that add up to more than one": too_much,
    }
    flags = {f"natoburden_fault{number}": fault for number, fault in enumerate(faults.values())}
    marked = contracts.with_columns(
        *(nw.when(fault).then(nw.lit(1)).otherwise(nw.lit(0)).alias(name) for name, fault in flags.items())
    )
    wrong = marked.filter(nw.sum_horizontal(*flags) > 0).select(_CONTRACT, *flags).head(_MOST_NAMED)
    rows = sorted(collected(wrong), key=lambda row: str(row[_CONTRACT]))
    found = [
        f"the lines of {row[_CONTRACT]!r} {words}"
        for row in rows
        for name, words in zip(flags, faults, strict=True)
        if row[name]
    ]
    if found:
        hint = "each line bears its contract's whole amount and year; parts are fractions of it"
        raise FrameError(tuple(found), (), hint)


def _inside(rule: ContentRule, when: int) -> Iterable[Country]:
    return [*rule.countries, *(country for key in rule.blocs for country in Bloc.find(key).members(when))]
