"""Flows of energy between places, as statistical offices of importers or exporters print them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TypeAlias

import attrs

from natoburden.errors import MixedReportersError, NoObservationError, UnexpectedValueError, UnknownCountryError
from natoburden.model._checks import exactly, expect, first_twice
from natoburden.model._fuels import AnyFuel, Fuel, FuelLike, OtherFuel, fuel_named
from natoburden.model._terms import Term
from natoburden.model.countries import Country
from natoburden.model.evidence import Documented
from natoburden.model.keyed import Records
from natoburden.model.periods import Period, PeriodRun, in_runs, to_period
from natoburden.model.quantities import Energy, EnergyQuantity, FuelFamily, FuelMass, GasVolume, LngMass, OilVolume
from natoburden.model.sources import Source, Status, distinct

__all__ = [
    "TOTAL",
    "AnyFuel",
    "EnergyFlow",
    "EnergyFlows",
    "FlowOmission",
    "Fuel",
    "FuelLike",
    "OtherFuel",
    "OtherPlace",
    "Place",
    "PlaceLike",
    "ReportedBy",
]


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


def find_place(place: PlaceLike) -> Place:
    """Return a country by any of its names, or else the label of the source as it is.

    Raises `UnexpectedValueError` for a group or a list of countries, which is no one place.

    >>> find_place("EL"), find_place("EU27_2020")
    (Country('GRC'), OtherPlace(code='EU27_2020'))
    """
    if isinstance(place, str):
        return _place_named(place)
    expect(place, Country | OtherPlace, "a place", "one place is asked for: ask of each country, one after the other")
    return place


@functools.cache
def _place_named(place: str) -> Place:
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


class ReportedBy(Term):
    """Which side reports a flow: an exporter's figures differ from an importer's, and never add to them.

    An importer tells what arrived, an exporter what left for a declared destination; cargoes are diverted and sold on.
    """

    IMPORTER = "importer"
    EXPORTER = "exporter"


_GAS, _OIL = (Energy, GasVolume), (Energy, OilVolume, FuelMass)
_FITTING: Mapping[AnyFuel, tuple[type, ...]] = {
    Fuel.GAS: _GAS,
    Fuel.LNG: (*_GAS, LngMass),
    Fuel.PIPELINE_GAS: _GAS,
    Fuel.OIL: _OIL,
    Fuel.CRUDE: _OIL,
    Fuel.DISTILLATE: _OIL,
    Fuel.SOLID: (Energy, FuelMass),
    Fuel.ALL: (Energy,),
}
_ANY = (Energy, GasVolume, LngMass, OilVolume, FuelMass)


@attrs.frozen(kw_only=True)
class EnergyFlow(Documented):
    """What one place imported of a fuel from a partner in a period, as published.

    A cell without a figure has no `quantity`: missing is not zero. `flags` are the publisher's, unchanged. A flow that
    the exporter reports has the exporter as its partner, and the declared destination as its importer. Raises
    `UnexpectedValueError` for a quantity that does not fit the fuel, such as barrels of LNG or tonnes of
    coal as crude oil.
    """

    importer: Place
    partner: Place
    fuel: AnyFuel = attrs.field(converter=fuel_named)
    period: Period
    quantity: EnergyQuantity | None = attrs.field()
    flags: str = ""
    reported_by: ReportedBy = attrs.field(
        default=ReportedBy.IMPORTER, validator=exactly(ReportedBy, "the side that reports")
    )
    source: Source = attrs.field(repr=False)

    @quantity.validator
    def _fits(self, _attribute: object, value: EnergyQuantity | None) -> None:
        fitting = _FITTING.get(self.fuel, _ANY)
        if value is not None and type(value) not in fitting:
            names = " or ".join(kind.__name__ for kind in fitting)
            raise UnexpectedValueError(f"a quantity of {self.fuel}", str(value), f"give it as {names}")
        family = FuelFamily.of_code(self.fuel.value)
        if isinstance(value, FuelMass) and value.family is not family:
            raise UnexpectedValueError(f"a mass of {self.fuel}", str(value), f"give it as a mass of {family}")

    @property
    def firmness(self) -> Status:
        """Whether it is an outcome or an estimate, as its flag says."""
        return self.status

    @property
    def working(self) -> str:
        """The figure with its status."""
        return f"{self} ({self.status})"

    @property
    def status(self) -> Status:
        """The status of the figure, by its flags."""
        return status_of(self.flags)

    def __str__(self) -> str:
        mark = f" {self.flags}" if self.flags else ""
        side = "" if self.reported_by is ReportedBy.IMPORTER else f", as the {self.reported_by} reports"
        told = self.quantity or "missing"
        return f"{self.fuel}, {self.importer} from {self.partner}, {self.period}: {told}{mark}{side}"


@attrs.frozen(kw_only=True)
class FlowOmission:
    """Cells that a table of flows leaves out, why, and what there is instead; the first that covers a cell counts.

    It covers all countries where no `importers` are named, but not a total. `zero` is given only where the source says
    that a cell without a row means that nothing was sent: then the cell is that quantity. Raises
    `UnexpectedValueError` for a `zero` that is none, or that has no source.
    """

    partner: Place
    fuel: AnyFuel
    periods: PeriodRun
    importers: tuple[Place, ...] = attrs.field(default=(), repr=False)
    reason: str
    instead: str = ""
    zero: EnergyQuantity | None = None
    source: Source | None = attrs.field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        if self.zero is not None and (self.zero.amount or self.source is None):
            raise UnexpectedValueError("nothing sent", str(self.zero), "give zero in its unit, and the source")

    def concerns(self, importer: Place, period: Period | None = None) -> bool:
        """Return whether the omission covers a place, in a period if you name it."""
        first, last = self.periods.first, self.periods.last
        is_then = period is None or (period.kind == first.kind and first <= period <= last)
        return is_then and (importer in self.importers if self.importers else isinstance(importer, Country))

    def covers(self, importer: Place, partner: Place, fuel: AnyFuel, period: Period) -> bool:
        """Return whether the omission covers a cell."""
        return (partner, fuel) == (self.partner, self.fuel) and self.concerns(importer, period)


@attrs.frozen(kw_only=True)
class EnergyFlows(Records[EnergyFlow]):
    """Flows by importer, partner, fuel and period; each cell appears once, and one side reports all of them.

    A figure that is missing raises `NoObservationError`: missing is never zero. Raises `MixedReportersError` for flows
    that importers and exporters report.
    """

    edition: str
    items: tuple[EnergyFlow, ...] = attrs.field(repr=lambda items: f"<{len(items)} flows>")
    omissions: tuple[FlowOmission, ...] = attrs.field(default=(), repr=False)
    note: str = attrs.field(default="", repr=False)

    def __attrs_post_init__(self) -> None:
        sides = {item.reported_by: item for item in self.items}
        if len(sides) > 1:
            raise MixedReportersError(*map(str, sides.values()))
        if len(self._cells) < len(self.items):
            cell = first_twice((item.importer, item.partner, item.fuel, item.period) for item in self.items)
            raise UnexpectedValueError(
                "flows of energy", self.edition, f"two figures stand for one cell: {cell}; keep one"
            )

    @functools.cached_property
    def _cells(self) -> Mapping[tuple[Place, Place, AnyFuel, Period], EnergyFlow]:
        return {(item.importer, item.partner, item.fuel, item.period): item for item in self.items}

    @property
    def reported_by(self) -> ReportedBy | None:
        """The side that reports the flows; None for an empty table."""
        return self.items[0].reported_by if self.items else None

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents that the figures come from, each once."""
        return distinct(item.source for item in self.items)

    def select(self, keep: Callable[[EnergyFlow], bool]) -> EnergyFlows:
        """Return the flows that a test holds for; in a selection a cell without a row is nowhere known to be zero."""
        known = tuple(omission for omission in self.omissions if omission.zero is None)
        return attrs.evolve(self, items=tuple(filter(keep, self.items)), omissions=known)

    def of(self, importer: PlaceLike, period: Period | int | str | None = None) -> EnergyFlows:
        """Return the flows into one place, in one period if you name it."""
        where, when = find_place(importer), None if period is None else to_period(period)
        omissions = (
            attrs.evolve(item, importers=(where,), periods=item.periods if when is None else PeriodRun(when, when))
            for item in self.omissions
            if item.concerns(where, when)
        )
        chosen = self.select(lambda item: item.importer == where and when in (None, item.period))
        return attrs.evolve(chosen, omissions=tuple(omissions))

    def cell(
        self, importer: PlaceLike, partner: PlaceLike, fuel: FuelLike, period: Period | int | str
    ) -> EnergyFlow | None:
        """Return one cell, which may hold no figure; None if the table has no such cell."""
        return self._cells.get((find_place(importer), find_place(partner), fuel_named(fuel), to_period(period)))

    def omission(
        self, importer: PlaceLike, partner: PlaceLike, fuel: FuelLike, period: Period | int | str
    ) -> FlowOmission | None:
        """Return why one cell has no figure, as far as the table says; None if it says nothing, or has a figure."""
        asked = find_place(importer), find_place(partner), fuel_named(fuel), to_period(period)
        row = self._cells.get(asked)
        if row is not None and row.quantity is not None:
            return None
        covering = (item for item in self.omissions if item.covers(*asked))
        return next((item for item in covering if row is None or item.zero is None), None)

    def flow(self, importer: PlaceLike, partner: PlaceLike, fuel: FuelLike, period: Period | int | str) -> EnergyFlow:
        """Return one flow with its figure; raises `NoObservationError`, which lists what there is, if it has none.

        A cell without a row is zero only where the table says that no row means that nothing was sent.
        """
        found = self.cell(importer, partner, fuel, period)
        if found is not None and found.quantity is not None:
            return found
        where, whence, when = find_place(importer), find_place(partner), to_period(period)
        burnt = fuel_named(fuel)
        omission = self.omission(where, whence, burnt, when)
        if omission is not None and omission.zero is not None and omission.source is not None:
            side = self.reported_by or ReportedBy.IMPORTER
            return EnergyFlow(
                importer=where,
                partner=whence,
                fuel=burnt,
                period=when,
                quantity=omission.zero,
                reported_by=side,
                source=attrs.evolve(omission.source, note=omission.reason),
            )
        raise self._missing(where, whence, burnt, when, omission)

    def merged(self, other: EnergyFlows) -> EnergyFlows:
        """Return two sets of flows as one; they must be of one side and edition, and have no cell in common."""
        if self.items and other.items and other.reported_by is not self.reported_by:
            raise MixedReportersError(*(f"{table.edition} ({table.reported_by})" for table in (self, other)))
        if other.edition != self.edition:
            editions = f"{self.edition} and {other.edition}"
            raise UnexpectedValueError("flows to merge", editions, "editions differ by revision: take both from one")
        omissions = tuple(dict.fromkeys((*self.omissions, *other.omissions)))
        return attrs.evolve(self, items=self.items + other.items, omissions=omissions)

    def _missing(
        self, importer: Place, partner: Place, fuel: AnyFuel, period: Period, omission: FlowOmission | None
    ) -> NoObservationError:
        known = [item for item in self.items if (item.importer, item.fuel) == (importer, fuel) and item.quantity]
        others = len({item.partner for item in known})
        of_partner = [item.period for item in known if item.partner == partner]
        alike = [item for item in of_partner if item.kind == period.kind] or of_partner
        periods = f"{partner}: {in_runs(alike)}" if alike else f"{others} other partners" if others else ""
        month = "" if period.is_year else f" in {period}"
        what = f"{fuel} from {partner}{month} among the imports"
        if self.reported_by is ReportedBy.EXPORTER:
            what = f"exports of {fuel} from {partner}{month} with the destination"
        there = "; ".join(filter(None, (periods, omission.instead if omission else "")))
        reason = omission.reason if omission else self.note
        return NoObservationError(what, str(importer), period.year, self.edition, there, reason)
