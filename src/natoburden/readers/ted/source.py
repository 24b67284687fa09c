"""The published number of a TED notice, and the notice as a source."""

from __future__ import annotations

import re

from natoburden.model.sources import Source

__all__ = ["notice_source", "published_number"]

_PUBLISHED = re.compile(r"0{0,9}(\d{1,8})-(\d{4})")
_IN_JOURNAL = re.compile(r"(\d{4})/S \d{1,3}-0*(\d{1,8})")


def published_number(text: str) -> str:
    """Return a notice's number in the Official Journal, always in one spelling; an empty text if there is no number.

    >>> published_number("00138216-2018"), published_number("2018/S 062-138216"), published_number("n.a.")
    ('138216-2018', '138216-2018', '')
    """
    if found := _PUBLISHED.fullmatch(text.strip()):
        return f"{found[1]}-{found[2]}"
    found = _IN_JOURNAL.fullmatch(text.strip())
    return f"{found[2]}-{found[1]}" if found else ""


def notice_source(notice: str, file: str) -> Source:
    """Return the notice as a source; its address contains its number in the Official Journal."""
    number = published_number(notice)
    return Source(
        title=f"TED notice {notice}",
        publisher="Publications Office of the European Union",
        url=f"https://ted.europa.eu/en/notice/-/detail/{number}" if number else "",
        locator=file,
    )
