"""Published rates of energy import dependency, on all partners or on a single partner."""

from __future__ import annotations

import functools
from collections.abc import Mapping

import attrs

from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._checks import first_twice
from natoburden.model._figures import spans
from natoburden.model._fuels import fuel_named
from natoburden.model._numbers import checked_year
from natoburden.model.energy import TOTAL, AnyFuel, Fuel, FuelLike, Place, PlaceLike, find_place, status_of
from natoburden.model.evidence import Documented
from natoburden.model.keyed import Records
from natoburden.model.shares import Rate
from natoburden.model.sources import Source, Status

__all__ = ["DependencyRate", "DependencyRates"]


@attrs.frozen(kw_only=True)
class DependencyRate(Documented):
    """A published rate of energy import dependency of a country or aggregate.

    A net exporter has a rate below 0 %. A country that builds up stocks may have a rate above 100 %. `partner` is a
    country of origin, or a label such as ``THRD`` for all countries outside the European Union. For a rate of net
    imports from everywhere, `partner` is `TOTAL`.
    """

    place: Place
    fuel: AnyFuel
    year: int
    rate: Rate | None
    partner: Place = TOTAL
    flags: str = ""
    source: Source = attrs.field(repr=False)

    @property
    def status(self) -> Status:
        """The status of the figure, according to its flags."""
        return status_of(self.flags)

    @property
    def firmness(self) -> Status:
        """Whether the figure is an outcome, an estimate or a projection, according to its flags."""
        return self.status

    def __str__(self) -> str:
        on = "" if self.partner == TOTAL else f" on {self.partner}"
        mark = f" {self.flags}" if self.flags else ""
        told = "missing" if self.rate is None else f"{self.rate.as_percent:f} %"
        return f"dependency{on}, {self.fuel}, {self.place}, {self.year}: {told}{mark}"


@attrs.frozen(kw_only=True)
class DependencyRates(Records[DependencyRate]):
    """Published rates of energy import dependency, which are looked up by place, year, fuel and partner.

    A missing rate raises `NoObservationError`. Rates for single partners do not add up to the rate for all partners.
    Publishers count imports by origin for a single partner, but net imports for all partners.
    """

    edition: str
    items: tuple[DependencyRate, ...] = attrs.field(repr=lambda items: f"<{len(items)} rates>")

    def __attrs_post_init__(self) -> None:
        if len(self._cells) < len(self.items):
            cell = first_twice((item.place, item.year, item.fuel, item.partner) for item in self.items)
            raise UnexpectedValueError(
                "rates of dependency", self.edition, f"two figures stand for one cell: {cell}; keep one"
            )

    @functools.cached_property
    def _cells(self) -> Mapping[tuple[Place, int, AnyFuel, Place], DependencyRate]:
        return {(item.place, item.year, item.fuel, item.partner): item for item in self.items}

    @property
    def partners(self) -> tuple[Place, ...]:
        """The partners with rates, each once; `TOTAL` means all partners together."""
        return tuple(dict.fromkeys(item.partner for item in self.items))

    def rate(self, place: PlaceLike, year: int, fuel: FuelLike = Fuel.ALL, partner: PlaceLike = TOTAL) -> Rate:
        """Return a published rate; it is for all fuels and all partners unless you name a fuel or a partner."""
        found = self.cell(place, year, fuel, partner)
        if found is None or found.rate is None:
            raise self._missing(find_place(place), year, fuel_named(fuel), find_place(partner))
        return found.rate

    def cell(
        self, place: PlaceLike, year: int, fuel: FuelLike = Fuel.ALL, partner: PlaceLike = TOTAL
    ) -> DependencyRate | None:
        """Return one cell of the table, even if it is empty; None if the table has no such cell."""
        return self._cells.get((find_place(place), checked_year(year), fuel_named(fuel), find_place(partner)))

    def _missing(self, place: Place, year: int, fuel: AnyFuel, partner: Place) -> NoObservationError:
        cells = [item for item in self.items if (item.place, item.fuel) == (place, fuel) and item.rate is not None]
        years = spans(item.year for item in cells if item.partner == partner)
        on = "" if partner == TOTAL else f" on {partner}"
        others = sorted({str(item.partner) for item in cells if item.partner != partner})
        hint = f"there are rates on {', '.join(others)}: name the partner" if others else ""
        valid = f"{place}: {years or 'no year'}"
        return NoObservationError(f"dependency rate{on} of {fuel}", str(place), year, self.edition, valid, hint)
