"""Years that a calculation over time cannot tell of, each with its reason."""

from __future__ import annotations

import attrs

__all__ = ["MissingYear"]


@attrs.frozen
class MissingYear:
    """A year of an edition that has no result, and why."""

    edition: str
    year: int
    reason: str

    def __str__(self) -> str:
        return f"edition {self.edition}, {self.year}: {self.reason}"
