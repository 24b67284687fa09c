"""Charts: what they show, that nothing lies on something else, and that they look as they did."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

import natoburden as nb
from natoburden.errors import MissingExtraError, TooFewError
from natoburden.presentation import charts
from natoburden.presentation.charts import _fonts
from natoburden.presentation.charts._style import COLOURS, DARK, LIGHT
from natoburden.presentation.formatting import country_name
from tests.calculators.test_definitions import made

TABLE = nb.datasets.defence_expenditure("2026-07")
RATES = nb.datasets.exchange_rates()
CONTRACTS = nb.datasets.announced_contracts()
LNG_EXPORTS = nb.datasets.us_energy_exports("lng", every="month")
DEMAND = dt.date(2025, 2, 13)
REFERENCES = Path(__file__).parent / "references"


def plan() -> nb.pathways.SharePath:
    return nb.pathways.path(TABLE.share_of_gdp("DEU", 2025), nb.HAGUE_CORE.share, first_year=2025, last_year=2035)


def counts() -> nb.simulation.CountDistribution:
    sure, percent = nb.simulation.Uncertain.surely(nb.Rate.percent(0)), nb.Rate.percent
    assumed = nb.simulation.Assumptions(
        gdp_growth=nb.simulation.Uncertain(percent(1), percent(2)),
        inflation=sure,
        exchange_rate=sure,
        execution=nb.simulation.Uncertain(percent(0), percent(4)),
        revision=sure,
        correlation=nb.Share.percent(50),
    )
    allies = TABLE.reporting_members("NATO", 2026)
    plans = {ally: {2027: TABLE.share_of_gdp(ally, 2026).value} for ally in allies}
    return nb.simulation.count_distribution(TABLE, plans, assumed, "wales-guideline", seed=1, draws=1_000)


def supplies(*buyers: str) -> dict[str, nb.dependency.SupplierShares]:
    return {
        buyer: nb.dependency.supplier_shares(CONTRACTS, buyer=buyer, rates=RATES, currency="USD", few_records_ok=True)
        for buyer in buyers
    }


def lng() -> dict[str, nb.energy.SupplyShares]:
    flows = nb.datasets.gas_imports()
    return {str(year): nb.energy.supply_shares(flows, "Poland", year, fuel=nb.Fuel.LNG) for year in (2020, 2021, 2022)}


CHARTS: dict[str, Callable[..., Axes]] = {
    "ranked": lambda **given: charts.ranked(
        [nb.targets.compliance(TABLE, 2025, target) for target in (nb.HAGUE_CORE, nb.WALES_GUIDELINE)], **given
    ),
    "shortfalls": lambda **given: charts.shortfalls(
        nb.targets.group_gap(TABLE, "NATO Europe and Canada", 2025, nb.HAGUE_CORE), **given
    ),
    "quadrants": lambda **given: charts.quadrants(
        nb.targets.quadrants(TABLE, 2025, nb.WALES_GUIDELINE, nb.WALES_EQUIPMENT), **given
    ),
    "revision_fan": lambda **given: charts.revision_fan(
        nb.datasets.defence_expenditure_editions("2024-06", "2025-08", "2026-07"), "Germany", **given
    ),
    "headline_counts": lambda **given: charts.headline_counts(
        nb.targets.headline_counts(
            nb.datasets.defence_expenditure_editions("2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2026-07"),
            nb.WALES_GUIDELINE,
        ),
        **given,
    ),
    "count_distribution": lambda **given: charts.count_distribution(counts(), **given),
    "paths": lambda **given: charts.paths({"linear": plan()}, **given),
    "composition": lambda **given: charts.composition(supplies("POL", "NLD", "DEU"), **given),
    "energy_by_origin": lambda **given: charts.energy_by_origin(lng(), largest=3, **given),
    "before_and_after": lambda **given: charts.before_and_after(
        nb.dependency.what_if(CONTRACTS, remove=["C09"], buyer="POL", rates=RATES, currency="USD"), **given
    ),
    "lorenz": lambda **given: charts.lorenz([nb.burden.inequality(TABLE, year) for year in (2014, 2026)], **given),
}

CHARTS |= {
    "by_definition": lambda **given: charts.by_definition(
        [nb.definitions.beside(TABLE, [made()], ally) for ally in ("DEU", "POL", "FRA", "ITA")], 2023, **given
    ),
}

NOTICES = nb.datasets.us_arms_notifications()


def effort(ally: str) -> nb.purchases.Effort:
    exports, prices = nb.datasets.us_energy_exports("lng"), nb.datasets.energy_prices()
    return nb.purchases.effort(TABLE, ally, 2025, exports=[exports], prices=prices, notices=NOTICES, spread_over=5)


CHARTS |= {
    "lng_by_month": lambda **given: charts.lng_by_month(LNG_EXPORTS, "NATO Europe", DEMAND, **given),
    "ceilings_by_area": lambda **given: charts.ceilings_by_area(nb.purchases.notified(NOTICES, "NATO Europe"), **given),
    "american_share": lambda **given: charts.american_share(nb.datasets.gas_imports(), "Poland", **given),
    "effort": lambda **given: charts.effort([effort("DEU"), effort("POL")], **given),
}

MANY = ("POL", "EST", "DEU", "FRA", "ITA", "ESP", "USA", "NATO Europe")
BOTH = (nb.HAGUE_CORE, nb.WALES_GUIDELINE)
CHARTS |= {
    "over_time": lambda **given: charts.over_time(TABLE, MANY, targets=BOTH, **given),
    "europe": lambda **given: charts.europe(TABLE, 2025, **given),
}


def pixels(ax: Axes, dpi: int = 40) -> Any:
    figure: Any = ax.figure
    figure.set_dpi(dpi)
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas: Any = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[..., :3]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_takes_axes_and_gives_them_back_with_its_source(name: str) -> None:
    figure = Figure()
    mine = figure.add_subplot()
    assert CHARTS[name](ax=mine) is mine
    assert any(text.get_text().startswith("Source: ") for text in mine.texts)
    assert mine.get_title(loc="left")


@pytest.mark.skipif(mpl.__version_info__ < (3, 11), reason="Matplotlib 3.11 draws text otherwise than before")
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_looks_as_its_reference(name: str) -> None:
    """Compare at low resolution, so that another version of a font does not matter, and a missing bar does."""
    from matplotlib import image

    found = pixels(CHARTS[name]()).astype(float) / 255
    file = REFERENCES / f"{name}.png"
    if os.environ.get("NATOBURDEN_RENEW") == "1":
        image.imsave(file, found)
    expected = image.imread(file)[..., :3]
    assert found.shape == expected.shape
    blocks = [_blocks(picture) for picture in (found, expected)]
    assert np.abs(blocks[0] - blocks[1]).max() < 0.12


def _blocks(picture: Any, size: int = 10) -> Any:
    height, width = (length - length % size for length in picture.shape[:2])
    return picture[:height, :width].reshape(height // size, size, width // size, size, 3).mean(axis=(1, 3))


@pytest.mark.parametrize("locale", ["en", "fr", "el"])
@pytest.mark.parametrize("name", CHARTS)
def test_no_text_of_a_chart_lies_on_another_or_under_a_line(name: str, locale: str) -> None:
    ax: Any = CHARTS[name](locale=locale)
    ax.figure.draw_without_rendering()
    legend = ax.get_legend()
    texts = [
        *(text for text in ax.texts if text.get_text()),
        *(label for axis in (ax.xaxis, ax.yaxis) for label in axis.get_ticklabels() if label.get_text()),
        *(text for text in (ax.xaxis.label, ax.yaxis.label, ax._left_title) if text.get_text()),
        *(legend.get_texts() if legend else ()),
    ]
    boxes = [Text.get_window_extent(text).padded(-0.5) for text in texts]
    pairs = itertools.combinations(zip(texts, boxes, strict=True), 2)
    crossed = [(one.get_text(), other.get_text()) for (one, box), (other, second) in pairs if box.overlaps(second)]
    assert not crossed
    for text, box in zip(texts, boxes, strict=True):
        for line in ax.lines:
            is_on_white = any(_covers(bar, box, line) for bar in ax.patches)
            is_on_white |= text.get_bbox_patch() is not None and text.get_zorder() > line.get_zorder()
            is_on_white |= bool(legend and text in legend.get_texts() and legend.get_frame().get_alpha() == 1)
            path = line.get_transform().transform_path(line.get_path()).cleaned(remove_nans=True)
            assert is_on_white or not path.intersects_bbox(box, filled=False), text.get_text()


def _covers(bar: Any, box: Any, line: Any) -> bool:
    """Return whether a text lies on a bar, under which a line does not show."""
    around = bar.get_window_extent()
    return bool(bar.get_zorder() > line.get_zorder() and around.x0 <= box.x0 and box.x1 <= around.x1)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_no_wider_than_a_page_of_documentation(name: str) -> None:
    figure: Any = CHARTS[name]().figure
    assert figure.get_figwidth() * 96 <= 736


@pytest.mark.parametrize("size", [(7.6, 6), (12, 4), (5, 4.5)])
def test_labels_of_quadrants_lie_neither_on_each_other_nor_on_points_nor_lines(size: tuple[float, float]) -> None:
    ax = CHARTS["quadrants"]()
    figure: Any = ax.figure
    figure.set_size_inches(*size)  # after it was drawn, as pages do
    figure.draw_without_rendering()
    names = {row.country.name for row in nb.targets.quadrants(TABLE, 2025, nb.WALES_GUIDELINE, nb.WALES_EQUIPMENT)}
    boxes = [Text.get_window_extent(text) for text in ax.texts if text.get_text() in names]
    assert len(boxes) == len(names)
    assert not [pair for pair in itertools.combinations(boxes, 2) if pair[0].overlaps(pair[1])]
    points = ax.transData.transform(ax.collections[0].get_offsets())
    assert not [box for box in boxes for x, y in points if box.x0 < x < box.x1 and box.y0 < y < box.y1]
    if size[1] > 4.5:
        paths = [line.get_transform().transform_path(line.get_path()) for line in ax.lines]
        assert not [box for box in boxes for path in paths if path.intersects_bbox(box, filled=False)]


def test_crowded_labels_get_lines_to_their_points_and_too_many_overlap_rather_than_vanish() -> None:
    from natoburden.presentation.charts._labels import place_labels

    ax = Figure(figsize=(2, 2)).add_subplot()
    points = [(0.5 + n / 1_000, 0.5) for n in range(40)]
    ax.scatter(*zip(*points, strict=True))
    place_labels(ax, points, [f"label {n}" for n in range(40)])
    assert {f"label {n}" for n in range(40)} <= {text.get_text() for text in ax.texts}
    figure: Any = ax.figure
    figure.draw_without_rendering()
    labels: list[Any] = [*ax.texts]
    assert {label.arrow_patch.get_visible() for label in labels} == {True, False}


def luminance(colour: str) -> float:
    red, green, blue = to_rgb(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_neighbouring_colours_differ_in_grey() -> None:
    greys = [luminance(colour) for colour in COLOURS]
    assert min(abs(one - other) for one, other in itertools.pairwise(greys)) > 0.09
    assert luminance(LIGHT) - luminance(DARK) > 0.3


def test_bars_that_reach_the_target_are_dark_and_figures_are_the_published_ones() -> None:
    ax = charts.ranked(nb.targets.compliance(TABLE, 2025, nb.HAGUE_CORE), locale="fr")
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names[:2] == ["Pologne", "Lituanie"]
    dark = [name for name, bar in zip(names, ax.patches, strict=True) if bar.get_facecolor()[:3] == to_rgb(DARK)]
    assert dark == ["Pologne", "Lituanie", "Estonie", "Lettonie"]
    assert "4,25\N{NO-BREAK SPACE}%" in [text.get_text() for text in ax.texts]
    assert ax.get_title(loc="left").startswith("Dépenses de défense en part du PIB, 2025")


def one_percent() -> nb.Target:
    return attrs.evolve(nb.WALES_GUIDELINE, key="one", share=nb.Share.percent(1))


@pytest.mark.parametrize("largest", [3, 25, 30])
def test_bars_of_shortfalls_add_up_to_the_gross_gap_and_the_rest_is_one_bar(largest: int) -> None:
    """Of the 30 members with a row, four are above 3.5 % and lack nothing."""
    found = nb.targets.group_gap(TABLE, "NATO Europe and Canada", 2025, nb.HAGUE_CORE)
    ax: Any = charts.shortfalls(found, largest=largest)
    widths = [bar.get_width() for bar in ax.patches]
    assert sum(widths) == pytest.approx(float(found.gross.in_billions))
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert len(widths) == len(names) == min(largest + 1, 26)
    assert names[-1] == ("23 others" if largest == 3 else "Montenegro")
    assert widths[0] == pytest.approx(0.035 * 5056.631 - 112.141)  # Germany, by hand
    assert {"Poland", "Estonia", "Lithuania", "Latvia"}.isdisjoint(names)


def test_a_chart_of_shortfalls_says_the_total_its_prices_and_whether_figures_are_estimates() -> None:
    titles = [
        charts.shortfalls(nb.targets.group_gap(TABLE, "NATO Europe and Canada", year, nb.HAGUE_CORE)).get_title(
            loc="left"
        )
        for year in (2023, 2025)
    ]
    assert titles[1] == (
        "NATO Europe and Canada: what members lack to 3.5% of GDP, 2025\n"
        "USD 347.4 billion, current prices; edition 2026-07; with estimates"
    )
    assert "estimates" not in titles[0]


def test_what_is_unknown_is_a_part_of_the_whole() -> None:
    ax: Any = CHARTS["composition"]()
    heights: dict[float, float] = {}
    for bar in ax.patches:
        heights[bar.get_x()] = heights.get(bar.get_x(), 0.0) + bar.get_height()
    assert [round(height, 6) for height in heights.values()] == [100.0] * 3
    assert "unknown" in [text.get_text() for text in ax.get_legend().texts]
    of_energy: Any = CHARTS["energy_by_origin"]()
    assert "others" in [text.get_text() for text in of_energy.get_legend().texts]


def test_a_chart_of_a_sample_says_so_in_its_title_and_how_many_records_each_bar_has() -> None:
    ax: Any = CHARTS["composition"]()
    assert ax.get_title(loc="left").endswith("a sample, records counted: 1 to 21, 2018 to 2026")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["POL\nn = 21", "NLD\nn = 1", "DEU\nn = 9"]
    alone: Any = charts.composition(supplies("NLD"))
    assert alone.get_title(loc="left").endswith("a sample, records counted: 1, 2023")
    change: Any = CHARTS["before_and_after"]()
    assert change.get_title(loc="left").endswith("a sample, records counted: 20 to 21, 2018 to 2026")
    french: Any = charts.composition(supplies("NLD"), locale="fr")
    assert "un échantillon" in french.get_title(loc="left")


def test_a_chart_of_energy_says_whose_imports_of_which_fuel_and_years() -> None:
    title = CHARTS["energy_by_origin"]().get_title(loc="left")
    assert title == "Imports of energy by origin: Poland\nLNG, 2020 to 2022, as importers report"
    alone = charts.energy_by_origin({"2021": lng()["2021"]}, locale="fr").get_title(loc="left")
    assert alone == "Importations d’énergie par origine\N{NO-BREAK SPACE}: Pologne\nGNL, 2021, selon les importateurs"


def test_a_chart_of_undated_records_of_ones_own_bears_no_years() -> None:
    undated = [attrs.evolve(CONTRACTS["C09"], date=nb.Announced.unknown())]
    ax: Any = charts.composition({"mine": nb.dependency.supplier_shares(undated)})
    assert ax.get_title(loc="left").endswith("a list of the caller's own, records counted: 1")


def test_bands_are_the_quantiles_of_the_simulation() -> None:
    uncertain, percent = nb.simulation.Uncertain, nb.Rate.percent
    assumed = nb.simulation.Assumptions(
        gdp_growth=uncertain(percent("1.5"), percent(2)),
        inflation=uncertain(percent(2), percent(1)),
        exchange_rate=uncertain(percent(0), percent(6)),
        execution=uncertain(percent(-2), percent(3)),
        revision=uncertain(percent(0), percent(4)),
        correlation=nb.Share.percent(50),
    )
    plans = {"DEU": {year: share for year, share in plan().by_year.items() if year > 2025}}
    simulated = nb.simulation.simulate(TABLE, plans, assumed, seed=1, start_year=2025, draws=200)
    ax = charts.paths({"plan": plan()}, simulation=simulated, entity="DEU")
    assert [band.get_label() for band in ax.collections] == ["5 – 95 %", "25 – 75 %"]
    vertices: Any = ax.collections[0].get_paths()[0].vertices
    last = simulated.year(nb.Country("DEU"), 2035)
    assert float(last.shares[0].as_percent) == pytest.approx(min(y for x, y in vertices if x == 2035))


def test_a_year_without_a_figure_leaves_a_gap_in_the_fan() -> None:
    """Made up of a true edition: Germany without its share of 2020."""
    kept = tuple(
        item
        for item in TABLE.observations
        if (item.measure, item.entity.key, item.year) != (nb.Measure.SHARE_OF_GDP, "DEU", 2020)
    )
    holed = nb.ExpenditureTable(edition=TABLE.edition, observations=kept)
    [line] = charts.revision_fan([holed], "DEU").lines
    years, shares = (np.asarray(values, dtype=float) for values in line.get_data())
    expected = [
        np.nan if year == 2020 else float(TABLE.share_of_gdp("DEU", year).value.as_percent) for year in TABLE.years
    ]
    np.testing.assert_array_equal(years, TABLE.years)
    np.testing.assert_array_equal(shares, expected)
    dots: Any = charts.revision_fan([holed], "DEU").collections[0].get_offsets()
    assert sorted(dots[:, 0]) == [year for year in TABLE.years if year != 2020]


def test_months_without_a_figure_are_gaps_and_never_zero() -> None:
    """The volumes are those of the table's own cells; April to December 2024 has none by destination."""
    ax: Any = charts.lng_by_month(LNG_EXPORTS, "Poland", DEMAND, locale="fr")
    years, volumes = (np.asarray(values, dtype=float) for values in ax.lines[0].get_data())
    by_month = {(int(x), round((x % 1) * 12 + 0.5)): y for x, y in zip(years, volumes, strict=True)}
    assert by_month[2025, 3] == pytest.approx(21.292)
    assert all(np.isnan(by_month[2024, month]) for month in range(4, 13))
    assert np.isnan(volumes).sum() == 48
    texts = [text.get_text() for text in ax.get_legend().texts]
    assert "mois sans chiffre\N{NO-BREAK SPACE}: un vide, pas un zéro" in texts
    assert ax.get_title(loc="left").startswith("GNL américain par mois\N{NO-BREAK SPACE}: Pologne\n78 mois sur 126")


def test_a_month_with_a_blank_cell_of_a_member_has_an_open_mark() -> None:
    ax: Any = charts.lng_by_month(LNG_EXPORTS, "NATO Europe", DEMAND)
    [marks] = ax.collections[-1:]
    assert [round(x, 3) for x, _y in marks.get_offsets()] == [round(2025 + 7.5 / 12, 3)]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: charts.lng_by_month(LNG_EXPORTS.select(lambda flow: flow.period.year == 2021), "Poland", DEMAND),
        lambda: charts.ranked([]),
        lambda: charts.shortfalls(nb.targets.group_gap(TABLE, "NATO", 2025, one_percent())),
        lambda: charts.quadrants(nb.ResultTable(rows=())),
        lambda: charts.revision_fan([], "DEU"),
        lambda: charts.paths({}),
        lambda: charts.composition({}),
        lambda: charts.lorenz([]),
        lambda: charts.before_and_after(nb.dependency.ContractsWhatIf(before=None, after=None, ratios=())),
    ],
)
def test_a_chart_of_nothing_is_refused(draw: Callable[[], Axes]) -> None:
    with pytest.raises(TooFewError):
        draw()


def test_without_matplotlib_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtraError, match=r"natoburden\[plots\]"):
        CHARTS["lorenz"]()


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_source_lines_of_charts_side_by_side_stay_below_their_own_axes(columns: int) -> None:
    figure = Figure(figsize=(11, 5), layout="constrained")
    axes = np.atleast_1d(figure.subplots(1, columns))
    for ax, year in zip(axes, (2023, 2024, 2025), strict=False):
        charts.ranked(nb.targets.compliance(TABLE, year, nb.HAGUE_CORE), ax=ax)
    pixels(axes[0])
    for ax in axes:
        [line] = [text for text in ax.texts if text.get_text().startswith("Source")]
        box, around = line.get_window_extent(), ax.get_window_extent()
        assert around.x0 - 1 <= box.x0
        assert box.x1 <= around.x1 + 1
        assert box.y1 < around.y0
        assert " ".join(line.get_text().split()).endswith("The Hague Summit Declaration")


def drawn_without_warning(locale: str) -> Axes:
    ax = charts.ranked(nb.targets.compliance(TABLE, 2025, nb.HAGUE_CORE), locale=locale)
    pixels(ax)  # a missing letter warns, and a warning is an error
    return ax


@pytest.mark.parametrize("locale", ["fr", "pl", "el", "uk", "ka", "hy"])
def test_a_chart_is_drawn_in_the_letters_of_a_locale_that_an_installed_font_has(locale: str) -> None:
    names = [label.get_text() for label in drawn_without_warning(locale).get_yticklabels()]
    assert names[0] == nb.country_name(nb.Country("POL"), locale=locale)


@pytest.fixture
def own_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Leave the fonts that come with Matplotlib, as on a bare machine."""
    from matplotlib import font_manager

    fonts = [entry for entry in font_manager.fontManager.ttflist if "mpl-data" in entry.fname]
    monkeypatch.setattr(font_manager.fontManager, "ttflist", fonts)
    _fonts._font_for.cache_clear()
    yield
    _fonts._font_for.cache_clear()


@pytest.mark.usefixtures("own_fonts")
@pytest.mark.parametrize(
    ("locale", "font"), [("ja", "CJK"), ("zh", "CJK"), ("ko", "CJK"), ("hi", "Devanagari"), ("th", "Thai")]
)
def test_a_chart_without_a_font_for_a_locale_is_in_english_and_says_so_once(locale: str, font: str) -> None:
    words = f"the chart is in English; install a font that has them, such as Noto Sans {font},"
    with pytest.warns(nb.errors.MissingFontWarning, match=words) as caught:
        ax = charts.ranked(nb.targets.compliance(TABLE, 2025, nb.HAGUE_CORE), locale=locale)
    assert len(caught) == 1
    pixels(ax)
    assert ax.get_yticklabels()[0].get_text() == "Poland"


@pytest.mark.usefixtures("own_fonts")
def test_letters_that_change_with_their_neighbours_need_a_matplotlib_that_shapes_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from matplotlib import ft2font

    monkeypatch.delattr(ft2font, "__libraqm_version__", raising=False)
    with pytest.warns(nb.errors.MissingFontWarning, match="Arabic"):
        charts.ranked(nb.targets.compliance(TABLE, 2025, nb.HAGUE_CORE), locale="ar")


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (lambda: charts.ranked(TABLE), "as allies to rank; give what targets.compliance returns"),  # type: ignore[arg-type]
        (lambda: charts.shortfalls(TABLE), "as shortfalls to draw; give what targets.group_gap returns"),  # type: ignore[arg-type]
        (lambda: charts.quadrants([1]), "as allies in two tests"),  # type: ignore[arg-type]
        (lambda: charts.paths(plan()), "as paths to draw; give a mapping"),  # type: ignore[arg-type]
        (lambda: charts.lorenz(5), "as burdens to draw"),  # type: ignore[arg-type]
        (lambda: charts.composition(supplies("POL")["POL"]), "as suppliers to draw"),  # type: ignore[arg-type]
        (lambda: charts.energy_by_origin(lng()["2022"]), "as supplies to draw"),  # type: ignore[arg-type]
        (lambda: charts.before_and_after(TABLE), "as a change to draw"),  # type: ignore[arg-type]
    ],
)
def test_what_a_chart_cannot_draw_is_refused_with_what_to_give(draw: Callable[[], Any], words: str) -> None:
    with pytest.raises(nb.errors.UnexpectedValueError, match=words):
        draw()


def test_bars_of_ceilings_are_as_high_as_the_sums_of_their_years() -> None:
    table = nb.purchases.notified(NOTICES, "NATO Europe")
    ax: Any = charts.ceilings_by_area(table)
    tops: dict[float, float] = {}
    for bar in ax.patches:
        middle = round(bar.get_x() + bar.get_width() / 2)
        tops[middle] = max(tops.get(middle, 0.0), bar.get_y() + bar.get_height())
    assert [tops[number] for number in range(len(table))] == pytest.approx(
        [float(row.ceilings.in_billions) for row in table]
    )
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert (labels[0], labels[1], labels[-1]) == ("2017*", "2018", "2026*")
    assert "never bought" in [text.get_text() for text in ax.get_legend().texts]


def test_smaller_areas_stand_together() -> None:
    ax: Any = charts.ceilings_by_area(nb.purchases.notified(NOTICES, None, since=2025), largest=2)
    assert [text.get_text() for text in ax.get_legend().texts][2:] == ["other areas"]
    in_french: Any = charts.ceilings_by_area(nb.purchases.notified(NOTICES, None, since=2025), largest=2, locale="fr")
    assert [text.get_text() for text in in_french.get_legend().texts][2:] == ["autres domaines"]
    assert "all buyers on record" in ax.get_title(loc="left")


def test_a_share_over_time_has_a_gap_where_there_is_no_figure_and_says_of_what_it_is() -> None:
    ax: Any = charts.american_share(nb.datasets.gas_imports(), "Poland")
    heights = ax.lines[0].get_ydata()
    own = [nb.energy.supply_shares(nb.datasets.gas_imports(), "Poland", y, fuel=nb.Fuel.LNG) for y in range(2018, 2023)]
    assert list(heights) == pytest.approx([float(item.share_of("USA").as_percent) for item in own])
    assert "of named partners" in ax.get_title(loc="left")
    flows = nb.datasets.gas_imports().select(lambda flow: flow.period.year != 2020)
    with_gap: Any = charts.american_share(flows, "Poland")
    assert [math.isnan(height) for height in with_gap.lines[0].get_ydata()] == [False, False, True, False, False]


def test_effort_stacks_three_kinds_and_says_that_they_do_not_add_up() -> None:
    found = effort("POL")
    ax: Any = charts.effort([found])
    assert ax.patches[-1].get_y() + ax.patches[-1].get_height() == pytest.approx(float(found.with_all.as_percent))
    assert sorted(line.get_ydata()[0] for line in ax.lines) == [2, 3.5, 5]
    assert "do not add up" in ax.get_title(loc="left")


@pytest.mark.parametrize(
    ("draw", "told"),
    [
        (lambda: charts.ceilings_by_area(nb.purchases.notified(NOTICES, by="area")), "by area"),
        (lambda: charts.ceilings_by_area(nb.purchases.notified(NOTICES, "FRA", since=2026)), "notices"),
        (lambda: charts.american_share(nb.datasets.gas_imports(), "ISL"), "American shares"),
        (lambda: charts.effort([]), "efforts"),
        (lambda: charts.lng_by_month(nb.datasets.gas_imports(), "POL", DEMAND), "importer"),
    ],
)
def test_what_cannot_be_drawn_of_purchases_is_refused(draw: Any, told: str) -> None:
    with pytest.raises(nb.NatoBurdenError, match=told):
        draw()


def test_a_year_without_a_notice_keeps_its_place() -> None:
    ax: Any = charts.ceilings_by_area(nb.purchases.notified(NOTICES, "Poland"))
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels == ["2017*", "2018", "2019", "2020", "2021", "2022", "2023", "2024", "2025", "2026*"]
    asked: Any = charts.ceilings_by_area(nb.purchases.notified(NOTICES, "Poland", since=2010))
    assert [label.get_text() for label in asked.get_xticklabels()] == ["2017", *labels[1:-1]]


def test_a_title_folds_where_the_figure_ends() -> None:
    figure = Figure(figsize=(3.6, 5), layout="constrained")
    ax = charts.over_time(TABLE, "Poland", ax=figure.add_subplot())
    figure.canvas.draw()
    title = next(text for text in ax.findobj(Text) if text.get_text() == ax.get_title(loc="left"))
    assert title.get_window_extent().x1 <= figure.bbox.x1


def test_lines_of_targets_beside_efforts_say_which_they_are() -> None:
    made = nb.purchases.effort(
        TABLE, "Poland", 2025, exports=[nb.datasets.us_energy_exports("lng")], prices=nb.datasets.energy_prices(),
        notices=nb.datasets.us_arms_notifications(), spread_over=5,
    )  # fmt: skip
    ax = charts.effort([made])
    assert [text.get_text() for text in ax.texts if text.get_text().endswith("%")] == ["2%", "3.5%", "5%"]


def test_titles_name_whose_figures_are_drawn_and_of_which_edition() -> None:
    europe, all_of_it = (nb.burden.inequality(TABLE, 2024, group=group) for group in ("NATO_EUROPE", "NATO"))
    title = charts.lorenz([europe, all_of_it], locale="fr").get_title(loc="left")
    names = ", ".join(country_name(found.group, locale="fr") for found in (europe, all_of_it))
    assert title == f"Répartition de la charge\xa0: {names} (édition {TABLE.edition.key})"
    start = TABLE.share_of_gdp("DEU", 2024)
    drawn = nb.pathways.path(start, nb.Share.percent("3.5"), first_year=2024, last_year=2035)
    assert charts.paths({"x": drawn}).get_title(loc="left").endswith(f": Germany (edition {TABLE.edition.key})")
    of_nobody = nb.pathways.path(nb.Share.percent("2.2"), nb.Share.percent("3.5"), first_year=2025, last_year=2035)
    assert "edition" not in charts.paths({"x": of_nobody}).get_title(loc="left")


def test_figures_of_ranked_bars_are_inside_them_and_beside_those_that_are_too_short() -> None:
    """A line of a target lies under the bars, and so under what is written on them."""
    ax: Any = charts.ranked(nb.targets.compliance(TABLE, 2025, nb.WALES_GUIDELINE))
    ax.figure.draw_without_rendering()
    figures = [text for text in ax.texts if text.get_text().endswith("%") and len(text.get_text()) > 3]
    assert len(figures) == len(ax.patches)
    for text, bar in zip(figures, ax.patches, strict=True):
        assert bar.get_window_extent().x0 < Text.get_window_extent(text).x0
        assert Text.get_window_extent(text).x1 < bar.get_window_extent().x1
    assert all(line.get_zorder() < ax.patches[0].get_zorder() for line in ax.lines)
    far = attrs.evolve(nb.WALES_GUIDELINE, key="far", share=nb.Share.percent(60))
    beside: Any = charts.ranked(nb.targets.compliance(TABLE, 2025, far))
    beside.figure.draw_without_rendering()
    assert Text.get_window_extent(beside.texts[0]).x0 > beside.patches[0].get_window_extent().x1


def test_a_title_says_what_dark_bars_are() -> None:
    aim = charts.ranked(nb.targets.compliance(TABLE, 2025, nb.HAGUE_CORE)).get_title(loc="left")
    assert aim.endswith("with estimates; dark: 3.5% or more")
    most = attrs.evolve(nb.WALES_GUIDELINE, modality=nb.Modality.CEILING)
    ceiling = charts.ranked(nb.targets.compliance(TABLE, 2025, most), locale="fr").get_title(loc="left")
    assert ceiling.endswith("en foncé\N{NO-BREAK SPACE}: 2\N{NO-BREAK SPACE}% au plus")


def test_a_legend_of_months_hides_nothing() -> None:
    for locale in ("en", "fr"):
        ax: Any = charts.lng_by_month(LNG_EXPORTS, "NATO Europe", DEMAND, locale=locale)
        ax.figure.draw_without_rendering()
        box, around = ax.get_legend().get_window_extent(), ax.get_window_extent()
        assert box.y0 >= around.y1 - 1
        assert box.x1 <= ax.figure.bbox.x1
        assert ax._left_title.get_window_extent().y0 >= box.y1


def test_a_title_of_editions_names_them() -> None:
    several, [one] = nb.datasets.defence_expenditure_editions("2024-06", "2025-08", "2026-07"), [TABLE]
    assert "in 3 editions, 2024-06 to 2026-07;" in charts.revision_fan(several, "DEU").get_title(loc="left")
    assert "in the edition 2026-07;" in charts.revision_fan([one], "DEU").get_title(loc="left")
    assert "dans 3 éditions" in charts.revision_fan(several, "DEU", locale="fr").get_title(loc="left")


@pytest.mark.parametrize("name", CHARTS)
def test_type_is_smaller_in_small_axes_and_axes_that_are_too_small_are_refused(name: str) -> None:
    own: Any = CHARTS[name]().figure
    width, height = own.get_size_inches()
    least, small = Figure(figsize=(0.49 * width, 0.49 * height), layout="constrained"), Figure(figsize=(1.6, 1.2))
    ax: Any = CHARTS[name](ax=least.add_subplot())
    sizes = [text.get_fontsize() for text in ax.findobj(Text) if text.get_text()]
    assert min(sizes) >= 5
    assert max(sizes) < 11
    with pytest.raises(nb.errors.UnexpectedValueError, match=r"1.6 x 1.2 inches .* need \d\.\d x \d\.\d or more"):
        CHARTS[name](ax=small.add_subplot())


def test_the_place_of_axes_is_their_cell_of_a_grid_or_their_box() -> None:
    figure = Figure(figsize=(12, 5))
    grid = figure.add_gridspec(1, 3)
    wide, narrow, free = (
        figure.add_subplot(grid[0, :2]),
        figure.add_subplot(grid[0, 2]),
        figure.add_axes((0, 0, 0.2, 1)),
    )
    assert CHARTS["europe"](ax=wide) is wide
    with pytest.raises(nb.errors.UnexpectedValueError, match=r"3.0 x 5.0 inches"):
        CHARTS["europe"](ax=free)
    assert CHARTS["europe"](ax=narrow) is narrow
