"""The next edition: packaged by one command, whole or not at all, and no example breaks by it."""

from __future__ import annotations

import csv
import hashlib
import os
import runpy
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from natoburden.errors import NatoBurdenError, ReaderError, UnexpectedValueError
from tests.readers.nato_workbook import workbook_of

ROOT = Path(__file__).parents[2]
DATA = Path("src/natoburden/datasets/data/nato")
SCRIPT = runpy.run_path(str(ROOT / "scripts/add_edition.py"))
NEWEST, CONSTANT_YEAR, KEY = "2026-07", 2021, "2027-03"
LEFT_ASIDE = shutil.ignore_patterns("__pycache__", "_build")


def packaged(root: Path = ROOT, key: str = NEWEST) -> list[dict[str, str]]:
    with (root / DATA / f"defence_expenditure_{key}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(rows: list[dict[str, str]]) -> set[tuple[object, ...]]:
    """Return the rows with figures as numbers, and the alliance under one key."""
    return {
        tuple((row | {"entity": row["entity"].removesuffix("_TOTAL"), "value": Decimal(row["value"])}).values())
        for row in rows
    }


def changed(rows: list[dict[str, str]], change: Callable[[dict[str, str]], str | None]) -> list[dict[str, str]]:
    """Return the rows with the values that a change gives them; None leaves one as it is."""
    return [row | {"value": value} if (value := change(row)) is not None else row for row in rows]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project that holds nothing but its data and its changelog."""
    shutil.copytree(ROOT / DATA, tmp_path / DATA)
    shutil.copy(ROOT / "CHANGELOG.md", tmp_path)
    return tmp_path


def add(root: Path, content: bytes, *options: str) -> str:
    """Package a workbook in a project, and return the entry of the changelog."""
    workbook = root / "def-exp-en.xlsx"
    workbook.write_bytes(content)
    asked = SCRIPT["parsed"]([str(workbook), "--root", str(root), "--accessed", "2027-03-09", *options])
    return str(SCRIPT["add"](workbook, asked))


def files_of(root: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and path.suffix != ".xlsx"
    }


def test_an_edition_goes_into_a_workbook_and_comes_back_as_it_was(root: Path) -> None:
    news = add(root, workbook_of(packaged(), CONSTANT_YEAR), "--key", KEY, "--date", "2027-03-08")
    assert "no figure differs" in " ".join(news.split())
    assert cells(packaged(root, KEY)) == cells(packaged(root, NEWEST))


def test_the_manifest_gets_one_entry_more_and_the_changelog_too(root: Path) -> None:
    before = tomllib.loads((root / DATA / "editions.toml").read_text(encoding="utf-8"))
    url, title = "https://www.nato.int/x", 'Defence "Expenditure"'
    options = ("--key", KEY, "--date", "2027-03-08", "--url", url, "--title", title, "--note", "Ligne é.")
    news = add(root, workbook_of(packaged(), CONSTANT_YEAR), *options)
    after = tomllib.loads((root / DATA / "editions.toml").read_text(encoding="utf-8"))
    *known, entry = after["edition"]
    assert (known, after["omission"]) == (before["edition"], before["omission"])
    content = (root / DATA / entry["file"]).read_bytes()
    assert entry["sha256"] == hashlib.sha256(content).hexdigest()
    assert (entry["key"], entry["constant_year"], entry["estimated_years"]) == (KEY, CONSTANT_YEAR, [2025, 2026])
    source = entry["source"]
    assert (source["url"], source["title"], entry["note"]) == (url, title, "Ligne é.")
    assert (str(source["date"]), str(source["accessed"])) == ("2027-03-08", "2027-03-09")
    log = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert log.replace(f"\n\n{news.rstrip()}", "") == (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_changelog_names_the_countries_and_years_that_change(root: Path) -> None:
    def revised(row: dict[str, str]) -> str | None:
        cell = (row["measure"], row["entity"], row["price_basis"].partition(" ")[0], row["unit"])
        if cell[:2] == ("share_of_gdp", "DEU") and row["year"] in ("2023", "2024", "2026"):
            return "2.99"
        if cell == ("expenditure", "POL", "current", "million PLN") and row["year"] == "2020":
            return "1"
        # A figure printed with more decimals is no change.
        return row["value"] + "001" if cell[:2] == ("share_of_gdp", "FRA") and row["year"] == "2020" else None

    news = add(root, workbook_of(changed(packaged(), revised), CONSTANT_YEAR), "--key", KEY)
    lines = [line.strip() for line in news.splitlines() if line.startswith("  - ")]
    assert lines == [
        "- expenditure in national currency, current prices: Poland (2020).",
        "- share of GDP: Germany (2023-2024, 2026).",
    ]
    assert "It is the newest" in news


def test_allies_that_come_and_go_and_another_base_year_are_named(root: Path) -> None:
    rows = [row for row in packaged() if row["entity"] != "SWE"]
    news = " ".join(add(root, workbook_of(rows, 2025), "--key", KEY).split())
    assert "rows no longer there: Sweden." in news
    assert "all amounts at constant prices, now of 2025, before of 2021." in news


def test_the_key_is_that_of_the_date_and_the_date_that_of_the_last_saving(root: Path) -> None:
    add(root, workbook_of(packaged(), CONSTANT_YEAR))
    entry = tomllib.loads((root / DATA / "editions.toml").read_text(encoding="utf-8"))["edition"][-1]
    assert entry["key"] == f"{entry['source']['date']:%Y-%m}"
    assert "on which the workbook was saved" in entry["source"]["note"]


@pytest.mark.parametrize(
    ("rows", "options", "error", "words"),
    [
        (lambda rows: changed(rows, lambda row: "much" if row["year"] == "2020" else None), (), ReaderError, "'much'"),
        (lambda rows: [row for row in rows if row["measure"] != "share_of_gdp"], (), ReaderError, "no sheet holds"),
        (lambda rows: rows, ("--key", NEWEST), UnexpectedValueError, "packaged already"),
        (lambda rows: rows, ("--key", "spring"), UnexpectedValueError, "year and month"),
    ],
)
def test_what_cannot_be_packaged_is_the_librarys_error_and_changes_no_file(
    root: Path, rows: Any, options: tuple[str, ...], error: type[NatoBurdenError], words: str
) -> None:
    before = files_of(root)
    with pytest.raises(error, match=words):
        add(root, workbook_of(rows(packaged()), CONSTANT_YEAR), *options)
    assert files_of(root) == before


def test_a_disk_that_fills_up_leaves_every_file_as_it_was(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, write = files_of(root), Path.write_text

    def full(path: Path, *arguments: Any, **options: Any) -> int:
        if "editions.toml" in path.name:
            raise OSError("No space left on device")
        return write(path, *arguments, **options)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(OSError, match="No space"):
        add(root, workbook_of(packaged(), CONSTANT_YEAR), "--key", KEY)
    assert files_of(root) == before


def test_the_command_says_in_one_line_what_is_wrong(root: Path) -> None:
    with pytest.raises(SystemExit, match=r"^ReaderError: README\.md: "):
        SCRIPT["main"]([str(ROOT / "README.md"), "--root", str(root)])


@pytest.mark.skipif("NATOBURDEN_NEXT_EDITION" not in os.environ, reason="make test-edition runs it")
def test_no_example_changes_with_a_made_up_edition_of_other_figures(tmp_path: Path) -> None:
    """In a copy of the project, every figure and year of the newest edition differs from those of the one before."""
    for name in ("src", "docs", "tests", "scripts"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=LEFT_ASIDE)
    for name in ("README.md", "CHANGELOG.md", "conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    for row in (rows := packaged()):
        row["value"] = str(Decimal(row["value"]) * Decimal("0.9" if row["unit"] == "percent" else 2))
        row["year"] = str(int(row["year"]) + 1)
    add(tmp_path, workbook_of(rows, CONSTANT_YEAR + 1), "--key", KEY)

    def run(*arguments: str) -> str:
        environment = os.environ | {"PYTHONPATH": str(tmp_path / "src")}
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout[-10_000:] + done.stderr
        return done.stdout

    assert run("-c", "import natoburden as nb; print(nb.datasets.defence_expenditure().edition.key)") == f"{KEY}\n"
    asked = os.environ["NATOBURDEN_NEXT_EDITION"].split()
    run("-m", "pytest", "-q", "-n", "auto", "--dist", "loadfile", "-p", "no:cacheprovider", "-m", "not newest", *asked)
