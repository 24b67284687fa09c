"""Shares, ranges, rates and points are written with their sign: ``"3.5 %"``, ``"3-3.5 %"``, ``"1.28 pp"``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from natoburden.model._numbers import plain
from natoburden.model.shares import PercentagePoints, Rate, Share, ShareRange
from natoburden.serialization._converter import Converter, unexpected

T = TypeVar("T")


def register(made: Converter) -> None:
    made.as_text(Share, _marked("%", Share.percent), lambda share: f"{plain(share.as_percent)} %")
    made.as_text(Rate, _marked("%", Rate.percent), lambda rate: f"{plain(rate.as_percent)} %")
    made.as_text(PercentagePoints, _marked("pp", PercentagePoints), lambda points: f"{plain(points.value)} pp")
    made.as_text(ShareRange, _to_range, _range_text)


def _marked(mark: str, build: Callable[[str], T]) -> Callable[[object], T]:
    """Return a function that reads a figure with its sign."""

    def parse(value: object) -> T:
        text = value.strip() if isinstance(value, str) else ""
        if not text.endswith(mark):
            hint = f"write the sign with the figure: '3.5 {mark}'"
            raise unexpected(f"a figure in {mark}", value, hint)
        return build(text.removesuffix(mark).strip())

    return parse


def _to_range(value: object) -> ShareRange:
    if not isinstance(value, str):
        raise unexpected("a share", value, "write it as text, with its sign: '2.3 %' or '3-3.5 %'")
    return ShareRange.parse(value)


def _range_text(value: ShareRange) -> str:
    low, high = plain(value.low.as_percent), plain(value.high.as_percent)
    return f"{low} %" if value.is_point else f"{low}-{high} %"
