"""Text out of other people's files is shown, and does nothing."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.presentation._harmless import for_cell, for_markdown, visible
from natoburden.presentation.html_page import page_of
from natoburden.presentation.layout import Heading, TextTable, as_csv

NASTY = (
    "=cmd|'/c calc'!A1",
    "@SUM(1)",
    "+1+1",
    "\t=1",
    "\N{FULLWIDTH EQUALS SIGN}1",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[/nope][red]x",
    "[x](javascript:alert(1))",
    "\x1b]0;pwned\x07\x1b[31mred",
    "\u202egnp.exe",
    "a|b\nc",
    "a\rb",
    "`x`\\",
)
TEXTS = st.text() | st.sampled_from(NASTY) | st.sampled_from(NASTY).map(lambda text: f" {text}")


def table_of(text: str) -> TextTable:
    return TextTable(
        title=text, lead=(text,), headings=(Heading(text), Heading(text)), rows=((text, text),), totals=((text,) * 2,),
        notes=(text,),
    )  # fmt: skip


def acting(text: str) -> list[str]:
    """Give what would move a cursor, start a command or turn the order of letters; line ends are not among them."""
    return re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


@given(TEXTS)
def test_no_control_character_reaches_a_terminal_or_a_file(text: str) -> None:
    table, written = table_of(text), io.StringIO()
    table.write_text(written)
    for shown in (written.getvalue(), table.to_markdown(), page_of(table, locale="en"), as_csv(["x"], [[text]])):
        assert acting(shown) == []


@given(TEXTS)
def test_no_cell_of_csv_begins_as_a_formula_unless_it_is_a_figure(text: str) -> None:
    [[cell]] = csv.reader(io.StringIO(as_csv(["x"], [[text]]).partition("\n")[2])) if text else [[""]]
    if cell.lstrip()[:1] in ("=", "+", "-", "@"):
        float(cell)  # a figure, as a figure is written
    assert cell in (visible(text), f"'{visible(text)}")


@given(TEXTS)
def test_markdown_holds_no_html_no_link_and_as_many_cells_as_columns(text: str) -> None:
    lines = table_of(text).to_markdown().splitlines()
    assert "<" not in "".join(lines)
    assert not re.search(r"(?<!\\)\]\(", "".join(lines))
    assert {line.count("|") for line in lines if line.startswith("| ")} == {3}


def test_a_heading_of_csv_is_no_formula_either() -> None:
    assert as_csv(["=1+1", "amount"], []) == "'=1+1,amount\n"


def test_a_table_on_the_terminal_shows_brackets_as_they_stand() -> None:
    written = io.StringIO()
    table_of("[/nope][red]x").write_text(written)
    assert written.getvalue().count("[/nope][red]x") == 9


@pytest.mark.parametrize("text", ["-2", "+1.5", "-1e6", "Rheinmetall", "A-B", "", "é", "\u200e-5"])
def test_what_does_no_harm_stays_as_it_is(text: str) -> None:
    assert for_cell(text) == visible(text) == text


def test_figures_stay_figures_in_csv() -> None:
    assert as_csv(["x"], [[-1.5], [None], ["-1.28"]]) == 'x\n-1.5\n""\n-1.28\n'


def test_markdown_of_plain_text_stays_readable() -> None:
    assert for_markdown("Défense, 3,5 % (2025)") == "Défense, 3,5 % (2025)"


def test_a_printed_page_is_the_page_and_its_repr_is_short() -> None:
    pages = (
        nb.brief(year=2025),
        nb.cite(nb.datasets.defence_expenditure("2026-07")),
    )
    for page in pages:
        written = io.StringIO()
        page.write(written)
        assert str(page) == written.getvalue().rstrip("\n")
        assert len(repr(page)) < 200
    assert "Germany" in str(pages[0])


def test_tables_of_results_have_short_reprs() -> None:
    table = nb.datasets.defence_expenditure("2026-07")
    found = nb.targets.compliance(table, 2025, nb.WALES_GUIDELINE)
    assert len(repr(found)) < 500
    assert "31 rows" in repr(found)
    assert len(repr(nb.fixtures.check(nb.fixtures.article()))) < 200
