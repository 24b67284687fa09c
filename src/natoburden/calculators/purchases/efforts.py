"""An ally's defence expenditure, its purchases of American energy, and arms notified to Congress, each separately."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from natoburden.calculators._arguments import expect_table, number_of_years, several
from natoburden.calculators._members import ally_of
from natoburden.calculators.findings import Finding, Findings, percent
from natoburden.calculators.purchases.notices import checked_notices, of_notices, uncollected
from natoburden.calculators.purchases.shipments import Shipments, energy, exporter_of
from natoburden.calculators.results import Result
from natoburden.errors import NoObservationError, UnexpectedValueError
from natoburden.model._checks import expect
from natoburden.model._numbers import checked_year
from natoburden.model.countries import Country, CountryLike
from natoburden.model.energy import EnergyFlows, Fuel
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import EntityLike
from natoburden.model.money import CURRENT_PRICES, Money
from natoburden.model.notices import NoticeStanding, SaleNotifications
from natoburden.model.prices import EnergyPrices
from natoburden.model.shares import PercentagePoints, Rate, Share

__all__ = ["BESIDE", "Effort", "effort", "fuel_of", "shipments_of"]

BESIDE = (Share.percent(2), Share.percent("3.5"), Share.percent(5))


@attrs.frozen(kw_only=True)
class Effort(Result):
    """Defence expenditure, American energy and the yearly mean of notified ceilings, each relative to GDP.

    Expenditure, energy and ceilings are different kinds of figure and should not be added. NATO counts only defence
    expenditure, energy is not paid from a defence budget, and ceilings may never be spent. For readers who want a sum
    nevertheless, `with_energy` and `with_all` add the figures in full. Arms that an ally buys are already part of its
    expenditure.
    """

    note = (
        "Three kinds of figure that do not add up: NATO counts only expenditure; energy is the value of exports at the "
        "American port; a ceiling may never be spent, and arms that are bought are in the expenditure already."
    )
    formula = "share = amount / GDP, at current prices; ceilings of the years up to this one, spread evenly over them"

    country: Country
    year: int
    gdp: Money
    expenditure: Money
    energy: Money
    ceilings: Money
    spread_over: int
    beside: tuple[Share, ...]
    shipments: tuple[Shipments, ...] = attrs.field(default=(), repr=False)
    remarks: tuple[str, ...] = ()

    @property
    def expenditure_of_gdp(self) -> Rate:
        """Defence expenditure relative to GDP, at current prices; NATO's own share uses constant prices."""
        return self._of_gdp(self.expenditure)

    @property
    def energy_of_gdp(self) -> Rate:
        """The value of American energy relative to GDP."""
        return self._of_gdp(self.energy)

    @property
    def ceilings_of_gdp(self) -> Rate:
        """The yearly mean of notified ceilings, relative to GDP."""
        return self._of_gdp(self.ceilings)

    @property
    def with_energy(self) -> Rate:
        """Expenditure and energy together, as a share of GDP."""
        return self._of_gdp(self.expenditure + self.energy)

    @property
    def with_all(self) -> Rate:
        """Expenditure, energy and ceilings together, as a share of GDP."""
        return self._of_gdp(self.expenditure + self.energy + self.ceilings)

    def _of_gdp(self, amount: Money) -> Rate:
        return Rate(as_fraction=amount / self.gdp)

    @property
    def headline(self) -> str:
        return f"Expenditure, American energy and notified arms of {self.country}, {self.year}"

    @property
    def findings(self) -> Findings:
        parts = (
            ("expenditure", self.expenditure, self.expenditure_of_gdp),
            ("American energy at the port", self.energy, self.energy_of_gdp),
            (f"notified ceilings, a year of {self.spread_over}", self.ceilings, self.ceilings_of_gdp),
        )
        told = (
            ("expenditure", self.expenditure_of_gdp),
            ("energy too", self.with_energy),
            ("all three", self.with_all),
        )
        return (
            *(
                item
                for label, amount, part in parts
                for item in (Finding(label, amount), Finding(f"{label}, of GDP", part, percent))
            ),
            *(
                Finding(f"to {share}, counting {label}", _missing(share, rate))
                for share in self.beside
                for label, rate in told
            ),
            *(Finding("remark", words) for words in self.remarks),
        )

    @property
    def columns(self) -> dict[str, object]:
        return {
            "expenditure_of_gdp": self.expenditure_of_gdp,
            "energy_of_gdp": self.energy_of_gdp,
            "ceilings_of_gdp": self.ceilings_of_gdp,
            "with_energy_of_gdp": self.with_energy,
            "with_all_of_gdp": self.with_all,
        }


def effort(
    table: ExpenditureTable,
    ally: CountryLike,
    year: int,
    *,
    exports: Iterable[EnergyFlows],
    prices: EnergyPrices,
    notices: SaleNotifications,
    spread_over: int,
    beside: Iterable[Share] = BESIDE,
) -> Effort:
    """Compute an ally's expenditure, American energy and yearly mean of notified ceilings, relative to GDP.

    `exports` are annual tables, one for each fuel to count; without any table, a remark states that energy is not
    counted. Energy counts at its value at the American port. The ceilings of the last `spread_over` years are added and
    divided by the number of these years; sales that were never bought are excluded. `beside` are shares of GDP for
    comparison: 2, 3.5 and 5 % unless you name others.

    Raises `NoObservationError` if the table lacks expenditure or GDP, if exports lack the ally, and for years that the
    record of notices does not cover. If the record of notices covers only part of the last year, a remark states this.

    >>> from natoburden.datasets import defence_expenditure, energy_prices, us_arms_notifications, us_energy_exports
    >>> found = effort(
    ...     defence_expenditure("2026-07"), "Poland", 2025, exports=[us_energy_exports("lng")],
    ...     prices=energy_prices(), notices=us_arms_notifications(), spread_over=5,
    ... )
    >>> for rate in (found.expenditure_of_gdp, found.energy_of_gdp, found.ceilings_of_gdp):
    ...     print(f"{rate.as_percent:.2f} %")
    4.25 %
    0.17 %
    1.34 %
    """
    expect_table(table)
    country, at = ally_of(ally, "purchases.notified"), checked_year(year)
    spread = number_of_years(spread_over)
    given = several(exports, EnergyFlows, "tables of exports", "give several, or one in a list: [exports]")
    spent, gdp = table.expenditure(country, at, CURRENT_PRICES), table.gdp(country, at, CURRENT_PRICES)
    shipments = shipments_of(given, prices, country, at)
    record = checked_notices(notices)
    first, last = dt.date(at - spread + 1, 1, 1), dt.date(at, 12, 31)
    if record.first_day.year > first.year or record.last_day.year < at:
        there = f"{record.first_day} to {record.last_day}"
        raise NoObservationError("notices", str(country), first.year, f"the record collected {record.collected}", there)
    uncollected(record, country, at)
    counted = record.of(country).between(first, last)
    row = of_notices("", counted.select(lambda item: item.standing is not NoticeStanding.NEVER_BOUGHT))
    covered = [
        ("from", record.first_day, record.first_day > first),
        ("only to", record.last_day, record.last_day < last),
    ]
    nothing = spent.value.with_amount(0)
    values = [item.value for item in shipments if item.value is not None]
    return Effort(
        country=country,
        year=at,
        gdp=gdp.value,
        expenditure=spent.value,
        energy=Money.total([nothing, *values]),
        ceilings=row.ceilings / spread,
        spread_over=spread,
        beside=several(beside, Share, "shares of GDP", "give several: [Share.percent(2)]"),
        shipments=shipments,
        remarks=(
            *(() if given else ("no table of exports was given: energy is not counted, which is not zero",)),
            *(f"notices are on record {word} {day}" for word, day, is_partly in covered if is_partly),
        ),
        inputs=(spent, gdp, *(item for found in shipments for item in found.inputs), *row.inputs),
    )


def shipments_of(
    exports: Iterable[EnergyFlows],
    prices: EnergyPrices | None,
    buyer: EntityLike,
    year: int,
    *,
    partial_ok: bool = False,
) -> tuple[Shipments, ...]:
    """Return a year's shipments for each table; raises `UnexpectedValueError` for two tables of the same fuel."""
    expect(prices, EnergyPrices, "prices of energy", "give natoburden.datasets.energy_prices()")
    given = {fuel_of(table): table for table in exports}
    tables = tuple(exports)
    if len(given) < len(tables):
        names = ", ".join(str(fuel_of(table)) for table in tables)
        raise UnexpectedValueError("tables of exports", names, "give one table for each fuel")
    return tuple(energy(table, prices, buyer, year, fuel=fuel, partial_ok=partial_ok) for fuel, table in given.items())


def fuel_of(exports: EnergyFlows) -> Fuel:
    """Return the fuel of a table of exports; raises `UnexpectedValueError` if the table has several fuels."""
    exporter_of(exports)
    fuels = {item.fuel for item in exports}
    found = next(iter(fuels))
    if len(fuels) > 1 or not isinstance(found, Fuel):
        raise UnexpectedValueError("a table of exports", ", ".join(sorted(map(str, fuels))), "give that of one fuel")
    return found


def _missing(share: Share, reached: Rate) -> PercentagePoints:
    return PercentagePoints(share.as_percent - reached.as_percent)
