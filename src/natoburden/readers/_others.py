"""Files of other publishers that users may try to read, but that no reader can read."""

from __future__ import annotations

from typing import Final

from natoburden.readers._format import UnreadForm
from natoburden.readers._glimpse import Glimpse

__all__ = ["UNREAD"]


def _is_rich_text(glimpse: Glimpse) -> bool:
    return glimpse.text.startswith("{\\rtf")


def _is_of_award_lines(glimpse: Glimpse) -> bool:
    names = {cell.strip() for cell in glimpse.cells()} if glimpse.kind == "table" else set()
    return {"supplier", "amount"} <= names


UNREAD: Final = (
    UnreadForm(
        name="award lines in columns, one purchase a line",
        publisher="your own file",
        instead="natoburden shares FILE computes suppliers' shares of it, as frames.supplier_shares does of a frame",
        recognises=_is_of_award_lines,
    ),
    UnreadForm(
        name="text in RTF, as SIPRI's site once exported it",
        publisher="a word processor",
        instead="export the table again from the publisher's site, as CSV",
        recognises=_is_rich_text,
    ),
)
