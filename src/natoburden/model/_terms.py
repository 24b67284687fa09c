"""Terms: enumerations whose members print as their values."""

from __future__ import annotations

import enum

__all__ = ["Term"]


class Term(enum.Enum):
    """An enumeration whose members print as their values."""

    def __str__(self) -> str:
        return str(self.value)
