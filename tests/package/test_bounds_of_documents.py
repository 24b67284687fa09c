"""Documents from strangers end within seconds and within a gigabyte, and say what is too much."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import re
import sys
import tomllib
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import DocumentError, DocumentFault
from natoburden.errors._documents import raise_faults
from natoburden.serialization import _bounds, from_data, read_document
from natoburden.serialization.lines import from_json, read_lines

GOOD = {"title": "A statement", "publisher": "A ministry"}
RECORDS: dict[str, Any] = {
    "empty": {},
    "a number": 1,
    "unknown keys": {f"k{number}": 1 for number in range(30)},
    "faulty parts": {"sources": [1] * 30},
}


@contextlib.contextmanager
def refused(said: str) -> Iterator[None]:
    """Expect a document's error with words of its text, which `match` does not see in a group of errors."""
    with pytest.raises(DocumentError) as caught:
        yield
    assert re.search(said, str(caught.value)), str(caught.value)[:400]


@pytest.mark.parametrize("record", RECORDS)
def test_a_document_of_very_many_faults_reports_a_thousand_and_stops(tmp_path: Path, record: str) -> None:
    file = tmp_path / "contracts.json"
    file.write_text(json.dumps({"contracts": [RECORDS[record]] * 10_000}), encoding="utf-8")
    tracemalloc.start()
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_contracts(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(caught.value.faults) == 1_001
    assert str(caught.value.faults[-1]) == "document: has further faults: mend these 1,000 first"
    assert peak < 40_000_000  # 140 MB when every fault was kept


@pytest.mark.parametrize("count", [1, 999, 1_000, 1_001])
def test_faults_are_complete_up_to_a_thousand(count: int) -> None:
    with pytest.raises(DocumentError) as caught:
        from_data([7] * count, tuple[nb.Source, ...])
    with pytest.raises(DocumentError) as bulk:
        from_json(json.dumps([7] * count), tuple[nb.Source, ...])
    paths = [fault.path for fault in caught.value.faults]
    assert paths[:1_000] == [f"[{number}]" for number in range(min(count, 1_000))]
    assert paths[1_000:] == ["document"] * (count > 1_000)
    assert [fault.path.rstrip(".") for fault in bulk.value.faults][:1_000] == [
        f"{path}.document" for path in paths[:1_000]
    ]


def test_the_thousand_are_counted_across_lists_within_lists() -> None:
    data = {"contracts": [{"sources": [1] * 400}] * 400}
    with pytest.raises(DocumentError) as caught:
        from_data(data, nb.datasets.contracts._Document)
    assert len(caught.value.faults) == 1_001


@pytest.mark.parametrize(("ending", "most"), [(".json", 5_000_000), (".toml", 1_000_000)])
def test_a_document_that_is_too_large_is_refused_unless_more_is_allowed(tmp_path: Path, ending: str, most: int) -> None:
    file = tmp_path / f"mine{ending}"
    title = "x" * most
    file.write_text(json.dumps(GOOD | {"title": title}) if ending == ".json" else f'title = "{title}"\npublisher = "A"')
    said = f"mine{ending}: 1 fault\n  document: cannot be read: it has .*,... bytes; valid: at most {most:,}: split it"
    with refused(said):
        read_document(file, nb.Source)
    assert read_document(file, nb.Source, most_bytes=2 * most).title == title


def test_a_document_of_exactly_the_most_bytes_is_read(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")
    size = file.stat().st_size
    assert read_document(file, nb.Source, most_bytes=size).title == GOOD["title"]
    with refused(f"it has {size} bytes; valid: at most {size - 1}"):
        read_document(file, nb.Source, most_bytes=size - 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither")
@pytest.mark.parametrize("kind", ["a folder", "a named pipe", "a device"])
def test_a_document_is_a_regular_file(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "mine.json"
    match kind:
        case "a folder":
            file.mkdir()
        case "a named pipe":
            os.mkfifo(file)
        case _:
            file.symlink_to("/dev/zero")
    with refused(f"document: cannot be read: it is {kind}; valid: a file"):
        read_document(file, nb.Source)
    with refused(f"it is {kind}; valid: a file"):
        list(read_lines(file, nb.Source))


@pytest.mark.parametrize("text", ["a" + ".a" * 20_000 + " = 1", f"a = {{b{'.b' * 20_000} = 1}}", f"[a{'.a' * 20_000}]"])
def test_a_key_of_very_many_parts_is_refused_with_its_line(tmp_path: Path, text: str) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(f'title = "A"\n{text}\n', encoding="utf-8")  # tomllib alone takes 1.5 GB for 40 kB
    with refused(r"line 2 has 2000[01] dots; valid: at most 100: break it into several lines"):
        read_document(file, nb.Source)


@given(st.lists(st.text(alphabet='ab.\n= "1', max_size=30), max_size=20).map("\n".join))
def test_other_toml_is_read_as_the_standard_library_reads_it(text: str) -> None:
    def outcome(read: Any) -> object:
        try:
            return read(text)
        except ValueError as error:
            return str(error)

    assert outcome(_bounds.parse_toml) == outcome(tomllib.loads)


def test_a_line_that_is_too_long_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(_bounds.MOST_BYTES, ".json", 60)
    file = tmp_path / "mine.jsonl"
    file.write_text(json.dumps(GOOD) + "\n" + json.dumps(GOOD | {"title": "x" * 100}) + "\n", encoding="utf-8")
    found = read_lines(file, nb.Source)
    assert next(found).title == GOOD["title"]
    with refused(r"mine\.jsonl, line 2: 1 fault\n.*the line is too long; valid: at most 60 bytes"):
        next(found)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", 'title = "A"\nschema = 0x' + "f" * 5_000, "a whole number has more than 100 digits"),
        ("a.toml", 'title = "A"\nschema = 0b' + "1" * 5_000, "a whole number has more than 100 digits"),
        ("a.json", '{"title": ' + "[" * 60 + "]" * 60 + "}", "values are nested more than 50 deep"),
        ("a.toml", "title = " + "[" * 60 + "]" * 60, "values are nested more than 50 deep"),
    ],
)
def test_enormous_numbers_and_deep_values_are_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    for read in (nb.fixtures.load_article, nb.datasets.load_contracts):
        with refused(f"document: cannot be read: {said}"):
            read(file)


def test_a_message_is_short_and_harmless_whatever_the_names_in_a_document_are(tmp_path: Path) -> None:
    file = tmp_path / "contracts\x1b[31m.json"
    contract = {"key": "\x1b[31mK\u202e\n", "part_of": "Z" * 10_000, "buyers": ["POL"], "x" * 10_000 + "\n": 1}
    file.write_text(json.dumps({"contracts": [contract, {"y" * 10_000: 2}]}), encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        nb.datasets.load_contracts(file)
    lines = str(caught.value).split("\n")
    assert len(lines) == 1 + len(caught.value.faults)
    assert all(line.isprintable() and len(line) < 3_100 for line in lines)


def test_faults_of_a_record_are_looked_for_no_further_than_they_are_reported() -> None:
    looked = 0

    def faults() -> Iterator[DocumentFault]:
        nonlocal looked
        for looked in range(1, 10**9):  # noqa: B007 # counted
            yield DocumentFault("a", "b")

    with pytest.raises(DocumentError) as caught:
        raise_faults("c", faults())
    assert (looked, len(caught.value.faults)) == (1_001, 1_001)
    raise_faults("c", iter(()))


def test_an_error_of_very_many_faults_pickles_and_splits() -> None:
    error = DocumentError("c", (DocumentFault(f"a[{at}]", "b") for at in range(5_000)))
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error)
    some, rest = error.split(lambda fault: getattr(fault, "path", "") == "document")
    assert some is not None
    assert rest is not None
    assert (len(some.exceptions), len(rest.exceptions)) == (1, 1_000)


def test_a_document_that_grows_while_it_is_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(GOOD), encoding="utf-8")

    class Growing(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            with file.open("a", encoding="utf-8") as more:
                more.write(" ")
            return super().read(size) or b""

    monkeypatch.setattr("natoburden.serialization._bounds.open_regular", lambda path, _: Growing(path))
    with refused("it changed while it was read"):
        read_document(file, nb.Source)
