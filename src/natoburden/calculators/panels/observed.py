"""A panel: the same variables of several allies over several years, with a list of missing figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import ClassVar, Self, TypeAlias

import attrs

from natoburden.calculators._arguments import expect_table, several, several_years
from natoburden.calculators._members import ICELAND, check_covered, group_of
from natoburden.calculators.panels._arguments import two_of
from natoburden.errors import NoObservationError, UnexpectedValueError, UnknownNameError
from natoburden.model._checks import expect
from natoburden.model._figures import spans
from natoburden.model._frames import Cell, Tabular
from natoburden.model._numbers import checked_year
from natoburden.model._vocabulary import nearest
from natoburden.model.countries import Country, CountryLike
from natoburden.model.evidence import Evidence, Given
from natoburden.model.expenditure import ExpenditureTable
from natoburden.model.macro_measures import InternationalDollars, MacroMeasure, MacroUnit
from natoburden.model.macro_tables import MacroFigure, MacroTable
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import Money, PriceBasis
from natoburden.model.shares import Rate, Share
from natoburden.model.sources import Source, distinct

__all__ = ["MissingCell", "Panel", "PanelLike", "as_panel", "panel"]

Place: TypeAlias = tuple[Country, int]
OwnFigures: TypeAlias = (
    Mapping[tuple[str, int], float | int | Decimal] | Mapping[tuple[Country, int], float | int | Decimal]
)
MacroLike: TypeAlias = MacroMeasure | str | tuple[MacroMeasure | str, MacroUnit | str]

_BILLION = Decimal(10) ** 9


@attrs.frozen
class MissingCell:
    """A figure that a panel lacks: its ally, year and variable, and the reason."""

    country: Country
    year: int
    variable: str
    reason: str

    def __str__(self) -> str:
        return f"{self.variable} of {self.country}, {self.year}: {self.reason}"


@attrs.frozen(kw_only=True, eq=False)
class Panel(Tabular):
    """Variables of several allies over several years, as numbers.

    `panel` makes a panel from a table, and `Panel.of` makes a panel from your own figures.

    `cells` are the pairs of ally and year that belong to the panel. `missing` lists the figures that are missing in the
    `cells`. Missing figures are not interpolated or carried forward.

    >>> from natoburden.datasets import defence_expenditure
    >>> from natoburden.calculators.panels import panel
    >>> found = panel(defence_expenditure("2026-07"))
    >>> found
    <Panel 2026-07: 31 allies, 2014-2026, expenditure, gdp, burden>
    >>> found.is_balanced, round(found.value("burden", "Poland", 2025), 4)
    (True, 4.2503)
    """

    is_one_way: ClassVar[bool] = True

    edition: str
    group: Group | None
    cells: tuple[Place, ...] = attrs.field(repr=False)
    values: Mapping[str, Mapping[Place, float]] = attrs.field(repr=False)
    units: Mapping[str, str] = attrs.field(repr=False)
    missing: tuple[MissingCell, ...] = attrs.field(default=(), repr=False)
    inputs: tuple[Evidence, ...] = attrs.field(default=(), repr=False)

    @classmethod
    def of(
        cls,
        name: str,
        variables: Mapping[str, OwnFigures],
        *,
        source: Source,
        units: Mapping[str, str] | None = None,
    ) -> Self:
        """Return a panel of your own figures; for each variable, give figures by ally and year.

        The panel has a cell for each ally and year for which at least one variable has a figure. Raises
        `UnexpectedValueError` for a value that is not a finite number, and for a cell that is given twice under two
        names of a country.

        >>> own = Source(title="A series", publisher="an example")
        >>> Panel.of("mine", {"burden": {("POL", 1990): 2.5, ("DEU", 1990): 2.1}}, source=own)
        <Panel mine: 2 allies, 1990, burden>
        """
        expect(variables, Mapping, "variables", "give figures by ally and year: {'burden': {('POL', 2020): 2.2}}")
        expect(source, Source, "a source", "give Source(title=..., publisher=...)")
        values = {variable: _own(variable, figures) for variable, figures in variables.items()}
        cells = tuple(sorted({place for figures in values.values() for place in figures}))
        if not cells:
            raise UnexpectedValueError(
                "variables of a panel", repr(variables), "there is no figure among them: give one at least"
            )
        return cls(
            edition=name,
            group=None,
            cells=cells,
            values=values,
            units=dict.fromkeys(values, "") | dict(units or {}),
            missing=tuple(
                MissingCell(*place, variable, "it is not given")
                for variable, found in values.items()
                for place in cells
                if place not in found
            ),
            inputs=(Given(name, source),),
        )

    @property
    def countries(self) -> tuple[Country, ...]:
        """The allies that have a cell in the panel."""
        return tuple(sorted({country for country, _ in self.cells}))

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have a cell in the panel, in order."""
        return tuple(sorted({year for _, year in self.cells}))

    @property
    def variables(self) -> tuple[str, ...]:
        """The names of the panel's variables."""
        return tuple(self.values)

    @property
    def is_balanced(self) -> bool:
        """Whether every ally has every variable in every year."""
        return not self.missing and len(self.cells) == len(self.countries) * len(self.years)

    @property
    def sources(self) -> tuple[Source, ...]:
        """The documents behind the figures, each once."""
        return distinct(source for item in self.inputs for source in item.sources)

    @property
    def told(self) -> str:
        """The panel in words: its group, its years and its edition."""
        whose = f"{self.group}, " if self.group else ""
        return f"{whose}{len(self.countries)} allies, {spans(self.years)}, edition {self.edition}"

    def value(self, variable: str, country: CountryLike, year: int) -> float:
        """Return a figure; raises `NoObservationError` if it is missing."""
        where, when = Country.find(country), checked_year(year)
        figures = self.of_variable(variable)
        if (where, when) not in figures:
            there = spans(sorted(at for found, at in figures if found == where)) or "none"
            raise NoObservationError(variable, str(where), when, self.edition, there)
        return figures[where, when]

    def of_variable(self, variable: str) -> Mapping[Place, float]:
        """Return a variable's figures by ally and year; raises `UnknownNameError` for a variable not in the panel."""
        if variable not in self.values:
            raise UnknownNameError(
                "variable of the panel", str(variable), self.variables, nearest(str(variable), self.variables)
            )
        return self.values[variable]

    def only(self, *, years: Iterable[int] | None = None, countries: Iterable[CountryLike] | None = None) -> Self:
        """Return the panel with the given years and allies only.

        >>> from natoburden.datasets import defence_expenditure
        >>> panel(defence_expenditure("2026-07")).only(years=[2014, 2025], countries=["POL", "DEU"])
        <Panel 2026-07: 2 allies, 2014, 2025, expenditure, gdp, burden>
        """
        when = set(several_years(years, self.years))
        hint = "give a list; of a group: Group.find('NATO Europe').members(2025)"
        named = None if countries is None else several(countries, (str, Country), "allies of the panel", hint)
        who = set(self.countries) if named is None else {Country.find(name) for name in named}
        kept = tuple((country, year) for country, year in self.cells if country in who and year in when)
        if not kept:
            hint = f"the panel is of {self.told}: name years and allies that it has"
            raise UnexpectedValueError("a part of the panel", "no cell", hint)
        held = set(kept)
        return attrs.evolve(
            self,
            cells=kept,
            values={
                name: {at: item for at, item in found.items() if at in held} for name, found in self.values.items()
            },
            missing=tuple(item for item in self.missing if (item.country, item.year) in held),
        )

    def to_columns(self) -> dict[str, list[Cell]]:
        """Return a row for each ally and year; a missing figure is None."""
        columns: dict[str, list[Cell]] = {
            "country": [country.alpha_3 for country, _ in self.cells],
            "year": [year for _, year in self.cells],
        }
        return columns | {name: [found.get(place) for place in self.cells] for name, found in self.values.items()}

    @property
    def caption(self) -> tuple[str, ...]:
        """The caption above the rows in HTML: allies, years, units and missing figures."""
        units = ", ".join(f"{name} in {unit}" for name, unit in self.units.items() if unit)
        lines = (self.told, units, f"missing: {len(self.missing)} figures" if self.missing else "")
        return tuple(line for line in lines if line)

    def __repr__(self) -> str:
        held = f"{len(self.countries)} allies, {spans(self.years)}, {', '.join(self.variables)}"
        return f"<Panel {self.edition}: {held}>"


PanelLike: TypeAlias = Panel | ExpenditureTable


def panel(
    table: ExpenditureTable,
    *,
    group: GroupLike = "NATO",
    years: Iterable[int] | None = None,
    basis: PriceBasis | None = None,
    since_joining: bool = False,
    macro: MacroTable | None = None,
    measures: Sequence[MacroLike] = (),
) -> Panel:
    """Return a group's expenditure, GDP and burden by ally and year, and macroeconomic figures if you ask for them.

    `expenditure` and `gdp` are in billions of dollars at the price basis `basis`, by default the edition's constant
    prices. `burden` is expenditure divided by GDP in percent, unrounded. In all years, the allies are the group's
    members of the last year. With `since_joining`, each ally is included only from the year in which it joined, so the
    panel is unbalanced. Iceland is left out, because it has no armed forces.

    `measures` are names of measures in `macro`, such as ``"government_gross_debt"`` or ``"population"``. If a measure
    exists in several units, give it with its unit, such as ``("gdp", "US dollars")``. Shares and rates are in percent,
    persons in millions, and money in billions. Missing figures are listed, and not filled in.

    >>> from natoburden.datasets import defence_expenditure, macro
    >>> table = defence_expenditure("2026-07")
    >>> found = panel(table, macro=macro(), measures=["government_gross_debt"], since_joining=True)
    >>> found.is_balanced, len(found.cells), found.missing
    (False, 375, ())
    >>> found.value("government_gross_debt", "Germany", 2025)
    62.93
    """
    expect_table(table)
    found = group_of(group)
    wanted = several_years(years, table.years)
    check_covered(table, found, *wanted)
    if not wanted:
        raise UnexpectedValueError("years", "none", "give at least one, or leave them out for all")
    prices = table.edition.constant_prices if basis is None else basis
    asked = several(
        measures, (str, MacroMeasure, tuple), "measures", "give a list, even of one: measures=['population']"
    )
    if asked and macro is None:
        raise UnexpectedValueError(
            "measures", ", ".join(map(str, asked)), "give also macro=natoburden.datasets.macro()"
        )
    last = [country for country in found.members(wanted[-1]) if country != ICELAND]
    cells = tuple(
        (country, year)
        for country in sorted(last)
        for year in wanted
        if not since_joining or country in found.members(year)
    )
    if not cells:
        hint = "nobody in it has armed forces, or was a member in these years"
        raise UnexpectedValueError("a group", str(found), hint)
    read = _Reading(table, prices, cells)
    if macro is not None:
        for measure in asked:
            read.add(macro, measure)
    return Panel(
        edition=table.edition.key,
        group=found,
        cells=cells,
        values=read.values,
        units=read.units,
        missing=tuple(read.missing),
        inputs=tuple(read.inputs),
    )


def as_panel(data: PanelLike, group: GroupLike | None, years: Iterable[int] | None) -> Panel:
    """Return the given panel, or a panel that is built from the given table."""
    if isinstance(data, ExpenditureTable):
        return panel(data, group="NATO" if group is None else group, years=years)
    expect(data, Panel, "a panel", "give one, or a table: natoburden.datasets.defence_expenditure()")
    if group is not None:
        found = group_of(group)
        if data.group != found:
            hint = "the panel is there already: build it of the group, or leave the group out"
            raise UnexpectedValueError("a group", str(found), hint)
    return data if years is None else data.only(years=years)


class _Reading:
    """The figures of a panel's cells that have been read."""

    def __init__(self, table: ExpenditureTable, prices: PriceBasis, cells: tuple[Place, ...]) -> None:
        self.cells = cells
        self.values: dict[str, dict[Place, float]] = {"expenditure": {}, "gdp": {}, "burden": {}}
        self.units = {"expenditure": f"billions, {prices}", "gdp": f"billions, {prices}", "burden": "percent of GDP"}
        self.missing: list[MissingCell] = []
        self.inputs: list[Evidence] = []
        for place in cells:
            amounts = []
            for name, look_up in (("expenditure", table.expenditure), ("gdp", table.gdp)):
                try:
                    observation = look_up(*place, prices)
                except NoObservationError as error:
                    self.missing.append(MissingCell(*place, name, str(error)))
                    continue
                self.inputs.append(observation)
                self.values[name][place] = float(observation.value.amount / _BILLION)
                amounts.append(observation.value)
            if len(amounts) == 2:
                self.values["burden"][place] = float(amounts[0].share_of(amounts[1]).as_percent)

    def add(self, macro: MacroTable, asked: MacroLike) -> None:
        """Read one more variable from an outlook."""
        measure, unit = asked if isinstance(asked, tuple) else (asked, None)
        key = measure.value if isinstance(measure, MacroMeasure) else str(measure)
        name = key if key not in ("gdp", "expenditure", "burden") else f"{key}, {unit}"
        found: dict[Place, float] = {}
        for place in self.cells:
            try:
                figure = macro.figure(*place, measure, unit)
            except NoObservationError as error:
                self.missing.append(MissingCell(*place, name, str(error)))
                continue
            self.inputs.append(figure)
            found[place], self.units[name] = _number(figure)
        self.values[name] = found


def _number(figure: MacroFigure[Money | InternationalDollars | Share | Rate | Decimal]) -> tuple[float, str]:
    value = figure.value
    if isinstance(value, Share | Rate):
        return float(value.as_percent), figure.unit.value
    if isinstance(value, Money | InternationalDollars):
        return float(value.amount / _BILLION), f"billions of {figure.unit.value}"
    if figure.unit is MacroUnit.PERSONS:
        return float(value) / 1e6, "millions of persons"
    return float(value), figure.unit.value


def _own(variable: str, figures: OwnFigures) -> dict[Place, float]:
    found: dict[Place, float] = {}
    for place, figure in figures.items():
        who, when = two_of(place, "an ally and a year", "write ('POL', 2020)")
        at = Country.find(who), checked_year(when)
        if not _is_number(figure):
            raise UnexpectedValueError(f"{variable} of {at[0]}, {at[1]}", repr(figure), "leave out what is missing")
        if at in found:
            raise UnexpectedValueError(f"{variable} of {at[0]}, {at[1]}", repr(figure), "the cell is given twice")
        found[at] = float(figure)
    return found


def _is_number(figure: object) -> bool:
    return not isinstance(figure, bool) and isinstance(figure, Real | Decimal) and math.isfinite(figure)
