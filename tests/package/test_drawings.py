"""Drawings are readable on a phone, say what they show, and show what the examples beside them give."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

PAGES = Path(__file__).parents[2] / "docs/explanation"
DRAWINGS = sorted((PAGES / "drawings").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
PHONE = 358  # pixels of a page's column, of the 390 of a phone
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def _page(drawing: Path) -> str:
    [page] = [page for page in PAGES.glob("*.md") if f"drawings/{drawing.name}" in page.read_text(encoding="utf-8")]
    return page.read_text(encoding="utf-8")


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_there_is_a_drawing_for_each_subject() -> None:
    assert len(DRAWINGS) >= 7


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.stem)
def test_text_is_no_smaller_than_eleven_pixels_on_a_phone(drawing: Path) -> None:
    root = ET.parse(drawing).getroot()
    scale = min(1.0, PHONE / float(root.attrib["viewBox"].split()[2]))
    sizes = [float(node.attrib.get("font-size", root.attrib["font-size"])) for node in root.iter(f"{SVG}text")]
    assert min(sizes) * scale >= 11


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.stem)
def test_text_stands_out_from_white(drawing: Path) -> None:
    root = ET.parse(drawing).getroot()
    for node in root.iter(f"{SVG}text"):
        assert 1.05 / (_luminance(node.attrib.get("fill", root.attrib["fill"])) + 0.05) >= 4.5, node.text


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.stem)
def test_the_alternative_text_is_the_finding(drawing: Path) -> None:
    title = ET.parse(drawing).getroot().find(f"{SVG}title")
    assert title is not None
    assert title.text is not None
    assert f":alt: {title.text}\n" in _page(drawing)
    assert len(title.text.split()) > 12


@pytest.mark.parametrize("drawing", DRAWINGS, ids=lambda drawing: drawing.stem)
def test_every_figure_stands_on_the_page_too(drawing: Path) -> None:
    """Ticks are grey; every other number is in the examples, which are tests, or in the sentences around them."""
    root = ET.parse(drawing).getroot()
    shown = {
        number
        for node in root.iter(f"{SVG}text")
        if "fill" not in node.attrib or node.attrib["fill"] != "#444444"
        for number in NUMBER.findall(node.text or "")
    }
    page = re.sub(r"^```\{image\}.*?^```", "", _page(drawing), flags=re.M | re.S)
    known = {float(number) for number in NUMBER.findall(page)}
    assert {number for number in shown if float(number) not in known} == set()
