"""Tenders Electronic Daily, the supplement to the EU's Official Journal: award notices, read into contracts."""

from natoburden.readers.ted.notices import read_notices
from natoburden.readers.ted.table import read_table, stream_table

__all__ = ["read_notices", "read_table", "stream_table"]
