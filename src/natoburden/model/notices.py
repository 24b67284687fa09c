"""Notices to Congress of possible arms sales: what was offered to whom, and the largest possible value."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
import re
from collections.abc import Callable, Iterable
from typing import ClassVar, TypeAlias

import attrs

from natoburden.errors import DocumentFault, NotAContractError, UnexpectedValueError
from natoburden.errors._documents import raise_faults
from natoburden.model._checks import checked_day, exactly, expect
from natoburden.model._terms import Term
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country
from natoburden.model.evidence import Documented
from natoburden.model.keyed import Keyed
from natoburden.model.memberships import Bloc, Entity, EntityLike, Group, When, find_entity, last_day
from natoburden.model.money import CURRENT_PRICES, Currency, Money
from natoburden.model.periods import Period
from natoburden.model.record_coverage import RecordKind
from natoburden.model.sources import Source, Status

__all__ = ["Agency", "Buyer", "NoticeStanding", "SaleNotification", "SaleNotifications", "us_fiscal_year"]

_DOLLAR = Currency("USD")
_DAY = dt.timedelta(days=1)
_SELLER = Country("USA")
_INITIALS = re.compile(r"\b(?!NATO\b)[A-Z]{3,}\b")
_IN_FULL = {
    "nato support and procurement agency": "NSPA",
    "nato airlift management programme": "NAMP",
    "nato airlift management program": "NAMP",
}
_FISCAL_YEAR_BEGINS = 10  # in October of the year before


class NoticeStanding(Term):
    """What became of a notice, according to the record; ``NOTIFIED`` does not mean that anything was bought.

    ``REVISED`` means that the release of the notice was corrected; the ceiling comes from the last release. A
    ``NEVER_BOUGHT`` notice is an offer that the buyer is known to have dropped, or to have refused in favour of another
    offer.
    """

    NOTIFIED = "notified"
    REVISED = "revised"
    NEVER_BOUGHT = "never bought"


@attrs.frozen
class Agency:
    """A NATO agency that buys for several Allies together, identified by its name.

    Purchases by the agency count for the Allies as a group and never for one Ally, because each Ally's share is
    unknown. Raises `UnexpectedValueError` for a name that does not begin with NATO, and for the name of a group of
    countries.

    >>> print(Agency("NATO Support and Procurement Agency"))
    NATO Support and Procurement Agency
    """

    name: str = attrs.field(validator=exactly(str, "a name"))

    def __attrs_post_init__(self) -> None:
        if not self.name.startswith("NATO ") or not self.name[5:].strip():
            hint = "the name of an agency begins with NATO: 'NATO Support and Procurement Agency'"
            raise UnexpectedValueError("an agency of NATO", repr(self.name), hint)
        if any(self.name.casefold() == group.name.casefold() for group in Group.all()):
            raise UnexpectedValueError(
                "an agency of NATO", repr(self.name), "it is a group of countries: name the agency that buys"
            )

    @property
    def key(self) -> str:
        """The name of the agency."""
        return self.name

    def __str__(self) -> str:
        return self.name


Buyer: TypeAlias = Country | Agency


def find_buyer(buyer: Buyer | str) -> Buyer:
    """Return the agency with a name, if the name begins with NATO; otherwise return the country with the name.

    >>> find_buyer("NATO Support and Procurement Agency").key, find_buyer("Türkiye").key
    ('NATO Support and Procurement Agency', 'TUR')
    """
    if isinstance(buyer, Agency):
        return buyer
    return Agency(buyer) if isinstance(buyer, str) and buyer.startswith("NATO ") else Country.find(buyer)


def us_fiscal_year(day: dt.date) -> int:
    """Return the fiscal year of the United States that contains a day; it begins in October of the previous year.

    >>> us_fiscal_year(dt.date(2024, 9, 30)), us_fiscal_year(dt.date(2024, 10, 1))
    (2024, 2025)
    """
    day = checked_day(day)
    return day.year + (day.month >= _FISCAL_YEAR_BEGINS)


@attrs.frozen(kw_only=True)
class SaleNotification(Documented):
    """A notice of a possible arms sale, which the Congress of the United States receives before the sale.

    Section 36(b) of the Arms Export Control Act requires these notices to Congress. The `ceiling` is the highest value
    that the notice to Congress states for the sale. The ceiling is not a contract, not a payment, and not the final
    value of the purchase. The ceiling is in US dollars at the prices of its time; after a correction, the ceiling of
    the last release counts. `transmittal` is the number of the notice; it is empty if the number was not captured.
    Several `areas` mean that the notice does not split its ceiling between them. `is_added_by_hand` marks a notice that
    the publisher's own library lacks. Raises `UnexpectedValueError` without an area, and for a ceiling that is not an
    amount above zero in US dollars at current prices.
    """

    stands_by_reference: ClassVar[bool] = True
    further_columns: ClassVar[tuple[str, ...]] = ("year",)

    key: str
    notified_on: dt.date = attrs.field(validator=exactly(dt.date, "a day"))
    transmittal: str = ""
    buyer: Buyer
    system: str
    areas: tuple[CapabilityArea, ...]
    ceiling: Money = attrs.field(validator=exactly(Money, "a ceiling"))
    standing: NoticeStanding = NoticeStanding.NOTIFIED
    is_added_by_hand: bool = False
    note: str = ""
    source: Source = attrs.field(validator=exactly(Source, "a source"))

    def __attrs_post_init__(self) -> None:
        expect(self.buyer, Country | Agency, "a buyer", "give a Country, or an Agency of NATO")
        if not self.areas:
            raise UnexpectedValueError("a notice", self.key, "it needs a capability area, if only 'other'")
        in_dollars = self.ceiling.currency == _DOLLAR and self.ceiling.basis == CURRENT_PRICES
        if not in_dollars or self.ceiling.amount <= 0:
            hint = "Congress is told an amount above zero, in US dollars at the prices of its time"
            raise UnexpectedValueError("a ceiling", str(self.ceiling), hint)

    @property
    def firmness(self) -> Status:
        """The status of a ceiling, which is always an estimate because a ceiling is not an outcome."""
        return Status.ESTIMATE

    @property
    def reference(self) -> str:
        """The key of the notice."""
        return self.key

    @property
    def year(self) -> int:
        """The calendar year of the notice."""
        return self.notified_on.year

    @property
    def quarter(self) -> Period:
        """The quarter of the calendar year, such as 2025-Q1."""
        return Period(self.year, f"Q{(self.notified_on.month + 2) // 3}")

    @property
    def us_fiscal_year(self) -> int:
        """The fiscal year of the United States, from October to September."""
        return us_fiscal_year(self.notified_on)

    @property
    def area(self) -> CapabilityArea | None:
        """The capability area; None if there are several areas."""
        return self.areas[0] if len(self.areas) == 1 else None

    def __str__(self) -> str:
        standing = "" if self.standing is NoticeStanding.NOTIFIED else f", {self.standing}"
        figure = f"at most {self.ceiling}, told to Congress on {self.notified_on}{standing}"
        return f"{self.key}: {self.buyer}, {self.system} ({figure})"


def _to_notices(items: Iterable[SaleNotification]) -> tuple[SaleNotification, ...]:
    found = tuple(items)
    for item in found:
        expect(item, SaleNotification, "a notice", "a record of notices holds SaleNotification only")
    return found


def _to_buyers(buyers: Iterable[Country]) -> tuple[Country, ...]:
    found = tuple(buyers)
    for buyer in found:
        expect(buyer, Country, "a buyer that is on record", "give countries: Country('POL')")
    return found


def _first_day(record: SaleNotifications) -> dt.date:
    return min((item.notified_on for item in record.items), default=record.collected)


def _last_day(record: SaleNotifications) -> dt.date:
    return max((item.notified_on for item in record.items), default=record.collected)


@attrs.frozen(kw_only=True)
class SaleNotifications(Keyed[SaleNotification]):
    """A record of notices to Congress by key; a sale that the record lacks may still have been notified.

    `first_day` and `last_day` limit the days that the record covers; by default, they are the days of its first and
    last notice. `buyers` are the countries for which notices were collected; without `buyers`, the record covers all
    countries. `collected` is the day on which the record was closed. The sum of the ceilings is the largest possible
    value of the notified sales. Ceilings are never added to contracts, and functions that need contracts refuse
    notices. Raises one `DocumentError` that lists every key that is used twice.
    """

    items: tuple[SaleNotification, ...] = attrs.field(
        converter=_to_notices, repr=lambda items: f"<{len(items)} notices>"
    )
    collected: dt.date = attrs.field(validator=exactly(dt.date, "a day"))
    first_day: dt.date = attrs.field(
        default=attrs.Factory(_first_day, takes_self=True), validator=exactly(dt.date, "a first day")
    )
    last_day: dt.date = attrs.field(
        default=attrs.Factory(_last_day, takes_self=True), validator=exactly(dt.date, "a last day")
    )
    buyers: tuple[Country, ...] = attrs.field(default=(), converter=_to_buyers, repr=False)
    is_selection: bool = False
    kind: RecordKind = attrs.field(default=RecordKind.REGISTER, validator=exactly(RecordKind, "a kind of record"))

    def __attrs_post_init__(self) -> None:
        twice = (item.key for item in self.items if self.by_key[item.key] is not item)
        faults = (DocumentFault(f"notices[{key}].key", "this key is used twice") for key in twice)
        raise_faults("sale notifications", faults)

    def extended(self, items: Iterable[SaleNotification]) -> SaleNotifications:
        """Return the record with notices of your own; keys must stay unique."""
        added = tuple(items)
        new = (item.buyer for item in added if isinstance(item.buyer, Country)) if self.buyers else ()
        buyers = tuple(dict.fromkeys((*self.buyers, *new)))
        return attrs.evolve(self, items=(*self.items, *added), buyers=buyers, kind=self.kind.extended)

    def select(self, keep: Callable[[SaleNotification], bool]) -> SaleNotifications:
        """Return the notices that satisfy a condition."""
        items = tuple(filter(keep, self.items))
        return attrs.evolve(self, items=items, is_selection=True, kind=self.kind.selected)

    def between(self, first: When, last: When) -> SaleNotifications:
        """Return the notices from a first day to a last day, both included.

        A year as `first` means its first day, and a year as `last` means its last day. Raises `UnexpectedValueError` if
        the last day is before the first day.
        """
        start = dt.date(last_day(first).year, 1, 1) if isinstance(first, int) else last_day(first)
        end = last_day(last)
        if end < start:
            raise UnexpectedValueError("a span of days", f"{start} to {end}", "the first day comes first")
        return self.select(lambda item: start <= item.notified_on <= end)

    @property
    def by_agencies(self) -> SaleNotifications:
        """The notices for agencies of NATO as buyers."""
        return self.select(lambda item: isinstance(item.buyer, Agency))

    def of(self, buyer: EntityLike | Agency, *, members: When | None = None) -> SaleNotifications:
        """Return the notices for a country, an agency or a group.

        A country belongs to a group if it was a member on the day of the notice. If `members` is one day or year, the
        members at that time count in all years. An agency of NATO counts only for a group that includes every Ally
        other than the United States, such as NATO Europe and Canada.
        """
        wanted = self.buyer_named(buyer)
        if not isinstance(wanted, Group):
            return self.select(lambda item: item.buyer == wanted)
        bought = _bought_by(wanted)
        return self.select(lambda item: bought(item.buyer, item.notified_on if members is None else members))

    def uncollected(self, buyer: EntityLike | Agency) -> tuple[Country, ...]:
        """Return the countries for which no notices were collected: the buyer itself, or members of a group.

        Members of a group are the members on the last day of the record. A country without collected notices may still
        have had notices. The United States is never in the result, because it is the seller.

        >>> from natoburden.datasets import us_arms_notifications
        >>> print(*us_arms_notifications().uncollected("EU"))
        Cyprus Malta
        """
        wanted = self.buyer_named(buyer)
        if not self.buyers or isinstance(wanted, Agency):
            return ()
        asked = wanted.members(self.last_day) if isinstance(wanted, Group) else (wanted,)
        return tuple(country for country in asked if country not in self.buyers and country != _SELLER)

    def buyer_named(self, buyer: EntityLike | Agency) -> Entity | Agency:
        """Return a country, group or agency of NATO by name; an agency in the record is also found by its initials.

        >>> from natoburden.datasets import us_arms_notifications
        >>> print(us_arms_notifications().buyer_named("NSPA"))
        NATO agency (NSPA / NAMP)
        """
        if not isinstance(buyer, str):
            return buyer if isinstance(buyer, Agency) else find_entity(buyer)
        wanted = buyer.strip().casefold()
        initials = _IN_FULL.get(wanted, buyer.strip().upper())
        for agency in dict.fromkeys(item.buyer for item in self.items if isinstance(item.buyer, Agency)):
            if wanted == agency.name.casefold() or initials in _INITIALS.findall(agency.name):
                return agency
        return find_entity(buyer)


def _bought_by(group: Group) -> Callable[[Buyer, When], bool]:
    """Return a function that decides whether a buyer counts for a group on a day, and that caches the members."""
    allies = Bloc.find("NATO")
    spans = [item for bloc in (allies, *group.inside, *group.outside) for item in bloc.memberships]
    changes = sorted({item.start for item in spans} | {item.end + _DAY for item in spans if item.end})

    @functools.cache
    def present(passed: int) -> tuple[frozenset[Country], bool]:
        day = changes[passed - 1] if passed else dt.date.min
        members = frozenset(group.members(day))
        return members, members >= {*allies.members(day)} - {_SELLER}

    def counts(buyer: Buyer, when: When) -> bool:
        members, holds_all = present(bisect.bisect_right(changes, last_day(when)))
        return holds_all if isinstance(buyer, Agency) else buyer in members

    return counts


def refuse_notices(records: Iterable[object]) -> None:
    """Raise `NotAContractError` for a notice among records that must be contracts."""
    for record in records:
        if isinstance(record, SaleNotification):
            raise NotAContractError(str(record))
