"""`natoburden gap`: the most common question, in a sentence and a small table."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.errors import NoObservationError, TargetMismatchError
from natoburden.presentation.cli import main
from natoburden.presentation.gap_page import ally_gaps

TABLE = nb.datasets.defence_expenditure("2026-07")
PINNED = ["--edition", "2026-07", "--year", "2025"]


def test_the_gap_of_an_ally_is_that_of_the_calculator() -> None:
    gap = nb.targets.gap(TABLE, "Germany", 2025, nb.HAGUE_CORE)
    [row] = ally_gaps("Germany", table=TABLE, year=2025, targets=[nb.HAGUE_CORE]).rows
    assert (row.share, row.points, row.amount, row.net, row.status) == (
        gap.share,
        gap.points,
        gap.amount,
        None,
        gap.status,
    )


def test_the_gap_of_a_group_is_gross_and_net() -> None:
    gap = nb.targets.group_gap(TABLE, "NATO Europe", 2025, nb.HAGUE_CORE)
    [row] = ally_gaps("NATO Europe", table=TABLE, year=2025, targets=[nb.HAGUE_CORE]).rows
    assert (row.amount, row.net, str(row.points)) == (gap.gross, gap.net, "+1.17 pp")


def test_a_sentence_says_it_and_the_notes_say_what_it_does_not_mean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gap", "Germany", *PINNED, "--target", "hague-core", "--target", "us-demand"]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert (
        "Germany, 2025: 2.22% of GDP (estimate), 1.28 percentage points short of the Hague core target. "
        "In money it lacks USD 64.84 billion a year.\n"
    ) in captured.out
    for said in ("(edition 2026-07)", "is not a debt or a bill", "due in 2035", "never adopted", "current prices"):
        assert said in captured.out


@pytest.mark.parametrize(
    ("who", "target", "words"),
    [
        ("Estonia", "hague-core", "3.93% of GDP (estimate), 0.43 percentage points above the Hague core target"),
        ("Estonia", "hague-core", "USD 0.20 billion a year more than the target asks"),
        ("Spain", "wales-guideline", "which is just the Wales guideline. In money it lacks USD 0.44 million a year."),
        ("Spain", "wales-equipment", "43.96% of defence expenditure"),
        ("NATO_EUROPE", "vilnius-floor", "set off against the surpluses of others, USD -85.84 billion"),
        ("NATO_EUROPE", "us-demand", "Its members lack USD 695.40 billion a year together."),
        ("NATO_EUROPE", "wales-equipment", "the edition has no joint share"),
    ],
)
def test_what_is_said_fits_the_case(who: str, target: str, words: str) -> None:
    page = ally_gaps(who, table=TABLE, year=2025, targets=[nb.datasets.target(target)])
    assert words in page.to_text().replace("\n  ", " ")


def test_opposite_signs_are_told_and_do_not_warn() -> None:
    text = ally_gaps("NLD", table=TABLE, year=2024, targets=[nb.WALES_GUIDELINE]).to_text()
    assert "0.02 percentage points above the Wales guideline. In money it lacks USD 2.38 billion" in text
    assert "Points and money have opposite signs (Wales guideline)" in text


def test_an_edition_without_money_says_so() -> None:
    page = ally_gaps("France", table=nb.datasets.defence_expenditure("2019-06"), targets=[nb.WALES_GUIDELINE])
    assert "0.16 percentage points short of the Wales guideline. The edition has no money for it." in page.to_text()
    assert page.rows[0].amount is None


def test_csv_and_json_have_bare_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gap", "NATO_EUROPE", *PINNED, "--format", "csv"]) == 0
    rows = {row["target"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    assert [*rows] == ["vilnius-floor", "hague-core", "us-demand"]
    assert rows["hague-core"]["kind"] == "group"
    assert float(rows["hague-core"]["gap_million_usd"]) == pytest.approx(313_360, abs=10)
    assert main(["gap", "DEU", *PINNED, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["edition"], data["year"], data["entity"]) == ("2026-07", 2025, "DEU")
    assert data["rows"][1]["gap_million_usd"] == "64841.085"


def test_french_sentences_are_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["gap", "Allemagne", *PINNED, "--locale", "fr"]) == 0
    text = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    said = "à 1,28 pt au-dessous du niveau demandé (Objectif central de La Haye)"
    assert f"Allemagne, 2025 : 2,22 % du PIB (estimation), {said}" in text
    assert "il manque 64,84 Md USD par an" in text
    assert not [word for word in (" the ", "estimate", "Members", " short ") if word in text.split("Objectif :")[0]]


def test_the_page_fits_80_columns(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("natoburden.presentation.layout.width_of", lambda _file: 80)
    for locale in ("en", "fr"):
        assert main(["gap", "NATO_EUROPE", *PINNED, "--locale", locale]) == 0
        assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


def test_what_has_no_figure_is_refused() -> None:
    with pytest.raises(NoObservationError, match="Iceland has no armed forces"):
        ally_gaps("Iceland", table=TABLE, year=2025)
    with pytest.raises(NoObservationError, match="Austria"):
        ally_gaps("EU", table=TABLE, year=2025)
    with pytest.raises(TargetMismatchError):
        ally_gaps("Germany", table=TABLE, year=2025, targets=[nb.HAGUE_TOTAL])


def test_a_year_in_a_workbook_is_a_number(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert main(["gap", "Germany", "--year", "2025", "-o", str(tmp_path / "gap.xlsx")]) == 0
    sheet = openpyxl.load_workbook(tmp_path / "gap.xlsx").worksheets[0]
    assert [cell.value for cell in sheet["F"]] == ["due", None, 2035, None]


def test_a_gap_is_given_in_the_currency_that_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["gap", "Germany", "--year", "2025", "--edition", "2026-07", "--target", "hague-core"]
    assert main([*asked, "--currency", "EUR"]) == 0
    printed = capsys.readouterr().out
    assert "In money it lacks EUR 57.42 billion a year." in printed
    assert "EUR bn" in printed
    assert "taken as printed" in printed
    assert main(["gap", "NATO_EUROPE", "--year", "2025", "--edition", "2026-07", "--currency", "EUR"]) == 0
    assert "EUR bn" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["gap", "NATO_EUROPE", "--currency", "own"])
    assert "has none of its own; name one, such as EUR" in capsys.readouterr().err
