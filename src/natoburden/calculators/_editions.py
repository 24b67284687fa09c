"""Checks that all figures of one calculation are from one edition, unless the caller says otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from natoburden.errors import MixedEditionsError
from natoburden.model.expenditure import Observation

__all__ = ["check_one_edition"]


def check_one_edition(figures: Iterable[Observation[Any]], *, mixed_editions_ok: bool) -> None:
    """Raise `MixedEditionsError` for figures of more than one edition, unless the caller allows a mixture."""
    by_edition = {item.edition.key: item for item in figures}
    if len(by_edition) > 1 and not mixed_editions_ok:
        one, other, *_ = by_edition.values()
        raise MixedEditionsError(one.in_full, other.in_full)
