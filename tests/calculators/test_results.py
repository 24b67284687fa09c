"""What every result can do: explain itself, name its sources, become data, rows, frames and HTML."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator

import attrs
import pytest

import natoburden as nb
from natoburden.calculators import results
from natoburden.errors import MissingExtraError, UnknownNameError

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2019-06", "2024-06", "2025-08", "2026-07")
STEPS = nb.pathways.path(TABLE.share_of_gdp("DEU", 2025), nb.HAGUE_CORE.share, first_year=2025, last_year=2035)
ONE_PERCENT = nb.Rate.percent(1)


def promises() -> Iterator[nb.Result]:
    record, on = nb.datasets.commitments(), dt.date(2026, 7, 1)
    stated = nb.promises.stated_path(TABLE, record, "DEU", on=on)
    total = nb.promises.sum_of_promises(
        TABLE, record, "NATO", on=on, target=nb.HAGUE_CORE, gdp_growth=ONE_PERCENT, mixed_definitions_ok=True
    )
    yield stated
    yield total
    yield total.years[0]
    yield total.allies[2030]["DEU"]
    yield nb.promises.promise_tests([TABLE], [record["PRT-2025-2.0-2025"]])[0]
    yield nb.promises.arrival(TABLE, stated, nb.HAGUE_CORE)
    yield nb.promises.credibility(STEPS.by_year, nb.HAGUE_CORE)


def every_result() -> Iterator[nb.Result]:
    targets, pathways = nb.targets, nb.pathways
    yield targets.share_of_gdp(TABLE, "DEU", 2025)
    yield targets.gap_in_points(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    yield targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    yield targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE)
    yield targets.cumulative_shortfall(TABLE, "DEU", nb.WALES_GUIDELINE, since=2014)
    yield targets.aggregate_share(TABLE, "NATO", 2025)
    yield targets.aggregate_share(TABLE, "NATO_EU", 2025)
    yield targets.share_of_group(TABLE, "USA", "NATO", 2025)
    yield targets.category_amount(TABLE, nb.Measure.EQUIPMENT_SHARE, "DEU", 2025)
    yield targets.real_change(TABLE, "NATO_EUROPE", 2025)
    yield targets.contributions(TABLE, "NATO", 2025)[0]
    yield targets.compliance(TABLE, 2025, nb.HAGUE_CORE)[0]
    yield targets.quadrants(TABLE, 2025, nb.WALES_GUIDELINE, nb.WALES_EQUIPMENT)[0]
    yield targets.two_part(TABLE, "DEU", 2025, nb.Share.percent(1), nb.HAGUE)
    yield targets.two_part_test(nb.Share.percent(3), nb.Share.percent(1), nb.HAGUE)
    yield targets.revisions(EDITIONS, "share_of_gdp", 2024)["DEU"]
    yield pathways.required_growth(nb.Share.percent(2), nb.Share.percent(3), 9, gdp_growth=ONE_PERCENT)
    yield pathways.years_to_reach(
        TABLE.share_of_gdp("DEU", 2025), nb.Share.percent(3), spending_growth=nb.Rate.percent(5), gdp_growth=ONE_PERCENT
    )
    yield STEPS
    yield from promises()
    yield pathways.path_cost(STEPS, TABLE.gdp("DEU", 2025, TABLE.edition.constant_prices), gdp_growth=ONE_PERCENT)


RESULTS = list(every_result())
NAMES = [f"{number}-{type(result).__name__}" for number, result in enumerate(RESULTS)]


@pytest.mark.parametrize("result", RESULTS, ids=NAMES)
def test_every_result_explains_formula_inputs_findings_and_sources(result: nb.Result) -> None:
    text = result.explain()
    assert text.startswith(result.headline)
    assert result.formula in text
    assert text.count("\n  input ") == len(result.inputs)
    assert all(f"{label}: {value}" in text for label, value in result.findings)
    assert all(str(source) in text for source in result.sources)
    assert len(set(result.sources)) == len(result.sources)


@pytest.mark.parametrize("result", RESULTS, ids=NAMES)
def test_every_result_becomes_json_with_its_inputs(result: nb.Result) -> None:
    data = json.loads(json.dumps(result.to_dict()))
    assert data["status"] == result.status.value
    assert data["formula"] == result.formula
    assert len(data["inputs"]) == len(result.inputs)
    assert all(item["edition"] for item in data["inputs"])


@pytest.mark.parametrize("result", RESULTS, ids=NAMES)
def test_every_result_becomes_a_flat_row(result: nb.Result) -> None:
    row = result.to_row()
    assert row["status"] == result.status.value
    assert all(value is None or isinstance(value, str | int | float) for value in row.values())


def test_a_result_is_no_firmer_than_its_inputs() -> None:
    assert nb.targets.gap(TABLE, "DEU", 2024, nb.HAGUE_CORE).status is nb.Status.ACTUAL
    assert nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE).status is nb.Status.ESTIMATE
    assert nb.targets.real_change(TABLE, "DEU", 2025).status is nb.Status.ESTIMATE


def test_a_gaps_data_can_be_read_back_without_rounding() -> None:
    data = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE).to_dict()
    assert data["country"] == "DEU"
    assert data["target"] == "hague-core"
    assert data["points"] == "1.28 pp"
    assert data["amount"] == {"amount": "64841085000", "currency": "USD", "basis": "current"}
    assert (
        nb.serialization.from_data(data["amount"], nb.Money).in_millions
        == nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE).amount.in_millions
    )


def test_a_groups_data_holds_its_members() -> None:
    data = nb.targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE).to_dict()
    assert [member["country"] for member in data["members"]][:2] == ["ALB", "BEL"]
    assert data["without_row"] == ["ISL"]


# --- tables ----------------------------------------------------------------------------------------------

GAPS = nb.targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE).members


def test_a_table_is_looked_up_by_position_slice_and_country() -> None:
    assert GAPS[0].country == nb.Country("ALB")
    assert GAPS["Deutschland"] is GAPS[nb.Country("DEU")]
    assert [row.country.alpha_3 for row in GAPS[1:3]] == ["BEL", "BGR"]
    assert list(GAPS)[-1].country.alpha_3 == "USA"
    with pytest.raises(UnknownNameError, match="Iceland"):
        GAPS["Iceland"]


def test_a_table_names_the_sources_of_all_rows_once() -> None:
    assert [source.publisher for source in GAPS.sources] == ["NATO", "NATO"]
    assert len(GAPS.to_dicts()) == len(GAPS)


@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_a_table_becomes_a_frame_of_the_readers_own_library(backend: results.Backend) -> None:
    frame = GAPS.to_frame(backend)
    assert type(frame).__module__.split(".")[0] == backend
    columns = frame.to_pydict() if backend == "pyarrow" else frame.to_dict() if backend == "pandas" else frame
    germany = list(GAPS).index(GAPS["DEU"])
    value = columns["points_points"][germany]
    assert value == 1.28


def test_an_unknown_frame_library_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="polars, pandas, pyarrow"):
        GAPS.to_frame("excel")  # type: ignore[arg-type] # refused on purpose


def test_without_narwhals_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(MissingExtraError, match=r"natoburden\[frames\]"):
        GAPS.to_frame("polars")


def test_a_table_shows_as_escaped_html() -> None:
    html = nb.targets.revisions(EDITIONS, "share_of_gdp", 2024)._repr_html_()
    assert html.startswith("<table>")
    assert html.count("<tr>") == 32
    assert "<script" not in results.ResultTable(rows=(evil_result(),))._repr_html_()


def evil_result() -> nb.Result:
    target = nb.Target(
        key="<script>",
        name="<script>",
        share=nb.Share.percent(2),
        component=nb.model.Component.CORE,
        modality=nb.Modality.FLOOR,
        adopted=nb.HAGUE_CORE.adopted,
        source=nb.HAGUE_CORE.source,
    )
    return nb.targets.gap(TABLE, "DEU", 2025, target)


def test_an_empty_table_has_no_columns() -> None:
    empty = GAPS[:0]
    assert empty.to_columns() == {}
    assert len(empty) == 0


def test_a_result_shows_as_a_table_with_everything_escaped(table: nb.ExpenditureTable) -> None:
    gap = nb.targets.gap(table, "Spain", 2025, nb.HAGUE_CORE)
    shown = gap._repr_html_()
    assert "<th>gap</th><td>+1.50 pp</td>" in shown
    evil = attrs.evolve(gap, target=attrs.evolve(gap.target, name="<script>&"))
    assert "&lt;script&gt;&amp;" in evil._repr_html_()
    assert "<script>" not in evil._repr_html_()


def test_a_printed_result_says_what_was_asked_and_found_and_no_more(table: nb.ExpenditureTable) -> None:
    gap = nb.targets.gap(table, "Spain", 2025, nb.HAGUE_CORE)
    lines = str(gap).splitlines()
    assert lines[0] == "Gap of Spain in 2025 to the Hague core target (floor: 3.50 % of GDP by 2035)"
    assert lines[1:] == ["  share: 2.00 %", "  gap: +1.50 pp", "  gap: USD 28.58 bn (current prices)"]
    members = nb.targets.group_gap(table, "NATO Europe", 2025, nb.HAGUE_CORE).members
    assert str(members[:2]) == f"{members[0]}\n{members[1]}"
    met = nb.targets.compliance(table, 2025, nb.HAGUE_CORE)
    assert str(met).splitlines()[1] == "  4 of 31: Estonia, Lithuania, Latvia, Poland"


def test_printed_supplier_shares_name_what_is_unknown() -> None:
    contracts = nb.datasets.announced_contracts()
    printed = [
        "Supplies of Poland, by origin",
        "United States",
        "South Korea",
        "United Kingdom",
        "Sweden",
        "Italy",
        "unknown",
    ]
    by_year, one_day = (
        [line.split(":")[0].strip() for line in str(found).splitlines()]
        for found in (
            nb.dependency.supplier_shares(contracts, buyer="Poland", rates=rates)
            for rates in (nb.datasets.yearly_exchange_rates(), nb.datasets.exchange_rates())
        )
    )
    assert by_year == [*printed, "converted at rates of an incomplete year", "records"]
    assert one_day == [*printed, "converted at rates of another year", "records"]
