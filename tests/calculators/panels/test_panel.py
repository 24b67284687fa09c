"""Panels and what spills in: balanced or not, missing named, sums by hand."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

import natoburden as nb
from natoburden.calculators.panels import MissingCell, Panel, SpatialWeights, panel, spend_in
from natoburden.errors import (
    MissingFiguresError,
    NatoBurdenError,
    NoObservationError,
    UnexpectedValueError,
    UnknownNameError,
)
from tests.calculators.panels.made import ALLIES, NEAR, NEIGHBOURS, PANEL, SOURCE, TABLE

OLD = nb.datasets.defence_expenditure("2019-06")
MACRO = nb.datasets.macro()
BALTIC = {("EST", 2020): 1.0, ("LVA", 2020): 2.0, ("LTU", 2020): 4.0, ("EST", 2021): 3.0, ("LTU", 2021): 5.0}
GAPPED = Panel.of("gapped", {"spending": BALTIC, "size": dict.fromkeys([*BALTIC, ("LVA", 2021)], 1)}, source=SOURCE)
UNKNOWN = Panel.of("unknown", {"spending": {}, "size": {("POL", 2020): 1, ("DEU", 2020): 2}}, source=SOURCE)


def test_a_panel_has_every_ally_in_every_year() -> None:
    assert PANEL.is_balanced
    assert (len(PANEL.countries), PANEL.years, len(PANEL.cells)) == (31, tuple(range(2014, 2027)), 403)
    assert PANEL.value("burden", "DEU", 2025) == pytest.approx(
        100 * PANEL.value("expenditure", "DEU", 2025) / PANEL.value("gdp", "DEU", 2025)
    )
    amount = TABLE.expenditure("DEU", 2025, TABLE.edition.constant_prices).value.amount
    assert PANEL.value("expenditure", "DEU", 2025) == float(amount / 10**9)


def test_an_ally_counts_from_the_year_of_its_accession_where_asked() -> None:
    joined = panel(TABLE, since_joining=True)
    assert not joined.is_balanced
    assert [year for country, year in joined.cells if country.alpha_3 == "SWE"] == [2024, 2025, 2026]


def test_macroeconomic_figures_stand_beside_natos() -> None:
    found = panel(TABLE, macro=MACRO, measures=["population", ("gdp", "US dollars"), "government_gross_debt"])
    assert found.variables[3:] == ("population", "gdp, US dollars", "government_gross_debt")
    assert found.units["population"] == "millions of persons"
    debt = MACRO.figure("ITA", 2024, "government_gross_debt").value
    assert found.value("government_gross_debt", "ITA", 2024) == float(debt.as_percent)
    assert found.value("gdp, US dollars", "ITA", 2024) == pytest.approx(2380, rel=0.1)
    assert any(source.publisher != "NATO" for source in found.sources)


def test_an_index_keeps_its_number() -> None:
    found = panel(TABLE, macro=MACRO, measures=[nb.model.MacroMeasure.GDP_DEFLATOR], years=[2024])
    assert found.value("gdp_deflator", "DEU", 2024) == float(MACRO.figure("DEU", 2024, "gdp_deflator").value)


def test_a_figure_that_is_missing_is_named_and_not_filled() -> None:
    old = panel(OLD, group=["MNE", "POL", "DEU"], macro=MACRO, measures=["government_net_debt"])
    assert not old.is_balanced
    named = {(item.variable, item.country.alpha_3) for item in old.missing}
    assert all((item.country, item.year) not in old.of_variable(item.variable) for item in old.missing)
    assert ("expenditure", "MNE") in named or ("government_net_debt", "MNE") in named
    assert str(old.missing[0]).startswith(f"{old.missing[0].variable} of {old.missing[0].country}")


def test_a_panel_of_ones_own_names_what_it_lacks() -> None:
    assert GAPPED.missing == (MissingCell(nb.Country("LVA"), 2021, "spending", "it is not given"),)
    assert GAPPED.to_columns()["spending"] == [1.0, 3.0, 4.0, 5.0, 2.0, None]
    assert "missing: 1 figures" in GAPPED._repr_html_()
    assert GAPPED.told == "3 allies, 2020-2021, edition gapped"
    assert "billions" in PANEL._repr_html_()
    assert Panel.of("x", {"a": {("POL", 2020): Decimal("1.5")}}, source=SOURCE, units={"a": "km"}).units == {"a": "km"}


def test_a_panel_takes_the_whole_numbers_of_numpy() -> None:
    figures: Any = {("POL", np.int64(2020)): np.int64(3), ("DEU", 2020): np.float32(1.5)}
    found = Panel.of("x", {"a": figures}, source=SOURCE)
    assert (found.value("a", "POL", 2020), found.value("a", "DEU", 2020)) == (3.0, 1.5)


def test_a_part_of_a_panel_holds_what_was_asked() -> None:
    part = GAPPED.only(years=[2021], countries=["LVA", "EST"])
    assert part.cells == ((nb.Country("EST"), 2021), (nb.Country("LVA"), 2021))
    assert len(part.missing) == 1


def test_spend_in_is_the_sum_of_the_others() -> None:
    rows = spend_in(PANEL, SpatialWeights.everyone(ALLIES), years=[2025])
    total = math.fsum(row.own or 0.0 for row in rows)
    for row in rows:
        assert row.spend_in == pytest.approx(total - (row.own or 0.0))
        assert row.counted == 30


def test_spend_in_by_border_is_that_of_the_neighbours() -> None:
    near = SpatialWeights.contiguity(ALLIES, nb.datasets.land_borders())
    row = spend_in(TABLE, near, of="burden", years=[2025])["Spain 2025"]
    assert row.spend_in == pytest.approx(sum(PANEL.value("burden", ally, 2025) for ally in ("FRA", "PRT")))
    assert {item.entity for item in row.inputs} == {nb.Country(code) for code in ("ESP", "FRA", "PRT")}  # type: ignore[attr-defined]
    assert {source.publisher for source in row.sources} == {"NATO", "US Central Intelligence Agency"}
    assert spend_in(TABLE, near, years=[2025])["United Kingdom 2025"].spend_in == 0


def test_normalised_weights_make_a_mean_of_the_others_of_the_year() -> None:
    rows = spend_in(PANEL, NEAR, of="burden", years=[2024])
    burdens = [PANEL.value("burden", ally, 2024) for ally in ALLIES]
    assert all(min(burdens) <= row.spend_in <= max(burdens) for row in rows)
    joined = panel(TABLE, since_joining=True, years=[2022, 2024])
    weights = SpatialWeights.everyone(joined.countries).normalised()
    norway = spend_in(joined, weights, of="burden")["Norway 2022"]
    others = [
        joined.value("burden", ally, 2022) for ally, year in joined.cells if year == 2022 and ally.alpha_3 != "NOR"
    ]
    assert (norway.counted, len(others)) == (28, 28)
    assert norway.spend_in == pytest.approx(math.fsum(others) / 28)
    assert "divided by its sum" in norway.formula


def test_a_missing_figure_makes_the_spend_in_of_those_for_whom_it_counts_unknown() -> None:
    everyone = SpatialWeights.everyone(GAPPED.countries)
    rows = spend_in(GAPPED, everyone, of="spending")
    assert [row.label for row in rows] == ["Estonia 2020", "Lithuania 2020", "Latvia 2020", "Latvia 2021"]
    assert rows["Latvia 2021"].own is None
    assert rows["Latvia 2021"].spend_in == 8
    near = SpatialWeights.of("w", {("EST", "LTU"): 1}, source=SOURCE, countries=GAPPED.countries)
    assert "Estonia 2021" in [row.label for row in spend_in(GAPPED, near, of="spending")]


REFUSED: dict[str, tuple[Any, type[NatoBurdenError]]] = {
    "no table": (lambda: panel("2026-07"), UnexpectedValueError),  # type: ignore[arg-type]
    "no years": (lambda: panel(TABLE, years=[]), UnexpectedValueError),
    "nobody with armed forces": (lambda: panel(TABLE, group=["ISL"]), UnexpectedValueError),
    "a text for a figure": (lambda: Panel.of("x", {"a": {("POL", 2020): "1"}}, source=SOURCE), UnexpectedValueError),  # type: ignore[dict-item]
    "a year not covered": (lambda: panel(TABLE, years=[1999]), NoObservationError),
    "measures without an outlook": (lambda: panel(TABLE, measures=["population"]), UnexpectedValueError),
    "an unknown measure": (lambda: panel(TABLE, macro=MACRO, measures=["weather"]), UnknownNameError),
    "a measure in several units": (lambda: panel(TABLE, macro=MACRO, measures=["gdp"]), UnexpectedValueError),
    "a text of measures": (lambda: panel(TABLE, macro=MACRO, measures="population"), UnexpectedValueError),
    "another variable": (lambda: PANEL.value("gpd", "DEU", 2025), UnknownNameError),
    "a missing figure": (lambda: GAPPED.value("spending", "LVA", 2021), NoObservationError),
    "a country without any": (lambda: GAPPED.value("spending", "USA", 2021), NoObservationError),
    "a group for countries": (lambda: PANEL.only(countries="NATO Europe"), UnexpectedValueError),
    "no part": (lambda: PANEL.only(countries=["AUT"]), UnexpectedValueError),
    "no variables": (lambda: Panel.of("x", {}, source=SOURCE), UnexpectedValueError),
    "a list of variables": (lambda: Panel.of("x", [1], source=SOURCE), UnexpectedValueError),  # type: ignore[arg-type]
    "no source": (lambda: Panel.of("x", {"a": {("POL", 2020): 1}}, source="me"), UnexpectedValueError),  # type: ignore[arg-type]
    "NaN": (lambda: Panel.of("x", {"a": {("POL", 2020): math.nan}}, source=SOURCE), UnexpectedValueError),
    "a truth": (lambda: Panel.of("x", {"a": {("POL", 2020): True}}, source=SOURCE), UnexpectedValueError),
    "a cell twice": (
        lambda: Panel.of("x", {"a": {("POL", 2020): 1, ("PL", 2020): 1}}, source=SOURCE),
        UnexpectedValueError,
    ),
    "no pair": (lambda: Panel.of("x", {"a": {"POL": 1}}, source=SOURCE), UnexpectedValueError),  # type: ignore[dict-item]
    "no weights": (lambda: spend_in(TABLE, "near"), UnexpectedValueError),  # type: ignore[arg-type]
    "weights that leave allies out": (
        lambda: spend_in(TABLE, SpatialWeights.everyone(["POL", "DEU"])),
        MissingFiguresError,
    ),
    "no panel": (lambda: spend_in("2026-07", NEIGHBOURS), UnexpectedValueError),  # type: ignore[arg-type]
    "another group": (lambda: spend_in(PANEL, NEIGHBOURS, group="NATO Europe"), UnexpectedValueError),
    "nothing known": (
        lambda: spend_in(UNKNOWN, SpatialWeights.everyone(["POL", "DEU"]), of="spending"),
        NoObservationError,
    ),
}


@pytest.mark.parametrize(("make", "error"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_panel_is_refused(make: Any, error: type[NatoBurdenError]) -> None:
    with pytest.raises(error):
        make()


def test_a_panel_of_the_group_that_is_named_again_is_taken() -> None:
    assert len(spend_in(PANEL, NEIGHBOURS, group="NATO")) == 403


def test_a_cell_that_an_edition_lacks_is_named_with_the_reason() -> None:
    lacking = panel(nb.datasets.defence_expenditure("2025-08"))
    assert not lacking.is_balanced
    assert {item.variable for item in lacking.missing} <= {"expenditure", "gdp"}
    for item in lacking.missing:
        assert (item.country, item.year) not in lacking.of_variable("burden")
        assert "2025-08" in item.reason


def test_a_cell_that_an_outlook_lacks_is_named_with_what_the_outlook_says() -> None:
    macro = nb.datasets.macro()
    few = attrs.evolve(macro, figures=tuple(item for item in macro if item.country != nb.Country("FRA")))
    found = panel(TABLE, years=[2024], macro=few, measures=["population"])
    [lacking] = [item for item in found.missing if item.variable == "population"]
    assert (lacking.country.alpha_3, lacking.year) == ("FRA", 2024)
    assert lacking.reason.startswith("edition 2026-04 has no population in persons of France for 2024")


def test_a_row_tells_its_working_by_the_figures_of_its_variable() -> None:
    row = spend_in(PANEL, NEIGHBOURS, years=[2025])["Portugal 2025"]
    assert row.headline == (
        "Spend-in of Portugal, 2025: expenditure of others by contiguity and United States, edition 2026-07"
    )
    assert {item.measure.value for item in row.inputs} == {"expenditure"}  # type: ignore[attr-defined]
    assert "allies that count: 2" in row.explain()
    people = panel(TABLE, macro=MACRO, measures=["population"], years=[2025])
    of_people = spend_in(people, NEIGHBOURS, of="population")["Portugal 2025"]
    assert {item.measure.value for item in of_people.inputs} == {"population"}  # type: ignore[attr-defined]
    assert of_people.spend_in == pytest.approx(
        people.value("population", "ESP", 2025) + people.value("population", "USA", 2025)
    )
    assert repr(people) == "<Panel 2026-07: 31 allies, 2025, expenditure, gdp, burden, population>"
