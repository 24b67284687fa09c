"""JSON of other publishers: values and nesting are counted before parsing, and decimals stay exact."""

from __future__ import annotations

import functools
import json
from decimal import Decimal
from typing import Any, Final

from natoburden.readers._limits import Budget

__all__ = ["JSON_ERRORS", "check_json", "decoder", "parse_json"]

# A figure such as 1e99999999999999999999 is legal JSON, but not a Decimal; nesting too deep to follow is legal too.
JSON_ERRORS: Final = (ValueError, ArithmeticError, RecursionError)
_NO_BRACKET: Final = bytes(set(range(256)) - set(b"[]{}"))
_ALIKE: Final = bytes.maketrans(b"{}", b"[]")


def parse_json(text: str) -> Any:
    """Read one document; raises one of `JSON_ERRORS` for invalid JSON, including ``NaN`` and ``Infinity``."""
    return decoder().decode(text)


@functools.cache
def decoder() -> json.JSONDecoder:
    """Return a decoder that keeps decimals exact and refuses ``NaN`` and ``Infinity``."""
    return json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)


def check_json(text: str, budget: Budget, where: str = "") -> None:
    """Raise `ReaderError` for JSON with more values or deeper nesting than the limits allow; nothing is parsed.

    Values are counted by commas and opening brackets, since every value except the first follows such a character.
    Characters within quotation marks are not counted.
    """
    if "\\" in text:
        text = text.replace("\\\\", "").replace('\\"', "")
    most = budget.limits.elements
    if text.count('"') > 4 * most + 4:  # a key and a value are two texts
        raise budget.passed("elements", where)
    bare = "".join(text.split('"')[::2])
    opened = bare.count("[") + bare.count("{")
    budget.spend("elements", 1 + bare.count(",") + opened, where)
    if opened <= budget.limits.depth:
        return
    brackets, depth = bare.encode("ascii", "ignore").translate(_ALIKE, _NO_BRACKET), 0
    while brackets:
        depth += 1
        budget.check("depth", depth, where)
        inner = brackets.replace(b"[]", b"")
        if len(inner) == len(brackets):  # a bracket is not closed: this is not JSON, and the parser reports it
            return
        brackets = inner


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a figure")
