"""What a reader declares about its files: the format that it reads, and the forms of its publisher that it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol

import attrs

from natoburden.model.procurement import Contract
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._stream import Progress
from natoburden.readers.awards import LeftOutAward

__all__ = ["FileFormat", "Stream", "UnreadForm"]


class Stream(Protocol):
    """A reader that gives awards one by one, and tells the bytes done."""

    def __call__(self, path: Path, /, *, progress: Progress | None) -> Iterator[Contract | LeftOutAward]:
        """Read a file."""


@attrs.frozen(kw_only=True)
class FileFormat:
    """A format that can be read: whose it is, the function that reads it, and how a file of it is recognised.

    `stream` gives the parts of a large file one by one, where the format allows it.
    """

    name: str
    publisher: str
    reader: str
    read: Callable[[Path], Any] = attrs.field(repr=False)
    recognises: Callable[[Glimpse], bool] = attrs.field(repr=False)
    stream: Stream | None = attrs.field(default=None, repr=False)

    def __str__(self) -> str:
        return f"{self.publisher}: {self.name}"


def _nothing(_glimpse: Glimpse) -> str:
    return ""


@attrs.frozen(kw_only=True)
class UnreadForm:
    """A form of a publisher's files that is known and not read: what it is, and what to do instead.

    `words` quotes what the file itself says, such as the error of a web interface; it is empty for most forms.
    """

    name: str
    publisher: str
    instead: str
    recognises: Callable[[Glimpse], bool] = attrs.field(repr=False)
    words: Callable[[Glimpse], str] = attrs.field(default=_nothing, repr=False)

    def __str__(self) -> str:
        return f"{self.publisher}: {self.name}"
