"""SIPRI's tables of volumes: what a row is, what a printed zero is, and totals kept apart."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.errors import ReaderError
from natoburden.readers.sipri import read_tiv_table

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "sipri"
IMPORTS = SAMPLES / "import-values_cut.csv"

PREAMBLE = "Volume of transfers of major arms\nFigures are in millions.\n\nData generated: 12 Aug 2026 7:47:41 PM\n\n"
HEADER = "Recipient,2019,2020,1950-2020,Percentage,Sum total years,Percentage of total\n"
ROWS = "Poland,12,0 ,400,38%,400,38%\nSoviet Union,,5,600,62%,600,62%\nTotal world import,12,5,1000,100%,1000,\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "import-values.csv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("moment", ["31 Feb 2026 7:47:41 PM", "1 Foo 2026 7:47:41 PM", "1 Feb 2026 7:61:41 PM"])
def test_a_moment_that_is_none_is_not_known(tmp_path: Path, moment: str) -> None:
    text = PREAMBLE.replace("12 Aug 2026 7:47:41 PM", moment)
    assert moment in text
    assert read_tiv_table(written(tmp_path, text + HEADER + ROWS)).generated is None


def test_an_import_table_gives_volumes_zeros_and_nothings(tmp_path: Path) -> None:
    table = read_tiv_table(written(tmp_path, PREAMBLE + HEADER + ROWS))
    assert (table.parties, table.years) == ("recipients", (2019, 2020))
    assert table.volume("Poland", 2019) == nb.Tiv(12)
    assert table.volume("POL", 2020) == nb.Tiv(0)
    assert [item.is_below_half for item in table.entries] == [False, True, False]
    assert table.volume("Soviet Union", 2019) is None
    assert table.volume("Soviet Union", 2020) == nb.Tiv(5)
    assert [(item.party.name, item.volume) for item in table.totals] == [
        ("Total world import", nb.Tiv(12)),
        ("Total world import", nb.Tiv(5)),
    ]
    assert table.source.date == table.generated.date() if table.generated else False


@pytest.mark.parametrize(("first", "parties"), [("Exports by", "suppliers"), ("Supplier", "suppliers")])
def test_the_first_cell_says_what_the_rows_are(tmp_path: Path, first: str, parties: str) -> None:
    text = HEADER.replace("Recipient", first) + ROWS.replace("Total world import", "Total exports to Ukraine")
    table = read_tiv_table(written(tmp_path, text))
    assert (table.parties, table.generated, len(table.totals)) == (parties, None, 2)


@pytest.mark.parametrize("blank", ["\x1d,,,,,,", '"",,,,,,', ",\xa0,,,,,"])
def test_a_row_of_blanks_is_passed_over_or_refused(tmp_path: Path, blank: str) -> None:
    file = written(tmp_path, HEADER + blank + "\n" + ROWS)
    if '"' in blank:
        with pytest.raises(ReaderError, match="line 2"):
            read_tiv_table(file)
    else:
        assert len(read_tiv_table(file).entries) == 3


def test_semicolons_of_the_old_site_are_read(tmp_path: Path) -> None:
    table = read_tiv_table(written(tmp_path, (HEADER + ROWS).replace(",", ";")))
    assert len(table.entries) == 3


def test_a_table_by_region_carries_its_regions_down(tmp_path: Path) -> None:
    text = (
        ",,1990,1991,1990-1991,% of regional total\n"
        "Europe,Regional total,7,,7,100%\n,United States,4,,4,57%\n,France,3,,3,43%\n"
        "Asia,Regional total,2,,2,100%\n,France,2,,2,100%\n"
    )
    table = read_tiv_table(written(tmp_path, text))
    assert [(item.region, item.party.label, item.volume) for item in table.entries] == [
        ("Europe", "United States", nb.Tiv(4)),
        ("Europe", "France", nb.Tiv(3)),
        ("Asia", "France", nb.Tiv(2)),
    ]
    assert [item.region for item in table.totals] == ["Europe", "Asia"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("nothing of the kind\n", "line 1: no header within 2 lines"),
        ("Recipient,Supplier,Year of order, ,\n", "line 1: this is a trade register: sipri.read_register reads it"),
        (HEADER, "line 2: no row with a volume follows the header"),
        (HEADER + "Poland,a few,0,1,1%,1,1%\n", "line 2: 2019: 'a few' is not usable"),
        (HEADER + ",1,0,1,1%,1,1%\n", "line 2: the row has no name"),
        (HEADER + "Poland,1,0\n", "line 2: a record of 3 fields; valid: 7 fields"),
        ("<html>", "line 1: the file is a web page"),
    ],
)
def test_what_is_no_table_gives_one_error_with_file_and_line(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ReaderError) as caught:
        read_tiv_table(written(tmp_path, text))
    assert f"import-values.csv, {problem}" in str(caught.value)


@pytest.mark.skipif(not IMPORTS.exists(), reason=f"no sample of SIPRI's tables at {IMPORTS}")
def test_the_samples_are_read() -> None:
    table = read_tiv_table(IMPORTS)
    assert [str(table.volume("India", year)) for year in (2015, 2023)] == ["2724 m TIV", "1428 m TIV"]
    assert table.volume("India", 2024) is None
    ukraine = read_tiv_table(SAMPLES / "importer_by-supplier.csv")
    assert ukraine.volume("USA", 2024) == nb.Tiv(2778)
    assert ukraine.totals[-1].volume == nb.Tiv(2264)


OLD = (
    '"TIV of arms {}, 2010-2011",,,\nFigures are SIPRI Trend Indicator Values (TIVs) expressed in millions.,,,\n'
    "Generated: 28 October 2018,,,\n,,,\n,2010,2011,Total\nPoland,5,0,5\nRomania,,12,12\n,,,\nTotal,5,12,17\n"
)


@pytest.mark.parametrize(
    ("title", "rows"),
    [
        ("exports from Atlantis", "recipients"),
        ("imports to Atlantis", "suppliers"),
        ("exports from all", "suppliers"),
        ("exports from the top 50 largest exporters", "suppliers"),
        ("imports to all countries", "recipients"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_table_of_the_old_site_says_in_its_title_what_its_rows_are(
    tmp_path: Path, title: str, rows: str, delimiter: str
) -> None:
    path = tmp_path / "TIV-Export-2010-2011.csv"
    path.write_text(OLD.format(title).replace(",", delimiter).replace(f"{delimiter} 2010-2011", ", 2010-2011"))
    table = read_tiv_table(path)
    assert table.parties == rows
    assert (table.volume("Poland", 2010), table.volume("Romania", 2011)) == (nb.Tiv(5), nb.Tiv(12))
    assert [(entry.year, entry.is_below_half) for entry in table.entries if str(entry.party) == "Poland"] == [
        (2010, False),
        (2011, True),
    ]
    assert str(table.source.date) == "2018-10-28"
    assert {entry.party.name for entry in table.totals} == {"Total"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Recipient,2019,20,2019-2020\nPoland,1,2,3\n", "line 1: column 3 of the header is '20'"),
        ("Recipient,2019,2020-01-01\nPoland,1,2\n", "line 1: column 3 of the header is '2020-01-01'"),
        ("Recipient,2019,2019\nPoland,1,2\n", "line 1: column 2 of the header is '2019'"),
        ("Recipient,2019,2020\nPoland,1,2\nPoland,1,2\n", "line 3: Poland appears twice"),
    ],
)
def test_a_year_or_a_row_that_would_be_lost_or_counted_twice_is_refused(
    tmp_path: Path, text: str, message: str
) -> None:
    path = tmp_path / "import-values.csv"
    path.write_text(text)
    with pytest.raises(ReaderError, match=message):
        read_tiv_table(path)


def test_two_tables_under_each_other_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "import-values.csv"
    file.write_text("Recipient,2019,2020\nPoland,12,0\n\nRecipient,2019,2020\nChad,12,0\n", encoding="utf-8")
    with pytest.raises(ReaderError, match="line 4: the header stands again"):
        read_tiv_table(file)


@pytest.mark.parametrize("name", ["T?rkiye", "T\u00c3\u00bcrkiye"])
def test_a_name_that_a_conversion_spoiled_is_refused(tmp_path: Path, name: str) -> None:
    file = tmp_path / "import-values.csv"
    file.write_text(f"Recipient,2019,2020\n{name},12,0\n", encoding="utf-8")
    with pytest.raises(ReaderError, match="line 2: column 1: a character was lost"):
        read_tiv_table(file)
