"""The shape of a release: single values become lists where lists are expected, and faults of shape are described."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypeAlias

__all__ = ["LONGEST_ID", "Release", "code_of", "items_of", "kind_of", "part_of", "shape_fault", "shaped", "texts_of"]

Release: TypeAlias = dict[str, Any]

LONGEST_ID: Final = 1_000  # characters; all awards of a process repeat its ocid, and all contracts their award's id
_LISTS: Final = ("parties", "awards", "contracts")
_WITHIN: Final = {"parties": ("roles",), "awards": ("suppliers", "items"), "contracts": ("items",)}


def shaped(release: Release) -> Release:
    """Return a release in which single things are lists where lists are expected, and suppliers are objects."""
    found = {**release, **{key: _listed(release[key]) for key in _LISTS if release.get(key) is not None}}
    for key in _LISTS:
        if isinstance(found.get(key), list):
            found[key] = [_shaped_item(item, _WITHIN[key]) for item in found[key] if item is not None]
    return found


def shape_fault(release: Release) -> str:
    """Return the first fault in a release's shape, such as a supplier that is not an object, or an empty text."""
    return next(_faults(release), "")


def part_of(holder: Release, key: str) -> Release:
    """Return the object under a key, or the only object in a list; without such an object, the result is empty."""
    value = holder.get(key)
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return value if isinstance(value, dict) else {}


def items_of(holder: Release, key: str) -> list[Release]:
    """Return the objects of a list, or a single object as a list."""
    value = holder.get(key)
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def texts_of(holder: Release, key: str) -> list[str]:
    """Return the texts of a list, or a single text as a list."""
    value = holder.get(key)
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, str)]


def code_of(holder: Release, key: str = "status") -> str:
    """Return a code of a closed list; upper and lower case make no difference."""
    return str(holder.get(key) or "").strip().casefold()


def _faults(release: Release) -> Iterator[str]:
    for key in _LISTS:
        for number, item in enumerate(release.get(key) or ()):
            if not isinstance(item, dict):
                yield f"{key}[{number}] is {kind_of(item)} in the place of an object"
                continue
            if isinstance(item.get("id"), str | list | dict) and len(str(item["id"])) > LONGEST_ID:
                yield f"{key}[{number}].id has more than {LONGEST_ID:,} characters"
            if key == "awards":
                for place, supplier in enumerate(item.get("suppliers") or ()):
                    if not isinstance(supplier, dict):
                        yield f"{key}[{number}].suppliers[{place}] is {kind_of(supplier)} in the place of an object"


def kind_of(value: Any) -> str:
    """Return the kind of a JSON value, in words."""
    kinds = {str: "a text", bool: "true or false", list: "a list", dict: "an object", type(None): "null"}
    return kinds.get(type(value), "a number")


def _shaped_item(item: Any, lists: tuple[str, ...]) -> Any:
    if not isinstance(item, dict):
        return item
    found = {**item, **{key: _listed(item[key]) for key in lists if item.get(key) is not None}}
    if "suppliers" in lists and isinstance(found.get("suppliers"), list):
        found["suppliers"] = [
            {"name": each} if isinstance(each, str) else each for each in found["suppliers"] if each is not None
        ]
    return found


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
