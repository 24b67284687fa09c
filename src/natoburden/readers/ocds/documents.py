"""Containers of releases: packages, records, single releases and files of many documents, told apart by their keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

import attrs

from natoburden.errors import ReaderError
from natoburden.readers._json import JSON_ERRORS, decoder, parse_json
from natoburden.readers._stream import Progress, lines_of
from natoburden.readers._text import read_text

__all__ = ["EXPECTED", "Found", "Release", "documents", "is_lines", "line_documents", "releases_in"]

EXPECTED: Final = "OCDS: a release or record package, releases, or JSON Lines of them"
_LONGEST_LINE = 32_000_000  # bytes of one document in a file of lines

Release: TypeAlias = dict[str, Any]


@attrs.frozen(kw_only=True)
class Found:
    """One state of a contracting process, with where it stands; `refusal` where there is only a link to it."""

    ocid: str
    where: str
    release: Release
    refusal: str = ""


def is_lines(file: IO[bytes]) -> bool:
    """Tell a file of one JSON document a line from others, by whether its first line is one and another follows."""
    file.seek(0)
    first = file.readline(_LONGEST_LINE + 1).removeprefix(b"\xef\xbb\xbf").strip()
    second = file.read(1 << 16).strip()
    if not first.startswith(b"{") or not second.startswith(b"{"):
        return False
    try:
        return isinstance(parse_json(first.decode("utf-8")), dict)
    except JSON_ERRORS:
        return False


def documents(path: Path) -> Iterator[tuple[str, Any]]:
    """Give the documents of a file that is read whole: one, or several after each other."""
    text = read_text(path, EXPECTED).strip()
    one_by_one = decoder()
    at = number = 0
    while at < len(text):
        try:
            document, end = one_by_one.raw_decode(text, at)
        except JSON_ERRORS as error:
            line = text.count("\n", 0, min(getattr(error, "pos", at), len(text))) + 1
            raise ReaderError(path.name, f"line {line}", f"no JSON that can be read: {error}", EXPECTED) from error
        number += 1
        yield f"document {number}", document
        at = end
        while at < len(text) and text[at].isspace():
            at += 1


def line_documents(file: IO[bytes], name: str, progress: Progress | None = None) -> Iterator[tuple[int, int, Any]]:
    """Give the documents of a file of lines, each with its line and place; no more than one is held at a time."""
    for number, offset, line in lines_of(file, name, longest=_LONGEST_LINE, progress=progress):
        if line.strip():
            yield number, offset, parsed(name, f"line {number}", line)


def parsed(file: str, where: str, line: bytes) -> Any:
    """Read one document of a line."""
    try:
        return parse_json(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except JSON_ERRORS as error:
        raise ReaderError(file, where, f"no JSON that can be read: {error}", EXPECTED) from error


def releases_in(file: str, where: str, document: Any) -> Iterator[Found]:
    """Give the releases of one document, whatever container it is."""
    if isinstance(document, list):
        for number, part in enumerate(document):
            yield from releases_in(file, f"{where}, item {number}", part)
    elif not isinstance(document, dict):
        raise ReaderError(file, where, f"a {type(document).__name__}", EXPECTED)
    elif isinstance(document.get("records"), list):
        for number, record in enumerate(document["records"]):
            yield from _record(file, f"{where}, record {number}", record)
    elif isinstance(document.get("releases"), list) and "tag" not in document:
        for number, release in enumerate(document["releases"]):
            yield from _release(file, f"{where}, release {number}", release, document)
    elif "compiledRelease" in document:
        yield from _record(file, where, document)
    else:
        yield from _release(file, where, document, {})


def _release(file: str, where: str, release: Any, package: Release) -> Iterator[Found]:
    if not isinstance(release, dict):
        raise ReaderError(file, where, f"a {type(release).__name__} in the place of a release", EXPECTED)
    ocid = release.get("ocid") or package.get("ocid")
    if not ocid or not isinstance(ocid, str):
        raise ReaderError(file, where, "a release without ocid", EXPECTED)
    if "url" in release and not (set(release) & {"awards", "contracts", "tender", "parties", "planning"}):
        yield Found(ocid=ocid, where=where, release={}, refusal="only a link to the release is here")
    elif _is_versioned(release):
        yield Found(ocid=ocid, where=where, release={**_newest(release), "ocid": ocid, "tag": ["compiled"]})
    else:
        yield Found(ocid=ocid, where=where, release=release)


def _record(file: str, where: str, record: Any) -> Iterator[Found]:
    """Give a record's state: compiled, versioned, or the releases that it consists of."""
    if not isinstance(record, dict):
        raise ReaderError(file, where, f"a {type(record).__name__} in the place of a record", EXPECTED)
    for key in ("compiledRelease", "versionedRelease"):
        if isinstance(record.get(key), dict):
            yield from _release(file, where, {"tag": ["compiled"], **record[key]}, record)
            return
    releases = record.get("releases")
    if not isinstance(releases, list) or not releases:
        raise ReaderError(file, where, "a record without releases", EXPECTED)
    for number, release in enumerate(releases):
        yield from _release(file, f"{where}, release {number}", release, record)


def _is_versioned(release: Release) -> bool:
    """Tell a versioned release by what stands in the place of single values: lists of values by release."""
    return any(_is_history(value) for value in release.values()) or any(
        isinstance(value, dict) and any(_is_history(inner) for inner in value.values()) for value in release.values()
    )


def _is_history(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(item, dict) and {"releaseDate", "value"} <= set(item) for item in value)
    )


def _newest(value: Any) -> Any:
    """Take the newest value of every history, all the way down."""
    if _is_history(value):
        return max(value, key=lambda item: str(item["releaseDate"]))["value"]
    if isinstance(value, dict):
        return {key: _newest(inner) for key, inner in value.items()}
    return [_newest(inner) for inner in value] if isinstance(value, list) else value
