"""What calculators refuse rather than answer wrongly: one test per bug that an answer once hid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs
import pytest

import natoburden as nb
from natoburden import errors
from natoburden.calculators import pathways, targets
from natoburden.model.expenditure import Measure

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2019-06", "2024-06", "2025-08", "2026-07")
CEILING = attrs.evolve(
    nb.HAGUE_CORE, key="cap", name="Cap", share=nb.Share.percent("2.1"), modality=nb.Modality.CEILING
)
PRICES = nb.PriceBasis.constant(2021)
TWO, GOAL, GROWTH = nb.Share.percent(2), nb.Share.percent("3.5"), nb.Rate.percent(1)


@pytest.mark.parametrize("measure", [Measure.MILITARY_PERSONNEL, Measure.SHARE_OF_GDP, Measure.REAL_CHANGE])
def test_an_amount_is_derived_of_the_four_main_categories_only(measure: Measure) -> None:
    with pytest.raises(errors.UnknownNameError, match="valid: equipment_share, personnel_share, infrastructure_share"):
        targets.category_amount(TABLE, measure, "POL", 2025)
    assert targets.category_amount(TABLE, "equipment_share", "POL", 2025).category is Measure.EQUIPMENT_SHARE


def test_only_expenditure_and_gdp_add_up_over_a_group() -> None:
    with pytest.raises(
        errors.UnknownNameError, match="unknown measure that adds up 'equipment_share'; valid: expenditure, gdp"
    ):
        targets.share_of_group(TABLE, "USA", "NATO", 2025, measure=Measure.EQUIPMENT_SHARE)
    assert str(targets.share_of_group(TABLE, "USA", "NATO", 2025, measure="gdp").share) == "51.48 %"


def test_an_option_given_as_text_is_read_and_a_wrong_one_refused() -> None:
    like = targets.real_change(TABLE, "NATO_EUR_CAN", 2024, mode="like for like")
    assert (like.mode, str(like.rate)) == (targets.ChangeMode.LIKE_FOR_LIKE, "+15.76 %")
    steps = pathways.path(TWO, GOAL, first_year=2025, last_year=2028, shape="linear")
    assert [str(share) for share in steps.shares] == ["2.00 %", "2.50 %", "3.00 %", "3.50 %"]
    with pytest.raises(
        errors.UnknownNameError, match="unknown path shape 'curved'; valid: linear, geometric, constant-growth"
    ):
        pathways.path(TWO, GOAL, first_year=2025, last_year=2028, shape="curved")
    with pytest.raises(errors.UnknownNameError, match="valid: as published, like for like"):
        targets.real_change(TABLE, "NATO_EUR_CAN", 2024, mode="alike")


@pytest.mark.parametrize("year", [1940, 2013, 2035])
@pytest.mark.parametrize(
    "ask",
    [
        lambda year: targets.compliance(TABLE, year, nb.WALES_GUIDELINE),
        lambda year: targets.quadrants(TABLE, year, nb.WALES_GUIDELINE, nb.WALES_EQUIPMENT),
        lambda year: targets.aggregate_share(TABLE, "NATO", year),
        lambda year: targets.group_gap(TABLE, "NATO", year, nb.HAGUE_CORE),
        lambda year: targets.real_change(TABLE, "NATO", year),
        lambda year: targets.contributions(TABLE, "NATO", year),
        lambda year: targets.share_of_group(TABLE, "USA", "NATO", year),
        lambda year: nb.brief(TABLE, year=year),
    ],
)
def test_a_year_that_the_table_does_not_cover_is_refused_with_those_it_does(
    ask: Callable[[int], object], year: int
) -> None:
    with pytest.raises((errors.NoObservationError, errors.NotAMemberError)) as caught:
        ask(year)
    assert "2014-2026" in str(caught.value) or year == 1940


def test_the_two_guidelines_are_of_gdp_and_of_equipment_in_this_order() -> None:
    with pytest.raises(errors.TargetMismatchError, match="a target of core in its place"):
        targets.quadrants(TABLE, 2025, nb.WALES_EQUIPMENT, nb.WALES_GUIDELINE)


def test_a_ceiling_is_kept_by_staying_below_it_and_its_gap_is_the_room_left() -> None:
    spain = next(row for row in targets.compliance(TABLE, 2025, CEILING) if row.country.key == "ESP")
    assert (spain.is_met, spain.formula) == (True, "met if share ≤ 2.10 % of GDP")
    room = targets.gap(TABLE, "ESP", 2025, CEILING)
    assert str(room.points) == "+0.10 pp"
    assert room.formula.endswith("of a ceiling it is the room left")
    place = targets.quadrants(TABLE, 2025, CEILING, nb.WALES_EQUIPMENT)[0]
    assert place.formula.startswith("share ≤ 2.10 % of GDP; equipment ≥ 20.00 %")


def test_nobody_falls_short_of_a_ceiling() -> None:
    with pytest.raises(errors.TargetMismatchError, match="nobody falls short of a ceiling"):
        targets.group_gap(TABLE, "NATO", 2025, CEILING)
    with pytest.raises(errors.TargetMismatchError, match="nobody falls short of a ceiling"):
        targets.cumulative_shortfall(TABLE, "ESP", CEILING, since=2020)


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        (7, "give its key, such as hague-core, or a share with its sign, such as '2.5 %'"),
        (nb.HAGUE, "it has two parts: give 'hague-core', or see natoburden.targets.two_part"),
        ("hague-cor", "did you mean 'hague-core'"),
    ],
)
def test_what_is_no_target_is_refused_with_what_to_write(target: Any, hint: str) -> None:
    with pytest.raises((errors.UnexpectedValueError, errors.UnknownNameError), match=hint):
        targets.gap(TABLE, "DEU", 2025, target)


@pytest.mark.parametrize(
    "ask",
    [
        lambda wrong: targets.two_part(TABLE, "DEU", 2025, TWO, wrong),
        lambda wrong: targets.two_part_test(wrong, TWO, nb.HAGUE),
        lambda wrong: pathways.required_growth(TWO, wrong, 10, gdp_growth=GROWTH),
        lambda wrong: pathways.required_growth(wrong, GOAL, 10, gdp_growth=GROWTH),
        lambda wrong: pathways.path(TWO, wrong, first_year=2025, last_year=2030),
        lambda wrong: pathways.required_growth(TWO, GOAL, 10, gdp_growth=wrong),
        lambda wrong: pathways.path_cost(
            pathways.path(TWO, GOAL, first_year=2025, last_year=2030), wrong, gdp_growth=GROWTH
        ),
    ],
)
def test_an_argument_of_another_kind_is_refused_by_name(ask: Callable[[Any], object]) -> None:
    with pytest.raises(errors.UnexpectedValueError, match="is not usable as"):
        ask(nb.HAGUE_CORE)


def test_revisions_of_one_edition_are_refused_with_the_call_that_gives_several() -> None:
    alone: Any = TABLE
    with pytest.raises(errors.UnexpectedValueError, match=r"defence_expenditure_editions\(\)"):
        targets.revisions(alone, "gdp", 2024)


@pytest.mark.parametrize("since", ["2014", 2014.0, None])
def test_a_first_year_is_a_whole_year(since: Any) -> None:
    with pytest.raises(errors.InvalidYearError):
        targets.cumulative_shortfall(TABLE, "DEU", nb.WALES_GUIDELINE, since=since)


def test_amounts_through_editions_need_basis_and_currency_and_the_error_says_so() -> None:
    with pytest.raises(errors.UnexpectedValueError, match="amounts need basis= and currency="):
        targets.revisions(EDITIONS, "expenditure", 2024)


def test_a_path_from_a_tables_figure_starts_in_its_year_and_its_gdp_is_of_the_same_country() -> None:
    share, prices = TABLE.share_of_gdp("DEU", 2025), TABLE.edition.constant_prices
    with pytest.raises(errors.InvalidYearError, match="first year 2020 is not a usable year; valid: 2025"):
        pathways.path(share, GOAL, first_year=2020, last_year=2035)
    steps = pathways.path(share, GOAL, first_year=2025, last_year=2035)
    with pytest.raises(errors.UnexpectedValueError, match="France is not usable as GDP for a path of Germany"):
        pathways.path_cost(steps, TABLE.gdp("FRA", 2025, prices), gdp_growth=GROWTH)
    with pytest.raises(errors.InvalidYearError, match="valid: 2014"):
        pathways.path_cost(steps, TABLE.gdp("DEU", 2014, prices), gdp_growth=GROWTH)


def test_adding_up_current_prices_of_several_years_warns_unless_acknowledged() -> None:
    steps = pathways.path(TABLE.share_of_gdp("DEU", 2025), GOAL, first_year=2025, last_year=2035)
    with pytest.warns(errors.CurrentPricesWarning, match="current_prices_ok=True"):
        loud = pathways.path_cost(steps, TABLE.gdp("DEU", 2025), gdp_growth=GROWTH)
    assert pathways.path_cost(steps, TABLE.gdp("DEU", 2025), gdp_growth=GROWTH, current_prices_ok=True) == loud


def test_a_path_that_falls_is_never_short_of_its_target() -> None:
    steps = pathways.path(nb.Share.percent(4), GOAL, first_year=2025, last_year=2027)
    cost = pathways.path_cost(steps, nb.Money(100, "USD", PRICES), gdp_growth=GROWTH)
    assert cost.shortfall == nb.Money(0, "USD", PRICES)
    assert cost.additional.amount < 0


def test_a_group_with_members_outside_the_table_has_no_partial_sum() -> None:
    with pytest.raises(errors.NoObservationError, match="Austria"):
        targets.group_gap(TABLE, "EU", 2025, nb.HAGUE_CORE)
    total = nb.brief(TABLE, year=2025, group="EU").totals[0]
    assert all(gap.amount is None for gap in total.gaps)


# --- no number without a source --------------------------------------------------------------------------


@pytest.mark.parametrize("source", [None, "NATO"])
def test_an_edition_and_a_target_need_a_source(source: Any) -> None:
    with pytest.raises(errors.UnexpectedValueError, match="a source"):
        nb.model.Edition(key="x", source=source, constant_year=2021)
    with pytest.raises(errors.UnexpectedValueError, match="a source"):
        attrs.evolve(nb.HAGUE_CORE, source=source)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("component", "core"),
        ("modality", "floor"),
        ("adopted", "2020"),
        ("adopted", dt.datetime(2025, 6, 25)),
        ("deadline", "2035"),
        ("share", "3.5 %"),
    ],
)
def test_a_target_is_made_of_typed_parts(field: str, value: Any) -> None:
    with pytest.raises(errors.UnexpectedValueError):
        attrs.evolve(nb.HAGUE_CORE, **{field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("value", float("nan")),
        ("value", Decimal("NaN")),
        ("value", Decimal("Infinity")),
        ("entity", "DEU"),
        ("year", "2025"),
        ("edition", None),
        ("status", "actual"),
        ("measure", "gdp"),
    ],
)
def test_an_observation_is_made_of_typed_parts_and_a_finite_figure(field: str, value: Any) -> None:
    with pytest.raises(errors.NatoBurdenError):
        attrs.evolve(TABLE.military_personnel("POL", 2025), **{field: value})


def test_a_number_of_persons_is_written_out() -> None:
    assert str(TABLE.military_personnel("POL", 2025)) == "238,200"
    assert TABLE.military_personnel("POL", 2025).in_full.endswith(": 238,200 (estimate, 2026-07)")
    [row] = [item for item in targets.revisions(EDITIONS, "military_personnel", 2024) if item.country.key == "POL"]
    assert row.find("2024-06").text == "216,081"


# --- tables of results -----------------------------------------------------------------------------------


def test_a_table_has_every_column_that_any_row_has() -> None:
    rows = targets.revisions(EDITIONS, "share_of_gdp", 2025)
    start = next(number for number, row in enumerate(rows) if row.country.key == "DEU")
    columns = rows[start:].to_columns()
    assert columns["2025-08_percent"][0] is None
    assert any(figure is not None for figure in columns["2025-08_percent"])


def test_a_figure_that_a_row_lacks_still_has_its_column() -> None:
    published = targets.real_change(TABLE, "NATO_EUR_CAN", 2024)
    computed = targets.real_change(TABLE, "NATO_EUR_CAN", 2024, mode="like for like")
    assert list(published.to_row()) == list(computed.to_row())
    assert computed.to_row()["published_percent"] is None


def test_a_country_without_a_row_is_answered_with_those_that_have_one() -> None:
    rows = targets.compliance(TABLE, 2025, nb.WALES_GUIDELINE)
    with pytest.raises(errors.UnknownNameError, match="unknown row 'Austria'; valid: Albania, Belgium"):
        _ = rows["AUT"]


def test_the_working_of_an_aggregate_holds_every_figure_it_was_made_of() -> None:
    result = targets.aggregate_share(TABLE, "NATO Europe", 2025)
    used = {(item.entity.key, item.measure) for item in result.inputs}
    assert {("CAN", Measure.GDP), ("NATO_EUR_CAN", Measure.GDP)} <= used
    assert "GDP of Iceland = printed GDP of NATO Europe and Canada" in result.formula
    split = targets.contributions(TABLE, "NATO", 2024)
    assert split[0].find("Σ of the year before").text == str(split[0].base)
    assert split.explain().count("formula") == len(split)


def test_a_countrys_change_carries_natos_own_figure_in_either_mode() -> None:
    one, other = (targets.real_change(TABLE, "DEU", 2024, mode=mode) for mode in targets.ChangeMode)
    assert one.published == other.published is not None


def test_a_composite_target_is_its_key_in_plain_data_as_a_target_is() -> None:
    assert targets.two_part_test(TWO, TWO, nb.HAGUE).to_dict()["target"] == "hague"


# --- messages --------------------------------------------------------------------------------------------


def test_a_wrong_basis_is_answered_with_those_of_the_same_currency() -> None:
    with pytest.raises(errors.NoObservationError) as caught:
        targets.gap(TABLE, "DEU", 2025, nb.HAGUE_CORE, basis=nb.PriceBasis.constant(2015))
    assert len(str(caught.value)) < 400
    assert "in USD at constant 2021 prices" in str(caught.value)
    wrong: Any = "current"
    with pytest.raises(errors.UnexpectedValueError, match="CURRENT_PRICES or PriceBasis"):
        TABLE.gdp("DEU", 2025, wrong)


@pytest.mark.parametrize("edition", ["2025-08"])
@pytest.mark.parametrize("country", ["HRV", "DNK", "TUR", "DEU"])
def test_every_known_blank_of_an_edition_has_its_reason(edition: str, country: str) -> None:
    with pytest.raises(errors.NoObservationError) as caught:
        nb.datasets.defence_expenditure(edition).share_of_gdp(country, 2025)
    assert caught.value.reason


@pytest.mark.parametrize("ask", [nb.Country, nb.Country.find, nb.datasets.defence_expenditure, nb.datasets.target])
@pytest.mark.parametrize("wrong", [[], {}, 7])
def test_a_name_of_another_type_is_a_lookup_error(ask: Callable[[Any], object], wrong: object) -> None:
    with pytest.raises(LookupError):
        ask(wrong)


def test_a_bloc_is_found_by_itself_and_in_any_case() -> None:
    assert nb.model.Bloc.find("nato") is nb.model.Bloc.find(nb.model.Bloc.find("NATO"))
    assert nb.Group.find("NATO_TOTAL") == nb.Group.find("NATO")


NOBODY: dict[str, Callable[[], object]] = {
    "burdens": lambda: nb.burden.burdens(TABLE, 2025, group=["ISL"]),
    "capital": lambda: nb.burden.capital_intensity(TABLE, 2025, group=["ISL"]),
    "categories": lambda: nb.burden.category_burdens(TABLE, 2025, "equipment_share", group=["ISL"]),
    "parity": lambda: nb.burden.at_purchasing_power(TABLE, 2025, nb.datasets.macro(), group=["ISL"]),
    "gap": lambda: targets.group_gap(TABLE, ["ISL"], 2025, nb.HAGUE_CORE),
    "fiscal": lambda: nb.fiscal.spaces(TABLE, nb.datasets.macro(), ["ISL"], 2026),
}


@pytest.mark.parametrize("name", NOBODY)
def test_a_group_in_which_nobody_has_armed_forces_is_refused_by_name(name: str) -> None:
    with pytest.raises(errors.UnexpectedValueError, match=r"no member with armed forces in 202[56]"):
        NOBODY[name]()
