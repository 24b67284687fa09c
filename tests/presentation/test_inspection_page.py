"""``natoburden inspect``, as a person meets it."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from natoburden.presentation.cli import main
from natoburden.presentation.inspection_page import InspectionPage
from natoburden.presentation.progress import progress_of
from natoburden.readers import Inspection, inspect
from natoburden.readers._coverage import Names, Span
from tests.readers.small_files import SMALL


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """One file that reads, one with a fault, and one that is no data."""
    contents = {
        "eurofxref-hist.csv": SMALL["eurofxref-hist.csv"],
        "broken.csv": SMALL["eurofxref-hist.csv"].replace(b"184.1", b"?"),
        "page.csv": b"<html><title>Request Rejected</title>",
    }
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def test_a_file_that_reads_is_described_and_leaves_with_0(
    files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", str(files[0])]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "eurofxref-hist.csv: ECB: euro reference rates",
        "  edition: 2026-01-02",
        "  days: 2",
        "  dates: 2025-12-31 to 2026-01-02",
        "  base: EUR",
        "  currencies: 4",
        "  read with: readers.ecb.read_reference_rates",
    ]


def test_files_that_do_not_read_are_explained_and_leave_with_1(
    files: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["inspect", *map(str, files)]) == 1
    out = capsys.readouterr().out
    assert "broken.csv: ECB: euro reference rates\n  problem: line 2: JPY: '?' is not usable\n" in out
    assert "page.csv: not recognised\n  problem: a web page, 'Request Rejected'" in out


def test_a_missing_file_is_one_line_and_leaves_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["inspect", str(tmp_path / "none.csv")])
    assert caught.value.code == 2
    assert "none.csv: No such file or directory" in capsys.readouterr().err


def test_every_format_says_the_same(files: list[Path]) -> None:
    page = InspectionPage(inspections=tuple(map(inspect, files)))
    data = json.loads(page.to_json())["files"]
    assert [item["readable"] for item in data] == [True, False, False]
    assert data[0]["coverage"]["base"] == "EUR"
    assert data[2]["format"] is None
    rows = list(csv.DictReader(io.StringIO(page.to_csv())))
    assert {"file": "broken.csv", "what": "problem", "said": "line 2: JPY: '?' is not usable"} in rows
    assert "| page.csv | format | not recognised |" in page.to_table().to_markdown()
    written = io.StringIO()
    page.write(written, "csv")
    assert written.getvalue() == page.to_csv()


class Terminal(io.StringIO):
    """What passes for a terminal."""

    def isatty(self) -> bool:
        return True


def test_long_lines_are_folded_on_a_terminal_and_many_problems_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    item = Inspection(file="f.csv", seen="", problems=tuple(f"{n} {'word ' * 30}" for n in range(20)))
    page, terminal = InspectionPage(inspections=(item,)), Terminal()
    monkeypatch.setenv("COLUMNS", "60")
    page.write(terminal)
    lines = terminal.getvalue().splitlines()
    assert max(map(len, lines)) <= 60
    assert lines[2].startswith("    word")
    assert lines[-1].strip() == "problem: 8 more; --format csv or json gives all"
    assert len(page.to_text().splitlines()) == 14
    assert "19 word" in page.to_csv()


def test_every_file_is_reported_though_one_is_missing(
    files: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = [str(tmp_path / "none.csv"), str(tmp_path / "other.csv")]
    with pytest.raises(SystemExit) as caught:
        main(["inspect", missing[0], str(files[0]), missing[1], str(files[1])])
    captured = capsys.readouterr()
    assert caught.value.code == 2
    assert "eurofxref-hist.csv: ECB: euro reference rates\n" in captured.out
    assert "broken.csv: ECB: euro reference rates\n" in captured.out
    assert captured.err.splitlines() == [f"natoburden: {name}: No such file or directory" for name in missing]
    with pytest.raises(SystemExit):
        main(["inspect", *missing, str(files[0]), "--format", "json"])
    data = json.loads(capsys.readouterr().out)
    assert [item["file"] for item in data["files"]] == ["eurofxref-hist.csv"]
    assert data["notes"] == [f"{name}: No such file or directory" for name in missing]


def test_progress_is_shown_on_a_terminal_and_nowhere_else(monkeypatch: pytest.MonkeyPatch) -> None:
    with progress_of("big.jsonl") as quiet:
        assert quiet is None
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    with progress_of("big.jsonl") as told:
        assert told is not None
        told(512_000, 1_024_000)
    assert "big.jsonl" in terminal.getvalue()
    assert "512.0/1.0" in terminal.getvalue().replace(",", "") or "0.5/1.0" in terminal.getvalue()
    with progress_of("draws", of_bytes=False) as counted:
        assert counted is not None
        counted(3, 32)
    assert "3/32" in terminal.getvalue()
    with progress_of("big.jsonl", quiet=True) as silenced:
        assert silenced is None
    monkeypatch.setitem(sys.modules, "rich.progress", None)
    with progress_of("big.jsonl") as without_rich:
        assert without_rich is None


def test_a_file_is_described_in_french(files: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inspect", *map(str, files), "--locale", "fr"]) == 1
    out = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    for line in ("  monnaies : ", "  se lit avec : readers.ecb", "  problème : ", "page.csv : non reconnu\n"):
        assert line in out
    assert main(["inspect", str(files[0]), "--locale", "fr", "--format", "markdown"]) == 0
    assert "| fichier | élément | constat |" in capsys.readouterr().out


def test_facts_are_written_in_the_readers_language_and_are_numbers_in_json() -> None:
    facts = (("figures", 5355), ("years", Span("2014", "2024")), ("estimates", None), ("countries", Names("A, B", 3)))
    page = InspectionPage(inspections=(Inspection(file="f.csv", seen="", coverage=facts),))
    french = page.to_text(locale="fr")
    for said in ("5\N{NARROW NO-BREAK SPACE}355", "2014 à 2024", "aucune", "A, B et 3 autres"):
        assert said in french
    assert page.to_dict()["files"][0]["coverage"] == {
        "figures": 5355,
        "years": "2014 to 2024",
        "estimates": "none",
        "countries": "A, B and 3 more",
    }
