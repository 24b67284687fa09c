"""Tenders Electronic Daily, the supplement to the EU's Official Journal: award notices, read into contracts."""

from typing import Final

from natoburden.readers.ted import notices, yearly
from natoburden.readers.ted.notices import read_notices
from natoburden.readers.ted.yearly import read_yearly_awards, stream_yearly_awards

__all__ = ["FORMATS", "read_notices", "read_yearly_awards", "stream_yearly_awards"]

FORMATS: Final = (notices.FORMAT, yearly.FORMAT)
