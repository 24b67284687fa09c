"""Flows of energy between places, energy balances and published dependency rates, as statistical offices print them."""

from __future__ import annotations

import enum
import functools
from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

import attrs

from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownCountryError
from natoburden.model._checks import exactly
from natoburden.model._figures import spans
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country
from natoburden.model.evidence import Documented
from natoburden.model.periods import Period, to_period
from natoburden.model.quantities import Energy, GasVolume
from natoburden.model.shares import Rate
from natoburden.model.sources import Source, Status

__all__ = [
    "TOTAL",
    "AnyFuel",
    "DependencyRate",
    "DependencyRates",
    "EnergyFlow",
    "EnergyFlows",
    "Fuel",
    "OtherFuel",
    "OtherPlace",
    "Place",
    "PlaceLike",
]


class Fuel(enum.Enum):
    """A fuel, by the code of the standard classification (SIEC) that Eurostat gives it.

    ``GAS`` is natural gas including LNG, ``LNG`` the liquefied part. ``PIPELINE_GAS`` is not a code: it is what is left
    of gas without LNG. Deals in other energy than gas are not modelled yet.
    """

    GAS = "G3000"
    LNG = "G3200"
    PIPELINE_GAS = "G3000-G3200"
    OIL = "O4000XBIO"
    SOLID = "C0000X0350-0370"
    ALL = "TOTAL"

    @property
    def label(self) -> str:
        """The fuel in words."""
        return _FUELS[self]

    def __str__(self) -> str:
        return self.label


_FUELS = {
    Fuel.GAS: "natural gas (LNG included)",
    Fuel.LNG: "LNG",
    Fuel.PIPELINE_GAS: "pipeline gas",
    Fuel.OIL: "oil and petroleum products",
    Fuel.SOLID: "solid fossil fuels",
    Fuel.ALL: "all fuels",
}


@attrs.frozen(order=True)
class OtherFuel:
    """A fuel of a source that the library has no name for; it keeps its code."""

    code: str = attrs.field(validator=exactly(str, "a code"))

    @property
    def value(self) -> str:
        """The code of the source."""
        return self.code

    def __str__(self) -> str:
        return self.code


AnyFuel: TypeAlias = Fuel | OtherFuel


def find_fuel(code: str) -> AnyFuel:
    """Return the fuel of a code of the standard classification; an unknown code is kept as it is.

    >>> find_fuel("G3200").value, find_fuel("RA000")
    ('G3200', OtherFuel(code='RA000'))
    """
    known = {fuel.value: fuel for fuel in Fuel}
    return known.get(code) or OtherFuel(code)


@attrs.frozen(order=True)
class OtherPlace:
    """A row or column of a source that is not a country of ISO 3166-1: an aggregate, a residual, Kosovo.

    It keeps the label of its source. ``EU27_2020``, the members since February 2020, is one: the Union of
    2018 had another member.
    """

    code: str = attrs.field(validator=exactly(str, "a label"))

    @property
    def key(self) -> str:
        """The label of the source."""
        return self.code

    @property
    def name(self) -> str:
        """The label of the source."""
        return self.code

    def __str__(self) -> str:
        return self.code


Place: TypeAlias = Country | OtherPlace
PlaceLike: TypeAlias = Country | OtherPlace | str

TOTAL = OtherPlace("TOTAL")


@functools.cache
def find_place(place: PlaceLike) -> Place:
    """Return a country by any of its names, or else the label of the source as it is.

    >>> find_place("EL"), find_place("EU27_2020")
    (Country('GRC'), OtherPlace(code='EU27_2020'))
    """
    if not isinstance(place, str):
        return place
    try:
        return Country.find(place)
    except UnknownCountryError:
        return OtherPlace(place)


# Eurostat's letters for forecasts, and for estimated or provisional figures; the others do not concern firmness.
_FORECAST, _ESTIMATED = "f", "eisp"


def status_of(flags: str) -> Status:
    """Return how firm a figure is by its flags, which are letters that may be combined.

    >>> status_of("bep").value, status_of("b").value, status_of("f").value
    ('estimate', 'actual', 'projection')
    """
    if _FORECAST in flags:
        return Status.PROJECTION
    return Status.ESTIMATE if set(flags) & set(_ESTIMATED) else Status.ACTUAL


@attrs.frozen(kw_only=True)
class EnergyFlow(Documented):
    """What one place imported of a fuel from a partner in a period, as published.

    A cell without a figure has no `quantity`: missing is not zero. `flags` are the publisher's, unchanged.
    """

    importer: Place
    partner: Place
    fuel: AnyFuel
    period: Period
    quantity: Energy | GasVolume | None
    flags: str = ""
    source: Source = attrs.field(repr=False)

    @property
    def firmness(self) -> Status:
        """How far it is an outcome: as its mark says."""
        return self.status

    @property
    def working(self) -> str:
        """What it is, with how firm it is."""
        return f"{self} ({self.status})"

    @property
    def status(self) -> Status:
        """How firm the figure is, by its flags."""
        return status_of(self.flags)

    def __str__(self) -> str:
        mark = f" {self.flags}" if self.flags else ""
        return f"{self.fuel}, {self.importer} from {self.partner}, {self.period}: {self.quantity or 'missing'}{mark}"


@attrs.frozen(kw_only=True)
class EnergyFlows:
    """Flows by importer, partner, fuel and period; each cell appears once.

    A figure that is missing raises `NoObservationError`: missing is never zero.
    """

    edition: str
    items: tuple[EnergyFlow, ...] = attrs.field(repr=lambda items: f"<{len(items)} flows>")
    note: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        if len(self._cells) < len(self.items):
            raise UnexpectedValueError("flows of energy", self.edition, "two figures stand for one cell")

    @functools.cached_property
    def _cells(self) -> Mapping[tuple[Place, Place, AnyFuel, Period], EnergyFlow]:
        return {(item.importer, item.partner, item.fuel, item.period): item for item in self.items}

    def __iter__(self) -> Iterator[EnergyFlow]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the figures come from, each once."""
        return tuple(dict.fromkeys(item.source for item in self.items))

    def select(self, keep: Callable[[EnergyFlow], bool]) -> EnergyFlows:
        """Return those that a test holds for."""
        return attrs.evolve(self, items=tuple(filter(keep, self.items)))

    def of(self, importer: PlaceLike, period: Period | int | str | None = None) -> EnergyFlows:
        """Return the flows into one place, in one period if you name it."""
        where, when = find_place(importer), None if period is None else to_period(period)
        return self.select(lambda item: item.importer == where and when in (None, item.period))

    def cell(
        self, importer: PlaceLike, partner: PlaceLike, fuel: AnyFuel, period: Period | int | str
    ) -> EnergyFlow | None:
        """Return one cell, which may hold no figure; None where the table has no such cell."""
        return self._cells.get((find_place(importer), find_place(partner), fuel, to_period(period)))

    def flow(self, importer: PlaceLike, partner: PlaceLike, fuel: AnyFuel, period: Period | int | str) -> EnergyFlow:
        """Return one flow with its figure; raises `NoObservationError` where there is none."""
        found = self.cell(importer, partner, fuel, period)
        if found is None or found.quantity is None:
            raise self._missing(find_place(importer), find_place(partner), fuel, to_period(period))
        return found

    def merged(self, other: EnergyFlows) -> EnergyFlows:
        """Return two sets of flows as one; they must be of one edition and have no cell in common."""
        if other.edition != self.edition:
            editions = f"{self.edition} and {other.edition}"
            raise UnexpectedValueError("flows to merge", editions, "editions differ by revision and are not mixed")
        return attrs.evolve(self, items=self.items + other.items)

    def _missing(self, importer: Place, partner: Place, fuel: AnyFuel, period: Period) -> NoObservationError:
        known = [item for item in self.items if (item.importer, item.fuel) == (importer, fuel) and item.quantity]
        of_partner = [item.period for item in known if item.partner == partner and item.period.kind == period.kind]
        years = spans(item.year for item in of_partner) if period.is_year else ", ".join(map(str, sorted(of_partner)))
        available = f"{partner}: {years}" if years else f"{len({item.partner for item in known})} other partners"
        what = f"imports of {fuel} from {partner}" + ("" if period.is_year else f" in {period}")
        return NoObservationError(what, str(importer), period.year, self.edition, available, self.note)


@attrs.frozen(kw_only=True)
class DependencyRate:
    """A published rate of energy import dependency; below 0 % for a net exporter, above 100 % when stocks are built."""

    place: Place
    fuel: AnyFuel
    year: int
    rate: Rate | None
    flags: str = ""
    source: Source = attrs.field(repr=False)

    @property
    def status(self) -> Status:
        """How firm the figure is, by its flags."""
        return status_of(self.flags)


@attrs.frozen(kw_only=True)
class DependencyRates:
    """Published rates of dependency, looked up by place, year and fuel; a missing one raises `NoObservationError`."""

    edition: str
    items: tuple[DependencyRate, ...] = attrs.field(repr=lambda items: f"<{len(items)} rates>")

    def __attrs_post_init__(self) -> None:
        if len(self._cells) < len(self.items):
            raise UnexpectedValueError("rates of dependency", self.edition, "two figures stand for one cell")

    @functools.cached_property
    def _cells(self) -> Mapping[tuple[Place, int, AnyFuel], DependencyRate]:
        return {(item.place, item.year, item.fuel): item for item in self.items}

    def __iter__(self) -> Iterator[DependencyRate]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def rate(self, place: PlaceLike, year: int, fuel: AnyFuel = Fuel.ALL) -> Rate:
        """Return a published rate, of all fuels unless you name one."""
        where = find_place(place)
        found = self._cells.get((where, checked_year(year), fuel))
        if found is None or found.rate is None:
            years = spans(item.year for item in self.items if (item.place, item.fuel) == (where, fuel) and item.rate)
            raise NoObservationError(
                f"dependency rate of {fuel}", str(where), year, self.edition, f"{where}: {years or 'no year'}"
            )
        return found.rate
