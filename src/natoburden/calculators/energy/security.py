"""Security of supply: imports relative to available energy, and the gas network without its largest infrastructure."""

from __future__ import annotations

import attrs

from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.results import Result
from natoburden.errors import InvalidNumberError
from natoburden.model._checks import expect
from natoburden.model._fuels import fuel_named
from natoburden.model._numbers import CONTEXT
from natoburden.model.balances import EnergyBalance
from natoburden.model.dependency_rates import DependencyRates
from natoburden.model.energy import TOTAL, AnyFuel, Fuel, FuelLike, Place, PlaceLike, find_place
from natoburden.model.evidence import Given
from natoburden.model.quantities import Energy, GasVolume
from natoburden.model.shares import PercentagePoints, Rate
from natoburden.model.sources import Source

__all__ = [
    "NMinusOne",
    "NetImportDependency",
    "PublishedDependency",
    "dependency_ratio",
    "n_minus_1",
    "net_import_dependency",
    "published_dependency",
]


def dependency_ratio(imports: Energy, exports: Energy, available: Energy) -> Rate:
    """Compute net imports divided by gross available energy, which is Eurostat's definition of import dependency.

    The ratio is below 0 for a net exporter, and can be above 100 % if stocks are built up. Imports, exports and
    available energy must be in one unit and on one calorific basis, either net or gross. Raises `MixedQuantitiesError`
    for mixed units, and `InvalidNumberError` if available energy is zero.

    Source: Eurostat, metadata of the indicator (t2020_rd320), and INSSE, TLL1033.

    >>> from natoburden.model.quantities import EnergyUnit
    >>> terajoules = [Energy(figure, EnergyUnit.TJ) for figure in (900, 100, 1400)]
    >>> dependency_ratio(*terajoules)
    Rate('57.14285714285714285714285714285714 %')
    """
    return Rate(as_fraction=(imports - exports) / available)


def _exactly(rate: Rate) -> str:
    return percent(rate, 3)


@attrs.frozen(kw_only=True)
class NetImportDependency(Result):
    """A place's net imports as a share of its available energy: recomputed, and as published."""

    formula = "100 × (imports − exports) / gross available energy"

    place: Place
    year: int
    fuel: AnyFuel
    rate: Rate
    imports: Energy
    exports: Energy
    available: Energy
    published: Rate | None

    @property
    def difference(self) -> PercentagePoints | None:
        """The recomputed rate minus the published rate; None if no published rates were given."""
        if self.published is None:
            return None
        return PercentagePoints(CONTEXT.subtract(self.rate.as_percent, self.published.as_percent))

    @property
    def headline(self) -> str:
        return f"Import dependency of {self.place} in {self.year}, {self.fuel}"

    @property
    def findings(self) -> Findings:
        published = (Finding("published", self.published, _exactly),) if self.published else ()
        return (Finding("dependency", self.rate, _exactly), *published)


def net_import_dependency(
    balance: EnergyBalance,
    place: PlaceLike,
    year: int,
    *,
    fuel: FuelLike = Fuel.ALL,
    published: DependencyRates | None = None,
) -> NetImportDependency:
    """Compute import dependency from an energy balance (items ``IMP``, ``EXP`` and ``GAE``).

    With `published` rates, the result has the difference from the published rate. Raises `NoObservationError` for a
    figure that the balance lacks, since missing exports are not exports of zero.

    >>> from natoburden.model import BalanceItem, Country, EnergyUnit, Period
    >>> made_up = Source(title="An example", publisher="natoburden")
    >>> items = [
    ...     BalanceItem(place=Country("BEL"), item=item, fuel=Fuel.ALL, period=Period(2024),
    ...                 quantity=Energy(figure, EnergyUnit.KTOE), source=made_up)
    ...     for item, figure in (("IMP", 90000), ("EXP", 40000), ("GAE", 62000))
    ... ]
    >>> result = net_import_dependency(EnergyBalance(edition="example", items=tuple(items)), "Belgium", 2024)
    >>> print(*result.findings)
    dependency: 80.645 %
    """
    where, burnt = find_place(place), fuel_named(fuel)
    figures = [balance.figure(where, item, year, burnt) for item in ("IMP", "EXP", "GAE")]
    imports, exports, available = (figure.quantity for figure in figures if figure.quantity is not None)
    return NetImportDependency(
        place=where,
        year=year,
        fuel=burnt,
        rate=dependency_ratio(imports, exports, available),
        imports=imports,
        exports=exports,
        available=available,
        published=published.rate(where, year, burnt) if published else None,
        inputs=tuple(figures),
    )


@attrs.frozen(kw_only=True)
class PublishedDependency(Result):
    """The share of a fuel that a place gets from a partner, as published by a statistical office."""

    formula = "as published: nothing is recomputed"

    place: Place
    year: int
    fuel: AnyFuel
    partner: Place
    rate: Rate

    @property
    def headline(self) -> str:
        on = "" if self.partner == TOTAL else f" on {self.partner}"
        return f"Published import dependency of {self.place}{on} in {self.year}, {self.fuel}"

    @property
    def findings(self) -> Findings:
        return (Finding("dependency", self.rate, _exactly),)


def published_dependency(
    rates: DependencyRates,
    place: PlaceLike,
    year: int,
    *,
    fuel: FuelLike = Fuel.ALL,
    partner: PlaceLike = TOTAL,
) -> PublishedDependency:
    """Return a published rate of import dependency, on all partners or on one partner, with its source.

    The partner is a country of origin, or a label of the table: ``"THRD"`` is the label of all countries outside the
    Union in Eurostat's nrg_ind_id3cf. A rate on one partner counts imports by origin, and the rate on all partners
    counts net imports. Imports by origin and net imports are two indicators: do not subtract one from the other. Raises
    `NoObservationError` if the rate is missing.

    >>> from natoburden.model import Country, DependencyRate, OtherPlace
    >>> made_up = Source(title="An example", publisher="natoburden")
    >>> rate = DependencyRate(place=Country("BEL"), fuel=Fuel.OIL, year=2024, rate=Rate.percent("71.5"),
    ...     partner=OtherPlace("THRD"), source=made_up)
    >>> rates = DependencyRates(edition="example", items=(rate,))
    >>> print(*published_dependency(rates, "Belgium", 2024, fuel=Fuel.OIL, partner="THRD").findings)
    dependency: 71.500 %
    """
    asked = fuel_named(fuel)
    rate, cell = rates.rate(place, year, asked, partner), rates.cell(place, year, asked, partner)
    return PublishedDependency(
        place=find_place(place),
        year=year,
        fuel=asked,
        partner=find_place(partner),
        rate=rate,
        inputs=() if cell is None else (cell,),
    )


@attrs.frozen(kw_only=True)
class NMinusOne(Result):
    """Whether a gas network without its largest infrastructure can meet the demand of an exceptional day."""

    area: str
    rate: Rate
    remaining: GasVolume
    demand: GasVolume
    largest: GasVolume
    demand_side: GasVolume | None = None

    @property
    def is_met(self) -> bool:
        """Whether the N − 1 standard of 100 % is met; exactly 100 % is enough."""
        return self.rate.as_fraction >= 1

    @property
    def margin(self) -> GasVolume:
        """The remaining capacity minus demand after demand-side measures; negative if capacity is too small."""
        return self.remaining - (self.demand if self.demand_side is None else self.demand - self.demand_side)

    @property
    def headline(self) -> str:
        return f"Gas network of {self.area} without its largest infrastructure (N − 1)"

    @property
    def formula(self) -> str:
        divisor = "Dmax" if self.demand_side is None else "(Dmax − Deff)"
        return f"100 × (EPm + Pm + Sm + LNGm − Im) / {divisor}, per day; at least 100 %"

    @property
    def findings(self) -> Findings:
        return (
            Finding("N − 1", self.rate, _exactly),
            Finding("margin", self.margin, lambda margin: f"{margin} a day"),
            Finding("standard", self.is_met, lambda is_met: "met" if is_met else "not met"),
        )


def n_minus_1(
    area: str,
    *,
    entry_points: GasVolume,
    production: GasVolume,
    storage: GasVolume,
    lng: GasVolume,
    largest: GasVolume,
    demand: GasVolume,
    demand_side: GasVolume | None = None,
    source: Source,
) -> NMinusOne:
    """Compute the N − 1 infrastructure standard for gas of Regulation (EU) 2017/1938.

    All inputs are volumes per day in one unit and on one basis, usually mcm. The first four inputs are the technical
    capacities of border entry points (EPm), production (Pm), storage (Sm) and LNG (LNGm). `largest` is the capacity of
    the single largest infrastructure (Im), which is included in EPm, Pm, Sm or LNGm. `demand` is the demand on a day
    that occurs once in twenty years (Dmax). `demand_side` is the part of the demand that market-based measures can
    remove in time (Deff). With `demand_side`, the divisor is Dmax − Deff. National assessments also use storage at 30 %
    and at 100 % of its filling (Article 7): call this function for each level of storage.

    Raises `InvalidNumberError` for a negative capacity, for a `largest` that exceeds the greatest of the four
    capacities, and for a demand of zero or less. Raises `InvalidNumberError` also for demand-side measures that are
    negative or remove all demand. Raises `MixedQuantitiesError` for mixed units, and `UnexpectedValueError` for
    anything but a volume.

    Source: Regulation (EU) 2017/1938, Annex II. Annex V of the regulation mentions demand-side measures as an option to
    meet the standard. The divisor with demand-side measures was not checked in the text of the regulation.

    >>> from natoburden.model.quantities import GasUnit
    >>> mcm = [GasVolume(figure, GasUnit.MCM) for figure in (200, 50, 60, 40, 70, 260)]
    >>> result = n_minus_1(
    ...     "an example", entry_points=mcm[0], production=mcm[1], storage=mcm[2], lng=mcm[3], largest=mcm[4],
    ...     demand=mcm[5], source=Source(title="An example", publisher="natoburden"),
    ... )
    >>> print(*result.findings, sep="; ")
    N − 1: 107.692 %; margin: 20.00 mcm a day; standard: met
    """
    parts = {"entry points": entry_points, "production": production, "storage": storage, "LNG": lng}
    volumes = parts | {"largest infrastructure": largest, "demand": demand}
    if demand_side is not None:
        volumes["demand-side measures"] = demand_side
    for name, volume in volumes.items():
        expect(volume, GasVolume, name, "write GasVolume(200, GasUnit.MCM)")
    expect(source, Source, "a source", "write Source(title=..., publisher=...)")
    for name, part in (parts | {"largest infrastructure": largest}).items():
        if part.amount < 0:
            raise InvalidNumberError(f"capacity of {name}", str(part), "zero or more")
    if demand.amount <= 0:
        raise InvalidNumberError("demand", str(demand), "more than zero", "without demand there is no ratio to it")
    name, capacity = max(parts.items(), key=lambda item: item[1])
    if largest > capacity:
        valid = f"no more than {capacity}, the capacity of {name}"
        hint = "the largest infrastructure is one item within entry points, production, storage or LNG"
        raise InvalidNumberError("largest infrastructure", str(largest), valid, hint)
    if demand_side is not None and not (demand.with_amount(0) <= demand_side < demand):
        raise InvalidNumberError("demand-side measures", str(demand_side), f"from zero to less than demand, {demand}")
    remaining = GasVolume.total(parts.values()) - largest
    told = parts | {"largest": largest, "demand": demand}
    if demand_side is not None:
        told["demand-side measures"] = demand_side
    given = [f"{name}: {part} a day" for name, part in told.items()]
    return NMinusOne(
        area=area,
        rate=Rate(as_fraction=remaining / (demand if demand_side is None else demand - demand_side)),
        remaining=remaining,
        demand=demand,
        largest=largest,
        demand_side=demand_side,
        inputs=tuple(Given(words, source) for words in given),
    )
