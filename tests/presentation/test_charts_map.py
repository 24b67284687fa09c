"""The map of Europe: every ally in its class, unknown hatched, labels inside their countries."""

from __future__ import annotations

import itertools
from math import cos, radians
from typing import Any

import pytest
from matplotlib.colors import to_rgb
from matplotlib.path import Path

import natoburden as nb
from natoburden.datasets._shapes import outlines
from natoburden.errors import TargetMismatchError, TooFewError, UnexpectedValueError
from natoburden.model.memberships import Bloc
from natoburden.presentation import charts
from natoburden.presentation.charts.maps import _placed

TABLE = nb.datasets.defence_expenditure("2026-07")
ALLIES = {ally for ally in Bloc.find("NATO").members(2025) if ally.alpha_3 not in ("USA", "CAN")}


def test_every_european_ally_has_an_outline() -> None:
    assert {ally.alpha_3 for ally in ALLIES} <= set(outlines())


@pytest.mark.parametrize(("place", "code"), [((2.35, 48.86), "FRA"), ((21.0, 52.2), "POL"), ((-21.0, 64.5), "ISL")])
def test_a_capital_lies_in_its_country(place: tuple[float, float], code: str) -> None:
    inside = {who for who, parts in outlines().items() if any(Path(part).contains_point(place) for part in parts)}
    assert inside == {code}


def test_the_projection_keeps_areas_and_its_centre() -> None:
    assert _placed((12, 53)) == pytest.approx((0, 0))
    cells = []
    for east, north in ((0, 40), (30, 65)):
        (x, y), (u, v), (p, q) = (_placed(at) for at in ((east, north), (east + 0.01, north), (east, north + 0.01)))
        cells.append(abs((u - x) * (q - y) - (v - y) * (p - x)) / cos(radians(north + 0.005)))
    assert cells[0] == pytest.approx(cells[1], rel=1e-3)


def test_allies_are_labelled_and_darker_for_more_and_unknown_is_hatched() -> None:
    ax: Any = charts.europe(TABLE, 2025)
    assert {text.get_text() for text in ax.texts[:-1]} == {ally.alpha_2 for ally in ALLIES}
    ax.figure.draw_without_rendering()
    by_code = {text.get_text(): text for text in ax.texts[:-1]}
    colour = {}
    for code, text in by_code.items():
        at = ax.transData.transform(text.get_position())
        [patch] = [patch for patch in ax.patches if patch.contains_point(at)]
        colour[code] = patch
    light = {code: sum(to_rgb(patch.get_facecolor())) for code, patch in colour.items()}
    assert light["PL"] < light["EE"] < light["GR"] < light["DE"]
    assert [code for code, patch in colour.items() if patch.get_hatch()] == ["IS"]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_codes_do_not_overlap_and_the_legend_is_beside_the_map(locale: str) -> None:
    ax: Any = charts.europe(TABLE, 2025, locale=locale)
    ax.figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts[:-1]]
    assert not [pair for pair in itertools.combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    assert ax.get_legend().get_window_extent().x0 >= ax.get_window_extent().x1


def test_classes_of_persons_are_numbers_and_a_year_without_figures_is_refused() -> None:
    ax: Any = charts.europe(TABLE, 2025, measure="military_personnel")
    assert "%" not in ax.get_legend().texts[0].get_text()
    with pytest.raises(TooFewError, match="1999"):
        charts.europe(TABLE, 1999)
    with pytest.raises(UnexpectedValueError, match="price basis"):
        charts.europe(TABLE, 2025, measure="gdp")


def test_figures_of_outcomes_only_are_not_called_estimates() -> None:
    ax = charts.europe(TABLE, 2020)
    assert "estimates" not in ax.get_title(loc="left")
    assert "FI" not in {text.get_text() for text in ax.texts}  # which has figures, and was not yet an ally


def test_classes_begin_at_the_shares_of_targets() -> None:
    """Who has exactly 2 % is in the class that begins there, and who has less is not."""
    ax: Any = charts.europe(TABLE, 2025)
    begins = [text.get_text().partition(" ")[0] for text in ax.get_legend().texts[:-2]]
    assert begins == ["4%", "3.5%", "3%", "2.5%", "2%", "1.5%", "1%"]
    own: Any = charts.europe(TABLE, 2025, targets=[nb.Target.floor("2.3 %"), "hague-core"])
    begins = [text.get_text().partition(" ")[0] for text in own.get_legend().texts[:-2]]
    assert begins == ["4%", "3.5%", "3%", "2.3%", "2%", "1.5%", "1%"]
    equipment: Any = charts.europe(TABLE, 2025, measure="equipment_share")
    assert any(text.get_text().startswith("20% ") for text in equipment.get_legend().texts)
    with pytest.raises(TargetMismatchError):
        charts.europe(TABLE, 2025, targets=nb.WALES_EQUIPMENT)


def test_a_target_that_nobody_is_near_is_no_border() -> None:
    ax: Any = charts.europe(TABLE, 2014, targets=nb.Target.floor("5 %"))
    assert not any("5%" in text.get_text().split("–")[0].split(".") for text in ax.get_legend().texts)
