"""The bounds of a document from a stranger: its bytes, the parts of its keys, and the faults that are reported."""

from __future__ import annotations

import itertools
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from natoburden._regular import open_regular
from natoburden.errors import DocumentError, DocumentFault
from natoburden.serialization._json import exact_decimal

__all__ = ["MOST_BYTES", "MOST_FAULTS", "bounded_faults", "bytes_of", "parse_toml", "unread"]

MOST_BYTES: Final = {".json": 20_000_000, ".toml": 4_000_000}
MOST_FAULTS: Final = 1_000
_MOST_DOTS: Final = 200  # in one line of TOML: tomllib needs time and memory by the square of a key's parts


def unread(document: str, problem: object) -> DocumentError:
    """Return the error for a document that cannot be read at all."""
    return DocumentError(document, [DocumentFault("document", f"cannot be read: {problem}")])


def bytes_of(path: Path, most: int) -> bytes:
    """Read a document; raises `DocumentError` if it is too large or not a regular file, and `OSError` for a failure."""
    with open_regular(path, lambda kind: unread(path.name, f"it is {kind}; valid: a file")) as file:
        size = os.fstat(file.fileno()).st_size
        content = b"" if size > most else file.read(most + 1)
    if max(size, len(content)) > most:
        problem = f"it has {max(size, len(content)):,} bytes; valid: at most {most:,}: split it into several documents"
        raise unread(path.name, problem)
    return content


def parse_toml(text: str) -> object:
    """Read TOML with exact decimals; raises `ValueError` for a line with a key of very many parts."""
    for number, line in enumerate(text.split("\n"), start=1):
        if (dots := line.count(".")) > _MOST_DOTS:
            raise ValueError(f"line {number} has {dots} dots; valid: at most {_MOST_DOTS}: break it into several lines")
    return tomllib.loads(text, parse_float=exact_decimal)


def bounded_faults(faults: Iterable[DocumentFault]) -> list[DocumentFault]:
    """Return the faults to report: the first thousand, and a note if there are more."""
    found = list(itertools.islice(faults, MOST_FAULTS + 1))
    if len(found) > MOST_FAULTS:
        found[-1] = DocumentFault("document", f"has further faults: mend these {MOST_FAULTS:,} first")
    return found
