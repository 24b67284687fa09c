"""Allies over the years: the published figures, estimates apart, names that lie on nothing, panels on one scale."""

from __future__ import annotations

import errno
import gzip
import itertools
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

import natoburden as nb
from natoburden.errors import TargetMismatchError, TooFewError, UnexpectedValueError
from natoburden.presentation import charts
from natoburden.presentation.charts._ends import EndLabel, spread
from natoburden.presentation.charts._style import COLOURS, ink

TABLE = nb.datasets.defence_expenditure("2026-07")
CLOSE = ("FRA", "ITA", "ESP", "BEL", "CZE", "PRT", "HUN", "SVN", "CAN", "LUX")  # all near 2 % in 2026
TARGETS = (nb.HAGUE_CORE, nb.WALES_GUIDELINE)


def boxes(ax: Axes) -> list[Any]:
    figure: Any = ax.figure
    figure.draw_without_rendering()
    labels = [text for text in ax.texts if isinstance(text, EndLabel)]
    return [Text.get_window_extent(label) for label in labels]


def test_lines_are_the_published_shares_and_estimates_are_dashed() -> None:
    ax: Any = charts.over_time(TABLE, "Germany")
    firm, open_ = ax.lines
    found: dict[int, float] = {}
    for line in (firm, open_):
        years, shares = (np.asarray(values, dtype=float) for values in line.get_data())
        found |= {int(year): share for year, share in zip(years, shares, strict=True) if not np.isnan(share)}
    assert found == {year: float(TABLE.share_of_gdp("DEU", year).value.as_percent) for year in TABLE.years}
    assert (firm.get_linestyle(), open_.get_linestyle()) == ("-", "--")
    dashed = {int(year) for year, share in zip(*open_.get_data(), strict=True) if not np.isnan(share)}
    estimates = {year for year in TABLE.years if TABLE.share_of_gdp("DEU", year).is_estimate}
    assert dashed == {min(estimates) - 1, *estimates}


def test_a_group_that_is_not_printed_is_the_total_of_its_members() -> None:
    ax: Any = charts.over_time(TABLE, ["NATO Europe"], since=2020)
    own = nb.targets.aggregate_share(TABLE, "NATO Europe", 2022).share
    years, shares = ax.lines[0].get_data()
    assert dict(zip(years, shares, strict=True))[2022] == float(own.as_percent)
    assert min(years) == 2020


@pytest.mark.parametrize(("size", "locale"), [((4, 3), "en"), ((7.4, 4.4), "el"), ((7.4, 4.4), "ka"), ((12, 3), "fr")])
def test_names_at_the_ends_of_lines_do_not_overlap_at_any_size(size: tuple[float, float], locale: str) -> None:
    ax = Figure(figsize=size, layout="constrained").add_subplot()
    found = boxes(charts.over_time(TABLE, CLOSE, targets=TARGETS, ax=ax, locale=locale))
    assert len(found) == len(CLOSE) + len(TARGETS)
    assert not [pair for pair in itertools.combinations(found, 2) if pair[0].overlaps(pair[1])]
    assert all(box.x0 > ax.get_window_extent().x1 for box in found)


def test_a_target_is_a_line_from_the_year_in_which_it_was_adopted() -> None:
    ax: Any = charts.over_time(TABLE, ["POL"], targets=["hague-core", nb.WALES_GUIDELINE])
    dotted = [line.get_data() for line in ax.lines[2:]]
    assert [(tuple(years), tuple(shares)) for years, shares in dotted] == [
        ((2025, 2026), (3.5, 3.5)),
        ((2014, 2026), (2, 2)),
    ]
    assert [text.get_text() for text in ax.texts][1:3] == ["3.5%: Hague core target", "2%: Wales guideline"]


def test_a_title_says_what_of_which_years_and_which_edition() -> None:
    title = charts.over_time(TABLE, ["POL"]).get_title(loc="left")
    assert title == "Defence expenditure as a share of GDP, 2014 to 2026\nedition 2026-07; estimates are dashed"
    french = charts.over_time(TABLE, ["POL"], locale="fr").get_title(loc="left")
    assert french.startswith("Dépenses de défense en part du PIB, de 2014 à 2026\nédition 2026-07")
    old = charts.over_time(nb.datasets.defence_expenditure("2026-07"), ["POL"], measure="equipment_share")
    assert old.get_title(loc="left").startswith("Equipment as a share of defence expenditure")


def test_persons_are_numbers_without_a_percent_sign() -> None:
    ax = charts.over_time(TABLE, ["POL"], measure="military_personnel", locale="fr")
    figure: Any = ax.figure
    figure.draw_without_rendering()
    assert not [label for label in ax.get_yticklabels() if "%" in label.get_text()]


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=20), st.floats(0.1, 50))
def test_places_that_are_spread_keep_their_order_and_a_gap(places: list[float], gap: float) -> None:
    found = spread(places, gap)
    order = sorted(range(len(places)), key=lambda number: places[number])
    assert all(found[b] - found[a] >= gap - 1e-6 for a, b in itertools.pairwise(order))
    assert sum(found) == pytest.approx(sum(places), abs=1e-6)


def test_places_that_are_apart_stay_where_they_are() -> None:
    assert spread([30, 0, 10], 5) == [30, 0, 10]


@pytest.mark.parametrize(
    ("draw", "error", "words"),
    [
        (lambda: charts.over_time(TABLE, []), TooFewError, "over time"),
        (lambda: charts.over_time(TABLE, 5), UnexpectedValueError, "allies to draw"),  # type: ignore[arg-type]
        (lambda: charts.over_time(TABLE, "Iceland"), TooFewError, "Iceland"),
        (lambda: charts.over_time(TABLE, "POL", measure="gdp"), UnexpectedValueError, "price basis"),
        (lambda: charts.over_time(TABLE, "POL", targets=nb.WALES_EQUIPMENT), TargetMismatchError, "measured by"),
        (lambda: charts.small_multiples(TABLE, "POL", columns=0), UnexpectedValueError, "columns"),
    ],
)
def test_what_cannot_be_drawn_over_time_is_refused(draw: Any, error: Any, words: str) -> None:
    with pytest.raises(error, match=words):
        draw()


def test_more_allies_than_lines_can_tell_apart_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from natoburden.presentation.charts import timelines

    monkeypatch.setattr(timelines, "_MOST", 2)
    with pytest.raises(UnexpectedValueError, match="small_multiples"):
        charts.over_time(TABLE, CLOSE)


@pytest.mark.parametrize("locale", ["en", "fr", "el", "ka"])
def test_panels_have_one_scale_a_name_and_a_last_figure_under_no_line(locale: str) -> None:
    figure: Any = charts.small_multiples(TABLE, TABLE.countries, target="wales-guideline", locale=locale)
    figure.draw_without_rendering()
    panels = figure.axes
    assert len(panels) == len(TABLE.countries)
    assert len({panel.get_ylim() for panel in panels}) == 1
    for panel in panels:
        assert panel.get_title(loc="left")
        [label] = panel.texts
        box = label.get_window_extent()
        for line in panel.lines:
            path = line.get_transform().transform_path(line.get_path())
            assert not path.intersects_bbox(box, filled=False)
    assert figure._suptitle.get_window_extent().x1 <= figure.bbox.x1
    names = [panel.title.get_window_extent() for panel in panels]
    assert not [pair for pair in itertools.combinations(names, 2) if pair[0].overlaps(pair[1])]
    below = figure._supxlabel.get_window_extent()
    assert below.x1 <= figure.bbox.x1
    assert below.y1 <= min(panel.get_window_extent().y0 for panel in panels)


def test_panels_go_onto_a_figure_of_ones_own_and_need_nothing_behind() -> None:
    mine = Figure(figsize=(6, 3), layout="constrained")
    assert charts.small_multiples(TABLE, ["POL", "DEU", "ESP"], behind=None, columns=2, figure=mine) is mine
    assert len(mine.axes) == 3
    narrow: Any = charts.small_multiples(TABLE, ["POL", "DEU"], target="wales-guideline")
    narrow.draw_without_rendering()
    assert narrow._suptitle.get_window_extent().x1 <= narrow.bbox.x1
    title: Any = mine.get_suptitle()
    assert "grey" not in title


def test_a_chart_is_saved_whole_or_not_at_all(tmp_path: Path) -> None:
    ax = charts.over_time(TABLE, ["POL"])
    assert charts.save(ax, tmp_path / "poland.svg").read_text().count("<svg") == 1
    assert charts.save(charts.small_multiples(TABLE, ["POL"]), tmp_path / "p.png").read_bytes()[:4] == b"\x89PNG"
    with pytest.raises(UnexpectedValueError, match=r"\.svg"):
        charts.save(ax, tmp_path / "poland.docx")
    broken: Any = ax.figure
    broken.savefig = lambda *_given, **_more: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full"))
    with pytest.raises(OSError, match="full"):
        charts.save(ax, tmp_path / "other.png")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["p.png", "poland.svg"]
    ax.remove()
    with pytest.raises(UnexpectedValueError, match="removed"):
        charts.save(ax, tmp_path / "other.png")


def test_text_of_a_saved_svg_is_text_and_the_file_is_the_same_in_every_run(tmp_path: Path) -> None:
    files = [charts.save(charts.over_time(TABLE, ["POL", "ESP"]), tmp_path / f"{name}.svg") for name in "ab"]
    drawn = [file.read_text(encoding="utf-8") for file in files]
    assert drawn[0] == drawn[1]
    texts = [element.text for element in ET.fromstring(drawn[0]).iter("{http://www.w3.org/2000/svg}text")]
    assert {"Poland 4.68%", "2014", "Defence expenditure as a share of GDP, 2014 to 2026"} <= set(texts)
    assert "<defs>" in drawn[0]
    assert "DejaVuSans-" not in drawn[0]  # as outlines of letters are called
    assert (
        gzip.decompress(charts.save(charts.over_time(TABLE, ["POL"]), tmp_path / "c.svgz").read_bytes())[:5] == b"<?xml"
    )


@pytest.mark.parametrize("colour", COLOURS)
def test_letters_in_the_colour_of_a_line_stand_out_from_white(colour: str) -> None:
    def luminance(parts: Any) -> float:
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return float(np.dot([0.2126, 0.7152, 0.0722], linear))

    assert 1.05 / (luminance(to_rgb(ink(colour))) + 0.05) >= 4.5
    assert (ink(colour) == colour.lower()) == (1.05 / (luminance(to_rgb(colour)) + 0.05) >= 4.5)


def test_panels_without_room_are_refused_and_small_ones_have_smaller_type() -> None:
    with pytest.raises(UnexpectedValueError, match=r"2.0 x 2.0 inches .* need 3.9 x 2.1 or more"):
        charts.small_multiples(TABLE, CLOSE[:8], figure=Figure(figsize=(2, 2)))
    figure = charts.small_multiples(TABLE, CLOSE[:8], figure=Figure(figsize=(4, 2.2), layout="constrained"))
    assert all(5 <= float(text.get_fontsize()) < 8 for text in figure.axes[0].texts)
