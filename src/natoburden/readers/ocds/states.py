"""The latest state of a contracting process, from its releases: no award is counted twice, and no award is lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Final

import attrs

from natoburden.errors import ReaderError
from natoburden.readers._instants import EARLIEST, instant
from natoburden.readers.ocds.shapes import Release, items_of, texts_of

__all__ = ["Problem", "State", "latest"]

_KEPT: Final = ("ocid", "date", "tag", "buyer", "tender", "parties")
_WHOLE: Final = ("awards", "contracts")  # their items share ids, against the standard


_MOST_STEPS: Final = 2_000_000  # of what would grow with the square of a process's releases; takes a few seconds


@attrs.define
class _Steps:
    """The items that were compared or copied while the releases of one process were merged."""

    file: str
    where: str = ""
    count: int = 0

    def spend(self, count: int) -> None:
        """Count steps; raises `ReaderError` if there are too many steps."""
        self.count += count
        if self.count > _MOST_STEPS:
            problem = f"merging the releases of this process takes more than {_MOST_STEPS:,} steps"
            raise ReaderError(self.file, self.where, problem, "fewer releases of one process, or a compiled release")


@attrs.frozen
class Problem:
    """An award or contract that is not in the latest state, with the reason."""

    key: str
    where: str
    reason: str


@attrs.frozen
class State:
    """A process in its latest state, and the awards and contracts that only its earlier releases contain."""

    release: Release
    problems: tuple[Problem, ...] = ()


def latest(releases: Sequence[tuple[str, Release]], file: str = "") -> State:
    """Return the latest state: the newest compiled release, updated with all later releases in chronological order.

    Without a compiled release, all releases are merged. Releases without a date come first, in the order of the file.
    Items of lists are matched by their ids. Awards with the same id are distinguished by their suppliers, and contracts
    with the same id by their award. Raises `ReaderError` if merging the releases of one contracting process would take
    too long; the message gives the file.
    """
    steps = _Steps(file)
    in_order = sorted(releases, key=lambda pair: _moment(pair[1]))
    compiled = [number for number, (_, release) in enumerate(in_order) if "compiled" in _tags(release)]
    if compiled:
        start = compiled[-1]
        moment = _moment(in_order[start][1])
        in_order = [in_order[start], *(pair for pair in in_order[start + 1 :] if _moment(pair[1]) > moment)]
    state: Release = {}
    problems: list[Problem] = []
    for where, release in in_order:
        steps.where = where
        newer = _laid_over(state, {key: release[key] for key in _KEPT if key in release}, steps)
        for key in _WHOLE:
            if key in release:
                newer[key] = _items(items_of(state, key), _told(release, key), key, where, problems, steps)
        if release.get("date"):  # an award without its own day has that of the first release that contains it
            newer["awards"] = [{"date": release["date"], **award} for award in items_of(newer, "awards")]
        state = newer
    return State(state, tuple(problems))


def _told(release: Release, key: str) -> list[Release]:
    """Return a release's items; awards in a release that cancels awards become cancelled, whatever their status."""
    items = items_of(release, key)
    if key == "awards" and "awardcancellation" in _tags(release):
        return [{"status": "cancelled", **item} for item in items]
    return items


def _tags(release: Release) -> set[str]:
    return {tag.strip().casefold() for tag in texts_of(release, "tag")}


def _moment(release: Release) -> dt.datetime:
    return instant(str(release.get("date") or "")) or EARLIEST


def _marks(key: str) -> Callable[[Release], frozenset[str]]:
    """Return a function that tells apart items with one id: awards by their suppliers, contracts by their award."""

    def suppliers(award: Release) -> frozenset[str]:
        found = [supplier.get(part) for supplier in items_of(award, "suppliers") for part in ("id", "name")]
        return frozenset(str(text).strip().casefold() for text in found if text)

    def award(contract: Release) -> frozenset[str]:
        return frozenset([str(contract["awardID"])] if contract.get("awardID") is not None else [])

    return suppliers if key == "awards" else award


def _items(
    old: Sequence[Release], new: Sequence[Release], key: str, where: str, problems: list[Problem], steps: _Steps
) -> list[Release]:
    """Return the items of the state, updated by id with those of a newer release.

    An item becomes a problem if a release repeats it, drops it, or does not state which of several items it means.
    """
    steps.spend(len(old) + len(new))
    names = [_name(item) for item in new]
    if not old and len(set(names)) == len(names):
        return list(new)

    def say(item: Release, reason: str) -> None:
        problems.append(Problem(_name(item) or "without id", where, reason))

    if None in names:
        again = {_frozen(_undated(item)) for item in new}
        for item in old:
            if _frozen(_undated(item)) not in again:
                say(item, f"a later release states {key} without ids in its place")
        return list(new)
    by_name: dict[str | None, tuple[list[Release], list[Release]]] = {}
    for item in old:
        by_name.setdefault(_name(item), ([], []))[0].append(item)
    seen: set[Hashable] = set()
    for item in new:
        frozen = _frozen(item)
        if frozen in seen:
            say(item, "it appears twice in one release, unchanged, and counts once")
        else:
            seen.add(frozen)
            by_name.setdefault(_name(item), ([], []))[1].append(item)
    found: list[Release] = []
    for mine, theirs in by_name.values():
        found += _of_one_name(mine, theirs, key, say, steps) if theirs else mine
    return found


def _frozen(value: Any) -> Hashable:
    """Return a value of JSON in a form that can be kept in a set; forms are equal if the values are."""
    if isinstance(value, dict):
        return frozenset((key, _frozen(inner)) for key, inner in value.items())
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _of_one_name(
    old: Sequence[Release], new: Sequence[Release], key: str, say: Callable[[Release, str], None], steps: _Steps
) -> list[Release]:
    """Return items of one id, updated with newer ones: first items that share a supplier or award, then others."""
    marks = _marks(key)
    found = list(old)
    free = list(range(len(old)))
    marked = [marks(item) for item in old]
    waiting: list[tuple[Release, frozenset[str]]] = []
    for item in new:
        mine = marks(item)
        steps.spend(len(free))
        same = next((place for place in free if not mine.isdisjoint(marked[place])), None)
        if same is None:
            waiting.append((item, mine))
        else:
            free.remove(same)
            found[same] = _laid_over(old[same], item, steps)
    for item, mine in waiting:
        steps.spend(len(free))
        open_places = [place for place in free if not (marked[place] and mine)]
        if 0 < len(open_places) <= len(waiting):
            free.remove(open_places[0])
            found[open_places[0]] = _laid_over(old[open_places[0]], item, steps)
        elif open_places:
            say(item, f"a later release changes one of {len(open_places)} of this id, and does not say which")
        elif key == "awards" and len(free) == 1:
            say(old[free[0]], "a later release gives the award of this id to others")
            found[free.pop()] = item
        else:
            found.append(item)
    return found


def _undated(item: Release) -> Release:
    return {key: value for key, value in item.items() if key != "date"}


def _name(item: Release) -> str | None:
    return None if item.get("id") is None else str(item["id"])


def _laid_over(old: Any, new: Any, steps: _Steps) -> Any:
    """Return an older value updated with a newer one: objects key by key, and lists of items with ids item by item."""
    if isinstance(old, dict) and isinstance(new, dict):
        steps.spend(len(old) + len(new))
        merged = {key: _laid_over(old[key], value, steps) if key in old else value for key, value in new.items()}
        return {key: value for key, value in {**old, **merged}.items() if value is not None}
    if isinstance(old, list) and isinstance(new, list):
        steps.spend(len(old) + len(new))
        if not (_have_ids(old) and _have_ids(new)):
            return new
        by_id = {str(item["id"]): item for item in old}
        for item in new:
            key = str(item["id"])
            by_id[key] = _laid_over(by_id[key], item, steps) if key in by_id else item
        return list(by_id.values())
    return new


def _have_ids(items: list[Any]) -> bool:
    return all(isinstance(item, dict) and item.get("id") is not None for item in items)
