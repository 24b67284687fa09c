"""Workbooks that cannot be read, recognised by their containers: encrypted, OpenDocument, Strict or binary."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from natoburden.readers._files import open_file
from natoburden.readers._limits import Budget
from natoburden.readers._packed import ARCHIVE_ERRORS, open_archive

__all__ = ["OLE", "unread_workbook"]

OLE: Final = b"\xd0\xcf\x11\xe0"  # the container of Office before 2007, and of workbooks with a password
_SEARCHED = 1 << 25  # bytes
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = b"purl.oclc.org/ooxml/spreadsheetml"
_PASSWORD = "a workbook protected by a password: open it with the password and save it without one"


def unread_workbook(path: Path, start: bytes) -> str:
    """Return the kind of an unreadable workbook, with advice on what to do; empty for every other file."""
    if start.startswith(OLE):
        with open_file(path) as file:
            return _PASSWORD if _ENCRYPTED in file.read(_SEARCHED) else ""
    if start.startswith(b"<?xml") and b"urn:schemas-microsoft-com:office:spreadsheet" in start[:2_000]:
        return "a spreadsheet in the XML of Excel 2003: open it and save it as .xlsx"
    return _unread_archive(path) if start.startswith(b"PK\x03\x04") else ""


def _unread_archive(path: Path) -> str:
    try:
        with open_file(path) as file, open_archive(file, Budget(None, path.name)) as archive:
            names = {*archive.namelist()}
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    if part.read(100).startswith(b"application/vnd.oasis.opendocument"):
                        return "an OpenDocument file (.ods): open it and save it as .xlsx"
            if "xl/workbook.bin" in names:
                return "a binary workbook (.xlsb): open it and save it as .xlsx"
            if "Index/Document.iwa" in names:
                return "a file of Apple Numbers: export it as .xlsx"
            if "xl/workbook.xml" in names:
                with archive.open("xl/workbook.xml") as part:
                    if _STRICT in part.read(4_000):
                        return "a workbook in Strict Open XML: open it and save it as 'Excel workbook (.xlsx)'"
    except ARCHIVE_ERRORS:
        return ""
    return ""
