"""Columns of pandas as they come: objects, missing values of every kind, small integers, floats for years."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import pandas as pd  # type: ignore[import-untyped] # it ships no types
import polars as pl
import pytest

import natoburden as nb
from natoburden import frames
from natoburden.errors import FrameError
from tests.frames.engines import rows_of


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT, float("nan")])
@pytest.mark.parametrize("kind", [object, None])
def test_what_pandas_calls_missing_is_missing(missing: Any, kind: Any) -> None:
    given = pd.DataFrame(
        {
            "buyer": pd.Series(["POL", "POL", "POL", missing], dtype=object),
            "supplier": pd.Series(["USA", missing, "KOR", "USA"], dtype=object),
            "amount": pd.Series([1.0, 1.0, missing, 2.0], dtype=kind),
            "year": pd.Series([2024, 2024, missing, 2024], dtype=object),
        }
    )
    shares = {
        (row["buyer"], row["supplier"]): row["share"] for row in rows_of(frames.supplier_shares(given, within="buyer"))
    }
    assert shares == {("POL", "USA"): 0.5, ("POL", None): 0.5, (None, "USA"): 1.0}
    assert len(rows_of(frames.supplier_shares(given, since=2020))) == 2
    assert [row["bloc"] for row in rows_of(frames.supplier_blocs(given))] == [
        "United States",
        None,
        "other",
        "United States",
    ]
    [row] = rows_of(frames.import_share(given))
    assert (row["foreign"], row["unknown"], row["total"]) == (1.0, 3.0, 4.0)


def test_different_missing_values_of_one_column_are_one_null() -> None:
    given = pd.DataFrame(
        {"supplier": pd.Series([None, np.nan, pd.NA, pd.NaT, "USA"], dtype=object), "amount": [1.0] * 5}
    )
    assert {row["supplier"]: row["amount"] for row in rows_of(frames.supplier_shares(given))} == {None: 4.0, "USA": 1.0}


@pytest.mark.parametrize("missing", [None, np.nan, pd.NA, pd.NaT])
def test_columns_of_nothing_but_missing_values_are_nulls(missing: Any) -> None:
    names = ("supplier", "amount", "year", "part_of", "currency", "buyer")
    for given in (
        pd.DataFrame({name: [missing, missing] for name in names}),
        pd.DataFrame({name: pd.Series([missing, missing], dtype=object) for name in names}),
    ):
        assert rows_of(frames.supplier_shares(given, since=2020)) == []
        assert [row["lines"] for row in rows_of(frames.coverage(given, within="buyer"))] == [2]
        assert {row["bloc"] for row in rows_of(frames.supplier_blocs(given))} == {None}
        rates = nb.datasets.exchange_rates()
        assert {row["amount"] for row in rows_of(frames.convert(given, {2024: rates}, to="EUR"))} == {None}


def test_numbers_of_numpy_in_a_column_of_objects_are_numbers() -> None:
    amounts = pd.Series([np.float64(1), np.int64(2), 3, pd.NA], dtype=object)
    years = pd.Series([np.int64(2024), 2024, np.int16(2024), 2024], dtype=object)
    given = pd.DataFrame({"supplier": ["USA", "KOR", "USA", "KOR"], "amount": amounts, "year": years})
    found = {row["supplier"]: row["amount"] for row in rows_of(frames.supplier_shares(given, since=2024))}
    assert found == {"USA": 4.0, "KOR": 2.0}


@pytest.mark.parametrize("cells", [["1", "2"], [1.0, "2"], [nb.Money(1, "EUR"), None]])
def test_objects_that_are_no_numbers_are_refused(cells: list[Any]) -> None:
    given = pd.DataFrame({"supplier": ["USA", "KOR"], "amount": pd.Series(cells, dtype=object)})
    with pytest.raises(FrameError, match=r"column 'amount' is .*, and must be a number"):
        frames.supplier_shares(given)


def test_years_that_a_missing_one_made_floats_are_years() -> None:
    given = pd.DataFrame({"supplier": ["USA", "KOR", "USA"], "amount": [1.0, None, 3.0], "year": [2023, None, 2024]})
    assert given["year"].dtype == float
    found = {(row["year"], row["supplier"]): row["amount"] for row in rows_of(frames.supplier_shares(given, window=2))}
    assert found == {(2023, "USA"): 1.0, (2024, "USA"): 4.0}
    with pytest.raises(FrameError, match="column 'year' is Float64, and must be a whole number"):
        frames.supplier_shares(given.assign(year=[2023.5, None, 2024]), window=2)
    whole = pl.DataFrame({"supplier": ["USA"], "amount": [1.0], "year": [2023.0]})
    assert frames.supplier_shares(whole, window=1)["year"].to_list() == [2023]


@pytest.mark.parametrize("kind", ["int8", "uint8", "int32", "uint64", "Int16"])
def test_small_integers_do_not_wrap(kind: str) -> None:
    given = pd.DataFrame({"supplier": ["USA"] * 100, "amount": pd.Series([120] * 100, dtype=kind)})
    for frame in (given, pl.from_pandas(given)):
        [row] = rows_of(frames.supplier_shares(frame))
        assert row["amount"] == 12_000
    balances = pd.DataFrame({"imports": [20], "exports": [120], "available": [100]}, dtype=kind)
    for frame in (balances, pl.from_pandas(balances)):
        assert [row["dependency"] for row in rows_of(frames.import_dependency(frame))] == [-1.0]
    allies = pd.DataFrame({"expenditure": [2], "gdp": [100]}, dtype=kind)
    for frame in (allies, pl.from_pandas(allies)):
        [row] = rows_of(frames.target_gaps(frame, nb.WALES_GUIDELINE))
        assert (row["reaches"], row["gap_points"], row["gap_amount"]) == (True, 0.0, 0.0)


def test_float32_is_added_as_float64() -> None:
    given = pl.DataFrame(
        {"supplier": ["USA"] * 3, "amount": [16777216.0, 1.0, 1.0]}, schema_overrides={"amount": pl.Float32}
    )
    assert frames.supplier_shares(given)["amount"].to_list() == [16777218.0]


def test_a_share_that_was_computed_meets_its_target_at_the_boundary() -> None:
    spent = [0.1 + 0.2, 0.3, 0.3 - 1e-6]  # the first is a little more than the second
    allies = pl.DataFrame({"expenditure": spent, "gdp": [0.3 / 0.035] * 3})
    assert frames.target_gaps(allies, nb.HAGUE_CORE)["reaches"].to_list() == [True, True, False]
    ceiling = attrs.evolve(nb.HAGUE_CORE, modality=nb.Modality.CEILING)
    assert frames.target_gaps(allies, ceiling)["reaches"].to_list() == [True, True, True]


def test_groups_of_floats_hold_one_null() -> None:
    given = pl.DataFrame({"zone": [1.0, None, float("nan")], "supplier": ["USA"] * 3, "amount": [1.0] * 3})
    assert rows_of(frames.coverage(given, within="zone"))[1]["lines"] == 2


def test_lists_are_no_groups() -> None:
    given = pl.DataFrame({"buyers": [["POL"], ["DEU"]], "supplier": ["USA"] * 2, "amount": [1.0] * 2})
    with pytest.raises(FrameError, match="column 'buyers' is List\\(String\\), and cannot be grouped by"):
        frames.supplier_shares(given, within="buyers")


@pytest.mark.parametrize("kind", ["string", "large_string", "string_view"])
def test_every_text_of_arrow_is_text(kind: str) -> None:
    import pyarrow as pa  # type: ignore[import-untyped] # it ships no types

    columns = {"supplier": ["USA", "KOR"], "buyer": ["POL", "POL"], "currency": ["EUR", "USD"], "amount": [1.0, 2.0]}
    given = pa.table(
        {name: pa.array(values, None if name == "amount" else getattr(pa, kind)()) for name, values in columns.items()}
        | {"notes": pa.array([["a"], []])}
    )
    converted = frames.convert(given, nb.datasets.exchange_rates(), to="EUR", named="euros")
    assert converted.drop_columns("euros").equals(given)
    assert converted["euros"][0].as_py() == 1.0
    shares = rows_of(frames.supplier_shares(given, within="buyer", currency=None))
    assert [(row["supplier"], row["share"]) for row in shares] == [("KOR", 2 / 3), ("USA", 1 / 3)]


def test_lazy_rows_of_polars_keep_their_order() -> None:
    lines = pl.LazyFrame({"number": range(1_000), "amount": 1.0, "currency": ["EUR", "USD", "PLN", "GBP"] * 250})
    for _ in range(5):
        found: pl.DataFrame = frames.convert(lines, nb.datasets.exchange_rates(), to="USD").collect()
        assert found["number"].to_list() == list(range(1_000))


@pytest.mark.parametrize("kind", [pl.UInt64, pl.Int128])
def test_whole_numbers_that_no_int64_holds_are_refused(kind: Any) -> None:
    lines = pl.DataFrame({"supplier": ["USA", "KOR"], "amount": [2**63, 1]}, schema_overrides={"amount": kind})
    for given in (lines, lines.lazy()):
        with pytest.raises(FrameError, match="column 'amount' holds more than an int64 holds"):
            frames.supplier_shares(given)
    small = lines.with_columns(amount=pl.lit(3).cast(kind))
    assert frames.supplier_shares(small)["share"].to_list() == [0.5, 0.5]
