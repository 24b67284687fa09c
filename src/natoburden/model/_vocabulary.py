"""The model's own vocabulary: registers of names that every room needs, read once from packaged files.

The only files that the model reads. They hold codes, names and dated memberships, never observations.
"""

from __future__ import annotations

import csv
import difflib
from collections.abc import Iterable
from pathlib import Path

__all__ = ["nearest", "read_vocabulary"]

_FOLDER = Path(__file__).parent / "vocabulary"


def read_vocabulary(name: str) -> list[dict[str, str]]:
    """Read one register as rows by column name."""
    with (_FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Give the names that a reader may have meant, best first."""
    return tuple(difflib.get_close_matches(name, list(names), n=3, cutoff=0.6))
