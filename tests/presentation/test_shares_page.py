"""``natoburden shares``, on files as an analyst has them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest

from natoburden.errors import MissingExtraError, UnknownNameError
from natoburden.frames.files import readable, scan
from natoburden.presentation.cli import main

LINES = pl.DataFrame(
    {
        "buyer": ["POL", "POL", "DEU", "DEU"],
        "supplier": ["USA", None, "USA", "FRA"],
        "value": [4e6, 1e6, 2.5e6, 7.5e6],
        "year": [2023, 2024, 2024, 2024],
    }
)


@pytest.fixture(params=["parquet", "csv", "tsv", "parquet without its ending"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / ("awards" if "without" in request.param else f"awards.{request.param}")
    if "parquet" in request.param:
        LINES.write_parquet(path)
    else:
        LINES.write_csv(path, separator="\t" if request.param == "tsv" else ",")
    return path


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_shares_of_a_file_are_the_same_on_every_engine(
    file: Path, engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["--within", "buyer", "--measure", "value", "--engine", engine, "--format", "csv"]
    assert main(["shares", str(file), *arguments]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [(row["buyer"], row["supplier"], float(row["share"])) for row in rows] == [
        ("DEU", "FRA", 0.75),
        ("DEU", "USA", 0.25),
        ("POL", "USA", 0.8),
        ("POL", "", 0.2),
    ]


def test_a_table_names_what_is_unknown_and_windows_bear_their_year(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    LINES.write_parquet(tmp_path / "a.parquet")
    assert main(["shares", str(tmp_path / "a.parquet"), "--measure", "value", "--window", "2"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Shares of value in a.parquet"
    assert [line.split() for line in lines[4:8]] == [
        ["2023", "USA", "4,000,000.00", "100.00", "100.00"],
        ["2024", "FRA", "7,500,000.00", "50.00", "93.33"],
        ["2024", "USA", "6,500,000.00", "43.33", "93.33"],
        ["2024", "unknown", "1,000,000.00", "6.67", "93.33"],
    ]
    assert main(["shares", str(tmp_path / "a.parquet"), "--measure", "value", "--by", "buyer", "--format", "json"]) == 0
    assert [row["buyer"] for row in json.loads(capsys.readouterr().out)["rows"]] == ["DEU", "POL"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.parquet", b"", "the file is empty"),
        ("a.txt", b"x", "no Parquet, and not called .csv"),
        ("a.parquet", b"PAR1 but broken", "it cannot be read"),
        ("a.csv", b"buyer,supplier\nPOL,USA\n", "no column 'amount'; the columns are buyer, supplier"),
        ("a.csv", b"supplier,amount\nUSA,many\n", "column 'amount' is String"),
    ],
)
@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_file_that_is_no_table_of_awards_is_one_line(
    tmp_path: Path, name: str, content: bytes, words: str, engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SystemExit) as caught:
        main(["shares", str(tmp_path / name), "--engine", engine])
    assert caught.value.code == 2
    assert words in capsys.readouterr().err


def test_without_an_engine_its_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    LINES.write_parquet(tmp_path / "a.parquet")
    with pytest.raises(UnknownNameError, match="unknown engine 'spark'; valid: polars, duckdb"):
        scan(tmp_path / "a.parquet", engine="spark")
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    with pytest.raises(MissingExtraError, match=r"natoburden\[frames\]"):
        scan(tmp_path / "a.parquet")


def test_an_error_of_ones_own_is_not_taken_for_a_bad_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), readable(tmp_path / "a.csv"):
        raise ZeroDivisionError


MIXED = pl.DataFrame(
    {
        "supplier": ["USA", "KOR", "KOR"],
        "amount": [100.0, 103.89, 5.0],
        "currency": ["EUR", "USD", "XPF"],
        "year": [2022, 2023, 2023],
    }
)


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_amounts_of_several_currencies_are_refused_until_they_are_converted(
    tmp_path: Path, engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.parquet"
    MIXED.write_parquet(file)
    with pytest.raises(SystemExit) as caught:
        main(["shares", str(file), "--engine", engine])
    assert caught.value.code == 2
    assert "amounts of EUR, USD and XPF" in capsys.readouterr().err
    MIXED.drop("year").write_parquet(file)
    assert main(["shares", str(file), "--engine", engine, "--rates", "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["supplier"]: float(row["share"]) for row in rows} == {
        "KOR": pytest.approx(0.5),
        "USA": pytest.approx(0.5),
    }
    assert {row["currency"] for row in rows} == {"EUR"}
    assert main(["shares", str(file), "--engine", engine, "--rates", "--to", "USD", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"][0]["total"] == pytest.approx(207.78)


def test_a_page_says_at_what_rates_it_converts_and_what_has_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.parquet"
    MIXED.drop("year").write_parquet(file)
    assert main(["shares", str(file), "--rates"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Amounts are converted into EUR at the rates of European Central Bank, December 31, 2024." in said
    assert "Lines with an amount: 3. Lines left out because they have no rate: 1." in said
    assert main(["shares", str(file), "--rates", "--locale", "fr"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Les montants sont convertis en EUR aux taux de European Central Bank, 31 décembre 2024." in said


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_lines_with_a_year_are_converted_at_its_average(
    tmp_path: Path, engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The dollar stood at 1.0813 on average in 2023, by the bank's own table."""
    file = tmp_path / "a.parquet"
    MIXED.write_parquet(file)
    assert main(["shares", str(file), "--engine", engine, "--rates", "--format", "json"]) == 0
    amounts = {row["supplier"]: row["amount"] for row in json.loads(capsys.readouterr().out)["rows"]}
    assert amounts == {"USA": 100.0, "KOR": pytest.approx(103.89 / 1.0813, abs=0.01)}
    assert main(["shares", str(file), "--engine", engine, "--rates"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "at the annual averages of European Central Bank, 2008 to 2026." in said
    assert "Lines left out because they have no rate: 1." in said


def test_lines_are_converted_at_the_average_of_their_year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import datetime as dt

    days = [dt.date(2022, 1, 3) + dt.timedelta(days=number) for number in range(800)]  # 2024 is not over
    rates = {2022: "1.0", 2023: "2.0", 2024: "4.0"}
    history = tmp_path / "eurofxref-hist.csv"
    history.write_text(
        "Date,USD,PLN,GBP,\n" + "".join(f"{day},{rates[day.year]},4.5,0.8,\n" for day in reversed(days)), "utf-8"
    )
    file = tmp_path / "a.parquet"
    MIXED.head(2).with_columns(amount=pl.Series([100.0, 200.0])).write_parquet(file)
    assert main(["shares", str(file), "--rates", str(history), "--format", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert {row["supplier"]: float(row["amount"]) for row in rows} == {"USA": 100.0, "KOR": 100.0}
    assert main(["shares", str(file), "--rates", str(history)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "at the annual averages of European Central Bank, 2022 to 2023." in said
    assert "left out" not in said
