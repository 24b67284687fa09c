"""The European Defence Agency's workbooks, in invented copies of both layouts; the samples where they are present."""

from __future__ import annotations

import io
import os
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden.errors import ReaderError, UnexpectedValueError
from natoburden.readers.eda import read_defence_data
from tests.readers.small_files import workbook

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "eda"
TOTAL, SHARE, HEAD = " Total Defence Expenditure ", "    Total Defence Expenditure as % of GDP", "per capita"
LINES = ["PMS", "Year", TOTAL, "Defence Investment", "GDP (MRD)", SHARE.strip()]


def old() -> dict[str, list[list[Any]]]:
    return {
        "EDA 26": [["EDA 26", 2020, 2021], [], [TOTAL, 30.5, 40], [SHARE, 0.011, 0.012], ["Symbols:"]],
        "Poland": [["Poland", "2020", 2021], [], [TOTAL, 10.5, 12], [SHARE, 0.021, ": "], [" Notes", 1, 2]],
        "Empty": [],
    }


def new() -> dict[str, list[list[Any]]]:
    return {
        "EU27": [["EU27", 2022, 2023], [TOTAL, 30.5, 40], [SHARE, 0.012, 0.012], [HEAD, 1, 2]],
        "Billions": [LINES, ["Croatia ", 2022, 1.5, "-", 0.5, 0.003], ["a note below"]],
        "States 2023": [["EU MS", "Year", TOTAL], ["Croatia", 2023, 2.5], ["Poland", 2023, None]],
    }


def written(folder: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    path = folder / "defence-data.xlsx"
    path.write_bytes(workbook(sheets))
    return path


def test_a_sheet_for_each_state_becomes_a_table_in_euros(tmp_path: Path) -> None:
    data = read_defence_data(written(tmp_path, old()))
    assert data.table.edition.counted_by is nb.model.CountedBy.EDA
    assert data.table.expenditure("Poland", 2020, currency="EUR").value == nb.Money.millions("10.5", "EUR")
    assert data.table.share_of_gdp("Poland", 2020).value == nb.Share.percent("2.1")
    assert [item.year for item in data.table.select(measure="share_of_gdp")] == [2020], "a colon is not a figure"
    assert [(item.year, item.share_of_gdp) for item in data.totals] == [
        (2020, nb.Share.percent("1.1")),
        (2021, nb.Share.percent("1.2")),
    ]
    assert data.problems == ()


def test_one_sheet_for_all_states_has_gdp_and_one_for_the_last_year_beside_it(tmp_path: Path) -> None:
    data = read_defence_data(written(tmp_path, new()))
    gdp = data.table.observation("gdp", "Croatia", 2022, nb.CURRENT_PRICES, "EUR")
    assert gdp.value == nb.Money.millions(500, "EUR")
    assert data.table.expenditure("Croatia", 2023, currency="EUR").value == nb.Money.millions("2.5", "EUR")
    assert data.table.years == (2022, 2023)


def test_a_share_that_repeats_the_year_before_is_told_and_kept(tmp_path: Path) -> None:
    file = written(tmp_path, new())
    assert read_defence_data(file).problems == ("EU27: the share of GDP of 2023 is that of 2022 to the last digit",)
    assert any("to the last digit" in problem for problem in nb.readers.inspect(file).problems)


def test_a_total_without_a_share_has_none(tmp_path: Path) -> None:
    sheets = old()
    del sheets["EDA 26"][3]
    assert read_defence_data(written(tmp_path, sheets)).totals[0].share_of_gdp is None


def test_constant_prices_are_refused_where_there_are_none(tmp_path: Path) -> None:
    edition = read_defence_data(written(tmp_path, old())).table.edition
    with pytest.raises(UnexpectedValueError, match="current prices only"):
        _ = edition.constant_prices


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "words"),
    [
        ("EDA 26", 0, 0, "All", "All"),
        ("Poland", 0, 1, 2021, "no header"),
        ("Poland", 0, 0, "Atlantis", "Atlantis"),
        ("Poland", 2, 1, "ten", "'ten' is not usable"),
        ("Poland", 2, 1, -1, "'-1' is not usable"),
        ("Poland", 2, 1, "#N/A", "the cell shows #N/A"),
        ("Poland", 3, 1, 2.1, "more than all of GDP"),
    ],
)
def test_what_is_not_as_it_should_be_is_refused_with_its_place(
    tmp_path: Path, sheet: str, row: int, column: int, value: object, words: str
) -> None:
    sheets = old()
    sheets[sheet][row][column] = value
    with pytest.raises(ReaderError, match=words):
        read_defence_data(written(tmp_path, sheets))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"Billions": [["PMS", "Country"]]}, "the header is pms, country"),
        ({"Billions": [LINES, ["Croatia", "last", 1.5, 1, 1, 0.1]]}, "the year 'last'"),
        ({"Billions": [LINES, ["Croatia", 2023, 9, 1, 1, 0.1]]}, "stands in the workbook twice"),
        ({"Billions": [], "States 2023": []}, "no figure of any state"),
    ],
)
def test_lines_that_cannot_be_read_are_refused(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(ReaderError, match=words):
        read_defence_data(written(tmp_path, new() | change))


def test_another_workbook_is_not_taken(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="not the sum of all states"):
        read_defence_data(written(tmp_path, {"Data": [["Poland", 2020]]}))


@pytest.mark.parametrize(("content", "is_read"), [("<a/>", True), ('<!DOCTYPE a [<!ENTITY b "c">]><a/>', False)])
def test_a_part_that_an_office_server_adds_may_be_in_utf_16_and_declares_nothing(
    tmp_path: Path, content: str, is_read: bool
) -> None:
    file = written(tmp_path, old())
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("customXml/item1.xml", (" " * 2_000 + content).encode("utf-16"))
    if is_read:
        assert read_defence_data(file).totals
    else:
        with pytest.raises(ReaderError, match="DOCTYPE"):
            read_defence_data(file)


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not at hand")
@pytest.mark.parametrize("name", ["defence-data-2021.xlsx", "defence-data-2023.xlsx"])
def test_samples_give_every_figure_that_openpyxl_finds_on_its_own(name: str) -> None:
    data = read_defence_data(SAMPLES / name)
    book = openpyxl.load_workbook(io.BytesIO((SAMPLES / name).read_bytes()), data_only=True)
    checked = 0
    for sheet in book.worksheets:
        rows = [list(row) for row in sheet.iter_rows(values_only=True)]
        if rows[0][0] in ("PMS", "EU MS"):
            cells = [(row[0], row[1], row[2]) for row in rows[1:] if row[1]]
        else:
            cells = [(rows[0][0], int(year), rows[2][at]) for at, year in enumerate(rows[0]) if at and year]
        for name_of, year, figure in cells:
            if not isinstance(figure, int | float):
                continue
            found = (
                next(item.expenditure for item in data.totals if item.year == year)
                if name_of in ("EDA 26", "EU27")
                else data.table.expenditure(name_of, year, currency="EUR").value
            )
            assert found.amount == Decimal(repr(figure)).scaleb(6)
            checked += 1
    assert checked >= 135


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not at hand")
def test_states_add_up_to_the_total_that_the_sample_prints() -> None:
    data = read_defence_data(SAMPLES / "defence-data-2023.xlsx")
    spent = [item.value for item in data.table.select(measure="expenditure", year=2023)]
    assert len(spent) == 27
    assert abs(nb.Money.total(spent).amount / data.totals[-1].expenditure.amount - 1) < Decimal("0.0001")
