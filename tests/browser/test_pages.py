"""Pages in a real browser: whole on paper, and sorted and narrowed on a screen by mouse and keyboard."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import natoburden as nb
from natoburden.presentation.article_page import article_brief
from natoburden.presentation.commitments_page import commitment_list
from natoburden.presentation.purchases_page import purchase_list
from natoburden.presentation.tables import Page
from tests.browser.driving import PAPERS, as_phone, as_window, go_to, printed

pytestmark = pytest.mark.skipif(os.environ.get("NATOBURDEN_BROWSER") != "1", reason="make test-docs runs a browser")

TABLE = nb.datasets.defence_expenditure("2026-07")
PAGES: dict[str, Callable[[], Page]] = {
    "brief": lambda: nb.brief(TABLE, year=2026),
    "article": lambda: article_brief(table=TABLE),
    "purchases": lambda: purchase_list("NATO_EUROPE", table=TABLE),
    "commitments": lambda: commitment_list(table=TABLE),
}
SHEETS = {"brief": 2, "article": 2, "purchases": 1, "commitments": 4}
Opened = Callable[..., Page]


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Opened:
    """What opens a page of the library in a window."""

    def to_open(name: str, locale: str = "en") -> Page:
        page = PAGES[name]()
        file = tmp_path / f"{name}.{locale}.html"
        file.write_text(page.to_html(locale=locale), encoding="utf-8")
        as_window(browser)
        go_to(browser, file.as_uri())
        return page

    return to_open


def as_line(*cells: str) -> str:
    """Cells as a line of print, in which PDF has letters of their own for pairs such as fi."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", " ".join(cells))).strip()


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_prints_across_the_paper_with_every_column_and_row_once(
    browser: Any, opened: Opened, name: str, locale: str, paper: str
) -> None:
    page = opened(name, locale)
    sheets = printed(browser, paper)
    assert len(sheets) <= SHEETS[name]
    assert all(sheet.width > sheet.height for sheet in sheets)
    lines = [as_line(line) for sheet in sheets for line in sheet.lines]
    tables = [part.to_table(locale=locale) for part in (page, page.further) if part is not None]
    for table in tables:
        for row in table.rows:
            assert as_line(*row) in lines, row
        for row in table.totals:
            assert lines.count(as_line(*row)) == 1, row
        heads = " ".join(lines)
        for heading in table.in_full.headings:
            assert (as_line(heading.title) if heading.is_broken else as_line(heading.first_line)) in heads
            assert heading.is_broken or as_line(heading.second_line) in heads
    # the chart stands beside the notes, so that its text is on their lines
    notes = re.sub(r"(?<=\w-) (?=\w)", "", as_line(*(sheet.text for sheet in sheets)))
    for note in (*tables[0].lead, *tables[0].notes):
        assert re.sub(r"(?<=\w-) (?=\w)", "", as_line(note)) in notes


def test_all_allies_of_the_brief_stand_on_its_first_sheet(browser: Any, opened: Opened) -> None:
    opened("brief", "fr")
    first, *_rest = printed(browser, "A4")
    allies = [line for line in first.lines if re.search(r"\d,\d\de |^Islande", line)]
    assert len(allies) == 32 + 2
    assert [line.split()[0] for line in allies[:3]] == ["Albanie", "Allemagne", "Belgique"]


def test_the_chart_is_printed_at_the_size_for_which_its_letters_were_chosen(browser: Any, opened: Opened) -> None:
    opened("brief", "fr")
    size = {"width": 1047, "height": 718, "deviceScaleFactor": 1, "mobile": False}  # A4 across, less its margins
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    drawn = browser.execute_script(
        "const svg = document.querySelector('svg'), box = svg.getBoundingClientRect();"
        " return [box.height, box.width / (svg.viewBox.baseVal.width * 96 / 72)]"
    )
    assert drawn[0] <= 718
    assert drawn[1] > 0.95  # letters of 7 points are no smaller than 6.6


def shown(browser: Any, column: int = 0) -> list[str]:
    """The texts of a column of the rows that a reader sees."""
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll('#rows tbody tr')].filter(row => row.offsetParent !== null)"
        ".map(row => row.cells[arguments[0]].textContent)",
        column,
    )
    return found


def sorted_by(browser: Any, column: int) -> list[str]:
    """Click on a heading; return the column as it stands then."""
    from selenium.webdriver.common.by import By

    order = "return document.querySelectorAll('#rows th')[arguments[0]].ariaSort"
    before = browser.execute_script(order, column)
    browser.execute_script("document.querySelector('#rows').addEventListener('sort-end', () => window.done = true)")
    browser.execute_script("window.done = false")
    browser.find_elements(By.CSS_SELECTOR, "#rows thead button")[column].click()
    waited(browser)
    assert browser.execute_script(order, column) != before
    return shown(browser, column)


def waited(browser: Any) -> None:
    from selenium.webdriver.support.wait import WebDriverWait

    WebDriverWait(browser, 10, poll_frequency=0.01).until(lambda driver: driver.execute_script("return window.done"))


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_column_sorts_by_its_figures_and_leaves_the_unknown_last_both_ways(
    browser: Any, opened: Opened, locale: str
) -> None:
    page = opened("brief", locale)
    keys = page.to_table(locale=locale).sort_keys
    for column in range(1, len(keys[0])):
        known = [float(key) for row in keys if (key := row[column])]
        for falls in (True, False):
            texts = sorted_by(browser, column)
            found = browser.execute_script(
                "const rows = document.querySelectorAll('#rows tbody tr');"
                " return [...rows].map(row => row.cells[arguments[0]].dataset.sort)",
                column,
            )
            assert [float(key) for key in found[: len(known)]] == sorted(known, reverse=falls)
            assert set(found[len(known) :]) <= {""}
            assert texts[-1] in ("..", "")
    totals = browser.execute_script("return [...document.querySelectorAll('#rows tfoot tr')].length")
    assert totals == 2


def test_names_sort_from_a_on_with_accents_among_their_letters(browser: Any, opened: Opened) -> None:
    opened("brief", "fr")
    sorted_by(browser, 1)
    names = sorted_by(browser, 0)
    assert names[:3] == ["Albanie", "Allemagne", "Belgique"]
    assert names.index("États-Unis") == names.index("Estonie") + 1
    assert sorted_by(browser, 0) == names[::-1]


def test_a_table_is_sorted_by_keyboard_and_says_how(browser: Any, opened: Opened) -> None:
    from selenium.webdriver import ActionChains, Keys

    opened("brief")
    browser.execute_script("window.done = false; addEventListener('sort-end', () => window.done = true)")
    ActionChains(browser).send_keys(Keys.TAB, Keys.TAB, Keys.TAB, Keys.ENTER).perform()  # the choice, Ally, the share
    waited(browser)
    assert browser.execute_script("return document.activeElement.textContent") == "share% GDP"
    assert browser.execute_script("return [...document.querySelectorAll('#rows th')].map(head => head.ariaSort)") == [
        None, "descending", *[None] * 9,
    ]  # fmt: skip
    assert shown(browser)[:2] == ["Lithuania", "Estonia"]
    browser.execute_script("window.done = false")
    ActionChains(browser).send_keys(Keys.SPACE).perform()
    waited(browser)
    assert shown(browser)[0] == "Slovenia"
    assert shown(browser)[-1] == "Iceland"


def test_rows_are_narrowed_to_a_group_and_print_has_them_all_as_sorted(browser: Any, opened: Opened) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.select import Select

    opened("brief")
    sorted_by(browser, 1)
    Select(browser.find_element(By.CSS_SELECTOR, ".tools select")).select_by_visible_text("Allies outside the EU")
    outside = nb.Group.find("NATO_NON_EU").members(2026)
    assert set(shown(browser)) == {country.name for country in outside}
    assert browser.find_element(By.CSS_SELECTOR, ".tools output").text == f"{len(outside)}/32"
    assert sorted_by(browser, 0) == sorted(country.name for country in outside)
    sorted_by(browser, 1)
    lines = [line for sheet in printed(browser, "A4") for line in sheet.lines]
    allies = [line for line in lines if re.search(r"\d\.\d\de |^Iceland", line) and not line.startswith("NATO")]
    assert len(allies) == 32
    assert [allies[0].split()[0], allies[-1].split()[0]] == ["Lithuania", "Iceland"]
    assert not [line for line in lines if "heading sorts" in line]


def test_the_second_table_of_a_page_sorts_too(browser: Any, opened: Opened) -> None:
    opened("article")
    browser.execute_script(
        "window.done = false; addEventListener('sort-end', () => window.done = true);"
        "document.querySelectorAll('table')[1].querySelectorAll('thead button')[2].click()"
    )
    waited(browser)
    first = browser.execute_script(
        "return document.querySelectorAll('table')[1].tBodies[0].rows[0].cells[0].textContent"
    )
    assert first == "Germany"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_a_phone_fetches_nothing_and_has_no_fault(browser: Any, opened: Opened, name: str) -> None:
    browser.get_log("browser")
    opened(name, "fr")
    as_phone(browser)
    assert browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth") <= 0
    assert browser.execute_script("return performance.getEntriesByType('resource').length") == 0
    assert [entry for entry in browser.get_log("browser") if entry["level"] == "SEVERE"] == []
