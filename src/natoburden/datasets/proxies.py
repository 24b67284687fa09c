"""The proxies of an ally's benefit that the literature uses, if their figures are packaged."""

from __future__ import annotations

from natoburden.datasets.borders import exposed_borders
from natoburden.model.figures import CountryFigures, YearlyFigures

__all__ = ["benefit_proxies"]


def benefit_proxies(
    terrorism: CountryFigures | YearlyFigures | None = None, *, coast: bool = True
) -> tuple[str | CountryFigures | YearlyFigures, ...]:
    """Return the proxies of the literature for `natoburden.burden.concordance`: GDP, population, exposed borders.

    Sandler and Shimizu (2014) use GDP, population, exposed borders and the risk of terrorism. No figures on terrorism
    are packaged: give your own figures as `terrorism`. Kim and Sandler (2020) also derive benefit shares, but only the
    abstract of their paper was read. Two choices are this library's own: exposed borders are counted in kilometres, and
    all proxies have the same weight.

    >>> from natoburden.burden import concordance
    >>> from natoburden.datasets import defence_expenditure
    >>> found = concordance(defence_expenditure("2026-07"), 2025, proxies=benefit_proxies(), draws=99)
    >>> print(" + ".join(found[0].proxies), f"{found[0].p:.3f}", len(found))
    gdp + population + exposed border and coast, km 0.014 7
    """
    own = () if terrorism is None else (terrorism,)
    return ("gdp", "population", exposed_borders(coast=coast), *own)
