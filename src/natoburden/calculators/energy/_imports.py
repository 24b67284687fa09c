"""What one place imported of a fuel in one period: by partner, and in total if a total is published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

import attrs

from natoburden.errors import UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.energy import TOTAL, AnyFuel, EnergyFlow, EnergyFlows, Fuel, Place
from natoburden.model.periods import Period
from natoburden.model.quantities import EnergyQuantity

__all__ = ["ImportsOfOne", "imports_of_one", "minus", "rows_by_place", "summed"]

Rows: TypeAlias = Mapping[tuple[Place, Period], list[EnergyFlow]]

_AGGREGATE = re.compile(r"(EXT_|INT_)?(EU|EA)(_V|[0-9]{1,2}(_[0-9]{4})?)?|EFTA|EEA|THRD|WORLD")
_SLACK = Decimal("0.001")  # partners of a table with three decimals may miss its total by rounding


@attrs.frozen(kw_only=True)
class ImportsOfOne:
    """What one place imported in one period.

    `named` are imports by country. `residual` are imports under labels that are not countries. `sums` are labels for
    sums of several partners, and `missing` are cells without a figure. `notes` say what was done because a total was
    missing.
    """

    where: str
    named: Mapping[Country, EnergyQuantity]
    residual: tuple[EnergyQuantity, ...]
    total: EnergyQuantity | None
    cells: Mapping[Country, tuple[EnergyFlow, ...]]
    behind: tuple[EnergyFlow, ...]
    sums: tuple[str, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def whole(self) -> EnergyQuantity:
        """The published total, or the sum of partners; raises `UnexpectedValueError` if the sum exceeds the total."""
        partners = [*self.named.values(), *self.residual]
        if self.total is None:
            return summed(partners)
        known = summed([self.total.with_amount(0), *partners])
        if minus(self.total, known).amount < -_SLACK * len(partners):
            hint = f"partners of {self.where} add up to {known}: total and partners are not of one edition"
            raise UnexpectedValueError("a total", str(self.total), hint)
        return max(self.total, known)


def rows_by_place(flows: EnergyFlows) -> Rows:
    """Return the flows by importer and period, in one pass for many places and months."""
    found: dict[tuple[Place, Period], list[EnergyFlow]] = {}
    for item in flows:
        found.setdefault((item.importer, item.period), []).append(item)
    return found


def imports_of_one(
    rows: Rows, flows: EnergyFlows, totals: EnergyFlows, where: Place, when: Period, fuel: AnyFuel
) -> ImportsOfOne | None:
    """Return what one place imported of a fuel in one period; None if the table has neither partners nor total."""
    label = f"{where}, {when}"
    named: dict[Country, EnergyQuantity] = {}
    residual: list[EnergyQuantity] = []
    cells: dict[Country, tuple[EnergyFlow, ...]] = {}
    behind: list[EnergyFlow] = []
    missing: list[str] = []
    partners = [item for item in rows.get((where, when), []) if item.partner != TOTAL]
    for item, liquid in _of_fuel(partners, flows, fuel):
        amount = item.quantity if liquid is None or item.quantity is None else _without_lng(item.quantity, liquid)
        if amount is None:
            lacks = item if liquid is None or item.quantity is None else liquid
            missing.append(f"{label}: no figure of {lacks.fuel} from {item.partner}")
            continue
        pair = (item,) if liquid is None else (item, liquid)
        if isinstance(item.partner, Country):
            named[item.partner], cells[item.partner] = amount, pair
        else:
            residual.append(amount)
            behind.extend(pair)
    total, of_total, notes = _total(partners, totals, where, when, fuel)
    if total is None and not named and not residual:
        return None
    return ImportsOfOne(
        where=label,
        named=named,
        residual=tuple(residual),
        total=total,
        cells=cells,
        behind=(*behind, *of_total),
        sums=tuple(sorted({item.partner.name for item in partners if _is_sum(item.partner)})),
        missing=tuple(missing),
        notes=notes,
    )


def _is_sum(partner: Place) -> bool:
    return not isinstance(partner, Country) and _AGGREGATE.fullmatch(partner.key) is not None


def _of_fuel(
    partners: Iterable[EnergyFlow], flows: EnergyFlows, fuel: AnyFuel
) -> Iterator[tuple[EnergyFlow, EnergyFlow | None]]:
    """Return each partner's cell of the fuel; for pipeline gas, the partner's cells of all gas and of LNG."""
    whole = Fuel.GAS if fuel is Fuel.PIPELINE_GAS else fuel
    for item in partners:
        if item.fuel == whole and not _is_sum(item.partner):
            is_pipeline = fuel is Fuel.PIPELINE_GAS
            yield item, flows.cell(item.importer, item.partner, Fuel.LNG, item.period) if is_pipeline else None


def _without_lng(gas: EnergyQuantity, liquid: EnergyFlow) -> EnergyQuantity | None:
    """Return all gas minus LNG; None if there is no figure for LNG."""
    if liquid.quantity is None:
        return None
    rest = minus(gas, liquid.quantity)
    if rest.amount < -_SLACK:
        raise UnexpectedValueError("LNG", str(liquid), f"more than all gas: {gas}")
    return rest.with_amount(max(rest.amount, Decimal(0)))


def _total(
    partners: Iterable[EnergyFlow], totals: EnergyFlows, where: Place, when: Period, fuel: AnyFuel
) -> tuple[EnergyQuantity | None, tuple[EnergyFlow, ...], tuple[str, ...]]:
    """Return the published total, the cells behind it, and what was done if LNG has no total."""
    whole = totals.cell(where, TOTAL, Fuel.GAS if fuel is Fuel.PIPELINE_GAS else fuel, when)
    if whole is None or whole.quantity is None:
        return None, (), ()
    if fuel is not Fuel.PIPELINE_GAS:
        return whole.quantity, (whole,), ()
    liquid = totals.cell(where, TOTAL, Fuel.LNG, when)
    if liquid is not None and (rest := _without_lng(whole.quantity, liquid)) is not None:
        return rest, (whole, liquid), ()
    named = [item for item in partners if item.fuel is Fuel.LNG and not _is_sum(item.partner)]
    known = [item.quantity for item in named if item.quantity is not None]
    note = f"{where}, {when}: no total of LNG is published, nor a partner; the total of all gas stands"
    if not known:
        return whole.quantity, (whole,), (note,)
    taken = summed(known)
    note = f"{where}, {when}: no total of LNG is published; what its partners sent, {taken}, is taken off all gas"
    return minus(whole.quantity, taken), (whole,), (note,)


def minus(left: EnergyQuantity, right: EnergyQuantity) -> EnergyQuantity:
    """Return the difference of two amounts of one kind; raises `UnexpectedValueError` if kinds are mixed."""
    if type(left) is not type(right):
        raise UnexpectedValueError("gas and LNG", f"{left} and {right}", "take both in energy, or both by volume")
    first: Any = left
    rest: EnergyQuantity = first - right
    return rest


def summed(quantities: Iterable[EnergyQuantity]) -> EnergyQuantity:
    """Return the sum of amounts of one kind; raises `UnexpectedValueError` if kinds are mixed."""
    amounts: list[Any] = list(quantities)
    other = next((item for item in amounts if type(item) is not type(amounts[0])), None)
    if other is not None:
        hint = "take all in energy, or all by volume or by mass"
        raise UnexpectedValueError("imports", f"{amounts[0]} and {other}", hint)
    whole: EnergyQuantity = type(amounts[0]).total(amounts)
    return whole
