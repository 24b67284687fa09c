"""Eurostat's tables on energy, in each of the forms that it offers for download."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.readers.eurostat.front import read_table as read_table
    from natoburden.readers.eurostat.table import EurostatCell as EurostatCell
    from natoburden.readers.eurostat.table import EurostatTable as EurostatTable
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "front": "read_table",
            "table": "EurostatCell EurostatTable",
        },
    )
