"""Ranges of shares are written with their sign: ``"2.3 %"``, ``"3-3.5 %"``."""

from __future__ import annotations

from natoburden.model._numbers import plain
from natoburden.model.spending_commitments import ShareRange
from natoburden.serialization._converter import Converter, unexpected


def register(made: Converter) -> None:
    made.as_text(ShareRange, _to_range, _range_text)


def _to_range(value: object) -> ShareRange:
    if not isinstance(value, str):
        raise unexpected("a share", value, "write it as text, with its sign: '2.3 %' or '3-3.5 %'")
    return ShareRange.parse(value)


def _range_text(value: ShareRange) -> str:
    low, high = plain(value.low.as_percent), plain(value.high.as_percent)
    return f"{low} %" if value.is_point else f"{low}-{high} %"
