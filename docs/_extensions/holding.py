"""Built pages that hold: each link inside leads to a page and an anchor that exist, each picture says what it shows.

Sphinx checks its own references; this checks what came out: links written in HTML, and those that the theme makes.
"""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["faults", "setup"]

_ID = re.compile(r'<[a-z][^<>]*?\sid="([^"]+)"', re.I)
_LINK = re.compile(r'<a\s[^<>]*?\bhref="([^"]*)"', re.I)
_PICTURE = re.compile(r"<img\b[^<>]*>|<svg\b[^<>]*>", re.I)
_SAYS = re.compile(r'\b(?:alt|aria-label|aria-hidden|aria-labelledby)="[^"]+"', re.I)
_NAMED = re.compile(r'<figure\b[^<>]*aria-label="[^"]+"[^<>]*>\s*$', re.I)
_ARTICLE = re.compile(r"<article\b.*?</article>", re.I | re.S)  # the theme's own icons lie outside


def faults(folder: Path) -> list[str]:
    """Return what does not hold in the pages of a folder: links that lead nowhere, pictures without a text."""
    pages = {page.relative_to(folder).as_posix(): page.read_text(encoding="utf-8") for page in folder.rglob("*.html")}
    anchors = {name: {*_ID.findall(text)} for name, text in pages.items()}
    found = []
    for name, text in sorted(pages.items()):
        for link in dict.fromkeys(_LINK.findall(text)):
            if not _leads(folder, name, link.replace("&amp;", "&"), anchors):
                found.append(f"{name}: the link {link} leads nowhere")
        found += [f"{name}: a picture without a text: {tag[:120]}" for tag in _silent(text)]
    return found


def _leads(folder: Path, page: str, link: str, anchors: dict[str, set[str]]) -> bool:
    if urlsplit(link).scheme or link.startswith("//"):
        return True
    address, fragment = urldefrag(urljoin(f"/{page}", link))
    place = unquote(urlsplit(address).path).lstrip("/") or "index.html"
    if place not in anchors:
        return PurePosixPath(place).suffix != ".html" and (folder / place).exists()
    return not fragment or fragment == "top" or unquote(fragment) in anchors[place]


def _silent(text: str) -> list[str]:
    """Return the pictures that have neither a text, nor stand in a figure that has one, nor are hidden."""
    tags = []
    for article in _ARTICLE.findall(text):
        for picture in _PICTURE.finditer(article):
            before = article[max(0, picture.start() - 3000) : picture.start()]
            if not _SAYS.search(picture[0]) and not _NAMED.search(before):
                tags.append(picture[0])
    return tags


def _check(app: Sphinx, error: Exception | None) -> None:
    if error is not None or app.builder.name != "html":
        return
    logger = logging.getLogger(__name__)
    for fault in faults(Path(app.outdir)):
        logger.warning(fault, type="holding")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register what stands above, after what mends the pages."""
    app.connect("build-finished", _check, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
