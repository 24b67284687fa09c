"""The list of claims: filters, one claim in full, every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.presentation.claims_page import claim_list, quantity_text
from natoburden.presentation.cli import main

ARTICLE = nb.fixtures.article()


def test_the_table_says_who_is_said_to_have_said_what_how_firmly_and_what_data_tell() -> None:
    table = claim_list(actor="hughes").to_table()
    assert table.title.startswith("2 of 31 claims of Bloomberg")
    assert [row[:4] for row in table.rows] == [
        ("A11", "4", "Brian Hughes", "asserted"),
        ("A12", "4", "Brian Hughes", "asserted"),
    ]
    assert [row[-2] for row in table.rows] == ["consistent", "not reproducible"]


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("A03", "at least 2 occasions"),
        ("A07", "5.00 % of economic output, read as GDP"),
        ("A20", "4 fields"),
        ("A27", "USD 3.10 tn (unstated prices) of additional cost, over 10 years"),
        ("A01", ""),
    ],
)
def test_a_quantity_is_written_with_what_it_counts(key: str, text: str) -> None:
    assert quantity_text(ARTICLE.claims[key]) == text


def test_csv_has_a_line_per_check_with_its_finding() -> None:
    lines = list(csv.DictReader(io.StringIO(claim_list().to_csv())))
    assert len(lines) == 31
    cost = next(line for line in lines if line["key"] == "A27")
    assert (cost["years"], cost["verdict"], cost["attribution"]) == ("10", "not reproducible", "calculation")
    assert cost["finding"].startswith("who the continent's major powers are")


def test_json_holds_claims_that_read_back_with_links_and_findings() -> None:
    page = claim_list(paragraph=3)
    data = json.loads(page.to_json())
    read = [nb.serialization.from_data(item["claim"], nb.model.Claim) for item in data["rows"]]
    assert read == list(page.rows)
    assert data["rows"][1]["links"][0] == {
        "claim": "A08", "kind": "conditional on", "to": ["A09", "A10"], "note": "",
    }  # fmt: skip
    assert data["rows"][0]["checks"][0]["verdict"] == "not reproducible"


def test_one_claim_is_written_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "A27"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("A27 (¶14, calculation, estimated): ")
    for line in (
        "  said by  Bloomberg Economics\n",
        "  quantity USD 3.10 tn (unstated prices) of additional cost, over 10 years\n",
        "    USD 3.10 tn (constant 2024 prices) over 10 years beside five largest European allies\n",
        "  source   NATO, Defence Expenditure of NATO Countries (2014-2024), 2024-06-17\n",
    ):
        assert line in out


def test_what_followed_has_a_section_a_column_and_words_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "A05"]) == 0
    made, followed = capsys.readouterr().out.split("What followed, which says nothing of whether the claim was so:\n")
    assert "  data     not reproducible: " in made
    assert "LNG" not in made
    assert "  more: LNG to NATO Europe: 2,311,231.00 MMcf, worth USD 14.82 bn" in followed
    assert "    source U.S. Energy Information Administration\n" in followed
    assert main(["claims", "A30"]) == 0
    assert "What followed" not in capsys.readouterr().out

    page = claim_list(paragraph=3)
    assert [row[-1] for row in page.to_table().rows] == ["on record; more", "on record; data do not reach", "", ""]
    [line, *_others] = csv.DictReader(io.StringIO(page.to_csv()))
    assert (line["verdict"], line["followed"]) == ("not reproducible", "on record; more")
    assert "Hague" in line["what_followed"]
    assert "Hague" not in line["finding"]
    row = json.loads(page.to_json())["rows"][0]
    assert [item["aftermath"] for item in row["follow_ups"]] == ["on record", "more"]
    assert "followed" not in row["checks"][0]
    assert next(row[-1] for row in page.to_table(locale="fr").rows) == "attesté; plus"


def test_one_claim_shows_its_fields_and_its_links(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "A21"]) == 0
    out = capsys.readouterr().out
    assert "  fields   missile systems, ammunition, artificial intelligence, cyber warfare\n" in out
    assert "  links    A21 elaborates A20\n" in out


def test_filters_narrow_the_list_and_agree_with_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    filters = ["--attribution", "officials familiar", "--modality", "implied", "--topic", "relief", "--format", "csv"]
    assert main(["claims", *filters]) == 0
    assert [line.split(",")[0] for line in capsys.readouterr().out.splitlines()] == ["key", "A08"]


def test_an_article_of_ones_own_is_listed_and_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "mine.json"
    file.write_text(json.dumps(nb.serialization.to_data(ARTICLE) | {"subject": "A copy"}), encoding="utf-8")
    assert main(["claims", "--article", str(file), "--paragraph", "3", "--format", "markdown"]) == 0
    assert "| A07 | 3 | several of those officials | reported |" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["A99"], "unknown claim 'A99'"),
        (["--attribution", "rumour"], "invalid choice: 'rumour'"),
        (["--topic", "weather"], "unknown topic 'weather'"),
        (["--actor", "nobody"], "unknown actor 'nobody'"),
        (["--paragraph", "99"], "99 is not usable as a paragraph; valid: 1 to 16"),
        (["--article", "none.toml"], "none.toml: No such file or directory"),
        (["--edition", "2024-06"], "unrecognized arguments: --edition"),
    ],
)
def test_bad_arguments_get_one_line_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["claims", *arguments])
    captured = capsys.readouterr()
    assert left.value.code == 2
    assert captured.err.count("\n") == 1
    assert words in captured.err


def test_the_list_in_french_keeps_the_claims_as_they_were_recorded() -> None:
    table = claim_list(actor="hughes").to_table(locale="fr")
    assert table.title.startswith("2 propos sur 31 de Bloomberg")
    assert [heading.first_line for heading in table.headings][2:4] == ["attribué à", "comment"]
    assert [(row[2], row[3], row[-2]) for row in table.rows] == [
        ("Brian Hughes", "affirmé", "concordant"),
        ("Brian Hughes", "affirmé", "non reproductible"),
    ]
    assert "en anglais" in table.notes[0]


def test_one_claim_in_french_has_french_labels_in_one_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "A27", "--locale", "fr"]) == 0
    lines = capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ").splitlines()
    assert lines[0].startswith("A27 (¶14, calcul, estimé) : ")
    assert "  dit par  Bloomberg Economics" in lines
    assert any(line.startswith("  données  non reproductible : ") for line in lines)
