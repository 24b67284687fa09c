"""`natoburden fiscal`: debt with and without the path, in sentences, a table, a chart and every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

import natoburden as nb
from natoburden.presentation.cli import main
from natoburden.presentation.fiscal_page import ally_fiscal_space

TABLE = nb.datasets.defence_expenditure("2026-07")
PINNED = ["--edition", "2026-07", "--year", "2026"]


def test_the_page_is_what_the_calculators_give() -> None:
    page = ally_fiscal_space("Italy", table=TABLE, year=2026)
    found = nb.fiscal.space(TABLE, nb.datasets.macro(), "ITA", 2026)
    assert page.rows == found.years.rows
    assert page.loan is not None
    assert page.loan == nb.fiscal.safe_cover(found, nb.datasets.safe_loans()["ITA"])
    assert page.clause is not None
    assert page.clause.base_year == 2021
    assert page.to_dict()["formula"] == found.formula


@pytest.mark.parametrize(
    ("ally", "words"),
    [
        ("Italy", "138.38% of GDP in 2026; in 2035 134.52% without the path and 141.62% with it, 7.10"),
        ("Italy", "no activation on record"),
        ("Italy", "SAFE loan, the Council's maximum: EUR 14.90 billion"),
        ("Germany", "activated on October 10, 2025"),
        ("France", "SAFE loan, tentative"),
        ("Poland", "which is a floor: the path adds nothing"),
        ("Norway", "name a rate with --interest"),
        ("United States", "Forecasts are the IMF's, and not the library's."),
    ],
)
def test_sentences_say_it_and_notes_say_what_is_assumed(
    ally: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fiscal", ally, *PINNED]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    assert words in captured.out
    assert "After 2031 it is assumed" in captured.out


def test_options_are_those_of_the_calculator(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--financing", "debt=50,taxes=30,cuts=20", "--multiplier", "0.8", "--already", "25", "--interest", "4"]
    assert main(["fiscal", "Italy", *PINNED, *options, "--by", "2031", "--shape", "step", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    expected = nb.fiscal.space(
        TABLE,
        nb.datasets.macro(),
        "ITA",
        2026,
        by=2031,
        shape="step",
        financing=nb.fiscal.Financing(debt=nb.Share.percent(50), taxes=nb.Share.percent(30), cuts=nb.Share.percent(20)),
        multiplier="0.8",
        already_in_baseline=nb.Share.percent(25),
        interest=nb.Rate.percent(4),
    )
    assert found["formula"] == expected.formula
    assert found["rows"][-1]["debt_with_points"] == str(expected.last.debt_with.value)
    assert not any("After 2031" in note for note in found["notes"])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--financing", "debt=50"], "together they are 100"),
        (["--financing", "loans=50"], "unknown part 'loans'"),
        (["--financing", "debt=60,debt=50,cuts=50"], "'debt' is given twice"),
        (["--multiplier", "much"], "multiplier"),
        (["--target", "wales-equipment"], "core"),
    ],
)
def test_a_mistake_takes_a_line_and_the_code_two(
    options: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["fiscal", "Italy", *PINNED, *options])
    assert caught.value.code == 2
    assert words in capsys.readouterr().err


def test_parts_are_written_with_the_decimals_they_have() -> None:
    parts = nb.fiscal.Financing(
        debt=nb.Share.percent("33.3"), taxes=nb.Share.percent("33.3"), cuts=nb.Share.percent("33.4")
    )
    page = ally_fiscal_space(
        "Italy", table=TABLE, year=2026, financing=parts, already_in_baseline=nb.Share.percent("12.5")
    )
    text = page.to_text()
    assert "Paid 33.3% by debt, 33.3% by taxes, 33.4% by cuts elsewhere." in text
    assert "12.5% of it is assumed to be inside" in text


def test_what_holds_debt_says_that_stock_flow_comes_on_top() -> None:
    page = ally_fiscal_space("Norway", table=TABLE, year=2026)
    last = page.rows[-1]
    assert f"Stock-flow, {last.stock_flow.value:.2f}% of GDP, comes on top." in page.to_text()
    assert "hors ajustement stock-flux" in page.to_text(locale="fr")
    assert "starts in the past" not in page.to_text()
    early = ally_fiscal_space("Norway", table=TABLE, year=2014)
    assert "starts in the past" in early.to_text()
    assert "La trajectoire part du passé" in early.to_text(locale="fr")


def test_rows_fit_a_terminal_in_both_languages() -> None:
    page = ally_fiscal_space("Italy", table=TABLE, year=2026)
    for locale, words in (("en", "to hold"), ("fr", "Pour stabiliser la dette en 2035")):
        text = page.to_text(locale=locale)
        assert words in text
        rows = [line for line in text.splitlines() if line[:2] == "20"]
        assert len(rows) == 10
        assert max(map(len, rows)) <= 80
    assert "| stock-flow % GDP |" in page.to_markdown()


def test_every_format_holds_the_rows(tmp_path: Path) -> None:
    page = ally_fiscal_space("Italy", table=TABLE, year=2026)
    for suffix in ("csv", "json", "md", "html", "xlsx", "tex", "parquet"):
        page.save(tmp_path / f"debt.{suffix}")
        assert (tmp_path / f"debt.{suffix}").stat().st_size > 500
    rows = list(csv.DictReader(io.StringIO(page.to_csv())))
    assert (rows[0]["origin"], rows[-1]["origin"]) == ("forecast of the outlook", "assumed")
    assert "0E" not in page.to_csv()


def test_the_chart_draws_both_debts_and_marks_what_is_assumed() -> None:
    found = nb.fiscal.space(TABLE, nb.datasets.macro(), "ITA", 2026)
    ax = nb.charts.debt_with_and_without(found, locale="fr")
    with_path, without = (np.asarray(line.get_ydata()).tolist() for line in ax.get_lines())
    assert with_path == [float(row.debt_with.value) for row in found.years]
    assert without == [float(row.debt.value) for row in found.years]
    legend = ax.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["avec la trajectoire", "sans (FMI)", "supposé"]
    early = nb.fiscal.space(TABLE, nb.datasets.macro(), "ITA", 2026, by=2031)
    drawn = nb.charts.debt_with_and_without(early).get_legend()
    assert drawn is not None
    assert len(drawn.get_texts()) == 2
