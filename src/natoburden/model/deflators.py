"""Deflators: price indices by year, which convert amounts between current and constant prices."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Self

import attrs

from natoburden.errors import InvalidYearError, MixedCurrenciesError, MixedPriceBasesError, UnexpectedValueError
from natoburden.model._checks import exactly, expect
from natoburden.model._figures import spans
from natoburden.model._numbers import CONTEXT, Number, checked_decimal, checked_year, divide, multiply
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import EntityLike, find_entity
from natoburden.model.money import CURRENT_PRICES, Currency, Money, PriceBasis
from natoburden.model.shares import Rate
from natoburden.model.sources import Source

__all__ = ["Deflator"]


@attrs.frozen(kw_only=True)
class Deflator:
    """A price index of one currency area, such as a GDP deflator; `of` and `implied_by` build an index.

    Only the ratios of the index's levels matter, not the year in which the level is 100. An index belongs to one
    currency. Deflate an amount in the index's currency first, and then convert it at the exchange rate of the base
    year. If you convert an amount before you deflate it, the change of the exchange rate is deflated too.

    >>> source = Source(title="An invented index", publisher="an example")
    >>> prices = Deflator.of("GDP deflator", "PLN", {2021: 100, 2025: 140}, source=source)
    >>> at_2021 = prices.to_constant(Money.millions(70, "PLN"), year=2025, base=2021)
    >>> print(at_2021, "|", prices.to_current(at_2021, year=2025))
    PLN 50.00 m (constant 2021 prices) | PLN 70.00 m (current prices)
    """

    name: str = attrs.field(validator=exactly(str, "a name"))
    currency: Currency
    levels: tuple[tuple[int, Decimal], ...] = attrs.field(repr=lambda levels: f"<{len(levels)} years>")
    source: Source = attrs.field(validator=exactly(Source, "a source"))

    @classmethod
    def of(cls, name: str, currency: Currency | str, levels: Mapping[int, Number], *, source: Source) -> Self:
        """Return an index from levels by year; raises `UnexpectedValueError` unless all levels are above zero."""
        expect(levels, Mapping, "levels of an index", "give a mapping of years to levels: {2021: 100, 2025: 140}")
        found = {checked_year(year): checked_decimal(level, name) for year, level in levels.items()}
        for year, level in found.items():
            if level <= 0:
                raise UnexpectedValueError(f"{name} of {year}", str(level), "a price index is above zero")
        if not found:
            raise UnexpectedValueError(name, "no levels", "give at least one year")
        return cls(
            name=name,
            currency=currency if isinstance(currency, Currency) else Currency(currency),
            levels=tuple(sorted(found.items())),
            source=source,
        )

    @classmethod
    def implied_by(cls, table: ExpenditureTable, ally: EntityLike, currency: Currency | str) -> Self:
        """Return the index that a table implies: expenditure at current prices divided by constant-price expenditure.

        In the ally's own currency, the index is the deflator that NATO used. In dollars, the index also includes
        changes of exchange rates; use such an index only for NATO's amounts in dollars. Raises `NoObservationError` if
        the table has no expenditure in the given currency.

        >>> from natoburden.datasets import defence_expenditure
        >>> prices = Deflator.implied_by(defence_expenditure("2026-07"), "Poland", "PLN")
        >>> print(prices.name, prices.change(2021, 2025))
        deflator of Poland implied by edition 2026-07 +29.96 %
        """
        entity, code = find_entity(ally), currency if isinstance(currency, Currency) else Currency(currency)
        constant = table.edition.constant_prices
        table.expenditure(entity, constant.year or 0, constant, code)  # raises an error that lists what there is
        levels = {}
        for item in table.select(measure=Measure.EXPENDITURE, entity=entity, basis=constant):
            if item.value.currency == code and item.value.amount:
                current = table.expenditure(entity, item.year, CURRENT_PRICES, code).value
                levels[item.year] = multiply(divide(current.amount, item.value.amount), Decimal(100))
        name = f"deflator of {entity} implied by edition {table.edition}"
        return cls(name=name, currency=code, levels=tuple(sorted(levels.items())), source=table.edition.source)

    @functools.cached_property
    def _by_year(self) -> Mapping[int, Decimal]:
        return dict(self.levels)

    def level(self, year: int) -> Decimal:
        """Return the index of a year; raises `InvalidYearError` for a year that is not in the series."""
        if checked_year(year) not in self._by_year:
            raise InvalidYearError(f"{self.name}: {year}", spans(self._by_year))
        return self._by_year[year]

    def to_constant(self, money: Money, *, year: int, base: int) -> Money:
        """Convert an amount at current prices of a year to constant prices of a base year.

        The result is amount × index of the base year / index of the amount's own year. If prices rose after the base
        year, the amount becomes smaller. Raises `MixedPriceBasesError` for an amount that is not at current prices, and
        `MixedCurrenciesError` for an amount in another currency than the index.
        """
        self._check(money, is_constant=False)
        factor = divide(self.level(base), self.level(year))
        return Money(multiply(money.amount, factor), money.currency, PriceBasis.constant(base))

    def to_current(self, money: Money, *, year: int) -> Money:
        """Convert an amount at constant prices to current prices of a year; this is the inverse of `to_constant`."""
        base = self._check(money, is_constant=True)
        factor = divide(self.level(year), self.level(base))
        return Money(multiply(money.amount, factor), money.currency, CURRENT_PRICES)

    def to_base(self, money: Money, *, base: int) -> Money:
        """Convert an amount at constant prices of one year to constant prices of another year."""
        factor = divide(self.level(base), self.level(self._check(money, is_constant=True)))
        return Money(multiply(money.amount, factor), money.currency, PriceBasis.constant(base))

    def change(self, first: int, last: int) -> Rate:
        """Return the change of prices from one year to another."""
        return Rate(as_fraction=CONTEXT.subtract(divide(self.level(last), self.level(first)), Decimal(1)))

    def _check(self, money: Money, *, is_constant: bool) -> int:
        """Return the base year of an amount, or 0 for current prices; raise an error for an unsuitable amount."""
        expect(money, Money, "an amount", "write Money.billions(5, 'USD')")
        if money.currency != self.currency:
            raise MixedCurrenciesError(str(money.currency), str(self.currency))
        if is_constant and money.basis.year is not None:
            return money.basis.year
        if is_constant or not money.basis.is_current:
            raise MixedPriceBasesError(str(money.basis), "constant prices" if is_constant else str(CURRENT_PRICES))
        return 0

    def __str__(self) -> str:
        return f"{self.name}, {self.currency}, {spans(self._by_year)}"
