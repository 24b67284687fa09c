"""Readers of award notices in Tenders Electronic Daily, the supplement to the EU's Official Journal."""

from typing import Final

from natoburden.readers.ted import notices, yearly
from natoburden.readers.ted.notices import read_notices
from natoburden.readers.ted.yearly import read_table, stream_table

__all__ = ["FORMATS", "read_notices", "read_table", "stream_table"]


def __dir__() -> list[str]:
    return list(__all__)


FORMATS: Final = (notices.FORMAT, yearly.FORMAT)
