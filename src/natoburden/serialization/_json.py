"""Strict JSON for documents: exact decimals, no duplicate keys and no NaN."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from natoburden.errors._root import listed as shortened

__all__ = ["exact_decimal", "items_of", "listed", "parse_json"]


def parse_json(text: str) -> object:
    """Read JSON with exact decimals; raises `ValueError` for a duplicate key, and for NaN."""
    return json.loads(text, parse_float=exact_decimal, object_pairs_hook=_unique, parse_constant=_no_constant)


def items_of(text: str) -> Iterator[object]:
    """Yield the items of a JSON list one after the other, with the checks of `parse_json`."""
    decoder = json.JSONDecoder(parse_float=exact_decimal, object_pairs_hook=_unique, parse_constant=_no_constant)
    at = _past(text, text.index("[") + 1)
    while text[at : at + 1] != "]":
        item, end = decoder.raw_decode(text, at)
        yield item
        at = _past(text, end)
        if text[at : at + 1] == ",":
            at = _past(text, at + 1)
            if text[at : at + 1] != "]":
                continue
        elif text[at : at + 1] == "]":
            continue
        raise json.JSONDecodeError("a comma or the end of the list is expected", text, at)
    if _past(text, at + 1) < len(text):
        raise json.JSONDecodeError("nothing is expected after the list", text, at + 1)


def exact_decimal(text: str) -> Decimal:
    """Return a number exactly as written; raises `ValueError` if it is too large for a Decimal."""
    try:
        return Decimal(text)
    except ArithmeticError as error:
        raise ValueError(f"{text[:40]} is not a figure") from error


def _past(text: str, at: int) -> int:
    """Return the next position that is not white space."""
    while text[at : at + 1] and text[at] in " \t\r\n":
        at += 1
    return at


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        twice = [key for key, count in Counter(key for key, _ in pairs).items() if count > 1]
        raise ValueError(f"the key {listed(twice)} stands twice in one object")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a figure")


def listed(names: Iterable[str]) -> str:
    """Return the names that a user wrote as printable text."""
    return shortened([name if name.isprintable() else ascii(name) for name in sorted(names)])
