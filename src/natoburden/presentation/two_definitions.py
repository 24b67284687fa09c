"""The note of a page with a table and targets that use different definitions."""

from __future__ import annotations

from collections.abc import Iterator

from natoburden.model.expenditure import CountedBy
from natoburden.presentation.messages import Translate

__all__ = ["definition_notes"]


def definition_notes(counted_by: CountedBy, _: Translate) -> Iterator[str]:
    """Yield a note that figures and targets have different definitions; with this note, the page needs no warning."""
    if counted_by is not CountedBy.NATO:
        text = _("Figures count as {publisher} does, and targets are defined on NATO's figures: two definitions.")
        yield text.format(publisher=counted_by)
