"""The bounds of a document from a stranger: its bytes, the parts of its keys, and the faults that are reported."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Final

from natoburden._regular import open_regular
from natoburden.errors import DocumentError, DocumentFault
from natoburden.serialization._json import exact_decimal

__all__ = ["MOST_BYTES", "bytes_of", "checked", "parse_toml", "unread"]

MOST_BYTES: Final = {".json": 5_000_000, ".toml": 1_000_000}
_MOST_DOTS: Final = 100  # in one line of TOML: tomllib needs time and memory by the square of a key's parts
_DEEPEST: Final = 50
_LARGEST: Final = 10**100  # Python does not print a number of thousands of digits


def unread(document: str, problem: object) -> DocumentError:
    """Return the error for a document that cannot be read at all."""
    return DocumentError(document, [DocumentFault("document", f"cannot be read: {problem}")])


def bytes_of(path: Path, most: int) -> bytes:
    """Read a document; raises `DocumentError` if it is too large or not a regular file, and `OSError` for a failure."""
    with open_regular(path, lambda kind: unread(path.name, f"it is {kind}; valid: a file")) as file:
        before = os.fstat(file.fileno())
        if before.st_size > most:
            problem = f"it has {before.st_size:,} bytes; valid: at most {most:,}: split it into several documents"
            raise unread(path.name, problem)
        content, after = file.read(most + 1), os.fstat(file.fileno())
        if len(content) != before.st_size or before.st_mtime_ns != after.st_mtime_ns:
            raise unread(path.name, "it changed while it was read; valid: a file that nothing writes to any longer")
    return content


def checked(data: object) -> object:
    """Return plain data; raises `ValueError` for values that are nested too deeply, and for an enormous number."""
    waiting = [(data, 0)]
    while waiting:
        value, depth = waiting.pop()
        if isinstance(value, dict | list):
            if depth == _DEEPEST:
                raise ValueError(f"values are nested more than {_DEEPEST} deep")
            waiting += [(part, depth + 1) for part in (value.values() if isinstance(value, dict) else value)]
        elif isinstance(value, int) and abs(value) > _LARGEST:
            raise ValueError("a whole number has more than 100 digits")
    return data


def parse_toml(text: str) -> object:
    """Read TOML with exact decimals; raises `ValueError` for a line with a key of very many parts."""
    for number, line in enumerate(text.split("\n"), start=1):
        if (dots := line.count(".")) > _MOST_DOTS:
            raise ValueError(f"line {number} has {dots} dots; valid: at most {_MOST_DOTS}: break it into several lines")
    return tomllib.loads(text, parse_float=exact_decimal)
