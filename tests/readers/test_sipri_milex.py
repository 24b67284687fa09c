"""SIPRI's Military Expenditure workbook, in invented copies of its layout, and the guard before every workbook."""

from __future__ import annotations

import copy
import os
import sys
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest
from openpyxl.styles import Font  # type: ignore[import-untyped] # it ships no types

import natoburden as nb
from natoburden.errors import MissingExtraError, NoObservationError, ReaderError
from natoburden.readers import Limits, sipri
from natoburden.readers.sipri import read_military_expenditure
from tests.readers.small_files import MILEX, workbook

SAMPLE = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "sipri/SIPRI-Milex-data-cut.xlsx"
CONSTANT = "Constant (2023) US$"


def written(
    folder: Path, sheets: dict[str, list[list[Any]]], colours: dict[tuple[str, str], Any] | None = None
) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for cell in (cell for row in sheet.iter_rows() for cell in row if name == "Share of GDP"):
            cell.number_format = "0.0%" if isinstance(cell.value, float) else "General"
    for (name, place), colour in (colours or {}).items():
        book[name][place].font = Font(color=colour)
    path = folder / "SIPRI-Milex-data.xlsx"
    book.save(path)
    return path


def sheets() -> dict[str, list[list[Any]]]:
    head = [["Invented  figures"], [], ["Figures in blue are estimates."]]
    return {
        "Front page": [[]],
        "Regional totals": [["Region", 2022], ["Europe", 1.5]],
        CONSTANT: [
            *head,
            ["Country", None, "Notes", 2022.0, 2023.0],
            [],
            ["Europe"],
            ["Poland", None, "‡§16", 100.5, 200.25],
            ["Iceland", None, None, "...", "…"],
            ["Kosovo", None, None, "xxx", 1.0],
        ],
        "Current US$": [*head, ["Country", "Notes", 2022, 2023], ["Poland", None, 90, 210]],
        "Share of GDP": [
            *head,
            ["Country", "Notes", 2022, 2023],
            ["Poland", None, 0.0341, 0.0222],
            ["Kuwait", None, 1.17, "xxx"],
            ["Türkiye", "‖", 0.012, 0.015],
        ],
        "Per capita": [["Country", "Notes", "2022"], ["Poland", None, 512.5]],
        "Footnotes": [[1.0, "A note"]],
    }


def test_the_workbook_becomes_a_table_with_its_own_base_year(tmp_path: Path) -> None:
    read = read_military_expenditure(written(tmp_path, sheets()))
    table = read.table
    constant = nb.PriceBasis.constant(2023)
    assert (table.edition.key, table.edition.constant_prices) == ("SIPRI 2022-2023", constant)
    assert table.edition.source.note == "Invented figures"
    assert table.expenditure("Poland", 2023, constant).value == nb.Money.millions("200.25", "USD", constant)
    assert table.expenditure("Poland", 2023).value == nb.Money.millions(210, "USD")
    assert table.share_of_gdp("Poland", 2022).value == nb.Share.percent("3.41")
    per_head = table.observation(nb.Measure.EXPENDITURE_PER_CAPITA, "POL", 2022, nb.CURRENT_PRICES, "USD")
    assert per_head.value == nb.Money("512.5", "USD")
    assert read.notes == {nb.Country("POL"): "‡§16", nb.Country("TUR"): "‖"}


def test_missing_figures_are_missing_with_the_reason(tmp_path: Path) -> None:
    table = read_military_expenditure(written(tmp_path, sheets())).table
    with pytest.raises(NoObservationError, match="SIPRI has no figure"):
        table.expenditure("Iceland", 2022, nb.PriceBasis.constant(2023))
    with pytest.raises(NoObservationError, match="did not exist or was not independent"):
        table.share_of_gdp("Kuwait", 2023)


def test_colours_are_status(tmp_path: Path) -> None:
    colours: dict[tuple[str, str], Any] = {
        ("Share of GDP", "C5"): "FF0000FF",
        ("Share of GDP", "D5"): "FFFF0000",
        ("Share of GDP", "C7"): openpyxl.styles.colors.Color(indexed=12),
        ("Share of GDP", "D7"): openpyxl.styles.colors.Color(indexed=64),
        ("Current US$", "C5"): openpyxl.styles.colors.Color(theme=1),
    }
    read = read_military_expenditure(written(tmp_path, sheets(), colours))
    statuses = [read.table.share_of_gdp(*where).status for where in (("POL", 2022), ("POL", 2023), ("TUR", 2022))]
    assert statuses == [nb.Status.ESTIMATE] * 3
    assert [str(item.year) for item in read.uncertain] == ["2023"]
    assert read.table.share_of_gdp("TUR", 2023).status is nb.Status.ACTUAL
    assert read.table.expenditure("POL", 2022).status is nb.Status.ACTUAL


def test_a_workbook_of_more_names_than_there_are_countries_is_refused(tmp_path: Path) -> None:
    content = sheets()
    content["Current US$"] += [[f"Nowhere {number}", None, 1, 2] for number in range(1_001)]
    with pytest.raises(ReaderError, match=r"Current US\$, row \d+: more than 1,000 names of no country"):
        read_military_expenditure(written(tmp_path, content))


def test_what_has_no_place_in_the_table_is_named(tmp_path: Path) -> None:
    content = sheets()
    content["Current US$"].append(["Poland (again)", None, 1, 2])
    content["Current US$"].append(["POL", None, 1, 2])
    left_out = read_military_expenditure(written(tmp_path, content)).left_out
    assert [(item.sheet, item.row, item.name) for item in left_out] == [
        (CONSTANT, 9, "Kosovo"),
        ("Current US$", 6, "Poland (again)"),
        ("Current US$", 7, "POL"),
        ("Share of GDP", 6, "Kuwait, 2022"),
    ]
    assert "under another name" in str(left_out[2])
    assert "117 % is not a share" in left_out[3].reason


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda content: content.pop(CONSTANT), "the sheets are Front page"),
        (lambda content: content.pop("Share of GDP"), "the sheets are Front page"),
        (lambda content: content[CONSTANT].pop(3), "sheet 'Constant (2023) US$': no header within 40 rows"),
        (lambda content: content[CONSTANT].__delitem__(slice(4, None)), "no figure follows the header"),
        (lambda content: content[CONSTANT][6].__setitem__(3, "many"), "row 7: Poland, 2022, cell D7: 'many' is not"),
        (lambda content: content[CONSTANT][6].__setitem__(3, -1), "'-1' is not usable"),
        (lambda content: content[CONSTANT][6].__setitem__(3, True), "'True' is not usable"),
        (lambda content: content.update({CONSTANT: [["x"]] * 50}), "no header within 40 rows"),
    ],
)
def test_a_workbook_of_another_layout_is_refused(tmp_path: Path, change: Any, problem: str) -> None:
    content = sheets()
    change(content)
    with pytest.raises(ReaderError) as caught:
        read_military_expenditure(written(tmp_path, content))
    assert problem in str(caught.value)
    assert str(caught.value).startswith("SIPRI-Milex-data.xlsx")


def test_a_country_that_stands_in_a_sheet_twice_is_refused(tmp_path: Path) -> None:
    content = sheets()
    content["Current US$"].append(["Poland", None, 1, 2])
    with pytest.raises(ReaderError, match="row 6: Poland stands in the sheet twice"):
        read_military_expenditure(written(tmp_path, content))


def test_a_workbook_without_a_figure_of_a_country_is_refused(tmp_path: Path) -> None:
    content = {
        CONSTANT: [["Country", 2022], ["Atlantis", 1]],
        "Share of GDP": [["Country", 2022], ["Atlantis", 0.1]],
    }
    with pytest.raises(ReaderError, match="no figure of any country"):
        read_military_expenditure(written(tmp_path, content))


# --- the guard -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "the file is empty"),
        (b"<!DOCTYPE html>", "the file is a web page"),
        (b"Country,2022\n", "the file is not a workbook, or is cut short"),
        (b"PK\x03\x04" + bytes(600), "the file is not a workbook, or is cut short"),
    ],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes, problem: str) -> None:
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(ReaderError, match=problem):
        read_military_expenditure(path)


def test_a_workbook_cut_short_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, sheets())
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(ReaderError, match="cut short"):
        read_military_expenditure(path)


def archived(folder: Path, parts: dict[str, bytes]) -> Path:
    path = folder / "book.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("parts", "limits", "problem"),
    [
        ({"a.xml": bytes(10), "b.xml": bytes(10)}, {"parts": 1}, "more than 1 parts"),
        ({"a.xml": b"x" * 1000}, {"size": 999}, "a.xml: more than 999 bytes"),
        ({"a.xml": b"<a>" * 1000}, {"elements": 999}, "a.xml: more than 999 elements"),
        ({"a.xml": b"<a " + b"x" * 3_000_000}, {}, "a text or an attribute of more than 1 MB"),
        ({"a.xml": b'<a xmlns="' + b"x" * 3_000 + b'"/>'}, {}, "a namespace with a name of a thousand"),
        ({"a.xml": b"<a></b>"}, {}, "a.xml: not well-formed XML"),
        ({"a.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'}, {}, "a part with a DOCTYPE"),
        ({"a.xml": "<a/>".encode("utf-16")}, {}, "a part that is not in UTF-8"),
        ({"a.xml": b"<a/>", "picture.png": b"\x00"}, {}, "the workbook cannot be read"),
    ],
)
def test_a_hostile_archive_is_refused_before_anything_in_it_is_parsed(
    tmp_path: Path, parts: dict[str, bytes], limits: dict[str, int], problem: str
) -> None:
    with pytest.raises(ReaderError, match=problem):
        read_military_expenditure(archived(tmp_path, parts), limits=Limits(**limits))


def test_an_encrypted_part_is_refused(tmp_path: Path) -> None:
    path = archived(tmp_path, {"a.bin": b"content"})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(ReaderError, match="encrypted"):
        read_military_expenditure(path)


def test_a_sheet_that_goes_on_and_on_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, sheets())
    for limits in (Limits(rows=6), Limits(columns=3), Limits(cells=9)):
        with pytest.raises(ReaderError, match=r"sheet .*, row [0-9]+: more than [0-9] (rows|columns|cells)"):
            read_military_expenditure(path, limits=limits)


def test_a_damaged_sheet_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, sheets())
    with zipfile.ZipFile(path) as archive:
        parts = {item: archive.read(item) for item in archive.namelist()}
    name = max((item for item in parts if "worksheets/sheet" in item), key=lambda item: len(parts[item]))
    parts[name] = parts[name][:400]
    with pytest.raises(ReaderError, match="the sheet cannot be read"):
        read_military_expenditure(archived(tmp_path, parts))


def test_without_openpyxl_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, sheets())
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError, match=r"natoburden\[readers\]"):
        read_military_expenditure(path)


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"no sample of SIPRI's workbook at {SAMPLE}")
def test_the_sample_is_read_with_its_estimates() -> None:
    read = read_military_expenditure(SAMPLE)
    assert len(read.table.countries) == 17
    assert str(read.table.share_of_gdp("Poland", 2023).value) == "3.83 %"
    assert {item.entity.name for item in read.table.observations if item.is_estimate} == {"Ukraine", "Türkiye"}
    assert read.left_out == ()
    assert isinstance(read.table.share_of_gdp("Poland", 2023).value.as_fraction, Decimal)


@pytest.mark.parametrize("year", [2018, 2019, 2020])
def test_the_workbooks_of_2019_to_2021_call_the_dollar_usd(tmp_path: Path, year: int) -> None:
    path = tmp_path / "SIPRI-Milex-data.xlsx"
    path.write_bytes(
        workbook(
            {
                f"Constant ({year}) USD ": [
                    ["Country", None, "Notes", 2019, 2020],
                    ["Poland", None, None, 11000, 12000],
                ],
                "Current USD": [["Country", "Notes", 2019, 2020], ["Poland", None, 11500, 12500]],
                "Share of GDP": [["Country", "Notes", 2019, 2020], ["Poland", None, 0.022, 0.024]],
            }
        )
    )
    table = nb.read(path, sipri.MilexWorkbook).table
    assert table.expenditure("Poland", 2020, nb.PriceBasis.constant(year)).value.in_millions == 12_000
    assert table.expenditure("Poland", 2020).value.in_millions == 12_500
    assert table.share_of_gdp("Poland", 2019).value == nb.Share.percent("2.2")


@pytest.mark.parametrize("text", ["NaN", "nan", "Infinity"])
def test_a_figure_that_is_no_number_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "SIPRI-Milex-data.xlsx"
    sheets = copy.deepcopy(MILEX)
    sheets["Share of GDP"][1][2] = text
    path.write_bytes(workbook(sheets))
    with pytest.raises(ReaderError, match=f"cell C2: '{text}' is not usable"):
        read_military_expenditure(path)


def test_shares_that_are_percent_as_plain_numbers_are_no_fractions(tmp_path: Path) -> None:
    content = sheets()
    content["Share of GDP"] = [["Country", "Notes", 2022, 2023], ["Poland", None, 3.41, 0.9]]
    file = written(tmp_path, content)
    book = openpyxl.load_workbook(file)
    for place in ("C2", "D2"):
        book["Share of GDP"][place].number_format = "General"
    book.save(file)
    with pytest.raises(ReaderError, match=r"row 2: Poland, 2022: 3\.41 in cell C2 is not formatted as a percentage"):
        read_military_expenditure(file)
