"""The model's vocabulary: registers of codes, names and dated memberships, read from packaged files.

The model reads no other files, and these files hold no observations.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

__all__ = ["FOLDER", "nearest", "read_vocabulary"]

FOLDER = Path(__file__).parent / "vocabulary"


def read_vocabulary(name: str) -> list[dict[str, str]]:
    """Read the rows of a register, each as a mapping by column name."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def nearest(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that a reader may have meant, closest first."""
    import difflib  # for messages only

    return tuple(difflib.get_close_matches(name, list(names), n=3, cutoff=0.6))
