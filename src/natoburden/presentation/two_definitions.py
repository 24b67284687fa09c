"""The note of a page whose table counts on another definition than its targets."""

from __future__ import annotations

from collections.abc import Iterator

from natoburden.model.expenditure import CountedBy
from natoburden.presentation.messages import Translate

__all__ = ["definition_notes"]


def definition_notes(counted_by: CountedBy, _: Translate) -> Iterator[str]:
    """Yield that figures and targets are on two definitions; a page says so itself, and need not warn."""
    if counted_by is not CountedBy.NATO:
        text = _("Figures count as {publisher} does, and targets are defined on NATO's figures: two definitions.")
        yield text.format(publisher=counted_by)
