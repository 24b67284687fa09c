"""Access to the packaged files: each is read, and checked against the hash in its manifest."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import attrs

from natoburden._once import once
from natoburden._packaged import content, made_of, named, parsed, toml
from natoburden.errors import DataIntegrityError
from natoburden.model.sources import Source

__all__ = ["DATA", "PackagedFile", "document", "editions", "entries", "named"]

T = TypeVar("T")

DATA = Path(__file__).parent / "data"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class PackagedFile:
    """One edition of a packaged file, as its manifest describes it; `more` holds facts that only its dataset uses."""

    key: str
    path: Path
    sha256: str
    source: Source
    note: str
    more: Mapping[str, Any]

    @property
    def collected(self) -> dt.date:
        """The day on which the record was closed; raises `DataIntegrityError` if the manifest does not give it."""
        if self.source.accessed is None:
            raise DataIntegrityError(self.path.name, "its manifest does not say when it was collected")
        return self.source.accessed

    def text(self) -> str:
        """Return the text of the file; raises `DataIntegrityError` unless it is the published file."""
        import hashlib

        found = content(self.path)
        if hashlib.sha256(found).hexdigest() != self.sha256:
            raise DataIntegrityError(self.path.name, "is not the file that was published with this version")
        return found.decode("utf-8")

    def lines(self) -> Iterator[list[str]]:
        """Return the lines of a CSV file as lists of cells, the header first."""
        return csv.reader(io.StringIO(self.text()))

    def rows(self) -> Iterator[dict[str, str]]:
        """Return the lines of a CSV file as mappings from the names of its columns."""
        return csv.DictReader(io.StringIO(self.text()))

    def document(self, kind: type[T]) -> T:
        """Return the model value in a TOML file; raises `DocumentError` with every fault."""
        return _structured(toml(self.text()), kind, self.path.name)


@once
def editions(manifest: str, section: str = "edition") -> Mapping[str, PackagedFile]:
    """Return the files that a section of a manifest lists, by the key of each edition."""

    def described(entry: dict[str, Any]) -> PackagedFile:
        return PackagedFile(
            key=entry.pop("key"),
            path=(DATA / manifest).parent / entry.pop("file"),
            sha256=entry.pop("sha256"),
            source=Source(**entry.pop("source")),
            note=entry.pop("note", ""),
            more=entry,
        )

    return {file.key: file for file in entries(manifest, section, described)}


def entries(file: str, section: str, make: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
    """Return the entries in a section of a small TOML file, each made by a function.

    Raises `DataIntegrityError`, which names the entry, if an entry cannot be made.
    """
    return made_of(_parsed(file), file, section, make)


def document(file: str, kind: type[T], section: str | None = None) -> T:
    """Return the model value in a hand-written TOML file, or in a section of it.

    Raises `DocumentError` with every fault.
    """
    data = _parsed(file)
    return _structured(data if section is None else data[section], kind, file)


def _structured(data: object, kind: type[T], name: str) -> T:
    from natoburden.serialization import from_data  # loading takes long, and most programs do not need it

    return from_data(data, kind, name)


def _parsed(file: str) -> dict[str, Any]:
    return parsed(DATA / file)
