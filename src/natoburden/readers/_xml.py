"""XML files of other publishers, parsed behind a guard: nothing is expanded, nothing is fetched."""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from natoburden.errors import MissingExtraError, ReaderError

__all__ = ["parse_xml", "text_of"]

_LARGEST = 32_000_000  # bytes; the longest notices of TED have some three million
_DEEPEST = 200  # elements within each other; a notice has some fifteen


def parse_xml(path: Path, expected: str) -> Element:
    """Read an XML file, with its names freed of namespaces; needs the extra ``readers``.

    Raises `ReaderError` for a file that is not XML, for a document type (which could define entities or name other
    files), and for a file too large or nested too deep.
    """
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import fromstring
    except ImportError as error:
        raise MissingExtraError("reading XML", "defusedxml", "readers") from error
    if path.stat().st_size > _LARGEST:
        raise ReaderError(path.name, "", f"the file has more than {_LARGEST // 1_000_000} MB", expected)
    content = path.read_bytes()
    if not content.strip():
        raise ReaderError(path.name, "", "the file is empty", expected)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise ReaderError(path.name, "line 1", "the file is a web page", expected)
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        problem = "a document type or entities, which are not read"
        raise ReaderError(path.name, "", problem, expected) from error
    except (ParseError, ValueError, LookupError) as error:  # a wrong encoding's name is a LookupError
        line = f"line {error.position[0]}" if isinstance(error, ParseError) else ""
        raise ReaderError(path.name, line, f"not well-formed XML: {error}", expected) from error
    _without_namespaces(root, path.name, expected)
    return root


def text_of(holder: Element | None, path: str = "") -> str:
    """Return the text of the first element at a path, with that of all within it, on one line; empty where none is."""
    found = holder if holder is None or not path else holder.find(path)
    return "" if found is None else " ".join(" ".join(found.itertext()).split())


def _without_namespaces(root: Element, name: str, expected: str) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise ReaderError(name, "", f"elements nested more than {_DEEPEST} deep", expected)
        for element in level:
            element.tag = element.tag.rpartition("}")[2]
        level = [child for element in level for child in element]
