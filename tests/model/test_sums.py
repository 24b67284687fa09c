"""What sum() says of values with units."""

from __future__ import annotations

import re
from typing import Any

import pytest

from natoburden.model.money import Money
from natoburden.model.quantities import Energy, EnergyUnit, LngMass, MassUnit
from natoburden.model.shares import PercentagePoints, Rate, Share
from natoburden.model.transfers import Tiv


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        (Money(1, "USD"), "Money.total"),
        (Tiv(1), "Tiv.total"),
        (Energy(1, EnergyUnit.TJ), "Energy.total(amounts)"),
        (LngMass(1, MassUnit.MT), "LngMass.total(amounts)"),
        (PercentagePoints(1), "sum(points, PercentagePoints(0))"),
        (Share.percent(1), "divide by the whole"),
        (Rate.percent(1), "compounded_with"),
    ],
)
def test_sum_says_what_adds_up_in_its_place(value: Any, remedy: str) -> None:
    with pytest.raises(TypeError, match=re.escape(remedy)):
        sum([value, value])
    for other in (1, 0.5, None):
        with pytest.raises(TypeError, match="unsupported operand"):
            other + value


def test_points_add_up_from_points() -> None:
    assert sum([PercentagePoints("1.5"), PercentagePoints("-0.5")], PercentagePoints(0)) == PercentagePoints(1)
