"""What a reader declares: the format that it reads, and other forms of the publisher's files that it cannot read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

import attrs

from natoburden.readers._coverage import Coverage
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._stream import Progress

__all__ = ["FileFormat", "Sheets", "Stream", "UnreadForm"]

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

Sheets: TypeAlias = Mapping[str, Sequence[Sequence[object]]]


class Reader(Protocol[T_co]):
    """The type of a function that reads a whole file."""

    def __call__(self, path: Path, /, *, limits: Limits | None = None) -> T_co:
        """Read a file."""

    @property
    def __name__(self) -> str: ...


class Stream(Protocol[T_co]):
    """The type of a function that reads a large file part by part, and reports the number of bytes read."""

    def __call__(self, path: Path, /, *, progress: Progress | None, limits: Limits | None) -> T_co:
        """Read a file."""


def _nothing(_glimpse: Glimpse) -> str:
    return ""


@attrs.frozen(kw_only=True)
class UnreadForm:
    """A known kind of file that no reader reads: its description, and advice on what to do instead.

    `words` returns a quotation from the file, such as the error of a web interface; for most kinds of file, it is
    empty.
    """

    name: str
    publisher: str
    instead: str
    recognises: Callable[[Glimpse], bool] = attrs.field(repr=False)
    words: Callable[[Glimpse], str] = attrs.field(default=_nothing, repr=False)

    def __str__(self) -> str:
        return f"{self.publisher}: {self.name}"


@attrs.frozen(kw_only=True)
class FileFormat(Generic[T]):
    """A format that can be read: its publisher, and functions that recognise, read and describe its files.

    `stream` reads a large file part by part, if the format permits this. `seed` is the name and the content of a small
    file of invented figures, from which tests with damaged files start. The content is text or the sheets of a
    workbook. `unread` lists other forms of the same data that cannot be read.
    """

    name: str
    publisher: str
    read: Reader[T] = attrs.field(repr=False)
    recognises: Callable[[Glimpse], bool] = attrs.field(repr=False)
    covers: Callable[[T], Coverage] = attrs.field(repr=False)
    stream: Stream[T] | None = attrs.field(default=None, repr=False)
    seed: tuple[str, str | Sheets] = attrs.field(repr=False, eq=False)
    unread: tuple[UnreadForm, ...] = attrs.field(default=(), repr=False)

    @property
    def reader(self) -> str:
        """The public name of the function that reads this format, such as ``readers.nato.read_workbook``."""
        function: Any = self.read
        return f"readers.{function.__module__.split('.')[2]}.{function.__name__}"

    def coverage(self, path: Path, progress: Progress | None, limits: Limits | None = None) -> Coverage:
        """Return the coverage of a file of this format; the file is read part by part if the format permits this."""
        if self.stream is None:
            return self.covers(self.read(path, limits=limits))
        return self.covers(self.stream(path, progress=progress, limits=limits))

    def __str__(self) -> str:
        return f"{self.publisher}: {self.name}"
