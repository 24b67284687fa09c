"""The amounts of records in one unit, and the records that are left out, with the reasons."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import ClassVar, TypeAlias

import attrs

from natoburden.calculators._arguments import checked_choice
from natoburden.calculators.dependency._amounts import amount_of, standing
from natoburden.calculators.dependency._options import Options, WhatCounts, checked_options
from natoburden.calculators.dependency._scope import Record, Scope, years_of
from natoburden.errors import MixedCurrenciesError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import add_up, divide, multiply
from natoburden.model.evidence import Documented
from natoburden.model.exchange import ExchangeRates, RateHistory, YearlyRates, checked_rates
from natoburden.model.memberships import When
from natoburden.model.money import Currency, Money
from natoburden.model.notices import refuse_notices
from natoburden.model.origins import OriginBasis
from natoburden.model.procurement import Contract, containers
from natoburden.model.record_coverage import RecordCoverage, RecordKind
from natoburden.model.sources import Source
from natoburden.model.transfers import Transfer

__all__ = ["Conversion", "LeftOut", "Measured", "MeasuredRecord", "Valued", "coverage_of", "measured", "refuse_twice"]

_INSIDE = "its value is inside that of "
_Rates: TypeAlias = ExchangeRates | YearlyRates | RateHistory
_GIVE_RATES = (
    "give rates=natoburden.datasets.exchange_rates(), yearly_exchange_rates(), or your own, and the currency= to "
    "count in"
)


@attrs.frozen(kw_only=True)
class LeftOut:
    """A record that is in scope but could not be counted, with the reason."""

    stands_by_reference: ClassVar[bool] = True

    record: Record
    reason: str

    @property
    def reference(self) -> dict[str, str]:
        """The record, named by its key, and the reason."""
        return {"record": self.record.reference, "reason": self.reason}

    @property
    def in_general(self) -> str:
        """The reason without details of this record, for counting equal reasons."""
        if self.reason.startswith(_INSIDE):
            return f"{_INSIDE}another"
        return self.reason.partition(":")[0].partition(", which")[0]

    def __str__(self) -> str:
        return f"{self.record.reference}: {self.reason}"


@attrs.frozen(kw_only=True)
class Conversion(Documented):
    """A contract whose value was converted, and the rates that were used."""

    stands_by_reference: ClassVar[bool] = True

    contract: Contract
    rates: ExchangeRates

    @property
    def source(self) -> Source:
        """The document that contains the rates."""
        return self.rates.source

    @property
    def reference(self) -> dict[str, object]:
        """The key of the contract, the rates, and any remark on the rates."""
        return {
            "record": self.contract.key,
            "rates": str(self.rates),
            "is_of_other_year": self.is_of_other_year,
            "note": self.note,
        }

    @property
    def is_of_other_year(self) -> bool:
        """Whether the rates are of another year than the contract, or the contract's year is unknown."""
        return self.contract.year != self.rates.year

    @property
    def note(self) -> str:
        """A remark on the rate of the contract's currency, such as a remark that the year is not over."""
        value = self.contract.value.low
        found = self.rates.quotation(value.currency) if value else None
        if found is None and self.rates.is_incomplete:  # out of the base currency, at the other one's average
            return f"averages to {self.rates.until}, the year is incomplete"
        return found.note if found else ""

    def __str__(self) -> str:
        return f"{self.contract.key} of {self.contract.year or 'an unknown year'}, at {self.rates}"


@attrs.frozen(kw_only=True)
class MeasuredRecord:
    """A record that counts, with its amount."""

    record: Record
    amount: Decimal


@attrs.frozen(kw_only=True)
class Valued:
    """A record with an amount in its own currency; it counts unless it is part of a contract that counts."""

    record: Record
    amount: Decimal | Money

    @property
    def is_nothing(self) -> bool:
        """Whether the amount is zero."""
        return not (self.amount.amount if isinstance(self.amount, Money) else self.amount)

    def times(self, factor: Decimal | int, divisor: int = 1) -> Valued:
        """Return the same record with its amount multiplied by a factor and divided by a divisor."""
        figure = self.amount.amount if isinstance(self.amount, Money) else self.amount
        multiple = divide(multiply(figure, Decimal(factor)), Decimal(divisor))
        amount = self.amount.with_amount(multiple) if isinstance(self.amount, Money) else multiple
        return attrs.evolve(self, amount=amount)


@attrs.frozen(kw_only=True)
class Measured:
    """All records in scope: the records that count, in one unit, and the records that do not count.

    `valued` are the records with an amount. A record with an amount counts, unless it is part of a contract that
    counts too. You can narrow the selection by replacing `valued`: then a part counts if its whole contract is no
    longer selected.
    """

    valued: tuple[Valued, ...]
    without_amount: tuple[LeftOut, ...]
    given: Mapping[str, Contract] = attrs.field(repr=False)
    when: When | None
    unit: Currency | WhatCounts
    rates: _Rates | None = attrs.field(repr=False)
    scope: str
    kind: RecordKind
    few_records_ok: bool
    bases: OriginBasis | tuple[OriginBasis, ...]

    @functools.cached_property
    def inside(self) -> Mapping[str, str]:
        """The contracts that are part of a contract that counts, each with the key of that contract."""
        return _inside((item.record for item in self.valued), self.given)

    @functools.cached_property
    def counted(self) -> tuple[MeasuredRecord, ...]:
        """The records that count, each with its amount in the common unit."""
        return tuple(
            MeasuredRecord(record=item.record, amount=_figure(item, self.unit, self.rates)) for item in self.counting
        )

    @functools.cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The records in scope that do not count, each with its reason."""
        nested = (
            LeftOut(record=item.record, reason=f"{_INSIDE}{self.inside[item.record.key]}")
            for item in self.valued
            if isinstance(item.record, Contract) and item.record.key in self.inside
        )
        return (*self.without_amount, *nested)

    @property
    def why_nothing(self) -> str:
        """The reason why no record counts, for an error message."""
        return "; ".join(dict.fromkeys(item.reason for item in self.left_out)) or "no record is in it"

    @property
    def conversions(self) -> tuple[Conversion, ...]:
        """The contracts that were converted, with the rates that were used."""
        return tuple(
            Conversion(contract=item.record, rates=rates)
            for item in self.counting
            if isinstance(item.record, Contract) and (rates := _rates_of(item, self.unit, self.rates)) is not None
        )

    @property
    def standing(self) -> tuple[Record, ...]:
        """The records in scope, counted or not, that are not wholly cancelled."""
        records = [*(item.record for item in self.counted), *(item.record for item in self.left_out)]
        return tuple(record for record in records if standing(record, self.when).as_fraction)

    @property
    def total(self) -> Decimal:
        """The sum of the amounts of the records that count."""
        return add_up(item.amount for item in self.counted)

    @property
    def coverage(self) -> RecordCoverage:
        """The coverage of a figure that is made from these records."""
        return coverage_of(self.kind, (item.record for item in self.counted), self.left_out)

    @property
    def counting(self) -> tuple[Valued, ...]:
        """The records that count, each with its amount in its own currency."""
        inside = self.inside
        return tuple(
            item for item in self.valued if not (isinstance(item.record, Contract) and item.record.key in inside)
        )


def coverage_of(kind: RecordKind, counted: Iterable[Record], left_out: Iterable[LeftOut]) -> RecordCoverage:
    """Return the coverage of a figure that is made from these records."""
    return RecordCoverage.of(kind, map(years_of, counted), (item.in_general for item in left_out))


def refuse_twice(records: Iterable[Record]) -> None:
    """Raise for two contracts with the same key, or two equal lines of a register, which would count twice."""
    found = Counter(item.key if isinstance(item, Contract) else item for item in records)
    twice = [item for item, times in found.items() if times > 1]
    if twice:
        names = ", ".join(item if isinstance(item, str) else item.reference for item in twice[:5])
        raise UnexpectedValueError("records", names, "each is given more than once: give it once, or another key")


def measured(
    records: Iterable[Record], options: Options, *, when: When | None = None, kind: RecordKind | None = None
) -> Measured:
    """Return every record in scope with its amount, or with the reason why it has no amount.

    Cancellations up to the end of the window are subtracted, or cancellations up to `when`. `kind` replaces the kind of
    record that the records themselves state.

    Raises `NotAContractError` for notices to Congress. Raises `UnexpectedValueError` for contracts mixed with
    transfers, for values that are not records, for records given twice, and for units of different areas. Raises
    `MixedCurrenciesError` for several currencies without rates, `InvalidYearError` for a year without a rate, and
    `UnknownNameError` for an unknown option.
    """
    kind = RecordKind.of(records) if kind is None else kind
    given, options = tuple(records), checked_options(options)
    refuse_notices(given)
    for item in given:
        expect(item, Contract | Transfer, "a record", "give contracts, or transfers: natoburden.datasets, readers")
    counting = options.get("counting") or ("tiv" if any(isinstance(item, Transfer) for item in given) else "value")
    checked_choice("way of counting", counting, WhatCounts)
    if len({type(item) for item in given}) > 1:
        raise UnexpectedValueError("records of one kind", "contracts and transfers", "count the two apart")
    refuse_twice(given)
    scope, stood = Scope(options), options.get("until") if when is None else when
    valued: list[Valued] = []
    without: list[LeftOut] = []
    for record in given:
        if not scope.holds(record):
            continue
        found = amount_of(record, counting, options, scope, stood)
        if isinstance(found, str):
            without.append(LeftOut(record=record, reason=found))
        else:
            valued.append(Valued(record=record, amount=found))
    whole = Measured(
        valued=tuple(valued),
        without_amount=tuple(without),
        given={item.key: item for item in given if isinstance(item, Contract)},
        when=stood,
        unit=counting,
        rates=_rates_in(options),
        scope=str(scope),
        kind=kind,
        few_records_ok=options.get("few_records_ok", False),
        bases=options.get("basis", OriginBasis.PRIME_NATIONALITY),
    )
    if counting == "value":
        whole = _in_one_currency(whole, options)
    if counting == "units":
        _check_one_area(item.record for item in whole.counted)
    return whole


def _inside(records: Iterable[Record], given: Mapping[str, Contract]) -> Mapping[str, str]:
    return containers([record.key for record in records if isinstance(record, Contract)], given)


def _check_one_area(records: Iterable[Record]) -> None:
    areas = {record.area for record in records}
    if len(areas) > 1:
        named = ", ".join(sorted(str(area or "unknown area") for area in areas))
        raise UnexpectedValueError("a count of units", named, "units of different kinds do not add: choose one area")


# --- currencies ------------------------------------------------------------------------------------------


def _rates_in(options: Options) -> _Rates | None:
    rates = options.get("rates")
    return None if rates is None else checked_rates(rates)


def _in_one_currency(whole: Measured, options: Options) -> Measured:
    """Return the same records in one currency, without undated records that rates by year cannot convert."""
    found = attrs.evolve(whole, unit=_currency(whole, options))
    while undated := [item for item in found.counting if _lacks_a_year(item, found.unit, found.rates)]:
        reason = "undated, so that no year's rate converts it"
        found = attrs.evolve(
            found,
            valued=tuple(item for item in found.valued if item not in undated),
            without_amount=(
                *found.without_amount,
                *(LeftOut(record=item.record, reason=reason) for item in undated),
            ),
        )
    _ = found.counted  # what cannot be converted is refused here, and not where a result is read
    return found


def _currency(whole: Measured, options: Options) -> Currency:
    """Return the currency of the result: the currency asked for, or the currency that all amounts share."""
    asked = options.get("currency")
    if asked is not None:
        return asked if isinstance(asked, Currency) else Currency(asked)
    found = sorted({item.amount.currency for item in whole.counting if isinstance(item.amount, Money)})
    if len(found) > 1 and whole.rates is None:
        raise MixedCurrenciesError(str(found[0]), str(found[1]), _GIVE_RATES)
    if len(found) == 1 or whole.rates is None:
        return found[0] if found else Currency("EUR")
    return whole.rates.base


def _is_foreign(item: Valued, unit: Currency | WhatCounts) -> bool:
    return isinstance(item.amount, Money) and item.amount.currency != unit


def _year(record: Record) -> int | None:
    return record.year if isinstance(record, Contract) else None


def _lacks_a_year(item: Valued, unit: Currency | WhatCounts, rates: _Rates | None) -> bool:
    """Return whether an amount needs the rate of its year, although its year is not known."""
    by_year = rates is not None and not isinstance(rates, ExchangeRates)
    return by_year and _is_foreign(item, unit) and _year(item.record) is None


def _rates_of(item: Valued, unit: Currency | WhatCounts, rates: _Rates | None) -> ExchangeRates | None:
    """Return the rates that convert an amount, or None; rates by year give the rates of the amount's own year."""
    if rates is None or isinstance(rates, ExchangeRates):
        return rates if _is_foreign(item, unit) else None
    year = _year(item.record)
    return rates.for_year(year) if year is not None and _is_foreign(item, unit) else None


def _figure(item: Valued, unit: Currency | WhatCounts, rates: _Rates | None) -> Decimal:
    amount = item.amount
    if isinstance(amount, Decimal):
        return amount
    if amount.currency == unit or not isinstance(unit, Currency):
        return amount.amount
    table = _rates_of(item, unit, rates)
    if table is None:
        raise MixedCurrenciesError(str(amount.currency), str(unit), _GIVE_RATES)
    return table.convert(amount, unit).amount
