"""Targets: what meets them, what counts under them, when they are due."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest
from hypothesis import given

from natoburden.errors import InvalidYearError, UnexpectedValueError
from natoburden.model.countries import Country
from natoburden.model.dates import Deadline
from natoburden.model.expenditure import Measure
from natoburden.model.shares import PercentagePoints, Share, ShareRange
from natoburden.model.sources import Source
from natoburden.model.spending_commitments import (
    Commitment,
    CommitmentKind,
    Component,
    CompositeTarget,
    Definition,
    Modality,
    Target,
)
from tests.strategies import SHARES, TARGETS, YEARS

SOURCE = Source(title="The Hague Summit Declaration", publisher="NATO", date=dt.date(2025, 6, 25))
CORE = Target(
    key="core",
    name="Core target",
    share=Share.percent("3.5"),
    component=Component.CORE,
    modality=Modality.FLOOR,
    adopted=dt.date(2025, 6, 25),
    deadline=2035,
    source=SOURCE,
)
RELATED = attrs.evolve(
    CORE,
    key="related",
    name="Related",
    share=Share.percent("1.5"),
    component=Component.RELATED,
    modality=Modality.CEILING,
    deadline=None,
)


@given(TARGETS)
def test_exactly_the_share_of_a_target_meets_it(target: Target) -> None:
    assert target.is_met_by(target.share)
    assert target.counted(target.share) == target.share


@pytest.mark.parametrize("modality", [Modality.AIM, Modality.FLOOR])
@pytest.mark.parametrize(("percent", "met"), [("3.49", False), ("3.5", True), ("3.51", True), ("0", False)])
def test_an_aim_or_a_floor_is_met_from_below(modality: Modality, percent: str, met: bool) -> None:
    assert attrs.evolve(CORE, modality=modality).is_met_by(Share.percent(percent)) is met


@pytest.mark.parametrize(("percent", "met"), [("1.49", True), ("1.5", True), ("1.51", False), ("0", True)])
def test_a_ceiling_is_kept_from_above(percent: str, met: bool) -> None:
    assert RELATED.is_met_by(Share.percent(percent)) is met


@given(TARGETS, SHARES)
def test_no_more_counts_than_was_spent_and_no_more_than_a_ceiling(target: Target, share: Share) -> None:
    counted = target.counted(share)
    assert counted <= share
    if target.modality is Modality.CEILING:
        assert target.is_met_by(counted)
        assert counted in (share, target.share)
    else:
        assert counted == share


@given(SHARES)
def test_what_counts_is_counted_once(share: Share) -> None:
    assert RELATED.counted(RELATED.counted(share)) == RELATED.counted(share)
    assert RELATED.counted(share) - share <= PercentagePoints(0)


def test_a_target_is_due_from_its_deadline_or_else_from_its_adoption() -> None:
    assert [CORE.is_due(year) for year in (2025, 2034, 2035, 2036)] == [False, False, True, True]
    assert [RELATED.is_due(year) for year in (2024, 2025, 2035)] == [False, True, True]


@given(TARGETS, YEARS)
def test_a_target_that_is_due_stays_due(target: Target, year: int) -> None:
    assert target.is_due(year + 1) or not target.is_due(year)


def test_a_target_reads_with_its_share_whole_and_deadline() -> None:
    assert str(CORE) == "Core target (floor: 3.50 % of GDP by 2035)"
    assert str(RELATED) == "Related (ceiling: 1.50 % of GDP)"
    equipment = attrs.evolve(CORE, component=Component.EQUIPMENT, modality=Modality.AIM)
    assert str(equipment) == "Core target (aim: 3.50 % of defence expenditure by 2035)"


def test_a_composite_target_reads_as_the_sum_of_its_parts_and_has_the_totals_source() -> None:
    total = attrs.evolve(CORE, name="Total", share=Share.percent(5), component=Component.TOTAL, source=SOURCE)
    composite = CompositeTarget(key="hague", name="The Hague", total=total, core=CORE, related=RELATED)
    assert composite.source is SOURCE
    assert str(composite) == f"{total} = {CORE} + {RELATED}"


@pytest.mark.parametrize(
    ("component", "measure", "whole"),
    [
        (Component.CORE, Measure.SHARE_OF_GDP, "GDP"),
        (Component.EQUIPMENT, Measure.EQUIPMENT_SHARE, "defence expenditure"),
        (Component.RELATED, None, "GDP"),
        (Component.TOTAL, None, "GDP"),
        (Component.UKRAINE_AID, None, "GDP"),
    ],
)
def test_a_component_is_read_from_what_nato_publishes(
    component: Component, measure: Measure | None, whole: str
) -> None:
    assert (component.measure, component.whole) == (measure, whole)


PLEDGE = Commitment(
    key="x",
    party=Country("ESP"),
    share=ShareRange.parse("2.1 %"),
    component=Component.CORE,
    kind=CommitmentKind.STATEMENT,
    modality=Modality.FLOOR,
    source=SOURCE,
)


@pytest.mark.parametrize(
    ("change", "promises"),
    [
        ({}, True),
        ({"modality": Modality.AIM}, True),
        ({"modality": Modality.CEILING}, True),
        ({"modality": Modality.REACHED}, False),
        ({"modality": Modality.THRESHOLD}, False),
        ({"refused": True, "kind": CommitmentKind.OPT_OUT}, False),
        ({"kind": CommitmentKind.DEMAND}, False),
    ],
)
def test_a_refusal_a_claim_a_threshold_or_a_demand_promises_nothing(change: dict[str, Any], promises: bool) -> None:
    assert attrs.evolve(PLEDGE, **change).promises is promises


@pytest.mark.parametrize("key", ["", " ", " x", "x\n", "x\x1b[31m", "\ud800"])
def test_a_key_is_a_name_that_can_be_printed(key: str) -> None:
    with pytest.raises(UnexpectedValueError, match="a name that prints, without blanks"):
        attrs.evolve(PLEDGE, key=key)


@pytest.mark.parametrize("year", [99999, -5, True, "2026"])
def test_a_start_is_a_calendar_year(year: Any) -> None:
    with pytest.raises(InvalidYearError):
        attrs.evolve(PLEDGE, start=year)


def test_a_promise_does_not_start_after_its_deadline() -> None:
    deadline = Deadline.parse("2025-2027")
    assert attrs.evolve(PLEDGE, start=2027, deadline=deadline).start == 2027
    with pytest.raises(UnexpectedValueError, match="the deadline is 2025-2027"):
        attrs.evolve(PLEDGE, start=2028, deadline=deadline)


def test_only_an_opt_out_refuses() -> None:
    with pytest.raises(UnexpectedValueError, match="only an opt-out refuses"):
        attrs.evolve(PLEDGE, refused=True)


def test_a_share_of_another_whole_or_an_average_says_so() -> None:
    assert "2.10 % of GNI, core (" in str(attrs.evolve(PLEDGE, of_gni=True))
    assert "core on average (" in str(attrs.evolve(PLEDGE, is_average=True))


@pytest.mark.parametrize(
    ("change", "otherwise"),
    [({}, False), ({"of_gni": True}, True), ({"definition": Definition.NATIONAL}, True)],
)
def test_a_national_definition_and_a_share_of_gni_count_otherwise_than_nato(
    change: dict[str, Any], otherwise: bool
) -> None:
    assert attrs.evolve(PLEDGE, **change).counts_otherwise is otherwise


@pytest.mark.parametrize("field", [field.name for field in attrs.fields(Target)])
def test_a_target_cannot_be_changed(field: str) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(CORE, field, None)
