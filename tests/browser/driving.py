"""What tests ask of a browser."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path
from typing import Any, NamedTuple

__all__ = ["BUILT", "PAPERS", "accessibility_faults", "as_phone", "as_window", "go_to", "printed"]

BUILT = Path(__file__).parents[2] / "docs/_build/html"
_AXE = Path(__file__).parents[2] / "build/axe/node_modules/axe-core/axe.min.js"
PAPERS = {"A4": (8.27, 11.69), "Letter": (8.5, 11)}  # inches, upright


def go_to(browser: Any, address: str) -> None:
    """Open a page and wait until it is there whole: `get` has come back with half of a long one."""
    from selenium.webdriver.support.wait import WebDriverWait

    browser.get(address)
    whole = "return document.readyState === 'complete' && location.href.split('#')[0] === arguments[0].split('#')[0]"
    WebDriverWait(browser, 30, poll_frequency=0.02).until(lambda driver: driver.execute_script(whole, address))


def as_phone(browser: Any, scheme: str = "light") -> None:
    size = {"width": 390, "height": 800, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})


def as_window(browser: Any) -> None:
    size = {"width": 1200, "height": 900, "deviceScaleFactor": 1, "mobile": False}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": []})


def accessibility_faults(browser: Any, *, contrast: bool) -> list[str]:
    """Return what axe-core finds wrong in the open page; colours, which take it longest, only if asked."""
    browser.set_script_timeout(120)  # the longest pages of the reference take it half a minute
    browser.execute_script(_AXE.read_text(encoding="utf-8"))
    found: list[str] = browser.execute_async_script(
        "const [contrast, answer] = arguments;"
        "axe.run(document, {resultTypes: ['violations'], rules: {'color-contrast': {enabled: contrast}}})"
        ".then(result => answer(result.violations.flatMap(rule =>"
        " rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 120)}`))))",
        contrast,
    )
    return found


class Sheet(NamedTuple):
    """A printed sheet: its size in points, its text line by line across the paper, and as it reads."""

    width: float
    height: float
    lines: list[str]
    text: str


def printed(browser: Any, paper: str) -> list[Sheet]:
    """Print the open page to PDF on a paper, and return its sheets."""
    import pypdf

    width, height = PAPERS[paper]
    page = browser.execute_cdp_cmd("Page.printToPDF", {"paperWidth": width, "paperHeight": height})
    return [
        Sheet(
            width=float(sheet.mediabox.width),
            height=float(sheet.mediabox.height),
            lines=[
                re.sub(r"\s+", " ", line).strip() for line in sheet.extract_text(extraction_mode="layout").splitlines()
            ],
            text=sheet.extract_text(),
        )
        for sheet in pypdf.PdfReader(io.BytesIO(base64.b64decode(page["data"]))).pages
    ]
