"""The packaged commitments: sourced, dated, and read back as they were written."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import os
import tomllib
from collections import Counter
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.datasets import _files
from natoburden.errors import DocumentError

RECORD = nb.datasets.commitments()
COLLECTION = Path(os.environ.get("NATOBURDEN_COLLECTION", "../shared/data")) / "commitments.csv"


def test_the_packaged_file_has_its_hash_and_licence() -> None:
    manifest = tomllib.loads((_files.DATA / "commitments.toml").read_text(encoding="utf-8"))
    content = (_files.DATA / manifest["file"]).read_bytes()
    assert hashlib.sha256(content).hexdigest() == manifest["sha256"]
    assert manifest["licence"]
    assert RECORD.collected == manifest["collected"]


def test_the_record_holds_the_alliances_commitments_the_demand_and_the_national_ones() -> None:
    declared = [item.key for item in RECORD if item.kind is nb.CommitmentKind.DECLARATION]
    assert declared == [
        "wales-guideline", "wales-equipment", "vilnius-floor", "hague-core", "hague-related", "hague-total",
    ]  # fmt: skip
    assert RECORD["us-demand"].kind is nb.CommitmentKind.DEMAND
    assert RECORD["us-demand"].party == nb.Group.find("NATO_EUR_CAN")
    assert len(RECORD) == 7 + 230


def test_every_commitment_has_a_source_with_an_address_or_a_publisher_and_a_grade() -> None:
    assert all(item.source.url or item.source.publisher for item in RECORD)
    grades = Counter(item.grade for item in RECORD)
    assert grades[nb.Grade.PRIMARY] == 16
    assert grades[nb.Grade.WEAK] == 21
    assert grades[nb.Grade.TWO_SOURCES] == 53


def test_all_32_allies_are_on_record() -> None:
    spoke = {item.party for item in RECORD}
    assert set(nb.Bloc.find("NATO").members(2026)) <= spoke


@pytest.mark.skipif(not COLLECTION.exists(), reason=f"the collection of commitments is not at {COLLECTION}")
def test_no_row_of_the_collection_is_lost_and_no_figure_changed() -> None:
    with COLLECTION.open(encoding="utf-8", newline="") as file:
        rows = {row["commitment_id"]: row for row in csv.DictReader(file)}
    packaged = {item.key: item for item in RECORD if item.key in rows}
    assert packaged.keys() == rows.keys()
    for key, row in rows.items():
        item = packaged[key]
        low, _, high = row["share_percent"].partition("-")
        assert (item.share.low, item.share.high) == (nb.Share.percent(low), nb.Share.percent(high or low))
        assert str(item.deadline or "") == row["by_year"]
        assert str(item.start or "") == row["from_year"]
        assert item.announced.text == row["announced_date"]
        assert item.announced.precision.value == row["date_precision"]
        assert item.definition.value == row["basis"]
        assert item.source.url == row["source_url"]
        assert (f"{item.standing} by {item.superseded_by}" if item.superseded_by else str(item.standing)) == row[
            "status"
        ]


def test_ranges_stay_ranges() -> None:
    assert [(item.key, str(item.share)) for item in RECORD if not item.share.is_point] == [
        ("EST-2024-2.5-3-NATOCALL", "2.50-3.00 %"),
        ("FRA-2025-3-3.5", "3.00-3.50 %"),
        ("LTU-2025-5-6-2026-2030", "5.00-6.00 %"),
        ("USA-2026-4-5-GOP", "4.00-5.00 %"),
    ]


def test_an_opt_out_names_the_share_refused_but_for_spains_ceiling() -> None:
    outs = [item for item in RECORD if item.kind is nb.CommitmentKind.OPT_OUT]
    assert [item.key for item in outs if not item.refused] == ["ESP-2025-2.1-CEILING"]
    assert not any(item.promises for item in outs if item.refused)


def test_demands_on_others_are_no_promises_of_those_who_voice_them() -> None:
    demands = [item for item in RECORD if item.kind is nb.CommitmentKind.DEMAND]
    assert all(isinstance(item.party, nb.Group) and not item.promises for item in demands)
    assert len(demands) == 7


def test_every_commitment_reads_back_from_its_own_data() -> None:
    for item in RECORD:
        assert nb.serialization.from_data(nb.serialization.to_data(item), nb.Commitment) == item


# --- documents of one's own ------------------------------------------------------------------------------

MINE = """
[[commitment]]
key = "ours-2030"
party = "Norway"
share = "4-4.5 %"
component = "core"
kind = "statement"
modality = "aim"
deadline = 2030
announced = 2026-10-01
[commitment.source]
title = "A speech"
publisher = "the speaker"
"""


def test_a_document_of_ones_own_joins_the_record(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8")
    together = nb.datasets.load_commitments(path)
    assert together["ours-2030"].share.high == nb.Share.percent("4.5")
    assert [item.key for item in together.of("NOR").in_force(dt.date(2026, 10, 1))][-1] == "ours-2030"
    assert len(together) == len(RECORD) + 1


def test_json_documents_read_the_same(tmp_path: Path) -> None:
    toml, json = tmp_path / "mine.toml", tmp_path / "mine.json"
    toml.write_text(MINE, encoding="utf-8")
    json.write_text(
        '{"commitment": [{"key": "ours-2030", "party": "NOR", "share": "4-4.5 %", "component": "core",'
        ' "kind": "statement", "modality": "aim", "deadline": "2030", "announced": {"date": "2026-10-01"},'
        ' "source": {"title": "A speech", "publisher": "the speaker"}}]}',
        encoding="utf-8",
    )
    assert nb.datasets.load_commitments(toml) == nb.datasets.load_commitments(json)


def test_a_faulty_document_reports_all_its_faults_at_once(tmp_path: Path) -> None:
    path = tmp_path / "faulty.toml"
    path.write_text(
        MINE.replace('"Norway"', '"Norge og Sverige"')
        .replace('"4-4.5 %"', '"4.5-4 %"')
        .replace('"core"', '"hard"')
        .replace("2030\n", "2030.5\n")
        .replace("2026-10-01", '"2026-13-01"')
        .replace('title = "A speech"', 'titel = "A speech"'),
        encoding="utf-8",
    )
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_commitments(path)
    paths = [fault.path for fault in caught.value.faults]
    assert paths == [
        "commitment[0].party", "commitment[0].share", "commitment[0].component", "commitment[0].deadline",
        "commitment[0].announced", "commitment[0].source.title", "commitment[0].source",
    ]  # fmt: skip
    text = str(caught.value)
    assert text.startswith("faulty.toml: 7 faults")
    assert "valid: core, related, total, equipment, ukraine aid" in text
    assert "unknown key titel" in text
    assert "the lower share comes first" in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.yaml", "", "neither .toml nor .json"),
        ("a.toml", "[[commitment", "cannot be read"),
        ("a.json", '{"commitment": [], "commitment": []}', "the key commitment stands twice"),
        ("a.json", '{"commitment": NaN}', "NaN is no figure"),
        ("a.json", "[" * 100_000, "cannot be read"),
        ("a.json", '{"commitment": "all"}', "'all' is not usable as a list"),
        ("a.json", '{"commitment": [], "schema": 2}', "unknown schema '2'; valid: 1"),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, name: str, content: str, words: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_commitments(path)
    assert words in str(caught.value)


def test_keys_and_references_are_checked_together(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE + MINE.replace('share = "4', 'superseded_by = "gone"\nshare = "4'), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_commitments(path)
    assert [fault.path for fault in caught.value.faults] == [
        "commitment[ours-2030].key", "commitment[ours-2030].superseded_by", "commitment[ours-2030].standing",
    ]  # fmt: skip
