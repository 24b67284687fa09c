"""Rules on procurement: content tests of EU instruments, and aims for shares of procurement."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._checks import exactly
from natoburden.model._terms import Term
from natoburden.model.countries import Country, CountryLike
from natoburden.model.evidence import Documented
from natoburden.model.memberships import Bloc, When, last_day
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = ["AimMeasure", "BuyersRule", "ContentRule", "Joined", "ProcurementAim"]


@attrs.frozen(kw_only=True)
class Joined:
    """A country that a content rule includes in its area from a certain day on, because of a separate agreement."""

    country: Country
    since: dt.date = attrs.field(validator=exactly(dt.date, "a first day"))
    source: Source
    note: str = ""


def _is_a_count(_instance: object, attribute: attrs.Attribute[int], value: Any) -> None:
    if type(value) is not int or value < (1 if attribute.name == "least" else 0):
        raise UnexpectedValueError("a number of buyers", repr(value), "write a whole number, such as 3")


@attrs.frozen(kw_only=True)
class BuyersRule(Documented):
    """How many states must buy together, and how many of them must be members of the European Union.

    With `needs_loan`, one buyer must be a member of the European Union with a loan under the instrument. `alone_until`
    is the last day on which a single buyer may sign a contract; None if there is no such day. `note` states the
    condition on buyers in words.
    """

    least: int = attrs.field(validator=_is_a_count)
    least_members: int = attrs.field(default=0, validator=_is_a_count)
    needs_loan: bool = False
    alone_until: dt.date | None = attrs.field(default=None, validator=exactly(dt.date, "a last day", optional=True))
    source: Source
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if self.least_members > self.least:
            counts = f"{self.least_members} members of {self.least} buyers"
            raise UnexpectedValueError("a rule on buyers", counts, "members are among the buyers")

    def __str__(self) -> str:
        members = f", {self.least_members} of them of the EU" if self.least_members else ""
        loan = " (one with a loan)" if self.needs_loan else ""
        alone = f", or one alone until {self.alone_until}" if self.alone_until else ""
        return f"at least {self.least} states buying together{members}{loan}{alone}"


@attrs.frozen(kw_only=True)
class ContentRule(Documented):
    """The share of a product's components that may come from outside an eligible area, and the countries of this area.

    A share of exactly `most_outside` is still allowed. Components from the `countries`, and from members of the
    `blocs`, count as inside the area. Components from a country in `joined` count as inside the area from a stated day
    on. `buyers` states how many states must buy together, if the rule has such a condition. `not_tested` lists
    conditions of the rule that shares of content cannot decide.
    """

    key: str
    name: str
    most_outside: Share
    blocs: tuple[str, ...]
    countries: tuple[Country, ...] = ()
    joined: tuple[Joined, ...] = ()
    buyers: BuyersRule | None = None
    adopted: dt.date
    source: Source
    not_tested: str = ""

    def includes(self, country: CountryLike, when: When) -> bool:
        """Return whether components from a country count as inside the area, on a day or on the last day of a year."""
        found, day = Country.find(country), last_day(when)
        return (
            found in self.countries
            or any(item.country == found and item.since <= day for item in self.joined)
            or any(Bloc.find(key).has_member(found, when) for key in self.blocs)
        )

    def __str__(self) -> str:
        return f"{self.name} (at most {self.most_outside} from outside)"


class AimMeasure(Term):
    """The kind of procurement that should reach a share, according to an aim."""

    COLLABORATIVE = "bought together"
    WITHIN_EU = "bought within the EU"
    INTRA_EU_TRADE = "trade between EU members"


@attrs.frozen(kw_only=True)
class ProcurementAim(Documented):
    """A share of procurement that should be reached by a year."""

    key: str
    name: str
    measure: AimMeasure
    share: Share
    deadline: int
    source: Source

    def __str__(self) -> str:
        return f"{self.name} (at least {self.share} by {self.deadline})"
