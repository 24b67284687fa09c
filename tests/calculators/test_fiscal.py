"""Debt with and without a path: the IMF's figures to the digit, the stock-flow identity, and what pays for it."""

from __future__ import annotations

import functools
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import natoburden as nb
from natoburden.calculators._members import spenders
from natoburden.calculators.fiscal import FiscalSpace, FiscalYear, YearOrigin
from natoburden.errors import (
    InvalidNumberError,
    InvalidYearError,
    NoObservationError,
    NotAMemberError,
    TargetMismatchError,
    UnexpectedValueError,
)
from natoburden.model import MacroTable

TABLE = nb.datasets.defence_expenditure("2026-07")
MACRO = nb.datasets.macro()
ALLIES = spenders(TABLE, nb.Group.find("NATO"), 2026)
PP, RATE, SHARE = nb.PercentagePoints, nb.Rate.percent, nb.Share.percent
EXACT = Decimal("1e-25")


def imf(ally: Any, year: int, measure: str) -> Decimal:
    unit = "national currency" if measure == "gdp" else None
    value = MACRO.figure(ally, year, measure, unit).value
    return Decimal(value.amount if measure == "gdp" else value.as_percent)


@functools.cache
def space(ally: str, **options: Any) -> FiscalSpace:
    return nb.fiscal.space(TABLE, MACRO, ally, 2026, **options)


def test_the_row_of_an_ally_has_its_ends_under_the_names_of_its_years() -> None:
    found = nb.fiscal.spaces(TABLE, MACRO, ["ITA"], 2026)
    space, cells = found[0], found[0].columns
    first, last = space.years[0], space.last
    assert (cells["first_year"], cells["last_year"]) == (first.year, last.year)
    assert (cells["start"], cells["target"]) == (space.path.start, space.path.target)
    assert (cells["debt_first"], cells["debt_last"], cells["debt_last_with"]) == (first.debt, last.debt, last.debt_with)
    of_last = ("added", "extra", "differential", "primary_balance", "stabilising")
    assert [cells["added"], *(cells[f"{name}_last"] for name in of_last[1:])] == [
        getattr(last, name) for name in of_last
    ]


def test_a_multiplier_that_is_no_number_is_refused_by_name() -> None:
    with pytest.raises(InvalidNumberError) as caught:
        space("ITA", multiplier="much")
    assert str(caught.value).startswith("multiplier: 'much' is not usable")


# --- the baseline ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ally", ALLIES, ids=str)
def test_without_the_path_debt_is_what_the_imf_prints_to_2031_for_every_ally(ally: nb.Country) -> None:
    for found in (nb.fiscal.debt_outlook(MACRO, ally), nb.fiscal.space(TABLE, MACRO, ally, 2026).baseline):
        printed = {year: imf(ally, year, "government_gross_debt") for year in range(found.rows[0].year, 2032)}
        assert {year: debt.value for year, debt in found.by_year.items() if year <= 2031} == printed


@pytest.mark.parametrize("ally", ALLIES, ids=str)
def test_interest_growth_balance_and_stock_flow_give_back_the_imf_s_debt_and_balance(ally: nb.Country) -> None:
    rows = nb.fiscal.debt_outlook(MACRO, ally, first_year=2026, last_year=2031).rows
    road = nb.pathways.debt_path(
        rows[0].debt_before,
        [row.stock_flow - row.primary_balance for row in rows],
        first_year=2025,
        interest=[row.interest for row in rows],
        growth=[row.growth for row in rows],
    )
    for row in rows:
        gdp = imf(ally, row.year, "gdp")
        debt = imf(ally, row.year, "government_gross_debt")
        cents = (road.by_year[row.year].value - debt) * gdp / 100
        assert abs(cents) < Decimal("0.01"), "to the cent"
        assert abs(road.by_year[row.year].value - debt) < EXACT
        assert abs(row.balance.value - imf(ally, row.year, "government_net_lending")) < EXACT


def test_the_effective_rate_is_net_interest_over_last_year_s_debt_by_fractions() -> None:
    row = nb.fiscal.debt_outlook(MACRO, "ITA", first_year=2030, last_year=2031)["2031"]
    paid = Fraction(imf("ITA", 2031, "government_primary_net_lending") - imf("ITA", 2031, "government_net_lending"))
    money = paid * Fraction(imf("ITA", 2031, "gdp")) / 100
    owed = Fraction(imf("ITA", 2030, "government_gross_debt")) * Fraction(imf("ITA", 2030, "gdp")) / 100
    assert abs(Fraction(row.interest.as_fraction) - money / owed) < Fraction(1, 10**25)
    growth = Fraction(imf("ITA", 2031, "gdp")) / Fraction(imf("ITA", 2030, "gdp")) - 1
    assert abs(Fraction(row.growth.as_fraction) - growth) < Fraction(1, 10**25)
    assert abs(row.differential.value - (row.interest.as_percent - row.growth.as_percent)) < EXACT


def test_after_the_outlook_its_last_year_is_held_and_named() -> None:
    found = nb.fiscal.debt_outlook(MACRO, "FRA", first_year=2030)
    last, held = found["2031"], found["2035"]
    assert (held.growth, held.interest, held.primary_balance, held.stock_flow) == (
        last.growth,
        last.interest,
        last.primary_balance,
        last.stock_flow,
    )
    debt = float(last.debt.value)
    for year in range(2032, 2036):
        debt *= float(last.interest.factor) / float(last.growth.factor)
        debt += float(last.stock_flow.value - last.primary_balance.value)
        assert float(found.by_year[year].value) == pytest.approx(debt, abs=1e-9)
    assert found.formula.count("(held)") == 4
    assert f"primary balance {last.primary_balance.value:.2f} % of GDP (held)" in found.formula  # a level has no sign
    assert " pp" not in found.formula
    origins = [row.origin for row in found]
    assert origins == [YearOrigin.FORECAST] * 2 + [YearOrigin.ASSUMED] * 4
    assert nb.fiscal.debt_outlook(MACRO, "FRA")["2025"].origin is YearOrigin.OUTCOME


def test_what_is_assumed_of_later_years_replaces_what_is_held() -> None:
    later = nb.fiscal.LaterYears(growth=RATE(0), interest=RATE(0), primary_balance=PP(-1), stock_flow=PP(0))
    found = nb.fiscal.debt_outlook(MACRO, "FRA", first_year=2030, later=later)
    assert found.by_year[2035] == found.by_year[2031] + PP(4)
    assert found.formula.count("(assumed)") == 4
    assert found["2035"].gdp == found["2031"].gdp
    short = nb.fiscal.debt_outlook(MACRO, "FRA", first_year=2026, last_year=2031, later=later)
    assert "assumed" not in short.formula


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"first_year": 2032}, InvalidYearError, "at most 2031"),
        ({"last_year": 2025}, InvalidYearError, "a year after 2025"),
        ({"first_year": 2008}, NoObservationError, "2007"),
        ({"ally": "Iran"}, NoObservationError, "Iran"),
        ({"later": 2}, UnexpectedValueError, "LaterYears"),
        ({"outlook": TABLE}, UnexpectedValueError, r"datasets\.macro"),
    ],
)
def test_a_baseline_that_cannot_be_had_is_refused(change: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        nb.fiscal.debt_outlook(**{"outlook": MACRO, "ally": "FRA"} | change)


def changed(year: int, measure: str, value: Any) -> MacroTable:
    """Return Italy's figures from 2024 on with one of them changed."""
    rows = [item for item in MACRO.select(country="ITA") if item.year >= 2024]
    made = [
        attrs.evolve(item, value=value) if (item.year, item.measure.value) == (year, measure) else item for item in rows
    ]
    return MacroTable(edition="made", last_outcome=2025, source=MACRO.source, figures=made)


def test_of_no_debt_there_is_no_effective_rate() -> None:
    with pytest.raises(UnexpectedValueError, match="no effective rate"):
        nb.fiscal.debt_outlook(changed(2024, "government_gross_debt", RATE(0)), "ITA")


# --- with the path ---------------------------------------------------------------------------------------


def by_numpy(found: FiscalSpace, debt_part: float, multiplier: float, rate: float | None = None) -> Any:
    """Return debt with the path in money, year by year in floats, over GDP with its feedback."""
    rows = found.years.rows
    gdp = np.array([float(row.gdp.amount) for row in rows])
    share = np.array([float(row.share.as_fraction) for row in rows])
    extra = (share - share[0]) * (1 - float(found.already_in_baseline.as_fraction))
    debt = np.array([float(row.debt.value) / 100 for row in rows]) * gdp
    own = np.array([float(row.interest.as_fraction) for row in rows])
    new = np.zeros(len(rows))
    for at in range(1, len(rows)):
        new[at] = new[at - 1] * (1 + (own[at] if rate is None else rate)) + debt_part * extra[at] * gdp[at]
    return 100 * (debt + new) / (gdp * (1 + multiplier * extra))


@pytest.mark.parametrize("ally", ["ITA", "FRA", "DEU", "USA", "NOR", "TUR", "POL"])
@pytest.mark.parametrize(
    ("parts", "multiplier", "already", "rate"),
    [
        ((100, 0, 0), 0, 0, None),
        ((50, 30, 20), "0.8", 25, None),
        ((0, 60, 40), "1.6", 0, None),
        ((70, 30, 0), 1, 50, 4),
    ],
)
def test_debt_with_the_path_is_that_of_a_ledger_in_money(
    ally: str, parts: tuple[int, int, int], multiplier: Any, already: int, rate: int | None
) -> None:
    financing = nb.fiscal.Financing(
        **{name: SHARE(part) for name, part in zip(("debt", "taxes", "cuts"), parts, strict=True)}
    )
    found = space(
        ally,
        financing=financing,
        multiplier=multiplier,
        already_in_baseline=SHARE(already),
        interest=None if rate is None else RATE(rate),
    )
    expected = by_numpy(found, parts[0] / 100, float(multiplier), None if rate is None else rate / 100)
    shown = [float(debt.value) for debt in found.by_year.values()]
    assert shown == pytest.approx(list(expected), rel=1e-12)
    with_options = [row.debt_with.value == row.debt.value for row in found.years]
    assert with_options[0]


@given(
    debt=st.integers(0, 100),
    taxes=st.integers(0, 100),
    multiplier=st.decimals(-1, 3, places=2),
    already=st.integers(0, 100),
    ally=st.sampled_from(["ITA", "DEU", "CAN", "SWE", "ESP"]),
)
def test_parts_add_up_and_debt_changes_by_interest_growth_balance_and_stock_flow(
    debt: int, taxes: int, multiplier: Decimal, already: int, ally: str
) -> None:
    taxes = min(taxes, 100 - debt)
    parts = nb.fiscal.Financing(debt=SHARE(debt), taxes=SHARE(taxes), cuts=SHARE(100 - debt - taxes))
    found = nb.fiscal.space(
        TABLE, MACRO, ally, 2026, financing=parts, multiplier=multiplier, already_in_baseline=SHARE(already)
    )
    before: FiscalYear | None = None
    for row in found.years:
        assert abs((row.borrowed + row.taxes + row.cuts - row.extra).value) < EXACT
        if before is not None:
            size = row.gdp_added.factor
            # To hold debt the balance is as it says; what it falls short of that, and the stock-flow, move debt.
            moved = row.stabilising_with - row.primary_balance_with + PP(row.stock_flow.value / size)
            assert abs((before.debt_with + moved - row.debt_with).value) < EXACT
            flat = row.stabilising - row.primary_balance + row.stock_flow
            assert abs((before.debt + flat - row.debt).value) < EXACT
        before = row


@given(multiplier=st.decimals(0, 3, places=1), debt=st.integers(0, 100))
def test_without_a_path_debt_is_the_baseline(multiplier: Decimal, debt: int) -> None:
    level = nb.pathways.path(SHARE(2), SHARE(2), first_year=2026, last_year=2035)
    parts = nb.fiscal.Financing(debt=SHARE(debt), cuts=SHARE(100 - debt))
    found = nb.fiscal.space(TABLE, MACRO, "ESP", 2026, target=level, multiplier=multiplier, financing=parts)
    assert found.by_year == found.baseline.by_year
    assert all(abs((row.stabilising - row.stabilising_with).value) < EXACT for row in found.years)


def test_taxes_alone_leave_debt_and_a_path_inside_already_costs_nothing() -> None:
    taxed = space("ITA", financing=nb.fiscal.Financing(taxes=SHARE(100)))
    inside = space("ITA", already_in_baseline=SHARE(100))
    assert taxed.by_year == inside.by_year == taxed.baseline.by_year
    assert taxed.last.taxes == taxed.last.extra
    assert taxed.last.extra == space("ITA").last.share - taxed.path.start
    assert inside.last.extra_amount.amount == 0


def test_an_ally_above_the_target_stays_and_says_so() -> None:
    found = space("EST")
    assert found.by_year == found.baseline.by_year
    assert "which is a floor" in found.explain()
    falling = nb.pathways.path(found.path.start, SHARE("3.5"), first_year=2026, last_year=2035)
    fallen = space("EST", target=falling)
    assert fallen.last.added < PP(0)
    assert "floor" not in fallen.explain()


def test_a_rate_below_zero_is_remarked_unless_another_is_given() -> None:
    assert "assets earn more" in space("NOR").explain()
    assert "assets earn more" not in space("NOR", interest=RATE(4)).explain()
    assert "+4.00 %" in space("NOR", interest=RATE(4)).formula
    yearly = nb.fiscal.space(TABLE, MACRO, "NOR", 2026, interest=[RATE(4)] * 9)
    assert yearly.by_year == space("NOR", interest=RATE(4)).by_year
    assert yearly.formula.count("+4.00 %") == 9


def test_a_result_names_all_that_it_assumes_and_every_source() -> None:
    found = space("ITA", multiplier=Decimal("0.5"))
    said = found.explain()
    for words in ("not published", "m = 0.5", "100.00 % by debt", "(held)", "part already inside 0.00 %", "linear"):
        assert words in said
    assert [source.publisher for source in found.sources] == ["NATO", "International Monetary Fund"]
    assert found.status is nb.Status.PROJECTION
    frame = found.to_frame("pandas")
    assert list(frame["year"]) == list(range(2026, 2036))
    assert list(frame["debt_with_points"]) == pytest.approx([float(debt.value) for debt in found.by_year.values()])
    assert found.extra_amount == nb.Money.total(row.extra_amount for row in found.years)
    assert "stock-flow" in found.last.explain()


def test_all_allies_are_a_table_and_each_row_is_its_own_result() -> None:
    found = nb.fiscal.spaces(TABLE, MACRO, "NATO", 2026, shape="step")
    assert len(found) == 31
    assert found["Italy"] == space("ITA", shape="step")
    assert nb.fiscal.spaces(TABLE, MACRO, ["ITA"])[0] == space("ITA")
    frame = found.to_frame("pandas")
    assert {"debt_last_points", "debt_last_with_points", "added_points", "financing"} <= set(frame.columns)


STEPS = nb.pathways.path(TABLE.share_of_gdp("ITA", 2026), SHARE(3), first_year=2026, last_year=2030)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"target": "hague"}, Exception, "two parts"),
        ({"target": "wales-equipment"}, TargetMismatchError, "core"),
        ({"target": "vilnius-floor"}, UnexpectedValueError, "has no deadline"),
        ({"target": STEPS, "ally": "FRA"}, UnexpectedValueError, "both are of one country"),
        ({"target": STEPS, "year": 2025}, InvalidYearError, "2026, in which the path starts"),
        ({"target": STEPS, "by": 2035}, UnexpectedValueError, "the path ends in 2030"),
        ({"by": 2026}, InvalidYearError, "2026"),
        ({"multiplier": 6}, InvalidNumberError, "from −5 to 5"),
        ({"financing": "debt"}, UnexpectedValueError, "Financing"),
        ({"already_in_baseline": 0}, UnexpectedValueError, "Share"),
        ({"interest": [RATE(4)]}, UnexpectedValueError, "a list of 1"),
    ],
)
def test_a_space_that_makes_no_sense_is_refused(change: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        nb.fiscal.space(**{"table": TABLE, "outlook": MACRO, "ally": "ITA", "year": 2026} | change)


def test_a_multiplier_that_leaves_no_gdp_is_refused() -> None:
    steep = nb.pathways.path(TABLE.share_of_gdp("DEU", 2026), SHARE(30), first_year=2026, last_year=2030)
    with pytest.raises(InvalidNumberError, match="leaves GDP above zero"):
        nb.fiscal.space(TABLE, MACRO, "DEU", 2026, target=steep, multiplier=-5)
    assert nb.fiscal.space(TABLE, MACRO, "DEU", 2026, target=steep, multiplier=-3).last.debt_with.value > 0


def test_a_path_of_one_s_own_ends_where_it_ends() -> None:
    found = space("ITA", target=STEPS)
    assert (found.last.year, found.last.share) == (2030, SHARE(3))
    assert found.last.origin is YearOrigin.FORECAST
    assert "(held)" not in found.formula


def test_parts_of_a_financing_are_a_whole() -> None:
    with pytest.raises(UnexpectedValueError, match="together they are 100 %"):
        nb.fiscal.Financing(debt=SHARE(60), taxes=SHARE(50))
    with pytest.raises(UnexpectedValueError, match=r"110\.00 % in sum"):
        nb.fiscal.Financing(debt=SHARE(60), taxes=SHARE(50))


@pytest.mark.parametrize("ally", ["ITA", "NOR", "TUR"])
def test_the_stabilising_balance_and_stock_flow_together_hold_debt(ally: str) -> None:
    for row in nb.fiscal.debt_outlook(MACRO, ally, first_year=2026):
        owed = row.debt_before.value * row.interest.factor / row.growth.factor
        primary = row.stabilising + row.stock_flow
        held = owed - primary.value + row.stock_flow.value
        assert held == pytest.approx(row.debt_before.value, abs=Decimal("1e-20"))


def test_a_path_from_the_past_says_that_outcomes_hold_what_was_spent() -> None:
    early, now = nb.fiscal.space(TABLE, MACRO, "ITA", 2014), space("ITA")
    assert early.starts_in_the_past
    assert any("starts in the past" in line for line in early.remarks)
    assert not now.starts_in_the_past
    assert not any("starts in the past" in line for line in now.remarks)
    inside = nb.fiscal.space(TABLE, MACRO, "ITA", 2014, already_in_baseline=SHARE(100))
    assert not inside.starts_in_the_past


# --- the escape clause -----------------------------------------------------------------------------------


def test_the_clause_covers_the_increase_over_the_base_year_up_to_its_room() -> None:
    room = nb.fiscal.escape_clause_room(
        TABLE, "Poland", base_year=2021, clauses=nb.datasets.escape_clauses(), outlook=MACRO
    )
    base = TABLE.share_of_gdp("POL", 2021).value
    for year in (2025, 2026):
        row, share = room[str(year)], TABLE.share_of_gdp("POL", year).value
        increase = share.as_percent - base.as_percent
        assert row.increase == PP(increase)
        assert row.covered == PP(min(Decimal("1.5"), increase))
        assert row.covered is not None
        assert row.beyond is not None
        assert row.covered + row.beyond == row.increase
        assert row.left == PP("1.5") - row.covered
        assert row.amount == MACRO.figure("POL", year, "gdp", "national currency").value * (row.covered.value / 100)
    assert (room["2027"].share, room["2027"].covered, room["2027"].amount) == (None, None, None)
    assert room.covered == PP(3)
    assert "2025-07-08" in room.explain()
    assert "unknown" in room.explain()


def test_a_path_fills_the_years_that_nato_does_not_have_and_an_ally_that_cut_has_nothing_covered() -> None:
    steps = nb.pathways.path(TABLE.share_of_gdp("DEU", 2026), SHARE(1), first_year=2026, last_year=2028)
    room = nb.fiscal.escape_clause_room(TABLE, "DEU", base_year=2021, steps=steps)
    assert room["2028"].increase == SHARE(1) - TABLE.share_of_gdp("DEU", 2021).value
    assert room["2028"].increase.value < 0
    assert (room["2028"].covered, room["2028"].beyond, room["2028"].amount) == (PP(0), PP(0), None)
    assert room.activation is None
    assert "no activation is on the record" in room.formula


def test_activations_are_those_of_the_council() -> None:
    found = nb.datasets.escape_clauses()
    early = {item.key for item in found if str(item.activated) == "2025-07-08"}
    assert " ".join(sorted(early)) == "BEL BGR CZE DNK EST FIN GRC HRV HUN LTU LVA POL PRT SVK SVN"
    assert [item.key for item in found if item.key not in early] == ["DEU"]
    assert nb.datasets.events()["2025-04-30-fiscal"].count == len(found)


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"ally": "NOR"}, NotAMemberError, "Norway"),
        ({"base_year": 2025}, InvalidYearError, "after the base year"),
        ({"base_year": 2010}, NoObservationError, "2010"),
        ({"most": PP(0)}, UnexpectedValueError, "more than nothing"),
        ({"first_year": 2029}, InvalidYearError, "in order"),
        ({"steps": STEPS}, UnexpectedValueError, "both are of one country"),
    ],
)
def test_a_room_that_cannot_be_is_refused(change: Any, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        nb.fiscal.escape_clause_room(**{"table": TABLE, "ally": "DEU", "base_year": 2021} | change)


# --- SAFE loans ------------------------------------------------------------------------------------------


def test_a_loan_is_spread_evenly_and_saves_the_difference_of_rates() -> None:
    italy, loan = space("ITA"), nb.datasets.safe_loans()["ITA"]
    cover = nb.fiscal.safe_cover(italy, loan, last_year=2030, rate=RATE(2))
    assert loan.maximum is not None
    assert (cover.amount, cover.is_maximum, len(cover)) == (loan.maximum, True, 4)
    rows = italy.years.rows[1:5]
    assert cover.extra == nb.Money.total(row.extra_amount for row in rows)
    assert cover.part_covered is not None
    assert cover.part_covered.as_fraction == pytest.approx(loan.maximum.amount / cover.extra.amount)
    lent = float(loan.maximum.amount) / 4
    saved = [lent * at * (float(row.interest.as_fraction) - 0.02) for at, row in enumerate(rows)]
    shown = [float(row.interest_saved.amount) for row in cover if row.interest_saved is not None]
    assert shown == pytest.approx(saved)
    assert cover.interest_saved is not None
    assert float(cover.interest_saved.amount) == pytest.approx(sum(saved))
    assert cover[-1].owed.amount == pytest.approx(loan.maximum.amount)
    assert "a SAFE loan is debt too" in cover.explain()
    assert nb.fiscal.safe_cover(italy, loan).interest_saved is None
    with_rates = nb.fiscal.safe_cover(italy, loan, rates=nb.datasets.exchange_rates())
    assert with_rates == nb.fiscal.safe_cover(italy, loan)  # the loan and GDP are both in euros
    assert with_rates.rates is None


def test_a_loan_in_euros_is_converted_for_an_ally_with_another_currency() -> None:
    rising = nb.pathways.path(SHARE(4), SHARE(5), first_year=2026, last_year=2030)
    poland, loan = space("POL", target=rising), nb.datasets.safe_loans()["POL"]
    rates = nb.datasets.exchange_rates()
    cover = nb.fiscal.safe_cover(poland, loan, rates=rates)
    assert loan.tentative is not None
    assert cover.amount == rates.convert(loan.tentative, "PLN")
    assert (cover.is_maximum, cover.amount.currency.code) == (False, "PLN")
    assert rates.source in cover.sources
    assert "tentative" in cover.formula
    with pytest.raises(UnexpectedValueError, match="give rates"):
        nb.fiscal.safe_cover(poland, loan)
    level = nb.fiscal.safe_cover(space("POL"), loan, rates=rates)
    assert (level.part_covered, level[0].part_covered) == (None, None)


def test_a_loan_of_another_or_of_unknown_size_and_years_outside_the_path_are_refused() -> None:
    italy, loans = space("ITA"), nb.datasets.safe_loans()
    with pytest.raises(UnexpectedValueError, match="both are of one country"):
        nb.fiscal.safe_cover(italy, loans["FRA"])
    with pytest.raises(UnexpectedValueError, match="size is unknown"):
        nb.fiscal.safe_cover(italy, attrs.evolve(loans["ITA"], maximum=None, tentative=None, prefinancing=None))
    wrong: list[dict[str, Any]] = [{"first_year": 2026}, {"last_year": 2036}, {"first_year": 2031, "last_year": 2030}]
    for years in wrong:
        with pytest.raises(InvalidYearError, match="years from 2027 to 2035"):
            nb.fiscal.safe_cover(italy, loans["ITA"], **years)
