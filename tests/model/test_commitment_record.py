"""Dates of announcement, deadlines, ranges of shares, and what stood on a day."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs
import pytest

import natoburden as nb
from natoburden import Announced, Precision
from natoburden.errors import DocumentError, InvalidYearError, UnexpectedValueError, UnknownNameError
from natoburden.model import Deadline, ShareRange, Standing

RECORD = nb.datasets.commitments()


@pytest.mark.parametrize(
    ("text", "latest"),
    [
        ("2025", dt.date(2025, 12, 31)),
        ("2025-06", dt.date(2025, 6, 30)),
        ("2024-02", dt.date(2024, 2, 29)),
        ("2025-06-25", dt.date(2025, 6, 25)),
    ],
)
def test_an_announcement_ends_with_the_last_day_it_can_mean(text: str, latest: dt.date) -> None:
    assert Announced.parse(text, Precision.DERIVED).latest == latest


@pytest.mark.parametrize(
    "text",
    ["", "25-06-2025", "2025-13", "2025-00", "2025/06", "June 2025", "20255", "1789", "2025-02-30", "2025-06-00"],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(InvalidYearError):
        Announced.parse(text, Precision.DAY)


@pytest.mark.parametrize(("text", "precision"), [("2025-06", Precision.DAY), ("2025", Precision.MONTH)])
def test_a_date_shorter_than_its_precision_is_refused(text: str, precision: Precision) -> None:
    with pytest.raises(InvalidYearError, match=f"a date to the {precision}, as its precision says"):
        Announced.parse(text, precision)


def test_a_date_that_is_not_stated_says_so() -> None:
    assert str(Announced.parse("2025-06-25", Precision.ARTICLE)) == "2025-06-25 (article)"
    assert str(Announced.parse("2025", Precision.YEAR)) == "2025"
    assert str(Announced.unknown()) == "undated"


@pytest.mark.parametrize(
    ("text", "last_day"),
    [("2035", dt.date(2035, 12, 31)), ("2025-2027", dt.date(2027, 12, 31)), ("2026-03", dt.date(2026, 3, 31))],
)
def test_a_deadline_ends_with_its_year_or_month(text: str, last_day: dt.date) -> None:
    deadline = Deadline.parse(text)
    assert (str(deadline), deadline.last_day) == (text, last_day)


@pytest.mark.parametrize("text", ["", "soon", "2035-", "2027-2025", "2026-13", "2026-00", "2026-3-1", "35", "2026-x"])
def test_what_is_no_deadline_is_refused(text: str) -> None:
    with pytest.raises(InvalidYearError):
        Deadline.parse(text)


def test_a_range_of_shares_reads_as_it_is_written() -> None:
    assert (str(ShareRange.parse("3-3.5 %")), str(ShareRange.parse("3.5%"))) == ("3.00-3.50 %", "3.50 %")
    assert ShareRange.at(nb.Share.percent(2)).is_point


@pytest.mark.parametrize("text", ["3.5", "3.5-3 %", "%", "-3 %", "3- %", "a %"])
def test_what_is_no_range_of_shares_is_refused(text: str) -> None:
    with pytest.raises(UnexpectedValueError):
        ShareRange.parse(text)


# --- what stood on a day ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("wales-guideline", "2014-09-05", "2024-12-31"),
        ("vilnius-floor", "2023-07-11", None),
        ("hague-core", "2025-06-25", "2035-12-31"),
        ("ESP-2022-2.0-2029", "2022-06-30", "2025-04-21"),
        ("ESP-2025-2.0-2025", "2025-04-22", "2025-12-31"),
        ("SWE-2025-3.5-2030", "2025-03-26", "2025-06-18"),
        ("CAN-2025-2.0-2026", "2025-06-09", "2026-03-31"),
        ("NOR-2023-2.0-2026", "2023-05-02", "2024-03-13"),
        ("BEL-2026-2.0-LPM", "2026-11-27", "2034-12-31"),
    ],
)
def test_a_commitment_stands_from_its_announcement_to_its_successor_or_deadline(
    key: str, first: str, last: str | None
) -> None:
    day = dt.timedelta(days=1)

    def stands(on: dt.date) -> bool:
        return key in RECORD.in_force(on).by_key

    start = dt.date.fromisoformat(first)
    assert stands(start)
    assert not stands(start - day)
    if last:
        end = dt.date.fromisoformat(last)
        assert stands(end)
        assert not stands(end + day)
    else:
        assert stands(dt.date(2100, 1, 1))


def test_every_successor_takes_over_on_its_own_day() -> None:
    for item in RECORD:
        if item.superseded_by and not item.repeats:
            successor = RECORD[item.superseded_by]
            if successor.announced.latest:
                assert item.key not in RECORD.in_force(successor.announced.latest).by_key


def test_proposals_and_what_was_withdrawn_never_stand() -> None:
    for item in RECORD:
        if item.standing in (Standing.PROPOSAL, Standing.WITHDRAWN):
            for on in (dt.date(2025, 7, 1), RECORD.collected):
                assert item.key not in RECORD.in_force(on).by_key


@pytest.mark.parametrize("on", [dt.date(2018, 1, 1), dt.date(2020, 1, 1), dt.date(2024, 12, 15), RECORD.collected])
def test_a_promise_and_its_repetition_never_stand_together(on: dt.date) -> None:
    standing = RECORD.in_force(on)
    assert not any(item.repeats in standing.by_key for item in standing)


def test_a_repetition_dates_what_it_repeats_and_stands_where_that_does_not() -> None:
    """Trudeau's dated pledge tells an undated plan again; Germany's plan of 2019 one that was withdrawn."""
    canada = RECORD.of("Canada")
    assert [item.key for item in canada.in_force(dt.date(2024, 11, 25))] == ["CAN-2024-2.0-2032"]
    assert len(canada.in_force(dt.date(2024, 11, 24))) == 0
    assert RECORD.since(RECORD["CAN-2024-2.0-2032"]) == dt.date(2024, 11, 25)
    assert "DEU-2019-1.5-2024P" in RECORD.in_force(dt.date(2020, 1, 1)).by_key


def test_what_is_undated_stands_from_its_deadline_or_the_day_the_record_was_closed() -> None:
    assert RECORD.since(RECORD["HUN-2023-2.0-2024"]) == dt.date(2024, 12, 31)
    assert RECORD.since(RECORD["BEL-2026-2.0-LPM"]) == RECORD.collected


@pytest.mark.parametrize("key", ["HUN-2018-2.0-2026", "ITA-2024-2.0-AIM"])
def test_an_undated_successor_has_taken_over_by_its_deadline(key: str) -> None:
    assert key not in RECORD.in_force(RECORD.collected - dt.timedelta(days=1)).by_key


def test_what_an_undated_commitment_would_change_can_be_asked_for() -> None:
    day = dt.date(2026, 7, 1)
    italy = RECORD.of("Italy")
    assert [item.key for item in italy.undated(day)] == ["ITA-2025-5.0-TENYEARS"]
    assert "ITA-2025-5.0-TENYEARS" not in italy.in_force(day).by_key
    assert len(RECORD.undated(RECORD.collected)) == 0


@pytest.mark.parametrize("key", ["POL-2022-3.0-2023", "CZE-2023-2.0-2024", "LVA-2023-3.0-2027"])
def test_a_floor_from_a_year_on_stands_after_that_year(key: str) -> None:
    assert key in RECORD.in_force(dt.date(2040, 1, 1)).by_key


def test_a_selection_still_knows_the_successors_of_its_record() -> None:
    spain = RECORD.of("Spain").select(lambda item: item.key == "ESP-2022-2.0-2029")
    assert len(spain.in_force(dt.date(2025, 4, 21))) == 1
    assert len(spain.in_force(dt.date(2025, 4, 22))) == 0


def test_a_successor_that_is_undated_gives_way_through_its_own_successor() -> None:
    """Belgium's plan of 2022 gave way to an undated one, which had itself been overtaken by the end of 2025."""
    assert "BEL-2022-2.0-2035" in RECORD.in_force(dt.date(2025, 1, 1)).by_key
    assert "BEL-2022-2.0-2035" not in RECORD.in_force(dt.date(2026, 1, 1)).by_key


def test_a_commitment_is_found_by_its_key() -> None:
    assert RECORD["hague-core"].share == ShareRange.at(nb.HAGUE_CORE.share)
    with pytest.raises(UnknownNameError, match="did you mean 'hague-core'"):
        RECORD["hague-cor"]


def commitment(key: str, **given: object) -> nb.Commitment:
    return attrs.evolve(RECORD["ALB-2025-2.1-2026"], key=key, **given)  # type: ignore[arg-type] # fields of a commitment


def test_keys_and_references_are_checked_at_once() -> None:
    items = (
        commitment("a"),
        commitment("a"),
        commitment("b", superseded_by="gone", standing=Standing.SUPERSEDED),
        commitment("c", repeats="gone"),
        commitment("d", standing=Standing.SUPERSEDED),
    )
    with pytest.raises(DocumentError) as caught:
        nb.model.Commitments(items=items, collected=RECORD.collected)
    assert [fault.path for fault in caught.value.faults] == [
        "commitments[a].key",
        "commitments[b].superseded_by",
        "commitments[c].repeats",
        "commitments[d].standing",
    ]


@pytest.mark.parametrize("keys", ["aa", "aba", "abca"])
@pytest.mark.parametrize("field", ["superseded_by", "supersedes", "repeats"])
def test_nothing_overtakes_or_repeats_itself(keys: str, field: str) -> None:
    """A circle, however long, is reported for each of its links."""

    def link(key: str, other: str) -> nb.Commitment:
        if field == "superseded_by":
            return commitment(key, superseded_by=other, standing=Standing.SUPERSEDED)
        return commitment(key, **{field: (other,) if field == "supersedes" else other})

    with pytest.raises(DocumentError) as caught:
        nb.model.Commitments(items=tuple(link(*pair) for pair in itertools.pairwise(keys)), collected=RECORD.collected)
    assert [fault.path for fault in caught.value.faults] == [f"commitments[{key}].{field}" for key in keys[:-1]]
    assert "itself, directly or through others" in str(caught.value)


@pytest.mark.parametrize("mark", ["superseded_by", "supersedes"])
def test_what_overtakes_may_say_so_itself(mark: str) -> None:
    older, newer = commitment("older"), commitment("newer", announced=nb.Announced.parse("2026-03-01", Precision.DAY))
    if mark == "supersedes":
        newer = attrs.evolve(newer, supersedes=("older",))
    else:
        older = attrs.evolve(older, superseded_by="newer", standing=Standing.SUPERSEDED)
    record = nb.model.Commitments(items=(older, newer), collected=RECORD.collected)
    assert record.successors(older) == (newer,)
    assert [item.key for item in record.in_force(dt.date(2026, 2, 28))] == ["older"]
    assert [item.key for item in record.in_force(dt.date(2026, 3, 1))] == ["newer"]


def test_a_day_is_asked_about_and_no_text_or_moment() -> None:
    for day in ("2026-07-01", dt.datetime(2026, 7, 1)):
        with pytest.raises(UnexpectedValueError, match="not usable as a day"):
            RECORD.in_force(day)  # type: ignore[arg-type] # refused on purpose
        with pytest.raises(UnexpectedValueError, match="not usable as a day"):
            RECORD.undated(day)  # type: ignore[arg-type] # refused on purpose


def test_commitments_of_ones_own_join_a_record_and_a_selection() -> None:
    mine = commitment("mine", party=nb.Country("NOR"))
    assert RECORD.extended([mine])["mine"] is mine
    joined = RECORD.of("NOR").extended([mine])
    assert joined.in_force(RECORD.collected)["mine"] is mine
    assert len(joined) == len(RECORD.of("NOR")) + 1
    assert repr(joined).startswith(f"Commitments(items=<{len(joined)} commitments>")


def test_a_commitment_prints_who_what_when_and_how_firmly() -> None:
    assert str(RECORD["FRA-2025-3-3.5"]) == "France, aim: 3.00-3.50 % of GDP, core by 2030 (statement, 2025-03-02)"
    assert str(RECORD["ESP-2025-OPTOUT-5.0"]).startswith("Spain, refuses 5.00 % of GDP")
    assert [str(kind.value) for kind in (nb.model.Grade.WEAK, nb.model.Definition.NATO, Standing.IN_FORCE)] == [
        str(nb.model.Grade.WEAK),
        str(nb.model.Definition.NATO),
        str(Standing.IN_FORCE),
    ]
