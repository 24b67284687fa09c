"""Files of publishers that no reader is for, and that users of the others meet."""

from __future__ import annotations

from typing import Final

from natoburden.readers._format import UnreadForm
from natoburden.readers._glimpse import Glimpse

__all__ = ["UNREAD"]


def _is_rich_text(glimpse: Glimpse) -> bool:
    return glimpse.text.startswith("{\\rtf")


UNREAD: Final = (
    UnreadForm(
        name="text in RTF, as SIPRI's site once exported it",
        publisher="a word processor",
        instead="export the table again from the publisher's site, as CSV",
        recognises=_is_rich_text,
    ),
)
