"""The packaged commitments: sourced, dated, and read back as they were written."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.datasets import _files
from natoburden.errors import DocumentError

RECORD = nb.datasets.commitments()


def test_the_packaged_file_has_its_hash_and_licence() -> None:
    [file] = _files.editions("commitments.toml").values()
    assert hashlib.sha256(file.path.read_bytes()).hexdigest() == file.sha256
    assert file.source.licence
    assert RECORD.collected == file.collected


def test_the_record_holds_the_alliances_commitments_the_demand_and_the_national_ones() -> None:
    declared = [item.key for item in RECORD if item.kind is nb.model.CommitmentKind.DECLARATION]
    assert declared == [
        "wales-guideline", "wales-equipment", "vilnius-floor", "hague-core", "hague-related", "hague-total",
    ]  # fmt: skip
    assert RECORD["us-demand"].kind is nb.model.CommitmentKind.DEMAND
    assert RECORD["us-demand"].party == nb.Group.find("NATO_EUR_CAN")
    assert len(RECORD) == 7 + 239


def test_every_commitment_has_a_source_with_an_address_or_a_publisher_and_a_grade() -> None:
    assert all(item.source.url or item.source.publisher for item in RECORD)
    grades = Counter(item.grade for item in RECORD)
    assert grades[nb.model.Grade.PRIMARY] == 19
    assert grades[nb.model.Grade.WEAK] == 23
    assert grades[nb.model.Grade.TWO_SOURCES] == 55


def test_all_32_allies_are_on_record() -> None:
    spoke = {item.party for item in RECORD}
    assert set(nb.model.Bloc.find("NATO").members(2026)) <= spoke


def test_what_a_second_look_found_is_in_the_record() -> None:
    brake = RECORD["DEU-2025-1.0-DEBTBRAKE"]
    assert (brake.start, brake.deadline, brake.modality) == (2025, None, nb.Modality.THRESHOLD)
    assert brake.key in RECORD.in_force(dt.date(2040, 1, 1)).by_key
    found = {
        "FIN-U-2.0-MAINTAIN": ("2023-08-21", "day"),
        "DEU-2024-2.0-DECADES": ("2024-02-17", "day"),
        "SWE-PRIOR-2.6-2028": ("2024-09", "derived"),
        "SWE-2024-2.4-2025": ("2024-09", "derived"),
        "BEL-2025-2.0-EASTER": ("2025-04-11", "derived"),
        "LVA-2025-5.0-2027": ("2025-02-18", "day"),
    }
    assert {key: (RECORD[key].announced.text, RECORD[key].announced.precision.value) for key in found} == found
    assert "one outlet only says 2027" in RECORD["LVA-2025-5.0-2027"].note
    for weak in "ROU-2026-2.81-REQUEST", "BEL-2025-2.0-2029HOLD", "BGR-2026-5.0-PLAN":
        assert RECORD[weak].grade is nb.model.Grade.WEAK


def test_poland_has_one_share_for_2026() -> None:
    """The budget law's 4.81 % tells the draft's 4.8 % again, so that the draft's share stands."""
    budgets = [item for item in RECORD.of("Poland").in_force(dt.date(2026, 7, 1)) if item.deadline]
    assert [(str(item.share), str(item.deadline)) for item in budgets] == [("4.80 %", "2026")]
    assert RECORD["POL-2026-4.81-2026"].repeats == "POL-2026-4.8-2026"


def test_the_demand_bears_the_day_of_its_report() -> None:
    assert str(RECORD["us-demand"].announced) == "2025-02-14 (article)"


def test_ranges_stay_ranges() -> None:
    assert sorted((item.key, str(item.share)) for item in RECORD if not item.share.is_point) == [
        ("EST-2024-2.5-3-NATOCALL", "2.50-3.00 %"),
        ("FRA-2025-3-3.5", "3.00-3.50 %"),
        ("LTU-2025-5-6-2026-2030", "5.00-6.00 %"),
        ("USA-2026-4-5-GOP", "4.00-5.00 %"),
    ]


def test_an_opt_out_names_the_share_refused_but_for_spains_ceiling() -> None:
    outs = [item for item in RECORD if item.kind is nb.model.CommitmentKind.OPT_OUT]
    assert [item.key for item in outs if not item.refused] == ["ESP-2025-2.1-CEILING"]
    assert not any(item.promises for item in outs if item.refused)


def test_demands_on_others_are_no_promises_of_those_who_voice_them() -> None:
    demands = [item for item in RECORD if item.kind is nb.model.CommitmentKind.DEMAND]
    assert all(isinstance(item.party, nb.Group) and not item.promises for item in demands)
    assert len(demands) == 7


def test_who_voiced_a_demand_is_known_and_its_second_telling_is_one() -> None:
    voices = {item.key: item.voiced_by.key for item in RECORD if item.voiced_by is not None}
    assert voices == {
        "us-demand": "USA", "USA-2018-4.0-DEMAND": "USA", "USA-2025-5.0-DEMAND": "USA", "POL-2024-3.0-NATOCALL": "POL",
        "EST-2024-2.5-3-NATOCALL": "EST", "ALLIES-2024-0.25-RAMSTEINCALL": "EST", "LTU-2024-0.25-UKRPROPOSAL": "LTU",
    }  # fmt: skip
    assert RECORD["USA-2025-5.0-DEMAND"].repeats == "us-demand"


def test_luxembourgs_promises_are_shares_of_gni_and_averages_are_marked() -> None:
    assert {item.party.key for item in RECORD if item.of_gni} == {"LUX"}
    assert "2.00 % of GNI" in str(RECORD["LUX-2024-2.0-2030"])
    assert [item.key for item in RECORD if item.is_average] == ["DEU-2022-2.0-LAW", "EST-2025-5.4-2029"]


def test_the_core_part_of_a_total_is_a_promise_of_its_own() -> None:
    assert "BGR-2025-5.0-SOFIAGLOBE" in RECORD.in_force(dt.date(2026, 7, 1)).by_key


def test_every_address_is_one_address() -> None:
    sources = [source for item in RECORD for source in (item.source, *item.second_sources)]
    assert not any(" " in source.url for source in sources)
    assert max(len(item.second_sources) for item in RECORD) == 3


def test_every_commitment_reads_back_from_its_own_data() -> None:
    for item in RECORD:
        assert nb.serialization.from_data(nb.serialization.to_data(item), nb.Commitment) == item


# --- documents of one's own ------------------------------------------------------------------------------

MINE = """
[[commitments]]
key = "ours-2030"
party = "Norway"
share = "4-4.5 %"
component = "core"
kind = "statement"
modality = "aim"
deadline = 2030
announced = 2026-10-01
[commitments.source]
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
    toml, as_json = tmp_path / "mine.toml", tmp_path / "mine.json"
    toml.write_text(MINE, encoding="utf-8")
    as_json.write_text(
        '{"commitments": [{"key": "ours-2030", "party": "NOR", "share": "4-4.5 %", "component": "core",'
        ' "kind": "statement", "modality": "aim", "deadline": "2030", "announced": {"date": "2026-10-01"},'
        ' "source": {"title": "A speech", "publisher": "the speaker"}}]}',
        encoding="utf-8",
    )
    assert nb.datasets.load_commitments(toml) == nb.datasets.load_commitments(as_json)


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
        "commitments[0].party", "commitments[0].share", "commitments[0].component", "commitments[0].deadline",
        "commitments[0].announced", "commitments[0].source.title", "commitments[0].source",
    ]  # fmt: skip
    text = str(caught.value)
    assert text.startswith("faulty.toml: 7 faults")
    assert "valid: core, related, total, equipment, ukraine aid" in text
    assert "unknown key titel" in text
    assert "the lower share comes first" in text


def test_a_key_used_twice_is_told_beside_other_faults(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE + MINE.replace('"Norway"', '"Norge og Sverige"'), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_commitments(path)
    assert [fault.path for fault in caught.value.faults] == ["commitments[1].party", "commitments[1].key"]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.yaml", "", "neither .toml nor .json"),
        ("a.toml", "[[commitments", "cannot be read"),
        ("a.json", '{"commitments": [], "commitments": []}', "the key commitments stands twice"),
        ("a.json", '{"commitments": NaN}', "NaN is not a figure"),
        ("a.json", "[" * 100_000, "cannot be read"),
        ("a.json", '{"commitments": "all"}', "'all' is not usable as a list"),
        ("a.json", '{"commitments": [], "schema": 2}', "unknown schema '2'; valid: 1"),
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
        "commitments[ours-2030].key", "commitments[ours-2030].superseded_by", "commitments[ours-2030].standing",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('key = "ours-2030"', 'key = " "', "not usable as a key"),
        ('key = "ours-2030"', 'key = "ours\\u001b"', "not usable as a key"),
        ("deadline = 2030", "deadline = 2030\nstart = 99999", "99999 is not a usable year"),
        ("deadline = 2030", "deadline = 2030\nstart = 2031", "the deadline is 2030"),
        ("deadline = 2030", "deadline = 2030\nrefused = true", "only an opt-out refuses"),
        ("2026-10-01", '{ date = "2025", precision = "none" }', "a date goes with a precision"),
        ("2026-10-01", '{ precision = "day" }', "a date goes with a precision"),
        ('title = "A speech"', 'title = "A speech"\nurl = "javascript:x"', "not usable as an address"),
        ("deadline = 2030", 'deadline = 2030\nrepeats = "ours-2030"', "it would repeat itself"),
        ("deadline = 2030", 'deadline = 2030\nsupersedes = ["ours-2030"]', "it would replace itself"),
    ],
)
def test_nonsense_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE.replace(old, new), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_commitments(path)
    assert words in str(caught.value)


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    data = nb.serialization.to_data(RECORD["NLD-2026-2.8-2030"]) | {"key": "mine", "note": "\ud800"}
    path.write_text(json.dumps({"commitments": [data]}), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_commitments(path)
    assert "half a character" in str(caught.value)


@pytest.mark.parametrize("document", ['{"\\ud800": 1}', '{"\\ud800": 1, "\\ud800": 2}'])
def test_a_fault_that_names_a_broken_key_can_be_printed(tmp_path: Path, document: str) -> None:
    path = tmp_path / "mine.json"
    path.write_text(document, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_commitments(path)
    assert "\\ud800" in str(caught.value).encode("utf-8").decode()


def test_a_document_may_begin_with_a_mark_of_byte_order(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE, encoding="utf-8-sig")
    assert "ours-2030" in nb.datasets.load_commitments(path).by_key


def test_a_missing_file_is_an_error_of_the_system_and_a_folder_is_no_document(tmp_path: Path) -> None:
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises((OSError, DocumentError)):
            nb.datasets.load_commitments(path)
    (tmp_path / "folder.toml").mkdir()
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_commitments(tmp_path / "folder.toml")
    assert "folder.toml: 1 fault\n  document: cannot be read: it is a folder; valid: a file" in str(caught.value)
    with pytest.raises(OSError, match=r"none\.toml"):
        nb.datasets.load_commitments(tmp_path / "none.toml")


def test_ones_own_commitment_overtakes_a_packaged_one(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(MINE.replace('"Norway"', '"NLD"\nsupersedes = ["NLD-2026-2.8-2030"]'), encoding="utf-8")
    together = nb.datasets.load_commitments(path).of("NLD")
    assert "NLD-2026-2.8-2030" in together.in_force(dt.date(2026, 9, 30)).by_key
    assert "NLD-2026-2.8-2030" not in together.in_force(dt.date(2026, 10, 1)).by_key
