"""Errors about documents, data files and installation."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import Final, Self

from natoburden.errors._root import NatoBurdenError, listed, sentence
from natoburden.errors._visible import visible

__all__ = [
    "MOST_FAULTS",
    "DataIntegrityError",
    "DocumentError",
    "DocumentFault",
    "FrameError",
    "MissingExtraError",
    "MissingSourceError",
    "ReaderError",
]


class MissingSourceError(NatoBurdenError, ValueError):
    """A figure or a record has no source."""

    what: str

    def __str__(self) -> str:
        return sentence(f"{self.what} names no source", "a title, and a publisher or an address")


class DataIntegrityError(NatoBurdenError, RuntimeError):
    """A packaged data file differs from the file that was published with this version."""

    file: str
    problem: str

    def __str__(self) -> str:
        return sentence(f"packaged file {self.file}: {self.problem}", "", "reinstall natoburden")


class DocumentFault(NatoBurdenError, ValueError):  # noqa: N818 # a fault is one part of a DocumentError
    """One fault in a document, with the path to the faulty place."""

    path: str
    message: str

    def __str__(self) -> str:
        return sentence(f"{self.path}: {self.message}")


MOST_FAULTS: Final = 1_000  # of a document that are reported


class DocumentError(NatoBurdenError, ExceptionGroup[DocumentFault]):
    """All faults of one document, each with its path; of more than a thousand faults, the first thousand.

    >>> error = DocumentError("targets.toml", [DocumentFault("targets[0].share", "unknown key")])
    >>> print(error)
    targets.toml: 1 fault
      targets[0].share: unknown key
    """

    def __new__(cls, document: str, faults: Iterable[DocumentFault]) -> Self:  # the class documents it
        found = list(itertools.islice(faults, MOST_FAULTS + 1))
        if len(found) > MOST_FAULTS:
            found[-1] = DocumentFault("document", f"has further faults: mend these {MOST_FAULTS:,} first")
        return super().__new__(cls, document, found)

    def __init__(self, document: str, _faults: Iterable[DocumentFault]) -> None:
        super().__init__(document, self.exceptions)

    @property
    def document(self) -> str:
        """The name of the document."""
        return self.message

    @property
    def faults(self) -> tuple[DocumentFault, ...]:
        """All faults, in the order of the document."""
        return tuple(fault for fault in self.exceptions if isinstance(fault, DocumentFault))

    def derive(self, excs: Sequence[DocumentFault], /) -> DocumentError:  # type: ignore[override] # the faults keep their type
        """Return a new error with some of the faults; Python calls this when ``except*`` splits an error."""
        return DocumentError(self.document, excs)

    def __str__(self) -> str:
        count = len(self.exceptions)
        lines = [visible(f"{self.document}: {count} fault{'s' if count > 1 else ''}")]
        return "\n  ".join([*lines, *map(str, self.exceptions)])


def raise_faults(document: str, faults: Iterable[DocumentFault]) -> None:
    """Raise `DocumentError` if there is a fault; no more faults are looked for than are reported."""
    rest = iter(faults)
    for first in rest:
        raise DocumentError(document, itertools.chain([first], rest))


class ReaderError(NatoBurdenError, ValueError):
    """A publisher's file is not what its reader expects, so nothing is read from the file.

    `position` is the line of the problem, or its sheet and row. `position` is empty if the problem concerns the whole
    file.
    """

    file: str
    position: str
    problem: str
    expected: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, {self.position}" if self.position else self.file
        return sentence(f"{where}: {self.problem}", self.expected)


class FrameError(NatoBurdenError, ValueError):
    """A data frame lacks a column, or has values that a calculator cannot use; every fault is named."""

    faults: tuple[str, ...]
    columns: tuple[str, ...] = ()
    hint: str = ""

    def __str__(self) -> str:
        there = f"the columns are {listed(self.columns)}" if self.columns else ""
        return "; ".join(part for part in (*self.faults, there, self.hint) if part)


class MissingExtraError(NatoBurdenError, ImportError):
    """A feature needs a library that a plain installation of natoburden lacks."""

    feature: str
    library: str
    extra: str

    @property
    def name(self) -> str:  # type: ignore[override] # where users of ImportError look
        """The name of the missing library."""
        return self.library

    def __str__(self) -> str:
        return sentence(
            f"{self.feature} needs {self.library}", "", f"pip install 'natoburden[{self.extra}]' provides it"
        )
