"""Each ally's burden: its expenditure, plus any `terms`, compared with its GDP and population."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from natoburden.calculators._arguments import in_currency
from natoburden.calculators._members import group_of, spenders
from natoburden.calculators._population import population_of
from natoburden.calculators.burden._results import BurdenResult, category_name, counted, terms_of
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import ResultTable
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure, Observation
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import GroupLike
from natoburden.model.money import Currency, Money, PriceBasis
from natoburden.model.shares import Share

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = ["AllyBurden", "burdens"]


@attrs.frozen(kw_only=True)
class AllyBurden(BurdenResult):
    """What one ally carries, its GDP, and the burden as a share of GDP.

    `carried` is expenditure plus any `terms`. For one main category, `carried` is derived as expenditure × the printed
    share.

    `population` is derived as GDP divided by GDP per head; it is None if the edition prints no GDP per head.
    """

    country: Country
    expenditure: Money
    carried: Money
    gdp: Money
    burden: Share
    population: Decimal | None

    @property
    def gdp_per_head(self) -> Money | None:
        """GDP per head, at the same prices as GDP; None if the population is not known."""
        return None if self.population is None else self.gdp / self.population

    @property
    def headline(self) -> str:
        what = f"Burden of {self.country}" + (f" in {category_name(self.measure)}" if self.measure.is_category else "")
        return f"{what}, {self.year}, edition {self.edition}, at {self.basis}"

    @property
    def formula(self) -> str:
        terms = "".join(f" + {figures.name}" for figures in self.given)
        of_category = f" × share of {category_name(self.measure)}" if self.measure.is_category else ""
        return f"burden = (defence expenditure{of_category}{terms}) / GDP; population = GDP / GDP per head, derived"

    @property
    def findings(self) -> Findings:
        return (Finding("carried", self.carried), Finding("burden", self.burden.as_percent, places(4, " % of GDP")))


def burdens(
    table: ExpenditureTable,
    year: int,
    *,
    measure: Measure | str = Measure.EXPENDITURE,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    terms: Sequence[CountryFigures | YearlyFigures] = (),
    currency: Currency | str | None = None,
    rates: Rates | None = None,
) -> ResultTable[AllyBurden]:
    """Compute what each member of a group carries compared with its GDP, in one year and at one price basis.

    Prices are the edition's constant prices unless you give another `basis`. `measure` is all expenditure, or one main
    category, such as ``"equipment_share"``. The amount spent on a main category is derived from its printed share.
    Every statistic of this module takes `measure`. `terms` are amounts of your own that are added to expenditure. With
    peacekeeping and development aid, the sum is the security burden of Sandler and Shimizu. If `terms` have amounts by
    year, the amounts for `year` are added. Iceland is not counted, because it has no armed forces.

    Raises `NoObservationError` if a member's figure is missing, `MissingFiguresError` if one of the `terms` lacks a
    member's amount, and `UnknownNameError` for a measure that is neither expenditure nor a main category. If `terms`
    are in a different currency from expenditure, `MixedCurrenciesError` is raised. If `terms` are at a different price
    basis, `MixedPriceBasesError` is raised.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. The
    explanation of each result lists the exchange rates.

    >>> from natoburden.datasets import defence_expenditure
    >>> carried = burdens(defence_expenditure("2026-07"), 2025)
    >>> print(carried["Poland"].carried, "|", f"{carried['Poland'].burden.as_percent:.4f}", len(carried))
    USD 33.08 bn (constant 2021 prices) | 4.2503 31
    """
    table = in_currency(table, currency, rates)
    found = group_of(group)
    prices = table.edition.constant_prices if basis is None else basis
    members = spenders(table, found, year)
    what, given = counted(measure), terms_of(terms, year)
    added = [_amounts(term, members) for term in given]
    rows = []
    for number, country in enumerate(members):
        expenditure, gdp = table.expenditure(country, year, prices), table.gdp(country, year, prices)
        parts = [table.category_share(what, country, year)] if what.is_category else []
        own = expenditure.value * parts[0].value if parts else expenditure.value
        carried = Money.total([own, *(amounts[number] for amounts in added)])
        population, people = _population_if_known(table, country, year)
        rows.append(
            AllyBurden(
                edition=table.edition.key,
                year=year,
                group=found,
                basis=prices,
                measure=what,
                given=given,
                country=country,
                expenditure=expenditure.value,
                carried=carried,
                gdp=gdp.value,
                burden=carried.share_of(gdp.value),
                population=population,
                inputs=tuple(dict.fromkeys((expenditure, *parts, gdp, *people))),
            )
        )
    return ResultTable(rows=tuple(rows))


def _amounts(term: CountryFigures, members: Sequence[Country]) -> list[Money]:
    """Return the amounts of one of the `terms`, one for each member."""
    figures = term.figures(members)
    amounts = [figure for figure in figures if isinstance(figure, Money)]
    if len(amounts) < len(figures):
        raise UnexpectedValueError("a term of the burden", str(term), "its figures are numbers; give amounts: Money")
    return amounts


def _population_if_known(
    table: ExpenditureTable, country: Country, year: int
) -> tuple[Decimal | None, tuple[Observation[Money], ...]]:
    with contextlib.suppress(NoObservationError):
        return population_of(table, country, year)
    return None, ()
