"""The Open Contracting Data Standard: packages and streams of releases, read into contracts."""

from natoburden._lazy import TYPE_CHECKING, facade

if TYPE_CHECKING:  # written by scripts/write_facades.py
    from natoburden.readers.ocds.front import read_contracts as read_contracts
    from natoburden.readers.ocds.front import stream_contracts as stream_contracts
else:
    __getattr__, __dir__, __all__ = facade(
        __name__,
        {
            "front": "read_contracts stream_contracts",
        },
    )
