"""Targets and commitments: the share, the deadline, the author, and whether it is an aim, a floor or a ceiling."""

from __future__ import annotations

import datetime as dt
from typing import Self, TypeAlias

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import exactly, member
from natoburden.model._numbers import checked_year, plain
from natoburden.model._terms import Term
from natoburden.model.dates import Announced, Deadline
from natoburden.model.evidence import Documented
from natoburden.model.expenditure import Measure
from natoburden.model.memberships import Entity
from natoburden.model.shares import Share, ShareRange
from natoburden.model.sources import Source

__all__ = [
    "Commitment",
    "CommitmentKind",
    "Component",
    "CompositeTarget",
    "Definition",
    "Grade",
    "Modality",
    "Standing",
    "Target",
    "TargetLike",
]


class Modality(Term):
    """How a share binds: an aim should be approached, a floor should be kept, and a ceiling is a limit.

    ``REACHED`` is a claim that a share has been reached. ``THRESHOLD`` is a rule that refers to a share, but does not
    require anyone to spend it. Germany's debt brake, for example, exempts defence expenditure above a share of GDP.
    ``REACHED`` and ``THRESHOLD`` are not promises.
    """

    AIM = "aim"
    FLOOR = "floor"
    CEILING = "ceiling"
    REACHED = "reached"
    THRESHOLD = "threshold"


class Component(Term):
    """The kind of spending that a target is about.

    ``CORE`` is defence expenditure on NATO's agreed definition. Since 2026, NATO's tables have called this expenditure
    *core*. Before the Hague summit, every NATO target for a share of GDP was about ``CORE``. ``RELATED`` is spending
    that the Hague summit added: infrastructure, networks, civil preparedness, innovation and the industrial base.
    ``TOTAL`` is ``CORE`` and ``RELATED`` together. NATO's tables print neither ``RELATED`` nor ``TOTAL``. ``EQUIPMENT``
    is the share of expenditure for major equipment, including its research and development. ``UKRAINE_AID`` is aid to
    Ukraine as a share of GDP, which NATO's tables do not print.
    """

    CORE = "core"
    RELATED = "related"
    TOTAL = "total"
    EQUIPMENT = "equipment"
    UKRAINE_AID = "ukraine aid"

    @property
    def measure(self) -> Measure | None:
        """The published measure of the component; None if NATO publishes no such measure."""
        return _MEASURES.get(self)

    @property
    def whole(self) -> str:
        """The denominator of the share, such as GDP."""
        return "defence expenditure" if self is Component.EQUIPMENT else "GDP"


_MEASURES = {Component.CORE: Measure.SHARE_OF_GDP, Component.EQUIPMENT: Measure.EQUIPMENT_SHARE}


UNSOURCED = Source(title="unsourced", publisher="own target")


@attrs.frozen(kw_only=True)
class Target(Documented):
    """A share that spending should reach (aim, floor) or that limits what is counted (ceiling).

    `deadline` is the last year by which the target must be met. Without a deadline, the target applies from the year of
    adoption on. `Target.floor`, `Target.aim` and `Target.ceiling` make targets of your own, which nobody adopted. If
    your target has no source, every explanation calls the target unsourced.
    """

    key: str
    name: str
    share: Share = attrs.field(validator=exactly(Share, "a share"))
    component: Component = attrs.field(validator=exactly(Component, "a component"))
    modality: Modality = attrs.field(validator=exactly(Modality, "a modality"))
    adopted: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a date", optional=True))
    deadline: int | None = attrs.field(default=None, validator=exactly(int, "a year", optional=True))
    source: Source = attrs.field(validator=exactly(Source, "a source"), repr=str)
    note: str = attrs.field(default="", repr=False)

    @classmethod
    def floor(
        cls,
        share: Share | str,
        *,
        by: int | None = None,
        component: Component | str = Component.CORE,
        name: str = "own target",
        source: Source | None = None,
    ) -> Self:
        """Return a target of your own that spending should not fall below, such as ``"4 %"`` of GDP.

        Without `by`, the target applies in every year. `component` is the spending that the target is about: core
        expenditure by default, or ``"equipment"``. A target for equipment is a share of expenditure. You need a
        `source` if you cite a result that rests on the target. Raises `UnexpectedValueError` for a share without a
        percent sign, and `InvalidYearError` for an invalid year.

        >>> print(Target.floor("4 %", by=2030))
        own target (floor: 4.00 % of GDP by 2030)
        """
        return cls._own(Modality.FLOOR, share, by, component, name, source)

    @classmethod
    def aim(
        cls,
        share: Share | str,
        *,
        by: int | None = None,
        component: Component | str = Component.CORE,
        name: str = "own target",
        source: Source | None = None,
    ) -> Self:
        """Return a target of your own that spending should move towards; the arguments are those of `Target.floor`."""
        return cls._own(Modality.AIM, share, by, component, name, source)

    @classmethod
    def ceiling(
        cls,
        share: Share | str,
        *,
        by: int | None = None,
        component: Component | str = Component.CORE,
        name: str = "own target",
        source: Source | None = None,
    ) -> Self:
        """Return a limit of your own on the spending that counts; the arguments are those of `Target.floor`."""
        return cls._own(Modality.CEILING, share, by, component, name, source)

    @classmethod
    def _own(
        cls,
        modality: Modality,
        share: Share | str,
        by: int | None,
        component: Component | str,
        name: str,
        source: Source | None,
    ) -> Self:
        found, of = _one_share(share), member(Component, component)
        of_what = "" if of is Component.CORE else f"-{of.value.replace(' ', '-')}"
        due = "" if by is None else f"-{checked_year(by)}"
        return cls(
            key=f"own-{modality}-{plain(found.as_percent)}{of_what}{due}",
            name=name,
            share=found,
            component=of,
            modality=modality,
            deadline=by,
            source=UNSOURCED if source is None else source,
        )

    @property
    def is_unsourced(self) -> bool:
        """Whether the target is your own and has no source; citing a result of such a target needs a source."""
        return self.source == UNSOURCED

    @property
    def due_from(self) -> int | None:
        """The first year in which the target must be met: its deadline, or otherwise the year of its adoption.

        The year is None if the target must be met in every year.
        """
        return self.deadline or (None if self.adopted is None else self.adopted.year)

    def is_met_by(self, share: Share) -> bool:
        """Return whether a share reaches an aim or floor, or stays within a ceiling; an equal share is enough."""
        return share <= self.share if self.modality is Modality.CEILING else share >= self.share

    @property
    def sign(self) -> str:
        """The sign of the comparison: ≤ for a ceiling, ≥ otherwise."""
        return "≤" if self.modality is Modality.CEILING else "≥"

    def counted(self, share: Share) -> Share:
        """Return a share, limited to the ceiling if the target is a ceiling."""
        return min(share, self.share) if self.modality is Modality.CEILING else share

    def is_due(self, year: int) -> bool:
        """Return whether the target must be met in a year."""
        return self.due_from is None or year >= self.due_from

    def __str__(self) -> str:
        by = f" by {self.deadline}" if self.deadline else ""
        return f"{self.name} ({self.modality}: {self.share} of {self.component.whole}{by})"


TargetLike: TypeAlias = Target | str


def _one_share(share: object) -> Share:
    """Return a share, given as a share or as a text with a percent sign."""
    if isinstance(share, Share):
        return share
    found = ShareRange.parse(share) if isinstance(share, str) else None
    if found is None or not found.is_point:
        raise UnexpectedValueError("a share", repr(share), "write the sign with the figure: '4 %', or Share.percent(4)")
    return found.low


@attrs.frozen(kw_only=True)
class CompositeTarget(Documented):
    """A target for a total, such as The Hague's, with a floor for core spending and a ceiling for related spending."""

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


class CommitmentKind(Term):
    """The kind of act that contains a commitment, from the most to the least binding."""

    DECLARATION = "alliance declaration"
    LAW = "law"
    BUDGET = "budget"
    PLAN = "plan"
    AGREEMENT = "agreement"
    RESOLUTION = "resolution"
    STATEMENT = "statement"
    DEMAND = "demand"
    OPT_OUT = "opt-out"


class Definition(Term):
    """The definition of defence expenditure on which a commitment is stated."""

    NATO = "NATO definition"
    NATIONAL = "national"
    UNSTATED = "unstated"


class Standing(Term):
    """The status of a commitment when the commitment was recorded.

    ``REACHED`` and ``EXPIRED`` record statements that somebody made after the deadline. NATO's tables decide whether
    the commitment was kept. A ``PROPOSAL`` never bound anybody, and a ``WITHDRAWN`` commitment no longer binds anybody.
    """

    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"
    PROPOSAL = "proposal"
    CONTESTED = "contested"
    REACHED = "reached"
    EXPIRED = "expired"


class Grade(Term):
    """How well a commitment is sourced; a ``WEAK`` commitment needs a second source before you publish it."""

    PRIMARY = "primary"
    TWO_SOURCES = "two sources"
    PRESS = "press"
    WEAK = "weak"


@attrs.frozen(kw_only=True)
class Commitment(Documented):
    """A share of GDP or of expenditure that somebody said would be spent, with its deadline, firmness and definition.

    `party` is the spender; `voiced_by` is the speaker, if the spender did not speak. `refused` marks a refusal of the
    share that the commitment states. `of_gni` marks a share of gross national income. `is_average` marks a share that
    must hold on average over several years. `repeats` is the key of an earlier commitment that this commitment repeats.
    `superseded_by` is the key of the commitment that replaced this commitment, and `supersedes` lists the keys of the
    commitments that this commitment replaces.

    Raises `UnexpectedValueError` for a key that is blank or cannot be printed, for a start after the deadline, and for
    a refusal that is not an opt-out. Raises `InvalidYearError` for a start that is not a year.
    """

    key: str = attrs.field(validator=exactly(str, "a key"))
    party: Entity
    share: ShareRange
    component: Component
    kind: CommitmentKind
    modality: Modality
    definition: Definition = Definition.UNSTATED
    of_gni: bool = False
    is_average: bool = False
    start: int | None = attrs.field(default=None)
    deadline: Deadline | None = None
    announced: Announced = attrs.field(factory=Announced.unknown)
    voiced_by: Entity | None = None
    standing: Standing = Standing.IN_FORCE
    superseded_by: str | None = None
    supersedes: tuple[str, ...] = ()
    repeats: str | None = None
    refused: bool = attrs.field(default=False)
    grade: Grade = Grade.PRESS
    source: Source
    second_sources: tuple[Source, ...] = ()
    note: str = ""

    @key.validator
    def _is_a_name(self, _attribute: object, value: str) -> None:
        if not value.isprintable() or value != value.strip() or not value:
            raise UnexpectedValueError("a key", repr(value), "write a name that prints, without blanks around it")

    @start.validator
    def _is_a_year_before_the_deadline(self, _attribute: object, value: int | None) -> None:
        if value is not None and self.deadline and checked_year(value) > self.deadline.latest:
            raise UnexpectedValueError("a start", str(value), f"the deadline is {self.deadline}")
        if value is not None:
            checked_year(value)

    @refused.validator
    def _is_an_opt_out(self, _attribute: object, value: bool) -> None:
        if value and self.kind is not CommitmentKind.OPT_OUT:
            raise UnexpectedValueError("a refusal", f"refused = true in a {self.kind}", "only an opt-out refuses")

    @property
    def promises(self) -> bool:
        """Whether the commitment promises a share; refusals, claims, thresholds and demands promise nothing."""
        asks = self.modality in (Modality.AIM, Modality.FLOOR, Modality.CEILING)
        return asks and not self.refused and self.kind is not CommitmentKind.DEMAND

    @property
    def whole(self) -> str:
        """The denominator of the share, such as GDP."""
        return "GNI" if self.of_gni else self.component.whole

    @property
    def counts_otherwise(self) -> bool:
        """Whether the commitment uses a definition of spending other than NATO's, or a denominator other than GDP."""
        return self.definition is Definition.NATIONAL or self.of_gni

    def __str__(self) -> str:
        by = f" by {self.deadline}" if self.deadline else f" from {self.start}" if self.start else ""
        what = f"refuses {self.share}" if self.refused else f"{self.modality}: {self.share}"
        average = " on average" if self.is_average else ""
        said = f"{self.kind}, {self.announced}"
        return f"{self.party.name}, {what} of {self.whole}, {self.component.value}{average}{by} ({said})"
