"""The version is written once, in pyproject.toml; what says it elsewhere agrees. Dependencies are pinned by hashes."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import natoburden as nb

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def found_in(name: str, pattern: str) -> list[str]:
    return re.findall(pattern, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_the_package_the_citation_and_the_changelog_say_the_version_of_the_project() -> None:
    assert nb.__version__ == PROJECT["version"]
    assert found_in("CITATION.cff", r"^version: (.+)$") == [PROJECT["version"]]
    assert found_in("CHANGELOG.md", r"^## (\d\S*)")[0] == PROJECT["version"]


def test_every_python_of_the_classifiers_is_one_that_the_project_admits() -> None:
    named = [text.removeprefix("Programming Language :: Python :: ") for text in PROJECT["classifiers"]]
    versions = [text for text in named if re.fullmatch(r"3\.\d+", text)]
    assert f">={versions[0]}" == PROJECT["requires-python"]
    assert found_in("Makefile", r"needs Python (3\.\d+) or later") == [versions[0]]


def test_the_page_of_stability_pins_this_minor_version_and_names_every_python() -> None:
    page = "docs/explanation/stability.md"
    major, minor = map(int, PROJECT["version"].split(".")[:2])
    assert found_in(page, r"`natoburden(>=\S+)`") == [f">={major}.{minor},<{major}.{minor + 1}"]
    versions = [text.split(" :: ")[-1] for text in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", text)]
    [said] = found_in(page, r"is tested before each release: ([^.]+(?:\.\d+[^.]*)+)\. ")
    assert re.findall(r"3\.\d+", said) == versions


def test_the_page_of_stability_has_a_migration_for_each_release_after_the_first() -> None:
    """A release that removes nothing says so."""
    [text] = re.findall(
        r"^## Migrations\n(.*?)^## ", (ROOT / "docs/explanation/stability.md").read_text("utf-8"), re.M | re.S
    )
    released = found_in("CHANGELOG.md", r"^## (\d\S*)")
    assert [version for version in released if version not in text] == []


def test_every_pin_has_hashes_and_names_no_place() -> None:
    pins = re.split(r"\n(?=\S)", (ROOT / "constraints.txt").read_text(encoding="utf-8").strip())
    assert len(pins) > 100
    bare = [pin.split()[0] for pin in pins if not re.search(r"\n    --hash=sha256:[0-9a-f]{64}", pin)]
    assert bare == []
    assert not [pin for pin in pins if "/" in pin]


def test_versions_that_are_not_pinned_are_told() -> None:
    differing = runpy.run_path(str(ROOT / "scripts/differing.py"))["differing"]
    text = "attrs==26.1.0 \\\n    --hash=sha256:0\nnumpy==2.4.6 ; python_full_version < '3.12' \\\nnumpy==2.5.5 \\\n"
    installed = {"attrs": "27.0", "numpy": "2.5.5", "natoburden": "0.1.0", "new-one": "1"}
    assert differing(installed, text) == ["attrs 27.0, not 26.1.0", "new-one 1, not pinned"]
