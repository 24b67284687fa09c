"""Claims: who said what to whom and when, with the attribution and the firmness."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import exactly
from natoburden.model._terms import Term
from natoburden.model.claim_checks import Check, EstimateCheck
from natoburden.model.countries import Country
from natoburden.model.dates import DateSpan
from natoburden.model.follow_ups import FollowUp
from natoburden.model.memberships import Entity, Group
from natoburden.model.money import Money
from natoburden.model.shares import Share

__all__ = [
    "Actor",
    "ActorKind",
    "Area",
    "Attribution",
    "Candidate",
    "Claim",
    "ClaimModality",
    "ClaimedQuantity",
    "Count",
]


class Attribution(Term):
    """The kind of source to which an article attributes a claim."""

    OFFICIALS = "officials familiar"
    PEOPLE_FAMILIAR = "people familiar"
    SPOKESPERSON = "named spokesperson"
    SPEECH = "named speech"
    EXECUTIVE = "unnamed executive"
    CALCULATION = "calculation"
    DOCUMENT = "document"
    REPORTER = "reporter"

    @property
    def is_anonymous(self) -> bool:
        """Whether the informant is left unnamed."""
        return self in (Attribution.OFFICIALS, Attribution.PEOPLE_FAMILIAR, Attribution.EXECUTIVE)


class ClaimModality(Term):
    """How firmly a claim is stated, from an assertion to an opinion."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    IMPLIED = "implied"
    INFERRED = "inferred"
    ESTIMATED = "estimated"
    OPINION = "opinion"


class ActorKind(Term):
    """The kind of person, body or country that acts, is addressed or is quoted in an article."""

    PERSON = "person"
    PEOPLE = "people"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    ARMED_FORCES = "armed forces"
    INDUSTRY = "industry"
    COUNTRY = "country"
    COUNTRIES = "countries"


@attrs.frozen(kw_only=True)
class Candidate:
    """One possible meaning of an undefined set of countries: a group or a list of countries, with the reason."""

    name: str
    countries: tuple[Country, ...] = ()
    group: Group | None = None
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if bool(self.countries) is (self.group is not None):
            raise UnexpectedValueError("a candidate", self.name, "give either countries or a group")

    def members(self, year: int) -> tuple[Country, ...]:
        """Return the countries of the candidate set in a year."""
        return self.group.members(year) if self.group else self.countries


@attrs.frozen(kw_only=True)
class Actor:
    """A person, a body, a country or a set of countries that acts, is addressed or is quoted in an article.

    `entity` is the country or group under which tables list the actor's figures. `part_of` is the key of a wider actor
    that includes this actor. `candidates` are the possible meanings of an undefined set of countries.
    """

    key: str
    name: str
    kind: ActorKind
    is_named: bool = True
    role: str = ""
    entity: Entity | None = None
    part_of: str | None = None
    candidates: tuple[Candidate, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        return f"{self.name} ({self.role})" if self.role else self.name


@attrs.frozen(kw_only=True)
class Area:
    """A field of military capability to which claims refer."""

    key: str
    name: str
    note: str = ""

    def __str__(self) -> str:
        return self.name


def _is_not_below_at_least(instance: Count, _attribute: object, value: int | None) -> None:
    if value is not None and (type(value) is not int or value < instance.at_least):
        raise UnexpectedValueError(
            "a count", f"{instance.at_least} to {value!r}", "give whole numbers, the smaller first"
        )


@attrs.frozen
class Count:
    """A number of things, exact or within bounds; "several" means at least two.

    >>> print(Count.exactly(4), "|", Count(2), "|", Count(2, 5))
    4 | at least 2 | 2 to 5
    """

    at_least: int = attrs.field(validator=exactly(int, "a count"))
    at_most: int | None = attrs.field(default=None, validator=_is_not_below_at_least)

    @classmethod
    def exactly(cls, number: int) -> Count:
        """Return a count for an exactly known number."""
        return cls(number, number)

    @property
    def is_exact(self) -> bool:
        """Whether the exact number is known."""
        return self.at_least == self.at_most

    def __str__(self) -> str:
        if self.at_most is None:
            return f"at least {self.at_least}"
        return str(self.at_least) if self.is_exact else f"{self.at_least} to {self.at_most}"


ClaimedQuantity: TypeAlias = Share | Money | Count


@attrs.frozen(kw_only=True)
class Claim:
    """One statement of an article in a few words, with its attribution, date and figure as data.

    `actors`, `audience` and `said_by` are keys of actors: who acts, who is addressed, and whom the article quotes.
    `quantity` is the figure of the claim, and `of` states what the figure measures. `years` is the number of years that
    an amount covers. `checks` describe the data with which the claim can be compared. `followed` lists the data that
    show what happened later.
    """

    key: str
    paragraph: int
    text: str
    topic: str
    actors: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    said_by: str
    attribution: Attribution
    modality: ClaimModality
    date: DateSpan = attrs.field(factory=DateSpan)
    quantity: ClaimedQuantity | None = None
    of: str = ""
    years: int | None = None
    areas: tuple[str, ...] = ()
    checks: tuple[Check, ...] = attrs.field(default=(), metadata={"in_row": False})
    followed: tuple[FollowUp, ...] = attrs.field(default=(), metadata={"in_row": False})
    untestable: str = ""
    note: str = ""

    def __attrs_post_init__(self) -> None:
        for check in self.checks:
            if check.needs is not None and not isinstance(self.quantity, check.needs):
                needs = check.needs.__name__.lower()
                raise UnexpectedValueError(f"a claim with the check {check.tag!r}", self.key, f"it needs a {needs}")
            if isinstance(check, EstimateCheck) and not self.years:
                hint = "it needs the years that the amount is spread over"
                raise UnexpectedValueError(f"a claim with the check {check.tag!r}", self.key, hint)

    def __str__(self) -> str:
        return f"{self.key} (¶{self.paragraph}, {self.attribution}, {self.modality}): {self.text}"
