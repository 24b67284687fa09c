"""Flows of energy between places, as published by the statistical offices of importers or exporters."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import TypeAlias

import attrs

from natoburden.errors import MixedReportersError, NoObservationError, UnexpectedValueError
from natoburden.model._checks import exactly, expect, first_twice
from natoburden.model._fuels import AnyFuel, Fuel, FuelLike, OtherFuel, fuel_named
from natoburden.model._terms import Term
from natoburden.model.countries import Country, country_or_none
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
    """A row or column of a source that is not a country of ISO 3166-1: an aggregate, a residual or Kosovo.

    The place keeps the label of its source. For example, ``EU27_2020`` is the European Union since February 2020; the
    Union of 2018 had one more member.
    """

    code: str = attrs.field(validator=exactly(str, "a label"))

    @property
    def key(self) -> str:
        """The label of the place in its source."""
        return self.code

    @property
    def name(self) -> str:
        """The label of the place in its source."""
        return self.code

    def __str__(self) -> str:
        return self.code


Place: TypeAlias = Country | OtherPlace
PlaceLike: TypeAlias = Country | OtherPlace | str

TOTAL = OtherPlace("TOTAL")


def find_place(place: PlaceLike) -> Place:
    """Return the country with a name, or an `OtherPlace` with the given label if no country has the name.

    Raises `UnexpectedValueError` for a group or a list of countries, because these are not one place.

    >>> find_place("EL"), find_place("EU27_2020")
    (Country('GRC'), OtherPlace(code='EU27_2020'))
    """
    if isinstance(place, str):
        return _place_named(place)
    expect(place, Country | OtherPlace, "a place", "one place is asked for: ask of each country, one after the other")
    return place


@functools.cache
def _place_named(place: str) -> Place:
    return country_or_none(place) or OtherPlace(place)


# Eurostat's letters for forecasts, and for estimated or provisional figures; the others do not concern firmness.
_FORECAST, _ESTIMATED = "f", "eisp"


def status_of(flags: str) -> Status:
    """Return the status of a figure according to its flags; each letter is one flag.

    >>> status_of("bep").value, status_of("b").value, status_of("f").value
    ('estimate', 'actual', 'projection')
    """
    if _FORECAST in flags:
        return Status.PROJECTION
    return Status.ESTIMATE if set(flags) & set(_ESTIMATED) else Status.ACTUAL


class ReportedBy(Term):
    """The side that reports a flow; figures of exporters and of importers differ, and are never added together.

    Importers report the quantities that arrived. Exporters report quantities by declared destination, although cargoes
    may be diverted or sold on.
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
    """The published quantity of a fuel that one place imported from a partner in a period.

    If the cell is empty, `quantity` is None, because a missing figure is not zero. `flags` are the publisher's flags,
    unchanged. If the exporter reports a flow, `partner` is the exporter and `importer` is the declared destination.
    Raises `UnexpectedValueError` for a quantity that does not fit the fuel, such as barrels of LNG or tonnes of coal as
    crude oil.
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
        mark = f" {self.flags}" if self.flags else ""
        side = "" if self.reported_by is ReportedBy.IMPORTER else f", as the {self.reported_by} reports"
        told = self.quantity or "missing"
        return f"{self.fuel}, {self.importer} from {self.partner}, {self.period}: {told}{mark}{side}"


@attrs.frozen(kw_only=True)
class FlowOmission:
    """Cells that a table of flows leaves out, with the reason; if several omissions cover a cell, the first applies.

    Without `importers`, the omission covers all countries, but no other places, such as aggregates. `zero` is the
    quantity of a cell for which the table has no row. `zero` is given only if the source states that a missing row
    means no shipment. Raises `UnexpectedValueError` if the amount of `zero` is not zero, or if `zero` has no source.
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
        """Return whether the omission covers a place and, if you give a period, also the period."""
        first, last = self.periods.first, self.periods.last
        is_then = period is None or (period.kind == first.kind and first <= period <= last)
        return is_then and (importer in self.importers if self.importers else isinstance(importer, Country))

    def covers(self, importer: Place, partner: Place, fuel: AnyFuel, period: Period) -> bool:
        """Return whether the omission covers a cell."""
        return (partner, fuel) == (self.partner, self.fuel) and self.concerns(importer, period)


@attrs.frozen(kw_only=True)
class EnergyFlows(Records[EnergyFlow]):
    """Flows by importer, partner, fuel and period; each cell occurs once, and one side reports all flows.

    A missing figure raises `NoObservationError`, because a missing figure is never zero. Raises `MixedReportersError`
    if importers report some flows and exporters report others.
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
        """Return the flows that pass a test; the selection never treats a missing row as zero."""
        known = tuple(omission for omission in self.omissions if omission.zero is None)
        return attrs.evolve(self, items=tuple(filter(keep, self.items)), omissions=known)

    def of(self, importer: PlaceLike, period: Period | int | str | None = None) -> EnergyFlows:
        """Return the flows into one place, in all periods or in one period."""
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
        """Return one cell of the table, even if it is empty; None if the table has no such cell."""
        return self._cells.get((find_place(importer), find_place(partner), fuel_named(fuel), to_period(period)))

    def omission(
        self, importer: PlaceLike, partner: PlaceLike, fuel: FuelLike, period: Period | int | str
    ) -> FlowOmission | None:
        """Return why one cell has no figure; None if the cell has a figure, or if the table gives no reason."""
        asked = find_place(importer), find_place(partner), fuel_named(fuel), to_period(period)
        row = self._cells.get(asked)
        if row is not None and row.quantity is not None:
            return None
        covering = (item for item in self.omissions if item.covers(*asked))
        return next((item for item in covering if row is None or item.zero is None), None)

    def flow(self, importer: PlaceLike, partner: PlaceLike, fuel: FuelLike, period: Period | int | str) -> EnergyFlow:
        """Return one flow with its figure; a missing figure raises `NoObservationError` with the available figures.

        A cell without a row counts as zero only if the table states that a missing row means no shipment.
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
        """Return two tables of flows as one; side and edition must be the same, and no cell may occur in both."""
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
