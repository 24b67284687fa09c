"""Arms contracts, with their values, the kind of each value, and the origin of the goods."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import ClassVar

import attrs

from natoburden.errors import DocumentFault, UnexpectedValueError
from natoburden.errors._documents import raise_faults
from natoburden.model._checks import exactly
from natoburden.model._circles import in_circles
from natoburden.model._numbers import CONTEXT
from natoburden.model._terms import Term
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country
from natoburden.model.dates import Announced
from natoburden.model.evidence import Documented
from natoburden.model.keyed import Keyed
from natoburden.model.memberships import EntityLike, When, find_entity, last_day
from natoburden.model.money import Money
from natoburden.model.notices import refuse_notices
from natoburden.model.origins import Origin, OriginBasis, Supplier, origin_of_suppliers
from natoburden.model.record_coverage import RecordKind
from natoburden.model.record_readings import RecordReading
from natoburden.model.shares import Share
from natoburden.model.sources import Source, Status

__all__ = [
    "PURCHASES",
    "Bound",
    "Cancellation",
    "Channel",
    "Contract",
    "ContractStatus",
    "ContractValue",
    "Contracts",
    "OrderedQuantity",
    "RangeEnd",
    "ValueKind",
]


class ValueKind(Term):
    """The kind of a published value; only ``CONTRACT`` is a value on which a buyer and a seller agreed.

    ``CEILING`` is the largest value that a notice or framework allows. ``APPROVAL`` is an amount that a parliament or
    government approved. ``BUDGET`` is an amount that was set aside. ``PROGRAMME`` is the value of a programme with
    bases, training and upkeep. ``ESTIMATE`` is a value that was named before signature.
    """

    CONTRACT = "contract"
    CEILING = "ceiling"
    APPROVAL = "approval"
    BUDGET = "budget"
    PROGRAMME = "programme"
    ESTIMATE = "estimate"


PURCHASES = (ValueKind.CONTRACT,)  # The kinds that count as a purchase unless others are named.


class RangeEnd(Term):
    """Which point of a range is used as the value; there is no default."""

    LOW = "low"
    MID = "mid"
    HIGH = "high"


class Bound(Term):
    """How exactly a count or a quantity was stated."""

    EXACT = "exact"
    ABOUT = "about"
    AT_LEAST = "at least"
    UP_TO = "up to"


class Channel(Term):
    """The channel through which a purchase was made."""

    DIRECT = "direct"
    US_FOREIGN_MILITARY_SALES = "US foreign military sales"
    GOVERNMENT_TO_GOVERNMENT = "government to government"
    AGENCY = "procurement agency"
    UNSTATED = "unstated"


class ContractStatus(Term):
    """How far a purchase has come, according to the record.

    ``CONTESTED`` is a purchase that one side calls agreed and the other side denies.
    """

    PLANNED = "planned"
    ANNOUNCED = "announced"
    APPROVED = "approved"
    SELECTED = "selected"
    AGREED = "agreed"
    CONTESTED = "contested"
    SIGNED = "signed"
    EXECUTING = "executing"
    DELAYED = "delayed"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"

    @property
    def is_firm(self) -> bool:
        """Whether a contract has been signed and not postponed."""
        return self in (ContractStatus.SIGNED, ContractStatus.EXECUTING, ContractStatus.DELIVERED)


@attrs.frozen(kw_only=True)
class ContractValue:
    """The reported value of a contract and its kind; the value is an amount, a range or undisclosed.

    Amounts are nominal, at the prices of their own time. Without `high`, the value is not a range. `wording` keeps the
    source's name for the figure. A range gives no amount until you choose one of its points with `at`.

    >>> value = ContractValue(kind=ValueKind.BUDGET, low=Money.billions(1, "EUR"), high=Money.billions("2.5", "EUR"))
    >>> print(value.at(None), "|", value.at(RangeEnd.MID))
    None | EUR 1.75 bn (current prices)
    """

    column_parts: ClassVar[tuple[str, ...]] = ("kind", "low", "high", "wording")

    kind: ValueKind
    low: Money | None = attrs.field(default=None, validator=exactly(Money, "an amount", optional=True))
    high: Money | None = attrs.field(
        default=attrs.Factory(lambda self: self.low, takes_self=True),
        validator=exactly(Money, "an amount", optional=True),
    )
    wording: str = ""

    def __attrs_post_init__(self) -> None:
        if (self.low is None) is not (self.high is None):
            raise UnexpectedValueError("a value", str(self.low or self.high), "give the lower end of the range too")
        if self.low is not None and self.low.amount < 0:
            raise UnexpectedValueError("a value", str(self.low), "amounts are not negative")
        if self.low is not None and self.high is not None and self.high < self.low:
            span = " to ".join(str(end).partition(" (")[0] for end in (self.low, self.high))  # short enough to be shown
            raise UnexpectedValueError("a value", span, "the lower amount comes first")

    @property
    def is_disclosed(self) -> bool:
        """Whether the value has any figure."""
        return self.low is not None

    @property
    def is_range(self) -> bool:
        """Whether the figure is a range."""
        return self.low != self.high

    def at(self, end: RangeEnd | None) -> Money | None:
        """Return the amount, or the point of a range that you choose; None for a range if you choose no point."""
        if self.low is None or self.high is None or (self.is_range and end is None):
            return None
        if end is RangeEnd.MID:
            return (self.low + self.high) / 2
        return self.high if end is RangeEnd.HIGH else self.low

    def __str__(self) -> str:
        figure = f"{self.low} to {self.high}" if self.is_range else str(self.low or "undisclosed")
        return f"{figure}, {self.kind}"


@attrs.frozen(kw_only=True)
class OrderedQuantity:
    """A number of units; `wording` keeps the source's words if the source does not give one plain count."""

    column_parts: ClassVar[tuple[str, ...]] = ("count", "unit", "bound")

    count: int | None = None
    unit: str
    bound: Bound = Bound.EXACT
    wording: str = ""

    def __str__(self) -> str:
        return f"{self.wording or self.count} {self.unit}"


@attrs.frozen(kw_only=True)
class Cancellation:
    """How much of a contract was cancelled and when: all of it, unless a `part` is given.

    Raises `UnexpectedValueError` if `part` is zero.
    """

    date: Announced = attrs.field(factory=Announced.unknown)
    part: Share = attrs.field(default=Share.fraction(1), validator=exactly(Share, "a part"))
    source: Source = attrs.field(validator=exactly(Source, "a source"))
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if not self.part.as_fraction:
            raise UnexpectedValueError("a cancelled part", str(self.part), "give more than 0 %, or no cancellation")

    @property
    def is_whole(self) -> bool:
        """Whether the whole contract was cancelled."""
        return self.part.as_fraction == 1

    def holds(self, when: When | None = None) -> bool:
        """Return whether the cancellation counts on a day, or at the end of a year; True without a day or year."""
        return when is None or self.date.latest is None or self.date.latest <= last_day(when)

    def __str__(self) -> str:
        return f"{'cancelled' if self.is_whole else f'{self.part} cancelled'}, {self.date}"


@attrs.frozen(kw_only=True)
class Contract(Documented):
    """An announced purchase of arms, with its buyers, suppliers, system and value.

    `family` is the family to which the system belongs; users of one family can be counted together. Several `areas` or
    `buyers` mean that the record does not split the value between them. `part_of` is the key of another contract with a
    value that already includes this contract. `is_maker_named` is false if the source names only the system. `origins`
    are the origins of the goods on bases other than the suppliers' nationality. A `cancellation` removes all or a part
    of the contract from a date on. A `cancellation` does not change `value` or `quantity`. Raises
    `UnexpectedValueError` without buyer, supplier or area, and `MissingSourceError` for an incomplete `Source`.
    """

    key: str
    buyers: tuple[Country, ...]
    suppliers: tuple[Supplier, ...]
    system: str
    family: str = ""
    areas: tuple[CapabilityArea, ...]
    quantity: OrderedQuantity | None = None
    value: ContractValue
    date: Announced = attrs.field(factory=Announced.unknown)
    date_of: str = ""
    delivery_start: int | None = None
    delivery_end: int | None = None
    channel: Channel = Channel.UNSTATED
    status: ContractStatus = ContractStatus.ANNOUNCED
    status_note: str = ""
    origins: tuple[Origin, ...] = ()
    part_of: str | None = None
    cancellation: Cancellation | None = None
    is_maker_named: bool = True
    source: Source
    more_sources: tuple[Source, ...] = ()
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if not (self.buyers and self.suppliers and self.areas):
            raise UnexpectedValueError("a contract", self.key, "it needs a buyer, a supplier and a capability area")
        if len(self.origins) > 1 and len({origin.basis for origin in self.origins}) < len(self.origins):
            raise UnexpectedValueError("a contract", self.key, "it gives two origins on one basis: keep one")
        if self.delivery_start and self.delivery_end and self.delivery_end < self.delivery_start:
            years = f"{self.delivery_start} to {self.delivery_end}"
            raise UnexpectedValueError("years of delivery", years, "the first year comes first")
        supplier_shares = [supplier.share for supplier in self.suppliers]
        if any(supplier_shares) and None in supplier_shares:
            raise UnexpectedValueError("a split", self.key, "give every supplier a share, or none")
        if self.part_of == self.key:
            raise UnexpectedValueError("a contract", self.key, "it is not a part of itself: name another in part_of")
        if self.status is ContractStatus.CANCELLED and self.cancellation and not self.cancellation.is_whole:
            hint = "only a part of it is cancelled: give the status of the rest"
            raise UnexpectedValueError("a status", f"{self.key}, {self.status}", hint)

    stands_by_reference: ClassVar[bool] = True
    further_columns: ClassVar[tuple[str, ...]] = ("year",)

    @property
    def firmness(self) -> Status:
        """The status of the contract: an outcome if `is_firm` is true, otherwise an estimate."""
        return Status.ACTUAL if self.is_firm else Status.ESTIMATE

    @property
    def reference(self) -> str:
        """The key of the contract."""
        return self.key

    @property
    def year(self) -> int | None:
        """The year of the contract; None if the date is unknown."""
        return int(self.date.text[:4]) if self.date.text else None

    @property
    def area(self) -> CapabilityArea | None:
        """The capability area; None if there are several areas."""
        return self.areas[0] if len(self.areas) == 1 else None

    @property
    def is_collaborative(self) -> bool:
        """Whether several countries buy together."""
        return len(self.buyers) > 1

    @property
    def is_firm(self) -> bool:
        """Whether the contract is signed, has an agreed value and is not wholly cancelled."""
        return self.status.is_firm and self.value.kind is ValueKind.CONTRACT and self.standing().as_fraction > 0

    def standing(self, when: When | None = None) -> Share:
        """Return the share of the contract that is not cancelled on a day, or on the last day of a year.

        Without a day or year, every cancellation counts. A cancellation without a date counts at all times.
        """
        if self.cancellation is None:
            return Share.fraction(0 if self.status is ContractStatus.CANCELLED else 1)
        if not self.cancellation.holds(when):
            return Share.fraction(1)
        return Share.fraction(CONTEXT.subtract(Decimal(1), self.cancellation.part.as_fraction))

    def origin(self, basis: OriginBasis) -> Origin | None:
        """Return the origin on one basis, or None; an unstated prime nationality follows from the suppliers."""
        for origin in self.origins:
            if origin.basis is basis:
                return origin
        return origin_of_suppliers(self.suppliers) if basis is OriginBasis.PRIME_NATIONALITY else None

    def __str__(self) -> str:
        buyers = ", ".join(map(str, self.buyers))
        sellers = ", ".join(supplier.name for supplier in self.suppliers)
        return f"{self.key}: {buyers} from {sellers}, {self.system} ({self.value}, {self.date})"


@attrs.frozen(kw_only=True)
class Contracts(Keyed[Contract]):
    """A record of contracts by key; the record is a sample unless its `kind` states otherwise.

    `collected` is the day on which the record was closed. `reading` describes how your own spreadsheet was read. Raises
    one `DocumentError` for keys that are used twice, and for contracts that are part of a missing contract. Raises
    `NotAContractError` for a notice to Congress.
    """

    items: tuple[Contract, ...] = attrs.field(repr=lambda items: f"<{len(items)} contracts>")
    collected: dt.date
    is_selection: bool = False
    kind: RecordKind = attrs.field(default=RecordKind.SAMPLE, validator=exactly(RecordKind, "a kind of record"))
    reading: RecordReading | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        refuse_notices(self.items)
        raise_faults("contracts", self._faults())

    def _faults(self) -> Iterator[DocumentFault]:
        circles = in_circles({key: (item.part_of,) for key, item in self.by_key.items()})
        for item in self.items:
            if self.by_key[item.key] is not item:
                yield DocumentFault(f"contracts[{item.key}].key", "this key is used twice")
            if item.part_of is not None and item.part_of not in self.by_key and not self.is_selection:
                yield DocumentFault(f"contracts[{item.key}].part_of", f"there is no contract {item.part_of!r}")
            if item.key in circles:
                yield DocumentFault(f"contracts[{item.key}].part_of", "it would be a part of itself")

    def extended(self, items: Iterable[Contract]) -> Contracts:
        """Return the record with contracts of your own; keys must stay unique."""
        return attrs.evolve(self, items=(*self.items, *items), kind=self.kind.extended)

    def select(self, keep: Callable[[Contract], bool]) -> Contracts:
        """Return the contracts that satisfy a condition."""
        items = tuple(filter(keep, self.items))
        return attrs.evolve(self, items=items, is_selection=True, kind=self.kind.selected)

    def of(self, buyer: EntityLike) -> Contracts:
        """Return the contracts with a country, or any member of a group, among the buyers.

        Membership of the group is decided on the day on which the record was closed.
        """
        wanted = find_entity(buyer)
        members = (wanted,) if isinstance(wanted, Country) else wanted.members(self.collected)
        return self.select(lambda item: any(country in members for country in item.buyers))


def containers(counted: Collection[str], given: Mapping[str, Contract]) -> Mapping[str, str]:
    """Return each counted contract that is part of another counted contract, with the key of the larger contract.

    `counted` are the keys of the contracts that count in one selection, and `given` are all contracts by key. A
    contract that is part of another contract is left out only if the other contract counts. If programmes do not count,
    a contract within a programme counts by itself. Raises `UnexpectedValueError` if a contract is a part of itself
    through other contracts.
    """
    inside = set(counted)
    found: dict[str, str] = {}
    for key in counted:
        above = _ancestors(key, given)
        if key in above:
            raise UnexpectedValueError("a contract", key, f"through {', '.join(above)} it would be a part of itself")
        if (container := next((name for name in above if name in inside), None)) is not None:
            found[key] = container
    return found


def _ancestors(key: str, given: Mapping[str, Contract]) -> tuple[str, ...]:
    """Return the keys of the contracts that include a contract, the nearest first; a circle ends where it began."""
    path: dict[str, None] = {}
    item = given.get(key)
    while item is not None and item.part_of is not None and item.part_of not in path:
        path[item.part_of] = None
        item = given.get(item.part_of)
    return tuple(path)
