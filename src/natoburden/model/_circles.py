"""Things that are parts of themselves, through others."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["in_circles"]


def in_circles(above: Mapping[str, str | None]) -> set[str]:
    """Return the keys that come back to themselves, where each key may have one key above it.

    >>> sorted(in_circles({"a": "b", "b": "c", "c": "b", "d": None}))
    ['b', 'c']
    """
    found: set[str] = set()
    seen: set[str] = set()
    for start in above:
        path: dict[str, int] = {}
        key: str | None = start
        while key is not None and key in above and key not in seen:
            seen.add(key)
            path[key] = len(path)
            key = above[key]
        if key is not None and key in path:
            found.update(list(path)[path[key] :])
    return found
