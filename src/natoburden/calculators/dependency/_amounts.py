"""The amount of one record (its value, SIPRI's TIV or its number of units), or the reason why it has no amount."""

from __future__ import annotations

from decimal import Decimal
from typing import TypeAlias

from natoburden.calculators.dependency._options import Options, WhatCounts
from natoburden.calculators.dependency._scope import Record, Scope
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import divide, multiply, plain, rounded
from natoburden.model.memberships import When
from natoburden.model.money import Currency, Money
from natoburden.model.procurement import PURCHASES, Bound, Contract, RangeEnd, ValueKind
from natoburden.model.shares import Share
from natoburden.model.transfers import Tiv, Transfer

__all__ = ["Amount", "amount_of", "as_amount", "in_words", "standing", "value_of"]

Amount: TypeAlias = Money | Tiv | Decimal


def as_amount(figure: Decimal, unit: Currency | WhatCounts) -> Amount:
    """Return a figure as money, as TIV, or as a plain number of units."""
    if isinstance(unit, Currency):
        return Money(figure, unit)
    return Tiv(figure) if unit == "tiv" else figure


def in_words(amount: Amount) -> str:
    """Return an amount of any kind as text."""
    return f"{plain(rounded(amount, 2))} units" if isinstance(amount, Decimal) else str(amount)


def standing(record: Record, when: When | None) -> Share:
    """Return the share of a record that is not cancelled at a date; a transfer is never cancelled."""
    return record.standing(when) if isinstance(record, Contract) else Share.fraction(1)


def amount_of(
    record: Record, counting: WhatCounts, options: Options, scope: Scope, when: When | None
) -> Decimal | Money | str:
    """Return the amount of a record at the end of a year, or the reason why it has no amount."""
    if isinstance(record, Transfer):
        return _of_transfer(record, counting, options, scope)
    left = record.standing(when)
    if not left.as_fraction:
        return str(record.cancellation or record.status)
    if (reason := scope.obstacle(record)) is not None:
        return reason
    if counting == "units":
        amount = _of_quantity(record)
        return amount if isinstance(amount, str) else multiply(amount, left.as_fraction)
    if counting == "tiv":
        hint = "SIPRI gives no value to contracts: write 'value' or 'units'"
        raise UnexpectedValueError("a way of counting contracts", "'tiv'", hint)
    return value_of(record, options.get("kinds", PURCHASES), options.get("range_end"), when)


def value_of(
    contract: Contract, kinds: tuple[ValueKind, ...], end: RangeEnd | None, when: When | None = None
) -> Money | str:
    """Return a contract's value minus cancellations, or the reason why it has no value to count."""
    value = contract.value
    if not value.is_disclosed:
        return "value undisclosed"
    if value.kind not in kinds:
        return f"value is of kind {value.kind}, which is not among those asked for"
    amount = value.at(end)
    return "value is a range: choose low, mid or high" if amount is None else amount * contract.standing(when)


def _of_quantity(contract: Contract) -> Decimal | str:
    quantity = contract.quantity
    if quantity is None or quantity.count is None:
        return "no single count"
    if quantity.bound is not Bound.EXACT:
        return f"count is not exact: {quantity.wording}"
    return Decimal(quantity.count)


def _of_transfer(transfer: Transfer, counting: WhatCounts, options: Options, scope: Scope) -> Decimal | str:
    if (reason := scope.obstacle(transfer)) is not None:
        return reason
    if counting == "value":
        hint = "SIPRI's register gives TIV and units: write 'tiv' or 'units'"
        raise UnexpectedValueError("a way of counting transfers", "'value'", hint)
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
