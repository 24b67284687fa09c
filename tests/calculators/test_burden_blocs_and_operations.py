"""Theil's index by bloc, and the burden of operations: by hand, by NumPy, and laws."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden import burden, errors
from natoburden.model.figures import CountryFigures, YearlyFigures

TABLE = nb.datasets.defence_expenditure("2026-07")
CONSTANT = TABLE.edition.constant_prices
SOURCE = nb.Source(title="Invented figures", publisher="this test")
ALLIES = [row.country for row in burden.burdens(TABLE, 2025)]
ATLANTIC = {"America": ["USA", "CAN"], "Europe": "NATO Europe"}
EXACT = Decimal("1e-28")

PARTITIONS = st.lists(st.integers(0, 4), min_size=len(ALLIES), max_size=len(ALLIES)).filter(
    lambda places: len(set(places)) > 1
)


def divided(places: list[int]) -> dict[str, list[nb.Country]]:
    found: dict[str, list[nb.Country]] = {}
    for ally, place in zip(ALLIES, places, strict=True):
        found.setdefault(f"bloc {place}", []).append(ally)
    return found


def table_of(amounts: dict[str, tuple[int, int]]) -> nb.model.ExpenditureTable:
    """Make a table of 2025 with expenditure and GDP of some allies, in millions of constant dollars."""
    observed = [
        nb.model.Observation(
            measure=measure, entity=nb.Country(ally), year=2025, value=nb.Money.millions(number, "USD", CONSTANT),
            status=nb.Status.ACTUAL, edition=TABLE.edition,
        )
        for ally, numbers in amounts.items()
        for measure, number in zip((nb.Measure.EXPENDITURE, nb.Measure.GDP), numbers, strict=True)
    ]  # fmt: skip
    return nb.model.ExpenditureTable(edition=TABLE.edition, observations=observed)


def test_theil_by_bloc_by_hand() -> None:
    # Expenditure 30, 10 | 40, 20 of 100; GDP 25, 25 | 30, 20 of 100.
    table = table_of({"USA": (30, 2500), "CAN": (10, 2500), "DEU": (40, 3000), "FRA": (20, 2000)})
    found = burden.inequality_by_bloc(
        table, 2025, {"America": ["USA", "CAN"], "Europe": ["DEU", "FRA"]}, group=["USA", "CAN", "DEU", "FRA"]
    )
    america = 0.75 * math.log(0.75 / 0.5) + 0.25 * math.log(0.25 / 0.5)
    europe = 2 / 3 * math.log((2 / 3) / 0.6) + 1 / 3 * math.log((1 / 3) / 0.4)
    assert float(found["America"].theil) == pytest.approx(america)
    assert float(found["Europe"].theil) == pytest.approx(europe)
    assert float(found.within) == pytest.approx(0.4 * america + 0.6 * europe)
    assert float(found.between) == pytest.approx(0.4 * math.log(0.4 / 0.5) + 0.6 * math.log(0.6 / 0.5))
    assert found["America"].between < 0 < found["Europe"].between
    assert (found["America"].allies, found["Europe"].gdp) == (2, nb.Share.percent(50))


@given(PARTITIONS, st.sampled_from(["expenditure", "equipment_share", "personnel_share"]))
def test_within_and_between_add_up_to_the_index_exactly(places: list[int], measure: str) -> None:
    found = burden.inequality_by_bloc(TABLE, 2025, divided(places), measure=measure)
    assert abs(found.within + found.between - found.theil) < EXACT
    assert found.theil == pytest.approx(burden.inequality(TABLE, 2025, measure=measure).theil, abs=EXACT)
    assert found.within >= -EXACT
    assert found.between >= -EXACT
    assert sum(row.allies for row in found) == len(ALLIES)
    assert sum(Fraction(row.expenditure.as_fraction) for row in found) == pytest.approx(1, abs=1e-15)


def test_theil_by_bloc_is_numpys() -> None:
    rows = burden.burdens(TABLE, 2025).rows
    s, g = (np.array([float(getattr(row, name).amount) for row in rows]) for name in ("carried", "gdp"))
    s, g = s / s.sum(), g / g.sum()
    america = np.array([row.country.alpha_3 in ("USA", "CAN") for row in rows])
    between = sum(s[part].sum() * np.log(s[part].sum() / g[part].sum()) for part in (america, ~america))
    found = burden.inequality_by_bloc(TABLE, 2025, ATLANTIC)
    assert float(found.between) == pytest.approx(between)
    assert float(found.theil) == pytest.approx((s * np.log(s / g)).sum())
    assert found.part_between is not None
    assert float(found.part_between.as_fraction) == pytest.approx(between / (s * np.log(s / g)).sum())


@given(
    st.lists(st.tuples(st.integers(1, 999), st.integers(10**6, 10**7)), min_size=4, max_size=4), st.integers(2, 1000)
)
def test_neither_the_unit_of_money_nor_that_of_gdp_changes_the_index(pairs: list[tuple[int, int]], factor: int) -> None:
    allies = ["USA", "CAN", "DEU", "FRA"]
    blocs = {"America": ["USA", "CAN"], "Europe": ["DEU", "FRA"]}
    one = burden.inequality_by_bloc(table_of(dict(zip(allies, pairs, strict=True))), 2025, blocs, group=allies)
    scaled = [(spent * factor, gdp * 3) for spent, gdp in pairs]
    other = burden.inequality_by_bloc(table_of(dict(zip(allies, scaled, strict=True))), 2025, blocs, group=allies)
    assert other.within == pytest.approx(one.within, abs=EXACT)
    assert other.between == pytest.approx(one.between, abs=EXACT)


def test_where_all_carry_alike_there_is_nothing_to_divide() -> None:
    table = table_of({"USA": (20, 1000), "DEU": (10, 500)})
    found = burden.inequality_by_bloc(table, 2025, [["USA"], ["DEU"]], group=["USA", "DEU"])
    assert not any((found.theil, found.within, found.between))
    assert found.part_between is None
    assert "part between: none" in str(found)


def test_a_bloc_that_carries_nothing_adds_nothing() -> None:
    table = table_of({"USA": (20, 1000), "DEU": (0, 500)})
    found = burden.inequality_by_bloc(table, 2025, [["USA"], ["DEU"]], group=["USA", "DEU"])
    assert not any((found[1].theil, found[1].within, found[1].between))
    nothing = table_of({"USA": (0, 1000), "DEU": (0, 500)})
    with pytest.raises(errors.UnexpectedValueError, match="0 in sum"):
        burden.inequality_by_bloc(nothing, 2025, [["USA"], ["DEU"]], group=["USA", "DEU"])


@pytest.mark.parametrize(
    ("blocs", "words"),
    [
        ({"America": ["USA", "CAN"], "EU": "NATO_EU"}, "in none of them: .*United Kingdom"),
        ({"America": ["USA", "CAN"], "All": "NATO"}, "America and All.*(Canada|United States) is in both"),
        ({"All": "NATO"}, "give two or more"),
        ({}, "give two or more"),
        ([], "give two or more"),
        ({"All": "NATO", "Nobody": ["CHE"]}, "no member in NATO Total in 2025 that spends"),
        ({"All": "NATO", "Iceland": ["ISL"]}, "no member in NATO Total in 2025 that spends"),
        (["NATO Europe", "NATO Europe"], "given twice"),
        ("NATO Europe", "give two or more"),
    ],
)
def test_what_does_not_divide_the_group_is_refused(blocs: Any, words: str) -> None:
    with pytest.raises(errors.UnexpectedValueError, match=words):
        burden.inequality_by_bloc(TABLE, 2025, blocs)


def test_blocs_may_reach_beyond_the_group_and_change_with_the_year() -> None:
    found = burden.inequality_by_bloc(TABLE, 2025, ["NATO_EU", "NATO_NON_EU"])
    assert {row.label for row in found} == {str(nb.Group.find(name)) for name in ("NATO_EU", "NATO_NON_EU")}
    assert sum(row.allies for row in found) == 31
    years = burden.series(burden.inequality_by_bloc, TABLE, years=[2014, 2025], blocs=ATLANTIC)
    assert [(row.year, row.label, row.allies) for row in years] == [
        (2014, "America", 2), (2014, "Europe", 25), (2025, "America", 2), (2025, "Europe", 29),
    ]  # fmt: skip


def test_a_series_of_tables_keeps_what_each_year_says_as_a_whole() -> None:
    years = burden.series(burden.inequality_by_bloc, TABLE, years=[2014, 2025], blocs=ATLANTIC)
    alone = [burden.inequality_by_bloc(TABLE, year, ATLANTIC) for year in (2014, 2025)]
    assert list(years.totals) == alone
    assert (
        f"Inequality of burdens by bloc (America / Europe), NATO Total, 2025, edition 2026-07: {alone[1].findings[0]}"
        in str(years)
    )
    assert f"between blocs: {alone[1].between:.4f}" in years.explain()
    assert burden.series(burden.inequality, TABLE, years=[2014]).totals == ()


def test_contributions_in_money_keep_their_currency() -> None:
    paid = {ally: nb.Money.millions(40, "EUR", CONSTANT) for ally in ALLIES}
    figures = CountryFigures.of("costs of a mission", paid, source=SOURCE)
    row = burden.operations_burdens(TABLE, 2025, figures)["POL"]
    assert row.contributed == nb.Money.millions(40, "EUR", CONSTANT)
    assert "contributed: EUR 40.00 m" in row.explain()
    assert row.to_row()["contributed_million_eur"] == 40
    assert row.share == nb.Share.of(1, len(ALLIES))


def test_terms_count_in_the_inequality_by_bloc() -> None:
    aid = CountryFigures.of("aid", {ally: nb.Money.billions(5, "USD", CONSTANT) for ally in ALLIES}, source=SOURCE)
    found = burden.inequality_by_bloc(TABLE, 2025, ATLANTIC, terms=[aid])
    assert found.theil == pytest.approx(burden.inequality(TABLE, 2025, terms=[aid]).theil, abs=EXACT)
    assert SOURCE in found.sources


# --- operations ------------------------------------------------------------------------------------------


def sent(**numbers: int) -> CountryFigures:
    return CountryFigures.of("soldiers sent", numbers, source=SOURCE)


THREE = ["POL", "DEU", "EST"]


@pytest.mark.parametrize("capacity", list(burden.Capacity))
def test_operations_are_set_against_each_capacity(capacity: burden.Capacity) -> None:
    row_of = {row.country.alpha_3: row for row in burden.burdens(TABLE, 2025, group=THREE)}

    def means(ally: str) -> Decimal | None:
        row = row_of[ally]
        return {
            "gdp": row.gdp.amount,
            "population": row.population,
            "military personnel": TABLE.military_personnel(ally, 2025).value,
            "expenditure": row.expenditure.amount,
        }[str(capacity)]

    found = burden.operations_burdens(TABLE, 2025, sent(POL=500, DEU=1000, EST=100), relative_to=capacity, group=THREE)
    weights = {ally: float(means(ally) or 0) for ally in THREE}
    for ally, number in (("POL", 500), ("DEU", 1000), ("EST", 100)):
        row = found[ally]
        assert float(row.share.as_fraction) == pytest.approx(number / 1600)
        assert float(row.share_of_capacity.as_fraction) == pytest.approx(weights[ally] / sum(weights.values()))
        assert float(row.ratio) == pytest.approx(number / 1600 / (weights[ally] / sum(weights.values())))
        assert row.inputs
        assert SOURCE in row.sources
        assert f"soldiers sent relative to {capacity}" in row.headline


@given(st.lists(st.integers(0, 10**6), min_size=3, max_size=3).filter(any), st.integers(2, 1000))
def test_the_unit_of_contributions_does_not_matter_and_ratios_average_to_one(numbers: list[int], factor: int) -> None:
    one = burden.operations_burdens(TABLE, 2025, sent(**dict(zip(THREE, numbers, strict=True))), group=THREE)
    more = sent(**{ally: number * factor for ally, number in zip(THREE, numbers, strict=True)})
    other = burden.operations_burdens(TABLE, 2025, more, group=THREE)
    for first, second in zip(one, other, strict=True):
        assert float(first.ratio) == pytest.approx(float(second.ratio))
    mean = sum(float(row.ratio) * float(row.share_of_capacity.as_fraction) for row in one)
    assert mean == pytest.approx(1)


def test_a_capacity_of_ones_own_and_figures_by_year_are_taken() -> None:
    by_year = YearlyFigures.of("soldiers sent", {2025: {"POL": 1, "DEU": 2, "EST": 0}}, source=SOURCE)
    other = nb.Source(title="Deployable forces", publisher="this test")
    able = CountryFigures.of("deployable soldiers", {"POL": 100, "DEU": 100, "EST": 100}, source=other)
    found = burden.operations_burdens(TABLE, 2025, by_year, relative_to=able, group=THREE)
    assert [float(found[ally].ratio) for ally in THREE] == pytest.approx([1, 2, 0])
    assert found["EST"].capacity == "deployable soldiers"
    assert {SOURCE, other} <= set(found["EST"].sources)
    costs = CountryFigures.of(
        "cost", {ally: nb.Money.millions(number, "EUR") for ally, number in zip(THREE, (1, 2, 1), strict=True)},
        source=SOURCE,
    )  # fmt: skip
    assert burden.operations_burdens(TABLE, 2025, costs, group=THREE)["DEU"].share == nb.Share.percent(50)


@pytest.mark.parametrize(
    ("options", "kind", "words"),
    [
        ({"contributions": sent(POL=1, DEU=1)}, errors.MissingFiguresError, "soldiers sent of Estonia"),
        ({"contributions": sent(POL=0, DEU=0, EST=0)}, errors.UnexpectedValueError, "0 in sum"),
        ({"contributions": {"POL": 1}}, errors.UnexpectedValueError, r"CountryFigures\.of"),
        ({"relative_to": "tanks"}, errors.UnknownNameError, "military personnel"),
        ({"relative_to": sent(POL=1, DEU=1, EST=0)}, errors.UnexpectedValueError, "zero of Estonia"),
    ],
)
def test_operations_that_cannot_be_compared_are_refused(options: Any, kind: type[Exception], words: str) -> None:
    given_ = {"contributions": sent(POL=1, DEU=1, EST=1)} | options
    with pytest.raises(kind, match=words):
        burden.operations_burdens(TABLE, 2025, given_.pop("contributions"), group=THREE, **given_)
