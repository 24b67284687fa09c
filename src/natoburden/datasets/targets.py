"""The targets of the alliance and the demand of the United States: who set each, how, and what pages make of it."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import Any, Final

import attrs

from natoburden.datasets._files import entries, named
from natoburden.errors import DataIntegrityError
from natoburden.model._checks import member
from natoburden.model.countries import Country
from natoburden.model.dates import Announced, Deadline, Precision
from natoburden.model.memberships import Group
from natoburden.model.shares import Share
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import (
    Commitment,
    CommitmentKind,
    Component,
    CompositeTarget,
    Definition,
    Modality,
    ShareRange,
    Target,
)

__all__ = [
    "HAGUE",
    "HAGUE_CORE",
    "HAGUE_RELATED",
    "HAGUE_TOTAL",
    "US_DEMAND",
    "VILNIUS_FLOOR",
    "WALES_EQUIPMENT",
    "WALES_GUIDELINE",
    "TargetEntry",
    "brief_targets",
    "spending_targets",
    "target",
    "target_entries",
    "target_that_followed",
]

_FILE = "targets.toml"


@attrs.frozen(kw_only=True)
class TargetEntry:
    """A target with what targets.toml says of it besides; the file explains each part."""

    target: Target
    party: Group
    kind: CommitmentKind
    definition: Definition
    voiced_by: Country | None
    precision: Precision
    is_answer: bool
    brief: int | None

    @classmethod
    def of(cls, entry: dict[str, Any]) -> TargetEntry:
        """Read an entry of the file; party, kind and definition must be there, since guessing them would be silent."""
        voiced_by = entry.pop("voiced_by", None)
        about = {
            "party": Group.find(entry.pop("party")),
            "kind": member(CommitmentKind, entry.pop("kind")),
            "definition": member(Definition, entry.pop("definition")),
            "voiced_by": voiced_by and Country.find(voiced_by),
            "precision": member(Precision, entry.pop("precision", "day")),
            "is_answer": entry.pop("is_answer", False),
            "brief": entry.pop("brief", None),
        }
        read = {
            "share": Share.percent(entry.pop("share").removesuffix("%").rstrip()),
            "component": member(Component, entry.pop("component")),
            "modality": member(Modality, entry.pop("modality")),
            "source": Source(**entry.pop("source")),
        }
        return cls(target=Target(**entry, **read), **about)

    def as_commitment(self) -> Commitment:
        """Return the target as a commitment of the group that is to meet it."""
        target = self.target
        return Commitment(
            key=target.key,
            party=self.party,
            share=ShareRange.at(target.share),
            component=target.component,
            kind=self.kind,
            modality=target.modality,
            definition=self.definition,
            start=target.adopted.year if target.deadline is None else None,
            deadline=Deadline.parse(str(target.deadline)) if target.deadline else None,
            announced=Announced.parse(target.adopted.isoformat(), self.precision),
            voiced_by=self.voiced_by,
            source=target.source,
            note=target.note,
        )


@functools.cache
def target_entries() -> tuple[TargetEntry, ...]:
    """Return the targets that ship, each with who set it and how."""
    found = entries(_FILE, "target", TargetEntry.of)
    places = [entry.brief for entry in found if entry.brief is not None]
    if twice := {place for place in places if places.count(place) > 1}:
        raise DataIntegrityError(_FILE, f"two targets have place {min(twice)} in the brief")
    return found


@functools.cache
def spending_targets() -> Mapping[str, Target]:
    """Return the targets that ship, by key.

    >>> for target in spending_targets().values():
    ...     print(target)
    Wales guideline (aim: 2.00 % of GDP by 2024)
    Wales equipment guideline (aim: 20.00 % of defence expenditure by 2024)
    Vilnius commitment (floor: 2.00 % of GDP)
    US demand (floor: 5.00 % of GDP)
    Hague core target (floor: 3.50 % of GDP by 2035)
    Hague related spending (ceiling: 1.50 % of GDP by 2035)
    Hague total (floor: 5.00 % of GDP by 2035)
    """
    return {entry.target.key: entry.target for entry in target_entries()}


def target(key: str) -> Target:
    """Return one target by its key; raises `UnknownNameError` with the nearest."""
    return named("target", str(key), spending_targets())


def brief_targets() -> tuple[Target, ...]:
    """Return the targets that the brief shows unless told otherwise, in order."""
    placed = [(entry.brief, entry.target) for entry in target_entries() if entry.brief is not None]
    return tuple(found for _, found in sorted(placed, key=lambda pair: pair[0]))


def target_that_followed(day: dt.date) -> Target | None:
    """Return the newest target adopted after a day that may be shown as what followed; None where none was."""
    later = [entry.target for entry in target_entries() if entry.is_answer and entry.target.adopted > day]
    return max(later, key=lambda found: found.adopted, default=None)


def _composite(entry: dict[str, Any]) -> CompositeTarget:
    parts = {name: target(entry[name]) for name in ("total", "core", "related")}
    return CompositeTarget(key=entry["key"], name=entry["name"], **parts)


WALES_GUIDELINE: Final = target("wales-guideline")
WALES_EQUIPMENT: Final = target("wales-equipment")
VILNIUS_FLOOR: Final = target("vilnius-floor")
US_DEMAND: Final = target("us-demand")
HAGUE_CORE: Final = target("hague-core")
HAGUE_RELATED: Final = target("hague-related")
HAGUE_TOTAL: Final = target("hague-total")
HAGUE: Final = next(found for found in entries(_FILE, "composite", _composite) if found.key == "hague")
