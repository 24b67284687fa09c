"""The targets of NATO and the demand of the United States, each with its author and the act that set it.

Calculators accept the key of a target in place of the target.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeGuard, TypeVar

import attrs

from natoburden._once import once
from natoburden._packaged import made_of, named, parsed
from natoburden.errors import DataIntegrityError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import member, twice
from natoburden.model.countries import Country
from natoburden.model.dates import Announced, Deadline, Precision
from natoburden.model.memberships import Group
from natoburden.model.shares import Share, ShareRange
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import (
    Commitment,
    CommitmentKind,
    Component,
    CompositeTarget,
    Definition,
    Modality,
    Target,
    TargetLike,
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
    "two_part_target",
]

_FILE = Path(__file__).parent / "targets.toml"


T = TypeVar("T")


@attrs.frozen(kw_only=True)
class TargetEntry:
    """A target with further data from targets.toml; the file explains each key."""

    target: Target
    party: Group
    kind: CommitmentKind
    definition: Definition
    voiced_by: Country | None
    adopted: dt.date
    precision: Precision
    is_answer: bool
    brief: int | None

    @classmethod
    def of(cls, entry: dict[str, Any]) -> TargetEntry:
        """Read an entry of the file; party, kind and definition are required, because no default would be safe."""
        voiced_by = entry.pop("voiced_by", None)
        about = {
            "party": Group.find(entry.pop("party")),
            "kind": member(CommitmentKind, entry.pop("kind")),
            "definition": member(Definition, entry.pop("definition")),
            "voiced_by": voiced_by and Country.find(voiced_by),
            "adopted": entry["adopted"],
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
        """Return the target as a commitment of the group that must meet it."""
        target = self.target
        return Commitment(
            key=target.key,
            party=self.party,
            share=ShareRange.at(target.share),
            component=target.component,
            kind=self.kind,
            modality=target.modality,
            definition=self.definition,
            start=self.adopted.year if target.deadline is None else None,
            deadline=Deadline.parse(str(target.deadline)) if target.deadline else None,
            announced=Announced.parse(self.adopted.isoformat(), self.precision),
            voiced_by=self.voiced_by,
            source=target.source,
            note=target.note,
        )


@once
def target_entries() -> tuple[TargetEntry, ...]:
    """Return the targets that ship with the library, each with its author and the act that set it."""
    found = _entries("target", TargetEntry.of)
    if again := twice(entry.brief for entry in found if entry.brief is not None):
        raise DataIntegrityError(_FILE.name, f"two targets have place {again[0]} in the brief")
    return found


@once
def spending_targets() -> Mapping[str, Target]:
    """Return the targets that ship with the library, by key.

    >>> for item in spending_targets().values():
    ...     print(item)
    Wales guideline (aim: 2.00 % of GDP by 2024)
    Wales equipment guideline (aim: 20.00 % of defence expenditure by 2024)
    Vilnius commitment (floor: 2.00 % of GDP)
    US demand (floor: 5.00 % of GDP)
    Hague core target (floor: 3.50 % of GDP by 2035)
    Hague related spending (ceiling: 1.50 % of GDP by 2035)
    Hague total (floor: 5.00 % of GDP by 2035)
    """
    return {entry.target.key: entry.target for entry in target_entries()}


def target(key: TargetLike | CompositeTarget) -> Target:
    """Return one target by its key, in capitals or not, with hyphens or spaces; a target is returned unchanged.

    Instead of a key, give a share as text with its percent sign: the target is then a floor for core expenditure.
    Raises `UnknownNameError` with the nearest keys, and `UnexpectedValueError` for a target of two parts or an unusable
    share.

    >>> target("hague-core") == target("HAGUE_CORE")
    True
    >>> print(target("2.5 %"))
    own target (floor: 2.50 % of GDP)
    """
    if isinstance(key, Target):
        return key
    if _is_text(key) and "%" in key:
        return Target.floor(key.strip())
    if isinstance(key, CompositeTarget) or (_is_text(key) and _plain(key) in _composites()):
        found = key if isinstance(key, CompositeTarget) else _composites()[_plain(key)]
        hint = f"it has two parts: give {found.core.key!r}, or see natoburden.targets.two_part"
        raise UnexpectedValueError("a target", found.key, hint)
    known = spending_targets()
    if not _is_text(key) or (_plain(key) not in known and not any(sign.isalpha() for sign in key)):
        hint = "give its key, such as hague-core, or a share with its sign, such as '2.5 %'"
        raise UnknownNameError("target", key if _is_text(key) else repr(key), tuple(known), explanation=hint)
    return named("target", _plain(key), known, written=key)


def two_part_target(key: CompositeTarget | str) -> CompositeTarget:
    """Return a two-part target by its key; a two-part target is returned unchanged.

    Raises `UnknownNameError` for an unknown key, and `UnexpectedValueError` for a value that is not a key.

    >>> two_part_target("hague").core.key
    'hague-core'
    """
    if isinstance(key, CompositeTarget):
        return key
    if not _is_text(key):
        shown = str(key) if isinstance(key, Target) else repr(key)
        hint = "give one such as HAGUE, or 'hague'; a target of one part has a gap"
        raise UnexpectedValueError("a target of two parts", shown, hint)
    return named("target of two parts", _plain(key), _composites(), written=key)


def _is_text(key: object) -> TypeGuard[str]:  # what a caller without a type checker gives
    return isinstance(key, str)


def _plain(key: str) -> str:
    return key.strip().casefold().replace("_", "-").replace(" ", "-")


def brief_targets() -> tuple[Target, ...]:
    """Return the targets that the brief shows by default, in order."""
    placed = [(entry.brief, entry.target) for entry in target_entries() if entry.brief is not None]
    return tuple(found for _, found in sorted(placed, key=lambda pair: pair[0]))


def target_that_followed(day: dt.date) -> Target | None:
    """Return the newest target that was adopted after a day in answer to the demand; None if no target was adopted."""
    later = [entry for entry in target_entries() if entry.is_answer and entry.adopted > day]
    return max(later, key=lambda entry: entry.adopted).target if later else None


def _composite(entry: dict[str, Any]) -> CompositeTarget:
    parts = {name: named("target", entry[name], spending_targets()) for name in ("total", "core", "related")}
    return CompositeTarget(key=entry["key"], name=entry["name"], **parts)


def _entries(section: str, make: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
    return made_of(parsed(_FILE), _FILE.name, section, make)


@once
def _composites() -> Mapping[str, CompositeTarget]:
    return {found.key: found for found in _entries("composite", _composite)}


WALES_GUIDELINE: Final = target("wales-guideline")
WALES_EQUIPMENT: Final = target("wales-equipment")
VILNIUS_FLOOR: Final = target("vilnius-floor")
US_DEMAND: Final = target("us-demand")
HAGUE_CORE: Final = target("hague-core")
HAGUE_RELATED: Final = target("hague-related")
HAGUE_TOTAL: Final = target("hague-total")
HAGUE: Final = two_part_target("hague")
