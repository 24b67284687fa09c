"""Laws and edges of the target calculators."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.errors import (
    CurrentPricesWarning,
    InvalidYearError,
    MixedPriceBasesError,
    NoObservationError,
    NotAMemberError,
    TargetMismatchError,
    UnexpectedValueError,
    UnknownCountryError,
    UnknownNameError,
)

SOURCE = nb.Source(title="A test", publisher="the tests")
TABLE = nb.datasets.defence_expenditure("2026-07")
YEARS = st.sampled_from(TABLE.years)
COUNTRIES = st.sampled_from(TABLE.countries)
GROUPS = st.sampled_from(["NATO", "NATO_EUR_CAN", "NATO_EUROPE", "NATO_EU", "NATO_NON_EU", "NATO_EURO_AREA"])
PERCENT = st.decimals(min_value=0, max_value=100, places=2)


def core_target(percent: Decimal | str) -> nb.Target:
    return nb.Target(
        key="test",
        name="test target",
        share=nb.Share.percent(percent),
        component=nb.model.Component.CORE,
        modality=nb.Modality.FLOOR,
        adopted=dt.date(2025, 6, 25),
        source=SOURCE,
    )


# --- gaps ------------------------------------------------------------------------------------------------


@given(COUNTRIES, YEARS, PERCENT)
def test_spending_and_gap_add_up_to_the_target(country: nb.Country, year: int, percent: Decimal) -> None:
    target = core_target(percent)
    gap = nb.targets.gap(TABLE, country, year, target, opposite_signs_ok=True)
    spent, gdp = TABLE.expenditure(country, year).value, TABLE.gdp(country, year).value
    assert spent + gap.amount == gdp * target.share
    assert gap.share + gap.points == target.share


@given(COUNTRIES, YEARS, PERCENT, PERCENT)
def test_a_higher_target_never_has_a_smaller_gap(country: nb.Country, year: int, one: Decimal, two: Decimal) -> None:
    lower, higher = (
        nb.targets.gap(TABLE, country, year, core_target(value), opposite_signs_ok=True) for value in sorted((one, two))
    )
    assert lower.amount <= higher.amount
    assert lower.points <= higher.points


def test_a_surplus_is_a_negative_gap() -> None:
    gap = nb.targets.gap(TABLE, "POL", 2025, nb.HAGUE_CORE)
    assert gap.points == nb.PercentagePoints("-0.75")
    assert gap.amount < gap.amount.with_amount(0)


def test_a_share_printed_as_exactly_the_target_has_no_gap_in_points() -> None:
    gap = nb.targets.gap(TABLE, "ESP", 2025, nb.VILNIUS_FLOOR)
    assert gap.points == nb.PercentagePoints(0)
    assert nb.Money.millions(0, "USD") < gap.amount < nb.Money.millions(1, "USD")


def test_an_equipment_gap_is_of_expenditure() -> None:
    gap = nb.targets.gap(TABLE, "BEL", 2025, nb.WALES_EQUIPMENT)
    spent = TABLE.expenditure("BEL", 2025).value
    equipment = nb.targets.category_amount(TABLE, nb.Measure.EQUIPMENT_SHARE, "BEL", 2025).amount
    assert gap.amount == spent * nb.Share.percent(20) - equipment
    assert gap.points == nb.PercentagePoints("6.64")
    assert "equipment share × expenditure" in gap.explain()


@pytest.mark.parametrize("target", [nb.HAGUE_RELATED, nb.HAGUE_TOTAL], ids=str)
def test_a_target_that_nato_publishes_no_figures_for_is_refused(target: nb.Target) -> None:
    with pytest.raises(TargetMismatchError, match="two_part"):
        nb.targets.gap(TABLE, "DEU", 2025, target)


def test_a_gap_in_points_needs_no_money(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    august = editions[1]
    assert nb.targets.gap_in_points(august, "POL", 2025, nb.HAGUE_CORE).points < nb.PercentagePoints(0)
    with pytest.raises(NoObservationError, match="2025-08"):
        nb.targets.gap(august, "POL", 2025, nb.HAGUE_CORE)


def test_the_gap_in_points_of_a_full_precision_edition_is_of_two_decimals(
    editions: tuple[nb.ExpenditureTable, ...],
) -> None:
    gap = nb.targets.gap_in_points(editions[0], "DEU", 2024, nb.VILNIUS_FLOOR)
    assert gap.points == nb.PercentagePoints("-0.12")


@pytest.mark.parametrize(
    ("country", "year", "error", "words"),
    [
        ("Atlantis", 2025, UnknownCountryError, "Atlantis"),
        ("NATO", 2025, UnknownCountryError, r"use natoburden\.targets\.group_gap"),
        ("DEU", 2013, NoObservationError, "2014-2026"),
        ("ISL", 2025, NoObservationError, "no armed forces"),
        ("DEU", 20255, InvalidYearError, "20255"),
    ],
)
def test_what_cannot_be_looked_up_says_why(country: str, year: int, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        nb.targets.gap(TABLE, country, year, nb.HAGUE_CORE)


@given(GROUPS, YEARS, PERCENT)
def test_gross_less_surpluses_is_net(group: str, year: int, percent: Decimal) -> None:
    result = nb.targets.group_gap(TABLE, group, year, core_target(percent), opposite_signs_ok=True)
    amounts = [row.amount.amount for row in result.members]
    assert result.net.amount == sum(amounts)
    assert result.gross.amount == sum(amount for amount in amounts if amount > 0)
    assert result.gross >= result.net


def test_a_group_names_its_member_without_a_row() -> None:
    result = nb.targets.group_gap(TABLE, "NATO", 2025, nb.HAGUE_CORE)
    assert result.without_row == (nb.Country("ISL"),)
    assert "Iceland" in result.explain()
    assert "without a row" not in nb.targets.group_gap(TABLE, "NATO_EU", 2025, nb.HAGUE_CORE).explain()


def test_a_group_gap_is_never_partial(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    with pytest.raises(NoObservationError, match=r"of \w+ for 2024"):
        nb.targets.group_gap(editions[1], "NATO", 2024, nb.WALES_GUIDELINE)


# --- over years ------------------------------------------------------------------------------------------


@given(COUNTRIES, PERCENT, st.integers(2014, 2026), st.integers(2014, 2026))
def test_a_cumulative_shortfall_splits_at_any_year(country: nb.Country, percent: Decimal, one: int, two: int) -> None:
    since, split = sorted((one, two))
    target = core_target(percent)
    whole = nb.targets.cumulative_shortfall(TABLE, country, target, since=since)
    first = nb.targets.cumulative_shortfall(TABLE, country, target, since=since, until=split)
    assert len(whole.years) == 2026 - since + 1
    if split < 2026:
        second = nb.targets.cumulative_shortfall(TABLE, country, target, since=split + 1)
        assert whole.gross == first.gross + second.gross
        assert whole.net == first.net + second.net
    assert whole.gross >= whole.net


def test_adding_current_prices_of_several_years_warns_unless_acknowledged() -> None:
    ask = nb.targets.cumulative_shortfall
    with pytest.warns(CurrentPricesWarning, match="2014 to 2026"):
        warned = ask(TABLE, "DEU", nb.WALES_GUIDELINE, since=2014, basis=nb.CURRENT_PRICES)
    quiet = ask(TABLE, "DEU", nb.WALES_GUIDELINE, since=2014, basis=nb.CURRENT_PRICES, current_prices_ok=True)
    one_year = ask(TABLE, "DEU", nb.WALES_GUIDELINE, since=2026, basis=nb.CURRENT_PRICES)
    assert warned == quiet
    assert one_year.gross.basis.is_current


def test_years_that_run_backwards_are_refused() -> None:
    with pytest.raises(InvalidYearError, match="2020 or later"):
        nb.targets.cumulative_shortfall(TABLE, "DEU", nb.WALES_GUIDELINE, since=2020, until=2019)


# --- aggregates ------------------------------------------------------------------------------------------


@given(GROUPS, YEARS)
def test_the_parts_of_a_group_add_up_to_one(group: str, year: int) -> None:
    members = TABLE.reporting_members(group, year)
    shares: list[Decimal] = [nb.targets.share_of_group(TABLE, ally, group, year).share.as_fraction for ally in members]
    assert abs(sum(shares, Decimal(-1))) < Decimal("1e-26")  # the test adds at 28 digits


@given(GROUPS, YEARS)
def test_an_aggregate_share_lies_between_its_members(group: str, year: int) -> None:
    shares = [nb.targets.share_of_gdp(TABLE, ally, year).share for ally in TABLE.reporting_members(group, year)]
    aggregate = nb.targets.aggregate_share(TABLE, group, year, include_iceland_gdp=False).share
    assert min(shares) <= aggregate <= max(shares)


def test_a_group_without_iceland_has_no_gdp_of_iceland_inside() -> None:
    assert nb.targets.aggregate_share(TABLE, "NATO_EU", 2025).iceland_gdp is None


def test_an_aggregate_of_countries_outside_the_table_is_refused() -> None:
    with pytest.raises(NoObservationError, match="Austria"):
        nb.targets.aggregate_share(TABLE, "EU", 2025)


def test_a_part_of_a_group_needs_membership_in_that_year() -> None:
    with pytest.raises(NotAMemberError, match="2024-03-07"):
        nb.targets.share_of_group(TABLE, "SWE", "NATO", 2023)


def test_an_aggregate_that_the_table_does_not_print_points_to_the_calculator() -> None:
    with pytest.raises(NoObservationError, match="aggregate_share"):
        nb.targets.share_of_gdp(TABLE, "NATO Europe", 2025)


@given(COUNTRIES, st.integers(2014, 2025))
def test_derived_category_amounts_add_up_to_expenditure(country: nb.Country, year: int) -> None:
    categories = [measure for measure in nb.Measure if measure.is_category]
    amounts = [nb.targets.category_amount(TABLE, category, country, year).amount for category in categories]
    spent = TABLE.expenditure(country, year).value
    assert abs((nb.Money.total(amounts) / spent) - 1) <= Decimal("0.0001")


def test_amounts_of_different_bases_do_not_mix() -> None:
    current = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE).amount
    constant = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, basis=nb.PriceBasis.constant(2021)).amount
    with pytest.raises(MixedPriceBasesError):
        _ = current + constant


# --- compliance ------------------------------------------------------------------------------------------


@given(YEARS, PERCENT, PERCENT)
def test_a_higher_target_is_never_met_by_more_allies(year: int, one: Decimal, two: Decimal) -> None:
    lower, higher = (nb.targets.compliance(TABLE, year, core_target(value)) for value in sorted((one, two)))
    assert set(higher.meeting) <= set(lower.meeting)
    assert higher.count + len(higher.not_meeting) == len(higher)


def test_compliance_goes_by_the_published_two_decimals_unless_told_otherwise() -> None:
    published = nb.targets.compliance(TABLE, 2019, nb.WALES_GUIDELINE)
    unrounded = nb.targets.compliance(TABLE, 2019, nb.WALES_GUIDELINE, unrounded=True)
    assert str(published["EST"].share) == str(unrounded["EST"].share) == "2.00 %"
    assert set(published.meeting) - set(unrounded.meeting) == {nb.Country("EST")}
    assert "two decimals" in published.explain()
    assert "unrounded" in unrounded.explain()


def test_unrounded_compliance_takes_the_editions_own_precision_where_it_prints_no_gdp(
    editions: tuple[nb.ExpenditureTable, ...],
) -> None:
    assert nb.targets.compliance(editions[1], 2024, nb.VILNIUS_FLOOR, unrounded=True)["DEU"].share == nb.Share.percent(
        "2.003724285"
    )
    equipment = nb.targets.compliance(TABLE, 2024, nb.WALES_EQUIPMENT, unrounded=True)
    assert equipment.count == 27


def test_an_ally_without_a_figure_is_named_and_not_counted(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    result = nb.targets.compliance(editions[1], 2025, nb.VILNIUS_FLOOR)
    assert nb.Country("DEU") in result.without_figure
    assert len(result) == 18
    assert "without a figure" in result.explain()
    assert "missing" not in nb.targets.compliance(TABLE, 2025, nb.VILNIUS_FLOOR, group="NATO_EU").explain()


def test_a_target_is_due_from_its_deadline_or_from_its_adoption() -> None:
    assert not nb.targets.compliance(TABLE, 2026, nb.HAGUE_CORE)["DEU"].is_due
    assert nb.targets.compliance(TABLE, 2024, nb.WALES_GUIDELINE)["DEU"].is_due
    assert not nb.targets.compliance(TABLE, 2022, nb.VILNIUS_FLOOR)["DEU"].is_due
    assert nb.targets.compliance(TABLE, 2023, nb.VILNIUS_FLOOR)["DEU"].is_due


def test_nobody_meets_a_target_out_of_reach_and_the_explanation_says_none() -> None:
    assert "0 of 31: none" in nb.targets.compliance(TABLE, 2024, core_target("90")).explain()


def test_no_ally_stood_at_five_percent_in_2024() -> None:
    assert nb.targets.compliance(TABLE, 2024, nb.US_DEMAND).meeting == ()


@given(YEARS)
def test_quadrants_agree_with_both_tests(year: int) -> None:
    places = nb.targets.quadrants(TABLE, year, nb.WALES_GUIDELINE, nb.WALES_EQUIPMENT)
    by_share = set(nb.targets.compliance(TABLE, year, nb.WALES_GUIDELINE).meeting)
    by_equipment = set(nb.targets.compliance(TABLE, year, nb.WALES_EQUIPMENT).meeting)
    quadrant = nb.targets.Quadrant
    assert by_share == {row.country for row in places if row.quadrant in (quadrant.BOTH, quadrant.SHARE_ONLY)}
    assert by_equipment == {row.country for row in places if row.quadrant in (quadrant.BOTH, quadrant.EQUIPMENT_ONLY)}


# --- two parts -------------------------------------------------------------------------------------------


@given(PERCENT.filter(lambda value: value <= 98), PERCENT)
def test_related_spending_never_counts_above_its_ceiling_nor_fills_a_core_gap(core: Decimal, related: Decimal) -> None:
    result = nb.targets.two_part_test(nb.Share.percent(core), nb.Share.percent(related), nb.HAGUE)
    assert result.related_counted <= nb.Share.percent("1.5")
    assert result.core_gap.value == max(Decimal("3.5") - core, Decimal(0))
    assert result.total.as_percent == core + min(related, Decimal("1.5"))
    assert result.is_met == (core >= Decimal("3.5") and result.total.as_percent >= 5)


@pytest.mark.parametrize(
    ("core", "related", "met"),
    [("3.5", "1.5", True), ("3.49", "1.5", False), ("3.5", "1.49", False), ("4", "1", True), ("3.4", "9", False)],
)
def test_the_hague_is_met_only_with_the_floor_and_the_total(core: str, related: str, met: bool) -> None:
    result = nb.targets.two_part_test(nb.Share.percent(core), nb.Share.percent(related), nb.HAGUE)
    assert result.is_met is met
    assert ("met: yes" in result.explain()) is met


def test_the_two_part_test_of_an_ally_takes_its_published_share() -> None:
    result = nb.targets.two_part(TABLE, "LTU", 2025, nb.Share.percent(1), nb.HAGUE)
    assert (str(result.core), str(result.total), result.is_met) == ("4.03 %", "5.03 %", True)
    assert "Lithuania in 2025" in result.explain()
    assert [source.title for source in result.sources][-1] == "The Hague Summit Declaration"


# --- change ----------------------------------------------------------------------------------------------


@given(GROUPS, st.integers(2015, 2026))
def test_contributions_add_up_to_the_real_change(group: str, year: int) -> None:
    split = nb.targets.contributions(TABLE, group, year)
    change = nb.targets.real_change(TABLE, group, year)
    assert abs(split.total.value - change.rate.as_percent) < Decimal("1e-25")
    assert [row.points for row in split] == sorted((row.points for row in split), reverse=True)


def test_accession_is_told_apart_from_spending() -> None:
    split = nb.targets.contributions(TABLE, "NATO_EUR_CAN", 2024)
    assert [row.country.alpha_3 for row in split if row.joined] == ["SWE"]
    assert str(split.by_accession) == "+3.52 pp"
    assert "accession" in split["SWE"].explain()


def test_a_country_that_leaves_a_group_takes_its_budget_with_it() -> None:
    split = nb.targets.contributions(TABLE, "NATO_EU", 2020)
    assert [row.country.alpha_3 for row in split if row.left] == ["GBR"]
    assert split["GBR"].points < nb.PercentagePoints(-20)


def test_for_a_country_both_modes_of_change_agree() -> None:
    modes = [nb.targets.real_change(TABLE, "SWE", 2024, mode=mode).rate for mode in nb.targets.ChangeMode]
    assert modes[0] == modes[1]


def test_a_change_that_no_table_prints_has_no_published_figure() -> None:
    change = nb.targets.real_change(TABLE, "NATO_EUROPE", 2024)
    assert change.published is None
    assert "as published" in change.explain()
    assert nb.targets.real_change(TABLE, "NATO", 2024).published is not None


# --- revisions -------------------------------------------------------------------------------------------


def test_a_revision_holds_each_editions_figure(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    germany = nb.targets.revisions(editions, "share_of_gdp", 2025)["Germany"]
    july = germany.figure("2026-07")
    assert july is not None
    assert str(july.value) == "2.22 %"
    assert germany.figure("2025-08") is None
    assert germany.change is None
    assert "fewer than two" in germany.explain()
    with pytest.raises(UnknownNameError, match="2024-06"):
        germany.figure("1999-01")


def test_amounts_are_compared_only_at_the_same_prices(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    compare = nb.targets.revisions
    current = compare(editions, "expenditure", 2023, basis=nb.CURRENT_PRICES, currency="USD")["POL"]
    constant = compare(editions, "expenditure", 2023, basis=nb.PriceBasis.constant(2021), currency="USD")["POL"]
    assert [item.edition.key for item in current.inputs] == ["2024-06", "2026-07"]
    assert [item.edition.key for item in constant.inputs] == ["2025-08", "2026-07"]
    assert isinstance(current.change, nb.Rate)


def test_changes_and_head_counts_are_compared_too(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    change = nb.targets.revisions(editions, nb.Measure.REAL_CHANGE, 2023)["POL"].change
    troops = nb.targets.revisions(editions, nb.Measure.MILITARY_PERSONNEL, 2023)["POL"].change
    assert isinstance(change, nb.PercentagePoints)
    assert isinstance(troops, nb.Rate)


def test_revisions_make_a_row_with_a_column_per_edition(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    columns = nb.targets.revisions(editions, "share_of_gdp", 2025).to_columns()
    germany = columns["country"].index("DEU")
    assert columns["2026-07_percent"][germany] == 2.22
    assert columns["2025-08_percent"][germany] is None


def test_counts_by_edition_need_a_target_of_the_same_measure(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    compared = nb.targets.revisions(editions, "equipment_share", 2024)
    assert compared.count_meeting(nb.WALES_EQUIPMENT) == {"2024-06": 29, "2026-07": 27}
    with pytest.raises(TargetMismatchError, match="share_of_gdp"):
        compared.count_meeting(nb.WALES_GUIDELINE)


def every() -> tuple[nb.ExpenditureTable, ...]:
    return nb.datasets.defence_expenditure_editions("2019-06", "2024-06", "2025-08", "2026-07")


def test_an_edition_that_does_not_cover_the_year_has_neither_count_nor_zero() -> None:
    of_2024 = nb.targets.revisions(every(), "share_of_gdp", 2024)
    assert of_2024.count_meeting(nb.WALES_GUIDELINE) == {"2024-06": 23, "2025-08": 18, "2026-07": 17}
    assert of_2024["DEU"].figure("2019-06") is None
    assert "edition 2019-06: does not cover 2024" in str(of_2024)
    assert "2019-06" not in of_2024.without_figure
    assert of_2024.to_columns()["2026-07_percent"][0] == 1.35
    assert "2019-06_percent" not in of_2024.to_columns()
    of_2013 = nb.targets.revisions(every(), "share_of_gdp", 2013)
    assert of_2013.count_meeting(nb.WALES_GUIDELINE) == {"2019-06": 3}


@pytest.mark.parametrize(
    ("year", "counts"),
    [
        (2018, {"2019-06": 6, "2024-06": 6, "2025-08": 5, "2026-07": 5}),
        (2019, {"2019-06": 7, "2024-06": 7, "2025-08": 6, "2026-07": 6}),
    ],
)
def test_counts_of_the_estimates_of_2019_fall_in_later_editions(year: int, counts: dict[str, int]) -> None:
    """Published in 2019: six allies at 2 % in 2018 and seven in 2019."""
    assert nb.targets.revisions(every(), "share_of_gdp", year).count_meeting(nb.WALES_GUIDELINE) == counts


def test_revisions_name_whom_an_edition_has_no_figure_of() -> None:
    of_2025 = nb.targets.revisions(every(), "share_of_gdp", 2025)
    lacking = of_2025.without_figure
    assert len(lacking["2025-08"]) == 14
    assert {country.key for country in lacking["2025-08"]} >= {"DEU", "ISL"}
    assert [country.key for country in lacking["2026-07"]] == ["ISL"]
    assert of_2025.count_meeting(nb.WALES_GUIDELINE) == {"2026-07": 28}
    assert "edition 2025-08: no figure of Germany, Denmark" in of_2025.explain()
    assert "edition 2026-07: no figure of Iceland" in str(of_2025)
    union = nb.targets.revisions(every(), "share_of_gdp", 2023, group="NATO_EU")
    assert union.without_figure["2026-07"] == ()
    assert "no figure" not in str(union)


def test_an_edition_without_a_row_of_an_ally_has_no_count(table: nb.ExpenditureTable) -> None:
    kept = tuple(item for item in table.observations if item.entity != nb.Country("DEU"))
    edition = attrs.evolve(table.edition, key="2026-08")
    partial = nb.ExpenditureTable(edition=edition, observations=tuple(attrs.evolve(i, edition=edition) for i in kept))
    found = nb.targets.revisions([table, partial], "share_of_gdp", 2024)
    assert found.count_meeting(nb.WALES_GUIDELINE) == {"2026-07": 17}
    assert found.without_figure["2026-08"] == (nb.Country("DEU"), nb.Country("ISL"))


def test_an_edition_is_compared_once(table: nb.ExpenditureTable) -> None:
    with pytest.raises(UnexpectedValueError, match="2026-07 is given twice; give each once"):
        nb.targets.revisions([table, table], "share_of_gdp", 2024)


@pytest.mark.parametrize("name", ["share", "expenditures", ""])
def test_an_unknown_measure_is_refused_with_the_known_ones(
    name: str, editions: tuple[nb.ExpenditureTable, ...]
) -> None:
    with pytest.raises(UnknownNameError, match="expenditure, gdp, share_of_gdp"):
        nb.targets.revisions(editions, name, 2024)


def test_revisions_of_a_year_that_no_edition_has_are_refused(editions: tuple[nb.ExpenditureTable, ...]) -> None:
    with pytest.raises(NoObservationError, match="2030"):
        nb.targets.revisions(editions, "share_of_gdp", 2030)
    with pytest.raises(UnexpectedValueError, match="none is not usable as editions"):
        nb.targets.revisions((), "share_of_gdp", 2024)


def test_results_pickle() -> None:
    result = nb.targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE)
    assert pickle.loads(pickle.dumps(result)) == result
