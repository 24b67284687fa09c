"""Hostile and broken files give a value or a NatoBurdenError, in bounded time and memory, and nothing else."""

from __future__ import annotations

import contextlib
import functools
import gzip
import io
import json
import re
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.readers import inspect, read
from tests.readers.bent_files import bent, disordered, pruned, rearranged
from tests.readers.seeds import SEEDS, Seed
from tests.readers.small_files import BROWSER, JSON_STAT, MILEX, NATO, READERS, RELEASE, SMALL, workbook
from tests.strategies import up_to

TEXTS = [name for name in SMALL if not SMALL[name].startswith((b"PK", b"\xd0\xcf"))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bent")


def attempt(reader: Callable[[Path], Any], file: Path) -> None:
    """Let a reader try a file; anything but a value or an error of the library is a fault."""
    with contextlib.suppress(NatoBurdenError):
        repr(reader(file))


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=up_to(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bent_file_gives_a_value_or_an_error_of_the_library(folder: Path, name: str, data: st.DataObject) -> None:
    file = folder / f"bent-{name}"
    file.write_bytes(data.draw(bent(SMALL[name])))
    attempt(READERS[name], file)
    attempt(read, file)
    assert str(inspect(file))


@pytest.mark.parametrize(
    ("name", "document"),
    [
        ("nrg_ti_gas.json", JSON_STAT),
        ("worldbank.json", json.loads(SMALL["worldbank.json"])),
        ("release.json", RELEASE),
        ("release.json", {"records": [{"ocid": "a", "versionedRelease": RELEASE}]}),
        ("release.json", {"releases": [RELEASE, RELEASE]}),
    ],
)
@settings(max_examples=up_to(100))
@given(data=st.data())
def test_json_of_another_order_gives_a_value_or_an_error(
    folder: Path, name: str, document: Any, data: st.DataObject
) -> None:
    file = folder / f"disordered-{name}"
    file.write_text(json.dumps(data.draw(disordered(document))), encoding="utf-8")
    attempt(READERS[name], file)
    attempt(read, file)


@pytest.mark.parametrize("sheets", [NATO, MILEX, BROWSER], ids=["NATO", "SIPRI", "Eurostat"])
@settings(max_examples=up_to(40))
@given(data=st.data())
def test_a_workbook_of_other_cells_gives_a_value_or_an_error(folder: Path, sheets: Any, data: st.DataObject) -> None:
    changed = data.draw(disordered(sheets))
    try:
        content = workbook(changed)
    except Exception:  # no workbook can be made of it
        assume(condition=False)
    (folder / "other.xlsx").write_bytes(content)
    attempt(read, folder / "other.xlsx")


@pytest.mark.parametrize("name", ["notice.xml", "eform.xml"])
@settings(max_examples=up_to(150))
@given(data=st.data())
def test_a_notice_of_another_order_gives_a_value_or_an_error(folder: Path, name: str, data: st.DataObject) -> None:
    file = folder / f"pruned-{name}"
    file.write_bytes(data.draw(pruned(SMALL[name])))
    attempt(READERS[name], file)
    attempt(read, file)


TABLES = [seed for seeds in SEEDS.values() for seed in seeds if seed.file.endswith((".csv", ".tsv"))]


@pytest.mark.parametrize("seed", TABLES, ids=[seed.file for seed in TABLES])
@settings(max_examples=up_to(40))
@given(data=st.data())
def test_a_table_of_another_order_gives_a_value_or_an_error(folder: Path, seed: Seed, data: st.DataObject) -> None:
    file = folder / f"rearranged-{seed.file}"
    file.write_bytes(data.draw(rearranged(seed.content)))
    attempt(seed.reader, file)
    attempt(read, file)


@pytest.mark.parametrize("seed", TABLES, ids=[seed.file for seed in TABLES])
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "columns turned round"])
def test_a_row_that_ends_after_any_cell_gives_a_value_or_an_error(folder: Path, seed: Seed, turned: bool) -> None:
    text = seed.content.decode()
    mark = "\t" if "\t" in text else ","
    step = -1 if turned else 1  # a reader that asks only the last years' column of a row for its width fails turned
    rows = [line.split(mark)[::step] for line in text.splitlines()]
    file = folder / f"ended-{turned}-{seed.file}"
    for at, row in enumerate(rows):
        for end in range(len(row)):
            file.write_text("\n".join(mark.join(line) for line in [*rows[:at], row[:end], *rows[at + 1 :]]) + "\n")
            attempt(seed.reader, file)


BLANKS = ("", " ", "\t", "\x1d", "\x85", "\xa0", "\u3000", '""', '" "')  # each is empty to `str.strip`, or in quotes


@pytest.mark.parametrize("seed", TABLES, ids=[seed.file for seed in TABLES])
def test_a_row_of_blanks_gives_a_value_or_an_error(folder: Path, seed: Seed) -> None:
    lines = seed.content.decode().splitlines()
    mark = "\t" if "\t" in lines[-1] else ","
    file = folder / f"blank-{seed.file}"
    for at in range(len(lines) + 1):
        for blank in BLANKS:
            for width in {1, 2, max(line.count(mark) for line in lines) + 1}:
                row = mark.join([blank, *[""] * (width - 2), blank])
                file.write_text("\n".join([*lines[:at], row, *lines[at:]]) + "\n", encoding="utf-8", newline="")
                attempt(seed.reader, file)


BOOKS = [seed for seeds in SEEDS.values() for seed in seeds if seed.content.startswith(b"PK")]


@pytest.mark.parametrize("seed", BOOKS, ids=[f"{seed.reader.__module__}-{seed.file}" for seed in BOOKS])
def test_a_workbook_without_sheets_is_refused(tmp_path: Path, seed: Seed) -> None:
    file = tmp_path / seed.file
    with zipfile.ZipFile(io.BytesIO(seed.content)) as book, zipfile.ZipFile(file, "w") as without:
        for name in book.namelist():
            content = book.read(name)
            if name == "xl/workbook.xml":
                content = re.sub(rb"<sheets>.*</sheets>", b"<sheets/>", content, flags=re.DOTALL)
                assert b"<sheets/>" in content
            without.writestr(name, content)
    with pytest.raises(ReaderError, match=r"a workbook (without a sheet of cells|or another document)"):
        seed.reader(file)
    assert str(inspect(file))


@settings(max_examples=up_to(200))
@given(seed=st.sampled_from([seed for seeds in SEEDS.values() for seed in seeds]), data=st.data())
def test_a_bent_file_of_any_form_gives_a_value_or_an_error(folder: Path, seed: Seed, data: st.DataObject) -> None:
    file = folder / f"form-{seed.file}"
    change = pruned if seed.file.endswith(".xml") and data.draw(st.booleans()) else bent
    file.write_bytes(data.draw(change(seed.content)))
    attempt(seed.reader, file)
    assert str(inspect(file))


@settings(max_examples=up_to(100))
@given(
    content=st.binary(max_size=400), start=st.sampled_from((b"", b"PK\x03\x04", b"\x1f\x8b", b"<", b"{", b"[", b"a,"))
)
def test_any_bytes_give_a_value_or_an_error_of_the_library(folder: Path, content: bytes, start: bytes) -> None:
    file = folder / "any"
    file.write_bytes(start + content)
    attempt(read, file)
    assert str(inspect(file))


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=up_to(25))
@given(cut=st.floats(0, 1))
def test_a_file_that_is_cut_short_is_refused_or_still_whole(folder: Path, name: str, cut: float) -> None:
    file = folder / f"cut-{name}"
    file.write_bytes(SMALL[name][: int(len(SMALL[name]) * cut)])
    attempt(READERS[name], file)


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("wrong", ["utf-16", "utf-32", "cp037"])
def test_a_file_in_a_wrong_encoding_is_refused(folder: Path, name: str, wrong: str) -> None:
    text = SMALL[name].decode("utf-16" if name == "WEOApr2024all.xls" else "utf-8").lstrip("\ufeff")
    file = folder / f"wrong-{name}"
    file.write_bytes(text.encode(wrong))
    if wrong == "utf-16" and name.endswith((".xls", ".xml", "WEO_Data.csv", "contracts.csv")):
        attempt(READERS[name], file)  # the IMF and Excel write UTF-16, and XML names its encoding
        return
    with pytest.raises(ReaderError):
        READERS[name](file)


@pytest.mark.slow
@pytest.mark.parametrize("name", TEXTS)
def test_a_cell_of_ten_megabytes_is_met_in_bounded_memory(tmp_path: Path, name: str) -> None:
    encoding = "utf-16" if name == "WEOApr2024all.xls" else "utf-8"
    text = SMALL[name].decode(encoding)
    marks = ("Poland", "A</", "Hulls", "Radars", "APC", "ESTAT", "M,G3000", "1.1718", "Imports")
    place = max(text.rfind(mark) for mark in marks)
    if place < 0:
        place = len(text.rstrip()) - 1
    file = tmp_path / name
    file.write_bytes((text[:place] + "A" * 10_000_000 + text[place:]).encode(encoding))
    tracemalloc.start()
    try:
        attempt(READERS[name], file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 400_000_000


@functools.cache
def bomb(inside: str) -> bytes:
    """300 MB of one character: gzip, or a zip archive that holds them under a name."""
    if not inside:
        return gzip.compress(b"0" * 300_000_000)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(inside, b"0" * 300_000_000)
    return content.getvalue()


@pytest.mark.parametrize("inside", ["", "data.csv", "xl/workbook.xml"], ids=["gzip", "zip", "workbook"])
@pytest.mark.parametrize(
    "name", ["eurofxref-hist.csv", "export_CAN_2022.csv", "releases.jsonl", "def-exp-2027-en.xlsx"]
)
def test_bombs_are_refused_before_they_unpack(tmp_path: Path, inside: str, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(bomb(inside))
    tracemalloc.start()
    try:
        with pytest.raises(ReaderError):
            READERS[name](file)
        with pytest.raises(ReaderError):
            read(file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 250_000_000


def test_formulas_are_texts_and_nothing_of_them_is_worked_out(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(SMALL["export_CAN_2022.csv"].replace(b"Hulls", b"=1+1"))
    [contract] = READERS["export_CAN_2022.csv"](file).contracts
    assert contract.system == "=1+1"
