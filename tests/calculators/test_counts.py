"""Counts of who meets a target: by which edition, and who has no figure."""

from __future__ import annotations

import pytest

import natoburden as nb

EDITIONS = nb.datasets.defence_expenditure_editions("2019-06", "2024-06", "2025-08", "2026-07")
AUGUST = nb.datasets.defence_expenditure("2025-08")
KNOWN = {item.entity for item in AUGUST.select(measure=nb.Measure.SHARE_OF_GDP, year=2025)}
MEMBERS = nb.Group.find("NATO").members(2025)


def test_a_count_names_its_edition_and_all_who_have_no_figure() -> None:
    result = nb.targets.compliance(AUGUST, 2025, nb.VILNIUS_FLOOR)
    without = {ally for ally in MEMBERS if ally not in KNOWN}
    assert (len(without), result.count, len(result), result.edition) == (14, 18, 18, "2025-08")
    assert set(result.without_figure) == without
    headline, count, lacking = str(result).splitlines()
    assert headline.endswith("edition 2025-08")
    assert count.startswith("  18 of 18: Albania, Belgium")
    assert set(lacking.removeprefix("  without a figure: ").split(", ")) == {ally.name for ally in without}
    assert "edition 2025-08" in result.explain()


def test_a_count_of_all_members_says_nothing_of_missing_figures() -> None:
    result = nb.targets.compliance(AUGUST, 2024, nb.VILNIUS_FLOOR, group="NATO_EU")
    assert len(str(result).splitlines()) == 2


def test_an_edition_with_a_partial_count_is_named_with_who_has_no_figure() -> None:
    counts = nb.targets.revisions(EDITIONS, "share_of_gdp", 2025).count_meeting(nb.VILNIUS_FLOOR)
    assert counts == {"2026-07": 28}
    assert counts != {"2026-07": 28, "2025-08": 18}
    assert counts.partial == ("2025-08",)
    assert repr(counts) == "{'2026-07': 28}; no count of 2025-08, without 14 figures"
    assert {ally.key for ally in counts.without_figure["2025-08"]} == {
        ally.key for ally in MEMBERS if ally not in KNOWN
    }
    lines = str(counts).splitlines()
    assert lines[0].startswith("2025-08: no count, no figure of Germany, Denmark")
    assert lines[1] == "2026-07: 28 of 31, no figure of Iceland"
    with pytest.raises(KeyError):
        counts["2025-08"]


def test_counts_of_whole_editions_read_as_a_mapping() -> None:
    counts = nb.targets.revisions(EDITIONS, "share_of_gdp", 2024).count_meeting(nb.WALES_GUIDELINE)
    assert dict(counts) == {
        table.edition.key: sum(
            table.share_of_gdp(ally, 2024).value.published() >= nb.Share.percent(2)
            for ally in table.reporting_members("NATO", 2024)
        )
        for table in EDITIONS
        if 2024 in table.years
    }
    assert (counts["2024-06"], len(counts), repr(counts)) == (23, 3, repr(dict(counts)))
    whole = nb.targets.revisions(EDITIONS, "share_of_gdp", 2024, group="NATO_EU").count_meeting(nb.WALES_GUIDELINE)
    assert "no figure" not in str(whole)
