"""Government expenditure on defence (gov_10a_exp) in the forms of Eurostat's files, small and invented."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import natoburden as nb
from natoburden.errors import UnexpectedValueError
from tests.readers.small_files import workbook

CSV = "DATAFLOW,LAST UPDATE,freq,unit,sector,cofog99,na_item,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG\n"
ROW = "ESTAT:GOV_10A_EXP(1.0),21/10/25 23:00:00,A,{},S13,{},TE,{},{},{},{}\n"
TSV = (
    "freq,unit,sector,cofog99,na_item,geo\\TIME_PERIOD\t2020 \t2021 \n"
    "A,PC_GDP,S13,GF02,TE,EL\t: \t2.8 p\n"
    "A,PC_GDP,S13,GF02,TE,EU27_2020\t1.3 \t1.3 \n"
    "A,MIO_EUR,S13,GF02,TE,EL\t4000.5 b\t5000 \n"
    "A,MIO_NAC,S13,GF02,TE,EL\t4000.5 \t5000 \n"
    "A,MIO_EUR,S13,GF0201,TE,EL\t3000 \t3500 \n"
    "A,MIO_EUR,S13,TOTAL,TE,EL\t90000 \t99000 \n"
)
BROWSER: dict[str, list[list[Any]]] = {
    "Structure": [["Dimension"]],
    "Sheet 1": [
        ["Dataset: ", "General government expenditure by function (COFOG) [GOV_10A_EXP__custom_1]"],
        ["Last updated: ", "21/10/2025 23:00"],
        ["Time frequency", None, "Annual"],
        ["Unit of measure", None, "Percentage of gross domestic product (GDP)"],
        ["Sector", None, "General government"],
        ["Classification of the functions of government (COFOG 1999)", None, "Defence"],
        ["National accounts indicator (ESA 2010)", None, "Total general government expenditure"],
        ["TIME", "2020", None, "2021"],
        ["GEO (Labels)", None, None, None],
        ["Greece", 2.7, "p", 2.8],
    ],
}


def placed(folder: Path, name: str, content: str | bytes) -> nb.readers.eurostat.EurostatTable:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return nb.readers.read(file, nb.readers.eurostat.EurostatTable)


def test_tab_separated_values_become_a_table_of_defence_expenditure(tmp_path: Path) -> None:
    table = placed(tmp_path, "estat_gov_10a_exp.tsv", TSV).government_expenditure()
    assert table.edition.counted_by is nb.model.CountedBy.EUROSTAT
    assert table.share_of_gdp("Greece", 2021).value == nb.Share.percent("2.8")
    assert table.share_of_gdp("Greece", 2021).status is nb.Status.ESTIMATE
    assert table.expenditure("Greece", 2020, currency="EUR").value == nb.Money.millions("4000.5", "EUR")
    assert table.expenditure("Greece", 2020, currency="EUR").status is nb.Status.ACTUAL, "a break is not an estimate"
    assert len(table.observations) == 3, "neither the Union, nor a missing cell, nor a currency without a name"


def test_a_group_of_the_function_can_be_taken_alone(tmp_path: Path) -> None:
    table = placed(tmp_path, "estat_gov_10a_exp.tsv", TSV).government_expenditure(function="GF0201")
    assert table.expenditure("Greece", 2021, currency="EUR").value == nb.Money.millions(3500, "EUR")


def test_sdmx_csv_and_the_workbook_of_the_browser_give_the_same(tmp_path: Path) -> None:
    lines = ROW.format("PC_GDP", "GF02", "EL", 2020, 2.7, "p") + ROW.format("PC_GDP", "GF02", "EL", 2021, 2.8, "")
    first = placed(tmp_path, "x.csv", CSV + lines).government_expenditure()
    second = placed(tmp_path, "y.xlsx", workbook(BROWSER)).government_expenditure()
    for table in (first, second):
        assert table.edition.key == "GOV_10A_EXP 2025-10-21"
        assert [(item.year, str(item), item.status.value) for item in table.observations] == [
            (2020, "2.70 %", "estimate"),
            (2021, "2.80 %", "actual"),
        ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (CSV + ROW.format("PC_TOT", "GF02", "EL", 2020, 2.7, ""), "no figure of any country in million euro"),
        (CSV + ROW.format("PC_GDP", "GF03", "EL", 2020, 2.7, ""), "a code of cofog99.*the table has GF03"),
        (TSV.replace("cofog99", "siec"), "the table has freq"),
    ],
)
def test_another_table_is_refused_with_what_to_do(tmp_path: Path, content: str, words: str) -> None:
    with pytest.raises(UnexpectedValueError, match=words):
        placed(tmp_path, "x.csv", content).government_expenditure()
