"""The record of commitments: promises, their replacements, and the commitments in force on a day."""

from __future__ import annotations

import datetime as dt
import functools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import attrs

from natoburden.errors import DocumentFault
from natoburden.errors._documents import raise_faults
from natoburden.model._checks import checked_day, exactly, twice
from natoburden.model._circles import in_circles
from natoburden.model.keyed import Keyed
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.spending_commitments import Commitment, Standing

__all__ = ["Commitments"]


@attrs.frozen(kw_only=True)
class Commitments(Keyed[Commitment]):
    """A record of commitments, which can be selected by party and by the day on which they were in force.

    `collected` is the day on which the record was closed; a commitment without a date had been announced by that day. A
    selection keeps its full `record`, and therefore still finds successors outside the selection. Raises one
    `DocumentError` for keys that are used twice, and for references to missing commitments. `DocumentError` also covers
    a standing that contradicts `superseded_by`, a key that `supersedes` gives twice, and commitments that replace
    or repeat themselves.
    """

    items: tuple[Commitment, ...] = attrs.field(repr=lambda items: f"<{len(items)} commitments>")
    collected: dt.date = attrs.field(validator=exactly(dt.date, "a day"))
    record: Commitments | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.record:
            raise_faults("commitments", self._faults())

    def _faults(self) -> Iterator[DocumentFault]:
        """Yield the faults of the record; the work grows with the size of the record, not with its square."""
        replaced = in_circles({key: self._next.get(key, ()) for key in self.by_key})
        repeated = in_circles({key: (item.repeats,) for key, item in self.by_key.items()})
        for item in self.items:
            path = f"commitments[{item.key}]"
            if self.by_key[item.key] is not item:
                yield DocumentFault(f"{path}.key", "this key is used twice")
            named = {"superseded_by": item.superseded_by, "repeats": item.repeats}
            for name, other in [*named.items(), *(("supersedes", key) for key in dict.fromkeys(item.supersedes))]:
                if other is not None and other not in self.by_key:
                    yield DocumentFault(f"{path}.{name}", f"there is no commitment {other!r}")
            for key in twice(item.supersedes):
                yield DocumentFault(f"{path}.supersedes", f"{key!r} is given more than once: write it once")
            if (item.superseded_by is None) is (item.standing is Standing.SUPERSEDED):
                yield DocumentFault(f"{path}.standing", "the standing superseded and superseded_by go together")
            counts = self.by_key[item.key] == item  # of two items with one key, links lead to the first
            if counts and item.key in replaced:
                field = "superseded_by" if item.superseded_by else "supersedes"
                yield DocumentFault(f"{path}.{field}", "it would replace itself, directly or through others")
            if counts and item.key in repeated:
                yield DocumentFault(f"{path}.repeats", "it would repeat itself, directly or through others")

    def extended(self, items: Iterable[Commitment]) -> Commitments:
        """Return the record with your own commitments, which may refer to recorded ones; all keys must be unique."""
        more = tuple(items)
        return attrs.evolve(self, items=self.items + more, record=self.record and self.record.extended(more))

    def select(self, keep: Callable[[Commitment], bool]) -> Commitments:
        """Return the commitments that pass a test."""
        return attrs.evolve(self, items=tuple(filter(keep, self.items)), record=self.record or self)

    def of(self, party: EntityLike) -> Commitments:
        """Return the commitments of one country or group; a declaration of an alliance counts for the alliance only."""
        wanted = find_entity(party)
        return self.select(lambda item: item.party == wanted)

    def successors(self, item: Commitment) -> tuple[Commitment, ...]:
        """Return the commitments that replaced a commitment, directly or through others, direct successors first."""
        if self.record:
            return self.record.successors(item)
        found: dict[str, Commitment] = {}
        waiting = deque(self._next.get(item.key, ()))
        while waiting:
            key = waiting.popleft()
            if key in self.by_key and key not in found:
                found[key] = self.by_key[key]
                waiting += self._next.get(key, ())
        return tuple(found.values())

    def in_force(self, on: dt.date) -> Commitments:
        """Return the commitments in force on a day: announced by that day, not yet replaced, and not past a deadline.

        A commitment is in force from the last day on which it can have been announced. A commitment ends on the day
        before its successor comes into force. A commitment without a date is in force from the first day on which it
        was repeated. An undated commitment that nobody repeated is in force from its deadline, or from the day on which
        the record was closed if this day is earlier. Proposals are never in force. Withdrawn commitments are never in
        force, because the day of withdrawal is not recorded. A repetition is in force only while the repeated
        commitment is not in force. Raises `UnexpectedValueError` for a value that is not a day.
        """
        day = checked_day(on)
        return self.select(lambda item: self._stands(item, day))

    def undated(self, on: dt.date) -> Commitments:
        """Return the undated commitments that were in force on a day if somebody had announced them by then.

        >>> from natoburden.datasets import commitments
        >>> [item.key for item in commitments().of("Italy").undated(dt.date(2026, 7, 1))]
        ['ITA-2025-5.0-TENYEARS']
        """
        checked_day(on)
        return self.select(
            lambda item: not self.told(item) and not item.repeats and on < self.since(item) and self._is_open(item, on)
        )

    def since(self, item: Commitment) -> dt.date:
        """Return the first day on which a commitment is in force; see `in_force`."""
        said_by = min(item.deadline.last_day, self.collected) if item.deadline else self.collected
        return self.told(item) or said_by

    def told(self, item: Commitment) -> dt.date | None:
        """Return the day by which a commitment, or a repetition of it, had been announced; None if no day is known."""
        if self.record:
            return self.record.told(item)
        return item.announced.latest or self._first_told.get(self._root(item))

    def _stands(self, item: Commitment, on: dt.date) -> bool:
        told_already = any(self._stands_alone(original, on) for original in self._originals(item))
        return self._stands_alone(item, on) and not told_already

    def _stands_alone(self, item: Commitment, on: dt.date) -> bool:
        return self.since(item) <= on and self._is_open(item, on)

    def _is_open(self, item: Commitment, on: dt.date) -> bool:
        """Return whether a commitment has not ended by a day; the day of announcement is ignored."""
        return (
            item.standing not in (Standing.PROPOSAL, Standing.WITHDRAWN)
            and (item.deadline is None or on <= item.deadline.last_day)
            and all(on < self.since(successor) for successor in self.successors(item))
        )

    @functools.cached_property
    def _next(self) -> Mapping[str, Sequence[str]]:
        """The keys of the successors of each commitment, by the key of that commitment.

        A successor may refer to the commitment that it replaces, or the replaced commitment may refer to its successor.
        """
        found: dict[str, list[str]] = {}
        for item in self.items:
            if item.superseded_by:
                found.setdefault(item.key, []).append(item.superseded_by)
            for older in item.supersedes:
                found.setdefault(older, []).append(item.key)
        return found

    def _originals(self, item: Commitment) -> tuple[Commitment, ...]:
        """Return the commitment that a commitment repeats, and all earlier commitments of that chain."""
        known = (self.record or self).by_key
        found: dict[str, Commitment] = {}
        while item.repeats and item.repeats in known and item.repeats not in found:
            item = known[item.repeats]
            found[item.key] = item
        return tuple(found.values())

    def _root(self, item: Commitment) -> str:
        return next((original.key for original in reversed(self._originals(item))), item.key)

    @functools.cached_property
    def _first_told(self) -> Mapping[str, dt.date]:
        """The first day on which each original commitment is known to have been announced, by its key."""
        found: dict[str, dt.date] = {}
        for item in self.items:
            day, root = item.announced.latest, self._root(item)
            if day is not None:
                found[root] = min(day, found.get(root, day))
        return found
