"""Tables that would make a reader's work grow with the square of their size are read in linear time, or refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from natoburden.errors import DocumentError, ReaderError
from natoburden.model import countries
from natoburden.readers import _nato_sheet, eurostat, imf, kiel, nato, sheets
from natoburden.readers._limits import Limits
from natoburden.readers.sheets import _headers
from tests.readers.small_files import workbook
from tests.readers.test_long_work import FEW, MANY, saved, takes_linear_time

HEADER = "buyer,supplier,origin,value,currency,date"


def test_a_chain_of_contracts_inside_each_other_is_checked_in_linear_time(tmp_path: Path) -> None:
    def file(count: int) -> Path:
        rows = [f"Poland,A,France,5000000,EUR,2024,{n},{n + 1 if n + 1 < count else ''}" for n in range(count)]
        return saved(tmp_path / f"{count}.csv", "\n".join([f"{HEADER},key,part_of", *rows]))

    assert takes_linear_time(sheets.read_contract_sheet, file(FEW), file(MANY))


def test_each_contract_of_a_circle_is_a_fault_and_those_that_lead_to_it_are_none(tmp_path: Path) -> None:
    above = {"a": "b", "b": "c", "c": "b", "d": "a"}
    rows = [f"Poland,A,France,5000000,EUR,2024,{key},{other}" for key, other in above.items()]
    with pytest.raises(DocumentError) as raised:
        sheets.read_contract_sheet(saved(tmp_path / "mine.csv", "\n".join([f"{HEADER},key,part_of", *rows])))
    assert [str(fault).partition(":")[0] for fault in raised.value.exceptions] == [
        "contracts[b].part_of",
        "contracts[c].part_of",
    ]


def test_a_long_cell_of_brackets_is_no_currency_and_read_in_linear_time(tmp_path: Path) -> None:
    def file(count: int) -> Path:
        return saved(tmp_path / f"{count}.csv", f"{HEADER}\nPoland,A,France,5000000,abcd{'(a)' * count},2024\n")

    assert takes_linear_time(sheets.read_contract_sheet, file(5_000), file(20_000))


def test_only_the_first_of_very_many_headers_are_compared_with_the_words_of_fields(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []

    def near(words: str) -> tuple[str, ...]:
        compared.append(words)
        return ()

    monkeypatch.setattr(_headers, "near_fields", near)
    names = ",".join(f"remark {n}" for n in range(5_000))
    with pytest.raises(DocumentError, match=r"wide\.csv"):
        sheets.read_contract_sheet(saved(tmp_path / "wide.csv", f"a;b,{names}\n"))
    assert len(compared) == 200


@pytest.mark.parametrize("digits", [5_000, 100_000])
def test_a_number_of_thousands_of_digits_is_kept_as_words_or_refused(tmp_path: Path, digits: int) -> None:
    number = "9" * digits
    file = saved(tmp_path / "mine.csv", f"{HEADER},quantity\nPoland,A,France,5000000,EUR,2024,{number}\n")
    quantity = sheets.read_contract_sheet(file).items[0].quantity
    assert quantity is not None
    assert (quantity.count, quantity.wording) == (None, number)

    header = '"country","iso","year","month","total","financial","humanitarian","military","commitments",'
    file = saved(tmp_path / "kiel.csv", f'{header}"to_be_allocated"\nPoland,POL,{number},2,0,0,0,0,0,0\n')
    with pytest.raises(ReaderError, match="whole number from 2014"):
        kiel.read_tracker(file)


def test_the_codes_of_many_dimensions_count_before_cells_are_made_of_them(tmp_path: Path) -> None:
    names = [*(f"d{n}" for n in range(1_000)), "geo", "time"]
    sizes = [*[1] * 1_000, 1_000, 300]
    codes = {
        name: {"category": {"index": list(map(str, range(size)))}} for name, size in zip(names, sizes, strict=True)
    }
    codes["time"]["category"]["index"] = [str(year) for year in range(1_800, 2_100)]
    content = {"class": "dataset", "id": names, "size": sizes, "dimension": codes, "value": {}}
    with pytest.raises(ReaderError, match="bytes of memory"):
        eurostat.read_dataset(saved(tmp_path / "table.json", content))


def test_a_series_with_a_line_for_each_year_is_gathered_in_linear_time(tmp_path: Path) -> None:
    def file(years: int) -> Path:
        lines = [f"A{n}.X.A,X,{1_900 + year},1" for n in range(20) for year in range(years)]
        return saved(tmp_path / f"{years}.csv", "\n".join(["SERIES_CODE,INDICATOR.ID,TIME_PERIOD,OBS_VALUE", *lines]))

    assert takes_linear_time(imf.read_outlook, file(70), file(280))


def test_a_long_text_that_many_cells_share_counts_for_each_of_them(tmp_path: Path) -> None:
    file = tmp_path / "mine.xlsx"
    file.write_bytes(
        workbook({"Contracts": [HEADER.split(","), *[["Poland", "A" * 5_000, "France", 1, "EUR", 2024]] * 50]})
    )
    assert len(sheets.read_contract_sheet(file, unit="million")) == 50
    with pytest.raises(ReaderError, match="more than 200,000 bytes"):
        sheets.read_contract_sheet(file, unit="million", limits=Limits(size=200_000))


def test_labels_of_no_ally_are_told_apart_without_a_search_for_similar_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def searched(_name: object) -> None:
        raise AssertionError("a search for similar names")

    monkeypatch.setattr(_nato_sheet, "find_entity", searched)
    rows: list[list[Any]] = [["Table 3: Defence expenditure"], ["Based on 2021 prices"], ["Share of real GDP (%)"]]
    rows += [["", 2025, 2026], ["Poland", 4.25, 4.55], *[[f"words {n}", "more", "words"] for n in range(50)]]
    file = tmp_path / "def-exp.xlsx"
    file.write_bytes(workbook({"Table 1": [["Table 1: none"]], "Table 3": rows}))
    assert len(nato.read_workbook(file).observations) == 2


def test_a_text_longer_than_any_country_name_is_not_compared_with_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(countries, "territories_named", lambda *_words, **_options: pytest.fail("it was looked up"))
    assert countries.country_or_none("Poland/" * 50) is None
