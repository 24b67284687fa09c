"""The evidence for a result: a published figure, a record, a rate or a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import attrs

from natoburden.model.sources import Source, Status

__all__ = ["Evidence", "Given"]


class Evidence(Protocol):
    """Evidence for a result, with its own line of the working, its firmness and its sources.

    Figures, contracts, transfers, deals, flows, rates and the caller's own figures are evidence.
    """

    @property
    def working(self) -> str:
        """The evidence at full precision, as needed to redo the working by hand."""

    @property
    def firmness(self) -> Status:
        """Whether the evidence is an outcome, an estimate or a plan."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that contain the evidence."""

    @property
    def reference(self) -> Any:
        """Plain values that identify the evidence: its key, or its position in a table."""


class Documented:
    """Evidence from one document; the evidence is an outcome unless its class states another status."""

    __slots__ = ()

    stands_by_reference: ClassVar[bool] = False  # whether a result's data hold only its reference

    if TYPE_CHECKING:

        @property
        def source(self) -> Source:
            """The document that contains the evidence."""

    @property
    def working(self) -> str:
        """The evidence as a line of the working."""
        return str(self)

    @property
    def firmness(self) -> Status:
        """Whether the evidence is an outcome, an estimate or a plan."""
        return Status.ACTUAL

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that contain the evidence."""
        return (self.source,)

    @property
    def reference(self) -> Any:
        """Plain values that identify the evidence."""
        return str(self)


@attrs.frozen
class Given(Documented):
    """A figure, or contract terms in words, that the caller gave with a source."""

    words: str
    source: Source
    firmness: Status = Status.ACTUAL

    @property
    def working(self) -> str:
        """The caller's words, with the status of the evidence."""
        return f"{self.words} ({self.firmness})"

    def __str__(self) -> str:
        return self.words
