"""Weights between allies: who counts for whom, and what is refused."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.panels import SpatialWeights
from natoburden.errors import (
    InvalidNumberError,
    MissingFiguresError,
    NatoBurdenError,
    UnexpectedValueError,
    UnknownNameError,
)
from tests.calculators.panels.made import ALLIES, NEIGHBOURS, SOURCE

CAPITALS, BORDERS = nb.datasets.capitals(), nb.datasets.land_borders()
THREE = ["POL", "DEU", "USA"]


def test_distances_agree_with_the_spherical_law_of_cosines() -> None:
    places = {capital.country.alpha_3: capital for capital in CAPITALS}
    weights = SpatialWeights.inverse_distance(list(places), CAPITALS, power=2)
    for one, other in (("POL", "USA"), ("PRT", "FIN"), ("CAN", "TUR")):
        north = [math.radians(float(places[code].latitude)) for code in (one, other)]
        east = math.radians(float(places[one].longitude - places[other].longitude))
        angle = math.acos(
            math.sin(north[0]) * math.sin(north[1]) + math.cos(north[0]) * math.cos(north[1]) * math.cos(east)
        )
        assert weights.weight(one, other) == pytest.approx((6371 * angle) ** -2)
    told = [SpatialWeights.inverse_distance(ALLIES, CAPITALS, power=power).how for power in (1, 2, 0.5)]
    assert [how.partition(" between")[0] for how in told] == ["1 / distance", "1 / distance^2", "1 / distance^0.5"]


def test_neighbours_are_those_of_the_borders_both_ways() -> None:
    near = SpatialWeights.contiguity(ALLIES, BORDERS)
    assert near.weight("LTU", "POL") == near.weight("POL", "LTU") == 1
    assert near.weight("POL", "FRA") == 0
    assert near.without_neighbours == (nb.Country("GBR"),)
    assert NEIGHBOURS.without_neighbours == ()
    assert [NEIGHBOURS.weight(ally, "USA") for ally in ALLIES] == [float(ally.alpha_3 != "USA") for ally in ALLIES]


def test_a_bloc_counts_for_those_outside_it_too() -> None:
    bloc = SpatialWeights.bloc(THREE, ["POL", "DEU"], 2025)
    assert [bloc.weight(one, other) for one, other in (("POL", "DEU"), ("USA", "POL"), ("POL", "USA"))] == [1, 1, 0]


def test_a_row_is_a_mean_once_it_is_normalised() -> None:
    near = NEIGHBOURS.normalised()
    assert all(math.fsum(row) == pytest.approx(1) for row in near.rows)
    assert str(near) == "contiguity and United States, row-normalised"
    assert SpatialWeights.contiguity(["GBR", "POL"], BORDERS).normalised().rows == ((0.0, 0.0), (0.0, 0.0))


def test_weights_export_a_row_for_each_ordered_pair() -> None:
    columns = SpatialWeights.contiguity(["EST", "LVA"], BORDERS).to_columns()
    assert columns == {"country": ["EST", "LVA"], "other": ["LVA", "EST"], "weight": [1.0, 1.0]}


@pytest.mark.parametrize(
    ("weights", "uniform"),
    [
        (SpatialWeights.everyone(ALLIES), True),
        (SpatialWeights.everyone(ALLIES).normalised(), True),
        (SpatialWeights.bloc(ALLIES, "NATO Europe", 2025), True),
        (SpatialWeights.bloc(ALLIES, "NATO Europe", 2025).normalised(), True),
        (SpatialWeights.bloc(ALLIES, ["USA"], 2025), True),
        (SpatialWeights.inverse_distance(ALLIES, CAPITALS), False),
        (NEIGHBOURS, False),
        (SpatialWeights.of("one", {("POL", "DEU"): 1}, source=SOURCE, countries=ALLIES), False),
        (SpatialWeights.of("one", {("DEU", "POL"): 1}, source=SOURCE, countries=["POL", "DEU", "USA"]), False),
        (SpatialWeights.of("t", {("POL", "DEU"): 1, ("USA", "DEU"): 1}, source=SOURCE, countries=THREE), True),
        (SpatialWeights.of("u", {("POL", "DEU"): 1, ("POL", "USA"): 1}, source=SOURCE, countries=THREE), False),
    ],
)
def test_weights_know_whether_each_ally_counts_alike_for_all_others(weights: SpatialWeights, uniform: bool) -> None:
    assert weights.is_uniform is uniform


@given(
    rows=st.lists(st.floats(0.1, 9), min_size=5, max_size=5),
    columns=st.lists(st.floats(0.1, 9), min_size=5, max_size=5),
)
def test_rows_in_proportion_are_uniform(rows: list[float], columns: list[float]) -> None:
    codes = ["POL", "DEU", "USA", "FRA", "ITA"]
    pairs = {
        (one, other): rows[i] * columns[j] for i, one in enumerate(codes) for j, other in enumerate(codes) if i != j
    }
    made = SpatialWeights.of("a product", pairs, source=SOURCE)
    assert made.is_uniform
    assert made.normalised().is_uniform


def test_weights_may_be_any_numbers() -> None:
    pairs: Any = {("POL", "DEU"): np.int64(2), ("DEU", "POL"): np.float32(0.5), ("DEU", "USA"): Decimal("1.5")}
    made = SpatialWeights.of("w", pairs, source=SOURCE)
    assert (made.weight("POL", "DEU"), made.weight("DEU", "POL"), made.weight("DEU", "USA")) == (2.0, 0.5, 1.5)


REFUSED: dict[str, tuple[Any, type[NatoBurdenError]]] = {
    "a pair of one": (lambda: SpatialWeights.of("w", {("POL", "POL"): 1}, source=SOURCE), UnexpectedValueError),
    "a pair of three": (
        lambda: SpatialWeights.of("w", {("POL", "DEU", "USA"): 1}, source=SOURCE),  # type: ignore[arg-type]
        UnexpectedValueError,
    ),
    "no pair": (lambda: SpatialWeights.of("w", {"POL": 1}, source=SOURCE), UnexpectedValueError),  # type: ignore[arg-type]
    "twice": (
        lambda: SpatialWeights.of("w", {("POL", "DEU"): 1, ("PL", "DEU"): 2}, source=SOURCE),
        UnexpectedValueError,
    ),
    "negative": (lambda: SpatialWeights.of("w", {("POL", "DEU"): -1}, source=SOURCE), UnexpectedValueError),
    "infinite": (lambda: SpatialWeights.of("w", {("POL", "DEU"): math.inf}, source=SOURCE), UnexpectedValueError),
    "a text": (lambda: SpatialWeights.of("w", {("POL", "DEU"): "1"}, source=SOURCE), UnexpectedValueError),  # type: ignore[arg-type]
    "no source": (lambda: SpatialWeights.of("w", {("POL", "DEU"): 1}, source="me"), UnexpectedValueError),  # type: ignore[arg-type]
    "outside": (
        lambda: SpatialWeights.of("w", {("POL", "DEU"): 1}, source=SOURCE, countries=["POL", "USA"]),
        UnknownNameError,
    ),
    "one country": (lambda: SpatialWeights.everyone(["POL"]), UnexpectedValueError),
    "one twice": (lambda: SpatialWeights.everyone(["POL", "PL"]), UnexpectedValueError),
    "a text of countries": (lambda: SpatialWeights.everyone("POL"), UnexpectedValueError),
    "no capital": (lambda: SpatialWeights.inverse_distance(["POL", "AUT"], CAPITALS), MissingFiguresError),
    "power of 0": (lambda: SpatialWeights.inverse_distance(THREE, CAPITALS, power=0), InvalidNumberError),
    "power as a truth": (lambda: SpatialWeights.inverse_distance(THREE, CAPITALS, power=True), InvalidNumberError),
    "capitals as borders": (lambda: SpatialWeights.contiguity(THREE, CAPITALS), UnexpectedValueError),  # type: ignore[arg-type]
    "a country not there": (lambda: NEIGHBOURS.weight("AUT", "POL"), UnknownNameError),
    "augmented too late": (lambda: NEIGHBOURS.normalised().augmented("CAN"), UnexpectedValueError),
    "augmented with a text": (lambda: NEIGHBOURS.augmented("CAN", "1"), UnexpectedValueError),  # type: ignore[arg-type]
    "augmented with less": (lambda: NEIGHBOURS.augmented("CAN", -1), UnexpectedValueError),
    "augmented with a truth": (lambda: NEIGHBOURS.augmented("CAN", True), UnexpectedValueError),
    "not square": (
        lambda: SpatialWeights(name="w", countries=ALLIES[:2], rows=((0.0, 1.0),)),
        UnexpectedValueError,
    ),
    "of itself": (
        lambda: SpatialWeights(name="w", countries=ALLIES[:2], rows=((1.0, 1.0), (1.0, 0.0))),
        UnexpectedValueError,
    ),
    "a code for a country": (
        lambda: SpatialWeights(name="w", countries=("POL", "DEU"), rows=((0.0, 1.0), (1.0, 0.0))),  # type: ignore[arg-type]
        UnexpectedValueError,
    ),
}


@pytest.mark.parametrize(("make", "error"), REFUSED.values(), ids=REFUSED)
def test_weights_that_are_none_are_refused(make: Any, error: type[NatoBurdenError]) -> None:
    with pytest.raises(error):
        make()


def test_weights_show_as_html_and_name_their_sources() -> None:
    assert NEIGHBOURS._repr_html_().startswith("<table>")
    assert [source.publisher for source in NEIGHBOURS.sources] == ["US Central Intelligence Agency"]
