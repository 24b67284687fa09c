"""A notice of TED between its file and the contracts: what it awards, and which other notices it speaks of."""

from __future__ import annotations

import datetime as dt

import attrs

from natoburden.readers._instants import EARLIEST
from natoburden.readers.awards import Award

__all__ = ["Entry", "Modification", "Notice"]


@attrs.frozen(kw_only=True)
class Entry:
    """One award of a notice, with what other notices can know it by.

    `contract` is the notice's own label of the contract, `reference` the buyer's number of it. `is_intended` holds for
    an award that is announced before its contract is concluded.
    """

    award: Award
    lots: tuple[str, ...] = ()
    contract: str = ""
    reference: str = ""
    is_framework: bool = False
    is_intended: bool = False


@attrs.frozen(kw_only=True)
class Modification:
    """A contract of an earlier notice that this one states anew; `contract` is its label here, empty for all."""

    notice: str
    contract: str = ""


@attrs.frozen(kw_only=True)
class Notice:
    """What one file says.

    `identity` is shared by all versions of a notice, and `names` are all names that others may call it by. `replaces`
    are the notices that it changes, `cancels` says that it withdraws them. `procedure` is what all notices of one
    purchase share.
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
