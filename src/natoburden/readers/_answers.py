"""Answers of web interfaces without data: errors, refusals and empty results, quoted word for word."""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from natoburden.readers._format import UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._json import JSON_ERRORS, parse_json

__all__ = ["ANSWERS", "messages_of"]

_FAULTS = ("error", "errors", "warning", "warnings", "fault", "Error", "errorMessage")
_WORDS = (
    "label",
    "value",
    "message",
    "Message",
    "msg",
    "detail",
    "title",
    "error_description",
    "reason",
    "text",
    "faultstring",
)
_PLAIN = ("message", "Message", "msg", "detail", "error_description")
_DATA = frozenset(
    {"data", "value", "values", "releases", "records", "ocid", "dataSets", "results", "items", "features"}
)
_ROOTS = frozenset({"error", "Error", "ErrorResponse", "Fault", "Errors", "fault", "errors"})
_ELEMENTS = ("Text", "message", "faultstring", "Message", "ErrorMessage", "Description", "detail")
_MOST_SAID = 200
_MOST_DEEP = 4


def _answers_of_world_bank(glimpse: Glimpse) -> str:
    data = _json(glimpse)
    if isinstance(data, list) and data and isinstance(data[0], dict):
        if "message" in data[0]:
            return messages_of(data[0]["message"]) or "an error"
        if {"page", "total"} <= {*data[0]} and (len(data) < 2 or not data[1]):
            return "no data: the indicator has no figure for these countries and years"
    if glimpse.kind == "XML" and "worldbank.org" in glimpse.text:
        return _of_xml(glimpse) or ("no data" if 'total="0"' in glimpse.text else "")
    return ""


def _answers_of_eurostat(glimpse: Glimpse) -> str:
    data = _json(glimpse)
    if isinstance(data, dict) and not _DATA & {*data}:
        for key in ("error", "warning"):
            if isinstance(data.get(key), list) and '"label"' in glimpse.text:
                later = ": the answer is too large for the moment; ask again later, or filter the table"
                return messages_of(data[key]) + (later if "ASYNCHRONOUS" in glimpse.text else "")
    if glimpse.kind == "XML" and re.search(r"ESTAT|eurostat", glimpse.text):
        return _of_xml(glimpse)
    return ""


def _answers_of_others(glimpse: Glimpse) -> str:
    data = _json(glimpse)
    if isinstance(data, dict) and not any(data.get(key) for key in _DATA):
        found = next((data[key] for key in (*_FAULTS, *_PLAIN) if data.get(key)), None)
        return messages_of(found) if found is not None else ""
    return _of_xml(glimpse)


def _form(publisher: str, words: Callable[[Glimpse], str]) -> UnreadForm:
    return UnreadForm(
        name="an answer of the interface without data",
        publisher=publisher,
        instead="ask again, or download the table from the publisher's site",
        recognises=lambda glimpse: bool(words(glimpse)),
        words=words,
    )


ANSWERS: Final = (
    _form("World Bank", _answers_of_world_bank),
    _form("Eurostat", _answers_of_eurostat),
    _form("a publisher", _answers_of_others),
)


@functools.lru_cache(maxsize=8)
def _parsed(text: str) -> Any:
    try:
        return parse_json(text)
    except JSON_ERRORS:
        return None  # the rest is outside the part that was read, or broken: in any case, this is not a short answer


def _json(glimpse: Glimpse) -> Any:
    return _parsed(glimpse.text) if glimpse.kind == "JSON" else None


def _of_xml(glimpse: Glimpse) -> str:
    """Return the message of an error in XML, even if an envelope surrounds the error."""
    if glimpse.kind != "XML":
        return ""
    tags = set(re.findall(r"<(?:[\w.-]{1,40}:)?([A-Za-z]{4,40})\b", glimpse.text[:4_000]))
    if glimpse.root not in _ROOTS and not (glimpse.root == "Envelope" and "Fault" in tags):
        return ""
    for element in _ELEMENTS:
        found = re.search(rf"<(?:[\w.-]{{1,40}}:)?{element}\b[^<>]{{0,400}}>([^<>]+)<", glimpse.text[:20_000])
        if found and found[1].strip():
            return _shortened(html.unescape(found[1]))
    return f"the root element {glimpse.root!r}"


def messages_of(data: object) -> str:
    """Return the messages of an error, at any depth of its content."""
    return _shortened("; ".join(dict.fromkeys(_messages(data, 0)))) or _shortened(str(data))


def _messages(data: object, depth: int) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, list) and depth < _MOST_DEEP:
        for item in data[:10]:
            yield from _messages(item, depth + 1)
    elif isinstance(data, Mapping) and depth < _MOST_DEEP:
        for word in _WORDS:
            yield from _messages(data.get(word), depth + 1)


def _shortened(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _MOST_SAID else f"{plain[: _MOST_SAID - 1]}…"
