"""Corrections of a collection: applied where they find what they correct, and stopping the script elsewhere."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

SCRIPT: dict[str, Any] = runpy.run_path(str(Path(__file__).parents[2] / "scripts/corrections.py"))
ROWS = [{"id": "A", "year": "2019", "note": "old"}, {"id": "B", "year": "", "note": ""}]


def correction(**fields: str) -> dict[str, str]:
    return {
        "key": "A",
        "field": "year",
        "was": "2019",
        "is": "2020",
        "sources": "https://a.example",
        "remark": "",
    } | fields


def corrected(*corrections: dict[str, str]) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in SCRIPT["corrected"](ROWS, "id", corrections)}


def test_a_correction_replaces_what_it_expects_and_leaves_the_rest() -> None:
    found = corrected(correction(), correction(key="B", was="", **{"is": "2021"}))
    assert [(row["year"], row["note"]) for row in found.values()] == [("2020", "old"), ("2021", "")]
    assert [row["year"] for row in ROWS] == ["2019", ""]


def test_remarks_and_sources_are_kept_each_once() -> None:
    found = corrected(
        correction(remark="first"),
        correction(field="note", was="old", remark="second", sources="https://b.example ; https://a.example"),
        correction(field="", remark="first", sources="a.example: 12"),
    )["A"]
    assert found[SCRIPT["REMARKS"]] == "first; second"
    assert found[SCRIPT["SOURCES"]] == "https://a.example ; https://b.example ; a.example: 12"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"was": "2018"}, r"A\.year: is '2019', where the correction expects '2018'"),
        ({"field": "jear"}, r"A\.jear: is None"),
        ({"key": "C"}, "the collection has no such row"),
        ({"sources": ""}, "names no source"),
    ],
)
def test_a_correction_that_does_not_find_what_it_corrects_stops(fields: dict[str, str], words: str) -> None:
    with pytest.raises(SystemExit, match=words):
        corrected(correction(**fields))
