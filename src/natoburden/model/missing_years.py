"""Years without a result in a calculation over time, each with its reason."""

from __future__ import annotations

import attrs

__all__ = ["MissingYear"]


@attrs.frozen
class MissingYear:
    """A year for which an edition gives no result, with the reason."""

    edition: str
    year: int
    reason: str

    def __str__(self) -> str:
        return f"edition {self.edition}, {self.year}: {self.reason}"
