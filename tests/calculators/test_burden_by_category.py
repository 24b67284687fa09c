"""Burdens by main category, capital intensity and the interval of rounding: by hand, by NumPy, and laws."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import natoburden as nb
from natoburden import burden, errors
from natoburden.calculators.burden.rounding import Bounds, Ends, as_printed, total_of
from natoburden.model.figures import CountryFigures, YearlyFigures

TABLE = nb.datasets.defence_expenditure("2026-07")
EDITIONS = nb.datasets.defence_expenditure_editions("2016-01", "2019-06", "2022-06", "2024-06", "2026-07")
CONSTANT = TABLE.edition.constant_prices
SOURCE = nb.Source(title="Invented figures", publisher="this test")
CATEGORIES = [measure for measure in nb.Measure if measure.is_category]
ALLIES = [row.country for row in burden.burdens(TABLE, 2025)]

NUMBERS = st.decimals(0, 10**9, places=2, allow_nan=False)
ABOVE_ZERO = st.decimals("0.01", 10**9, places=2, allow_nan=False)


def arrays(category: nb.Measure, year: int = 2025) -> tuple[Any, Any]:
    """Return the amounts of a category and GDP as NumPy has them."""
    spent = [float(TABLE.expenditure(ally, year, CONSTANT).value.amount) for ally in ALLIES]
    parts = [float(TABLE.category_share(category, ally, year).value.as_fraction) for ally in ALLIES]
    gdp = [float(TABLE.gdp(ally, year, CONSTANT).value.amount) for ally in ALLIES]
    return np.array(spent) * np.array(parts), np.array(gdp)


# --- intervals of rounding -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("figure", "low", "high"),
    [
        (nb.Share.percent("50.71"), "0.50705", "0.50715"),
        (nb.Share.percent("42.9"), "0.42895", "0.42905"),  # printed as 42.90
        (nb.Share.percent(0), "0", "0.00005"),
        (nb.Share.percent("44.7316129511"), "0.4473161295105", "0.4473161295115"),
        (
            nb.Share.percent("44.731612951172316"),
            "0.44731612951167316",
            "0.44731612951177316",
        ),  # noise behind 13 digits
        (nb.Money.millions(44154, "USD"), "44153500000", "44154500000"),
        (nb.Money("15337995639.1942", "USD"), "15337995639.1892", "15337995639.1992"),
        (Decimal("2.382E+5"), "238150", "238250"),
        (Decimal(176048), "176047.5", "176048.5"),
    ],
)
def test_a_printed_figure_lies_within_half_a_unit_of_its_last_place(figure: Any, low: str, high: str) -> None:
    ends = as_printed(figure)
    number = figure.as_fraction if isinstance(figure, nb.Share) else getattr(figure, "amount", figure)
    assert ends.low <= number <= ends.high
    assert [float(end) for end in ends] == pytest.approx([float(low), float(high)], rel=1e-15)
    assert float(ends.high - ends.low) == pytest.approx(float(Decimal(high) - Decimal(low)), rel=1e-6)


def test_in_print_further_places_are_not_counted() -> None:
    ends = as_printed(nb.Share.percent("44.731612951172316"), further_places=False)
    assert float(ends.high - ends.low) == pytest.approx(0.0001)


@given(*[st.tuples(NUMBERS, NUMBERS).map(sorted)] * 2, *[st.tuples(st.integers(0, 8), st.integers(0, 8))] * 1)
def test_products_and_sums_hold_whatever_lies_within(
    one: list[Decimal], other: list[Decimal], at: tuple[int, int]
) -> None:
    first, second = Ends(*one), Ends(*other)
    a, b = (
        Fraction(ends.low) + (Fraction(ends.high) - Fraction(ends.low)) * part / 8
        for ends, part in ((first, at[0]), (second, at[1]))
    )
    product, total = first.times(second), total_of((first, second))
    assert Fraction(product.low) <= a * b <= Fraction(product.high)
    assert Fraction(total.low) <= a + b <= Fraction(total.high)
    assert total.less(second).low <= first.low
    part = first.of_sum_with(second)
    if a + b:
        assert Fraction(part.low) <= a / (a + b) <= Fraction(part.high)


@given(
    st.tuples(NUMBERS, NUMBERS).map(sorted),
    st.tuples(ABOVE_ZERO, ABOVE_ZERO).map(sorted),
    st.integers(0, 8),
    st.integers(0, 8),
)
def test_a_ratio_holds_whatever_lies_within(above: list[Decimal], below: list[Decimal], i: int, j: int) -> None:
    first, second = Ends(*above), Ends(*below)
    a, b = (Fraction(e.low) + (Fraction(e.high) - Fraction(e.low)) * part / 8 for e, part in ((first, i), (second, j)))
    found = first.over(second)
    assert Fraction(found.low) <= a / b <= Fraction(found.high)


def test_bounds_say_what_lies_within() -> None:
    bounds = Bounds(nb.Share.percent(1), nb.Share.percent(2))
    assert nb.Share.percent("1.5") in bounds
    assert nb.Share.percent("2.5") not in bounds
    assert str(bounds) == "1.0000 % to 2.0000 %"
    assert str(Bounds(Decimal(1), Decimal("1.23456"))) == "1.0000 to 1.2346"


# --- category burdens ------------------------------------------------------------------------------------


@pytest.mark.parametrize("category", CATEGORIES)
def test_category_burdens_are_those_of_numpy_and_lie_within_their_bounds(category: nb.Measure) -> None:
    found = burden.category_burdens(TABLE, 2025, category)
    amounts, gdp = arrays(category)
    assert [float(row.amount.amount) for row in found] == pytest.approx(amounts.tolist())
    assert [float(row.burden.as_fraction) for row in found] == pytest.approx((amounts / gdp).tolist())
    assert [float(row.share.as_fraction) for row in found] == pytest.approx((amounts / amounts.sum()).tolist())
    assert [float(row.share_of_gdp.as_fraction) for row in found] == pytest.approx((gdp / gdp.sum()).tolist())
    assert float(found.amount.amount) == pytest.approx(amounts.sum())
    assert float(found.burden.as_fraction) == pytest.approx(amounts.sum() / gdp.sum())
    assert found.amount in found.amount_within
    assert found.burden in found.burden_within
    for row in found:
        assert row.amount in row.amount_within
        assert row.burden in row.burden_within
        assert row.share in row.share_within
        assert row.difference == row.share - row.share_of_gdp


def test_the_bounds_of_a_part_are_reached_where_the_others_are_at_the_other_end() -> None:
    found = burden.category_burdens(TABLE, 2025, "equipment_share")
    low = [float(row.amount_within.low.amount) for row in found]
    high = [float(row.amount_within.high.amount) for row in found]
    for number, row in enumerate(found):
        assert float(row.share_within.low.as_fraction) == pytest.approx(
            low[number] / (low[number] + sum(high) - high[number])
        )
        assert float(row.share_within.high.as_fraction) == pytest.approx(
            high[number] / (high[number] + sum(low) - low[number])
        )


def test_bounds_in_another_currency_are_as_wide() -> None:
    dollars = burden.category_burdens(TABLE, 2025, "equipment_share")
    euros = burden.category_burdens(TABLE, 2025, "equipment_share", currency="EUR")
    assert euros["POL"].amount.currency == nb.Currency("EUR")
    for one, other in zip(dollars, euros, strict=True):
        ratio = other.amount.amount / one.amount.amount
        assert float(other.amount_within.low.amount) == pytest.approx(float(one.amount_within.low.amount * ratio))
        assert float(other.burden_within.high.as_fraction) == pytest.approx(float(one.burden_within.high.as_fraction))
        assert float(other.share.as_fraction) == pytest.approx(float(one.share.as_fraction))


@pytest.mark.parametrize("wrong", ["expenditure", "gdp", "equipment"])
def test_what_is_no_category_is_refused(wrong: str) -> None:
    with pytest.raises(errors.UnknownNameError, match="equipment_share"):
        burden.category_burdens(TABLE, 2025, wrong)


def test_a_missing_category_has_no_partial_sum() -> None:
    with pytest.raises(errors.NoObservationError, match="Netherlands for 2026"):
        burden.category_burdens(TABLE, 2026, "personnel_share")
    found = burden.series(burden.burdens, TABLE, years=[2025, 2026], measure="personnel_share")
    assert [gap.year for gap in found.missing] == [2026]


# --- statistics of one category --------------------------------------------------------------------------


@pytest.mark.parametrize("category", CATEGORIES)
def test_statistics_of_a_category_are_scipys_on_its_amounts(category: nb.Measure) -> None:
    amounts, gdp = arrays(category)
    test = burden.exploitation(TABLE, 2025, measure=category)
    assert test.rho == pytest.approx(stats.spearmanr(amounts / gdp, gdp).statistic)
    assert test.tau == pytest.approx(stats.kendalltau(amounts / gdp, gdp).statistic)
    assert test.measure is category
    assert test.at_other_prices is not None
    parts, due = amounts / amounts.sum(), gdp / gdp.sum()
    [of_gdp] = [row for row in burden.concordance(TABLE, 2025, measure=category, draws=99) if row.proxies == ("gdp",)]
    assert of_gdp.p == pytest.approx(stats.wilcoxon(parts - due, method="exact").pvalue)
    unequal = burden.inequality(TABLE, 2025, measure=category)
    assert float(unequal.theil) == pytest.approx(float((parts * np.log(parts / due)).sum()))
    fair = burden.fair_shares(TABLE, 2025, measure=category)
    assert [float(row.ratio) for row in fair] == pytest.approx((parts / due).tolist())
    for told in (test, of_gdp, unequal, fair[0]):
        assert "alone, NATO Total" in told.headline


def test_a_burden_of_one_category_says_so_and_rests_on_the_printed_share() -> None:
    row = burden.burdens(TABLE, 2025, measure="other_share")["POL"]
    assert row.headline == "Burden of Poland in other spending, 2025, edition 2026-07, at constant 2021 prices"
    assert "× share of other spending" in row.formula
    assert "other spending as a share of defence expenditure, Poland, 2025: 15.62 %" in row.explain()
    assert row.carried == row.expenditure * nb.Share.percent("15.62")


@pytest.mark.parametrize("ask", [burden.burdens, burden.exploitation, burden.inequality, burden.fair_shares])
@pytest.mark.parametrize("wrong", ["military_personnel", "share_of_gdp", "tanks"])
def test_a_measure_that_is_no_burden_is_refused(ask: Any, wrong: str) -> None:
    with pytest.raises(errors.UnknownNameError):
        ask(TABLE, 2025, measure=wrong)


@given(st.integers(1, 1000))
def test_the_four_burdens_of_an_ally_add_up_to_its_burden_within_rounding(seed: int) -> None:
    table = EDITIONS[seed % len(EDITIONS)]
    year = table.years[seed % len(table.years)]
    ally = table.countries[seed % len(table.countries)]
    try:
        mix = burden.category_mix(table, year, of=ally)
    except errors.NoObservationError:
        return
    assert mix.adds_up
    assert abs(float(mix.unexplained / mix.expenditure)) <= 4 * 0.00005 + 1e-6
    for part in mix.parts:
        assert part.share in part.share_within
        assert part.amount in part.amount_within


def test_figures_by_year_are_taken_of_the_year() -> None:
    figures = {year: {ally: year + number for number, ally in enumerate(ALLIES)} for year in (2024, 2025)}
    attacks = YearlyFigures.of("attacks", figures, source=SOURCE)
    for year in (2024, 2025):
        fixed = CountryFigures.of("attacks", figures[year], source=SOURCE)
        assert burden.concordance(TABLE, year, proxies=["gdp", attacks], draws=99) == burden.concordance(
            TABLE, year, proxies=["gdp", fixed], draws=99
        )
        assert burden.fair_shares(TABLE, year, attacks) == burden.fair_shares(TABLE, year, fixed)
        assert burden.exploitation(TABLE, year, held=[attacks]) == burden.exploitation(TABLE, year, held=[fixed])
    found = burden.series(burden.fair_shares, TABLE, years=[2023, 2024], key=attacks)
    assert [(gap.year, "attacks" in gap.reason) for gap in found.missing] == [(2023, True)]
    aid = YearlyFigures.of(
        "aid", {2025: {ally: nb.Money.millions(5, "USD", CONSTANT) for ally in ALLIES}}, source=SOURCE
    )
    row = burden.burdens(TABLE, 2025, terms=[aid])["POL"]
    assert row.carried == row.expenditure + nb.Money.millions(5, "USD", CONSTANT)
    assert row.given == (aid.in_year(2025),)


# --- the mix of categories -------------------------------------------------------------------------------


def test_a_groups_mix_is_a_sum_over_a_sum() -> None:
    mix = burden.category_mix(TABLE, 2025)
    whole = sum(float(TABLE.expenditure(ally, 2025, CONSTANT).value.amount) for ally in ALLIES)
    for part in mix.parts:
        amounts, _ = arrays(part.category)
        assert float(part.share.as_fraction) == pytest.approx(amounts.sum() / whole)
    assert mix.part("equipment_share") is mix.parts[0]
    assert mix.to_row()["equipment_share_percent"] == pytest.approx(float(mix.parts[0].share.as_percent))
    with pytest.raises(errors.UnknownNameError, match="equipment_share"):
        mix.part("expenditure")


def test_an_allys_mix_is_as_printed() -> None:
    mix = burden.category_mix(TABLE, 2025, of="Poland")
    assert [part.share.published() for part in mix.parts] == [
        nb.Share.percent(number) for number in ("50.71", "29.58", "4.09", "15.62")
    ]
    assert str(mix.part("equipment_share").share_within) == "50.7050 % to 50.7150 %"
    assert "explained by rounding: yes" in str(mix)


def test_a_mix_that_does_not_add_up_says_so() -> None:
    shares = {category: nb.Share.percent(20) for category in CATEGORIES}
    kept = [item for item in TABLE.observations if item.measure not in shares]
    wrong = [
        nb.model.Observation(
            measure=category, entity=nb.Country("POL"), year=2025, value=share, status=nb.Status.ACTUAL,
            edition=TABLE.edition,
        )
        for category, share in shares.items()
    ]  # fmt: skip
    table = nb.model.ExpenditureTable(edition=TABLE.edition, observations=[*kept, *wrong])
    mix = burden.category_mix(table, 2025, of="POL")
    assert not mix.adds_up
    assert mix.unexplained.share_of(mix.expenditure) == nb.Share.percent(20)
    assert "explained by rounding: no" in str(mix)


# --- capital intensity -----------------------------------------------------------------------------------


def test_capital_intensity_is_numpys_and_lies_within_its_bounds() -> None:
    found = burden.capital_intensity(TABLE, 2025)
    equipment, _ = arrays(nb.Measure.EQUIPMENT_SHARE)
    built, _ = arrays(nb.Measure.INFRASTRUCTURE_SHARE)
    paid, _ = arrays(nb.Measure.PERSONNEL_SHARE)
    soldiers = np.array([float(TABLE.military_personnel(ally, 2025).value) for ally in ALLIES])
    assert [float(row.equipment_per_soldier.amount) for row in found] == pytest.approx((equipment / soldiers).tolist())
    assert [float(row.equipment_to_personnel) for row in found] == pytest.approx((equipment / paid).tolist())
    assert [float(row.capital_to_personnel) for row in found] == pytest.approx(((equipment + built) / paid).tolist())
    assert float(found.equipment_per_soldier.amount) == pytest.approx(equipment.sum() / soldiers.sum())
    assert float(found.equipment_to_personnel) == pytest.approx(equipment.sum() / paid.sum())
    assert float(found.capital_to_personnel) == pytest.approx((equipment + built).sum() / paid.sum())
    for told in (found, *found):
        assert told.equipment_per_soldier in told.equipment_per_soldier_within
        assert told.equipment_to_personnel in told.equipment_to_personnel_within
        assert told.capital_to_personnel in told.capital_to_personnel_within


def test_capital_intensity_by_hand() -> None:
    # Poland: 50.71 % and 4.09 % beside 29.58 %, each to 0.005; 33,084 m dollars and 238,200 soldiers.
    row = burden.capital_intensity(TABLE, 2025)["POL"]
    assert float(row.capital_to_personnel) == pytest.approx((50.71 + 4.09) / 29.58)
    low, high = row.capital_to_personnel_within.low, row.capital_to_personnel_within.high
    assert float(low) == pytest.approx((50.705 + 4.085) / 29.585)
    assert float(high) == pytest.approx((50.715 + 4.095) / 29.575)
    assert float(row.equipment_per_soldier_within.low.amount) == pytest.approx(33083.5e6 * 0.50705 / 238250)
    assert row.to_row()["equipment_per_soldier_usd"] == pytest.approx(33084e6 * 0.5071 / 238200)


def test_ratios_do_not_change_with_the_currency_or_the_prices() -> None:
    dollars = burden.capital_intensity(TABLE, 2025, group="NATO Europe")
    euros = burden.capital_intensity(TABLE, 2025, group="NATO Europe", currency="EUR", basis=nb.CURRENT_PRICES)
    for one, other in zip(dollars, euros, strict=True):
        assert one.equipment_to_personnel == other.equipment_to_personnel
        assert one.capital_to_personnel_within == other.capital_to_personnel_within
    assert euros.equipment_per_soldier.currency == nb.Currency("EUR")


@pytest.mark.parametrize("measure", [nb.Measure.PERSONNEL_SHARE, nb.Measure.MILITARY_PERSONNEL])
def test_an_ally_without_soldiers_or_pay_has_no_ratio(measure: nb.Measure) -> None:
    none: Any = nb.Share.percent(0) if measure is nb.Measure.PERSONNEL_SHARE else Decimal(0)
    kept = [item for item in TABLE.observations if item.measure is not measure]
    zero = nb.model.Observation(
        measure=measure, entity=nb.Country("POL"), year=2025, value=none, status=nb.Status.ACTUAL, edition=TABLE.edition
    )
    table = nb.model.ExpenditureTable(edition=TABLE.edition, observations=[*kept, zero])
    with pytest.raises(errors.UnexpectedValueError, match="leave the ally out of the group"):
        burden.capital_intensity(table, 2025, group=["POL"])


def test_a_burden_is_never_infinite() -> None:
    found = burden.category_burdens(TABLE, 2025, "infrastructure_share")
    assert all(math.isfinite(float(row.share_within.high.as_fraction)) for row in found)
