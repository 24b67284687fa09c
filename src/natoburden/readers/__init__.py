"""Recognise, read and describe files of other publishers, by the content of a file and not by its name.

A file is either read completely, or refused with one clear error.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final, TypeVar, overload

import attrs

from natoburden.errors import DocumentError, NatoBurdenError, ReaderError
from natoburden.readers import ecb, eda, eurostat, imf, kiel, nato, ocds, sheets, sipri, ted, worldbank
from natoburden.readers._answers import ANSWERS
from natoburden.readers._coverage import Fact, Names, Span, counted
from natoburden.readers._format import FileFormat, UnreadForm
from natoburden.readers._glimpse import Glimpse
from natoburden.readers._limits import Limits
from natoburden.readers._others import UNREAD
from natoburden.readers._stream import Progress
from natoburden.readers.awards import AwardFile, LeftOutAward

__all__ = [
    "FORMATS",
    "AwardFile",
    "FileFormat",
    "Inspection",
    "LeftOutAward",
    "Limits",
    "Names",
    "Span",
    "UnreadForm",
    "ecb",
    "eda",
    "eurostat",
    "imf",
    "inspect",
    "kiel",
    "nato",
    "ocds",
    "read",
    "recognise",
    "sheets",
    "sipri",
    "ted",
    "worldbank",
]


def __dir__() -> list[str]:
    return list(__all__)


T = TypeVar("T")

FORMATS: Final[tuple[FileFormat[Any], ...]] = (
    nato.FORMAT,
    *sipri.FORMATS,
    eurostat.FORMAT,
    eda.FORMAT,
    worldbank.FORMAT,
    imf.FORMAT,
    ecb.FORMAT,
    kiel.FORMAT,
    *ted.FORMATS,
    ocds.FORMAT,
    sheets.FORMAT,
)
_UNREAD: Final = (*(form for known in FORMATS for form in known.unread), *UNREAD, *ANSWERS)
_COMMAS = (
    "its numbers have decimal commas between semicolons or tabs: a spreadsheet saved it in another locale; download it "
    "again, or save it as CSV with decimal points"
)


@attrs.frozen(kw_only=True)
class Inspection:
    """The description of a file: its format, its edition, its coverage and its problems.

    `format` is None if no reader reads this kind of file; `unread` then describes the file, if its kind is known.
    `is_readable` states whether `read` can read the file.
    """

    file: str
    seen: str
    format: FileFormat[Any] | None = None
    unread: UnreadForm | None = None
    edition: str = ""
    coverage: tuple[tuple[str, Fact], ...] = ()
    problems: tuple[str, ...] = ()
    is_readable: bool = True

    @property
    def known_as(self) -> str:
        """The kind of file in words, or an empty text if the kind is unknown."""
        return str(self.format or self.unread or "")

    def __str__(self) -> str:
        lines = [f"{self.file}: {self.known_as or 'not recognised'}"]
        lines += [f"  edition: {self.edition}"] if self.edition else []
        lines += [f"  {name}: {counted(said)}" for name, said in self.coverage]
        lines += [f"  read with: {self.format.reader}"] if self.format and self.is_readable else []
        lines += [f"  problem: {problem}" for problem in self.problems]
        return "\n".join(lines)


_OWN_LIST: Final = " (a list of your own contracts is read by natoburden.datasets.load_contracts)"


def recognise(path: Path | str) -> FileFormat[Any]:
    """Return the format of a file, recognised by its content; raises `ReaderError` if no known format fits."""
    return _recognised(Glimpse.of(Path(path)))


@overload
def read(path: Path | str, *, limits: Limits | None = None) -> object: ...
@overload
def read(path: Path | str, kind: type[T], *, limits: Limits | None = None) -> T: ...
def read(path: Path | str, kind: type[Any] | None = None, *, limits: Limits | None = None) -> Any:
    r"""Read a file of any known format, recognised by its content; return the result of the reader for that format.

    A file packed with gzip is unpacked, and so is the only file of a zip archive. `kind` is the class of the result
    that you expect: type checkers use this class, and a result of another class raises an error. To use a reader's
    options, such as the country of buyers, call the reader directly. `recognise` returns the format of a file, which
    includes the name of its reader.

    Raises `ReaderError` with the reason if the file cannot be read, and `OSError` if the file does not exist.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "download"
    >>> _ = file.write_text("Date,USD,JPY,PLN,\n2024-12-31,1.0389,163.06,4.275,\n")
    >>> read(file).base
    Currency('EUR')
    >>> _ = file.write_text("<html><title>Request Rejected</title></html>")
    >>> read(file)
    Traceback (most recent call last):
        ...
    natoburden.errors.ReaderError: download: a web page, 'Request Rejected': the download failed, ...
    """
    glimpse = Glimpse.of(Path(path))
    found = _recognised(glimpse)
    try:
        value = found.read(glimpse.path, limits=limits)
    except ReaderError as error:
        if not glimpse.has_comma_decimals or found is sheets.FORMAT:  # spreadsheets of your own may have them
            raise
        raise ReaderError(error.file, error.position, f"{error.problem}; {_COMMAS}", error.expected) from error
    if kind is not None and not isinstance(value, kind):
        raise ReaderError(glimpse.path.name, "", f"{found}, read as {type(value).__name__}", kind.__name__)
    return value


def inspect(path: Path | str, *, progress: Progress | None = None, limits: Limits | None = None) -> Inspection:
    r"""Return a file's format, edition, coverage and problems, even if the file cannot be read.

    A large file that can be streamed is read part by part, in bounded memory. `progress` is called with the number of
    bytes read and the number of bytes in the file.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "eurofxref-hist.csv"
    >>> _ = file.write_text("Date,USD,JPY,PLN,\n2024-12-31,1.0389,163.06,4.275,\n")
    >>> print(inspect(file))
    eurofxref-hist.csv: ECB: euro reference rates
      edition: 2024-12-31
      days: 1
      dates: 2024-12-31
      base: EUR
      currencies: 3
      read with: readers.ecb.read_reference_rates
    """
    glimpse = Glimpse.of(Path(path))
    commas = (_COMMAS,) if glimpse.has_comma_decimals else ()
    seen = Inspection(file=glimpse.path.name, seen=str(glimpse), problems=commas, is_readable=False)
    try:
        found = _recognised(glimpse)
    except ReaderError as error:
        return attrs.evolve(seen, unread=_unread(glimpse), problems=(*_said(error), *commas))
    if found is sheets.FORMAT:  # spreadsheets of your own may have them
        commas = ()
    seen = attrs.evolve(seen, format=found, problems=commas)
    try:
        covered = found.coverage(glimpse.path, progress, limits)
    except NatoBurdenError as error:
        return attrs.evolve(seen, problems=(*_said(error), *commas))
    problems = (*covered.problems, *commas)
    return attrs.evolve(seen, edition=covered.edition, coverage=covered.facts, problems=problems, is_readable=True)


def _recognised(glimpse: Glimpse) -> FileFormat[Any]:
    for known in FORMATS:
        if known.recognises(glimpse):
            return known
    if unread := _unread(glimpse):
        words = unread.words(glimpse)
        problem = f"{unread}, {words!r}" if words else str(unread)
        raise ReaderError(glimpse.path.name, "", f"{problem}: {unread.instead}")
    publishers = ", ".join(dict.fromkeys(known.publisher for known in FORMATS))
    own = _OWN_LIST if glimpse.kind in ("table", "workbook") else ""
    raise ReaderError(glimpse.path.name, "", f"{glimpse}{own}", f"a file of {publishers}")


def _unread(glimpse: Glimpse) -> UnreadForm | None:
    return next((form for form in _UNREAD if form.recognises(glimpse)), None)


def _said(error: NatoBurdenError) -> tuple[str, ...]:
    """Return the lines of an error without the file's name, which is shown above; each of several faults has a line."""
    if isinstance(error, DocumentError):
        return tuple(map(str, error.exceptions))
    if not isinstance(error, ReaderError):
        return (str(error),)
    return (f"{error.position}: {error.problem}" if error.position else error.problem,)
