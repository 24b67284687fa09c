"""Errors of documents, data files and installation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from natoburden.errors._root import NatoBurdenError, listed, sentence

__all__ = [
    "DataIntegrityError",
    "DocumentError",
    "DocumentFault",
    "FrameError",
    "MissingExtraError",
    "MissingSourceError",
    "ReaderError",
]


class MissingSourceError(NatoBurdenError, ValueError):
    """A figure has no source."""

    what: str

    def __str__(self) -> str:
        return sentence(f"{self.what} names no source", "a title, and a publisher or an address")


class DataIntegrityError(NatoBurdenError, RuntimeError):
    """A packaged data file is not the one that was published with this version."""

    file: str
    problem: str

    def __str__(self) -> str:
        return sentence(f"packaged file {self.file}: {self.problem}", "", "reinstall natoburden")


class DocumentFault(NatoBurdenError, ValueError):  # noqa: N818 # a fault is one part of a DocumentError
    """One thing that is wrong in a document, with the path to it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"


class DocumentError(NatoBurdenError, ExceptionGroup[DocumentFault]):
    """Everything that is wrong in one document, each fault with its path.

    >>> error = DocumentError("targets.toml", [DocumentFault("targets[0].share", "unknown key")])
    >>> print(error)
    targets.toml: 1 fault
      targets[0].share: unknown key
    """

    def __new__(cls, document: str, faults: Sequence[DocumentFault]) -> Self:  # the class says it
        return super().__new__(cls, document, faults)

    def __init__(self, document: str, faults: Sequence[DocumentFault]) -> None:
        super().__init__(document, faults)

    @property
    def document(self) -> str:
        """The name of the document."""
        return self.message

    @property
    def faults(self) -> tuple[DocumentFault, ...]:
        """Everything that is wrong, in the order of the document."""
        return tuple(fault for fault in self.exceptions if isinstance(fault, DocumentFault))

    def derive(self, excs: Sequence[DocumentFault], /) -> DocumentError:  # type: ignore[override] # the faults keep their type
        """Return a group of the same type, as ``except*`` needs when it splits one."""
        return DocumentError(self.document, excs)

    def __str__(self) -> str:
        count = len(self.exceptions)
        lines = [f"{self.document}: {count} fault{'s' if count > 1 else ''}"]
        return "\n  ".join([*lines, *map(str, self.exceptions)])


class ReaderError(NatoBurdenError, ValueError):
    """A publisher's file is not what a reader expects; nothing of it is read.

    `position` is the line, or the sheet and row, of the problem; empty if it concerns the whole file.
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
    """A feature needs a library that the core does not install."""

    feature: str
    library: str
    extra: str

    @property
    def name(self) -> str:  # type: ignore[override] # where users of ImportError look
        """The library that is missing."""
        return self.library

    def __str__(self) -> str:
        return sentence(
            f"{self.feature} needs {self.library}", "", f"pip install 'natoburden[{self.extra}]' provides it"
        )
