"""XML files of other publishers: all elements are counted while they are parsed, and nothing is expanded or fetched."""

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

_COPIES = 6  # copies of a file's bytes in memory while it is parsed, if one attribute is nearly the whole file

_WORDS = 20  # bytes of memory for each character of a text while it is cut into its words


def parse_xml(path: Path, expected: str, limits: Limits | None) -> Element:
    """Read an XML file and remove the prefixes of its names; needs the extra ``readers``.

    Raises `ReaderError` for a file that is not XML, and for XML with a DOCTYPE declaration, which could define entities
    or name other files. Also raises `ReaderError` as soon as the elements are more, or nested deeper, than the limits
    allow.
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
        parser.feed(content)  # in one piece: older versions of Expat read a long attribute repeatedly
        parser.close()
    except DefusedXmlException as error:
        problem = "the file has a DOCTYPE or entities, which are not read"
        raise ReaderError(path.name, "", problem, expected) from error
    except ReaderError:
        raise
    except (SAXException, ValueError, LookupError) as error:  # a wrong encoding's name is a LookupError
        line = f"line {error.getLineNumber()}" if isinstance(error, SAXParseException) else ""
        said = error.getMessage() if isinstance(error, SAXException) else error
        raise ReaderError(path.name, line, f"not well-formed XML: {said}", expected) from error
    return tree.root()


class _Tree(ContentHandler):
    """Elements under their names without prefixes; an element beyond the limits is refused before it is kept."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget, self._depth, self._builder = budget, 0, TreeBuilder()

    def root(self) -> Element:
        """Return the root element of the document."""
        return self._builder.close()

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802 # its name in the standard library
        self._depth += 1
        self._budget.check("depth", self._depth)
        self._budget.spend("elements", 1 + len(attrs))
        self._builder.start(name.rpartition(":")[2], dict(attrs.items()))

    def endElement(self, name: str) -> None:  # noqa: N802 # its name in the standard library
        self._depth -= 1
        self._builder.end(name.rpartition(":")[2])

    def processingInstruction(self, target: str, data: str) -> None:  # noqa: ARG002, N802 # as in the standard library
        self._budget.spend("elements")

    def characters(self, content: str) -> None:
        self._budget.spend("memory", _WORDS * len(content))
        self._builder.data(content)


def text_of(holder: Element | None, path: str = "") -> str:
    """Return all text within the first element at a path, on one line; empty if there is no element."""
    found = holder if holder is None or not path else holder.find(path)
    return "" if found is None else " ".join(" ".join(found.itertext()).split())
