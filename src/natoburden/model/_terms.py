"""Terms: enumerations with members that print as their values."""

from __future__ import annotations

import enum

__all__ = ["Term"]


class Term(enum.Enum):
    """An enumeration with members that print as their values."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}.{self.name}"

    def __str__(self) -> str:
        return str(self.value)
