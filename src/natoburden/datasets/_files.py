"""Packaged files, read and checked against the hash that their manifest records."""

from __future__ import annotations

import hashlib
from pathlib import Path

from natoburden.errors import DataIntegrityError

__all__ = ["DATA", "read_checked"]

DATA = Path(__file__).parent / "data"


def read_checked(path: Path, sha256: str) -> str:
    """Read a packaged text file; raises `DataIntegrityError` if it is missing or not the published one."""
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise DataIntegrityError(path.name, "is missing") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DataIntegrityError(path.name, "is not the file that was published with this version")
    return content.decode("utf-8")
