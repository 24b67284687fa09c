"""Published energy balances: production, imports, exports and available energy, by place, fuel and period."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping

import attrs

from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._checks import first_twice
from natoburden.model._figures import spans
from natoburden.model._fuels import fuel_named
from natoburden.model.energy import AnyFuel, Fuel, FuelLike, Place, PlaceLike, find_place, status_of
from natoburden.model.evidence import Documented
from natoburden.model.periods import Period
from natoburden.model.quantities import Energy
from natoburden.model.sources import Source, Status

__all__ = ["BalanceItem", "EnergyBalance"]


@attrs.frozen(kw_only=True)
class BalanceItem(Documented):
    """One figure of a balance; `item` is the publisher's code, such as ``IMP``, ``EXP`` or ``GAE``.

    If the cell is empty, `quantity` is None, because a missing figure is not zero. `flags` are the publisher's flags,
    unchanged.
    """

    place: Place
    item: str
    fuel: AnyFuel
    period: Period
    quantity: Energy | None
    flags: str = ""
    source: Source = attrs.field(repr=False)

    @property
    def firmness(self) -> Status:
        """Whether the figure is an outcome, an estimate or a projection, according to its flags."""
        return self.status

    @property
    def working(self) -> str:
        """The figure with its status."""
        return f"{self} ({self.status})"

    @property
    def status(self) -> Status:
        """The status of the figure, according to its flags."""
        return status_of(self.flags)

    def __str__(self) -> str:
        return f"{self.item} of {self.fuel}, {self.place}, {self.period}: {self.quantity or 'missing'}"


@attrs.frozen(kw_only=True)
class EnergyBalance:
    """The figures of an energy balance; looking up a missing figure raises `NoObservationError`."""

    edition: str
    items: tuple[BalanceItem, ...] = attrs.field(repr=lambda items: f"<{len(items)} figures>")

    def __attrs_post_init__(self) -> None:
        if len(self._cells) < len(self.items):
            cell = first_twice((each.place, each.item, each.fuel, each.period) for each in self.items)
            raise UnexpectedValueError(
                "an energy balance", self.edition, f"two figures stand for one cell: {cell}; keep one"
            )

    @functools.cached_property
    def _cells(self) -> Mapping[tuple[Place, str, AnyFuel, Period], BalanceItem]:
        return {(each.place, each.item, each.fuel, each.period): each for each in self.items}

    def __iter__(self) -> Iterator[BalanceItem]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def figure(self, place: PlaceLike, item: str, year: int, fuel: FuelLike = Fuel.ALL) -> BalanceItem:
        """Return one figure of a year; it covers all fuels unless you name a fuel."""
        where, burnt = find_place(place), fuel_named(fuel)
        found = self._cells.get((where, item, burnt, Period(year)))
        if found is None or found.quantity is None:
            rows = [each for each in self.items if (each.place, each.item, each.fuel) == (where, item, burnt)]
            years = spans(each.period.year for each in rows if each.quantity)
            known = ", ".join(sorted({each.item for each in self.items}))
            available = f"{where}: {years}" if years else f"the balance holds {known}"
            raise NoObservationError(f"{item} of {burnt}", str(where), year, self.edition, available)
        return found
