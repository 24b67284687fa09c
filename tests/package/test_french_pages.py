"""The pages in French: each has its English twin and is linked from it, and is set as French is."""

from __future__ import annotations

import importlib.util
import posixpath
import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted((DOCS / "fr").glob("*.md"))
_FENCE = re.compile(r"^```\{?\w*.*?^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def in_french() -> ModuleType:
    spec = importlib.util.spec_from_file_location("in_french", DOCS / "_extensions" / "in_french.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def links(page: Path) -> set[str]:
    """The pages that a page links to, by their names."""
    folder = page.parent.relative_to(DOCS).as_posix()
    found = re.findall(r"\]\(([\w./-]+)\.md\)", page.read_text(encoding="utf-8"))
    return {posixpath.normpath(posixpath.join(folder, name)) for name in found}


def prose(page: Path) -> str:
    """What is read of a page: without code and addresses, the glossary's terms included."""
    text = page.read_text(encoding="utf-8")
    text = re.sub(r"^```\{glossary\}$(.*?)^```$", r"\1", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"^:+(link|gutter|link-type|hidden).*$|^:{3,}.*$", "", _FENCE.sub("", text), flags=re.MULTILINE)
    return re.sub(r"`[^`]*`|\]\([^)]*\)|<[^>]*>|\{term\}", "", text)


def test_each_page_and_its_english_twin_link_to_each_other(in_french: ModuleType) -> None:
    assert {f"fr/{page.stem}" for page in PAGES} == set(in_french.TWINS)
    for french, english in in_french.TWINS.items():
        assert english in links(DOCS / f"{french}.md")
        assert french in links(DOCS / f"{english}.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_spaces_before_signs_do_not_break(page: Path) -> None:
    assert re.findall(r".{0,20} [;:?!»%].{0,10}|.{0,10}« .{0,20}|\d \d{3}\b", prose(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_signs_before_which_french_has_a_space_have_one(page: Path) -> None:
    assert re.findall(r".{0,20}[^\s\N{NO-BREAK SPACE}][;?!»].{0,10}|\w:(?=\s)|\d%", prose(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_apostrophes_are_the_printers(page: Path) -> None:
    assert re.findall(r".{0,20}\w'\w.{0,10}", prose(page)) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_has_its_own_words_to_be_found_by(page: Path) -> None:
    assert page.read_text(encoding="utf-8").startswith("```{index} ! ")


def test_both_glossaries_have_the_same_terms() -> None:
    entry = re.compile(r"^(\S.*)\n  (?=\S)", re.MULTILINE)
    english = entry.findall((DOCS / "glossary.md").read_text(encoding="utf-8"))
    french = re.findall(r'^  <i lang="en">([^<]+)</i>', (DOCS / "fr/glossaire.md").read_text(encoding="utf-8"), re.M)
    bare = {re.sub(r" \(.*\)", "", term) for term in english}
    renamed = {"energy balance": "balance"}
    assert {
        renamed.get(term.replace("\N{NO-BREAK SPACE}", " "), term.replace("\N{NO-BREAK SPACE}", " ")) for term in french
    } == bare


def test_charts_are_drawn_in_french() -> None:
    front = (DOCS / "fr/index.md").read_text(encoding="utf-8")
    charts = re.findall(r"^>>> ax = .*$", front, re.MULTILINE)
    assert len(charts) == 3
    assert all('locale="fr"' in line for line in charts)


def test_links_say_when_they_lead_to_another_language(in_french: ModuleType) -> None:
    link = '<a class="reference internal" href="{}">'
    english = in_french._say_languages(link.format("../fr/index.html") + link.format("data.html"), "how-to/export")
    assert english == '<a lang="fr" class="reference internal" href="../fr/index.html">' + link.format("data.html")
    french = in_french._say_languages(link.format("glossaire.html") + link.format("../data.html"), "fr/index")
    assert french == link.format("glossaire.html") + '<a lang="en" class="reference internal" href="../data.html">'
