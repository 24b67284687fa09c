"""Eurostat's tables on energy and government expenditure, in every form that Eurostat offers for download."""

from natoburden.readers.eurostat.front import FORMAT, read_dataset
from natoburden.readers.eurostat.table import EurostatCell, EurostatTable

__all__ = ["FORMAT", "EurostatCell", "EurostatTable", "read_dataset"]


def __dir__() -> list[str]:
    return list(__all__)
