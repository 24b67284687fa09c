"""The brief as one page: whole, escaped, fetching nothing."""

from __future__ import annotations

import hashlib
import re
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import attrs
import pytest

import natoburden as nb
from natoburden.presentation.cli import main
from natoburden.presentation.html_page import page_of
from natoburden.presentation.layout import Heading, TextTable

VOID = {"meta", "br"}
SORTABLE = "68a43d520969e80dc5da4a72e54a5550a5e0885278f5debfbee6f8e8440ebfd3"


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
    assert ">Allemagne</text>" in page  # what a chart says can be searched and selected
    assert "Allemagne" in page
    assert not re.search(r"url\((?!#)|@import|\bfetch\(|XMLHttpRequest", page)


def cells(page: str, title: str) -> dict[str, dict[str, str]]:
    """The figures that rows of allies are sorted by, by the name in the first cell."""
    heads = re.findall(r"<th scope=\"col\".*?<button type=\"button\">(.*?)</button>", page)
    rows = re.findall(r"<tr data-groups=\"(.*?)\">(.*?)</tr>", page)
    number = [head.replace("<br>", " ") for head in heads].index(title)
    found = {}
    for groups, row in rows:
        tds = re.findall(r"<td([^>]*)>(.*?)</td>", row)
        key = re.search(r'data-sort="(.*?)"', tds[number][0])
        found[tds[0][1]] = {"groups": groups, "key": key[1] if key else "none", "text": tds[number][1]}
    return found


def test_a_figure_is_sorted_by_itself_whatever_its_language_and_marks() -> None:
    page = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2026).to_html(locale="fr")
    shares = cells(page, "part % PIB")
    assert shares["Allemagne"]["text"] == "2,69e"
    assert shares["Allemagne"]["key"] == "2.69"
    assert shares["Islande"]["key"] == ""
    promised = {name: cell["key"] for name, cell in cells(page, "promis % PIB").items()}
    assert (promised["Lituanie"], promised["Espagne"], promised["Monténégro"]) == ("5", "2.1", "")
    assert {cell["key"] for cell in cells(page, "Allié").values()} == {"none"}


def test_a_page_can_be_narrowed_to_groups_that_are_neither_none_nor_all_of_its_rows() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    page = nb.brief(table, year=2026).to_html()
    choices = re.findall(r'<option value="(\w*)">', page)
    assert choices == [
        *("", "NATO_EUROPE", "NATO_EUR_CAN", "NATO_EUROPE_WITHOUT_TURKIYE"),
        *("NATO_EU", "NATO_NON_EU", "NATO_EURO_AREA"),
    ]
    found = cells(page, "share % GDP")
    in_eu = {name for name, cell in found.items() if "NATO_EU" in cell["groups"].split()}
    assert in_eu == {country.name for country in nb.Group.find("NATO_EU").members(2026)}
    assert re.findall(r'<option value="(\w+)">', nb.brief(table, year=2026, group="NATO_EU").to_html()) == [
        "NATO_EURO_AREA"
    ]
    assert "<select>" not in nb.brief(table, year=2026, group="NATO_EURO_AREA").to_html()


def test_a_word_broken_on_a_terminal_is_whole_on_a_page() -> None:
    page = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2026).to_html()
    assert '<button type="button">promised<br>% GDP</button>' in page
    assert "prom-" not in page


def test_the_bundled_script_is_the_one_that_was_released_and_names_itself() -> None:
    place = files("natoburden.presentation") / "scripts"
    script = (place / "sortable.min.js").read_bytes()
    assert hashlib.sha256(script).hexdigest() == SORTABLE
    assert (place / "sortable.LICENSE.txt").read_text(encoding="utf-8").startswith("This is free and unencumbered")
    page = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2026).to_html()
    assert "sortable-tablesort 4.1.7, Jonas Earendel, the Unlicense" in page
    assert b"</script" not in script


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
    page = page_of(attrs.evolve(table, totals=((evil,),)), locale="en")
    assert checked(page).seen.count("script") == 2
    assert page.count("&lt;script&gt;") == 8


def test_a_screen_reader_names_the_chart_by_its_title() -> None:
    page = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2026).to_html()
    (label,) = re.findall(r'<figure role="img" aria-label="([^"]+)">', page)
    assert label == "Defence expenditure as a share of GDP, 2026; edition 2026-07; with estimates; dark: 2% or more"
