"""The options of all calculators that use records: which purchases count, and with which amounts."""

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
    """Which records count and with which amounts; every calculator that uses records takes these keyword arguments."""

    #: Whose purchases count: a country or a group, by any name or code; all buyers unless you name one.
    buyer: EntityLike | None
    #: The day or year whose members a group counts; those of each record's own year unless you name one.
    members_on: When | None
    #: The capability area that counts, or its text, such as ``"aircraft"``; all unless you name one.
    area: CapabilityArea | None
    #: The first year that counts; all unless you name one.
    since: int | None
    #: The last year that counts; all unless you name one.
    until: int | None
    #: What a record counts for: ``"value"`` in money, ``"tiv"`` in SIPRI's units, or ``"units"`` in pieces of one area.
    #: Contracts count for their value, transfers for their TIV, unless you say.
    counting: WhatCounts | None
    #: The kinds of value that count; contracts alone unless you name others. A ceiling is not a contract.
    kinds: tuple[ValueKind, ...]
    #: The end of a range that counts: low, mid or high. Without it a value that is a range is left out.
    range_end: RangeEnd | None
    #: The currency to add in, such as ``"USD"``; unless you name one, that of all records, or of several the base of
    #: `rates`.
    currency: Currency | str | None
    #: Rates of one day, or by year; needed if records are in several currencies. Without rates, nothing is converted.
    rates: ExchangeRates | YearlyRates | RateHistory | Mapping[int, ExchangeRates] | None
    #: Whether a transfer whose deliveries reach beyond the window counts for an even part of them. Not unless you say:
    #: it is left out then, since the register does not split them.
    spread_evenly: bool
    #: What origin means: a basis, or several of which the first counts that a record has; the nationality of the prime
    #: contractor unless you say.
    basis: OriginBasis | tuple[OriginBasis, ...]
    #: Says that a composition of fewer than five records of a sample is meant, so that it does not warn.
    few_records_ok: bool


def checked_options(options: Options) -> Options:
    """Return options with the types that calculators need; enumerations may also be given by their text.

    Raises `UnknownNameError` for an unknown option or an unknown value, `InvalidYearError` for an invalid year, and
    `UnexpectedValueError` for rates of another type.
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
