"""A parsed notice of TED: the awards of the notice, and the other notices to which it refers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import attrs

from natoburden.errors import ReaderError
from natoburden.readers._instants import EARLIEST
from natoburden.readers.awards import Award

__all__ = ["MOST_COMPARED", "Entry", "Modification", "Notice", "check_winners", "checked_key", "title_of"]

MOST_COMPARED: Final = 1_000_000  # of what would grow with the square of a notice
_MOST_WINNERS: Final = 200_000  # of all awards of a notice together
_LONGEST_KEY: Final = 500  # characters
_LONGEST_TITLE: Final = 2000


@attrs.frozen(kw_only=True)
class Entry:
    """One award of a notice, with the lots and numbers by which other notices can refer to the award.

    `contract` is the notice's own label for the contract, and `reference` is the buyer's number for the contract.
    `is_intended` is true for an award that is announced before its contract is concluded.
    """

    award: Award
    lots: tuple[str, ...] = ()
    contract: str = ""
    reference: str = ""
    is_framework: bool = False
    is_intended: bool = False


def title_of(notice: str, lot: str) -> str:
    """Return one title from the titles of a notice and of its lot.

    Very long titles are cut, because each award repeats its title.

    >>> title_of("Vehicles", "Lot 1"), title_of("Vehicles", "Vehicles"), title_of("", "Lot 1")
    ('Vehicles: Lot 1', 'Vehicles', 'Lot 1')
    """
    parts = (part if len(part) <= _LONGEST_TITLE else f"{part[:_LONGEST_TITLE]}…" for part in (notice, lot))
    return ": ".join(dict.fromkeys(filter(None, parts)))


def checked_key(key: str, file: str) -> str:
    """Return a notice's key; raises `ReaderError` for a very long key, because all awards repeat the key."""
    if len(key) > _LONGEST_KEY:
        raise ReaderError(file, "", f"the notice's number or ID has {len(key):,} characters", "such as 123456-2024")
    return key


def check_winners(entries: Sequence[Entry], file: str) -> None:
    """Raise `ReaderError` if the awards of a notice repeat very many winners."""
    count = sum(len(entry.award.winners) for entry in entries)
    if count > _MOST_WINNERS:
        problem = f"its awards have {count:,} winners in all"
        raise ReaderError(file, "", problem, f"at most {_MOST_WINNERS:,}: this notice would take too long")


@attrs.frozen(kw_only=True)
class Modification:
    """A contract that an earlier notice announced and a later notice changes.

    An empty `contract` means all contracts of the earlier notice.
    """

    notice: str
    contract: str = ""


@attrs.frozen(kw_only=True)
class Notice:
    """The content of one file.

    `identity` is the same for all versions of a notice, and `names` are all names by which other notices may refer to
    the notice. `replaces` are the notices that this notice changes; `cancels` states whether this notice withdraws
    them. `procedure` is the same for all notices of one purchase.
    """

    key: str
    file: str
    identity: str = ""
    names: frozenset[str] = frozenset()
    version: int = 0
    moment: dt.datetime = EARLIEST
    replaces: frozenset[str] = frozenset()
    cancels: bool = False
    modifies: tuple[Modification, ...] = ()
    procedure: str = ""
    entries: tuple[Entry, ...] = ()
