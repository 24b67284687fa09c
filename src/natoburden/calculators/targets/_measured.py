"""How a target is measured: the figures for its share, for the amount spent and for the whole."""

from __future__ import annotations

from typing import Any

from natoburden.errors import TargetMismatchError
from natoburden.model._checks import expect
from natoburden.model.expenditure import ExpenditureTable, Measure, Observation
from natoburden.model.memberships import Entity
from natoburden.model.money import Money, PriceBasis
from natoburden.model.shares import Share
from natoburden.model.spending_commitments import Component, Modality, Target

__all__ = ["measure_of", "measured_share", "part_and_whole", "reached"]


def measure_of(target: Target) -> Measure:
    """Return the published measure behind a target; raises `TargetMismatchError` if NATO does not publish one."""
    expect(target, Target, "a target", "give the target itself: natoburden.datasets.target('hague-core')")
    measure = target.component.measure
    if measure is None:
        raise TargetMismatchError(
            str(target),
            "a target for core expenditure or for equipment: NATO publishes no related spending, "
            "so bring your own figure to natoburden.targets.two_part",
        )
    return measure


def reached(target: Target) -> Target:
    """Return a target; raise for a ceiling if a shortfall is asked for, since nobody falls short of a ceiling."""
    measure_of(target)
    if target.modality is Modality.CEILING:
        raise TargetMismatchError(str(target), "an aim or a floor: nobody falls short of a ceiling")
    return target


def measured_share(table: ExpenditureTable, entity: Entity, year: int, target: Target) -> Observation[Share]:
    """Return the published share that is compared with a target."""
    measure = measure_of(target)
    if measure is Measure.SHARE_OF_GDP:
        return table.share_of_gdp(entity, year)
    return table.category_share(measure, entity, year)


def part_and_whole(
    table: ExpenditureTable, entity: Entity, year: int, target: Target, basis: PriceBasis
) -> tuple[Money, Money, tuple[Observation[Any], ...]]:
    """Return the amount that is spent, the whole of the target's share, and the figures behind both."""
    measure_of(target)
    expenditure = table.expenditure(entity, year, basis)
    if target.component is Component.EQUIPMENT:
        share = table.category_share(Measure.EQUIPMENT_SHARE, entity, year)
        return expenditure.value * share.value, expenditure.value, (expenditure, share)
    gdp = table.gdp(entity, year, basis)
    return expenditure.value, gdp.value, (expenditure, gdp)
