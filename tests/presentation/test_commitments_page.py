"""The list of commitments: status beside the latest figure, in every format."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest

import natoburden as nb
from natoburden.errors import UnknownCountryError
from natoburden.presentation.cli import main
from natoburden.presentation.commitments_page import commitment_list

NBSP = "\N{NO-BREAK SPACE}"
TABLE = nb.datasets.defence_expenditure("2026-07")


def test_a_party_lists_what_it_has_in_force_by_deadline() -> None:
    page = commitment_list("ESP", table=TABLE, on=dt.date(2026, 7, 1))
    cells = page.to_table().rows
    assert [row[1] for row in cells] == ["refuses 5.00 % total", "aim 5.00 % total", "ceiling 2.10 % core"]
    assert cells[2][5:] == ("in force", "kept -0.10 pp", "2.00")
    assert "in force on 2026-07-01" in page.to_table().title


def test_outcomes_are_told_by_the_tables_figures_beside_the_standing() -> None:
    page = commitment_list(table=TABLE, everything=True)
    lines = {line.commitment.key: str(line.outcome) for line in page.rows}
    status = {line.commitment.key: str(line.status) for line in page.rows}
    assert lines["SVN-2025-2.0-2025"] == "missed"
    assert lines["PRT-2025-2.0-2025"] == "kept"
    assert lines["hague-core"] == "not yet due"
    assert lines["vilnius-floor"] == "kept by 30 of 31"
    assert lines["POL-2022-3.0-2023"] == "kept"
    assert lines["CZE-2023-2.0-2024"] == "missed in 2 of 3 years"
    assert lines["DNK-2025-3.0-2025"] == "kept"
    assert lines["ROU-2015-2.0-2017"] == "missed in 6 of 10 years"
    assert lines["hague-total"] == "not testable"
    assert (status["GBR-2022-3.0-2030TRUSS"], lines["GBR-2022-3.0-2030TRUSS"]) == ("withdrawn", "not testable")
    assert status["POL-2025-4.0-CONST"] == "proposal"
    assert status["ESP-2022-2.0-2029"] == "superseded by ESP-2025-2.0-2025"
    assert status["CAN-2024-2.0-2032-TRUDEAU"] == "superseded by CAN-2025-2.0-2026, repeats CAN-2024-2.0-2032"
    assert status["SVN-2025-5.0-SIGNED"] == "contested"
    assert lines["EUU-2025-1.5-ESCAPE"] == "not testable"
    assert len(lines) == 246


def test_a_count_of_an_alliance_names_the_members_without_a_figure() -> None:
    page = commitment_list("NATO", table=nb.datasets.defence_expenditure("2025-08"))
    [line] = [line for line in page.rows if line.commitment.key == "vilnius-floor"]
    assert str(line.outcome) == "kept by 18 of 18, 13 without a figure"
    assert nb.Country("DEU") in line.without_figure
    assert nb.Country("ISL") not in line.without_figure
    [note] = [note for note in page.to_table().notes if note.startswith("Without a figure")]
    assert "Denmark, Finland, Germany, Greece" in note
    assert "missing is not zero" in note
    [row] = [row for row in csv.DictReader(io.StringIO(page.to_csv())) if row["key"] == "vilnius-floor"]
    assert row["without_figure"].split() == [country.key for country in line.without_figure]
    data = json.loads(page.to_json())["rows"]
    [vilnius] = [item for item in data if item["commitment"]["key"] == "vilnius-floor"]
    assert vilnius["without_figure"] == row["without_figure"].split()
    assert not any(line.without_figure for line in commitment_list("NATO", table=TABLE).rows)


def test_what_overtakes_later_has_not_overtaken_yet() -> None:
    page = commitment_list("ESP", on=dt.date(2023, 1, 1))
    assert [str(line.status) for line in page.rows] == ["in force"]


def test_the_whole_list_shows_keys_and_marks_what_counts_otherwise_or_is_said_by_others() -> None:
    page = commitment_list(table=TABLE, everything=True).to_table()
    rows = {row[0]: row for row in page.rows}
    assert page.headings[0].first_line == "key"
    assert rows["LUX-2024-2.0-2030"][2] == "aim 2.00 % of GNI core, national"
    assert rows["LVA-2023-3.0-2027"][2] == "floor 3.00 % core, national"
    assert rows["DEU-2022-2.0-LAW"][2] == "aim 2.00 % on average core"
    assert rows["us-demand"][4] == "demand, says United States"
    assert any(note.startswith("national, GNI") for note in page.notes)
    assert not any(note.startswith("national, GNI") for note in commitment_list("NLD").to_table().notes)


def test_the_list_stands_in_french_with_french_figures() -> None:
    page = commitment_list(table=TABLE, everything=True).to_table(locale="fr_CA")
    rows = {row[0]: row[1:] for row in page.rows}
    assert rows["DEU-2022-2.0-LAW"][:2] == ("Allemagne", f"but 2,00{NBSP}% en moyenne central")
    assert rows["FRA-2025-3-3.5"][1] == f"but 3,00{NBSP}% - 3,50{NBSP}% central"
    assert rows["us-demand"][3] == "demande, selon\N{NO-BREAK SPACE}: États-Unis"
    assert rows["CAN-2024-2.0-2032-TRUDEAU"][5] == "remplacé par CAN-2025-2.0-2026, répète CAN-2024-2.0-2032"
    assert rows["POL-2022-3.0-2023"][6] == f"tenu +1,68{NBSP}pt"
    assert rows["SVN-2025-2.0-2025"][6].startswith("manqué -")
    assert rows["vilnius-floor"][6] == "tenu par 30 sur 31"
    words = {word for row in page.rows for cell in row[2:] for word in cell.split()}
    assert not words & {"law", "plan of", "statement", "kept", "missed", "undated", "derived", "refuses", "floor"}


def test_an_empty_list_says_so() -> None:
    page = commitment_list("Spain", on=dt.date(2014, 1, 1))
    assert (page.rows, page.to_table().notes[0][:15]) == ((), "None on record.")


def test_a_party_without_a_figure_shows_dots() -> None:
    page = commitment_list("ISL")
    assert {row[-1] for row in page.to_table().rows} == {".."}


def test_csv_names_the_source_of_each_line() -> None:
    lines = list(csv.DictReader(io.StringIO(commitment_list("FRA").to_csv())))
    ranged = next(line for line in lines if line["key"] == "FRA-2025-3-3.5")
    assert (ranged["low_percent"], ranged["high_percent"], ranged["by"]) == ("3", "3.5", "2030")
    assert all(line["url"].startswith("http") for line in lines)
    everything = {
        line["key"]: line
        for line in csv.DictReader(io.StringIO(commitment_list(table=TABLE, everything=True).to_csv()))
    }
    assert everything["USA-2025-5.0-DEMAND"]["repeats"] == "us-demand"
    assert everything["USA-2025-5.0-DEMAND"]["voiced_by"] == "USA"
    assert everything["EST-2025-5.0-2026"]["second_urls"].count("http") == 2
    assert everything["LUX-2024-2.0-2030"]["whole"] == "GNI"


def test_json_holds_documents_that_read_back() -> None:
    data = json.loads(commitment_list("NLD").to_json())
    read = [nb.serialization.from_data(line["commitment"], nb.Commitment) for line in data["rows"]]
    assert read == [line.commitment for line in commitment_list("NLD").rows]
    assert json.loads(commitment_list("NLD", everything=True).to_json())["on"] is None


def test_an_unknown_party_is_refused() -> None:
    with pytest.raises(UnknownCountryError):
        commitment_list("Atlantis")


def test_the_command_lists_an_ally_and_adds_a_document(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "mine.json"
    mine = nb.serialization.to_data(nb.datasets.commitments()["NLD-2026-2.8-2030"]) | {"key": "mine", "share": "2.9 %"}
    document.write_text(json.dumps({"commitments": [mine]}), encoding="utf-8")
    assert main(["commitments", "Netherlands", "--on", "2026-07-01", "--data", str(document)]) == 0
    out = capsys.readouterr().out
    assert "aim 2.90 % core" in out
    assert "\x1b" not in out


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Atlantis"], "no country is called 'Atlantis'"),
        (["--all", "--on", "2025-01-01"], "--on: not allowed with argument --all"),
        (["--on", "2025-13-01"], "'2025-13-01' is not a date such as 2025-06-25"),
        (["--data", "none.toml"], "none.toml: No such file or directory"),
        (["--data", "none.txt"], "its name ends in neither .toml nor .json"),
        (["--edition", "2020-01"], "unknown edition '2020-01'"),
    ],
)
def test_bad_arguments_get_one_line_and_exit_code_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        main(["commitments", *arguments])
    captured = capsys.readouterr()
    assert left.value.code == 2
    assert captured.err.count("\n") == 1
    assert words in captured.err


def test_parties_stand_in_the_order_of_their_names_in_the_locale() -> None:
    names = list(dict.fromkeys(row[0] for row in commitment_list().to_table(locale="fr").rows))
    assert names.index("Allemagne") < names.index("Belgique") < names.index("États-Unis") < names.index("Finlande")
    assert [row[0] for row in commitment_list().to_table().rows] == sorted(
        row[0] for row in commitment_list().to_table().rows
    )
