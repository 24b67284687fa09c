"""Where the share meets a target and the money does not: who, why, and that it is said."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs
import numpy as np
import pytest

import natoburden as nb
from natoburden.errors import OppositeSignsWarning

TABLE = nb.datasets.defence_expenditure("2026-07")
OLDER = nb.datasets.defence_expenditure("2024-06")
CONSTANT = TABLE.edition.constant_prices


def test_the_netherlands_of_2024_meet_two_percent_by_share_and_not_in_money() -> None:
    """By hand: 2 % of 1 213 438 m less 21 885 m is 2383.76 m, and the published share is 2.02 %."""
    with pytest.warns(OppositeSignsWarning, match=r"Netherlands in 2024: the published share is 2\.02 %") as caught:
        gap = nb.targets.gap(TABLE, "NLD", 2024, nb.WALES_GUIDELINE)
    assert caught[0].filename == __file__
    assert (str(gap.points), gap.amount.in_millions) == ("-0.02 pp", Decimal("2383.76"))
    assert float(gap.share_at_basis.as_fraction) == pytest.approx(21885 / 1213438, rel=1e-15)
    assert gap.has_opposite_signs
    assert (
        "opposite signs: the published share is 2.02 %, and at current prices the amounts make 1.80 %" in gap.explain()
    )
    assert gap == nb.targets.gap(TABLE, "NLD", 2024, nb.WALES_GUIDELINE, opposite_signs_ok=True)


def test_at_the_prices_of_the_share_both_agree() -> None:
    gap = nb.targets.gap(TABLE, "NLD", 2024, nb.WALES_GUIDELINE, basis=CONSTANT)
    assert gap.amount.amount < 0
    assert "opposite signs" not in gap.explain()


def test_where_the_printed_share_is_no_ratio_of_the_amounts_the_working_says_so() -> None:
    """The edition of June 2024 prints 2.00 % for Slovakia, and amounts that make 1.989 %."""
    gap = nb.targets.gap(OLDER, "SVK", 2024, nb.WALES_GUIDELINE, basis=OLDER.edition.constant_prices)
    assert gap.has_opposite_signs
    assert "make 1.99 %: the printed share is not the ratio of the printed amounts" in gap.explain()


def test_a_remainder_of_rounding_is_not_an_opposite_sign() -> None:
    gap = nb.targets.gap(TABLE, "ESP", 2025, nb.WALES_GUIDELINE)
    assert gap.points == nb.PercentagePoints(0)
    assert (gap.amount.amount > 0, gap.has_opposite_signs) == (True, False)


@pytest.mark.parametrize("table", [OLDER, TABLE], ids=str)
@pytest.mark.parametrize("is_ceiling", [False, True])
def test_opposite_signs_are_those_that_fractions_find(table: nb.ExpenditureTable, is_ceiling: bool) -> None:
    modality = nb.Modality.CEILING if is_ceiling else nb.Modality.FLOOR
    seen = 0
    for ally in table.countries:
        for year in table.years:
            spent, gdp = (Fraction(look(ally, year).value.amount) for look in (table.expenditure, table.gdp))
            printed = table.share_of_gdp(ally, year).value.published()
            for target in (printed, nb.Share.percent(2), nb.Share.percent("3.5")):
                sought = attrs.evolve(nb.HAGUE_CORE, share=target, modality=modality)
                found = nb.targets.gap(table, ally, year, sought, opposite_signs_ok=True)
                points = Fraction(target.as_percent) - Fraction(printed.as_percent)
                money = Fraction(target.as_fraction) * gdp - spent
                met = (points >= 0, money >= 0) if is_ceiling else (points <= 0, money <= 0)
                beyond = max(abs(points), abs(100 * money / gdp)) > Fraction(5, 1000)
                assert found.has_opposite_signs is (met[0] is not met[1] and beyond)
                seen += found.has_opposite_signs
    assert seen > 0


@pytest.mark.parametrize(
    ("table", "rounding", "allies"),
    [
        (TABLE, 0.5, {"NLD": set(range(2014, 2027)) - {2021}, "ITA": {2014, 2015, 2016, 2017}}),
        (
            OLDER,
            0.0001,
            {
                "NLD": set(range(2014, 2025)) - {2015},
                "ITA": {2014, 2016, 2017},
                "USA": set(range(2014, 2025)) - {2015},
            },
        ),
    ],
    ids=str,
)
def test_only_these_allies_deflate_expenditure_otherwise_than_gdp(
    table: nb.ExpenditureTable, rounding: float, allies: dict[str, set[int]]
) -> None:
    """Current over constant dollars of expenditure, over the same of GDP: one, but for the rounding of four figures."""
    apart: dict[str, set[int]] = {}
    constant = table.edition.constant_prices
    for ally in table.countries:
        columns = [
            np.array([float(look(ally, year, basis).value.in_millions) for year in table.years])
            for look in (table.expenditure, table.gdp)
            for basis in (nb.CURRENT_PRICES, constant)
        ]
        ratio = columns[0] / columns[1] / (columns[2] / columns[3]) - 1
        bound = sum(rounding / column for column in columns) + 1e-12
        if years := {year for year, differs in zip(table.years, abs(ratio) > bound, strict=True) if differs}:
            apart[ally.key] = years
    assert apart == allies


# --- sums ------------------------------------------------------------------------------------------------


def test_a_group_names_the_members_whose_money_answers_otherwise_and_sums_by_the_money() -> None:
    with pytest.warns(OppositeSignsWarning, match="Netherlands in 2024"):
        group = nb.targets.group_gap(TABLE, "NATO_EU", 2024, nb.WALES_GUIDELINE)
    assert group == nb.targets.group_gap(TABLE, "NATO_EU", 2024, nb.WALES_GUIDELINE, opposite_signs_ok=True)
    assert "opposite signs: Netherlands 2024, share 2.02 %, gap USD 2.38 bn (current prices)" in group.explain()
    by_hand = sum(
        max(0.0, 0.02 * float(TABLE.gdp(ally, 2024).value.amount) - float(TABLE.expenditure(ally, 2024).value.amount))
        for ally in TABLE.reporting_members("NATO_EU", 2024)
    )
    assert float(group.gross.amount) == pytest.approx(by_hand, rel=1e-12)
    assert "opposite" not in nb.targets.group_gap(TABLE, "NATO_EU", 2025, nb.HAGUE_CORE).explain()


def test_a_sum_over_years_at_current_prices_names_the_year() -> None:
    def ask(*, current_prices_ok: bool, opposite_signs_ok: bool = False) -> nb.targets.CumulativeShortfall:
        return nb.targets.cumulative_shortfall(
            TABLE,
            "NLD",
            nb.WALES_GUIDELINE,
            since=2023,
            until=2024,
            basis=nb.CURRENT_PRICES,
            current_prices_ok=current_prices_ok,
            opposite_signs_ok=opposite_signs_ok,
        )

    with pytest.warns(OppositeSignsWarning, match="Netherlands in 2024"):
        loud = ask(current_prices_ok=True)
    assert loud == ask(current_prices_ok=True, opposite_signs_ok=True)
    assert "opposite signs: Netherlands 2024" in loud.explain()
    assert "opposite" not in nb.targets.cumulative_shortfall(TABLE, "NLD", nb.WALES_GUIDELINE, since=2014).explain()


def test_credit_goes_by_the_money_without_a_word() -> None:
    found = nb.credit.scenario(TABLE, "NLD", 2024, demand=nb.WALES_GUIDELINE, package=[])
    assert found.gap.in_millions == Decimal("2383.76")
