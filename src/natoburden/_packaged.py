"""Reading of packaged files, with an error for a missing or broken file; and TOML files with their entries by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from natoburden._once import once
from natoburden.errors import DataIntegrityError, UnknownNameError
from natoburden.model._vocabulary import nearest

__all__ = ["content", "made_of", "named", "parsed", "toml"]

T = TypeVar("T")


@once
def parsed(path: Path) -> dict[str, Any]:
    """Return the content of a TOML file; raises `DataIntegrityError` if it is missing or cannot be read."""
    try:
        return toml(content(path).decode("utf-8"))
    except ValueError as error:
        raise DataIntegrityError(path.name, f"cannot be read: {error}") from error


def toml(text: str) -> dict[str, Any]:
    """Return the content of a text in TOML; numbers with a point are decimals."""
    import tomllib
    from decimal import Decimal

    return tomllib.loads(text, parse_float=Decimal)


def content(path: Path) -> bytes:
    """Return the bytes of a packaged file; raises `DataIntegrityError` if it is missing."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DataIntegrityError(path.name, "is missing") from error


def made_of(document: Mapping[str, Any], file: str, section: str, make: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
    """Return the entries in a section of a document, each made by a function.

    Raises `DataIntegrityError`, which names the entry, if an entry cannot be made.
    """
    made = []
    for number, entry in enumerate(document.get(section, ()), start=1):
        try:
            made.append(make(dict(entry)))
        except (LookupError, TypeError, ValueError) as error:
            problem = f"{error} is missing" if type(error) is KeyError else str(error)
            raise DataIntegrityError(file, f"{section} {entry.get('key', number)}: {problem}") from error
    return tuple(made)


def named(kind: str, key: str, known: Mapping[str, T], *, written: str = "") -> T:
    """Return the value of a key; raises `UnknownNameError` with the key as written and the most similar keys."""
    if key not in known:
        lowered = {name.lower(): name for name in known}
        near = tuple(map(lowered.__getitem__, nearest(str(key).lower(), lowered)))
        raise UnknownNameError(kind, written or str(key), tuple(known), near)
    return known[key]
