"""The note on a page if its table and its targets use different definitions."""

from __future__ import annotations

from collections.abc import Iterator

from natoburden.model.expenditure import CountedBy
from natoburden.presentation.messages import Translate

__all__ = ["definition_notes"]


def definition_notes(counted_by: CountedBy, _: Translate) -> Iterator[str]:
    """Yield a note if the figures do not use NATO's definition; the note makes a warning unnecessary."""
    if counted_by is not CountedBy.NATO:
        text = _("Figures count as {publisher} does, and targets are defined on NATO's figures: two definitions.")
        yield text.format(publisher=counted_by)
