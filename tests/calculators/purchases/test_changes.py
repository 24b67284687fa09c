"""Before and after a day: windows, exact tests against SciPy, and what is refused."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import natoburden as nb
from natoburden.calculators.purchases._exact_tests import p_of_counts, p_of_pairs
from natoburden.calculators.purchases.notice_changes import moved
from natoburden.datasets import _files
from natoburden.errors import MixedReportersError, NoObservationError, UnexpectedValueError
from natoburden.model import Agency, ReportedBy
from tests.calculators.purchases.made import DAY, exports, months, notice, notices

COUNTS = st.integers(0, 60)
DAYS = st.integers(1, 600)
compare = nb.purchases.before_and_after


# --- the tests themselves --------------------------------------------------------------------------------


@given(before=COUNTS, after=COUNTS, days_before=DAYS, days_after=DAYS)
def test_p_of_counts_is_that_of_scipys_binomial_test(
    before: int, after: int, days_before: int, days_after: int
) -> None:
    ours = p_of_counts(before, after, days_before, days_after)
    if not before + after:
        assert ours == 1
        return
    theirs = stats.binomtest(after, before + after, days_after / (days_before + days_after)).pvalue
    assert float(ours) == pytest.approx(theirs, rel=1e-6, abs=1e-12)


@given(total=st.integers(1, 120))
def test_of_equal_rates_at_most_5_percent_are_found_different(total: int) -> None:
    found = [k for k in range(total + 1) if p_of_counts(total - k, k, 100, 100) <= Decimal("0.05")]
    assert stats.binom.pmf(found, total, 0.5).sum() <= 0.05 + 1e-12


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=9))
def test_p_of_pairs_is_that_of_scipys_permutation_test(differences: list[int]) -> None:
    theirs = stats.permutation_test(
        (differences,),
        lambda sample, axis: sample.sum(axis=axis),
        permutation_type="samples",
        n_resamples=10**6,
        vectorized=True,
    )
    # SciPy doubles the smaller tail; the distribution is symmetric, so that both are the same.
    assert float(p_of_pairs(list(map(Decimal, differences)))) == pytest.approx(min(1.0, theirs.pvalue), abs=1e-9)


@pytest.mark.parametrize(
    ("day", "by", "then"),
    [
        ("2025-02-13", -12, "2024-02-13"),
        ("2025-03-31", -1, "2025-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2025-01-15", -1, "2024-12-15"),
    ],
)
def test_a_day_is_moved_by_months(day: str, by: int, then: str) -> None:
    assert moved(dt.date.fromisoformat(day), by) == dt.date.fromisoformat(then)


# --- notices ---------------------------------------------------------------------------------------------


def every(days: int, first: dt.date, last: dt.date, buyer: str = "POL") -> list[nb.model.SaleNotification]:
    count = (last - first).days // days + 1
    return [notice(first + dt.timedelta(days * n), 100 + n, buyer) for n in range(count)]


def test_notices_at_one_rate_show_no_change() -> None:
    found = compare(notices(*every(10, dt.date(2023, 2, 13), dt.date(2027, 2, 13))), DAY)
    assert found.months == 24
    assert found.p > Decimal("0.9")


def test_twice_as_many_notices_are_found() -> None:
    steady = every(10, dt.date(2023, 2, 13), dt.date(2027, 2, 13))
    found = compare(notices(*steady, *every(10, DAY, dt.date(2027, 2, 13), "DEU")), DAY)
    assert found.p < Decimal("0.001")
    assert found.change_of_count is not None
    assert round(found.change_of_count.as_percent) == 97


def test_windows_are_as_many_months_up_to_the_day_and_from_it_on() -> None:
    record = notices(
        *(notice(day) for day in ("2024-12-12", "2024-12-13", "2025-02-12", "2025-02-13", "2025-04-12", "2025-04-13"))
    )
    found = compare(record, DAY, months=2)
    assert (found.since, found.until) == (dt.date(2024, 12, 13), dt.date(2025, 4, 12))
    assert (found.before.count, found.after.count) == (2, 2)
    assert compare(record, DAY).months == 2


def test_counts_around_the_demand_are_those_of_the_table() -> None:
    with (_files.DATA / "american/us_arms_notifications.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["buyer"] in {"POL", "DEU"}]
    for buyer in ("POL", "DEU"):
        days = [row["notified_on"] for row in rows if row["buyer"] == buyer]
        found = compare(nb.datasets.us_arms_notifications(), DAY, of=buyer, months=12)
        assert found.before.count == sum("2024-02-13" <= day < "2025-02-13" for day in days)
        assert found.after.count == sum("2025-02-13" <= day < "2026-02-13" for day in days)


def test_a_change_is_told_without_the_largest_notice_and_around_other_days() -> None:
    record = notices(
        notice("2024-06-01", 1),
        notice("2024-12-01", 100),
        notice("2025-03-01", 1000),
        notice("2025-06-01", 50),
        first_day=dt.date(2024, 1, 1),
        last_day=dt.date(2026, 1, 1),
    )
    found = compare(record, DAY, months=6)
    assert (str(found.change_of_ceilings), found.change_without_largest) == ("+950.00 %", None)
    assert [str(row.day) for row in found.other_days] == [
        "2024-11-13", "2024-12-13", "2025-01-13", "2025-03-13", "2025-04-13", "2025-05-13",
    ]  # fmt: skip
    assert found.other_days[5].before == 2
    assert "around 2025-03-13" in str(found)
    assert found.to_row()["before"] == 1


def test_nothing_before_leaves_changes_unknown() -> None:
    record = notices(notice("2025-03-01"), first_day=dt.date(2024, 1, 1), last_day=dt.date(2026, 1, 1))
    found = compare(record, DAY, of=None)
    assert found.change_of_count is None
    assert "unknown: none before" in str(found)
    assert "all buyers" in found.headline
    assert compare(record, DAY, of=Agency("NATO Agency")).after.count == 0


def test_a_window_may_be_one_month() -> None:
    record = notices(notice("2024-12-01"), notice("2025-02-20"), notice("2025-03-20"))
    found = compare(record, dt.date(2025, 2, 1), months=1)
    assert (found.before.count, found.after.count) == (0, 1)


@pytest.mark.parametrize("wanted", [12, 40])
def test_a_window_beyond_the_record_is_refused(wanted: int) -> None:
    record = notices(notice("2024-12-01"), notice("2025-03-20"))
    with pytest.raises(UnexpectedValueError, match="the record covers 2024-12-01 to 2025-03-20: at most 1 months"):
        compare(record, DAY, months=wanted)
    with pytest.raises(UnexpectedValueError, match="at most 0 months"):
        compare(record, dt.date(2025, 3, 20))


# --- months of a fuel ------------------------------------------------------------------------------------

STEADY = months("POL", "2024-03", 11, 100) | months("POL", "2025-03", 11, 100)
DOUBLED = months("POL", "2024-03", 11, 100) | months("POL", "2025-03", 11, 200)


def test_months_of_one_volume_show_no_change() -> None:
    found = compare(exports(STEADY), DAY, of="POL")
    assert (found.months, found.p, found.change) == (11, Decimal(1), nb.Rate.percent(0))


def test_doubled_months_are_found() -> None:
    found = compare(exports(DOUBLED), DAY, of="POL")
    assert found.p == Decimal(2) / 2**11
    assert str(found.change) == "+100.00 %"
    assert (str(found.earlier), str(found.later)) == ("2024-03 to 2025-01", "2025-03 to 2026-01")
    assert found.find("pair of months that differs most").text == "100.00 MMcf in 2024-03, 200.00 MMcf in 2025-03"
    assert str(found.pairs[0]).startswith("2025-03 beside 2024-03")


def test_real_months_are_those_of_the_table() -> None:
    with (_files.DATA / "american/lng_exports_by_month.csv").open(encoding="utf-8", newline="") as file:
        rows = {
            (row["destination"], row["period"]): Decimal(row["million_cubic_feet"] or 0) for row in csv.DictReader(file)
        }
    flows = nb.datasets.us_energy_exports("lng", every="month")
    found = compare(flows, DAY, of="FRA", first="2025-05", months=11, years_before=2)
    later = [*(f"2025-{month:02}" for month in range(5, 13)), "2026-01", "2026-02", "2026-03"]
    assert found.after.amount == sum(rows["FRA", month] for month in later)
    assert found.before.amount == sum(rows["FRA", f"{int(month[:4]) - 2}{month[4:]}"] for month in later)


def test_a_blank_of_a_member_is_named_and_not_zero() -> None:
    volumes: dict[tuple[str, str], int | None] = {**months("POL", "2024-03", 2, 100), **months("POL", "2025-03", 2, 50)}
    zeros = {
        (country.alpha_3, month): 0
        for country in nb.Group.find("NATO_EU").members(2026)
        for month in ("2024-03", "2024-04", "2025-03", "2025-04")
    }
    found = compare(exports({**zeros, **volumes, ("DEU", "2025-04"): None}), DAY, of="NATO_EU")
    assert found.find("without a published figure").text == "Germany, 2025-04"
    assert found.after.amount == 100


def test_a_hole_is_refused_with_what_to_do() -> None:
    flows = nb.datasets.us_energy_exports("lng", every="month")
    told = r"only the world's total; both sides have .*first='2025-05', months=11, years_before=2"
    with pytest.raises(NoObservationError, match=told):
        compare(flows, DAY, of="DEU", months=11)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"months": 12}, "12 months of LNG"),
        ({"first": "2025-02"}, "give 2025-03 or a later one"),
        ({"first": "2026"}, "give 2025-03 or a later one"),
        ({"of": None}, "name a country or a group"),
        ({"of": Agency("NATO Agency")}, "name a country or a group"),
        ({"fuel": "O4000XBIO"}, "monthly table"),
        ({"years_before": 0}, "at least one"),
    ],
)
def test_what_cannot_be_compared_is_refused(change: dict[str, Any], told: str) -> None:
    given: dict[str, Any] = {"of": "POL"} | change
    with pytest.raises((UnexpectedValueError, NoObservationError, ValueError), match=told):
        compare(exports(STEADY), DAY, **given)


def test_months_that_reach_the_day_on_the_other_side_are_refused() -> None:
    long = months("POL", "2023-03", 44, 100)
    assert compare(exports(long), DAY, of="POL").months == 11
    with pytest.raises(UnexpectedValueError, match="years_before=2, or at most 11 months"):
        compare(exports(long), DAY, of="POL", months=12)
    with pytest.raises(UnexpectedValueError, match="at most 16"):
        compare(exports(long), DAY, of="POL", first="2025-03", months=17, years_before=2)


def test_importers_figures_are_not_taken_for_exports() -> None:
    with pytest.raises(MixedReportersError):
        compare(exports(STEADY, side=ReportedBy.IMPORTER), DAY, of="POL")


def test_a_group_is_the_same_countries_on_both_sides() -> None:
    record = notices(  # Sweden joined on 7 March 2024
        notice("2024-02-01", 1, "SWE"), notice("2025-06-01", 1, "SWE"),
        first_day=dt.date(2023, 1, 1), last_day=dt.date(2026, 12, 31),
    )  # fmt: skip
    found = compare(record, DAY, of="NATO", months=18)
    assert (found.before.count, found.after.count) == (1, 1)


def test_a_hole_without_half_a_year_on_both_sides_suggests_nothing() -> None:
    short = months("POL", "2024-03", 3, 100) | months("POL", "2025-03", 4, 100)
    with pytest.raises(NoObservationError) as caught:
        compare(exports(short), DAY, of="POL")
    assert "both sides" not in str(caught.value)
    assert caught.value.entity == "Poland"


@pytest.mark.parametrize("more", [{"fuel": "crude"}, {"first": "2025-05"}, {"years_before": 2}])
def test_what_is_said_of_months_of_a_fuel_is_not_passed_over_for_notices(more: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedValueError, match=f"{next(iter(more))} is not usable as an option of notices"):
        compare(nb.datasets.us_arms_notifications(), DAY, **more)
