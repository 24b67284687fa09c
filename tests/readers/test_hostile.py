"""Hostile and broken files give a value or a NatoBurdenError, in bounded time and memory, and nothing else."""

from __future__ import annotations

import contextlib
import copy
import functools
import gzip
import io
import json
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.readers import inspect, read
from tests.readers.small_files import BROWSER, JSON_STAT, MILEX, NATO, READERS, RELEASE, SMALL, workbook
from tests.strategies import up_to

TEXTS = [name for name in SMALL if not SMALL[name].startswith((b"PK", b"\xd0\xcf"))]

# What is put in place of a piece of a good file, or into it.
INSERTS = (
    *(b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b'"', b"'", b",", b";", b"\t", b"\n", b"\r\n", b"\x1a"),
    *(b"-1", b"1e999", b"1e-999", b"NaN", b"Infinity", b"9" * 400, b"0x10", b"1_000", "\u0661\u0662".encode()),
    *(b"=cmd|'/c calc'!A1", b"{{7*7}}", b"../../etc/passwd", b"<!ENTITY a SYSTEM 'file:///etc/passwd'>", b"&lt;"),
    *(b"[" * 50, b"{" * 50, b"<a>" * 50, b"null", b"true", b"[]", b"{}", b"2024-02-30", b"0000-00-00", b"\xc3"),
    *(b"Kosovo", b"Atlantis", "Türkiye".encode("cp1252"), "\u202e".encode(), b"1" + b"0" * 30, b"x" * 5_000),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bent")


def attempt(reader: Callable[[Path], Any], file: Path) -> None:
    """Let a reader try a file; anything but a value or an error of the library is a fault."""
    with contextlib.suppress(NatoBurdenError):
        repr(reader(file))


@st.composite
def bent(draw: st.DrawFn, content: bytes) -> bytes:
    """A good file with a few pieces cut out, doubled, moved or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from((0, 1, 3, 10, 100, 10_000))))
        piece = draw(st.one_of(st.sampled_from(INSERTS), st.just(content[start:end] * 2), st.binary(max_size=8)))
        content = content[:start] + piece + content[end:]
    return content


@pytest.mark.parametrize("name", SMALL)
@settings(max_examples=up_to(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bent_file_gives_a_value_or_an_error_of_the_library(folder: Path, name: str, data: st.DataObject) -> None:
    file = folder / f"bent-{name}"
    file.write_bytes(data.draw(bent(SMALL[name])))
    attempt(READERS[name], file)
    attempt(read, file)
    assert str(inspect(file))


ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**30, 1.5, 1e308, "", " ", "x", "2024", "1.5", "NaN", "\x00", "é" * 3_000),
    *([], {}, [None], [[]], {"x": {}}, [1, "1", None], {"0": "1"}, {"value": 1, "releaseDate": 2}),
)
ODD_TEXTS = tuple(item for item in ODD if isinstance(item, str) and item != "\x00")


def nodes(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values within one."""
    parts: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    return [path, *(found for key, part in parts for found in nodes(part, (*path, key)))]


@st.composite
def disordered(draw: st.DrawFn, document: Any) -> Any:
    """A document with some of its values replaced by odd ones, or taken away."""
    document = copy.deepcopy(document)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(nodes(document)))
        if not path:
            return draw(st.sampled_from(ODD))
        holder = document
        for key in path[:-1]:
            holder = holder[key]
        if draw(st.booleans()):
            holder[path[-1]] = copy.deepcopy(draw(st.sampled_from(ODD)))
        else:
            del holder[path[-1]]
    return document


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


@st.composite
def pruned(draw: st.DrawFn, content: bytes) -> bytes:
    """XML with some of its elements taken away, doubled, or with other texts and attributes."""
    root = fromstring(content)  # the project's own
    for _ in range(draw(st.integers(1, 3))):
        holder = draw(st.sampled_from([item for item in root.iter() if len(item)] or [root]))
        element = draw(st.sampled_from(list(holder) or [holder]))
        match draw(st.sampled_from(("away", "double", "text", "attribute", "inside"))):
            case "away" if element is not holder:
                holder.remove(element)
            case "double" if element is not holder:
                holder.append(copy.deepcopy(element))
            case "text":
                element.text = draw(st.sampled_from(ODD_TEXTS))
            case "attribute":
                element.attrib = dict.fromkeys(element.attrib, draw(st.sampled_from(("", "x", "-1", "NO", "1e999"))))
            case _:
                element.append(Element(draw(st.sampled_from(("COUNTRY", "VALUES", "ID", "LotTender", "x")))))
    return tostring(root)


@pytest.mark.parametrize("name", ["notice.xml", "eform.xml"])
@settings(max_examples=up_to(150))
@given(data=st.data())
def test_a_notice_of_another_order_gives_a_value_or_an_error(folder: Path, name: str, data: st.DataObject) -> None:
    file = folder / f"pruned-{name}"
    file.write_bytes(data.draw(pruned(SMALL[name])))
    attempt(READERS[name], file)
    attempt(read, file)


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
