"""Targets for spending: what share of what, by when, and whether it is an aim, a floor or a ceiling."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from natoburden.model.expenditure import Measure
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = ["Component", "CompositeTarget", "Modality", "Target"]


class Modality(enum.Enum):
    """How a target binds: an aim is moved towards, a floor is kept, a ceiling limits what is counted."""

    AIM = "aim"
    FLOOR = "floor"
    CEILING = "ceiling"

    def __str__(self) -> str:
        return self.value


class Component(enum.Enum):
    """Which spending a target speaks of.

    ``CORE`` is defence expenditure on NATO's agreed definition, which its tables call *core* since 2026 and which
    every earlier target meant. ``RELATED`` is what The Hague added beside it (infrastructure, networks, civil
    preparedness, innovation, industrial base), ``TOTAL`` both together; NATO's tables print neither.
    ``EQUIPMENT`` is the part of expenditure spent on major equipment and its research and development.
    """

    CORE = "core"
    RELATED = "related"
    TOTAL = "total"
    EQUIPMENT = "equipment"

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
    share: Share
    component: Component
    modality: Modality
    adopted: dt.date
    deadline: int | None = None
    source: Source
    note: str = ""

    def is_met_by(self, share: Share) -> bool:
        """Tell whether a share reaches an aim or floor, or stays within a ceiling; equal is enough."""
        return share <= self.share if self.modality is Modality.CEILING else share >= self.share

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
