"""Examples of the documentation name the edition that they read, so that a new one changes none of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted([*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
WITHOUT_EDITION = re.compile(
    r"\b(?:defence_expenditure|defence_expenditure_editions|brief|commitment_list|article_brief)\(\)"
    r"|\b(?:brief|article_brief)\((?!table|TABLE|nb\.|mine|\w*table)[^)]*\)"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_an_example_names_its_edition(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = "\n".join(
        [*re.findall(r"^```(?:python|\{chart\})\n(.*?)^```", text, re.M | re.S), *re.findall(r"`([^`\n]+)`", text)]
    )
    lines = [line for line in code.splitlines() if WITHOUT_EDITION.search(line) and "brief(table" not in line]
    assert lines == []
