"""Every reader has one budget: hostile files end in bounded time and memory, and nothing is lost without a word."""

from __future__ import annotations

import inspect as signatures
import io
import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import attrs
import openpyxl  # type: ignore[import-untyped] # it ships no types
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from natoburden import readers
from natoburden.errors import ReaderError, UnexpectedValueError
from natoburden.readers import FORMATS, Limits, inspect, read
from natoburden.readers._files import read_file
from natoburden.readers._json import check_json
from natoburden.readers._limits import Budget
from natoburden.readers._workbook import open_workbook, rows_of
from tests.readers.hostile_files import MAKERS, write
from tests.readers.small_files import READERS, SMALL

resource = pytest.importorskip("resource")

SECONDS = 10
BYTES = 1 << 30
FIELDS = [field.name for field in attrs.fields(Limits)]

# What a process of its own does with a file: a value or an error of the library, and nothing else.
CODE = """
import sys, natoburden as nb
from natoburden.errors import NatoBurdenError
try:
    {call}
except NatoBurdenError as error:
    print(str(error)[:300])
"""


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))


def ends(path: Path, call: str) -> None:
    found = subprocess.run(
        [sys.executable, "-c", CODE.format(call=call), str(path)],
        preexec_fn=limited,  # no thread of this process holds a lock
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, f"{path.name}: {found.returncode} {found.stderr[-400:]}"


@pytest.mark.slow
@pytest.mark.parametrize("name", MAKERS)
def test_a_hostile_file_ends_within_ten_seconds_and_one_gigabyte(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name)
    ends(path, "nb.read(sys.argv[1])")
    ends(path, "str(nb.inspect(sys.argv[1]))")


@pytest.mark.parametrize("name", ["rows.xlsx", "styles.xlsx", "header.csv.gz", "objects.json.gz", "deep.xml"])
def test_a_hostile_file_is_refused_by_the_limit_that_it_passes(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name)
    with pytest.raises(ReaderError, match=r"more than [0-9,]+ (elements|bytes|cells|columns|levels|rows)"):
        read(path, limits=Limits(elements=50_000, size=500_000))


def test_every_reader_takes_limits() -> None:
    for known in FORMATS:
        functions: tuple[Any, ...] = (known.read, known.stream)
        for function in filter(None, functions):
            assert "limits" in signatures.signature(function).parameters, known
    assert {"limits"} <= {*signatures.signature(readers.inspect).parameters}


@pytest.mark.parametrize("name", SMALL)
def test_every_reader_refuses_a_file_above_its_size(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(SMALL[name])
    found = inspect(path, limits=Limits(size=20, streamed=20))
    assert not found.is_readable
    assert any("more than 20 bytes" in problem for problem in found.problems)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [0, -1, 1.5, True, "1", None])
def test_a_limit_is_a_whole_number(field: str, value: Any) -> None:
    with pytest.raises(UnexpectedValueError, match=field):
        Limits(**{field: value})


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_what_is_no_regular_file_is_refused_at_once(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(tmp_path / "plug"))
        for path, words in ((pipe, "a named pipe"), (tmp_path / "plug", "a socket"), (Path("/dev/zero"), "a device")):
            with pytest.raises(ReaderError, match=words):
                read(path)
            assert words in str(inspect(path))
            for reader in READERS.values():
                with pytest.raises(ReaderError):
                    reader(path)


def test_a_file_that_grows_while_it_is_read_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "growing.csv"
    path.write_bytes(b"Date,USD\n")
    before = os.fstat

    def grown(number: int) -> os.stat_result:
        found = before(number)
        if threading.current_thread() is threading.main_thread():
            with path.open("ab") as file:
                file.write(b"2024-12-31,1\n")
        return found

    monkeypatch.setattr(os, "fstat", grown)
    with pytest.raises(ReaderError, match="changed while it was read"):
        read_file(path, None)


def written(cells: dict[tuple[int, int], object]) -> bytes:
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        book.active.cell(row, column, value)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    cells=st.dictionaries(
        st.tuples(st.integers(1, 1_048_576), st.integers(1, 16_384)), st.integers(1, 10**6), min_size=1, max_size=5
    )
)
def test_every_cell_of_a_sheet_is_read_wherever_it_stands(tmp_path: Path, cells: dict[tuple[int, int], object]) -> None:
    path = tmp_path / "far.xlsx"
    path.write_bytes(written(cells))
    with open_workbook(path, "any", None) as book:
        [sheet] = book.worksheets
        found = {
            (number, column): cell.value
            for number, row in rows_of(sheet, path.name)
            for column, cell in enumerate(row, start=1)
            if cell.value is not None
        }
    assert found == cells


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(column=st.integers(60, 16_384))
def test_a_year_in_a_far_column_is_read_or_refused_by_its_row(tmp_path: Path, column: int) -> None:
    book = openpyxl.load_workbook(io.BytesIO(SMALL["def-exp-2027-en.xlsx"]))
    for sheet in book.worksheets:
        header = next(line for line in sheet.iter_rows() if sum(str(cell.value)[:2] == "20" for cell in line) > 1)
        sheet.cell(header[0].row, column, 2031)
        sheet.cell(header[0].row + 1, column, 777)
    path = tmp_path / "far.xlsx"
    book.save(path)
    found = inspect(path)
    assert "2031" in str(found) if found.is_readable else "sheet 'Table" in found.problems[0]


@given(
    value=st.recursive(
        st.none() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_values_of_json_are_counted_as_the_parser_makes_them(value: Any) -> None:
    import json

    def counted(item: Any) -> int:
        parts = list(item.values()) if isinstance(item, dict) else item if isinstance(item, list) else []
        return 1 + sum(map(counted, parts))

    def deep(item: Any) -> int:
        parts = list(item.values()) if isinstance(item, dict) else item if isinstance(item, list) else None
        return 0 if parts is None else 1 + max(map(deep, parts), default=0)

    for text in (json.dumps(value), json.dumps(value, ensure_ascii=False)):
        check_json(text, Budget(Limits(elements=2 * counted(value), depth=max(1, deep(value))), "x"))
        if counted(value) > 2:
            with pytest.raises(ReaderError, match="more than"):
                check_json(text, Budget(Limits(elements=max(1, (counted(value) - 1) // 2)), "x"))
        if deep(value) > 1:
            with pytest.raises(ReaderError, match="levels of nesting"):
                check_json(text, Budget(Limits(depth=deep(value) - 1), "x"))
