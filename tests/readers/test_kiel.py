"""The Ukraine Support Tracker, in invented copies of its files."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.readers.kiel import read_tracker

SAMPLES = Path(os.environ.get("NATOBURDEN_SAMPLES", "../shared/samples")) / "kiel"
FILES = {
    "data_explorer.csv": '"country","iso","year","month","total","financial","humanitarian","military","commitments",'
    '"to_be_allocated","gdp","pct_gdp"\n"Poland","POL",2022,2,0.5,0.1,0.1,0.3,0.6,0.1,600,0.08\n'
    '"Turkiye","TUR",2022,2,0.25,0,0,0.25,0.25,0,800,0.03\n'
    '"EU (Commission and Council)","EU",2022,3,1.5,1.5,0,0,2,0.5,14000,0.01\n',
    "total_allocations.csv": '"year","month","total_allocations","military","financial","humanitarian"\n'
    "2022,1,0,0,0,0\n2022,2,0.75,0.55,0.1,0.1\n2022,3,1.5,0,1.5,0\n",
    "eu_aid_shares.csv": '"country","iso","bilateral_pct_gdp","eu_share_pct_gdp","total_pct_gdp","eu_share_bn"\n'
    '"Denmark","DNK",3.25,0.5,3.75,1.9\n',
    "procurement_trends.csv": '"year","month","stockpile","procurement","unspecified","nato_purl"\n'
    "2022,2,0.3,0.2,0.05,0\n",
    "weapons.csv": '"donor","category","number_of_weapons","monetary_value_eur","weapons_list"\n'
    '"Poland","Tanks",14,100000000,"Leopard 2A4 (14)"\n',
    "release_info.csv": '"release","period","date","label"\n"29","04/2026","2026-08-04","A label"\n',
}


def folder(path: Path, **changed: str) -> Path:
    for name, text in (FILES | {f"{name}.csv": text for name, text in changed.items()}).items():
        (path / name).write_text(text, encoding="utf-8")
    return path


def test_a_folder_of_the_sites_files_is_one_release(tmp_path: Path) -> None:
    tracker = read_tracker(folder(tmp_path))
    assert (tracker.edition, str(tracker.source.date), tracker.source.title) == ("29", "2026-08-04", "A label")
    assert tracker.donors == ("Poland", "Turkiye", "EU (Commission and Council)")
    assert tracker.allocated().in_billions == Decimal("2.25")
    assert tracker.allocated("Poland", "military") == nb.Money.billions("0.3", "EUR", nb.UNSTATED_PRICES)
    assert tracker.allocated("Türkiye").in_billions == Decimal("0.25")
    assert tracker.allocated("EU (Commission and Council)", nb.model.AidPart.COMMITMENTS).in_billions == 2
    assert tracker.months[2].country is None
    assert tracker.shares[0].total == nb.Share.percent("3.75")
    assert tracker.procurement[0].procurement.in_billions == Decimal("0.2")
    assert tracker.weapons[0].value.in_millions == 100


def test_parts_of_aid_are_named_and_blank_lines_passed_over(tmp_path: Path) -> None:
    tracker = read_tracker(folder(tmp_path, weapons=FILES["weapons.csv"] + "\n\n"))
    assert len(tracker.weapons) == 1
    assert [str(part) for part in nb.model.AidPart][-2:] == ["commitments", "to be allocated"]


def test_a_file_alone_takes_its_edition_from_the_file_beside_it(tmp_path: Path) -> None:
    path = folder(tmp_path) / "weapons.csv"
    tracker = read_tracker(path)
    assert (tracker.edition, tracker.months, len(tracker.weapons)) == ("29", (), 1)
    (tmp_path / "release_info.csv").unlink()
    assert read_tracker(path).edition == ""
    with pytest.raises(NatoBurdenError, match=r"no months.*read the tracker's file data_explorer\.csv"):
        tracker.allocated()


@pytest.mark.parametrize(
    ("release", "columns"),
    [("", ""), ("\n\n", ""), ('"release"\n"29"\n', "release"), (FILES["eu_aid_shares.csv"], "bilateral")],
)
def test_a_file_beside_it_that_states_no_release_is_refused(tmp_path: Path, release: str, columns: str) -> None:
    path = folder(tmp_path, release_info=release) / "weapons.csv"
    with pytest.raises(ReaderError, match=rf"release_info\.csv.*{columns}"):
        read_tracker(path)


def test_a_donor_that_the_tracker_has_no_row_of_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NatoBurdenError, match=r"unknown donor 'Spain'.*Poland"):
        read_tracker(folder(tmp_path)).allocated("Spain")


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        ("data_explorer", "0.1,0.3", "0.1,much", "data_explorer.csv, line 2: military: 'much' is not usable"),
        ("data_explorer", "2022,3", "2022,13", "line 4: month: '13' is not usable; valid: a whole number from 1 to 12"),
        ("data_explorer", '"POL"', '"POX"', "line 2: iso: 'POX' is not usable; valid: a donor's country"),
        ("data_explorer", ",600,0.08", "", "line 2: 10 cells; valid: 12, as in the header; is it cut short"),
        ("data_explorer", '"to_be_allocated"', '"rest"', "line 1: no column 'to_be_allocated'"),
        ("eu_aid_shares", "3.25", "325", "line 2: bilateral_pct_gdp: '325' is not usable; valid: a share"),
        ("total_allocations", "0.75", "0.8", "total_allocations.csv, line 3: 0.8 allocated in all.*add up to 0.75"),
        ("release_info", "2026-08-04", "4 August", "release_info.csv, line 2: date: '4 August' is not usable"),
        ("weapons", '"Poland"', '"Nobody"', "weapons.csv, line 2: donor: 'Nobody' is not usable"),
        ("procurement_trends", "2022,2,0.3,0.2,0.05,0\n", "", "procurement_trends.csv: no row follows the header"),
        ("weapons", '"donor"', '"giver"', "weapons.csv, line 1: the columns are category, giver"),
    ],
)
def test_one_fault_refuses_the_release_with_its_place(
    tmp_path: Path, name: str, old: str, new: str, message: str
) -> None:
    text = FILES[f"{name}.csv"]
    assert old in text
    with pytest.raises(ReaderError, match=message):
        read_tracker(folder(tmp_path, **{name: text.replace(old, new, 1)}))


def test_a_folder_without_the_files_and_two_of_one_kind_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ReaderError, match="none of the tracker's files is here"):
        read_tracker(tmp_path)
    with pytest.raises(ReaderError, match="a second file of weapons"):
        read_tracker(folder(tmp_path, weapons_2=FILES["weapons.csv"]))


@pytest.mark.skipif(not SAMPLES.exists(), reason="needs the Kiel Institute's files")
def test_release_29_adds_up_to_what_was_published() -> None:
    tracker = read_tracker(SAMPLES)
    published = {"total": "358.40", "military": "172.99", "financial": "159.68", "humanitarian": "25.72"}
    assert {part: f"{tracker.allocated(part=part).in_billions:.2f}" for part in published} == published
    donors = {"USA": "115.38", "Germany": "29.93", "United Kingdom": "21.30"}
    assert {donor: f"{tracker.allocated(donor).in_billions:.2f}" for donor in donors} == donors


@pytest.mark.parametrize("name", [name.removesuffix(".csv") for name in FILES if "release" not in name])
def test_a_row_that_stands_twice_is_refused_as_two_releases_put_under_each_other(tmp_path: Path, name: str) -> None:
    for other, text in FILES.items():
        (tmp_path / other).write_text(text, encoding="utf-8")
    rows = FILES[f"{name}.csv"].rstrip("\n").split("\n")
    (tmp_path / f"{name}.csv").write_text("\n".join([*rows, rows[1]]) + "\n", encoding="utf-8")
    with pytest.raises(ReaderError, match=rf"{name}.csv, line {len(rows) + 1}: .* appears twice, first in line 2"):
        read_tracker(tmp_path)


def test_a_code_of_another_country_than_the_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "data_explorer.csv"
    path.write_text(FILES["data_explorer.csv"].replace('"POL"', '"DEU"'), encoding="utf-8")
    with pytest.raises(ReaderError, match="the code DEU is Germany's, and the name is 'Poland'"):
        read_tracker(path)


@pytest.mark.parametrize(
    ("of", "written"), [('"Turkiye","TUR",2022,2', '"Turkey","TUR",2022,2'), ("2022,2,0.25", "2022,02,0.25")]
)
def test_a_row_stands_twice_also_where_it_is_written_otherwise(tmp_path: Path, of: str, written: str) -> None:
    path = tmp_path / "data_explorer.csv"
    rows = FILES["data_explorer.csv"].rstrip("\n").split("\n")
    path.write_text("\n".join([*rows, rows[2].replace(of, written)]) + "\n", encoding="utf-8")
    with pytest.raises(ReaderError, match=r"line 5: .* appears twice, first in line 3"):
        read_tracker(path)
