"""Contracts inside other contracts: a line is left out if an outer contract, direct or indirect, is itself added up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import narwhals as nw

from natoburden.errors import FrameError
from natoburden.frames._columns import Columns
from natoburden.frames._engine import collected, small_table

__all__ = ["CONTAINER", "LINE", "chains", "without_nested"]

LINE, CONTAINER = "natoburden_line", "natoburden_container"
_ABOVE: Final = "natoburden_above"
_MOST_NAMED: Final = 5


def chains(columns: Columns[Any], key: str, part_of: str) -> Any:
    """Return a small table of contracts and the outer contracts around their direct containers; None if it is empty.

    If contract A contains B, and B contains C, then A contains C, even if B has no amount or is outside the period.
    `dependency` uses the same rule. Raises `FrameError` if a contract is part of itself.
    """
    lazy, one = columns.frame.lazy, nw.lit(1).alias("lines")
    lines = lazy.select(columns.text(key).alias(LINE), columns.text(part_of).alias(CONTAINER), one)
    stated = lines.filter(~nw.col(LINE).is_null() & ~nw.col(CONTAINER).is_null())
    links = stated.group_by(LINE, CONTAINER).agg(nw.col("lines").sum()).select(LINE, CONTAINER)
    inner = links.join(links.select(nw.col(LINE).alias(_ABOVE)), left_on=CONTAINER, right_on=_ABOVE, how="semi")
    if not collected(inner.head(1)):
        return None
    containers: dict[str, set[str]] = {}
    for row in collected(links):
        containers.setdefault(row[LINE], set()).add(row[CONTAINER])
    above = {line: set(_above(line, containers)) for line in containers}
    if circles := sorted(line for line, found in above.items() if line in found):
        faults = tuple(f"contract {line!r} is part of itself, by column {part_of!r}" for line in circles[:_MOST_NAMED])
        raise FrameError(faults, (), f"{part_of!r} names the contract that holds the amount; part_of=None ignores it")
    pairs = [(line, name) for line in sorted(above) for name in sorted(above[line] - containers[line])]
    if not pairs:
        return None
    return small_table(columns.frame, {LINE: [line for line, _ in pairs], _ABOVE: [name for _, name in pairs]})


def _above(line: str, containers: Mapping[str, set[str]]) -> Iterator[str]:
    """Return every outer contract of a contract, direct or indirect, each once."""
    found, left = set[str](), list(containers[line])
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(containers.get(name, ()))
            yield name


def without_nested(lines: Any, counted: Any, groups: Sequence[str], farther: Any) -> Any:
    """Return the lines of contracts that are not inside another contract added up in the same group."""
    keys = [f"natoburden_group{number}" for number, _ in enumerate(groups)]
    # A join does not match nulls, but in a group they are equal.
    texts = [
        nw.col(name).cast(nw.String).fill_null("natoburden: null").alias(key)
        for name, key in zip(groups, keys, strict=True)
    ]
    marked, there = (lazy.with_columns(*texts) if texts else lazy for lazy in (lines, counted))
    counting = there.filter(~nw.col(LINE).is_null()).select(LINE, *keys)
    left = marked.join(counting, left_on=[CONTAINER, *keys], right_on=[LINE, *keys], how="anti")
    if farther is not None:
        pairs = marked.select(LINE, *keys).join(farther, on=LINE, how="inner").select(LINE, _ABOVE, *keys)
        nested = pairs.join(counting, left_on=[_ABOVE, *keys], right_on=[LINE, *keys], how="semi").select(LINE, *keys)
        left = left.join(nested, on=[LINE, *keys], how="anti")
    return left.drop(LINE, CONTAINER, *keys)
