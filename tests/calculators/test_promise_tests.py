"""Promised against actual: which years are tested, and why some never are."""

from __future__ import annotations

import warnings

import attrs
import pytest

import natoburden as nb
from natoburden.calculators.promises import (
    Interpolation,
    Outcome,
    PromiseTest,
    promise_tests,
)
from tests.calculators.made_promises import RECORD, SOURCE, TABLE, promise


def outcomes_of(item: nb.Commitment, **options: bool) -> list[PromiseTest]:
    return list(promise_tests([TABLE], [item], **options))


def test_a_dated_promise_is_tested_in_the_year_of_its_deadline() -> None:
    kept, missed = outcomes_of(promise("3", "2025"))[0], outcomes_of(promise("3.2", "2025"))[0]
    assert (kept.outcome, kept.year, str(kept.points)) == (Outcome.KEPT, 2025, "+0.16 pp")
    assert (missed.outcome, str(missed.points)) == (Outcome.MISSED, "-0.04 pp")
    assert missed.status is nb.Status.ESTIMATE
    assert "actual less promised: -0.04 pp" in missed.explain()
    assert SOURCE in missed.sources


def test_a_standing_floor_is_tested_in_each_year_and_a_ceiling_too() -> None:
    floor = outcomes_of(promise("2", start=2022))
    ceiling = outcomes_of(promise("2", start=2022, modality=nb.Modality.CEILING))
    dated = outcomes_of(promise("2", "2023", start=2022, modality=nb.Modality.CEILING))
    assert [row.year for row in floor] == [row.year for row in ceiling] == list(range(2022, 2027))
    assert [row.outcome for row in floor][:3] == [Outcome.MISSED, Outcome.MISSED, Outcome.KEPT]
    assert [row.outcome for row in ceiling][:3] == [Outcome.KEPT, Outcome.KEPT, Outcome.MISSED]
    assert [row.year for row in dated] == [2022, 2023]
    assert "≤ 2.00 %" in ceiling[0].explain()


@pytest.mark.parametrize(
    ("start", "deadline", "years"),
    [
        (2022, None, [2022, 2023, 2024, 2025, 2026]),
        (2022, "2024", [2022, 2023, 2024]),
        (2024, "2024-2025", [2024, 2025]),
        (None, "2024", [2024]),
        (2010, "2015", [2014, 2015]),
        (None, None, [2026]),
    ],
)
def test_a_floor_is_tested_from_its_start_through_its_deadline(
    start: int | None, deadline: str | None, years: list[int]
) -> None:
    assert [row.year for row in outcomes_of(promise("2", deadline, start=start))] == years


def test_a_ceiling_is_tested_in_its_years_though_it_was_said_late_or_on_no_day() -> None:
    ceiling = promise("2", "2024", modality=nb.Modality.CEILING)
    assert [row.year for row in outcomes_of(ceiling)] == [2024]
    assert [row.year for row in outcomes_of(attrs.evolve(ceiling, announced=nb.Announced.unknown()))] == [2024]


@pytest.mark.parametrize(
    ("key", "years"),
    [
        ("POL-2022-3.0-2023", "2023-2026"),
        ("CZE-2023-2.0-2024", "2024-2026"),
        ("ROU-2015-2.0-2017", "2017-2026"),
        ("LVA-2023-3.0-2027", "2027-2027"),
        ("DNK-2025-3.0-2025", "2025-2026"),
        ("GBR-2015-2.0-2020", "2015-2020"),
    ],
)
def test_a_law_that_says_at_least_is_tested_every_year(key: str, years: str) -> None:
    rows = outcomes_of(RECORD[key], mixed_definitions_ok=True)
    first, last = map(int, years.split("-"))
    assert [row.year for row in rows] == list(range(first, last + 1))
    assert all((row.outcome is Outcome.NOT_YET_DUE) is (first == 2027) for row in rows)


def test_a_test_says_what_the_promise_counts() -> None:
    for definition, words in (
        (nb.model.Definition.UNSTATED, "definition: unstated, taken for NATO's"),
        (nb.model.Definition.NATO, "definition: NATO definition"),
        (nb.model.Definition.NATIONAL, "definition: national, compared with NATO's as asked"),
    ):
        row = outcomes_of(promise("3", "2025", definition=definition), mixed_definitions_ok=True)[0]
        assert words in row.explain()
    row = outcomes_of(promise("3", "2025", of_gni=True), mixed_definitions_ok=True)[0]
    assert "definition: a share of GNI, compared with a share of GDP as asked" in row.explain()


def test_a_range_is_kept_at_its_easier_end() -> None:
    assert outcomes_of(promise("3-9", "2025"))[0].outcome is Outcome.KEPT
    assert outcomes_of(promise("1-3.2", start=2025, modality=nb.Modality.CEILING))[0].outcome is Outcome.KEPT


def test_a_promise_for_later_is_not_yet_due() -> None:
    row = outcomes_of(promise("4", "2035"))[0]
    assert (row.outcome, row.year, row.points, row.reason) == (Outcome.NOT_YET_DUE, 2035, None, "")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (promise("4", "2025", refused=True, kind=nb.model.CommitmentKind.OPT_OUT), "it refuses a share"),
        (promise("4", "2025", kind=nb.model.CommitmentKind.DEMAND), "a demand promises nothing"),
        (promise("4", "2025", modality=nb.Modality.THRESHOLD), "a threshold promises nothing"),
        (promise("4", "2025", modality=nb.Modality.REACHED), "a claim promises nothing"),
        (promise("4", "2025", component=nb.model.Component.TOTAL), "NATO publishes no figure for total"),
        (promise("4", "2025", definition=nb.model.Definition.NATIONAL), "national definition"),
        (promise("4", "2025", of_gni=True), "a share of GNI"),
        (promise("4", announced=nb.Announced.unknown()), "names no year"),
        (promise("4", modality=nb.Modality.AIM), "an aim without a deadline names no year"),
        (promise("4", start=2022, modality=nb.Modality.AIM), "an aim without a deadline names no year"),
        (promise("4", "2025", standing=nb.model.Standing.PROPOSAL), "a proposal bound nobody"),
        (promise("4", "2025", standing=nb.model.Standing.WITHDRAWN), "it was withdrawn"),
        (promise("4", "2025", repeats="another"), "it repeats another"),
        (RECORD["DEU-2022-2.0-LAW"], "an average over years"),
        (promise("4", "2025", party=nb.Country("ISL")), "no armed forces"),
        (promise("4", "2012", party=nb.Country("DEU")), "before the edition's first year"),
    ],
)
def test_what_cannot_be_tested_says_why(item: nb.Commitment, reason: str) -> None:
    rows = outcomes_of(item)
    assert [row.outcome for row in rows] == [Outcome.NOT_TESTABLE]
    assert reason in rows[0].reason
    assert reason in rows[0].explain()


def test_what_names_no_year_and_what_was_due_too_early_say_so_in_full() -> None:
    undated = outcomes_of(promise("4", announced=nb.Announced.unknown()))
    early = outcomes_of(promise("4", "2012", party=nb.Country("DEU")))
    assert undated[0].reason == "it names no year and bears no date"
    assert undated[0].headline.endswith(": no year, edition 2026-07")
    assert early[0].reason == "it was due before the edition's first year, 2014"


def test_a_national_definition_is_compared_only_when_that_is_acknowledged() -> None:
    item = promise("3", "2025", definition=nb.model.Definition.NATIONAL)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert outcomes_of(item)[0].outcome is Outcome.NOT_TESTABLE
        assert outcomes_of(item, mixed_definitions_ok=True)[0].outcome is Outcome.KEPT


def test_an_alliances_commitment_is_tested_for_the_members_of_each_year() -> None:
    rows = promise_tests([TABLE], [RECORD["vilnius-floor"]])
    assert {row.year for row in rows} == {2023, 2024, 2025, 2026}
    assert sum(row.year == 2023 for row in rows) == 31
    kept = [row.country for row in rows if row.year == 2024 and row.outcome is Outcome.KEPT]
    assert len(kept) == nb.targets.compliance(TABLE, 2024, nb.VILNIUS_FLOOR).count
    equipment = promise_tests([TABLE], [RECORD["wales-equipment"]])
    assert sum(row.outcome is Outcome.KEPT for row in equipment) == 27


def test_each_edition_gives_its_own_outcome() -> None:
    editions = nb.datasets.defence_expenditure_editions("2024-06", "2025-08", "2026-07")
    rows = promise_tests(editions, [RECORD["SVK-2018-2.0-2024"]])
    assert [(row.edition, row.outcome.value) for row in rows] == [
        ("2024-06", "kept"), ("2025-08", "missed"), ("2026-07", "missed"),
    ]  # fmt: skip


def test_words_stand_for_the_values_of_enumerations() -> None:
    assert [str(method) for method in Interpolation] == ["linear", "step"]
    assert [str(outcome) for outcome in Outcome] == ["kept", "missed", "not yet due", "not testable"]
