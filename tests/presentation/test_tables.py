"""Every page: what a column declares stands in every format, and the locale is always named."""

from __future__ import annotations

import csv
import importlib
import inspect
import io
import json
import pkgutil
import re
from collections.abc import Iterator
from decimal import Context, Decimal
from operator import attrgetter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import presentation
from natoburden.presentation._harmless import for_cell
from natoburden.presentation.article_page import article_brief
from natoburden.presentation.claims_page import claim_list
from natoburden.presentation.columns import Column, Columns, Figure, Several, to_csv
from natoburden.presentation.commitments_page import commitment_list
from natoburden.presentation.credit_page import CreditPage
from natoburden.presentation.inspection_page import InspectionPage
from natoburden.presentation.messages import Translate
from natoburden.presentation.shares_page import SharesPage
from natoburden.presentation.tables import Page

TABLE = nb.datasets.defence_expenditure("2026-07")
SHARES = SharesPage(
    file="a.csv",
    measure="value",
    labels=("supplier",),
    rows=({"supplier": "USA", "amount": 4e6, "total": 5e6, "share": 0.8, "coverage": 0.8},),
)
PAGES = {
    "brief": nb.brief(TABLE, year=2025),
    "article": article_brief(table=TABLE),
    "claims": claim_list(),
    "commitments": commitment_list(table=TABLE, everything=True),
    "credit": CreditPage(scenarios=nb.credit.scenarios(TABLE, "NATO_EUR_CAN", 2025, demand=nb.US_DEMAND, package=[])),
    "inspection": InspectionPage(inspections=(nb.inspect(Path(__file__)),)),
    "shares": SHARES,
}


def as_in_csv(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(str, value))
    text = str(value)
    if re.fullmatch(r"-?\d+\.\d+", text) and len(text.lstrip("-0.").replace(".", "")) > 15:
        text = str(Context(prec=15).create_decimal(text))
    return for_cell({"True": "yes", "False": "", "None": ""}.get(text, text))


def test_figures_of_more_than_15_digits_are_rounded_in_csv_as_in_a_spreadsheet() -> None:
    told = to_csv(
        (Column("share", attrgetter("value")),), [SimpleNamespace(value=Decimal("1.478026670170137292255140248308481"))]
    )
    assert told.split() == ["share", "1.47802667017014"]


@pytest.mark.parametrize("name", PAGES)
def test_csv_and_json_hold_the_same_figures_under_the_same_names(name: str) -> None:
    data = json.loads(PAGES[name].to_json())
    rows: list[dict[str, Any]] = [*data["rows"], *data["totals"]]
    expected = [row | item for row in rows for item in row.get("gaps") or row.get("checks") or [{}]]
    lines = list(csv.DictReader(io.StringIO(PAGES[name].to_csv())))
    assert len(lines[0]) > 2
    for line, row in zip(lines, expected, strict=True):
        assert line == {column: as_in_csv(row[column]) for column in line}


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_row_of_a_table_fills_every_heading(page: Page, locale: str) -> None:
    table = page.to_table(locale=locale)
    assert {len(row) for row in (*table.rows, *table.totals)} == {len(table.headings)}
    for heading in table.headings:
        assert heading.title in table.to_markdown() or "|" in heading.title
    below = page.further.to_table(locale=locale).headings if page.further else ()
    assert page.to_html(locale=locale).count('<th scope="col"') == len((*table.headings, *below))


@attrs.frozen(kw_only=True, repr=False)
class WithOneMore(SharesPage):
    """Shares with one more column, several items side by side, and a document."""

    def _columns(self, _: Translate) -> Columns[Any]:
        parts = Several[Any, int]("parts", lambda _row: (1, 2), (Column("part", lambda part: part, ("",)),), ("a", "b"))
        return (
            *super()._columns(_),
            Column("half_percent", lambda row: row["share"] / 2, ("half", "%"), Figure(scale=-2, decimals=1)),
            Column("whole", lambda row: {"of": row["total"]}, in_csv=False),
            parts,
        )


def test_a_column_declared_in_one_line_stands_in_every_format() -> None:
    page = WithOneMore(**attrs.asdict(SHARES, recurse=False))
    assert [row["half_percent"] for row in csv.DictReader(io.StringIO(page.to_csv()))] == ["0.4", "0.4"]
    [row] = json.loads(page.to_json())["rows"]
    assert (row["half_percent"], row["whole"], row["parts"]) == (0.4, {"of": 5e6}, [{"part": 1}, {"part": 2}])
    assert "| half % | a | b |" in page.to_table().to_markdown()
    assert page.to_table(locale="fr").rows[0][-3:] == ("40,0", "1", "2")
    assert '<td data-sort="0.4">40.0</td>' in page.to_html()


def public_functions() -> Iterator[tuple[str, Any]]:
    for module in pkgutil.walk_packages(presentation.__path__, "natoburden.presentation."):
        if not any(part.startswith("_") for part in module.name.split(".")):
            for name, value in vars(importlib.import_module(module.name)).items():
                owners = vars(value).items() if isinstance(value, type) else [(name, value)]
                for called, function in owners:
                    if inspect.isfunction(function) and function.__module__ == module.name:
                        yield f"{module.name}.{called}", function


def test_a_locale_is_always_given_by_its_name() -> None:
    found = []
    for name, function in public_functions():
        parameters = inspect.signature(function).parameters
        if not name.rpartition(".")[2].startswith("_") and "locale" in parameters and len(parameters) > 1:
            found.append(name)
            assert parameters["locale"].kind is inspect.Parameter.KEYWORD_ONLY, name
    assert len(found) > 20


class Terminal(io.StringIO):
    """What passes for a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_too_narrow_for_whole_words_shows_each_row_as_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    shown = {}
    for name in ("commitments", "brief"):
        terminal = Terminal()
        PAGES[name].write(terminal, locale="fr")
        shown[name] = re.sub(r"\x1b\[\d+m", "", terminal.getvalue()).replace("\N{NO-BREAK SPACE}", " ")
        assert max(map(len, shown[name].splitlines())) <= 80
    block = shown["commitments"].split("\nDEU-2022-2.0-ZEITENWENDE\n")[1].splitlines()
    assert [line.split(maxsplit=1) for line in block[:2]] == [
        ["Partie", "Allemagne"],
        ["promesse", "plancher 2,00 % central"],
    ]
    assert "Allemagne   2,22e" in shown["brief"]


def test_a_long_note_on_a_terminal_is_indented_from_its_second_line_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    terminal = Terminal()
    PAGES["brief"].write(terminal)
    lines = terminal.getvalue().splitlines()
    number = next(n for n, line in enumerate(lines) if line.startswith("Gaps to each target"))
    assert lines[number + 1].startswith("  ")
    assert lines[number + 2].startswith("Minus: a surplus.")


def test_a_page_shows_in_a_notebook_as_an_escaped_table() -> None:
    shown = nb.brief(nb.datasets.defence_expenditure("2026-07"), year=2025)._repr_html_()
    assert shown.startswith("<table>")
    assert "<td>Germany</td>" in shown
    assert "<html" not in shown


def test_a_table_whose_headings_have_one_line_has_no_empty_line_below_them() -> None:
    text = io.StringIO()
    claim_list(key=None).to_table().write_text(text)
    lines = text.getvalue().splitlines()
    assert lines[2].startswith("Claim")
    assert lines[3].startswith("A01")
