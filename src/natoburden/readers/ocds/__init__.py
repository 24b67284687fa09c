"""Readers of the Open Contracting Data Standard: packages and streams of releases, read as contracts."""

from natoburden.readers.ocds.front import FORMAT, read_contracts, stream_contracts

__all__ = ["FORMAT", "read_contracts", "stream_contracts"]


def __dir__() -> list[str]:
    return list(__all__)
