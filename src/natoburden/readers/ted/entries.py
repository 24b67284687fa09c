"""A parsed notice of TED: what it awards, and which other notices it refers to."""

from __future__ import annotations

import datetime as dt

import attrs

from natoburden.readers._instants import EARLIEST
from natoburden.readers.awards import Award

__all__ = ["Entry", "Modification", "Notice", "title_of"]

_LONGEST_TITLE = 2000


@attrs.frozen(kw_only=True)
class Entry:
    """One award of a notice, with the marks by which other notices can refer to it.

    `contract` is the notice's own label of the contract, and `reference` is the buyer's number of it. `is_intended` is
    true for an award that is announced before its contract is concluded.
    """

    award: Award
    lots: tuple[str, ...] = ()
    contract: str = ""
    reference: str = ""
    is_framework: bool = False
    is_intended: bool = False


def title_of(notice: str, lot: str) -> str:
    """Return the titles of a notice and of its lot, as one; each award repeats it, so a very long one is cut.

    >>> title_of("Vehicles", "Lot 1"), title_of("Vehicles", "Vehicles"), title_of("", "Lot 1")
    ('Vehicles: Lot 1', 'Vehicles', 'Lot 1')
    """
    parts = (part if len(part) <= _LONGEST_TITLE else f"{part[:_LONGEST_TITLE]}…" for part in (notice, lot))
    return ": ".join(dict.fromkeys(filter(None, parts)))


@attrs.frozen(kw_only=True)
class Modification:
    """A contract of an earlier notice that this notice states anew; an empty `contract` stands for all contracts."""

    notice: str
    contract: str = ""


@attrs.frozen(kw_only=True)
class Notice:
    """The content of one file.

    `identity` is the same for all versions of a notice, and `names` are all names by which others may refer to it.
    `replaces` are the notices that it changes; `cancels` says whether it withdraws them. `procedure` is the same for
    all notices of one purchase.
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
