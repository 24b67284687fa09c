"""Text files of other publishers, decoded, checked and split into records."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from natoburden.errors import ReaderError
from natoburden.readers._files import open_file, read_file
from natoburden.readers._instants import month_of
from natoburden.readers._limits import Budget, Limits
from natoburden.readers._packed import is_packed, unpacked_chunks

__all__ = [
    "LOST",
    "check_table",
    "checked_name",
    "decoded",
    "full_rows",
    "generated_at",
    "generated_on",
    "lost_character",
    "read_lines",
    "read_text",
    "records",
    "refuse_other_kinds",
    "rows_in",
    "widened",
]

_GENERATED = re.compile(
    r"Data generated:\s*(\d{1,2}) ([A-Z][a-z]{2})[a-z]* (\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M", re.IGNORECASE
)
_GENERATED_ON = re.compile(r"Generated:\s{0,9}(\d{1,2}) ([A-Z][a-z]{2})[a-z]{0,9} (\d{4})\b", re.IGNORECASE)
LOST = "\ufffd"
_SPOILED = re.compile(r"\?|[ÃÂ][^A-Za-z ]")  # for a lost letter; UTF-8 read as another encoding
_COPIES = 3  # copies of a text in memory while it is tidied and cut
_MOST_LINES_OF_A_RECORD = 6
_LONGEST_LINE = 20_000  # characters; the longest line of SIPRI's register has a thousand


def read_text(path: Path, expected: str, limits: Limits | None, *, wide_ok: bool = False, lost_ok: bool = False) -> str:
    """Read a text file in UTF-8, Windows-1252 or ISO 8859-1; raises `ReaderError` for any other kind of file.

    The three encodings are tried in this order; ISO 8859-1 accepts any bytes, and differs from Windows-1252 only in
    typographic signs. A file packed with gzip is unpacked, and so is the only file of data in a zip archive. UTF-16 is
    refused, except with `wide_ok`, for publishers that use UTF-16. The character U+FFFD, which means that an earlier
    conversion lost a character, is refused too, except with `lost_ok`, for readers that check each column for U+FFFD.
    """
    content = _unpacked(path, expected, limits)
    refuse_other_kinds(path.name, content[:512], expected)
    if wide_ok and (wide := widened(content)):
        content = wide
    if b"\x00" in content or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ReaderError(path.name, "line 1", "the file is in UTF-16 or binary", f"{expected}, in UTF-8 or ISO 8859-1")
    text = decoded(content)
    Budget(limits, path.name).check("memory", len(content) + _COPIES * sys.getsizeof(text))
    if not text.strip("\ufeff \t\r\n"):
        raise ReaderError(path.name, "", "the file is empty", expected)
    if LOST in text and not lost_ok:
        before, _, after = text.partition(LOST)
        line = before.count("\n") + 1
        start, rest = before.rpartition("\n")[2], after.partition("\n")[0]
        raise lost_character(path.name, line, f"column {_columns(start)}", f"{start[-20:]}{LOST}{rest[:20]}")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _without_tails(text) if ";\n" in text[:10_000] else text


def _without_tails(text: str) -> str:
    """Return a table's text without the semicolons that some spreadsheet programs add to the end of each line."""
    lines = text.split("\n")
    tailed = [line.rstrip("; ") for line in lines if line.endswith(";")]
    in_use = sum(";" in line for line in tailed)
    if 2 * len(tailed) <= sum(map(bool, lines)) or 2 * in_use > len(tailed):
        return text
    return "\n".join(line.rstrip("; ") if line.endswith(";") else line for line in lines)


def _columns(line: str) -> int:
    """Return the number of columns of a line that is split at its most frequent delimiter."""
    return max(map(line.count, ",;\t")) + 1


def lost_character(file: str, line: int, column: str, shown: str) -> ReaderError:
    problem = f"{column}: a character was lost in an earlier conversion, {shown!r}"
    return ReaderError(file, f"line {line}", problem, "the file as the publisher has it: download it again")


def checked_name(file: str, line: int, column: str, name: str) -> str:
    """Return a party's name; raises `ReaderError` for a damaged name, with which the party could not be found."""
    if _SPOILED.search(name):
        raise lost_character(file, line, column, name[:40])
    return name


def read_lines(path: Path, expected: str, limits: Limits | None, *, lost_ok: bool = False) -> list[str]:
    """Read a table with `read_text` and return its lines; raises `ReaderError` for more cells than the limits allow."""
    text = read_text(path, expected, limits, lost_ok=lost_ok)
    check_table(text, path.name, limits)
    return text.split("\n")


def check_table(text: str, file: str, limits: Limits | None) -> None:
    """Raise `ReaderError` for a table with more rows, columns or cells than the limits allow, without splitting it."""
    budget, rows = Budget(limits, file), text.count("\n") + 1
    budget.spend("rows", rows)
    delimiters = max(map(text.count, ",;\t"))
    if delimiters > budget.limits.columns:
        for number, line in enumerate(_lines(text), start=1):
            budget.check("columns", _columns(line), f"line {number}")
    budget.spend("cells", rows + delimiters)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text with their line ends; the whole text is not copied."""
    start = 0
    while end := text.find("\n", start) + 1:
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _unpacked(path: Path, expected: str, limits: Limits | None) -> bytes:
    with open_file(path) as file:
        if not is_packed(file.read(4)):
            return read_file(path, limits)
    return b"".join(unpacked_chunks(path, expected, limits))


def widened(content: bytes) -> bytes | None:
    """Convert UTF-16, with or without a byte order mark, to UTF-8; None for any other content."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not marked and content[1:200:2].count(b"\x00") < len(content[1:200:2]) * 0.9:
        return None
    try:
        return content.decode("utf-16" if marked else "utf-16-le").encode()
    except UnicodeDecodeError:
        return None


def refuse_other_kinds(file: str, content: bytes, expected: str) -> None:
    """Raise `ReaderError` if the first bytes show an empty file, a web page, a workbook, an archive or a PDF."""
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise ReaderError(file, "", "the file is empty", expected)
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        raise ReaderError(file, "line 1", "the file is a web page", expected)
    if start.startswith((b"pk\x03\x04", b"\xd0\xcf\x11\xe0", b"%pdf")):
        raise ReaderError(file, "", "the file is a workbook, an archive or a PDF", expected)


def decoded(content: bytes) -> str:
    """Convert bytes to text: UTF-8 is tried first, then Windows-1252, then ISO 8859-1, which accepts any bytes."""
    for encoding in ("utf-8-sig", "cp1252"):
        with contextlib.suppress(UnicodeDecodeError):
            return content.decode(encoding)
    return content.decode("latin-1")


def generated_at(preamble: Sequence[str]) -> dt.datetime | None:
    """Return the moment that an export states for its making, in the site's local time; None if it states no moment."""
    for line in preamble:
        if found := _GENERATED.search(line):
            day, month, year, hour, minute, second, half = found.groups()
            in_day = int(hour) % 12 + (12 if half.upper() == "P" else 0)
            with contextlib.suppress(ValueError):  # 31 Feb, 12:61, Okt
                return dt.datetime(int(year), month_of(month), int(day), in_day, int(minute), int(second))
    return None


def generated_on(preamble: Sequence[str]) -> dt.date | None:
    """Return the day that an export states for its making; None if it states no day."""
    moment = generated_at(preamble)
    for line in preamble if moment is None else ():
        if found := _GENERATED_ON.search(line):
            with contextlib.suppress(ValueError):
                return dt.date(int(found[3]), month_of(found[2]), int(found[1]))
    return moment.date() if moment else None


def records(
    lines: Sequence[str], *, file: str, first: int, width: int, delimiter: str = ","
) -> Iterator[tuple[int, list[str]]]:
    """Yield records of one width, each with the number of its first line; blanks around fields are kept.

    A line break inside a field splits a record. The pieces of the record are joined again, even if a spreadsheet
    program has added empty fields to a piece. Empty fields after the last column are ignored. Raises `ReaderError` for
    a record with too many fields, and for a record that the following lines do not complete.
    """
    index = first
    while index < len(lines):
        start, text = index, lines[index]
        if not text.replace(delimiter, "").strip():
            index += 1
            continue
        if len(text) > _LONGEST_LINE:
            raise ReaderError(file, f"line {start + 1}", f"a line of {len(text)} characters", "one record per line")
        fields = _cut(text, delimiter)
        while len(fields) > width and not fields[-1].strip():
            fields.pop()
        if not fields[-1].strip() and (padded := _padded(fields, lines, index + 1, width, delimiter)):
            fields, index = padded
        while len(fields) < width and index + 1 < len(lines) and index - start < _MOST_LINES_OF_A_RECORD:
            index += 1
            text = f"{text} {lines[index]}"
            fields = _cut(text, delimiter)
        if len(fields) != width:
            problem = f"a record of {len(_cut(lines[start], delimiter))} fields"
            raise ReaderError(file, f"line {start + 1}", problem, f"{width} fields; is the file cut short?")
        yield start + 1, fields
        index += 1


def _padded(
    fields: list[str], lines: Sequence[str], following: int, width: int, delimiter: str
) -> tuple[list[str], int] | None:
    """Return a record from pieces that have empty fields up to the full width; None if the pieces make no record.

    A line break inside a field splits this field between two pieces. The pieces together therefore have one field too
    many for each line break.
    """
    joined = _filled(fields)
    if not joined or len(fields) != width or len(joined) == width:
        return None
    for index in range(following, min(following + _MOST_LINES_OF_A_RECORD, len(lines))):
        cut = _cut(lines[index], delimiter)
        part = _filled(cut)
        if len(cut) < width or not part or len(joined) + len(part) - 1 > width:
            return None
        joined = [*joined[:-1], f"{joined[-1].strip()} {part[0].strip()}".strip(), *part[1:]]
        if len(joined) == width:
            return joined, index
    return None


def _filled(fields: Sequence[str]) -> list[str]:
    """Return fields without the empty fields at the end."""
    found = list(fields)
    while found and not found[-1].strip():
        found.pop()
    return found


def rows_in(
    text: str, file: str, expected: str, limits: Limits | None, *, delimiters: str = ",;\t"
) -> Iterator[tuple[int, list[str]]]:
    """Yield rows of cells, each row with the number of its last line; the first line of the table shows the delimiter.

    Raises `ReaderError` for more cells than the limits allow, and for a cell that is too long, for example after a
    quotation mark that is never closed.
    """
    check_table(text, file, limits)
    first = text.partition("\n")[0]
    rows = csv.reader(_lines(text), delimiter=max(delimiters, key=first.count))
    try:
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        raise ReaderError(file, f"line {rows.line_num}", f"no row that can be read: {error}", expected) from error


def full_rows(rows: Iterable[tuple[int, list[str]]], file: str, width: int) -> Iterator[tuple[int, list[str]]]:
    """Return the rows that are not empty; raises `ReaderError` for a row with more or fewer cells than the header."""
    for line, row in rows:
        if not row or len(row) != width or not row[0] or row[0].isspace():  # most rows are none of these
            if not any(map(str.strip, row)):
                continue
            if len(row) != width:
                expected = f"{width}, as in the header; is it cut short?"
                raise ReaderError(file, f"line {line}", f"{len(row)} cells", expected)
        yield line, row


def _cut(text: str, delimiter: str) -> list[str]:
    return next(csv.reader([text], delimiter=delimiter)) if '"' in text else text.split(delimiter)
