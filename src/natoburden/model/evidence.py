"""What a result may rest on: a published figure, a record, a rate, a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import attrs

from natoburden.model.sources import Source, Status

__all__ = ["Evidence", "Given"]


class Evidence(Protocol):
    """Evidence of a result, with its own line of the working, its firmness and its sources.

    Figures, contracts, transfers, deals, flows, rates and figures of the caller's own are evidence.
    """

    @property
    def working(self) -> str:
        """The evidence at full precision, so that the working can be redone by hand."""

    @property
    def firmness(self) -> Status:
        """Whether it is an outcome, an estimate or a plan."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that contain it."""

    @property
    def reference(self) -> Any:
        """Plain values that identify it: its key, or its place in a table."""


class Documented:
    """Evidence from one document; it is an outcome unless its class says otherwise."""

    __slots__ = ()

    stands_by_reference: ClassVar[bool] = False  # whether a result's data name it in place of holding all of it

    if TYPE_CHECKING:

        @property
        def source(self) -> Source:
            """The document that contains it."""

    @property
    def working(self) -> str:
        """The evidence as a line of the working."""
        return str(self)

    @property
    def firmness(self) -> Status:
        """Whether it is an outcome, an estimate or a plan."""
        return Status.ACTUAL

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that contain it."""
        return (self.source,)

    @property
    def reference(self) -> Any:
        """Plain values that identify it."""
        return str(self)


@attrs.frozen
class Given(Documented):
    """A figure or terms that the caller gave, in words, with their source."""

    words: str
    source: Source
    firmness: Status = Status.ACTUAL

    @property
    def working(self) -> str:
        """What the caller gave, and its status."""
        return f"{self.words} ({self.firmness})"

    def __str__(self) -> str:
        return self.words
