"""XML files of other publishers, parsed behind a guard: nothing is expanded or fetched, all is counted."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.sax import SAXException, SAXParseException
from xml.sax.handler import ContentHandler

from natoburden.errors import MissingExtraError, ReaderError
from natoburden.readers._files import read_file
from natoburden.readers._limits import Budget, Limits

__all__ = ["parse_xml", "text_of"]

_COPIES = 6  # of a file's bytes that are held at once while it is parsed, where one attribute is nearly all of it


def parse_xml(path: Path, expected: str, limits: Limits | None) -> Element:
    """Read an XML file, with its names freed of prefixes; needs the extra ``readers``.

    Raises `ReaderError` for a file that is not XML, for a document type (which could define entities or name other
    files), and, while it is parsed, for more elements, or deeper ones, than the limits allow.
    """
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.expatreader import DefusedExpatParser
    except ImportError as error:
        raise MissingExtraError("reading XML", "defusedxml", "readers") from error
    content, budget = read_file(path, limits), Budget(limits, path.name)
    budget.spend("memory", _COPIES * len(content))
    if not content.strip():
        raise ReaderError(path.name, "", "the file is empty", expected)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower().startswith((b"<!doctype html", b"<html")):
        raise ReaderError(path.name, "line 1", "the file is a web page", expected)
    parser: Any = DefusedExpatParser(forbid_dtd=True)
    tree = _Tree(budget)
    parser.setContentHandler(tree)
    try:
        parser.feed(content)  # at once: in pieces, older versions of Expat read a long attribute again and again
        parser.close()
    except DefusedXmlException as error:
        problem = "a document type or entities, which are not read"
        raise ReaderError(path.name, "", problem, expected) from error
    except ReaderError:
        raise
    except (SAXException, ValueError, LookupError) as error:  # a wrong encoding's name is a LookupError
        line = f"line {error.getLineNumber()}" if isinstance(error, SAXParseException) else ""
        said = error.getMessage() if isinstance(error, SAXException) else error
        raise ReaderError(path.name, line, f"not well-formed XML: {said}", expected) from error
    return tree.root()


class _Tree(ContentHandler):
    """Elements as they are met, under their names without prefixes; what is counted is refused before it is kept."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget, self._depth, self._builder = budget, 0, TreeBuilder()

    def root(self) -> Element:
        """Return the root element of what was read."""
        return self._builder.close()

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 # its name in the standard library
        self._depth += 1
        self._budget.check("depth", self._depth)
        self._budget.spend("elements", 1 + len(attrs))
        self._builder.start(name.rpartition(":")[2], dict(attrs.items()))

    def endElement(self, name: str) -> None:  # noqa: N802 # its name in the standard library
        self._depth -= 1
        self._builder.end(name.rpartition(":")[2])

    def characters(self, content: str) -> None:
        self._builder.data(content)


def text_of(holder: Element | None, path: str = "") -> str:
    """Return the text of the first element at a path, with that of all within it, on one line; empty if none is."""
    found = holder if holder is None or not path else holder.find(path)
    return "" if found is None else " ".join(" ".join(found.itertext()).split())
