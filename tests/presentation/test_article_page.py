"""The brief of an article: the demand, the gaps as a reader knew them, as they stand now, and what followed."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import attrs
import pytest

import natoburden as nb
from natoburden.errors import UnexpectedValueError
from natoburden.presentation.article_page import ArticleBriefRow, article_brief
from natoburden.presentation.cli import main

PAGE = article_brief(table=nb.datasets.defence_expenditure("2026-07"))
ARTICLE = nb.fixtures.article()


def row(key: str) -> ArticleBriefRow:
    return next(item for item in (*PAGE.rows, *PAGE.totals) if item.entity.key == key)


def test_then_is_the_edition_that_a_reader_had_and_now_the_newest() -> None:
    assert (PAGE.then.table.edition.key, PAGE.then.year) == ("2024-06", 2024)
    assert (PAGE.now.table.edition.key, PAGE.now.year) == ("2026-07", 2026)
    assert article_brief().now.table is nb.datasets.defence_expenditure()
    assert PAGE.followed == nb.HAGUE_CORE
    assert len(PAGE.rows) == 32


def test_the_gaps_are_those_of_the_calculator_in_each_edition() -> None:
    then, now = nb.datasets.defence_expenditure("2024-06"), nb.datasets.defence_expenditure("2026-07")
    germany = row("DEU")
    assert germany.then.gaps[0].amount == nb.targets.gap(then, "DEU", 2024, nb.US_DEMAND).amount
    assert germany.now.gaps[0].points == nb.targets.gap(now, "DEU", 2026, nb.US_DEMAND).points
    assert germany.now.gaps[1].amount == nb.targets.gap(now, "DEU", 2026, nb.HAGUE_CORE).amount


@pytest.mark.parametrize("key", ["DEU", "POL", "USA", "ALB", "NATO_EUR_CAN", "NATO"])
def test_what_changed_since_is_told_within_one_edition_and_the_revision_apart(key: str) -> None:
    now = nb.datasets.defence_expenditure("2026-07")
    then = nb.datasets.defence_expenditure("2024-06")
    item = row(key)
    share = [
        table.share_of_gdp(key, year).value.published() for table, year in ((now, 2026), (now, 2024), (then, 2024))
    ]
    assert (item.since, item.revision) == (share[0] - share[1], share[1] - share[2])


def test_iceland_without_armed_forces_has_dots_and_no_zero() -> None:
    iceland = next(cells for cells in PAGE.to_table().rows if cells[0] == "Iceland")
    assert set(iceland[1:]) == {".."}


def test_the_lead_tells_the_demand_who_says_so_and_on_what_relief_hangs() -> None:
    lead = PAGE.to_table().lead
    assert [line.strip().split()[0] for line in lead[1:]] == ["A01", "A05", "A07", "A08", "if", "if"]
    assert "(implied, several of those officials)" in lead[4]
    assert "5.00 % of economic output" in lead[3]


def test_what_followed_is_never_part_of_the_demand() -> None:
    table = PAGE.to_table()
    assert not any("3.5" in line or "Hague" in line for line in table.lead)
    assert "What followed on 2025-06-25: Hague core target (floor: 3.50 % of GDP by 2035)" in table.notes


def test_csv_and_json_hold_the_same_figures() -> None:
    lines = {line["key"]: line for line in csv.DictReader(io.StringIO(PAGE.to_csv()))}
    data = json.loads(PAGE.to_json())
    poland = next(ally for ally in data["rows"] if ally["key"] == "POL")
    assert lines["POL"]["since_points"] == poland["since_points"]
    assert (lines["POL"]["then_edition"], lines["POL"]["now_edition"]) == ("2024-06", "2026-07")
    assert lines["POL"]["followed_target"] == data["followed"]["key"] == "hague-core"
    assert lines["ISL"]["then_share_percent"] == ""
    assert len(lines) == 34
    assert [claim["key"] for claim in data["demand"]] == ["A01", "A05", "A07"]


def test_french_readers_get_their_decimal_comma() -> None:
    cells = next(cells for cells in PAGE.to_table(locale="fr").rows if cells[0] == "Allemagne")
    assert cells[1] == "2,12e"


def test_an_article_after_which_nothing_followed_has_no_columns_for_it() -> None:
    late = attrs.evolve(ARTICLE, source=attrs.evolve(ARTICLE.source, date=dt.date(2026, 8, 1)))
    page = article_brief(late)
    assert page.followed is None
    assert page.then.table.edition.key == "2026-07"
    assert len(page.to_table().headings) == 8
    assert "followed" not in page.to_csv()


@pytest.mark.parametrize(
    ("article", "says"),
    [
        (attrs.evolve(ARTICLE, demand=("A01",)), "no claim of its demand names a share"),
        (
            attrs.evolve(ARTICLE, source=attrs.evolve(ARTICLE.source, date=dt.date(2016, 1, 1))),
            "no edition that ships had come out by 2016-01-01",
        ),
    ],
)
def test_an_article_without_a_share_or_older_than_every_edition_is_refused(
    article: nb.model.Article, says: str
) -> None:
    with pytest.raises(UnexpectedValueError, match=says):
        article_brief(article)


def test_the_command_prints_the_brief_of_the_article_that_ships(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["brief", "--article", "--sort", "share", "--group", "NATO_EUROPE"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("What the demand would take: ")
    assert out.index("\nLithuania") < out.index("\nSpain")
    assert "United States  " not in out


def test_the_command_takes_an_article_of_ones_own_and_the_target_that_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(nb.serialization.to_data(ARTICLE) | {"subject": "A copy"}), encoding="utf-8")
    options = ["--target", "vilnius-floor", "--edition", "2025-08", "--year", "2024", "--format", "markdown"]
    assert main(["brief", "--article", str(file), *options]) == 0
    out = capsys.readouterr().out
    assert out.startswith("**What the demand would take: A copy**\n\nThe demand, by Bloomberg")
    assert "| Ally | 2024 % GDP | 5% pp | gap USD bn | 2024 % GDP | 5% pp | gap USD bn | since pp | 2% pp |" in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--target", "hague-core", "--target", "vilnius-floor"], "one target that followed"),
        (["none.toml"], "none.toml: No such file or directory"),
    ],
)
def test_bad_arguments_get_one_line_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["brief", "--article", *arguments])
    captured = capsys.readouterr()
    assert left.value.code == 2
    assert captured.err.count("\n") == 1
    assert words in captured.err
