"""Records as columns, frames, Arrow streams and tables in notebooks."""

from __future__ import annotations

import datetime as dt
import importlib
import re
from typing import Any

import attrs
import polars as pl
import pytest

import natoburden as nb
from natoburden import frames
from natoburden.errors import FrameError, MissingExtraError, UnknownNameError
from natoburden.model._frames import Tabular, frame_of
from natoburden.model._html_tables import html_table
from natoburden.model._rows import columns_of, record_row

CONTRACTS = nb.datasets.announced_contracts()
TABLE = nb.datasets.defence_expenditure("2026-07")
IMPORT = importlib.import_module
LOADERS = (
    "american_share_estimates",
    "announced_contracts",
    "commitments",
    "defence_expenditure",
    "energy_deals",
    "energy_dependency",
    "energy_prices",
    "escape_clauses",
    "events",
    "exchange_rates",
    "gas_imports",
    "macro",
    "offset_agreements",
    "offset_rules",
    "offset_statistics",
    "safe_loans",
    "us_arms_notifications",
    "yearly_exchange_rates",
)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("backend", ["polars", "pandas", "pyarrow"])
def test_every_dataset_becomes_a_frame_of_its_columns(loader: str, backend: Any) -> None:
    data: Tabular = getattr(nb.datasets, loader)()
    columns = data.to_columns()
    frame = data.to_frame(backend)
    names = frame.column_names if backend == "pyarrow" else frame.columns
    assert list(names) == list(columns)
    assert frame.shape == (len(next(iter(columns.values()))), len(columns))


@pytest.mark.parametrize("loader", LOADERS)
def test_every_dataset_shows_as_a_table_that_says_what_it_is(loader: str) -> None:
    shown = getattr(nb.datasets, loader)()._repr_html_()
    assert "<caption" in shown
    assert "None" not in re.sub(r"<[^>]+>", " ", shown)


def test_money_of_records_stands_in_millions_beside_its_currency() -> None:
    frame = CONTRACTS.to_frame("polars")
    row = frame.filter(pl.col("key") == "C01").row(0, named=True)
    assert (row["value_low_million"], row["value_low_currency"], row["value_kind"]) == (5760.0, "USD", "contract")
    assert (row["buyers"], row["buyers_name"], row["year"]) == ("POL", "Poland", 2022)
    assert row["suppliers_name"] == "Hyundai Rotem; Hanwha Defense"
    assert row["areas"] == "armoured vehicles; artillery"
    undisclosed = next(item.key for item in CONTRACTS if not item.value.is_disclosed)
    assert frame.filter(pl.col("key") == undisclosed)["value_low_million"].to_list() == [None]


def test_ceilings_of_the_frame_are_those_of_the_file() -> None:
    notices = nb.datasets.us_arms_notifications()
    frame = notices.to_frame("polars")
    assert frame.height == len(notices) == 405
    assert frame["notified_on"].dtype == pl.Date
    total = sum(item.ceiling.amount for item in notices)
    assert frame["ceiling_million"].sum() == pytest.approx(float(total) / 1e6)
    assert frame["ceiling_currency"].unique().to_list() == ["USD"]
    agencies = frame.filter(pl.col("buyer") == pl.col("buyer_name"))["buyer"].unique().to_list()
    assert agencies == list({item.buyer.name for item in notices.by_agencies if hasattr(item.buyer, "name")})


def test_a_selection_has_the_columns_of_the_whole() -> None:
    assert list(CONTRACTS.of("Estonia").to_columns()) == list(CONTRACTS.to_columns())


def test_rates_and_prices_have_a_row_each() -> None:
    rates = nb.datasets.exchange_rates().to_frame("polars")
    dollar = nb.datasets.exchange_rates().per_base(nb.Currency("USD"))
    assert rates.filter(pl.col("currency") == "USD")["per_base"].item() == float(dollar)
    yearly = nb.datasets.yearly_exchange_rates()
    assert yearly.to_frame("polars")["year"].unique(maintain_order=True).to_list() == list(yearly.years)
    prices = nb.datasets.energy_prices()
    assert prices.to_frame("polars").height == sum(len(item.points) for item in prices)
    series = prices.items[0]
    assert series.to_frame("polars")["price"].to_list() == [float(item.price.amount.amount) for item in series.points]
    assert series.to_columns()["price_unit"][0] == f"USD per {series.per}"


def test_claims_have_a_figure_in_the_column_of_its_kind() -> None:
    claims = nb.fixtures.article().claims
    columns = claims.to_columns()
    at = columns["key"].index("A07")
    assert columns["quantity_percent"][at] == 5.0
    assert "checks" not in columns  # figures of several attributes have no cell


def test_arrow_streams_are_taken_without_a_call() -> None:
    import duckdb
    import pandas as pd  # type: ignore[import-untyped] # it ships no types
    import pyarrow as pa  # type: ignore[import-untyped] # it ships no types

    result = nb.targets.compliance(TABLE, 2025, nb.HAGUE_CORE)
    for given in (result, result[0], CONTRACTS, TABLE, nb.datasets.exchange_rates()):
        columns = given.to_columns()
        expected = (len(next(iter(columns.values()))), len(columns))
        assert pl.DataFrame(given).shape == expected
        assert pa.table(given).shape == expected
        assert duckdb.from_arrow(given).shape == expected
        if hasattr(pd.DataFrame, "from_arrow"):  # of pandas 3
            assert pd.DataFrame.from_arrow(given).shape == expected
    counted: Any = duckdb.sql("SELECT count(*) FROM result WHERE is_met")
    assert counted.fetchall() == [(result.count,)]
    assert pl.DataFrame(result).equals(result.to_frame("polars"))


def without(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    def fake(name: str) -> Any:
        if name in missing:
            raise ImportError(name)
        return IMPORT(name)

    monkeypatch.setattr(importlib, "import_module", fake)


def test_the_default_backend_is_the_first_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert type(CONTRACTS.to_frame()).__module__.startswith("polars")
    without(monkeypatch, "polars")
    assert type(CONTRACTS.to_frame()).__module__.startswith("pandas")
    without(monkeypatch, "polars", "pandas")
    assert type(CONTRACTS.to_frame()).__module__.startswith("pyarrow")
    without(monkeypatch, "pyarrow")
    assert pl.DataFrame(CONTRACTS).height == 86
    without(monkeypatch, "polars", "pandas", "pyarrow")
    with pytest.raises(MissingExtraError, match=r"natoburden\[frames\]"):
        CONTRACTS.to_frame()
    with pytest.raises(MissingExtraError, match="pyarrow or polars"):
        CONTRACTS.__arrow_c_stream__()


def test_another_backend_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(UnknownNameError, match="pyarrow"):
        CONTRACTS.to_frame("modin")  # type: ignore[arg-type]


def test_whole_numbers_and_truth_values_stay_so_where_some_are_missing() -> None:
    found = frame_of({"year": [2024, None], "met": [True, None], "share": [1.5, None], "all": [1, 2]}, "pandas")
    assert [str(found[name].dtype) for name in found] == ["Int64", "boolean", "float64", "int64"]


@pytest.mark.parametrize("backend", ["polars", "pyarrow"])
def test_columns_of_nothing_but_missing_values_have_the_type_of_their_unit(backend: Any) -> None:
    found = pl.DataFrame(frame_of({"share_percent": [None], "note": [None], "key": ["a"]}, backend))
    assert found.dtypes == [pl.Float64, pl.String, pl.String]


def test_a_table_without_rows_is_a_frame_without_rows() -> None:
    assert CONTRACTS.select(lambda _: False).to_frame("polars").height == 0
    assert CONTRACTS.select(lambda _: False)._repr_html_().startswith("<table>")


@attrs.frozen
class Pair:
    first: int
    second: int


@attrs.frozen
class Holder:
    pair: Pair
    pairs: tuple[Pair, ...] = ()
    place: nb.Country | None = None
    places: tuple[nb.Country, ...] = ()
    number: dt.date | None = None


@attrs.frozen
class Told:
    amount: nb.Money | None = None
    part: nb.Share | None = None
    volume: nb.model.GasVolume | None = None
    remark: str | None = None


def test_a_record_that_lacks_its_figures_has_the_columns_of_their_units_all_the_same() -> None:
    volume = nb.model.GasVolume(3, nb.model.GasUnit.BCM)
    full = record_row(Told(nb.Money.millions(2, "EUR"), nb.Share.percent(5), volume, "x"))
    assert full == {
        "amount_million": 2.0, "amount_currency": "EUR", "part_percent": 5.0, "volume": 3.0, "volume_unit": "bcm",
        "remark": "x",
    }  # fmt: skip
    assert record_row(Told()) == dict.fromkeys(full)


def test_a_record_inside_a_record_without_text_has_no_cell() -> None:
    row = record_row(Holder(Pair(1, 2), (Pair(1, 2),)))
    assert row == {"place": None, "place_name": None, "places": None, "places_name": None, "number": None}
    assert columns_of(()) == {}


def test_a_long_table_shows_both_ends_and_says_how_many_rows_it_has() -> None:
    shown = html_table({"year": list(range(1000, 1100))}, ("Years",))
    assert "… 80 more rows …" in shown
    assert "100 rows, of which the first and last 10" in shown
    assert (">1009<" in shown, ">1010<" in shown, ">1089<" in shown, ">1090<" in shown) == (True, False, False, True)


def test_figures_are_rounded_to_the_right_and_texts_to_the_left() -> None:
    columns: dict[str, list[Any]] = {
        "country": ["DEU", None],
        "country_name": ["Germany", None],
        "share_percent": [2.3456, None],
        "gap_points": [-1.0, 0.0],
        "gap_million_usd": [64837.123, None],
        "per_head_usd": [1234.5, None],
        "p": [0.000912, float("nan")],
        "rho": [0.0, None],
        "index": [12.345, 1.0],
        "persons": [123456, 1],
        "is_met": [True, False],
        "day": [dt.date(2025, 1, 2), None],
        "note": ["<b>" + "long " * 50, ""],
        "source": ["A", "B"],
        "source_url": ["https://a.example/?x=1&y=2", None],
    }
    shown = html_table(columns)
    heads = [re.sub(r"<[^>]+>", "", item) for item in re.findall(r"<th.*?</th>", shown)]
    assert heads == [
        "country",
        "share, %",
        "gap, pp",
        "gap, USD million",
        "per head, USD",
        "p",
        "rho",
        "index",
        "persons",
        "is met",
        "day",
        "note",
        "source",
    ]
    cells = [re.sub(r"<[^>]+>", "", item) for item in re.findall(r"<td.*?</td>", shown)]
    first, second = cells[:13], cells[13:]
    assert first[:11] == [
        "Germany",
        "2.35",
        "-1.00",
        "64,837",
        "1,234",
        "0.000912",
        "0",
        "12.35" if first[7] == "12.35" else "12.34",
        "123,456",
        "yes",
        "2025-01-02",
    ]
    assert first[11].startswith("&lt;b&gt;long")
    assert first[11].endswith("…")
    assert second[:3] == ["—", "—", "0.00"]
    assert '<a href="https://a.example/?x=1&amp;y=2">A</a>' in shown
    assert 'style="text-align:right">2.35<' in shown
    assert "DEU" not in shown


def test_what_is_unknown_is_a_row_of_the_notebook_table() -> None:
    shown = nb.dependency.supplier_shares(
        CONTRACTS, buyer="POL", rates=nb.datasets.exchange_rates(), currency="USD"
    )._repr_html_()
    assert ">unknown<" in shown
    assert ">origin<" in shown
    assert ">label<" not in shown


def test_ratios_before_and_after_have_both_ends_in_columns() -> None:
    changed = nb.dependency.what_if(
        CONTRACTS, remove=["C01"], buyer="POL", rates=nb.datasets.exchange_rates(), currency="USD"
    )
    columns = changed.to_columns()
    assert columns["name"] == [item.name for item in changed.ratios]
    first = changed.ratios[0]
    assert first.before is not None
    assert (columns["before_low"][0], columns["before_high"][0]) == (float(first.before.low), float(first.before.high))


def test_prices_of_one_series_show_as_a_table() -> None:
    series = nb.datasets.energy_prices().items[0]
    assert f"{series}, edition 2026-08" in series._repr_html_()


def test_expenditure_per_head_stands_in_dollars() -> None:
    row = nb.burden.side_by_side(TABLE, 2025)["USA"].to_row()
    assert row["per_head_usd"] == float(TABLE.expenditure_per_capita("USA", 2025).value.amount)


def test_a_path_has_a_row_a_year() -> None:
    steps = nb.pathways.path(nb.Share.percent(2), nb.Share.percent("3.5"), first_year=2025, last_year=2028)
    frame = steps.to_frame("polars")
    assert frame.select("year", "share_percent").rows() == [(2025, 2.0), (2026, 2.5), (2027, 3.0), (2028, 3.5)]
    gdp = TABLE.gdp("DEU", 2025, TABLE.edition.constant_prices).value
    cost = nb.pathways.path_cost(steps, gdp=gdp, gdp_growth=nb.Rate.percent(0)).to_frame("polars")
    assert cost["year"].to_list() == [2026, 2027, 2028]
    assert cost["additional_million_usd"][0] == pytest.approx(float(gdp.amount) * 0.005 / 1e6)
    debt = nb.pathways.debt_path(
        nb.PercentagePoints(60), steps, first_year=2025, interest=nb.Rate.percent(0), growth=nb.Rate.percent(0)
    ).to_frame("polars")
    assert debt["debt_points"].to_list() == [60.0, 60.5, 61.5, 63.0]
    stated = nb.promises.stated_path(TABLE, nb.datasets.commitments(), "POL", on=dt.date(2026, 7, 10))
    assert stated.to_frame("polars").select("year", "share_low_percent", "country_name").row(0) == (
        stated.first_year,
        float(stated.shares[stated.first_year].low.as_percent),
        "Poland",
    )


def test_anything_of_the_library_becomes_a_frame() -> None:
    target = frames.to_frame(nb.HAGUE_CORE, "polars")
    assert target["share_percent"].to_list() == [3.5]
    editions = nb.datasets.defence_expenditure_editions("2025-08", "2026-07")
    below = frames.to_frame(editions, "polars")
    assert below["edition"].unique(maintain_order=True).to_list() == ["2025-08", "2026-07"]
    assert frames.to_frame(CONTRACTS, "polars").equals(CONTRACTS.to_frame("polars"))
    gaps = [nb.targets.gap(TABLE, name, 2025, nb.HAGUE_CORE) for name in ("DEU", "ESP")]
    assert frames.to_frame(gaps, "polars")["country_name"].to_list() == ["Germany", "Spain"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (3, "of the type int is not a record"),
        ((nb.HAGUE_CORE, 3), "do not make one table"),
        ("text", "is not a record"),
    ],
)
def test_what_is_no_record_is_refused(given: object, said: str) -> None:
    with pytest.raises(FrameError, match=said):
        frames.to_frame(given)


def test_a_strategic_dependency_has_a_row_a_year_with_its_three_conditions() -> None:
    years = [
        nb.dependency.TradeYear(
            year=year,
            import_hhi="0.5",
            world_export_hhi="0.45",
            imports=nb.Money(3, "EUR"),
            exports=nb.Money(2, "EUR"),
        )
        for year in (2021, 2022, 2023)
    ]
    frame = nb.dependency.strategic_dependency("antimony", years).to_frame("polars")
    assert frame.select("year", "import_hhi", "holds").rows() == [(year, 0.5, True) for year in (2021, 2022, 2023)]
    assert frame["imports_to_exports"].to_list() == [1.5] * 3


def test_rows_out_of_their_table_keep_their_label() -> None:
    shares = nb.dependency.supplier_shares(CONTRACTS, buyer="POL", rates=nb.datasets.exchange_rates(), currency="USD")
    assert nb.ResultTable(rows=shares.rows).to_columns()["label"][0] == "United States"


def test_small_figures_beside_large_ones_keep_three_digits_in_html() -> None:
    shown = html_table({"per_base": [1.6742, 0.8467, 16.65, 1475.4, 7.0, None]})
    for figure in ("1.67", "0.847", "16.6", "1,475", "7", "—"):
        assert f">{figure}</td>" in shown
    assert "0.85" not in shown
    rates = nb.datasets.yearly_exchange_rates()._repr_html_()
    assert ">1.74</td>" in rates  # Australian dollars per euro in 2008, beside thousands of others
