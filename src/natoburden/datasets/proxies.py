"""The proxies of an ally's benefit that the literature uses, as far as their facts ship."""

from __future__ import annotations

from natoburden.datasets.borders import exposed_borders
from natoburden.model.figures import CountryFigures, YearlyFigures

__all__ = ["benefit_proxies"]


def benefit_proxies(
    terrorism: CountryFigures | YearlyFigures | None = None, *, coast: bool = True
) -> tuple[str | CountryFigures | YearlyFigures, ...]:
    """Return the proxies of the literature for `natoburden.burden.concordance`: GDP, population, exposed borders.

    Sandler and Shimizu (2014) take these and the risk of terrorism, of which no figures ship: give your own as
    `terrorism`. Kim and Sandler (2020) derive benefit shares too; how was not seen. That an exposed border is counted
    in kilometres, and that each proxy has the same weight, is this library's choice.

    >>> from natoburden.burden import concordance
    >>> from natoburden.datasets import defence_expenditure
    >>> found = concordance(defence_expenditure("2026-07"), 2025, proxies=benefit_proxies(), draws=99)
    >>> print(" + ".join(found[0].proxies), f"{found[0].p:.3f}", len(found))
    gdp + population + exposed border and coast, km 0.014 7
    """
    own = () if terrorism is None else (terrorism,)
    return ("gdp", "population", exposed_borders(coast=coast), *own)
