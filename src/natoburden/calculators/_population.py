"""The population of an ally, derived from NATO's table."""

from __future__ import annotations

from decimal import Decimal

from natoburden.model._numbers import divide
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Observation
from natoburden.model.money import Money

__all__ = ["population_of"]


def population_of(
    table: ExpenditureTable, country: Country, year: int
) -> tuple[Decimal, tuple[Observation[Money], ...]]:
    """Compute an ally's population as GDP divided by GDP per head, and return the population and both figures."""
    gdp, per_head = table.gdp(country, year, table.edition.constant_prices), table.gdp_per_capita(country, year)
    return divide(gdp.value.amount, per_head.value.amount), (gdp, per_head)
