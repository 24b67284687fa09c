"""Frames that stay nearly right give a value or an error of the library, on every function: the law of readers."""

from __future__ import annotations

import contextlib
import datetime as dt
import warnings
from collections.abc import Callable
from typing import Any

import pandas as pd  # type: ignore[import-untyped] # it ships no types
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped] # it ships no types
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from natoburden.errors import FrameError, NatoBurdenError
from tests.frames.engines import rows_of
from tests.frames.test_arguments import COLUMNS, FUNCTIONS

# Columns of one type each, as an engine takes them: what spreadsheets and exports hold in the place of figures.
ODD: tuple[list[Any], ...] = (
    *([None, None, None], ["", " ", "x"], ["1", "2,5", "n/a"], [1, 2, 3], [0, -1, 2**62], [0.5, -1e308, 1e308]),
    *([float("nan"), 1.0, None], [float("inf"), 0.0, -0.0], [True, False, None], ["POL", "pol", "Atlantis"]),
    *([dt.date(2024, 1, 1), None, dt.date(1, 1, 1)], [dt.datetime(2024, 1, 1, 12), None, None], [b"a", b"\xff", None]),
    *([2024, 1900, 9999], [2024.0, 2024.5, 2025.0], ["2024", "2024-25", "FY24"], [[1], [], None]),
    ["\x00", "é" * 99, "USD"],
)  # fmt: skip
ENGINES: dict[str, Callable[[Any], Any]] = {
    "polars": pl.DataFrame,
    "polars lazy": pl.LazyFrame,
    "pandas": pd.DataFrame,
    "PyArrow": pa.table,
}


@st.composite
def bent(draw: st.DrawFn) -> dict[str, list[Any]]:
    """Columns with some replaced, taken away, doubled under another name, or all without lines."""
    columns: dict[str, list[Any]] = dict(COLUMNS)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(COLUMNS)))
        match draw(st.sampled_from(("odd", "odd", "odd", "away", "renamed", "empty"))):
            case "odd":
                columns[name] = draw(st.sampled_from(ODD))
            case "away":
                columns.pop(name, None)
            case "renamed":
                columns[draw(st.sampled_from(("Buyer", "", "share", "amount ")))] = COLUMNS[name]
            case _:
                return {key: [] for key in columns}
    return columns


@pytest.mark.parametrize("name", FUNCTIONS)
@settings(max_examples=40)
@given(columns=bent(), engine=st.sampled_from(sorted(ENGINES)))
def test_a_bent_frame_gives_rows_or_an_error_of_the_library(
    name: str, columns: dict[str, list[Any]], engine: str
) -> None:
    with contextlib.suppress(NatoBurdenError), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows_of(FUNCTIONS[name].call(ENGINES[engine](columns), **FUNCTIONS[name].named))


@pytest.mark.parametrize("name", ["convert", "deflate", "supplier_shares"])
@pytest.mark.parametrize("make", [pl.DataFrame, pd.DataFrame, pa.table], ids=["polars", "pandas", "PyArrow"])
@pytest.mark.parametrize("year", [float("inf"), float("-inf"), 1e30])
def test_a_year_that_no_whole_number_holds_is_refused_by_name(
    name: str, make: Callable[[Any], Any], year: float
) -> None:
    lines = make(COLUMNS | {"year": [year, 2024.0, 2024.0]})
    more = {"since": 2020} if name == "supplier_shares" else {}
    with pytest.raises(FrameError, match="column 'year'"):
        rows_of(FUNCTIONS[name].call(lines, **more))


@pytest.mark.parametrize("name", ["convert", "deflate"])
@pytest.mark.parametrize("empty", ["amount", "note"])
def test_a_column_of_nothing_in_pyarrow_stays_one(name: str, empty: str) -> None:
    rows = rows_of(FUNCTIONS[name].call(pa.table(COLUMNS | {empty: [None, None, None]})))
    assert [row[empty] for row in rows] == [None, None, None]


@pytest.mark.parametrize("name", ["convert", "deflate"])
@pytest.mark.parametrize("make", [pl.DataFrame, pl.LazyFrame])
def test_lines_without_a_type_and_without_a_row_give_no_rows(name: str, make: Callable[[Any], Any]) -> None:
    assert rows_of(FUNCTIONS[name].call(make({key: [] for key in COLUMNS}))) == []
