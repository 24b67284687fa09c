"""Files that stay nearly valid, as Hypothesis strategies: bytes, documents, tables and XML, a little changed."""

from __future__ import annotations

import copy
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from hypothesis import strategies as st

__all__ = ["INSERTS", "ODD", "ODD_TEXTS", "bent", "disordered", "pruned", "rearranged"]

# What is put in place of a piece of a good file, or into it.
INSERTS = (
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\t", b"\n", b"\r\n", b"\x1a"),
    *(b"-1", b"1e999", b"1e-999", b"NaN", b"Infinity", b"9" * 400, b"0x10", b"1_000", "\u0661\u0662".encode()),
    *(b"=cmd|'/c calc'!A1", b"{{7*7}}", b"../../etc/passwd", b"<!ENTITY a SYSTEM 'file:///etc/passwd'>", b"&lt;"),
    *(b"[" * 50, b"{" * 50, b"<a>" * 50, b"null", b"true", b"[]", b"{}", b"2024-02-30", b"0000-00-00", b"\xc3"),
    *(b"Kosovo", b"Atlantis", "Türkiye".encode("cp1252"), "\u202e".encode(), b"1" + b"0" * 30, b"x" * 5_000),
)


ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 1.5, 1e308, "", " ", "x", "2024", "1.5", "NaN", "\x00", "é" * 3_000),
    *([], {}, [None], [[]], {"x": {}}, [1, "1", None], {"0": "1"}, {"value": 1, "releaseDate": 2}),
)
ODD_TEXTS = tuple(item for item in ODD if isinstance(item, str) and item != "\x00")


def nodes(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values within one."""
    parts: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return [path, *(found for key, part in parts for found in nodes(part, (*path, key)))]


@st.composite
def bent(draw: st.DrawFn, content: bytes) -> bytes:
    """A good file with a few pieces cut out, doubled, moved or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from((0, 1, 3, 10, 100, 10_000))))
        piece = draw(st.one_of(st.sampled_from(INSERTS), st.just(content[start:end] * 2), st.binary(max_size=8)))
        content = content[:start] + piece + content[end:]
    return content


@st.composite
def disordered(draw: st.DrawFn, document: Any) -> Any:
    """A document with some of its values replaced by odd ones, or taken away."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(nodes(document)))
        if not path:
            return draw(st.sampled_from(ODD))
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[path[-1]] = copy.deepcopy(draw(st.sampled_from(ODD)))
        else:
            del holder[path[-1]]
    return document


@st.composite
def pruned(draw: st.DrawFn, content: bytes) -> bytes:
    """XML with some of its elements taken away, doubled, or with other texts and attributes."""
    root = fromstring(content)  # the project's own
    for _ in range(draw(st.integers(1, 3))):
        holder = draw(st.sampled_from([item for item in root.iter() if len(item)] or [root]))
        element = draw(st.sampled_from(list(holder) or [holder]))
        match draw(st.sampled_from(("away", "double", "text", "attribute", "inside"))):
            case "away" if element is not holder:
                holder.remove(element)
            case "double" if element is not holder:
                holder.append(copy.deepcopy(element))
            case "text":
                element.text = draw(st.sampled_from(ODD_TEXTS))
            case "attribute":
                element.attrib = dict.fromkeys(element.attrib, draw(st.sampled_from(("", "x", "-1", "NO", "1e999"))))
            case _:
                element.append(Element(draw(st.sampled_from(("COUNTRY", "VALUES", "ID", "LotTender", "x")))))
    return tostring(root)


@st.composite
def rearranged(draw: st.DrawFn, content: bytes, encoding: str = "utf-8") -> bytes:
    """A table in text with some of its cells, rows or columns changed, taken away, doubled or in another order."""
    text = content.decode(encoding)
    mark = "\t" if "\t" in text else ","
    rows = [line.split(mark) for line in text.splitlines()]
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(rows) - 1))
        column = draw(st.integers(0, max(len(rows[at]) - 1, 0)))
        match draw(st.sampled_from(("cell", "row away", "row doubled", "column away", "column doubled", "order"))):
            case "cell":
                rows[at][column : column + 1] = [
                    draw(st.sampled_from((*ODD_TEXTS, "-1", "1e400", '"', "..", "n/a", "2023")))
                ]
            case "row away" if len(rows) > 1:
                del rows[at]
            case "row doubled":
                rows.insert(at, list(rows[at]))
            case "column away":
                rows = [[*row[:column], *row[column + 1 :]] for row in rows]
            case "column doubled":
                rows = [[*row[:column], *row[column : column + 1], *row[column:]] for row in rows]
            case _:
                rows = draw(st.permutations(rows))
    return "\n".join(mark.join(row) for row in rows).encode(encoding, "surrogatepass") + b"\n"
