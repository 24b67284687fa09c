"""Containers of releases, recognised by their keys: packages, records, single releases, and files of many documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final

import attrs

from natoburden.errors import ReaderError
from natoburden.readers._instants import EARLIEST, instant
from natoburden.readers._json import JSON_ERRORS, check_json, decoder, parse_json
from natoburden.readers._limits import Budget, Limits
from natoburden.readers._stream import Progress, lines_of
from natoburden.readers._text import read_text
from natoburden.readers.ocds.shapes import LONGEST_ID, Release, kind_of, shape_fault, shaped

__all__ = ["EXPECTED", "Found", "documents_in", "is_lines", "line_documents", "parsed", "releases_in"]

EXPECTED: Final = "OCDS: a release or record package, releases, or JSON Lines of them"
_LONGEST_LINE = 32_000_000  # bytes of one document in a file of lines


@attrs.frozen(kw_only=True)
class Found:
    """One release, or the state of a contracting process in a record, with its place in the file.

    `refusal` states that the file has only a link to the release, and `fault` states why the release cannot be read.
    """

    ocid: str
    where: str
    release: Release = attrs.field(factory=dict)
    refusal: str = ""
    fault: str = ""


def is_lines(file: IO[bytes], budget: Budget) -> bool:
    """Return whether a file has one JSON document per line, which needs at least two lines."""
    file.seek(0)
    first = file.readline(_LONGEST_LINE + 1).removeprefix(b"\xef\xbb\xbf").strip()
    second = file.read(1 << 16).strip()
    if not first.startswith(b"{") or not second.startswith(b"{"):
        return False
    try:
        text = first.decode("utf-8")
    except UnicodeDecodeError:
        return False
    check_json(text, budget, "line 1")
    try:
        return isinstance(parse_json(text), dict)
    except JSON_ERRORS:
        return False


def documents_in(path: Path, limits: Limits | None) -> Iterator[tuple[str, Any]]:
    """Yield the documents of a file that is read whole: one document, or several in succession."""
    text = read_text(path, EXPECTED, limits).strip()
    check_json(text, Budget(limits, path.name))
    one_by_one = decoder()
    at = number = 0
    while at < len(text):
        try:
            document, end = one_by_one.raw_decode(text, at)
        except JSON_ERRORS as error:
            line = text.count("\n", 0, min(getattr(error, "pos", at), len(text))) + 1
            raise ReaderError(path.name, f"line {line}", f"not well-formed JSON: {error}", EXPECTED) from error
        number += 1
        yield f"document {number}", document
        at = end
        while at < len(text) and text[at].isspace():
            at += 1


def line_documents(file: IO[bytes], name: str, progress: Progress | None = None) -> Iterator[tuple[int, int, bytes]]:
    """Yield the number, the offset and the content of each line that is not blank, one line at a time."""
    for number, offset, line in lines_of(file, name, longest=_LONGEST_LINE, progress=progress):
        if line.strip():
            yield number, offset, line


def parsed(where: str, line: bytes, budget: Budget) -> Iterator[Found]:
    """Return the releases of a line; raises `ReaderError` for a line that exceeds the limits."""
    try:
        text = line.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        yield Found(ocid="", where=where, fault=f"not well-formed JSON: {error}")
        return
    check_json(text, budget, where)
    try:
        document = parse_json(text)
    except JSON_ERRORS as error:
        yield Found(ocid="", where=where, fault=f"not well-formed JSON: {error}")
        return
    yield from releases_in(where, document)


def releases_in(where: str, document: Any) -> Iterator[Found]:
    """Return the releases of one document in any container; for a document of another type, an entry with a fault."""
    if isinstance(document, list):
        for number, part in enumerate(document):
            yield from releases_in(f"{where}, item {number}", part)
    elif not isinstance(document, dict):
        yield Found(ocid="", where=where, fault=f"{kind_of(document)} in the place of a release")
    elif isinstance(records := document.get("records"), list | dict):
        for number, record in enumerate(records if isinstance(records, list) else [records]):
            yield from _record(f"{where}, record {number}", record)
    elif isinstance(releases := document.get("releases"), list | dict) and "tag" not in document:
        for number, release in enumerate(releases if isinstance(releases, list) else [releases]):
            yield _release(f"{where}, release {number}", release, document)
    elif "compiledRelease" in document:
        yield from _record(where, document)
    else:
        yield _release(where, document, {})


def _release(where: str, release: Any, package: Release) -> Found:
    if not isinstance(release, dict):
        return Found(ocid="", where=where, fault=f"{kind_of(release)} in the place of a release")
    ocid = release.get("ocid") or package.get("ocid")
    if not ocid or not isinstance(ocid, str):
        return Found(ocid="", where=where, fault="a release without ocid")
    if len(ocid) > LONGEST_ID:
        return Found(ocid="", where=where, fault=f"an ocid of more than {LONGEST_ID:,} characters")
    if "url" in release and not (set(release) & {"awards", "contracts", "tender", "parties", "planning"}):
        return Found(ocid=ocid, where=where, refusal="only a link to the release is here")
    if _is_versioned(release):
        release = {**_newest(release), "ocid": ocid, "tag": ["compiled"]}
    release = shaped(release)
    return Found(ocid=ocid, where=where, release=release, fault=shape_fault(release) or _date_fault(release))


def _date_fault(release: Release) -> str:
    """Return the fault of a release's date, by which releases are put in order; an empty text without a fault."""
    date = release.get("date")
    if date in (None, "") or instant(str(date)) is not None:
        return ""
    return f"the date {str(date)[:40]!r} is not a moment such as 2024-06-01T12:00:00Z"


def _record(where: str, record: Any) -> Iterator[Found]:
    """Return a record's state: the compiled or versioned release, or all releases if both are missing."""
    if not isinstance(record, dict):
        yield Found(ocid="", where=where, fault=f"{kind_of(record)} in the place of a record")
        return
    for key in ("compiledRelease", "versionedRelease"):
        if isinstance(record.get(key), dict):
            state = _newest(record[key]) if key == "versionedRelease" else record[key]
            yield _release(where, {**state, "tag": ["compiled"]}, record)
            return
    releases = record.get("releases")
    if not isinstance(releases, list) or not releases:
        yield Found(ocid=str(record.get("ocid") or ""), where=where, fault="a record without releases")
        return
    for number, release in enumerate(releases):
        yield _release(f"{where}, release {number}", release, record)


def _is_versioned(release: Release) -> bool:
    """Return whether a release is versioned: a versioned release lists each field's values in several releases."""
    for value in release.values():
        if _is_history(value) or (isinstance(value, dict) and any(map(_is_history, value.values()))):
            return True
    return False


def _is_history(value: Any) -> bool:
    return (
        isinstance(value, list)
        and value != []
        and all(isinstance(item, dict) and "releaseDate" in item and "value" in item for item in value)
    )


def _newest(value: Any) -> Any:
    """Return a value in which every history, at any depth, is replaced by its newest value."""
    if _is_history(value):
        return max(value, key=lambda item: instant(str(item["releaseDate"])) or EARLIEST)["value"]
    if isinstance(value, dict):
        return {key: _newest(inner) for key, inner in value.items()}
    return [_newest(inner) for inner in value] if isinstance(value, list) else value
