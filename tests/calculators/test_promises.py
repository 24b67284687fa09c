"""What commitments imply: paths, sums, keeping, arrival and credibility."""

from __future__ import annotations

import datetime as dt
import warnings
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators.promises import (
    Interpolation,
    Outcome,
    PromiseTest,
    SumOfPromises,
    arrival,
    credibility,
    promise_tests,
    stated_path,
    sum_of_promises,
)
from natoburden.errors import InvalidNumberError, InvalidYearError, MixedDefinitionsWarning, TargetMismatchError

TABLE = nb.datasets.defence_expenditure("2026-07")
RECORD = nb.datasets.commitments()
ON = dt.date(2026, 7, 1)
SOURCE = nb.Source(title="A test", publisher="the tests")
GROWTH = nb.Rate.percent("1.5")
PERCENT = st.decimals(min_value="0.5", max_value=9, places=1)
YEARS = st.integers(2027, 2035)
ROUNDING = Decimal("1e-30")  # a share of a step is rounded at its 34th digit


def promise(percent: str, deadline: str | None = None, **given: object) -> nb.Commitment:
    base = nb.Commitment(
        key=f"test-{percent}-{deadline}-{sorted(given)}",
        party=nb.Country("NOR"),
        share=nb.ShareRange.parse(f"{percent} %"),
        component=nb.Component.CORE,
        kind=nb.CommitmentKind.PLAN,
        modality=nb.Modality.FLOOR,
        deadline=nb.Deadline.parse(deadline) if deadline else None,
        announced=nb.Announced.parse("2026-01-01", nb.Precision.DAY),
        source=SOURCE,
    )
    return attrs.evolve(base, **given)  # type: ignore[arg-type] # each case gives fields of a commitment


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


def record(*items: nb.Commitment) -> nb.Commitments:
    unique = [attrs.evolve(item, key=f"{number}-{item.key}") for number, item in enumerate(items)]
    return nb.Commitments(items=tuple(unique), collected=dt.date(2026, 11, 24))


def norway(*items: nb.Commitment, **options: object) -> dict[int, str]:
    path = stated_path(TABLE, record(*items), "NOR", on=ON, until=2030, **options)  # type: ignore[arg-type] # options
    return {year: str(share) for year, share in path.shares.items()}


START = "3.17 %"  # Norway in 2026


# --- paths -----------------------------------------------------------------------------------------------


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
        promise("4", "2028", refused=True, kind=nb.CommitmentKind.OPT_OUT),
        promise("4", "2028", modality=nb.Modality.THRESHOLD),
        promise("4", "2028", modality=nb.Modality.REACHED),
        promise("4", "2028", kind=nb.CommitmentKind.DEMAND),
        promise("4", "2028", component=nb.Component.TOTAL),
        promise("4", "2028", component=nb.Component.EQUIPMENT),
        promise("4", "2026"),
        promise("4", "2028", announced=nb.Announced.parse("2026-07-02", nb.Precision.DAY)),
        promise("4", "2028", announced=nb.Announced.unknown()),
    ],
    ids=str,
)
def test_what_says_nothing_of_a_path_leaves_it_as_it_is(item: nb.Commitment) -> None:
    assert set(norway(item).values()) == {START}


def test_a_total_speaks_of_core_only_when_told_how_to_read_it() -> None:
    total = promise("5", "2030", component=nb.Component.TOTAL)
    assert norway(total, hague=nb.HAGUE)[2030] == "3.50 %"
    assert norway(attrs.evolve(total, share=nb.ShareRange.parse("1 %")), hague=nb.HAGUE)[2030] == START


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


def test_a_weak_remark_that_was_overtaken_does_not_bind_hungary() -> None:
    path = stated_path(TABLE, RECORD, "HUN", on=ON, hague=nb.HAGUE)
    assert (path.ceilings, str(path.shares[2035])) == ({}, "3.50 %")


@pytest.mark.parametrize(
    ("change", "is_off"),
    [
        ({}, True),
        ({"deadline": None}, True),
        ({"share": nb.ShareRange.parse("3 %")}, True),
        ({"share": nb.ShareRange.parse("4.5 %")}, False),
        ({"deadline": nb.Deadline.parse("2029")}, False),
        ({"component": nb.Component.TOTAL}, False),
    ],
)
def test_a_refusal_in_force_takes_a_contested_promise_off_the_path(change: dict[str, object], is_off: bool) -> None:
    contested = promise("4", "2030", standing=nb.Standing.CONTESTED)
    refusal = attrs.evolve(promise("4", "2030", refused=True, kind=nb.CommitmentKind.OPT_OUT), **change)  # type: ignore[arg-type] # fields of a commitment
    path = stated_path(TABLE, record(contested, refusal), "NOR", on=ON)
    assert (2030 not in path.milestones) is is_off
    assert ("contested, and refused by 1-test" in path.explain()) is is_off
    firm = attrs.evolve(contested, standing=nb.Standing.IN_FORCE)
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
    item = promise("4", "2028", definition=nb.Definition.NATIONAL)
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


# --- sums ------------------------------------------------------------------------------------------------


def alliance(group: str, target: nb.Target) -> SumOfPromises:
    return sum_of_promises(TABLE, RECORD, group, on=ON, target=target, gdp_growth=GROWTH, mixed_definitions_ok=True)


def test_the_sum_over_allies_is_the_aggregate() -> None:
    result = alliance("NATO_EUR_CAN", nb.HAGUE_CORE)
    for row in result.years:
        allies = result.allies[row.year]
        assert row.low == nb.Money.total(ally.low for ally in allies)
        assert row.high == nb.Money.total(ally.high for ally in allies)
        assert row.share_low == row.low.share_of(row.gdp)
        assert row.shortfall_most == nb.Money.total(ally.shortfall("low") for ally in allies)
        assert row.shortfall_least <= row.shortfall_most
        assert row.share_low <= row.share_high
    assert [row.year for row in result.years] == list(range(2027, 2036))
    assert "Italy" in result.explain()
    assert nb.Country("ITA") in result.without_promise


def test_gdp_grows_from_the_published_figure() -> None:
    result = alliance("NATO_EUR_CAN", nb.HAGUE_CORE)
    germany = result.allies[2028]["DEU"]
    base = TABLE.gdp("DEU", 2026, TABLE.edition.constant_prices).value
    assert abs((germany.gdp - base * Decimal("1.030225")).amount) < Decimal("1e-9")
    assert abs((germany.low - germany.gdp * nb.Share.percent("3.23")).amount) < Decimal("1e-9")


def test_all_commitments_at_the_target_leave_no_shortfall() -> None:
    allies = TABLE.reporting_members("NATO", 2026)
    everyone = record(*(attrs.evolve(promise("3.5", "2035"), party=ally) for ally in allies))
    result = sum_of_promises(TABLE, everyone, "NATO", on=ON, target=nb.HAGUE_CORE, gdp_growth=GROWTH)
    assert all(row.shortfall_most.amount == 0 for row in result.years)
    assert result.without_promise == ()
    assert "no dated promise" not in result.explain()


def opted_out(commitments: nb.Commitments = RECORD, **options: object) -> SumOfPromises:
    ask = {"on": ON, "target": nb.HAGUE_CORE, "gdp_growth": GROWTH, "mixed_definitions_ok": True} | options
    return sum_of_promises(TABLE, commitments, "NATO_EUR_CAN", **ask)  # type: ignore[arg-type] # one set of options


def test_an_opt_out_lowers_the_sum_and_is_shown() -> None:
    result = opted_out()
    spain = result.opt_outs["Spain"]
    assert [item.key for item in spain.commitments] == ["ESP-2025-2.1-CEILING"]
    last = result.allies[2035]["Spain"]
    assert spain.lowers[2035] == last.asked - last.low
    assert spain.lowers[2035].amount > 0
    lowered = [row.lowers[2035] for row in result.opt_outs]
    assert result.without_opt_outs(2035) == nb.Money.total([result.years[-1].low, *lowered])
    assert result.years[-1].low < result.without_opt_outs(2035)
    assert f"opt-out of Spain: lowers 2035 by {spain.lowers[2035]}" in result.explain()
    assert "2.10 % of GDP, core (opt-out, 2025-06-22)" in spain.explain()
    assert nb.Country("ESP") not in result.without_promise
    path = next(path for path in result.paths if path.country == nb.Country("ESP"))
    assert str(path.ceilings[2035]) == "2.10 %"


def test_without_its_opt_outs_an_ally_has_none_and_promises_what_it_said() -> None:
    """By default Spain said nothing else of core spending; read with the totals, its signature counts again."""
    outs = RECORD.select(lambda item: not (item.party == nb.Country("ESP") and item.kind is nb.CommitmentKind.OPT_OUT))
    silent = opted_out(outs)
    assert nb.Country("ESP") in silent.without_promise
    assert all(row.country != nb.Country("ESP") for row in silent.opt_outs)
    assert opted_out(hague=nb.HAGUE).years[-1].high < opted_out(outs, hague=nb.HAGUE).years[-1].high


def test_an_opt_out_from_more_than_the_target_is_none_from_it() -> None:
    """The United States refuse 5 % for themselves, which says nothing of 3.5 %."""
    result = sum_of_promises(
        TABLE, RECORD, "NATO", on=ON, target=nb.HAGUE_CORE, gdp_growth=GROWTH, mixed_definitions_ok=True
    )
    assert [row.country.key for row in result.opt_outs] == ["CZE", "ESP"]
    whole = opted_out(hague=nb.HAGUE)
    assert [row.country.key for row in whole.opt_outs] == ["CZE", "ESP", "SVK", "SVN"]
    assert whole.opt_outs["Slovakia"].lowers[2035].amount == 0


def test_no_year_outside_the_sum_is_told_without_opt_outs() -> None:
    with pytest.raises(InvalidYearError, match="2027 to 2035"):
        opted_out().without_opt_outs(2036)


def test_a_sum_explains_its_method_its_promises_and_what_bears_no_date() -> None:
    text = opted_out(hague=nb.HAGUE, method=Interpolation.STEP).explain()
    assert "between promises no change; totals are read as core spending, less 1.50 %" in text
    assert "undated, not counted yet: BEL-2026-2.0-LPM, " in text
    assert "ITA-2025-5.0-TENYEARS" in text
    assert "totals are not read as core spending" in opted_out().formula
    assert RECORD["ESP-2025-2.1-CEILING"].source in opted_out().sources


@pytest.mark.parametrize(
    "target",
    [nb.WALES_EQUIPMENT, nb.HAGUE_TOTAL, nb.HAGUE_RELATED, attrs.evolve(nb.HAGUE_CORE, modality=nb.Modality.CEILING)],
)
def test_only_a_target_of_core_expenditure_can_be_reached_on_a_path(target: nb.Target) -> None:
    with pytest.raises(TargetMismatchError, match="paths are of core expenditure"):
        opted_out(target=target)
    with pytest.raises(TargetMismatchError, match="paths are of core expenditure"):
        arrival(TABLE, stated_path(TABLE, RECORD, "DEU", on=ON), target)


def test_a_warning_of_definitions_points_to_the_caller() -> None:
    item = record(promise("4", "2028", definition=nb.Definition.NATIONAL))
    with pytest.warns(MixedDefinitionsWarning) as of_path:
        stated_path(TABLE, item, "NOR", on=ON)
    with pytest.warns(MixedDefinitionsWarning) as of_sum:
        sum_of_promises(TABLE, item, "NATO", on=ON, target=nb.HAGUE_CORE, gdp_growth=GROWTH)
    assert [warning.filename for warning in (*of_path, *of_sum)] == [__file__, __file__]
    gni = record(promise("4", "2028", of_gni=True))
    with pytest.warns(MixedDefinitionsWarning, match="of GNI"):
        stated_path(TABLE, gni, "NOR", on=ON)


def test_a_target_without_a_deadline_is_asked_for_in_the_next_year() -> None:
    result = alliance("NATO", nb.VILNIUS_FLOOR)
    assert [row.year for row in result.years] == [2027]


# --- keeping ---------------------------------------------------------------------------------------------


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
        (nb.Definition.UNSTATED, "definition: unstated, taken for NATO's"),
        (nb.Definition.NATO, "definition: NATO definition"),
        (nb.Definition.NATIONAL, "definition: national, held against NATO's as asked"),
    ):
        row = outcomes_of(promise("3", "2025", definition=definition), mixed_definitions_ok=True)[0]
        assert words in row.explain()
    row = outcomes_of(promise("3", "2025", of_gni=True), mixed_definitions_ok=True)[0]
    assert "definition: a share of GNI, held against one of GDP as asked" in row.explain()


def test_a_range_is_kept_at_its_easier_end() -> None:
    assert outcomes_of(promise("3-9", "2025"))[0].outcome is Outcome.KEPT
    assert outcomes_of(promise("1-3.2", start=2025, modality=nb.Modality.CEILING))[0].outcome is Outcome.KEPT


def test_a_promise_for_later_is_not_yet_due() -> None:
    row = outcomes_of(promise("4", "2035"))[0]
    assert (row.outcome, row.year, row.points, row.reason) == (Outcome.NOT_YET_DUE, 2035, None, "")


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (promise("4", "2025", refused=True, kind=nb.CommitmentKind.OPT_OUT), "it refuses a share"),
        (promise("4", "2025", kind=nb.CommitmentKind.DEMAND), "a demand promises nothing"),
        (promise("4", "2025", modality=nb.Modality.THRESHOLD), "a threshold promises nothing"),
        (promise("4", "2025", modality=nb.Modality.REACHED), "a claim promises nothing"),
        (promise("4", "2025", component=nb.Component.TOTAL), "NATO publishes no figure for total"),
        (promise("4", "2025", definition=nb.Definition.NATIONAL), "national definition"),
        (promise("4", "2025", of_gni=True), "a share of GNI"),
        (promise("4", announced=nb.Announced.unknown()), "names no year"),
        (promise("4", modality=nb.Modality.AIM), "an aim without a deadline names no year"),
        (promise("4", start=2022, modality=nb.Modality.AIM), "an aim without a deadline names no year"),
        (promise("4", "2025", standing=nb.Standing.PROPOSAL), "a proposal bound nobody"),
        (promise("4", "2025", standing=nb.Standing.WITHDRAWN), "it was withdrawn"),
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


def test_a_national_definition_is_compared_only_when_that_is_acknowledged() -> None:
    item = promise("3", "2025", definition=nb.Definition.NATIONAL)
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
    editions = nb.datasets.defence_expenditure_editions()
    rows = promise_tests(editions, [RECORD["SVK-2018-2.0-2024"]])
    assert [(row.edition, row.outcome.value) for row in rows] == [
        ("2024-06", "kept"), ("2025-08", "missed"), ("2026-07", "missed"),
    ]  # fmt: skip


# --- arrival and credibility -----------------------------------------------------------------------------


def test_arrival_tells_promises_and_trend_apart() -> None:
    path = stated_path(TABLE, RECORD, "DEU", on=ON)
    when = arrival(TABLE, path, nb.HAGUE_CORE)
    assert (when.on_promises, when.lateness(when.on_promises)) == (2029, 0)
    assert when.trend == nb.PercentagePoints("0.252")
    assert (when.on_trend, when.lateness(when.on_trend)) == (2030, 0)
    assert "2029, in time" in when.explain()


def test_a_late_arrival_says_how_late_and_no_arrival_is_never() -> None:
    late = arrival(TABLE, stated_path(TABLE, RECORD, "SVN", on=ON), nb.HAGUE_CORE)
    assert (late.on_promises, late.on_trend, late.lateness(late.on_trend)) == (None, 2052, 17)
    assert "never" in late.explain()
    assert "17 years late" in late.explain()
    assert "1 year late" in attrs.evolve(late, on_trend=2036).explain()
    falling = arrival(TABLE, stated_path(TABLE, RECORD, "USA", on=ON), nb.HAGUE_CORE)
    assert falling.on_trend is None


def test_a_target_met_already_is_met_in_the_present_year() -> None:
    when = arrival(TABLE, stated_path(TABLE, RECORD, "POL", on=ON), nb.VILNIUS_FLOOR)
    assert (when.on_promises, when.on_trend) == (2026, 2026)
    assert when.lateness(2026) == 3


@pytest.mark.parametrize("years", [0, -3, 2.5, True])
def test_a_trend_needs_a_whole_number_of_years(years: object) -> None:
    path = stated_path(TABLE, RECORD, "DEU", on=ON)
    with pytest.raises(InvalidNumberError, match="at least one"):
        arrival(TABLE, path, nb.HAGUE_CORE, trend_years=years)  # type: ignore[arg-type] # refused on purpose


def test_a_steady_plan_is_credible_and_one_that_falls_or_ends_short_is_not() -> None:
    steady = nb.pathways.path(nb.Share.percent(2), nb.HAGUE_CORE.share, first_year=2025, last_year=2035).by_year
    good = credibility(steady, nb.HAGUE_CORE)
    assert good.is_credible
    assert good.steepest is not None
    assert "credible: yes" in good.explain()
    late = credibility({year + 1: share for year, share in steady.items()}, nb.HAGUE_CORE)
    assert (late.is_credible, late.reached_in) == (False, None)
    assert "no year in time" in late.explain()
    falling = credibility({**steady, 2030: nb.Share.percent(2)}, nb.HAGUE_CORE)
    assert (falling.is_credible, falling.falls_in) == (False, (2030,))


def test_a_plan_of_one_year_has_no_steepest_rise_and_an_empty_one_is_refused() -> None:
    alone = credibility({2026: nb.Share.percent(3)}, nb.VILNIUS_FLOOR)
    assert alone.steepest is None
    assert "one year only" in alone.explain()
    with pytest.raises(InvalidYearError, match="at least one year"):
        credibility({}, nb.HAGUE_CORE)


def test_a_single_commitment_tells_its_start_year_where_it_has_no_deadline() -> None:
    assert "from 2029" in str(promise("3.5", start=2029))


def test_words_stand_for_the_values_of_enumerations() -> None:
    assert [str(method) for method in Interpolation] == ["linear", "step"]
    assert [str(outcome) for outcome in Outcome] == ["kept", "missed", "not yet due", "not testable"]
