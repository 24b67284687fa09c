"""Files of publishers that no reader is for, and that users of the others meet."""

from __future__ import annotations

from typing import Final

from natoburden.readers._format import UnreadForm
from natoburden.readers._glimpse import Glimpse

__all__ = ["UNREAD"]


def _is_eda(glimpse: Glimpse) -> bool:
    names = {name.strip() for name in glimpse.sheets}
    return "EDA 26" in names or "EDA 27" in names or any(name.startswith("Member States 20") for name in names)


def _is_rich_text(glimpse: Glimpse) -> bool:
    return glimpse.text.startswith("{\\rtf")


UNREAD: Final = (
    UnreadForm(
        name="workbook of defence data",
        publisher="European Defence Agency",
        instead="it is not read; NATO's workbook holds the defence expenditure of the members that are Allies",
        recognises=_is_eda,
    ),
    UnreadForm(
        name="text in RTF, as SIPRI's site once exported it",
        publisher="a word processor",
        instead="export the table again from the publisher's site, as CSV",
        recognises=_is_rich_text,
    ),
)
