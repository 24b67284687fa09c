"""A Eurostat table as published, and methods that convert the table to flows, balances, rates and expenditure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model._fuels import find_fuel
from natoburden.model.balances import BalanceItem, EnergyBalance
from natoburden.model.dependency_rates import DependencyRate, DependencyRates
from natoburden.model.energy import TOTAL, EnergyFlow, EnergyFlows, find_place
from natoburden.model.periods import Period
from natoburden.model.quantities import (
    CalorificBasis,
    Energy,
    EnergyQuantity,
    EnergyUnit,
    FuelFamily,
    FuelMass,
    FuelMassUnit,
    GasUnit,
    GasVolume,
)
from natoburden.model.shares import Rate
from natoburden.model.sources import Source

if TYPE_CHECKING:
    from natoburden.model.expenditure import ExpenditureTable

__all__ = ["EurostatCell", "EurostatTable"]

_FACTORS: Final[Mapping[str, tuple[EnergyUnit, CalorificBasis]]] = {
    "TJ_GCV": (EnergyUnit.TJ, CalorificBasis.GROSS),
    "TJ_NCV": (EnergyUnit.TJ, CalorificBasis.NET),
    "TJ": (EnergyUnit.TJ, CalorificBasis.UNSTATED),
    "GWH": (EnergyUnit.GWH, CalorificBasis.UNSTATED),
    "KTOE": (EnergyUnit.KTOE, CalorificBasis.UNSTATED),
}
_VOLUME, _MASS = "MIO_M3", "THS_T"


@attrs.frozen
class EurostatCell:
    """One cell: the codes of its dimensions, its period, its figure, and Eurostat's flags.

    In a cell without a figure, `value` is None: a missing figure is not zero.
    """

    codes: tuple[str, ...]
    period: Period
    value: Decimal | None
    flags: str = ""


@attrs.frozen(kw_only=True)
class EurostatTable:
    """A table read from any form of file; `dimensions` are the names of the dimensions, apart from the time.

    `dataset` is Eurostat's code for the table, or an empty text if the file does not give the code. Cells are in the
    order of the file.
    """

    dataset: str
    dimensions: tuple[str, ...]
    cells: tuple[EurostatCell, ...] = attrs.field(repr=lambda cells: f"<{len(cells)} cells>")
    updated: dt.date | None
    source: Source = attrs.field(repr=False)

    def codes(self, dimension: str) -> tuple[str, ...]:
        """Return the codes of one dimension, in the order of the file."""
        place = self._place(dimension)
        return tuple(dict.fromkeys(cell.codes[place] for cell in self.cells))

    def flows(self, *, unit: str | None = None) -> EnergyFlows:
        """Return flows of energy in one unit, by importer, partner and fuel.

        If the table has several units, each flow is in the table once for each unit: choose one `unit`. Volumes of gas
        have no calorific basis, since Eurostat states none. Figures in thousand tonnes are masses of fuel, not amounts
        of energy. Raises `UnexpectedValueError` if the table lacks the importer, partner or fuel.
        `UnexpectedValueError` is also raised if the table has several units and you choose none, or if the unit does
        not measure energy, gas or mass.
        """
        places = [self._place(name) for name in ("geo", "partner", "siec")]
        items = tuple(
            EnergyFlow(
                importer=find_place(cell.codes[places[0]]),
                partner=find_place(cell.codes[places[1]]),
                fuel=find_fuel(cell.codes[places[2]]),
                period=cell.period,
                quantity=None if cell.value is None else _flow(cell.value, chosen, cell.codes[places[2]]),
                flags=cell.flags,
                source=self.source,
            )
            for chosen, cell in self._of_one_unit(unit)
        )
        return EnergyFlows(edition=self._edition, items=items)

    def balance(self, *, unit: str | None = None) -> EnergyBalance:
        """Return an energy balance in one unit, by country, item and fuel.

        Raises `UnexpectedValueError` if the table lacks countries, items or fuels. `UnexpectedValueError` is also
        raised if the table has several units and you choose none, or if the unit does not measure energy.
        """
        places = [self._place(name) for name in ("geo", "nrg_bal", "siec")]
        items = tuple(
            BalanceItem(
                place=find_place(cell.codes[places[0]]),
                item=cell.codes[places[1]],
                fuel=find_fuel(cell.codes[places[2]]),
                period=cell.period,
                quantity=None if cell.value is None else _energy(cell.value, chosen),
                flags=cell.flags,
                source=self.source,
            )
            for chosen, cell in self._of_one_unit(unit)
        )
        return EnergyBalance(edition=self._edition, items=items)

    def dependency(self) -> DependencyRates:
        """Return rates of import dependency by place and fuel, and by partner if the table has that dimension.

        Raises `UnexpectedValueError` if the table lacks countries, fuels or the unit PC (percentage), or if it has
        figures for parts of a year.
        """
        places = [self._place(name) for name in ("geo", "siec")]
        partner = self._place("partner") if "partner" in self.dimensions else None
        items = []
        for chosen, cell in self._of_one_unit("PC"):
            if not cell.period.is_year:
                raise UnexpectedValueError("a table of dependency", str(cell.period), f"rates in {chosen} are of years")
            items.append(
                DependencyRate(
                    place=find_place(cell.codes[places[0]]),
                    fuel=find_fuel(cell.codes[places[1]]),
                    year=cell.period.year,
                    rate=None if cell.value is None else Rate.percent(cell.value),
                    partner=TOTAL if partner is None else find_place(cell.codes[partner]),
                    flags=cell.flags,
                    source=self.source,
                )
            )
        return DependencyRates(edition=self._edition, items=tuple(items))

    def government_expenditure(
        self, *, function: str = "GF02", sector: str = "S13", item: str = "TE"
    ) -> ExpenditureTable:
        """Return government expenditure on defence as a table of amounts at current prices and shares of GDP.

        The table must be from the dataset ``gov_10a_exp``. `function` is a code of the functions of government (COFOG):
        GF02 for defence, or the code of a group of defence, such as GF0201. `sector` and `item` are codes of the
        national accounts. Amounts are in million euro, and shares are the shares that Eurostat prints. Amounts in
        national currency are left out, since their unit does not state the currency. A figure with the flag p, e or i
        is an estimate. Aggregates, such as the European Union, are left out. The definition is Eurostat's, which
        differs from NATO's. Raises `UnexpectedValueError` for a table from another dataset, for a code that the table
        lacks, and for codes without any figure.
        """
        from natoburden.readers.eurostat._government import expenditure_table

        return expenditure_table(self, {"cofog99": function, "sector": sector, "na_item": item})

    @property
    def _edition(self) -> str:
        return f"{self.dataset or self.source.locator}, {self.updated or 'undated'}"

    def _place(self, dimension: str) -> int:
        if dimension not in self.dimensions:
            hint = f"the table has {', '.join(self.dimensions)}"
            raise UnexpectedValueError("a dimension", repr(dimension), hint)
        return self.dimensions.index(dimension)

    def _of_one_unit(self, unit: str | None) -> list[tuple[str, EurostatCell]]:
        """Return the cells in one unit, each as a pair of unit and cell."""
        units = self.codes("unit")
        if unit is None and len(units) > 1:
            hint = "the same figures stand in each: name the one to take, unit=..."
            raise UnexpectedValueError("a unit", ", ".join(units), hint)
        wanted = units[0] if unit is None else unit
        if wanted not in units:
            raise UnexpectedValueError("a unit", repr(wanted), f"the table has {', '.join(units)}")
        place = self._place("unit")
        return [(wanted, cell) for cell in self.cells if cell.codes[place] == wanted]


def _energy(value: Decimal, unit: str) -> Energy:
    if unit not in _FACTORS:
        raise UnexpectedValueError("a unit of energy", repr(unit), f"valid: {', '.join(_FACTORS)}")
    return Energy(value, *_FACTORS[unit])


def _flow(value: Decimal, unit: str, siec: str) -> EnergyQuantity:
    if unit == _VOLUME:
        return GasVolume(value, GasUnit.MCM)
    if unit == _MASS:
        return FuelMass(value, FuelMassUnit.KT, FuelFamily.of_code(siec))
    if unit not in _FACTORS:
        raise UnexpectedValueError("a unit of flows", repr(unit), f"valid: {', '.join((*_FACTORS, _VOLUME, _MASS))}")
    return _energy(value, unit)
