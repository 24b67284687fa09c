"""Military purchasing power parities: prices in an ally's currency of defence inputs that cost a dollar in America."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import ClassVar, Self

import attrs

from natoburden.errors import MixedPriceBasesError, NoObservationError, UnexpectedValueError
from natoburden.model._checks import exactly, expect
from natoburden.model._figures import spans
from natoburden.model._numbers import checked_year
from natoburden.model._parity_dollars import ParityDollars, to_amount
from natoburden.model.countries import Country, CountryLike, by_country
from natoburden.model.evidence import Given
from natoburden.model.money import CURRENT_PRICES, Money
from natoburden.model.sources import Source, Status

__all__ = ["MilitaryDollars", "MilitaryParities"]

_HINT = "give money by country and year: {'POL': {2021: Money('2.10', 'PLN')}}"


@attrs.frozen(repr=False)
class MilitaryDollars(ParityDollars):
    """An amount in military dollars; a military dollar buys the defence inputs that a US dollar buys in America.

    Military dollars are neither US dollars nor international dollars of GDP, and cannot be added to either.

    >>> print(MilitaryDollars("86000000000") + MilitaryDollars("1000000000"))
    Mil$ 87.00 bn (military PPP)
    """

    sign: ClassVar[str] = "Mil$"
    parity: ClassVar[str] = "military PPP"
    column: ClassVar[str] = "million_military_dollars"

    amount: Decimal = attrs.field(converter=to_amount)


@attrs.frozen(kw_only=True)
class MilitaryParities:
    """Your own military parities by country and year: local prices of defence inputs that cost a dollar in America.

    The library contains no military parities: Robertson's parities for 59 countries were not found under a licence that
    allows their publication. Each parity is an amount in national currency at current prices: nobody can mistake a
    parity in zlotys for a parity in euros. The parity of the United States is ``Money(1, "USD")``, and you must give it
    too. `MilitaryParities.of` makes parities from amounts by country and year.

    >>> source = Source(title="Invented parities", publisher="an example")
    >>> parities = MilitaryParities.of(
    ...     "an example", {"POL": {2025: Money("2.10", "PLN")}, "USA": {2025: Money(1, "USD")}}, source=source
    ... )
    >>> print(parities, "|", parities.rate("Poland", 2025))
    an example, 2 countries, 2025 | PLN 2.10 (current prices)
    """

    name: str = attrs.field(validator=exactly(str, "a name"))
    rates: tuple[tuple[Country, int, Money], ...] = attrs.field(repr=lambda rates: f"<{len(rates)} rates>")
    source: Source = attrs.field(validator=exactly(Source, "a source"))

    @classmethod
    def of(
        cls,
        name: str,
        rates: Mapping[Country, Mapping[int, Money]] | Mapping[str, Mapping[int, Money]],
        *,
        source: Source,
    ) -> Self:
        """Return parities from amounts by country and year.

        Raises `UnexpectedValueError` without parities, for a parity that is not above zero, or for a country that is
        given twice. Raises `MixedPriceBasesError` for a parity that is not at current prices.
        """
        expect(rates, Mapping, "military parities", _HINT)
        found = []
        for country, years in by_country(name, rates).items():
            expect(years, Mapping, f"military parities of {country}", _HINT)
            for year, rate in years.items():
                expect(rate, Money, f"a military parity of {country}", _HINT)
                if not rate.basis.is_current:
                    raise MixedPriceBasesError(str(rate.basis), str(CURRENT_PRICES))
                if rate.amount <= 0:
                    raise UnexpectedValueError(f"a military parity of {country}", str(rate), "it is above zero")
                found.append((country, checked_year(year), rate))
        if not found:
            raise UnexpectedValueError("military parities", "none", _HINT)
        return cls(name=name, rates=tuple(sorted(found, key=lambda item: item[:2])), source=source)

    def rate(self, country: CountryLike, year: int) -> Money:
        """Return the parity of a country and year: the local price of defence inputs that cost a dollar in America.

        Raises `NoObservationError` for a missing parity; the parity of another year never replaces it.
        """
        where, when = Country.find(country), checked_year(year)
        known = {at: rate for whose, at, rate in self.rates if whose == where}
        if when not in known:
            raise NoObservationError("military parity", str(where), when, self.name, spans(known) or "other countries")
        return known[when]

    def evidence(self, country: CountryLike, year: int) -> Given:
        """Return a parity as evidence: in words, with its source, and never firmer than an estimate."""
        rate, where = self.rate(country, year), Country.find(country)
        words = (
            f"military parity of {where}, {year}: {rate.amount:f} {rate.currency} per dollar of defence, {self.name}"
        )
        return Given(words, self.source, Status.ESTIMATE)

    def __str__(self) -> str:
        countries = {country for country, *_ in self.rates}
        return f"{self.name}, {len(countries)} countries, {spans(sorted({year for _, year, _ in self.rates}))}"
