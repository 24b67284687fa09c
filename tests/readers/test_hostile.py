"""What hostile or broken files do to a reader: they get a value or a NatoBurdenError, in bounded time, and nothing else."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from natoburden.errors import NatoBurdenError, ReaderError
from natoburden.readers import inspect, read
from tests.readers.small_files import READERS, SMALL

TEXTS = [name for name in SMALL if not name.endswith(".xlsx")]

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


def attempt(reader: object, file: Path) -> None:
    """Let a reader try a file; anything but a value or an error of the library is a fault."""
    try:
        value = reader(file)  # type: ignore[operator] # readers of every kind
    except NatoBurdenError as error:
        assert str(error)
    else:
        assert value is not None
        repr(value)


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
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bent_file_gives_a_value_or_an_error_of_the_library(folder: Path, name: str, data: st.DataObject) -> None:
    file = folder / f"bent-{name}"
    file.write_bytes(data.draw(bent(SMALL[name])))
    attempt(READERS[name], file)
    attempt(read, file)
    assert str(inspect(file))


@settings(max_examples=100)
@given(
    content=st.binary(max_size=400), start=st.sampled_from((b"", b"PK\x03\x04", b"\x1f\x8b", b"<", b"{", b"[", b"a,"))
)
def test_any_bytes_give_a_value_or_an_error_of_the_library(folder: Path, content: bytes, start: bytes) -> None:
    file = folder / "any"
    file.write_bytes(start + content)
    attempt(read, file)
    assert str(inspect(file))


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=25)
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
    if (wrong == "utf-16" and name.endswith((".xls", ".xml"))) or (name == "WEO_Data.csv" and wrong == "utf-16"):
        attempt(READERS[name], file)  # the IMF writes UTF-16, and XML names its encoding
        return
    with pytest.raises(ReaderError):
        READERS[name](file)


@pytest.mark.parametrize("name", TEXTS)
def test_a_cell_of_ten_megabytes_is_met_in_bounded_memory(tmp_path: Path, name: str) -> None:
    encoding = "utf-16" if name == "WEOApr2024all.xls" else "utf-8"
    text = SMALL[name].decode(encoding)
    place = max(
        text.rfind("Poland"), text.rfind(">A<") + 1, text.rfind("Hulls"), text.rfind("Radars"), text.rfind("APC")
    )
    file = tmp_path / name
    file.write_bytes((text[:place] + "A" * 10_000_000 + text[place:]).encode(encoding))
    tracemalloc.start()
    try:
        attempt(READERS[name], file)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 400_000_000


def bomb(name: str, size: int) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, b"0" * size)
    return content.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(b"0" * 300_000_000, 9),
        bomb("data.csv", 300_000_000),
        bomb("xl/workbook.xml", 300_000_000),
    ],
    ids=["gzip", "zip", "workbook"],
)
@pytest.mark.parametrize(
    "name", ["eurofxref-hist.csv", "export_CAN_2022.csv", "releases.jsonl", "def-exp-2027-en.xlsx"]
)
def test_bombs_are_refused_before_they_unpack(tmp_path: Path, content: bytes, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
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
    [contract] = READERS["export_CAN_2022.csv"](file).contracts  # type: ignore[union-attr] # it reads awards
    assert contract.system == "=1+1"
