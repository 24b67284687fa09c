"""Ranges of shares: what a promise names where it names no one share."""

from __future__ import annotations

import re
from typing import Self

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import rounded
from natoburden.model.shares import Share

__all__ = ["ShareRange"]

_SHARES = re.compile(r"([0-9.]+)(?:-([0-9.]+))? ?%")


@attrs.frozen(order=False)
class ShareRange:
    """A share, or the two ends of a promised range, which is not used as a point by itself.

    >>> promise = ShareRange.parse("3-3.5 %")
    >>> promise.low, promise.high, promise.is_point
    (Share('3 %'), Share('3.5 %'), False)
    """

    low: Share
    high: Share = attrs.field()

    @high.validator
    def _is_not_below_low(self, _attribute: object, value: Share) -> None:
        if value < self.low:
            raise UnexpectedValueError("a range of shares", f"{self.low} to {value}", "the lower share comes first")

    @classmethod
    def at(cls, share: Share) -> Self:
        """Return the range that is one share."""
        return cls(share, share)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``3.5 %`` or ``3-3.5 %``."""
        found = _SHARES.fullmatch(text.strip())
        if not found:
            raise UnexpectedValueError("a share", repr(text), "write the sign with the figure: '3.5 %' or '3-3.5 %'")
        return cls(Share.percent(found[1]), Share.percent(found[2] or found[1]))

    @property
    def is_point(self) -> bool:
        """Whether both ends are the same share."""
        return self.low == self.high

    def __str__(self) -> str:
        return str(self.low) if self.is_point else f"{rounded(self.low.as_percent, 2)}-{self.high}"
