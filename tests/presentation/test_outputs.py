"""What goes out: whole files, the format that was asked for and nothing else, one line where a command is stopped."""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import signal
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import openpyxl  # type: ignore[import-untyped]
import polars as pl
import pytest

import natoburden as nb
from natoburden.__main__ import main
from natoburden.presentation.cli.pages import COMMANDS
from natoburden.presentation.formats import BINARY, SUFFIXES
from natoburden.presentation.gap_page import ally_gaps
from natoburden.presentation.tables import Page
from natoburden.readers._limits import Budget

TABLE = nb.datasets.defence_expenditure("2026-07")
GAPS = ally_gaps("Germany", table=TABLE, year=2025)
FORMS = {suffix: form for suffix, form in SUFFIXES.items() if form != "bibtex"}
NASTY = (
    "=cmd|'/c calc'!A1",
    "<script>alert(1)</script>",
    "[/nope][red]x",
    "\x1b]0;pwned\x07\x1b[31mred",
    "a|b\nc",
    "\u202egnp.exe",
    "@SUM(1)",
    "\\input{/etc/passwd}",
    "$x^{$",
    "a--><svg onload=x>",
)
ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

Write = Callable[[Path], object]


def chart(file: Path) -> object:
    return nb.charts.save(nb.charts.over_time(TABLE, ["POL"]), file)


def lines(file: Path) -> object:
    from natoburden.serialization.lines import write_lines

    return write_lines(file, [nb.Share.percent(number) for number in range(40)])


WRITERS: dict[str, Write] = {
    **{suffix: GAPS.save for suffix in FORMS if suffix != ".html"},
    ".html": GAPS.save,
    ".svg": chart,
    ".jsonl": lines,
}


# --- whole or not at all ----------------------------------------------------------------------------------


@pytest.fixture
def most_bytes() -> Iterator[Callable[[int], None]]:
    """A limit of what a file may hold, which stands for a disk that is full."""
    resource = pytest.importorskip("resource", reason="no limits of the operating system here")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda most: resource.setrlimit(resource.RLIMIT_FSIZE, (most, before[1]))
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("suffix", WRITERS)
def test_a_disk_that_is_full_at_any_tenth_of_an_output_leaves_the_old_file(
    tmp_path: Path, suffix: str, most_bytes: Callable[[int], None]
) -> None:
    file = tmp_path / f"out{suffix}"
    WRITERS[suffix](file)
    length = file.stat().st_size
    file.write_bytes(b"as it was")
    for tenth in range(10):
        most_bytes(length * tenth // 10)
        with pytest.raises(OSError, match="too large") as told:
            WRITERS[suffix](file)
        most_bytes(-1)
        assert told.value.filename == str(file)
        assert file.read_bytes() == b"as it was"
        assert [*tmp_path.iterdir()] == [file]


class Interrupted:
    """A file in whose writing a keyboard's interrupt comes after so many bytes or characters."""

    def __init__(self, file: IO[Any], after: int) -> None:
        self.file, self.left = file, after

    def write(self, text: Any) -> int:
        self.file.write(text[: self.left])
        if len(text) > self.left:
            signal.raise_signal(signal.SIGINT)
        self.left -= len(text)
        return len(text)

    def writelines(self, texts: Any) -> None:
        for text in texts:
            self.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)


@pytest.mark.parametrize("suffix", [suffix for suffix in FORMS if suffix != ".html"])
def test_an_interrupt_at_any_tenth_of_an_output_leaves_the_old_file_one_line_and_130(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"out{suffix}"
    monkeypatch.setitem(COMMANDS, "gap", lambda _options: GAPS)
    assert main(["gap", "Germany", "-o", str(file)]) == 0
    form = FORMS[suffix]
    length = file.stat().st_size if form in BINARY else len(file.read_text(encoding="utf-8"))
    file.write_bytes(b"as it was")
    write = Page.write
    for tenth in range(10):
        after = length * tenth // 10
        monkeypatch.setattr(
            Page,
            "write",
            lambda page, out, form, *, locale, after=after: write(page, Interrupted(out, after), form, locale=locale),  # type: ignore[arg-type] # what is written to
        )
        assert main(["gap", "Germany", "-o", str(file)]) == 130
        assert capsys.readouterr() == ("", "natoburden: interrupted\n")
        assert file.read_bytes() == b"as it was"
        assert [*tmp_path.iterdir()] == [file]


def test_a_template_is_written_whole_and_replaces_nothing(
    tmp_path: Path, most_bytes: Callable[[int], None], capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.csv"
    most_bytes(50)
    with pytest.raises(SystemExit):
        main(["template", "contracts", "-o", str(file)])
    most_bytes(-1)
    assert f"natoburden: {file}: File too large" in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []
    (tmp_path / "link.csv").symlink_to(file)
    with pytest.raises(SystemExit):
        main(["template", "contracts", "-o", str(tmp_path / "link.csv")])
    assert "File exists" in capsys.readouterr().err
    assert not file.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nowhere/x.csv", "No such file or directory"),
        ("file/x.csv", "Not a directory"),
        ("loop.csv", "symbolic link"),
        (".", "Is a directory"),
    ],
)
def test_a_file_that_cannot_be_is_one_line_with_its_name(
    tmp_path: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop.csv").symlink_to(tmp_path / "loop.csv")
    with pytest.raises(SystemExit) as ended:
        main(["gap", "Germany", "--edition", "2026-07", "-o", str(tmp_path / name)])
    assert ended.value.code == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert said in error
    assert f"natoburden: {tmp_path / name}: " in error


# --- stopped ----------------------------------------------------------------------------------------------


def test_an_interrupt_while_a_file_is_read_is_one_line_and_130(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "eurofxref-hist.csv"
    file.write_text("Date,USD,JPY,PLN,\n2024-12-31,1.0389,163.06,4.275,\n", encoding="utf-8")
    monkeypatch.setattr(Budget, "spend", lambda *_given: signal.raise_signal(signal.SIGINT))
    assert main(["inspect", str(file)]) == 130
    assert capsys.readouterr() == ("", "natoburden: interrupted\n")


def test_what_duckdb_makes_of_an_interrupt_is_one() -> None:
    from natoburden.frames.files import readable

    with pytest.raises(KeyboardInterrupt), readable("lines.csv"):
        raise RuntimeError("Query interrupted")


# --- standard output --------------------------------------------------------------------------------------


def asked(command: str, folder: Path) -> list[str]:
    """Return a command with what it needs."""
    awards = folder / "awards.csv"
    awards.write_text("supplier,amount,year\nA,1,2024\n", encoding="utf-8")
    needed = {
        "gap": ["Germany"],
        "fiscal": ["Italy"],
        "commitments": ["Germany"],
        "purchases": ["Poland"],
        "inspect": [str(awards)],
        "shares": [str(awards)],
    }
    return [command, *needed.get(command, [])]


@pytest.mark.slow
@pytest.mark.parametrize("command", sorted({*COMMANDS} - {"template", "credit"}))
def test_standard_output_holds_the_format_asked_for_whatever_a_library_prints(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    run = COMMANDS[command]
    made: list[Page] = []

    def noisy(options: argparse.Namespace) -> Page:
        print("noise of a library")  # noqa: T201 # what is to be kept out
        made[:] = made or [run(options)]
        return made[0]

    monkeypatch.setitem(COMMANDS, command, noisy)
    for form in FORMS.values():
        assert main([*asked(command, tmp_path), "--format", form]) in (0, 1)
        out, error = capfdbinary.readouterr()
        assert b"noise of a library" in error
        assert b"noise" not in out
        begins = {"xlsx": b"PK", "parquet": b"PAR1", "html": b"<!DOCTYPE html>", "latex": b"% \\usepackage"}
        assert out.startswith(begins.get(form, b""))
        if form == "json":
            json.loads(out)
        if form == "csv":
            assert len({len(row) for row in csv.reader(io.StringIO(out.decode()))}) == 1


# --- other people's names ---------------------------------------------------------------------------------


@pytest.fixture
def awards(tmp_path: Path) -> Path:
    file = tmp_path / "awards.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows([["supplier", "amount"], *([name, 9] for name in NASTY)])
    return file


def test_names_of_a_file_do_no_harm_in_any_format(awards: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix, form in FORMS.items():
        out = awards.with_name(f"out{suffix}")
        assert main(["shares", str(awards), "-o", str(out)]) == 0
        if form not in BINARY:
            assert not ACTING.findall(out.read_text(encoding="utf-8")), suffix
    assert main(["shares", str(awards)]) == 0
    assert not ACTING.findall(capsys.readouterr().out)
    page = awards.with_name("out.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "<svg onload" not in page
    assert {row["supplier"] for row in json.loads(awards.with_name("out.json").read_text())["rows"]} == {*NASTY}
    assert {*pl.read_parquet(awards.with_name("out.parquet"))["supplier"]} == {*NASTY}
    tex = awards.with_name("out.tex").read_text(encoding="utf-8")
    assert "\\input" not in tex
    assert not re.search(r"(?<!\\)\$x", tex)
    book = openpyxl.load_workbook(awards.with_name("out.xlsx"))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    cells = [
        cell for row in csv.reader(io.StringIO(awards.with_name("out.csv").read_text(encoding="utf-8"))) for cell in row
    ]
    assert not [cell for cell in cells if cell[:1] in "=@" and cell]


@pytest.mark.parametrize("name", NASTY)
def test_names_do_no_harm_in_a_chart(tmp_path: Path, name: str) -> None:
    found = nb.dependency.supplier_shares(
        nb.datasets.announced_contracts(), buyer="NLD", rates=nb.datasets.exchange_rates(), currency="USD",
        few_records_ok=True,
    )  # fmt: skip
    file = nb.charts.save(nb.charts.composition({name: found}), tmp_path / "chart.svg")
    drawn = file.read_text(encoding="utf-8")
    assert not ACTING.findall(drawn)
    known = {"svg", "g", "path", "defs", "use", "rect", "clipPath", "pattern", "style", "metadata", "text", "tspan"}
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(drawn).iter()}
    assert tags - known <= {"RDF", "Work", "type", "date", "format", "creator", "Agent", "title"}


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are text there")
def test_files_with_names_that_are_not_utf_8_are_read_and_written_or_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path / "in") + b"\xff.csv"))
    file.write_text("supplier,amount\nA,1\n", encoding="utf-8")
    for suffix in FORMS:
        out = Path(os.fsdecode(os.fsencode(tmp_path / "out") + b"\xfe" + suffix.encode()))
        assert main(["inspect", str(file), "-o", str(out)]) == 1
        assert out.stat().st_size > 0
    out = Path(os.fsdecode(os.fsencode(tmp_path / "out") + b"\xfe.json"))
    [inspected] = json.loads(out.read_text(encoding="utf-8"))["files"]
    assert inspected["file"] == "in\\udcff.csv"
    with pytest.raises(SystemExit):
        main(["shares", str(file)])
    assert "in\\udcff.csv: its name is not UTF-8" in capsys.readouterr().err


def test_messages_of_errors_hold_nothing_that_acts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["gap", "\x1b[31mGermany"], ["inspect", str(tmp_path / "\x1b[31m\nx")], ["gap", "x", "\x1b[2J"]):
        with pytest.raises(SystemExit):
            main(arguments)
        told = capsys.readouterr().err
        assert not ACTING.findall(told)
        assert told.count("\n") == 1


# --- limits -----------------------------------------------------------------------------------------------


def test_limits_are_given_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "eurofxref-hist.csv"
    file.write_text("Date,USD,JPY,PLN,\n2024-12-31,1.0389,163.06,4.275,\n", encoding="utf-8")
    assert main(["inspect", str(file), "--limits", "cells=9"]) == 1
    assert "more than 9 cells" in capsys.readouterr().out
    assert main(["inspect", str(file), "--limits", "cells=900, rows=20"]) == 0
    for wrong in ("cell=9", "cells", "cells=0", "cells=-1", "cells=" + "9" * 5_000):
        with pytest.raises(SystemExit):
            main(["inspect", str(file), "--limits", wrong])
        assert "--limits" in capsys.readouterr().err
