"""Every number that NATO prints and that follows from other printed numbers, recomputed from the bundled tables.

The edition of July 2026 prints money in millions, and shares and changes in percent with two decimals.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

import natoburden as nb

YEARS = range(2014, 2027)
CATEGORIES = [measure for measure in nb.Measure if measure.is_category]
AGGREGATES = ("NATO_EUR_CAN", "NATO")

# Current prices over current prices is not NATO's share; these ally-years show it (never more than 0.29 points).
SHARES_THAT_DIFFER_AT_CURRENT_PRICES = 13

# Printed to whole millions, these budgets are too small for their change to be recomputed within 0.05 points.
# NATO computes from unrounded data. The test beside this list bounds each of them by the rounding itself.
TINY_BUDGETS = {"ALB", "EST", "HRV", "LTU", "LUX", "LVA", "MKD", "MNE", "SVK", "SVN"}


def ally_years(table: nb.ExpenditureTable) -> list[tuple[nb.Country, int]]:
    return [(country, year) for country in table.countries for year in YEARS]


def test_every_published_share_of_gdp_is_the_ratio_of_constant_prices(table: nb.ExpenditureTable) -> None:
    misses = [
        (country, year)
        for country, year in ally_years(table)
        if abs(nb.targets.share_of_gdp(table, country, year).difference.value) > Decimal("0.01")
    ]
    assert len(ally_years(table)) == 403
    assert misses == []


def test_389_of_403_shares_come_out_to_both_printed_decimals(table: nb.ExpenditureTable) -> None:
    exact = sum(
        nb.targets.share_of_gdp(table, *which).share.published() == table.share_of_gdp(*which).value
        for which in ally_years(table)
    )
    assert exact == 389


def test_the_largest_rounding_of_a_published_share_is_0_0098_points(table: nb.ExpenditureTable) -> None:
    worst = max(abs(nb.targets.share_of_gdp(table, *which).difference.value) for which in ally_years(table))
    assert round(worst, 4) == Decimal("0.0098")


def test_the_ratio_of_current_prices_misses_the_published_share_of_13_ally_years(table: nb.ExpenditureTable) -> None:
    misses = {
        which: abs(nb.targets.share_of_gdp(table, *which, basis=nb.CURRENT_PRICES).difference.value)
        for which in ally_years(table)
    }
    large = {which: miss for which, miss in misses.items() if miss > Decimal("0.01")}
    worst = max(large, key=lambda which: large[which])
    assert len(large) == SHARES_THAT_DIFFER_AT_CURRENT_PRICES
    assert (worst[0].alpha_3, worst[1], round(large[worst], 2)) == ("NLD", 2025, Decimal("0.29"))


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("group", AGGREGATES)
def test_aggregates_are_sums_over_sums_with_iceland(table: nb.ExpenditureTable, group: str, year: int) -> None:
    computed = nb.targets.aggregate_share(table, group, year)
    printed = table.share_of_gdp(group, year).value
    assert abs((computed.share - printed).value) <= Decimal("0.005")


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("basis", [nb.CURRENT_PRICES, nb.PriceBasis.constant(2021)], ids=str)
@pytest.mark.parametrize("group", AGGREGATES)
def test_aggregates_are_the_members_of_that_year(
    table: nb.ExpenditureTable, group: str, basis: nb.PriceBasis, year: int
) -> None:
    """The sums agree with the printed totals to 3 million: a total and some 30 terms, each rounded to one."""
    computed = nb.targets.aggregate_share(table, group, year, basis=basis)
    spent = computed.expenditure - table.expenditure(group, year, basis).value
    produced = computed.gdp - table.gdp(group, year, basis).value
    assert max(abs(spent.in_millions), abs(produced.in_millions)) <= 3


@pytest.mark.parametrize("group", AGGREGATES)
def test_what_both_aggregates_leave_for_iceland_agrees(table: nb.ExpenditureTable, group: str) -> None:
    """Without Iceland, both aggregates' GDP misses the same 17 to 44 bn dollars in every year."""
    for year in YEARS:
        total = table.gdp(group, year).value
        rest = (
            total
            - nb.targets.aggregate_share(table, group, year, include_iceland_gdp=False, basis=nb.CURRENT_PRICES).gdp
        )
        iceland = nb.targets.aggregate_share(table, "NATO_EUR_CAN", year, basis=nb.CURRENT_PRICES).iceland_gdp
        assert iceland is not None
        assert abs((rest - iceland).in_millions) <= 2
        assert 17 < iceland.in_billions < 44


def test_icelands_gdp_decides_the_printed_share_of_2024(table: nb.ExpenditureTable) -> None:
    with_iceland = nb.targets.aggregate_share(table, "NATO_EUR_CAN", 2024)
    without = nb.targets.aggregate_share(table, "NATO_EUR_CAN", 2024, include_iceland_gdp=False)
    assert (str(with_iceland.share), str(without.share)) == ("1.96 %", "1.97 %")
    assert without.iceland_gdp is None


def test_a_mean_of_shares_is_not_the_aggregate(table: nb.ExpenditureTable) -> None:
    members = table.reporting_members("NATO_EUR_CAN", 2026)
    mean = sum(table.share_of_gdp(ally, 2026).value.as_percent for ally in members) / len(members)
    assert round(mean, 3) == Decimal("2.743")
    assert str(nb.targets.aggregate_share(table, "NATO_EUR_CAN", 2026).share) == "2.53 %"


@pytest.mark.parametrize("year", YEARS[1:])
@pytest.mark.parametrize("group", AGGREGATES)
def test_the_aggregates_real_change_is_recomputed(table: nb.ExpenditureTable, group: str, year: int) -> None:
    change = nb.targets.real_change(table, group, year)
    assert change.published is not None
    assert abs(change.rate.as_percent - change.published.as_percent) <= Decimal("0.01")


def test_every_allys_real_change_is_recomputed_but_for_tiny_budgets(table: nb.ExpenditureTable) -> None:
    misses = {
        country.alpha_3
        for country in table.countries
        for year in YEARS[1:]
        if real_change_miss(table, country, year) > Decimal("0.05")
    }
    assert misses == TINY_BUDGETS


def test_no_allys_real_change_is_off_by_more_than_the_rounding_of_its_amounts(table: nb.ExpenditureTable) -> None:
    """Half a million on either amount, and half a hundredth on the printed change, explain every miss."""
    half = Decimal("500000")
    for country in table.countries:
        for year in YEARS[1:]:
            change = nb.targets.real_change(table, country, year)
            before, after = change.before.amount, change.after.amount
            bound = 100 * ((after + half) / (before - half) - after / before) + Decimal("0.005")
            assert real_change_miss(table, country, year) <= bound, (country, year)


def real_change_miss(table: nb.ExpenditureTable, country: nb.Country, year: int) -> Decimal:
    change = nb.targets.real_change(table, country, year)
    assert change.published is not None
    return abs(change.rate.as_percent - change.published.as_percent)


def test_the_four_categories_add_up_to_the_whole(table: nb.ExpenditureTable) -> None:
    blank = {("NLD", 2026), ("PRT", 2026)}  # three of four categories are not printed
    sums = {
        (country.alpha_3, year): sum(
            table.category_share(category, country, year).value.as_percent for category in CATEGORIES
        )
        for country, year in ally_years(table)
        if (country.alpha_3, year) not in blank
    }
    assert len(sums) == 401
    assert min(sums.values()) == Decimal("99.99")
    assert max(sums.values()) == Decimal("100.01")
    for country, year in blank:
        with pytest.raises(nb.errors.NoObservationError, match="blank"):
            table.category_share(nb.Measure.PERSONNEL_SHARE, country, year)


def test_the_2024_edition_recomputes_from_unrounded_figures(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    """The edition of June 2024 carries full precision: its shares are its ratios, but for three cells.

    Slovakia's 2024 share stands there as exactly 2; France's of 2020 and Lithuania's of 2019 differ from their own
    amounts by a hundredth of a point or less, which NATO does not explain.
    """
    table = editions[0]
    misses = {
        (country.alpha_3, year)
        for country in table.countries
        for year in range(2014, 2025)
        if abs(nb.targets.share_of_gdp(table, country, year).difference.value) > Decimal("1e-9")
    }
    assert misses == {("FRA", 2020), ("LTU", 2019), ("SVK", 2024)}


def test_the_2024_edition_prints_icelands_gdp_and_counts_it(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    table = editions[0]
    for year in range(2014, 2025):
        computed = nb.targets.aggregate_share(table, "NATO_EUR_CAN", year)
        assert computed.iceland_gdp == table.gdp("ISL", year, nb.PriceBasis.constant(2015)).value
        assert abs((computed.share - table.share_of_gdp("NATO_EUR_CAN", year).value).value) < Decimal("1e-9")


# --- reference values ------------------------------------------------------------------------------------


def test_reference_shares_of_gdp(table: nb.ExpenditureTable, reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["share_of_gdp"]:
        result = nb.targets.share_of_gdp(table, case["entity"], case["year"])
        printed = {item.measure: item.value for item in result.inputs}
        assert printed[nb.Measure.EXPENDITURE].in_millions == Decimal(case["expenditure"])
        assert printed[nb.Measure.GDP].in_millions == Decimal(case["gdp"])
        assert str(result.share) == f"{case['expected']} %"


def test_reference_aggregate_shares(table: nb.ExpenditureTable, reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["aggregate_share"]:
        result = nb.targets.aggregate_share(table, case["group"], case["year"])
        assert abs(result.expenditure.in_millions - Decimal(case["expenditure"])) <= 2
        assert abs(result.gdp.in_millions - Decimal(case["gdp"])) <= 2
        assert str(result.share) == f"{case['expected']} %"


def test_reference_real_changes(table: nb.ExpenditureTable, reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["real_change"]:
        published = nb.targets.real_change(table, case["group"], case["year"])
        same = nb.targets.real_change(table, case["group"], case["year"], mode=nb.targets.ChangeMode.LIKE_FOR_LIKE)
        assert abs(published.before.in_millions - Decimal(case["before"])) <= 2
        assert abs(published.after.in_millions - Decimal(case["after"])) <= 2
        assert str(published.rate) == f"+{case['expected']} %"
        assert str(same.rate) == f"+{case['like_for_like']} %"


def test_reference_us_shares(table: nb.ExpenditureTable, reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["us_share"]:
        constant = nb.targets.share_of_group(table, "USA", "NATO", case["year"])
        current = nb.targets.share_of_group(table, "USA", "NATO", case["year"], basis=nb.CURRENT_PRICES)
        assert str(constant.share) == f"{case['constant']} %"
        assert str(current.share) == f"{case['current']} %"
        if "of_gdp" in case:
            gdp = nb.targets.share_of_group(table, "USA", "NATO", case["year"], measure=nb.Measure.GDP)
            assert str(gdp.share) == f"{case['of_gdp']} %"


def test_reference_gaps(table: nb.ExpenditureTable, reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["gap"]:
        result = nb.targets.gap(table, case["country"], 2025, nb.datasets.target(case["target"]))
        assert round(result.amount.in_billions, 2) == Decimal(case["expected"])


def test_reference_group_gaps(table: nb.ExpenditureTable, reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["group_gap"]:
        target = nb.datasets.target(case["target"])
        current = nb.targets.group_gap(table, "NATO_EUR_CAN", 2025, target)
        assert round(current.gross.in_billions, 1) == Decimal(case["gross_current"])
        assert round(current.net.in_billions, 1) == Decimal(case["net_current"])
        if "gross_constant" in case:
            constant = nb.targets.group_gap(table, "NATO_EUR_CAN", 2025, target, basis=table.edition.constant_prices)
            assert round(constant.gross.in_billions, 1) == Decimal(case["gross_constant"])


def test_reference_required_growth(reference: dict[str, list[dict[str, Any]]]) -> None:
    for case in reference["required_growth"]:
        result = nb.pathways.required_growth(
            nb.Share.percent(case["start"]),
            nb.Share.percent(case["target"]),
            case["years"],
            gdp_growth=nb.Rate.percent(case["gdp_growth"]),
        )
        assert round(result.rate.as_percent, 4) == Decimal(case["expected"])


# --- counts by edition -----------------------------------------------------------------------------------


def test_three_editions_give_three_counts_of_allies_at_two_percent_in_2024(
    editions: tuple[nb.ExpenditureTable, ...],
) -> None:
    counts = nb.targets.revisions(editions, "share_of_gdp", 2024).count_meeting(nb.WALES_GUIDELINE)
    assert counts == {"2024-06": 23, "2025-08": 18, "2026-07": 17}


def test_the_june_2024_edition_gives_ten_allies_at_two_percent_in_2023(
    editions: tuple[nb.ExpenditureTable, ...],
) -> None:
    """NATO said eleven when the year ended: another vintage."""
    assert nb.targets.compliance(editions[0], 2023, nb.WALES_GUIDELINE).count == 10


def test_27_of_31_allies_met_the_equipment_guideline_in_2024(table: nb.ExpenditureTable) -> None:
    result = nb.targets.compliance(table, 2024, nb.WALES_EQUIPMENT)
    assert (result.count, len(result)) == (27, 31)
