"""JSON of other publishers, with decimals as they stand."""

from __future__ import annotations

import functools
import json
from decimal import Decimal
from typing import Any, Final

__all__ = ["JSON_ERRORS", "decoder", "parse_json"]

# A figure such as 1e99999999999999999999 is legal JSON, and no Decimal; so is nesting beyond what can be followed.
JSON_ERRORS: Final = (ValueError, ArithmeticError, RecursionError)


def parse_json(text: str) -> Any:
    """Read one document; raises one of `JSON_ERRORS`, also for ``NaN`` and ``Infinity``, which JSON does not have."""
    return decoder().decode(text)


@functools.cache
def decoder() -> json.JSONDecoder:
    """Return a decoder that keeps decimals and refuses what is not a number."""
    return json.JSONDecoder(parse_float=Decimal, parse_constant=_no_constant)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is not a figure")
