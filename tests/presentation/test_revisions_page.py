"""What became of printed counts, on one page: in every format, in French, and as a chart."""

from __future__ import annotations

import csv
import io
import json
import re

import attrs
import pytest

import natoburden as nb
from natoburden.__main__ import main
from natoburden.errors import TooFewError, UnexpectedValueError
from natoburden.presentation.revisions_page import revision_page

KEYS = ("2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2025-08", "2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions(*KEYS)
PAGE = revision_page(EDITIONS)


def test_each_edition_has_its_printed_count_and_what_the_newest_edition_makes_of_it() -> None:
    told = {(row[0], row[1]): tuple(row[2:6]) for row in PAGE.to_table().rows}
    assert told["2016-01", "2015"] == ("5", "27", "4", "2026-07")
    assert told["2024-06", "2024"] == ("23", "31", "17", "2026-07")
    assert told["2025-08", "2025"] == ("..", "18", "16", "2026-07")
    assert told["2026-07", "2026"][2] == ".."


def test_who_dropped_out_stands_below_with_both_shares() -> None:
    below = PAGE.further
    assert below is not None
    lines = [tuple(row) for row in below.to_table().rows if row[0] == "2022-06" and row[1] == "2022"]
    assert lines == [
        ("2022-06", "2022", "Croatia", "2.03", "1.80", "-0.23"),
        ("2022-06", "2022", "Slovakia", "2.00", "1.80", "-0.20"),
    ]
    assert revision_page(EDITIONS[-1:]).further is None


def test_the_notes_count_the_editions_that_came_down_and_name_who_has_no_figure() -> None:
    notes = "\n".join(PAGE.to_table().notes)
    assert "came down in 5 of 5 earlier editions" in notes
    assert "2025-08, 2025: no count, without a figure for Germany" in notes
    assert "came down" not in "\n".join(revision_page(EDITIONS[-1:]).to_table().notes)


def test_csv_has_a_line_for_each_later_edition_and_json_a_list() -> None:
    rows = list(csv.DictReader(io.StringIO(PAGE.to_csv())))
    of_2024 = [row for row in rows if (row["edition"], row["year"]) == ("2024-06", "2024")]
    assert [(row["later_edition"], row["later_count"]) for row in of_2024] == [("2025-08", "18"), ("2026-07", "17")]
    assert of_2024[1]["later_dropped"] == "ALB BGR CZE MKD MNE SVK"
    data = json.loads(PAGE.to_json())
    assert (data["own_years_that_came_down"], data["own_years_with_later_figures"]) == (5, 5)
    assert data["rows"][-1]["later"] == []


def test_the_web_page_has_the_chart_unless_there_is_nothing_to_count() -> None:
    assert "<svg" in PAGE.to_html()
    assert "<svg" not in revision_page(EDITIONS[5:6]).to_html()


def test_the_command_takes_target_group_and_editions(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--target", "wales-equipment", "--group", "NATO_EUROPE", "--editions", "2022-06,2026-07"]
    assert main(["revisions", *asked, "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["target"], data["group"]) == ("wales-equipment", "NATO_EUROPE")
    assert [row["edition"] for row in data["rows"]] == ["2022-06", "2022-06", "2026-07", "2026-07"]


@pytest.mark.newest
def test_the_command_takes_all_editions_in_french(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["revisions", "--locale", "fr"]) == 0
    told = capsys.readouterr().out
    assert "a baissé dans 5 éditions antérieures sur 5" in told
    assert "Macédoine du Nord" in told
    assert "printed" not in told


def test_a_chart_of_counts_refuses_what_is_none_and_what_has_none() -> None:
    with pytest.raises(UnexpectedValueError, match=r"targets\.headline_counts"):
        nb.charts.headline_counts(EDITIONS)  # type: ignore[arg-type]
    with pytest.raises(TooFewError, match="a chart of counts"):
        nb.charts.headline_counts(attrs.evolve(PAGE.counts, rows=()))


def test_the_chart_writes_both_counts_above_their_bars() -> None:
    texts = [text.get_text() for text in nb.charts.headline_counts(PAGE.counts, locale="fr").texts]
    assert texts[:6] == ["5", "7", "9", "11", "23", "30"]
    assert texts[6:11] == ["4", "6", "7", "10", "17"]


def test_a_folded_column_in_latex_leaves_room_for_those_beside_it() -> None:
    text = revision_page(nb.datasets.defence_expenditure_editions("2022-06", "2024-06", "2026-07")).to_latex()
    part = float(re.search(r"p\{([0-9.]+)\\linewidth\}", text)[1])  # type: ignore[index]
    assert part < 0.45
