"""Notices that refer to each other: a change replaces its original, and a modification restates the same contract."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar

from natoburden.errors import ReaderError
from natoburden.readers.awards import Award, LeftOutAward
from natoburden.readers.ted.entries import MOST_COMPARED, Entry, Notice

__all__ = ["standing"]

K = TypeVar("K", bound=Hashable)

_VERSION = re.compile(r"(.+)-\d{2}")


def standing(notices: Sequence[Notice]) -> Iterator[Award | LeftOutAward]:
    """Return the awards that are valid after all notices are read, and each void award with the reason.

    If a notice was changed, only the newest version counts. If a contract was modified, only the newest statement of
    the contract counts. If an award was announced beforehand for a procedure and lot, the award itself replaces the
    announcement.
    """
    stand = _Standing(notices)
    void: dict[tuple[int, int], str] = {}
    for number, notice in enumerate(notices):
        newest = stand.newest_of(number)
        for place in range(len(notice.entries)):
            if newest != number:
                void[number, place] = _replaced(notice, notices[newest])
            elif notice.cancels:
                void[number, place] = "the notice was cancelled"
    standing_notices = [number for number in range(len(notices)) if stand.newest_of(number) == number]
    void |= _modified(notices, standing_notices, stand)
    void |= _announced(notices, [number for number in standing_notices if not notices[number].cancels], void)
    for number, notice in enumerate(notices):
        for place, entry in enumerate(notice.entries):
            reason = void.get((number, place), "")
            award = entry.award
            yield LeftOutAward(key=award.key, where=award.where, reason=reason) if reason else award


class _Groups(Generic[K]):
    """Groups of things, formed by joining two at a time."""

    def __init__(self) -> None:
        self._above: dict[K, K] = {}

    def first(self, item: K) -> K:
        while (above := self._above.get(item, item)) != item:
            item = self._above[item] = self._above.get(above, above)  # the path is halved for those who come after
        return item

    def join(self, one: K, other: K) -> None:
        one, other = self.first(one), self.first(other)
        if one != other:
            self._above[other] = one

    def gathered(self, items: Iterable[K]) -> Iterator[list[K]]:
        found: dict[K, list[K]] = {}
        for item in items:
            found.setdefault(self.first(item), []).append(item)
        yield from found.values()


class _Standing:
    """The newest version of each notice, among all notices that repeat or change it."""

    def __init__(self, notices: Sequence[Notice]) -> None:
        self._by_name: dict[str, int] = {}
        groups: _Groups[int] = _Groups()
        for number, notice in enumerate(notices):
            if notice.identity:
                groups.join(self._by_name.setdefault(notice.identity, number), number)
            for name in notice.names:
                self._by_name.setdefault(name, number)
        older: set[int] = set()  # by the first notice with the same identity, since its versions count as one
        for number, notice in enumerate(notices):
            for reference in notice.replaces:
                changed = self.find(reference)
                if changed is not None and notices[changed].identity != notice.identity:
                    groups.join(changed, number)
                    older.add(self._by_name.get(notices[changed].identity, changed))

        def newness(number: int) -> tuple[bool, object, int, int]:
            notice = notices[number]
            is_older = self._by_name.get(notice.identity, number) in older
            return (not is_older, notice.moment, notice.version, -number)

        self._newest: dict[int, int] = {}
        for group in groups.gathered(range(len(notices))):
            versions: dict[str, int] = {}
            for number in group:
                name = notices[number].identity or f"notice {number}"
                other = versions.setdefault(name, number)
                if (notices[number].version, notices[number].moment) > (notices[other].version, notices[other].moment):
                    versions[name] = number
            self._newest |= dict.fromkeys(group, max(versions.values(), key=newness))

    def newest_of(self, number: int) -> int:
        """Return the newest notice that replaces a given one, or the notice itself."""
        return self._newest[number]

    def find(self, reference: str) -> int | None:
        """Return the notice with a given number or ID, with or without a version; None if there is no such notice."""
        found = self._by_name.get(reference)
        if found is None and (parts := _VERSION.fullmatch(reference)):
            found = self._by_name.get(parts[1])
        return found


def _replaced(notice: Notice, newest: Notice) -> str:
    if notice.identity and notice.identity == newest.identity and notice.version == newest.version:
        return f"the same notice stands in {newest.file}"
    return f"{'cancelled' if newest.cancels else 'replaced'} by notice {newest.key}"


def _modified(notices: Sequence[Notice], numbers: Sequence[int], stand: _Standing) -> Mapping[tuple[int, int], str]:
    """Return why statements of a contract are void: a newer one replaces them, or it is unclear what they modify."""
    groups: _Groups[tuple[int, int]] = _Groups()
    older: set[tuple[int, int]] = set()
    void: dict[tuple[int, int], str] = {}
    of_unseen: dict[Hashable, tuple[int, int]] = {}  # the first modification of each contract with an unread notice
    places = {number: range(len(notices[number].entries)) for number in numbers if not notices[number].cancels}
    signs: dict[tuple[int, int], int] = {}  # the signs of contracts, each as a number
    numbered: dict[Hashable, int] = {}
    compared = 0
    for number, spots in places.items():
        of_contracts: dict[str, list[int]] = {}
        for place in spots:
            of_contracts.setdefault(notices[number].entries[place].contract, []).append(place)
        for item in notices[number].modifies:
            found = stand.find(item.notice)
            original = None if found is None else stand.newest_of(found)
            mine = (of_contracts.get(item.contract) if item.contract else None) or list(spots)
            compared += len(mine)
            if compared > MOST_COMPARED:
                problem = f"more than {MOST_COMPARED:,} pairs of a modification and an award that it may be of"
                raise ReaderError(notices[number].file, "", problem, "modifications that name their contracts")
            if original is None:
                for place in mine:
                    if (number, place) not in signs:
                        signs[number, place] = numbered.setdefault(_sign(notices[number].entries[place]), len(numbered))
                    sign = (item.notice, signs[number, place])
                    groups.join(of_unseen.setdefault(sign, (number, place)), (number, place))
                continue
            if original == number or original not in places:
                continue
            theirs = _matching([notices[number].entries[place] for place in mine], notices[original].entries)
            if not theirs:
                reason = f"it modifies a contract of notice {notices[original].key}, and does not say which"
                void |= {(number, place): reason for place in mine}
                continue
            for place in mine:
                for other in theirs:
                    groups.join((original, other), (number, place))
                    older.add((original, other))
    for group in groups.gathered((number, place) for number, spots in places.items() for place in spots):
        newest = max({number for number, _ in group}, key=_by_age(notices, group, older))
        void |= {spot: f"stated anew by notice {notices[newest].key}" for spot in group if spot[0] != newest}
    return void


def _by_age(
    notices: Sequence[Notice], group: Sequence[tuple[int, int]], older: set[tuple[int, int]]
) -> Callable[[int], tuple[bool, object, int]]:
    modified = {number for number, place in group if (number, place) in older}
    return lambda number: (number not in modified, notices[number].moment, number)


def _sign(entry: Entry) -> Hashable:
    """Return what identifies a contract within its notice: its number, or its lots and suppliers."""
    return entry.reference or (entry.lots, frozenset(winner.name.casefold() for winner in entry.award.winners))


def _matching(mine: Sequence[Entry], theirs: Sequence[Entry]) -> list[int]:
    """Return the awards of the modified contract, found by its number, label or lot, or because it is the only one."""
    live = [place for place, entry in enumerate(theirs) if not entry.award.refusal]
    if not mine:
        return []
    tests: tuple[Callable[[Entry], Hashable], ...] = (
        lambda entry: entry.reference,
        lambda entry: entry.contract,
        lambda entry: tuple(filter(None, entry.lots)),
    )
    for said in tests:
        wanted = {said(entry) for entry in mine} - {"", ()}
        found = [place for place in live if said(theirs[place]) in wanted]
        if found:
            return found
    return live if len(live) == 1 else []


def _announced(
    notices: Sequence[Notice], numbers: Sequence[int], void: Mapping[tuple[int, int], str]
) -> Mapping[tuple[int, int], str]:
    """Return the awards that were announced beforehand and then made by another notice."""
    awarded: dict[tuple[str, str], str] = {}
    spots = [
        (number, place, entry)
        for number in numbers
        for place, entry in enumerate(notices[number].entries)
        if notices[number].procedure and not entry.award.refusal and (number, place) not in void
    ]
    for number, _, entry in spots:
        for lot in entry.lots:
            if not entry.is_intended:
                awarded.setdefault((notices[number].procedure, lot), notices[number].key)
    found: dict[tuple[int, int], str] = {}
    for number, place, entry in spots:
        award = next((awarded.get((notices[number].procedure, lot)) for lot in entry.lots), None)
        if entry.is_intended and award:
            found[number, place] = f"announced beforehand; the award is in notice {award}"
    return found
