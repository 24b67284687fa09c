"""The front door: each format known by its content under any name, and what is none of them explained."""

from __future__ import annotations

import gzip
import importlib
import io
import pkgutil
import re
import sys
import zipfile
from pathlib import Path

import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest

import natoburden as nb
from natoburden import readers
from natoburden.errors import ReaderError
from natoburden.readers import FORMATS, FileFormat, Limits, ecb, inspect, read, recognise
from tests.readers.small_files import READERS, SMALL


def placed(folder: Path, content: bytes, name: str = "download") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


@pytest.mark.parametrize("name", SMALL)
def test_every_format_is_known_by_its_content_alone(tmp_path: Path, name: str) -> None:
    file = placed(tmp_path, SMALL[name])
    found = recognise(file)
    assert found.read.__name__ == READERS[name].__name__
    assert found.read.__module__ == READERS[name].__module__
    named: object = nb
    for part in found.reader.split("."):
        named = getattr(named, part)
    assert named is found.read
    assert repr(read(file)) == repr(READERS[name](file))


@pytest.mark.parametrize("name", SMALL)
def test_exactly_one_format_claims_a_file(tmp_path: Path, name: str) -> None:
    from natoburden.readers._glimpse import Glimpse

    glimpse = Glimpse.of(placed(tmp_path, SMALL[name]))
    assert len([known.reader for known in FORMATS if known.recognises(glimpse)]) == 1


def test_every_reader_module_declares_a_format_that_the_front_door_lists() -> None:
    modules = [module.name for module in pkgutil.walk_packages(readers.__path__, "natoburden.readers.")]
    declared = [getattr(importlib.import_module(name), "FORMAT", None) for name in modules]
    assert {id(known) for known in declared if known is not None} == {id(known) for known in FORMATS}


PAGES = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.reader)
def test_every_format_stands_in_the_documentation(known: FileFormat[object]) -> None:
    assert f".. autofunction:: natoburden.{known.reader}\n" in (PAGES / "reference" / "readers.md").read_text("utf-8")
    [table] = re.findall(
        r"\n\n(\| Publisher .*?)\n\n", (PAGES / "how-to" / "open-a-file.md").read_text("utf-8"), re.DOTALL
    )
    publishers = {part.strip() for row in table.splitlines() for part in row.split("|")[1].split(",")}
    assert known.publisher in publishers


@pytest.mark.parametrize("name", [name for name in SMALL if not name.endswith((".xlsx", ".xml", ".xls"))])
@pytest.mark.parametrize("pack", ["gzip", "zip"])
def test_a_packed_file_is_known_and_read_as_it_is(tmp_path: Path, name: str, pack: str) -> None:
    file = tmp_path / "packed"
    if pack == "gzip":
        file.write_bytes(gzip.compress(SMALL[name]))
    else:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("Metadata_Country_x.csv", "not the data")
            archive.writestr(name, SMALL[name])
    assert type(read(file)) is type(READERS[name](placed(tmp_path, SMALL[name], name)))


def test_what_is_read_can_be_asked_for_by_its_class(tmp_path: Path) -> None:
    file = placed(tmp_path, SMALL["eurofxref-hist.csv"])
    assert nb.read(file, nb.model.RateHistory).base == nb.Currency("EUR")
    with pytest.raises(ReaderError, match=r"download: ECB: euro reference rates, read as RateHistory; .*Transfers"):
        nb.read(file, nb.model.Transfers)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"<!DOCTYPE html>\n<html><head><title>Request\n Rejected</title>", "a web page, 'Request Rejected'"),
        (b"<html><body>x", "a web page: the download failed"),
        (b"<?xml version='1.0'?><!-- note --><rss/>", "an XML document with the root element 'rss'"),
        (b"%PDF-1.7", "a PDF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .xlsx"),
        (b"PK\x03\x04broken", "an archive that cannot be unpacked"),
        (b"\x1f\x8bbroken", "an archive that cannot be unpacked"),
        (b"\x00\x01\x02\xff", "no text, workbook or archive"),
        (b'{"type": "FeatureCollection", "features": []}', "JSON with the keys type, features"),
        (b"[]", "JSON without any key"),
        (b"[project]\nname = 1\n", "text that begins '[project]'"),
        (b"name,value\na,1\n", "text that begins 'name,value'"),
        ("Größe\n".encode("cp1252"), "text that begins 'Größe'"),
    ],
)
def test_what_no_reader_knows_is_described(tmp_path: Path, content: bytes, words: str) -> None:
    file = placed(tmp_path, content)
    with pytest.raises(ReaderError) as caught:
        read(file)
    assert words in str(caught.value)
    assert "a file of NATO, SIPRI, Eurostat" in str(caught.value)
    found = inspect(file)
    assert not found.is_readable
    assert words in str(found)
    assert found.format is None


def test_a_workbook_of_somebody_else_is_told_by_its_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Budget & plans"
    content = io.BytesIO()
    book.save(content)
    with pytest.raises(ReaderError, match="a workbook with the sheets Budget & plans"):
        read(placed(tmp_path, content.getvalue()))


def test_an_archive_of_several_files_names_them(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "x")
        archive.writestr("b.csv", "x")
    with pytest.raises(ReaderError, match=r"an archive with 2 files of data: a\.csv, b\.csv"):
        read(tmp_path / "two.zip")


def test_a_folder_is_known_by_what_is_in_it(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="a folder with nothing in it"):
        read(tmp_path)
    placed(tmp_path, b"", "notes.txt")
    assert "a folder with notes.txt" in str(inspect(tmp_path))
    placed(tmp_path, SMALL["data_explorer.csv"], "data_explorer.csv")
    assert isinstance(read(tmp_path), nb.model.AidTracker)


def test_a_missing_file_is_the_systems_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "nothing.csv")


COMMAS = {
    "eurofxref-hist.csv": "Date;USD;JPY;BGN;PLN;\n2026-01-02;1,1718;184,1;N/A;4,21;\n",
    "API_x.csv": "Country Name;Country Code;2023;2024\nPoland;POL;3,3;4,1\n",
    "data_explorer.csv": "country;iso;year;month;total;financial;humanitarian;military;commitments;to_be_allocated;gdp;"
    "pct_gdp\nPoland;POL;2022;2;0,5;0,1;0,1;0,3;0,6;0,1;600;0,08\n",
}


@pytest.mark.parametrize("name", COMMAS)
def test_numbers_that_another_locale_saved_with_commas_are_recognised_and_explained(tmp_path: Path, name: str) -> None:
    file = placed(tmp_path, COMMAS[name].encode(), name)
    with pytest.raises(ReaderError, match="decimal commas between semicolons or tabs: a spreadsheet saved it"):
        read(file)
    found = inspect(file)
    assert found.format is not None
    assert not found.is_readable
    assert "a spreadsheet saved it in another locale" in str(found)
    points = placed(tmp_path, COMMAS[name].replace(",", ".").encode(), f"points-{name}")
    assert inspect(points).is_readable


@pytest.mark.parametrize("name", SMALL)
def test_an_inspection_says_what_a_file_covers(tmp_path: Path, name: str) -> None:
    found = inspect(placed(tmp_path, SMALL[name], name))
    assert found.is_readable
    assert found.coverage
    assert not found.problems
    said = str(found)
    assert said.startswith(f"{name}: ")
    assert f"read with: {found.format.reader if found.format else ''}" in said


def test_an_inspection_counts_what_is_left_out_by_reason(tmp_path: Path) -> None:
    cancelled = SMALL["releases.jsonl"].replace(b'"active"', b'"cancelled"', 1)
    found = inspect(placed(tmp_path, cancelled))
    assert dict(found.coverage)["contracts"] == 1
    assert found.problems == ("1 left out: the award was cancelled",)


def test_reasons_are_counted_in_bounded_memory(tmp_path: Path) -> None:
    rows = [SMALL["export_CAN_2022.csv"].split(b"\n")[0]]
    rows += [f"2022{n},NL,,7,A,SE,1,x,".encode() for n in range(3)]
    rows += [f"2022{n},{n}Q,,7,A,SE,1,x,".encode() for n in range(300)]
    found = inspect(placed(tmp_path, b"\n".join(rows)))
    assert dict(found.coverage)["contracts"] == 3
    assert len(found.problems) == 201
    assert "100 left out: for other reasons" in found.problems


def test_a_file_that_fails_is_an_answer_with_its_place(tmp_path: Path) -> None:
    found = inspect(placed(tmp_path, SMALL["eurofxref-hist.csv"].replace(b"184.1", b"184.x")))
    assert found.format is not None
    assert not found.is_readable
    assert found.problems == ("line 2: JPY: '184.x' is not usable",)


def test_a_missing_extra_is_told_as_what_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book, notice = (
        placed(tmp_path, SMALL["def-exp-2027-en.xlsx"], "book"),
        placed(tmp_path, SMALL["notice.xml"], "notice"),
    )
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    monkeypatch.setitem(sys.modules, "defusedxml.expatreader", None)
    for file in (book, notice):
        found = inspect(file)
        assert not found.is_readable
        assert "natoburden[readers]" in found.problems[0]


def test_files_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    packed = placed(tmp_path, gzip.compress(b"x" * 10_000), "packed")
    notice = placed(tmp_path, SMALL["notice.xml"], "notice")
    with pytest.raises(ReaderError, match="more than 100 bytes"):
        ecb.read_reference_rates(packed, limits=Limits(size=100))
    with pytest.raises(ReaderError, match="more than 100 bytes"):
        read(notice, limits=Limits(size=100))


@pytest.mark.parametrize(
    "name",
    [
        "eurofxref-hist.csv",
        "import-values.csv",
        "TIV-Export-2010-2011.csv",
        "API_MS.MIL.XPND.GD.ZS_DS2_en_csv_v2.csv",
        "data_explorer.csv",
        "nrg_bal_c.csv",
        "trade-register.csv",
    ],
)
def test_semicolons_behind_each_line_of_a_table_with_commas_are_left_aside(tmp_path: Path, name: str) -> None:
    plain, tailed = tmp_path / "plain", tmp_path / "tailed"
    plain.mkdir()
    tailed.mkdir()
    text = SMALL[name].decode().replace(",PLN,\n", ",PLN\n").replace("4.21,\n", "4.21\n").replace("4.2,\n", "4.2\n")
    expected = read(placed(plain, text.encode(), name))
    assert repr(read(placed(tailed, text.replace("\n", ";;;\n").encode(), name))) == repr(expected)


def test_semicolons_that_delimit_cells_stay(tmp_path: Path) -> None:
    text = "Country Name;Country Code;2023;2024;\nPoland;POL;3.3;;\n"
    [table] = nb.read(placed(tmp_path, text.encode()), nb.model.Keyed)
    assert dict(table.row("Poland").by_year).keys() == {2023}


def test_each_fault_of_an_own_sheet_is_a_problem_and_decimal_commas_are_none(tmp_path: Path) -> None:
    file = tmp_path / "mine.csv"
    header = "key;buyer;supplier;origin;value;currency;date"
    file.write_text(f"{header}\na;Nowhere;X;KOR;1500000,5;EUR;2024\nb;Poland;X;KOR;2500000,5;EUR;32.13.2024\n", "utf-8")
    found = inspect(file)
    assert found.format is not None
    assert len(found.problems) == 2
    assert not any("\n" in problem or "decimal commas" in problem for problem in found.problems)
    file.write_text(f"{header}\na;Poland;X;KOR;1500000,5;EUR;2024\nb;Poland;X;KOR;2500000,5;EUR;2024\n", "utf-8")
    assert (inspect(file).problems, inspect(file).is_readable) == ((), True)
