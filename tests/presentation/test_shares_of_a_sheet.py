"""``natoburden shares`` of one's own spreadsheet: the same mapping, suggestions and faults as `load_contracts`."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden.presentation.cli import main

ROWS = (
    ("Customer", "Maker name", "Country", "Amount (EUR m)", "Kind", "Year"),
    ("Poland", "A; B", "USA", "1.5", "contract", "2024"),
    ("Poland", "Hanwha", "South Korea", "3", "contract", "2024"),
    ("Poland", "", "", "0.5", "contract", "2023"),
    ("Poland", "Boeing", "USA", "100", "ceiling", "2023"),
)


@pytest.fixture(params=["tabs", "xlsx"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "tabs":
        (tmp_path / "mine.csv").write_text("\n".join(map("\t".join, ROWS)).replace(".", ","), encoding="utf-8")
        return tmp_path / "mine.csv"
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append([float(cell) if cell.replace(".", "").isdigit() else cell or None for cell in row])
    book.save(tmp_path / "mine.xlsx")
    return tmp_path / "mine.xlsx"


def shares(*arguments: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    assert main(["shares", *arguments, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_shares_of_a_sheet_are_those_of_the_calculator(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mapping = ["--columns", "supplier=Maker name"]
    rows = shares(str(file), *mapping, capsys=capsys)
    assert [(row["origin"], float(row["amount"]), float(row["share"])) for row in rows] == [
        ("KOR", 3e6, 0.6),
        ("USA", 1.5e6, 0.3),
        ("", 0.5e6, pytest.approx(0.1)),
    ]
    contracts = nb.datasets.load_contracts(file, {"Maker name": "supplier"})
    found = nb.dependency.supplier_shares(contracts, few_records_ok=True)
    assert [float(row.share.as_fraction) for row in found] == [0.6, 0.3]
    assert float(found.unknown.as_fraction) == 0.1
    rows = shares(str(file), *mapping, "--by", "supplier", "--within", "buyer,year", capsys=capsys)
    assert [(row["year"], row["supplier"], float(row["share"])) for row in rows] == [
        ("2023", "", 1.0),
        ("2024", "Hanwha", pytest.approx(2 / 3)),
        ("2024", "", pytest.approx(1 / 3)),
    ]


def test_the_page_says_how_the_file_was_read_and_what_does_not_count(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["shares", str(file), "--columns", "supplier=Maker name", "--format", "json"]) == 0
    notes = json.loads(capsys.readouterr().out)["notes"]
    assert "Values that are not of contracts, such as ceilings, do not count: 1." in notes
    assert any("supplier from 'Maker name' (as asked); origin from 'Country' (by its name" in note for note in notes)
    assert (
        main(["shares", str(file), "--columns", "supplier=Maker name", "--rates", "--to", "USD", "--locale", "fr"]) == 0
    )
    shown = " ".join(capsys.readouterr().out.split())
    assert "Valeurs qui ne sont pas celles de contrats" in shown
    assert "convertis en USD aux moyennes annuelles" in shown


def test_a_suggestion_can_be_pasted_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text('Country,Vendor firm,"Amount, EUR m",Signed\nPoland,A,5,02/03/2025\nPoland,B,1.5,02/04/2025\n')
    with pytest.raises(SystemExit) as caught:
        main(["shares", str(file)])
    assert caught.value.code == 2
    said = capsys.readouterr().err
    mapping = "buyer=Country,supplier=Vendor firm,value=Amount, EUR m,date=Signed"
    assert f"--columns '{mapping}'" in said
    with pytest.raises(SystemExit):
        main(["shares", str(file), "--columns", mapping])
    assert "say --dates day-first or --dates month-first" in capsys.readouterr().err
    asked = ["--columns", mapping, "--dates", "day-first", "--by", "supplier"]
    assert [row["supplier"] for row in shares(str(file), *asked, capsys=capsys)] == ["A", "B"]


def test_what_a_file_does_not_say_is_given_by_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Vendor,Amount\nA,1.234\nB,2.468\n")
    asked = ["--buyer", "Poland", "--amounts", "USD bn", "--decimal", ".", "--by", "supplier"]
    assert [float(row["amount"]) for row in shares(str(file), *asked, capsys=capsys)] == [2.468e9, 1.234e9]
    with pytest.raises(SystemExit):
        main(["shares", str(file), "--amounts", "apples"])
    assert "write a currency, a scale or both: 'EUR m'" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["shares", str(file.with_name("absent"))])
    assert "absent: No such file" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["shares", str(file), "--columns", "Vendor"])
    assert "'Vendor' is not a mapping such as supplier=Vendor,value=Amount" in capsys.readouterr().err


def test_a_file_of_ceilings_alone_has_no_shares(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("Buyer,Vendor,Amount (EUR m),Kind\nPoland,A,5,ceiling\n")
    with pytest.raises(SystemExit):
        main(["shares", str(file)])
    assert "none of its values is one of a contract" in capsys.readouterr().err


def test_amounts_of_one_currency_say_which(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("buyer,origin,value (EUR m)\nPoland,USA,100\nPoland,KOR,50\n", "utf-8")
    assert main(["shares", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[3].split() == ["EUR", "%", "%"]
    assert main(["shares", str(file), "--format", "csv"]) == 0
    header, *lines = capsys.readouterr().out.splitlines()
    assert header.endswith(",currency")
    assert all(line.endswith(",EUR") for line in lines)


TEMPLATE = "buyer,supplier,origin,value,currency\nPoland,A maker,South Korea,5760000000,EUR\n"


@pytest.mark.parametrize("by", ["supplier", "company"])
def test_a_sheet_under_the_headers_of_the_template_is_one_and_knows_the_firm_by_two_names(
    tmp_path: Path, by: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(TEMPLATE)
    assert [row["origin"] for row in shares(str(file), capsys=capsys)] == ["KOR"]
    assert [row["supplier"] for row in shares(str(file), "--by", by, capsys=capsys)] == ["A maker"]


@pytest.mark.parametrize(
    ("buyer", "said"),
    [
        ("Polnd", "'Polnd' is not usable as --buyer; no country is called 'Polnd'"),
        ("Korea", "'Korea' is not usable as --buyer; 'Korea' names 2 countries"),
        ("NATO", "'NATO' is not usable as --buyer; it is a group; name the one country that buys in every row"),
    ],
)
def test_a_buyer_that_is_no_country_is_refused_by_the_name_of_the_option(
    tmp_path: Path, buyer: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    file.write_text(TEMPLATE.replace("buyer,", "").replace("Poland,", ""))
    with pytest.raises(SystemExit) as caught:
        main(["shares", str(file), "--buyer", buyer])
    assert caught.value.code == 2
    assert said in capsys.readouterr().err
    assert [row["origin"] for row in shares(str(file), "--buyer", "Poland", capsys=capsys)] == ["KOR"]
