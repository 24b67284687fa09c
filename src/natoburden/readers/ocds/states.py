"""The latest state of a contracting process, from its releases, so that nothing counts twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from natoburden.readers.ocds.documents import Release

__all__ = ["latest"]

_KEPT = ("ocid", "date", "tag", "buyer", "tender", "awards", "contracts", "parties")


def latest(releases: Sequence[Release]) -> Release:
    """Give the latest compiled release; without one, all releases laid over each other in the order of their dates."""
    in_order = sorted(releases, key=lambda release: str(release.get("date", "")))
    compiled = [release for release in in_order if "compiled" in _tags(release)]
    if compiled:
        return compiled[-1]
    state: Release = {}
    for release in in_order:
        state = _laid_over(state, {key: release[key] for key in _KEPT if key in release})
    return state


def _tags(release: Release) -> list[Any]:
    tags = release.get("tag")
    return tags if isinstance(tags, list) else [tags]


def _laid_over(old: Any, new: Any) -> Any:
    """Lay a newer value over an older one: keys of objects, and items of lists that have an id, one by one."""
    if isinstance(old, dict) and isinstance(new, dict):
        merged = {key: _laid_over(old[key], value) if key in old else value for key, value in new.items()}
        return {key: value for key, value in {**old, **merged}.items() if value is not None}
    if isinstance(old, list) and isinstance(new, list) and _have_ids(old) and _have_ids(new):
        by_id = {str(item["id"]): item for item in old}
        for item in new:
            key = str(item["id"])
            by_id[key] = _laid_over(by_id[key], item) if key in by_id else item
        return list(by_id.values())
    return new


def _have_ids(items: list[Any]) -> bool:
    return all(isinstance(item, dict) and item.get("id") is not None for item in items)
