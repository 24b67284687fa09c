"""Tenders Electronic Daily, the supplement to the EU's Official Journal: award notices, read into contracts."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.readers.ted.notices import read_notices as read_notices
    from natoburden.readers.ted.table import read_table as read_table
    from natoburden.readers.ted.table import stream_table as stream_table
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "notices": "read_notices",
            "table": "read_table stream_table",
        },
    )
