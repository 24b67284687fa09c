"""Conversion of model values to plain data and back; a faulty document raises one error with all its faults.

Plain data are values that JSON and TOML can express. Shares and rates are written with their sign (``"3.5 %"``), and
differences of shares as ``"1.28 pp"``. Amounts are written as ``{amount, currency, basis}``. Quantities of energy are
written with their unit (``"2 Mt of LNG"``, ``"36 PJ (net)"``). Countries are written by alpha-3 code, and groups by
key.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import cattrs
from cattrs.errors import IterableValidationNote

from natoburden.errors import DocumentError, DocumentFault, NatoBurdenError
from natoburden.serialization._bounds import MOST_BYTES, bytes_of, checked, parse_toml, unread
from natoburden.serialization._converter import converter
from natoburden.serialization._json import listed, parse_json

__all__ = ["from_data", "read_document", "to_data"]


def __dir__() -> list[str]:
    return list(__all__)


T = TypeVar("T")


def to_data(value: object) -> Any:
    """Convert a model value, a result or a container of such values to plain data.

    >>> from natoburden.model.shares import Share
    >>> to_data(Share.percent("3.50"))
    '3.5 %'
    """
    return converter().unstructure(value)


def from_data(data: object, kind: type[T], document: str = "document") -> T:
    """Convert plain data to a model value; raises one `DocumentError` with every fault and its path.

    >>> from natoburden.model.shares import Share
    >>> from_data("3.5 %", Share)
    Share('3.5 %')
    >>> from natoburden.model.memberships import Membership
    >>> from_data({"country": "Atlantis", "start": "2025-02-30"}, Membership, "mine.toml")
    Traceback (most recent call last):
        ...
    natoburden.errors.DocumentError: mine.toml: 2 faults
      country: no country is called 'Atlantis'; ...
      start: day is out of range for month
    """
    try:
        return converter().structure(data, kind)
    except Exception as error:
        faults = _once(itertools.chain(_faults_of(error, "", kind), _faults_between_parts(data, kind)))
        raise DocumentError(document, faults) from error


def _faults_of(error: BaseException, path: str, kind: type | None = None) -> Iterator[DocumentFault]:
    """Yield the faults in an error of cattrs with their paths; `kind` is the class of the whole document."""
    if isinstance(error, cattrs.ClassValidationError | cattrs.IterableValidationError):
        noted, bare = error.group_exceptions()
        for inner, note in noted:
            step = f"[{note.index!r}]" if isinstance(note, IterableValidationNote) else f".{note.name}"
            yield from _faults_of(inner, f"{path}{step}")
        for inner in bare:
            yield from _faults_of(inner, path, kind)
    elif not isinstance(error, DocumentError):
        yield DocumentFault(path.lstrip(".") or "document", _in_words(error))
    elif not hasattr(kind, "faults_in"):  # `faults_in` of the class finds the same faults
        for fault in error.faults:
            step = fault.path if fault.path.startswith("[") else f".{fault.path}"
            yield DocumentFault(f"{path}{step}".lstrip("."), fault.message)


def _once(faults: Iterable[DocumentFault]) -> Iterator[DocumentFault]:
    """Yield each fault once: a key that is used twice is a fault of its list and a fault between parts."""
    seen: set[tuple[str, str]] = set()
    for fault in faults:
        if (said := (fault.path, fault.message)) not in seen:
            seen.add(said)
            yield fault


def _faults_between_parts(data: object, kind: type) -> Iterable[DocumentFault]:
    """Return the faults between parts, such as a key that is used twice, even if some parts are faulty themselves."""
    find: Callable[[object], Iterable[DocumentFault]] | None = getattr(kind, "faults_in", None)
    return find(data) if find and isinstance(data, dict) else ()


def read_document(path: Path, kind: type[T], *, most_bytes: int | None = None) -> T:
    r"""Read a user's TOML or JSON document as a model value; the ending of the file's name decides the format.

    Raises one `DocumentError` with every fault and its path. If there are more than a thousand faults, the error has
    the first thousand. `DocumentError` is also raised for a file name that ends in neither ``.toml`` nor ``.json``, for
    text that is not valid UTF-8, TOML or JSON, and for a key that occurs twice in one JSON object. A folder, a pipe, a
    device, and a document of more than `most_bytes` raise `DocumentError` too. By default JSON may have 5 MB, and TOML
    may have 1 MB. A line of TOML may have at most 100 full stops. Raises `OSError` if the file cannot be opened. A byte
    order mark is ignored.

    >>> import tempfile
    >>> from natoburden import Source
    >>> file = Path(tempfile.mkdtemp()) / "mine.toml"
    >>> _ = file.write_text('title = "A statement"\npublisher = "A ministry"', encoding="utf-8")
    >>> print(read_document(file, Source))
    A ministry, A statement
    >>> _ = file.write_text('title = "A statement"\nauthor = "A ministry"', encoding="utf-8")
    >>> try:
    ...     read_document(file, Source)
    ... except DocumentError as error:
    ...     print(error)
    mine.toml: 1 fault
      document: unknown key author
    """
    readers = {".toml": parse_toml, ".json": parse_json}
    ending = path.suffix.lower()
    if ending not in readers:
        raise DocumentError(path.name, [DocumentFault("document", "its name ends in neither .toml nor .json")])
    content = bytes_of(path, MOST_BYTES[ending] if most_bytes is None else most_bytes)
    try:
        data = checked(readers[ending](content.decode("utf-8-sig")))
    except (ValueError, RecursionError) as error:
        raise unread(path.name, error) from error
    return from_data(data, kind, path.name)


def _in_words(error: BaseException) -> str:
    if isinstance(error, cattrs.ForbiddenExtraKeysError):
        return f"unknown key{'s' if len(error.extra_fields) > 1 else ''} {listed(error.extra_fields)}"
    if isinstance(error, KeyError):
        return "required key missing"
    if isinstance(error, NatoBurdenError | ValueError):
        return str(error)
    return "a table of keys and values is expected here"
