"""The brief as one page: whole, escaped, fetching nothing."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import attrs
import pytest

import natoburden as nb
from natoburden.presentation.cli import main
from natoburden.presentation.html_page import page_of
from natoburden.presentation.layout import Heading, TextTable

VOID = {"meta", "br"}


class Checked(HTMLParser):
    """A parser that keeps what is open, and what would be fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        addresses = [value for name, value in attributes if name in ("src", "href")]
        self.fetched += [value for value in addresses if value and value[0] != "#"]

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def checked(page: str) -> Checked:
    parser = Checked()
    parser.feed(page)
    parser.close()
    assert not parser.open
    return parser


def test_the_brief_is_one_whole_page_in_its_language_that_fetches_nothing(tmp_path: Path) -> None:
    file = tmp_path / "brief.html"
    assert main(["brief", "--format", "html", "--locale", "fr", "-o", str(file)]) == 0
    page = file.read_text(encoding="utf-8")
    found = checked(page)
    assert page.startswith('<!DOCTYPE html>\n<html lang="fr">')
    assert not found.fetched
    assert found.seen.count("svg") == 1
    assert found.seen.count("tr") == 35
    assert "Allemagne" in page
    assert "script" not in found.seen
    assert not re.search(r"url\((?!#)|@import", page)


def test_the_same_brief_is_the_same_page() -> None:
    assert nb.brief(year=2025).to_html() == nb.brief(year=2025).to_html()


def test_a_brief_without_a_target_of_gdp_has_no_chart() -> None:
    page = nb.brief(year=2025, targets=[nb.WALES_EQUIPMENT]).to_html()
    assert "svg" not in checked(page).seen


@pytest.mark.parametrize("command", [["brief", "--article"], ["commitments"], ["claims"]])
def test_every_page_can_be_a_web_page(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*command, "--format", "html"]) == 0
    checked(capsys.readouterr().out)


def test_whatever_stands_in_a_table_is_escaped() -> None:
    evil = "<script>alert(1)</script>&"
    table = TextTable(title=evil, lead=(evil,), headings=(Heading(evil, evil),), rows=((evil,),), notes=(evil,))
    page = page_of(attrs.evolve(table, totals=((evil,),)), locale='en"><script>')
    assert "script" not in checked(page).seen
    assert page.count("&lt;script&gt;") == 9
