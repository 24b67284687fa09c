"""From records to amounts: which records count, how much each counts for, and which are left out, with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Literal, TypeAlias, TypedDict, get_args

import attrs

from natoburden.errors import MixedCurrenciesError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import expect, member
from natoburden.model._numbers import add_up, checked_year, divide, multiply, plain, rounded
from natoburden.model._vocabulary import nearest
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.countries import Country
from natoburden.model.exchange import ExchangeRates
from natoburden.model.memberships import EntityLike, When, find_entity
from natoburden.model.money import Currency, Money
from natoburden.model.origins import OriginBasis
from natoburden.model.procurement import Bound, Contract, RangeEnd, ValueKind
from natoburden.model.transfers import Tiv, Transfer

__all__ = [
    "Amount",
    "LeftOut",
    "Measured",
    "MeasuredRecord",
    "Options",
    "Record",
    "WhatCounts",
    "as_amount",
    "checked_choice",
    "checked_options",
    "in_words",
    "measured",
    "reference",
]

Record: TypeAlias = Contract | Transfer
Amount: TypeAlias = Money | Tiv | Decimal
WhatCounts: TypeAlias = Literal["value", "tiv", "units"]

_GIVE_RATES = "give rates=natoburden.datasets.exchange_rates() or your own, and the currency= to count in"
_LATE = 2200  # what bears no date is taken with the memberships that are still open


class Options(TypedDict, total=False):
    """Which records count and for how much; every calculator over records takes these as keyword arguments."""

    buyer: EntityLike | None
    members_on: When | None
    area: CapabilityArea | None
    since: int | None
    until: int | None
    counting: WhatCounts | None
    kinds: tuple[ValueKind, ...]
    range_end: RangeEnd | None
    currency: Currency | str | None
    rates: ExchangeRates | None
    spread_evenly: bool
    basis: OriginBasis | tuple[OriginBasis, ...]


@attrs.frozen(kw_only=True)
class LeftOut:
    """A record that is in scope and could not be counted, and why."""

    record: Record
    reason: str

    def __str__(self) -> str:
        return f"{reference(self.record)}: {self.reason}"


@attrs.frozen(kw_only=True)
class MeasuredRecord:
    """A record with the amount that it counts for."""

    record: Record
    amount: Decimal


@attrs.frozen(kw_only=True)
class Measured:
    """All records in scope: those that count, in one unit, and those that do not."""

    counted: tuple[MeasuredRecord, ...]
    left_out: tuple[LeftOut, ...]
    unit: Currency | WhatCounts
    scope: str
    bases: OriginBasis | tuple[OriginBasis, ...]

    @property
    def total(self) -> Decimal:
        """What the counted records add up to."""
        return add_up(item.amount for item in self.counted)


def reference(record: Record) -> str:
    """Name a record so that it can be found again."""
    return record.key if isinstance(record, Contract) else f"line {record.line} ({record.key})"


def as_amount(figure: Decimal, unit: Currency | WhatCounts) -> Amount:
    """Give a figure its type."""
    if isinstance(unit, Currency):
        return Money(figure, unit)
    return Tiv(figure) if unit == "tiv" else figure


def in_words(amount: Amount) -> str:
    """Write an amount of any kind."""
    return f"{plain(rounded(amount, 2))} units" if isinstance(amount, Decimal) else str(amount)


def checked_choice(what: str, value: object, choices: object) -> None:
    """Refuse a word that is none of a literal's."""
    if value not in get_args(choices):
        raise UnknownNameError(what, str(value), get_args(choices))


def measured(records: Iterable[Record], options: Options) -> Measured:
    """Give every record in scope its amount, or the reason why it has none.

    Raises `UnexpectedValueError` for contracts mixed with transfers, for what is neither, and for units of different
    areas, `MixedCurrenciesError` for several currencies without rates, `UnknownNameError` for another option.
    """
    given, options = tuple(records), checked_options(options)
    for item in given:
        expect(item, Contract | Transfer, "a record", "give contracts, or transfers: natoburden.datasets, readers")
    counting = options.get("counting") or ("tiv" if any(isinstance(item, Transfer) for item in given) else "value")
    checked_choice("way of counting", counting, WhatCounts)
    if len({type(item) for item in given}) > 1:
        raise UnexpectedValueError("records of one kind", "contracts and transfers", "count the two apart")
    scope = _Scope(options)
    amounts: list[tuple[Record, Decimal | Money]] = []
    left_out: list[LeftOut] = []
    keys = {item.key for item in given if isinstance(item, Contract)}
    for record in given:
        if not scope.holds(record):
            continue
        found = scope.obstacle(record) or _part_of(record, keys) or _amount(record, counting, options, scope)
        if isinstance(found, str):
            left_out.append(LeftOut(record=record, reason=found))
        else:
            amounts.append((record, found))
    if counting == "units":
        _check_one_area(record for record, _ in amounts)
    unit = _currency(amounts, options) if counting == "value" else counting
    return Measured(
        counted=tuple(
            MeasuredRecord(record=record, amount=_figure(amount, unit, options.get("rates")))
            for record, amount in amounts
        ),
        left_out=tuple(left_out),
        unit=unit,
        scope=str(scope),
        bases=options.get("basis", OriginBasis.PRIME_NATIONALITY),
    )


def checked_options(options: Options) -> Options:
    """Give options with the types that calculators need, enumerations also by their text.

    Raises `UnknownNameError` for an option that there is none of, or a word that none of its values has;
    `InvalidYearError` for a year that is none; `UnexpectedValueError` for rates of another type.
    """
    known = tuple(Options.__annotations__)
    for name in options:
        if name not in known:
            raise UnknownNameError("option", str(name), known, nearest(str(name), known))
    checked = Options(**options)
    if (area := options.get("area")) is not None:
        checked["area"] = member(CapabilityArea, area)
    if (end := options.get("range_end")) is not None:
        checked["range_end"] = member(RangeEnd, end)
    if (kinds := options.get("kinds")) is not None:
        several = (kinds,) if isinstance(kinds, str | ValueKind) else tuple(kinds)
        checked["kinds"] = tuple(member(ValueKind, kind) for kind in several)
    if (basis := options.get("basis")) is not None:
        bases = basis if isinstance(basis, tuple | list) else (basis,)
        checked["basis"] = tuple(member(OriginBasis, item) for item in bases)
    if (rates := options.get("rates")) is not None:
        expect(rates, ExchangeRates, "exchange rates", "give natoburden.datasets.exchange_rates(), or your own")
    for year in (options.get("since"), options.get("until")):
        if year is not None:
            checked_year(year)
    return checked


def _part_of(record: Record, keys: Iterable[str]) -> str | None:
    if isinstance(record, Contract) and record.part_of is not None and record.part_of in keys:
        return f"its value is inside that of {record.part_of}"
    return None


# --- scope -----------------------------------------------------------------------------------------------


class _Scope:
    """Whose purchases, of what, when."""

    def __init__(self, options: Options) -> None:
        name = options.get("buyer")
        self.buyer = None if name is None else find_entity(name)
        self.members_on = options.get("members_on")
        self._members: dict[When, frozenset[Country]] = {}
        self.area = options.get("area")
        self.since, self.until = options.get("since"), options.get("until")
        if self.since is not None and self.until is not None and self.until < self.since:
            raise UnexpectedValueError("a window", f"{self.since} to {self.until}", "the first year comes first")

    def __str__(self) -> str:
        who = str(self.buyer or "all buyers")
        what = f", {self.area}" if self.area else ""
        when = "" if self.since is None and self.until is None else f", {self.since or '...'}-{self.until or '...'}"
        return f"{who}{what}{when}"

    def holds(self, record: Record) -> bool:
        """Tell whether a record has anything in scope; what is not dated may have."""
        years = _years(record)
        in_time = not years or any(self.in_window(year) for year in years)
        return in_time and any(self._buys(buyer, years) for buyer in _buyers(record)) and self._has_area(record)

    def obstacle(self, record: Record) -> str | None:
        """Say why a record, though in scope, has no amount that belongs to the scope alone."""
        years = _years(record)
        if not years and (self.since is not None or self.until is not None):
            return "undated, so in no window"
        if not all(self._buys(buyer, years) for buyer in _buyers(record)):
            return "several buyers without a split"
        if isinstance(record, Contract) and not all(map(self._covers, record.areas)):
            return "several capability areas without a split"
        return "capability area unknown" if self.area and record.area is None else None

    def in_window(self, year: int) -> bool:
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    def _buys(self, buyer: Country | None, years: tuple[int, ...]) -> bool:
        """Tell whether a country is the buyer asked for; members of a group are those of the record's last year.

        Where `members_on` names a day, they are those of that day in every year: so SIPRI compares its windows.
        """
        if self.buyer is None or isinstance(self.buyer, Country):
            return self.buyer in (None, buyer)
        when = self.members_on or (years[-1] if years else _LATE)
        if when not in self._members:
            self._members[when] = frozenset(self.buyer.members(when))
        return buyer in self._members[when]

    def _has_area(self, record: Record) -> bool:
        if self.area is None:
            return True
        areas = record.areas if isinstance(record, Contract) else (record.area,)
        return any(area is None or self._covers(area) for area in areas)

    def _covers(self, area: CapabilityArea) -> bool:
        return self.area is None or self.area.covers(area)


def _years(record: Record) -> tuple[int, ...]:
    if isinstance(record, Transfer):
        return record.delivery_years
    return () if record.year is None else (record.year,)


def _buyers(record: Record) -> tuple[Country | None, ...]:
    return (record.recipient.country,) if isinstance(record, Transfer) else record.buyers


# --- amounts ---------------------------------------------------------------------------------------------


def _amount(record: Record, counting: WhatCounts, options: Options, scope: _Scope) -> Decimal | Money | str:
    """Give what a record counts for, or the reason why it counts for nothing."""
    if isinstance(record, Transfer):
        return _of_transfer(record, counting, options, scope)
    if counting == "units":
        return _of_quantity(record)
    if counting == "tiv":
        raise UnexpectedValueError("a way of counting contracts", "'tiv'", "SIPRI gives no value to contracts")
    return _of_value(record, options)


def _of_value(contract: Contract, options: Options) -> Money | str:
    value = contract.value
    kinds = options.get("kinds", (ValueKind.CONTRACT,))
    if not value.is_disclosed:
        return "value undisclosed"
    if value.kind not in kinds:
        return f"value is of kind {value.kind}, which is not among those asked for"
    amount = value.at(options.get("range_end"))
    return "value is a range: choose low, mid or high" if amount is None else amount


def _of_quantity(contract: Contract) -> Decimal | str:
    quantity = contract.quantity
    if quantity is None or quantity.count is None:
        return "no single count"
    if quantity.bound is not Bound.EXACT:
        return f"count is not exact: {quantity.wording}"
    return Decimal(quantity.count)


def _of_transfer(transfer: Transfer, counting: WhatCounts, options: Options, scope: _Scope) -> Decimal | str:
    if counting == "value":
        raise UnexpectedValueError("a way of counting transfers", "'value'", "SIPRI's register gives TIV and units")
    if not transfer.delivery_years:
        return "nothing delivered"
    whole = Decimal(transfer.delivered) if counting == "units" else _tiv(transfer)
    if isinstance(whole, str):
        return whole
    inside = sum(scope.in_window(year) for year in transfer.delivery_years)
    if inside == len(transfer.delivery_years):
        return whole
    if not options.get("spread_evenly"):
        return "deliveries reach beyond the window, and the register does not split them: spread_evenly=True would"
    return divide(multiply(whole, Decimal(inside)), Decimal(len(transfer.delivery_years)))


def _tiv(transfer: Transfer) -> Decimal | str:
    return "no TIV of what was delivered" if transfer.tiv_delivered is None else transfer.tiv_delivered.millions


def _check_one_area(records: Iterable[Record]) -> None:
    areas = {record.area for record in records}
    if len(areas) > 1:
        named = ", ".join(sorted(str(area or "unknown area") for area in areas))
        raise UnexpectedValueError("a count of units", named, "units of different kinds do not add: choose one area")


def _currency(amounts: Iterable[tuple[Record, Decimal | Money]], options: Options) -> Currency:
    """Give the currency to count in: the one asked for, or the one that all amounts share."""
    asked = options.get("currency")
    if asked is not None:
        return asked if isinstance(asked, Currency) else Currency(asked)
    found = sorted({amount.currency for _, amount in amounts if isinstance(amount, Money)})
    if len(found) > 1 and not options.get("rates"):
        raise MixedCurrenciesError(str(found[0]), str(found[1]), _GIVE_RATES)
    rates = options.get("rates")
    if len(found) == 1 or rates is None:
        return found[0] if found else Currency("EUR")
    return rates.base


def _figure(amount: Decimal | Money, unit: Currency | WhatCounts, rates: ExchangeRates | None) -> Decimal:
    if isinstance(amount, Decimal) or not isinstance(unit, Currency):
        return amount if isinstance(amount, Decimal) else amount.amount
    if amount.currency == unit:
        return amount.amount
    if rates is None:
        raise MixedCurrenciesError(str(amount.currency), str(unit), _GIVE_RATES)
    return rates.convert(amount, unit).amount
