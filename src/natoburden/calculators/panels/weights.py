"""How much one ally's spending counts for another: weights by distance, border or bloc, and your own weights."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from numbers import Real
from typing import Any, ClassVar, Self

import attrs

from natoburden.calculators._arguments import several
from natoburden.calculators.panels._arguments import number_between, two_of
from natoburden.errors import MissingFiguresError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import exactly, expect
from natoburden.model._frames import Cell, Tabular
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.geography import Capital, LandBorder
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.sources import Source, distinct

__all__ = ["SpatialWeights"]

_EARTH_KM = 6371.0
_PAIR_HINT = "give a mapping of pairs to weights: {('POL', 'DEU'): 1}"


def _square(instance: SpatialWeights, _attribute: object, rows: tuple[tuple[float, ...], ...]) -> None:
    size = len(instance.countries)
    if len(rows) != size or any(len(row) != size for row in rows):
        raise UnexpectedValueError(
            "weights", f"{len(rows)} rows", f"give one row and one column for each of the {size} countries"
        )
    for country, row in zip(instance.countries, rows, strict=True):
        for other, weight in zip(instance.countries, row, strict=True):
            if not _is_weight(weight):
                raise UnexpectedValueError(
                    f"the weight of {other} for {country}", repr(weight), "write it as a float, zero or more"
                )
            if country == other and weight:
                raise UnexpectedValueError(
                    f"the weight of {other} for itself", repr(weight), "it is 0: no ally spills into itself"
                )


def _listed(_instance: object, _attribute: object, countries: tuple[Country, ...]) -> None:
    for country in countries:
        expect(country, Country, "a country", "find it first: Country.find('Germany')")
    if len(set(countries)) < max(2, len(countries)):
        raise UnexpectedValueError("countries", ", ".join(map(str, countries)), "give at least two, each once")


@attrs.frozen(kw_only=True)
class SpatialWeights(Tabular):
    """How much each country's spending counts for every other country.

    Each row is a country that receives, and each column is a country that spends. No country counts for itself, and no
    weight is negative. With `row_normalised`, the weights of a row are divided by their sum. With weights divided by
    their sum, the spend-in is a mean of the other countries' expenditure, not a total. A row of zeros stays zero.
    Weights by distance have the unit 1/km, and weights by border have no unit.

    >>> from natoburden.datasets import capitals, land_borders
    >>> near = SpatialWeights.contiguity(["EST", "LVA", "LTU"], land_borders())
    >>> near.rows
    ((0.0, 1.0, 0.0), (1.0, 0.0, 1.0), (0.0, 1.0, 0.0))
    >>> near.normalised().weight("Latvia", "Lithuania")
    0.5
    """

    is_one_way: ClassVar[bool] = True

    name: str = attrs.field(validator=exactly(str, "a name"))
    countries: tuple[Country, ...] = attrs.field(validator=_listed)
    rows: tuple[tuple[float, ...], ...] = attrs.field(validator=_square, repr=False)
    row_normalised: bool = False
    how: str = attrs.field(default="given", repr=False)
    sources: tuple[Source, ...] = attrs.field(default=(), repr=False)

    @classmethod
    def everyone(cls, countries: Iterable[CountryLike]) -> Self:
        """Return weights of one for all other countries; the spend-in is then their total expenditure."""
        found = _countries(countries)
        return cls._made("all others", found, lambda *_: 1.0, "each other ally counts 1")

    @classmethod
    def inverse_distance(
        cls, countries: Iterable[CountryLike], capitals: Iterable[Capital], *, power: float = 1
    ) -> Self:
        """Return weights of one divided by a power of the distance between capitals in kilometres.

        Distances are along great circles. Raises `MissingFiguresError` if a country's capital is missing.

        >>> from natoburden.datasets import capitals
        >>> near = SpatialWeights.inverse_distance(["POL", "DEU", "USA"], capitals())
        >>> [round(1 / near.weight("POL", other)) for other in ("DEU", "USA")]
        [516, 7177]
        """
        exponent = number_between("power of the distance", power, 0, 10, "a number above 0 and below 10")
        given = several(capitals, Capital, "capitals", "give natoburden.datasets.capitals()")
        places = {capital.country: capital for capital in given}
        found = _countries(countries)
        if missing := tuple(str(country) for country in found if country not in places):
            raise MissingFiguresError("capital", missing)

        def weight(one: Country, other: Country) -> float:
            return math.pow(_great_circle(places[one], places[other]), -exponent)

        told = f"1 / distance{'' if power == 1 else f'^{power:g}'}"
        used = distinct(places[country].source for country in found)
        return cls._made("inverse distance", found, weight, f"{told} between capitals, km on a great circle", used)

    @classmethod
    def contiguity(cls, countries: Iterable[CountryLike], borders: Iterable[LandBorder]) -> Self:
        """Return weights of one for each pair that shares a land border, and zero for all others."""
        given = several(borders, LandBorder, "land borders", "give natoburden.datasets.land_borders()")
        pairs = {frozenset((border.one, border.other)) for border in given}
        found = _countries(countries)
        used = distinct(border.source for border in given)

        def weight(one: Country, other: Country) -> float:
            return float(frozenset((one, other)) in pairs)

        return cls._made("contiguity", found, weight, "1 where two allies share a land border", used)

    @classmethod
    def bloc(cls, countries: Iterable[CountryLike], group: GroupLike, year: int) -> Self:
        """Return weights of one for each other country that is a member of a group in a year, and zero for non-members.

        >>> by = SpatialWeights.bloc(["POL", "DEU", "USA"], "NATO Europe", 2025)
        >>> by.weight("USA", "DEU"), by.weight("POL", "USA")
        (1.0, 0.0)
        """
        bloc = Group.find(group)
        members = set(bloc.members(checked_year(year)))
        told = f"1 for each other member of {bloc} of {year}"
        return cls._made(str(bloc), _countries(countries), lambda _, other: float(other in members), told)

    @classmethod
    def of(
        cls,
        name: str,
        weights: Mapping[tuple[str, str], float] | Mapping[tuple[Country, Country], float],
        *,
        source: Source,
        countries: Iterable[CountryLike] | None = None,
    ) -> Self:
        """Return your own weights, by pairs of receiving and spending country; the weights of all other pairs are zero.

        A pair sets the weight in one direction only, for example for trade or arms transfers. By default, `countries`
        are all countries in the pairs. Raises `UnexpectedValueError` for a pair given twice.

        >>> atlas = Source(title="Weights", publisher="an example")
        >>> one_way = SpatialWeights.of("follows", {("Poland", "DEU"): 2}, source=atlas)
        >>> one_way.weight("POL", "DEU"), one_way.weight("DEU", "POL")
        (2.0, 0.0)
        """
        expect(weights, Mapping, "weights of pairs", _PAIR_HINT)
        expect(source, Source, "a source", "give Source(title=..., publisher=...)")
        pairs: dict[tuple[Country, Country], float] = {}
        for pair, weight in weights.items():
            one, other = map(Country.find, two_of(pair, "a pair of countries", _PAIR_HINT))
            if one == other:
                raise UnexpectedValueError("a pair of countries", f"{one} and itself", "no ally spills into itself")
            if (one, other) in pairs:
                raise UnexpectedValueError("weights of pairs", f"{one} and {other}", "the pair is given twice")
            pairs[one, other] = _plain(weight)
        named = dict.fromkeys(country for pair in pairs for country in pair)
        found = _countries(tuple(named) if countries is None else countries)
        if outside := sorted({country for pair in pairs for country in pair} - set(found)):
            raise UnknownNameError("country of the weights", str(outside[0]), tuple(map(str, found)))
        return cls._made(name, found, lambda one, other: pairs.get((one, other), 0.0), "as given", (source,))

    def normalised(self) -> Self:
        """Return the weights of each row divided by their sum; the spend-in is then a weighted mean of expenditure."""
        totals = [math.fsum(row) for row in self.rows]
        rows = (
            tuple(weight / total if total else 0.0 for weight in row)
            for row, total in zip(self.rows, totals, strict=True)
        )
        return attrs.evolve(self, rows=tuple(rows), row_normalised=True)

    def augmented(self, country: CountryLike, weight: float = 1.0) -> Self:
        """Return the weights with `weight` as the weight of one country for all others; other weights are unchanged.

        George and Sandler (2018) give the United States a weight for all allies, in addition to the weights of
        neighbours.
        """
        found = Country.find(country)
        place = self._place(found)
        counts = _plain(weight)
        if not _is_weight(counts):
            raise UnexpectedValueError(f"the weight of {found}", repr(weight), "give a finite number, zero or more")
        if self.row_normalised:
            raise UnexpectedValueError("weights to augment", self.name, "augment them first, and normalise them after")
        rows = tuple(
            tuple(counts if at == place != row else value for at, value in enumerate(values))
            for row, values in enumerate(self.rows)
        )
        return attrs.evolve(
            self, name=f"{self.name} and {found}", rows=rows, how=f"{self.how}; {found} counts {weight:g} for all"
        )

    def weight(self, country: CountryLike, other: CountryLike) -> float:
        """Return the weight of another country for a country; raises `UnknownNameError` for an unknown country."""
        return self.rows[self._place(Country.find(country))][self._place(Country.find(other))]

    @property
    def is_uniform(self) -> bool:
        """Whether all rows are the same, except for the diagonal and for one factor per row."""
        size = len(self.countries)
        first = self.rows[0]
        scales = [1.0]
        for row in range(1, size):
            pairs = [(self.rows[row][at], first[at]) for at in range(1, size) if at != row]
            given = [one / other for one, other in pairs if other]
            if any(one and not other for one, other in pairs) or any(not _alike(ratio, given[0]) for ratio in given):
                return False
            scales.append(given[0] if given else 1.0)
        if not all(scales):
            return False
        column = [self.rows[row][0] / scales[row] for row in range(1, size)]
        return all(_alike(value, column[0]) for value in column)

    @property
    def without_neighbours(self) -> tuple[Country, ...]:
        """The countries for which all other countries have a weight of zero."""
        return tuple(country for country, row in zip(self.countries, self.rows, strict=True) if not any(row))

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return a row for each ordered pair: the country that receives, the country that spends, and the weight."""
        pairs = [
            (one.alpha_3, other.alpha_3, weight)
            for one, row in zip(self.countries, self.rows, strict=True)
            for other, weight in zip(self.countries, row, strict=True)
            if one != other
        ]
        ones, others, weights = zip(*pairs, strict=True)
        return {"country": [*ones], "other": [*others], "weight": [*weights]}

    def __str__(self) -> str:
        return f"{self.name}{', row-normalised' if self.row_normalised else ''}"

    def _place(self, country: Country) -> int:
        if country not in self.countries:
            raise UnknownNameError("country of the weights", str(country), tuple(map(str, self.countries)))
        return self.countries.index(country)

    @classmethod
    def _made(
        cls,
        name: str,
        countries: tuple[Country, ...],
        weight: Callable[[Country, Country], float],
        how: str,
        sources: tuple[Source, ...] = (),
    ) -> Self:
        rows = tuple(tuple(0.0 if one == other else weight(one, other) for other in countries) for one in countries)
        return cls(name=name, countries=countries, rows=rows, how=how, sources=sources)


def _great_circle(one: Capital, other: Capital) -> float:
    """Return the distance between two capitals in kilometres, along a great circle of a sphere of 6 371 km.

    The distance is computed by the haversine formula, which stays precise at short distances.
    """
    latitudes = [math.radians(float(place.latitude)) for place in (one, other)]
    east = math.radians(float(other.longitude - one.longitude))
    half = math.sin((latitudes[1] - latitudes[0]) / 2) ** 2
    half += math.cos(latitudes[0]) * math.cos(latitudes[1]) * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def _plain(weight: object) -> Any:
    """Return any kind of number as a float, and anything else unchanged, to be refused later."""
    return float(weight) if not isinstance(weight, bool) and isinstance(weight, Real | Decimal) else weight


def _is_weight(weight: object) -> bool:
    return isinstance(weight, float) and math.isfinite(weight) and weight >= 0


def _alike(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=1e-9)


def _countries(countries: Iterable[CountryLike]) -> tuple[Country, ...]:
    given = several(countries, (str, Country), "countries", "give several: ['POL', 'DEU']")
    return tuple(Country.find(country) for country in given)
