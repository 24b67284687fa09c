"""The path that commitments state: knots, bounds, ranges, refusals and what bears no date."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.promises import (
    Interpolation,
    stated_path,
)
from natoburden.errors import InvalidYearError, MixedDefinitionsWarning
from tests.calculators.made_promises import ON, PERCENT, RECORD, ROUNDING, TABLE, YEARS, promise, record


def _kept(percents: tuple[Decimal, Decimal], years: tuple[int, int], span: str, modality: nb.Modality) -> nb.Commitment:
    """Make a promise of a range, with a start, a deadline, both or neither."""
    low, high = sorted(percents)
    first, last = sorted(years)
    return promise(
        f"{low}-{high}",
        str(last) if span in ("by", "through") else None,
        start=first if span in ("from", "through") else None,
        modality=modality,
    )


def kept(*modalities: nb.Modality) -> st.SearchStrategy[nb.Commitment]:
    years = st.integers(2024, 2038)
    spans = st.sampled_from(["by", "from", "through", "always"])
    return st.builds(_kept, st.tuples(PERCENT, PERCENT), st.tuples(years, years), spans, st.sampled_from(modalities))


PROMISES = kept(nb.Modality.AIM, nb.Modality.FLOOR, nb.Modality.CEILING)


def _binds_later(item: nb.Commitment) -> bool:
    return item.deadline.latest > 2026 if item.deadline else item.start is not None


FLOORS = kept(nb.Modality.FLOOR).filter(_binds_later)


def norway(*items: nb.Commitment, **options: object) -> dict[int, str]:
    path = stated_path(TABLE, record(*items), "NOR", on=ON, until=2030, **options)  # type: ignore[arg-type] # options
    return {year: str(share) for year, share in path.shares.items()}


START = "3.17 %"  # Norway in 2026


def test_without_a_promise_the_present_share_is_held() -> None:
    assert set(norway().values()) == {START}


def test_a_path_goes_through_each_dated_promise_in_equal_steps() -> None:
    aims = [promise(share, year, modality=nb.Modality.AIM) for share, year in (("3.57", "2028"), ("4.17", "2030"))]
    assert norway(*aims) == {
        2026: START, 2027: "3.37 %", 2028: "3.57 %", 2029: "3.87 %", 2030: "4.17 %",
    }  # fmt: skip


def test_a_step_path_changes_only_when_a_promise_is_due() -> None:
    assert norway(promise("4", "2028"), method=Interpolation.STEP) == {
        2026: START, 2027: START, 2028: "4.00 %", 2029: "4.00 %", 2030: "4.00 %",
    }  # fmt: skip


def test_a_range_stays_a_range() -> None:
    path = norway(promise("3.57-3.97", "2028"))
    assert path[2027] == "3.37-3.57 %"
    assert path[2030] == "3.57-3.97 %"


def test_a_promise_below_the_present_share_promises_no_cut() -> None:
    assert set(norway(promise("2", "2028"), promise("2")).values()) == {START}


def test_a_ceiling_bounds_the_path_and_a_standing_floor_lifts_it() -> None:
    assert norway(promise("4", "2028"), promise("3.5", modality=nb.Modality.CEILING))[2030] == "3.50 %"
    assert norway(promise("3.5", start=2025))[2027] == "3.50 %"
    assert norway(promise("3.5", start=2029))[2030] == "3.50 %"


@pytest.mark.parametrize(
    "item",
    [
        promise("4"),
        promise("4", modality=nb.Modality.AIM),
        promise("4", start=2028, modality=nb.Modality.AIM),
        promise("1", "2026", start=2024, modality=nb.Modality.CEILING),
        promise("4", "2028", refused=True, kind=nb.model.CommitmentKind.OPT_OUT),
        promise("4", "2028", modality=nb.Modality.THRESHOLD),
        promise("4", "2028", modality=nb.Modality.REACHED),
        promise("4", "2028", kind=nb.model.CommitmentKind.DEMAND),
        promise("4", "2028", component=nb.model.Component.TOTAL),
        promise("4", "2028", component=nb.model.Component.EQUIPMENT),
        promise("4", "2026"),
        promise("4", "2028", announced=nb.Announced.parse("2026-07-02", nb.Precision.DAY)),
        promise("4", "2028", announced=nb.Announced.unknown()),
    ],
    ids=str,
)
def test_what_says_nothing_of_a_path_leaves_it_as_it_is(item: nb.Commitment) -> None:
    assert set(norway(item).values()) == {START}


def test_a_total_speaks_of_core_only_when_told_how_to_read_it() -> None:
    total = promise("5", "2030", component=nb.model.Component.TOTAL)
    assert norway(total, hague=nb.HAGUE)[2030] == "3.50 %"
    assert norway(attrs.evolve(total, share=nb.model.ShareRange.parse("1 %")), hague=nb.HAGUE)[2030] == START


@given(st.lists(PROMISES, max_size=5), FLOORS, st.sampled_from(Interpolation))
def test_adding_a_floor_never_lowers_the_path(
    promises: list[nb.Commitment], floor: nb.Commitment, method: Interpolation
) -> None:
    old = stated_path(TABLE, record(*promises), "NOR", on=ON, method=method)
    new = stated_path(TABLE, record(*promises, floor), "NOR", on=ON, method=method)
    for when in old.shares:
        assert (new.shares[when].low - old.shares[when].low).value > -ROUNDING
        assert (new.shares[when].high - old.shares[when].high).value > -ROUNDING


@given(st.lists(PROMISES, max_size=5), FLOORS, st.sampled_from(Interpolation))
def test_a_floor_is_kept_from_its_year_on_but_for_a_ceiling(
    promises: list[nb.Commitment], floor: nb.Commitment, method: Interpolation
) -> None:
    path = stated_path(TABLE, record(*promises, floor), "NOR", on=ON, method=method)
    first = floor.start or (floor.deadline.latest if floor.deadline else 2036)
    for year in range(max(first, 2027), 2036):
        ceiling = path.ceilings.get(year)
        least = min(floor.share.low, ceiling.low) if ceiling else floor.share.low
        assert (path.shares[year].low - least).value > -ROUNDING


def test_a_floor_below_the_path_does_not_bend_it() -> None:
    aim = promise("4.37", "2029", modality=nb.Modality.AIM)
    assert norway(aim, promise("3.3", "2028")) == norway(aim)
    germany = RECORD.extended([attrs.evolve(promise("2", "2028"), party=nb.Country("DEU"))])
    for year, share in stated_path(TABLE, RECORD, "DEU", on=ON).shares.items():
        assert stated_path(TABLE, germany, "DEU", on=ON).shares[year] == share


def test_a_dated_floor_above_the_path_leads_it_there() -> None:
    hague = promise("4.07", "2035")
    path = stated_path(TABLE, record(hague), "NOR", on=ON)
    assert [str(path.shares[year]) for year in (2026, 2027, 2035)] == [START, "3.27 %", "4.07 %"]


def test_an_aim_bends_the_path_even_where_it_lies_below_the_line() -> None:
    aims = [promise(share, year, modality=nb.Modality.AIM) for share, year in (("3.2", "2029"), ("4.2", "2030"))]
    assert norway(*aims)[2029] == "3.20 %"


def test_an_aim_that_leaves_its_year_open_takes_no_path_down_to_it() -> None:
    aim = promise("4.17", "2030", modality=nb.Modality.AIM)
    assert norway(aim, promise("3.2", "2027-2029", modality=nb.Modality.AIM)) == norway(aim)
    assert norway(promise("3.57", "2027-2028", modality=nb.Modality.AIM))[2027] == "3.37 %"


def test_the_british_ambition_for_the_next_parliament_is_due_at_its_end() -> None:
    path = stated_path(TABLE, RECORD, "GBR", on=ON)
    assert str(path.milestones[2034]) == "3.00 %"
    assert [str(path.shares[year]) for year in (2029, 2034)] == ["2.83 %", "3.39 %"]


def test_a_range_of_floors_or_ceilings_bounds_each_end_by_its_own() -> None:
    aim = promise("2-5", "2027", modality=nb.Modality.AIM)
    assert norway(aim, promise("3.3-3.5", start=2025))[2028] == "3.30-5.00 %"
    assert norway(promise("3.3-3.5", start=2025))[2028] == "3.30-3.50 %"
    assert norway(promise("5", "2027"), promise("3.5-4", modality=nb.Modality.CEILING))[2028] == "3.50-4.00 %"


def test_a_ceiling_bounds_the_years_that_it_names() -> None:
    ceiling = promise("3.5", "2029", start=2028, modality=nb.Modality.CEILING)
    path = norway(promise("4", "2027"), ceiling)
    assert [path[year] for year in range(2027, 2031)] == ["4.00 %", "3.50 %", "3.50 %", "4.00 %"]
    text = stated_path(TABLE, record(ceiling), "NOR", on=ON).explain()
    assert "at most 3.50 % from 2028 to 2029" in text


def test_a_ceiling_below_a_promise_is_a_contradiction_that_is_told() -> None:
    ceiling = promise("3.5", modality=nb.Modality.CEILING)
    later = promise("3.5", start=2031, modality=nb.Modality.CEILING)
    floor, aim = promise("4", "2028"), promise("5", "2029", modality=nb.Modality.AIM)
    path = stated_path(TABLE, record(ceiling, later, floor, aim), "NOR", on=ON)
    assert [(one.key[0], other.key[0]) for one, other in path.conflicts] == [("0", "2"), ("0", "3"), ("1", "2")]
    assert "contradiction: Norway, ceiling: 3.50 %" in path.explain()
    assert stated_path(TABLE, record(ceiling, promise("3.5", "2028")), "NOR", on=ON).conflicts == ()


@pytest.mark.parametrize("start", [2025, 2026, 2028])
def test_a_floor_ends_with_its_deadline_if_it_has_a_start(start: int) -> None:
    floor = promise("3", "2030", start=start)
    for first, together in ((2030, True), (2031, False)):
        ceiling = promise("2.5", start=first, modality=nb.Modality.CEILING)
        path = stated_path(TABLE, record(floor, ceiling), "NOR", on=ON)
        assert bool(path.conflicts) is together
        open_ended = stated_path(TABLE, record(promise("3", start=start), ceiling), "NOR", on=ON)
        assert open_ended.conflicts  # a floor without a deadline has no end


def test_a_weak_remark_that_was_overtaken_does_not_bind_hungary() -> None:
    path = stated_path(TABLE, RECORD, "HUN", on=ON, hague=nb.HAGUE)
    assert (path.ceilings, str(path.shares[2035])) == ({}, "3.50 %")


@pytest.mark.parametrize(
    ("change", "is_off"),
    [
        ({}, True),
        ({"deadline": None}, True),
        ({"share": nb.model.ShareRange.parse("3 %")}, True),
        ({"share": nb.model.ShareRange.parse("4.5 %")}, False),
        ({"deadline": nb.model.Deadline.parse("2029")}, False),
        ({"component": nb.model.Component.TOTAL}, False),
    ],
)
def test_a_refusal_in_force_takes_a_contested_promise_off_the_path(change: dict[str, object], is_off: bool) -> None:
    contested = promise("4", "2030", standing=nb.model.Standing.CONTESTED)
    refusal = attrs.evolve(promise("4", "2030", refused=True, kind=nb.model.CommitmentKind.OPT_OUT), **change)  # type: ignore[arg-type] # fields of a commitment
    path = stated_path(TABLE, record(contested, refusal), "NOR", on=ON)
    assert (2030 not in path.milestones) is is_off
    assert ("contested, and refused by 1-test" in path.explain()) is is_off
    firm = attrs.evolve(contested, standing=nb.model.Standing.IN_FORCE)
    assert 2030 in stated_path(TABLE, record(firm, refusal), "NOR", on=ON).milestones


def test_slovenias_refusal_takes_its_signature_off_the_path() -> None:
    path = stated_path(TABLE, RECORD, "SVN", on=ON, hague=nb.HAGUE)
    assert list(path.milestones) == [2030]
    assert "SVN-2025-5.0-SIGNED" in path.reasons


def test_what_bears_no_date_is_told_where_it_would_bear_on_the_path() -> None:
    path = stated_path(TABLE, RECORD, "ITA", on=ON, hague=nb.HAGUE)
    assert [item.key for item in path.undated] == ["ITA-2025-5.0-TENYEARS"]
    assert "undated, not on the path yet: Italy, aim: 5.00 %" in path.explain()
    assert stated_path(TABLE, RECORD, "ITA", on=ON).undated == ()


def test_a_path_may_start_from_an_earlier_year() -> None:
    path = stated_path(TABLE, RECORD, "NLD", on=ON, start_year=2024)
    assert (path.first_year, path.start) == (2024, TABLE.share_of_gdp("NLD", 2024).value)


def test_an_explanation_says_how_a_total_is_read() -> None:
    assert "less the 1.50 % of related spending" in stated_path(TABLE, RECORD, "CAN", on=ON, hague=nb.HAGUE).explain()
    assert "related spending" not in stated_path(TABLE, RECORD, "DEU", on=ON, hague=nb.HAGUE).formula


@given(st.lists(st.tuples(PERCENT, YEARS), max_size=5), st.sampled_from(Interpolation))
def test_a_path_never_falls_without_a_ceiling(promises: list[tuple[Decimal, int]], method: Interpolation) -> None:
    path = stated_path(
        TABLE, record(*(promise(str(share), str(when)) for share, when in promises)), "NOR", on=ON, method=method
    )
    lows = [share.low for share in path.shares.values()]
    assert lows == sorted(lows)
    assert path.holds_from == max((when for _, when in promises), default=2026)


def test_a_national_definition_warns_unless_it_is_acknowledged() -> None:
    item = promise("4", "2028", definition=nb.model.Definition.NATIONAL)
    with pytest.warns(MixedDefinitionsWarning, match="national definition"):
        warned = norway(item)
    assert norway(item, mixed_definitions_ok=True) == warned


def test_a_path_must_end_after_it_starts() -> None:
    with pytest.raises(InvalidYearError, match="a year after 2026"):
        stated_path(TABLE, record(), "NOR", on=ON, until=2026)


def test_a_path_starts_no_later_than_the_day_asked_about() -> None:
    path = stated_path(TABLE, RECORD, "NLD", on=dt.date(2024, 2, 1))
    assert (path.first_year, path.start) == (2024, TABLE.share_of_gdp("NLD", 2024).value)


def test_an_explanation_names_each_promise_used_and_unused() -> None:
    path = stated_path(TABLE, RECORD, "ESP", on=ON, hague=nb.HAGUE)
    text = path.explain()
    assert "at most 2.10 %" in text
    assert "not on the path: Spain, refuses 5.00 %" in text
    assert path.status is nb.Status.PROJECTION
    assert all(item.source in path.sources for item in path.used)
    assert "at least 2.00 %" in stated_path(TABLE, RECORD, "NLD", on=ON, method=Interpolation.STEP).explain()


def test_a_single_commitment_tells_its_start_year_where_it_has_no_deadline() -> None:
    assert "from 2029" in str(promise("3.5", start=2029))
