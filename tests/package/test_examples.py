"""Examples of the documentation name the edition that they read, so that a new one changes none of them."""

from __future__ import annotations

import ast
import builtins
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


def _unknown(code: str) -> set[str]:
    """Return the names that a piece of code reads and nowhere makes."""
    nodes = [*ast.walk(ast.parse(code))]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    made = {node.id for node in names if isinstance(node.ctx, ast.Store)}
    for node in nodes:
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            made |= {alias.asname or alias.name for alias in node.names}
    return {node.id for node in names} - made - set(dir(builtins))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_chart_needs_nothing_from_the_examples_above_it(page: Path) -> None:
    """Each is drawn on its own when the documentation is built, and copied on its own by a reader."""
    for block in re.findall(r"^```\{chart\}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S):
        code = "\n".join(line[4:] for line in block.splitlines() if line.startswith((">>> ", "... ")))
        assert _unknown(code) == set()


COOKBOOK = sorted(page for page in (ROOT / "docs/how-to/cookbook").glob("*.md") if page.name != "index.md")


@pytest.mark.parametrize("page", COOKBOOK, ids=lambda page: page.stem)
def test_an_example_of_the_cookbook_stands_alone_and_its_task_can_be_found(page: Path) -> None:
    """Each imports what it uses; each task has words of its readers in the index, which the search knows."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    for block in blocks:
        code = "\n".join(line[4:] for line in block.splitlines() if line.startswith((">>> ", "... ")))
        assert _unknown(code) == set(), code
    tasks = re.split(r"^## ", text, flags=re.M)
    assert len(blocks) >= len(tasks) - 2  # one task is for the command line
    assert [part for part in tasks[:-1] if not re.search(r"```\{index\} ! [^`]+\n```\s*\Z", part)] == []
