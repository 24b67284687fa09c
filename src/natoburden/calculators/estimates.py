"""A published cost estimate compared with the GDP of countries, and with the cost of raising their spending."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from natoburden.calculators._arguments import expect_table, number_of_years, several, with_basis
from natoburden.calculators._members import ally_of
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.pathways import PathCost, path, path_cost
from natoburden.calculators.results import Projection
from natoburden.errors import InvalidNumberError
from natoburden.model._checks import expect
from natoburden.model._numbers import formatted
from natoburden.model.countries import Country, CountryLike
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.money import Money, PriceBasis
from natoburden.model.shares import Rate, Share

__all__ = ["EstimateComparison", "compare"]


def __dir__() -> list[str]:
    return list(__all__)


@attrs.frozen(kw_only=True)
class EstimateComparison(Projection):
    """An estimate of additional cost over several years, compared with GDP and with a path of spending.

    `of_gdp` is the estimate for one year as a share of the GDP of `year`. `of_path` is the estimate divided by the
    additional cost of a linear path to `target`. `of_jump` is the estimate divided by the additional cost of reaching
    the target in the first year. `of_path` and `of_jump` are None if the countries already spend at least the target.
    """

    name: str
    countries: tuple[Country, ...]
    year: int
    years: int
    estimate: Money
    target: Share
    gdp_growth: Rate
    start: Share
    gdp: Money
    a_year: Money
    of_gdp: Rate
    path: PathCost = attrs.field(repr=False)
    of_path: Decimal | None
    of_jump: Decimal | None

    @property
    def headline(self) -> str:
        who = self.name or ", ".join(country.name for country in self.countries)
        return f"{self.estimate} over {self.years} years beside {who}"

    @property
    def formula(self) -> str:
        return (
            f"assumed: the estimate is at prices and exchange rates of {self.year}, its {self.years} years follow "
            f"{self.year}, GDP grows by {self.gdp_growth} a year; a year of it = estimate / {self.years}; "
            f"path = Σ (share − start) × GDP on a line from {self.start} to {self.target}; "
            f"jump = Σ (target − start) × GDP"
        )

    @property
    def findings(self) -> Findings:
        return (
            Finding("a year", self.a_year),
            Finding(f"of the GDP of {self.year}", self.of_gdp.as_percent, places(2, " %")),
            Finding(f"additional cost of a path to {self.target}", self.path.additional),
            Finding("estimate over path", self.of_path, _times),
            Finding("additional cost of the jump", self.path.jump_now),
            Finding("estimate over jump", self.of_jump, _times),
        )


def _times(ratio: Decimal | None) -> str:
    return "none: the target is already spent" if ratio is None else formatted(ratio, ".2f")


_GIVE_SEVERAL = "give several: ['DEU', 'FRA'], or Group.find('NATO').members(2025)"


def compare(
    estimate: Money,
    years: int,
    table: ExpenditureTable,
    countries: Iterable[CountryLike],
    year: int,
    *,
    target: Share,
    gdp_growth: Rate,
    name: str = "",
) -> EstimateComparison:
    """Compute how a published estimate of additional cost compares with the GDP and spending paths of countries.

    The model behind the estimate is not reproduced. The estimate is divided by GDP and by the cost of simple paths, and
    every assumption is an argument. GDP and expenditure are in dollars from the table, at the prices and exchange rates
    of `year`. An estimate without a stated price basis is assumed to be at the prices of `year`. An estimate with a
    stated price basis other than the prices of `year` raises `MixedPriceBasesError`. `gdp_growth` is the yearly growth
    of real GDP. Raises `NoObservationError` for a country without figures, and `InvalidNumberError` for an empty list
    of countries or for less than one year.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.model.money import UNSTATED_PRICES
    >>> five = ["DEU", "GBR", "FRA", "ITA", "ESP"]
    >>> result = compare(
    ...     Money.billions(3100, "USD", UNSTATED_PRICES), 10, defence_expenditure("2024-06"), five, 2024,
    ...     target=Share.percent("3.5"), gdp_growth=Rate.percent(0),
    ... )
    >>> print(result.a_year, "|", f"{result.of_gdp.as_percent:.2f} % | {result.of_path:.2f}")
    USD 310.00 bn (constant 2024 prices) | 2.04 % | 2.42
    """
    expect(estimate, Money, "an estimate", "write Money.billions(3100, 'USD', UNSTATED_PRICES)")
    expect_table(table)
    expect(name, str, "a name", "give a text: name='five largest'")
    found = tuple(map(ally_of, several(countries, (Country, str), "countries", _GIVE_SEVERAL)))
    if not found:
        raise InvalidNumberError("number of countries", "0", "a whole number of at least one")
    number_of_years(years)
    prices = PriceBasis.constant(year)
    spent = [table.expenditure(country, year) for country in found]
    gdps = [table.gdp(country, year) for country in found]
    gdp = _at_prices(Money.total(item.value for item in gdps), prices)
    start = _at_prices(Money.total(item.value for item in spent), prices).share_of(gdp)
    whole = with_basis(estimate, prices)
    cost = path_cost(path(start, target, first_year=year, last_year=year + years), gdp, gdp_growth=gdp_growth)
    return EstimateComparison(
        name=name,
        countries=found,
        year=year,
        years=years,
        estimate=whole,
        target=target,
        gdp_growth=gdp_growth,
        start=start,
        gdp=gdp,
        a_year=whole / years,
        of_gdp=Rate(as_fraction=whole / years / gdp),
        path=cost,
        of_path=whole / cost.additional if target > start else None,
        of_jump=whole / cost.jump_now if target > start else None,
        inputs=(*spent, *gdps),
    )


def _at_prices(amount: Money, prices: PriceBasis) -> Money:
    """Return an amount at current prices of a year, labelled as constant prices of the same year."""
    return Money(amount.amount, amount.currency, prices)
