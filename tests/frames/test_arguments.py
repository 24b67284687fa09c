"""What frame functions refuse: one error that names it, the same on every engine and of every function."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import attrs
import narwhals as nw
import numpy as np
import pytest

import natoburden as nb
from natoburden import frames
from natoburden.errors import FrameError
from natoburden.frames._arguments import whole
from natoburden.model.exchange import ExchangeRates
from tests.frames.engines import ENGINES, Engine, rows_of

SOURCE = nb.Source(title="Invented lines", publisher="natoburden")
INDEX = nb.model.Deflator.of("Index", "USD", {2023: 100, 2024: 120}, source=SOURCE)
RATES = {2023: nb.datasets.exchange_rates(), 2024: nb.datasets.exchange_rates()}
SAFE = nb.datasets.content_rule("SAFE")
TYPES = {
    "key": "text",
    "buyer": "text",
    "supplier": "text",
    "currency": "text",
    "part_of": "text",
    "year": "year",
    "amount": "number",
    "part": "number",
}
COLUMNS: dict[str, list[Any]] = {
    "key": ["a", "b", "c"],
    "buyer": ["POL", "POL", "DEU"],
    "supplier": ["USA", "KOR", None],
    "currency": ["USD", "USD", "USD"],
    "part_of": [None, None, "a"],
    "year": [2023, 2024, 2024],
    "amount": [1.0, 3.0, 4.0],
    "part": [1.0, 0.5, 0.25],
}
pytestmark = pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning")


@attrs.frozen
class Function:
    """A frame function, with what it needs beside the lines, and its arguments that name columns."""

    call: Callable[..., Any]
    columns: tuple[str, ...]
    named: dict[str, Any] = attrs.field(factory=dict)


SUMS = ("amount", "currency", "key", "part_of")
FUNCTIONS = {
    "supplier_shares": Function(frames.supplier_shares, ("by", "within", "part", "year", *SUMS)),
    "concentration": Function(frames.concentration, ("by", "within", "part", "year", *SUMS)),
    "coverage": Function(frames.coverage, ("by", "within", *SUMS)),
    "supplier_blocs": Function(frames.supplier_blocs, ("supplier", "year")),
    "import_share": Function(frames.import_share, ("buyer", "supplier", "within", "part", *SUMS)),
    "import_dependency": Function(
        frames.import_dependency,
        ("imports", "exports", "available"),
        {"imports": "amount", "exports": "part", "available": "amount"},
    ),
    "eligibility_split": Function(
        lambda lines, **named: frames.eligibility_split(lines, SAFE, **named),
        ("supplier", "part", "year", "within", *SUMS),
    ),
    "convert": Function(
        lambda lines, **named: frames.convert(lines, RATES, to="EUR", **named), ("amount", "currency", "year")
    ),
    "deflate": Function(
        lambda lines, **named: frames.deflate(lines, INDEX, base=2023, **named), ("amount", "currency", "year")
    ),
    "target_gaps": Function(
        lambda lines, **named: frames.target_gaps(lines, nb.HAGUE_CORE, **named),
        ("expenditure", "gdp", "share"),
        {"expenditure": "part", "gdp": "amount"},
    ),
}
ARGUMENTS = [(name, argument) for name, function in FUNCTIONS.items() for argument in function.columns]
ROW_FOR_ROW = ("supplier_blocs", "import_dependency", "convert", "deflate", "target_gaps")


@functools.cache
def unchanged(engine: Engine) -> Any:
    """The lines as they are, made once: clusters take longer to take a table in than to refuse it."""
    return engine.make(COLUMNS, TYPES)


def lines(engine: Engine, **changed: list[Any]) -> Any:
    return engine.make(COLUMNS | changed, TYPES) if changed else unchanged(engine)


def refused(name: str, frame: Any, **named: Any) -> str:
    function = FUNCTIONS[name]
    with pytest.raises(FrameError) as caught:
        function.call(frame, **function.named | named)
    return str(caught.value)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
def test_a_column_that_is_not_there_is_named(engine: Engine, name: str, argument: str) -> None:
    message = refused(name, lines(engine), **{argument: "bayer"})
    assert "no column 'bayer'" in message
    assert "the columns are key, buyer, supplier" in message


@pytest.mark.parametrize(("name", "argument"), ARGUMENTS)
@pytest.mark.parametrize("given", [3, 2.5, b"buyer", True])
def test_a_column_is_named_by_text(name: str, argument: str, given: Any) -> None:
    message = refused(name, lines(ENGINES[0].values[0]), **{argument: given})
    assert message.startswith(f"{argument}={given!r} names no column")


@pytest.mark.parametrize("named", [{"named": 3}, {"named": ["a"]}])
@pytest.mark.parametrize("name", ["supplier_blocs", "convert", "deflate"])
def test_a_new_column_is_named_by_text(name: str, named: dict[str, Any]) -> None:
    assert "names no column" in refused(name, lines(ENGINES[0].values[0]), **named)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ["supplier_shares", "concentration"])
@pytest.mark.parametrize(
    ("named", "words"),
    [
        ({"window": 2.5}, "window=2.5 cannot be used; window is a whole number from 1 to 300"),
        ({"window": "3"}, "window='3' cannot be used"),
        ({"window": True}, "window=True cannot be used"),
        ({"window": 10**9}, "window=1000000000 cannot be used"),
        ({"window": -1}, "window=-1 cannot be used"),
        ({"since": "2020"}, "since='2020' cannot be used; since is a whole number"),
        ({"until": 2020.0}, "until=2020.0 cannot be used; until is a whole number"),
        ({"until": float("nan")}, "until=nan cannot be used"),
        ({"since": 2024, "until": 2020}, "since=2024 is after until=2020"),
    ],
)
def test_years_and_windows_are_whole_numbers(engine: Engine, name: str, named: dict[str, Any], words: str) -> None:
    assert words in refused(name, lines(engine), **named)


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_of_numpy_are_numbers(engine: Engine) -> None:
    given = lines(engine)
    numbers: dict[str, Any] = {"since": np.int64(2023), "window": np.int32(2), "top": np.int16(1)}
    one = frames.concentration(given, **numbers)
    other = frames.concentration(given, since=2023, window=2, top=1)
    assert sorted(map(str, rows_of(one))) == sorted(map(str, rows_of(other)))
    base: Any = np.int64(2023)
    deflated = (frames.deflate(given, INDEX, base=year) for year in (base, 2023))
    one_rows, other_rows = (sorted(map(str, rows_of(frame))) for frame in deflated)
    assert one_rows == other_rows  # lazy frames come in no order


@pytest.mark.parametrize("engine", ENGINES)
def test_rates_and_indices_that_are_empty_are_refused(engine: Engine) -> None:
    given = lines(engine)
    with pytest.raises(FrameError, match="there are no rates; give exchange rates"):
        frames.convert(given, {}, to="EUR")
    with pytest.raises(FrameError, match="there is no price index"):
        frames.deflate(given, [], base=2023)
    wrong: Any = {"2024": nb.datasets.exchange_rates()}
    with pytest.raises(FrameError, match="a year of rates='2024' cannot be used"):
        frames.convert(given, wrong, to="EUR")
    wrong_base: Any = "2023"
    with pytest.raises(FrameError, match="base='2023' cannot be used"):
        frames.deflate(given, INDEX, base=wrong_base)


def test_rates_of_the_year_nought_are_rates_of_a_year() -> None:
    found = frames.convert(lines(ENGINES[0].values[0]), {0: nb.datasets.exchange_rates()}, to="EUR")
    assert {row["amount"] for row in rows_of(found)} == {None}


# --- columns that stand twice, or on several levels


def twice(kind: str) -> Any:
    import duckdb
    import pandas as pd  # type: ignore[import-untyped] # it ships no types
    import pyarrow as pa  # type: ignore[import-untyped] # it ships no types

    if kind == "pandas":
        frame = pd.DataFrame(COLUMNS)
        return pd.concat([frame, frame[["amount"]]], axis=1)
    if kind == "PyArrow":
        table = pa.table(COLUMNS)
        return table.append_column("amount", table["amount"])
    return duckdb.sql("SELECT 'USA' AS supplier, 1.0 :: DOUBLE AS amount, 2.0 :: DOUBLE AS amount")


@pytest.mark.parametrize("kind", ["pandas", "PyArrow", "DuckDB"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_column_that_stands_twice_is_named(kind: str, name: str) -> None:
    assert "column 'amount' is there 2 times" in refused(name, twice(kind))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_columns_on_several_levels_are_refused(name: str) -> None:
    import pandas as pd

    frame = pd.DataFrame(COLUMNS)
    frame.columns = pd.MultiIndex.from_product([["of"], list(COLUMNS)])
    assert "the columns are a MultiIndex" in refused(name, frame)


def test_a_column_in_the_index_is_said_to_be_there() -> None:
    import pandas as pd

    frame = pd.DataFrame(COLUMNS).set_index(["buyer", "year"])
    assert "no column 'buyer' (it is in the index: reset_index() makes it a column)" in refused(
        "supplier_shares", frame, within="buyer"
    )


# --- the index of pandas


@pytest.mark.parametrize("name", ROW_FOR_ROW)
@pytest.mark.parametrize("index", [[2, 0, 1], ["x", "y", "z"], [7, 7, 7], "levels"])
def test_the_index_of_pandas_stays(name: str, index: Any) -> None:
    import pandas as pd

    labels = pd.MultiIndex.from_tuples([(1, "a"), (0, "b"), (1, "b")]) if index == "levels" else pd.Index(index)
    given = pd.DataFrame(COLUMNS, index=labels)
    before, function = given.copy(), FUNCTIONS[name]
    found = function.call(given, **function.named)
    assert list(found.index) == list(labels)
    pd.testing.assert_frame_equal(given, before)
    kept = [column for column in COLUMNS if column not in ("amount", "currency")]
    pd.testing.assert_frame_equal(found[kept], given[kept])
    added = found.drop(columns=kept).reset_index(drop=True)
    again = function.call(given.reset_index(drop=True), **function.named).drop(columns=kept)
    pd.testing.assert_frame_equal(added, again)


def test_a_converted_column_lines_up_with_its_frame() -> None:
    import pandas as pd

    given = pd.DataFrame({"amount": [1.0, 2.0, 3.0], "currency": ["EUR", "EUR", "USD"]}, index=[2, 0, 1])
    given["euros"] = frames.convert(given, nb.datasets.exchange_rates(), to="EUR")["amount"]
    assert given.loc[[2, 0], "euros"].tolist() == [1.0, 2.0]
    assert given.loc[1, "euros"] == pytest.approx(3 / 1.0389)


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine.values[0].name == "Dask"])
def test_the_index_of_dask_stays(engine: Engine) -> None:
    given = lines(engine)
    found = frames.convert(given, nb.datasets.exchange_rates(), to="EUR").compute()
    assert list(found.index) == list(given.compute().index)
    assert found["year"].tolist() == COLUMNS["year"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", ROW_FOR_ROW)
def test_columns_that_are_not_asked_for_stay_as_they_are(engine: Engine, name: str) -> None:
    function = FUNCTIONS[name]
    found: Any = nw.from_native(function.call(lines(engine), **function.named))
    assert found.collect_schema().names()[: len(COLUMNS)] == list(COLUMNS)
    rows = {row["key"]: row for row in rows_of(found.to_native())}
    for number, key in enumerate(COLUMNS["key"]):
        for column in ("buyer", "supplier", "year", "part", "part_of"):
            assert rows[key][column] == COLUMNS[column][number]


def test_converted_amounts_bear_their_new_currency() -> None:
    import polars as pl

    rates: ExchangeRates = nb.datasets.exchange_rates()
    given = pl.DataFrame({"amount": [1.0, 1.0, 1.0], "currency": ["USD", "XPF", None]})
    assert frames.convert(given, rates, to="EUR").drop("amount")["currency"].to_list() == ["EUR", "XPF", None]
    assert frames.convert(given, rates, to="EUR", named="euros")["currency"].to_list() == ["USD", "XPF", None]


# --- faults that meet


@pytest.mark.parametrize("engine", ENGINES)
def test_everything_that_is_wrong_is_said_at_once(engine: Engine) -> None:
    given = lines(engine, currency=["USD", "EUR", "PLN"], amount=[1.0, float("inf"), 2.0])
    assert "no column 'bayer'" in refused(
        "supplier_shares", lines(engine, currency=["USD", "EUR", "PLN"]), within="bayer"
    )
    message = refused("supplier_shares", given, within="bayer", by=("supplier", "maker"))
    for words in ("no column 'maker'", "no column 'bayer'", "'amount' holds infinite numbers"):
        assert words in message
    blocs = refused("supplier_blocs", lines(engine, supplier=["Germany", "USA", "USA"]), year="jahr")
    assert "no column 'jahr'" in blocs
    assert "'Germany' (DEU)" in blocs


@pytest.mark.parametrize("within", ["supplier", "part"])
def test_contracts_are_not_split_between_groups(within: str) -> None:
    message = refused("eligibility_split", lines(ENGINES[0].values[0]), within=within)
    assert f"column {within!r} differs between the lines of one contract" in message


@pytest.mark.parametrize("engine", ENGINES)
def test_contracts_may_be_groups(engine: Engine) -> None:
    found = frames.eligibility_split(lines(engine), SAFE, within="key")
    assert {row["key"]: row["contracts"] for row in rows_of(found)} == {"a": 1, "b": 1, "c": 1}  # each its own group


@pytest.mark.parametrize("given", [3, "rates", None, [nb.datasets.exchange_rates()]])
def test_what_are_no_rates_is_refused(given: Any) -> None:
    with pytest.raises(nb.errors.UnexpectedValueError, match="exchange rates"):
        frames.convert(lines(ENGINES[0].values[0]), given, to="EUR")


@pytest.mark.parametrize("given", [object(), 3, None, {"supplier": ["USA"]}, type])
def test_what_is_not_a_frame_is_refused(given: Any) -> None:
    assert "is not a frame" in refused("supplier_shares", given)
    assert "is not a frame" in refused("convert", given)


@pytest.mark.parametrize("given", [1, 2, 49, 50])
def test_a_whole_number_may_be_one_of_its_bounds(given: int) -> None:
    assert whole(given, "window", 1, 50) == given


@pytest.mark.parametrize("given", [0, 51, -1, True, 1.0, "1", None])
def test_what_is_no_whole_number_within_the_bounds_is_refused_with_them(given: object) -> None:
    with pytest.raises(FrameError, match=r"^window=.* cannot be used; window is a whole number from 1 to 50$"):
        whole(given, "window", 1, 50)


def test_a_number_without_a_largest_one_is_refused_with_its_smallest() -> None:
    with pytest.raises(FrameError, match=r"window is a whole number from 1$"):
        whole(0, "window", 1)
