"""The built documentation in a real browser: it renders, fits a phone, follows light and dark, and can be searched."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from tests.browser.driving import BUILT, accessibility_faults, as_phone, as_window, go_to, printed

PAGES = sorted(str(page.relative_to(BUILT)) for page in BUILT.rglob("*.html")) if BUILT.exists() else []

pytestmark = pytest.mark.skipif(os.environ.get("NATOBURDEN_BROWSER") != "1", reason="make test-docs runs a browser")


def test_every_page_renders_fits_a_phone_and_fetches_nothing_from_elsewhere(browser: Any, site: str) -> None:
    as_phone(browser)
    faults: list[str] = []
    for page in PAGES:
        go_to(browser, site + page)
        if page != "search.html" and not browser.execute_script("return !!document.querySelector('h1')"):
            faults.append(f"{page}: no heading")
        wide = browser.execute_script("return document.documentElement.scrollWidth - window.innerWidth")
        if wide > 0:
            faults.append(f"{page}: {wide} pixels too wide")
        fetched = browser.execute_script("return performance.getEntriesByType('resource').map(e => e.name)")
        faults += [f"{page} fetches {name}" for name in fetched if not name.startswith((site, "data:"))]
        faults += [f"{page}: {entry['message']}" for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]
    assert len(PAGES) > 80
    assert not faults


def test_charts_appear(browser: Any, site: str) -> None:
    go_to(browser, site + "how-to/draw-charts.html")
    sizes = browser.execute_script(
        "return [...document.querySelectorAll('figure.chart svg')].map(e => e.getBoundingClientRect().width)"
    )
    page = Path(__file__).parents[2] / "docs" / "how-to" / "draw-charts.md"
    assert len(sizes) == page.read_text(encoding="utf-8").count("```{chart}")
    assert min(sizes) > 200
    go_to(browser, site + "explanation/performance.html")
    assert browser.execute_script("return document.querySelectorAll('svg rect').length") > 8


def test_search_finds_the_hague(browser: Any, site: str) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.wait import WebDriverWait

    go_to(browser, site + "search.html?q=Hague")
    found = (By.CSS_SELECTOR, "#search-results ul.search li")  # added one after the other
    assert WebDriverWait(browser, 20).until(lambda page: len(page.find_elements(*found)) > 3)


def test_light_and_dark_follow_the_reader(browser: Any, site: str) -> None:
    shades = []
    for scheme in ("light", "dark"):
        as_phone(browser, scheme)
        go_to(browser, site + "index.html")
        shades.append(browser.execute_script("return getComputedStyle(document.body).backgroundColor"))
    assert shades[0] != shades[1]


def test_a_printed_page_cuts_off_neither_code_nor_tables(browser: Any, site: str) -> None:
    size = {"width": 794, "height": 1123, "deviceScaleFactor": 1, "mobile": False}  # A4 at 96 dots an inch
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    cut: list[tuple[str, str]] = []
    try:
        for page in PAGES:
            go_to(browser, site + page)
            found = browser.execute_script(
                "return [...document.querySelectorAll('article pre, article table, article figure svg')]"
                ".filter(part => part.scrollWidth > part.clientWidth + 1 && part.tagName !== 'svg'"
                " || part.getBoundingClientRect().right > innerWidth + 1)"
                ".map(part => part.textContent.slice(0, 80))"
            )
            cut += [(page, text) for text in found]
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    assert cut == []


def test_every_line_of_code_is_on_paper(browser: Any, site: str) -> None:
    """The text of the PDF has the longest lines of the longest page of examples, whole though folded."""
    go_to(browser, site + "how-to/use-in-a-web-app.html")
    code = "".join(browser.execute_script("return [...document.querySelectorAll('pre')].map(e => e.textContent)"))
    sheets = printed(browser, "A4")
    on_paper = "".join("".join(sheet.lines) for sheet in sheets)
    assert len(sheets) <= 3
    assert "Skip to content" not in on_paper
    missing = [line for line in code.splitlines() if re.sub(r"\s", "", line) not in re.sub(r"\s", "", on_paper)]
    assert missing == []


def test_a_copied_example_is_code_alone(browser: Any, site: str) -> None:
    """Each button is clicked; what it selects for the clipboard has neither prompts nor what Python answered."""
    copied: dict[str, list[list[str]]] = {}
    for page in PAGES:
        go_to(browser, site + page)
        copied[page] = browser.execute_script(
            "let taken = ''; document.execCommand = () => { taken = document.activeElement.value; return true; };"
            "return [...document.querySelectorAll('button.copybtn')].map(button => { button.click();"
            " return [document.querySelector(button.dataset.clipboardTarget).textContent, taken]; })"
        )
    pairs = [(page, shown, text) for page, found in copied.items() for shown, text in found]
    assert len(pairs) > 200
    for page, shown, text in pairs:
        wanted = [line[4:] for line in shown.splitlines() if line.startswith((">>> ", "... "))]
        assert text.strip() == "\n".join(wanted or shown.splitlines()).strip(), page
        if wanted:
            ast.parse(text)


def test_every_page_is_accessible(browser: Any, site: str) -> None:
    as_window(browser)
    faults = []
    for page in PAGES:
        if page == "search.html":  # the theme heads it once there are results
            continue
        go_to(browser, site + page)
        faults += [f"{page}: {fault}" for fault in accessibility_faults(browser, contrast=False)]
    assert faults == []


def test_pages_in_french_say_so_and_so_does_what_stands_around_them(browser: Any, site: str) -> None:
    from selenium.webdriver.common.by import By

    for page, language in (("fr/index.html", "fr"), ("fr/glossaire.html", "fr"), ("glossary.html", "en")):
        go_to(browser, site + page)
        assert browser.find_element(By.TAG_NAME, "html").get_attribute("lang") == language
    go_to(browser, site + "fr/premier-ecart.html")
    assert browser.find_element(By.CSS_SELECTOR, "input.sidebar-search").get_attribute("placeholder") == "Rechercher"
    assert browser.find_element(By.CSS_SELECTOR, "link[hreflang=en]").get_attribute("href").endswith("first-gap.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "page",
    [
        "index.html",
        "how-to/draw-charts.html",
        "tutorials/first-gap.html",
        "indicators/index.html",
        "how-to/cookbook/targets.html",
        "explanation/editions.html",
    ],
)
def test_text_stands_out_from_its_ground(browser: Any, site: str, page: str, scheme: str) -> None:
    as_phone(browser, scheme)
    go_to(browser, site + page)
    assert accessibility_faults(browser, contrast=True) == []


def test_a_fault_of_accessibility_is_found(browser: Any, site: str) -> None:
    go_to(browser, site + "index.html")
    browser.execute_script("document.querySelector('article').append(new Image())")
    assert any(fault.startswith("image-alt") for fault in accessibility_faults(browser, contrast=False))


def test_code_never_scrolls(browser: Any, site: str) -> None:
    as_phone(browser)
    wide = []
    for page in PAGES:
        go_to(browser, site + page)
        count = browser.execute_script(
            "return [...document.querySelectorAll('article pre')].filter(e => e.scrollWidth > e.clientWidth + 1).length"
        )
        if count:
            wide.append(page)
    assert wide == []


# What readers type, and a page that answers it among the first results.
WORDS = {
    "spending": "share-of-gdp",
    "2 percent": "compliance",
    "F-35": "commonality",
    "LNG": "american-energy",
    "Excel": "come-from-excel",
    "euro": "give-it-in-euros",
    "deficit": "debt-path",
    "Hague": "two-part-test",
    "Poland": "supplier-shares",
    "Congress": "notified-arms",
    "free riding": "exploitation",
    "Gini": "burden-inequality",
    "HHI": "concentration",
    "dependency": "import-dependency",
    "SIPRI": "read-sipri",
    "Eurostat": "read-eurostat",
    "chart": "draw-charts",
    "notebook": "use-in-a-notebook",
    "citation": "cite-your-sources",
    "forecast": "simulation",
    "dépenses de défense": "fr/index",
    "écart": "fr/premier-ecart",
    "glossaire": "fr/glossaire",
    "gap": "cookbook/targets",
    "who pays": "fair-shares",
    "Patriot": "cookbook/arms",
    "gas": "cookbook/energy",
    "Trump": "cookbook/targets",
    "2%": "cookbook/targets",
    "5 %": "cookbook/targets",
    "per capita": "cookbook/spending",
    "soldiers": "per-person",
    "debt": "debt-path",
    "inflation": "real-change",
    "Germany": "cookbook/targets",
    "Russia": "cookbook/energy",
    "tanks": "cookbook/arms",
    "cost": "path-cost",
    "promise": "stated-path",
    "free rider": "exploitation",
    "CSV": "cookbook/files",
    "pandas": "use-frames",
    "JSON": "export",
    "API": "cookbook/files",
    "install": "first-gap",
    "map": "draw-charts",
    "French": "cookbook/pictures",
    "exchange rate": "price-bases",
    "pensions": "explanation/definitions",
    "ceiling": "explanation/notices",
    "Henry Hub": "lng-prices",
    "p-value": "explanation/p-values",
    "regression": "response-functions",
    "how many allies met 2024": "cookbook/targets",
    "how many allies met 2%": "cookbook/targets",
    "security": "explanation/security",
    "errors": "how-to/handle-errors",
    "exception": "how-to/handle-errors",
    "catch errors": "how-to/handle-errors",
    "try except": "how-to/handle-errors",
    "error handling": "how-to/handle-errors",
    "F 35": "cookbook/arms",
    "public debt": "fiscal-space",
}
# Words that many pages have: a page that answers stands before all that only mention them.
FIRST = {
    "F-35": ("cookbook/arms", "commonality"),
    "security": ("explanation/security",),
    "catch errors": ("how-to/handle-errors",),
    "errors": ("how-to/handle-errors", "reference/errors"),
    "who pays": ("cookbook/spending", "fair-shares"),
    "debt": ("cookbook/plans", "cookbook/spending", "debt-path", "fiscal-space"),
    "Excel": ("come-from-excel", "cookbook/files", "from-your-own-spreadsheet"),
    "Poland": ("cookbook/arms", "supplier-shares"),
    "how many allies met 2024": ("cookbook/targets",),
}


def results(browser: Any, site: str, words: str) -> list[str]:
    """The addresses of the first ten results of a search."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.wait import WebDriverWait

    go_to(browser, site + "search.html?q=" + quote_plus(words))
    WebDriverWait(browser, 20).until(
        lambda driver: (
            "finished" in driver.find_element(By.ID, "search-results").text
            or driver.find_elements(By.CSS_SELECTOR, "#search-results p.search-summary")
        )
    )
    found: list[str] = browser.execute_script(
        "return [...document.querySelectorAll('#search-results ul.search li a')].slice(0, 10).map(a => a.href)"
    )
    return found


@pytest.mark.parametrize(("words", "page"), WORDS.items())
def test_search_finds_what_readers_type(browser: Any, site: str, words: str, page: str) -> None:
    links = results(browser, site, words)
    assert any(page in link for link in links), links


@pytest.mark.parametrize(("words", "pages"), FIRST.items())
def test_search_puts_a_page_that_answers_first(browser: Any, site: str, words: str, pages: tuple[str, ...]) -> None:
    links = results(browser, site, words)
    assert any(page in links[0] for page in pages), links


def test_the_index_for_machines_names_every_page_and_the_reference_in_plain_text() -> None:
    index = (BUILT / "llms.txt").read_text(encoding="utf-8")
    apart = {"index.html", "search.html", "genindex.html", "py-modindex.html", "contributing.html"}
    assert [page for page in PAGES if page not in apart and f"({page})" not in index] == []
    reference = (BUILT / "reference.txt").read_text(encoding="utf-8")
    assert "natoburden.targets.gap(table, country, year, target" in reference
    assert "Compute how far a country is from a target" in reference
