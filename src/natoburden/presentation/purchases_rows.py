"""Rows of the page of purchases: the notices, energy and expenditure of a year."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar

import attrs

from natoburden.calculators.purchases import Notified, Shipments, energy
from natoburden.calculators.targets import aggregate_share
from natoburden.errors import NoObservationError
from natoburden.model.energy import EnergyFlows, Fuel
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.memberships import Entity, Group
from natoburden.model.money import CURRENT_PRICES, Money
from natoburden.model.notices import Buyer, SaleNotification
from natoburden.model.prices import EnergyPrices
from natoburden.model.shares import Rate
from natoburden.model.spending_commitments import Target
from natoburden.presentation.brief_page import BriefRow, ally_row, group_row

__all__ = ["FUELS", "KEYS", "PurchasesRow", "found", "members_without", "row_of_year", "shipped_to"]

T = TypeVar("T")

FUELS = (Fuel.LNG, Fuel.CRUDE, Fuel.DISTILLATE)
KEYS = {Fuel.LNG: "lng", Fuel.CRUDE: "crude", Fuel.DISTILLATE: "distillate"}


@attrs.frozen(kw_only=True)
class PurchasesRow:
    """The row of one year, quarter, area or buyer; a figure that no table has is None, which is not zero."""

    label: str
    notices: Notified | None
    shipments: tuple[Shipments | None, ...] = ()
    spending: BriefRow | None = None
    gdp: Money | None = None

    def shipped(self, fuel: Fuel) -> Shipments | None:
        """Return the shipments of a fuel; None if no table has a figure."""
        return next((item for item in self.shipments if item is not None and item.fuel is fuel), None)

    def value_of(self, *fuels: Fuel) -> Money | None:
        """Return the total value of fuels at the American port; None if the value of a fuel is missing."""
        values = [item.value for fuel in fuels if (item := self.shipped(fuel)) is not None and item.value is not None]
        return Money.total(values) if len(values) == len(fuels) else None

    def volume_of(self, *fuels: Fuel) -> Decimal | None:
        """Return the volume of oils in thousand barrels, or of LNG in million cubic feet; None if a fuel is missing."""
        volumes = [item.quantity.amount for fuel in fuels if (item := self.shipped(fuel)) is not None]
        return sum(volumes, Decimal(0)) if len(volumes) == len(fuels) else None

    def is_at_least(self, *fuels: Fuel) -> bool:
        """Return whether the sums of fuels leave out members of a group because these members have no figure."""
        return any(item.missing for fuel in fuels if (item := self.shipped(fuel)) is not None)

    @property
    def count(self) -> int | None:
        """The number of notices; None for a year that the record does not cover."""
        return None if self.notices is None else self.notices.count

    @property
    def ceilings_of_gdp(self) -> Rate | None:
        """The notified ceilings as a share of GDP; zero for a recorded year without a notice."""
        if self.notices is None:
            return None
        if self.notices.count or self.gdp is None:
            return self.notices.of_gdp
        return Rate(as_fraction=self.notices.ceilings / self.gdp)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the notices."""
        return tuple(item.key for item in self._notices)

    @property
    def buyer(self) -> Buyer | None:
        """The buyer of the row's first notice; on a page by buyer, all notices of a row have this buyer."""
        return next((item.buyer for item in self._notices), None)

    @property
    def _notices(self) -> tuple[SaleNotification, ...]:
        inputs = () if self.notices is None else self.notices.inputs
        return tuple(item for item in inputs if isinstance(item, SaleNotification))

    @property
    def without_figure(self) -> str:
        """One line of text that lists, for each fuel, the members without a figure."""
        found = (f"{KEYS[fuel]}: {', '.join(members_without(item))}" for fuel in FUELS if (item := self.shipped(fuel)))
        return "; ".join(line for line in found if not line.endswith(": "))

    @property
    def energy_of_gdp(self) -> Rate | None:
        """The value of all fuels as a share of GDP."""
        value = self.value_of(*FUELS)
        return None if value is None or self.gdp is None else Rate(as_fraction=value / self.gdp)


def members_without(item: Shipments) -> tuple[str, ...]:
    """Return the names of the members without a figure, each once."""
    return tuple(dict.fromkeys(name.rpartition(", ")[0] for name in item.missing))


def shipped_to(
    exports: Mapping[Fuel, EnergyFlows], prices: EnergyPrices, whose: Entity, year: int, fuel: Fuel
) -> Shipments | None:
    """Return a year's shipments of a fuel to an ally or group; None if no figure is published.

    For a group, members without a figure are left out.
    """
    return found(lambda: energy(exports[fuel], prices, whose, year, fuel=fuel, partial_ok=True))


def row_of_year(
    table: ExpenditureTable,
    whose: Entity,
    year: int,
    notices: Notified | None,
    exports: Mapping[Fuel, EnergyFlows],
    prices: EnergyPrices,
    target: Target,
) -> PurchasesRow:
    """Return the row of a year, with its notices, energy, expenditure and GDP."""

    def spending() -> BriefRow:
        return (
            group_row(table, whose, year, (target,))
            if isinstance(whose, Group)
            else ally_row(table, whose, year, (target,))
        )

    def gdp() -> Money:
        if isinstance(whose, Group):
            return aggregate_share(table, whose, year, basis=CURRENT_PRICES).gdp
        return table.gdp(whose, year, CURRENT_PRICES).value

    return PurchasesRow(
        label=str(year),
        notices=notices,
        shipments=tuple(shipped_to(exports, prices, whose, year, fuel) for fuel in FUELS),
        spending=spending() if year in table.years else None,
        gdp=found(gdp),
    )


def found(look_up: Callable[[], T]) -> T | None:
    """Return a figure, or None if no table has it."""
    try:
        return look_up()
    except NoObservationError:
        return None
