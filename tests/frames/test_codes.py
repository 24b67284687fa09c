"""Names and codes of countries in columns, on every engine."""

from __future__ import annotations

import warnings
from typing import Any

import pytest

import natoburden as nb
from natoburden import frames
from natoburden.errors import FrameError, UnknownNameError, UnmatchedNamesWarning
from tests.frames.engines import ENGINES, Engine, rows_of

NAMES = ["Corée du Sud", "USA", None, "EL", "Deutschland", "UK", "Czech Rep.", "Türkiye", "USA"]
CODES = ["KOR", "USA", None, "GRC", "DEU", "GBR", "CZE", "TUR", "USA"]

pytestmark = pytest.mark.filterwarnings("ignore:Dask support is moving out of Narwhals:FutureWarning")


def lines(engine: Engine, values: list[Any], kind: str = "text") -> Any:
    columns = {"place": list(range(len(values))), "who": values}
    return engine.make(columns, {"place": "year", "who": kind})


def read(frame: Any, name: str = "who") -> list[Any]:
    return [row[name] for row in sorted(rows_of(frame), key=lambda row: row["place"])]


@pytest.mark.parametrize("engine", ENGINES)
def test_names_in_any_language_become_codes_and_nulls_stay(engine: Engine) -> None:
    assert read(frames.to_codes(lines(engine, NAMES), "who")) == CODES


@pytest.mark.parametrize("engine", ENGINES)
def test_the_column_stays_where_another_is_named(engine: Engine) -> None:
    found = frames.to_codes(lines(engine, NAMES), "who", to="eurostat", named="code")
    assert read(found) == NAMES
    assert read(found, "code") == ["KR", "US", None, "EL", "DE", "UK", "CZ", "TR", "US"]


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_of_states_are_read_as_such(engine: Engine) -> None:
    found = frames.to_codes(lines(engine, [255, 2, 640, 220], "year"), "who", from_="cow")
    assert read(found) == ["DEU", "USA", "TUR", "FRA"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("unmatched", "codes"), [("null", ["POL", None, None]), ("keep", ["POL", "Nowhere", "Kosovo"])]
)
def test_what_is_no_country_is_nulled_or_kept(engine: Engine, unmatched: Any, codes: list[str | None]) -> None:
    found = frames.to_codes(lines(engine, ["Poland", "Nowhere", "Kosovo"]), "who", unmatched=unmatched)
    assert read(found) == codes


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_without_any_country_has_no_codes(engine: Engine) -> None:
    assert read(frames.to_codes(lines(engine, ["Nowhere", None]), "who", unmatched="null")) == [None, None]
    assert read(frames.to_codes(lines(engine, [None, None]), "who")) == [None, None]


def test_all_that_is_no_country_is_refused_at_once_with_what_it_may_mean() -> None:
    with pytest.raises(FrameError) as caught:
        frames.to_codes(lines(ENGINES[0].values[0], ["Germny", "Kosovo", "Nowhere", "POL", "Nga"]), "who")
    message = str(caught.value)
    assert "'Germny' (Germany (DEU) or" in message
    assert "'Kosovo' (ISO 3166-1 assigns Kosovo no code" in message
    assert "'Nowhere'" in message
    assert "POL" not in message
    assert "unmatched='warn', 'null' or 'keep'" in message


def test_names_of_two_countries_and_countries_without_a_code_are_told() -> None:
    frame = lines(ENGINES[0].values[0], ["Congo", "Grenada"])
    with pytest.raises(
        FrameError, match=r"'Congo' \(DR Congo \(COD\) or .* \(COG\)\?\).*'Grenada' \(Grenada has no code"
    ):
        frames.to_codes(frame, "who", to="gw")


def test_only_so_many_values_are_named() -> None:
    frame = lines(ENGINES[0].values[0], [f"Nowhere {number}" for number in range(50)])
    with pytest.raises(FrameError, match="10 more values have no code"):
        frames.to_codes(frame, "who")


def test_what_became_null_is_reported_on_request() -> None:
    frame = lines(ENGINES[0].values[0], ["Poland", "Polnd"])
    with pytest.warns(UnmatchedNamesWarning, match=r"'Polnd' \(Poland \(POL\)") as told:
        assert read(frames.to_codes(frame, "who", unmatched="warn")) == ["POL", None]
    assert told[0].filename == __file__


def test_former_states_of_a_list_are_named() -> None:
    frame = lines(ENGINES[0].values[0], [265, 1], "year")
    with pytest.raises(FrameError, match=r"holds 265 \(it is German Democratic Republic there") as caught:
        frames.to_codes(frame, "who", from_="cow")
    assert "holds 1;" in str(caught.value)


def test_numbers_are_no_names() -> None:
    with pytest.raises(FrameError, match="from_='cow', 'gw' or 'iso_numeric'"):
        frames.to_codes(lines(ENGINES[0].values[0], [255], "year"), "who")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"from_": "cuw"}, "unknown scheme of codes 'cuw'"),
        ({"to": "nato"}, "unknown scheme of codes 'nato'"),
        ({"unmatched": "drop"}, "unknown way with unmatched values 'drop'; valid: raise, warn, null, keep"),
    ],
)
def test_other_schemes_and_ways_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(UnknownNameError, match=words):
        frames.to_codes(lines(ENGINES[0].values[0], ["POL"]), "who", **options)


@pytest.mark.parametrize("column", [3, None])
def test_the_column_is_named_by_text(column: Any) -> None:
    with pytest.raises(FrameError, match="names no column"):
        frames.to_codes(lines(ENGINES[0].values[0], ["POL"]), column)
    with pytest.raises(FrameError, match="no column 'buyer'"):
        frames.to_codes(lines(ENGINES[0].values[0], ["POL"]), "buyer")


def test_pandas_keeps_its_index_and_reads_columns_of_objects() -> None:
    import pandas as pd  # type: ignore[import-untyped] # it ships no types

    frame = pd.DataFrame({"who": pd.array(["Polen", None, "EL"], dtype=object), "n": [1, 2, 3]}, index=[7, 5, 6])
    found = frames.to_codes(frame, "who")
    assert list(found.index) == [7, 5, 6]
    assert found["who"].to_list()[::2] == ["POL", "GRC"]
    assert found["who"].isna().to_list() == [False, True, False]
    numbers = pd.DataFrame({"who": [255.0, None]})
    assert frames.to_codes(numbers, "who", from_="gw", unmatched="null")["who"].isna().all()
    assert frames.to_codes(numbers, "who", from_="cow")["who"].to_list()[0] == "DEU"


def test_codes_go_out_and_come_back_the_same() -> None:
    for scheme in nb.model.CodeScheme:
        listed = [country for country in nb.Country.all() if has_code(country, scheme)]
        frame = lines(ENGINES[0].values[0], [country.code(scheme) for country in listed])
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            assert read(frames.to_codes(frame, "who", from_=scheme)) == [country.alpha_3 for country in listed]


def has_code(country: nb.Country, scheme: nb.model.CodeScheme) -> bool:
    try:
        return bool(country.code(scheme))
    except nb.errors.NoCodeError:
        return False
