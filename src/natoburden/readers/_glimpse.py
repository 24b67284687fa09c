"""The beginning of a file, from which its publisher or its kind is recognised."""

from __future__ import annotations

import contextlib
import gzip
import html
import re
from pathlib import Path
from typing import Literal, TypeAlias

import attrs

from natoburden._regular import special_kind
from natoburden.errors import ReaderError
from natoburden.readers._containers import OLE, unread_workbook
from natoburden.readers._files import open_file
from natoburden.readers._limits import Budget
from natoburden.readers._old_workbook import old_sheet_names
from natoburden.readers._packed import ARCHIVE_ERRORS, data_member, is_packed, open_archive
from natoburden.readers._text import decoded, widened

__all__ = ["Glimpse", "Kind"]

Kind: TypeAlias = Literal[
    "folder",
    "empty",
    "web page",
    "XML",
    "JSON",
    "table",
    "PDF",
    "archive",
    "binary",
    "workbook",
    "old workbook",
    "unread workbook",
    "special",
]

_SEEN = 1 << 16  # bytes
_SHEETS = re.compile(rb"<(?:\w{1,40}:)?sheet\b[^<>]{0,400}?\bname=\"([^\"<]{0,200})\"")
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_BEFORE_ROOT = re.compile(r"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[[^\]]*+\]\s*+)?>)*+", re.DOTALL)
_COMMA_DECIMALS = re.compile(r"[;\t] {0,9}\"?-?\d{1,30},\d{1,30}\"? {0,9}(?=[;\t\r\n])")
_JSON = re.compile(r"\{|\[\s*+(?:[\[\]{\"0-9-]|true\b|false\b|null\b|$)")  # but not a [table] of TOML
_MOST_KEYS = 8


@attrs.frozen(kw_only=True)
class Glimpse:
    """The beginning of a file, with facts that the beginning shows.

    `text` is the first 64 kB as text, unpacked. `sheets` are the names of a workbook's sheets, `root` is the name of an
    XML document's root element, and `files` are the names in a folder.
    """

    path: Path
    kind: Kind
    text: str = attrs.field(default="", repr=False)
    sheets: tuple[str, ...] = ()
    root: str = ""
    files: tuple[str, ...] = ()
    problem: str = ""

    @classmethod
    def of(cls, path: Path) -> Glimpse:
        """Read the beginning of a file, or the names in a folder; raises `OSError` if the path does not exist."""
        if path.is_dir():
            return cls(path=path, kind="folder", files=tuple(sorted(item.name for item in path.iterdir())))
        if special := special_kind(path.stat().st_mode):
            return cls(path=path, kind="special", problem=f"{special}: only regular files are read")
        with open_file(path) as file:
            start = file.read(_SEEN)
        if unread := unread_workbook(path, start):
            return cls(path=path, kind="unread workbook", problem=unread)
        if is_packed(start):
            if start.startswith(b"PK") and (sheets := _sheets(path)):
                return cls(path=path, kind="workbook", sheets=sheets)
            try:
                start = _unpacked_start(path)
            except ReaderError as error:
                return cls(path=path, kind="archive", problem=error.problem)
        return cls._of_bytes(path, start)

    @classmethod
    def _of_bytes(cls, path: Path, start: bytes) -> Glimpse:
        if start.startswith(OLE):
            return cls(path=path, kind="old workbook", sheets=old_sheet_names(path))
        if start.startswith(b"%PDF"):
            return cls(path=path, kind="PDF")
        start = widened(start) or start
        text = decoded(_whole(start)).lstrip("\ufeff")
        bare = text.lstrip()
        if not bare:
            return cls(path=path, kind="empty")
        if "\x00" in text:
            return cls(path=path, kind="binary")
        if bare.startswith("<"):
            root = _ROOT.match(text, _BEFORE_ROOT.match(text).end())  # type: ignore[union-attr] # it matches nothing too
            name = root[1] if root else ""
            is_page = name.lower() in ("html", "head", "body") or "<!doctype html" in bare[:100].lower()
            return cls(path=path, kind="web page" if is_page else "XML", text=text, root=name)
        return cls(path=path, kind="JSON" if _JSON.match(bare) else "table", text=text)

    @property
    def first_line(self) -> str:
        """The first line that is not empty."""
        return next((line for line in self.text.split("\n") if line.strip()), "")

    def cells(self, *, most_lines: int = 1) -> set[str]:
        """Return the cells of the first lines, split at every delimiter, without quotation marks, in small letters."""
        lines = [line for line in self.text.split("\n") if line.strip()][:most_lines]
        return {cell.strip(' "\r').casefold() for line in lines for cell in re.split("[,;\t]", line)}

    @property
    def has_comma_decimals(self) -> bool:
        """Whether numbers have decimal commas, and semicolons or tabs separate the cells, as in some countries."""
        return self.kind == "table" and len(_COMMA_DECIMALS.findall(self.text)) > 1

    def __str__(self) -> str:
        headings = (heading for heading in (self._inside("title"), self._inside("h1")) if heading)
        said = "".join(f", {heading!r}" for heading in dict.fromkeys(headings))
        words: dict[Kind, str] = {
            "empty": "the file is empty",
            "folder": f"a folder with {', '.join(self.files[:_MOST_KEYS]) or 'nothing in it'}",
            "web page": f"a web page{said}: the download failed, or this is the page that links to the file",
            "XML": f"an XML document with the root element {self.root[:60]!r}",
            "JSON": f"JSON {self._keys()}",
            "workbook": f"a workbook{self._listed()}",
            "old workbook": f"a workbook in the format of before 2007 (.xls){self._listed()}: save it as .xlsx",
            "unread workbook": self.problem,
            "archive": self.problem,
            "special": self.problem,
            "PDF": "a PDF document",
            "binary": "no text, workbook or archive",
            "table": f"text that begins {self.first_line.strip()[:80]!r}",
        }
        return words[self.kind]

    def _listed(self) -> str:
        return f" with the sheets {', '.join(self.sheets[:_MOST_KEYS])}" if self.sheets else ""

    def _inside(self, tag: str) -> str:
        """Return the text inside the first element of a given name in a web page."""
        small = self.text.lower() if self.kind == "web page" else ""
        begins = small.find(f"<{tag}")
        opened = small.find(">", begins) if begins >= 0 else -1
        closed = small.find(f"</{tag}", opened) if opened >= 0 else -1
        if closed < 0 or len(small) != len(self.text):
            return ""
        inner = re.sub(r"<[^<>]*>", " ", self.text[opened + 1 : closed])
        return " ".join(html.unescape(inner).split())[:80]

    def _keys(self) -> str:
        keys = dict.fromkeys(re.findall(r'"([^"\\]{1,40})"\s*:', self.text[:4_000]))
        return f"with the keys {', '.join(list(keys)[:_MOST_KEYS])}" if keys else "without any key"


def _whole(start: bytes) -> bytes:
    """Return the bytes without an incomplete last character."""
    for cut in range(4):
        with contextlib.suppress(UnicodeDecodeError):
            start[: len(start) - cut].decode("utf-8")
            return start[: len(start) - cut]
    return start


def _unpacked_start(path: Path) -> bytes:
    try:
        with open_file(path) as file:
            if file.read(2) == b"\x1f\x8b":
                file.seek(0)
                with gzip.GzipFile(fileobj=file) as packed:
                    return packed.read(_SEEN)
            with (
                open_archive(file, Budget(None, path.name)) as archive,
                archive.open(data_member(path.name, archive, "")) as member,
            ):
                return member.read(_SEEN)
    except ReaderError:
        raise
    except ARCHIVE_ERRORS as error:
        raise ReaderError(path.name, "", f"an archive that cannot be unpacked: {error}") from error


def _sheets(path: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets, from its list of sheets; none if the file is not a workbook."""
    try:
        with (
            open_file(path) as file,
            open_archive(file, Budget(None, path.name)) as archive,
            archive.open("xl/workbook.xml") as part,
        ):
            content = part.read(_SEEN)
    except ARCHIVE_ERRORS:
        return ()
    return tuple(html.unescape(name.decode("utf-8", "replace")) for name in _SHEETS.findall(content))
