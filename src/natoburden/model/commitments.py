"""Targets and commitments: what share of what, by when, who said it, and whether it is an aim, a floor or a ceiling."""

from __future__ import annotations

import datetime as dt
import enum
import functools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Self

import attrs

from natoburden.errors import DocumentError, DocumentFault, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import exactly
from natoburden.model._numbers import rounded
from natoburden.model._vocabulary import nearest
from natoburden.model.dates import Announced, Deadline
from natoburden.model.expenditure import Measure
from natoburden.model.memberships import Entity, EntityLike, find_entity
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = [
    "Commitment",
    "CommitmentKind",
    "Commitments",
    "Component",
    "CompositeTarget",
    "Definition",
    "Grade",
    "Modality",
    "ShareRange",
    "Standing",
    "Target",
]


_SHARES = re.compile(r"([0-9.]+)(?:-([0-9.]+))? ?%")


class Modality(enum.Enum):
    """How a share binds: an aim is moved towards, a floor is kept, a ceiling limits.

    ``REACHED`` is a claim that a share has been reached, and ``THRESHOLD`` a rule that names a share without asking
    anyone to spend it, such as the part of GDP above which Germany's debt brake exempts defence: neither promises.
    """

    AIM = "aim"
    FLOOR = "floor"
    CEILING = "ceiling"
    REACHED = "reached"
    THRESHOLD = "threshold"

    def __str__(self) -> str:
        return self.value


class Component(enum.Enum):
    """Which spending a target speaks of.

    ``CORE`` is defence expenditure on NATO's agreed definition, which its tables call *core* since 2026 and which
    every earlier target meant. ``RELATED`` is what The Hague added beside it (infrastructure, networks, civil
    preparedness, innovation, industrial base), ``TOTAL`` both together; NATO's tables print neither.
    ``EQUIPMENT`` is the part of expenditure spent on major equipment and its research and development;
    ``UKRAINE_AID`` is aid to Ukraine as a share of GDP, which no table of NATO's prints.
    """

    CORE = "core"
    RELATED = "related"
    TOTAL = "total"
    EQUIPMENT = "equipment"
    UKRAINE_AID = "ukraine aid"

    @property
    def measure(self) -> Measure | None:
        """The published measure that the component is read from; none where NATO publishes none."""
        return _MEASURES.get(self)

    @property
    def whole(self) -> str:
        """What the share is a share of."""
        return "defence expenditure" if self is Component.EQUIPMENT else "GDP"


_MEASURES = {Component.CORE: Measure.SHARE_OF_GDP, Component.EQUIPMENT: Measure.EQUIPMENT_SHARE}


@attrs.frozen(kw_only=True)
class Target:
    """A share that spending should reach (aim, floor) or that limits what is counted (ceiling).

    `deadline` is the last year by which it is to be met; without one it holds from the year of adoption on.
    """

    key: str
    name: str
    share: Share = attrs.field(validator=exactly(Share, "a share"))
    component: Component = attrs.field(validator=exactly(Component, "a component"))
    modality: Modality = attrs.field(validator=exactly(Modality, "a modality"))
    adopted: dt.date = attrs.field(validator=exactly(dt.date, "a date"))
    deadline: int | None = attrs.field(default=None, validator=exactly(int, "a year", optional=True))
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    note: str = ""

    def is_met_by(self, share: Share) -> bool:
        """Tell whether a share reaches an aim or floor, or stays within a ceiling; equal is enough."""
        return share <= self.share if self.modality is Modality.CEILING else share >= self.share

    @property
    def sign(self) -> str:
        """How a share is compared with it: ≤ for a ceiling, ≥ otherwise."""
        return "≤" if self.modality is Modality.CEILING else "≥"

    def counted(self, share: Share) -> Share:
        """Give how much of a share counts: all of it, or under a ceiling no more than the ceiling."""
        return min(share, self.share) if self.modality is Modality.CEILING else share

    def is_due(self, year: int) -> bool:
        """Tell whether the target is to be met by that year."""
        return year >= (self.deadline or self.adopted.year)

    def __str__(self) -> str:
        by = f" by {self.deadline}" if self.deadline else ""
        return f"{self.name} ({self.modality}: {self.share} of {self.component.whole}{by})"


@attrs.frozen(kw_only=True)
class CompositeTarget:
    """A target made of parts, such as The Hague's: a total of which one part is a floor and one a ceiling."""

    key: str
    name: str
    total: Target
    core: Target
    related: Target

    @property
    def source(self) -> Source:
        """The document that set the target."""
        return self.total.source

    def __str__(self) -> str:
        return f"{self.total} = {self.core} + {self.related}"


class CommitmentKind(enum.Enum):
    """What kind of act a commitment stands in, from the most to the least binding."""

    DECLARATION = "alliance declaration"
    LAW = "law"
    BUDGET = "budget"
    PLAN = "plan"
    AGREEMENT = "agreement"
    RESOLUTION = "resolution"
    STATEMENT = "statement"
    DEMAND = "demand"
    OPT_OUT = "opt-out"

    def __str__(self) -> str:
        return self.value


class Definition(enum.Enum):
    """Whose definition of defence expenditure a commitment is stated in."""

    NATO = "NATO definition"
    NATIONAL = "national"
    UNSTATED = "unstated"

    def __str__(self) -> str:
        return self.value


class Standing(enum.Enum):
    """What has become of a commitment, as told when it was recorded.

    ``REACHED`` and ``EXPIRED`` are what was said when the deadline had passed; whether it was kept is computed
    from NATO's tables. A ``PROPOSAL`` never bound anybody, and what was ``WITHDRAWN`` no longer does.
    """

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    PROPOSAL = "proposal"
    CONTESTED = "contested"
    REACHED = "reached"
    EXPIRED = "expired"

    def __str__(self) -> str:
        return self.value


class Grade(enum.Enum):
    """How well a commitment is sourced; ``WEAK`` wants a second source before it carries a headline."""

    PRIMARY = "primary"
    TWO_SOURCES = "two sources"
    PRESS = "press"
    WEAK = "weak"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(order=False)
class ShareRange:
    """A share, or two between which a promise leaves it; a range never becomes a point by itself.

    >>> promise = ShareRange.parse("3-3.5 %")
    >>> promise.low, promise.high, promise.is_point
    (Share('3 %'), Share('3.5 %'), False)
    """

    low: Share
    high: Share = attrs.field()

    @high.validator
    def _is_not_below_low(self, _attribute: object, value: Share) -> None:
        if value < self.low:
            raise UnexpectedValueError("a range of shares", f"{self.low} to {value}", "the lower share comes first")

    @classmethod
    def at(cls, share: Share) -> Self:
        """Give the range that is one share."""
        return cls(share, share)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``3.5 %`` or ``3-3.5 %``."""
        found = _SHARES.fullmatch(text.strip())
        if not found:
            raise UnexpectedValueError("a share", repr(text), "write the sign with the figure: '3.5 %' or '3-3.5 %'")
        return cls(Share.percent(found[1]), Share.percent(found[2] or found[1]))

    @property
    def is_point(self) -> bool:
        """Whether both ends are the same share."""
        return self.low == self.high

    def __str__(self) -> str:
        return str(self.low) if self.is_point else f"{rounded(self.low.as_percent, 2)}-{self.high}"


@attrs.frozen(kw_only=True)
class Commitment:
    """A share of GDP (or of expenditure) that somebody said will be spent, when, how firmly, and on whose definition.

    `party` is who is to spend. `refused` marks an opt-out that names the share it refuses, not one it accepts.
    `repeats` names the commitment that this one tells again. Raises `MissingSourceError` through its `Source`.
    """

    key: str
    party: Entity
    share: ShareRange
    component: Component
    kind: CommitmentKind
    modality: Modality
    definition: Definition = Definition.UNSTATED
    start: int | None = None
    deadline: Deadline | None = None
    announced: Announced = attrs.field(factory=Announced.unknown)
    standing: Standing = Standing.IN_FORCE
    superseded_by: str | None = None
    repeats: str | None = None
    refused: bool = False
    grade: Grade = Grade.PRESS
    source: Source
    second_source: Source | None = None
    note: str = ""

    @property
    def promises(self) -> bool:
        """Whether it says that a share will be spent or kept to: no refusal, claim, threshold or demand."""
        asks = self.modality in (Modality.AIM, Modality.FLOOR, Modality.CEILING)
        return asks and not self.refused and self.kind is not CommitmentKind.DEMAND

    def __str__(self) -> str:
        by = f" by {self.deadline}" if self.deadline else f" from {self.start}" if self.start else ""
        what = f"refuses {self.share}" if self.refused else f"{self.modality}: {self.share}"
        said = f"{self.kind}, {self.announced}"
        return f"{self.party.name}, {what} of {self.component.whole}, {self.component.value}{by} ({said})"


@attrs.frozen(kw_only=True)
class Commitments:
    """Commitments that can be asked what stood on a day, and who promised what.

    `collected` is the day on which the record was closed: what bears no date was said by then, and no earlier day
    can be told. A selection keeps the `record` that it was made from, so that successors stay known. Raises one
    `DocumentError` for keys used twice and for references to no commitment.
    """

    items: tuple[Commitment, ...] = attrs.field(repr=lambda items: f"<{len(items)} commitments>")
    collected: dt.date
    record: Commitments | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = [] if self.record else list(self._faults())
        if faults:
            raise DocumentError("commitments", faults)

    def _faults(self) -> Iterator[DocumentFault]:
        for item in self.items:
            path = f"commitment[{item.key}]"
            if self.by_key[item.key] is not item:
                yield DocumentFault(f"{path}.key", "this key is used twice")
            for name in ("superseded_by", "repeats"):
                other = getattr(item, name)
                if other is not None and other not in self.by_key:
                    yield DocumentFault(f"{path}.{name}", f"there is no commitment {other!r}")
            if (item.superseded_by is None) is (item.standing is Standing.SUPERSEDED):
                yield DocumentFault(f"{path}.standing", "superseded goes with superseded_by, and neither stands alone")

    @functools.cached_property
    def by_key(self) -> Mapping[str, Commitment]:
        """The commitments by their keys."""
        keyed: dict[str, Commitment] = {}
        for item in self.items:
            keyed.setdefault(item.key, item)
        return keyed

    def __iter__(self) -> Iterator[Commitment]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, key: str) -> Commitment:
        if key not in self.by_key:
            raise UnknownNameError("commitment", key, tuple(self.by_key), nearest(key, self.by_key))
        return self.by_key[key]

    def extended(self, items: Iterable[Commitment]) -> Commitments:
        """Add commitments of your own, which may refer to those on record; keys must stay unique."""
        more = tuple(items)
        return attrs.evolve(self, items=self.items + more, record=self.record and self.record.extended(more))

    def select(self, keep: Callable[[Commitment], bool]) -> Commitments:
        """Keep those that a test holds for."""
        return attrs.evolve(self, items=tuple(filter(keep, self.items)), record=self.record or self)

    def of(self, party: EntityLike) -> Commitments:
        """Give what one country or group said itself; what its alliance declared stands under the alliance."""
        wanted = find_entity(party)
        return self.select(lambda item: item.party == wanted)

    def in_force(self, on: dt.date) -> Commitments:
        """Give what stood on a day: announced by then, not yet superseded, deadline not over.

        A commitment stands from the last day on which it can have been announced, and to the day before its
        successor does. What is undated stands from the day the record was closed. Proposals and what was
        withdrawn never stand, since the day of withdrawal is not recorded; nor do repetitions of another.
        """
        return self.select(lambda item: self._stands(item, on))

    def _stands(self, item: Commitment, on: dt.date) -> bool:
        if item.standing in (Standing.PROPOSAL, Standing.WITHDRAWN) or item.repeats:
            return False
        return (
            self._since(item) <= on
            and all(on < self._since(successor) for successor in self._successors(item))
            and (item.deadline is None or on <= item.deadline.last_day)
        )

    def _successors(self, item: Commitment) -> Iterator[Commitment]:
        """Follow the chain: what is superseded by something superseded ends with the first that is dated."""
        known, seen = (self.record or self).by_key, {item.key}
        while item.superseded_by and item.superseded_by not in seen:
            item = known[item.superseded_by]
            seen.add(item.key)
            yield item

    def _since(self, item: Commitment) -> dt.date:
        return item.announced.latest or self.collected
