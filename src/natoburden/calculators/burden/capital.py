"""How capital-intensive forces are: equipment for each soldier, and capital compared with pay."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar

import attrs

from natoburden.calculators._arguments import in_currency
from natoburden.calculators._members import group_of, spenders
from natoburden.calculators.burden._results import BurdenResult
from natoburden.calculators.burden.rounding import Bounds, Ends, as_printed, total_of
from natoburden.calculators.findings import Finding, Findings, places
from natoburden.calculators.results import Summary
from natoburden.errors import UnexpectedValueError
from natoburden.model._numbers import CONTEXT, add_up, divide, multiply
from natoburden.model.countries import Country
from natoburden.model.expenditure import ExpenditureTable, Measure
from natoburden.model.memberships import Group, GroupLike
from natoburden.model.money import Currency, Money, PriceBasis

if TYPE_CHECKING:
    from natoburden.model.exchange import Rates

__all__ = ["CapitalIntensity", "GroupCapitalIntensity", "capital_intensity"]

_PARTS = (Measure.EQUIPMENT_SHARE, Measure.INFRASTRUCTURE_SHARE, Measure.PERSONNEL_SHARE)
_FORMULA = (
    "per soldier = equipment / military personnel; equipment to personnel = equipment / personnel expenditure; "
    "capital to personnel = (equipment + infrastructure) / personnel expenditure"
)


@attrs.frozen(kw_only=True)
class CapitalIntensity(BurdenResult):
    """What one ally spends on equipment for each soldier, and on capital for each unit of personnel expenditure.

    The ratios are computed from figures that NATO rounds. Each ratio has an attribute `..._within` with the interval
    that follows from NATO's rounding.
    """

    note: ClassVar[str] = (
        "Derived, not printed. Personnel expenditure includes civilians and pensions; soldiers are military alone."
    )
    formula: ClassVar[str] = (
        f"{_FORMULA}; the ratios are of printed shares; within: half a unit of the last printed place of each"
    )
    in_units: ClassVar[tuple[str, ...]] = ("equipment_per_soldier",)

    country: Country
    equipment_per_soldier: Money
    equipment_per_soldier_within: Bounds[Money]
    equipment_to_personnel: Decimal
    equipment_to_personnel_within: Bounds[Decimal]
    capital_to_personnel: Decimal
    capital_to_personnel_within: Bounds[Decimal]

    @property
    def headline(self) -> str:
        return f"Capital intensity of {self.country}, {self._where}"

    @property
    def findings(self) -> Findings:
        return _findings(self)

    @property
    def columns(self) -> dict[str, object]:
        ratios = ("equipment_to_personnel", "capital_to_personnel")
        within = {name: getattr(self, f"{name}_within") for name in ratios}
        return {f"{name}_{end}": getattr(bounds, end) for name, bounds in within.items() for end in ("low", "high")}


@attrs.frozen(kw_only=True)
class GroupCapitalIntensity(Summary[CapitalIntensity]):
    """What a group spends on equipment for each soldier, and on capital for each unit of pay, as ratios of sums."""

    note: ClassVar[str] = CapitalIntensity.note
    formula: ClassVar[str] = (
        f"{_FORMULA}; each a sum over the group's members of that year; within: all members at the same end"
    )

    edition: str
    year: int
    group: Group
    basis: PriceBasis
    equipment_per_soldier: Money
    equipment_per_soldier_within: Bounds[Money]
    equipment_to_personnel: Decimal
    equipment_to_personnel_within: Bounds[Decimal]
    capital_to_personnel: Decimal
    capital_to_personnel_within: Bounds[Decimal]

    @property
    def headline(self) -> str:
        return f"Capital intensity, {self.group}, {self.year}, edition {self.edition}, at {self.basis}"

    @property
    def findings(self) -> Findings:
        return _findings(self)


def _findings(told: CapitalIntensity | GroupCapitalIntensity) -> Findings:
    return (
        Finding("equipment per soldier", told.equipment_per_soldier),
        Finding("per soldier lies within", told.equipment_per_soldier_within),
        Finding("equipment to personnel", told.equipment_to_personnel, places(4)),
        Finding("equipment to personnel lies within", told.equipment_to_personnel_within),
        Finding("capital to personnel", told.capital_to_personnel, places(4)),
        Finding("capital to personnel lies within", told.capital_to_personnel_within),
    )


def capital_intensity(
    table: ExpenditureTable,
    year: int,
    *,
    group: GroupLike = "NATO",
    basis: PriceBasis | None = None,
    currency: Currency | str | None = None,
    rates: Rates | None = None,
) -> GroupCapitalIntensity:
    """Compute equipment for each soldier and capital for each unit of pay, for a group and each of its members.

    Capital is equipment and infrastructure. Pay is personnel expenditure, including civilians and pensions. A group's
    figures are ratios of sums. Each figure is derived, and has an interval that follows from the rounding of the
    printed figures. Prices are the edition's constant prices unless you give another `basis`.

    Raises `NoObservationError` if a member's figure is missing. Raises `UnexpectedValueError` if the edition prints
    zero soldiers or zero personnel expenditure for a member.

    With `currency`, such as ``"EUR"``, all amounts are converted at the European Central Bank's average rate of the
    year, or at your `rates`. Amounts at constant prices are converted at the average rate of their base year. The
    explanation of each result lists the exchange rates.

    >>> from natoburden.datasets import defence_expenditure
    >>> found = capital_intensity(defence_expenditure("2026-07"), 2025)
    >>> for ally in ("POL", "ITA"):
    ...     print(found[ally].equipment_per_soldier, f"{found[ally].equipment_to_personnel:.2f}")
    USD 70,431.97 (constant 2021 prices) 1.71
    USD 65,282.07 (constant 2021 prices) 0.40
    >>> print(found.equipment_per_soldier, f"{found.equipment_to_personnel:.2f}", found.capital_to_personnel_within)
    USD 126,343.48 (constant 2021 prices) 0.99 1.0656 to 1.0667
    """
    given = in_currency(table, currency, rates)
    members = spenders(table, group_of(group), year)
    prices = table.edition.constant_prices if basis is None else basis
    forces = [_force(table, given, country, year, prices) for country in members]
    equipment, capital, pay = (
        total_of(getattr(force, name) for force in forces) for name in ("equipment_ends", "capital_ends", "pay_ends")
    )
    soldiers = total_of(force.soldiers_ends for force in forces)
    spent = Money.total(force.equipment for force in forces)
    paid = add_up(force.pay for force in forces)
    number = add_up(force.soldiers for force in forces)
    return GroupCapitalIntensity(
        edition=table.edition.key,
        year=year,
        group=group_of(group),
        basis=prices,
        equipment_per_soldier=spent / number,
        equipment_per_soldier_within=equipment.over(soldiers).money(spent),
        equipment_to_personnel=divide(spent.amount, paid),
        equipment_to_personnel_within=Bounds(*equipment.over(pay)),
        capital_to_personnel=divide(add_up(force.capital for force in forces), paid),
        capital_to_personnel_within=Bounds(*capital.over(pay)),
        rows=tuple(force.row for force in forces),
    )


@attrs.frozen(kw_only=True)
class _Force:
    """One member's amounts and number of soldiers, each with its rounding interval, and the member's row."""

    equipment: Money
    capital: Decimal
    pay: Decimal
    soldiers: Decimal
    equipment_ends: Ends
    capital_ends: Ends
    pay_ends: Ends
    soldiers_ends: Ends
    row: CapitalIntensity


def _force(table: ExpenditureTable, given: ExpenditureTable, country: Country, year: int, prices: PriceBasis) -> _Force:
    observed = [table.category_share(category, country, year) for category in _PARTS]
    of_equipment, of_infrastructure, of_pay = (item.value.as_fraction for item in observed)
    equipment_part, infrastructure_part, pay_part = (as_printed(item.value) for item in observed)
    people = table.military_personnel(country, year)
    soldiers = as_printed(people.value)
    for what, ends in (("military personnel", soldiers), ("personnel expenditure", pay_part)):
        if ends.low <= 0:
            hint = "nothing can be divided by it: leave the ally out of the group"
            raise UnexpectedValueError(f"{what} of {country}", "zero, or too small for its rounding", hint)
    spent, printed = given.expenditure(country, year, prices), table.expenditure(country, year, prices)
    ends = as_printed(printed.value).scaled(divide(spent.value.amount, printed.value.amount))
    equipment, capital_part = spent.value * observed[0].value, total_of((equipment_part, infrastructure_part))
    of_capital = CONTEXT.add(of_equipment, of_infrastructure)
    equipment_ends = ends.times(equipment_part)
    return _Force(
        equipment=equipment,
        capital=multiply(spent.value.amount, of_capital),
        pay=multiply(spent.value.amount, of_pay),
        soldiers=people.value,
        equipment_ends=equipment_ends,
        capital_ends=ends.times(capital_part),
        pay_ends=ends.times(pay_part),
        soldiers_ends=soldiers,
        row=CapitalIntensity(
            edition=table.edition.key,
            year=year,
            group=Group.find([country]),
            basis=prices,
            country=country,
            equipment_per_soldier=equipment / people.value,
            equipment_per_soldier_within=equipment_ends.over(soldiers).money(equipment),
            equipment_to_personnel=divide(of_equipment, of_pay),
            equipment_to_personnel_within=Bounds(*equipment_part.over(pay_part)),
            capital_to_personnel=divide(of_capital, of_pay),
            capital_to_personnel_within=Bounds(*capital_part.over(pay_part)),
            inputs=(spent, *observed, people),
        ),
    )
