"""The options that all calculators over records share: whose purchases, of what, when, and what they count for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias, TypedDict

from natoburden.errors import UnknownNameError
from natoburden.model._checks import member
from natoburden.model._numbers import checked_year
from natoburden.model._vocabulary import nearest
from natoburden.model.capabilities import CapabilityArea
from natoburden.model.exchange import ExchangeRates, RateHistory, YearlyRates, checked_rates
from natoburden.model.memberships import EntityLike, When
from natoburden.model.money import Currency
from natoburden.model.origins import OriginBasis
from natoburden.model.procurement import RangeEnd, ValueKind

__all__ = ["Options", "WhatCounts", "checked_options"]

WhatCounts: TypeAlias = Literal["value", "tiv", "units"]


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
    rates: ExchangeRates | YearlyRates | RateHistory | Mapping[int, ExchangeRates] | None
    spread_evenly: bool
    basis: OriginBasis | tuple[OriginBasis, ...]
    few_records_ok: bool


def checked_options(options: Options) -> Options:
    """Return options with the types that calculators need, enumerations also by their text.

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
        checked["rates"] = checked_rates(rates)
    for year in (options.get("since"), options.get("until")):
        if year is not None:
            checked_year(year)
    return checked
