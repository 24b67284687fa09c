"""The model's vocabulary: registers of codes, names and dated memberships, read from packaged files.

The model reads no other files, and these files hold no observations.
"""

from __future__ import annotations

import csv
import functools
import heapq
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

__all__ = ["FOLDER", "nearest", "read_vocabulary"]

FOLDER = Path(__file__).parent / "vocabulary"
_COMPARED: Final = 20
_LONGEST: Final = 100
_MOST_SHARING: Final = 1000


def read_vocabulary(name: str) -> list[dict[str, str]]:
    """Read the rows of a register, each as a mapping by column name."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def nearest(name: str, names: Iterable[str], *, most: int = 3, likeness: float = 0.6) -> tuple[str, ...]:
    """Return up to `most` names that a reader may have meant, closest first.

    Comparing letter by letter is slow. Only the names that share the most pairs of letters with the text are compared
    in this way.
    """
    import difflib  # for messages only

    text = name[:_LONGEST]
    return tuple(difflib.get_close_matches(text, _sharing_pairs(text, tuple(names)), n=most, cutoff=likeness))


def _sharing_pairs(text: str, names: tuple[str, ...]) -> list[str]:
    index = _by_pair(names)
    wanted = _pairs(text)
    shared = Counter(place for pair in wanted for place in index.get(pair, ()))
    likeness = {place: count / (len(wanted) + len(names[place])) for place, count in shared.items()}
    # Equally like names stay in their order: that of a set differs from process to process.
    return [names[place] for place in heapq.nsmallest(_COMPARED, likeness, key=lambda at: (-likeness[at], at))]


@functools.lru_cache(maxsize=16)
def _by_pair(names: tuple[str, ...]) -> Mapping[str, list[int]]:
    """Return the positions of the names with each pair of letters; a pair that is in too many names is left out."""
    index: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        for pair in _pairs(name[:_LONGEST]):
            index.setdefault(pair, []).append(place)
    return {pair: places for pair, places in index.items() if len(places) <= _MOST_SHARING}


def _pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring letters, with one blank before and one behind the text."""
    padded = f" {text} "
    return {padded[place : place + 2] for place in range(len(padded) - 1)}
