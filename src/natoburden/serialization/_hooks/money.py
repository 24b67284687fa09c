"""Currencies are written by their codes, and price bases as ``"current"``, ``"constant 2021"`` or ``"unstated"``."""

from __future__ import annotations

import contextlib
import functools
import operator
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from natoburden.errors import UnknownNameError
from natoburden.model._numbers import checked_decimal
from natoburden.model.money import CURRENT_PRICES, UNSTATED_PRICES, Currency, Money, PriceBasis
from natoburden.serialization._converter import Converter

_NAMED = {"current": CURRENT_PRICES, "unstated": UNSTATED_PRICES}
_CONSTANT = re.compile(r"\s*constant\s+([0-9]{4})\s*")


def register(made: Converter) -> None:
    made.as_text(Currency, Currency, operator.attrgetter("code"))
    made.as_text(PriceBasis, _to_basis, _basis_data)
    to_currency, to_basis = made.texts[Currency], made.texts[PriceBasis]

    @functools.lru_cache(4096)  # equal ends of a range become one object
    def money(amount: str, currency: str, basis: str) -> Money:
        return Money(amount, to_currency(currency), to_basis(basis))

    by_fields = made.gen_structure_attrs_fromdict(Money)

    def to_money(value: Any, kind: object) -> Money:
        if isinstance(value, dict) and value.keys() == keys.keys() and {*map(type, value.values())} == {str}:
            with contextlib.suppress(ValueError, LookupError):  # by_fields reports these errors with their paths
                return money(**value)
        return by_fields(value, kind)

    keys = {"amount": str, "currency": str, "basis": str}
    made.tables[Money] = (keys, money)
    made.reads(Money, to_money)

    def to_number_or_money(value: object, _kind: object) -> Decimal | Money:
        if isinstance(value, Mapping):
            return made.structure(value, Money)
        return checked_decimal(value, "figure")  # type: ignore[arg-type] # it checks the type

    made.reads(Decimal | Money, to_number_or_money)


def _to_basis(value: object) -> PriceBasis:
    text = value if isinstance(value, str) else ""
    if (basis := _NAMED.get(text.strip())) is not None:
        return basis
    if found := _CONSTANT.fullmatch(text):
        return PriceBasis.constant(int(found[1]))
    raise UnknownNameError("price basis", str(value), ("current", "constant YEAR", "unstated"))


def _basis_data(basis: PriceBasis) -> str:
    return f"constant {basis.year}" if basis.year else "current" if basis.is_stated else "unstated"
