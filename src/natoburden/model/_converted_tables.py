"""A table of expenditure in another currency, with printed figures where they exist and converted figures elsewhere."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs

from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._currencies import currency_of
from natoburden.model._expenditure_measures import Measure
from natoburden.model._numbers import divide, multiply, rounded
from natoburden.model.exchange import ExchangeRates, Rates, checked_rates
from natoburden.model.expenditure import ExpenditureTable, Observation
from natoburden.model.memberships import EntityLike, Group, find_entity
from natoburden.model.money import Currency, Money, PriceBasis
from natoburden.model.sources import Source

__all__ = ["converted"]

_OWN = "own"
_ONE_CURRENCY = "a country with a currency of its own"
_DOLLAR = Currency("USD")
_PARITIES = ("PPP", "INT$", "INTERNATIONAL DOLLARS")
_NO_PARITY = (
    "purchasing power parity compares sizes and is not a currency that anybody pays in: what is bought abroad costs "
    "the market rate. For burdens, see natoburden.burden.at_purchasing_power"
)
_NO_RATES = "this table comes without rates; give rates=natoburden.datasets.yearly_exchange_rates(), or your own"


@attrs.frozen(kw_only=True)
class _ConvertedFigure(Observation[Money]):
    """A figure that was converted from its printed currency, with the exchange rate and the sources.

    `printed` is the figure in dollars. `rates` are the exchange rates of the conversion. If `rates` is None, the rate
    is NATO's own: `told_by` holds the two printed figures of expenditure from which `ratio` follows.
    """

    printed: Observation[Money]
    ratio: Decimal
    rates: ExchangeRates | None = attrs.field(default=None, repr=False)
    told_by: tuple[Observation[Money], ...] = attrs.field(default=(), repr=False)

    @property
    def working(self) -> str:
        """The converted figure, the printed figure and the rate between them."""
        money, printed = self.value, self.printed.value
        shown = money.with_amount(rounded(money.amount, -4 if abs(money.amount) >= 1_000_000 else 2))
        line = attrs.evolve(self.printed, value=shown).working
        whole = abs(printed.amount) >= 1_000_000
        from_what = f"{printed.in_millions:,f} m" if whole else f"{printed.amount:,f}"
        return f"{line}, from {from_what} {printed.currency} at {self.rate}"

    @property
    def rate(self) -> str:
        """The rate in words: units of one currency per unit of the other, with the method and the source."""
        money, printed = self.value, self.printed.value
        figure = f"{rounded(divide(Decimal(1), self.ratio), 5):f} {printed.currency} per {money.currency}"
        if self.rates is not None:
            quoted = [self.rates.quotation(item) for item in (money.currency, printed.currency)]
            fixed = [item for item in quoted if item is not None and item.note.startswith("fixed since")]
            through = [f"{item.per_base:f} {item.currency} per {self.rates.base}, {item.note}" for item in fixed]
            return ", ".join([figure, *(f"through {item}" for item in through), str(self.rates)])
        return f"{figure}, NATO's own: its figures of expenditure in both currencies"

    @property
    def reference(self) -> dict[str, object]:
        """Plain values that identify the figure: the reference of the printed figure, the value and the rate."""
        return self.printed.reference | {"value": self.value, "printed": self.printed.value, "rate": self.rate}

    @property
    def sources(self) -> tuple[Source, ...]:
        """The document of the edition, and the document of the rates."""
        return (self.edition.source, *(() if self.rates is None else (self.rates.source,)))


@attrs.frozen(kw_only=True, repr=False)
class _ConvertedTable(ExpenditureTable):
    """A table with its amounts in one currency; if `currency` is None, each ally's amounts are in its own currency."""

    currency: Currency | None
    rates: Rates | None
    printed_first: bool

    def __repr__(self) -> str:
        return f"{ExpenditureTable.__repr__(self)[:-1]}, in {self.currency or 'own currencies'}>"

    def _amount(self, measure: Measure, entity: EntityLike, year: int, basis: PriceBasis) -> Observation[Money]:
        printed = self._find(measure, entity, year, basis, _DOLLAR)
        to = self.currency or self._own_currency(entity, year)
        if to == _DOLLAR:
            return printed
        if self.printed_first:
            try:
                national = self._find(Measure.EXPENDITURE, entity, year, basis, to)
            except NoObservationError:
                pass  # the edition prints no such figure: convert at rates
            else:
                return national if measure is Measure.EXPENDITURE else self._at_its_own_rate(printed, national)
        return self._at_rates(printed, to)

    def _own_currency(self, entity: EntityLike, year: int) -> Currency:
        """Return the national currency of an ally's figures in the edition, or else the ally's currency in the year."""
        whose = find_entity(entity)
        if isinstance(whose, Group):
            raise UnexpectedValueError(_ONE_CURRENCY, str(whose), "a group has none: write one, such as 'EUR'")
        known = {kind[1] for kind, row in self._figures.series if row == whose and kind[0] is Measure.EXPENDITURE}
        printed = next((code for code in sorted(filter(None, known)) if code != _DOLLAR), None)
        own = printed or currency_of(whose, year)
        if own is None:
            raise UnexpectedValueError(_ONE_CURRENCY, str(whose), "its own is not known: write one, such as 'EUR'")
        return own

    def _at_its_own_rate(self, printed: Observation[Money], national: Observation[Money]) -> _ConvertedFigure:
        dollars = self._find(Measure.EXPENDITURE, printed.entity, printed.year, national.value.basis, _DOLLAR)
        ratio = divide(national.value.amount, dollars.value.amount)
        return _figure(printed, national.value.currency, ratio, told_by=(national, dollars))

    def _at_rates(self, printed: Observation[Money], to: Currency) -> _ConvertedFigure:
        given = self.rates if self.rates is not None else self.own_rates and self.own_rates()
        if given is None:
            raise UnexpectedValueError("a currency", str(to), _NO_RATES)
        # Amounts at constant prices of a year also use the exchange rates of that year.
        rates = checked_rates(given).for_year(printed.value.basis.year or printed.year)
        return _figure(printed, to, divide(rates.per_base(to), rates.per_base(_DOLLAR)), rates=rates)


def _figure(printed: Observation[Money], to: Currency, ratio: Decimal, **how: Any) -> _ConvertedFigure:
    money = printed.value
    return _ConvertedFigure(
        measure=printed.measure,
        entity=printed.entity,
        year=printed.year,
        value=Money(multiply(money.amount, ratio), to, money.basis),
        status=printed.status,
        edition=printed.edition,
        printed=printed,
        ratio=ratio,
        **how,
    )


def converted(
    table: ExpenditureTable, currency: Currency | str, rates: Rates | None = None, *, printed_first: bool = False
) -> ExpenditureTable:
    """Return a table with its amounts in one currency; ``"own"`` means each ally's own currency.

    Raises `UnknownNameError` for an unknown currency, and `UnexpectedValueError` for dollars at purchasing power
    parity.
    """
    expect(currency, (Currency, str), "a currency", "write its code: 'EUR', or 'own'")
    if isinstance(currency, str) and currency.upper() in _PARITIES:
        raise UnexpectedValueError("a currency", currency, _NO_PARITY)
    own = currency == _OWN
    if own and rates is not None:
        raise UnexpectedValueError("rates", str(rates), "own currencies are as NATO prints them: leave rates out")
    code = None if own else currency if isinstance(currency, Currency) else Currency(currency)
    return _ConvertedTable(
        edition=table.edition,
        observations=table._figures,  # noqa: SLF001 # the same columns
        own_rates=table.own_rates,
        currency=code,
        rates=None if rates is None else checked_rates(rates),
        printed_first=own or (printed_first and rates is None),
    )
