"""What became of the counts that editions printed: against the files themselves."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest

import natoburden as nb
from natoburden import errors
from natoburden.model.memberships import find_entity

DATA = Path(nb.datasets.__file__).parent / "data" / "nato"
KEYS = ("2016-01", "2019-06", "2022-06", "2023-07", "2024-06", "2025-08", "2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions(*KEYS)
COUNTS = nb.targets.headline_counts(EDITIONS, nb.WALES_GUIDELINE)


def shares(edition: str, year: int) -> dict[str, Decimal]:
    """Return the published shares of a year's members from an edition's file, at two decimals."""
    members = {ally.key for ally in nb.Group.find("NATO").members(year)}
    with (DATA / f"defence_expenditure_{edition}.csv").open(encoding="utf-8", newline="") as file:
        return {
            find_entity(row["entity"]).key: round(Decimal(row["value"]), 2)
            for row in csv.DictReader(file)
            if row["measure"] == "share_of_gdp" and row["year"] == str(year) and row["entity"] in members
        }


def test_the_counts_that_made_news_and_what_became_of_them() -> None:
    told = {row.edition: (row.year, row.count, row.newest.count if row.newest else None) for row in COUNTS.own_years}
    assert told == {
        "2016-01": (2015, 5, 4),
        "2019-06": (2019, 7, 6),
        "2022-06": (2022, 9, 7),
        "2023-07": (2023, 11, 10),
        "2024-06": (2024, 23, 17),
        "2025-08": (2025, None, 16),
        "2026-07": (2026, 30, None),
    }
    year_before = {(row.edition, row.year): row for row in COUNTS if not row.is_own_year}
    printed = {key: (row.count, row.newest and row.newest.count) for key, row in year_before.items()}
    assert printed["2019-06", 2018] == (6, 5)
    assert printed["2022-06", 2021] == (8, 6)
    assert printed["2024-06", 2023] == (10, 10)


def test_every_count_and_crossing_is_that_of_the_files() -> None:
    compared = 0
    for row in COUNTS:
        then = shares(row.edition, row.year)
        assert {ally.key for ally in row.meeting} == {ally for ally, share in then.items() if share >= 2}
        assert row.allies == len(then)
        for later in row.later:
            now = {ally: share for ally, share in shares(later.edition, row.year).items() if ally in then}
            assert {ally.key for ally in later.without_figure} == then.keys() - now.keys()
            dropped = {ally for ally in now if then[ally] >= 2 > now[ally]}
            gained = {ally for ally in now if now[ally] >= 2 > then[ally]}
            assert {item.country.key for item in later.dropped} == dropped
            assert {item.country.key for item in later.gained} == gained
            for item in (*later.dropped, *later.gained):
                assert (item.printed.as_percent, item.later.as_percent) == (
                    then[item.country.key],
                    now[item.country.key],
                )
                assert item.change.value == now[item.country.key] - then[item.country.key]
            if not later.without_figure:
                assert later.count == sum(share >= 2 for share in now.values())
            compared += 1
    assert compared == 33


def test_a_country_that_joined_since_changes_no_count() -> None:
    row = COUNTS.of("2022-06")
    assert {"FIN", "SWE"}.isdisjoint(ally.key for later in row.later for ally in later.without_figure)
    assert (row.allies, row.newest.count if row.newest else None) == (29, 7)


def test_an_edition_that_lacks_a_figure_counts_nothing_and_names_who_is_missing() -> None:
    partial = nb.targets.headline_counts([EDITIONS[0], EDITIONS[5]], nb.WALES_GUIDELINE).of("2016-01")
    assert [item.edition for item in partial.later] == ["2025-08"]
    early = COUNTS.of("2025-08")
    assert early.count is None
    assert early.find("count").text == "partial: a member has no figure"
    assert "Germany" in early.find("without a figure").text


def test_a_later_edition_without_a_figure_has_no_count() -> None:
    older, newer = EDITIONS[4], EDITIONS[5]  # made to cover one year: shares of 2025 for 18 allies
    made = nb.ExpenditureTable(
        edition=older.edition, observations=[item for item in EDITIONS[6].observations if item.year == 2025]
    )
    row = nb.targets.headline_counts([made, newer], nb.WALES_GUIDELINE).of("2024-06", 2025)
    assert row.later[0].count is None
    assert len(row.later[0].without_figure) == 13
    assert str(row.later[0]).startswith("13 figures missing")
    assert row.newest is None


def test_a_count_that_is_not_there_is_an_error_with_those_that_are() -> None:
    with pytest.raises(errors.NoObservationError, match="2015 in 2016-01"):
        COUNTS.of("2016-01", 2008)
    with pytest.raises(errors.UnexpectedValueError, match="given twice"):
        nb.targets.headline_counts([EDITIONS[0], EDITIONS[0]], nb.WALES_GUIDELINE)
    assert COUNTS.of("2016-01", 2014).count == 3


def test_a_row_names_who_dropped_out_and_the_text_tells_by_how_much() -> None:
    row = COUNTS.of("2022-06")
    assert row.to_row()["dropped"] == "Croatia, Slovakia"
    assert row.to_row()["count_2026-07"] == 7
    assert row.find("edition 2026-07").text == (
        "7; without Croatia (2.03 % then, 1.80 % later), Slovakia (2.00 % then, 1.80 % later)"
    )
    assert "; with Bulgaria (1.61 % then, 3.15 % later)" in str(COUNTS.of("2019-06"))
    assert "dropped" not in COUNTS.of("2026-07").to_row()


def test_counts_for_own_years_that_came_down_are_counted() -> None:
    assert [row.edition for row in COUNTS.settled] == ["2016-01", "2019-06", "2022-06", "2023-07", "2024-06"]
    assert COUNTS.fallen == COUNTS.settled
    risen = nb.targets.headline_counts(EDITIONS[:3], nb.HAGUE_CORE)  # of 2015 and 2019, three and a half per cent
    assert [row.edition for row in risen.settled] == ["2016-01", "2019-06"]
    assert risen.fallen == ()
