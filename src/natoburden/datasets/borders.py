"""Exposed borders: the borders of Allies with countries outside the Alliance, and their coasts."""

from __future__ import annotations

from decimal import Decimal

from natoburden._once import once
from natoburden.datasets._files import editions
from natoburden.model._numbers import add_up
from natoburden.model.countries import Country
from natoburden.model.figures import CountryFigures, YearlyFigures
from natoburden.model.memberships import Group

__all__ = ["exposed_borders"]

_MANIFEST, _KEY, _COAST = "borders/manifest.toml", "world-factbook-2026", "coast"
_YEARS = range(2008, 2027)  # since Kosovo's independence, the borders are those of today


def exposed_borders(*, coast: bool = True) -> YearlyFigures:
    """Return each Ally's kilometres of coast, and of land border with countries that are not Allies, by year.

    The years are 2008 to 2026, and each year has the countries that were Allies at its end. Finland's entry shortened
    Norway's exposed border by 709 km. Since Sweden's entry, Norway's exposed border is only the border with Russia.
    Lengths are from the last edition of the World Factbook. Coasts have no true length, since a finer map gives a
    longer coast. Canada's 202,080 km outweigh all other coasts together; ``coast=False`` leaves coasts out. France's
    border excludes the overseas territories, but France's coast includes them. Denmark's coast excludes Greenland's
    coast. The figures are a proxy of an ally's benefit, for `natoburden.burden.concordance`.

    >>> borders = exposed_borders(coast=False)
    >>> for year in (2022, 2024):
    ...     print(year, *(borders.in_year(year).figure(Country(ally)) for ally in ("NOR", "POL")))
    2022 2566 1082
    2024 191 1082
    >>> print(exposed_borders().in_year(2024).figure(Country("NOR")))
    25339
    """
    return _exposed(coast)


@once
def _exposed(coast: bool) -> YearlyFigures:
    file = editions(_MANIFEST)[_KEY]
    rows = [(Country(row["country"]), row["neighbour"], Decimal(row["km"])) for row in file.rows()]
    name = "exposed border and coast, km" if coast else "exposed border, km"
    found = []
    for year in _YEARS:
        allies = Group.find("NATO").members(year)
        inside = {ally.alpha_3 for ally in allies} | (set() if coast else {_COAST})
        values = {
            ally: add_up(km for country, neighbour, km in rows if country == ally and neighbour not in inside)
            for ally in allies
        }
        found.append((year, CountryFigures.of(name, values, source=file.source)))
    return YearlyFigures(name=name, by_year=tuple(found))
