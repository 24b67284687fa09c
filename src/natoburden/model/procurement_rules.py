"""Rules on what may be bought from whom: content tests of EU instruments, and aims for procurement."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from natoburden.model.countries import Country, CountryLike
from natoburden.model.memberships import Bloc, When
from natoburden.model.shares import Share
from natoburden.model.sources import Source

__all__ = ["AimMeasure", "ContentRule", "ProcurementAim"]


@attrs.frozen(kw_only=True)
class ContentRule:
    """How much of a product's components may come from outside, and where inside is.

    `most_outside` is allowed: the boundary passes. `least_buyers` is how many states must buy together, where the rule
    asks for it. `not_tested` names conditions of the rule that shares of content cannot show.
    """

    key: str
    name: str
    most_outside: Share
    blocs: tuple[str, ...]
    countries: tuple[Country, ...] = ()
    least_buyers: int | None = None
    adopted: dt.date
    source: Source
    not_tested: str = ""

    def includes(self, country: CountryLike, when: When) -> bool:
        """Tell whether a country is inside, on a day or on the last day of a year."""
        found = Country.find(country)
        return found in self.countries or any(Bloc.find(key).has_member(found, when) for key in self.blocs)

    def __str__(self) -> str:
        return f"{self.name} (at most {self.most_outside} from outside)"


class AimMeasure(enum.Enum):
    """What an aim for procurement is a share of the whole by."""

    COLLABORATIVE = "bought together"
    WITHIN_EU = "bought within the EU"
    INTRA_EU_TRADE = "trade between EU members"

    def __str__(self) -> str:
        return self.value


@attrs.frozen(kw_only=True)
class ProcurementAim:
    """A share of procurement that is to be reached by a year."""

    key: str
    name: str
    measure: AimMeasure
    share: Share
    deadline: int
    source: Source

    def __str__(self) -> str:
        return f"{self.name} (at least {self.share} by {self.deadline})"
