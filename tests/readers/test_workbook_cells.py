"""Cells of workbooks that hold something else than a plain figure: right, or refused by name, in every reader."""

from __future__ import annotations

import copy
import datetime as dt
import io
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden.errors import MissingExtraError, ReaderError
from natoburden.model.expenditure import Measure
from natoburden.readers import Limits, _old_workbook, eurostat, inspect, nato, sipri, worldbank
from tests.readers.small_files import BROWSER, MILEX, NATO, WORLD_BANK, Rows, old_workbook, workbook

Reader = Callable[[Path], Any]
DATABANK: dict[str, Rows] = {"Data": WORLD_BANK["Data"], "Series - Metadata": [["x"]]}
# Each reader with a workbook of its own, a cell of a figure, and one of an amount that is no share where there is one.
READERS: dict[str, tuple[Reader, dict[str, Rows], str, str]] = {
    "NATO": (nato.read_workbook, NATO, "Table 1", "B5"),
    "SIPRI": (sipri.read_military_expenditure, MILEX, "Constant (2023) US$", "C2"),
    "Eurostat": (eurostat.read_dataset, BROWSER, "Sheet 1", "B11"),
    "World Bank": (worldbank.read_indicators, DATABANK, "Data", "E5"),
}


def changed(folder: Path, sheets: dict[str, Rows], change: Callable[[Any], object]) -> Path:
    """Write a workbook with a change of its cells, their formats among them."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets)))
    change(book)
    path = folder / "book.xlsx"
    book.save(path)
    return path


def unchanged(_book: Any) -> None:
    """Leave a workbook as it is."""


def formatted(sheet: str, cell: str, value: object, number_format: str = "0.00%") -> Callable[[Any], None]:
    def change(book: Any) -> None:
        book[sheet][cell] = value
        book[sheet][cell].number_format = number_format

    return change


@pytest.mark.parametrize("publisher", READERS)
def test_an_amount_that_is_formatted_as_a_percentage_is_refused_with_its_cell(tmp_path: Path, publisher: str) -> None:
    reader, sheets, sheet, cell = READERS[publisher]
    with pytest.raises(ReaderError, match=rf"cell {cell}.* formatted as a percentage"):
        reader(changed(tmp_path, sheets, formatted(sheet, cell, 0.035)))


@pytest.mark.parametrize("publisher", READERS)
@pytest.mark.parametrize("number_format", ['0.0"%"', r"0.0\%", "General"])
def test_a_sign_of_per_cent_that_is_a_letter_multiplies_nothing(
    tmp_path: Path, publisher: str, number_format: str
) -> None:
    reader, sheets, sheet, cell = READERS[publisher]
    plain = reader(changed(tmp_path, sheets, formatted(sheet, cell, 3, "General")))
    assert repr(reader(changed(tmp_path, sheets, formatted(sheet, cell, 3, number_format)))) == repr(plain)


@pytest.mark.parametrize("publisher", ["SIPRI", "Eurostat", "World Bank"])
@pytest.mark.parametrize("broken", ["#N/A", "#DIV/0!", "#REF!", "=2+2.25"])
def test_a_broken_cell_refuses_the_workbook_by_its_place(tmp_path: Path, publisher: str, broken: str) -> None:
    reader, sheets, sheet, cell = READERS[publisher]
    with pytest.raises(ReaderError, match=rf"{sheet[:5]}.*cell {cell}.*({broken[:3]}|stored result)"):
        reader(changed(tmp_path, sheets, formatted(sheet, cell, broken, "General")))


@pytest.mark.parametrize("broken", ["#N/A", "#DIV/0!", "=2+2.25"])
def test_a_broken_cell_of_natos_workbook_is_an_omission_and_a_problem(tmp_path: Path, broken: str) -> None:
    path = changed(tmp_path, NATO, formatted("Table 3", "B5", broken, "General"))
    table = nato.read_workbook(path)
    [omission] = [item for item in table.edition.omissions if item.years == (2025,)]
    assert (omission.entity, omission.measures) == (nb.Country("POL"), (Measure.SHARE_OF_GDP,))
    assert "sheet 'Table 3', cell B5" in omission.reason
    assert str(table.share_of_gdp("Poland", 2026).value) == "4.55 %"
    [problem] = inspect(path).problems
    assert "cell B5" in problem
    assert ("no stored result" in problem) == broken.startswith("=")


def test_a_row_whose_cells_are_all_formulas_without_a_result_is_not_taken_for_words(tmp_path: Path) -> None:
    def change(book: Any) -> None:
        for cell in "BCD":
            book["Table 3"][f"{cell}5"] = f"=SUM({cell}1)"

    with pytest.raises(ReaderError, match="no sheet holds shares"):
        nato.read_workbook(changed(tmp_path, NATO, change))
    sheets = copy.deepcopy(NATO)
    sheets["Table 3"].append(["Spain", 1.4, 1.5, 1.6])
    table = nato.read_workbook(changed(tmp_path, sheets, change))
    assert {item.years for item in table.edition.omissions if item.entity == nb.Country("POL")} >= {(2025,), (2027,)}


@pytest.mark.parametrize("text", ["0.0425", "4.25%"])
def test_natos_shares_formatted_as_percentages_are_those_that_the_sheet_shows(tmp_path: Path, text: str) -> None:
    if text.endswith("%"):
        with pytest.raises(ReaderError, match=r"cell B5: '4\.25%' is not usable"):
            nato.read_workbook(changed(tmp_path, NATO, formatted("Table 3", "B5", text)))
        return
    table = nato.read_workbook(changed(tmp_path, NATO, formatted("Table 3", "B5", float(text))))
    assert table.share_of_gdp("Poland", 2025).value == nb.Share.percent("4.25")
    assert table.share_of_gdp("Poland", 2026).value == nb.Share.percent("4.55")


def test_sipris_shares_are_percentages_all_or_none(tmp_path: Path) -> None:
    def all_of_them(book: Any) -> None:
        for cell in ("C2", "D2"):
            book["Share of GDP"][cell].number_format = "0.0%"

    table = sipri.read_military_expenditure(changed(tmp_path, MILEX, all_of_them)).table
    assert table.share_of_gdp("Poland", 2022).value == nb.Share.percent("3.41")
    one_more = formatted("Share of GDP", "C2", 0.0341, "0.0%")
    with pytest.raises(ReaderError, match=r"Poland, 2023: 0.0222 in cell D2 is not formatted as a percentage"):
        sipri.read_military_expenditure(changed(tmp_path, MILEX, one_more))


# --- years -----------------------------------------------------------------------------------------------

HEADERS = {"NATO": ("Table 1", "B4", 2025), "SIPRI": ("Share of GDP", "C1", 2022)}


@pytest.mark.parametrize("publisher", HEADERS)
@pytest.mark.parametrize("typed", ["first day", "last day", "number shown as a day", "text"])
def test_a_year_typed_as_a_date_is_that_year(tmp_path: Path, publisher: str, typed: str) -> None:
    reader, sheets, *_ = READERS[publisher]
    sheet, cell, year = HEADERS[publisher]
    value: object = {
        "first day": dt.datetime(year, 1, 1),
        "last day": dt.datetime(year, 12, 31),
        "number shown as a day": year,
        "text": f"{year}.0",
    }[typed]
    number_format = "General" if typed == "text" else "dd/mm/yyyy"
    found = reader(changed(tmp_path, sheets, formatted(sheet, cell, value, number_format)))
    plain = reader(changed(tmp_path, sheets, unchanged))
    assert repr(found) == repr(plain)


@pytest.mark.parametrize("publisher", HEADERS)
@pytest.mark.parametrize("value", ["25", 25, "2025-2026", "day", 2026.5])
def test_a_year_that_is_none_any_more_refuses_the_workbook_with_its_cell(
    tmp_path: Path, publisher: str, value: object
) -> None:
    reader, sheets, *_ = READERS[publisher]
    sheet, cell, year = HEADERS[publisher]
    typed = dt.datetime(year, 5, 17) if value == "day" else value
    change = formatted(sheet, cell, typed, "dd/mm/yyyy" if value == "day" else "General")
    if publisher == "SIPRI":
        with pytest.raises(ReaderError, match=rf"sheet '{sheet}', row 1: cell {cell} of the header is"):
            reader(changed(tmp_path, sheets, change))
        return
    with pytest.raises(ReaderError, match=rf"sheet '{sheet}', row 4: cell {cell} of the header is .*four digits"):
        reader(changed(tmp_path, sheets, change))


def test_a_header_of_two_digits_or_out_of_order_loses_no_figures(tmp_path: Path) -> None:
    for header in (["25", "26", "27e"], [2025, 2027, 2026], [2025, 2025, 2026]):
        sheets = copy.deepcopy(NATO)
        sheets["Table 1"][3] = [None, *header]
        with pytest.raises(ReaderError, match="cell B4 of the header"):
            nato.read_workbook(changed(tmp_path, sheets, unchanged))


def test_figures_without_a_year_above_them_are_refused(tmp_path: Path) -> None:
    sheets = copy.deepcopy(NATO)
    del sheets["Table 1"][3]
    with pytest.raises(ReaderError, match="'Poland \\(Zlotys\\)' has figures, and no year stands above"):
        nato.read_workbook(changed(tmp_path, sheets, unchanged))


def test_a_year_that_stands_twice_in_sipris_header_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="cell C1 of the header is '2023'"):
        sipri.read_military_expenditure(changed(tmp_path, MILEX, formatted("Share of GDP", "C1", 2023, "General")))


def test_a_day_before_2000_in_the_name_of_natos_file_is_no_day(tmp_path: Path) -> None:
    path = tmp_path / "991231-def-exp.xlsx"
    path.write_bytes(workbook(NATO))
    assert nato.read_workbook(path).edition.source.date is None


def test_real_gdp_under_a_unit_is_read_as_in_2022(tmp_path: Path) -> None:
    sheets = copy.deepcopy(NATO)
    sheets["Table 5"] = [
        ["Table 5 : Real GDP"],
        ["Billion US dollars (2021 prices and exchange rates)"],
        [None, 2025, 2026, "2027e"],
        ["Poland", 600, 610.5, 620],
    ]
    sheets["Table 1"].append(["Croatia (Kunas)", 1, 2, 3])
    path = tmp_path / "pr-2022.xlsx"
    path.write_bytes(workbook(sheets))
    table = nato.read_workbook(path)
    gdp = table.gdp("Poland", 2026, nb.PriceBasis.constant(2021)).value
    assert gdp == nb.Money.billions("610.5", "USD", nb.PriceBasis.constant(2021))
    assert not table.edition.note


# --- the World Bank's workbooks --------------------------------------------------------------------------

KEY = "MS.MIL.XPND.GD.ZS"


def old(folder: Path, value: object, formats: tuple[str, ...] = ("General",)) -> Path:
    sheets = copy.deepcopy(WORLD_BANK)
    sheets["Data"][4][4] = value
    path = folder / "API_x.xls"
    path.write_bytes(old_workbook(sheets, formats))
    return path


def test_an_old_workbook_holds_what_the_csv_does(tmp_path: Path) -> None:
    table = worldbank.read_indicators(old(tmp_path, 3.26))[KEY]
    assert table.row("Poland").by_year == {2023: Decimal("3.26"), 2024: Decimal("4.15")}
    assert table.figure("Romania", 2024) == 2
    assert (table.edition, table.unit) == ("2026-02-22", "% of GDP")


def test_a_percentage_in_an_old_workbook_is_refused_with_its_cell(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match=r"sheet 'Data', cell E5: 0\.0326 is formatted as a percentage"):
        worldbank.read_indicators(old(tmp_path, (0.0326, 1), ("General", "0.00%")))


def test_an_error_and_a_truth_value_in_an_old_workbook_are_refused_with_their_cell(tmp_path: Path) -> None:
    for value, said in (("#N/A", "the cell shows #N/A"), (True, "the truth value True")):
        with pytest.raises(ReaderError, match=f"sheet 'Data', cell E5: {said}"):
            worldbank.read_indicators(old(tmp_path, value))


def test_a_day_in_an_old_workbook_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="sheet 'Data', row 5, 2023: '2023-01-01' is not usable"):
        worldbank.read_indicators(old(tmp_path, (44927, 1), ("General", "dd/mm/yyyy")))


def test_a_workbook_of_databank_is_read(tmp_path: Path) -> None:
    path = tmp_path / "Data_Extract.xlsx"
    path.write_bytes(workbook(DATABANK))
    assert nb.read(path)[KEY].figure("Poland", 2024) == Decimal("4.15")  # type: ignore[index] # of indicators


def test_a_truth_value_is_no_figure(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="cell E5: the truth value True"):
        worldbank.read_indicators(changed(tmp_path, DATABANK, formatted("Data", "E5", True, "General")))


def test_an_old_workbook_beyond_the_limits_or_broken_is_refused(tmp_path: Path) -> None:

    path = old(tmp_path, 3.26)
    for limits in (Limits(rows=2), Limits(columns=2), Limits(size=100), Limits(cells=100)):
        with pytest.raises(ReaderError, match=r"more than [0-9]+ (rows|columns|bytes|cells)"):
            worldbank.read_indicators(path, limits=limits)


def test_a_broken_old_workbook_is_refused(tmp_path: Path) -> None:
    path = old(tmp_path, 3.26)
    with pytest.raises(ReaderError, match="the sheet cannot be read"):
        next(_old_workbook.old_rows(path, "No such sheet", "x", None))
    path.write_bytes(path.read_bytes()[:700])
    with pytest.raises(ReaderError, match="the workbook cannot be read"):
        next(_old_workbook.old_rows(path, "Data", "x", None))
    assert "before 2007 (.xls): save it as .xlsx" in str(inspect(path))


def test_an_old_workbook_needs_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old(tmp_path, 3.26)
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(MissingExtraError, match=r"natoburden\[readers\]"):
        next(_old_workbook.old_rows(path, "Data", "x", None))
