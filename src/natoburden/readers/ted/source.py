"""How a notice of TED is cited."""

from __future__ import annotations

import re

from natoburden.model.sources import Source

__all__ = ["notice_source"]

_PUBLISHED = re.compile(r"0*(\d{1,8})-(\d{4})")


def notice_source(notice: str, file: str) -> Source:
    """Give the source of a notice by its number in the Official Journal, which is also its address."""
    found = _PUBLISHED.fullmatch(notice)
    number = f"{found[1]}-{found[2]}" if found else ""
    return Source(
        title=f"TED notice {notice}",
        publisher="Publications Office of the European Union",
        url=f"https://ted.europa.eu/en/notice/-/detail/{number}" if number else "",
        locator=file,
    )
