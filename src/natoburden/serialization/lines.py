"""Many values as JSON: one text, or a file of lines that is read and written one value at a time."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

from natoburden._regular import open_regular
from natoburden._whole import written_whole
from natoburden.errors import DocumentError, DocumentFault
from natoburden.errors._documents import MOST_FAULTS
from natoburden.serialization import from_data, to_data
from natoburden.serialization._bounds import MOST_BYTES, checked, unread
from natoburden.serialization._converter import is_list
from natoburden.serialization._json import items_of, parse_json

__all__ = ["from_json", "read_lines", "to_json", "write_lines"]

T = TypeVar("T")


def to_json(value: object) -> str:
    """Write a model value, or a list of values, as JSON on one line; the extra ``fast`` writes it with msgspec.

    >>> from natoburden.model.shares import Share
    >>> to_json([Share.percent("3.5"), Share.percent(2)])
    '["3.5 %","2 %"]'
    """
    encode = _encoder()
    if isinstance(value, tuple | list):  # one by one, to save memory
        return f"[{b','.join(encode(to_data(item)) for item in value).decode()}]"
    return encode(to_data(value)).decode()


def from_json(text: str | bytes, kind: type[T], document: str = "document") -> T:
    """Read a model value, or a list (``tuple[Contract, ...]``), from JSON; raises one `DocumentError` with every fault.

    With the extra ``fast``, msgspec reads a list.

    >>> from natoburden.model.shares import Share
    >>> from_json('["3.5 %", "2 %"]', tuple[Share, ...])
    (Share('3.5 %'), Share('2 %'))
    """
    with _told_of(document):
        content = text if isinstance(text, str) else text.decode("utf-8")
        if is_list(kind) and content.lstrip().startswith("["):
            items: Any = _items(content, get_args(kind)[0], document)
            return items  # type: ignore[no-any-return] # a tuple of the kind
        return from_data(checked(parse_json(content)), kind, document)


def _items(text: str, kind: type[T], document: str) -> tuple[T, ...]:
    """Return the values of a list, built one by one: their plain data are never all in memory at once."""
    found: list[T] = []
    faults: list[DocumentFault] = []
    build, parts = _bulk(text, kind, document) or (lambda data: from_data(data, kind, document), items_of(text))
    for number, part in enumerate(parts):
        try:
            found.append(build(part))
        except DocumentError as error:
            faults += [DocumentFault(f"[{number}].{fault.path}", fault.message) for fault in error.faults]
            if len(faults) > MOST_FAULTS:
                break
    if faults:
        raise DocumentError(document, faults)
    return tuple(found)


@contextlib.contextmanager
def _told_of(document: str) -> Iterator[None]:
    """Raise one `DocumentError` for text that is not JSON."""
    try:
        yield
    except DocumentError:
        raise
    except (ValueError, RecursionError) as error:
        raise unread(document, error) from error


def write_lines(path: Path | str, values: Iterable[object]) -> int:
    """Write values to a file, one per line, and return their number; the values may come from a generator.

    An existing file is replaced only after all values are written. If anything fails, the existing file stays
    unchanged.

    With the extra ``fast``, msgspec writes the JSON.
    """
    count = 0
    encode = _encoder()
    with written_whole(path, "wb") as file:
        for value in values:
            file.write(encode(to_data(value)) + b"\n")
            count += 1
    return count


def read_lines(path: Path | str, kind: type[T]) -> Iterator[T]:
    r"""Read values of one class from a file of lines, one value at a time.

    With the extra ``fast``, msgspec reads the JSON, and does not detect a key that occurs twice in one object. Values
    before a faulty line are yielded normally. A faulty line raises `DocumentError` with the number of the line.

    >>> import tempfile
    >>> from natoburden.model.shares import Share
    >>> file = Path(tempfile.mkdtemp()) / "shares.jsonl"
    >>> write_lines(file, [Share.percent(2), Share.percent("3.5")])
    2
    >>> list(read_lines(file, Share))
    [Share('2 %'), Share('3.5 %')]
    """
    file, quick, most = Path(path), _quick(kind), MOST_BYTES[".json"]
    with open_regular(file, lambda special: unread(file.name, f"it is {special}; valid: a file")) as lines:
        for number, line in enumerate(iter(lambda: lines.readline(most + 1), b""), start=1):
            if not line.strip():
                continue
            place = f"{file.name}, line {number}"
            if len(line) > most:
                raise unread(place, f"the line is too long; valid: at most {most:,} bytes")
            value = quick(line)
            yield _closely(line, kind, place) if value is None else value


def _bulk(text: str, kind: type[T], document: str) -> tuple[Callable[[Any], T], Iterable[Any]] | None:
    """Return a function that reads items of a list, and the items; None if msgspec is missing or cannot read them."""
    try:
        from natoburden.serialization._bulk import items_as_json
    except ImportError:
        return None
    parts, quick = items_as_json(text), _quick(kind, notices_twins=True)

    def build(part: bytes) -> T:
        value = quick(part)
        return _closely(part, kind, document) if value is None else value

    return None if parts is None else (build, parts)


def _quick(kind: type[T], *, notices_twins: bool = False) -> Callable[[bytes], T | None]:
    """Return a function that reads JSON with msgspec, and that returns None for input that `from_data` must handle."""
    try:
        from natoburden.serialization._bulk import reader
    except ImportError:
        return lambda _line: None
    read = reader(kind, notices_twins=notices_twins)

    def tried(line: bytes) -> T | None:
        try:
            return read(line)  # type: ignore[no-any-return] # a value of the kind
        except Exception:  # `from_data` then reports any faults
            return None

    return tried


def _closely(line: bytes, kind: type[T], document: str) -> T:
    with _told_of(document):
        return from_data(checked(parse_json(line.decode("utf-8-sig"))), kind, document)


def _encoder() -> Callable[[Any], bytes]:
    try:
        import msgspec
    except ImportError:
        encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
        return lambda data: encode(data).encode("utf-8")
    return msgspec.json.Encoder().encode
