"""The template of contracts: what a user fills is what `load_contracts` reads, without a mapping."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden.errors import DocumentError, MissingExtraError, UnknownNameError
from natoburden.presentation.cli import main
from natoburden.presentation.contract_template import TemplatePage, write_contract_template
from natoburden.readers.sheets._fields import FIELDS

ROW = {
    "key": "a",
    "buyer": "Poland; Lithuania",
    "supplier": "A maker",
    "origin": "South Korea",
    "system": "A tank",
    "area": "armoured vehicles",
    "value": "2400000000",
    "currency": "USD",
    "kind": "contract",
    "date": "2022-08-26",
    "status": "signed",
    "quantity": "180",
    "source": "Press release",
    "url": "https://www.example.org/",
    "note": "invented",
}


def filled(file: Path) -> Path:
    """Write a row below the example of a template, as a user does."""
    row = [ROW.get(field.name, "") for field in FIELDS]
    if file.suffix == ".csv":
        with file.open("a", encoding="utf-8", newline="") as opened:
            csv.writer(opened).writerow(row)
        return file
    book = openpyxl.load_workbook(file)
    book["Contracts"].append([int(cell) if cell.isdigit() else cell or None for cell in row])
    book.save(file)
    return file


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_filled_template_is_read_without_a_mapping(
    tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"mine{suffix}"
    assert main(["template", "contracts", "-o", str(file)]) == 0
    assert capsys.readouterr().out.startswith(f"mine{suffix} is written; its columns")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_contracts(file)
    assert "below its header it holds no record" in str(caught.value)
    found = nb.datasets.load_contracts(filled(file))
    [item] = found
    assert str(item) == "a: Poland, Lithuania from A maker, A tank (USD 2.40 bn (current prices), contract, 2022-08-26)"
    assert (item.area, item.status) == (nb.model.CapabilityArea.ARMOURED_VEHICLES, nb.model.ContractStatus.SIGNED)
    assert (item.source.title, item.source.url, item.note) == ("Press release", "https://www.example.org/", "invented")
    assert item.quantity == nb.model.OrderedQuantity(count=180, unit="units")
    assert found.reading is not None
    assert [use.field for use in found.reading.columns] == [field.name for field in FIELDS]
    assert found.reading.passed_over == ("row 2: '# example-1' is a comment",)
    assert nb.read(file, nb.model.Contracts).items == found.items
    assert "contracts: 1" in str(nb.inspect(file))
    assert str(nb.readers.recognise(file)) == "natoburden: contracts under the headers of the template"


def test_the_workbook_explains_its_columns_and_offers_valid_words(tmp_path: Path) -> None:
    write_contract_template(tmp_path / "mine.xlsx")
    book = openpyxl.load_workbook(tmp_path / "mine.xlsx")
    assert book.sheetnames == ["Contracts", "Columns"]
    sheet, about = book["Contracts"], book["Columns"]
    assert [cell.value for cell in sheet[1]] == [field.name for field in FIELDS]
    assert [row[0].value for row in about.iter_rows(min_row=2, max_row=len(FIELDS) + 1)] == [
        field.name for field in FIELDS
    ]
    assert all(row[2].value for row in about.iter_rows(min_row=2, max_row=len(FIELDS) + 1))
    assert {row[0].value for row in about.iter_rows(min_row=2) if row[1].value == "yes"} == {"buyer", "value"}
    offered: dict[str, list[Any]] = {}
    for rule in sheet.data_validations.dataValidation:
        first = str(rule.sqref).partition("3:")[0]
        cells = rule.formula1.partition("!")[2].replace("$", "")
        offered[sheet[f"{first}1"].value] = [cell[0].value for cell in about[cells]]
        assert rule.errorStyle == "warning"
    assert offered == {field.name: list(field.valid) for field in FIELDS if field.valid}
    assert offered["kind"] == [kind.value for kind in nb.ValueKind]


def test_the_example_is_itself_a_contract_that_can_be_read(tmp_path: Path) -> None:
    write_contract_template(tmp_path / "mine.csv")
    text = (tmp_path / "mine.csv").read_text(encoding="utf-8-sig").replace("# example-1", "example-1")
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    item = nb.datasets.load_contracts(tmp_path / "mine.csv")["example-1"]
    assert item.value.low == nb.datasets.announced_contracts()["C09"].value.low


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.csv"
    file.write_text("my work")
    with pytest.raises(SystemExit) as caught:
        main(["template", "contracts", "-o", str(file)])
    assert caught.value.code == 2
    assert "File exists" in capsys.readouterr().err
    assert file.read_text() == "my work"
    with pytest.raises(UnknownNameError, match=r"unknown kind of template '\.ods'; valid: \.csv, \.xlsx"):
        write_contract_template(tmp_path / "mine.ods")


def test_without_a_file_the_columns_are_said_in_the_readers_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["template", "contracts"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert shown.startswith("Columns of contracts")
    assert "long-range fires" in shown
    assert main(["template", "contracts", "--locale", "fr"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "Le pays acheteur, sous tout nom ou code" in shown
    assert [row["column"] for row in TemplatePage().to_dict()["rows"]] == [field.name for field in FIELDS]


def test_a_workbook_needs_its_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"natoburden\[readers\]"):
        write_contract_template(tmp_path / "mine.xlsx")
    assert not (tmp_path / "mine.xlsx").exists()
