"""What a result may rest on: a published figure, a record, a rate, a document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import attrs

from natoburden.model.sources import Source, Status

__all__ = ["Evidence", "Given"]


class Evidence(Protocol):
    """What a result rests on: it has its own line of the working, its firmness and its sources.

    Figures, contracts, transfers, deals, flows, rates and figures of the caller's own are evidence.
    """

    @property
    def working(self) -> str:
        """What it is, at full precision: the working can be redone by hand."""

    @property
    def firmness(self) -> Status:
        """How far it is an outcome."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that it stands in."""

    @property
    def reference(self) -> Any:
        """What finds it again, as plain values of the model: its key, or its place in a table."""


class Documented:
    """Evidence that stands in one document, and is an outcome unless its class says otherwise."""

    __slots__ = ()

    stands_by_reference: ClassVar[bool] = False  # whether a result's data name it in place of holding all of it

    if TYPE_CHECKING:

        @property
        def source(self) -> Source:
            """The document that it stands in."""

    @property
    def working(self) -> str:
        """What it is, as a line of the working."""
        return str(self)

    @property
    def firmness(self) -> Status:
        """How far it is an outcome."""
        return Status.ACTUAL

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that it stands in."""
        return (self.source,)

    @property
    def reference(self) -> Any:
        """What finds it again."""
        return str(self)


@attrs.frozen
class Given(Documented):
    """What the caller gave: a figure or terms, in words, with their source."""

    words: str
    source: Source
    firmness: Status = Status.ACTUAL

    @property
    def working(self) -> str:
        """What was given, and how firm it is."""
        return f"{self.words} ({self.firmness})"

    def __str__(self) -> str:
        return self.words
