"""Files that would make a reader's work grow with the square of their size are read in linear time, or refused."""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.readers import ocds

FEW, MANY = 400, 1_600
TIMES = 10  # at most so much longer for a file of four times the size; a square would take sixteen times as long


def seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    with contextlib.suppress(NatoBurdenError):
        call()
    return time.process_time() - start


def takes_linear_time(read: Callable[[Path], object], few: Path, many: Path) -> bool:
    """Return whether a file of four times the size takes about four times as long, in the best of three readings."""
    read(few)
    short = min(seconds(lambda: read(few)) for _ in range(3))
    return min(seconds(lambda: read(many)) for _ in range(2)) < TIMES * short


def saved(file: Path, content: Any) -> Path:
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    return file


def release(**parts: Any) -> dict[str, Any]:
    return {"ocid": "o-1", "date": "2024-06-01T00:00:00Z", "buyer": {"address": {"countryName": "Norge"}}, **parts}


def award(name: object, **parts: Any) -> dict[str, Any]:
    return {"id": str(name), "title": "Radar", "suppliers": [{"name": "A"}], **parts}


def test_contracts_find_their_awards_without_a_search_through_all_awards(tmp_path: Path) -> None:
    def file(count: int) -> Path:
        contracts = [{"id": str(n), "awardID": str(count - 1 - n)} for n in range(count)]
        return saved(tmp_path / f"{count}.json", release(awards=list(map(award, range(count))), contracts=contracts))

    assert takes_linear_time(ocds.read_contracts, file(FEW), file(MANY))


def test_awards_that_share_an_id_and_are_equal_count_once_even_if_they_are_many(tmp_path: Path) -> None:
    awards = [award(1, title=str(n % 3)) for n in range(MANY)]
    found = ocds.read_contracts(saved(tmp_path / "release.json", release(awards=awards)))
    assert [item.system for item in found.contracts] == ["0", "1", "2"]
    assert len(found.left_out) == MANY - 3


@pytest.mark.parametrize(
    "parts",
    [
        {"contracts": [{"id": str(n), "awardID": "1"} for n in range(1_100)], "awards": [award(1)] * 1_000},
        {
            "awards": list(map(award, range(1_000))),
            "tender": {"items": [{"classification": {"scheme": "CPV", "id": str(35_000_000 + n)}} for n in range(900)]},
        },
        {"awards": [award("1" * 1_001)]},
    ],
    ids=["contracts of many awards with one id", "codes that each award repeats", "an id that each contract repeats"],
)
def test_a_release_that_would_take_too_long_is_refused(tmp_path: Path, parts: dict[str, Any]) -> None:
    if "contracts" in parts:
        parts = {**parts, "awards": [{**item, "title": str(n)} for n, item in enumerate(parts["awards"])]}
    with pytest.raises(ReaderError, match=r"one id|repeats|more than 1,000 characters"):
        ocds.read_contracts(saved(tmp_path / "release.json", release(**parts)))


def test_a_process_of_very_many_releases_is_refused_before_it_takes_long(tmp_path: Path) -> None:
    releases = [{"ocid": "o-1", "tender": {str(n): 1}} for n in range(2_500)]
    with pytest.raises(ReaderError, match=r"release 1\d\d\d: merging the releases of this process takes more than"):
        ocds.read_contracts(saved(tmp_path / "package.json", {"releases": releases}))


def test_a_line_of_many_processes_is_parsed_twice_and_not_once_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocds.front, "_MOST_HELD", 1)
    parsed, parsings = ocds.front.parsed, list[str]()
    monkeypatch.setattr(ocds.front, "parsed", lambda where, *rest: parsings.append(where) or parsed(where, *rest))
    lines = [{"releases": [{**release(awards=[award(1)]), "ocid": f"{at}-{n}"} for n in range(50)]} for at in (1, 2)]
    file = saved(tmp_path / "many.jsonl", "\n".join(map(json.dumps, lines)))
    assert len(ocds.read_contracts(file, buyer="Norway").contracts) == 100
    assert parsings == ["line 1", "line 2"] * 2

    lines[1] = lines[0]
    file = saved(tmp_path / "crossed.jsonl", "\n".join(map(json.dumps, lines)))
    with pytest.raises(ReaderError, match="lines that hold many processes"):
        ocds.read_contracts(file)
