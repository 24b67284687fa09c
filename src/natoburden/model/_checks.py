"""Checks that fields hold what their types say, for callers whom no type checker guards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from natoburden.errors import UnexpectedValueError

__all__ = ["checked_day", "exactly"]


def exactly(kind: type, what: str, *, optional: bool = False) -> Callable[[object, object, Any], None]:
    """Make a validator of attrs that takes values of one type and no subclass, such as a date but no datetime."""

    def check(_instance: object, _attribute: object, value: object) -> None:
        if type(value) is not kind and not (optional and value is None):
            raise UnexpectedValueError(what, repr(value), f"it is a {type(value).__name__}")

    return check


def checked_day(value: object) -> dt.date:
    """Accept a day, and neither its text nor a moment of it."""
    if type(value) is not dt.date:
        raise UnexpectedValueError(
            "a day", repr(value), f"it is a {type(value).__name__}; write datetime.date(2026, 7, 1)"
        )
    return value
